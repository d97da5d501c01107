"""SHOW: the pages, feeds and exports of the archive."""

from .options import SiteOptions
from .site import render_catalogue

__all__ = ["SiteOptions", "render_catalogue"]
