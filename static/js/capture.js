/** The phone page: seal at the scene, wait without a line, send when it is back, keep nothing that the server has verified. */

const LONGEST_WAIT = 60_000;
const root = document.getElementById("capture");
const at = root.dataset;
const form = root.querySelector("form");
const list = root.querySelector("[data-queue]");
const channel = new BroadcastChannel("captures");
const rows = new Map();
let session = null; // {person, name} of whoever is known to be at this phone
let wait = 0;
let timer = 0;

const modules = await Promise.all([at.store, at.outbox, at.form, at.voice].map((address) => import(address)));
const [store, outbox, { prepare, sha256 }, { prepareVoice }] = modules;
const photograph = prepare(form);
const voice = prepareVoice(form);

/* What happens to a capture, here or in the service worker. */
function tell(facts, state, share = 0) {
  const row = rows.get(facts.id) ?? draw(facts);
  row.querySelector("[data-state]").replaceChildren(word(state));
  const bar = row.querySelector("progress");
  bar.hidden = state !== "sending";
  bar.value = 100 * share;
  row.querySelector("[data-refused]").textContent = state === "refused" ? (facts.refused ?? "") : "";
  if (facts.exhibit_no) row.querySelector("[data-tag]").textContent = facts.exhibit_no;
  if (state === "verified" && row.dataset.told !== state) announce("arrived", facts);
  row.dataset.told = state;
  count();
}

const said = (name) => document.getElementById("capture-words").content.querySelector(`[data-word=${name}]`);
const word = (name) => said(name).firstElementChild.cloneNode(true);
const sentence = (name) => said(name).textContent;

function announce(name, facts = {}) {
  root.querySelector("[data-status]").textContent = sentence(name).replace("{tag}", facts.exhibit_no || facts.said?.tag || "");
}

function draw(facts) {
  const row = document.getElementById("capture-row").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-tag]").textContent = facts.said.tag || sentence("untagged");
  row.querySelector("[data-sound]").hidden = !facts.sound;
  row.querySelector("[data-when]").textContent = new Date(facts.sealed_at).toLocaleString(document.documentElement.lang, {
    dateStyle: "short",
    timeStyle: "short",
    numberingSystem: "latn",
  });
  row.querySelector("[data-sha]").textContent = `sha256 ${facts.sha256.slice(0, 10)}…`;
  rows.set(facts.id, row);
  list.prepend(row);
  return row;
}

function count() {
  const left = [...rows.values()].filter((row) => row.dataset.told !== "verified").length;
  root.querySelector("[data-queue-empty]").hidden = rows.size > 0;
  root.querySelector("[data-left]").textContent = left;
  if (navigator.setAppBadge) (left ? navigator.setAppBadge(left) : navigator.clearAppBadge()).catch(() => {});
}

/* Incidents to choose from: of the server if it answers, else those kept on this phone. */
function offer({ incidents }) {
  const choice = form.elements.incident;
  const before = choice.value || localStorage.getItem("capture:incident");
  const options = incidents.map((one) => Object.assign(new Option(one.name, one.id), { dir: "auto" }));
  options.forEach((option, place) => (option.dataset.case = incidents[place].case));
  choice.replaceChildren(choice.options[0], ...options);
  if (incidents.some(({ id }) => id === before)) choice.value = before;
  ready();
}

async function greet(known) {
  session = known;
  root.querySelector("[data-person]").textContent = known?.name ?? "";
  if (known) offer(known);
  await showQueue();
}

async function showQueue() {
  const waiting = await store.waiting();
  const mine = waiting.filter(({ person }) => person === session?.person);
  for (const facts of mine) if (!rows.has(facts.id)) tell(facts, facts.refused ? "refused" : "here");
  const others = waiting.length - mine.length;
  root.querySelector("[data-others]").hidden = !others;
  root.querySelector("[data-others-count]").textContent = others;
  count();
}

/* Asks the server who is at work, then sends; where that fails it is tried again, ever more seldom. */
async function goOn() {
  clearTimeout(timer);
  try {
    const state = await outbox.stateOf(at.state);
    show({ online: true, signedOut: false });
    const keeps = form.elements.keeps.checked;
    await (keeps ? store.keepKnown(state) : store.forgetKnown());
    await greet(state);
    if (!(await outbox.sendAll(at, store, tell))) return later();
    wait = 0;
  } catch (problem) {
    if (problem instanceof outbox.SignedOut) return show({ online: true, signedOut: true });
    if (!(problem instanceof outbox.Later)) throw problem;
    show({ online: false, signedOut: false });
    for (const [id, row] of rows) if (row.dataset.told === "sending") tell({ id }, "here");
    later();
  }
}

function later() {
  wait = Math.min(LONGEST_WAIT, Math.max(2000, 2 * wait));
  timer = setTimeout(goOn, wait);
}

function show({ online, signedOut }) {
  root.querySelector("[data-offline]").hidden = online;
  root.querySelector("[data-signed-out]").hidden = !signedOut;
}

function ready() {
  const something = form.elements.photo.files.length || voice.file();
  form.querySelector("[data-seal]").disabled = !(something && form.elements.incident.value && session);
}

/* The photograph, and what was spoken of it: each by itself, with its own digest. */
async function sealAll() {
  const sealed = [];
  for (const file of [form.elements.photo.files[0], voice.file()]) if (file) sealed.push(await seal(file));
  return sealed;
}

/* The bytes and what is said of them lie on the phone's disk when this has come to its end. */
async function seal(file) {
  const sound = file === voice.file();
  const bytes = await file.arrayBuffer();
  const chosen = form.elements.incident.selectedOptions[0];
  const facts = {
    id: crypto.randomUUID(),
    person: session.person,
    incident: chosen.value,
    case: chosen.dataset.case,
    name: file.name || "photo.jpg",
    sha256: await sha256(bytes),
    sealed_at: new Date().toISOString(),
    sound,
    said: photograph.facts(file, sound),
  };
  await store.seal(facts, bytes);
  return facts;
}

form.addEventListener("input", ready);
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  form.querySelector("[data-seal]").disabled = true;
  const sealed = await sealAll().catch(() => null);
  if (!sealed) {
    announce("full");
    return ready();
  }
  const [facts] = sealed;
  localStorage.setItem("capture:incident", facts.incident);
  for (const each of sealed) tell(each, "here");
  announce("sealed", facts);
  photograph.clear();
  voice.clear();
  sendSoon();
});

async function sendSoon() {
  navigator.storage?.persist?.();
  const worker = await navigator.serviceWorker?.getRegistration(at.page);
  worker?.sync?.register("captures").catch(() => {});
  wait = 0;
  goOn();
}

form.elements.keeps.checked = localStorage.getItem("capture:keeps") === "yes";
form.elements.keeps.addEventListener("change", ({ target }) => {
  localStorage.setItem("capture:keeps", target.checked ? "yes" : "no");
  goOn();
});

const wiping = document.getElementById("wipe");
root.querySelector("[data-wipe]").addEventListener("click", () => wiping.showModal());
wiping.querySelector("[data-wipe-now]").addEventListener("click", async () => {
  clearTimeout(timer);
  await store.wipe();
  location.replace(at.home);
});

channel.onmessage = ({ data: { facts, state, share } }) => tell(facts, state, share);
addEventListener("online", () => ((wait = 0), goOn()));
addEventListener("offline", () => show({ online: false, signedOut: false }));
document.addEventListener("visibilitychange", () => document.hidden || goOn());

if (!globalThis.isSecureContext || !navigator.serviceWorker) root.querySelector("[data-insecure]").hidden = false;
else navigator.serviceWorker.register(at.worker, { scope: at.page, type: "module", updateViaCache: "none" });
const atHand = await store.known();
await greet(atHand && { ...atHand });
goOn();
