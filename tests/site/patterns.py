r"""Every regular expression of the project, how it is used, and texts that would make it slow.

A pattern that is searched for tries every place of a text; where it can run far from many of them
and fail (`\s+$` in a run of spaces), the time grows with the square. Texts for each pattern are
made of what the pattern itself names: its characters, their pairs and its words, many times over.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]  # Python's own parser of patterns
from typing import Any

PLUGIN = Path(__file__).parents[2] / "plugins" / "daybook"
_SEARCHING = frozenset({"search", "sub", "subn", "finditer", "findall", "split"})
_ANCHORED = frozenset({"match", "fullmatch"})
_CATEGORIES = {"DIGIT": "7", "NOT_DIGIT": "d", "SPACE": " \n", "NOT_SPACE": "w"}
_CATEGORIES |= {"WORD": "w", "NOT_WORD": "-"}
_MOST_CHARACTERS = 14

Use = tuple[str, "re.Pattern[Any]", str]
"""Where, what, and by which method."""


def uses() -> Iterator[Use]:
    """Give every pattern with each method that its module calls on it."""
    for path in sorted(PLUGIN.rglob("*.py")):
        place = path.relative_to(PLUGIN).with_suffix("")
        if place.name == "__main__":
            continue
        module = importlib.import_module(".".join(("daybook", *place.parts)))
        called: dict[str, set[str]] = {}
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Attribute) or node.attr not in _SEARCHING | _ANCHORED:
                continue
            if isinstance(node.value, ast.Name):
                called.setdefault(node.value.id, set()).add(node.attr)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {
                f"re.{name}" for name in _SEARCHING | _ANCHORED
            }:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    ignoring = re.IGNORECASE if "IGNORECASE" in ast.unparse(node) else 0
                    method = ast.unparse(node.func).removeprefix("re.")
                    yield f"{place} {first.value!r}", re.compile(first.value, ignoring), method
        for name, value in vars(module).items():
            for pattern in value if isinstance(value, tuple) else (value,):
                if isinstance(pattern, re.Pattern):
                    usual = {"search"} if isinstance(value, tuple) else set[str]()
                    for method in sorted(called.get(name, usual)):
                        yield f"{place} {name}", pattern, method


def texts(pattern: re.Pattern[Any], length: int) -> Iterator[str]:
    """Give texts of a length in which a pattern finds much to try and, at the end, nothing."""
    tree = _tree(pattern)
    letters = list(dict.fromkeys(_characters(tree)))
    if len(letters) > _MOST_CHARACTERS:
        signs = [letter for letter in letters if not letter.isalpha()]
        letters = signs[:_MOST_CHARACTERS] + [c for c in letters if c.isalpha()][:3]
    words = list(dict.fromkeys(_words(tree)))[:6]
    pairs = [a + b for a, b in itertools.permutations(letters[:8], 2)]
    mixed = [a + b for a in words for b in letters[:6]] + [
        b + a for a in words for b in letters[:4]
    ]
    for unit in dict.fromkeys([*letters, *words, *pairs, *mixed]):
        yield unit * (length // len(unit)) + "\x02"
    for before in dict.fromkeys([*letters[:8], *words]):
        for unit in letters[:10]:
            yield before + unit * length + "\x02"


def apply(pattern: re.Pattern[Any], method: str, text: str) -> None:
    """Use a pattern as the project does."""
    given: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
    if method in ("sub", "subn"):
        pattern.sub(lambda match: match[0][:0], given)
    else:
        found = getattr(pattern, method)(given)
        if method == "finditer":
            list(found)


def _tree(pattern: re.Pattern[Any]) -> Any:
    said, flags = pattern.pattern, pattern.flags
    if isinstance(said, bytes):
        return _parser.parse(said.decode("latin-1"), flags & ~re.UNICODE & ~re.ASCII)
    return _parser.parse(said, flags)


def _inner(operator: Any, argument: Any) -> Iterable[Any]:
    """Give the parts of a part."""
    name = str(operator)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return [argument[2]]
    if name == "SUBPATTERN":
        return [argument[3]]
    if name in ("ASSERT", "ASSERT_NOT"):
        return [argument[1]]
    if name == "BRANCH":
        return list(argument[1])
    return [argument] if name == "ATOMIC_GROUP" else []


def _characters(tree: Any) -> Iterator[str]:
    """Give a character for everything that a pattern takes."""
    for operator, argument in tree:
        if operator is _constants.LITERAL:
            yield chr(argument)
        elif operator in (_constants.ANY, _constants.NOT_LITERAL):
            yield "z"
        elif operator is _constants.IN:
            for kind, value in argument:
                if kind is _constants.NEGATE:
                    yield from "z "
                elif kind is _constants.LITERAL:
                    yield chr(value)
                elif kind is _constants.RANGE:
                    yield chr(value[0])
                elif kind is _constants.CATEGORY:
                    yield from _CATEGORIES[str(value).removeprefix("CATEGORY_")]
        for part in _inner(operator, argument):
            yield from _characters(part)


def _words(tree: Any) -> Iterator[str]:
    """Give the runs of literal characters in a pattern."""
    word = ""
    for operator, argument in tree:
        if operator is _constants.LITERAL:
            word += chr(argument)
            continue
        if len(word) > 1:
            yield word
        word = ""
        for part in _inner(operator, argument):
            yield from _words(part)
    if len(word) > 1:
        yield word
