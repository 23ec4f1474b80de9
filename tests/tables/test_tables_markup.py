from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from mihqda.tables.markup import escape, quoteattr

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n"))


@given(TEXT)
def test_a_text_comes_back_from_an_element_and_an_attribute(text: str) -> None:
    try:
        element = etree.fromstring(f"<a b={quoteattr(text)}>{escape(text)}</a>")
    except etree.XMLSyntaxError:
        assert any(ord(ch) in (0xFFFE, 0xFFFF) for ch in text)  # no characters of XML
        return
    assert element.get("b") == text
    assert (element.text or "") == text
