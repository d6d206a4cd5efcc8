// The keyboard where people of an office work: j and k walk the rows of a list, o opens, / goes to the search, ? shows the keys.
"use strict";

const rows = () => [...document.querySelectorAll("[data-row]")];
const current = () => document.querySelector("[data-row].is-current");

const choose = (row) => {
  if (!row) return;
  current()?.classList.remove("is-current");
  row.classList.add("is-current");
  row.querySelector("a")?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
};

const step = (by) => {
  const all = rows();
  const place = all.indexOf(current());
  choose(all[place < 0 ? 0 : Math.min(all.length - 1, Math.max(0, place + by))]);
};

const keys = {
  j: () => step(1),
  k: () => step(-1),
  o: () => current()?.querySelector("a")?.click(),
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => {
    const help = document.getElementById("raccourcis");
    if (!help) return;
    help.open = !help.open;
    if (help.open) help.querySelector("summary").focus();
  },
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select");
  if (typing) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});

// One box for all the boxes of a list.
document.querySelectorAll("[data-all]").forEach((all) => {
  const boxes = () => [...all.closest("form").querySelectorAll("tbody input[type=checkbox]")];
  all.closest("[hidden]")?.removeAttribute("hidden");
  all.addEventListener("change", () => boxes().forEach((box) => { box.checked = all.checked; }));
});

// A filter that is chosen applies at once; without a script the button does it.
document.querySelectorAll("form[data-applies] select, form[data-applies] input[type=checkbox]").forEach((control) => {
  control.addEventListener("change", () => control.form.requestSubmit());
});
