"""Work beside a person's: threads that compute, never touch the study, and stop when asked."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")


class StoppedError(BaseException):
    """The work was called off. No Exception, so that nothing on the way takes it for a failure to mend."""


class Background:
    """Threads of one session; `close` ends them all."""

    def __init__(self) -> None:
        self._running: list[tuple[Thread, Future[Any]]] = []

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Start some work and return its future."""
        future: Future[T] = Future()
        thread = Thread(target=_run, args=(work, future), name="mihqda-background", daemon=True)
        self._running = [(one, result) for one, result in self._running if one.is_alive()]
        self._running.append((thread, future))
        thread.start()
        return future

    def close(self) -> None:
        """Call off what still runs and wait for its end."""
        for thread, future in self._running:
            if thread.is_alive() and not future.done():
                # A suggester that learns, a plug-in perhaps, looks at no flag; it holds nothing that could break.
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(thread.ident or 0), ctypes.py_object(StoppedError)
                )
        for thread, _ in self._running:
            thread.join()


def _run(work: Callable[[], T], future: Future[T]) -> None:
    try:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)
    except StoppedError:  # it came between the end of the work and here
        pass
