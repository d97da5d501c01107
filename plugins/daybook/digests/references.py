"""The words of a title, and the lines that name a paper as lists of references do."""

from __future__ import annotations

import re

from .beside import LEADING, names_field, noted_before, read_beside
from .citations import may_be_citation, read_citation
from .marks import LINK, is_invitation, is_worded, papers_in, plain
from .people import names_people
from .shielding import unshielded
from .venue_names import says_where, venue_called
from .wording import one_line

NUMBER = re.compile(r"^\s*(?:\d{1,3}(?:\)\.|[.)、]|/(?=\s))(?!\d)|[①-⑳]|[0-9]️?⃣)\s*")
_PICTURES = re.compile(
    "(?:[\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d\u20e3]\\s*)+"
)
_IDENTIFIED = re.compile(
    r"\A\[(?:(?:arXiv:)?\d{4}\.\d{4,5}(?:v\d{1,2})?"
    r"|(?:(?:new|cross|replaced?|updated?) )?\d{1,3})\]\s+",
    re.IGNORECASE,
)
"""What arXiv's pages put before their titles: '[2501.00001] A Title', and lists: '[new 001]'."""
READ_IN = re.compile(r" \(\d{1,3}[ -]min(?:ute)?s? read\)\Z", re.IGNORECASE)
"""How long an article takes to read, as newsletters write it behind a title."""
_DAY = re.compile(
    r"\A\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?, (?=\S)",
    re.IGNORECASE,
)
"""The day before a title in lists that are kept by the month: '2 Jan, A Title'."""
_ARTICLE = re.compile(
    r" \((?:\d{1,3}[ -]min(?:ute)?s? (?:read|video|listen|watch)|github repo"
    r"|hugging face (?:repo|hub)|website|sponsor(?:ed)?|tool|product(?: launch)?|launch|thread"
    r"|course|demo)\)[* ]*\Z",
    re.IGNORECASE,
)
"""What newsletters write behind the titles of all that they link to."""
_QUOTES = tuple(zip("\"“「《'‘”", "\"”」》'’“", strict=True))

_OPENS_WITHIN = re.compile(
    r"(?:(?:[^\"]*[\s(-])?\"[^\"\s][^\"]*\"(?=[\s,.:;!?)-]|\Z)){1,5}[^\"]*\Z"
)
"""'Your "Storks" Are Mine' within quotation marks: these are around all of it."""
_WHERE = re.compile(r" \(([^()]{2,40})\)\Z")
_AN_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_CREDITED = re.compile(
    r"(?P<title>.{4,300}?) \((?P<people>[^()]{2,80}? et al\.?)(?:, (?P<venue>[A-Z][^(),]{1,40}?))?"
    r"(?:,? (?P<year>(?:19|20)\d{2}))?\)"
)
_NAMED = re.compile(r"(?P<title>.{4,300}?) \((?P<people>[^()\d]{8,400})\)")
_YEAR = r"(?:,? \(?(?P<year>(?:19|20)\d{2})\)?)?"
_QUOTED_BY = re.compile(
    r"[\"“](?P<title>[^\"“”]{4,300})[,.]?[\"”],? (?:by|von|par|por|di) (?P<people>[^()\d]{4,300}?)"
    rf"{_YEAR}"
)
_QUOTED_BEFORE = re.compile(
    r"[\"“](?P<title>[^\"“”]{4,300})[,.]?[\"”][,.]? (?P<people>[^()\d\"“”]{8,400}?)"
    rf"{_YEAR}"
)
"""'"A Title", Ada Lovelace and Grace Hopper'."""
_ONE_INITIALED = re.compile(
    r"[\"“](?P<title>[^\"“”]{4,300})[,.]?[\"”],? (?P<people>(?:[A-Z]\. ?){1,3}[A-Z][\w'’-]+)"
)
_ET_AL_BEHIND = re.compile(r"(?P<title>.{8,300}),? by (?P<people>[A-Z][^()\d,]{2,60} et al\.?)")
_ET_AL_ASKED = re.compile(
    r"(?P<title>.{8,300}?[?!])\.? (?P<people>[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]*){1,3} et al\.?)"
)
_DATED_TITLE = re.compile(
    r"(?P<title>.{4,300}?),? \((?P<year>(?:19|20)\d{2})\),? (?P<people>[^()\d]{4,300})"
)
_CREDITED_BEHIND = re.compile(
    r"(?P<title>.{4,300}?)(?: [—–-]|,) (?P<people>[^()\d—–]{3,300}?),? \((?P<year>(?:19|20)\d{2})\)"
)
"""'A Title — Lovelace, Hopper (2023)'."""
_BETWEEN = re.compile(r", and |, & | and | & |, ")
_ET_AL = re.compile(r",? et\.? al\.?\Z")
APPEARED = "\u200bin "
"""What stands between a title and where it appeared, in lists that lead nowhere."""
_VENUE_BEHIND = re.compile(
    r"(?P<title>.{8,300}?)(?: ?[(（](?P<in>[^()（）]{3,60})[)）]"
    r"| [-–—] (?P<dash>[A-Z][\w& ]{1,20} - (?:19|20)\d{2})|, (?P<comma>[A-Za-z][\w&' -]{2,40})"
    r"|(?<=[.?!]) (?P<stop>[A-Za-z][\w&' -]{2,40}(?:19|20)\d{2})\.?)"
)
"""'A Title (IEEE Magazine 2017)', 'A Title - ARXIV - 2018', 'A Title, arXiv 2017'."""
_OF_JOURNAL = re.compile(
    r"\b(?:IEEE|ACM|Journal|Transactions|Magazine|Proceedings|Letters|Symposium)\b|^[A-Z]{2,12} - "
)
_OF_YEAR = re.compile(r"(?:19|20)\d{2}(?!\d)")
_YEAR_FIRST = re.compile(r"\A((?:19|20)\d{2}),? ([A-Z][\w -]{1,30})\Z")
CREDIT = "credit"
"""People by their family names alone, as no field has them."""
_FAMILY = re.compile(r"(?:[a-z]{2,3} ){0,2}[^\W\d_a-z][\w'’.-]+(?: [^\W\d_a-z][\w'’.-]*)?")

_TITLE_DAY = re.compile(r"(?:(?<!\s)\s+)?[(\[]((?:19|20)\d{2}-\d{2}-\d{2})[)\]]\Z")
_OF_FEED = re.compile(
    r"\.? \(arXiv:\S{6,24} \[([\w.-]{2,20})\](?: [A-Z ]{2,20})?\)\Z", re.IGNORECASE
)
"""'(arXiv:2403.00001v1 [cs.CL])', as feeds had it behind titles."""
_TITLE_VOTES = re.compile(
    r"[(\[](?:(?:👍|⬆️?|🔺|▲|🔥|❤️?) ?(\d{1,6})|(\d{1,6}) ?(?:👍|⬆️?|🔺|▲|🔥|❤️?))[)\]]\Z"
)
"""'A Title (113 ▲)', as Hugging Face's mails have it."""


def title_words(text: str) -> str:
    """Give a title without number, identifier, marks, pictures before it, quotes around it."""
    title = one_line(plain(NUMBER.sub("", plain(text)))).strip(" -–—:|,;·")
    title = _DAY.sub("", READ_IN.sub("", title)) or title
    if identified := _IDENTIFIED.match(unshielded(title)):
        title = title[identified.end() :] or title
    title = without_pictures(title) or title
    for opening, closing in _QUOTES:
        inner = title[1:-1]
        if title[:1] != opening or title[-1:] != closing:
            continue
        if not {opening, closing} & set(inner) or _OPENS_WITHIN.match(inner):
            return inner.strip()
    return title


def without_pictures(text: str) -> str:
    """Give a text without the pictures with which it begins."""
    return text[pictures.end() :] if (pictures := _PICTURES.match(text)) else text


def begins_article(text: str) -> bool:
    """Whether a line is the title of something else, as newsletters link it: '(GitHub Repo)'."""
    text = text.strip(" *_")
    link = LINK.match(text)
    if link is None:
        return False
    behind = text[link.end() :]
    return bool(_ARTICLE.fullmatch(behind) if behind else _ARTICLE.search(link[1]))


def is_address(title: str) -> bool:
    """Whether what stands for a title is an address, with its number or none, and no words."""
    rest = _AN_ADDRESS.sub(" ", unshielded(title))
    return rest != unshielded(title) and re.search(r"[^\W\d_]", rest) is None


def dated_title(title: str) -> tuple[str, dict[str, str]]:
    """Take 'A Title (2012), J. Dean et al.' and 'A Title (Dean et al.)' apart, and no other.

    Several people's full names in brackets are such, too, and '"A Title" by Jeff Dean'.
    """
    if (credited := _CREDITED.fullmatch(title)) and names_people(credited["people"]):
        said = {"published": credited["year"], "venue": credited["venue"]}
        known = {name: value for name, value in said.items() if value}
        return credited["title"], {CREDIT: credited["people"], **known}
    if (named := _NAMED.fullmatch(title)) and "authors" in (read_beside(named["people"]) or ()):
        return named["title"], {"authors": named["people"]}
    quoted = _QUOTED_BY.fullmatch(title)
    if quoted and names_people(quoted["people"]) and not names_field(quoted["people"]):
        return quoted["title"].rstrip(",."), _said_by(quoted)
    quoted = _QUOTED_BEFORE.fullmatch(title)
    if quoted and "authors" in (read_beside(quoted["people"]) or ()):
        return quoted["title"].rstrip(",."), _said_by(quoted)
    match = _DATED_TITLE.fullmatch(title)
    if match is not None and names_people(match["people"]):
        return match["title"], {"published": match["year"], "authors": match["people"]}
    return _credited_behind(title)


def _said_by(match: re.Match[str]) -> dict[str, str]:
    """Give the people, and the year if there is one."""
    year = {"published": match["year"]} if match["year"] else {}
    return {"authors": match["people"], **year}


def _credited_behind(title: str) -> tuple[str, dict[str, str]]:
    """Take people and year off a title's end; of family names alone nobody is known by name."""
    alone = (_ONE_INITIALED, _ET_AL_BEHIND, _ET_AL_ASKED)
    if one := next(filter(None, (form.fullmatch(title) for form in alone)), None):
        return one["title"].rstrip(",."), {CREDIT: one["people"]}
    match = _CREDITED_BEHIND.fullmatch(title)
    if match is None:
        return title, {}
    people = match["people"]
    if "authors" in (read_beside(people) or ()):
        return match["title"], {"published": match["year"], "authors": people}
    names = _BETWEEN.split(_ET_AL.sub("", people))
    several = len(names) > 1 or _ET_AL.search(people)  # 'Revisited (2023)' is a subtitle.
    if not several or names_field(people) or not all(map(_FAMILY.fullmatch, names)):
        return title, {}
    return match["title"], {"published": match["year"], CREDIT: people}


def ended_title(title: str) -> tuple[str, dict[str, str]]:
    """Take votes, a day and what `dated_title` knows from a title's end; give what they are."""
    if APPEARED in title:
        return _appeared(title)
    subjects = _OF_FEED.search(unshielded(title))  # As long as what is shielded.
    title, found = dated_title(title[: subjects.start()] if subjects else title)
    if subjects:
        found["subjects"] = subjects[1]
    title, where = _without_venue(title)
    if where and (title[:1], title[-1:]) in _QUOTES:  # '"A Title" (2020)'
        title = title[1:-1]
    found = where | found
    if votes := _TITLE_VOTES.search(title):
        title, found["upvotes"] = title[: votes.start()].rstrip(), votes[1] or votes[2]
    if day := _TITLE_DAY.search(title):
        title, found["published"] = title[: day.start()].rstrip(), day[1]
    return title, found


def _without_venue(title: str) -> tuple[str, dict[str, str]]:
    """Take off a title the venue before it, or the one with a year behind it."""
    if leading := LEADING.match(title) or noted_before(title):
        venue = venue_called(leading[1]) or _journal(leading[1])
        return title[leading.end() :], {"venue": venue} if venue else {}
    behind = _VENUE_BEHIND.fullmatch(title)
    if behind is None:
        return title, {}
    where = next(filter(None, behind.group("in", "dash", "comma", "stop")))
    if _OF_YEAR.fullmatch(where) and behind["in"]:
        return behind["title"], {"published": where}
    if not (says_where(where) or _journal(where)):
        return title, {}
    year = _OF_YEAR.search(where)
    found = {"published": year[0]} if year else {}
    venue = re.sub(r" - (?=\d)", " ", _YEAR_FIRST.sub(r"\2 \1", where))
    title = behind["title"].rstrip(".") if behind["stop"] else behind["title"]
    return title, found if "arxiv" in where.lower() else found | {"venue": venue}


def _journal(words: str) -> str | None:
    return words if _OF_JOURNAL.search(words) and words[-2:].isdecimal() else None


def _appeared(title: str) -> tuple[str, dict[str, str]]:
    """Take off a title where its list says that it appeared, and when."""
    title, _, where = title.partition(APPEARED)
    where = where.partition(APPEARED[0])[0].strip()
    year = _OF_YEAR.search(where)
    found = {"published": year[0]} if year else {}
    nowhere = not where or (year and year[0] == where) or "arxiv" in where.lower()
    return title, found if nowhere else found | {"venue": where}


def cited_title(text: str, *, linked: bool = True) -> tuple[str, str, str] | None:
    """Give the title, address and all else of a reference; ``None`` for any other line.

    Where it is `linked`, only of one that leads to its paper.
    """
    citation = read_citation(text, listed=not linked) if may_be_citation(text) else None
    if citation is None or (linked and citation.url is None):
        return None
    return citation.title, citation.url or "", citation.lines


def invited_title(text: str) -> tuple[str, str, str] | None:
    """Give the same of a line that asks to read a paper by its title.

    'Read more: [A Title (arXiv)](...).'
    """
    links = list(LINK.finditer(text)) if "](" in text else []
    if len(links) != 1 or next(papers_in(text), None) is None or not is_worded(links[0][1]):
        return None
    before, after = text[: links[0].start()], text[links[0].end() :]
    if not is_invitation(plain(before).strip(" *_:：")) or after.strip(" .!*_"):
        return None
    title = title_words(links[0][1])
    where = _WHERE.search(title)
    title = title[: where.start()] if where and not is_worded(where[1]) else title
    return (title, links[0][2], "") if " " in title else None
