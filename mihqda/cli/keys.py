"""Single keys and typed lines from a terminal."""

from __future__ import annotations

import codecs
import os
import sys
from typing import Any, Protocol, Self

from mihqda.errors import InputError

ESCAPE, ENTER, ERASE = "\x1b", "\n", "\x7f"


class Typed(Protocol):
    """Where keys and lines come from."""

    def key(self) -> str:
        """Return the next key; "" where there will be no more."""
        ...

    def line(self, prompt: str, begun: str = "") -> str | None:
        """Return a typed line without white space at its ends; None if it was given up.

        `begun` was typed before: the line begins with it.
        """
        ...


class Keyboard:
    """Keys and lines of the person at the terminal; a context manager that leaves the terminal as it was.

    In between the terminal hands over keys at once and does not show them; ctrl-C still interrupts, and what was typed
    ahead is kept.

    Parameters
    ----------
    what, instead
        For the message: what needs a terminal, and what to do without one.

    Raises
    ------
    InputError
        If input or output is no terminal, so that nobody can be asked.
    """

    def __init__(self, what: str, instead: str) -> None:
        streams = (sys.stdin, sys.stdout)
        if any(one is None or one.closed or not one.isatty() for one in streams):
            raise InputError(f"{what} needs a terminal to type at; without one: {instead}")
        self._before: list[Any] | None = None
        self._ahead: list[str] = []
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def __enter__(self) -> Self:
        if sys.platform != "win32":
            import termios
            import tty

            terminal = sys.stdin.fileno()
            self._before = termios.tcgetattr(terminal)
            tty.setcbreak(terminal, termios.TCSANOW)  # not TCSAFLUSH: it throws away what was typed ahead
        return self

    def __exit__(self, *exc: object) -> None:
        if sys.platform != "win32" and self._before is not None:
            import termios

            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, self._before)

    def key(self) -> str:
        """Return one key; a single escape for arrows and the like, which have no meaning here."""
        key = _windows_key() if sys.platform == "win32" else self._posix_key()
        return {"\r": ENTER, "\b": ERASE, "\x04": "", "\x1a": ""}.get(key, key)

    def line(self, prompt: str, begun: str = "") -> str | None:
        """Return what is typed until Enter, after what was typed before; None after Escape."""
        from rich.cells import cell_len

        print(prompt + begun, end="", flush=True)
        typed = begun
        while (key := self.key()) not in (ENTER, ESCAPE, ""):
            if key == ERASE:
                wide = cell_len(typed[-1:])
                typed = typed[:-1]
                print("\b" * wide + " " * wide + "\b" * wide, end="", flush=True)
            elif key.isprintable():
                typed += key
                print(key, end="", flush=True)
        print()
        return typed.strip() if key == ENTER else None

    def _posix_key(self) -> str:
        if self._ahead:
            return self._ahead.pop()
        key = self._read()
        if key != ESCAPE or not self._is_more():
            return key
        following = self._read()
        if following not in ("[", "O"):  # somebody typed on after Escape
            self._ahead.append(following)
        else:  # an arrow or the like: up to its last character
            while self._is_more() and not "@" <= self._read() <= "~":
                pass
        return ESCAPE

    def _read(self) -> str:
        while byte := os.read(sys.stdin.fileno(), 1):
            key = self._decoder.decode(byte)
            if key:
                return key
        return ""

    def _is_more(self) -> bool:
        import select

        return bool(select.select([sys.stdin.fileno()], [], [], 0.02)[0])


def _windows_key() -> str:
    import msvcrt

    key = str(msvcrt.getwch())  # type: ignore[attr-defined,unused-ignore]
    if key in ("\x00", "\xe0"):
        msvcrt.getwch()  # type: ignore[attr-defined,unused-ignore]
        return ESCAPE
    if key == "\x03":
        raise KeyboardInterrupt
    return key
