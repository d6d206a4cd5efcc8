// Before a form leaves, asks whether the server hears it and still knows who sits here. If not, the page stays as it is,
// with all that was typed and chosen, and says so. Nothing is kept anywhere but in the page; the form carries a key, so
// that the same one sent twice is recorded once.
"use strict";

const PATIENCE = 6000;
const notices = document.querySelector("[data-asks]");

// The fresh token of forms if the server answers; otherwise which notice says why not.
const ask = async () => {
  try {
    const answer = await fetch(notices.dataset.asks, {
      cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.type === "opaqueredirect") return { why: "signed-out" };
    if (answer.status === 409) return { why: "elsewhere" };
    return answer.ok ? { token: await answer.text() } : { why: "unheard" };
  } catch {
    return { why: "unheard" };
  }
};

const tell = (why) => {
  notices.querySelectorAll("[data-why]").forEach((notice) => { notice.hidden = true; });
  const notice = why && notices.querySelector(`[data-why="${why}"]`);
  if (!notice) return;
  notice.hidden = false;
  notice.focus();
  notice.scrollIntoView({ block: "nearest" });
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  if (form.method !== "post" || form.dataset.heard) return;
  event.preventDefault();
  if (form.dataset.asking) return;
  form.dataset.asking = "yes";
  button?.setAttribute("aria-busy", "true");
  const { token, why } = await ask();
  delete form.dataset.asking;
  button?.removeAttribute("aria-busy");
  tell(why);
  if (!token) return;
  // Who signed in again in another tab has another token; what was typed here is sent all the same.
  form.querySelector("[name=csrfmiddlewaretoken]").value = token;
  form.dataset.heard = "yes";
  form.requestSubmit(button);
  delete form.dataset.heard;
}, true);
