"""A rendered archive as tests read it."""

from __future__ import annotations

import lxml.html
from daybook.catalogue.generator import static_files
from daybook.catalogue.templating import own_theme


def page(files: dict[str, bytes], path: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(files[path].decode())


def text(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def with_assets(files: dict[str, bytes]) -> dict[str, bytes]:
    return files | {f"assets/{path}": data for path, data in static_files(own_theme())}
