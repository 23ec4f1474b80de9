"""The pages that the server renders."""

from browsing import Browser, open_app, place_of

from mihqda import Project


def test_the_start_page_asks_who_codes_and_lists_the_transcripts(project: Project) -> None:
    project.desk("ben").apply(**place_of(project, "T1", "nobody knew"), code="roles")
    page = Browser(open_app(project)).get("/").text
    assert 'action="/coder"' in page
    assert '<option value="ben">' in page
    assert 'href="/transcripts/T1"' in page
    assert 'href="/transcripts/a%3Cb%3E"' in page


def test_a_fixed_coder_is_not_asked_and_cannot_be_changed(anna: Browser) -> None:
    page = anna.get("/").text
    assert 'action="/coder"' not in page
    assert "You code as <b>anna</b>" in page
    assert anna.post("/coder", content=b"coder=ben").status_code == 403
    assert anna.get("/api/study").json()["coder"] == "anna"


def test_a_transcript_is_there_without_script_turn_by_turn(anna: Browser) -> None:
    page = anna.get("/transcripts/T1").text
    assert "Nobody had time 🙂 at all." in page
    assert page.count('class="turn ') == 4
    assert 'id="t3"' in page


def test_a_transcript_leads_to_those_beside_it(anna: Browser) -> None:
    assert 'href="/transcripts/T2"' in anna.get("/transcripts/T1").text
    assert 'href="/transcripts/T1"' in anna.get("/transcripts/T2").text
    assert 'href="/transcripts/a%3Cb%3E"' in anna.get("/transcripts/T2").text


def test_an_unknown_page_or_transcript_is_a_page_with_a_way_back(anna: Browser) -> None:
    for path in ("/nothing", "/transcripts/T9"):
        answer = anna.get(path)
        assert answer.status_code == 404
        assert 'href="/"' in answer.text


def test_a_study_without_transcripts_says_how_to_import_some(project: Project) -> None:
    for name in ("T1", "T2", "a<b>"):
        project.remove_transcript(name)
    page = Browser(open_app(project)).get("/").text
    assert "mihqda import study.mihqda" in page


def test_without_the_cookie_the_page_says_how_to_get_in(project: Project) -> None:
    answer = Browser(open_app(project), enter=False).get("/transcripts/T1")
    assert answer.status_code == 403
    assert "mihqda serve" in answer.text
    assert answer.headers["content-type"].startswith("text/html")


def test_an_id_with_a_slash_is_a_transcript_like_any_other(anna: Browser, project: Project) -> None:
    path = project.path.with_name("more.txt")
    path.write_text("Interviewer: And?\n\nP1: Fine.", encoding="utf-8")
    project.import_transcripts(path, id="round/2")
    assert anna.get("/transcripts/round%2F2").status_code == 200
    assert anna.get("/api/transcripts/round%2F2").json()["id"] == "round/2"
    assert anna.get("/api/transcripts/round%2F2/codings").json()["codings"] == []
