"""`mihqda serve` as a process of its own, and a client for it; for tests, benchmarks and campaigns."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx

ROOT = Path(__file__).parent.parent.parent


class Server:
    """A running server: its process, its address, and a client that has come in by the token."""

    def __init__(self, study: Path, *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mihqda", "serve", str(study), "--no-browser", *options],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline()
        found = re.search(r"http://\S+", self.said)
        assert found, self.said + self.process.stdout.read()
        self.said += self.process.stdout.readline()  # else it would stay behind in the buffer of this line
        self.start = found[0]
        parts = urlsplit(self.start)
        self.address = f"http://{parts.netloc}"
        self.client = httpx.Client(base_url=self.address, headers={"origin": self.address}, timeout=30)
        for _ in range(100):
            try:
                assert self.client.get(self.start).status_code == 303
                break
            except httpx.ConnectError:
                continue

    def stop(self) -> str:
        """End it as Ctrl-C does; return what it said."""
        self.client.close()
        self.process.terminate()
        out, _ = self.process.communicate(timeout=20)
        return self.said + out

    def kill(self) -> None:
        """End it as a power cut does."""
        self.process.kill()
        self.process.communicate()
        self.client.close()


@contextmanager
def serving(study: Path, *options: str) -> Iterator[Server]:
    """Run a server for the length of a block."""
    server = Server(study, *options)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.stop()
