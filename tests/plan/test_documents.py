"""The person's document among those that the portal lists."""

from __future__ import annotations

from nmo_autofill.outcome import Difference
from nmo_autofill.plan.documents import Found, find_document

OURS = {
    "document_type": "Свидетельство об аккредитации",
    "specialty": "Сестринское дело",
    "organisation": "Омский областной медицинский колледж",
    "series": "7725",
    "number": "000100201",
    "exam_date": "03.07.2025",
    "issue_date": "10.07.2025",
}


def test_nothing_listed_is_nothing_found() -> None:
    assert find_document(OURS, []) == Found(present=False)


def test_an_equal_document_is_there_in_whatever_letters() -> None:
    row = OURS | {"specialty": "СЕСТРИНСКОЕ  ДЕЛО", "organisation": "Омский областной медицинский колледж "}
    assert find_document(OURS, [row]) == Found(present=True)


def test_a_document_of_another_specialty_is_another_document() -> None:
    row = OURS | {"specialty": "Реабилитационное сестринское дело", "number": "000999999"}
    assert find_document(OURS, [row]) == Found(present=False)


def test_the_same_number_under_another_specialty_is_the_same_document() -> None:
    row = OURS | {"specialty": "Акушерское дело"}
    assert find_document(OURS, [row]).differences == (Difference("specialty", "Сестринское дело", "Акушерское дело"),)


def test_zeros_do_not_make_two_documents_one() -> None:
    zeros = {"series": "0000", "number": "000000000"}
    row = OURS | zeros | {"specialty": "Акушерское дело"}
    assert find_document(OURS | zeros, [row]) == Found(present=False)


def test_numbers_are_shown_only_where_they_differ() -> None:
    found = find_document(OURS, [OURS | {"number": "000100291", "issue_date": "11.07.2025"}])
    assert found.differences == (
        Difference("number", "•••••••0•", "•••••••9•"),
        Difference("issue_date", "10.07.2025", "11.07.2025"),
    )


def test_numbers_of_unequal_length_show_only_the_length() -> None:
    found = find_document(OURS, [OURS | {"number": "100201"}])
    assert found.differences == (Difference("number", "•••••••••", "••••••"),)


def test_of_several_versions_the_equal_one_counts() -> None:
    assert find_document(OURS, [OURS | {"issue_date": "11.07.2025"}, OURS]) == Found(present=True)


def test_the_same_exam_in_the_same_specialty_is_the_same_document_under_another_type() -> None:
    row = OURS | {"document_type": "Свидетельство об аккредитации специалиста", "number": "000000000"}
    assert {difference.field for difference in find_document(OURS, [row]).differences} == {"document_type", "number"}
