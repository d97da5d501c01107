"""Every format against its corpus of tiny files; see `corpus`."""

from __future__ import annotations

from pathlib import Path

import pytest
from daybook.digests import FORMATS

from .corpus import DATA, cases, expectation, understood


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_case_is_read_as_expected(case: Path) -> None:
    assert understood(case) == expectation(case)


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_every_format_has_cases_that_are_read_and_one_that_is_refused(known: object) -> None:
    name = known.name  # type: ignore[attr-defined]
    outcomes = [understood(case) for case in cases() if case.parent.name == name]
    read = [outcome for outcome in outcomes if "digests" in outcome]
    assert {digest["format"] for outcome in read for digest in outcome["digests"]} == {name}
    assert any("error" in outcome for outcome in outcomes), f"no malformed case in {DATA / name}"
