"""Applying, changing and removing codings through the API."""

import threading
from pathlib import Path
from typing import Any

import pytest
from browsing import Browser, make_study, open_app, place_of

from mihqda import Project


def code(
    browser: Browser, project: Project, words: str = "The roles were unclear", **more: Any
) -> dict[str, Any]:
    answer = browser.post("/api/codings", {**place_of(project, "T1", words), "code": "roles", **more})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def test_a_code_applied_stands_under_the_coder_with_its_time_and_revision(
    anna: Browser, project: Project
) -> None:
    made = code(anna, project, valence="-", memo="see T2")
    assert (made["coder"], made["valence"], made["memo"], made["origin"]) == ("anna", "-", "see T2", "hand")
    assert anna.get("/api/transcripts/T1/codings").json()["codings"] == [made]
    (row,) = project.codings().itertuples(index=False)
    assert (row.coding, row.quote, row.coder) == (made["id"], "The roles were unclear", "anna")


def test_positions_are_code_points_behind_emoji_and_combining_characters(
    anna: Browser, project: Project
) -> None:
    made = code(anna, project, "at all.")
    assert list(project.codings()["quote"]) == ["at all."]
    turns = anna.get("/api/transcripts/T1").json()["turns"]
    turn = next(one for one in turns if one["start"] <= made["start"] < one["end"])
    assert turn["text"][made["start"] - turn["start"] : made["end"] - turn["start"]] == "at all."


def test_asking_again_with_the_same_id_never_codes_twice(anna: Browser, project: Project) -> None:
    body = {"id": "0123456789ab", **place_of(project, "T1", "nobody knew"), "code": "roles", "memo": "m"}
    first, again = anna.post("/api/codings", body), anna.post("/api/codings", body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    other = anna.post("/api/codings", {**body, "code": "time"})
    assert other.status_code == 409
    assert other.json()["current"] == first.json()
    assert len(project.codings()) == 1


def test_the_same_span_and_code_by_the_same_coder_is_a_conflict_that_shows_the_coding(
    anna: Browser, project: Project
) -> None:
    made = code(anna, project)
    again = anna.post("/api/codings", {**place_of(project, "T1", "The roles were unclear"), "code": "roles"})
    assert again.status_code == 409
    assert again.json()["current"] == made


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"start": 5, "end": 5}, "0 <= start < end"),
        ({"start": 9, "end": 5}, "0 <= start < end"),
        ({"end": 100_000}, "beyond transcript T1"),
        ({"start": 34, "end": 36}, "white space"),
        ({"code": "all"}, "container"),
        ({"code": "nothing"}, "no such code"),
        ({"code": "Time"}, "is it time?"),
        ({"transcript": "T9"}, "no transcript"),
    ],
)
def test_what_cannot_be_coded_is_refused_with_a_sentence(
    anna: Browser, project: Project, changes: dict[str, Any], said: str
) -> None:
    body = {"transcript": "T1", "start": 13, "end": 20, "code": "time", **changes}
    answer = anna.post("/api/codings", body)
    assert answer.status_code in (400, 404)
    assert said in answer.json()["error"]
    assert len(project.codings()) == 0


def test_a_retired_code_is_refused_from_the_moment_it_is_retired_elsewhere(
    anna: Browser, project: Project
) -> None:
    code(anna, project)
    with Project.open(project.path) as other:
        other.retire_code("time")
    answer = anna.post("/api/codings", {**place_of(project, "T1", "nobody knew"), "code": "time"})
    assert answer.status_code == 400
    assert "retired" in answer.json()["error"]


def test_a_coding_is_resized_recoded_and_annotated_in_place(anna: Browser, project: Project) -> None:
    made = code(anna, project, memo="first", valence="+")
    changed = anna.patch(
        f"/api/codings/{made['id']}", {"revision": made["revision"], "end": made["end"] - 8, "code": "time"}
    ).json()
    assert (changed["end"], changed["code"], changed["memo"]) == (made["end"] - 8, "time", "first")
    assert (changed["created"], changed["id"]) == (made["created"], made["id"])
    assert changed["revision"] != made["revision"]
    cleared = anna.patch(
        f"/api/codings/{made['id']}", {"revision": changed["revision"], "memo": "", "valence": ""}
    ).json()
    assert (cleared["memo"], cleared["valence"]) == ("", "")
    assert project.verify() == ()


def test_a_stale_revision_changes_nothing_and_shows_what_stands(anna: Browser, project: Project) -> None:
    made = code(anna, project)
    newer = anna.patch(f"/api/codings/{made['id']}", {"revision": made["revision"], "memo": "newer"}).json()
    for answer in (
        anna.patch(f"/api/codings/{made['id']}", {"revision": made["revision"], "memo": "older"}),
        anna.delete(f"/api/codings/{made['id']}?revision={made['revision']}"),
    ):
        assert answer.status_code == 409
        assert answer.json()["current"] == newer
    assert list(project.codings()["memo"]) == ["newer"]


def test_the_same_change_asked_for_twice_is_done_once(anna: Browser, project: Project) -> None:
    made = code(anna, project)
    body = {"revision": made["revision"], "memo": "said twice"}
    first, again = (anna.patch(f"/api/codings/{made['id']}", body) for _ in range(2))
    assert first.json() == again.json()
    assert len(project.history()) - 1 == project.history()["what"].str.startswith("change coding").idxmax()


def test_a_change_that_would_double_another_coding_is_refused(anna: Browser, project: Project) -> None:
    one, two = code(anna, project), code(anna, project, code="time")
    answer = anna.patch(f"/api/codings/{two['id']}", {"revision": two["revision"], "code": "roles"})
    assert answer.status_code == 409
    assert answer.json()["current"]["id"] == one["id"]


def test_only_its_own_coder_changes_or_removes_a_coding(anna: Browser, project: Project) -> None:
    made = code(anna, project)
    ben = Browser(open_app(project, coder="ben"))
    assert (
        ben.patch(f"/api/codings/{made['id']}", {"revision": made["revision"], "memo": "x"}).status_code
        == 403
    )
    assert ben.delete(f"/api/codings/{made['id']}?revision={made['revision']}").status_code == 403
    assert ben.get("/api/transcripts/T1/codings").json()["codings"] == [made]


def test_removing_twice_says_that_it_is_gone(anna: Browser, project: Project) -> None:
    made = code(anna, project)
    path = f"/api/codings/{made['id']}?revision={made['revision']}"
    assert anna.delete(path).json() == {"removed": made["id"]}
    assert anna.delete(path).status_code == 404


def test_nobody_codes_without_a_name(project: Project) -> None:
    reader = Browser(open_app(project))
    answer = reader.post("/api/codings", {**place_of(project, "T1", "nobody knew"), "code": "roles"})
    assert answer.status_code == 400
    assert "start page" in answer.json()["error"]


def test_a_coder_is_chosen_on_the_start_page_and_never_in_a_request(project: Project) -> None:
    browser = Browser(open_app(project))
    chosen = browser.post(
        "/coder",
        content=b"coder=+Ren%C3%A9e++B.+",
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert chosen.status_code == 303
    cookie = chosen.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert browser.get("/api/study").json()["coder"] == "Renée B."
    assert code(browser, project)["coder"] == "Renée B."
    answer = browser.post(
        "/api/codings", {**place_of(project, "T1", "nobody"), "code": "time", "coder": "ben"}
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("name", ["", "%20", "a" * 81, "a%00b"])
def test_a_name_that_is_none_is_refused_on_the_start_page(project: Project, name: str) -> None:
    browser = Browser(open_app(project))
    answer = browser.post("/coder", content=f"coder={name}".encode())
    assert answer.status_code == 400
    assert "set-cookie" not in answer.headers


# ---- undo and redo


def test_undo_takes_back_this_coders_own_last_action_beside_the_work_of_others(
    anna: Browser, project: Project
) -> None:
    code(anna, project)
    ben = Browser(open_app(project, coder="ben"))
    code(ben, project)
    assert anna.post("/api/undo").json()["what"].startswith("code T1")
    assert list(project.codings()["coder"]) == ["ben"]
    assert anna.post("/api/redo").status_code == 200
    assert sorted(project.codings()["coder"]) == ["anna", "ben"]
    assert anna.post("/api/redo").json()["error"] == "there is nothing of yours to redo"


def test_undo_and_redo_name_the_action_the_code_and_the_transcript(anna: Browser, project: Project) -> None:
    made = code(anna, project)
    changes: list[dict[str, Any]] = [
        {"memo": "m"},
        {"valence": "+"},
        {"end": made["end"] - 1},
        {"code": "load"},
    ]
    for change in changes:
        made = anna.patch(f"/api/codings/{made['id']}", {"revision": made["revision"], **change}).json()
    anna.delete(f"/api/codings/{made['id']}?revision={made['revision']}")
    anna.post("/api/codes", {"name": "New one", "codebook": "study"})
    told = [anna.post("/api/undo").json() for _ in range(7)]
    name = project.desk().content.codes()["roles"].name
    assert [one["message"] for one in told] == [
        "Undone: new code (New one)",
        "Undone: removal of a coding in T1 (Load)",
        "Undone: recoding in T1 (Load)",
        f"Undone: new bounds of a coding in T1 ({name})",
        f"Undone: valence of a coding in T1 ({name})",
        f"Undone: memo of a coding in T1 ({name})",
        f"Undone: coding in T1 ({name})",
    ]
    assert [one["transcript"] for one in told] == ["", *["T1"] * 6]
    assert anna.post("/api/redo").json()["message"] == f"Done again: coding in T1 ({name})"


def test_every_action_can_be_undone_to_the_start_also_after_a_restart(
    anna: Browser, project: Project
) -> None:
    made = code(anna, project)
    changed = anna.patch(f"/api/codings/{made['id']}", {"revision": made["revision"], "memo": "m"}).json()
    anna.delete(f"/api/codings/{made['id']}?revision={changed['revision']}")
    assert anna.post("/api/codes", {"name": "New one", "codebook": "study"}).status_code == 201
    with Project.open(project.path) as again:
        later = Browser(open_app(again, coder="anna"))
        assert [later.post("/api/undo").status_code for _ in range(5)] == [200, 200, 200, 200, 409]
        assert len(again.codings()) == 0
        assert [later.post("/api/redo").status_code for _ in range(5)] == [200, 200, 200, 200, 409]
        assert again.verify() == ()


def test_undo_says_why_it_cannot_when_a_later_step_of_another_builds_on_it(
    anna: Browser, project: Project
) -> None:
    made = anna.post("/api/codes", {"name": "Shared", "codebook": "study"}).json()
    ben = Browser(open_app(project, coder="ben"))
    code(ben, project, code=made["id"])
    refused = anna.post("/api/undo")
    assert refused.status_code == 409
    assert "later steps build on it" in refused.json()["error"]
    coded = code(anna, project, code=made["id"])
    project.merge_codes([made["id"]], "roles")
    refused = anna.post("/api/undo")
    assert "changed since then (step" in refused.json()["error"]
    assert f"merge {made['id']} into roles" in refused.json()["error"]
    assert project.codings().set_index("coding").loc[coded["id"], "code"] == "roles"


# ---- codes, search, changes


def test_a_code_is_made_in_place_with_an_id_from_its_name(anna: Browser, project: Project) -> None:
    made = anna.post(
        "/api/codes", {"name": "Très  clair", "parent": "all", "definition": "When it is."}
    ).json()
    assert (made["id"], made["parent"], made["definition"]) == ("tres-clair", "all", "When it is.")
    assert anna.post("/api/codes", {"name": "Très clair", "codebook": "study"}).json()["id"] == "tres-clair-2"
    vivo = anna.post("/api/codes", {"name": "whom to call", "in_vivo": True}).json()
    assert code(anna, project, "whom to call", code=vivo["id"])["code"] == "whom-to-call"
    origins = project.codes().set_index("code")["origin"]
    assert (origins["tres-clair"], origins["whom-to-call"]) == ("inductive", "in vivo")
    assert anna.post("/api/codes", {"name": "Lost", "parent": "nowhere"}).status_code == 404
    assert anna.post("/api/codes", {"name": "—"}).status_code == 400


def test_codes_tell_this_coders_own_use_and_their_other_names(anna: Browser, project: Project) -> None:
    code(anna, project)
    code(Browser(open_app(project, coder="ben")), project, code="time")
    codes = {one["id"]: one for one in anna.get("/api/codes").json()["codes"]}
    assert (codes["roles"]["mine"], codes["time"]["mine"]) == (1, 0)
    assert codes["roles"]["last_used"].endswith("Z")
    assert codes["time"]["names"] == {"nl": "Tijd"}
    assert not codes["all"]["codable"]


def test_a_search_finds_words_whatever_their_case_and_accents(anna: Browser, project: Project) -> None:
    hits = anna.post("/api/search", {"text": "cafe, NAIVE"}).json()["hits"]
    text = project.transcript("T1").text
    assert [text[hit["start"] : hit["end"]] for hit in hits] == ["Café, naïve"]
    assert {hit["transcript"] for hit in anna.post("/api/search", {"text": "time"}).json()["hits"]} == {
        "T1",
        "T2",
    }
    only = anna.post("/api/search", {"text": "time", "transcript": "T2"}).json()
    assert [hit["transcript"] for hit in only["hits"]] == ["T2", "T2"]
    assert not only["more"]
    assert anna.post("/api/search", {"text": "P1"}).json()["hits"] == []  # labels are no speech
    assert anna.post("/api/search", {"text": "x", "transcript": "T9"}).status_code == 404


def test_changes_tell_the_pages_what_others_and_other_programs_did(anna: Browser, project: Project) -> None:
    before = anna.get("/api/study").json()["step"]
    assert anna.get(f"/api/changes?since={before}").json() == {
        "step": before,
        "changes": [],
        "is_complete": True,
        "suggestions": "",
        "is_refitting": False,
    }
    with Project.open(project.path) as terminal:
        terminal.code("T2", code="time", coder="ben", at=(24, 30))
        terminal.rename_code("time", "Hours")
    coded, renamed = anna.get(f"/api/changes?since={before}").json()["changes"]
    assert (coded["who"], coded["tables"], coded["transcripts"]) == ("ben", ["codings"], ["T2"])
    assert renamed["tables"] == ["codes"]
    names = {one["id"]: one["name"] for one in anna.get("/api/codes").json()["codes"]}
    assert names["time"] == "Hours"


def test_somebody_far_behind_is_told_to_read_everything_anew(
    anna: Browser, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("mihqda.store.changes", "mihqda.web.views"):
        monkeypatch.setattr(f"{module}.LOOK_BACK", 5)
    desk = project.desk("ben")
    for number in range(7):
        desk.apply("T1", 13 + number, 60, "time")
    far = anna.get("/api/changes?since=1").json()
    assert not far["is_complete"]
    assert len(far["changes"]) == 5


def test_the_study_tells_how_far_each_transcript_is_coded(anna: Browser, project: Project) -> None:
    code(anna, project)
    rows = {row["id"]: row for row in anna.get("/api/study").json()["transcripts"]}
    assert (rows["T1"]["turns"], rows["T1"]["codings"]) == (4, 1)
    assert rows["T1"]["uncoded"] == 1  # the question and "Ja." are not to be coded
    ben = Browser(open_app(project, coder="ben"))
    assert {row["id"]: row["uncoded"] for row in ben.get("/api/study").json()["transcripts"]}["T1"] == 2


# ---- the file


def test_a_locked_study_is_said_in_a_sentence_and_nothing_is_written(tmp_path: Path) -> None:
    make_study(tmp_path).close()
    with (
        Project.open(tmp_path / "study.mihqda", patience=0.05) as ours,
        Project.open(tmp_path / "study.mihqda") as theirs,
    ):
        anna = Browser(open_app(ours, coder="anna"))
        theirs._store.db.execute("BEGIN IMMEDIATE")
        body = {"transcript": "T1", "start": 13, "end": 20, "code": "time"}
        answer = anna.post("/api/codings", body)
        assert answer.status_code == 503
        assert "another program is writing" in answer.json()["error"]
        assert anna.get("/api/study").status_code == 200
        theirs._store.db.execute("ROLLBACK")
        assert anna.post("/api/codings", body).status_code == 201


def test_a_read_only_study_can_be_read_but_not_coded(anna: Browser, project: Project) -> None:
    project._store.is_read_only = True
    assert anna.get("/api/study").json()["is_read_only"]
    assert "cannot be written to" in anna.get("/").text
    answer = anna.post("/api/codings", {"transcript": "T1", "start": 13, "end": 20, "code": "time"})
    assert answer.status_code == 503
    assert "copy it to a folder" in answer.json()["error"]
    project._store.is_read_only = False


def test_two_applications_on_one_study_see_and_refuse_each_other(anna: Browser, project: Project) -> None:
    with Project.open(project.path) as second:
        tab = Browser(open_app(second, coder="anna"))
        made = code(anna, project)
        assert tab.get("/api/transcripts/T1/codings").json()["codings"] == [made]
        tab.patch(f"/api/codings/{made['id']}", {"revision": made["revision"], "memo": "from the other tab"})
        answer = anna.patch(f"/api/codings/{made['id']}", {"revision": made["revision"], "memo": "mine"})
        assert answer.status_code == 409
        assert answer.json()["current"]["memo"] == "from the other tab"


def test_many_codings_from_two_servers_at_once_all_stand(tmp_path: Path) -> None:
    make_study(tmp_path).close()

    def work(coder: str) -> None:
        with Project.open(tmp_path / "study.mihqda") as own:
            desk = own.desk(coder)
            for number in range(40):
                desk.apply("T1", 13 + number, 60 + number, "time")

    threads = [threading.Thread(target=work, args=(name,)) for name in ("anna", "ben")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with Project.open(tmp_path / "study.mihqda") as study:
        assert len(study.codings()) == 80
        assert study.verify() == ()
