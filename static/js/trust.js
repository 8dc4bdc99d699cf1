/** Trusted Types: only HTMX parses HTML, only our own server's answers; only our own files are workers. */

const WORKERS = new Set(["Worker constructor", "ServiceWorkerContainer register"]);
const PARSERS = new Set(["Document parseHTMLUnsafe", "DOMParser parseFromString"]);

globalThis.trustedTypes?.createPolicy("default", {
  createHTML: (text, _type, sink) => (text === "" || PARSERS.has(sink) ? text : null),
  createScriptURL: (address, _type, sink) =>
    WORKERS.has(sink) && new URL(address, location).origin === location.origin ? address : null,
});
