// Fetches the parts of a page that come after its rows, from the page's own address.
async function fetchPart(place) {
  const address = new URL(location.href);
  address.searchParams.set("part", place.dataset.part);
  const answer = await fetch(address);
  if (!answer.ok) return;
  place.innerHTML = await answer.text();
  place.removeAttribute("data-part");
  findParts(place);
  window.htmx?.process(place);
}

function findParts(root) {
  for (const place of root.querySelectorAll("[data-part]")) find(place);
}

function find(place) {
  if (place.tagName !== "DETAILS") fetchPart(place);
  else place.addEventListener("toggle", () => fetchPart(place), { once: true });
}

// What htmx puts into the page may have such parts again, or be one.
document.addEventListener("htmx:load", ({ detail: { elt } }) => {
  if (elt === document.body) return;
  if (elt.dataset.part) find(elt);
  else findParts(elt);
});
findParts(document);
