// The fault `rebuilt`: the forms as another hand would have built them. Ids and classes are counters, the fields stand in
// the opposite order, and their captions are texts in the cells of a table, without a <label>.

let count = 0;

function counted() {
  count += 1;
  return `c${count}`;
}

// The text of a field's caption, which goes away; a box keeps its link.
function taken(caption) {
  const text = caption.firstChild.textContent.trim();
  caption.remove();
  return text;
}

function row(field) {
  const line = document.createElement("tr");
  const caption = taken(field.querySelector(":scope > .field__label"));
  line.insertCell().textContent = `${caption}:`;
  line.insertCell().append(field);
  return line;
}

function unlabelled(box) {
  const label = box.querySelector("label");
  label.replaceWith(document.createTextNode(" "), ...label.childNodes);
}

// A box of the kit takes clicks by its label alone: that goes on being its own.
function renamed(form, element) {
  const labels = element.id ? form.querySelectorAll(`label[for="${element.id}"]`) : [];
  if (element.id && element.id !== "captcha" && element.id !== "refusal") element.id = counted();
  for (const label of labels) label.htmlFor = element.id;
  element.setAttribute("class", [...element.classList].map(renamedClass).join(" ") || counted());
  for (const relation of ["aria-describedby", "aria-labelledby"]) element.removeAttribute(relation);
}

// A class has one new name in the whole visit, with the rules of the old one: the kit's controls work by their looks.
const names = new Map();

function renamedClass(name) {
  if (!names.has(name)) names.set(name, counted());
  return names.get(name);
}

function restyle() {
  const known = /\.([\w-]+)/g;
  for (const sheet of document.styleSheets) {
    for (const rule of [...sheet.cssRules]) {
      const selector = rule.selectorText?.replace(known, (whole, name) => (names.has(name) ? `.${names.get(name)}` : whole));
      if (selector && selector !== rule.selectorText) sheet.insertRule(rule.cssText.replace(rule.selectorText, selector), sheet.cssRules.length);
    }
  }
}

export function rebuild(form) {
  const table = document.createElement("table");
  const grid = form.querySelector(".grid");
  const fields = [...grid.querySelectorAll(".field")].filter((field) => field.querySelector(":scope > .field__label"));
  table.append(...fields.reverse().map(row));
  grid.replaceWith(table);
  form.querySelectorAll(".tick").forEach(unlabelled);
  form.querySelectorAll("*").forEach((element) => renamed(form, element));
  restyle();
}

export function rebuildAll() {
  const forms = [...document.forms].filter((form) => form.querySelector(".grid"));
  forms.forEach(rebuild);
}
