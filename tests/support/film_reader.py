"""Reads a page's own data as a browser does (web/src/report.ts, web/src/film.ts), with nothing of the package."""

from __future__ import annotations

import base64
import json
import re
import struct
import zlib
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Json = dict[str, Any]
Points = npt.NDArray[np.int64]


class Read(NamedTuple):
    """A film's header, and its series as rows of east, north and height in units."""

    header: Json
    series: list[Points]


def report_in(page: str) -> Json:
    """Return the document of a page."""
    found = re.search(r'<script type="application/json" id="report">(.*?)</script>', page, re.DOTALL)
    assert found
    read: Json = json.loads(found[1])
    return read


def films_in(page: str) -> dict[int, Read]:
    """Return the films of a page by replication."""
    return {entry["replication"]: _film(page, entry["element"]) for entry in report_in(page)["films"]}


def _film(page: str, element: str) -> Read:
    found = re.search(rf'<script type="application/octet-stream" id="{element}">(.*?)</script>', page, re.DOTALL)
    assert found
    raw = zlib.decompress(base64.b64decode(found[1]))
    (length,) = struct.unpack_from("<I", raw)
    header: Json = json.loads(raw[4 : 4 + length])
    at, series = 4 + length + -(4 + length) % 4, list[Points]()
    for each in header["series"]:
        stored = np.frombuffer(raw, "<i2", 3 * each["n"], at).reshape(3, each["n"]).astype(np.int64)
        series.append(np.stack([_summed_twice(column) for column in stored], axis=1))
        at += 6 * each["n"]
    assert at == len(raw)
    return Read(header, series)


def _summed_twice(stored: Points) -> Points:
    return np.cumsum(np.concatenate([stored[:1], np.cumsum(stored[1:])]))
