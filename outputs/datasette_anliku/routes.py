"""Addresses and what answers them. Those here read; what writes is in `desk_routes`."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import NotFound, Request, Response
from markupsafe import Markup

from outputs import charts
from outputs.compare import Observation
from outputs.compare_files import as_json
from outputs.compare_table import group_title
from outputs.datasette_anliku import comparison as comparing
from outputs.datasette_anliku.beside import beside_page
from outputs.datasette_anliku.county import counties, county
from outputs.datasette_anliku.desk import reviewer
from outputs.datasette_anliku.failed import failures_page
from outputs.datasette_anliku.headers import DATA
from outputs.datasette_anliku.language import language, namer, strings
from outputs.datasette_anliku.libraries import libraries, read
from outputs.datasette_anliku.map import Spot, country_map
from outputs.datasette_anliku.metadata import canned_queries
from outputs.datasette_anliku.page import Urls, page
from outputs.datasette_anliku.panel import asked, query
from outputs.datasette_anliku.searching import results
from outputs.datasette_anliku.show_case import show_case
from outputs.datasette_anliku.start import indicators, overview
from outputs.datasette_anliku.views import READS, answered, counted, named
from outputs.labels import labels, plain

if TYPE_CHECKING:
    from datasette.app import Datasette

WIDE, NARROW = 860, 360
"""Widths of a chart for a screen and for a phone, in pixels."""


async def start(datasette: Datasette, request: Request, send: Any) -> Response:
    """What the libraries hold; Datasette's own start page where no database is one."""
    if not libraries(datasette):
        from datasette.views.index import IndexView

        request.scope["url_route"] = {"kwargs": {"format": None}}
        return await IndexView.as_view(datasette)(request, send)
    return await _start(datasette, request)


@answered(*READS)
async def _start(datasette: Datasette, request: Request) -> Response:
    await datasette.ensure_permissions(request.actor, ["view-instance"])
    held = []
    for name in libraries(datasette):
        visible, _ = await datasette.check_visibility(request.actor, "view-database", name)
        if visible:
            found = await read(datasette, request, name, overview)
            held.append({"database": name, "urls": Urls(datasette, name), **found,
                         "queries": canned_queries(datasette, name, language(request))})  # fmt: skip
    first = held[0]["database"] if held else None
    return await page(datasette, request, "start", {"held": held, "database": first})


@answered(*READS)
async def case_page(datasette: Datasette, request: Request) -> Response:
    """A case beside its article. The id of a finding leads to its value in the case."""
    name = named(request, "database")
    article_id, _, key = request.url_vars["id"].partition("-")
    if key:
        anchor = "" if re.fullmatch(r"c\d+", key) else f"#{key}"  # the id of a case is that of its article
        await read(datasette, request, name, lambda library: library.article(article_id))
        return Response.redirect(Urls(datasette, name)("case", article_id) + anchor)
    who = await reviewer(datasette, request, name)
    return await show_case(datasette, request, name, article_id, who, asked(query(request)))


@answered(*READS)
async def county_page(datasette: Datasette, request: Request) -> Response:
    """All that is known of a county."""
    name, key = named(request, "database"), named(request, "county")
    found = await read(datasette, request, name, lambda library: county(library, key))
    return await page(datasette, request, "county", {"database": name, "key": key, **found})


@answered(*READS)
async def compare_page(datasette: Datasette, request: Request) -> Response:
    """One indicator across places: a page, or .csv .json .svg .png."""
    name, code, kind = (named(request, key) for key in ("database", "code", "format"))
    if not code:
        first = await read(datasette, request, name, indicators)
        if not first:
            raise NotFound("no indicators in this library")
        return Response.redirect(Urls(datasette, name)("compare", first[0]["code"]))
    question = comparing.asked(request, code)
    urls, spoken = Urls(datasette, name), language(request)

    def link(seen: Observation) -> str:
        return urls.finding(seen.id)

    draw = partial(charts.chart, name=namer(spoken), number=charts.short if spoken == "zh" else plain,
                   key=strings(spoken)["chart_key"], nothing=strings(spoken)["no_rows"])  # fmt: skip
    if kind:
        found = await read(datasette, request, name, comparing.compared(question))
        if kind == "csv":
            disposition = f'attachment; filename="{code}.csv"'
            return Response(comparing.as_csv(found), headers={"Content-Disposition": disposition},
                            content_type="text/csv; charset=utf-8")  # fmt: skip
        if kind == "json":
            return Response(as_json(found), content_type="application/json; charset=utf-8")
        if kind == "png":
            return Response(await asyncio.to_thread(charts.png, draw(found)), content_type="image/png")
        # An SVG opened by itself is a document: it may not run or load a thing either.
        return Response(draw(found), headers={"Content-Security-Policy": DATA},
                        content_type="image/svg+xml")  # fmt: skip
    context = await read(datasette, request, name, comparing.answer(question))
    found = context["comparison"]
    context["charts"] = {
        "wide": Markup(draw(found, width=WIDE, link=link)),
        "narrow": Markup(draw(found, width=NARROW, link=link)),
    }
    return await page(datasette, request, "compare", {"database": name, **context})


@answered(*READS)
async def map_page(datasette: Datasette, request: Request) -> Response:
    """Counties with values: the number of reports, or the median of one comparable group of an indicator."""
    name, code, kind = (named(request, key) for key in ("database", "code", "format"))
    code = "" if code == "reports" else code
    spoken, urls = language(request), Urls(datasette, name)
    words = strings(spoken)
    province = re.sub(r"\D", "", request.args.get("province") or "")[:2]
    by_province = await read(datasette, request, name, counties)
    groups: list[tuple[str, list[Spot]]] = []
    if code:
        found = await read(datasette, request, name, comparing.compared(comparing.Asked(code, "county", "", "")))
        for row in found.rows:
            title = group_title(code, row, namer(spoken))
            if not groups or groups[-1][0] != title:
                groups.append((title, []))
            tip = f"{row.place} {charts.span(row, plain)} {row.unit}"
            groups[-1][1].append(Spot(row.adcode, row.place, row.median, tip, urls.finding(row.quotes[0].id)))
    else:
        reports = [
            Spot(one["county_code"], one["county"], one["articles"], f"{one['county']} {one['articles']}",
                 urls("county", one["county_code"] or one["county"]))
            for held in by_province.values() for one in held
        ]  # fmt: skip
        groups.append((words["map_reports"], reports))
    wanted = counted(request, "group", len(groups))
    nr = _fullest(groups) if wanted is None or wanted == len(groups) else wanted
    title, spots = groups[nr] if groups else (words["no_rows"], [])
    svg, lost = country_map(spots, title, province=province, near=lambda spot: f"{spot.tip}（{words['near']}）")
    if kind == "svg":
        return Response(svg, headers={"Content-Security-Policy": DATA}, content_type="image/svg+xml")
    provinces = [(held[0]["county_code"][:2], of) for of, held in by_province.items() if held[0]["county_code"]]
    return await page(datasette, request, "map", {
        "database": name, "svg": Markup(svg), "title": title, "lost": lost, "code": code, "group": nr,
        "groups": [group for group, _ in groups], "province": province, "provinces": provinces, "spots": spots,
        "indicators": await read(datasette, request, name, indicators),
    })  # fmt: skip


def _fullest(groups: list[tuple[str, list[Spot]]]) -> int:
    return max(range(len(groups)), key=lambda nr: (len(groups[nr][1]), -nr), default=0)


@answered(*READS)
async def search_page(datasette: Datasette, request: Request) -> Response:
    """Articles that hold every word, in either script, or what was found in them."""
    name, query = named(request, "database"), (request.args.get("q") or "").strip()[:200]
    layer, number = request.args.get("in") or "", counted(request, "page", 1000) or 1
    found = await read(datasette, request, name, lambda library: results(library, query, layer, number))
    return await page(datasette, request, "search", {"database": name, **found})


async def colours() -> Response:
    """How each layer looks, from `labels.toml`, which the other outputs use too."""
    rules = []
    for layer, colour in labels()["colour"].items():
        look = "border-left-color" if layer == "measures" else "background"
        if layer in ("actions", "outcomes"):
            look = "border-bottom-color"
        rules.append(f".{layer} {{ {look}: {colour}; }}")
        rules.append(f"#show-{layer}:not(:checked) ~ .text .{layer} {{ background: none; border-color: transparent; }}")
        rules.append(f'#show-{layer}:not(:checked) ~ .legend [for="show-{layer}"] {{ opacity: .4; }}')
    return Response("\n".join(rules), content_type="text/css; charset=utf-8")


def links(datasette: Datasette, request: Request | None) -> list[dict[str, str]]:
    """Our pages in the menu of Datasette's own."""
    words = strings(language(request) if request else "zh")
    return [
        {"href": Urls(datasette, name)(kind), "label": f"{words[kind]} · {name}"}
        for name in libraries(datasette)
        for kind in ("search", "compare", "map", "queue")
    ]


Route = tuple[str, Callable[..., Awaitable[Response]]]
_IN = r"/(?P<database>[^/]+)"
ROUTES: list[Route] = [
    (r"^/$", start),
    (rf"^/-/case{_IN}/(?P<id>[^/]+)$", case_page),
    (rf"^/-/county{_IN}/(?P<county>[^/]+)$", county_page),
    (rf"^/-/compare{_IN}(?:/(?P<code>[\w-]+?)(?:\.(?P<format>csv|json|svg|png))?)?$", compare_page),
    (rf"^/-/beside{_IN}(?:/places\.(?P<format>csv|json))?$", beside_page),
    (rf"^/-/map{_IN}(?:/(?P<code>[\w-]+?)(?:\.(?P<format>svg))?)?$", map_page),
    (rf"^/-/search{_IN}$", search_page),
    (rf"^/-/failures{_IN}$", failures_page),
    (r"^/-/anliku-layers\.css$", colours),
]
