"""Letters, scans and pictures among the tables."""

from __future__ import annotations

import pytest

from lbt_audit.intake.files.documents import Companions

FILES = [
    "白石镇/花名册.xlsx",
    "白石镇/子/台账.xls",
    "清水乡/花名册.csv",
    "青禾县汇总.xlsx",
    "红河镇/登记表.docx",
    "大坪乡/扫描.pdf",
]


@pytest.mark.parametrize(
    ("name", "refusal", "reason"),
    [
        # A letter or a scan beside tables is beside the point …
        ("白石镇/情况说明.docx", "word", "beside_word"),
        ("白石镇/扫描0001.pdf", "pdf", "beside_pdf"),
        ("关于农村留守儿童排查工作的通知.docx", "word", "beside_word"),
        ("全县工作方案.pdf", "pdf", "beside_pdf"),
        ("白石镇/培训.pptx", "presentation", "beside_slides"),
        ("白石镇/走访现场照片1.jpg", "image", "beside_image"),
        ("白石镇/盖章页.png", "image", "beside_image"),
        # … the sealed scan of a table too …
        ("白石镇/花名册（盖章扫描件）.pdf", "pdf", "beside_pdf"),
        ("清水乡/花名册.jpg", "image", "beside_image"),
        # … but not a register without its table,
        ("白石镇/村级台账.docx", "word", None),
        ("白石镇/一人一档登记表.pdf", "pdf", None),
        ("清水乡/花名册二.pdf", "pdf", None),
        # nor what may be the photograph of one,
        ("白石镇/IMG_2031.jpg", "image", None),
        ("照片.jpg", "image", None),
        # nor all that a unit handed in.
        ("大坪乡/扫描.pdf", "pdf", None),
        ("红河镇/情况说明.docx", "word", None),
        ("红河镇情况说明.docx", "word", None),
        ("白石镇情况说明.docx", "word", "beside_word"),
        # Other refusals are none of these.
        ("白石镇/a.rar", "archive", None),
        ("白石镇/a.docx", "word_list", None),
        ("白石镇/a.xlsx", "damaged", None),
    ],
)
def test_what_is_beside_the_point(name: str, refusal: str, reason: str | None) -> None:
    assert Companions([*FILES, name]).reason(name, refusal) == reason


def test_documents_alone_are_all_there_is() -> None:
    assert Companions(["说明.docx"]).reason("说明.docx", "word") is None
    assert Companions([]).reason("说明.docx", "word") is None
