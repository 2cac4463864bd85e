// Pages of the account: first entry, «Мой профиль», «Мой план», «Формирование траектории», «Настройки».

import { post } from "./api.js";
import { openAdmission } from "./admission.js";
import { dialog } from "./dialog.js";
import { h, labels } from "./dom.js";
import { form, radios } from "./form.js";
import { list } from "./list.js";
import { snack } from "./snack.js";
import { cyclesTable, documentsTable } from "./tables.js";
import { textField } from "./text.js";

const button = (caption, className, onclick) => h("button", { type: "button", class: `button button_${className}`, onclick }, caption);

const go = (hash) => () => {
  location.hash = hash;
};

const section = (title, ...content) => h("section", { class: "panel", "aria-label": title }, ...content);

export function purpose(_, { person }) {
  const entry = form({
    fields: [radios({ key: "purpose", caption: labels.purpose, choices: ["spo", "vo", "other"].map((value) => [value, labels[`purpose_${value}`]]) })],
    submitCaption: "Продолжить",
    send: (values) => post("purpose", values),
    done() {
      location.hash = entry.values().purpose === "other" ? "#/user-account/profile" : "#/user-account/admission";
    },
  });
  entry.element.classList.add("form_narrow");
  return {
    title: "Цель использования Портала",
    content: h("div", { class: "panel" },
      h("h1", {}, `Добро пожаловать, ${person.name}!`),
      h("p", { class: "lead" }, "Укажите, для чего вы будете использовать Портал. Изменить выбор самостоятельно нельзя."),
      entry.element),
  };
}

function facts(person) {
  const shown = ["sex", "birth_date", "citizenship", "region", "email", "phone"].map((key) => [labels[key], person[key]]);
  const snils = person.snils.replace(/(\d{3})(\d{3})(\d{3})(\d{2})/, "$1-$2-$3 $4");
  const rows = [[labels.snils, snils], ["ФИО", person.full_name], ...shown];
  if (person.level) rows.push(["Уровень образования", labels[`level_${person.level}`]]);
  return h("dl", { class: "facts" }, rows.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]).flat());
}

export function profile(_, account, reload) {
  const { person, documents, cycles } = account;
  return {
    title: "Мой профиль",
    content: [
      h("h1", {}, "Мой профиль"),
      section("Личные данные", h("h2", {}, "Личные данные"), facts(person)),
      section("Пятилетние циклы и документы",
        h("div", { class: "panel__head" },
          h("h2", {}, "Пятилетние циклы и документы"),
          person.level && button("Добавить документ", "primary", () => openAdmission(account, reload))),
        h("h3", {}, "Документы"), documentsTable(documents),
        h("h3", {}, "Пятилетние циклы"), cyclesTable(cycles, documents)),
    ],
  };
}

export function plan(_, { cycles, documents }) {
  return {
    title: "Мой план",
    content: [
      h("h1", {}, "Мой план"),
      section("План обучения", h("h2", {}, "Пятилетние циклы"),
        cyclesTable(cycles, documents, "Чтобы составить план обучения, сначала создайте пятилетний цикл.")),
    ],
  };
}

function openCycle({ documents }, reload) {
  const start = h("dd", {}, "–");
  const end = h("dd", {}, "–");
  const held = (title) => documents.find((other) => other.title === title);
  const choice = list({
    key: "document",
    caption: labels.document,
    wide: true,
    load: async (query) => documents.map(({ title }) => ({ name: title })).filter(({ name }) => name.toLowerCase().includes(query.toLowerCase())),
  });
  choice.element.addEventListener("kit-change", () => {
    [start.textContent, end.textContent] = held(choice.value)?.cycle ?? ["–", "–"];
  });
  const entry = form({
    fields: [choice],
    submitCaption: "Создать цикл",
    send: (values) => post("cycles", values),
    async done() {
      shown.close();
      await reload();
      snack("Пятилетний цикл создан.");
    },
    extra: [h("dl", { class: "facts", "aria-live": "polite" }, h("dt", {}, "Начало цикла"), start, h("dt", {}, "Окончание цикла"), end)],
    links: [button("Отмена", "plain", () => shown.close())],
  });
  const lead = h("p", { class: "lead" }, "Даты цикла Портал вычисляет сам: пять лет от даты выдачи документа.");
  const shown = dialog("Добавить пятилетний цикл", [lead, entry.element]);
}

export function trajectory(_, account, reload) {
  return {
    title: "Формирование траектории",
    content: [
      h("h1", {}, "Формирование траектории"),
      section("Траектория", h("h2", {}, "Пятилетние циклы"), cyclesTable(account.cycles, account.documents),
        h("div", { class: "actions" },
          account.person.level && button("Добавить пятилетний цикл", "primary", () => openCycle(account, reload)),
          account.person.level && button("Документы о допуске", "outline", go("#/user-account/admission")))),
    ],
  };
}

export function settings() {
  const text = (key, more = {}) => textField({ key, caption: labels[key], type: "password", autocomplete: "new-password", ...more });
  const said = h("p", { class: "note note_success", role: "status", hidden: true });
  const fields = [
    text("current_password", { autocomplete: "current-password" }),
    text("new_password", { hint: "Не менее 8 символов, среди них буква и цифра" }),
    text("repeated_password"),
  ];
  const entry = form({
    fields,
    submitCaption: "Изменить",
    send: (values) => post("password", values),
    done() {
      fields.forEach((field) => field.empty());
      said.hidden = false;
      said.textContent = "Пароль изменен.";
    },
  });
  entry.element.classList.add("form_narrow");
  return {
    title: "Настройки",
    content: [h("h1", {}, "Настройки"), h("section", { class: "panel panel_narrow panel_left", "aria-label": "Изменение пароля" }, h("h2", {}, "Изменение пароля"), said, entry.element)],
  };
}
