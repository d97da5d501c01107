"""FIND: the index that a browser searches without a server."""

from .site import build_search

__all__ = ["build_search", "register"]


def register() -> None:
    """Plug the search alone into Pelican (``PLUGINS = ["daybook.search"]``)."""
    from ..publishing.plugin import connect  # noqa: PLC0415 - a floor knows those below only here

    connect()
