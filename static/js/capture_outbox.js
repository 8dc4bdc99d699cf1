/** Sends what was sealed, one after the other, and lets it go when the server has the same SHA-256; page and service worker share it. */

const PIECE = 1024 * 1024;
const BEGUN_ANEW = [404, 410];
const REFUSED = [400, 403, 404, 413, 415, 422];
const OUT_OF_STEP = [409, 423, 460];

export class SignedOut extends Error {}
export class Refused extends Error {}
export class Later extends Error {}

/** Who is signed in, and what they may choose from; throws SignedOut, or Later where there is no line. */
export async function stateOf(at) {
  const answer = await ask(at, { redirect: "manual" });
  if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) throw new SignedOut();
  if (!answer.ok) throw new Later();
  return answer.json();
}

async function ask(at, options = {}) {
  try {
    return await fetch(at, { credentials: "same-origin", cache: "no-store", ...options });
  } catch {
    throw new Later();
  }
}

/**
 * Sends everything that waits and is this person's. `tell(facts, state, share)` hears of each step.
 * Returns false where another window is sending already: two never send at once.
 */
export function sendAll(at, store, tell) {
  return navigator.locks.request("capture-outbox", { ifAvailable: true }, async (lock) => {
    if (!lock) return false;
    const { person, csrf } = await stateOf(at.state);
    const mine = (await store.waiting()).filter((facts) => facts.person === person);
    for (const facts of mine) {
      try {
        await send(facts, { at, store, tell, csrf });
      } catch (problem) {
        if (!(problem instanceof Refused)) throw problem;
        await store.note({ ...facts, refused: problem.message });
        tell({ ...facts, refused: problem.message }, "refused");
      }
    }
    return true;
  });
}

async function send(facts, round) {
  const { store, tell } = round;
  tell(facts, "sending", 0);
  const bytes = await store.bytesOf(facts.id);
  const stored = await bring(facts, bytes, round);
  if (stored.sha256 !== facts.sha256) throw new Refused("");
  const said = { ...facts.said, key: facts.id, incident: facts.incident, file: stored.id };
  const answer = await call(round, round.at.captures, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(said),
  });
  require(answer, await worded(answer), [201]);
  const told = await answer.json();
  if (told.sha256 !== facts.sha256) throw new Refused("");
  await store.remove(facts.id);
  tell({ ...facts, exhibit_no: told.exhibit_no }, "verified", 1);
}

/* The bytes go piece by piece (tus 1.0); what became of them is answered with their SHA-256. */
async function bring(facts, bytes, round) {
  if (!facts.upload) {
    const begun = await begin(facts, bytes, round);
    if (begun.stored) return begun.stored;
  }
  for (;;) {
    const offset = await standing(facts, round);
    if (offset === null) return bring(facts, bytes, round);
    const end = await goOn(facts, bytes, offset, round);
    if (end === bytes.byteLength) break;
  }
  const answer = await call(round, facts.upload);
  require(answer, "", [200]);
  const { stored } = await answer.json();
  if (!stored) throw new Later();
  return stored;
}

async function begin(facts, bytes, round) {
  const first = bytes.slice(0, PIECE);
  const words = { case: facts.case, filename: facts.name, sha256: facts.sha256, acquisition_method: "own-capture" };
  const answer = await call(round, round.at.uploads, {
    method: "POST",
    headers: {
      "Content-Type": "application/offset+octet-stream",
      "Idempotency-Key": `capture-${facts.id}-${facts.begun ?? 0}`,
      "Upload-Length": String(bytes.byteLength),
      "Upload-Metadata": Object.entries(words).map(([name, value]) => `${name} ${base64(value)}`).join(","),
    },
    body: first,
  });
  require(answer, await worded(answer), [201]);
  const told = await answer.json();
  facts.upload = answer.headers.get("Location");
  await round.store.note(facts);
  round.tell(facts, "sending", Number(answer.headers.get("Upload-Offset")) / bytes.byteLength);
  return told;
}

/* Where the server stands; null when it no longer knows of the upload. */
async function standing(facts, round) {
  const answer = await call(round, facts.upload, { method: "HEAD" });
  if (!BEGUN_ANEW.includes(answer.status)) {
    require(answer, "", [200]);
    return Number(answer.headers.get("Upload-Offset"));
  }
  [facts.upload, facts.begun] = ["", (facts.begun ?? 0) + 1];
  await round.store.note(facts);
  return null;
}

async function goOn(facts, bytes, start, round) {
  for (let offset = start; ; ) {
    const piece = bytes.slice(offset, offset + PIECE);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", piece));
    const answer = await call(round, facts.upload, {
      method: "PATCH",
      headers: {
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": String(offset),
        "Upload-Checksum": `sha256 ${btoa(String.fromCharCode(...digest))}`,
      },
      body: piece,
    });
    if (OUT_OF_STEP.includes(answer.status)) throw new Later();
    require(answer, await worded(answer), [204]);
    offset = Number(answer.headers.get("Upload-Offset"));
    round.tell(facts, "sending", offset / bytes.byteLength);
    if (offset === bytes.byteLength) return offset;
  }
}

const call = ({ csrf }, at, { headers, ...options } = {}) =>
  ask(at, {
    ...options,
    headers: { Accept: "application/json", "Tus-Resumable": "1.0.0", "X-CSRFToken": csrf, ...headers },
  });

function require(answer, sentence, good) {
  if (good.includes(answer.status)) return;
  if (answer.status === 401) throw new SignedOut();
  if (REFUSED.includes(answer.status)) throw new Refused(sentence);
  throw new Later();
}

async function worded(answer) {
  if (answer.ok) return "";
  try {
    const told = await answer.json();
    return told.detail ?? Object.values(told).flat().join(" ");
  } catch {
    return String(answer.status);
  }
}

const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
