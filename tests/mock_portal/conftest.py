"""The portal in both skins, and a person before it."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from mock_portal import snils
from mock_portal.actions.account import choose_purpose
from mock_portal.actions.admission import add_document
from mock_portal.actions.registration import confirm, register
from mock_portal.app import create_app
from mock_portal.server import running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Locator, Page

    from mock_portal.stand import Skin, Stand

    Put = Callable[..., "Portal"]

SKINS: tuple[Skin, ...] = ("native", "kit")
PATIENCE = 10_000  # milliseconds, for one thing to appear


@dataclass(frozen=True)
class Portal:
    """A portal that runs, and what its witness says."""

    skin: Skin
    url: str
    stand: Stand

    def send(self, path: str, body: bytes | None = None) -> tuple[int, str]:
        """Return the status and the text of an answer."""
        try:
            with urlopen(Request(self.url + path, data=body), timeout=10) as answer:  # noqa: S310 (our own portal)
                return answer.status, answer.read().decode()
        except HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()

    def get(self, path: str) -> Any:  # noqa: ANN401 (JSON of any shape)
        return json.loads(self.send(path)[1])

    def post(self, path: str, given: object) -> tuple[int, Any]:
        status, text = self.send(path, json.dumps(given).encode())
        return status, json.loads(text)

    def send_form(self, path: str, values: dict[str, str]) -> tuple[int, str]:
        return self.send(path, urlencode(values).encode())

    def letters(self, address: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = self.post("_mock/mail.json", {"address": address})[1]["letters"]
        return found

    def witness(self, action: str = "") -> list[dict[str, Any]]:
        return [seen for seen in self.get("_mock/witness") if action in {"", seen["action"]}]

    def password(self, address: str) -> str:
        found = re.search(r"Пароль: (\S+)", self.letters(address)[-1]["text"])
        assert found
        return found[1]

    def enrol(self, person: dict[str, str], purpose: str = "", document: dict[str, str] | None = None) -> str:
        """Register and confirm a person without the pages, and return the password."""
        account = register(self.stand, person, self.url).account
        assert account
        if not account.confirmed_at:
            account = confirm(self.stand, account.link, self.url).account
        if purpose and account:
            account = choose_purpose(self.stand, account, {"purpose": purpose}).account
        if document and account:
            assert add_document(self.stand, account, document).accepted
        return self.password(person["email"])


@dataclass(frozen=True)
class Visitor:
    """A person who looks at the pages of one skin and reads their texts."""

    page: Page
    portal: Portal

    def open(self, place: str) -> None:
        """Open a page by its name in the routes of the skin."""
        native, kit = PLACES[place]
        self.page.goto(self.portal.url + (native if self.portal.skin == "native" else f"#/{kit}"))
        self.page.get_by_role("heading", level=1).wait_for()

    def field(self, label: str) -> Locator:
        """Return the field with just this label, starred or not."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*\*?\s*$"))

    def fill(self, label: str, text: str) -> None:
        self.field(label).fill(text)

    def choose(self, label: str, option: str) -> None:
        if self.portal.skin == "native":
            self.field(label).select_option(option)
            return
        self.page.get_by_role("combobox", name=label).fill(option)
        self.page.get_by_role("option").filter(has=self.page.get_by_text(option, exact=True)).click()

    def tick(self, label: str) -> None:
        self.page.get_by_text(label).click(position={"x": 4, "y": 4})

    def press(self, name: str) -> None:
        button = self.page.get_by_role("button", name=name, exact=True)
        button.or_(self.page.get_by_role("link", name=name, exact=True)).click()

    def heading(self, text: str) -> Locator:
        return self.page.get_by_role("heading", name=text)

    def fill_registration(self, person: dict[str, str]) -> None:
        """Fill in the whole form as `person` says."""
        for key in ("snils", "surname", "name", "patronymic", "birth_date", "email", "phone"):
            self.fill(LABELS[key], person.get(key, ""))
        for key in ("citizenship", "region"):
            self.choose(LABELS[key], person[key])
        if self.portal.skin == "native":
            self.page.get_by_role("radio", name=person["sex"]).check()
        else:
            self.choose("Пол", person["sex"])
        self.tick("Я даю согласие на обработку")
        self.tick("Я прочитал и согласен")

    def fill_document(self, document: dict[str, str], *, man: bool = False) -> None:
        """Fill in the whole admission form as `document` says."""
        for key in ("document_type", "specialty", "organisation"):
            self.choose(LABELS[key], document[key])
        for key in ("series", "number", "exam_date", "issue_date"):
            self.fill(LABELS[key], document[key])
        self.tick("Я подтверждаю, что внесенные мною сведения")
        self.tick("Я предупрежден, что" if man else "Я предупреждена, что")

    def sign_in(self, person: dict[str, str], password: str, cabinet: str = "spo") -> None:
        self.open(f"login_{cabinet}")
        self.fill("СНИЛС", person["snils"])
        self.fill("Пароль", password)
        self.press("Войти")


LABELS = {
    "snils": "СНИЛС", "surname": "Фамилия", "name": "Имя", "patronymic": "Отчество",
    "citizenship": "Гражданство", "region": "Регион постоянного проживания", "birth_date": "Дата рождения",
    "email": "Адрес электронной почты", "phone": "Номер телефона", "document_type": "Тип документа",
    "specialty": "Специальность", "organisation": "Место проведения экзамена (организация)",
    "series": "Серия", "number": "Номер", "exam_date": "Дата экзамена", "issue_date": "Дата выдачи",
}  # fmt: skip

PLACES = {
    "front": ("", ""),
    "cabinets": ("cabinets", "cabinets"),
    "login": ("login", "login"),
    "login_spo": ("login?cabinet=spo", "login?cabinet=spo"),
    "login_vo": ("login?cabinet=vo", "login?cabinet=vo"),
    "gosuslugi": ("gosuslugi", "gosuslugi"),
    "recovery": ("password-recovery", "recovery"),
    "registration": ("registration", "registration"),
    "registered": ("registration/done", "registration/done"),
    "profile": ("account/profile", "user-account/profile"),
    "plan": ("account/my-plan", "user-account/my-plan"),
    "trajectory": ("account/trajectory", "user-account/trajectory"),
    "admission": ("account/admission", "user-account/admission"),
    "settings": ("account/settings", "user-account/settings"),
    "missing": ("no-such-page", "no-such-page"),
}


@pytest.fixture
def woman() -> dict[str, str]:
    return {
        "snils": "160-722-394 47", "surname": "Берёзкина-Ольха", "name": "Алёна", "patronymic": "Игоревна",
        "citizenship": "Россия", "region": "Омская область", "sex": "Женский", "birth_date": "14.03.2004",
        "email": "alyona@example.org", "phone": "+7(913)401-22-38", "consent": "yes", "agreement": "yes",
    }  # fmt: skip


@pytest.fixture
def man() -> dict[str, str]:
    return {
        "snils": "204-518-736 45", "surname": "Рахимов", "name": "Тимур", "patronymic": "",
        "citizenship": "Таджикистан", "region": "Костромская область", "sex": "Мужской", "birth_date": "29.02.2000",
        "email": "timur@example.org", "phone": "+7(962)555-01-17", "consent": "yes", "agreement": "yes",
    }  # fmt: skip


@pytest.fixture
def document() -> dict[str, str]:
    return {
        "document_type": "Свидетельство об аккредитации", "specialty": "Сестринское дело",
        "organisation": "Омский областной медицинский колледж", "series": "0000", "number": "000000000",
        "exam_date": "01.07.2025", "issue_date": "02.07.2025", "confirm_correct": "yes", "confirm_final": "yes",
    }  # fmt: skip


@pytest.fixture(scope="session")
def portals() -> Iterator[Callable[[Skin], Portal]]:
    """Both skins, each started when it is first asked for."""
    started: dict[str, Portal] = {}
    with ExitStack() as stack:

        def portal_of(skin: Skin) -> Portal:
            if skin not in started:
                app = create_app(skin)
                started[skin] = Portal(skin, stack.enter_context(running(app)), app.state.stand)
            return started[skin]

        yield portal_of


@pytest.fixture
def put(portals: Callable[[Skin], Portal]) -> Put:
    """Give the portal of a skin as new: empty, with these letters, spam and faults."""

    def fresh(skin: Skin, **settings: Any) -> Portal:  # noqa: ANN401 (settings of several kinds)
        portal = portals(skin)
        portal.stand.reset()
        portal.stand.letters = settings.get("letters", "confirm")
        portal.stand.spam = settings.get("spam", "third")
        portal.stand.faults.replace(settings.get("faults", {}))
        return portal

    return fresh


@pytest.fixture(params=SKINS)
def portal(request: pytest.FixtureRequest, put: Put) -> Portal:
    """The portal, empty, once in each skin."""
    return put(request.param)


@pytest.fixture
def native(put: Put) -> Portal:
    return put("native")


@pytest.fixture
def kit(put: Put) -> Portal:
    return put("kit")


@pytest.fixture
def meet(page: Page) -> Callable[[Portal], Visitor]:
    """Bring a person before a portal."""
    page.set_default_timeout(PATIENCE)
    return lambda portal: Visitor(page, portal)


@pytest.fixture
def visitor(meet: Callable[[Portal], Visitor], portal: Portal) -> Visitor:
    return meet(portal)


@pytest.fixture
def digits() -> Callable[[dict[str, str]], str]:
    return lambda person: snils.compact(person["snils"])
