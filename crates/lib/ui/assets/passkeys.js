// Passkeys: asks the authenticator, and sends what it answers.
const bytesOf = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const textOf = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const credentialsOf = ({ credentials }) => credentials.split(" ").filter(Boolean).map((id) => ({ type: "public-key", id: bytesOf(id) }));
const makePasskey = async (asked) => {
  const { id, response } = await navigator.credentials.create({ publicKey: {
    challenge: bytesOf(asked.challenge),
    rp: { id: asked.site, name: "Rollcall" },
    user: { id: bytesOf(asked.user), name: asked.userName, displayName: asked.userName },
    pubKeyCredParams: asked.algorithms.split(" ").map((alg) => ({ type: "public-key", alg: Number(alg) })),
    excludeCredentials: credentialsOf(asked),
    authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
    attestation: "none",
    timeout: 300000,
  } });
  return { credential: id, client: textOf(response.clientDataJSON), object: textOf(response.attestationObject) };
};
const usePasskey = async (asked) => {
  const { id, response } = await navigator.credentials.get({ publicKey: {
    challenge: bytesOf(asked.challenge),
    rpId: asked.site,
    allowCredentials: credentialsOf(asked),
    userVerification: "verifies" in asked ? "required" : "preferred",
    timeout: 300000,
  } });
  return {
    credential: id,
    client: textOf(response.clientDataJSON),
    data: textOf(response.authenticatorData),
    signature: textOf(response.signature),
    user: response.userHandle ? textOf(response.userHandle) : "",
  };
};
const refusals = {
  InvalidStateError: "This device has a passkey of yours already.",
  NotAllowedError: "No passkey was used: it was cancelled, there is none, or it took too long.",
};
setups.push((root) => {
  for (const form of all(root, "form[data-passkey]")) {
    const unscripted = form.querySelector("[data-passkey-unscripted]");
    if (!window.PublicKeyCredential) {
      unscripted.textContent = "This browser has no passkeys.";
      continue;
    }
    unscripted.hidden = true;
    form.querySelector("[data-passkey-actions]").hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const trouble = form.querySelector("[data-passkey-trouble]");
      trouble.hidden = true;
      try {
        const answer = await (form.dataset.passkey === "create" ? makePasskey : usePasskey)(form.dataset);
        for (const [name, value] of Object.entries(answer)) form.elements.namedItem(name).value = value;
        form.submit();
      } catch (error) {
        trouble.textContent = refusals[error.name] ?? "The passkey could not be used here.";
        trouble.hidden = false;
      }
    });
  }
});
