/** What is drawn over a picture: regions of its list, a new one, a measure, the line of its scale. */

const SVG = "http://www.w3.org/2000/svg";
const SIDES = ["left", "top", "width", "height"];
const [FEWEST, MOST] = [3, 100]; // corners of an outline
const NEAR = 10; // pixels of the screen
const ENDS = ["from_x", "from_y", "to_x", "to_y"];

document.addEventListener("viewer:open", ({ target, detail }) => {
  if (target.dataset.picture && !target.querySelector(".viewer-marks")) drawOver(target, detail);
});

function drawOver(figure, { viewer, deeds }) {
  const marks = document.createElementNS(SVG, "svg");
  marks.setAttribute("class", "viewer-marks");
  marks.setAttribute("aria-hidden", "true");
  figure.querySelector(".viewer-canvas").append(marks);
  const [across, down] = figure.dataset.pixels.split(" ").map(Number);
  const plane = flat(viewer, down / across);
  const state = { mode: "", from: null, line: null, region: null, corners: [], chosen: "" };
  const mine = (selector) => [...document.querySelectorAll(selector)].filter((one) =>
    (one.closest("[data-picture]") ?? one).dataset.picture === figure.dataset.picture);

  function redraw() {
    const rows = mine("[data-corners]").filter((row) => row.dataset.corners);
    rows.sort((one, other) => (one.id === state.chosen) - (other.id === state.chosen)); // on top
    const shapes = rows.map((row) => shape(row.dataset.corners, row.id, nameOf(row), "proposed" in row.dataset));
    for (const row of mine("[data-region-row]")) {
      const corners = typedCorners(row);
      if (corners) shapes.push(shape(corners, "new", ""));
    }
    if (state.region) shapes.push(shape(state.region, "new", ""));
    if (state.corners.length) shapes.push(...begun());
    if (state.line) shapes.push(line(state.line));
    const scale = typedLine();
    if (scale) shapes.push(line(scale, "scale"));
    marks.replaceChildren(...shapes.flat());
  }

  /* What a machine read is named when it is chosen: its names would hide what stands there. */
  function nameOf(row) {
    return "proposed" in row.dataset && row.id !== state.chosen ? "" : row.dataset.label;
  }

  function shape(corners, id, label, proposed = false) {
    const points = corners.split(" ").map((corner) => plane.screen(corner.split(",").map(Number)));
    const drawn = element("polygon", { points: points.map(({ x, y }) => `${x},${y}`).join(" ") });
    if (id === "new") drawn.classList.add("new");
    drawn.classList.toggle("proposed", proposed);
    if (id && id === state.chosen) drawn.classList.add("chosen");
    const top = points.reduce((highest, one) => (one.y < highest.y ? one : highest));
    const name = element("text", { x: top.x, y: top.y - 5 });
    name.textContent = label ?? "";
    return [drawn, name];
  }

  /* The outline so far: its line, and a spot on each corner. */
  function begun() {
    const spots = state.corners.map(plane.screen);
    const path = element("polyline", { points: spots.map(({ x, y }) => `${x},${y}`).join(" "), class: "new" });
    return [path, ...spots.map(({ x, y }) => element("circle", { cx: x, cy: y, r: 4, class: "new" }))];
  }

  function line([from, to], kind = "measure") {
    const [a, b] = [plane.screen(from), plane.screen(to)];
    const drawn = element("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y, class: kind });
    const name = element("text", { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 - 6, class: kind });
    name.textContent = kind === "measure" ? told(from, to) : "";
    return [drawn, name];
  }

  function told(from, to) {
    const pixels = Math.hypot((to[0] - from[0]) * across, (to[1] - from[1]) * down) / 1000;
    const scale = Number(figure.dataset.mmPerPx);
    return scale ? `${(pixels * scale).toFixed(1)} mm` : `${Math.round(pixels)} px`;
  }

  function typedLine() {
    const typed = ENDS.map((end) => mine("form")[0]?.querySelector(`[data-end=${end}]`)?.value);
    if (!typed.every((value) => value)) return null;
    const [x1, y1, x2, y2] = typed.map(Number);
    return [[x1 * 1000 / across, y1 * 1000 / down], [x2 * 1000 / across, y2 * 1000 / down]];
  }

  function enter(mode) {
    state.mode = state.mode === mode ? "" : mode;
    for (const tool of figure.querySelectorAll("[data-mode]")) {
      tool.ariaPressed = String(tool.dataset.mode === state.mode);
    }
    figure.classList.toggle("viewer-drawing", state.mode !== "");
    figure.querySelector("[data-outline-tools]")?.toggleAttribute("hidden", state.mode !== "outline");
    state.corners = [];
    redraw();
  }

  deeds.box = () => enter("box");
  deeds.measure = () => enter("measure");
  deeds.outline = () => enter("outline");
  deeds.undo = () => (state.corners.pop(), redraw());
  deeds.close = () => state.corners.length >= FEWEST && fillRegion({ outline: state.corners });
  deeds.leave = () => enter("");

  viewer.addHandler("canvas-press", (event) => {
    if (state.mode && state.mode !== "outline") state.from = plane.picture(event.position);
  });
  viewer.addHandler("canvas-drag", (event) => {
    if (!state.mode || !state.from) return;
    event.preventDefaultAction = true;
    const to = plane.picture(event.position);
    if (state.mode === "box") state.region = cornersOf(boxOf(state.from, to));
    else state.line = [state.from, to];
    redraw();
  });
  viewer.addHandler("canvas-drag-end", (event) => {
    if (!state.mode || !state.from) return;
    event.preventDefaultAction = true;
    finish(state.from, plane.picture(event.position));
    state.from = state.region = null;
    redraw();
  });
  viewer.addHandler("canvas-click", (event) => {
    if (event.quick && !state.mode) choose(rowAt(plane.picture(event.position)));
    if (event.quick && state.mode === "outline") corner(event.position);
  });
  viewer.addHandler("canvas-double-click", (event) => {
    if (state.mode === "outline") event.preventDefaultAction = true;
  });

  /* A click sets a corner; one on the first corner closes the outline. */
  function corner(position) {
    const [first, last] = [state.corners[0], state.corners.at(-1)].map((one) => one && plane.screen(one));
    if (first && state.corners.length >= FEWEST && near(first, position)) return deeds.close();
    if ((last && near(last, position)) || state.corners.length >= MOST) return;
    state.corners.push(plane.picture(position).map(Math.round));
    redraw();
  }

  document.addEventListener("keydown", (event) => {
    const deed = { Enter: "close", Backspace: "undo", Escape: "leave" }[event.key];
    const elsewhere = event.target.closest("input:not([type=range]), textarea, select, button:not([data-mode])");
    if (!deed || state.mode !== "outline" || (elsewhere && event.key !== "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    deeds[deed]();
  }, { capture: true });

  function finish(from, to) {
    if (state.mode === "box") return fillRegion(boxOf(from, to));
    const typed = mine("form").find((form) => form.querySelector("[data-end]"));
    if (typed) return fillLine(typed, from, to);
    const note = figure.querySelector("[data-measured]");
    note.hidden = false;
    const hint = figure.dataset.mmPerPx ? note.dataset.calibrated : note.dataset.uncalibrated;
    note.textContent = `${told(from, to)} · ${hint}`;
  }

  /* A box, or an outline where the form takes one; else the box around it. */
  function fillRegion(drawn) {
    const rows = mine("[data-region-row]");
    const row = rows.find((one) => !typedCorners(one)) ?? rows.at(-1);
    const box = drawn.outline ? around(drawn.outline) : drawn;
    if (!row || !box.width || !box.height) return;
    for (const side of SIDES) put(row.querySelector(`[data-side=${side}]`), box[side]);
    put(row.querySelector("[data-side=outline]"), drawn.outline ? drawn.outline.join(" ") : "");
    row.closest("details")?.setAttribute("open", "");
    const form = row.closest("form");
    form.closest("[hidden]")?.removeAttribute("hidden");
    enter("");
    (row.querySelector("select") ?? form.querySelector("button")).focus();
  }

  function fillLine(form, from, to) {
    const ends = [from[0] * across, from[1] * down, to[0] * across, to[1] * down];
    ENDS.forEach((end, at) => put(form.querySelector(`[data-end=${end}]`), Math.round(ends[at] / 1000)));
    state.line = null;
    enter("");
    form.querySelector("[name=length_mm]").focus();
  }

  function rowAt([x, y]) {
    return mine("[data-corners]").find((row) => {
      const xs = row.dataset.corners.split(" ").map((corner) => Number(corner.split(",")[0]));
      const ys = row.dataset.corners.split(" ").map((corner) => Number(corner.split(",")[1]));
      return x >= Math.min(...xs) && x <= Math.max(...xs) && y >= Math.min(...ys) && y <= Math.max(...ys);
    });
  }

  function choose(row) {
    for (const one of mine("[data-corners]")) one.classList.toggle("chosen", one === row);
    state.chosen = row?.id ?? "";
    row?.closest("details")?.setAttribute("open", "");
    redraw();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-flies]");
    const row = link?.closest("[data-corners]");
    if (!row || row.dataset.picture !== figure.dataset.picture) return;
    event.preventDefault();
    choose(row);
    viewer.viewport.fitBounds(plane.around(row.dataset.corners));
    figure.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("input", ({ target }) => {
    if (target.matches("[data-side], [data-end]")) redraw();
  });
  viewer.addHandler("update-viewport", redraw);
  viewer.addHandler("resize", redraw);
  redraw();
  const asked = document.getElementById(location.hash.slice(1));
  if (asked?.dataset.corners && mine("[data-corners]").includes(asked)) choose(asked);
}

/* Between per mille of the picture and the pixels of the screen, however it is turned. */
function flat(viewer, ratio) {
  const point = (x, y) => new OpenSeadragon.Point(x, y);
  const within = (value) => Math.min(1000, Math.max(0, value));
  return {
    screen: ([x, y]) =>
      viewer.viewport.viewportToViewerElementCoordinates(point(x / 1000, (y / 1000) * ratio)),
    picture: (place) => {
      const { x, y } = viewer.viewport.viewerElementToViewportCoordinates(place);
      return [within(x * 1000), within((y / ratio) * 1000)];
    },
    around: (corners) => {
      const spots = corners.split(" ").map((corner) => corner.split(",").map(Number));
      const [xs, ys] = [spots.map(([x]) => x / 1000), spots.map(([, y]) => (y / 1000) * ratio)];
      const [left, top] = [Math.min(...xs), Math.min(...ys)];
      const [wide, high] = [Math.max(...xs) - left, Math.max(...ys) - top];
      return new OpenSeadragon.Rect(left - wide, top - high, wide * 3, high * 3);
    },
  };
}

function boxOf(from, to) {
  const [[x1, y1], [x2, y2]] = [from.map(Math.round), to.map(Math.round)];
  const [left, top] = [Math.min(x1, x2), Math.min(y1, y2)];
  return { left, top, width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) };
}

function around(corners) {
  const [xs, ys] = [0, 1].map((axis) => corners.map((one) => one[axis]));
  return boxOf([Math.min(...xs), Math.min(...ys)], [Math.max(...xs), Math.max(...ys)]);
}

function near(one, other) {
  return Math.hypot(one.x - other.x, one.y - other.y) < NEAR;
}

function cornersOf({ left, top, width, height }) {
  const [right, bottom] = [left + width, top + height];
  return `${left},${top} ${right},${top} ${right},${bottom} ${left},${bottom}`;
}

function typedCorners(row) {
  const outline = row.querySelector("[data-side=outline]")?.value.trim();
  if (outline) return /^(\d+,\d+\s+){2,}\d+,\d+$/.test(outline) ? outline.replace(/\s+/g, " ") : "";
  const typed = SIDES.map((side) => row.querySelector(`[data-side=${side}]`)?.value ?? "");
  if (typed.some((value) => value === "")) return "";
  const [left, top, width, height] = typed.map(Number);
  return cornersOf({ left, top, width, height });
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function put(input, value) {
  if (!input) return;
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}
