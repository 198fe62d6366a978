"""The desk's routes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from lbt_audit.desk.access.guard import REPORT_POLICY, Guard
from lbt_audit.desk.access.refusal import FULL, NO_ENTRY, USED_UP, WRONG_TOKEN, refusal
from lbt_audit.desk.downloads.documents import blank_form, handed_out, packed
from lbt_audit.desk.pages import render
from lbt_audit.desk.pages.words import WORDS
from lbt_audit.desk.server.asked import body_of, done, not_found, session_of, state_of
from lbt_audit.desk.server.panel import county, profiles, settings
from lbt_audit.desk.uploads.limits import UploadError
from lbt_audit.model.text import Lang

if TYPE_CHECKING:
    from lbt_audit.desk.server.state import State


def application(desk: State) -> Starlette:
    """The desk as an ASGI application."""
    room = desk.address.room
    routes = [
        Route("/", entry),
        Route("/enter", enter_with_token, methods=["POST"]),
        Route("/desk.css", partial(asset, name="desk.css")),
        Mount(
            f"/{room}",
            routes=[
                Route("/", page),
                Route("/enter", enter),
                Route("/assets/{name}", asset),
                Route("/view/{part}", view),
                Route("/state", state),
                Route("/files", take, methods=["POST"]),
                Route("/remove", remove, methods=["POST"]),
                Route("/clear", clear, methods=["POST"]),
                Route("/settings", settings, methods=["POST"]),
                Route("/county", county, methods=["POST"]),
                Route("/check", check, methods=["POST"]),
                Route("/stop", stop, methods=["POST"]),
                Route("/repair", repair, methods=["POST"]),
                Route("/use-repaired", use_repaired, methods=["POST"]),
                Route("/check/{number:int}/{name:path}", document),
                Route("/copies/{number:int}", copies),
                Route("/repaired/{name:path}", repaired_document),
                Route("/repaired-all", repaired_documents),
                Route("/forms/{kind}", form),
                Route("/end", end, methods=["POST"]),
            ],
        ),
    ]
    entries = frozenset({"/", "/enter", "/desk.css", f"/{room}/enter"})
    guard = Middleware(Guard, address=lambda: desk.address, sessions=desk.sessions, open_paths=entries)
    app = Starlette(routes=routes, middleware=[guard])
    app.state.desk = desk
    return app


# Entering


async def entry(request: Request) -> Response:
    """The front door: open to who has a token to give, where the desk asks for one."""
    return (
        refusal(NO_ENTRY)
        if state_of(request).address.token is None
        else HTMLResponse(render.entry(_wanted(request)))
    )


async def enter(request: Request) -> Response:
    """By a ticket in the address, which does not stay there."""
    desk = state_of(request)
    if request.scope["session"] is not None:
        return RedirectResponse(f"/{desk.address.room}/", 303)
    if not desk.tickets.opens(request.query_params.get("ticket", "")):
        return refusal(USED_UP)
    return _let_in(desk)


async def enter_with_token(request: Request) -> Response:
    desk = state_of(request)
    if desk.address.token is None:
        return refusal(NO_ENTRY)
    given = parse_qs((await body_of(request)).decode("utf-8", "replace")).get("token", [""])[0]
    if not desk.tickets.opens(given.strip()):
        return HTMLResponse(render.entry(_wanted(request), WRONG_TOKEN), 403)
    return _let_in(desk)


def _let_in(desk: State) -> Response:
    cookie = desk.sessions.enter()
    if cookie is None:
        return refusal(FULL, 503)
    room = f"/{desk.address.room}/"
    answer = RedirectResponse(room, 303)
    secure = desk.address.tls is not None
    answer.set_cookie(
        desk.sessions.cookie, cookie, path=room, httponly=True, samesite="strict", secure=secure
    )
    return answer


def _wanted(request: Request) -> Lang:
    """The language of who is not in yet."""
    return "en" if request.headers.get("accept-language", "zh").lower().startswith("en") else "zh"


# What is shown


async def page(request: Request) -> Response:
    return HTMLResponse(render.page(session_of(request), await run_in_threadpool(profiles)))


async def asset(request: Request, name: str | None = None) -> Response:
    name = name or request.path_params["name"]
    if name not in render.ASSETS:
        return not_found()
    return Response(render.asset(name), media_type=render.ASSETS[name])


async def view(request: Request) -> Response:
    name = request.path_params["part"]
    if name == "forms":
        from lbt_audit.desk.checks.forms import forms

        return HTMLResponse(render.forms(session_of(request).settings.lang, await run_in_threadpool(forms)))
    return (
        HTMLResponse(render.part(session_of(request), name)) if name in ("files", "results") else not_found()
    )


async def state(request: Request) -> Response:
    """How far the check is: in a line, as a share (None = unknown), and what is being done with each file."""
    session = session_of(request)
    work = session.work or session.repairing
    if work is None:
        return JSONResponse({"running": False})
    lang, step = session.settings.lang, work.step
    files = {}
    if session.work is not None:
        files = {
            path: WORDS["read" if path in work.files or step.rule or step.writing else "reading"][lang]
            for path in session.shelf.files
        }
    share = step.done / step.total if step.total and not (step.rule or step.writing) else None
    text = render.progress(step, lang, session.work is None)
    return JSONResponse({"running": True, "text": text, "share": share, "files": files})


# Files


async def take(request: Request) -> Response:
    """A file, as the body; its path below the folder dropped in the query."""
    session = session_of(request)
    lang = session.settings.lang
    announced = request.headers.get("content-length", "")
    try:
        taken = await session.shelf.take(
            request.query_params.get("path", ""),
            request.stream(),
            int(announced) if announced.isdigit() else None,
        )
    except UploadError as error:
        return JSONResponse({"refused": error.text[lang]}, 413)
    if taken is None:
        return JSONResponse({"passed_over": True})
    return JSONResponse(
        {"taken": taken.path, "replaced": taken.replaced if taken.replaced != taken.path else None}
    )


async def remove(request: Request) -> Response:
    session_of(request).shelf.remove(request.query_params.get("path", ""))
    return done()


async def clear(request: Request) -> Response:
    await run_in_threadpool(session_of(request).clear)
    return done()


# Checks


async def check(request: Request) -> Response:
    session = session_of(request)
    if session.shelf.files:
        await run_in_threadpool(session.check)
    return done()


async def stop(request: Request) -> Response:
    await run_in_threadpool(session_of(request).stop)
    return done()


async def repair(request: Request) -> Response:
    session = session_of(request)
    if session.outcome is not None:
        await run_in_threadpool(session.repair)
    return done()


async def use_repaired(request: Request) -> Response:
    await run_in_threadpool(session_of(request).use_repaired)
    return done()


# What is handed out


async def document(request: Request) -> Response:
    session, number, name = session_of(request), request.path_params["number"], request.path_params["name"]
    outcome = next((o for o in (session.outcome,) if o is not None and o.number == number), None)
    if outcome is None or name not in outcome.documents:
        return not_found()
    if name == outcome.page and "save" not in request.query_params:
        text = await run_in_threadpool((outcome.folder / name).read_bytes)
        return HTMLResponse(text, headers={"Content-Security-Policy": REPORT_POLICY})
    return handed_out(outcome.folder / name, outcome.documents[name])


async def copies(request: Request) -> Response:
    outcome = session_of(request).outcome
    if outcome is None or outcome.number != request.path_params["number"]:
        return not_found()
    names = {name: outcome.documents[name] for name in outcome.copies}
    return await run_in_threadpool(packed, outcome.folder, names, outcome.lang)


async def repaired_document(request: Request) -> Response:
    repaired, name = session_of(request).repaired, request.path_params["name"]
    if repaired is None or name not in repaired.documents:
        return not_found()
    return handed_out(repaired.folder / name, repaired.documents[name])


async def repaired_documents(request: Request) -> Response:
    session = session_of(request)
    if session.repaired is None:
        return not_found()
    return await run_in_threadpool(
        packed, session.repaired.folder, session.repaired.documents, session.settings.lang
    )


async def form(request: Request) -> Response:
    from lbt_audit.desk.checks.forms import forms

    kind, session = request.path_params["kind"], session_of(request)
    known = await run_in_threadpool(forms)
    if kind not in known:
        return not_found()
    return await run_in_threadpool(blank_form, session, kind, known[kind])


async def end(request: Request) -> Response:
    state_of(request).ended.set()
    return done()
