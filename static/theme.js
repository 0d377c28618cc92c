// Light, dark, or as the system prefers: kept in this browser, set before the page is drawn.
const THEMES = ["auto", "light", "dark"]; // how each is called stands on the button
const root = document.documentElement;

function keep(theme) {
  try { localStorage.setItem("theme", theme); } catch { /* a private window keeps nothing */ }
}

function kept() {
  try { return THEMES.includes(localStorage.getItem("theme")) ? localStorage.getItem("theme") : "auto"; } catch { return "auto"; }
}

function show(theme) {
  root.dataset.theme = theme;
  const button = document.querySelector(".theme");
  if (!button) return;
  button.hidden = false;
  button.textContent = button.dataset[theme];
  button.setAttribute("aria-label", button.dataset.label.replace("{theme}", button.dataset[theme].toLowerCase()));
}

show(kept());
document.addEventListener("DOMContentLoaded", () => {
  show(kept());
  document.querySelector(".theme")?.addEventListener("click", () => {
    const next = THEMES[(THEMES.indexOf(root.dataset.theme) + 1) % THEMES.length];
    keep(next);
    show(next);
  });
});
