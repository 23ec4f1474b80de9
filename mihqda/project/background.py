"""Work beside a person's: threads that compute, never touch the study, and stop when asked."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Event, Thread
from typing import Any, TypeVar

T = TypeVar("T")

PATIENCE = 30.0
"""Seconds that `close` waits. What goes on for longer is left alone: it holds nothing, and ends with the program."""


class StoppedError(Exception):
    """The work was called off."""


class Background:
    """Threads of one session; `close` ends them all."""

    def __init__(self) -> None:
        self._threads: list[Thread] = []
        self._is_closed = Event()

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Start some work and return its future."""
        future: Future[T] = Future()
        thread = Thread(target=self._run, args=(work, future), name="mihqda-background", daemon=True)
        self._threads = [one for one in self._threads if one.is_alive()]
        self._threads.append(thread)
        thread.start()
        return future

    def check(self, *_: Any) -> None:
        """Stop the work that calls this, if it was called off; it fits where progress is told.

        Raises
        ------
        StoppedError
            After `close`.
        """
        if self._is_closed.is_set():
            raise StoppedError("called off")

    def close(self, patience: float = PATIENCE) -> None:
        """Call off what still runs and wait for its end; it stops where it calls `check` next."""
        self._is_closed.set()
        for thread in self._threads:
            thread.join(patience)

    def _run(self, work: Callable[[], T], future: Future[T]) -> None:
        try:
            self.check()
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)
