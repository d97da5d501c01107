"""SHOW: the pages, feeds and exports of the archive."""

from .options import SiteOptions
from .site import render_catalogue

__all__ = ["SiteOptions", "register", "render_catalogue"]


def register() -> None:
    """Plug the catalogue alone into Pelican (``PLUGINS = ["daybook.catalogue"]``)."""
    from ..publishing.plugin import connect  # noqa: PLC0415 - a floor knows those below only here

    connect()
