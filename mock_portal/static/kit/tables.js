// The tables of documents and cycles.

import { h } from "./dom.js";

function table(caption, heads, rows) {
  return h(
    "div",
    { class: "scroll", role: "region", "aria-label": caption, tabindex: "0" },
    h(
      "table",
      { class: "table" },
      h("caption", { class: "hidden" }, caption),
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell) => h("td", {}, cell))))),
    ),
  );
}

const badge = (source) => h("span", { class: `badge${source === "Федеральный регистр" ? " badge_register" : ""}` }, source);

const none = (text) => h("p", { class: "empty" }, text);

export function documentsTable(documents, empty = "Документов нет.") {
  if (!documents.length) return none(empty);
  const heads = ["Тип документа", "Специальность", "Организация", "Серия", "Номер", "Дата экзамена", "Дата выдачи", "Источник"];
  const rows = documents.map((held) => [held.type, held.specialty, held.organisation, held.series, held.number, held.exam_date, held.issue_date, badge(held.source)]);
  return table("Документы о допуске", heads, rows);
}

export function cyclesTable(cycles, documents, empty = "Пятилетних циклов нет.") {
  if (!cycles.length) return none(empty);
  const title = (cycle) => documents.find((held) => held.id === cycle.document_id).title;
  const heads = ["Специальность", "Начало", "Окончание", "На основании документа"];
  return table("Пятилетние циклы", heads, cycles.map((cycle) => [cycle.specialty, cycle.start, cycle.end, title(cycle)]));
}
