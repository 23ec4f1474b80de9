import io
import os
import sys
import termios
from collections.abc import Iterator

import pytest

from mihqda.cli.keys import ENTER, ESCAPE, Keyboard
from mihqda.errors import InputError


class Terminal:
    """A terminal whose near end is this process; what is written to the far end was typed."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.far, self._near = os.openpty()
        self._patch = patch
        self._stream: io.TextIOWrapper | None = None

    def keyboard(self, typed: str) -> Keyboard:
        # Only in the test itself: pytest puts its own streams in place before.
        raw = os.fdopen(os.dup(self._near), "r+b", buffering=0)
        self._stream = io.TextIOWrapper(raw, encoding="utf-8", write_through=True)
        self._patch.setattr(sys, "stdin", self._stream)
        self._patch.setattr(sys, "stdout", self._stream)
        os.write(self.far, typed.encode())
        return Keyboard("it", "do that")

    def close(self) -> None:
        self._patch.undo()
        if self._stream is not None:
            self._stream.close()
        os.close(self._near)
        os.close(self.far)

    @property
    def modes(self) -> list[object]:
        return termios.tcgetattr(self._near)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    one = Terminal(monkeypatch)
    yield one
    one.close()


def test_keys_come_one_by_one_however_fast_they_are_typed(terminal: Terminal) -> None:
    with terminal.keyboard("aé会\r") as keyboard:
        assert [keyboard.key() for _ in range(4)] == ["a", "é", "会", ENTER]


def test_arrows_are_one_escape_and_swallow_nothing_behind_them(terminal: Terminal) -> None:
    with terminal.keyboard("\x1b[Aa\x1bOBb\x1b[3~c\x1bd") as keyboard:
        assert [keyboard.key() for _ in range(8)] == [ESCAPE, "a", ESCAPE, "b", ESCAPE, "c", ESCAPE, "d"]


def test_a_line_can_be_mended_and_given_up(terminal: Terminal) -> None:
    with terminal.keyboard("") as keyboard:
        os.write(terminal.far, "wor会\x7f\x7fok \nabc\x1b\x7f\nhalf".encode())
        assert keyboard.line("code: ") == "wook"
        assert keyboard.line("code: ") is None
        assert keyboard.line("code: ") == ""
        os.write(terminal.far, b"\x04")
        assert keyboard.line("code: ") is None
        assert os.read(terminal.far, 1000).startswith(b"code: wor\xe4\xbc\x9a\b\b  \b\b\b \b")


def test_the_terminal_is_left_as_it_was_whatever_happens(terminal: Terminal) -> None:
    before = terminal.modes
    with pytest.raises(KeyboardInterrupt), terminal.keyboard("a"):
        assert not int(terminal.modes[3]) & termios.ECHO  # type: ignore[call-overload]
        raise KeyboardInterrupt
    assert terminal.modes == before


def test_without_a_terminal_there_is_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in (io.StringIO(), None):
        monkeypatch.setattr(sys, "stdin", stream)
        with pytest.raises(InputError, match="a review needs a terminal to type at; without one: list it"):
            Keyboard("a review", "list it")
