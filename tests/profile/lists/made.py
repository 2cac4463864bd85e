"""The corpus: every case by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.profile.lists import formats, joined, layouts, values

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.profile.lists.grid import Case

CASES: dict[str, Callable[[Path], Case]] = {
    make.__name__: make
    for make in (
        layouts.plain,
        layouts.titles_and_merged,
        layouts.merged_down,
        layouts.bands_merged,
        layouts.bands_unmerged,
        layouts.other_words,
        layouts.columns_of_others,
        layouts.two_phones,
        layouts.several_sheets,
        layouts.hidden_rows,
        layouts.hidden_column,
        layouts.between_the_people,
        layouts.prepared_rows,
        layouts.header_in_row_28,
        formats.csv_utf8,
        formats.csv_bom,
        formats.csv_cp1251_tab,
        formats.csv_named_xls,
        formats.csv_titled,
        formats.xls_dates,
        formats.ods,
        values.repairable,
        values.csv_repairable,
        values.dates_of_1904,
        values.doubtful,
        values.doubtful_names,
        values.capitals,
        values.formulas,
        values.diploma_codes,
        values.given_once,
        values.nothing_given,
        values.higher,
        values.both_levels,
        joined.frdo_by_snils,
        joined.frdo_by_name,
        joined.frdo_alone,
        joined.twice,
    )
}


def make_all(folder: Path) -> dict[str, Case]:
    """Write all lists into the folder, and return what must come out of each."""
    folder.mkdir(exist_ok=True)
    return {name: make(folder) for name, make in CASES.items()}
