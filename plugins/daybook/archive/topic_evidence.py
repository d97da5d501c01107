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

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from ..records import Topic
from .slugs import is_name
from .topic_phrases import Phrase
from .topic_text import TaxonomyText, quoted

_TEXT_KEYS = ("slug", "name", "group", "definition")
_EVIDENCE_KEYS = ("formerly", "evidence", "categories", "needed", "lead", "learning")
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
        self._file = TaxonomyText(path)
        self._refuse, self._line_of = self._file.refuse, self._file.line_of

    def read(self) -> TaxonomyFile:
        """Read and check everything."""
        content = self._file.parse()
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
        return TaxonomyFile(weighing, home, learning, topics, self._file.fingerprint)

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
                    f"{quoted(key)} in [weighing] is {quoted(value)}.",
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
        start = self._file.line_of_topic(place)
        if not isinstance(entry, dict):
            self._refuse(f"topic {place + 1} is not a table.", hint="Begin it with [[topics]].")
        texts = {key: self._text(entry, key, place, start) for key in _TEXT_KEYS}
        slug = texts["slug"]
        if not is_name(slug):
            self._refuse(
                f"{quoted(slug)} cannot be a slug.",
                line=start,
                hint="Use lower-case letters, digits and single hyphens, and no name that Windows "
                "or the site has for itself (con, index, unsorted, letter-..., ...-page).",
            )
        self._only_known(entry, (*_TEXT_KEYS, *_EVIDENCE_KEYS), f"in topic {quoted(slug)}", start)
        end = self._file.line_of_topic(place + 1)
        evidence = self._by_points(entry, "evidence", slug, (start, end))
        categories = self._by_points(entry, "categories", slug, (start, end))
        return TopicEvidence(
            Topic(**texts, formerly=self._formerly(entry, slug, start)),
            tuple(
                (self._phrase(text, f"the evidence of {quoted(slug)}", start), points)
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
        old = self._texts(entry.get("formerly", []), "formerly", f"topic {quoted(slug)}", start)
        for one in old:
            if not is_name(one):
                self._refuse(
                    f"{quoted(one)} was never the slug of topic {quoted(slug)}.",
                    line=self._line_of("formerly", start),
                    hint="Use lower-case letters, digits and single hyphens.",
                )
        return old

    def _learning(self, entry: Mapping[str, object], slug: str, start: int | None) -> bool:
        """Read whether a topic is one of learning machines only."""
        value = entry.get("learning", False)
        if not isinstance(value, bool):
            self._refuse(
                f"'learning' of topic {quoted(slug)} is {quoted(value)}.",
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
                f"{quoted(key)} of topic {quoted(slug)} is {quoted(entry[key])}.",
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
                f"{quoted(text)} in {where} is not a phrase: {error}.",
                line=self._file.line_with(text, start),
                hint='Write "words", "stem*", "title: words" or "words + words".',
            )

    def _text(self, entry: Mapping[str, object], key: str, place: int, start: int | None) -> str:
        """Read one required line of text."""
        value = entry.get(key)
        if not isinstance(value, str) or not any(c.isprintable() for c in value if c != " "):
            self._refuse(
                f"topic {place + 1} has no {quoted(key)}.",
                line=start,
                hint=f'Add a line {key} = "..." to it.',
            )
        return " ".join(value.split())

    def _by_points(
        self, entry: Mapping[str, object], kind: str, slug: str, within: tuple[int | None, ...]
    ) -> dict[str, float]:
        """Read a table of points, each with the texts that are worth them.

        `within` has the lines of its topic and of the next one.
        """
        where = f"the {kind} of {quoted(slug)}"
        table = entry.get(kind, {})
        start = self._line_of(f"topics.{kind}", *within)
        if not isinstance(table, dict):
            self._refuse(
                f"{where} should be a table.", line=start, hint=f"Write [topics.{kind}] above it."
            )
        worth: dict[str, float] = {}
        for key, value in table.items():
            points = _points(key)
            if points is None:
                self._refuse(
                    f"{quoted(key)} in {where} is not a number of points.",
                    line=self._line_of(key, start),
                    hint=f'Write points = ["phrase", ...], with -{_MOST:g} to {_MOST:g} points.',
                )
            for text in self._texts(value, key, where, start):
                if text in worth:
                    self._refuse(
                        f"{quoted(text)} stands twice in {where}.",
                        line=self._file.line_with(text, start),
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
                f"{quoted(key)} in {where} should be a list of texts.",
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
                    f"{quoted(key)} {where} is not known.",
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
                    f"two topics have the slug {quoted(slug)}.",
                    line=self._file.line_of_topic(place),
                    hint="Give each topic its own slug.",
                )
            seen.add(slug)
        for place, evidence in enumerate(topics):
            for old in evidence.topic.formerly:
                if old in seen:
                    self._refuse(
                        f"{quoted(old)} is the slug of two topics, now or formerly.",
                        line=self._line_of("formerly", self._file.line_of_topic(place)),
                        hint="Let one topic alone have it.",
                    )
                seen.add(old)


def _number(value: object) -> float | None:
    """Give a number, or ``None`` for anything that is none (true, nan, 1e99)."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if -_MOST <= value <= _MOST else None


def _points(key: str) -> float | None:
    """Read the points that a key names: ``16``, ``-4``, ``"0.5"``."""
    return _number(float(key)) if _POINTS.match(key) is not None else None
