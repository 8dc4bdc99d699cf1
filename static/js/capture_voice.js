/** A voice note for what a thumb cannot type: recorded on the phone, sealed and sent like a photograph. */

const LONGEST = 180_000;
const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const SUFFIXES = { "audio/webm": "webm", "audio/mp4": "m4a", "audio/ogg": "ogg" };

/** Makes the buttons work; returns {file, clear}. Where the browser records no sound, a sentence says so. */
export function prepareVoice(form) {
  const part = form.querySelector("[data-voice]");
  const [start, stop, drop] = ["start", "stop", "drop"].map((name) => part.querySelector(`[data-voice-${name}]`));
  const told = part.querySelector("[data-voice-told]");
  const words = told.dataset;
  let recorder = null;
  let kept = null;
  let timer = 0;

  const can = Boolean(globalThis.MediaRecorder && navigator.mediaDevices?.getUserMedia);
  start.hidden = !can;
  if (!can) told.textContent = words.unsupported;

  start.addEventListener("click", async () => {
    try {
      await record(await navigator.mediaDevices.getUserMedia({ audio: true }));
    } catch {
      told.textContent = words.refused;
    }
  });
  stop.addEventListener("click", () => recorder?.stop());
  drop.addEventListener("click", clear);

  async function record(sound) {
    const pieces = [];
    const began = Date.now();
    const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    recorder = new MediaRecorder(sound, mimeType ? { mimeType } : {});
    recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
    recorder.addEventListener("stop", () => {
      clearTimeout(timer);
      sound.getTracks().forEach((track) => track.stop());
      const seconds = Math.max(1, Math.round((Date.now() - began) / 1000));
      keep(new Blob(pieces, { type: recorder.mimeType }), began, seconds);
    });
    recorder.start();
    timer = setTimeout(() => recorder.stop(), LONGEST);
    show({ recording: true });
    told.textContent = words.recording;
  }

  function keep(sound, began, seconds) {
    const [type] = sound.type.split(";");
    kept = new File([sound], `voice-note.${SUFFIXES[type] ?? "webm"}`, { type, lastModified: began });
    recorder = null;
    show({ recording: false });
    told.textContent = words.kept.replace("{seconds}", seconds);
    form.dispatchEvent(new Event("input"));
  }

  function clear() {
    kept = null;
    show({ recording: false });
    if (can) told.textContent = "";
    form.dispatchEvent(new Event("input"));
  }

  function show({ recording }) {
    start.hidden = !can || recording || Boolean(kept);
    stop.hidden = !recording;
    drop.hidden = !kept || recording;
  }

  return { clear, file: () => kept };
}
