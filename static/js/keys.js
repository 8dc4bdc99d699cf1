/** The keyboard: single keys for people who spend the day here; silent while typing.
 *
 * A key that means nothing here is offered to the page as the event `key:free`, whose `detail` is the
 * key; whoever uses it says so with `preventDefault`. Only here is it asked whether anybody types.
 */

const on = document.body.dataset.keyboard === "on";
const typing = "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]";
let waitingForPlace = false;

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey) return withControl(event);
  if (event.altKey || !on || event.target.closest(typing)) return;
  if (document.querySelector("dialog[open]")) return;
  if (waitingForPlace ? goTo(event.key) : act(event) || isTaken(event)) event.preventDefault();
});

function isTaken(event) {
  const free = new CustomEvent("key:free", { bubbles: true, cancelable: true, detail: event.key });
  return !event.target.dispatchEvent(free);
}

function withControl(event) {
  if (event.key === "s" || event.key === "Enter") {
    const form = event.target.closest("form[method=post]") ?? document.querySelector("main form.form");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("[type=submit]"));
  }
}

function goTo(key) {
  waitingForPlace = false;
  return press(`[data-go="${CSS.escape(key)}"]`);
}

const deeds = {
  "g": () => startGoing(),
  "/": () => focusOn("#global-search"),
  "?": () => show("shortcuts"),
  "j": () => step(1),
  "k": () => step(-1),
  "ArrowDown": (event) => inTable(event) && step(1),
  "ArrowUp": (event) => inTable(event) && step(-1),
  "Enter": (event) => openRow(event),
  "o": (event) => openRow(event),
  "x": () => select(),
  "[": () => press('a[rel="prev"]'),
  "]": () => press('a[rel="next"]'),
  "c": () => press("[data-key=c]"),
  "e": () => press("[data-key=e]"),
  "s": () => press("[data-key=s]"),
  "y": () => judge("y"),
  "u": () => judge("u"),
  "n": () => judge("n"),
  "z": () => press("[data-key=z]"),
  "t": () => prefer("theme"),
  "D": () => prefer("density"),
  "Escape": () => clear(),
};

function act(event) {
  if (/^[1-9]$/.test(event.key)) return openTab(Number(event.key));
  return deeds[event.key]?.(event) ?? false;
}

function startGoing() {
  waitingForPlace = true;
  setTimeout(() => (waitingForPlace = false), 1500);
  return true;
}

function press(selector) {
  const target = document.querySelector(selector);
  target?.click();
  return Boolean(target);
}

function focusOn(selector) {
  const target = document.querySelector(selector);
  target?.focus();
  target?.select?.();
  return Boolean(target);
}

function show(id) {
  document.getElementById(id)?.showModal();
  return true;
}

function openTab(number) {
  const tab = document.querySelectorAll(".tabs a")[number - 1];
  tab?.click();
  return Boolean(tab);
}

/* Lists: one row holds the focus; its first link opens it. */
const rows = () => [...document.querySelectorAll("[data-rows] tbody tr:not(.group), .rows[data-rows] > li")];
const inTable = (event) => Boolean(event.target.closest("[data-rows]"));
const current = () => document.activeElement?.closest("[data-rows] tbody tr:not(.group), .rows[data-rows] > li");

function step(by) {
  const all = rows();
  if (!all.length) return false;
  const at = all.indexOf(current());
  const to = at < 0 ? rowsBefore(all) - Number(by < 0) : at + by;
  const next = all[Math.min(all.length - 1, Math.max(0, to))];
  next.tabIndex = -1;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

/* From the head of a group one goes on to the row that follows it. */
function rowsBefore(all) {
  const here = document.activeElement;
  const behind = Node.DOCUMENT_POSITION_FOLLOWING;
  return all.filter((row) => row.compareDocumentPosition(here) & behind).length;
}

function openRow(event) {
  if (event.target.closest("a, button, summary, input")) return false;
  const link = current()?.querySelector("a[href]");
  link?.click();
  return Boolean(link);
}

function select() {
  const box = current()?.querySelector("[type=checkbox]");
  box?.click();
  return Boolean(box);
}

function clear() {
  document.querySelectorAll("[data-rows] [type=checkbox]:checked").forEach((box) => box.click());
  document.querySelectorAll("main details.disclosure[open]").forEach((part) => (part.open = false));
  return false;
}

/* Comparison: the verdict with that key is chosen; saving stays a deliberate press. In the queue the
   pair that holds the focus is opened with it chosen: no verdict stands without its reason. */
function judge(key) {
  const pair = document.querySelector("[data-judges]") && current()?.querySelector("a[href]");
  if (pair) {
    const page = new URL(pair.href);
    page.searchParams.set("verdict", key);
    page.hash = "verdict";
    location.assign(page);
    return true;
  }
  const radio = document.querySelector(`#verdict [type=radio][data-key="${key}"]`);
  radio?.click();
  radio?.focus();
  return Boolean(radio);
}

function prefer(name) {
  const options = [...document.querySelectorAll(`#person-menu button[name=${name}]`)];
  const at = options.findIndex((option) => option.ariaPressed === "true");
  options[(at + 1) % options.length]?.click();
  return options.length > 0;
}
