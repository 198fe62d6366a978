"""The side panel: day, profile, language, county file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, partial
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from lbt_audit.desk.server.asked import body_of, session_of
from lbt_audit.desk.uploads.county import keep_county
from lbt_audit.desk.uploads.limits import UploadError
from lbt_audit.model.text import Lang, Text

_YEARS: Final = range(2000, 2100)


async def settings(request: Request) -> Response:
    session = session_of(request)
    try:
        given = json.loads(await body_of(request))
        wanted = {key: _SETTINGS[key](value) for key, value in given.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        text = Text("不是 2000 年到 2099 年之间的日期，没有采用", "no day between 2000 and 2099; not taken")
        return JSONResponse({"refused": text[session.settings.lang]}, 400)
    if "county" in wanted:
        wanted["county_name"] = None
    session.set(replace(session.settings, **wanted))
    return JSONResponse({})


def _as_of(value: str) -> date | None:
    day = date.fromisoformat(value) if value else None
    if day is not None and day.year not in _YEARS:
        raise ValueError
    return day


def _one_of(values: Callable[[], Mapping[str, Any]], value: str) -> str | None:
    if value and value not in values():
        raise ValueError
    return value or None


def _lang(value: str) -> Lang:
    return "en" if value == "en" else "zh"


@cache
def profiles() -> Mapping[str, Text]:
    """Profiles to choose from → what they are called."""
    from lbt_audit.resources import data_dir
    from lbt_audit.rulebook.profile import load_profile, profile_names

    folder = data_dir("rules")
    return {n: load_profile(folder, n).title or Text(n, n) for n in profile_names(folder)}


_SETTINGS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "as_of": _as_of,
    "profile": partial(_one_of, profiles),
    "lang": _lang,
    "county": lambda _: None,
}


async def county(request: Request) -> Response:
    """A county file, as the body."""
    session = session_of(request)
    name = request.query_params.get("name", "")
    try:
        path = await run_in_threadpool(keep_county, session.folder, name, await body_of(request, 1 << 20))
    except UploadError as error:
        return JSONResponse({"refused": error.text[session.settings.lang]}, 400)
    session.set(replace(session.settings, county=path, county_name=name))
    return JSONResponse({})
