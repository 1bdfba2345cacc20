/* Both WebAuthn ceremonies: options come with the page, the answer goes back in its form. */
const form = document.getElementById("passkey");

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function decoded(options) {
  const key = options.publicKey;
  key.challenge = bytes(key.challenge);
  if (key.user) {
    key.user.id = bytes(key.user.id);
  }
  for (const one of [...(key.excludeCredentials || []), ...(key.allowCredentials || [])]) {
    one.id = bytes(one.id);
  }
  return options;
}

function encoded(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature"]) {
    if (credential.response[name]) {
      response[name] = text(credential.response[name]);
    }
  }
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response };
}

async function ceremony(event) {
  event.preventDefault();
  const options = JSON.parse(form.dataset.options);
  const make = Boolean(options.publicKey.user);
  try {
    const asked = decoded(options);
    const found = await (make ? navigator.credentials.create(asked) : navigator.credentials.get(asked));
    form.elements.answer.value = JSON.stringify(encoded(found));
    form.submit();
  } catch {
    document.getElementById("failed").hidden = false;
  }
}

if (form) {
  form.addEventListener("submit", ceremony);
}
