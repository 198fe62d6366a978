"""The Dockerfile: what it lets in and whom it runs as. ``packaging/try-image.sh`` builds it and audits with it."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatch
from pathlib import Path

TOP = Path(__file__).parents[2]


def instructions() -> list[tuple[str, str]]:
    """Each instruction with its arguments on one line, comments left out."""
    lines = [
        line for line in (TOP / "Dockerfile").read_text("utf-8").splitlines() if not line.startswith("#")
    ]
    whole = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [
        (word.upper(), rest) for word, _, rest in (line.partition(" ") for line in whole.splitlines() if line)
    ]


def last_stage() -> list[tuple[str, str]]:
    found = instructions()
    return found[max(i for i, (word, _) in enumerate(found) if word == "FROM") :]


def test_it_runs_as_an_ordinary_user_and_without_a_shell() -> None:
    said = dict(last_stage())
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", said["USER"])
    assert json.loads(said["ENTRYPOINT"]) == ["lbt-audit"] and "EXPOSE" not in said
    words = [word for word, _ in last_stage()]
    assert not {"RUN", "COPY"} & set(words[words.index("USER") :]), "nothing is the user's own to change"


def test_nothing_comes_from_a_network_but_packages_by_their_hashes() -> None:
    text = (TOP / "Dockerfile").read_text("utf-8")
    assert not re.search(r"\b(curl|wget|git|apt-get|ADD)\b|https?://|--trusted-host|--index-url", text)
    installs = [
        part for word, rest in instructions() if word == "RUN" for part in rest.split("&&") if "pip" in part
    ]
    installs = [part for part in installs if re.search(r" (install|wheel|download) ", part)]
    assert len(installs) == 4
    assert all("--require-hashes" in part or "--no-index --no-deps" in part for part in installs)
    assert not any(" pip" in f" {rest}" for word, rest in last_stage() if word == "RUN")


def test_both_stages_are_the_same_small_image_of_one_version() -> None:
    (python,) = (rest.partition("=")[2] for word, rest in instructions() if word == "ARG")
    assert re.fullmatch(r"python:3\.\d+-slim-\w+", python)
    assert {rest.split()[0] for word, rest in instructions() if word == "FROM"} == {"${PYTHON}"}


def test_only_what_the_wheel_is_made_of_is_sent_to_the_builder() -> None:
    lines = [
        line for line in (TOP / ".dockerignore").read_text("utf-8").splitlines() if line and line[0] != "#"
    ]
    assert lines[0] == "*"
    let_in = {line[1:] for line in lines if line[0] == "!"}
    assert let_in == {
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "NOTICE",
        "requirements",
        "rules",
        "schemas",
        "src",
        "sample_data",
    }
    assert not any(fnmatch(".git", name) or fnmatch(".venv", name) for name in let_in)
