// While rows are looked at or imported, the page asks for the next ones by itself.
"use strict";

document.addEventListener("DOMContentLoaded", () => document.getElementById("go-on")?.requestSubmit());
