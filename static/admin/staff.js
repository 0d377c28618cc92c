// A long form says how much each closed section holds and begins at the first thing to mend.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  for (const section of document.querySelectorAll("details:has(.inline-related)")) {
    const count = section.querySelectorAll(".inline-related.has_original").length;
    section.querySelector("summary .inline-heading").append(` (${count})`);
  }
  const refused = document.querySelector(".change-form .errorlist");
  refused?.closest("details")?.setAttribute("open", "");
  refused?.scrollIntoView({ block: "center" });
  refused?.parentElement.querySelector("input, select, textarea")?.focus({ preventScroll: true });
});
