// The single page: routes, header and the person's session.

import { NoSession, Refused, get, post, session } from "./api.js";
import * as account from "./account.js";
import { wizard } from "./admission.js";
import { closeOverlays, h } from "./dom.js";
import * as open from "./public.js";
import { snack } from "./snack.js";

const TABS = [
  ["#/user-account/profile", "Мой профиль"],
  ["#/user-account/my-plan", "Мой план"],
  ["#/user-account/trajectory", "Формирование траектории"],
  ["#/user-account/settings", "Настройки"],
];

const PUBLIC = {
  "/": open.front,
  "/cabinets": open.cabinets,
  "/login": open.login,
  "/recovery": open.recovery,
  "/gosuslugi": open.gosuslugi,
  "/registration": open.registration,
  "/registration/done": open.registered,
};

const OWN = {
  "/purpose": account.purpose,
  "/user-account/profile": account.profile,
  "/user-account/my-plan": account.plan,
  "/user-account/trajectory": account.trajectory,
  "/user-account/admission": wizard,
  "/user-account/settings": account.settings,
};

// A token left by the previous person sends these pages to that person's account.
const FOR_GUESTS = ["/login", "/registration"];

const content = document.getElementById("content");
const header = document.getElementById("header");

function route() {
  const [path, query] = (location.hash.slice(1) || "/").split("?");
  return { path, query: new URLSearchParams(query) };
}

async function signOut() {
  await post("sign-out").catch(() => null);
  session.forget();
  location.hash = "#/login";
}

function drawHeader(person) {
  const brand = h("a", { class: "brand", href: "#/" },
    h("img", { class: "brand__emblem", src: "/static/emblem.svg", alt: "", width: "44", height: "44" }),
    h("span", { class: "brand__name" }, "Портал непрерывного медицинского и\u00a0фармацевтического образования"));
  const side = person
    ? h("div", { class: "header__person" }, h("span", { class: "header__name" }, `${person.surname} ${person.name}`),
        h("button", { type: "button", class: "button button_plain", onclick: signOut }, "Выйти"))
    : h("a", { class: "button button_outline", href: "#/cabinets" }, "Личный кабинет");
  const tabs = person?.purpose && h("nav", { class: "tabs", "aria-label": "Личный кабинет" }, TABS.map(([href, title]) =>
    h("a", { class: "tabs__tab", href, "aria-current": location.hash === href ? "page" : null }, title)));
  header.replaceChildren(...[h("div", { class: "header__inner" }, brand, side), tabs].filter(Boolean));
}

function draw({ title, content: shown }, person) {
  document.title = `${title} – Учебный стенд`;
  document.getElementById("root").inert = false;
  closeOverlays();
  drawHeader(person);
  content.replaceChildren(h(person ? "app-user-account-root" : "app-root", {}, shown));
  content.focus({ preventScroll: true });
  scrollTo(0, 0);
}

let shownRoute = 0;

async function show() {
  const number = ++shownRoute;
  const { path, query } = route();
  if (session.token && FOR_GUESTS.includes(path)) {
    location.replace("#/user-account/profile");
    return;
  }
  if (!(path in OWN)) {
    draw((PUBLIC[path] ?? open.missing)(query), null);
    return;
  }
  try {
    const data = await get("account");
    if (number === shownRoute) drawOwn(path, query, data);
  } catch (error) {
    leave(error);
  }
}

function drawOwn(path, query, data) {
  const asked = Boolean(data.person.purpose);
  if (asked === (path === "/purpose")) {
    location.replace(asked ? "#/user-account/profile" : "#/purpose");
    return;
  }
  draw(OWN[path](query, data, show), data.person);
}

function leave(error) {
  if (error instanceof NoSession || error instanceof Refused) {
    session.forget();
    location.replace("#/login");
    if (error instanceof Refused) snack(error.errors[0].message);
  } else {
    snack("Сервер не отвечает. Попробуйте позже.");
  }
}

addEventListener("hashchange", show);
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  content.focus();
});
show();
