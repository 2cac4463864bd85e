// What all fields have in common: a caption above, a hint and a refusal below.

import { h, nextId } from "./dom.js";

// The caption is plain text that names the control by aria-labelledby; there is no <label>.
export function frame(tag, { caption, hint, required = true, wide = false }, control, ...more) {
  const captionId = nextId("kit-caption");
  const hintId = nextId("kit-hint");
  const errorId = nextId("kit-error");
  const error = h("p", { class: "field__error", id: errorId, hidden: true });
  const described = () => {
    const ids = [error.hidden ? null : errorId, hint ? hintId : null].filter(Boolean).join(" ");
    if (ids) control.setAttribute("aria-describedby", ids);
    else control.removeAttribute("aria-describedby");
  };
  control.id ||= nextId("kit-control");
  control.setAttribute("aria-labelledby", captionId);
  if (required) control.setAttribute("aria-required", "true");
  const element = h(
    tag,
    { class: `field${wide ? " field_wide" : ""}` },
    h("div", { class: "field__label", id: captionId }, caption, required && h("span", { class: "field__star", "aria-hidden": "true" }, " *")),
    h("div", { class: "field__line" }, control, ...more),
    hint && h("p", { class: "field__hint", id: hintId }, hint),
    error,
  );
  described();
  return {
    element,
    refuse(text) {
      error.hidden = !text;
      error.textContent = text ?? "";
      if (text) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
      described();
    },
  };
}

export const changed = (element) => element.dispatchEvent(new CustomEvent("kit-change", { bubbles: true }));
