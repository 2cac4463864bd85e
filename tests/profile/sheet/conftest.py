"""Lists made by hand, byte by byte where need be, and how they are loaded."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import pytest
import xlwt
from openpyxl import Workbook

from nmo_autofill.profile.diagnostics import render
from nmo_autofill.profile.loading import Loaded, load
from nmo_autofill.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

TODAY = date(2025, 8, 1)

# By heading: a person without a mistake.
ALENA: dict[str, Any] = {
    "Фамилия": "Берёзкина",
    "Имя": "Алёна",
    "Отчество": "Игоревна",
    "Дата рождения": "14.03.2004",
    "Пол": "женский",
    "СНИЛС": "901-000-111 94",
    "Гражданство": "Россия",
    "Регион": "Омская область",
    "Телефон": "+79000000101",
    "E-mail": "berezkina@example.org",
    "Уровень образования": "СПО",
    "Дата согласия": "20.06.2025",
    "Форма согласия": "письменное",
    "Основание допуска": "документ",
    "Тип документа": "Свидетельство об аккредитации",
    "Специальность": "Сестринское дело",
    "Место проведения экзамена": "Омский областной медицинский колледж",
    "Серия свидетельства об аккредитации": "7725",
    "Номер свидетельства об аккредитации": "000100201",
    "Дата экзамена": "03.07.2025",
    "Дата выдачи свидетельства об аккредитации": "10.07.2025",
}
BORIS = ALENA | {
    "Фамилия": "Дубов",
    "Имя": "Борис",
    "Отчество": "Ильич",
    "Пол": "мужской",
    "СНИЛС": "910-000-110 94",
    "Телефон": "+79000000102",
    "E-mail": "dubov@example.org",
    "Номер свидетельства об аккредитации": "000100202",
}
Table = list[list[Any]]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
SHARED = "xl/sharedStrings.xml"


def table(*people: Mapping[str, Any], without: Iterable[str] = ()) -> Table:
    """Return a heading and a row for each of the people, without some columns."""
    headings = [heading for heading in ALENA if heading not in set(without)]
    return [headings, *([person[heading] for heading in headings] for person in people)]


def csv_bytes(rows: Iterable[Sequence[Any]], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    """Return the rows as delimited text."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode(encoding)


def xlsx_bytes(rows: Iterable[Sequence[Any]], change: Callable[[Any], None] = lambda _: None) -> bytes:
    """Return the rows as a workbook of Excel; `change` gets the sheet before it is saved."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row in rows:
        sheet.append([*row])
    change(sheet)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def xls_bytes(rows: Iterable[Sequence[Any]], change: Callable[[Any], None] = lambda _: None) -> bytes:
    """Return the rows as a workbook of Excel 97."""
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("Лист1")
    days = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value, *((days,) if isinstance(value, date) else ()))
    change(sheet)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def ods_cell(value: object, more: str = "") -> str:
    """Return a cell of an .ods."""
    if value is None:
        return f"<table:table-cell {more}/>"
    return (
        f'<table:table-cell office:value-type="string" {more}><text:p>{escape(str(value))}</text:p></table:table-cell>'
    )


def ods_row(row: Sequence[object], more: str = "") -> str:
    """Return a row of an .ods."""
    return f"<table:table-row {more}>{''.join(map(ods_cell, row))}</table:table-row>"


def ods_content(*tables: str, before: str = "") -> str:
    """Return the content of an .ods with these tables, each given as its XML rows."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    sheets = "".join(
        f'<table:table table:name="Лист{number}">{rows}</table:table>' for number, rows in enumerate(tables, 1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {spaces}'
        ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.2">'
        f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    )


def ods_bytes(*tables: str | Table, before: str = "", content: str | None = None) -> bytes:
    """Return tables, given as rows or as XML, as a spreadsheet of LibreOffice."""
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    rows = (one if isinstance(one, str) else "".join(map(ods_row, one)) for one in tables)
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/></manifest:manifest>'
    )
    parts = {
        "mimetype": mime,
        "META-INF/manifest.xml": manifest,
        "content.xml": content or ods_content(*rows, before=before),
    }
    return zipped(parts)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip archive of the parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """Return the parts of a zip archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(content: bytes, changes: Mapping[str, str | bytes | None]) -> bytes:
    """Return the workbook with parts replaced or added, or taken out (None)."""
    parts: dict[str, str | bytes | None] = {**unzipped(content), **changes}
    return zipped({name: part for name, part in parts.items() if part is not None})


def inline(text: object, more: str = "") -> str:
    """Return a cell of an .xlsx with the text in itself."""
    return f'<c {more} t="inlineStr"><is><t>{escape(str(text))}</t></is></c>'


def sheet_xml(rows: str, before: str = "", head: str = "") -> str:
    """Return the part of a sheet with these rows, given as XML."""
    return f'{head}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'


def xml_rows(rows: Sequence[Sequence[object]]) -> str:
    """Return the rows as XML without addresses."""
    return "".join(f"<row>{''.join(map(inline, row))}</row>" for row in rows)


def xlsx_of(part: str | bytes, **more: str | bytes) -> bytes:
    """Return an .xlsx with one sheet, given as XML, and with other parts."""
    return with_parts(xlsx_bytes([]), {SHEET: part, **more})


@dataclass(frozen=True)
class Lists:
    """Files in a folder of their own, and what is loaded from them."""

    folder: Path

    def write(self, name: str, content: bytes) -> Path:
        """Write a file and return its path."""
        path = self.folder / name
        path.write_bytes(content)
        return path

    def load(self, name: str, content: bytes, **options: Any) -> Loaded:  # noqa: ANN401 (those of `load`)
        """Load the file; whatever is told can be shown."""
        loaded = load([self.write(name, content)], today=TODAY, **options)
        assert all(render(one, Texts("ru")) for one in loaded.diagnostics)
        assert loaded.people or loaded.diagnostics
        return loaded

    def refusal(self, name: str, content: bytes) -> str:
        """Return the code by which the file is refused as a whole, which is told at the file."""
        loaded = self.load(name, content)
        (found,) = loaded.diagnostics
        assert not loaded.people
        assert found.position.file == str(self.folder / name)
        assert [left.why for left in loaded.left_out] == [found.code]
        return found.code


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    return Lists(tmp_path)


def codes(loaded: Loaded) -> list[str]:
    """Return the codes of all diagnostics."""
    return [one.code for one in loaded.diagnostics]


def surnames(loaded: Loaded) -> list[str]:
    """Return the surnames of the people."""
    return [person.values.get("surname", "") for person in loaded.people]


def at_noon(text: str) -> datetime:
    """Return the middle of the day that is written `2004-03-14`."""
    return datetime.fromisoformat(f"{text}T12:00:00")
