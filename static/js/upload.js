/** Several files at once: each is sent on its own, can be paused, and is done only when server and browser agree on its SHA-256. */

const AT_ONCE = 3;

for (const form of document.querySelectorAll("form[data-upload]")) {
  import(form.dataset.sender).then((sender) => prepare(form, sender));
}

function prepare(form, { send, nameOf, remembered, abandon }) {
  const drop = form.querySelector(".drop");
  const queue = { waiting: [], running: 0, done: 0, all: 0, bytes: 0 };
  const rows = new Map();
  drop.classList.add("drop-live");
  form.querySelector(".drop-plain").hidden = true;
  for (const input of form.querySelectorAll("input[type=file]")) {
    input.required = false;
    input.addEventListener("change", () => {
      take([...input.files]);
      input.value = "";
    });
  }
  for (const kind of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("drop-over", kind === "dragover");
      if (kind === "drop") take([...event.dataTransfer.files]);
    });
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("beforeunload", (event) => {
    if (queue.running || queue.waiting.length) event.preventDefault();
  });
  for (const one of remembered(form)) stopped(one);

  /* What an earlier visit left half sent: the browser may read the file again only if it is chosen again. */
  function stopped({ key, name, size, share, url }) {
    const row = shown(key, { name, size });
    tell(form, row, "stopped", share);
    on(row, "give-up", () => {
      abandon(key, url);
      gone(key);
    });
  }

  function take(files) {
    for (const file of files) {
      const key = nameOf(form, file);
      if (rows.get(key)?.dataset.busy) continue;
      queue.all += 1;
      enqueue(file, key, shown(key, file));
    }
  }

  function shown(key, file) {
    form.querySelector("[data-uploads]").hidden = false;
    if (!rows.has(key)) rows.set(key, draw(form, file));
    return rows.get(key);
  }

  function gone(key) {
    rows.get(key)?.remove();
    rows.delete(key);
  }

  function enqueue(file, key, row) {
    row.dataset.busy = "yes";
    tell(form, row, "waiting");
    on(row, "retry", null);
    on(row, "give-up", null);
    queue.waiting.push([file, key, row]);
    next();
  }

  function next() {
    if (queue.all && !queue.running && !queue.waiting.length) {
      document.body.dispatchEvent(new CustomEvent("uploads:done"));
    }
    while (queue.running < AT_ONCE && queue.waiting.length) {
      queue.running += 1;
      start(...queue.waiting.shift()).then((size) => {
        queue.running -= 1;
        queue.done += size === null ? 0 : 1;
        queue.bytes += size ?? 0;
        total(form, queue);
        next();
      });
    }
    total(form, queue);
  }

  /* Resolves to the file's size when the server has stored it, to null when it has not. */
  async function start(file, key, row) {
    const said = { case: form.dataset.case, item: form.dataset.item, ...chosen(form) };
    const hear = (state, share) => tell(form, row, state, share);
    const sending = send({ file, key, at: form.dataset.uploads, said, hasher: form.dataset.hasher, tell: hear });
    let given = false;
    on(row, "give-up", () => {
      given = true;
      sending.giveUp();
    });
    pausing(row, sending);
    try {
      const stored = await sending.done;
      finish(form, row, stored);
      return file.size;
    } catch (refusal) {
      if (given) {
        gone(key);
        queue.all -= 1;
        return null;
      }
      tell(form, row, "failed");
      if (refusal.message) row.querySelector("[data-state]").append(chip("span", "sub meta", refusal.message));
      on(row, "retry", () => enqueue(file, key, row));
      return null;
    } finally {
      delete row.dataset.busy;
      for (const name of ["give-up", "pause", "resume"]) on(row, name, null);
    }
  }
}

/** What the form asks beside the files, such as how they were acquired. */
function chosen(form) {
  const own = [...form.elements].filter((field) => field.tagName === "SELECT");
  return Object.fromEntries(own.map((field) => [field.name, field.value]));
}

function pausing(row, sending) {
  const offer = (name, other, deed) =>
    on(row, name, () => {
      deed();
      on(row, name, null);
      offer(other, name, other === "resume" ? sending.resume : sending.pause);
      row.querySelector(`[data-${other}]`).focus();
    });
  offer("pause", "resume", sending.pause);
}

/** Offers a button of the row, or takes it away. */
function on(row, name, deed) {
  const button = row.querySelector(`[data-${name}]`);
  button.hidden = !deed;
  button.onclick = deed;
}

function draw(form, file) {
  const row = form.querySelector("[data-upload-row]").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-name]").textContent = file.name;
  row.querySelector("[data-size]").textContent = ` ${readable(file.size)}`;
  form.querySelector(".uploads").append(row);
  return row;
}

function tell(form, row, state, share) {
  const words = form.querySelector("[data-upload-words]").content;
  const bar = row.querySelector("progress");
  bar.hidden = share === undefined;
  bar.value = 100 * (share ?? 0);
  if (row.dataset.told === state) return;
  row.dataset.told = state;
  row.querySelector("[data-state]").replaceChildren(
    words.querySelector(`[data-word=${state}]`).firstElementChild.cloneNode(true),
  );
}

/* What was stored: {id, name, sha256, state, url, thumbnail?, duplicate_of?}. */
function finish(form, row, stored) {
  tell(form, row, stored.state === "duplicate" ? "duplicate" : "verified");
  const state = row.querySelector("[data-state]");
  state.append(chip("bdi", "identifier meta", ` sha256 ${stored.sha256.slice(0, 10)}…`));
  if (stored.duplicate_of) state.append(chip("span", "sub meta", stored.duplicate_of));
  const link = chip("a", "", row.querySelector("[data-name]").textContent);
  link.href = stored.url;
  row.querySelector("[data-name]").replaceChildren(link);
  if (!stored.thumbnail) return;
  const image = chip("img", "thumb", "");
  image.alt = "";
  image.src = stored.thumbnail;
  row.querySelector("[data-thumb]").replaceChildren(image);
}

function chip(tag, look, words) {
  const element = document.createElement(tag);
  element.className = look;
  element.textContent = words;
  return element;
}

function total(form, queue) {
  const words = form.querySelector("[data-upload-words]").content.querySelector("[data-word=totals]");
  form.querySelector("[data-totals]").textContent = words.textContent
    .replace("{done}", queue.done)
    .replace("{all}", queue.all)
    .replace("{size}", readable(queue.bytes));
}

function readable(bytes) {
  const units = ["B", "KB", "MB", "GB"];
  let unit = 0;
  for (; bytes >= 1000 && unit < 3; unit += 1) bytes /= 1000;
  return `${bytes.toFixed(unit ? 1 : 0)} ${units[unit]}`;
}
