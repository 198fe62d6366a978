"""What is due each month and each term (L01, L07).

=====  =========================================================================================
L01    响泉村 hands in no ledger; 响石乡's roster is September's, 珠岩小学's ledger too
L07    沙坝小学, 落水洞小学 and 云台镇初级中学 still send last term's ledger
=====  =========================================================================================
"""

from __future__ import annotations

from sample_data.generate.world import World

UNHEARD = "响泉村"


def l01_missing(world: World) -> None:
    """Before anything else is planted: the book is gone with all that could stand in it."""
    world.books.remove(world.book(f"村级台账/{UNHEARD}"))


def l01(world: World) -> None:
    world.expect("L01", f"{UNHEARD}没有报送台账", unit=UNHEARD)
    roster, ledger = world.book("响石乡农村留守儿童花名册"), world.book("珠岩小学")
    roster.facts["填报日期"] = "2026年9月27日"
    world.expect("L01", "花名册填报日期是上月", book=roster)
    ledger.facts["填报时间"] = "2026年9月24日"
    world.expect("L01", "台账填报日期是上月", book=ledger)


def l07(world: World) -> None:
    for name, day in (
        ("沙坝小学", "2026年6月24日"),
        ("落水洞小学", "2026.7.3"),
        ("云台镇初级中学", "2026年3月"),
    ):
        book = world.book(name)
        book.facts["填报时间"] = day
        world.expect("L07", "台账是上学期的", book=book)


ALL = (l01, l07)
