// The calendar of a month: buttons for days, arrows move between them.

import { h } from "./dom.js";

const MONTHS = ["Январь", "Февраль", "Март", "Апрель", "Май", "Июнь", "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь"];
const OF_MONTHS = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"];
const WEEK = [["Пн", "Понедельник"], ["Вт", "Вторник"], ["Ср", "Среда"], ["Чт", "Четверг"], ["Пт", "Пятница"], ["Сб", "Суббота"], ["Вс", "Воскресенье"]];
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

export function parse(text) {
  const found = /^(\d\d)\.(\d\d)\.(\d{4})$/.exec(text);
  if (!found) return null;
  const moment = new Date(Number(found[3]), Number(found[2]) - 1, Number(found[1]));
  return moment.getMonth() === Number(found[2]) - 1 ? moment : null;
}

const two = (number) => String(number).padStart(2, "0");

const written = (moment) => `${two(moment.getDate())}.${two(moment.getMonth() + 1)}.${String(moment.getFullYear()).padStart(4, "0")}`;

const shifted = (moment, { days = 0, months = 0 }) =>
  months ? new Date(moment.getFullYear(), moment.getMonth() + months, 1) : new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() + days);

export function calendar(given, choose, leave) {
  let at = given ?? new Date();
  let marked = given;
  const title = h("span", { class: "calendar__title", "aria-live": "polite" });
  const rows = h("tbody");
  const arrow = (name, sign, months) =>
    h("button", { type: "button", class: "calendar__arrow", "aria-label": name, onclick: () => draw(shifted(at, { months })) }, sign);
  const element = h(
    "div",
    { class: "calendar", role: "dialog", "aria-label": "Календарь", tabindex: "-1" },
    h("div", { class: "calendar__head" }, arrow("Предыдущий год", "«", -12), arrow("Предыдущий месяц", "‹", -1), title, arrow("Следующий месяц", "›", 1), arrow("Следующий год", "»", 12)),
    h("table", { class: "calendar__days" }, h("thead", {}, h("tr", {}, WEEK.map(([short, long]) => h("th", { scope: "col", abbr: long }, short)))), rows),
  );

  function draw(moment) {
    at = moment;
    // A button that goes while it has the focus would close the calendar.
    if (rows.contains(document.activeElement)) element.focus();
    title.textContent = `${MONTHS[at.getMonth()]} ${at.getFullYear()}`;
    const first = new Date(at.getFullYear(), at.getMonth(), 1);
    const start = shifted(first, { days: -((first.getDay() + 6) % 7) });
    rows.replaceChildren(...[0, 1, 2, 3, 4, 5].map((week) => h("tr", {}, WEEK.map((_, day) => cell(shifted(start, { days: week * 7 + day }))))));
  }

  function cell(moment) {
    if (moment.getMonth() !== at.getMonth()) return h("td");
    const here = moment.getDate() === at.getDate();
    const name = `${moment.getDate()} ${OF_MONTHS[moment.getMonth()]} ${moment.getFullYear()}`;
    const chosen = marked && written(marked) === written(moment);
    return h("td", {}, h(
      "button",
      { type: "button", class: "calendar__day", "aria-label": name, "aria-pressed": String(Boolean(chosen)), tabindex: here ? "0" : "-1", onclick: () => choose(written(moment)) },
      String(moment.getDate()),
    ));
  }

  const enter = () => rows.querySelector("button[tabindex='0']").focus();

  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      leave();
    } else if (event.key in STEPS && rows.contains(event.target)) {
      event.preventDefault();
      draw(shifted(at, { days: STEPS[event.key] }));
      enter();
    }
  });

  draw(at);
  return {
    element,
    enter,
    show(moment) {
      marked = moment;
      if (moment) draw(moment);
    },
  };
}
