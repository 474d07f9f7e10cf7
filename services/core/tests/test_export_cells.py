"""What the export does to texts that look like formulas, the import undoes exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wealth_core.export_cells import escape, unescape


@given(st.text(alphabet=st.sampled_from("=+-@'\tab 1"), max_size=6) | st.text(max_size=20))
def test_every_text_comes_back_and_none_begins_like_a_formula(text):
    assert unescape(escape(text)) == text
    assert not escape(text).startswith(("=", "+", "-", "@", "\t"))


@pytest.mark.parametrize(
    ("text", "cell"), [("=1+1", "'=1+1"), ("'quoted'", "''quoted'"), ("Shop", "Shop"), ("", ""), ("a=b", "a=b")]
)
def test_only_texts_that_begin_so_are_marked(text, cell):
    assert escape(text) == cell
