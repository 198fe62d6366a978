"""Problems in the words of units: which rules they mean, what is answered, and the lint of the file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lbt_audit.engine.rules.load import load_all
from lbt_audit.model.errors import ConfigError
from lbt_audit.model.text import Text
from lbt_audit.resources import data_dir
from lbt_audit.rulebook.problems import FILE, Answer, read_problems

PROBLEMS = load_all()[0].problems


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("监护人联系电话未填写，漏填", "B06"),
        ("母亲务工地点只写到省", "B05"),
        ("身份证号错误", "C02"),
        ("ID number is wrong", "C02"),
        ("C02 身份证号校验码错误", "C02"),
        ("出生日期与证件不符", "C07"),
        ("未签委托监护协议", "H01"),
        ("10月份没有家访", "J08"),
        ("该生已满16周岁仍在册", "G01"),
        ("统计表合计与各村之和不符", "K02"),
        ("guardian's phone missing", "B06"),
    ],
)
def test_words_mean_rules(text: str, rule: str) -> None:
    assert rule in PROBLEMS.rules(text)


@pytest.mark.parametrize("text", ["", "其他", "请各村高度重视", "工作推进慢", "3月份检查"])
def test_what_says_no_kind_means_none(text: str) -> None:
    assert PROBLEMS.rules(text) == frozenset()


def test_a_code_or_title_means_that_rule_alone() -> None:
    assert PROBLEMS.rules("B06 监护人信息不全") == {"B06"}
    assert PROBLEMS.rules("监护人信息不全") == {"B06"}


@pytest.mark.parametrize(
    ("done", "closed", "answer"),
    [
        ("已整改", "", "done"),
        ("已于10月22日补填", "", "done"),
        ("整改到位，未发现其他问题", "", "done"),
        ("√", "", "done"),
        ("是", "", "done"),
        ("corrected", "", "done"),
        ("", "已销号", "done"),
        ("派出所已核对", "是", "done"),
        ("未整改", "", "open"),
        ("尚未完成", "", "open"),
        ("否", "", "open"),
        ("部分已整改，其余正在核实", "", "open"),
        ("整改中", "是", "open"),
        ("not yet", "", "open"),
        ("In progress", "", "open"),
        ("", "否", "open"),
        ("情况不实", "", "disputed"),
        ("有异议，该儿童已整改", "", "disputed"),
        ("已安排村干部上门", "", "other"),
        ("", "", "blank"),
    ],
)
def test_answers(done: str, closed: str, answer: Answer) -> None:
    assert PROBLEMS.answer(done, closed) == answer


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("rules: [B05]", "rules: [B5]", "B5"),
        ("rules: [B05]", "rule: [B05]", "words"),
        ("disputed: [异议", "disputed: ['(异议'", "RE2"),
        ("answers:", "answer:", "answer"),
    ],
)
def test_every_slip_is_told_with_its_line(tmp_path: Path, before: str, after: str, says: str) -> None:
    shutil.copy(data_dir("rules") / FILE, tmp_path / FILE)
    text = (tmp_path / FILE).read_text("utf-8")
    assert text.count(before) >= 1
    (tmp_path / FILE).write_text(text.replace(before, after, 1), "utf-8")
    titles = dict.fromkeys(PROBLEMS.titles, Text("某", "some"))
    with pytest.raises(ConfigError) as error:
        read_problems(tmp_path, titles)
    line = text[: text.index(before)].count("\n") + 1
    assert any(p.line in (line - 1, line) and says in p.text.zh for p in error.value.problems)
