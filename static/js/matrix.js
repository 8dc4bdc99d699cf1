/** The scoring sheet by keyboard: arrows between cells, one key for each rating, r for the reason. */

const sheet = document.querySelector("[data-rates]");
const keys = { 1: "CC", 2: "C", 3: "N", 4: "I", 5: "II", 0: "NA", Delete: "", Backspace: "" };
const boxes = () => [...sheet.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("select")]);

if (sheet && document.body.dataset.keyboard === "on") {
  for (const select of boxes().flat()) select.tabIndex = -1;
  const first = sheet.querySelector("select");
  if (first) first.tabIndex = 0;
  sheet.addEventListener("focusin", ({ target }) => target.matches("select") && hold(target));
  sheet.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    if (event.target.matches("select") ? rate(event) : leave(event)) event.preventDefault();
  });
}

/* One cell at a time is reached by Tab: the one that was last in use. */
function hold(select) {
  for (const other of sheet.querySelectorAll("select[tabindex='0']")) other.tabIndex = -1;
  select.tabIndex = 0;
}

function rate({ key, target }) {
  if (key in keys) return choose(target, keys[key]);
  if (key === "r") return reasonOf(target).focus() ?? true;
  return go(target, key);
}

function choose(select, rating) {
  select.value = rating;
  for (const kind of ["input", "change"]) select.dispatchEvent(new Event(kind, { bubbles: true }));
  return true;
}

function leave({ key, target }) {
  if (key !== "Escape" || !target.matches("input")) return false;
  target.closest("td").querySelector("select").focus();
  return true;
}

const reasonOf = (select) => select.closest("td").querySelector("input");

/* Left and right go as the script of the page reads. */
function go(select, key) {
  const forward = getComputedStyle(sheet).direction === "rtl" ? -1 : 1;
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -forward], ArrowRight: [0, forward] };
  const all = boxes();
  const row = all.findIndex((some) => some.includes(select));
  const column = all[row].indexOf(select);
  const ends = { Home: 0, End: all[row].length - 1 };
  if (key in ends) return reach(all[row][ends[key]]);
  if (!(key in steps)) return false;
  return reach(all[row + steps[key][0]]?.[column + steps[key][1]]);
}

function reach(select) {
  select?.focus();
  select?.scrollIntoView({ block: "nearest", inline: "nearest" });
  return true;
}
