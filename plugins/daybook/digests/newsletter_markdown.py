"""Newsletters and trackers in Markdown: see `newsletter` for what makes an entry."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from .arxiv_pages import with_pages
from .blocks import read_blocks
from .claims import BEHIND_ALL, Claim, Fit
from .days import read_day, year_of
from .dblp_text import with_preprints
from .document import Document
from .draft import Draft
from .elements import without_comments
from .id_columns import with_id_columns
from .ids_above import with_ids_above
from .item_lines import with_items
from .labelled_ids import with_labelled_ids
from .linked_titles import with_addresses_above, with_linked_titles, with_people_below
from .mailers import with_headings
from .marks import BRACKETED, ITEM, NUMBER_ALONE, normalize, papers_in, plain
from .newsletter import Newsletter
from .note_heads import with_note_head
from .notes_programs import TO_DO, is_outline, with_notes
from .numbered_links import with_numbered_links
from .numbered_records import with_records
from .open_lines import as_items
from .open_tables import with_borders
from .pictured_labels import with_labels
from .pubmed_text import with_abstracts
from .reference_lists import is_list_of_references, with_whole_references
from .references import cited_title
from .rest_links import with_rest_links
from .scholar_text import ALERTS, SIGNS, with_results
from .shielding import shielded
from .siblings import names_files
from .stated import read_statement
from .tex_bibliography import with_references
from .title_pairs import PAIR, with_pairs
from .venue_lists import with_venues
from .wrapped_lines import with_whole_lines

_MARKED = re.compile(rf"(?m)^(?:\s{{0,3}}#{{1,6}} |\*\*\S|[^\S\n]*\||[^\S\n]*{ITEM} )")
_REST = re.compile(r"`([^`<>\n]{1,400}?)\s*<(https?://[^\s<>`]{3,2000})>`__?")
_ORG = re.compile(r"\[\[(https?://[^\s\[\]]{3,2000})\]\[([^\[\]\n]{1,400})\]\]")
_WIKI = re.compile(r"(?<!\[)\[\[([^\[\]|]{1,400})(?:\|([^\[\]]{1,400}))?\]\](?![(\[])")
"""A link to a page of the keeper's own notes: its words alone are anybody's."""
_ESCAPED_BADGE = re.compile(r"\\(?=\[\[[^\[\]\n]{1,40}\]\(https?://)")
"""What keeps programs from taking '[[Paper](...)]' for a link to a page of one's own."""
_STARRED = re.compile(rf"(?m)^(\*{{1,6}}) {TO_DO}(?=\S)")
"""Headings of an outline, as Org writes them."""
_SHORTCODES = (
    "fire star star2 sparkles boom zap bulb rocket tada trophy heart 100 new hot eyes warning"
    " heavy_check_mark white_check_mark ballot_box_with_check thumbsup muscle clap gem crown"
    " scroll memo pencil book books closed_book green_book blue_book orange_book open_book"
    " page_facing_up bookmark bookmark_tabs link computer pushpin triangular_flag_on_post medal"
    " collision speech_balloon movie_camera black_nib gift dart mag wrench hammer newspaper"
    " point_right rainbow calendar notebook"
)
_SHORTCODE = re.compile(rf":(?:{_SHORTCODES.replace(' ', '|')}):(?=[\s\[|:]|\Z)")
"""Pictures as GitHub has them typed (https://docs.github.com/en/get-started/writing-on-github)."""
_COUNTED = re.compile(r"\[1\] |Title:|(?m:^[^\S\n]*(?:\d{1,5}\.\s+)?arXiv:)")
"""What records have that are counted."""
_IN_BRACKETS = re.compile(r"\A(\s*)\(<?(https?://[^\s()<>]{3,3000})>?\)\s*\Z")
_LOOKED_AT = 400_000
_ALONE = 24


def accepts(document: Document) -> Claim | None:
    """Claim text that links to a paper under a mark of Markdown's, or alone in a line.

    It begins where a mark stands before the first link, and else behind all that is marked.
    """
    if document.is_json or document.start.startswith("{"):
        return Claim() if _written_in_json(document) else None
    if document.start.startswith("@"):
        return None
    text = document.text[:_LOOKED_AT].lstrip()
    lines = _lines(text)
    marked = _MARKED.search(text) is not None or any(map(_MARKED.match, lines))
    place = 0
    for raw in lines:
        if _may_link(raw) and (line := normalize(shielded(raw), {})):
            link = next((link for _, link in papers_in(line)), None)
            alone = link is not None and len(line) - len(link[0]) < _ALONE
            if link and (marked or alone or cited_title(line)):
                return Claim(Fit.LIKELY, place if _MARKED.match(raw) else BEHIND_ALL)
        place += len(raw) + 1
    listed = is_list_of_references(lines) or any(line.startswith(PAIR) for line in lines)
    return Claim(Fit.LIKELY, BEHIND_ALL) if listed or names_files(lines) else None


def _may_link(raw: str) -> bool:
    """Whether a line may lead to a paper, at a glance."""
    low = raw.lower()
    known = (
        "://" in raw
        or "rxiv" in low
        or "doi.org" in low
        or "co/papers/" in low
        or ("doi" in low and "10." in low)
    )
    return known or BRACKETED.search(raw) is not None or NUMBER_ALONE.fullmatch(raw) is not None


def _lines(text: str) -> list[str]:
    """Give the lines, with links written as Markdown's where they are reST's or Org's."""
    if "][" in text and _ORG.search(text) is not None:
        text = _STARRED.sub(lambda match: "#" * len(match[1]) + " ", text)
        text = _ORG.sub(r"[\2](\1)", text)
    text = _SHORTCODE.sub("", text) if ":" in text else text
    text = _REST.sub(r"[\1](\2)", text) if ">`_" in text else text
    text = _ESCAPED_BADGE.sub("", text) if "\\[[" in text else text
    lines = with_note_head(text.split("\n"))
    lines = with_headings(lines) if "** " in text and not is_outline(lines) else lines
    lines = with_references(lines) if "\\bibitem" in text else lines
    lines = with_labels(with_notes(with_whole_lines(lines)))
    lines = [_IN_BRACKETS.sub(r"\1\2", line) for line in lines] if "(http" in text else lines
    if "[[" in text:
        lines = [_WIKI.sub(lambda link: link[2] or link[1], line) for line in lines]
    lines = with_id_columns(with_borders(lines)) if "|" in text else lines
    lines = with_addresses_above(with_labelled_ids(with_ids_above(lines)))
    lines = with_rest_links(lines) if "`_" in text else lines
    lines = with_numbered_links(lines) if "[1] " in text else lines
    lines = with_records(lines) if _COUNTED.search(text) else lines
    lines = with_abstracts(lines) if "PMID: " in text else lines
    lines = with_preprints(lines) if "CoRR" in text else lines
    lines = with_results(lines) if SIGNS.search(text) or ALERTS.search(text) else lines
    lines = with_pages(lines) if "[Submitted on " in text else lines
    lines = with_people_below(with_whole_references(with_venues(lines)))
    return with_pairs(with_items(with_linked_titles(lines)))


def read(document: Document) -> Iterable[Draft]:
    """Read a newsletter, as one digest for each heading with a date of its own."""
    in_json = document.start.startswith("{")
    lines = _written_in_json(document) if in_json else _lines(document.text)
    drafts = _read(document, lines)
    found = sum(len(draft.entries) for draft in drafts)
    if not in_json and (listed := as_items(lines, found)) is not None:
        again = _read(document, listed)
        drafts = again if sum(len(draft.entries) for draft in again) > found else drafts
    for draft in drafts:
        # The lines of what was written into JSON are not the file's.
        unplaced = [replace(entry, line=None) for entry in draft.entries]
        told = document.parsed.told if in_json and document.parsed else ()
        refusals = [*told, *draft.refusals]
        yield replace(draft, entries=unplaced, refusals=refusals) if in_json else draft


def _read(document: Document, lines: list[str]) -> list[Draft]:
    """Read the lines of a newsletter."""
    statement = read_statement(document.path, lines)
    written = without_comments("\n".join(map(shielded, lines))).split("\n")
    blocks = read_blocks(written, statement.body)
    newsletter = Newsletter(document.path, blocks, year_of(document.text, document.path))
    newsletter.read()
    return list(newsletter.drafts(statement))


def _written_in_json(document: Document) -> list[str]:
    """Give the lines of a tracker that keeps each paper's line of Markdown in JSON, by topics.

    ``{"Topic": {"2503.00001": "|**2025-03-01**|**Title**|Authors|[2503.00001](...)|"}}``
    """
    value = document.parsed.value if document.parsed else None
    topics = value.items() if isinstance(value, dict) else ()
    lines: list[str] = []
    for topic, papers in topics:
        written = papers.values() if isinstance(papers, dict) else ()
        kept = [text.strip() for text in written if isinstance(text, str)]
        kept = [" ".join(text.split()) for text in kept if next(papers_in(text), None)]
        if not kept:
            continue
        lines += [f"## {topic}", ""]
        if kept[0].startswith("|"):
            columns = _columns(kept[0])
            lines += [f"|{'|'.join(columns)}|", "|" + "---|" * len(columns)]
        lines += [*kept, ""]
    return lines


def _columns(row: str) -> list[str]:
    """Name the columns of a row that stands without their names, by what its cells hold."""
    names: list[str] = []
    words = iter(("Title", "Authors"))
    for cell in row.strip("|").split("|"):
        if read_day(plain(cell)) is not None:
            names.append("Date")
        elif next(papers_in(cell), None):
            names.append("PDF")
        elif "](" in cell or plain(cell).lower() in ("null", "none", "-", ""):
            names.append("Code")
        else:
            names.append(next(words, ""))
    return names
