"""The case page, with the review desk where it is open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response

from models.case import LAYERS
from outputs.datasette_anliku.case import case
from outputs.datasette_anliku.decisions import Form
from outputs.datasette_anliku.desk import Reviewer
from outputs.datasette_anliku.language import language
from outputs.datasette_anliku.libraries import read
from outputs.datasette_anliku.page import page
from outputs.datasette_anliku.panel import Asked, dropped, panel, seals
from outputs.library import Library
from outputs.reasons import certainty
from outputs.review_words import changes

if TYPE_CHECKING:
    from datasette.app import Datasette


async def show_case(
    datasette: Datasette,
    request: Request,
    database: str,
    article_id: str,
    who: Reviewer | None,
    wanted: Asked,
    *,
    sent: Form | None = None,
    errors: Mapping[str, str] | None = None,
    notice: str = "",
    status: int = 200,
) -> Response:
    """A case beside its article; for a reviewer with what was asked for, or with the form that could not be kept."""
    spoken = language(request)

    def look(library: Library) -> dict[str, Any]:
        shown = panel(library, article_id, wanted, sent, errors) if who else None
        pending = (shown.start, shown.end) if shown and shown.end else None
        return {
            **case(library, article_id, pending, spoken),
            "panel": shown,
            "seals": seals(library, article_id),
            "dropped": dropped(library, article_id) if who else [],
        }

    found = await read(datasette, request, database, look)
    shown = found["panel"]
    return await page(datasette, request, "case", {
        "database": database, "who": who, "wanted": wanted, "notice": notice, "changes": changes, "all_layers": LAYERS,
        "certain": certainty(shown.flags, shown.confidence, shown.reason, spoken) if shown else [], **found,
    }, status=status)  # fmt: skip
