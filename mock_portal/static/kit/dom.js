// Elements: how they are made, numbered and put above the page.

let counter = 0;

// Ids are counters of the whole visit: the same field has another one on every page.
export const nextId = (prefix) => `${prefix}-${counter++}`;

export const labels = JSON.parse(document.getElementById("labels").textContent);

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

export function svg(title, path) {
  const icon = document.createElement("svg-icon");
  if (title) icon.setAttribute("title", title);
  icon.innerHTML = `<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><path d="${path}" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
  return icon;
}

// Overlays stand at the end of the body, outside the form they belong to.
const container = h("div", { class: "kit-overlay-container", role: "region", "aria-label": "Списки и окна" });
document.body.append(container);

export function overlay(content, className = "") {
  const pane = h("div", { class: `kit-overlay ${className}`, id: nextId("kit-overlay") }, content);
  container.append(pane);
  return pane;
}

export function closeOverlays() {
  container.replaceChildren();
}

// Keeps an overlay below its field while the page scrolls; returns how to stop that.
export function anchor(pane, field) {
  const place = () => {
    const box = field.getBoundingClientRect();
    pane.style.left = `${Math.max(8, Math.min(box.left, innerWidth - pane.offsetWidth - 8))}px`;
    const above = box.top - pane.offsetHeight - 4;
    const fits = box.bottom + 4 + pane.offsetHeight <= innerHeight;
    pane.style.top = `${fits || above < 0 ? box.bottom + 4 : above}px`;
    pane.style.setProperty("--field-width", `${box.width}px`);
  };
  place();
  place(); // its own width is known only now
  addEventListener("scroll", place, true);
  addEventListener("resize", place);
  return () => {
    removeEventListener("scroll", place, true);
    removeEventListener("resize", place);
  };
}
