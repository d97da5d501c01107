"""Who is who: which printed names are one person, and which name is several.

A name is first of all its letters (`slugs.author_key`: case, accents, points and white space do not
count). Beyond that, in this order, the first that has a say being obeyed:

1. the keeper's word (`author_word`): merged, split and kept apart by hand;
2. ORCID iDs, where bibliographic facts give them: names with one iD are one person. A name with
   several is several: the papers of the first iD, and those without any, keep the name's address;
3. initials. 'J. Smith' is 'John Smith' if that is the only name of the archive that fits, if every
   paper of J. Smith's shares a co-author with a paper of John Smith's, and if no paper names both.

A name that turned out to be somebody's other spelling leaves its address as a redirect.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from ..errors import Refusal
from ..records import Entry, Identities, Paper
from .author_word import AuthorWord, refuse
from .gathering import keys_of
from .ledger import Ledger
from .metadata import Fact
from .obeying import paper_key
from .slugs import author_key, name_of

CROWD = 100
"""Papers with more authors than this say nothing about who works with whom."""
Keys = Mapping[str, str]
"""The `author_key` of every name that papers print."""


def orcids_of(words: Iterable[Entry | Fact], papers: Iterable[Paper]) -> dict[tuple[int, str], str]:
    """Find the ORCID iDs that facts and digests give, by the paper's number and the name's key.

    Where two give one name of a paper different ones, the first counts.
    """
    said: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for word in words:
        for key in keys_of(word) if word.orcids else ():
            for name, orcid in word.orcids:
                said[key].setdefault(author_key(name), orcid)
    if not said:
        return {}
    return {
        (paper.number, name): orcid
        for paper in papers
        for key in reversed(keys_of(paper))
        for name, orcid in said.get(key, {}).items()
    }


def identify(
    papers: Sequence[Paper],
    keys: Keys,
    word: AuthorWord,
    orcids: Mapping[tuple[int, str], str],
    ledger: Ledger,
) -> tuple[Identities, list[Refusal]]:
    """Say who is who in an archive.

    Args:
        papers: all that are shown, by their numbers.
        keys: of all their authors' names.
        word: the keeper's.
        orcids: see `orcids_of`.
        ledger: it has the slugs given for good, and whom the keeper once split off.
    """
    known = _Known(papers, keys, word)
    refusals = known.obey(word, ledger)
    known.join_orcids(orcids)
    known.join_initials()
    return known.identities(ledger), refusals


class _Known:
    """What is known so far of who is who."""

    def __init__(self, papers: Sequence[Paper], keys: Keys, word: AuthorWord) -> None:
        self.papers = papers
        self.keys = keys
        self.joined: dict[str, str] = {}
        self.apart: dict[tuple[int, str], str] = {}
        self.names: dict[str, str] = {}
        self.spelling: dict[str, str] = {}
        """A spelling of each key that was joined, for its address."""
        self.never = _Apart(word)

    def obey(self, word: AuthorWord, ledger: Ledger) -> list[Refusal]:
        for names in word.merges:
            root = self.person(author_key(names[0]))
            self.names.setdefault(root, names[0])
            for name in names:  # the first too: another merge may join whom it stands for
                other = self.person(author_key(name))
                self.spelling[author_key(name)] = name
                if other != root:
                    self._join(other, root)
        refusals = []
        by_reference = _references(self.papers, ledger) if word.splits else {}
        for split in word.splits:
            person = self.person(author_key(split.known_as))
            self.names.setdefault(person, split.known_as)
            key = author_key(split.name)
            for reference in split.papers:
                paper = by_reference.get(paper_key(reference) or reference)
                if paper is None or key not in map(self.keys.get, paper.authors or ()):
                    what = f"no paper {reference[:60]!r} has an author {split.name[:60]!r}"
                    message = f"[[split]]: {what}; it was left out."
                    refusal = refuse(split.line, message, "Correct the entry, or remove it.")
                    refusals.append(refusal)
                else:
                    self.apart[paper.number, key] = person
        return refusals

    def person(self, key: str) -> str:
        passed = []
        while (to := self.joined.get(key)) is not None:
            passed.append(key)
            key = to
        self.joined.update(dict.fromkeys(passed[:-1], key))  # a long chain is gone along once
        return key

    def _join(self, key: str, root: str) -> None:
        self.joined[key] = root
        if key in self.names:
            self.names.setdefault(root, self.names[key])

    def join_orcids(self, orcids: Mapping[tuple[int, str], str]) -> None:
        """Join names of one iD; part a name with several."""
        owner: dict[str, str] = {}
        mine: dict[str, str] = {}
        names = (
            {key: name for name, key in sorted(self.keys.items(), reverse=True)} if orcids else {}
        )
        for (number, key), orcid in sorted(orcids.items()):
            if (number, key) in self.apart or key not in names:
                continue
            first = mine.setdefault(self.person(key), orcid)
            if first != orcid:
                shown = f"{names[key]} ({orcid})"
                person = owner.setdefault(orcid, author_key(shown))
                self.apart[number, key] = self.person(person)
                if person == author_key(shown):
                    self.names.setdefault(person, shown)
                continue
            root, other = self.person(owner.setdefault(orcid, key)), self.person(key)
            if root != other and not self.never.has(root, other):
                self._join(other, root)
                self.spelling[other] = names[other]

    def join_initials(self) -> None:
        """Join names of initials with the one name that they can stand for."""
        fitting = {
            short: full[0]
            for short, full in _fitting(set(self.keys.values()))
            if len(full) == 1 and full[0].count(" ") >= short.count(" ")
        }
        said = {key for pair in self.joined.items() for key in pair} | {*self.names}
        said |= {key for _, key in self.apart}
        for short in [short for short in fitting if short in said or fitting[short] in said]:
            del fitting[short]
        wrote = _papers_of({*fitting, *fitting.values()}, self.papers, self.keys)
        names = {key: name for name, key in sorted(self.keys.items(), reverse=True)}
        for short, full in sorted(fitting.items()):
            if self.never.has(short, full):
                continue
            beside = set().union(*wrote[full]) - {full}
            if all(full not in all_ and beside & all_ for all_ in wrote[short]):
                self._join(short, full)
                self.spelling[short] = names[short]

    def identities(self, ledger: Ledger) -> Identities:
        settled = ledger.authors
        moved = {
            settled.get(key) or name_of(name): self.person(key)
            for key, name in sorted(self.spelling.items())
            if self.person(key) != key
        }
        present = set(self.apart.values()) | set(self.keys.values())
        for key, of in sorted(ledger.split_authors.items()):
            if key in settled and key not in present:
                moved[settled[key]] = self.person(of)
        for key, (name, person) in self._parted().items():
            moved.setdefault(settled.get(key) or name_of(name), person)
        return Identities(
            joined=tuple((key, self.person(key)) for key in sorted(self.joined)),
            apart=tuple((n, key, self.person(p)) for (n, key), p in sorted(self.apart.items())),
            names=tuple(sorted((key, name) for key, name in self.names.items())),
            moved=tuple(sorted(moved.items())),
        )

    def _parted(self) -> dict[str, tuple[str, str]]:
        """Give the names, by key, that on no paper mean who had their address.

        Each with a spelling, and the person whom it means on its first paper.
        """
        names = {key: name for name, key in sorted(self.keys.items(), reverse=True)}
        found: dict[str, tuple[str, str]] = {}
        for (_, key), person in sorted(self.apart.items()):
            if key in names:
                found.setdefault(key, (names[key], self.person(person)))
        for paper in self.papers if found else ():
            for name in paper.authors or ():
                key = self.keys.get(name, "")
                if key in found and (paper.number, key) not in self.apart:
                    del found[key]
        return found


class _Apart:
    """Who is never one person: pairs of very many names would be too many to list."""

    def __init__(self, word: AuthorWord) -> None:
        self._places: defaultdict[str, set[int]] = defaultdict(set)
        for place, names in enumerate(word.aparts):
            for name in names:
                self._places[author_key(name)].add(place)

    def has(self, one: str, other: str) -> bool:
        """Tell whether an entry of the keeper's names both, given by their keys."""
        return not self._places.get(one, set()).isdisjoint(self._places.get(other, ()))


def _references(papers: Iterable[Paper], ledger: Ledger) -> dict[str, Paper]:
    """Know papers by slug, arXiv id and DOI, and by those of papers that became one with them."""
    found = {}
    for paper in papers:
        for key in (*(k for k in keys_of(paper) if not k.startswith("title:")), paper.slug):
            found[key] = paper
    for record in ledger.papers.values():
        slug, passed = record.slug, set[str]()
        while slug in ledger.redirects and slug not in passed:
            passed.add(slug)
            slug = ledger.redirects[slug]
        if (now := found.get(slug)) is not None:
            for key in (record.slug, *(k for k in record.keys if not k.startswith("title:"))):
                found.setdefault(key, now)
    return found


def _is_short(key: str) -> bool:
    if key[1:2] != " ":  # most names begin with more than an initial
        return False
    words = key.split()
    return len(words) > 1 and len(words[-1]) > 1 and all(len(word) == 1 for word in words[:-1])


def _fitting(keys: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    """Give every name of Latin initials with the names that it could stand for."""
    shorts: defaultdict[tuple[str, str], list[list[str]]] = defaultdict(list)
    for key in keys:
        if key.isascii() and _is_short(key):
            words = key.split()
            shorts[words[-1], words[0]].append(words)
    fulls: defaultdict[tuple[str, str], list[list[str]]] = defaultdict(list)
    for key in keys if shorts else ():
        last = key[key.rfind(" ") + 1 :]
        if (last, key[:1]) in shorts:
            words = key.split()
            if len(words) > 1 and len(words[0]) > 1:
                fulls[last, key[0]].append(words)
    for place, found in shorts.items():
        for short in found:
            fit = [
                " ".join(full)
                for full in sorted(fulls[place])
                if all(a == b[0] for a, b in zip(short[:-1], full[:-1], strict=False))
            ]
            yield " ".join(short), fit


def _papers_of(
    wanted: Collection[str], papers: Iterable[Paper], keys: Keys
) -> dict[str, list[set[str]]]:
    """Give the authors of every paper that somebody of `wanted` wrote, by who wrote it."""
    found: dict[str, list[set[str]]] = {key: [] for key in wanted}
    for paper in papers:
        names = paper.authors or ()
        if wanted and 1 < len(names) <= CROWD:
            here = {keys[name] for name in names if name in keys}
            for key in here & found.keys():
                found[key].append(here)
        elif wanted:
            for key in {keys[name] for name in names if name in keys} & found.keys():
                found[key].append({key})
    return found


def lookalikes(
    papers: Sequence[Paper], identities: Identities, word: AuthorWord
) -> Iterator[tuple[str, str, str]]:
    """Give pairs of names that look like one person's and share a co-author, and how they look."""
    never = _Apart(word)
    keys = {name: author_key(name) for paper in papers for name in paper.authors or ()}
    persons = dict(identities.joined)
    names = {key: name for name, key in sorted(keys.items(), reverse=True)}
    alike: dict[tuple[str, str], str] = {}
    for short, fulls in _fitting(names):
        for full in fulls:
            alike[short, full] = "the one may be the other's initials"
    by_ends: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for key in sorted(names):
        words = key.split()
        if len(words) > 1 and len(words[0]) > 1:
            by_ends[words[0], words[-1]].append(key)
            by_ends["", *sorted(words)].append(key)
    for ends, found in by_ends.items():
        how = "they differ in a middle name" if ends[0] else "they differ in the order of words"
        for place, other in enumerate(found[1:], 1):
            for one in found[:place]:
                alike.setdefault((one, other), how)
    wrote = _papers_of({key for pair in alike for key in pair}, papers, keys)
    for (one, other), how in sorted(alike.items()):
        together = any(other in all_ for all_ in wrote[one])
        beside = set().union(*wrote[one]) - {one}
        joined = persons.get(one, one) == persons.get(other, other)
        others = set().union(*wrote[other]) - {other}
        if beside & others and not (joined or together or never.has(one, other)):
            yield names[one], names[other], how
