"""The root of all commands: finds them in the folder, and is the one place where errors become messages.

Exit status: 0 done, 1 failure, 2 wrong use, 130 interrupted (Ctrl-C), 141 nobody reads the output any more (| head).
"""

from __future__ import annotations

import os
import sys
import traceback
from importlib import import_module
from typing import Any, NoReturn, cast

import click

from kg.errors import KgError

_INTERRUPTED = 130
_NO_READER = 141
_HELP: tuple[type[click.ClickException], ...] = tuple(
    filter(None, [getattr(click.exceptions, "NoArgsIsHelpError", None)])  # from click 8.2 on; before, click prints it
)


class Commands(click.Group):
    """The commands whose modules lie in this folder; a name with an underscore is no command."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order in which one comes to need them."""
        found = {name[:-3] for name in os.listdir(os.path.dirname(__file__)) if name.endswith(".py")}
        return sorted((name for name in found if not name.startswith("_")), key=lambda name: (_rank(name), name))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, None if there is none."""
        if cmd_name not in self.list_commands(ctx):
            return None
        return cast(click.Command, import_module(f"kg.cli.{cmd_name}").command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names.  Raises UsageError with the nearest names."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            from kg.query.near import nearest

            ctx.fail(f"no command is called “{args[0]}”; {nearest(args[0], self.list_commands(ctx))}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an interruption and a reader who has gone are no errors."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except KeyboardInterrupt:
            click.echo("kg: interrupted", err=True)
            ctx.exit(_INTERRUPTED)
        except BrokenPipeError:
            _silence_stdout()
            ctx.exit(_NO_READER)
        return result

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run with the arguments given (else those of the process), and exit."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):  # a locale without Chinese must not end in an error
                stream.reconfigure(errors="replace")
        state: dict[str, bool] = {}
        extra |= {"prog_name": "kg", "standalone_mode": False, "obj": state}
        sys.exit(_guarded(lambda: super(Commands, self).main(*args, **extra), state))


def _rank(name: str) -> int:
    order = (
        "build",
        "query",
        "queries",
        "find",
        "show",
        "path",
        "top",
        "repeats",
        "names",
        "same",
        "different",
        "view",
        "explain",
        "export",
        "check",
        "score",
    )
    return order.index(name) if name in order else len(order)


def _guarded(run: Any, state: dict[str, bool]) -> int:
    """The exit status of `run`; errors that the user can mend are told in one line."""
    try:
        result = run()
    except (click.ClickException, click.Abort, KgError, OSError) as error:
        if state.get("verbose"):
            traceback.print_exc()
        _tell(error)
        return _status(error)
    return result if isinstance(result, int) else 0


def _status(error: Exception) -> int:
    if isinstance(error, click.Abort):
        return _INTERRUPTED
    return int(getattr(error, "exit_status", getattr(error, "exit_code", 1)))


def _tell(error: Exception) -> None:
    """The error in one line, on a terminal also what a bad query underlines; of a lone `kg` the help, as it is."""
    if isinstance(error, _HELP):
        click.echo(error.format_message(), err=True)
        return
    message = " ".join(_message(error).split())
    click.echo(f"kg: {message}", err=True)
    underlined = getattr(error, "underlined", None)
    if underlined and error.__dict__.get("line") and sys.stderr.isatty():
        click.echo(underlined(), err=True)


def _message(error: Exception) -> str:
    if isinstance(error, click.Abort):
        return "interrupted"
    if isinstance(error, click.UsageError):
        where = error.ctx.command_path if error.ctx else "kg"
        return f"{error.format_message().rstrip('.')}; see {where} --help"
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error)


def _silence_stdout() -> None:
    """Nobody reads: what is still in the buffer goes nowhere, without a complaint when Python ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return  # no real stream, as in a test
