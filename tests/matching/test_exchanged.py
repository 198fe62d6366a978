"""A child's name and its guardian's in each other's column."""

from __future__ import annotations

from tests.matching.crowd import HOME, crowd, people, verdict

from lbt_audit.matching import Level, Verdict, link
from lbt_audit.matching.decision.likelihoods import SAME_CHILD, TABLES
from lbt_audit.matching.explanation import evidence_in_words, explain_link

Row = dict[str, str | None]
CHILD: Row = {**HOME, "name": "覃金莲", "guardian": "周桂英"}
CROSSED: Row = {**HOME, "name": "周桂英", "guardian": "覃金莲"}


def test_one_child() -> None:
    assert verdict([CROSSED], [CHILD]) == {(0, 0): Verdict.MISSPELT}
    assert verdict([CHILD], [CROSSED]) == {(0, 0): Verdict.MISSPELT}
    # Misspelt as well; the other list names no guardian; it names another one, but the number is one.
    assert verdict([{**CROSSED, "guardian": "覃晶莲"}], [CHILD]) == {(0, 0): Verdict.MISSPELT}
    assert verdict([CROSSED], [{**CHILD, "guardian": None}]) == {(0, 0): Verdict.MISSPELT}
    number = {"id_no": "529901201307040127"}
    assert verdict([{**CROSSED, **number}], [{**CHILD, **number, "guardian": "石兰"}]) == {
        (0, 0): Verdict.MISSPELT
    }


def test_it_is_said_and_the_guardian_agrees() -> None:
    links = link(people([CROSSED, *crowd()]), people([CHILD, *crowd()]))
    assert links.level[0] == Level.EXCHANGED
    for text in (explain_link(links, 0), evidence_in_words(links.evidence.take([0]), 2, 0)):  # type: ignore[arg-type]
        assert "其中一条的姓名与监护人姓名填反" in text and "监护人相同" in text and "监护人不同" not in text
    assert "exchanged in one of the records" in explain_link(links, 0, "en")


def test_a_sister_who_is_the_guardian() -> None:
    """Her own row is hers, whether the brother she looks after stands there or not."""
    sister = {**HOME, "name": "覃金莲", "birth": "2002-03-01", "guardian": None}
    brother = {**HOME, "name": "覃金宝", "guardian": "覃金莲"}
    for birth in ("2013-07-04", None):
        found = verdict([{**brother, "birth": birth}], [sister])
        assert found.get((0, 0), Verdict.DIFFERENT) <= Verdict.DOUBTFUL


def test_twins_one_of_whom_is_exchanged() -> None:
    one, other = ({**HOME, "name": n, "guardian": "周桂英"} for n in ("覃金莲", "覃佳怡"))
    found = verdict([{**one, "name": "周桂英", "guardian": "覃金莲"}, other], [one, other])
    assert found == {(0, 0): Verdict.MISSPELT, (1, 1): Verdict.SAME}
    # The exchanged twin stands in the other list alone: the one beside it is not it.
    found = verdict([{**one, "name": "周桂英", "guardian": "覃金莲"}, other], [one])
    assert found[0, 0] == Verdict.MISSPELT and found.get((1, 0), Verdict.DIFFERENT) <= Verdict.DOUBTFUL


def test_how_often_it_happens_is_counted() -> None:
    base = crowd(300)
    left = [
        {**r, "name": "周桂" + n, "guardian": r["name"]} for r, n in zip(base, "英兰花香" * 15, strict=False)
    ]
    links = link(people([*left, *base[60:]]), people(base))
    published = TABLES["name"][SAME_CHILD][Level.EXCHANGED]
    assert links.parameters.tables["name"][SAME_CHILD][Level.EXCHANGED] > 20 * published
    assert (links.verdict[:60] >= Verdict.MISSPELT).all()
