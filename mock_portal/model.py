"""What the portal keeps: accounts, documents, cycles and letters."""

from __future__ import annotations

from dataclasses import dataclass, field

BY_REGISTER = "Федеральный регистр"
BY_HAND = "Внесено вручную"


@dataclass(frozen=True)
class Account:
    """A registered person; `purpose` is `spo`, `vo`, `other` or empty before the first entry."""

    id: int
    snils: str
    surname: str
    name: str
    patronymic: str
    citizenship: str
    region: str
    sex: str
    birth_date: str
    email: str
    phone: str
    registered_at: str
    confirmed_at: str
    purpose: str
    password: str = field(repr=False)
    link: str = field(repr=False)

    @property
    def level(self) -> str | None:
        """The level of education, or None for other purposes and before the first entry."""
        return self.purpose if self.purpose in {"spo", "vo"} else None

    @property
    def full_name(self) -> str:
        """Surname, name and patronymic in one line."""
        return " ".join(filter(None, (self.surname, self.name, self.patronymic)))


@dataclass(frozen=True)
class Document:
    """A document of admission; dates are written `дд.мм.гггг`."""

    id: int
    account_id: int
    type: str
    specialty: str
    organisation: str
    series: str
    number: str
    exam_date: str
    issue_date: str
    source: str

    @property
    def title(self) -> str:
        """The line that stands for the document in lists."""
        return f"{self.type}, {self.specialty}, {self.series} {self.number} от {self.issue_date}"


@dataclass(frozen=True)
class Cycle:
    """A five-year cycle on the strength of a document."""

    id: int
    account_id: int
    document_id: int
    specialty: str
    start: str
    end: str


@dataclass(frozen=True)
class Letter:
    """A letter in the stand's own mailbox; `folder` is `inbox` or `spam`."""

    id: int
    folder: str
    recipient: str
    sender: str
    subject: str
    text: str
    received: str
