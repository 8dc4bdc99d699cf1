/** The phone page's service worker: keeps the empty page at hand without a line, and sends when the line is back. It stores nothing of any case. */

const PATIENCE = 4000;

export function serve(at, store, outbox) {
  const here = `capture-shell-${at.release}`;

  addEventListener("install", (event) => {
    event.waitUntil(fill().then(() => skipWaiting()));
  });
  addEventListener("activate", (event) => event.waitUntil(settle()));
  addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== "GET" || origin !== location.origin) return;
    if (pathname === at.page) event.respondWith(page(request));
    else if (at.shell.includes(pathname) || pathname.startsWith(at.statics)) event.respondWith(part(request));
  });
  addEventListener("sync", (event) => {
    if (event.tag === "captures") event.waitUntil(outbox.sendAll(at, store, announce));
  });

  async function fill() {
    const cache = await caches.open(here);
    await cache.addAll([at.page, ...at.shell].map((url) => new Request(url, { cache: "reload" })));
  }

  async function settle() {
    for (const name of await caches.keys()) {
      if (name.startsWith("capture-shell-") && name !== here) await caches.delete(name);
    }
    await clients.claim();
  }

  /* The newest page if the server answers soon, else the one at hand. */
  async function page(request) {
    const cache = await caches.open(here);
    try {
      const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      await cache.put(at.page, answer.clone());
      return answer;
    } catch {
      return (await cache.match(at.page)) ?? Response.error();
    }
  }

  async function part(request) {
    const cache = await caches.open(here);
    const kept = await cache.match(request);
    if (kept) return kept;
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  }

  const channel = new BroadcastChannel("captures");
  const announce = (facts, state, share) => channel.postMessage({ facts, state, share });
}
