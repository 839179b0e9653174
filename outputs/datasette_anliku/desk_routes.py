"""Addresses of the review desk. `review_page` and `desk_page` take forms; only the first writes the library."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from secrets import compare_digest
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from datasette.utils.asgi import NotFound, Request, Response

from outputs.datasette_anliku import review_pages
from outputs.datasette_anliku.decisions import Form, Outcome, decide, form
from outputs.datasette_anliku.desk import NAME_COOKIE, Reviewer, clean, desk, remember, reviewer
from outputs.datasette_anliku.language import language, strings
from outputs.datasette_anliku.libraries import is_library, read
from outputs.datasette_anliku.page import Urls, page
from outputs.datasette_anliku.panel import Asked, asked, query
from outputs.datasette_anliku.problems import problem
from outputs.datasette_anliku.show_case import show_case
from outputs.datasette_anliku.views import READS, answered, counted, named, told
from outputs.library import Library, LibraryError
from outputs.library.errors import NoSuchArticle

if TYPE_CHECKING:
    from datasette.app import Datasette

BUSY_SECONDS = 8.0
"""How long a form waits while `anliku run` writes."""

Sent = dict[str, list[str]]


@answered(*READS, "POST")
async def desk_page(datasette: Datasette, request: Request) -> Response:
    """Enter with the token of the address that `anliku serve` printed; say one's name; leave."""
    own = desk(datasette)
    if own is None:
        raise NotFound(strings(language(request))["desk_by_login"])
    if request.method == "POST":
        sent, refused = await _sent(datasette, request)
        if refused is not None:
            return refused
        response = Response.redirect(datasette.urls.path("/"))
        if "leave" in sent:
            response.set_cookie(own.cookie, "", max_age=0, httponly=True, samesite="strict")
        elif own.knows(request.cookies.get(own.cookie) or ""):
            remember(request, response, clean(_first(sent, "reviewer")))
        response.status = 303
        return response
    token = request.args.get("token")
    if token is None:
        inside = own.knows(request.cookies.get(own.cookie) or "")
        return await page(datasette, request, "desk", {
            "inside": inside, "reviewer_fixed": own.reviewer,
            "own_name": clean(unquote(request.cookies.get(NAME_COOKIE) or "")),
        })  # fmt: skip
    kept = own.enter(token) if request.method == "GET" else None
    if kept is None:
        return await problem(datasette, request, strings(language(request))["desk_bad_token"], 403)
    response = Response.redirect(datasette.urls.path("/"), status=303, headers={"Referrer-Policy": "no-referrer"})
    response.set_cookie(own.cookie, kept, httponly=True, samesite="strict", secure=request.scheme == "https")
    return response


@answered("POST")
async def review_page(datasette: Datasette, request: Request) -> Response:
    """Take a decision on a finding of an article, and lead on."""
    name, article_id = named(request, "database"), request.url_vars["id"]
    words = strings(language(request))
    sent, refused = await _sent(datasette, request)
    if refused is not None:
        return refused
    if not is_library(datasette, name):
        raise NotFound(f"no case library {name}")
    await datasette.ensure_permissions(request.actor, [("view-database", name), "view-instance"])
    who = await reviewer(datasette, request, name)
    if who is None:
        return await problem(datasette, request, words["desk_closed"], 403)
    wanted, decision = asked(sent), form(sent)
    if decision is None:
        return await problem(datasette, request, words["bad_form"], 400)
    signed = who.name if who.fixed else clean(_first(sent, "reviewer")) or who.name
    if signed:
        outcome, status = await _decide(Path(datasette.databases[name].path), article_id, decision, signed, words)
    else:
        outcome, status = Outcome("wrong", errors={"reviewer": "bad_needed"}), 400
    if outcome.kind in ("done", "again"):
        urls = Urls(datasette, name)
        where = urls("reviews") if "to_reviews" in sent else _onwards(urls, article_id, decision, wanted)
        response = Response.redirect(where, status=303)
    else:
        notice = words["desk_changed"] if outcome.kind == "changed" else ""
        response = await show_case(
            datasette, request, name, article_id, Reviewer(signed, who.fixed), wanted, sent=decision,
            errors=outcome.errors, notice=notice, status=409 if notice else status,
        )  # fmt: skip
    if signed and not who.fixed:
        remember(request, response, signed)
    return response


async def _decide(
    path: Path, article_id: str, decision: Form, signed: str, words: dict[str, str]
) -> tuple[Outcome, int]:
    def write() -> Outcome:
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        with Library(path, busy_seconds=BUSY_SECONDS) as library:
            return decide(library, article_id, decision, reviewer=signed, at=at)

    try:
        return await asyncio.to_thread(write), 400
    except NoSuchArticle:
        raise
    except LibraryError as error:  # locked, full, read-only: what was typed is shown again with it
        status, said = told(error, words)
        return Outcome("wrong", errors={"file": said}), status


def _onwards(urls: Urls, article_id: str, decision: Form, wanted: Asked) -> str:
    if wanted.after:
        return urls("queue", "next", only=wanted.only, county=wanted.county, after=wanted.after, done=decision.decision)
    key = review_pages.key(decision)
    return urls("case", article_id, review=key, done=decision.decision) + "#p-review"


async def _sent(datasette: Datasette, request: Request) -> tuple[Sent, Response | None]:
    """What a form of ours says; or why it is refused: it comes from elsewhere, or without the token of this browser.
    Datasette checks the token too, but not of a visitor without a cookie."""
    words = strings(language(request))
    origin = request.headers.get("origin", "")
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != "application/x-www-form-urlencoded":
        return {}, await problem(datasette, request, words["bad_form"], 415)
    here = request.headers.get("host", "")
    if urlsplit(origin).netloc.lower() != here.lower() or urlsplit(origin).scheme not in ("http", "https"):
        return {}, await problem(datasette, request, words["bad_origin"], 403)
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return {}, await problem(datasette, request, words["bad_origin"], 403)
    sent = parse_qs((await request.post_body()).decode("utf-8"), keep_blank_values=True)
    token: str = request.scope["csrftoken"]()
    if not compare_digest(_first(sent, "csrftoken").encode(), token.encode()):
        return {}, await problem(datasette, request, words["bad_token"], 403)
    return sent, None


def _first(sent: Sent, name: str) -> str:
    return (sent.get(name) or [""])[0]


@answered(*READS)
async def queue_page(datasette: Datasette, request: Request) -> Response:
    """What waits for a reviewer, the most doubtful first."""
    name, wanted = named(request, "database"), asked(query(request))
    found = await read(datasette, request, name, review_pages.waiting(wanted, language(request)))
    return await page(datasette, request, "queue", {"database": name, **found, **await _who(datasette, request, name)})


@answered(*READS)
async def next_page(datasette: Datasette, request: Request) -> Response:
    """The next finding of the queue, on its case page."""
    name, wanted = named(request, "database"), asked(query(request))
    one = await read(datasette, request, name, review_pages.following(wanted))
    urls = Urls(datasette, name)
    if one is None:
        return Response.redirect(urls("queue", only=wanted.only, county=wanted.county, done=wanted.done or "accepted"))
    article_id, _, key = one.id.partition("-")
    where = urls("case", article_id, review=key, only=wanted.only, county=wanted.county,
                 after=review_pages.cursor(one), done=wanted.done)  # fmt: skip
    return Response.redirect(f"{where}#p-review")


@answered(*READS)
async def reviews_page(datasette: Datasette, request: Request) -> Response:
    """Who decided what, when and why; and which reviews no longer fit."""
    name = named(request, "database")
    article, who = (request.args.get("article") or "")[:16], clean(request.args.get("reviewer") or "")
    number = counted(request, "page", 10_000) or 1
    found = await read(datasette, request, name, review_pages.decided(article, who, number))
    return await page(
        datasette, request, "reviews", {"database": name, **found, **await _who(datasette, request, name)}
    )


@answered(*READS)
async def agreement_page(datasette: Datasette, request: Request) -> Response:
    """How far two reviewers agree."""
    name = named(request, "database")
    one, other = (clean(request.args.get(key) or "") for key in ("a", "b"))
    found = await read(datasette, request, name, review_pages.agreed(one, other))
    return await page(datasette, request, "agreement", {"database": name, **found})


async def _who(datasette: Datasette, request: Request, name: str) -> dict[str, Any]:
    return {"who": await reviewer(datasette, request, name)}


_IN = r"/(?P<database>[^/]+)"
ROUTES = [
    (r"^/-/desk$", desk_page),
    (rf"^/-/review{_IN}/(?P<id>[0-9a-f]{{16}})$", review_page),
    (rf"^/-/queue{_IN}$", queue_page),
    (rf"^/-/queue{_IN}/next$", next_page),
    (rf"^/-/reviews{_IN}$", reviews_page),
    (rf"^/-/agreement{_IN}$", agreement_page),
]
