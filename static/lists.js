// What htmx leaves open when it changes a list in place: empty filters, faults, focus, and what is read out.
const records = () => document.getElementById("records");
let way = []; // from what had the focus outwards

// Leaves empty filters out of the address, so that it stays short enough to share.
document.addEventListener("formdata", ({ target, formData }) => {
  if (!target.closest(".filters")) return;
  const filled = [...formData].filter(([, value]) => value !== "");
  for (const name of [...formData.keys()]) formData.delete(name);
  for (const [name, value] of filled) formData.append(name, value);
});

function marks(element) {
  const found = [];
  for (let at = element; at; at = at.parentElement) {
    found.push(at.id, at.tagName === "DETAILS" && at.querySelector("summary").id);
  }
  return [...found, "title"].filter(Boolean);
}

// An answer that is no list is shown as what it is: a page.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, serverResponse } = event.detail;
  way = marks(document.activeElement);
  if (xhr.status < 400 && serverResponse.includes("hx-history-elt")) return;
  event.preventDefault();
  location.assign(xhr.responseURL);
});
document.addEventListener("htmx:sendError", ({ detail }) => location.assign(detail.pathInfo.finalRequestPath));
document.addEventListener("htmx:historyCacheMissLoadError", () => location.reload());

function refocus() {
  if (document.activeElement !== document.body) return;
  const near = way.map((id) => document.getElementById(id));
  near.find((element) => element && (element.tabIndex >= 0 || element.id === "title"))?.focus({ preventScroll: true });
}

function say() {
  const said = [...records().querySelectorAll("[data-said]")].map((element) => element.innerText.trim());
  document.getElementById("said").textContent = said.join(" ");
}

// The link to the page in the other language keeps what the list shows now.
function keepLanguages() {
  for (const link of document.querySelectorAll("a.language")) link.search = location.search;
}

document.addEventListener("htmx:pushedIntoHistory", keepLanguages);
document.addEventListener("htmx:historyRestore", keepLanguages);
document.addEventListener("htmx:afterSettle", () => { refocus(); say(); });
document.addEventListener("htmx:historyRestore", say);

// What the head tells of the list, its files, feeds, languages and card, follows what it shows now.
const told = (page) => page.head.querySelectorAll('link[rel="alternate"], meta[name="description"], meta[property^="og:"]');

function keepHead(answer) {
  const read = new DOMParser().parseFromString(answer, "text/html");
  told(document).forEach((element) => element.remove());
  document.head.append(...told(read));
}

document.addEventListener("htmx:afterSwap", ({ detail }) => { if (detail.target?.id === "records") keepHead(detail.xhr.responseText); });
document.addEventListener("htmx:historyRestore", ({ detail }) => keepHead(detail.serverResponse));
