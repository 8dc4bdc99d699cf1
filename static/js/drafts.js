/** Drafts: what is typed stays on this device until the server has accepted it. */

const person = document.body.dataset.person;
const prefix = `draft:${person}:`;
const keeps = (form) =>
  person && form?.method === "post" && !form.closest("[data-no-draft]") && !form.dataset.upload;
const nameOf = (form) => `${prefix}${location.pathname}#${form.id || form.getAttribute("action")}`;
const secret = (field) =>
  ["password", "file", "hidden", "submit", "button"].includes(field.type) || !field.name;

document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (!keeps(form) || secret(target)) return;
  form.dataset.touched = "yes";
  const typed = [...form.elements]
    .filter((field) => !secret(field) && differs(field))
    .map((field) => [field.name, field.type === "checkbox" ? field.checked : field.value, field.type]);
  localStorage.setItem(nameOf(form), JSON.stringify(typed));
});

function differs(field) {
  if (field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.type === "radio") return field.checked && !field.defaultChecked;
  if (field.options) return [...field.options].some((one) => one.selected !== one.defaultSelected);
  return field.value !== field.defaultValue;
}

/* A form the server sent back with errors already holds what was typed; else the draft does. */
function restore(form) {
  const kept = localStorage.getItem(nameOf(form));
  if (!kept || form.querySelector(".error-summary")) return;
  for (const [name, value, type] of JSON.parse(kept)) {
    const field = form.elements[name];
    if (!field) continue;
    field.closest?.("details")?.setAttribute("open", "");
    if (type === "checkbox" && !(field instanceof RadioNodeList)) field.checked = value;
    else if (type !== "checkbox") field.value = value;
  }
  const note = document.getElementById("words-draft").content.cloneNode(true);
  note.querySelector("button").addEventListener("click", () => forget(form));
  form.prepend(note);
}

function forget(form) {
  localStorage.removeItem(nameOf(form));
  delete form.dataset.touched;
  form.reset();
  form.querySelector("[data-draft-note]")?.remove();
}

/* Sending: remember which draft is on its way; a next page without errors means it was accepted. */
document.addEventListener("submit", ({ target: form }) => {
  if (form.hasAttribute("data-signs-out")) return clearAll();
  if (!keeps(form)) return;
  delete form.dataset.touched;
  sessionStorage.setItem("sent", nameOf(form));
});

document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  const form = ctx.sourceElement?.closest?.("form");
  if (keeps(form) && ctx.response?.status < 400) localStorage.removeItem(nameOf(form));
});

function settle() {
  const sent = sessionStorage.getItem("sent");
  sessionStorage.removeItem("sent");
  if (sent && !document.querySelector(".error-summary")) localStorage.removeItem(sent);
}

function clearAll() {
  Object.keys(localStorage)
    .filter((key) => key.startsWith("draft:"))
    .forEach((key) => localStorage.removeItem(key));
  indexedDB.deleteDatabase("capture-incidents"); // what the phone page kept to choose from
}

window.addEventListener("beforeunload", (event) => {
  const touched = document.querySelector("form[data-touched]");
  if (touched && !localStorage.getItem(nameOf(touched))) event.preventDefault();
});

settle();
document.querySelectorAll("main form[method=post]").forEach((form) => keeps(form) && restore(form));
