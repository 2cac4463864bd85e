// A line of text, with a mask or without.

import { faults } from "../faults.js";
import { wear } from "../masks.js";
import { h } from "./dom.js";
import { changed, frame } from "./field.js";

export function textField({ key, mask, type = "text", placeholder, longest, autocomplete = "off", ...about }) {
  const required = about.required ?? true;
  const input = h("input", {
    class: "field__input",
    type,
    placeholder,
    maxlength: longest,
    autocomplete,
    inputmode: mask ? "numeric" : null,
  });
  const field = frame("app-text-field", about, input);
  if (mask) wear(input, mask, faults);
  input.addEventListener("input", () => changed(input));
  return {
    key,
    ...field,
    focus: () => input.focus(),
    get value() {
      return input.value;
    },
    empty() {
      input.value = "";
      changed(input);
    },
    get complete() {
      return !required || input.value.trim() !== "";
    },
  };
}
