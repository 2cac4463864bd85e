// The admission wizard and the dialog behind its «Добавить документ».

import { options, post } from "./api.js";
import { checkbox } from "./checkbox.js";
import { dateField } from "./date.js";
import { dialog } from "./dialog.js";
import { h, labels } from "./dom.js";
import { form } from "./form.js";
import { list } from "./list.js";
import { snack } from "./snack.js";
import { documentsTable } from "./tables.js";
import { textField } from "./text.js";

const button = (caption, className, onclick) => h("button", { type: "button", class: `button button_${className}`, onclick }, caption);

function noteOnOrganisations(event) {
  event.preventDefault();
  dialog("Добавить организацию", h("p", {}, "Какие поля настоящий портал показывает здесь, неизвестно. Учебный стенд ничего не добавляет."));
}

function admissionFields(account) {
  const choice = (key, more = {}) => list({ key, caption: labels[key], load: options(key), ...more });
  return [
    choice("document_type"),
    choice("specialty"),
    choice("organisation", { wide: true }),
    textField({ key: "series", caption: labels.series, longest: 10 }),
    textField({ key: "number", caption: labels.number, longest: 20 }),
    dateField({ key: "exam_date", caption: labels.exam_date }),
    dateField({ key: "issue_date", caption: labels.issue_date }),
    checkbox({ key: "confirm_correct", caption: labels.confirm_correct }),
    checkbox({ key: "confirm_final", caption: account.confirm_final }),
  ];
}

export function openAdmission(account, reload) {
  const fields = admissionFields(account);
  const aside = h("p", { class: "aside field field_wide" }, "Организации нет в списке? ", h("a", { href: "#organisation", onclick: noteOnOrganisations }, "Добавить организацию"));
  const layout = fields.slice(0, 7).map((field) => field.element);
  layout.splice(3, 0, aside);
  const entry = form({
    fields,
    layout,
    submitCaption: "Добавить",
    send: (values) => post("documents", values),
    async done() {
      shown.close();
      await reload();
      snack("Документ добавлен.");
    },
    links: [button("Отмена", "plain", () => shown.close())],
  });
  const lead = h("p", { class: "lead" }, "После добавления сведения изменить самостоятельно нельзя. Серия и номер – как в документе.");
  const shown = dialog(labels.admission, [lead, entry.element], { wide: true });
}

// Steps that this person does not need stay in the page, hidden, with buttons of the same names.
function hiddenStep(title) {
  return h("section", { class: "panel step", hidden: true }, h("h2", {}, title),
    h("div", { class: "actions" }, button("Назад", "plain"), button("Далее", "primary")));
}

export function wizard(_, account, reload) {
  const missing = h("div", { class: "note note_error", role: "alert", hidden: true });
  const next = () => {
    if (account.documents.length) location.hash = "#/user-account/trajectory";
    missing.hidden = account.documents.length > 0;
    missing.textContent = "Не найдено ни одного документа о допуске. Нажмите «Добавить документ» и внесите сведения.";
  };
  return {
    title: "Запись о допуске",
    content: [
      h("h1", {}, labels.wizard),
      missing,
      hiddenStep("Уровень образования"),
      h("section", { class: "panel step", "aria-label": "Найденные документы" },
        h("h2", {}, "Найденные документы"),
        documentsTable(account.documents, "В Федеральном регистре документы о допуске не найдены."),
        h("div", { class: "actions" },
          button("Назад", "plain", () => { location.hash = "#/user-account/profile"; }),
          button("Добавить документ", "outline", () => openAdmission(account, reload)),
          button("Далее", "primary", next))),
      hiddenStep("Место работы"),
    ],
  };
}
