// Comforts for pages that work without them: one submit per form, reasons opened on paper, a password that can be shown.
"use strict";

// A second click while the first answer is on its way would only cost time: the server forgives it anyway. The form is
// released after a while, since an answer may be a file and leave the page standing.
const WAIT = 8000;

const release = (form) => {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(release, WAIT, form);
});

// A page taken out of the browser's cache by the back button must be usable again.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

const closed = new Set();
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("main details:not([open]), aside details:not([open])").forEach((part) => {
    closed.add(part);
    part.open = true;
  });
});
window.addEventListener("afterprint", () => {
  closed.forEach((part) => { part.open = false; });
  closed.clear();
});

document.querySelectorAll("input[type=password]").forEach((field) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button show-password";
  const tell = () => {
    const shown = field.type === "text";
    button.textContent = shown ? "Masquer le mot de passe" : "Afficher le mot de passe";
    button.setAttribute("aria-controls", field.id);
  };
  button.addEventListener("click", () => {
    field.type = field.type === "password" ? "text" : "password";
    tell();
  });
  field.form?.addEventListener("submit", () => { field.type = "password"; });
  tell();
  field.after(button);
});
