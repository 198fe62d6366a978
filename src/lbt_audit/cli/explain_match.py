"""``lbt-audit explain-match``: why records are, or are not, taken for one child."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lbt_audit.cli import arguments, exits
from lbt_audit.cli.errors import complain
from lbt_audit.cli.language import both, spoken
from lbt_audit.cli.options import ConfigOption, KindOption, MaskOption, ProfileOption, argument, option
from lbt_audit.model.record import dataclass
from lbt_audit.model.run import Mask, Run
from lbt_audit.model.text import Text

if TYPE_CHECKING:
    from lbt_audit.engine.links.explain import Explained, Record
    from lbt_audit.frames.book import Book

_NOT_FOUND = 1
_MOST = 20  # records of one name explained; the rest are only listed
_VERDICTS = {
    "same": Text("同一儿童", "same child"),
    "misspelt": Text("同一儿童，姓名有异", "same child, name differs"),
    "doubtful": Text("待核", "to be checked"),
    "different": Text("不是同一儿童", "not the same child"),
}
_SAME_KIND = Text(
    "两条记录在同一类表中，重复登记由 E01、E02 核查",
    "both records stand in one kind of register; double entries are E01's and E02's",
)
HELP = both(
    "说明一名儿童（或两条记录）为什么认定或不认定为同一人：相符和不符的依据。\n\n"
    "退出码：0 找到；1 没有这名儿童或这条记录；2 用法或配置有误。",
    "Say why the records of a child (or two records) are, or are not, taken for one child.\n\n"
    "Exit codes: 0 found; 1 no such child or record; 2 wrong usage or configuration.",
)


def explain_match(
    who: Annotated[
        str,
        argument(
            "儿童姓名、身份证号，或记录位置 文件:工作表!行号（CSV 为 文件!行号）",
            "A child's name or ID number, or a record as FILE:SHEET!ROW (FILE!ROW of a CSV)",
            both("儿童", "CHILD"),
        ),
    ],
    other: Annotated[
        str | None,
        argument(
            "与之比对的记录（文件:工作表!行号）",
            "The record to hold it against (FILE:SHEET!ROW)",
            both("另一条记录", "OTHER"),
        ),
    ] = None,
    paths: Annotated[
        list[Path] | None,
        option(
            "--in",
            metavar=both("文件夹", "PATH"),
            zh="要读取的文件或文件夹（默认当前文件夹）；可重复",
            en="Files and folders to read (default: here); repeatable",
        ),
    ] = None,
    config: ConfigOption = None,
    profile: ProfileOption = None,
    kinds: KindOption = None,
    mask: MaskOption = None,
    parameters: Annotated[
        bool,
        option(
            "--parameters",
            zh="并列出所用的概率参数及其来源（计数或先验值）",
            en="Also print the parameters of the probabilities and where they come from (counted or prior)",
        ),
    ] = False,
) -> int:
    from lbt_audit.engine.links.explain import find_records
    from lbt_audit.engine.reading.read import read
    from lbt_audit.engine.request import Request

    files = arguments.existing(paths or [Path()])
    county = arguments.county(config, files)
    request = Request(
        files,
        county,
        profile=profile,
        kinds=arguments.kinds(kinds),
        lang=spoken(),
        mask=arguments.mask(mask, county),
    )
    reading = read(request)
    explaining = _Explaining(reading.book, reading.run, request.mask)
    records = find_records(reading.book, who)
    if not records:
        return explaining.not_found(who)
    others = [] if other is None else find_records(reading.book, other)
    if other is not None and not others:
        return explaining.not_found(other)
    code = explaining.tell_records(records) if other is None else explaining.tell_pairs(records, others)
    if parameters:
        explaining.tell_parameters()
    return code


@dataclass(frozen=True)
class _Explaining:
    """Prints what is known of records of ``book``; gives exit codes."""

    book: Book
    run: Run
    mask: Mask

    def not_found(self, who: str) -> int:
        from lbt_audit.engine.links.explain import why_not

        why = "".join("\n" + text[self.run.lang] for text in why_not(self.book, who))
        complain(self._in(f"没有找到：{who}{why}", f"not found: {who}{why}"), self.run.lang)
        return _NOT_FOUND

    def tell_pairs(self, records: list[Record], others: list[Record]) -> int:
        """Each of ``records`` held against each of ``others``."""
        from lbt_audit.engine.links.explain import explain_pair

        pairs = [
            (one, other, pair)
            for one in records
            for other in others
            if (pair := explain_pair(self.book, one, other, self.run.lang, self.mask)) is not None
        ]
        for one, other, pair in pairs:
            self._print(f"{self._heading(one)}\n{self._heading(other)}\n  {self._verdict(pair)}")
        if not pairs:
            complain(_SAME_KIND[self.run.lang], self.run.lang)
        return exits.OK if pairs else _NOT_FOUND

    def tell_records(self, records: list[Record]) -> int:
        """Each of ``records`` in every other list."""
        from lbt_audit.engine.links.explain import explain_record

        for record in records[:_MOST]:
            self._print(self._heading(record))
            for kind, pairs in explain_record(self.book, record, self.run.lang, self.mask):
                if not pairs or pairs[0].verdict.key == "different":
                    title = self.run.kind_title(kind)
                    self._print(
                        self._in(f"  {title}：没有该儿童的记录", f"  {title}: no record of the child")
                    )
                    if pairs:
                        self._print(self._in("    最接近的：", "    nearest:"))
                for pair in pairs:
                    there = pair.right if pair.left == record else pair.left
                    self._print(f"  → {self._heading(there)}\n    {self._verdict(pair)}")
        if rest := records[_MOST:]:
            n = len(rest)
            self._print(
                self._in(
                    f"另有 {n} 条同名，请用 文件:工作表!行号 指定：",
                    f"{n} more of this name; give FILE:SHEET!ROW:",
                )
            )
            for record in rest:
                self._print(f"  {self._heading(record)}")
        return exits.OK

    def tell_parameters(self) -> None:
        """The parameters of every two registers that were linked for it."""
        from lbt_audit.links.links import Links
        from lbt_audit.matching.decision.printed import printed

        for (left, right), found in Links.of(self.book).linkages.made.items():
            self._print(f"\n{self.run.kind_title(left)} – {self.run.kind_title(right)}")
            for text in printed(found.found.parameters):
                self._print(f"  {text[self.run.lang]}")

    def _heading(self, record: Record) -> str:
        from lbt_audit.engine.links.explain import name_of, place_of
        from lbt_audit.reports.text.safe import terminal

        name = name_of(self.book, record, self.mask)
        return terminal(f"{self.run.kind_title(record.kind)} {place_of(self.book, record)} {name}")

    def _verdict(self, pair: Explained) -> str:
        from lbt_audit.reports.text.safe import terminal

        verdict = _VERDICTS[pair.verdict.key][self.run.lang]
        if pair.probability is not None:
            verdict += self._in(f"（概率 {pair.probability:.3f}）", f" (probability {pair.probability:.3f})")
        return f"{verdict}{self._in('：', ': ')}{terminal(pair.text)}"

    def _in(self, zh: str, en: str) -> str:
        return zh if self.run.lang == "zh" else en

    def _print(self, text: str) -> None:
        typer.echo(text)
