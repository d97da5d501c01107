"""FIND: the index that a browser searches without a server."""

from .site import build_search

__all__ = ["build_search"]
