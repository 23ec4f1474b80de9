"""Look into the XML of a Word document by local names, for there are two namespaces (ISO's strict one too)."""

from __future__ import annotations

from typing import Any


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def find_child(element: Any, *path: str) -> Any | None:
    """Return the child, or the child's child, of these local names."""
    for name in path:
        element = next((child for child in element if local_name(child) == name), None)
        if element is None:
            return None
    return element


def attribute(element: Any, name: str) -> str:
    """Return the attribute of this local name, or an empty string."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def is_on(switch: Any | None) -> bool:
    """Tell whether a property such as ``w:vanish`` is there and not set to off."""
    return switch is not None and attribute(switch, "val").lower() not in ("0", "false", "off", "none")


def is_styled(run: Any) -> bool:
    """Tell whether a run is bold or in a colour of its own."""
    if is_on(find_child(run, "rPr", "b")):
        return True
    colour = find_child(run, "rPr", "color")
    return colour is not None and attribute(colour, "val").lower() not in ("", "auto", "000000")


def find_heading_styles(styles: Any) -> frozenset[str]:
    """Return the ids of the styles Heading 1 to 9, Title and Subtitle, and of those based on them.

    Word translates the ids ("Kop1", "berschrift1") but keeps the names English.
    """
    names: dict[str, str] = {}
    parents: dict[str, str] = {}
    for style in styles if styles is not None else ():
        if local_name(style) == "style":
            id = attribute(style, "styleId")
            name, parent = find_child(style, "name"), find_child(style, "basedOn")
            names[id] = attribute(name, "val").lower() if name is not None else ""
            parents[id] = attribute(parent, "val") if parent is not None else ""
    headings = {
        id for id, name in names.items() if name.startswith("heading ") or name in ("title", "subtitle")
    }
    for _ in range(8):
        headings |= {id for id, parent in parents.items() if parent in headings}
    return frozenset(headings)
