// Names for what Django's own forms leave without one: boxes in tables, and the boxes that search.
"use strict";

const text = (element) => element?.textContent.replace(/[*:]\s*$/, "").trim() ?? "";

function heading(field) {
  const cell = field.closest("td");
  const name = [...(cell?.classList ?? [])].find((word) => word.startsWith("field-"))?.slice(6);
  return text(cell?.closest("table").querySelector(`th.column-${name}`)) || (cell?.matches(".delete") ? "Delete" : "");
}

function label(field) {
  return text(field.labels?.[0]) || heading(field);
}

function nameFields(root) {
  for (const field of root.querySelectorAll(".tabular :is(input:not([type=hidden]), select, textarea)")) {
    if (!field.labels?.length && heading(field)) field.setAttribute("aria-label", heading(field));
  }
  for (const select of root.querySelectorAll("select.select2-hidden-accessible")) {
    const box = select.nextElementSibling;
    const name = label(select) || select.getAttribute("aria-label") || "Search";
    for (const part of box?.querySelectorAll("[role=combobox], [role=textbox], .select2-search__field") ?? []) part.setAttribute("aria-label", name);
  }
}

function nameTables() {
  document.getElementById("searchbar")?.setAttribute("aria-label", "Search");
  for (const head of document.querySelectorAll("thead th")) {
    if (text(head) || head.querySelector("input, img")) continue;
    const words = Object.assign(document.createElement("span"), { className: "visually-hidden" });
    words.textContent = head.matches(".original") ? "Record" : "Action";
    head.append(words);
  }
  const groups = document.querySelectorAll(".inline-group:has(.tabular), .results, .wide");
  const watch = new ResizeObserver((entries) => entries.forEach(({ target }) => stopWhereItScrolls(target)));
  groups.forEach((group) => watch.observe(group));
}

function stopWhereItScrolls(group) {
  if (group.scrollWidth > group.clientWidth) group.tabIndex = 0;
  else group.removeAttribute("tabindex");
}

function nameOthers() {
  for (const part of document.querySelectorAll(".datetime input")) {
    part.setAttribute("aria-label", part.name.endsWith("_0") ? "Date" : "Time");
  }
  for (const sign of document.querySelectorAll(".help-tooltip[aria-label]")) sign.setAttribute("role", "img");
}

nameFields(document);
nameTables();
window.addEventListener("load", nameOthers);
document.addEventListener("formset:added", (event) => nameFields(event.target));
// Django's own script makes the boxes that search, some time after the page or a row is there.
new MutationObserver((changes) => {
  const added = changes.flatMap((change) => [...change.addedNodes]);
  if (added.some((node) => node.matches?.(".select2-container"))) nameFields(document);
}).observe(document.body, { childList: true, subtree: true });
