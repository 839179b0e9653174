"""What a visitor sees where a page cannot be shown, on Datasette's own pages too."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from html import unescape
from typing import TYPE_CHECKING, Any

from datasette.utils import await_me_maybe
from datasette.utils.asgi import Request, Response

from outputs.datasette_anliku.language import language, strings
from outputs.datasette_anliku.page import page

if TYPE_CHECKING:
    from datasette.app import Datasette

_HTML = re.compile(r"<(script|textarea)\b.*?</\1>|<[^>]*>", re.DOTALL)

Answer = Callable[[], Awaitable[Response | None]]


async def problem(
    datasette: Datasette, request: Request, message: str, status: int, more: Mapping[str, Any] | None = None
) -> Response:
    """A page that says what is wrong, or the same as JSON, with `more`."""
    if request.path.endswith(".json"):
        said = {**(more or {}), "ok": False, "error": message, "status": status, "title": None}
        return Response.json(said, status=status)
    return await page(datasette, request, "problem", {"message": message, "status": status}, status=status)


def answers(datasette: Datasette, request: Request, exception: Exception, others: list[Any]) -> list[Answer]:
    """Our answer where the visitor is mistaken (an unknown address, bad SQL); after a fault those of Datasette and of
    other plugins are heard, which tell it in the terminal, and the visitor is told that there was one.

    Datasette 0.65 prints every exception with all local variables where rich is installed, as it is here; and rich of
    today raises where no exception is being handled, so that an unknown address would break the connection.
    """
    status = getattr(exception, "status", None) or 500

    async def mistaken() -> Response | None:
        said = getattr(exception, "message", None) or str(exception)
        if getattr(exception, "message_is_html", False):
            said = unescape(_HTML.sub("", said))
        return await problem(datasette, request, said, status, getattr(exception, "error_dict", None))

    def handled(other: Any) -> Answer:
        async def answer() -> Response | None:
            try:
                raise exception
            except type(exception):
                await await_me_maybe(other)
            # What went wrong is for who runs the server: it may name files of the machine.
            return await problem(datasette, request, strings(language(request))["error_library"], status)

        return answer

    # Datasette's own error says 500 of a column that is not there.
    ours = 400 <= status < 500 or hasattr(exception, "error_dict")
    return [mistaken] if ours else [handled(other) for other in others]
