"""The style sheet: its budget, its colours, and that nothing in it is dead."""

from __future__ import annotations

import gzip
import re

import pytest

from .specimens import THEME

CSS = (THEME / "static" / "daybook.css").read_text(encoding="utf-8")
TEXT, LARGE = 4.5, 3.0
"""WCAG 2.2, 1.4.3 for text and 1.4.11 for the edges of controls."""
PAIRS = [
    *(
        (ink, ground, TEXT)
        for ink in ("ink", "quiet", "rubric", "seen")
        for ground in ("paper", "wash")
    ),
    ("ink", "mark", TEXT),
    ("quiet", "mark", TEXT),
    ("paper", "rubric", TEXT),
    ("edge", "paper", LARGE),
    ("edge", "wash", LARGE),
]


def palettes() -> dict[str, dict[str, str]]:
    """Give the colours of both schemes, as the first two `:root` blocks with colours set them."""
    blocks = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    colours = [dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block)) for block in blocks]
    light, dark = [found for found in colours if len(found) > 1]
    return {"light": light, "dark": dark}


def luminance(colour: str) -> float:
    """Give relative luminance: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_colours_contrast_as_wcag_asks(scheme: str, front: str, ground: str, least: float) -> None:
    palette = palettes()[scheme]
    assert contrast(palette[front], palette[ground]) >= least


def test_both_schemes_set_the_same_colours() -> None:
    light, dark = palettes().values()
    assert light.keys() == dark.keys()


def test_colours_are_named_once_and_used_by_name() -> None:
    rules = re.sub(r":root \{.*?\}", "", CSS, flags=re.DOTALL)
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;, )])", rules)


def test_the_style_sheet_keeps_its_budget() -> None:
    data = CSS.encode()
    assert len(data) <= 25_000
    assert len(gzip.compress(data, 9)) <= 8_000


def test_the_style_sheet_asks_no_other_host_for_anything() -> None:
    assert "@import" not in CSS
    assert not re.findall(r"url\(|https?:", CSS)


def test_every_class_of_the_style_sheet_is_used() -> None:
    rules = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", CSS, flags=re.DOTALL)
    named = set(re.findall(r"\.([a-z][\w-]*)", rules))
    drawn = THEME.parent / "plugins/daybook/catalogue/charts.py"
    sources = [*THEME.glob("templates/**/*.html"), *THEME.glob("static/**/*.js"), drawn]
    kinds = {"home", "paper"}
    used = " ".join(path.read_text(encoding="utf-8") for path in sources)
    idle = {name for name in named - kinds if not re.search(rf"[\"' .=]{name}[\"' >]", used)}
    assert idle == set()


def test_motion_needs_no_consent_because_nothing_moves() -> None:
    assert not re.findall(r"\b(?:transition|animation|scroll-behavior)\b", CSS)
