/** Sends one file piece by piece (tus 1.0) and goes on where it stopped: after a pause, a cut line or a reload. */

const PIECE = 8 * 1024 * 1024;
const LONGEST_WAIT = 30_000;
const KEPT_FOR = 7 * 864e5;
const BUSY = [409, 423, 460];
const GONE = [404, 410];
const FINAL = [400, 401, 403, 412, 413, 415, 422];
const person = document.body.dataset.person;
const token = () => document.querySelector("meta[name=csrf-token]")?.content ?? "";

/* What is under way is remembered on this device: its address, and what the file is known by. */
const prefix = `upload:${person}:`;
export const nameOf = (form, file) =>
  `${prefix}${form.getAttribute("action")}#${file.name}#${file.size}#${file.lastModified}`;

export const recall = (key) => JSON.parse(localStorage.getItem(key) ?? "null");

export function remembered(form) {
  const here = `${prefix}${form.getAttribute("action")}#`;
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(here))
    .map((key) => ({ key, ...JSON.parse(localStorage.getItem(key)) }))
    .filter((one) => one.until > Date.now() || localStorage.removeItem(one.key));
}

const remember = (key, facts) => localStorage.setItem(key, JSON.stringify(facts));
const forget = (key) => localStorage.removeItem(key);

class Refused extends Error {}

/**
 * Returns {done, pause, resume, giveUp}; `tell(state, share)` hears of every step. `known(sha256)` is asked before
 * anything is sent; `begun` are uploads of the same name and size that another visit left unfinished.
 */
export function send({ file, key, at, said, hasher, tell, known, begun = [] }) {
  const kept = recall(key);
  const upload = { url: kept?.url ?? "", once: kept?.once ?? crypto.randomUUID?.() ?? `${Date.now()}-${key}` };
  let paused = false;
  let ended = false;
  let request = null;
  let wake = () => {};
  const whole = hashed(file, hasher, (share) => paused || ended || tell("hashing", share));
  whole.catch(() => {});

  const note = () =>
    remember(key, { ...upload, name: file.name, size: file.size, share: upload.share ?? 0, until: Date.now() + KEPT_FOR });
  const sleep = (ms) =>
    new Promise((resolve) => {
      wake = resolve;
      if (ms) setTimeout(resolve, ms);
      if (ms) addEventListener("online", resolve, { once: true });
    });

  function ask(method, url, headers, body) {
    return new Promise((resolve) => {
      request = new XMLHttpRequest();
      request.open(method, url);
      const all = { "Tus-Resumable": "1.0.0", "X-CSRFToken": token(), Accept: "application/json", ...headers };
      for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value);
      const start = Number(headers["Upload-Offset"] ?? 0);
      request.upload.addEventListener("progress", ({ loaded }) => {
        if (body) tell(start + loaded < file.size ? "uploading" : "verifying", Math.min(1, (start + loaded) / file.size));
      });
      request.addEventListener("loadend", ({ target }) => resolve(target));
      request.send(body);
    });
  }

  /* A short file comes along with its announcement: one request, one answer. */
  async function begin() {
    const words = { filename: file.name, sha256: await whole, ...said };
    const metadata = Object.entries(words).filter(([, value]) => value).map(([name, value]) => `${name} ${base64(new TextEncoder().encode(value))}`);
    note();
    const headers = { "Upload-Length": String(file.size), "Upload-Metadata": metadata.join(","), "Idempotency-Key": upload.once };
    const piece = file.size && file.size <= PIECE ? await file.arrayBuffer() : null;
    if (piece) headers["Content-Type"] = "application/offset+octet-stream";
    const reply = await ask("POST", at, headers, piece);
    if (reply.status === 201) {
      upload.url = reply.getResponseHeader("Location");
      note();
    }
    return reply;
  }

  async function add(offset) {
    const piece = await file.slice(offset, offset + PIECE).arrayBuffer();
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) };
    const last = offset + piece.byteLength === file.size;
    if (last) tell("verifying", 1);
    if (last) headers["Upload-Sha256"] = await whole;
    if (piece.byteLength && crypto.subtle) {
      headers["Upload-Checksum"] = `sha256 ${base64(new Uint8Array(await crypto.subtle.digest("SHA-256", piece)))}`;
    }
    return ask("PATCH", upload.url, headers, piece);
  }

  /* One step: where does the server stand, then the next piece. Returns the wait before the next. */
  async function step(place) {
    if (!upload.url) {
      const reply = await begin();
      place.offset = reply.status === 201 ? Number(reply.getResponseHeader("Upload-Offset")) : 0;
      place.stored = reply.status === 201 ? JSON.parse(reply.responseText).stored : null;
      place.done = Boolean(place.stored);
      return outcome(reply, place, [201]);
    }
    if (place.offset === null) {
      const reply = await ask("HEAD", upload.url, {});
      place.offset = reply.status === 200 ? Number(reply.getResponseHeader("Upload-Offset")) : null;
      return outcome(reply, place, [200]);
    }
    const reply = await add(place.offset);
    if (reply.status === 204) {
      place.offset = Number(reply.getResponseHeader("Upload-Offset"));
      upload.share = place.offset / file.size;
      place.done = place.offset === file.size;
      note();
    }
    return outcome(reply, place, [204]);
  }

  function outcome(reply, place, good) {
    if (good.includes(reply.status)) return (place.wait = 0);
    if (ended || paused) return 0;
    if (FINAL.includes(reply.status)) {
      if (reply.status === 422) forget(key);
      throw new Refused(sentence(reply));
    }
    if (GONE.includes(reply.status)) [upload.url, upload.once] = ["", `${upload.once}+`.slice(-200)];
    place.offset = null;
    if (!BUSY.includes(reply.status) && !GONE.includes(reply.status)) tell("interrupted", upload.share ?? 0);
    place.wait = Math.min(LONGEST_WAIT, Math.max(1000, 2 * place.wait));
    return place.wait;
  }

  async function run() {
    const place = { offset: null, done: false, wait: 0, stored: null };
    tell("hashing", 0);
    const sha256 = await whole;
    const honest = !said.sha256 || said.sha256 === sha256; // else the server itself refuses it, and writes it down
    if (honest) upload.url ||= begun.find((one) => !one.sha256 || one.sha256 === sha256)?.url ?? "";
    const twin = honest && !upload.url && (await known?.(sha256).catch(() => null));
    if (twin) return twin;
    if (!ended && !paused) tell("uploading", upload.share ?? 0);
    while (!place.done) {
      if (ended) throw new Refused("");
      const wait = paused ? 0 : await step(place);
      if (paused && !place.done) {
        tell("paused", upload.share ?? 0);
        await sleep(0);
        place.offset = null;
      } else if (wait) await sleep(wait);
    }
    const stored = place.stored ?? (await become());
    forget(key);
    if (stored?.sha256 !== sha256) throw new Refused("");
    return stored;
  }

  async function become() {
    for (;;) {
      const reply = await ask("GET", upload.url, {});
      if (reply.status && reply.status < 500) return JSON.parse(reply.responseText).stored;
      await sleep(2000);
    }
  }

  return {
    done: run(),
    pause() {
      paused = true;
      tell("paused", upload.share ?? 0);
      request?.abort();
    },
    resume() {
      paused = false;
      tell("uploading", upload.share ?? 0);
      wake();
    },
    giveUp() {
      ended = true;
      request?.abort();
      wake();
      return abandon(key, upload.url);
    },
  };
}

/** Lets an upload go, here and on the server. */
export function abandon(key, url) {
  forget(key);
  const headers = { "Tus-Resumable": "1.0.0", "X-CSRFToken": token() };
  return url && fetch(url, { method: "DELETE", headers }).catch(() => {});
}

function hashed(file, hasher, tell) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(hasher, { type: "module" });
    worker.onmessage = ({ data }) => {
      if (data.share) return tell(data.share);
      worker.terminate();
      if (data.sha256) resolve(data.sha256);
      else reject(new Refused(data.unreadable));
    };
    worker.onerror = ({ message }) => reject(new Refused(message));
    worker.postMessage(file);
  });
}

function sentence(reply) {
  try {
    const told = JSON.parse(reply.responseText);
    return told.detail ?? Object.values(told).flat().join(" ");
  } catch {
    return "";
  }
}

function base64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}
