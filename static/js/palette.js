/** Ctrl K: go anywhere by a few letters, or search for what was typed. */

const palette = document.getElementById("palette");
const box = palette?.querySelector("input");
const options = palette ? [...palette.querySelectorAll('[role="option"]')] : [];
const search = options.find((option) => "search" in option.dataset);

document.addEventListener("keydown", (event) => {
  if (!palette || event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  palette.open ? palette.close() : palette.showModal();
});

/* Before it opens, not after: a "toggle" comes when the first letters may already be typed. */
palette?.addEventListener("beforetoggle", (event) => {
  if (event.newState !== "open") return;
  box.value = "";
  narrow();
});
box?.addEventListener("input", narrow);

/* The options that hold every letter typed, in order; searching is always the last of them. */
function narrow() {
  const asked = box.value.trim().toLowerCase();
  for (const option of options) {
    option.hidden = option === search ? !asked : !holds(option.textContent.toLowerCase(), asked);
  }
  search.querySelector("[data-words]").textContent = box.value.trim();
  const link = search.querySelector("a");
  link.href = `${box.form.getAttribute("action")}?q=${encodeURIComponent(box.value.trim())}`;
  choose(shown()[0]);
}

function holds(words, letters) {
  let at = -1;
  return [...letters].every((letter) => (at = words.indexOf(letter, at + 1)) >= 0);
}

const shown = () => options.filter((option) => !option.hidden);

function choose(option) {
  options.forEach((other) => other.setAttribute("aria-selected", String(other === option)));
  option?.scrollIntoView({ block: "nearest" });
}

box?.addEventListener("keydown", (event) => {
  const all = shown();
  const at = all.findIndex((option) => option.ariaSelected === "true");
  if (event.key === "ArrowDown") choose(all[(at + 1) % all.length]);
  else if (event.key === "ArrowUp") choose(all[(at - 1 + all.length) % all.length]);
  else if (event.key === "Enter") all[at]?.querySelector("a").click();
  else return;
  event.preventDefault();
});
