"""The keeper's word on a digest: ``<file>.toml`` beside it, with ``name`` and ``date``.

::

    name = "The reading group's list"
    date = 2025-03-11
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from ..errors import Refusal
from ..records import PartialDate
from ..toml_text import read_toml
from .stated import parse_date
from .wording import shows_nothing

SUFFIX = ".toml"
_LONGEST_NAME = 500
_MALFORMED = 'Write name = "..." and date = 2025-03-11, each on its line.'


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What a sidecar file says."""

    name: str | None = None
    date: PartialDate | None = None
    refusals: tuple[Refusal, ...] = ()


def read_sidecar(source: str, data: bytes) -> Sidecar:
    """Read the sidecar of the digest `source`; what is wrong in it is refused, never raised."""
    path = source + SUFFIX
    try:
        table = read_toml(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Sidecar(refusals=(Refusal(path, line, "it is not UTF-8.", _MALFORMED),))
    except ValueError as error:
        found = re.search(r"at line (\d+)", str(error))
        at = int(found[1]) if found else None
        return Sidecar(refusals=(Refusal(path, at, f"it is not TOML: {error}.", _MALFORMED),))
    refusals = []
    name, date = table.pop("name", None), None
    known = isinstance(name, str) and name.strip() and not shows_nothing(name)
    if name is not None and (not known or len(name) > _LONGEST_NAME):
        of = f" of at most {_LONGEST_NAME} characters" if known else ""
        message = f"expected text{of} as name, found {name!r:.60}."
        refusals.append(Refusal(path, _line_of("name", data), message, _MALFORMED))
        name = None
    if "date" in table:
        value = table.pop("date")
        date = _read_date(value)
        if date is None:
            message = f"expected a date, found {str(value)[:60]!r}."
            refusals.append(Refusal(path, _line_of("date", data), message, _MALFORMED))
    refusals += [
        Refusal(
            path, _line_of(key, data), f"the key {key!r} is not known.", _MALFORMED, fatal=False
        )
        for key in table
    ]
    return Sidecar(" ".join(name.split()) if name else None, date, tuple(refusals))


def _line_of(key: str, data: bytes) -> int | None:
    wanted = re.escape(key.encode("utf-8", "replace"))
    found = re.search(rb"(?m)^[ \t\"'\[]*%b[\"']?[ \t]*[]=.]" % wanted, data)
    return data.count(b"\n", 0, found.start()) + 1 if found else None


def _read_date(value: object) -> PartialDate | None:
    date = _written_date(value)
    return date if date is not None and date.is_plausible else None


def _written_date(value: object) -> PartialDate | None:
    if isinstance(value, dt.date):  # A TOML date-time is a date, too.
        return PartialDate.of(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return parse_date(f"{value:04d}")
    return parse_date(value) if isinstance(value, str) else None
