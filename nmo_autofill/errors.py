"""The errors of the tool, and what each asks for.

    NmoAutofillError
    ├── UsageError            stop   the command was called wrongly
    ├── AddressRefusedError   stop   only a stand-in portal on this computer has an address on the command line
    ├── PortalUnknownError    stop   there is no portal map of this name
    ├── StandInError          stop   the stand-in portal did not start
    ├── FileUnwritableError   stop   a file cannot be written
    ├── JournalError          stop   the journal cannot be read or written
    ├── EngineError           stop   the engine of durable runs failed
    ├── KeyDiffersError       stop   another key than this machine's was used for the journal
    ├── GroupFileError        stop   the file of what was said for a group cannot be read or written
    ├── FolderOccupiedError   stop   a folder that is to be filled holds something already
    ├── MapError              stop   a portal map is not well formed
    ├── HostRefusedError      stop   the page stands on a host where nothing may be typed
    ├── BrowserMissingError   stop   no browser was found
    ├── BrowserUnusableError  stop   the browser that the environment names does not run
    ├── BrowserAddressError   stop   what `--browser` names is no address, or everything typed could be read on the way
    ├── BrowserAwayError      retry  the browser that runs elsewhere does not answer
    ├── BrowserHiddenError    stop   the browser that runs elsewhere has no window, and a person has to see it
    ├── BrowserError          retry  the browser failed or closed
    ├── PageSilentError       retry  the page answered nothing any more, and was closed
    ├── PortalUnreachableError retry the portal did not answer before anything was pressed
    ├── PortalFailingError    stop   too many people in a row failed for technical reasons
    ├── PageChangedError      stop   a page is otherwise than the portal map says: nobody's data go into it
    ├── SessionLostError      retry  the portal has forgotten who signed in
    ├── PageUnexpectedError   ask    another page than the map tells is there
    ├── FieldError            ask    a field could not be filled
    │   ├── FieldNotFoundError     no control bears one of the field's labels
    │   ├── FieldAmbiguousError    several controls fit equally
    │   ├── OptionNotFoundError    the list has no such option
    │   ├── ListTooLongError       the list does not end
    │   ├── OptionAmbiguousError   several options fit equally
    │   ├── FieldLockedError       the control is disabled or read-only
    │   ├── FieldCoveredError      something else lies over the control
    │   ├── FileFieldError         the field takes a file
    │   ├── ValueLostError         the control shows nothing, though something was typed
    │   └── ValueRefusedError      the control shows something else than was typed
    ├── RefusedByPortalError  ask    the portal said no, in its own words
    ├── AnswerUnknownError    ask    pressed, and no answer came: look before anything else
    ├── LetterMissingError    ask    the awaited letter is not there
    ├── PasswordMissingError  ask    no new password came
    ├── PasswordUnknownError  ask    the mailed password was changed, and nobody said where the own one comes from
    ├── LinkExpiredError      ask    the confirmation link has expired
    ├── SkippedError          ask    the person at the screen left this one for another run
    ├── PressUnderWayError    ask    another run presses for the same person
    ├── PressLeftError        ask    a press was left open by an earlier run, and nobody knows whether it was made
    ├── OtherAccountError     ask    the account that is open is somebody else's
    ├── MailboxUnreachableError retry the mail server did not answer or failed
    ├── MailboxRefusedError   ask    the mail server does not take the user or the password
    ├── MailboxUnsafeError    stop   the connection to the mail server cannot be encrypted for the right server
    ├── MailboxPasswordError  ask    no password of the mailbox was given
    └── LetterCommandError    ask    the program that knows login and password did not tell them

Facts given to an error go into messages, logs and reports: they never hold a personal value.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar


class Remedy(StrEnum):
    """What an error asks for: two questions decide, can a person mend it, and may it be retried."""

    STOP = "stop"
    RETRY = "retry"
    ASK = "ask"


class NmoAutofillError(Exception):
    """An error with a message key (`code`), the facts for its sentence, and a remedy.

    Raises TypeError when one of the facts that its sentence needs is not given: better where the error is raised, with
    a traceback, than where somebody's outcome is told.
    """

    code: ClassVar[str]
    remedy: ClassVar[Remedy]
    needs: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, **facts: str) -> None:
        if missing := self.needs - facts.keys():
            message = f"{type(self).__name__} lacks {', '.join(sorted(missing))}"
            raise TypeError(message)
        super().__init__(self.code, facts)
        self.facts = facts


class UsageError(NmoAutofillError):
    """The command was called wrongly; `what` says how."""

    code = "error.usage"
    remedy = Remedy.STOP
    needs = frozenset({"what"})


class AddressRefusedError(NmoAutofillError):
    """The `address` is not a stand-in portal's on this computer."""

    code = "error.address_refused"
    remedy = Remedy.STOP
    needs = frozenset({"address"})


class PortalUnknownError(NmoAutofillError):
    """There is no portal map of the name, or in the file, `portal`; `known` lists the names."""

    code = "error.portal_unknown"
    remedy = Remedy.STOP
    needs = frozenset({"portal", "known"})


class StandInError(NmoAutofillError):
    """The stand-in portal did not start; `words` are its own."""

    code = "error.stand_in"
    remedy = Remedy.STOP
    needs = frozenset({"words"})


class FileUnwritableError(NmoAutofillError):
    """The file `path` cannot be written; `what` is the system's word for it."""

    code = "error.file_unwritable"
    remedy = Remedy.STOP
    needs = frozenset({"path", "what"})


class JournalError(NmoAutofillError):
    """The journal at `path` cannot be read or written; `what` is the system's or SQLite's word for it."""

    code = "error.journal"
    remedy = Remedy.STOP
    needs = frozenset({"path", "what"})


class EngineError(NmoAutofillError):
    """The engine of durable runs failed; `what` names its kind of failure, never a sentence of its own."""

    code = "error.engine"
    remedy = Remedy.STOP
    needs = frozenset({"what"})


class KeyDiffersError(NmoAutofillError):
    """The journal at `path` was begun with another key than the one in the file `key`."""

    code = "error.key_differs"
    remedy = Remedy.STOP
    needs = frozenset({"path", "key"})


class GroupFileError(NmoAutofillError):
    """The file `path` of what was said once for a group cannot be read or written; `what` says where or why."""

    code = "error.group_file"
    remedy = Remedy.STOP
    needs = frozenset({"path", "what"})


class FolderOccupiedError(NmoAutofillError):
    """The folder `path` is to be filled and holds something already."""

    code = "error.folder_occupied"
    remedy = Remedy.STOP
    needs = frozenset({"path"})


class MapError(NmoAutofillError):
    """A portal map is not well formed; `map` names it, `what` says where and why."""

    code = "error.map"
    remedy = Remedy.STOP
    needs = frozenset({"map", "what"})


class HostRefusedError(NmoAutofillError):
    """The page stands on a `host` where personal data may not be typed."""

    code = "error.host_refused"
    remedy = Remedy.STOP
    needs = frozenset({"host"})


class BrowserMissingError(NmoAutofillError):
    """No browser was found; `command` mends it."""

    code = "error.browser_missing"
    remedy = Remedy.STOP
    needs = frozenset({"command"})


class BrowserUnusableError(NmoAutofillError):
    """The browser at `path`, named by the environment's `variable`, does not run; no other is taken for it."""

    code = "error.browser_unusable"
    remedy = Remedy.STOP
    needs = frozenset({"path", "variable"})


class BrowserAddressError(NmoAutofillError):
    """No browser can be reached by this address, or not safely; `what` tells how it is written."""

    code = "error.browser_address"
    remedy = Remedy.STOP
    needs = frozenset({"what"})


class BrowserAwayError(NmoAutofillError):
    """The browser that runs already does not answer by its `protocol`."""

    code = "error.browser_away"
    remedy = Remedy.RETRY
    needs = frozenset({"protocol"})


class BrowserHiddenError(NmoAutofillError):
    """The browser that runs already has no window, where a person has to see what is typed."""

    code = "error.browser_hidden"
    remedy = Remedy.STOP


class BrowserError(NmoAutofillError):
    """The browser failed or closed; `kind` names Playwright's error class."""

    code = "error.browser"
    remedy = Remedy.RETRY
    needs = frozenset({"kind"})


class PageSilentError(NmoAutofillError):
    """The page answered nothing for long: a script of its own goes on and on. It was closed."""

    code = "error.page_silent"
    remedy = Remedy.RETRY


class PortalUnreachableError(NmoAutofillError):
    """The portal did not answer, and nothing had been pressed; `page` is its host."""

    code = "error.portal_unreachable"
    remedy = Remedy.RETRY
    needs = frozenset({"page"})


class PortalFailingError(NmoAutofillError):
    """As many people as `count` failed in a row for technical reasons: the rest is spared that."""

    code = "error.portal_failing"
    remedy = Remedy.STOP
    needs = frozenset({"count"})


class PageChangedError(NmoAutofillError):
    """The page named `page` is otherwise than the portal map says: the rest of the group would meet it, too."""

    code = "error.page_changed"
    remedy = Remedy.STOP
    needs = frozenset({"page"})


class SessionLostError(NmoAutofillError):
    """The sign-in page is there instead of `page`: the portal has forgotten who signed in."""

    code = "error.session_lost"
    remedy = Remedy.RETRY
    needs = frozenset({"page"})


class PageUnexpectedError(NmoAutofillError):
    """Another page than expected is there; `page` names the expected one."""

    code = "error.page_unexpected"
    remedy = Remedy.ASK
    needs = frozenset({"page"})


class FieldError(NmoAutofillError):
    """A field could not be filled; `field` is its key, `label` its first label.

    A control knows neither: who drives it gives its error the name on the way through. `options`: those of its list
    that may be meant, as a person reads them; of these one can be named by a person.
    """

    remedy = Remedy.ASK
    options: tuple[str, ...] = ()

    def __init__(self, *, field: str = "…", label: str = "…", **facts: str) -> None:
        super().__init__(field=field, label=label, **facts)

    def name(self, field: str, label: str) -> None:
        """Tell which field it is about."""
        self.facts.update(field=field, label=label)


class FieldNotFoundError(FieldError):
    """No control bears one of the field's labels; `candidates`: the nearest labels of what no other field is."""

    code = "error.field_not_found"

    def __init__(self, *, candidates: str = "–", **facts: str) -> None:
        super().__init__(candidates=candidates, **facts)


class FieldAmbiguousError(FieldError):
    """Several controls fit equally; `candidates` lists their labels."""

    code = "error.field_ambiguous"
    needs = frozenset({"candidates"})


class OptionNotFoundError(FieldError):
    """The list has no such option; `candidates` lists the nearest ones."""

    code = "error.option_not_found"
    needs = frozenset({"candidates"})


class ListTooLongError(FieldError):
    """A list that shows a part of itself was wound on and on, and did not end; `count`: how many options were seen."""

    code = "error.list_too_long"
    needs = frozenset({"count"})


class OptionAmbiguousError(FieldError):
    """Several options fit equally; `candidates` lists them."""

    code = "error.option_ambiguous"
    needs = frozenset({"candidates"})


class FieldLockedError(FieldError):
    """The control is disabled or read-only."""

    code = "error.field_locked"


class FieldCoveredError(FieldError):
    """Something else lies over the control; `cover` are its first words."""

    code = "error.field_covered"
    needs = frozenset({"cover"})


class FileFieldError(FieldError):
    """The field takes a file: those are for the person to attach."""

    code = "error.file_field"


class ValueLostError(FieldError):
    """The control shows nothing, though something was typed into it."""

    code = "error.value_lost"


class ValueRefusedError(FieldError):
    """The control shows something else than was typed, or took no input; `shown`: what can be told of that."""

    code = "error.value_refused"

    def __init__(self, *, shown: str = "…", **facts: str) -> None:
        super().__init__(shown=shown, **facts)


class RefusedByPortalError(NmoAutofillError):
    """The portal said no; `words` are its own, masked."""

    code = "error.refused_by_portal"
    remedy = Remedy.ASK
    needs = frozenset({"words"})


class AnswerUnknownError(NmoAutofillError):
    """Pressed, and no answer came; `page` names the page."""

    code = "error.answer_unknown"
    remedy = Remedy.ASK
    needs = frozenset({"page"})


class LetterMissingError(NmoAutofillError):
    """The letter with the confirmation link, or the one with login and password, is not there.

    `deadline`: until when the link is valid, a dash when nobody knows.
    """

    code = "error.letter_missing"
    remedy = Remedy.ASK
    needs = frozenset({"deadline"})


class PasswordMissingError(NmoAutofillError):
    """No new password came from the `program`; `what` tells its exit code or kind of failure, never what it said."""

    code = "error.password_missing"
    remedy = Remedy.ASK
    needs = frozenset({"program", "what"})


class PasswordUnknownError(NmoAutofillError):
    """The account has a password of its own instead of the mailed one, and no source of it was named."""

    code = "error.password_unknown"
    remedy = Remedy.ASK


class LinkExpiredError(NmoAutofillError):
    """The confirmation link of the letter is no longer valid: it lives for one day (official-2024)."""

    code = "error.link_expired"
    remedy = Remedy.ASK


class SkippedError(NmoAutofillError):
    """The person at the screen left this one for another run."""

    code = "error.skipped"
    remedy = Remedy.ASK


class PressUnderWayError(NmoAutofillError):
    """Another run presses for the same person, and nobody knows yet what comes of it."""

    code = "error.press_under_way"
    remedy = Remedy.ASK


class PressLeftError(NmoAutofillError):
    """An earlier run left a press open that a look cannot decide on: the person is warned before it is made again."""

    code = "error.press_left"
    remedy = Remedy.ASK


class OtherAccountError(NmoAutofillError):
    """The account that is open shows another СНИЛС than the profile has."""

    code = "error.other_account"
    remedy = Remedy.ASK


class MailboxUnreachableError(NmoAutofillError):
    """The mail server `host` did not answer or failed; `what` names the kind of failure, never what the server said."""

    code = "error.mailbox_unreachable"
    remedy = Remedy.RETRY
    needs = frozenset({"host", "what"})


class MailboxRefusedError(NmoAutofillError):
    """The mail server `host` does not take the user or the password of the mailbox."""

    code = "error.mailbox_refused"
    remedy = Remedy.ASK
    needs = frozenset({"host"})


class MailboxUnsafeError(NmoAutofillError):
    """Nothing was said to the mail server `host`: `what` tells what its encryption or its certificate lacks."""

    code = "error.mailbox_unsafe"
    remedy = Remedy.STOP
    needs = frozenset({"host", "what"})


class MailboxPasswordError(NmoAutofillError):
    """No password of the mailbox on `host` was given; `what` tells where it was looked for, or how that failed."""

    code = "error.mailbox_password"
    remedy = Remedy.ASK
    needs = frozenset({"host", "what"})


class LetterCommandError(NmoAutofillError):
    """The `program` told no login and password; `what` is its exit code or kind of failure, never what it said."""

    code = "error.letter_command"
    remedy = Remedy.ASK
    needs = frozenset({"program", "what"})


RETRYABLE = frozenset(error.code for error in NmoAutofillError.__subclasses__() if error.remedy is Remedy.RETRY)
"""The codes of technical errors, which another attempt may not meet again."""
