// Passkeys: shows what only works with them, and exchanges the browser's credential for a form post.
(() => {
  "use strict";
  if (!window.PublicKeyCredential || !window.webauthnJSON) return;

  // A passkey belongs to a name: a browser makes none at an address of numbers. The same machine has a name of its own.
  if (/^[\d.]+$/.test(location.hostname)) {
    document.querySelectorAll("[data-without-passkeys]").forEach((part) => { part.hidden = true; });
    document.querySelectorAll("[data-passkeys-need-a-name]").forEach((part) => {
      const link = part.querySelector("a");
      link.hostname = "localhost";
      link.textContent = link.host;
      part.hidden = false;
    });
    return;
  }

  const show = () => {
    document.querySelectorAll("[data-passkey-offer]").forEach((part) => { part.hidden = false; });
    document.querySelectorAll("[data-without-passkeys]").forEach((part) => { part.hidden = true; });
  };

  const optionsFor = async (button) => {
    const id = button.dataset.passkeyOptions;
    if (id) return JSON.parse(document.getElementById(id).textContent);
    const answer = await fetch(button.form.action, { headers: { "X-Requested-With": "XMLHttpRequest", Accept: "application/json" } });
    if (!answer.ok) throw new Error(`passkey options: ${answer.status}`);
    return answer.json();
  };

  const create = async (button) => {
    const options = (await optionsFor(button)).creation_options;
    const passwordless = Boolean(button.form.elements.passwordless?.checked);
    const selection = options.publicKey.authenticatorSelection;
    selection.residentKey = passwordless ? "required" : "discouraged";
    selection.requireResidentKey = passwordless;
    if (passwordless) selection.userVerification = "required";
    return window.webauthnJSON.create(options);
  };

  const tell = (button) => {
    let note = button.form.querySelector("[data-passkey-error]");
    if (!note) {
      note = document.createElement("p");
      note.className = "govuk-error-message";
      note.dataset.passkeyError = "";
      note.setAttribute("role", "alert");
      button.before(note);
    }
    note.textContent = "L'appareil n'a pas donné de clé d'accès. Essayez de nouveau ou prenez un autre moyen.";
  };

  document.querySelectorAll("[data-passkey]").forEach((button) => {
    button.addEventListener("click", async (event) => {
      event.preventDefault();
      button.disabled = true;
      try {
        const credential = button.dataset.passkey === "create"
          ? await create(button)
          : await window.webauthnJSON.get((await optionsFor(button)).request_options);
        button.form.elements.credential.value = JSON.stringify(credential);
        button.form.submit();
      } catch {
        tell(button);
        button.disabled = false;
      }
    });
  });
  show();
})();
