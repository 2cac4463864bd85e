"""The report of who still owes the portal real numbers, with the request to its support."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from nmo_autofill.profile import dates, snils
from nmo_autofill.profile.model import Way
from nmo_autofill.report.run_report import VERSION
from nmo_autofill.report.sentences import place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nmo_autofill.profile.model import Profile
    from nmo_autofill.source import Source
    from nmo_autofill.texts import Texts

# The request is Russian in every language of the messages: the portal's support reads it.
_LETTERS = Environment(  # noqa: S701 (plain text)
    loader=PackageLoader("nmo_autofill.report"), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


@dataclass(frozen=True)
class Debt:
    """One person whose real numbers are owed.

    Attributes:
        source: where the profile stands.
        portal: name of the portal.
        since: when the zeros were entered, ISO 8601.
        support: address of the portal's support, empty while nobody knows it.
        profile: None when the profile is no longer there, or has errors.
    """

    source: Source
    portal: str
    since: str
    support: str
    profile: Profile | None = field(repr=False)


def follow_up_document(debts: Iterable[Debt]) -> dict[str, Any]:
    """Return the debts as the JSON document that `followups --format json` prints (its shape is in the README)."""
    return {
        "version": VERSION,
        "people": [
            {
                "source": asdict(debt.source),
                "portal": debt.portal,
                "since": debt.since,
                "support": debt.support or None,
                "request": request(debt.profile) if debt.profile else None,
            }
            for debt in debts
        ],
    }


def render_follow_ups(debts: Sequence[Debt], texts: Texts) -> Iterator[str]:
    """Return for each person the place, the portal, whom to write to, and the text of the request."""
    if not debts:
        yield texts("follow_up.none")
    for debt in debts:
        day = dates.format(datetime.fromisoformat(debt.since).astimezone().date())
        yield texts("follow_up.heading", place=place(debt.source), portal=debt.portal, day=day)
        if debt.profile is None:
            yield texts("follow_up.gone") + "\n"
            continue
        support = texts("follow_up.support", address=debt.support) if debt.support else texts("follow_up.no_support")
        yield f"{support}\n\n{request(debt.profile)}\n"


def request(profile: Profile) -> str:
    """Return the text that asks the portal's support to put the real numbers in.

    The numbers are in it once the profile has them; until then there are lines to write them on.
    """
    return _LETTERS.get_template("request.txt").render(
        profile=profile,
        admission=profile.admission,
        in_hand=profile.admission.way is Way.DOCUMENT,
        snils=snils.format(profile.snils),
        shown=dates.format,
    )
