"""100,000 visits of one county, a fifth of them with copied texts: the whole check, and the search for such texts."""

from __future__ import annotations

import csv
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np
from tests.benchmarks.process import cost
from tests.benchmarks.registers import distinct_ids, names

COUNT = 100_000
COPIED = 0.2
VILLAGES = 200
BUDGET = 10.0  # seconds
HEADER = "序号 乡镇 村 儿童姓名 身份证号 走访时间 走访人员 走访方式 走访对象 走访内容 处理结果 监护人签字"

PHRASES = """
到家中走访 今日入户 上门看望 电话回访 下村走访时顺路到家 放学后随孩子一同回家
利用赶场天 晚饭后到家 会同村主任入户 和班主任一道家访 在村口遇见 周末上门 雨天入户
开学前到家 期中后家访

奶奶在院坝剥玉米 爷爷下地未归由邻居陪同 孩子正在写语文作业 外婆腿疼行动不便
家里新装了宽带 屋顶有两处漏雨 灶房堆着柴火 孩子与弟弟在看电视 母亲上周回来过
父亲每晚视频 冰箱里有肉和菜 孩子感冒刚好 门口水沟没有盖板 祖父耳背需大声说话
书桌是表哥做的 孩子晒黑了长高了 猪圈刚修好 床单被褥干净 电线老化裸露 院里拴着一条黄狗

说数学跟不上想补课 想买一双球鞋 说班里有人起外号 想让妈妈过年早点回 说早上走四十分钟到校
夜里怕黑睡不着 喜欢画画盼有颜料 问什么时候可以去父母那里 说食堂的菜有点辣 担心爷爷的咳嗽
说想当医生 不太爱说话只点头 说作业常拖到夜里 想参加篮球队 说和同桌和好了 手机用得比较多
说衣服小了 说老师表扬了他 怕打雷 想学骑车

提醒不下河洗澡 建议每周固定视频两次 联系村电工来看 请班主任多留意 送去作业本和书包
约定月底再来 留了电话 转告母亲寄换季衣服 登记了修房申请 教了用火安全 提醒按时接种
请邻居帮忙照看 劝爷爷去卫生院检查 和孩子一起收拾了书桌 讲了交通安全 送了一床棉被
叮嘱少看手机 联系学校补课 报村委研究 帮忙接通了父亲的视频
"""
"""What a visitor begins with, sees, hears and does."""
OPENINGS, SEEN, SAID, DONE = (part.split() for part in PHRASES.split("\n\n"))


def texts(count: int, seed: int = 11) -> list[str]:
    """What visitors write: four phrases each; a fifth are one of 200 texts, some of them with a slip."""
    rng = np.random.default_rng(seed)
    parts = [rng.integers(0, len(phrases), count) for phrases in (OPENINGS, SEEN, SEEN, SAID, DONE)]
    found = [
        f"{OPENINGS[a]}，{SEEN[b]}，{SEEN[c]}，{SAID[d]}，{DONE[e]}。"
        for a, b, c, d, e in zip(*(p.tolist() for p in parts), strict=True)
    ]
    copies = np.flatnonzero(rng.random(count) < COPIED)
    for k, source, slip in zip(
        copies.tolist(), rng.integers(0, 200, len(copies)), rng.integers(0, 40, len(copies)), strict=True
    ):
        text = found[int(source)]
        at = int(slip)
        found[k] = text if at >= len(text) - 8 or slip % 3 else text[:at] + text[at + 1 :]
    return found


def write(path: Path, count: int = COUNT) -> None:
    rng = np.random.default_rng(5)
    birth = np.datetime64("2012-01-01") + rng.integers(0, 2000, count // 10)
    ids = distinct_ids(birth, rng.integers(0, 2, count // 10))
    children, _ = names(rng, count // 10)
    visitors, _ = names(rng, 400)
    who = rng.integers(0, count // 10, count)
    day = np.datetime64("2026-01-01") + rng.integers(0, 300, count)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(["青禾县农村留守儿童走访台账"])
        out.writerow(["填报单位：青禾县民政局        填报日期：2026年10月28日"])
        out.writerow(
            [
                "序号",
                "乡镇",
                "村",
                "儿童姓名",
                "身份证号",
                "走访时间",
                "走访人员",
                "走访方式",
                "走访对象",
                "走访内容",
                "处理结果",
                "监护人签字",
            ]
        )
        for n, text in enumerate(texts(count)):
            child = int(who[n])
            village = child % VILLAGES
            out.writerow([n + 1, f"第{'甲乙丙丁戊己庚辛壬癸'[village % 10]}乡", f"村{village:03d}", children[child], ids[child],
                          str(day[n]), visitors[village * 2 % 400], "入户", "祖父", text, "已办结", "按印"])  # fmt: skip


def visits() -> None:
    """Print what the whole check takes and what E10 takes of it."""
    from lbt_audit.checks.groups.texts import variants

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "走访台账.csv")
        command = [
            sys.executable,
            "-m",
            "lbt_audit",
            "check",
            str(folder),
            "--out",
            str(folder / "out"),
            "-q",
        ]
        print(f"{COUNT:,} visits: {cost(command, runs=1, warmup=0)}   budget {BUDGET:.0f} s")
    distinct, count = np.unique(texts(COUNT), return_counts=True)
    start = perf_counter()
    variants(distinct.tolist(), count, 0.95, 15)
    print(f"  {len(distinct):,} distinct texts compared in {perf_counter() - start:.2f} s")
