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
  line.insertCell().append(...field.childNodes);
  return line;
}

function unlabelled(box) {
  const label = box.querySelector("label");
  label.replaceWith(document.createTextNode(" "), ...label.childNodes);
}

function renamed(element) {
  if (element.id && element.id !== "captcha" && element.id !== "refusal") element.id = counted();
  element.className = counted();
  for (const relation of ["aria-describedby", "aria-labelledby"]) element.removeAttribute(relation);
}

function rebuild(form) {
  const table = document.createElement("table");
  const grid = form.querySelector(".grid");
  const fields = [...grid.querySelectorAll(".field")].filter((field) => field.querySelector(":scope > .field__label"));
  table.append(...fields.reverse().map(row));
  grid.replaceWith(table);
  form.querySelectorAll(".tick").forEach(unlabelled);
  form.querySelectorAll("*").forEach(renamed);
}

export function rebuildAll() {
  const forms = [...document.forms].filter((form) => form.querySelector(".grid"));
  forms.forEach(rebuild);
}
