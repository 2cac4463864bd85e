"""Texts of letters in every dress."""

from __future__ import annotations

import base64
import quopri
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from nmo_autofill.letters.body import body_text
from nmo_autofill.letters.letter import Credentials, Letter, find_credentials, find_link
from nmo_autofill.portal.atlas import load_map
from tests.letters.conftest import KIM, LOGIN, TEXT

if TYPE_CHECKING:
    from tests.letters.conftest import Read
    from tests.letters.dovecot import Box

NMFO = load_map("nmfo")
LINK = "https://nmfo-spo.edu.rosminzdrav.ru/#/confirm?id=1&key=2"
SAID = "Ёжик, здравствуйте! " + TEXT


def raw(head: str, body: bytes) -> bytes:
    return f"To: {KIM}\r\nMIME-Version: 1.0\r\n{head}\r\n\r\n".encode() + body


def plain(charset: str, transfer: str) -> bytes:
    content = SAID.encode(charset)
    coded = {"8bit": content, "base64": base64.encodebytes(content), "quoted-printable": quopri.encodestring(content)}
    head = f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: {transfer}"
    return raw(head, coded[transfer])


@pytest.mark.parametrize("transfer", ["8bit", "base64", "quoted-printable"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "koi8-r", "cp866"])
def test_every_encoding(charset: str, transfer: str, box: Box, read: Read) -> None:
    assert body_text(plain(charset, transfer)) == SAID
    box.put(plain(charset, transfer))
    assert read() == (SAID,)


@pytest.mark.parametrize(
    "head",
    [
        "",
        "Content-Type: text/plain",
        "Content-Type: text/plain; charset=us-ascii",
        "Content-Type: text/plain; charset=x-none",
    ],
)
@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "koi8-r"])
def test_an_encoding_that_is_not_told_or_wrong_is_guessed(head: str, charset: str) -> None:
    content = f"To: {KIM}\r\n{head}".rstrip().encode() + b"\r\n\r\n" + SAID.encode(charset)
    assert body_text(content) == SAID


def html(markup: str, **parts: str) -> bytes:
    message = EmailMessage()
    message["To"] = KIM
    if parts:
        message.set_content(parts["plain"])
        message.add_alternative(markup, subtype="html")
    else:
        message.set_content(markup, subtype="html", charset="koi8-r", cte="base64")
    return message.as_bytes()


MARKUPS = [
    "<p>Логин: <b>904-000-444 32</b><br>Пароль: <b>aB3xY7q</b></p>",
    "<div>Логин:&nbsp;904-000-444&nbsp;32</div><div>Пароль:&nbsp;aB3xY7q</div>",
    "<table><tr><td>Логин:</td><td>904-000-444 32</td></tr><tr><td>Пароль:</td>\n<td>aB3xY7q</td></tr></table>",
    "<head><title>Пароль: x</title><style>p {}</style><body><ul><li>Логин: 904-000-444 32<li>Пароль:\n aB3xY7q</ul>",
    "<!-- Пароль: x --><pre>Логин: 904-000-444 32</pre><pre>Пароль: aB3xY7q</pre><script>Пароль: y</script>",
]


@pytest.mark.parametrize("markup", MARKUPS)
def test_an_html_letter_brings_login_and_password(markup: str, box: Box, read: Read) -> None:
    box.put(html(markup))
    letters = [Letter(KIM, text) for text in read()]
    assert find_credentials(letters, LOGIN, NMFO) == Credentials(LOGIN, "aB3xY7q")


def test_html_in_plain_text_that_only_says_so(box: Box, read: Read) -> None:
    box.put(html(MARKUPS[0], plain="Ваша почтовая программа не показывает HTML."))
    letters = [Letter(KIM, text) for text in read()]
    assert find_credentials(letters, LOGIN, NMFO) == Credentials(LOGIN, "aB3xY7q")


def test_the_link_behind_a_word_is_found(box: Box, read: Read) -> None:
    address = LINK.replace("&", "&amp;")
    box.put(html(f'<p>Подтвердите адрес: <a href="{address}">здесь</a>. <a href="mailto:x@example.org">Почта</a></p>'))
    letters = [Letter(KIM, text) for text in read()]
    assert find_link(letters, NMFO) == LINK
    assert "mailto" not in letters[0].text


def test_a_link_whose_text_lies_is_not_followed(box: Box, read: Read) -> None:
    box.put(html('<p>Подтвердите: <a href="https://evil.example/">nmfo-spo.edu.rosminzdrav.ru</a></p>'))
    assert find_link([Letter(KIM, text) for text in read()], NMFO) is None


def test_attachments_are_passed_over(box: Box, read: Read) -> None:
    within = EmailMessage()
    within.set_content("Пароль: внутри")
    message = EmailMessage()
    message["To"] = KIM
    message.set_content("текст")
    message.add_attachment("Пароль: файл", filename="пароль.txt")
    message.add_attachment("<p>Пароль: файл</p>", subtype="html", disposition="attachment")
    message.add_attachment(within)
    message.add_attachment(b"PDF", maintype="application", subtype="pdf")
    box.put(message.as_bytes())
    assert read() == ("текст",)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Content-Type: multipart/mixed\r\n\r\ntext",
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: image/png\r\n\r\n\xff",
        b"Content-Type: message/rfc822\r\n\r\nTo: a@example.org\r\n\r\ntext",
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000)),
    ],
)
def test_a_letter_without_a_readable_text_is_an_empty_one(content: bytes) -> None:
    assert body_text(content) == ""


def test_invisible_characters_do_not_stand_in_a_password() -> None:
    content = raw("Content-Type: text/plain; charset=utf-8", "Пароль:\u00a0a\u200bB\u00ad3\ufeff".encode())
    assert body_text(content) == "Пароль: aB3"
