"""``docs/rules/``: the catalogue as a book, written from the rules."""

from __future__ import annotations

import re

from docs.write_rulebook import FOLDER, LANGS, pages

from lbt_audit.engine.rules.load import load_all

MADE = pages()
CATALOGUE, _ = load_all()


def test_the_book_is_current() -> None:
    assert {p: p.read_text(encoding="utf-8") for p in FOLDER.rglob("*.md")} == MADE, (
        "run: python docs/write_rulebook.py"
    )


def test_every_rule_stands_in_it_in_both_languages_with_all_that_is_known_of_it() -> None:
    for lang in LANGS:
        for rule in CATALOGUE.rules.values():
            page = MADE[FOLDER / lang / f"{rule.code[0]}.md"]
            part = page.partition(f"## {rule.code} {rule.title[lang]}\n")[2].partition("\n## ")[0]
            assert part.startswith(f"\n- **{'等级' if lang == 'zh' else 'Severity'}**"), rule.code
            assert rule.basis[0].document[lang] in part and rule.deadline in part, rule.code
            assert ("错例：" in part and "对例：" in part) if lang == "zh" else ("A wrong one:" in part), (
                rule.code
            )
            assert f"{rule.code[0]}.md#{rule.code.lower()}" in MADE[FOLDER / lang / "README.md"]


def test_no_placeholder_is_left_as_it_is_written() -> None:
    for path, text in MADE.items():
        assert not re.search(r"\{[a-z_.]+\}", text), path
        assert "〔…〕" not in text and "‹…›" not in text, (
            f"{path}: a word for the placeholder is wanted in FILLED"
        )
    assert "是否满3个月" in MADE[FOLDER / "zh" / "G.md"], "parameters as they are by default"
