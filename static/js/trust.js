/** Trusted Types: only HTMX parses HTML, and only answers of our own server; text never becomes script. */

const PARSERS = new Set(["Document parseHTMLUnsafe", "DOMParser parseFromString"]);

globalThis.trustedTypes?.createPolicy("default", {
  createHTML: (text, _type, sink) => (text === "" || PARSERS.has(sink) ? text : null),
});
