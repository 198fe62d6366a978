"""Words for who is turned away: in both languages, because nothing is known of them."""

from __future__ import annotations

from typing import Final

from starlette.responses import HTMLResponse

from lbt_audit.model.text import Text

OTHER_HOST: Final = Text(
    "不接受从这个地址来的访问：核查台只在启动时给出的地址上打开。",
    "Not answered under this name: the desk opens only at the address it gave when it started.",
)
OTHER_PAGE: Final = Text(
    "这个请求不是从核查台的页面发出的，已拒绝。",
    "This request did not come from a page of the desk and was refused.",
)
NO_ENTRY: Final = Text(
    "没有进入核查台的凭证，或凭证已失效。请关闭本页，用 lbt-audit desk 重新打开，或复制它在窗口中给出的地址。",
    "The desk is not open to you here, or no longer. Close this page and start lbt-audit desk again, or copy the address its "
    "window shows.",
)
USED_UP: Final = Text(
    "地址中的口令不对，或已经用过一次。请复制启动窗口中给出的地址，或重新启动 lbt-audit desk。",
    "The token in the address is wrong or was used already. Copy the address shown in the window the desk was started from, or "
    "start lbt-audit desk again.",
)
WRONG_TOKEN: Final = Text(
    "访问口令不对，请向开设核查台的人核对。", "The access token is wrong; ask whoever opened the desk."
)
FULL: Final = Text(
    "同时使用的人太多，请稍后再试。", "Too many people use the desk at the moment; try again later."
)


def refusal(text: Text, status: int = 403) -> HTMLResponse:
    """A page that says ``text`` and nothing else."""
    return HTMLResponse(
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>lbt-audit</title>'
        f'<h1>lbt-audit</h1><p>{text.zh}</p><p lang="en">{text.en}</p></html>',
        status,
    )
