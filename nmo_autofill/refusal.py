"""What the system refuses, in the person's language: its own words are English, or whatever it was installed in."""

from __future__ import annotations

import errno
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nmo_autofill.texts import Texts

_SENTENCES = MappingProxyType(
    {
        errno.ENAMETOOLONG: "refused.name_long",
        errno.EEXIST: "refused.exists",
        errno.EACCES: "refused.forbidden",
        errno.EPERM: "refused.forbidden",
        errno.ENOENT: "refused.missing",
        errno.ENOTDIR: "refused.no_folder",
        errno.EISDIR: "refused.folder",
        errno.ENOSPC: "refused.full",
        errno.EFBIG: "refused.large",
        errno.EROFS: "refused.read_only",
    }
)


def reason(error: OSError, texts: Texts) -> str:
    """Return why the system refused to write; its own word for what is rare."""
    sentence = _SENTENCES.get(error.errno or 0)
    return texts(sentence) if sentence else error.strerror or type(error).__name__
