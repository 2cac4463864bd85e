"""Help and complaints of the command line, in the person's language."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from rich.console import Group as Stack
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from typer import BadParameter
from typer._click.exceptions import BadOptionUsage, MissingParameter, NoArgsIsHelpError, NoSuchOption, UsageError
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from nmo_autofill.texts import LANGUAGES, Language, Texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType
    from typer import TyperException
    from typer._click import Command as AnyCommand
    from typer._click import Context, HelpFormatter

    from nmo_autofill.terminal import Shared

_LANGUAGE_OPTION = "--lang"


class Command(TyperCommand):
    """A command whose help is in the person's language."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002 (rich prints at once)
        """Print the help."""
        _show_help(ctx)


class Group(TyperGroup):
    """A group of commands whose help is in the person's language."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002 (rich prints at once)
        """Print the help."""
        _show_help(ctx)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, AnyCommand | None, list[str]]:
        """Return the command that the first argument names. Raises NoSuchCommandError."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            raise NoSuchCommandError(args[0], get_close_matches(args[0], self.commands), ctx)
        return super().resolve_command(ctx, args)


class NoSuchCommandError(UsageError):
    """There is no command of this name."""

    def __init__(self, name: str, near: Sequence[str], context: Context) -> None:
        super().__init__(name, context)
        self.near = near


def take_language(arguments: Sequence[str]) -> tuple[Language, list[str]]:
    """Take `--lang` out of the arguments, wherever it stands: the help itself must be in that language.

    An unknown language stays among the arguments, for the command line to complain of.
    """
    chosen: Language = "ru"
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        name, sign, value = argument.partition("=")
        if name != _LANGUAGE_OPTION:
            rest.append(argument)
            continue
        value = value if sign else next(waiting, "")
        known = next((language for language in LANGUAGES if language == value), None)
        if known is None:
            return chosen, [_LANGUAGE_OPTION, value]
        chosen = known
    return chosen, rest


def in_language(command: AnyCommand, texts: Texts) -> AnyCommand:
    """Put sentences in the place of the message keys of a command, its parameters and its subcommands."""
    command.help = texts(command.help) if command.help else None
    for parameter in command.params:
        if isinstance(parameter, TyperArgument | TyperOption):
            parameter.help = texts(parameter.help) if parameter.help else None
            if parameter.metavar and parameter.metavar in texts:
                parameter.metavar = texts(parameter.metavar)
    for below in getattr(command, "commands", {}).values():
        in_language(below, texts)
    return command


def complaint(wrong: TyperException, texts: Texts) -> str:
    """Return what is wrong with the call, how it is meant, and where help is; empty when help was shown already."""
    if not isinstance(wrong, UsageError) or isinstance(wrong, NoArgsIsHelpError):
        return ""
    if wrong.ctx is None:  # the parser's own complaints
        return _sentence(wrong, texts)
    help_command = f"{wrong.ctx.command_path} --help"
    return "\n".join((_sentence(wrong, texts), _usage(wrong.ctx, texts), texts("cli.wrong.help", command=help_command)))


def _sentence(wrong: UsageError, texts: Texts) -> str:
    match wrong:
        case NoSuchCommandError(message=name, near=near):
            said = texts("cli.wrong.command", command=name), near
        case NoSuchOption(option_name=name, possibilities=near):
            said = texts("cli.wrong.option", option=name), sorted(near or ())
        case MissingParameter(param=TyperArgument() | TyperOption() as parameter):
            said = texts("cli.wrong.missing", what=_called(parameter)), ()
        case BadParameter(param=TyperArgument() | TyperOption() as parameter):
            said = texts("cli.wrong.value", what=_called(parameter)), ()
        case BadOptionUsage(option_name=name):
            said = texts("cli.wrong.option_usage", option=name), ()
        case _:
            said = texts("cli.wrong.extra"), ()
    sentence, near = said
    return f"{sentence} {texts('cli.wrong.near', near=', '.join(near))}" if near else sentence


def _show_help(context: Context) -> None:
    shared: Shared = context.find_root().obj
    shared.terminal.show(Stack(*_help(context, shared.terminal.texts)))


def _help(context: Context, texts: Texts) -> Iterator[RenderableType]:
    command = context.command
    yield Text(_usage(context, texts), style="bold")
    yield Padding(Text(command.help or ""), (1, 2))
    arguments = [(_called(one), one.help or "") for one in command.params if isinstance(one, TyperArgument)]
    options = [(_called(one), _described(one, texts)) for one in command.params if isinstance(one, TyperOption)]
    options.append(("--help", texts("cli.option.help")))
    commands = [(name, (one.help or "").partition("\n")[0]) for name, one in getattr(command, "commands", {}).items()]
    for title, rows in (
        (texts("cli.panel.commands"), commands),
        (texts("cli.panel.arguments"), arguments),
        (texts("cli.panel.options"), options),
    ):
        if rows:
            yield Text(title, style="bold")
            yield _listed(rows)


def _listed(rows: Sequence[tuple[str, str]]) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="cyan", max_width=30)
    table.add_column()
    for name, what in rows:
        table.add_row(Text(name), Text(what))
    return Padding(table, (0, 2, 1, 2))


def _usage(context: Context, texts: Texts) -> str:
    arguments = [_called(one) for one in context.command.params if isinstance(one, TyperArgument)]
    commands = [texts("cli.usage.command")] if isinstance(context.command, TyperGroup) else []
    return " ".join((texts("cli.usage"), context.command_path, *commands, *arguments, texts("cli.usage.options")))


def _called(parameter: TyperArgument | TyperOption) -> str:
    """Return what stands on the command line: `PATH…`, `--headed`, `--until registered|admitted|cycle`."""
    if isinstance(parameter, TyperArgument):
        return parameter.metavar or parameter.name
    return " ".join((*parameter.opts, *filter(None, [parameter.metavar])))


def _described(option: TyperOption, texts: Texts) -> str:
    if option.required:
        return f"{option.help} {texts('cli.option.required')}"
    if option.default in {None, False}:
        return option.help or ""
    return f"{option.help} {texts('cli.option.default', default=option.default)}"
