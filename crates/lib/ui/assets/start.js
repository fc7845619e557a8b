"use strict";
// Only adds to pages that work without it. Pieces that come later through live regions are set up as they arrive.
const setups = [];
const setUp = (root) => setups.forEach((each) => each(root));
const all = (root, selector) => [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];
document.addEventListener("DOMContentLoaded", () => setUp(document));

// How long ago, or how far ahead; the written moment stays as the tip.
const spans = [["year", 31536000], ["month", 2592000], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];
const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const relative = (moment) => {
  const seconds = (moment - Date.now()) / 1000;
  const [unit, length] = spans.find(([, length]) => Math.abs(seconds) >= length) ?? [];
  return unit ? words.format(Math.trunc(seconds / length), unit) : seconds > 5 ? "in a moment" : "just now";
};
const tell = (time) => {
  const moment = Date.parse(time.dateTime);
  if (Number.isNaN(moment)) return;
  if (!time.title) time.title = time.textContent;
  const text = relative(moment);
  if (time.textContent !== text) time.textContent = text;
};
setups.push((root) => all(root, "time[data-relative]").forEach(tell));
setInterval(() => all(document, "time[data-relative]").forEach(tell), 30000);

// What somebody prefers stays in their browser.
setups.push((root) => {
  for (const choice of all(root, "[data-theme-choice]")) {
    choice.hidden = false;
    const chosen = localStorage.getItem("theme") ?? "system";
    for (const input of choice.querySelectorAll("input")) input.checked = input.value === chosen;
    choice.addEventListener("change", ({ target }) => {
      if (target.value === "system") {
        localStorage.removeItem("theme");
        delete document.documentElement.dataset.theme;
      } else {
        localStorage.setItem("theme", target.value);
        document.documentElement.dataset.theme = target.value;
      }
    });
  }
  for (const choice of all(root, "[data-shortcut-choice]")) {
    choice.hidden = false;
    const input = choice.querySelector("input");
    input.checked = localStorage.getItem("shortcuts") !== "off";
    input.addEventListener("change", () => localStorage.setItem("shortcuts", input.checked ? "on" : "off"));
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (localStorage.getItem("shortcuts") === "off") return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
  const search = document.querySelector("[data-search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});
