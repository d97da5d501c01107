"""JSON records laid flat, as the columns of a table: what services nest, and how they call it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from .columns import known_columns, pick
from .json_people import read_people

INNER = (
    *("paper", "citedPaper", "citingPaper", "metadata", "info", "content", "_source", "work"),
    *("data", "attributes", "node", "record", "bibjson"),
)
"""Where services put the paper itself within a record."""
LISTED = ("externalIds", "ids", "external_ids")
"""Where they list identifiers."""
_ISSUED = ("issued", "published", "published-print", "published-online")
_POSTED = frozenset({"objectID", "created_utc", "subreddit"})
"""Fields of posts on Hacker News and Reddit, whose authors are who posted them."""
_TAGGED = re.compile(r"\A\[[A-Z]\] |(?<=\S) \[(?:pdf|PDF)\]\Z")
"""What such posts write beside a title: '[R] A Title', 'A Title [pdf]'."""
_DEEPEST = 4
_FORUM = re.compile(r"[\w-]{6,20}")
_LATEST = 100 * 365 * 86_400_000
"""Milliseconds from 1970 on."""
_LONGEST_ABSTRACT = 20_000
"""Words of an inverted abstract at most: positions are the file's own claim."""


def flatten(item: object) -> dict[str, Any]:
    """Lay a record flat: the fields that `columns` knows, with plain values and lists of names."""
    if not isinstance(item, dict):
        return {}
    inner = next((item[key] for key in INNER if isinstance(item.get(key), dict)), None)
    if inner is not None and (not title_of(item) or title_of(item) == title_of(inner)):
        item = {**item, **inner}
    if isinstance(links := item.get("links"), dict):
        item = {**links, **item}  # {"links": {"Paper": "https://..."}}
    values = {key: _plain(value) for key, value in item.items() if isinstance(key, str)}
    keys = list(values)
    record: dict[str, Any] = {}
    for field, places in known_columns(keys).items():
        record[field] = pick(field, [values[keys[place]] for place in places])
    record["title"] = title_of(item) or record.get("title")
    record["authors"] = read_people(item) or record.get("authors")
    record["abstract"] = record.get("abstract") or _abstract(item)
    record["venue"] = record.get("venue") or _venue(item)
    record["published"] = record.get("published") or _first_version(item) or _in_parts(item)
    _add_identifiers(item, record)
    _add_forum(item, record)
    if _POSTED & item.keys():
        _settle_post(item, record)
    return {field: value for field, value in record.items() if value not in (None, "", [])}


def _settle_post(item: Mapping[str, Any], record: dict[str, Any]) -> None:
    """Have a post about a paper say what it says of the paper alone."""
    record["authors"] = record["published"] = None
    record["title"] = _TAGGED.sub("", record["title"] or "")
    record["upvotes"] = record.get("upvotes") or item.get("points") or item.get("ups")


def _plain(value: object, depth: int = 0) -> object:
    """Give a value without what is wrapped around it; ``None`` where that cannot be told."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, dict):
        for key in ("value", "text", "name", "display_name", "url", "title", "$date", "#text"):
            if isinstance(value.get(key), str | list):
                return _plain(value[key], depth + 1)
        return _day_of(value.get("$date"))
    if isinstance(value, list):
        plain = [_plain(each, depth + 1) for each in value[:5000]]
        return [each for each in plain if isinstance(each, str | int)]
    return value


def _day_of(moment: object) -> str | None:
    """Give the day of MongoDB's moments, which are milliseconds, or say how many they are.

    https://www.mongodb.com/docs/manual/reference/mongodb-extended-json/#mongodb-bsontype-Date
    """
    moment = moment.get("$numberLong") if isinstance(moment, dict) else moment
    if isinstance(moment, str) and moment.isascii() and moment.isdecimal():
        moment = int(moment)
    if not isinstance(moment, int) or not 0 < moment < _LATEST:
        return None
    return f"{dt.datetime.fromtimestamp(moment / 1000, dt.UTC):%Y-%m-%d}"


def is_reply(item: object) -> bool:
    """Whether a note of OpenReview's is a review or a decision, and no paper."""
    if not isinstance(item, dict) or not isinstance(item.get("replyto"), str):
        return False
    return isinstance(item.get("forum"), str) and item["forum"] != item.get("id")


def title_of(item: Mapping[str, Any]) -> str | None:
    """Give a record's title as services call it; ``None`` where it has none."""
    value = item.get("title") or item.get("display_name") or item.get("titles")
    value = value[0] if isinstance(value, list) and value else value
    value = _plain(value)
    return value if isinstance(value, str) else None


def _abstract(item: Mapping[str, Any]) -> str | None:
    value = _plain(item.get("abstracts"))
    if isinstance(value, list) and value and isinstance(value[0], str):
        return value[0]
    inverted = item.get("abstract_inverted_index")
    if not isinstance(inverted, dict):
        return _described(item)
    places = sorted(
        (place, word)
        for word, found in inverted.items()
        if isinstance(word, str) and isinstance(found, list)
        for place in found
        if isinstance(place, int) and 0 <= place < _LONGEST_ABSTRACT
    )
    return " ".join(word for _, word in places) or None


def _described(item: Mapping[str, Any]) -> str | None:
    """Give the description that DataCite calls the abstract.

    https://datacite-metadata-schema.readthedocs.io/en/4.6/properties/description/
    """
    said = item.get("descriptions")
    for each in said if isinstance(said, list) else ():
        if isinstance(each, dict) and each.get("descriptionType") == "Abstract":
            text = each.get("description")
            return text if isinstance(text, str) else None
    return None


def _venue(item: Mapping[str, Any]) -> str | None:
    source: object = item.get("primary_location") or item.get("host_venue")
    if isinstance(source, dict) and isinstance(source.get("source"), dict):
        source = source["source"]
    name = source.get("display_name") if isinstance(source, dict) else None
    if isinstance(name, str):
        return None if name.lower().startswith("arxiv") else name
    published = item.get("publication_info")
    if isinstance(published, list) and published and isinstance(published[0], dict):
        title = published[0].get("journal_title")
        return title if isinstance(title, str) else None
    return None


def _first_version(item: Mapping[str, Any]) -> str | None:
    """Give when the first version was submitted, as arXiv's own metadata lists it."""
    versions = item.get("versions")
    first = versions[0] if isinstance(versions, list) and versions else None
    created = first.get("created") if isinstance(first, dict) else None
    return created if isinstance(created, str) else None


def _in_parts(item: Mapping[str, Any]) -> str | None:
    """Give the earliest date that Crossref writes in parts: {"date-parts": [[2024, 3, 5]]}."""
    found: list[str] = []
    for name in _ISSUED:
        said = item.get(name)
        parts = said.get("date-parts") if isinstance(said, dict) else None
        first = parts[0] if isinstance(parts, list) and parts else None
        if isinstance(first, list) and first and all(isinstance(n, int) for n in first[:3]):
            found.append("-".join(f"{n:02d}" for n in first[:3]))
    return min(found, default=None)


def _add_identifiers(item: Mapping[str, Any], record: dict[str, Any]) -> None:
    """Add the identifiers that services list apart."""
    for name in LISTED:
        listed = item.get(name)
        for key, value in listed.items() if isinstance(listed, dict) else ():
            field = str(key).lower()
            if field in ("arxiv", "doi") and isinstance(value, str):
                record[field] = pick(field, [record.get(field), value])
    for name, field in (("arxiv_eprints", "arxiv"), ("dois", "doi")):
        first = _plain(item.get(name))
        if isinstance(first, list) and first:
            record[field] = pick(field, [record.get(field), first[0]])


def _add_forum(item: Mapping[str, Any], record: dict[str, Any]) -> None:
    """Add the page and the day of a note of OpenReview's, which names its forum and milliseconds.

    https://docs.openreview.net/reference/api-v2/entities/note
    """
    forum = item.get("forum")
    if not isinstance(forum, str) or _FORUM.fullmatch(forum) is None:
        return
    record["url"] = f"https://openreview.net/forum?id={forum}"
    told = (item.get(name) for name in ("pdate", "odate", "cdate", "tcdate"))
    moment = next((value for value in told if isinstance(value, int) and 0 < value < _LATEST), None)
    if moment is not None and not record.get("published"):
        record["published"] = f"{dt.datetime.fromtimestamp(moment / 1000, dt.UTC):%Y-%m-%d}"
