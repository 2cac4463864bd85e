// Modal dialogs: in an overlay, with the focus held inside and given back at the end.

import { h, nextId, overlay } from "./dom.js";

const FOCUSABLE = "a[href], button:not([disabled]), input:not([disabled]), [tabindex]:not([tabindex='-1'])";

export function dialog(title, content, { wide = false } = {}) {
  const before = document.activeElement;
  const root = document.getElementById("root");
  const titleId = nextId("kit-dialog-title");
  const cross = h("button", { type: "button", class: "dialog__close", "aria-label": "Закрыть", onclick: close }, "×");
  const box = h(
    "div",
    { class: `dialog${wide ? " dialog_wide" : ""}`, role: "dialog", "aria-modal": "true", "aria-labelledby": titleId, tabindex: "-1" },
    h("div", { class: "dialog__head" }, h("h2", { id: titleId }, title), cross),
    h("div", { class: "dialog__body" }, content),
  );
  const pane = overlay([h("div", { class: "kit-backdrop", onclick: close }), box], "kit-overlay_modal");
  const stacked = root.inert;
  root.inert = true;
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "Tab") hold(event, box);
  });
  box.focus();

  function close() {
    if (!pane.isConnected) return;
    pane.remove();
    root.inert = stacked;
    if (before?.isConnected) before.focus();
  }
  return { close, box };
}

function hold(event, box) {
  const inside = [...box.querySelectorAll(FOCUSABLE)].filter((element) => element.offsetParent);
  const [first, last] = [inside[0], inside.at(-1)];
  const from = document.activeElement;
  if (event.shiftKey && (from === first || from === box)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && from === last) {
    event.preventDefault();
    first.focus();
  }
}
