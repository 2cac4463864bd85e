"""The profile's nouns, frozen, and silent about their values."""

from __future__ import annotations

from datetime import date  # noqa: TC003 (pydantic reads the annotations at run time)
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from nmo_autofill.profile import snils

if TYPE_CHECKING:
    from collections.abc import Iterator

Text = Annotated[str, Field(min_length=1)]
Snils = Annotated[str, AfterValidator(snils.validate), Field(pattern=r"^[0-9]{11}$")]
E164 = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{6,14}$")]


class Level(StrEnum):
    """Level of education: secondary (среднее профессиональное) or higher (высшее)."""

    SPO = "spo"
    VO = "vo"


class Sex(StrEnum):
    """Sex, as the registration form asks for it."""

    MALE = "male"
    FEMALE = "female"


class Way(StrEnum):
    """What the graduate holds: the document of the admission, or only an extract from the commission's protocol."""

    DOCUMENT = "document"
    EXTRACT = "extract"


class Part(BaseModel):
    """What all parts of a profile have in common: frozen, no unknown key, no value in `repr` or error text."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """Show nothing: a traceback or log must not hold a personal value."""
        return iter(())


class Consent(Part):
    """The graduate's consent to the processing of personal data: when and in which form it was given."""

    date: date
    form: Text


class Admission(Part):
    """The record of admission to professional activity.

    `series` and `number` are None when only the protocol extract is in hand: how many zeros stand for them
    is a matter of the portal map.
    """

    way: Way
    document_type: Text
    specialty: Text
    organisation: Text
    series: Text | None = None
    number: Text | None = None
    exam_date: date
    issue_date: date


class Profile(Part):
    """One graduate's data, checked and typed.

    `snils` is compact (11 digits), `phone` is E.164; region, citizenship, specialty and type of document are spelled
    as in the reference lists.
    """

    level: Level
    snils: Snils
    surname: Text
    name: Text
    patronymic: Text | None = None
    citizenship: Text
    region: Text
    sex: Sex
    birth_date: date
    email: Text
    phone: E164
    consent: Consent
    admission: Admission
