/** Several files at once: each is sent on its own, and is done only when the server has verified it. */

const AT_ONCE = 3;

for (const form of document.querySelectorAll("form[data-upload]")) prepare(form);

function prepare(form) {
  const drop = form.querySelector(".drop");
  const queue = { waiting: [], running: 0, done: 0, all: 0, bytes: 0 };
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

  function take(files) {
    form.querySelector("[data-uploads]").hidden = false;
    for (const file of files) {
      const row = draw(form, file);
      row.querySelector("[data-retry]").addEventListener("click", () => enqueue(file, row));
      queue.all += 1;
      enqueue(file, row);
    }
  }

  function enqueue(file, row) {
    row.querySelector("[data-retry]").hidden = true;
    tell(form, row, "waiting");
    queue.waiting.push([file, row]);
    next();
  }

  function next() {
    if (queue.all && !queue.running && !queue.waiting.length) {
      document.body.dispatchEvent(new CustomEvent("uploads:done"));
    }
    while (queue.running < AT_ONCE && queue.waiting.length) {
      queue.running += 1;
      send(form, ...queue.waiting.shift()).then((size) => {
        queue.running -= 1;
        if (size !== null) {
          queue.done += 1;
          queue.bytes += size;
        }
        total(form, queue);
        next();
      });
    }
    total(form, queue);
  }
}

function draw(form, file) {
  const row = form.querySelector("[data-upload-row]").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-name]").textContent = file.name;
  row.querySelector("[data-size]").textContent = ` ${readable(file.size)}`;
  form.querySelector(".uploads").append(row);
  return row;
}

function tell(form, row, state) {
  const words = form.querySelector("[data-upload-words]").content;
  row.querySelector("[data-state]").replaceChildren(
    words.querySelector(`[data-word=${state}]`).firstElementChild.cloneNode(true),
  );
}

/** Send one file; resolves to its size when the server has stored it, to null when it has not. */
function send(form, file, row) {
  const bar = row.querySelector("progress");
  const body = new FormData(form);
  body.delete(form.dataset.upload);
  body.append(form.dataset.upload, file, file.name);
  tell(form, row, "uploading");
  bar.hidden = false;
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => (bar.value = (100 * event.loaded) / event.total));
    request.upload.addEventListener("load", () => tell(form, row, "verifying"));
    request.addEventListener("loadend", () => {
      const stored = request.status >= 200 && request.status < 300;
      finish(form, row, stored, request.response ?? {});
      resolve(stored ? file.size : null);
    });
    request.send(body);
  });
}

/* The server answers {id, name, sha256, state, url, thumbnail?, duplicate_of?} or {error}. */
function finish(form, row, stored, answer) {
  const one = Array.isArray(answer) ? (answer[0] ?? {}) : answer;
  row.querySelector("progress").hidden = true;
  row.querySelector("[data-retry]").hidden = stored;
  tell(form, row, stored ? (one.state === "duplicate" ? "duplicate" : "verified") : "failed");
  const state = row.querySelector("[data-state]");
  if (one.sha256) state.append(chip("bdi", "identifier meta", ` sha256 ${one.sha256.slice(0, 10)}…`));
  if (one.duplicate_of) state.append(chip("span", "sub meta", one.duplicate_of));
  if (!stored && one.error) state.append(chip("span", "sub meta", one.error));
  if (one.url) {
    const link = chip("a", "", row.querySelector("[data-name]").textContent);
    link.href = one.url;
    row.querySelector("[data-name]").replaceChildren(link);
  }
  if (one.thumbnail) {
    const image = chip("img", "thumb", "");
    image.alt = "";
    image.src = one.thumbnail;
    row.querySelector("[data-thumb]").replaceChildren(image);
  }
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
