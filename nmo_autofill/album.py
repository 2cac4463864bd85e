"""Pages of the portal that changed, kept where staff can look at them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nmo_autofill.outfile import written
from nmo_autofill.report.changed_page import render_changed_page

if TYPE_CHECKING:
    from pathlib import Path

    from nmo_autofill.runs.surveys import ChangedPage
    from nmo_autofill.texts import Texts


@dataclass(frozen=True)
class Album:
    """The changed pages of a run, in its folder."""

    folder: Path
    run: str
    texts: Texts

    def keep(self, changed: ChangedPage) -> str:
        """Write down a changed page for its owner alone, and return the file. Raises FileUnwritableError."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self.folder / f"changed-{changed.key}-{self.run}.html"
        shown = changed.picture
        picture = (shown.png, shown.left, shown.top, shown.width, shown.height) if shown else None
        page = render_changed_page(changed.title, changed.drifts, changed.marks, picture, self.texts)
        with (
            written(file),
            os.fdopen(os.open(file, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8") as stream,
        ):
            stream.write(page)
        return str(file)
