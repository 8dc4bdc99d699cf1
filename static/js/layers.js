/** Two pictures laid on each other: an edge drawn across, one shining through, or taking turns; `v`. */

const PACE = 900; // milliseconds: slower than what could trouble anybody who is sensitive to flashes
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const controls = document.querySelector("[data-layers]");

window.addEventListener("viewers:ready", ({ detail }) => {
  const pair = detail.filter(({ figure }) => figure.closest("[data-compare]"));
  if (!controls || pair.length !== 2) return;
  let open = 0;
  for (const { viewer } of pair) viewer.addHandler("open", () => ++open === 2 && lay(pair));
});

/* The upper canvas moves onto the lower stage and takes no gesture: it follows the lower one. */
function lay([under, over]) {
  const [ground, home] = [under, over].map(({ figure }) => figure.querySelector(".viewer-stage"));
  const layer = home.querySelector(".viewer-canvas");
  const ways = [...controls.querySelectorAll("[data-lays]")];
  const slide = controls.querySelector("[type=range]");
  const lock = document.querySelector("[data-locks]");
  let turns = 0;
  controls.hidden = false;

  const draw = {
    side: () => {},
    swipe: () => (layer.style.clipPath = `inset(0 0 0 ${slide.value}%)`),
    overlay: () => (layer.style.opacity = slide.value / 100),
    blink: () => (still ? flip(slide.value < 50) : (turns = setInterval(flip, PACE))),
  };

  function flip(away = layer.style.opacity !== "0") {
    layer.style.opacity = away ? "0" : "";
  }

  function way() {
    return ways.find((one) => one.ariaPressed === "true").dataset.lays;
  }

  function show() {
    clearInterval(turns);
    layer.style.opacity = layer.style.clipPath = "";
    draw[way()]();
  }

  function choose(chosen) {
    for (const one of ways) one.ariaPressed = String(one === chosen);
    const apart = way() === "side";
    (apart ? home : ground).append(layer);
    layer.inert = !apart;
    over.figure.hidden = !apart;
    slide.closest("label").hidden = apart || (way() === "blink" && !still);
    if (!apart && lock?.ariaPressed === "false") lock.click();
    show();
  }

  controls.addEventListener("click", ({ target }) => {
    const chosen = target.closest("[data-lays]");
    if (chosen) choose(chosen);
  });
  slide.addEventListener("input", show);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=radio], [type=range]), textarea, select");
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key !== "v" || !plain || typing || document.body.dataset.keyboard !== "on") return;
    if (document.querySelector("dialog[open]")) return;
    choose(ways[(ways.findIndex((one) => one.ariaPressed === "true") + 1) % ways.length]);
  });
}
