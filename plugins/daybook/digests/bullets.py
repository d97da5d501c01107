"""The title of a list's item: linked words, words in bold, or what its link stands beside."""

from __future__ import annotations

import re

from .beside import LEADING, LEADING_BARE, noted_before, read_beside
from .identifiers import read_arxiv, read_doi, read_url
from .labels import label_of
from .marked_titles import before_people, cited_item, marked_title, without_marked_venue
from .marks import BOLD, LINK, is_worded, names_authors, papers_in, plain, without_links
from .people import names_people
from .references import title_words
from .shielding import unshielded
from .venue_names import says_where

DATED = re.compile(
    r"(?:(?<![^\w*])[^\w*]+|\A\*\*[\[(]?)?((?:19|20)\d{2}[-./]\d{1,2}(?:[-./]\d{1,2})?)"
    r"(?:[\])]?\*\*\s*|[\s,;:|\])）】]+)"
)
_SLANTED_END = re.compile(r"(?:(?<!\s)\s+|[.,]\s+)\*([^*]{4,300})\*[\s.,]*\Z")
"""People behind a title: 'A Title, *Ada Lovelace, Grace Hopper*'."""
_EMPTY_LABEL = re.compile(
    r"(?:^|[,;|])\s*(?:papers?|code|pdf|links?|project|arxiv|web)\s*(?::\s*)?(?=[,;|]|$)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\s*\*\*\s*([\[(][^\[\]()*]{2,30}[\])])\s*\*\*(?=\s*\w)")
_YEAR_BEHIND = re.compile(r"\(((?:19|20)\d{2})\)(?:[,.:;]? |\Z)")
"""'**A Title** (2016), Ada Lovelace': `references.ended_title` knows what it is."""
_NAMED_BEFORE = re.compile(
    r"(?:\*\*[^*\"“”\x00]{2,40}\*\*:?\s*)?[\"“](?P<title>[^\"“”\x00]{8,300})[\"”],\s"
)
"""'**STORK**: "Where Storks Rest", CVPR, 2021': the name is the title's own."""
_QUOTED = re.compile(
    r"(?P<name>[^\s\"“”]{2,30}(?: [^\s\"“”]{1,20})?(?=:))?(?(name): ?)"
    r"[\"“](?P<title>[^\"“”]{8,300}?)[.,]?[\"”](?P<rest>[.,]?(?: [^\s\"“”]{1,30}){0,6})"
)
"""'Storks: "Where Storks Rest in Spring" ECCV (Oral).'"""
_MOST_LEADING = 3
_PRAISED = re.compile(
    r"\s*[\[(]((?:highly )?recomm[ae]nded|must[- ]read|important|hot|new)!{0,3}[\])]\s*(?=\S)",
    re.IGNORECASE,
)
_KEPT = re.compile(r"(\**)【([^【】]{0,30})】\s*(?=[*\w<\"“])")
"""What a keeper notes before a title: '【SFT】A Title'."""
_BETWEEN = re.compile(r"[,;&/|·•、，；]|,? ?(?:and|und|et|y|e)", re.IGNORECASE)
"""What stands between the papers of a line that lists several."""
_DASH = re.compile(r"(\s[-–—]\s)")
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{3})\.\Z")
_SENTENCE_ENDS = (".", "!", "?", "…", "。")
_FEWEST_SAID = 4
"""Words of a sentence behind a title."""
_LABEL = re.compile(r"\[\[[^\[\]]{2,30}\]\([^()\s]{8,2000}\)\],? *(?=[\w*\"“])")
"""A link in brackets before a title: '[[TOG](...)] A Title'."""
_BADGES = re.compile(r"\A[\s\x00–—:·|,;.)\[\]-]+(?=[^\s\x00])")
"""Further links before a title, and what stands between them."""
_LONGEST_BEHIND = 160
_LEADS_ON = re.compile(
    r"\b(?:on|at|in|to|of|from|by|with|via|is|are|see|added|add|read|released|our|the|this)"
    r"[\s\[(\x00]*\Z"
)
"""The end of words that lead to a link, and are no title."""


def bullet_title(text: str) -> tuple[str, str, str] | None:
    """Give a bullet's title, its paper's address and what else it says."""
    links = list(papers_in(text))
    if not links:
        return None
    worded = (link for key, link in links if key == links[0][0] and is_worded(link[1]))
    link = next(worded, links[0][1])  # '[2401.00001](...) [A Title](...)'
    named = link.start() == 0 and _is_identifier(link[1])  # '[arXiv:2401.00001](...) A Title'
    if link is links[0][1] and not named and (label := label_of(text)) is not None:
        return _labelled_title(text, link, label)
    if cited := cited_item(text[dated.end() :] if (dated := DATED.match(text)) else text):
        return cited
    if is_worded(link[1]) and not (_LABEL.match(text) and link is links[0][1]):
        first = links[0][1]
        before = text[: link.start()]
        if link is not first:
            before = text[: first.start()] + text[first.end() : link.start()]
        rest = plain(before + text[link.end() :]).strip(" -–—:.·|,;")
        return title_words(link[1]), link[2], rest
    leads = link.start() <= 1
    without = f"{text[: link.start()]}\x00{text[link.end() :]}" if leads else text
    without = _quoted_alone(_without_lead(without_links(without, "\x00")))
    is_marked = False
    if parted := before_people(without):
        title, rest = parted
    elif marked := marked_title(without):
        title, is_marked = marked[1] or marked[2], True
        rest = without[: marked.start()] + " " + without[marked.end() :]
    else:
        without = without_marked_venue(without)
        title, _, rest = without.partition("\x00")
        if not title.strip(" [("):
            surely = _may_stand_first(link[1]) or _LABEL.match(text) is not None
            title, rest = _title_behind(rest, surely=surely)
        elif leads_on(title) and not re.search(r"\w", rest):
            return None  # 'We added [this paper](...)!'
    title = re.sub(r"[\[(]\s*\Z", "", title.replace("\x00", ""))
    whole = is_marked or _QUOTED.fullmatch(title.strip()) is not None
    title, said = (title, "") if whole else _without_comment(title)
    if (end := _SLANTED_END.search(title)) and names_people(unshielded(end[1])):
        title, said = title[: end.start()], f"{end[1]}\n{said}"
    if quoted := _QUOTED.fullmatch(title.strip()):
        title, said = quoted["title"], f"{quoted['name'] or ''} {quoted['rest'].strip(' .')} {said}"
    title, rest = _FULL_STOP.sub("", title_words(title)), f"{said} {rest}"
    gap = r"(?:(?<![\[(])[\[(]+)?(?:(?<!\s)\s+)?\x00\s*[\])]*"
    credit = f" {plain(link[1]).strip('[]()')}" if names_authors(link[1]) else ""
    rest = plain(_EMPTY_LABEL.sub("", re.sub(gap, " ", rest)) + credit).strip(" -–—:.·|,;[]()")
    opened, closed = rest.count("("), rest.count(")")
    rest = f"{'(' * (closed > opened)}{rest}{')' * (opened > closed)}"
    return _with_year(title, link[2], rest) if len(title) > 2 else None


def _with_year(title: str, url: str, rest: str) -> tuple[str, str, str]:
    """Give a title with the year behind it, which is no part of what else is said."""
    year = _YEAR_BEHIND.match(rest)
    return (f"{title} ({year[1]})", url, rest[year.end() :]) if year else (title, url, rest)


def _without_lead(text: str) -> str:
    """Give words with what stands before a title behind all else: its venue; a day is left out.

    '**[NeurIPS'23]** A Title, [[paper]](...)', '(*ICLR2025*) A Title [[paper]](...)'
    """
    said: list[str] = []
    if (kept := _KEPT.match(text)) is not None:
        text = f"{kept[1]}{text[kept.end() :]}"
        said += [kept[2].strip()]
    for _ in range(_MOST_LEADING):
        leading = [pattern.match(text) for pattern in (_BRACKETED, LEADING, LEADING_BARE, _PRAISED)]
        found = next(filter(None, [*leading, noted_before(text)]), None)
        if found is None:
            break
        text = text[found.end() :]
        said.append(found[1])
    if said:
        return "\x00 ".join([text, *filter(None, said)])
    return DATED.sub("", text, count=1)


def _quoted_alone(text: str) -> str:
    """Give an item's text with its title in quotation marks before all else, without its name."""
    quoted = _NAMED_BEFORE.match(text)
    return f'"{quoted["title"]}" \x00 {text[quoted.end() :]}' if quoted else text


def _without_comment(text: str) -> tuple[str, str]:
    """Part a title from the sentence behind its dash: 'A Title - shows that ... .'."""
    title, dash, said = (*_DASH.split(text, maxsplit=1), "", "")[:3]
    is_sentence = said.rstrip().endswith(_SENTENCE_ENDS) and len(said.split()) >= _FEWEST_SAID
    return (title, said.strip()) if dash and is_sentence else (text, "")


def several_titles(text: str) -> tuple[str, list[tuple[str, str]]] | None:
    """Give the label of a bullet that only lists papers, and the title and address of each.

    'Diffusion: [A Title](...), [Another Title](...)': any other word makes it one paper's, which
    may tell of others.
    """
    links = list(papers_in(text))
    if len({key for key, _ in links}) < max(len(links), 2):
        return None
    parts = LINK.split(text)[::3]
    label = plain(parts[0]).strip()
    alone = all(_BETWEEN.fullmatch(part.strip(" *_")) for part in parts[1:-1]) and not parts[
        -1
    ].strip(" .;*_")
    if len(parts) != len(links) + 1 or not alone or (label and not label.endswith((":", "："))):
        return None
    titles = [(title_words(link[1]), link[2]) for _, link in links]
    if not all(" " in title and not title[0].islower() for title, _ in titles):
        return None
    return label.rstrip(" :："), titles


def _labelled_title(
    text: str, link: re.Match[str], label: tuple[str, str]
) -> tuple[str, str, str] | None:
    """Give the title of a bullet that begins as a label: '[Paper: A Title](...)'."""
    if label[0] != "link" or link.start() > 0:
        return None
    behind = text[link.end() :].lstrip(" :：")
    if (named := label_of(link[1])) and is_worded(named[1]):
        return title_words(named[1]), link[2], plain(behind).strip(" -–—:.·|,;")
    bold = BOLD.match(behind)  # '[Paper](...): **A Title**'
    if bold is None or not is_worded(bold[1] or bold[2]):
        return None
    return title_words(bold[1] or bold[2]), link[2], behind[bold.end() :].strip(" -–—:.·|,;")


def _is_identifier(words: str) -> bool:
    """Whether a link's words are a number or an address, and no 'Paper' or 'PDF'."""
    text = plain(words).strip(" []()")
    return bool(read_arxiv(text) or read_doi(text) or read_url(text))


def _may_stand_first(words: str) -> bool:
    """Whether a link before a title is called so: '[[CVPR 2023](...)] A Title'."""
    return _is_identifier(words) or names_authors(words) or says_where(words)


def _title_behind(rest: str, *, surely: bool) -> tuple[str, str]:
    """Give the title behind a number, an address or what is called so, and what follows its end.

    Behind 'Paper' or 'PDF', which is not `surely` before a title, a sentence is none.
    """
    title, end, more = _BADGES.sub("", rest).partition("\x00")
    if praised := _PRAISED.match(title):
        title, more = title[praised.end() :], f"{more} {praised[1]}"
    words = plain(title)
    first = words.partition(" ")[0]
    own = surely and first[:1].isalpha() and (first[1:].lower() != first[1:] or first[-1:] == ":")
    named = words[:1].isupper() or not words[:1].isascii() or words[:1].isdecimal() or own
    said = not surely and (words.endswith((".", "!", "。")) or len(words) > _LONGEST_BEHIND)
    if not named or " " not in words or said:
        return "", rest
    short, stop, people = words.partition(". ")
    if stop and "authors" in (read_beside(people) or ()):
        return short, f"{people} {end}{more}"
    if "," in words and "authors" in (read_beside(words) or ()):
        return "", rest
    return title, f"{end}{more}"


def leads_on(text: str) -> bool:
    """Whether words lead to the link behind them, as prose does, and are no title."""
    return _LEADS_ON.search(text) is not None
