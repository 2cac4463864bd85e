"""Made-up graduates, the same ones with every run."""

from __future__ import annotations

from datetime import date, timedelta

from mimesis import Locale
from mimesis import Person as Namer
from mimesis.enums import Gender

SEED = 20261124
ACCREDITATION = "Свидетельство об аккредитации"

Typed = dict[str, str | None]

# Specialties of secondary education with the code of the diploma's specialty of the same name (order 176н).
CODES = {
    "Сестринское дело": "34.02.01",
    "Лечебное дело": "31.02.01",
    "Акушерское дело": "31.02.02",
    "Лабораторная диагностика": "31.02.03",
    "Медицинская оптика": "31.02.04",
    "Стоматология ортопедическая": "31.02.05",
    "Стоматология профилактическая": "31.02.06",
    "Фармация": "33.02.01",
}
PLACES = (
    ("Омская область", "Омский областной медицинский колледж"),
    ("Томская область", "Томский областной медицинский колледж"),
    ("Республика Башкортостан", "Уфимский медицинский колледж"),
    ("Санкт-Петербург", "Санкт-Петербургский городской медицинский колледж"),
    ("Костромская область", "Костромской областной медицинский колледж"),
)
_GENDERS = {"female": Gender.FEMALE, "male": Gender.MALE}
_ENDINGS = ("ович", "евич", "ич", "овна", "евна", "ична")


def snils(nine: str) -> str:
    """Return the СНИЛС with its check digits, written by the Pension Fund's rule."""
    total = sum(weight * int(digit) for weight, digit in zip(range(9, 0, -1), nine, strict=True))
    return f"{nine[:3]}-{nine[3:6]}-{nine[6:]} {total % 101 % 100:02d}"


def day(text: str) -> date:
    """Return the day of `14.03.2004`."""
    return date(*map(int, reversed(text.split("."))))


def written(when: date) -> str:
    """Return the day as `14.03.2004`."""
    return f"{when:%d.%m.%Y}"


class Roll:
    """The graduates of one case, drawn one by one; no two share a surname, СНИЛС, phone or e-mail."""

    def __init__(self, case: str) -> None:
        self._namer = Namer(Locale.RU, seed=f"{SEED}:{case}")
        self._random = self._namer.random
        self._surnames: set[str] = set()

    def graduate(self, fixed: Typed | None = None) -> Typed:
        """Return the values of a new graduate, by dotted key and as they must be typed, with `fixed` among them."""
        wanted = fixed or {}
        drawn = self._person(wanted.get("sex") or self._random.choice(["female", "female", "male"]))
        whole = drawn | self._education() | wanted
        if whole["admission.way"] == "extract":
            whole |= {"admission.series": None, "admission.number": None}
        return whole

    def graduates(self, count: int, fixed: Typed | None = None) -> list[Typed]:
        """Return several new graduates."""
        return [self.graduate(fixed) for _ in range(count)]

    def snils(self, begin: str = "9") -> str:
        """Return a new СНИЛС; those that begin with 9 are given to nobody [general knowledge]."""
        return snils(begin + self._digits(9 - len(begin)))

    def _person(self, sex: str) -> Typed:
        gender = _GENDERS[sex]
        surname = self._surname(gender)
        number = len(self._surnames)
        return {
            "snils": self.snils(),
            "surname": surname,
            "name": self._namer.name(gender),
            "patronymic": self._patronymic(gender),
            "sex": sex,
            "citizenship": "Россия",
            "birth_date": written(date(2003, 1, 1) + timedelta(self._random.randint(0, 1000))),
            "email": f"v{number:02d}{self._digits(4)}@example.org",
            "phone": f"+7900000{number:02d}{self._digits(2)}",
        }

    def _education(self) -> Typed:
        region, organisation = self._random.choice(PLACES)
        exam = date(2026, 7, 1) + timedelta(self._random.randint(0, 9))
        return {
            "level": "spo",
            "region": region,
            "consent.date": written(date(2026, 6, 8) + timedelta(self._random.randint(0, 14))),
            "consent.form": "письменное",
            "admission.way": "document",
            "admission.document_type": ACCREDITATION,
            "admission.specialty": self._random.choice(list(CODES)),
            "admission.organisation": organisation,
            "admission.series": "7726",
            "admission.number": f"1{self._digits(8)}",
            "admission.exam_date": written(exam),
            "admission.issue_date": written(exam + timedelta(self._random.randint(3, 8))),
        }

    def _surname(self, gender: Gender) -> str:
        surname = self._namer.surname(gender)
        while surname in self._surnames:
            surname = self._namer.surname(gender)
        self._surnames.add(surname)
        return surname

    def _patronymic(self, gender: Gender) -> str:
        # mimesis has two that nobody bears: «Ильна», «Бориславна».
        while not (patronymic := self._namer.patronymic(gender) or "").endswith(_ENDINGS):
            pass
        return patronymic

    def _digits(self, count: int) -> str:
        return "".join(str(self._random.randint(0, 9)) for _ in range(count))
