"""The corpus of tiny digests: each ``case.ext`` beside what it must be read as."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

from daybook.digests import read_digest
from daybook.errors import DigestError, Refusal
from daybook.records import DayOfYear, Digest, PartialDate

DATA = Path(__file__).parents[1] / "data"
EXPECTED = ".expected.json"


def cases() -> list[Path]:
    """List the corpus: every file that has an expectation beside it."""
    return sorted(
        path
        for expectation in DATA.glob(f"*/*{EXPECTED}")
        for path in expectation.parent.iterdir()
        if path.name.startswith(expectation.name.removesuffix(EXPECTED) + ".")
        and path != expectation
        and path.suffix != ".toml"
    )


def expectation(case: Path) -> Any:
    """Load what a case must be read as."""
    return json.loads(case.with_name(case.name.partition(".")[0] + EXPECTED).read_text("utf-8"))


def understood(case: Path) -> dict[str, Any]:
    """Read a case as the reader does, as plain JSON without what is unknown."""
    sidecar = case.with_name(case.name + ".toml")
    word = sidecar.read_bytes() if sidecar.exists() else None
    try:
        digests = read_digest(case.name, case.read_bytes(), word)
    except DigestError as error:
        return {"error": _plain(error.refusal)}
    return {"digests": [_plain(digest) for digest in digests]}


def _plain(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, DayOfYear):
        return f"{value.month:02d}-{value.day:02d}"
    if isinstance(value, Digest | Refusal) or dataclasses.is_dataclass(value):
        names = [field.name for field in dataclasses.fields(value)]
        known = {name: getattr(value, name) for name in names}
        return {name: _plain(part) for name, part in known.items() if part not in (None, (), 0)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value
