/** What is said of a photograph at the scene: the picture, the tag, the place and the times. */

const COARSE = 50; // metres

/** The digest that the phone itself draws, before anything is sent. */
export async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Makes the form's helpers work; returns {facts, clear}. */
export function prepare(form) {
  const fields = form.elements;
  const picture = form.querySelector("[data-picture]");
  let shown = "";

  fields.photo.addEventListener("change", () => {
    URL.revokeObjectURL(shown);
    const [file] = fields.photo.files;
    shown = file ? URL.createObjectURL(file) : "";
    picture.hidden = !file;
    if (file) picture.src = shown;
    if (file) position.renew();
    form.querySelector("[data-photo-words]").hidden = Boolean(file);
    form.querySelector("[data-photo-again]").hidden = !file;
    form.dispatchEvent(new Event("input"));
  });
  const position = locating(form);
  scanning(form);

  return {
    clear() {
      fields.photo.value = "";
      fields.photo.dispatchEvent(new Event("change"));
      fields.note.value = "";
      fields.taken_as_stated.value = "";
      position.forget();
    },
    facts: (file, sound) => ({
      tag: fields.tag.value.trim(),
      taken_along: fields.taken_along.value === "yes",
      has_scale: !sound && fields.has_scale.checked,
      in_situ: !sound && fields.in_situ.checked,
      taken_at: new Date(file.lastModified || Date.now()).toISOString(),
      taken_zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "",
      taken_as_stated: fields.taken_as_stated.value.trim(),
      note: fields.note.value.trim(),
      place_as_stated: fields.place_as_stated.value.trim(),
      ...place(form),
    }),
  };
}

function place(form) {
  const { latitude, longitude } = form.elements;
  if (!latitude.value || !longitude.value) return {};
  const point = { latitude: Number(latitude.value).toFixed(6), longitude: Number(longitude.value).toFixed(6) };
  const byHand = form.dataset.located !== `${latitude.value} ${longitude.value}`;
  return { ...point, place_by_hand: byHand, accuracy_m: byHand ? null : Number(form.dataset.accuracy) };
}

/* Where the phone was for one photograph it may no longer be for the next: then it is asked again. What a person typed stands. */
function locating(form) {
  const { latitude, longitude } = form.elements;
  const told = form.querySelector("[data-located]");
  const words = told.dataset;
  const button = form.querySelector("[data-locate]");
  button.hidden = !navigator.geolocation;
  button.addEventListener("click", () => {
    told.textContent = words.asking;
    navigator.geolocation.getCurrentPosition(found, () => (told.textContent = words.failed), {
      enableHighAccuracy: true,
      timeout: 30_000,
      maximumAge: 15_000,
    });
  });

  function found({ coords }) {
    latitude.value = coords.latitude.toFixed(6);
    longitude.value = coords.longitude.toFixed(6);
    form.dataset.located = `${latitude.value} ${longitude.value}`;
    form.dataset.accuracy = Math.ceil(coords.accuracy);
    const metres = Math.ceil(coords.accuracy);
    told.textContent = (metres > COARSE ? words.coarse : words.found).replace("{metres}", metres);
    ring(form, metres);
    form.dispatchEvent(new Event("input"));
  }

  for (const field of [latitude, longitude]) {
    field.addEventListener("input", () => {
      told.textContent = words.corrected;
      ring(form, 0);
    });
  }

  return {
    forget() {
      if (!latitude.value || form.dataset.located !== `${latitude.value} ${longitude.value}`) return;
      latitude.value = longitude.value = told.textContent = "";
      form.dataset.anew = "yes";
      ring(form, 0);
    },
    renew() {
      if (!form.dataset.anew) return;
      delete form.dataset.anew;
      button.click();
    },
  };
}

/* How far off the phone may be, drawn against ten and a hundred metres. */
function ring(form, metres) {
  const drawn = form.querySelector("[data-ring]");
  drawn.toggleAttribute("hidden", !metres);
  drawn.classList.toggle("capture-ring-coarse", metres > COARSE);
  const radius = Math.min(20, Math.max(2, 5 + 7.5 * Math.log10(Math.max(1, metres) / 10)));
  drawn.querySelector("[data-ring-radius]").setAttribute("r", radius.toFixed(1));
}

/* The tag is read by the camera where the browser can; else it is typed. */
function scanning(form) {
  const button = form.querySelector("[data-scan]");
  const dialog = document.getElementById("scanner");
  const video = dialog.querySelector("video");
  button.hidden = !("BarcodeDetector" in globalThis) || !navigator.mediaDevices;
  button.addEventListener("click", async () => {
    dialog.showModal();
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      await video.play();
      look(new BarcodeDetector({ formats: ["qr_code", "code_128", "data_matrix"] }));
    } catch {
      dialog.close();
    }
  });
  dialog.addEventListener("close", () => {
    video.srcObject?.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  });

  async function look(detector) {
    while (dialog.open) {
      const [code] = await detector.detect(video).catch(() => []);
      if (code?.rawValue) {
        form.elements.tag.value = code.rawValue.slice(0, 200);
        dialog.close();
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
