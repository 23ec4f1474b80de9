import time
from textwrap import dedent

import pytest
from codebooks_drawn import codebooks, examples
from hypothesis import given
from hypothesis import strategies as st

from mihqda.codebook import Code, Codebook, Link
from mihqda.codebook.yaml import read_yaml, write_yaml
from mihqda.errors import InputError

SMALL = """\
meta:
  id: own
  title: My own codes
  version: '0.10'
  language: en
  source:
  - one
codes:

- id: own.time
  ref: I.A
  kind: theme
  name: Time
  name_nl: Tijd
  parent: null
  definition: How much time there is.
  include: |-
    hours
    - and evenings
  exclude: ''
  example:
  - 'Nobody asked: how many hours?'
  - I had none.
  example_nl: Ik had geen tijd.
  keywords: [no time, 'no', 'on', hour*, '*star', 'a, b']
  keywords_nl: [geen tijd]
  valence_applicable: true
  codable: false
  provenance: own
  links:
  - {to: cfir22.inner.resources, relation: narrower}
  - {to: x, relation: related}
  order: 1
  actors: [provider, 'client: lead']

- id: own.time.late
  kind: code
  name: Late
  parent: own.time
  definition: ''
  include: ''
  exclude: ''
  example: After eight.
  keywords: []
  valence_applicable: true
  codable: true
  retired: true
"""


def read(text, source="own.yaml"):
    return read_yaml(dedent(text), source=source)


def test_every_field_is_read():
    book = read(SMALL)
    assert (book.id, book.title, book.version, book.language) == ("own", "My own codes", "0.10", "en")
    assert book.meta == {"source": ["one"]}
    assert book["own.time"] == Code(
        "own.time",
        "Time",
        kind="theme",
        codable=False,
        definition="How much time there is.",
        include="hours\n- and evenings",
        examples=("Nobody asked: how many hours?", "I had none."),
        keywords=("no time", "no", "on", "hour*", "*star", "a, b"),
        links=(Link("cfir22.inner.resources", "narrower"), Link("x", "related")),
        attributes={
            "ref": "I.A",
            "name_nl": "Tijd",
            "example_nl": "Ik had geen tijd.",
            "keywords_nl": ["geen tijd"],
            "provenance": "own",
            "order": 1,
            "actors": ["provider", "client: lead"],
        },
    )
    assert book["own.time.late"] == Code(
        "own.time.late", "Late", parent="own.time", retired=True, examples=("After eight.",)
    )


def test_it_is_written_as_the_shipped_codebooks_are():
    assert write_yaml(read(SMALL)) == SMALL


def test_an_id_and_a_name_are_enough():
    assert read("codes: [{id: a, name: A}]").codes == (Code("a", "A"),)


def test_a_bare_list_takes_its_id_from_the_file():
    assert read("- {id: a, name: A}\n", source="my codes.yaml").id == "my_codes"


def test_a_codebook_may_be_empty():
    book = Codebook("own")
    assert read(write_yaml(book)) == book


def test_texts_stay_as_they_are_written():
    book = read("""
        meta: {id: own, version: 1.10, language: no, title: 2024-01-31}
        codes:
        - id: 1
          name: yes
          kind: 12:30
          definition: 0x1F
          keywords: [no, on, Off, y, 1.0, 007, 2024-01-31, 1_000]
          keywords_nl: [ja, nee, on]
          links: [{to: 1.10, relation: no}]
    """)
    assert (book.version, book.language, book.title) == ("1.10", "no", "2024-01-31")
    code = book["1"]
    assert (code.name, code.kind, code.definition) == ("yes", "12:30", "0x1F")
    assert code.keywords == ("no", "on", "Off", "y", "1.0", "007", "2024-01-31", "1_000")
    assert code.keywords_in("nl") == ("ja", "nee", "on")
    assert code.links == (Link("1.10", "no"),)


def test_attributes_are_numbers_only_where_nothing_is_lost():
    book = read("""
        codes:
        - id: a
          name: A
          order: 1
          share: 0.5
          added_in: 0.10
          day: 2024-01-31
          is_core: true
          hit: no
          nothing:
          quoted: '1'
          map: {1: [a, 2], on: ~}
    """)
    assert book["a"].attributes == {
        "order": 1, "share": 0.5, "added_in": "0.10", "day": "2024-01-31", "is_core": True, "hit": "no",
        "nothing": None, "quoted": "1", "map": {"1": ["a", 2], "on": None},
    }  # fmt: skip


@pytest.mark.parametrize("word", ["yes", "on", "true", "'true'", "TRUE", "ja"])
def test_flags_understand_words(word):
    assert read(f"codes: [{{id: a, name: A, retired: {word}}}]")["a"].retired is True


def test_null_means_that_a_field_is_not_given():
    book = read(
        "codes: [{id: a, name: A, kind: ~, parent: '', definition: null, keywords: ~, links:, example: }]"
    )
    assert book["a"] == Code("a", "A")


def test_names_of_fields_ignore_case_and_examples_may_be_called_so():
    book = read("codes: [{ID: a, Name: A, Local Note: x, examples: [one]}]")
    assert book["a"] == Code("a", "A", examples=("one",), attributes={"local_note": "x"})


def test_codes_may_be_nested():
    book = read("""
        codes:
        - id: a
          name: A
          children:
          - {id: b, name: B, children: [{id: c, name: C, parent: b}]}
        - {id: d, name: D, parent: c}
    """)
    assert [(code.id, code.parent) for code in book] == [("a", None), ("b", "a"), ("c", "b"), ("d", "c")]


def test_local_codes_and_fields_survive():
    book = read(SMALL)
    own = Code(
        "own.time.mine", "Mine", parent="own.time", attributes={"decided_by": "team", "ours": [1, "x"]}
    )
    book = book.replace(codes=(*book.codes, own))
    assert read(write_yaml(book)) == book


def test_numbers_and_texts_that_look_like_numbers_stay_apart():
    looks = {
        "a": 1e16,
        "b": "1e+16",
        "c": 1,
        "d": "1",
        "e": -0.5,
        "f": "0.50",
        "g": True,
        "h": "true",
        "i": None,
    }
    book = Codebook("own", codes=(Code("a", "1", attributes=looks),))
    again = read(write_yaml(book))["a"].attributes
    assert [(type(value), value) for value in again.values()] == [(type(v), v) for v in looks.values()]


@given(codebooks())
@examples(15)
def test_what_is_written_is_read_back(book):
    written = write_yaml(book)
    assert read_yaml(written, source="b.yaml") == book
    assert write_yaml(read_yaml(written, source="b.yaml")) == written


@given(codebooks())
@examples(10)
def test_any_other_yaml_reader_finds_the_same_texts(book):
    yaml = pytest.importorskip("yaml")
    names = [str(code["name"]) for code in yaml.safe_load(write_yaml(book))["codes"]]
    assert names == [code.name for code in book]


HEAD = "meta: {id: own}\ncodes:\n- id: own.a\n  name: A\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # not YAML
        ("", "own.yaml: the file is empty"),
        ("# nothing but a remark\n", "own.yaml: the file is empty"),
        (HEAD + "  definition: this: is bad\n", "line 5, code own.a: .*has to be quoted"),
        (HEAD + "\tdefinition: x\n", "line 5, code own.a: .*use spaces, not tabs"),
        (HEAD + "  keywords: [a, b\n  parent: x\n", "code own.a: .*not closed"),
        (HEAD + "  note: 'open\n", "code own.a: "),
        (HEAD + "---\ncodes: []\n", "one file holds one"),
        (HEAD + "  note: a\x07b\n", "line 5, code own.a: .*control characters"),
        (HEAD + "  keywords: [*agenda]\n", r"line 5, code own.a: .*begins with \* has to be quoted"),
        (HEAD + "  keywords: [&co]\n", "line 5, code own.a: .*begins with & has to be quoted"),
        (HEAD + "  note: !!python/object:os.system x\n", "line 5, code own.a: .*tag .* is not read"),
        (HEAD + "  note: !own x\n", "line 5, code own.a: .*begins with ! has to be quoted"),
        # the head
        ("just text\n", "own.yaml, line 1: codebook: a mapping .* got a single value"),
        ("meta: {id: own}\n", "line 1: there is no list of codes"),
        ("meta: {title: x}\ncodes: []\n", "line 1: meta has no id; write one, such as 'id: own'"),
        ("meta: {id: my own}\ncodes: []\n", "line 1: id 'my own' .*; write 'my_own'"),
        ("meta: [own]\ncodes: []\n", "line 1: meta: a mapping"),
        ("meta: {id: own, title: [a]}\ncodes: []\n", "line 1: title: a text is wanted, got a list"),
        ("title: x\ncodes: []\n", "line 1: field 'title' is unknown here; write it below meta"),
        ("codes: {own.a: {name: A}}\n", "line 1: codes: a list is wanted, got a mapping; each code begins"),
        ("codes: []\ncodes: []\n", "line 2: field 'codes' occurs twice, first in line 1"),
        # a code
        ("codes:\n- own.a\n", "line 2: code number 1: a mapping .* is wanted, got a single value"),
        ("codes:\n- name: A\n", "line 2: code number 1 has no id"),
        ("codes:\n- id: own.a\n", "line 2, code own.a: the code has no name"),
        ("codes:\n- id: own a\n  name: A\n", "line 2: id 'own a' .*; write 'own_a'"),
        ("codes:\n- id: [a]\n  name: A\n", "line 2: id: a text is wanted, got a list"),
        (HEAD + "  name: B\n", "line 5, code own.a: field 'name' occurs twice, first in line 4"),
        (HEAD + "  Name: B\n", "line 5, code own.a: field 'name' occurs twice"),
        (HEAD + "  definition: [a]\n", "line 5, code own.a: definition: a text is wanted, got a list"),
        (
            HEAD + "  keywords: a, b\n",
            r"line 5, code own.a: keywords: a list is wanted.*write keywords: \[one",
        ),
        (HEAD + "  keywords_nl: a\n", "line 5, code own.a: keywords_nl: a list is wanted"),
        (HEAD + "  keywords: [a: b]\n", "line 5, code own.a: keywords, number 1: .*got a mapping; .*quoted"),
        (HEAD + "  keywords: [a, '']\n", "line 3, code own.a: keywords: number 2 is empty"),
        (HEAD + "  example: {a: b}\n", "line 5, code own.a: example: a text is wanted, got a mapping"),
        (HEAD + "  example: [{a: b}]\n", "line 5, code own.a: example, number 1: a text"),
        (HEAD + "  examples: [a]\n  example: b\n", "line 5, code own.a: example and examples are one field"),
        (HEAD + "  codable: maybe\n", "line 5, code own.a: codable: true or false is wanted, got 'maybe'"),
        (HEAD + "  links: x\n", "line 5, code own.a: links: a list is wanted"),
        (HEAD + "  links: [x]\n", "line 5, code own.a: links: a mapping"),
        (HEAD + "  links: [{to: x}]\n", "line 5, code own.a: a link has .*, got to"),
        (HEAD + "  links: [{to: a b, relation: c}]\n", "line 5, code own.a: a link has a relation and"),
        (HEAD + "  note: {a: 1, a: 2}\n", "line 5, code own.a: 'a' occurs twice"),
        (HEAD + "  note: {[a]: 1}\n", "line 5, code own.a: mapping: the name of a field is a text"),
        (HEAD + "  '': 1\n", "line 5, code own.a: .*: the name of a field is a text"),
        (HEAD + "  '#x': 1\n", "line 3, code own.a: field '#x'"),
        (HEAD + "  children: x\n", "line 5, code own.a: children: a list is wanted"),
        (HEAD + "  children: [{id: b, name: B, parent: c}]\n", "line 5, code b: it stands below own.a but"),
        # the tree
        (HEAD + "- id: own.a\n  name: B\n", "line 5, code own.a: the id occurs twice"),
        (HEAD + "- id: b\n  name: B\n  parent: x\n", "line 5, code b: its parent 'x' does not exist"),
        (
            HEAD + "  parent: b\n- {id: b, name: B, parent: own.a}\n",
            "line 3, code own.a: .*own.a > b > own.a",
        ),
        (HEAD + "  parent: own.a\n", "line 3, code own.a: it is its own parent"),
    ],
)
def test_an_error_names_file_line_and_code(text, said):
    with pytest.raises(InputError, match=said) as caught:
        read_yaml(text, source="own.yaml")
    assert str(caught.value).startswith("own.yaml")
    assert "\n" not in str(caught.value)


def test_aliases_that_unfold_without_end_are_refused_at_once():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    began = time.process_time()
    with pytest.raises(InputError, match=r"bomb.yaml, line 1: .*anchor"):
        read_yaml(bomb, source="bomb.yaml")
    assert time.process_time() - began < 1


@pytest.mark.parametrize("text", ["[" * 600, "- " * 5000 + "a", "codes:\n- {id: a, name: A, x: " + "[" * 200])
def test_nesting_without_end_is_refused(text):
    with pytest.raises(InputError, match=r"deep\.yaml"):
        read_yaml(text, source="deep.yaml")


@given(st.text(alphabet="abc:-[]{}#&*!|>'\"%@` \n\t?,~01", max_size=60))
@examples(60)
def test_any_text_is_read_or_refused(text):
    for whole in (text, HEAD + "  " + text):
        try:
            book = read_yaml(whole, source="own.yaml")
        except InputError:
            continue
        assert read_yaml(write_yaml(book), source="own.yaml") == book
