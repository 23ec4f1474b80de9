from mihqda.codebook import Code, Codebook
from mihqda.codebook.crosswalk import cross


def book(name, **ways):
    return Codebook(
        name, codes=tuple(Code(code, code, attributes={"maps_x": to}) for code, to in ways.items())
    )


OLD = book("old", cost=["new.cost", "new.funding"], climate=[], tension=["new.tension"], leaders=["new.high"])
NEW = book("new", **{"new.cost": ["cost"], "new.funding": [], "new.tension": ["tension"], "new.context": [],
                     "new.mid": ["leaders"], "new.high": ["leaders"]})  # fmt: skip


def test_codes_with_several_ways_are_choices_and_those_without_are_unmapped():
    walk = cross(OLD, NEW)
    assert walk.ways["tension"] == ("new.tension",)
    assert walk.choices == {"cost": ("new.cost", "new.funding"), "leaders": ("new.mid", "new.high")}
    assert walk.unmapped == ("climate",)


def test_the_way_back_reads_the_same_fields():
    walk = cross(NEW, OLD)
    assert walk.ways["new.mid"] == walk.ways["new.high"] == ("leaders",)
    assert walk.ways["new.funding"] == ("cost",)
    assert walk.unmapped == ("new.context",)


def test_containers_and_retired_codes_are_no_way():
    old = Codebook(
        "old", codes=(Code("a", "A", attributes={"maps_x": ["x", "y", "z"]}), Code("b", "B", codable=False))
    )
    new = Codebook("new", codes=(Code("x", "X", codable=False), Code("y", "Y", retired=True), Code("z", "Z")))
    assert cross(old, new).ways == {"a": ("z",)}


def test_what_a_field_holds_besides_a_list_is_not_read():
    old = Codebook("old", codes=(Code("a", "A", attributes={"maps_x": "z", "map_relation": "same"}),))
    assert cross(old, Codebook("new", codes=(Code("z", "Z"),))).unmapped == ("a",)
