// A regulator brings its region, and a region its currency for every amount that is given.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("recallbatch_form");
  const regulator = document.getElementById("id_regulator");
  const region = document.getElementById("id_region");
  if (!form || !regulator || !region) return; // shown to be read only

  const own = new WeakSet(); // what was chosen here, and may be changed again here
  const choose = (menu, value) => {
    if (menu.value && !own.has(menu)) return;
    menu.value = value;
    own.add(menu);
  };
  const chosen = (menu, name) => menu.selectedOptions[0]?.dataset[name] ?? "";
  const given = (figure) =>
    ["low", "high"].some((end) => form.elements[`${figure}_${end}`].value.trim() !== "");

  form.addEventListener("change", (event) => {
    own.delete(event.target);
    if (event.target === regulator) choose(region, chosen(regulator, "region"));
    for (const figure of ["amount", "price", "damage"]) {
      choose(form.elements[`${figure}_currency`], given(figure) ? chosen(region, "currency") : "");
    }
  });
});
