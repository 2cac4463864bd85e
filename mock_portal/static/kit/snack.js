// The snack-bar: one place for what went well, what was refused and what was lost.

import { h } from "./dom.js";

const SHOWN_FOR = 8000;

const text = h("span");
const close = h("button", { type: "button", class: "snack__close", "aria-label": "Закрыть сообщение", onclick: hide }, "×");
const bar = h("div", { class: "snack", hidden: true }, text, close);
const region = h("app-snack-bar", { role: "status", "aria-live": "polite" }, bar);
document.body.append(region);

let timer;

export function hide() {
  bar.hidden = true;
}

export function snack(message) {
  clearTimeout(timer);
  bar.hidden = false;
  text.textContent = message;
  timer = setTimeout(hide, SHOWN_FOR);
}
