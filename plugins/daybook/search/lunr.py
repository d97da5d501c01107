"""Where lunr.js comes from: its npm package, never the project's own repository."""

from __future__ import annotations

from pathlib import Path

from ..errors import SettingsError

_PACKAGE = Path(__file__).parents[1]
_PLACES = (
    _PACKAGE / "lunr.min.js",
    _PACKAGE.parents[1] / "node_modules" / "lunr" / "lunr.min.js",
)
"""In an installed wheel, which carries it, and beside the source tree, where npm puts it."""


def read_lunr() -> bytes:
    """Read lunr.js as it is sent to browsers.

    Raises:
        SettingsError: when it is in neither place.
    """
    for place in _PLACES:
        if place.is_file():
            return place.read_bytes()
    raise SettingsError(
        "Lunr is not installed. Run `make site`, or `npm ci` in the project's folder."
    )
