"""Who wrote the paper of a JSON record, in the shapes in which services list people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from .identifiers import read_orcid
from .people import are_names, forename_first
from .wording import one_line

_GIVEN = ("given", "firstName", "first_name", "firstname", "forename", "given_name", "first")
_FAMILY = ("family", "lastName", "last_name", "lastname", "surname", "family_name", "last")


def read_people(item: Mapping[str, Any]) -> list[str] | None:
    """Give the names of who wrote a record's paper; ``None`` where it lists nobody."""
    people = item.get("authors") or item.get("authorships") or item.get("author")
    people = people or item.get("creators")
    if isinstance(people, dict):  # DBLP: {"author": [...]}; OpenReview: {"value": [...]}.
        people = people.get("author") or people.get("value") or _in_object(people)
        people = [people] if isinstance(people, dict) else people
    if not isinstance(people, list):
        return None
    return [name for person in people if (name := _name(person))]


def _in_object(people: Mapping[str, Any]) -> object:
    """Give the people of an object: it is one, or has each by a number, or by their names."""
    if " " in (_name(people) or ""):
        return people
    if all(key.isdecimal() for key in people):
        return list(people.values())
    return [*people] if are_names(", ".join(people)) else None


def _name(person: object) -> str | None:
    if isinstance(person, str):
        return one_line(forename_first(person))
    if not isinstance(person, dict):
        return None
    inner = person.get("author")
    if isinstance(inner, dict):
        return _name(inner)
    for key in ("name", "full_name", "fullName", "display_name", "text", "raw_author_name", "user"):
        if isinstance(person.get(key), str) and person[key].strip():
            name = one_line(forename_first(person[key]))
            return re.sub(r" \d{4}\Z", "", name) if key == "text" else name  # DBLP's homonyms.
    given = _first_of(person, _GIVEN)
    family = _first_of(person, _FAMILY)
    return one_line(" ".join(part for part in (given, family) if part)) or None


def _first_of(person: Mapping[str, Any], names: Iterable[str]) -> str | None:
    """Give the first text that stands under any of several names."""
    return next((text for name in names if isinstance(text := person.get(name), str)), None)


def read_orcids(item: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Give who has an ORCID iD, as OpenAlex has it: beside the name, within the authorship."""
    people = item.get("authorships")
    return tuple(
        (name, orcid)
        for person in (people if isinstance(people, list) else ())
        if isinstance(person, dict)
        and isinstance(inner := person.get("author"), dict)
        and (orcid := read_orcid(inner.get("orcid")))
        and (name := _name(person))
    )
