"""Run the web application on this machine until it is stopped."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import uvicorn

from mihqda.errors import InputError
from mihqda.project import Project
from mihqda.web.app import create_app

DEFAULT_PORT = 8765
PATIENCE = 1.5
"""Seconds that a write waits for another program; all pages wait with it, so it is short, and may be retried."""


def run_server(
    path: Path,
    *,
    coder: str = "",
    port: int | None = None,
    is_blind: bool = False,
    open_browser: bool = True,
    say: Callable[[str], None] = print,
) -> None:
    """Serve a study to the browser of this machine until Ctrl-C; then close it, whole.

    Parameters
    ----------
    port
        Where to listen; None for 8765, or any free port if that is taken.

    Raises
    ------
    StudyError
        If the study cannot be opened.
    InputError
        If the port is taken.
    """
    with Project.open(path, patience=PATIENCE) as project, listen(port) as listener:
        number = int(listener.getsockname()[1])
        token, ticket = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        if project.desk().margin.has_any():
            import mihqda.suggest.order  # noqa: F401 - loads pandas now, not under the first coder's hands
        app = create_app(
            project,
            token=token,
            ticket=ticket,
            coder=coder,
            is_blind=is_blind,
            hosts=hosts_of(number),
            cookie=f"mihqda_token_{number}",
        )
        # No access log: addresses hold ids of transcripts, and nobody asked for a log.
        config = uvicorn.Config(
            app, log_config=None, access_log=False, ws="none", lifespan="off", server_header=False,
            proxy_headers=False, timeout_graceful_shutdown=2,
        )  # fmt: skip
        logger = logging.getLogger("uvicorn.error")
        logger.setLevel(logging.WARNING)
        # Whatever knocks at the port, a port scan say, is answered with 400; it tells the coder nothing.
        logger.addFilter(lambda record: "Invalid HTTP request" not in record.getMessage())
        address = f"http://127.0.0.1:{number}/start?token={token}"
        say(f"{path.name} is open at {address}")
        say("It can be reached from this machine only. Stop it with Ctrl-C.")
        server = uvicorn.Server(config)
        if open_browser:
            # The address of a program's start can be read by everybody on the machine, so this one opens once only.
            once = f"http://127.0.0.1:{number}/start?token={ticket}"
            threading.Thread(target=webbrowser.open, args=(once,), daemon=True).start()
        # uvicorn hands a signal on once it has stopped; ending as on Ctrl-C, the study is closed, whole.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
        app.state.refit.stop()
    say(f"stopped; {path.name} is closed and whole")


def listen(port: int | None) -> socket.socket:
    """Return a socket that listens on this machine alone.

    Raises
    ------
    InputError
        If that port is taken.
    """
    for number in (DEFAULT_PORT, 0) if port is None else (port,):
        # Named as TCP, else asyncio leaves Nagle's delay on and every answer takes 40 ms longer.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        if (
            os.name == "posix"
        ):  # a server started anew gets its address back at once; elsewhere this means another thing
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", number))
        except OSError:
            listener.close()
            continue
        listener.listen(128)  # taken from now on; who comes before the server runs waits a moment
        return listener
    raise InputError(f"port {port} is taken or not allowed: choose another (--port), or leave it out")


def hosts_of(port: int) -> tuple[str, ...]:
    """Return the Host headers that name a port of this machine."""
    return (f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}")
