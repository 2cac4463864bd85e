// A list with search: its options come from the server and stand in an overlay at the end of the body.

import { anchor, h, nextId, overlay, svg } from "./dom.js";
import { changed, frame } from "./field.js";

export function list({ key, load, ...about }) {
  const required = about.required ?? true;
  const input = h("input", {
    class: "field__input list__input",
    type: "text",
    role: "combobox",
    placeholder: "Выберите значение",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-haspopup": "listbox",
  });
  const arrow = h("span", { class: "list__arrow", "aria-hidden": "true" }, svg("", "M5 8l5 5 5-5"));
  const field = frame("app-list", about, input, arrow);
  let chosen = "";
  let pane = null;
  let stop = null;
  let listbox = null;
  let asked = 0;

  function open(query) {
    if (!pane) show();
    fetchOptions(query);
  }

  function show() {
    listbox = h("ul", { class: "listbox", role: "listbox", id: nextId("kit-listbox"), "aria-label": about.caption, hidden: true });
    const note = h("p", { class: "listbox__note" }, "Загрузка…");
    // Pressing inside the overlay leaves the focus in the field.
    pane = overlay([listbox, note], "kit-overlay_list");
    pane.addEventListener("mousedown", (event) => event.preventDefault());
    stop = anchor(pane, input);
    input.setAttribute("aria-expanded", "true");
    input.setAttribute("aria-controls", listbox.id);
  }

  // Until the answer is there, the options of the previous query stay.
  async function fetchOptions(query) {
    const number = ++asked;
    const found = await load(query).catch(() => []);
    if (number !== asked || !pane) return;
    listbox.replaceChildren(...found.map(option));
    listbox.hidden = !found.length;
    pane.querySelector(".listbox__note").hidden = found.length > 0;
    pane.querySelector(".listbox__note").textContent = "Ничего не найдено";
    activate(listbox.querySelector("[aria-selected=true]"));
  }

  function option({ name, more }) {
    const item = h(
      "li",
      { class: "listbox__option", role: "option", id: nextId("kit-option"), "aria-selected": String(name === chosen), onclick: () => choose(name) },
      h("span", { class: "listbox__name" }, name),
      more && h("span", { class: "listbox__more" }, ` ${more}`),
    );
    item.choose = () => choose(name);
    return item;
  }

  function choose(name) {
    chosen = name;
    input.value = name;
    close();
    changed(input);
  }

  function close() {
    asked++;
    stop?.();
    pane?.remove();
    pane = stop = listbox = null;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-controls");
    input.removeAttribute("aria-activedescendant");
  }

  const active = () => listbox?.querySelector(".listbox__option_active");

  function activate(item) {
    active()?.classList.remove("listbox__option_active");
    item?.classList.add("listbox__option_active");
    item?.scrollIntoView({ block: "nearest" });
    if (item) input.setAttribute("aria-activedescendant", item.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function step(by) {
    if (!pane) return open("");
    const items = [...listbox.children];
    const at = items.indexOf(active());
    return activate(items[at < 0 && by < 0 ? items.length - 1 : (at + by + items.length) % items.length]);
  }

  input.addEventListener("click", () => (pane ? null : open("")));
  input.addEventListener("input", () => {
    chosen = "";
    changed(input);
    open(input.value);
  });
  input.addEventListener("blur", () => {
    close();
    // Only a chosen option counts: anything else that was typed goes.
    if (input.value && !chosen) {
      input.value = "";
      changed(input);
    }
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && pane) {
      event.preventDefault();
      active()?.choose();
    } else if (event.key === "Escape" && pane) {
      event.stopPropagation();
      close();
    }
  });

  return {
    key,
    ...field,
    focus: () => input.focus(),
    get value() {
      return chosen;
    },
    empty() {
      chosen = input.value = "";
      changed(input);
    },
    get complete() {
      return !required || chosen !== "";
    },
  };
}
