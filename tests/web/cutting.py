"""Kill a server with SIGKILL while codings rain on it; every confirmed one has to be there afterwards."""

from __future__ import annotations

import threading
from pathlib import Path

import httpx
from serving import Server

from mihqda import Project


def kill_during_codings(study: Path, seconds: float, *, first: int = 0, most: int = 1000) -> tuple[int, int]:
    """Apply codes as fast as the server confirms them, kill it after some time, and look at what is left.

    Parameters
    ----------
    seconds
        From the first confirmed coding to the kill.
    first, most
        Number of the first coding, and how many at most: each is of another place.

    Returns
    -------
    tuple of int
        How many were confirmed, and how many stand in the study beyond these (at most the one on its way).
    """
    with Project.open(study) as project:
        before = {one.id for one in project.desk().codings("T")}
    server = Server(study, "--coder", "anna")
    timer = threading.Timer(seconds, server.process.kill)
    confirmed = set()
    try:
        for number in range(first, first + most):
            body = {
                "id": f"{number:012x}",
                "transcript": "T",
                "start": 4 + number * 3,
                "end": 9 + number * 3,
                "code": "a",
            }
            answer = server.client.post("/api/codings", json={**body, "memo": f"note {number}"})
            assert answer.status_code == 201, answer.text
            confirmed.add(answer.json()["id"])
            if len(confirmed) == 1:
                timer.start()
    except httpx.TransportError:
        pass
    finally:
        timer.cancel()
        server.kill()
    with Project.open(study) as project:
        faults = project.verify()
        assert faults == (), faults
        left = {one.id for one in project.desk().codings("T")} - before
    lost = confirmed - left
    assert not lost, f"{len(lost)} confirmed codings are lost"
    return len(confirmed), len(left - confirmed)
