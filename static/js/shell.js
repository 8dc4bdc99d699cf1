/** The frame: tells HTMX the CSRF token, opens dialogs, copies, announces, and never fails silently. */

const status = document.getElementById("status");

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const token = document.querySelector('meta[name="csrf-token"]');
  if (token && ctx.request.method !== "GET") ctx.request.headers["X-CSRFToken"] = token.content;
});

/* A server that fails or cannot be reached: say so, and leave what was typed in place. */
function sayNotSaved(event) {
  const code = event.detail.ctx.response?.status;
  if (code && code < 500) return;
  const source = document.getElementById("words-not-saved");
  status.replaceChildren(source.content.cloneNode(true));
  status.scrollIntoView({ block: "nearest" });
}
document.addEventListener("htmx:response:error", sayNotSaved);
document.addEventListener("htmx:error", sayNotSaved);

document.addEventListener("htmx:before:request", () => status.replaceChildren());

/* After a swap: go where the answer wants the reader, and make new parts work. */
document.addEventListener("htmx:after:swap", () => prepare(document));

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) open(opener.dataset.opens);
  const copier = event.target.closest("[data-copies]");
  if (copier) copy(copier);
  const row = event.target.closest("tr[data-href]");
  if (row && !event.target.closest("a, button, input, label") && !getSelection().toString()) {
    location.assign(row.dataset.href);
  }
});

function open(id) {
  document.querySelectorAll(":popover-open").forEach((menu) => menu.hidePopover());
  document.getElementById(id)?.showModal();
}

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copies);
  button.classList.add("copied");
  setTimeout(() => button.classList.remove("copied"), 1500);
}

/* Dialogs close when the dark around them is pressed. */
document.addEventListener("pointerdown", (event) => {
  if (event.target instanceof HTMLDialogElement) event.target.close();
});

/* An open disclosure in the page's actions closes on Escape or a press elsewhere. */
document.addEventListener("click", (event) => {
  document.querySelectorAll(".page-actions details[open]").forEach((details) => {
    if (!details.contains(event.target)) details.open = false;
  });
});

function prepare(root) {
  if (navigator.clipboard) {
    root.querySelectorAll("[data-copies]").forEach((button) => (button.hidden = false));
  }
  root.querySelector("[data-takes-focus]")?.focus();
  countSelection();
}

/* Checkbox columns: the head selects the page, and the batch bar says how many. */
document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-select-all]")) {
    const boxes = target.closest("table").querySelectorAll("tbody [type=checkbox]");
    boxes.forEach((box) => (box.checked = target.checked));
  }
  countSelection();
});

function countSelection() {
  const bar = document.querySelector(".batch-bar[data-counts]");
  if (!bar) return;
  const chosen = document.querySelectorAll("[data-rows] tbody [type=checkbox]:checked").length;
  bar.hidden = chosen === 0;
  bar.querySelector("[data-count]").textContent = chosen;
}

prepare(document);
