"""``lbt-audit desk``: the page for people without a terminal."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from lbt_audit.cli import arguments, exits
from lbt_audit.cli.errors import UsageError
from lbt_audit.cli.language import both, spoken
from lbt_audit.cli.options import DATE, FILE, ProfileOption, option
from lbt_audit.model.text import Text

_NEEDED = ("starlette", "uvicorn")
HELP = both(
    "打开本机的核查页面：拖入表格，看结论，下载批注副本，改好再拖进来。只在本机，不上网，关闭后不留内容。\n\n"
    "退出码：0 正常结束；2 用法有误或缺少组件。",
    "Open a page of this machine's browser: drop registers, read the verdict, take the annotated copy, correct it and drop it "
    "again. On this machine only, offline; nothing is kept once it closes.\n\n"
    "Exit codes: 0 closed; 2 wrong usage or a component is missing.",
)


def desk(
    config: Annotated[
        Path | None,
        option("--config", metavar=FILE, zh="县级配置文件（默认：不用）", en="County file (default: none)"),
    ] = None,
    as_of: Annotated[
        str | None, option("--as-of", metavar=DATE, zh="统计截止日", en="The day of the data")
    ] = None,
    profile: ProfileOption = None,
    browser: Annotated[
        bool,
        option("--browser/--no-browser", zh="打开浏览器（默认）", en="Open the browser (default)"),
    ] = True,
    port: Annotated[
        int,
        option("--port", min=0, max=65535, metavar="N", zh="端口（默认：随机）", en="Port (default: random)"),
    ] = 0,
    host: Annotated[
        str,
        option(
            "--host",
            metavar=both("地址", "ADDRESS"),
            zh="本机地址（默认 127.0.0.1，只有本机能用）；其他电脑要用须加密并设口令",
            en="Address (default 127.0.0.1, for this machine only); others take encryption and a token",
        ),
    ] = "127.0.0.1",
    tls_cert: Annotated[
        Path | None, option("--tls-cert", metavar=FILE, zh="TLS 证书（PEM）", en="TLS certificate (PEM)")
    ] = None,
    tls_key: Annotated[
        Path | None, option("--tls-key", metavar=FILE, zh="TLS 私钥（PEM）", en="TLS key (PEM)")
    ] = None,
    access_token_file: Annotated[
        Path | None,
        option(
            "--access-token-file",
            metavar=FILE,
            zh="访问口令文件：第一行是口令，仅本人可读",
            en="File whose first line is the access token, readable by its owner alone",
        ),
    ] = None,
    install_shortcut: Annotated[
        bool,
        option(
            "--install-shortcut",
            zh="在桌面放一个双击启动的图标，不启动",
            en="Put a file to start it by a double-click on the desktop, and do not start it",
        ),
    ] = False,
) -> int:
    lang = spoken()
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        raise UsageError(
            f'缺少核查台的组件（{"、".join(missing)}），请安装：pip install "lbt-audit[desk]"',
            f'components of the desk are missing ({", ".join(missing)}): pip install "lbt-audit[desk]"',
        )
    from lbt_audit.desk.access.address import address
    from lbt_audit.desk.checks.job import Settings

    county = arguments.existing([config])[0].absolute() if config is not None else None
    if county is not None:
        arguments.county(county, [county])  # what is wrong in it is told now
    if profile is not None:
        from lbt_audit.resources import data_dir
        from lbt_audit.rulebook.profile import load_profile

        load_profile(data_dir("rules"), profile)
    if install_shortcut:
        return _install(county)
    wanted = Settings(
        lang, arguments.day(as_of) if as_of else None, profile, county, county.name if county else None
    )
    where = address(host, port, tls_cert, tls_key, access_token_file)
    from lbt_audit.desk.server.desk import Desk

    with Desk(where, wanted) as opened:
        told = Text(
            f"核查台已打开：{opened.printed_address}\n关闭这个窗口（或按 Ctrl-C），或在页面上点“结束并清除”，即停止并清除文件。",
            f"The desk is open: {opened.printed_address}\nClose this window (or press Ctrl-C), or choose “Close and remove all” "
            "on the page, to stop it and remove the files.",
        )
        typer.echo(told[lang])
        if browser:
            import webbrowser

            webbrowser.open(opened.address_once())
        opened.wait()
    typer.echo(Text("已结束，文件已清除。", "Closed; the files are removed.")[lang])
    return exits.OK


def _install(county: Path | None) -> int:
    from lbt_audit.desk.server.shortcut import install

    for path in install(spoken(), ["--config", str(county)] if county else []):
        typer.echo(Text(f"已写 {path}", f"wrote {path}")[spoken()])
    return exits.OK
