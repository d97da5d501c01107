"""The taxonomy file: topics, and the evidence that assigns each (``content/topics.toml``).

The format, every table of which the file itself explains::

    [weighing]                      # how evidence adds up; every key has a default
    needed = 32                     # points that make a topic

    [home]                          # what a paper of the archive's own fields looks like
    categories = ["cs", "stat.ML"]
    phrases = ["software"]

    [learning]                      # what a paper about machines that learn looks like: at home too
    categories = ["cs.LG", "stat.ML"]
    phrases = ["neural network*"]

    [[topics]]
    slug = "fairness"               # permanent: it is part of URLs
    name = "Fairness and bias"
    group = "Values and society"
    definition = "discrimination, ..."
    learning = true                 # papers that are not about learning machines need far more

    [topics.evidence]               # points for a mention in the abstract: phrases
    16 = ["gender bias*", "disparate impact"]
    -8 = ["inductive bias*"]        # evidence against

    [topics.categories]             # points for an arXiv category: categories
    12 = ["cs.CY"]
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

from ..errors import TopicsError
from ..plain_files import read_plain
from ..records import Topic
from ..toml_text import read_toml
from .slugs import is_name
from .topic_phrases import Phrase

_TEXT_KEYS = ("slug", "name", "group", "definition")
_EVIDENCE_KEYS = ("formerly", "evidence", "categories", "needed", "lead", "learning")
_LINE_OF_SYNTAX_ERROR = re.compile(r"\(at line (\d+)")
_TOPIC_HEADER = re.compile(r"\s*\[\[\s*topics\s*\]\]")
_POINTS = re.compile(r"[+-]?\d{1,4}(?:\.\d+)?\Z", re.ASCII)
_MOST = 1000.0


@dataclass(frozen=True, slots=True)
class Weighing:
    """How evidence adds up to topics."""

    title: float = 2.0
    """A phrase in the title counts as so many mentions in the abstract."""
    repeat: float = 0.5
    """Each further mention counts for this share of the one before: 1, 0.5, 0.25..., so that a
    phrase repeated for ever is worth at most two mentions."""
    needed: float = 32.0
    """Points that make a topic; a topic may set its own."""
    alone: float = 20.0
    """Points that suffice for the strongest topic of a paper that would otherwise have none."""
    share: float = 0.25
    """Topics with less than this share of the strongest topic's points are left out."""
    foreign: float = 2.5
    """A paper that is not at home needs so many times the points, and 'alone' is not enough; so
    does a paper that is not about learning machines, for a topic that only these can have."""


@dataclass(frozen=True, slots=True)
class Home:
    """What tells papers of some fields from all others; empty: every paper is of them."""

    categories: tuple[str, ...] = ()
    """arXiv categories, or archives (``cs`` is every category of computer science)."""
    phrases: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicEvidence:
    """What speaks for one topic and against it."""

    topic: Topic
    phrases: tuple[tuple[Phrase, float], ...]
    categories: tuple[tuple[str, float], ...] = ()
    needed: float | None = None
    """Points that make this topic, where it differs from the others."""
    lead: float = 1.0
    """Its strength counts so many times when a paper's topics are put in order: more than 1 for
    what papers are about, less for what they do it with or on."""
    learning: bool = False
    """Only papers about learning machines have this topic, unless the evidence is overwhelming:
    its words mean something else in the papers of other fields (diffusion, quantized, circuit)."""


@dataclass(frozen=True, slots=True)
class TaxonomyFile:
    """Everything the file says."""

    weighing: Weighing
    home: Home
    learning: Home
    topics: tuple[TopicEvidence, ...]
    fingerprint: str
    """A hash of the very bytes that were read."""


def read_taxonomy(path: Path) -> TaxonomyFile:
    """Read the taxonomy file.

    Raises:
        TopicsError: if the file cannot be read or is not a taxonomy; it names the line where one
            is known, and what to do.
    """
    return _Reading(path).read()


class _Reading:
    """One reading of the file: keeps its text, so that errors can name lines."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines: list[str] = []
        self._fingerprint = ""

    def read(self) -> TaxonomyFile:
        """Read and check everything."""
        content = self._parse()
        self._only_known(
            content, ("weighing", "home", "learning", "topics"), "at the top of the file"
        )
        weighing = self._weighing(content.get("weighing", {}))
        home = self._home(content.get("home", {}), "home")
        learning = self._home(content.get("learning", {}), "learning")
        entries = content.get("topics")
        if not isinstance(entries, list) or not entries:
            self._refuse("there is no topic.", hint="Begin each topic with a line [[topics]].")
        topics = tuple(self._topic(entry, place) for place, entry in enumerate(entries))
        self._all_different(topics)
        return TaxonomyFile(weighing, home, learning, topics, self._fingerprint)

    def _parse(self) -> dict[str, Any]:
        """Read the file as TOML."""
        try:
            data = read_plain(self._path)
            self._fingerprint = hashlib.sha256(data).hexdigest()
            text = data.decode("utf-8-sig")
        except OSError as error:
            self._refuse(
                f"cannot be read: {error.strerror or error}.",
                hint="Put the taxonomy there, or correct the path in the settings.",
            )
        except UnicodeDecodeError as error:
            self._refuse(
                f"is not UTF-8 (byte {error.start}).", hint="Save it with the encoding UTF-8."
            )
        self._lines = text.splitlines()
        try:
            return read_toml(text.replace("\r\n", "\n"))
        except ValueError as error:
            where = _LINE_OF_SYNTAX_ERROR.search(str(error))
            line = int(where[1]) if where else len(self._lines) or None
            self._refuse(f"is not TOML: {error}.", line=line, hint="Correct that line.")

    def _weighing(self, table: object) -> Weighing:
        """Read ``[weighing]``; what is missing keeps its default."""
        if not isinstance(table, dict):
            self._refuse("[weighing] should be a table.", hint="Write lines of key = number.")
        self._only_known(table, [field.name for field in fields(Weighing)], "in [weighing]")
        values: dict[str, float] = {}
        for key, value in table.items():
            number = _number(value)
            if number is None or number < 0:
                self._refuse(
                    f"{key!r} in [weighing] is {value!r}.",
                    line=self._line_of(key),
                    hint="Give a number, zero or more.",
                )
            values[key] = number
        return Weighing(**values)

    def _home(self, table: object, name: str) -> Home:
        """Read ``[home]`` or ``[learning]``."""
        where = f"[{name}]"
        if not isinstance(table, dict):
            self._refuse(f"{where} should be a table.", hint="Write categories = [...] below it.")
        self._only_known(table, ("categories", "phrases"), f"in {where}")
        start = self._line_of(name)
        return Home(
            self._texts(table.get("categories", []), "categories", where, start),
            tuple(
                self._phrase(text, where, start)
                for text in self._texts(table.get("phrases", []), "phrases", where, start)
            ),
        )

    def _topic(self, entry: object, place: int) -> TopicEvidence:
        """Read one ``[[topics]]`` table."""
        start = self._line_of_topic(place)
        if not isinstance(entry, dict):
            self._refuse(f"topic {place + 1} is not a table.", hint="Begin it with [[topics]].")
        texts = {key: self._text(entry, key, place, start) for key in _TEXT_KEYS}
        slug = texts["slug"]
        if not is_name(slug):
            self._refuse(
                f"{slug!r} cannot be a slug.",
                line=start,
                hint="Use lower-case letters, digits and single hyphens, and no name that Windows "
                "or the site has for itself (con, index, unsorted, letter-..., ...-page).",
            )
        self._only_known(entry, (*_TEXT_KEYS, *_EVIDENCE_KEYS), f"in topic {slug!r}", start)
        evidence = self._by_points(entry, "evidence", slug, start)
        categories = self._by_points(entry, "categories", slug, start)
        return TopicEvidence(
            Topic(**texts, formerly=self._formerly(entry, slug, start)),
            tuple(
                (self._phrase(text, f"the evidence of {slug!r}", start), points)
                for text, points in evidence.items()
            ),
            tuple(categories.items()),
            self._above_zero(entry, "needed", slug, start),
            self._above_zero(entry, "lead", slug, start) or 1.0,
            self._learning(entry, slug, start),
        )

    def _formerly(
        self, entry: Mapping[str, object], slug: str, start: int | None
    ) -> tuple[str, ...]:
        """Read the slugs that a topic had before; their addresses lead to it."""
        old = self._texts(entry.get("formerly", []), "formerly", f"topic {slug!r}", start)
        for one in old:
            if not is_name(one):
                self._refuse(
                    f"{one!r} was never the slug of topic {slug!r}.",
                    line=self._line_of("formerly", start),
                    hint="Use lower-case letters, digits and single hyphens.",
                )
        return old

    def _learning(self, entry: Mapping[str, object], slug: str, start: int | None) -> bool:
        """Read whether a topic is one of learning machines only."""
        value = entry.get("learning", False)
        if not isinstance(value, bool):
            self._refuse(
                f"'learning' of topic {slug!r} is {value!r}.",
                line=self._line_of("learning", start),
                hint="Write true or false, or leave it out.",
            )
        return value

    def _above_zero(
        self, entry: Mapping[str, object], key: str, slug: str, start: int | None
    ) -> float | None:
        """Read a number that a topic may set for itself."""
        if key not in entry:
            return None
        number = _number(entry[key])
        if number is None or number <= 0:
            self._refuse(
                f"{key!r} of topic {slug!r} is {entry[key]!r}.",
                line=self._line_of(key, start),
                hint="Give a number above zero, or leave it out.",
            )
        return number

    def _phrase(self, text: str, where: str, start: int | None) -> Phrase:
        """Read one phrase."""
        try:
            return Phrase.parse(text)
        except ValueError as error:
            self._refuse(
                f"{text!r} in {where} is not a phrase: {error}.",
                line=self._line_with(text, start),
                hint='Write "words", "stem*", "title: words" or "words + words".',
            )

    def _text(self, entry: Mapping[str, object], key: str, place: int, start: int | None) -> str:
        """Read one required line of text."""
        value = entry.get(key)
        if not isinstance(value, str) or not any(c.isprintable() for c in value if c != " "):
            self._refuse(
                f"topic {place + 1} has no {key!r}.",
                line=start,
                hint=f'Add a line {key} = "..." to it.',
            )
        return " ".join(value.split())

    def _by_points(
        self, entry: Mapping[str, object], kind: str, slug: str, start: int | None
    ) -> dict[str, float]:
        """Read a table of points, each with the texts that are worth them."""
        where = f"the {kind} of {slug!r}"
        table = entry.get(kind, {})
        start = self._line_of(f"topics.{kind}", start)
        if not isinstance(table, dict):
            self._refuse(
                f"{where} should be a table.", line=start, hint=f"Write [topics.{kind}] above it."
            )
        worth: dict[str, float] = {}
        for key, value in table.items():
            points = _points(key)
            if points is None:
                self._refuse(
                    f"{key!r} in {where} is not a number of points.",
                    line=self._line_of(key, start),
                    hint=f'Write points = ["phrase", ...], with -{_MOST:g} to {_MOST:g} points.',
                )
            for text in self._texts(value, key, where, start):
                if text in worth:
                    self._refuse(
                        f"{text!r} stands twice in {where}.",
                        line=self._line_with(text, start),
                        hint="Keep one of the two.",
                    )
                worth[text] = points
        return worth

    def _texts(self, value: object, key: str, where: str, start: int | None) -> tuple[str, ...]:
        """Read a list of texts."""
        if not isinstance(value, list) or not all(
            isinstance(text, str) and text.strip() for text in value
        ):
            self._refuse(
                f"{key!r} in {where} should be a list of texts.",
                line=self._line_of(key, start),
                hint=f'Write {key} = ["...", "..."].',
            )
        return tuple(" ".join(text.split()) for text in value)

    def _only_known(
        self,
        table: Mapping[str, object],
        known: Collection[str],
        where: str,
        start: int | None = None,
    ) -> None:
        """Refuse keys that mean nothing: they are spelling mistakes more often than not."""
        for key in table:
            if key not in known:
                self._refuse(
                    f"{key!r} {where} is not known.",
                    line=self._line_of(key, start),
                    hint=f"Known are: {', '.join(known)}.",
                )

    def _all_different(self, topics: tuple[TopicEvidence, ...]) -> None:
        """Refuse two topics of one slug."""
        seen: set[str] = set()
        for place, evidence in enumerate(topics):
            slug = evidence.topic.slug
            if slug in seen:
                self._refuse(
                    f"two topics have the slug {slug!r}.",
                    line=self._line_of_topic(place),
                    hint="Give each topic its own slug.",
                )
            seen.add(slug)
        for place, evidence in enumerate(topics):
            for old in evidence.topic.formerly:
                if old in seen:
                    self._refuse(
                        f"{old!r} is the slug of two topics, now or formerly.",
                        line=self._line_of("formerly", self._line_of_topic(place)),
                        hint="Let one topic alone have it.",
                    )
                seen.add(old)

    def _line_of_topic(self, place: int) -> int | None:
        """Find the line of the n-th ``[[topics]]``, counted from 1; TOML itself tells no lines."""
        return self._starts[place] if place < len(self._starts) else None

    @cached_property
    def _starts(self) -> list[int]:
        return [number for number, line in enumerate(self._lines, 1) if _TOPIC_HEADER.match(line)]

    def _line_of(self, key: str, start: int | None = None) -> int | None:
        """Find the line that sets a key or opens a table, at or after a line."""
        setting = re.compile(rf"""\s*["'\[]*{re.escape(key)}["'\]]*\s*(?:=|$)""")
        return self._first_line(lambda line: setting.match(line) is not None, start)

    def _line_with(self, text: str, start: int | None) -> int | None:
        """Find the line that quotes a text, at or after a line."""
        return self._first_line(lambda line: f'"{text}"' in line or f"'{text}'" in line, start)

    def _first_line(self, right: Callable[[str], bool], start: int | None) -> int | None:
        """Find the first right line, at or after a line; failing that, give that line."""
        for number in range(start or 1, len(self._lines) + 1):
            if right(self._lines[number - 1]):
                return number
        return start

    def _refuse(self, message: str, *, hint: str, line: int | None = None) -> NoReturn:
        """Give up on the file."""
        raise TopicsError(self._path.as_posix(), message, line=line, hint=hint)


def _number(value: object) -> float | None:
    """Give a number, or ``None`` for anything that is none (true, nan, 1e99)."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if -_MOST <= value <= _MOST else None


def _points(key: str) -> float | None:
    """Read the points that a key names: ``16``, ``-4``, ``"0.5"``."""
    return _number(float(key)) if _POINTS.match(key) is not None else None
