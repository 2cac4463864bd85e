// The small scripts of the native skin: masks, the dates of a cycle, the answer of «Я не робот».

import { faults, resets } from "./faults.js";
import { wear } from "./masks.js";
import { rebuildAll } from "./rebuilt.js";

if (faults.rebuilt) rebuildAll();

for (const input of document.querySelectorAll("input[data-mask]")) wear(input, input.dataset.mask, faults);

document.addEventListener("change", (event) => {
  resets(event.target.name, (key) => {
    for (const control of document.getElementsByName(key)) {
      if (control.type === "radio" || control.type === "checkbox") control.checked = false;
      else control.value = "";
    }
  });
});

const papers = document.querySelector("select#document");

function showDates() {
  const { start, end } = papers.selectedOptions[0].dataset;
  document.querySelector("[data-cycle=start]").textContent = start || "–";
  document.querySelector("[data-cycle=end]").textContent = end || "–";
}

if (papers) {
  papers.addEventListener("change", showDates);
  showDates();
}

window.addEventListener("message", (event) => {
  const field = document.querySelector("input[name=captcha]");
  if (field && event.origin === location.origin && event.data.ticket) field.value = event.data.ticket;
});

document.getElementById("refusal")?.focus();
