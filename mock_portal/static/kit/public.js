// Pages before the sign-in: front page, choice of the cabinet, «Вход в систему», «Регистрация».

import { faults } from "../faults.js";
import { options, post, session } from "./api.js";
import { checkbox } from "./checkbox.js";
import { dateField } from "./date.js";
import { dialog } from "./dialog.js";
import { h, labels } from "./dom.js";
import { captcha, form } from "./form.js";
import { list } from "./list.js";
import { textField } from "./text.js";

const link = (href, caption, className) => h("a", { href, class: className }, caption);

const card = (href, title, text) => h("a", { class: "card", href }, h("h2", { class: "card__title" }, title), h("p", {}, text));

const panel = (...content) => h("div", { class: "panel panel_narrow" }, ...content);

export const front = () => ({
  title: "Портал непрерывного образования",
  content: [
    h("section", { class: "hero" },
      h("h1", {}, "Непрерывное медицинское и\u00a0фармацевтическое образование"),
      h("p", { class: "hero__lead" }, "Пятилетние циклы, документы о допуске к профессиональной деятельности и план обучения – в одном кабинете."),
      h("p", {}, link("#/cabinets", "Личный кабинет", "button button_primary button_large"))),
    h("section", { class: "cards", "aria-label": "Разделы" },
      card("#/registration", "Регистрация", "Для специалистов с высшим и средним профессиональным образованием."),
      card("#/login", "Вход в систему", "По СНИЛС и паролю из письма."),
      card("/_mock/mail", "Почта стенда", "Письма с логином и паролем.")),
  ],
});

export const cabinets = () => ({
  title: "Личный кабинет",
  content: [
    h("h1", {}, "Личный кабинет"),
    h("p", { class: "lead" }, "Выберите кабинет по уровню образования."),
    h("section", { class: "cards", "aria-label": "Кабинеты" },
      card("#/login?cabinet=vo", labels.level_vo, "Кабинет специалиста с высшим образованием."),
      card("#/login?cabinet=spo", labels.level_spo, "Кабинет специалиста со средним профессиональным образованием.")),
  ],
});

export function login(query) {
  const cabinet = query.get("cabinet") ?? "";
  const snils = textField({ key: "snils", caption: labels.snils, mask: "snils", placeholder: "123-123-123 45", autocomplete: "username" });
  const password = textField({ key: "password", caption: labels.password, type: "password", autocomplete: "current-password" });
  const entry = form({
    fields: [snils, password],
    layout: [snils.element, password.element, h("p", {}, link("#/recovery", "Забыли пароль?"))],
    submitCaption: "Войти",
    sleeps: false,
    send: (values) => post("sign-in", { ...values, cabinet }),
    done(tokens) {
      session.keep(tokens);
      location.hash = tokens.purpose ? "#/user-account/profile" : "#/purpose";
    },
    links: [link("#/gosuslugi", "Вход через госуслуги", "button button_outline")],
  });
  entry.element.classList.add("form_narrow");
  const chosen = labels[`level_${cabinet}`];
  return {
    title: "Вход в систему",
    content: panel(
      h("h1", {}, "Вход в систему"),
      chosen && h("p", { class: "lead" }, `Кабинет: ${chosen.toLowerCase()}. `, link("#/cabinets", "Выбрать другой")),
      entry.element,
      h("p", { class: "panel__foot" }, "Ещё нет учётной записи? ", link("#/registration", "Регистрация")),
    ),
  };
}

const notice = (title, text) => () => ({
  title,
  content: panel(h("h1", {}, title), h("p", {}, text), h("p", {}, link("#/login", "Вернуться ко входу", "button button_outline"))),
});

export const gosuslugi = notice("Вход через госуслуги", "На учебном стенде нет госуслуг. Войдите по СНИЛС и паролю из письма.");

export const recovery = notice("Забыли пароль?", "На учебном стенде пароль не восстанавливается: он есть в письме в почте стенда.");

function showAgreement(event) {
  // The link stands inside the box's label: reading the agreement does not tick the box.
  event.preventDefault();
  dialog("Пользовательское соглашение", document.getElementById("agreement-text").content.cloneNode(true));
}

function twin() {
  return faults.twin_label ? textField({ key: "twin", caption: labels[faults.twin_label.field], required: false }) : null;
}

function added() {
  return faults.new_field ? textField({ key: "added", caption: faults.new_field.label }) : null;
}

function registrationFields() {
  const text = (key, more = {}) => textField({ key, caption: labels[key], ...more });
  const choice = (key) => list({ key, caption: labels[key], load: options(key) });
  return [
    text("snils", { mask: "snils", placeholder: "000-000-000 00" }),
    text("surname"),
    twin(),
    added(),
    text("name"),
    text("patronymic", { required: false, hint: "Если есть" }),
    choice("citizenship"),
    choice("region"),
    choice("sex"),
    dateField({ key: "birth_date", caption: labels.birth_date }),
    text("email", { type: "email", hint: "На этот адрес придёт письмо" }),
    text("phone", { mask: "phone", placeholder: "+7(999)111-11-11" }),
    captcha(),
    checkbox({ key: "consent", caption: labels.consent }),
    checkbox({ key: "agreement", caption: labels.agreement, link: h("a", { href: "#agreement", onclick: showAgreement }, labels.agreement_link) }),
  ].filter(Boolean);
}

export function registration() {
  const entry = form({
    fields: registrationFields(),
    submitCaption: "Зарегистрироваться",
    send: (values) => post("registration", values),
    done() {
      location.hash = "#/registration/done";
    },
    links: [link("#/login", "Перейти на экран входа в систему", "button button_plain")],
  });
  return {
    title: "Регистрация",
    content: h("div", { class: "panel" },
      h("h1", {}, "Регистрация"),
      h("p", { class: "lead" }, "Все поля, кроме отчества, обязательны. СНИЛС после регистрации изменить нельзя."),
      entry.element),
  };
}

export const registered = () => ({
  title: "Подтверждение регистрации",
  content: panel(
    h("h1", {}, "Подтверждение регистрации"),
    h("p", { class: "note note_success", role: "status" }, "Регистрация прошла успешно."),
    h("p", {}, "На указанный адрес электронной почты отправлено письмо. Если письма нет во «Входящих», проверьте папку «Спам»."),
    h("p", {}, link("#/login", "Перейти на экран входа в систему", "button button_outline")),
  ),
});

export const missing = () => ({
  title: "Страница не найдена",
  content: panel(h("h1", {}, "Страница не найдена"), h("p", {}, link("#/", "На главную", "button button_outline"))),
});
