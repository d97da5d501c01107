"""Small imitations of what the hosts answer, in their formats, about papers that do not exist."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any


def hf_item(number: int, day: str | None = "2025-03-11") -> dict[str, Any]:
    paper = {
        "id": f"2503.{number:05d}",
        "title": f"A study of thing {number}",
        "summary": "What was studied, and what came of it.",
        "authors": [{"name": "Ada Example"}],
        "publishedAt": "2025-03-09T00:00:00.000Z",
        "upvotes": number,
    }
    if day is not None:
        paper["submittedOnDailyAt"] = f"{day}T00:00:00.000Z"
    return {
        "paper": paper,
        "publishedAt": "2025-03-08T20:00:00.000Z",
        "title": f"A study of thing {number}",
        "numComments": 2,
    }


def hf_list(*numbers: int, day: str | None = "2025-03-11") -> str:
    return json.dumps([hf_item(number, day) for number in numbers])


def atom_entry(
    arxiv: str,
    title: str,
    *,
    authors: Sequence[str] = ("Ada Example", "Ben Sample"),
    published: str = "2025-03-11",
    more: str = "",
) -> str:
    names = "".join(f"<author><name>{name}</name></author>" for name in authors)
    return (
        f"<entry><id>http://arxiv.org/abs/{arxiv}v1</id><title>{title}</title>"
        f"<updated>{published}T17:00:00Z</updated><published>{published}T17:00:00Z</published>"
        f"<summary>We look at it. It is there.</summary>{names}"
        '<arxiv:primary_category term="cs.CL"/><category term="cs.CL"/><category term="cs.LG"/>'
        f"{more}</entry>"
    )


def atom(*entries: str, total: int | None = None, updated: str = "2025-04-01") -> str:
    count = len(entries) if total is None else total
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:arxiv="http://arxiv.org/schemas/atom" '
        'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
        f"<id>https://arxiv.org/api/x</id><title>arXiv Query</title><updated>{updated}T00:00:00Z"
        f"</updated><opensearch:totalResults>{count}</opensearch:totalResults>{''.join(entries)}"
        "</feed>\n"
    )


def crossref_work(
    doi: str, title: str, *, year: int = 2024, venue: str = "Journal of Things", **more: Any
) -> dict[str, Any]:
    return {
        "DOI": doi,
        "type": "journal-article",
        "title": [title],
        "author": [
            {"given": "Ada", "family": "Example", "sequence": "first"},
            {"given": "Ben", "family": "Sample", "sequence": "additional"},
        ],
        "issued": {"date-parts": [[year, 6, 12]]},
        "container-title": [venue],
    } | more


def crossref_search(*works: Mapping[str, Any]) -> str:
    return json.dumps({"status": "ok", "message": {"items": list(works)}})


HTML = "<!doctype html><title>Sign in to the hotel</title><p>Welcome"

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


def whole(body: str | bytes) -> list[bytes]:
    """Give a good answer as the raw server sends it."""
    data = body.encode() if isinstance(body, str) else body
    return [HEAD % len(data) + data]


@contextmanager
def raw_server(*answers: list[bytes], between: float = 0.05) -> Iterator[str]:
    """Serve each connection one of `answers`, piece by piece as they are, then hang up."""
    listener = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def talk() -> None:
        for pieces in answers:
            with suppress(OSError):
                connection, _ = listener.accept()
                with connection, suppress(ConnectionError):
                    connection.recv(65536)
                    for piece in pieces:
                        connection.sendall(piece)
                        done.wait(between)

    thread = threading.Thread(target=talk, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        done.set()
        listener.close()
