// A form: its button wakes when all is filled in, and a refused field holds it until it is edited.

import { faults, resets } from "../faults.js";
import { rebuild } from "../rebuilt.js";
import { Lost, NoSession, Refused, post } from "./api.js";
import { h, labels, nextId } from "./dom.js";
import { hide, snack } from "./snack.js";

export const ask = (path) => (values) => post(path, values);

export function form({ fields, submitCaption, send, done, extra = [], links = [], sleeps = true, layout = [] }) {
  const refused = new Set();
  const summary = h("div", { class: "note note_error", role: "alert", hidden: true });
  const button = h("button", { type: "submit", class: "button button_primary", disabled: sleeps }, submitCaption);
  const boxes = fields.filter((field) => field.element.localName === "app-checkbox");
  const lines = fields.filter((field) => !boxes.includes(field));
  const element = h(
    "form",
    { class: "form", novalidate: true, onsubmit: submit },
    summary,
    h("div", { class: "grid" }, layout.length ? layout : lines.map((field) => field.element)),
    boxes.map((field) => field.element),
    extra,
    h("div", { class: "actions" }, button, links),
  );

  for (const field of fields) {
    field.element.addEventListener("kit-change", () => {
      if (refused.delete(field)) field.refuse(null);
      resets(field.key, (key) => fields.find((other) => other.key === key)?.empty());
      wake();
    });
  }
  element.addEventListener("kit-wake", wake);
  if (faults.rebuilt) rebuild(element);

  function wake() {
    button.disabled = sleeps && !(fields.every((field) => field.complete) && refused.size === 0);
  }

  async function submit(event) {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    summary.hidden = true;
    hide();
    try {
      await done(await send(values()));
    } catch (error) {
      if (error instanceof Refused) refuse(error.errors);
      else if (error instanceof NoSession) location.hash = "#/login";
      else if (error instanceof Lost) snack("Не удалось отправить данные. Попробуйте позже.");
      else throw error;
    }
    wake();
  }

  function values() {
    const filled = fields.filter((field) => field.value !== null);
    return Object.fromEntries(filled.map((field) => [field.key, field.value]));
  }

  function refuse(errors) {
    const items = errors.map(({ field: key, message }) => {
      const field = fields.find((other) => other.key === key);
      if (!field) return h("li", {}, message);
      refused.add(field);
      field.refuse(message);
      const to = (event) => {
        event.preventDefault();
        field.focus();
      };
      return h("li", {}, h("a", { href: "#", onclick: to }, labels[key]), `: ${message}`);
    });
    summary.replaceChildren(h("p", { class: "note__title" }, "Проверьте введённые данные"), h("ul", {}, items));
    summary.hidden = false;
    snack("Не удалось отправить данные. Проверьте введённые данные.");
  }

  return { element, values };
}

// A group of radio buttons, with the value of the chosen one.
export function radios({ key, caption, choices }) {
  const name = nextId("kit-radio");
  const errorId = nextId("kit-error");
  const error = h("p", { class: "field__error", id: errorId, hidden: true });
  const element = h(
    "fieldset",
    { class: "field choice" },
    h("legend", { class: "field__label" }, caption),
    h("div", { class: "choice__options choice__options_column" }, choices.map(([value, text]) =>
      h("label", { class: "choice__option" }, h("input", { type: "radio", name, value }), h("span", {}, text)))),
    error,
  );
  const chosen = () => element.querySelector("input:checked");
  element.addEventListener("change", () => element.dispatchEvent(new CustomEvent("kit-change")));
  return {
    key,
    element,
    focus: () => element.querySelector("input").focus(),
    get value() {
      return chosen()?.value ?? null;
    },
    get complete() {
      return Boolean(chosen());
    },
    refuse(text) {
      error.hidden = !text;
      error.textContent = text ?? "";
    },
  };
}

// The frame «Я не робот», when the fault `captcha` is on: its ticket is a field of the form.
export function captcha() {
  if (!faults.captcha) return null;
  const frame = h("iframe", { class: "captcha", src: "/captcha", title: "Проверка «Я не робот»" });
  const error = h("p", { class: "field__error", hidden: true });
  const element = h("app-captcha", { class: "field field_wide" }, frame, error);
  let ticket = "";
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || !event.data.ticket) return;
    ticket = event.data.ticket;
    element.dispatchEvent(new CustomEvent("kit-change"));
  });
  return {
    key: "captcha",
    element,
    focus: () => frame.focus(),
    get value() {
      return ticket;
    },
    get complete() {
      return ticket !== "";
    },
    refuse(text) {
      error.hidden = !text;
      error.textContent = text ?? "";
    },
  };
}
