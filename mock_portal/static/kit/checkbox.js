// A box: the input is there for keys and screen readers, the pointer meets the label.

import { h, nextId, svg } from "./dom.js";
import { changed } from "./field.js";

export function checkbox({ key, caption, link }) {
  const errorId = nextId("kit-error");
  const error = h("p", { class: "field__error", id: errorId, hidden: true });
  const input = h("input", { type: "checkbox", class: "checkbox__input", id: nextId("kit-control") });
  const label = h(
    "label",
    { class: "checkbox__label", for: input.id },
    h("span", { class: "checkbox__box" }, svg("", "M4 10l4 4 8-9")),
    h("span", {}, caption, link && " ", link),
  );
  input.addEventListener("change", () => changed(input));
  return {
    key,
    element: h("app-checkbox", { class: "field field_wide" }, h("div", { class: "checkbox" }, input, label), error),
    focus: () => input.focus(),
    get value() {
      return input.checked ? "yes" : null;
    },
    empty() {
      input.checked = false;
      changed(input);
    },
    get complete() {
      return input.checked;
    },
    refuse(text) {
      error.hidden = !text;
      error.textContent = text ?? "";
      if (text) input.setAttribute("aria-describedby", errorId);
      else input.removeAttribute("aria-describedby");
    },
  };
}
