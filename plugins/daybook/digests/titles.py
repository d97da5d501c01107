"""Where in the lines of a newsletter a paper's title and its link are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .asides import leads_to_address, names_others
from .blocks import Block
from .bullets import DATED, bullet_title
from .days import find_day
from .labels import label_of, people_by
from .marks import BOLD, LINK, is_badge, is_worded, paper_key, papers_in, plain, without_links
from .references import NUMBER, cited_title, ended_title, is_address, title_words
from .venue_names import says_where

SECTION = re.compile(r"\A[\s*_]*(?:\d{1,2}\.){2,3}\d{0,2}[\s*_]*|(?<![*_\s])[\s*_]+\Z")
"""A section's number before its title, and what is left of the marks around both."""
_FURTHER = re.compile(
    r"(?:also|other|more|further|additional|extra|bonus|quick|some|new|recent|related|selected)\b.{0,40}"
    r"\b(?:reading?s?|reads?|papers?|links?|articles?|works?|picks?|hits?|mentions?|resources|finds?)"
    r"(?: of (?:the|this) \w{1,12}| this \w{1,12})?|papers?(?: of the \w{1,12})?"
    r"|honou?rable mentions?|(?:(?:recommended|suggested|weekend) )?reading(?: list)?|also .{0,30}",
    re.IGNORECASE,
)
"""What lists call the papers at their end."""
_PARTS = frozenset(
    {"references", "reference", "citation", "citing", "cite", "bibtex", "acknowledgements"}
    | {"acknowledgments", "acknowledgement", "contributing", "contribution", "license", "licence"}
    | {"contact", "contents", "table of contents", "faq", "usage", "installation", "star history"}
    | {"introduction", "overview", "news", "updates", "links", "related links", "metadata", "tl;dr"}
    | {"paper info", "paper information", "paper link", "paper links", "paper details"}
    | {"basic info", "basic information", "key contributions"}
    | {
        "参考文献",
        "引用",
        "参考",
        "联系方式",
        "致谢",
        "摘要",
        "作者",
        "链接",
        "相关链接",
        "论文链接",
    }
    | {
        "资源链接",
        "基本信息",
        "论文信息",
        "基本情報",
        "論文情報",
        "書誌情報",
        "関連リンク",
        "リンク",
    }
    | {"参考リンク", "概要", "要旨", "まとめ", "著者"}
)
"""What documents call their own parts."""
_WROTE = re.compile(
    r"\b(?:wrote|writes|schrieb|a écrit|escribió|ha scritto|escreveu|写道|さんは書きました)"
    r"\s*[:：]?\Z"
)
"""The line above what a mail quotes."""
_SIZE = re.compile(r"\(?\d[\d.,]*\s?(?:[kKMG]i?B|bytes)\)?")
"""How large what a chat shows of a page is."""
_BADGES = 12
"""Characters beside links that lead to a paper's files, before its title."""
_LONGEST_LABEL = 20
"""Characters beside a link that stands alone in its line, as 'Paper:' does."""
_COMMENT = re.compile(r"[-–—:|]\s")
"""What stands between a title and what is said of it in the same line."""
_FEWEST_BOLD = 3
"""Words in bold that are a title by themselves."""
_LONGEST_TITLE = 300
_LONGEST_LINE = 80
_LONGEST_DAY = 28
_SENTENCE = re.compile(r"(?<!\bvs)(?<=[a-z)\]%]{2})[.!]\s+[A-Z]|(?<=[a-z]{3})\.\Z")
"""What ends a sentence within prose, or all of it."""
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？")
_PART = re.compile(r"(?<!\s)\s+[·•|]\s+|</span>\s*<span[^<>]*>")
_APPEARED = re.compile(r"(?:[A-Z][\w&]*,? (?:(?:of|and|on|in|for|the) )?){1,6}(?:19|20)\d{2}")
"""'Visual Informatics 2024': what a link below a title and its people is called."""
_PARAGRAPH_TITLE = re.compile(r"\s*\*\*((?:[^*]|\*(?!\*)){4,300})\*\*\s*\.?\s*(?:<br\s*/?>|\\)?\s*")
"""A line in bold, and nothing else."""


def alone_keys(block: Block) -> set[str]:
    """Give the papers of a line that is little more than links, none of them a title."""
    links = list(papers_in(block.text))
    keys = {key for key, link in links if not is_worded(link[1])}
    keys -= {key for key, link in links if is_worded(link[1])}
    if not keys or len(LINK.sub("", block.text).strip()) < _LONGEST_LABEL:
        return keys
    # In 'Ada Lovelace, Grace Hopper · Some Institute · [arXiv:2503.00001](...)' one part is.
    parts = _PART.split(block.text)
    alone = [part for part in parts if len(plain(LINK.sub("", part))) < _LONGEST_LABEL]
    return {key for part in alone for key, _ in papers_in(part)} & keys if parts[1:] else set()


def section_keys(block: Block) -> set[str]:
    """Give the papers of a line that can be those of the section that it stands in.

    Its links alone are, or one behind a paragraph's last sentence: '[Read the paper](...)'.
    """
    if keys := alone_keys(block):
        return keys
    links = list(papers_in(block.text))
    if len(links) != 1 or is_worded(links[0][1][1]):
        return set()
    key, link = links[0]
    behind = without_links(block.text[link.end() :], "").strip(" .,)]*_→»>|/·&")
    leads = block.text[: link.start()].rstrip(" ([*_").endswith(_SENTENCE_ENDS)
    # A reference may end so as well: '"A Title." ICML, 2014. [pdf](...)'.
    return {key} if leads and not behind and cited_title(block.text) is None else set()


def alone(block: Block | None) -> str | None:
    """Give the address of the one paper of a line that is little more than its link."""
    if block is None or len(alone_keys(block)) != 1:
        return None
    return next(link[2] for _, link in papers_in(block.text))


def has_title(blocks: Sequence[Block], place: int) -> bool:
    """Whether a line gives a paper's title itself, so that no heading does."""
    block = blocks[place]
    by_itself = text_title(block.text) is not None or listed_title(block)
    return by_itself or paragraph_title(blocks, place) is not None


def listed_title(block: Block) -> bool:
    """Whether a bullet links a title to its paper."""
    link = next((link for _, link in papers_in(block.text)), None)
    return block.kind == "bullet" and link is not None and is_worded(link[1])


def quotes_title(block: Block) -> bool:
    """Whether a line is a reference whose title stands in quotation marks."""
    cited = cited_title(block.text)
    return cited is not None and any(f"{sign}{cited[0]}" in plain(block.text) for sign in '"“')


def title_link(text: str) -> re.Match[str] | None:
    """Give the link whose words are the title, in a heading."""
    for _, link in papers_in(text):
        return link if is_worded(link[1]) else None
    return None


def is_over_papers(blocks: Sequence[Block], place: int, end: int, url: str) -> bool:
    """Whether a page's own heading stands over other papers: its badge leads to what it is of."""
    if blocks[place].depth > 1:
        return False
    below = (block for block in blocks[place + 1 : end] if block.kind in ("heading", "bullet"))
    return any(begins_paper(block, url) for block in below)


def begins_paper(block: Block, url: str) -> bool:
    """Whether a block under a paper's heading begins another paper instead."""
    if block.kind == "heading":
        return title_link(block.text) is not None
    keys = {key for key, _ in papers_in(block.text)} - {paper_key(url)}
    if not keys or block.kind == "row":
        return bool(keys)
    if names_others(block.raw):
        return False
    found = bullet_title(block.text) if block.kind == "bullet" else text_title(block.text)
    return found is not None and paper_key(found[1]) in keys


def paper_end(blocks: Sequence[Block], place: int, end: int, url: str) -> int:
    """Give where a paper's section ends: where another paper begins, or a table of others."""
    end = up_to_table(blocks, place, end, url)
    return next((p for p in range(place + 1, end) if begins_paper(blocks[p], url)), end)


def up_to_table(blocks: Sequence[Block], place: int, end: int, url: str) -> int:
    """Give where a table of other papers begins within a section, or the section's end."""
    for row in range(place + 1, end):
        if blocks[row].kind == "row" and begins_paper(blocks[row], url):
            first = row
            while first > place + 1 and blocks[first - 1].kind == "row":
                first -= 1
            return first
    return end


def own_paper(block: Block, url: str) -> bool:
    """Whether a block names a paper of its own, with a title."""
    return any(
        key != paper_key(url) and is_worded(link[1]) and not is_badge(link)
        for key, link in papers_in(block.text)
    )


def belongs(block: Block, bullet: Block) -> bool:
    """Whether a line stands under a bullet: further in, and no heading."""
    return block.kind in ("bullet", "text") and block.depth > bullet.depth


def goes_on(blocks: Sequence[Block], place: int) -> bool:
    """Whether a line goes on with the list item right above it, though it is not further in."""
    block, above = blocks[place], blocks[place - 1]
    return (
        block.kind == "text"
        and block.number == above.number + 1
        and text_title(block.text) is None
        and paragraph_title(blocks, place) is None
    )


def stands_over_list(blocks: Sequence[Block], place: int) -> bool:
    """Whether a line in bold stands over a list, as titles and groups do."""
    below = blocks[place + 1] if place + 1 < len(blocks) else None
    return (
        below is not None
        and below.kind == "bullet"
        and blocks[place].kind == "text"
        and _PARAGRAPH_TITLE.fullmatch(blocks[place].text) is not None
        and label_of(blocks[place].raw) is None
    )


def _over_links(blocks: Sequence[Block], place: int) -> str | None:
    """Give the address of the one paper that the list under a line only links to."""
    found: dict[str, str] = {}
    for block in blocks[place + 1 : place + 12]:
        if block.kind != "bullet":
            break
        keys = {key: link[2] for key, link in papers_in(block.text)}
        if keys.keys() - alone_keys(block):
            return None  # A group of papers.
        found |= keys
    return found.popitem()[1] if len(found) == 1 else None


def text_title(text: str) -> tuple[str, str] | None:
    """Give the title and address of a line that is a paper's linked title and little else."""
    links = [link for _, link in papers_in(text)]
    link = next((link for link in links if is_worded(link[1]) and not is_badge(link)), None)
    if link is None:
        return None
    before = text[: link.start()]
    if link is not links[0]:  # '[pdf](...) [bib](...) **[A Title](...)**' has badges before it.
        before = LINK.sub("", before)
        if len(before) > _BADGES:
            return None
    beside = plain(NUMBER.sub("", text[: link.start()] + text[link.end() :]))
    before = plain(NUMBER.sub("", before)).strip(" -–—:.·|[]()*_")
    before = "" if is_day(before) else before
    words = title_words(link[1])
    behind = plain(text[link.end() :]).lstrip("*_ ")
    if not before.strip("0123456789") and (_COMMENT.match(behind) or people_by(behind)):
        return words, link[2]
    return (words, link[2]) if len(before) < 8 and len(beside) <= max(len(words), 60) else None


def paragraph_title(blocks: Sequence[Block], place: int) -> tuple[str, str] | None:
    """Give the title and address of a paper whose paragraph begins with a line in bold.

    '**Title.**<br>', then its people, then its venue and links: a layout of many lists.
    """
    title = _PARAGRAPH_TITLE.fullmatch(blocks[place].text)
    if title is None or label_of(blocks[place].raw) is not None or LINK.search(title[1]):
        return None
    if stands_over_list(blocks, place):
        url = _over_links(blocks, place)
        return (title_words(title[1]).rstrip("."), url) if url else None
    said: str | None = None
    for end in range(place + 1, min(place + 8, len(blocks))):
        block = blocks[end]
        ends = block.kind != "text" or block.number != blocks[end - 1].number + 1
        if ends or _PARAGRAPH_TITLE.fullmatch(block.text):
            break
        own, where = _addresses(block.text)
        if own:
            return title_words(title[1]).rstrip("."), own
        said = said or where
    return (title_words(title[1]).rstrip("."), said) if said else None


def _addresses(text: str) -> tuple[str | None, str | None]:
    """Give the address of a line's paper, and one that is called by where it appeared."""
    own = (link[2] for _, link in papers_in(text) if is_badge(link) or not _is_title(link[1]))
    said = (link[2] for link in LINK.finditer(text) if says_where(plain(link[1])))
    return next(own, None), next(said, None)


def _is_title(words: str) -> bool:
    return is_worded(words) and _APPEARED.fullmatch(plain(words)) is None


def has_votes(title: str) -> bool:
    """Whether a title ends in its votes, as Hugging Face's mails have them."""
    return title.rstrip().endswith((")", "]")) and "upvotes" in ended_title(title.rstrip())[1]


def is_bold(text: str) -> bool:
    """Whether a line is bold words and nothing else."""
    return _PARAGRAPH_TITLE.fullmatch(text) is not None


def bold_title(text: str) -> tuple[str, str]:
    """Give the title of a line and what follows it: where it begins in bold, the bold words."""
    begin = NUMBER.sub("", text).lstrip()
    dated = DATED.match(begin)
    begin = begin[dated.end() :].lstrip() if dated else begin
    bold = BOLD.match(begin)
    if bold is None:
        return title_words(text), ""
    return title_words(bold[1] or bold[2]).rstrip("."), begin[bold.end() :].strip(" -–—:·,;")


def leading_title(text: str) -> tuple[str, str]:
    """Give the title of a heading, and the rest of one that begins with several words in bold."""
    bold = BOLD.match(NUMBER.sub("", text).lstrip())
    several = bold is not None and len((bold[1] or bold[2]).split()) >= _FEWEST_BOLD
    return bold_title(text) if several else (title_words(text), "")


def is_prose(text: str) -> bool:
    """Whether a text is several sentences, or a long one: no title."""
    inner = len(text) > _LONGEST_LINE and _SENTENCE.search(text) is not None
    return inner or len(text) > _LONGEST_TITLE


def can_be_title(block: Block, words: str) -> bool:
    """Whether words can be a title: not too long, no sentence, no label."""
    told = is_prose(words) or (len(words) < _LONGEST_DAY and find_day(words) is not None)
    sentence = (
        told
        or words.endswith((".", "!", ":", "：", "。", ";"))
        or _WROTE.search(block.text.rstrip())
    )
    labelled = label_of(block.raw) is not None or is_address(words)
    other = sentence or labelled or leads_to_address(words) or _SIZE.fullmatch(words) is not None
    return 3 < len(words) <= _LONGEST_TITLE and not other


def names_section(words: str) -> bool:
    """Whether a heading calls what stands below it further papers, and is no title."""
    return _FURTHER.fullmatch(words.strip(" *_:：#")) is not None


def names_part(words: str) -> bool:
    """Whether a heading calls a part of any document: 'References', 'License'."""
    return words.strip(" *_:：#🔗📚📜📝").lower() in _PARTS


def is_day(words: str) -> bool:
    """Whether a heading is a date, a month, a number and little else: never a title."""
    dated = len(words) < _LONGEST_DAY and find_day(words, year_alone=True) is not None
    return dated or not any(map(str.isalpha, words))
