// Follows an order that moves by itself: asks for the page again and shows it when where the order stands has changed.
// Without a script there is a link that loads the page anew.
"use strict";

const EVERY = 2000;
const UNTIL = Date.now() + 10 * 60 * 1000;
const SHOWN = "main h1, main .state";

const told = (page) => [...page.querySelectorAll(SHOWN)].map((part) => part.textContent.trim()).join("|");

const ask = async () => {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.redirected || !answer.ok || told(page) !== told(document)) {
      location.reload();
      return;
    }
  } catch {
    // The line is down for a moment: the next question may get through.
  }
  if (Date.now() < UNTIL) setTimeout(ask, EVERY);
};

setTimeout(ask, EVERY);
