/** How files come to a form: dropped or chosen, alone or in folders; and how far they all are, in one line. */

for (const form of document.querySelectorAll("form[data-upload]")) {
  form.addEventListener("upload:ready", () => prepare(form), { once: true });
}

function prepare(form) {
  const drop = form.querySelector(".drop");
  drop.classList.add("drop-live");
  form.querySelector(".drop-plain").hidden = true;
  for (const input of form.querySelectorAll("input[type=file][name]")) {
    input.required = false;
    input.addEventListener("change", () => {
      choose(form, [...input.files].map((file) => ({ file, path: file.webkitRelativePath })));
      input.value = "";
    });
  }
  for (const kind of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(kind, async (event) => {
      event.preventDefault();
      drop.classList.toggle("drop-over", kind === "dragover");
      if (kind === "drop") choose(form, await dropped(event.dataTransfer));
    });
  }
  counting(form);
}

/* The manifest, where there is one, adds what it says of each file. */
function choose(form, files) {
  const told = new CustomEvent("files:offered", { detail: files });
  form.dispatchEvent(told);
  form.dispatchEvent(new CustomEvent("files:chosen", { detail: files }));
}

/* Folders are walked; where a file lay in them is told along, as words. */
async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files].map((file) => ({ file }));
  const found = [];
  for (const entry of entries) await walk(entry, found);
  return found;
}

async function walk(entry, found) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    const path = entry.fullPath.replace(/^\//, "");
    found.push({ file, path: path === file.name ? "" : path });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return;
    for (const each of some) await walk(each, found);
  }
}

/* Files, bytes, speed over the last ten seconds, and what is left at that speed. */
function counting(form) {
  const line = form.querySelector("[data-totals]");
  const words = (name) => form.querySelector("[data-upload-words]").content.querySelector(`[data-word=${name}]`).textContent;
  let seen = [];
  let drawn = 0;
  form.addEventListener("upload:moved", ({ detail: queue }) => {
    const now = performance.now();
    const busy = queue.running || queue.waiting.length;
    form.querySelector("[data-all-deeds]").hidden = !busy;
    if (busy && now - drawn < 250) return;
    drawn = now;
    const parts = [...queue.sent.values()];
    const sent = parts.reduce((sum, [there]) => sum + there, 0);
    const size = parts.reduce((sum, [, all]) => sum + all, 0) + queue.waiting.reduce((sum, { file }) => sum + file.size, 0);
    seen = [...seen.filter(([then]) => now - then < 10_000), [now, sent]];
    const [then, before] = seen[0];
    const speed = now > then ? (1000 * (sent - before)) / (now - then) : 0;
    const facts = { done: queue.done, all: queue.all, sent: readable(sent), size: readable(size) };
    const pace = { speed: readable(speed), left: speed ? clock((size - sent) / speed) : "" };
    line.textContent = filled(words("totals"), facts);
    if (busy && speed > 0 && !queue.paused) line.textContent += ` · ${filled(words("pace"), pace)}`;
  });
}

const filled = (words, facts) => words.replace(/\{(\w+)\}/g, (_all, name) => facts[name]);

function clock(seconds) {
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

function readable(bytes) {
  const units = ["B", "KB", "MB", "GB"];
  let unit = 0;
  for (; bytes >= 1000 && unit < 3; unit += 1) bytes /= 1000;
  return `\u2066${bytes.toFixed(unit ? 1 : 0)} ${units[unit]}\u2069`; // left to right, whatever stands around it
}
