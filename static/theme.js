// Light, dark, or as the system prefers: kept in this browser, set before the page is drawn.
const THEMES = { auto: "Automatic", light: "Light", dark: "Dark" };
const root = document.documentElement;

function keep(theme) {
  try { localStorage.setItem("theme", theme); } catch { /* a private window keeps nothing */ }
}

function kept() {
  try { return localStorage.getItem("theme") in THEMES ? localStorage.getItem("theme") : "auto"; } catch { return "auto"; }
}

function show(theme) {
  root.dataset.theme = theme;
  const button = document.querySelector(".theme");
  if (!button) return;
  button.hidden = false;
  button.textContent = THEMES[theme];
  button.setAttribute("aria-label", `Colours: ${THEMES[theme].toLowerCase()}. Change`);
}

show(kept());
document.addEventListener("DOMContentLoaded", () => {
  show(kept());
  document.querySelector(".theme")?.addEventListener("click", () => {
    const names = Object.keys(THEMES);
    const next = names[(names.indexOf(root.dataset.theme) + 1) % names.length];
    keep(next);
    show(next);
  });
});
