"""Pages that stopped somebody, kept where staff can look at them."""

from __future__ import annotations

import secrets
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from nmo_autofill.outfile import write_private, written
from nmo_autofill.report.sentences import difference_of_page, field_sentence
from nmo_autofill.report.snapshot import render_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from nmo_autofill.runs.surveys import Snapshot
    from nmo_autofill.texts import Texts


@dataclass(frozen=True)
class Album:
    """The pages that stopped people in a run, in its folder."""

    folder: Path
    run: str
    texts: Texts

    def keep(self, snapshot: Snapshot) -> str:
        """Write down a page for its owner alone, and return the file. Raises FileUnwritableError."""
        kind = "changed" if snapshot.drifts else "disagrees"
        told = [difference_of_page(drift, self.texts) for drift in snapshot.drifts]
        told += [field_sentence(field, self.texts) for field in snapshot.fields]
        picture = astuple(snapshot.picture) if snapshot.picture else None
        page = render_snapshot(kind, snapshot.title, told, snapshot.marks, picture, self.texts)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Several people can be stopped on one page: their names are no part of a file's.
        file = self.folder / f"{kind}-{snapshot.key}-{self.run}-{secrets.token_hex(2)}.html"
        with written(file):
            write_private(file, page)
        return str(file)
