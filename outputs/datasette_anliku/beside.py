"""Places side by side over all indicators: a page, .csv and .json."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import NotFound, Request, Response

from outputs.compare import BadPeriod
from outputs.compare_files import side_json, side_sheet
from outputs.compare_table import group_title, span
from outputs.datasette_anliku.libraries import read
from outputs.datasette_anliku.page import page
from outputs.datasette_anliku.views import READS, answered, named
from outputs.export import write_csv
from outputs.library import Library
from outputs.places_of import AmbiguousPlace, UnknownPlace
from outputs.side_by_side import SideBySide, side_by_side

if TYPE_CHECKING:
    from datasette.app import Datasette

MOST = 6
"""Places in one table; more have no room beside each other."""
LEFT_OUT = 60
"""Numbers shown of those of a place that cannot be compared; the files have them all."""


@answered(*READS)
async def beside_page(datasette: Datasette, request: Request) -> Response:
    """Up to `MOST` places, named in `places`, side by side."""
    name, kind = named(request, "database"), named(request, "format")
    typed = (request.args.get("places") or "").strip()
    period = (request.args.get("period") or "").strip()
    names = [one for one in re.split(r"[\s,，、]+", typed) if one][:MOST]

    def look(library: Library) -> SideBySide:
        return side_by_side(library, names, period=period or None)

    if kind:
        if not names:
            raise NotFound("no places asked for")
        found = await read(datasette, request, name, look)
        if kind == "json":
            return Response(side_json(found), content_type="application/json; charset=utf-8")
        out = BytesIO()
        write_csv(side_sheet(found), out, bom=True)
        return Response(out.getvalue(), headers={"Content-Disposition": 'attachment; filename="places.csv"'},
                        content_type="text/csv; charset=utf-8")  # fmt: skip
    context: dict[str, Any] = {"places": typed, "period": period, "problem": "", "found": None}
    if names:
        try:
            context["found"] = await read(datasette, request, name, look)
        except (BadPeriod, UnknownPlace, AmbiguousPlace) as error:
            context["problem"] = str(error)
    return await page(datasette, request, "beside", {
        "database": name, **context, "group_title": group_title, "span": span, "most_left": LEFT_OUT,
        "shared_only": bool(request.args.get("shared")),
    })  # fmt: skip
