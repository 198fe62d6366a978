"""The documentation as a site: whole, and asking for nothing that is not in it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from tests.reports.page.browser import Tab, browser, needs_browser

TOP = Path(__file__).parents[2]
DOCS = TOP / "docs"
PICTURES = 150_000  # bytes, each


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both halves, as ``make site`` builds them; dead links and anchors end it."""
    folder = tmp_path_factory.mktemp("site")
    for config, half in (("mkdocs.yml", folder), ("mkdocs.en.yml", folder / "en")):
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", config, "-d", half]
        done = subprocess.run(command, cwd=TOP, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
    return folder


class Page(HTMLParser):
    """What a page loads and where it leads."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.leads: list[str] = []
        self.lang = ""
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.lang = found["lang"] if tag == "html" else self.lang
        for name in ("src", "srcset", "data", "poster", "action", "background"):
            if name in found:
                self.loads.append(found[name])
        if "href" in found:
            (self.leads if tag == "a" else self.loads).append(found["href"])
        self.loads += re.findall(r"url\(([^)]*)\)", found.get("style", ""))


def test_pages_load_and_lead_to_what_is_in_the_site(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 60
    for path in pages:
        page = Page(path)
        if path.name != "404.html":  # its links begin at the root of a server
            for target in page.loads + page.leads:
                parts = urlsplit(target)
                assert not parts.scheme and not parts.netloc, f"{path.relative_to(site)}: {target}"
                assert not parts.path or (path.parent / unquote(parts.path)).is_file(), (
                    f"{path.relative_to(site)}: {target}"
                )
        assert page.lang == ("en" if path.is_relative_to(site / "en") else "zh")
    for style in site.rglob("*.css"):
        assert not re.search(r"(url\(|@import)\s*[\"']?(https?:)?//", style.read_text("utf-8")), style


def test_no_space_stands_where_a_line_of_chinese_ends(site: Path) -> None:
    text = re.sub(r"<pre\b.*?</pre>", "", (site / "tutorial.html").read_text("utf-8"), flags=re.DOTALL)
    assert "查、改、再查都在那里" in text


def test_each_half_holds_its_language(site: Path) -> None:
    for name, zh, en in (
        ("index", "填报人员", "a clerk"),
        ("tutorial", "报送之前", "handing it in"),
        ("privacy", "保存", "kept"),
    ):
        assert zh in (site / f"{name}.html").read_text("utf-8")
        assert en in (site / "en" / f"{name}.html").read_text("utf-8")
    assert not [path for path in site.rglob("*") if "zh-cn" in path.name.lower() or path.suffix == ".py"]


def test_every_page_stands_in_the_contents() -> None:
    chinese = {path.name.replace(".zh-CN", "") for path in DOCS.glob("*.zh-CN.md")}
    for config, lang in (("mkdocs.yml", "zh"), ("mkdocs.en.yml", "en")):
        contents = (TOP / config).read_text("utf-8").partition("\nnav:")[2]
        listed = set(re.findall(r"[\w/.-]+\.md", contents))
        written = {path.name for path in DOCS.glob("*.md") if ".zh-CN" not in path.name} | chinese
        rules = {f"rules/{lang}/{path.name}" for path in (DOCS / "rules" / lang).glob("*.md")}
        assert listed == written | rules, config


def test_pictures_are_small() -> None:
    for picture in (DOCS / "pictures").iterdir():
        assert picture.stat().st_size < PICTURES, picture.name


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as running:
        yield running


@needs_browser
@pytest.mark.parametrize(
    ("page", "words", "found"),
    [("privacy.html", "批注副本", "个人信息保护"), ("en/index.html", "relapsed", "From folder to closing")],
)
def test_words_are_found_from_a_disk(chromium: Any, site: Path, page: str, words: str, found: str) -> None:
    tab = Tab(chromium, site / page)
    box = tab.page.locator(".md-search__input")
    box.click()
    tab.page.keyboard.insert_text(words)
    tab.page.keyboard.press("End")
    tab.page.wait_for_selector(".md-search-result__item h1")
    titles = [
        title.replace("\u200b", "")
        for title in tab.page.locator(".md-search-result__item h1").all_inner_texts()
    ]
    assert any(found in title for title in titles), titles
    assert all(url.startswith("file:") for url in tab.asked)
    tab.context.close()
