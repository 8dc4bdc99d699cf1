/** Two pictures laid on each other: an edge drawn across, one shining through, or taking turns; `v`. */

const PACE = 900; // milliseconds: slower than what could trouble anybody who is sensitive to flashes
const still = matchMedia("(prefers-reduced-motion: reduce)");
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
  const [base, layer] = [ground, home].map((stage) => stage.querySelector(".viewer-canvas"));
  const grid = ground.closest("[data-compare]");
  const ways = [...controls.querySelectorAll("[data-lays]")];
  const [edge, veil] = controls.querySelectorAll("[type=range]");
  const [pause, next] = controls.querySelectorAll("[data-pauses], [data-flips]");
  const lock = document.querySelector("[data-locks]");
  let turns = 0;
  name(base);
  name(layer);
  controls.hidden = false;

  const draw = {
    side: () => {},
    swipe: cut,
    overlay: () => (layer.style.opacity = veil.value / 100),
    blink: () => rest(still.matches),
  };

  function cut() {
    layer.style.clipPath = `inset(0 0 0 ${edge.value}%)`;
    ground.style.setProperty("--edge", `${edge.value}%`);
  }

  /* Whoever wants no motion begins at rest, and turns by hand. */
  function rest(resting) {
    pause.ariaPressed = String(resting);
    clearInterval(turns);
    if (!resting) turns = setInterval(flip, PACE);
    if (!base.style.opacity && !layer.style.opacity) base.style.opacity = "0";
  }

  /* The lower one goes as well, or it would show around a narrower upper one. */
  function flip() {
    const away = layer.style.opacity !== "0";
    layer.style.opacity = away ? "0" : "";
    base.style.opacity = away ? "" : "0";
  }

  function way() {
    return ways.find((one) => one.ariaPressed === "true").dataset.lays;
  }

  function choose(chosen) {
    for (const one of ways) one.ariaPressed = String(one === chosen);
    const apart = way() === "side";
    (apart ? home : ground).append(layer);
    layer.inert = !apart;
    over.figure.hidden = !apart;
    grid.dataset.laid = ground.dataset.laid = way();
    for (const one of controls.querySelectorAll("[data-for]")) one.hidden = one.dataset.for !== way();
    if (!apart && lock?.ariaPressed === "false") lock.click();
    clearInterval(turns);
    base.style.opacity = layer.style.opacity = layer.style.clipPath = "";
    draw[way()]();
  }

  controls.addEventListener("click", ({ target }) => {
    const chosen = target.closest("[data-lays]");
    if (chosen) choose(chosen);
  });
  edge.addEventListener("input", cut);
  veil.addEventListener("input", draw.overlay);
  pause.addEventListener("click", () => rest(pause.ariaPressed === "false"));
  next.addEventListener("click", () => (rest(true), flip()));
  document.addEventListener("key:free", (event) => {
    if (event.detail !== "v") return;
    choose(ways[(ways.findIndex((one) => one.ariaPressed === "true") + 1) % ways.length]);
  });
}

/* What is laid on another still says which exhibit it shows. */
function name(canvas) {
  canvas.dataset.name = canvas.closest("section").ariaLabel;
}
