from __future__ import annotations

from nmo_autofill.report.witness_report import render_witness
from nmo_autofill.source import Source
from nmo_autofill.texts import Texts


def test_what_agrees_is_counted() -> None:
    assert list(render_witness(2, 40, (), Texts())) == [
        "Учебный портал получил ровно то, что в профилях: людей 2, сверено полей 40, расхождений нет."
    ]


def test_what_differs_is_told_in_words() -> None:
    source = Source("kim.yaml", 2)
    assert list(render_witness(2, 40, [(source, "registration.surname"), (source, "cycle")], Texts())) == [
        "Учебный портал получил не то, что в профилях. Людей 2, сверено полей 40, расходится:",
        "  kim.yaml:2: Регистрация: Фамилия",
        "  kim.yaml:2: Пятилетний цикл: внесено не один раз",
    ]
