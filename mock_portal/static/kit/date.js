// A date: a mask `дд.мм.гггг` and a calendar that opens with the field and covers what is below it.

import { faults } from "../faults.js";
import { wear } from "../masks.js";
import { calendar, parse } from "./calendar.js";
import { anchor, h, overlay, svg } from "./dom.js";
import { changed, frame } from "./field.js";

const WHOLE = 10;

export function dateField({ key, ...about }) {
  const input = h("input", { class: "field__input", type: "text", placeholder: "дд.мм.гггг", inputmode: "numeric", autocomplete: "off" });
  const button = h(
    "button",
    { type: "button", class: "date__button", "aria-label": "Открыть календарь", "aria-haspopup": "dialog", tabindex: "-1" },
    svg("", "M4 5h12v11H4zM4 8.500h12M7 3v3M13 3v3"),
  );
  const field = frame("app-date-field", about, input, button);
  let pane = null;
  let stop = null;

  wear(input, "date", faults);

  function open(enter) {
    if (!pane) {
      const days = calendar(parse(input.value), choose, back);
      pane = overlay(days.element, "kit-overlay_calendar");
      pane.days = days;
      stop = anchor(pane, input);
      pane.addEventListener("mousedown", (event) => event.preventDefault());
      pane.addEventListener("focusout", leave);
    }
    if (enter) pane.days.enter();
  }

  function close() {
    stop?.();
    const closing = pane;
    pane = stop = null;
    closing?.remove();
  }

  function back() {
    input.focus();
    close();
  }

  function choose(text) {
    input.value = text;
    changed(input);
    back();
  }

  function leave(event) {
    if (pane?.contains(event.relatedTarget) || event.relatedTarget === input) return;
    close();
    if (input.value && input.value.length < WHOLE) {
      input.value = "";
      changed(input);
    }
  }

  input.addEventListener("focus", () => open(false));
  input.addEventListener("click", () => open(false));
  input.addEventListener("blur", leave);
  input.addEventListener("input", () => {
    changed(input);
    pane?.days.show(parse(input.value));
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      open(true);
    } else if (event.key === "Escape" && pane) {
      event.stopPropagation();
      close();
    }
  });
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => (pane ? close() : (input.focus(), open(false))));

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
      return input.value.length === WHOLE;
    },
  };
}
