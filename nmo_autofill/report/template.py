"""The empty list for staff: a workbook with a column for each key, drop-downs, notes and an example."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from nmo_autofill.folding import fold
from nmo_autofill.profile import words
from nmo_autofill.profile.references import ACCREDITATION, references
from nmo_autofill.profile.sheet.headings import ROW_NUMBER, first_headings
from nmo_autofill.report.workbook import AUTHOR, HEADING_BORDER, HEADING_FILL, HEADING_FONT, note, put

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from openpyxl.worksheet.worksheet import Worksheet

    from nmo_autofill.profile.references import References
    from nmo_autofill.texts import Texts

LIST_SHEET = "Список"
CHOICES_SHEET = "Списки"
# A row whose number is this word is nobody's.
EXAMPLE = "Пример"
# Rows that are prepared: the heading, the example, and people.
ROWS = 501

_TEXT = "@"
_HOME = "Россия"
_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 (openpyxl takes none with a zone; only that it never changes matters)
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_HEADING_ALIGNMENT = Alignment(horizontal="center", vertical="center", wrap_text=True)
_EXAMPLE_FONT = Font(italic=True, color="595959")
_THIN = Side("thin", color="BFBFBF")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


class _Column(NamedTuple):
    """One column: key, width in characters, keys of the sentences of its note, value of the example."""

    key: str
    width: int
    notes: tuple[str, ...]
    example: str


# The example's person is made up: СНИЛС with 9 in front are not given out, example.org is reserved (RFC 2606).
_COLUMNS = (
    _Column(ROW_NUMBER, 10, ("template.row_number", "template.optional"), EXAMPLE),
    _Column("surname", 18, ("template.surname", "template.required"), "Примерова"),
    _Column("name", 16, ("template.name", "template.required"), "Алёна"),
    _Column("patronymic", 18, ("template.patronymic", "template.optional"), "Игоревна"),
    _Column("snils", 17, ("template.snils", "template.required"), "901-000-111 94"),
    _Column("sex", 12, ("template.sex", "template.required", "template.choose"), "Женский"),
    _Column("birth_date", 13, ("template.birth_date", "template.required"), "14.03.2004"),
    _Column("citizenship", 16, ("template.citizenship", "template.required", "template.choose"), _HOME),
    _Column("region", 24, ("template.region", "template.required", "template.choose"), "Омская область"),
    _Column("phone", 19, ("template.phone", "template.required"), "+7 900 000-01-01"),
    _Column("email", 26, ("template.email", "template.required"), "primerova@example.org"),
    _Column(
        "level",
        38,
        ("template.level", "template.required", "template.choose"),
        "Среднее профессиональное образование",
    ),
    _Column("consent.date", 21, ("template.consent_date", "template.required"), "20.06.2025"),
    _Column("consent.form", 24, ("template.consent_form", "template.required"), "письменное, на бумаге"),
    _Column("admission.way", 22, ("template.way", "template.required", "template.choose"), "Документ на руках"),
    _Column(
        "admission.document_type", 31, ("template.document_type", "template.in_hand", "template.choose"), ACCREDITATION
    ),
    _Column(
        "admission.specialty",
        30,
        ("template.specialty", "template.required", "template.choose"),
        "Сестринское дело",
    ),
    _Column(
        "admission.organisation",
        38,
        ("template.organisation", "template.required"),
        "Омский областной медицинский колледж",
    ),
    _Column("admission.series", 18, ("template.series", "template.in_hand"), "7725"),
    _Column("admission.number", 18, ("template.number", "template.in_hand"), "000100201"),
    _Column("admission.exam_date", 13, ("template.exam_date", "template.required"), "03.07.2025"),
    _Column("admission.issue_date", 18, ("template.issue_date", "template.required"), "10.07.2025"),
)


def template(texts: Texts, lists: References | None = None) -> bytes:
    """Return an empty list for a group as an .xlsx file: the same bytes for the same lists and language.

    The sheet «Список» has a column for every key of a profile, all of them text, with a note on each heading and an
    example in the second row; the hidden sheet «Списки» has what the drop-downs offer. Other spellings are only warned
    of, since `import` knows more of them.

    Args:
        texts: the language of the notes; headings and values are Russian in any.
        lists: the reference lists of the drop-downs, those of the package when None.
    """
    workbook = Workbook()
    sheet = workbook[workbook.sheetnames[0]]
    sheet.title = LIST_SHEET
    _prepare_rows(sheet)
    _add_headings(sheet, texts)
    _add_example(sheet, texts)
    _add_drop_downs(sheet, workbook.create_sheet(CHOICES_SHEET), _choices(lists or references()), texts)
    _lay_out(sheet)
    properties = workbook.properties
    properties.creator, properties.created, properties.title = AUTHOR, _CREATED, texts("template.title")
    saved = io.BytesIO()
    workbook.save(saved)
    return _without_times(saved.getvalue())


def _choices(lists: References) -> dict[str, list[str]]:
    """Return what the drop-down of each closed list offers: only what a check takes without a remark."""
    doubtful = lists.unconfirmed_document_types | lists.protocol_document_types
    countries = _sorted(lists.countries.names)
    return {
        "sex": _wordings("sex"),
        "level": _wordings("level"),
        "citizenship": [_HOME, *(country for country in countries if country != _HOME)],
        "region": _sorted(lists.regions.names),
        "admission.way": _wordings("way"),
        "admission.document_type": [name for name in lists.document_types.names if name not in doubtful],
        "admission.specialty": _sorted(name for known in lists.specialties.values() for name in known.names),
    }


def _wordings(kind: str) -> list[str]:
    """Return the fullest wording of each value, since the shorter ones are abbreviations."""
    return [max(known, key=len).capitalize() for known in words.allowed(kind).values()]


def _sorted(names: Iterable[str]) -> list[str]:
    return sorted(set(names), key=fold)


def _prepare_rows(sheet: Worksheet) -> None:
    for number, column in enumerate(_COLUMNS, 1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width, dimension.number_format = column.width, _TEXT
        for row in range(2, ROWS + 1):
            cell = sheet.cell(row, number)
            cell.number_format, cell.border = _TEXT, _GRID


def _add_headings(sheet: Worksheet, texts: Texts) -> None:
    for number, column in enumerate(_COLUMNS, 1):
        cell = put(sheet, 1, number, first_headings()[column.key])
        cell.number_format, cell.alignment = _TEXT, _HEADING_ALIGNMENT
        cell.font, cell.fill, cell.border = HEADING_FONT, HEADING_FILL, HEADING_BORDER
        cell.comment = note("\n".join(texts(key) for key in column.notes))
    sheet.row_dimensions[1].height = 64


def _add_example(sheet: Worksheet, texts: Texts) -> None:
    for number, column in enumerate(_COLUMNS, 1):
        put(sheet, 2, number, column.example).font = _EXAMPLE_FONT
    put(sheet, 2, 1, EXAMPLE).comment = note(texts("template.example", word=EXAMPLE))


def _add_drop_downs(sheet: Worksheet, choices: Worksheet, offered: Mapping[str, list[str]], texts: Texts) -> None:
    """Write each list into a column of the sheet `choices`, and bind the cells of its key to it."""
    letters = {column.key: get_column_letter(number) for number, column in enumerate(_COLUMNS, 1)}
    for number, (key, names) in enumerate(offered.items(), 1):
        put(choices, 1, number, texts("template.choices", heading=first_headings()[key])).font = HEADING_FONT
        for row, name in enumerate(names, 2):
            put(choices, row, number, name)
        letter = get_column_letter(number)
        choices.column_dimensions[letter].width = 40
        source = f"{quote_sheetname(choices.title)}!${letter}$2:${letter}${len(names) + 1}"
        sheet.add_data_validation(_drop_down(source, f"{letters[key]}2:{letters[key]}{ROWS}", texts))
    choices.sheet_state = "hidden"


def _drop_down(source: str, cells: str, texts: Texts) -> DataValidation:
    return DataValidation(
        type="list",
        formula1=source,
        sqref=cells,
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning",
        errorTitle=texts("template.other.title"),
        error=texts("template.other"),
    )


def _lay_out(sheet: Worksheet) -> None:
    # The surname stays in sight when one scrolls to the right.
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4


def _without_times(content: bytes) -> bytes:
    """Return the same file without the time of its making, which openpyxl and zipfile write."""
    repacked = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(repacked, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = _MODIFIED.sub(rb"\g<1>" + _CREATED.isoformat().encode() + b"Z", source.read(name))
            target.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), part, zipfile.ZIP_DEFLATED)
    return repacked.getvalue()
