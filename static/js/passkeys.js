/** Passkeys: asks the device for one, or for the proof of one, and sends its answer with the form. */

for (const form of document.querySelectorAll("form[data-passkey]")) prepare(form);

function prepare(form) {
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON || isBareAddress()) {
    for (const words of document.querySelectorAll("[data-passkey-impossible]")) words.hidden = false;
    return;
  }
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const problem = form.querySelector("[data-passkey-problem]");
    problem.hidden = true;
    try {
      const credential = await ask(form);
      form.elements.credential.value = JSON.stringify(credential.toJSON());
    } catch {
      problem.hidden = false;
      return;
    }
    form.submit();
  });
}

/** A passkey belongs to a name; browsers make none for numbers. */
function isBareAddress() {
  return /^[\d.]+$|^\[/.test(location.hostname);
}

function ask(form) {
  if (form.dataset.passkey === "create") return create(form);
  return form.dataset.passkey === "get" ? get(written().request_options) : signIn(form);
}

function written() {
  return JSON.parse(document.getElementById("passkey-options").textContent);
}

function create(form) {
  const wanted = written().creation_options.publicKey;
  if (form.elements.passwordless?.checked) {
    const alone = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
    Object.assign(wanted.authenticatorSelection, alone);
  }
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(wanted);
  return navigator.credentials.create({ publicKey });
}

function get(options) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options.publicKey);
  return navigator.credentials.get({ publicKey });
}

async function signIn(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return get((await answer.json()).request_options);
}
