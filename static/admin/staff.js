// A long form says how much each closed section holds and begins at the first thing to mend.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  for (const section of document.querySelectorAll("details:has(.inline-related)")) {
    const count = section.querySelectorAll(".inline-related.has_original").length;
    section.querySelector("summary .inline-heading").append(` (${count})`);
  }
  const refused = document.querySelector(".change-form .errorlist");
  refused?.closest("details")?.setAttribute("open", "");
  refused?.parentElement.querySelector("input, select, textarea")?.focus({ preventScroll: true });
  const show = () => refused?.scrollIntoView({ block: "center" });
  show();
  window.addEventListener("load", show); // once more where all have their height
});
