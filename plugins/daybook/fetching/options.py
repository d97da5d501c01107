"""What ``make fetch`` and ``make enrich`` can be told, all by environment variables: one table.

Folders that are not named are those of the archive's own settings file in the current folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .. import settings as daybook_settings
from ..errors import SettingsError
from ..plain_files import at_home
from .answer_cache import AnswerCache
from .errors import FetchError
from .host import Host, Patience, user_agent

SETTINGS_FILE = "pelican.conf.py"


@dataclass(frozen=True, slots=True)
class Variable:
    """One line of the table."""

    name: str
    default: str
    meaning: str


VARIABLES = (
    Variable("DAYBOOK_HF_URL", "https://huggingface.co", "Where Hugging Face's API is."),
    Variable("DAYBOOK_ARXIV_URL", "https://export.arxiv.org", "Where arXiv's API is."),
    Variable("DAYBOOK_S2_URL", "https://api.semanticscholar.org", "Where Semantic Scholar's is."),
    Variable("DAYBOOK_CROSSREF_URL", "https://api.crossref.org", "Where Crossref's is."),
    Variable(
        "DAYBOOK_CONTACT", "",
        "An e-mail address told to the hosts, so that they can reach who asks.",
    ),
    Variable(
        "DAYBOOK_FETCH_CACHE", ".cache/fetch",
        "The folder of answers that are asked for again only if they changed; it may be lost.",
    ),
    Variable(
        "DAYBOOK_FETCH_PAUSE", "",
        "Seconds between two requests to one host; without it what each host documents.",
    ),
    Variable("DAYBOOK_FETCH_TRIES", "5", "How often a request that fails is made at most."),
    Variable("DAYBOOK_FETCH_WAIT", "1", "Seconds before the second try, doubled for each more."),
    Variable(
        "DAYBOOK_FETCH_LONGEST_WAIT", "300",
        "Seconds to wait at most when a host asks for it; after that the command gives up.",
    ),
    Variable("DAYBOOK_FETCH_SILENCE", "20", "Seconds for which a host may say nothing."),
    Variable("DAYBOOK_FETCH_TIME", "120", "Seconds for which one answer may take as a whole."),
    Variable(
        "DAYBOOK_ENRICH_AGAIN", "90",
        "Days after which a source is asked again for what it did not know.",
    ),
)  # fmt: skip
"""Every variable that begins with ``DAYBOOK_``; README shows the same table."""
_MOST = 100_000
"""Days, seconds or tries: what is more is a slip."""
_DEFAULTS = {variable.name: variable.default for variable in VARIABLES}


@dataclass(frozen=True, slots=True)
class Options:
    """The words a command was given, and how it finds folders and hosts."""

    words: Mapping[str, str]

    def word(self, name: str) -> str:
        """Give a word as it was told, without space around it; '' where it was not."""
        return (self.words.get(name) or _DEFAULTS.get(name, "")).strip()

    def number(self, name: str, least: float = 0) -> float:
        """Give a variable as a number.

        Raises:
            FetchError: where it is none, or less than `least`.
        """
        try:
            value = float(self.word(name))
        except ValueError:
            value = -1.0
        if not least <= value <= _MOST:
            raise FetchError(
                f"{name} should be a number from {least:g} to {_MOST:,}, "
                f"and is {self.word(name)[:40]!r}"
            )
        return value

    def limit(self, default: int) -> int:
        """Give LIMIT, the most papers to look up."""
        word = self.word("LIMIT") or str(default)
        if not (word.isascii() and word.isdecimal() and len(word) < 10 and int(word) > 0):
            raise FetchError(f"LIMIT should be a whole number, 1 or more, and is {word[:40]!r}")
        return int(word)

    def host(self, base: str, pause: float) -> Host:
        """Give the host at the address in the variable `base`; `pause` is what it documents."""
        patience = Patience(
            tries=int(self.number("DAYBOOK_FETCH_TRIES", 1)),
            first_wait=self.number("DAYBOOK_FETCH_WAIT"),
            longest_wait=self.number("DAYBOOK_FETCH_LONGEST_WAIT"),
            silence=self.number("DAYBOOK_FETCH_SILENCE", 0.01),
            answer=self.number("DAYBOOK_FETCH_TIME", 0.01),
        )
        return Host(
            self.word(base),
            pause=self.number("DAYBOOK_FETCH_PAUSE") if self.word("DAYBOOK_FETCH_PAUSE") else pause,
            agent=user_agent(self.word("SITEURL"), self.word("DAYBOOK_CONTACT")),
            patience=patience,
            cache=AnswerCache(Path(self.word("DAYBOOK_FETCH_CACHE"))),
        )

    def folder(self, name: str) -> Path:
        """Give the folder DIGESTS, PAPERS or METADATA names."""
        return at_home(self.words[name])


def read_options(environment: Mapping[str, str]) -> Options:
    """Read the environment, and the archive's settings file for what it does not say.

    Raises:
        FetchError: when the settings file cannot be read.
    """
    named = {name: value for name, value in environment.items() if value.strip()}
    return Options(_archive_words(named) | named)


def _archive_words(named: Mapping[str, str]) -> dict[str, str]:
    """Give the folders and the address that the archive's settings name."""
    content = Path("content")
    words = {
        "DIGESTS": str(content / "digests"),
        "PAPERS": str(content / "papers"),
        "METADATA": str(content / "metadata"),
        "TOPICS": str(daybook_settings.packaged("topics.toml", "content/topics.toml")),
    }
    if not Path(SETTINGS_FILE).is_file():
        return words
    # What they name may not be there yet, and the settings file insists on it.
    for name in ("DIGESTS", "METADATA"):
        if name in named:
            at_home(named[name]).mkdir(parents=True, exist_ok=True)
    from pelican.settings import read_settings  # noqa: PLC0415  half a second

    try:
        pelican = read_settings(SETTINGS_FILE)
        archive = daybook_settings.read_settings(pelican)
    except SettingsError as error:
        raise FetchError(str(error)) from None
    words |= {"DIGESTS": str(archive.digests), "PAPERS": str(archive.papers)}
    words |= {"METADATA": str(archive.metadata or content / "metadata")}
    return words | {"TOPICS": str(archive.topics), "SITEURL": str(pelican.get("SITEURL") or "")}
