"""SHOW: the pages, feeds and exports of the archive."""
