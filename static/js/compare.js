/** Two pictures side by side, moving as one; the key `l` sets them free and joins them again. */

window.addEventListener("viewers:ready", ({ detail }) => {
  const pair = detail.filter(({ figure }) => figure.closest("[data-compare]")).map((one) => one.viewer);
  if (pair.length > 1) join(pair);
});

function join(pair) {
  const toggle = document.querySelector("[data-locks]");
  let locked = true;
  let following = false;
  show();

  for (const leader of pair) {
    leader.addHandler("viewport-change", () => follow(leader));
    leader.addHandler("rotate", () => follow(leader));
  }

  function follow(leader) {
    if (!locked || following || !leader.world.getItemCount()) return;
    following = true;
    const [centre, zoom] = [leader.viewport.getCenter(), leader.viewport.getZoom()];
    const turned = leader.viewport.getRotation();
    for (const other of pair) {
      if (other === leader || !other.world.getItemCount()) continue;
      other.viewport.zoomTo(zoom, null, true);
      other.viewport.panTo(centre, true);
      other.viewport.setRotation(turned, true);
    }
    following = false;
  }

  function change() {
    locked = !locked;
    show();
    if (locked) follow(pair[0]);
  }

  function show() {
    if (!toggle) return;
    toggle.hidden = false;
    toggle.ariaPressed = String(locked);
  }

  toggle?.addEventListener("click", change);
  document.addEventListener("key:free", (event) => {
    if (event.detail === "l") change();
  });
}
