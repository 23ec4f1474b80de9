import sys
from importlib.metadata import EntryPoint

import pytest

from mihqda import registry
from mihqda.errors import PluginError

READERS = "mihqda.readers"


@pytest.fixture
def register(monkeypatch):
    """Return a function that makes these entry points the only ones."""

    def register(*points):
        made = [EntryPoint(name, value, READERS) for name, value in points]
        monkeypatch.setattr(
            registry, "entry_points", lambda group: [point for point in made if point.group == group]
        )
        registry._points.cache_clear()

    yield register
    registry._points.cache_clear()


def test_names_are_sorted_and_nothing_is_imported(register):
    register(("vtt", "no_such_module:reader"), ("docx", "no_such_module:other"))
    assert registry.names(READERS) == ("docx", "vtt")
    assert "no_such_module" not in sys.modules


def test_a_group_without_plug_ins_has_no_names(register):
    register(("vtt", "x:y"))
    assert registry.names("mihqda.suggesters") == ()
    with pytest.raises(PluginError, match=r"mihqda\.suggesters: no plug-in 'vtt'; there are: none"):
        registry.load("mihqda.suggesters", "vtt")


def test_loading_gives_the_object(register):
    register(("span", "mihqda.spans:Span"))
    from mihqda.spans import Span

    assert registry.load(READERS, "span") is Span


def test_an_unknown_name_is_refused_with_those_that_there_are(register):
    register(("vtt", "x:y"), ("docx", "x:z"))
    with pytest.raises(PluginError, match="no plug-in 'pdf'; there are: docx, vtt"):
        registry.load(READERS, "pdf")


def test_two_plug_ins_of_one_name_are_refused_with_both(register):
    register(("vtt", "ours:reader"), ("vtt", "theirs:reader"))
    for use in (lambda: registry.names(READERS), lambda: registry.load(READERS, "vtt")):
        with pytest.raises(PluginError, match=r"'vtt': ours:reader and theirs:reader; uninstall one"):
            use()


def test_the_same_plug_in_found_twice_is_one(register):
    register(("span", "mihqda.spans:Span"), ("span", "mihqda.spans:Span"))
    assert registry.names(READERS) == ("span",)


def test_a_missing_package_is_named_with_its_extra(register):
    register(("pdf", "no_such_package.pdf:reader [pdf]"), ("rtf", "no_such_package:reader"))
    with pytest.raises(PluginError, match=r"'pdf' needs a package.*pip install 'mihqda\[pdf\]'"):
        registry.load(READERS, "pdf")
    with pytest.raises(PluginError, match=r"'rtf' needs a package.*pip install 'no_such_package'"):
        registry.load(READERS, "rtf")


def test_an_error_inside_a_plug_in_is_not_hidden(register, tmp_path, monkeypatch):
    (tmp_path / "broken_reader.py").write_text("1 / 0\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    register(("broken", "broken_reader:reader"))
    with pytest.raises(ZeroDivisionError):
        registry.load(READERS, "broken")
