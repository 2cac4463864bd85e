"""The zip package: what is taken out of it, and what is refused."""

from __future__ import annotations

import io
import zipfile

import pytest

from nmo_autofill.profile.sheet import package
from nmo_autofill.profile.sheet.workbook import Refused
from tests.profile.sheet.conftest import zipped

PARTS = {
    "[Content_Types].xml": "<a/>",
    "xl/_rels/workbook.xml.rels": "<b/>",
    "mimetype": "c",
    "xl/media/photo.png": "d",
}


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        package.unpack(content)
    return caught.value.why


def test_only_xml_and_the_kind_of_the_package_are_taken_out() -> None:
    assert package.unpack(zipped(PARTS)) == {name: part.encode() for name, part in PARTS.items() if "png" not in name}


def test_names_in_capitals_are_taken_out() -> None:
    assert package.unpack(zipped({"XL/WORKBOOK.XML": "<a/>"})) == {"XL/WORKBOOK.XML": b"<a/>"}


def test_all_names_are_told() -> None:
    assert package.names(zipped(PARTS)) == PARTS.keys()


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04", b"text"])
def test_what_is_no_package_has_no_names_and_is_damaged(content: bytes) -> None:
    assert package.names(content) == frozenset()
    assert refusal(content) == "file.damaged"


def test_what_is_packed_comes_out_again() -> None:
    parts = package.unpack(zipped(PARTS))
    assert package.unpack(package.pack(parts)) == parts


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_spoilt_content_is_damage_however_it_is_packed(how: int) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", how) as archive:
        archive.writestr("content.xml", b"<a>" + bytes(range(256)) * 40 + b"</a>")
    content = bytearray(stream.getvalue())
    for at in range(60, len(content) - 150, 7):
        content[at] ^= 0xFF
    assert refusal(bytes(content)) == "file.damaged"


def test_a_way_of_packing_that_nobody_knows_is_damage() -> None:
    content = bytearray(zipped({"content.xml": "<a/>"}))
    for mark, offset in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        content[content.index(mark) + offset] = 77
    assert refusal(bytes(content)) == "file.damaged"


def test_a_part_larger_than_any_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST_PART", 10)
    assert refusal(zipped({"content.xml": "x" * 11})) == "file.bomb"
    assert package.unpack(zipped({"content.xml": "x" * 10}))


def test_a_package_larger_than_any_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST_PACKAGE", 10)
    assert refusal(zipped({"a.xml": "x" * 6, "b.xml": "x" * 6})) == "file.bomb"


def test_what_is_not_taken_out_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST_PACKAGE", 10)
    monkeypatch.setattr(package, "MOST_PARTS", 1)
    assert package.unpack(zipped({"a.xml": "x", "b.png": "x" * 100})) == {"a.xml": b"x"}
