/** Pictures one can look into: zoom, turn, invert, brighten; without scripts the plain image stays. */

/* OpenSeadragon would add one inline style, which the policy refuses; this marker says it is there. */
const marker = document.createElementNS("urn:x-marker", "style");
marker.setAttribute("data-openseadragon-mobile-css", "");
document.head.append(marker);

const viewers = [];
enlivenAll();
window.dispatchEvent(new CustomEvent("viewers:ready", { detail: viewers }));
document.addEventListener("htmx:after:swap", enlivenAll);

/* Also pictures that arrived later, once the worker had drawn them. */
function enlivenAll() {
  viewers.splice(0, viewers.length, ...viewers.filter(({ figure }) => figure.isConnected));
  for (const figure of document.querySelectorAll("[data-viewer]")) {
    if (!viewers.some((one) => one.figure === figure)) viewers.push(enliven(figure));
  }
}

function enliven(figure) {
  const stage = figure.querySelector(".viewer-stage");
  const canvas = document.createElement("div");
  canvas.className = "viewer-canvas";
  stage.append(canvas);
  const light = { brightness: 100, contrast: 100 };
  const viewer = OpenSeadragon({
    element: canvas,
    drawer: "canvas",
    tileSources: { type: "image", url: figure.dataset.viewer },
    showNavigationControl: false,
    animationTime: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 0.3,
    maxZoomPixelRatio: 6,
    visibilityRatio: 0.5,
    gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
  });
  viewer.addHandler("open", () => {
    figure.classList.add("viewer-live");
    stage.classList.add("viewer-live");
    viewer.canvas.role = "img"; // it takes the place of the image, and so its words
    viewer.canvas.ariaLabel = stage.querySelector("img").alt;
    figure.querySelector(".viewer-tools").hidden = false;
    figure.dispatchEvent(new CustomEvent("viewer:open", { bubbles: true, detail: { viewer, deeds } }));
  });
  viewer.addHandler("open-failed", () => canvas.remove());
  if (figure.dataset.tiles) sharpen(viewer, figure.dataset.tiles);
  viewer.addHandler("canvas-key", (event) => (event.preventDefaultAction = true));
  const deeds = {
    in: () => viewer.viewport.zoomBy(1.4),
    out: () => viewer.viewport.zoomBy(1 / 1.4),
    fit: () => viewer.viewport.goHome(),
    turn: () => viewer.viewport.setRotation(viewer.viewport.getRotation() + 90),
    invert: () => invert(figure),
    whole: () => (document.fullscreenElement ? document.exitFullscreen() : figure.requestFullscreen()),
  };
  figure.addEventListener("click", (event) => {
    const tool = event.target.closest("[data-do]");
    if (tool) deeds[tool.dataset.do]?.();
  });
  figure.addEventListener("input", ({ target }) => {
    light[target.dataset.adjusts] = target.value;
    stage.style.filter = `brightness(${light.brightness}%) contrast(${light.contrast}%)`;
  });
  return { figure, viewer, deeds };
}

/* The original's own pixels: the server cuts them into tiles when somebody first looks that closely. */
function sharpen(viewer, tiles) {
  viewer.addHandler("zoom", function closer() {
    const preview = viewer.world.getItemAt(0);
    if (!preview || preview.viewportToImageZoom(viewer.viewport.getZoom()) <= 1) return;
    viewer.removeHandler("zoom", closer);
    viewer.addTiledImage({ tileSource: tiles, x: 0, y: 0, width: 1 });
  });
}

function invert(figure) {
  const pressed = figure.classList.toggle("viewer-inverted");
  figure.querySelector("[data-do=invert]").ariaPressed = String(pressed);
}

/* Keys work on the viewer that holds the focus, else on the first. */
const keys = { "+": "in", "=": "in", "-": "out", "0": "fit", "r": "turn", "i": "invert", "m": "measure", "b": "box", "p": "outline", "f": "whole" };
document.addEventListener("key:free", (event) => {
  const mine = viewers.find(({ figure }) => figure.contains(event.target)) ?? viewers[0];
  const deed = mine?.deeds[keys[event.detail]];
  if (!deed) return;
  event.preventDefault();
  deed();
});
