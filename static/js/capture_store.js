/** What lies on this phone: sealed captures until the server has verified them, and the list of incidents where its owner keeps it. */

const QUEUE = "capture-queue";
const KNOWN = "capture-incidents";
let wiped = false; // what was under way when the phone was wiped writes nothing any more

function open(name, tables) {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = () => tables.forEach((table) => asked.result.createObjectStore(table, { keyPath: "id" }));
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
  });
}

/* One transaction; resolves to what `deed` asked for once all of it is on the disk. */
async function within(name, tables, mode, deed) {
  if (wiped && mode === "readwrite") return undefined;
  const database = await open(name, name === QUEUE ? ["facts", "bytes"] : ["known"]);
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(tables, mode, { durability: "strict" });
      const asked = deed(...tables.map((table) => transaction.objectStore(table)));
      transaction.oncomplete = () => resolve(asked?.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** Seals a photograph: its bytes and what is said of it, both or neither. */
export const seal = (facts, bytes) =>
  within(QUEUE, ["facts", "bytes"], "readwrite", (said, held) => {
    held.put({ id: facts.id, bytes });
    said.put(facts);
  });

/** Everything that waits, oldest first, without the bytes. */
export const waiting = async () => {
  const rows = await within(QUEUE, ["facts"], "readonly", (said) => said.getAll());
  return rows.sort((one, other) => one.sealed_at.localeCompare(other.sealed_at));
};

export const bytesOf = async (id) => (await within(QUEUE, ["bytes"], "readonly", (held) => held.get(id)))?.bytes;

export const note = (facts) =>
  within(QUEUE, ["facts"], "readwrite", (said) => {
    const there = said.getKey(facts.id);
    there.onsuccess = () => there.result && said.put(facts);
  });

/** Only after the server has verified it, or by the wipe button. */
export const remove = (id) =>
  within(QUEUE, ["facts", "bytes"], "readwrite", (said, held) => {
    said.delete(id);
    held.delete(id);
  });

export const keepKnown = (known) => within(KNOWN, ["known"], "readwrite", (table) => table.put({ id: "known", ...known }));
export const known = () => within(KNOWN, ["known"], "readonly", (table) => table.get("known"));
export const forgetKnown = () => gone(KNOWN);

function gone(name) {
  return new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase(name);
    asked.onsuccess = asked.onerror = asked.onblocked = resolve;
  });
}

/** Takes everything from the phone: captures, incidents, and the page itself. */
export async function wipe() {
  wiped = true;
  await Promise.all([QUEUE, KNOWN].map(gone));
  for (const name of await caches.keys()) if (name.startsWith("capture-")) await caches.delete(name);
  for (const key of Object.keys(localStorage)) if (key.startsWith("capture:")) localStorage.removeItem(key);
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
}
