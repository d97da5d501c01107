"""One reference as lists of references have it: who, when, what, where, in any usual style.

APA, MLA, Chicago, IEEE, Harvard, Vancouver, ACM's, Springer's and BibTeX's own styles differ in the
order and the signs; all begin with people, and no title begins before they end.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .beside import VENUE, names_field
from .citation_people import People, is_one_name, read_people
from .days import find_day
from .identifiers import read_doi
from .labels import label_of
from .marks import is_worded, papers_in, plain, without_links
from .shielding import unshielded
from .wording import one_line

_LINKED = "\x01"
"""Stands for a link whose words say nothing."""
_NUMBER = re.compile(r"\A\s*(?:\[[a-z]?\d{1,3}\]|\(?\d{1,3}(?:\)\.|[.)])|[-*•])\s+")
_YEAR = r"(?P<year>(?:19|20)\d{2})[a-z]?"
_QUOTED = re.compile(
    rf"(?P<people>[^\"“”]{{2,3000}}?)[ ,.]{{0,3}}(?:\(?{_YEAR}\)?[.,:]{{0,2}} ?)?"
    r"(?:[\"“]{1,2}(?P<title>[^\"“”]{4,400}?)[.,]?[\"”]|(?<=[\s.,])‘(?P<single>.{4,400}?)[.,]?’(?!\w))"
    r"[.,]?(?P<rest>.*)"
)
_DATED = re.compile(
    r"(?P<people>.{2,3000}?)[ ,.]{0,3}"
    rf"(?:\({_YEAR}(?P<day>, [A-Z][a-z]{{2,8}}\.?(?: \d{{1,2}})?)?(?:, [a-z ]{{3,20}})?\)[.,:]?"
    rf"|\.\s(?:\(\s?)?(?P<second>(?:19|20)\d{{2}})[a-z]?\.) (?P<said>\S.*)"
)
"""A year between the people and the title, in brackets or as a sentence of its own."""
_SENTENCE = re.compile(
    rf"(?<!\bvs)(?<!\bSt)(?<!\bvol)(?<!\bno)(?<!\b[A-Z])(?<!\be\.g)(?<!\bi\.e)[.?!][\"”’]?(?=\s|\Z|{_LINKED})"
    rf"| ?(?={_LINKED})|,?\s(?=(?:19|20)\d{{2}}[.,]?\s*(?:\Z|{_LINKED}|URL|arXiv|doi))"
)
"""Where a title ends that no marks hold."""
_BOUNDARY = re.compile(r"(?<=[^\W\d_]{2})\.\s+|(?<=\b[^\W\d_a-z])\.\s+|(?<=[.\w]):\s+")
"""Where people may end that no year follows."""
_MOST_BOUNDARIES = 60
_LONGEST_NAME = 3
"""Words of a name with an initial in its midst."""
_STOP = re.compile(r"(?<=[^\W\d_]{2})[.?!]\s(?=[^\W\d_a-z])|(?<=\))\.\s(?=[^\W\d_a-z])")
"""Where a title may end before its people."""
_MOST_STOPS = 4
_TAIL = re.compile(
    r"\b(?:In:? [A-Z]|URL|pages? \d|pp\.|vol\.|Proc(?:eedings|\.)|Conference|Journal|Transactions"
    r"|thesis|arXiv preprint|CoRR)"
)
"""What tells a reference by itself, where one name alone stands before a title."""
_DOI = re.compile(r"\b(?:doi|DOI)[:\s]{1,3}(10\.\d{4,9}/[^\s,;\x01]+)")
_ARXIV = re.compile(
    r"(?:arxiv(?: e-?prints?| preprint)?[,:]?\s{1,2}|\babs/)"
    r"(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}(?:v\d)?)",
    re.IGNORECASE,
)
_PREPRINT = re.compile(r"\b(?:arxiv|corr|preprint|e-prints?)\b", re.IGNORECASE)
_VENUE = re.compile(
    r"(?:[Ii]n:?\s|[Pp]resented at\s)?(?P<venue>[^\W\d_]"
    r"(?:[^.;:(\d\x01,]|\.(?=\s[A-Z][A-Za-z]{0,9}\.)|\.(?=\s[A-Z][a-z]+,?\s\d)"
    r"|,(?! (?:vol|no|pp?|pages?|ser|art|[\d(]|[A-Z][a-z]+,))|(?:19|20)\d{2}(?=\s[A-Z])){2,200})"
)
"""The words before volume, pages and year; journals' names may be cut short."""
_NUMBERED = re.compile(
    r",? ?\b(?:volume|vol|no|number|issue|pages?|pp|part|article)\.? ?\Z", re.IGNORECASE
)
_CUT_SHORT = re.compile(r"[A-Z][a-z]{1,5}")
_SHORTEST = 3
_NO_VENUE = re.compile(
    r"(?:https?|url|doi|available|accessed|retrieved|online|technical report|\[|ph\.?d"
    r"|master|doctoral|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d)",
    re.IGNORECASE,
)
_OF_DATABASES = re.compile(
    r"\bEpub (?:\d{4} )?[A-Z][a-z]{2,3}(?: \d{1,2})?\b\.?|\bPMC?ID: ?(?:PMC)?\d{1,12}\b\.?"
)
"""What PubMed writes behind a reference."""
_JOURNAL_DAY = re.compile(
    r"\s(?P<year>(?:19|20)\d{2})"
    r"(?P<day> (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?: \d{1,2})?)?;\s?\d"
)
"""What medical journals write behind a journal's name: '2026 Jan 7;650(8001):12-19'."""
_A_YEAR = re.compile(r"(?<![\d./:–-])(?:19|20)\d{2}(?![\d./–-]*\d)")
_ADDRESS_WORDS = re.compile(
    r"\[?\b(?:accessed|retrieved|last visited|arxiv|preprint|doi|url|code|cs|pdf|\d{4})\b"
    r"[^A-Z]{0,40}|\A\W*\Z",
    re.IGNORECASE,
)
"""What stands behind an address and tells nothing of a paper."""
_LONGEST_TITLE = 400
_SHORTEST_LINE, _LONGEST_LINE = 30, 4_000
_SIGNS = ("](", "://", "rXiv", "rxiv", "doi", "DOI")
"""What leads to a paper, in references as elsewhere."""


@dataclass(frozen=True, slots=True)
class Citation:
    """What a reference says of a paper."""

    title: str
    url: str | None
    """Where it leads: an address of the paper, or of its identifier."""
    people: People
    published: str | None
    venue: str | None
    remark: str
    """What is said behind its links; all that stands behind the title where it says no year."""
    others: tuple[str, ...] = ()
    """Further addresses that are set off by a sign: no word leads to them."""

    @property
    def lines(self) -> str:
        """All but the title, as lines under labels; what no label fits stands under none."""
        names = ", ".join(self.people.names)
        said = [f"Authors: {names}" if self.people.is_whole else self.people.written]
        said += [f"Published: {self.published}"] if self.published else []
        said += [f"Venue: {self.venue}"] if self.venue else []
        said += [f"Link: {url}" for url in self.others]
        said += [self.remark] if self.remark else []
        return "\n".join(said)


def may_be_citation(text: str) -> bool:
    """Whether a text may be a reference at a glance: most lines have neither year nor address."""
    if not _SHORTEST_LINE < len(text) < _LONGEST_LINE:
        return False
    dated = ("20" in text or "19" in text) and _A_YEAR.search(text) is not None
    return (dated or any(sign in text for sign in _SIGNS)) and label_of(text) is None


_SET_OFF = re.compile(
    r"(?:[,;:.()\[\]|]|\b(?:doi|url|arxiv|e-?print|pre-?print))\s{0,3}\Z", re.IGNORECASE
)
"""What stands before a further address of the work itself."""
_BEHIND = re.compile(
    r" (?:\((?:(?:no\. )?arxiv:[^()\s]+|preprint|version \d{1,2})\)|\[preprint\])\.?\Z",
    re.IGNORECASE,
)
"""What APA writes behind the title of a preprint."""


@functools.lru_cache(maxsize=4096)  # Asked of a line by each who looks at it.
def read_citation(text: str, *, listed: bool = False) -> Citation | None:
    """Read a reference; ``None`` for any other line. It may lead nowhere.

    Where it is `listed` among others, one name is as sure a sign of it as several.
    """
    links = list(papers_in(text))
    titled = next((link for _, link in links if is_worded(link[1])), None)
    words = without_links(text, _LINKED)
    slanted = _SLANTED.search(words)
    raw, words = words, unshielded(one_line(_NUMBER.sub("", plain(words))))
    found = (slanted and _before_slanted(slanted)) or _slanted_title(raw)
    found = found or next(_parts(words, listed=listed), None)
    if found is None or (titled and plain(titled[1]).rstrip(".") != found[1].rstrip(".")):
        return None
    people, title, year, rest = found
    if _PEOPLE_LAST.search(title):
        return None  # 'A Title (2017), J. Hopper et al.'
    title = _ALL_QUOTED.sub(r"\1", _BEHIND.sub("", title))
    url = next((link[2] for _, link in links), None) or _named(rest)
    further = (link for _, link in links if link[2] != url)
    others = tuple(link[2] for link in further if _SET_OFF.search(text[: link.start()][-20:]))
    said = _ARXIV.sub(" ", _DOI.sub(" ", rest)).replace(_LINKED, " ")
    day = find_day(said)
    years = _A_YEAR.findall(said)
    published = str(day) if day and not year else year or (years[-1] if years else None)
    if issued := _JOURNAL_DAY.search(said):
        published = " ".join([*(issued["day"] or "").split(), issued["year"]])
    behind = said if published is None else rest.rpartition(_LINKED)[2] if _LINKED in rest else ""
    behind = _OF_DATABASES.sub("", behind)
    remark = one_line(_ADDRESS_WORDS.sub("", behind)).strip(" .,;:[]-–")
    return Citation(title, url, people, published, _venue(rest), remark, others)


_PEOPLE_LAST = re.compile(r" et\.? al\.?\Z|\A(?:[A-Z]\.[ -]?){1,3}[A-Z][\w'’-]+\Z")
_ALL_QUOTED = re.compile(r"\A[\"“]([^\"“”]+)[\"”][\s|]*\Z")
_Parts = tuple[People, str, str | None, str]
_SLANTED = re.compile(r"(?<=[.?!,\w] )[*_](?P<name>[^*_\n]{4,60})[*_]")
"""Words in italics, as people stand behind a title."""
_TITLED = re.compile(
    r"(?P<people>[^*_]{4,1000}?)[,:.] [*_](?P<title>[^*_\n]{8,400})[*_](?P<rest>[,.].*)"
)
"""A title in italics behind its people, as mathematicians' lists have it."""


def _parts(text: str, *, listed: bool) -> Iterator[_Parts]:
    """Give people, title, year and the rest of a text, by the first style that it can be of."""
    if (match := _QUOTED.match(text)) and (people := read_people(match["people"])):
        title = match["title"] or match["single"]
        if _can_be_title(title, lower=True):
            yield people, title.strip(), match["year"], match["rest"]
    if (match := _DATED.match(text)) and (people := read_people(match["people"], alone=True)):
        title, rest = _first_sentence(match["said"])
        if _can_be_title(title):
            year = match["year"] or match["second"]
            yield people, title, _with_day(year, match["day"]), rest
    known = _people_before(text)
    if known and not (known[0].is_short and _are_several(text.partition(_LINKED)[0].strip(" ."))):
        people, (title, rest) = known[0], _first_sentence(known[1])
        surely = listed or people.is_several or _TAIL.search(rest) is not None
        turned = not people.is_several and _are_several(title)
        if surely and not turned and _can_be_title(title) and _says_where(rest):
            yield people, title, None, rest
    yield from _turned_round(text, listed=listed)


def _slanted_title(text: str) -> _Parts | None:
    """Give the parts of 'Ada Lovelace and G. Hopper, *A Title*, Journal 3 (2024)'."""
    match = _TITLED.match(text)
    if match is None or VENUE.search(f"{match['title']} ") or not _says_where(match["rest"]):
        return None
    before, title, rest = (unshielded(one_line(plain(part))) for part in match.groups())
    people = read_people(_NUMBER.sub("", before).rstrip(" ,:."))
    several = " " in title.strip() and _can_be_title(title) and people and people.is_several
    return (people, title.rstrip(" .,"), None, rest.lstrip(" .,")) if several and people else None


def _before_slanted(match: re.Match[str]) -> _Parts | None:
    """Give the parts of 'A Title. *Ada Lovelace.* ICML 2024': one slanted name is no title."""
    around = match.string[: match.start()], match["name"], match.string[match.end() :]
    title, name, rest = (unshielded(one_line(plain(_NUMBER.sub("", part)))) for part in around)
    title, name = title.rstrip(" .,"), name.rstrip(" .,")
    known = is_one_name(name) and not names_field(name) and _can_be_title(title)
    people = read_people(name) if known and ". " not in title and _says_where(rest) else None
    return (people, title, None, rest) if people else None


def _turned_round(text: str, *, listed: bool) -> Iterator[_Parts]:
    """Give the same of a text whose title stands before the people, as on people's own pages."""
    if _LINKED not in text:
        return
    stops = [*itertools.islice(_STOP.finditer(text), _MOST_STOPS)]
    for fewest, begin in itertools.product((2, 1) if listed else (2,), stops):
        title, behind = text[: begin.start() + (begin[0][0] in "?!")], text[begin.end() :]
        found = _one_before(behind) or _people_before(behind, whole=True)
        if found is None or not _can_be_title(title) or _are_several(title):
            continue
        people, rest = found
        if not people.is_several and read_people(title):
            continue  # 'Where Storks Rest. Ada Lovelace.': either may be a name.
        if (len(people.names) >= fewest or people.is_several) and _says_where(rest):
            yield people, title, None, rest


def _one_before(text: str) -> tuple[People, str] | None:
    """Part one name with an initial, 'Ada K. Lovelace.', from the link that follows it."""
    words, link, rest = text.partition(_LINKED)
    name = words.strip(" .")
    people = read_people(name) if link and "." in name and is_one_name(name) else None
    return (people, f"{link}{rest}") if people and len(people.names) == 1 else None


def _are_several(text: str) -> bool:
    """Whether a text is several people, who are no title."""
    people = read_people(text)
    return people is not None and people.is_several


def _people_before(text: str, *, whole: bool = False) -> tuple[People, str] | None:
    """Part people and the rest where nothing but a sign does: behind the most that are people.

    Where initials stand behind names without signs, any word behind them could be one more name.
    """
    found: tuple[People, int] | None = None
    for match in itertools.islice(_BOUNDARY.finditer(text), _MOST_BOUNDARIES):
        ended = match[0][0] == "."
        people = read_people(text[: match.start()] + "." * ended, alone=ended and not whole)
        if people is None or not (ended or people.is_several):
            continue
        if found is None or _goes_on_with_name(found[0], people):
            found = people, match.end()
        if people.is_short and len(people.names) > 1:
            break
    return (found[0], text[found[1] :]) if found else None


def _goes_on_with_name(short: People, people: People) -> bool:
    """Whether what was one family name and its initial goes on as a name: 'Ada K. Lovelace'."""
    alone = short.is_short and len(short.names) == 1
    return not alone or len(people.names[0].split()) <= _LONGEST_NAME


def _first_sentence(text: str) -> tuple[str, str]:
    end = _SENTENCE.search(text, 3)
    if end is not None and end[0][:1] in ("?", "!") and _goes_on(text[end.end() :]):
        end = _SENTENCE.search(text, end.end() + 3)
    if end is None:
        return text, ""
    kept = end.start() + (end[0][:1] in "?!")
    return text[:kept].strip(" ,"), text[end.end() :]


def _goes_on(text: str) -> bool:
    """Whether a title goes on behind its question: no venue does, as a year or a number tells."""
    end = _SENTENCE.search(text, 3)
    said = text[: end.start()] if end else text
    is_venue = any(map(str.isdigit, said)) or _TAIL.search(said) or _PREPRINT.search(said)
    return (
        end is not None and " " in said.strip() and not is_venue and bool(text[end.end() :].strip())
    )


def _can_be_title(title: str, *, lower: bool = False) -> bool:
    """Whether words can be a title: of two words at least, and no sentence's end."""
    begins = title[:1].isupper() or title[:1].isdecimal() or not title[:1].isascii() or lower
    several = " " in title.strip() or len(title) > len("Transformers")
    named = begins or any(map(str.isupper, title.split(" ", maxsplit=1)[0]))
    return (
        named
        and several
        and len(title) <= _LONGEST_TITLE
        and is_worded(title)
        and _LINKED not in title
    )


def _says_where(rest: str) -> bool:
    """Whether what follows a title is what follows one in a reference: a year or an address."""
    return bool(_LINKED in rest or _A_YEAR.search(rest) or _ARXIV.search(rest) or _DOI.search(rest))


def _with_day(year: str | None, day: str | None) -> str | None:
    return f"{day.strip(' ,')} {year}" if year and day else year


def _named(rest: str) -> str | None:
    """Give the address of the identifier that the rest of a reference names."""
    if match := _ARXIV.search(rest):
        return f"https://arxiv.org/abs/{match[1]}"
    doi = read_doi(match[1].rstrip(".")) if (match := _DOI.search(rest)) else None
    return f"https://doi.org/{doi}" if doi else None


def _venue(rest: str) -> str | None:
    """Give where a paper appeared, in the words before volume, pages and year."""
    text = rest.lstrip(" ,.;")
    if known := VENUE.match(text.removeprefix("In ")):
        return known[1]
    match = _VENUE.match(text)
    if match is None or _NO_VENUE.match(text) or _PREPRINT.search(match["venue"]):
        return None
    venue = _NUMBERED.sub("", match["venue"]).strip(" ,*_-–")
    behind = text[match.end() :]
    whole = _JOURNAL_DAY.match(behind, 1) is not None
    cut_short = not whole and _CUT_SHORT.fullmatch(venue) and behind.startswith(".")
    return None if cut_short or len(venue) < _SHORTEST else venue
