"""Made-up people, the same in every run."""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from nmo_autofill.profile import snils
from nmo_autofill.profile.model import Level, Sex, Way
from nmo_autofill.profile.references import ACCREDITATION, references

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

TODAY = date(2026, 11, 24)
# As many as there are phone numbers +7 900 000-xx-xx.
MOST = 10_000

_SEED = 3
_SURNAMES = (
    *("Авдеев", "Белов", "Вавилов", "Гаврилов", "Данилов", "Елисеев", "Жданов", "Зимин", "Ильин", "Королёв", "Лапин"),
    *("Морозов", "Назаров", "Овчинников", "Панов", "Родионов", "Савин", "Тарасов", "Уваров", "Фомин", "Харитонов"),
    *("Царёв", "Чернов", "Шубин", "Щукин", "Юдин", "Яковлев", "Соколов-Никитин", "Дубов", "Кружков"),
)
_NAMES: Mapping[Sex, Sequence[str]] = {
    Sex.MALE: ("Глеб", "Матвей", "Пётр", "Тихон", "Лука", "Артём", "Илья", "Марк", "Роман", "Егор", "Степан", "Павел"),
    Sex.FEMALE: (
        "Алёна",
        "Дарина",
        "Эмилия",
        "Юлиана",
        "Агния",
        "Ева",
        "Вера",
        "Мария",
        "Анна",
        "Нина",
        "Ольга",
        "Зоя",
    ),
}
_FATHERS = (
    *("Аркадьев", "Савельев", "Семёнов", "Робертов", "Марков", "Германов", "Фёдоров", "Игорев", "Всеволодов"),
    *("Ярославов", "Нестеров", "Иванов", "Петров", "Андреев", "Алексеев", "Олегов", "Юрьев", "Сергеев"),
)
_ORGANISATIONS = {
    Level.SPO: ("Омский областной медицинский колледж", "Томский областной медицинский колледж"),
    Level.VO: ("Омский государственный медицинский университет", "Московский государственный медицинский университет"),
}
_CITIZENSHIPS = ("Россия", "Россия", "Россия", "Казахстан", "Беларусь")
_FORMS = ("письменное, на бумаге", "электронное, с простой подписью")


class Dates(NamedTuple):
    """The days of a person's life that a profile tells."""

    born: date
    consent: date
    exam: date
    issue: date


@dataclass(frozen=True)
class MadeUp:
    """One person: `values` have a profile's dotted keys, dates are days, absent ones are None."""

    values: Mapping[str, str | date | None]


def made_up(count: int = MOST) -> Iterator[MadeUp]:
    """Yield valid people, no two of whom share names, СНИЛС (beginning with 9, which none has), e-mail or phone."""
    dice = random.Random(_SEED)  # noqa: S311 (the same people in every run)
    called = dice.sample([(sex, *names) for sex in Sex for names in product(_SURNAMES, _NAMES[sex], _FATHERS)], count)
    numbers = dice.sample(range(900_000_000, 1_000_000_000), count)
    for place, (name, number) in enumerate(zip(called, numbers, strict=True)):
        yield MadeUp(
            {
                **_named(*name),
                "snils": f"{number}{snils.calc_check_digits(str(number))}",
                "email": f"person{place}@example.org",
                "phone": f"+7900000{place:04d}",
                "citizenship": dice.choice(_CITIZENSHIPS),
                "region": dice.choice(references().regions.names),
                **_admitted(dice, place, _days(dice)),
            }
        )


def _named(sex: Sex, surname: str, name: str, father: str) -> dict[str, str]:
    female = sex is Sex.FEMALE
    surname = "-".join(f"{part}а" for part in surname.split("-")) if female else surname
    return {"surname": surname, "name": name, "patronymic": f"{father}{'на' if female else 'ич'}", "sex": sex.value}


def _days(dice: random.Random) -> Dates:
    exam = date(2026, 6, 20) + timedelta(dice.randrange(20))
    born = date(1999, 1, 1) + timedelta(dice.randrange(2_500))
    return Dates(born, date(2026, 6, 1) + timedelta(dice.randrange(19)), exam, exam + timedelta(dice.randrange(10)))


def _admitted(dice: random.Random, place: int, days: Dates) -> dict[str, str | date | None]:
    level, way = dice.choice((*Level,)), dice.choice((*Way,))
    document = way is Way.DOCUMENT
    return {
        "level": level.value,
        "birth_date": days.born,
        "consent.date": days.consent,
        "consent.form": dice.choice(_FORMS),
        "admission.way": way.value,
        "admission.document_type": ACCREDITATION,
        "admission.specialty": dice.choice(references().specialties[level].names),
        "admission.organisation": dice.choice(_ORGANISATIONS[level]),
        "admission.series": "7726" if document else None,
        "admission.number": f"{place + 100_000:09d}" if document else None,
        "admission.exam_date": days.exam,
        "admission.issue_date": days.issue,
    }


def parsed(module: str, description: str | None, people: int = MOST, rounds: int = 5) -> argparse.Namespace:
    """Return how many `people` and `rounds` the command line of a benchmark asks for."""
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=description)
    parser.add_argument("--people", type=int, default=people, choices=range(1, MOST + 1), metavar="N")
    parser.add_argument("--rounds", type=int, default=rounds, metavar="N")
    return parser.parse_args()
