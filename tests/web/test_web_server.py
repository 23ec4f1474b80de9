"""`mihqda serve` as a process of its own: starting, stopping, crashing, two at once."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from browsing import make_study
from cutting import kill_during_codings
from killing import prepare
from serving import ROOT, serving

from mihqda import Project
from mihqda.errors import InputError, PluginError
from mihqda.web.serve import hosts_of, listen


@pytest.fixture
def study(tmp_path: Path) -> Path:
    with make_study(tmp_path) as project:
        return project.path


def test_a_study_is_served_on_this_machine_alone_and_closed_whole(study: Path) -> None:
    with serving(study, "--coder", "anna") as server:
        port = int(server.address.rpartition(":")[2])
        assert server.address == f"http://127.0.0.1:{port}"
        body = {"transcript": "T1", "start": 13, "end": 20, "code": "time"}
        assert server.client.post("/api/codings", json=body).status_code == 201
        assert httpx.get(f"{server.address}/").status_code == 403
        assert httpx.get(f"http://localhost:{port}/").status_code == 403
        assert httpx.get(f"{server.address}/", headers={"host": "evil"}).status_code == 403
        with pytest.raises(OSError), socket.create_connection((_own_address(), port), timeout=1):
            pass
        said = server.stop()
    assert "Stop it with Ctrl-C" in said
    assert "closed and whole" in said
    assert "T1" not in said
    assert sorted(path.name for path in study.parent.glob("study.mihqda*")) == ["study.mihqda"]
    assert server.process.returncode == 0


def _own_address() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # nothing is sent: it tells the address that the network knows
        except OSError:
            return "127.0.0.2" if sys.platform != "linux" else "192.0.2.1"
        return str(probe.getsockname()[0])


def test_two_servers_serve_one_study_each_at_its_own_port(study: Path) -> None:
    with serving(study, "--coder", "anna") as one, serving(study, "--coder", "ben") as two:
        assert one.address != two.address
        body = {"transcript": "T1", "start": 13, "end": 20, "code": "time"}
        for server in (one, two):
            assert server.client.post("/api/codings", json=body).status_code == 201
        coders = [
            [row["coder"] for row in s.client.get("/api/transcripts/T1/codings").json()["codings"]]
            for s in (one, two)
        ]
        assert coders == [["anna", "ben"], ["anna", "ben"]]
        # A browser sends the cookies of both to both: cookies know no port.
        both = "; ".join(f"{name}={value}" for s in (one, two) for name, value in s.client.cookies.items())
        for server in (one, two):
            assert httpx.get(f"{server.address}/api/study", headers={"cookie": both}).status_code == 200
        assert two.client.post("/api/undo", json={}).status_code == 200
        changes = one.client.get("/api/changes?since=0").json()["changes"]
        assert (changes[-1]["who"], changes[-1]["kind"]) == ("ben", "undo")


def test_every_confirmed_coding_survives_a_kill(tmp_path: Path) -> None:
    confirmed, on_the_way = kill_during_codings(prepare(tmp_path), 0.4)
    assert confirmed > 0
    assert on_the_way <= 1


def test_a_port_that_is_taken_is_said_or_another_is_found() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"port {number} is taken"):
            listen(number)
        with listen(None) as listener:
            assert listener.getsockname()[0] == "127.0.0.1"
            assert listener.getsockname()[1] not in (0, number)


def test_a_port_is_taken_as_soon_as_it_is_asked_for() -> None:
    with listen(None) as one:
        number = one.getsockname()[1]
        with pytest.raises(InputError, match="is taken"):
            listen(number)


def test_hosts_are_the_names_of_this_machine() -> None:
    assert hosts_of(80) == ("127.0.0.1:80", "localhost:80", "[::1]:80")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.mihqda"], "there is no such study"),
        (["study.mihqda", "--port", "0"], "0 is not in the range"),
        (["people.csv"], "is no mihqda study"),
    ],
)
def test_what_cannot_be_served_is_said_in_a_sentence(study: Path, arguments: list[str], said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mihqda", "serve", *arguments, "--no-browser"],
        capture_output=True, text=True, cwd=study.parent, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_without_the_extra_the_command_says_what_to_install(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mihqda.cli.serve import serve

    for name in [name for name in sys.modules if name.startswith("mihqda.web")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(PluginError, match=r"pip install 'mihqda\[web\]'"):
        serve.main([str(study)], standalone_mode=False)


def test_the_help_does_not_load_the_web() -> None:
    code = (
        "from mihqda.cli.main import cli\n"
        "try: cli.main(['serve', '--help'], standalone_mode=False)\n"
        "except SystemExit: pass\n"
        "import sys; print(sorted({'fastapi', 'uvicorn', 'jinja2'} & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert out.stdout.splitlines()[-1] == "[]"


def test_a_server_does_not_keep_the_command_line_from_the_study(study: Path) -> None:
    with serving(study, "--coder", "anna") as server, Project.open(study) as project:
        project.code("T2", code="time", coder="ben", at=(24, 30))
        assert server.client.get("/api/transcripts/T2/codings").json()["codings"][0]["coder"] == "ben"
