/** Several files at once: each is sent on its own, can be paused, and is done only when server and browser agree on its SHA-256. */

const AT_ONCE = 3;
const PICTURES_SHOWN = 60;
const SHOWABLE = ["image/jpeg", "image/png", "image/webp"];

for (const form of document.querySelectorAll("form[data-upload]")) {
  import(form.dataset.sender).then((sender) => prepare(form, sender));
}

function prepare(form, { send, nameOf, remembered, abandon }) {
  const queue = { waiting: [], running: 0, done: 0, all: 0, sent: new Map(), paused: false, told: 0 };
  const rows = new Map(); // what a file is known by -> its row
  const active = new Map(); // rows that are being sent -> how to pause and go on
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("files:chosen", ({ detail }) => take(detail));
  form.dispatchEvent(new Event("upload:ready"));
  window.addEventListener("beforeunload", (event) => {
    if (queue.running || queue.waiting.length) event.preventDefault();
  });
  pausingAll();
  const begun = unfinished(form) ?? remembered(form);
  for (const one of begun) stopped(one);

  /* What an earlier visit left half sent: the browser may read the file again only if it is chosen again. */
  function stopped(one) {
    one.key ??= `${one.name}#${one.size}`;
    const row = shown(one.key, one);
    tell(form, row, "stopped", one.share);
    on(row, "give-up", () => {
      abandon(one.key, one.url);
      gone(one.key);
    });
  }

  /* `chosen` holds {file, path, said, claims}: what is sent along, and the manifest's row if there is one. */
  function take(chosen) {
    for (const { file, path = "", said = {}, claims = null } of chosen) {
      const key = nameOf(form, file);
      if (rows.get(key)?.dataset.busy) continue;
      const earlier = begun.filter((one) => one.name === file.name && one.size === file.size && one.key !== key);
      for (const { key: other } of earlier) gone(other);
      queue.all += 1;
      const row = shown(key, file, path);
      enqueue({ file, key, row, said: { path, ...said }, claims, begun: earlier });
    }
  }

  function shown(key, file, path) {
    form.querySelector("[data-uploads]").hidden = false;
    if (!rows.has(key)) rows.set(key, draw(form, file, path, rows.size));
    return rows.get(key);
  }

  function gone(key) {
    rows.get(key)?.remove();
    rows.delete(key);
    form.querySelector("[data-begun-notice]")?.toggleAttribute("hidden", !form.querySelector("[data-told=stopped]"));
  }

  function enqueue(sending) {
    sending.row.dataset.busy = "yes";
    tell(form, sending.row, "waiting");
    on(sending.row, "retry", null);
    on(sending.row, "give-up", null);
    queue.waiting.push(sending);
    next();
  }

  function next() {
    if (queue.all && !queue.running && !queue.waiting.length) {
      document.body.dispatchEvent(new CustomEvent("uploads:done"));
    }
    while (queue.running < AT_ONCE && queue.waiting.length && !queue.paused) {
      queue.running += 1;
      start(queue.waiting.shift()).then((isStored) => {
        queue.running -= 1;
        queue.done += isStored ? 1 : 0;
        milestone();
        next();
      });
    }
    form.dispatchEvent(new CustomEvent("upload:moved", { detail: queue }));
  }

  async function start({ file, key, row, said, claims, begun: earlier }) {
    const all = { case: form.dataset.case, item: form.dataset.item, ...chosen(form), ...said };
    const hear = (state, share) => {
      tell(form, row, state, share);
      if (["uploading", "verifying"].includes(state)) queue.sent.set(key, [share * file.size, file.size]);
      form.dispatchEvent(new CustomEvent("upload:moved", { detail: queue }));
    };
    const { uploads: at, hasher } = form.dataset;
    const sending = send({ file, key, at, said: all, hasher, tell: hear, known: known(form), begun: earlier });
    let given = false;
    on(row, "give-up", () => {
      given = true;
      sending.giveUp();
    });
    active.set(row, pausing(row, sending));
    try {
      const stored = await sending.done;
      queue.sent.set(key, [file.size, file.size]);
      finish(form, row, stored);
      form.dispatchEvent(new CustomEvent("upload:stored", { detail: { row, stored, claims } }));
      return true;
    } catch (refusal) {
      queue.sent.delete(key);
      if (given) {
        gone(key);
        queue.all -= 1;
        return false;
      }
      tell(form, row, "failed");
      if (refusal.message) row.querySelector("[data-state]").append(chip("span", "sub meta", refusal.message));
      on(row, "retry", () => enqueue({ file, key, row, said, claims, begun: [] }));
      announce("stumbled", { name: file.name });
      return false;
    } finally {
      active.delete(row);
      delete row.dataset.busy;
      for (const name of ["give-up", "pause", "resume"]) on(row, name, null);
    }
  }

  function pausingAll() {
    const buttons = ["pause-all", "resume-all"].map((name) => form.querySelector(`[data-${name}]`));
    buttons.forEach((button, place) =>
      button.addEventListener("click", () => {
        queue.paused = place === 0;
        for (const one of active.values()) one(queue.paused);
        buttons[place].hidden = true;
        buttons[1 - place].hidden = false;
        buttons[1 - place].focus();
        next();
      }),
    );
  }

  /* Told aloud at the quarters and at the end, not for each file. */
  function milestone() {
    const reached = Math.floor((4 * queue.done) / (queue.all || 1));
    if (reached !== queue.told) announce("milestone", queue);
    queue.told = reached;
  }

  function announce(word, facts) {
    const words = form.querySelector("[data-upload-words]").content.querySelector(`[data-word=${word}]`).textContent;
    form.querySelector("[data-milestones]").textContent = words.replace(/\{(\w+)\}/g, (_all, name) => facts[name] ?? "");
  }
}

/* What the server says this person has begun here and not ended; null where the page does not tell. */
function unfinished(form) {
  const told = form.querySelector("[data-unfinished]");
  if (!told) return null;
  const facts = [...told.content.children].map(({ dataset }) => dataset);
  return facts.map(({ name, size, received, sha256, url }) => ({ name, sha256, url, size: Number(size), share: received / size }));
}

/* Asks the server whether it has the bytes already, before any is sent; only for files that are to be sorted. */
function known(form) {
  const at = form.dataset.known;
  return at ? async (sha256) => (await fetchJson(`${at}?sha256=${sha256}`)) : null;
}

async function fetchJson(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  const told = answer.ok ? await answer.json() : {};
  return told.id ? told : null;
}

/** What the form asks beside the files, such as how they were acquired. */
function chosen(form) {
  const own = [...form.elements].filter((field) => field.tagName === "SELECT");
  return Object.fromEntries(own.map((field) => [field.name, field.value]));
}

/* Returns what pauses the row, or lets it go on, from elsewhere. */
function pausing(row, sending) {
  const offer = (name, other) =>
    on(row, name, () => {
      turn(name === "pause");
      row.querySelector(`[data-${other}]`).focus();
    });
  const turn = (pauses) => {
    if (pauses) sending.pause();
    else sending.resume();
    on(row, pauses ? "pause" : "resume", null);
    offer(...(pauses ? ["resume", "pause"] : ["pause", "resume"]));
  };
  offer("pause", "resume");
  return turn;
}

/** Offers a button of the row, or takes it away. */
function on(row, name, deed) {
  const button = row.querySelector(`[data-${name}]`);
  button.hidden = !deed;
  button.onclick = deed;
}

function draw(form, file, path, place) {
  const row = form.querySelector("[data-upload-row]").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-name]").textContent = path || file.name;
  row.querySelector("[data-size]").textContent = ` ${readable(file.size)}`;
  row.dataset.file = path || file.name;
  if (place < PICTURES_SHOWN && SHOWABLE.includes(file.type)) picture(row, URL.createObjectURL(file));
  form.querySelector(".uploads").append(row);
  return row;
}

function tell(form, row, state, share) {
  const bar = row.querySelector("progress");
  bar.hidden = share === undefined;
  bar.value = 100 * (share ?? 0);
  if (row.dataset.told !== state) {
    const words = form.querySelector("[data-upload-words]").content;
    const word = words.querySelector(`[data-word=${state}]`).firstElementChild.cloneNode(true);
    row.dataset.told = state;
    row.querySelector("[data-state]").replaceChildren(word);
  }
  const percent = row.querySelector("[data-percent]");
  if (percent) percent.textContent = `${Math.floor(100 * (share ?? 0))} %`;
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
  if (stored.thumbnail) picture(row, stored.thumbnail);
}

function picture(row, source) {
  const image = chip("img", "thumb", "");
  image.alt = "";
  image.src = source;
  row.querySelector("[data-thumb]").replaceChildren(image);
}

function chip(tag, look, words) {
  const element = document.createElement(tag);
  element.className = look;
  element.textContent = words;
  return element;
}

function readable(bytes) {
  const units = ["B", "KB", "MB", "GB"];
  let unit = 0;
  for (; bytes >= 1000 && unit < 3; unit += 1) bytes /= 1000;
  return `\u2066${bytes.toFixed(unit ? 1 : 0)} ${units[unit]}\u2069`; // left to right, whatever stands around it
}
