"""Office files without the time at which they were made: the same content gives the same bytes."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first that a zip can say
_CORE = "docProps/core.xml"
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_IN_MEMORY = 2**24


def write_steady(save: Callable[[IO[bytes]], None], out: IO[bytes]) -> None:
    """Let `save` write an Office file, and pass it on with fixed times."""
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as made:
        save(made)
        made.seek(0)
        with ZipFile(made) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
            for name in source.namelist():
                entry = ZipInfo(name, _EPOCH)
                entry.compress_type = ZIP_DEFLATED
                if name == _CORE:
                    target.writestr(entry, _TIMES.sub(rb"\g<1>1980-01-01T00:00:00Z", source.read(name)))
                else:
                    with source.open(name) as part, target.open(entry, "w", force_zip64=True) as copy:
                        shutil.copyfileobj(part, copy)
