"""Hook of the site (mkdocs.yml): each half holds its own language.

``privacy.zh-CN.md`` stands beside ``privacy.md``. The Chinese half puts the first in the place of the second, so that links
lead to the page in the reader's language; a page there is in one language only stands in both halves. Of the rule book each
half's search knows its own language.
"""

from __future__ import annotations

import re
from typing import Any

CHINESE = ".zh-CN.md"
BROKEN = re.compile(r"(?<=[\u3001-\u9fff\uff01-\uff60])\n(?=[\u3001-\u9fff\uff01-\uff60])")


def on_files(files: Any, config: Any) -> Any:
    """Chinese pages take the place of their English namesakes, or are left out."""
    from mkdocs.structure.files import File

    for page in [file for file in files if file.src_uri.endswith(CHINESE)]:
        files.remove(page)
        plain = page.src_uri.removesuffix(CHINESE) + ".md"
        if config.theme["language"] == "zh":
            english = files.get_file_from_path(plain)
            if english is not None:
                files.remove(english)
            own = File(plain, config.docs_dir, config.site_dir, config.use_directory_urls)
            own.abs_src_path = page.abs_src_path
            files.append(own)
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Links lead to the reader's language; the other's rule book is not found by searching."""
    other = "en" if config.theme["language"] == "zh" else "zh"
    if page.file.src_uri.startswith(f"rules/{other}/"):
        page.meta["search"] = {"exclude": True}
    deep = re.sub(
        r"^  - ", "    - ", markdown, flags=re.MULTILINE
    )  # two blanks nest a list elsewhere, here four do
    return deep.replace(f"{CHINESE})", ".md)")


def on_page_content(html: str, page: Any, config: Any, files: Any) -> str:
    """Where a line of Chinese ends in the source there is no space to be read; what is preformatted stays."""
    parts = re.split(r"(<pre\b.*?</pre>)", html, flags=re.DOTALL)
    return "".join(part if part.startswith("<pre") else BROKEN.sub("", part) for part in parts)
