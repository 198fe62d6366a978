"""Two values side by side: what differs is seen, nothing else more than the mask shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lbt_audit.values.contrast import contrast
from lbt_audit.values.mask import mask_value

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=5)


@pytest.mark.parametrize(
    ("a", "b", "both"),
    [
        ("覃晶莲", "覃金莲", "覃[晶/金]莲"),
        ("覃晶莲", "谭晶莲", "[覃/谭]*莲"),
        ("欧阳晓峰", "欧阳小峰", "欧阳[晓/小]峰"),
        ("杨晓峰", "杨峰", "杨[晓/]峰"),
        ("王方", "王芳", "王[方/芳]"),
        ("张三", "李四", "张*/李*"),
        ("李 明", "李明", "李*"),
    ],
)
def test_names(a: str, b: str, both: str) -> None:
    assert contrast(a, b, "name").both == both


def test_numbers_show_a_few_differing_digits_only() -> None:
    assert contrast("529901201307040127", "529901201307040172", "id").both == "5299**********01[27/72]"
    far = contrast("529901201307040127", "529901200911026135", "id").both
    assert far == "5299**********0127/5299**********6135"


def test_a_long_name_keeps_its_first_part() -> None:
    shown = contrast("阿依古丽·买买提", "阿依古力·买买提", "name").both
    assert shown.startswith("阿依古[丽/力]") and "买" not in shown


def test_full_masks_show_no_character_that_differs() -> None:
    shown = contrast("覃晶莲", "覃金莲", "name", "full")
    assert "晶" not in shown.both + shown.left and "金" not in shown.both + shown.right


def test_none_masks_nothing() -> None:
    shown = contrast("覃晶莲", "覃金莲", "name", "none")
    assert (shown.left, shown.right) == ("覃晶莲", "覃金莲")


@given(HAN, HAN)
def test_equal_characters_stay_masked(a: str, b: str) -> None:
    """A character both share is shown only where the ordinary mask of the first name shows it."""
    shown = contrast(a, b, "name").left
    plain = mask_value(a, "name")
    if "[" not in shown:
        assert shown == plain
        return
    outside = "".join(part.partition("]")[2] for part in ("]" + shown).split("["))
    hidden = [c for c, m in zip(a, plain, strict=True) if m == "*"] if len(plain) == len(a) else []
    for char in set(outside) - {"*"}:
        assert char in plain or char not in hidden
