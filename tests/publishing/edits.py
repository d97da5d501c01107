"""What a keeper may change between two builds: one function a kind of edit, at random."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from daybook.archive.conversion import load_archive
from daybook.archive.topics import load_taxonomy
from daybook.learn import learn_all
from daybook.learning.learned import FILE_NAME, write_learned

from .pelican_runs import PROJECT, Archive, daily_papers

_OWN = PROJECT / "theme" / "templates" / "daybook"
SETTINGS: Mapping[str, Mapping[str, tuple[object, ...]]] = {
    "name": {
        "SITENAME": ("Daybook", "Another name"),
        "DEFAULT_LANG": ("en", "de"),
        "DAYBOOK_TAGLINE": ("An archive of research papers", "What we read"),
    },
    "place": {
        "SITEURL": ("", "https://papers.example", "https://papers.example/repo"),
        "DAYBOOK_BASE": ("", "archive"),
        "DAYBOOK_KEEPER": (None, "Ada Example"),
    },
    "lengths": {
        "DAYBOOK_PER_PAGE": (20, 30, 50),
        "DAYBOOK_DIGEST_PER_PAGE": (10, 250),
        "DAYBOOK_FEED_ENTRIES": (5, 30),
    },
    "size": {
        "DAYBOOK_SMALL_ARCHIVE": (0, 3000),
        "DAYBOOK_OFFLINE": (0, 30_000),
    },
    "mail": {
        "DAYBOOK_SUBSCRIBE": (None, "https://list.example/subscribe"),
        "DAYBOOK_SUBSCRIBE_FIELD": ("email", "address"),
        "DAYBOOK_MAIL_FROM": (None, "papers@list.example"),
        "DAYBOOK_UNSUBSCRIBE": (None, "https://list.example/leave"),
    },
}
"""All that change the output, by what they are about: any of a group may make all pages again, and
hide that others did not. Those that name files and folders are changed by their files."""
_TAG = re.compile(r"<(?:a|p|li|ul|ol|h1|h2|dl|dt|dd|div|nav|main|section|article|title)(?=[ >])")
TEMPLATES = {file.name for file in _OWN.glob("*.html") if _TAG.search(file.read_text("utf-8"))}
_WORDS = [f"{a}{b}" for a in ("al", "be", "cor", "du", "ez") for b in ("ka", "lim", "non", "ro")]


class Keeper(Protocol):
    """Whose archive is edited: see `editing.Keeper`."""

    archive: Archive
    content: Path
    theme: Path
    """The folder of templates."""
    cache: Path
    lines: dict[str, object]
    """Settings."""


def papers(rng: random.Random, number: int) -> list[tuple[str, str, str]]:
    """Make some papers up."""

    def text(length: int) -> str:
        return " ".join(rng.choices(_WORDS, k=length)).capitalize()

    ids = [f"24{rng.randint(1, 12):02d}.{rng.randint(0, 99_999):05d}" for _ in range(number)]
    return [(arxiv, f"{text(6)} {arxiv}", f"{text(40)}.") for arxiv in ids]


def _digests(keeper: Keeper) -> list[Path]:
    return sorted(keeper.archive.digests.glob("*.json"))


def _pages(keeper: Keeper) -> list[Path]:
    return sorted(keeper.archive.papers.glob("2*/**/*.md"))


def _slug(keeper: Keeper, rng: random.Random) -> str:
    return rng.choice(_pages(keeper)).stem


def _toml(file: Path, rng: random.Random, *entries: str) -> None:
    """Write one of some entries into a file of the keeper's word, or take the file away."""
    chosen = rng.choice((*entries, ""))
    if chosen:
        file.write_text(chosen, encoding="utf-8")
    else:
        file.unlink(missing_ok=True)


def _add(keeper: Keeper, rng: random.Random) -> None:
    day = f"2024-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    some = papers(rng, 10)
    if rng.random() < 0.5:  # some of an older digest's come back
        known = [e["paper"] for e in json.loads(rng.choice(_digests(keeper)).read_text("utf-8"))]
        some += [(paper["id"], paper["title"], paper["summary"]) for paper in known[:2]]
    keeper.archive.digest(f"{day}.json", daily_papers(*some, day=day))


def _change(keeper: Keeper, rng: random.Random) -> None:
    digest = rng.choice(_digests(keeper))
    entries = json.loads(digest.read_text("utf-8"))
    paper = rng.choice(entries)["paper"]
    field = rng.choice(["summary", "title", "authors", "upvotes", "publishedAt", "order", "out"])
    if field in {"summary", "title"}:
        paper[field] += " And more"
    elif field == "authors":
        paper["authors"].append({"name": rng.choice(["Bo Lindqvist", "Zoë Łukasz", "A. Example"])})
    elif field == "upvotes":
        paper["upvotes"] = rng.randint(4, 400)
    elif field == "publishedAt":
        paper["publishedAt"] = f"202{rng.randint(2, 3)}-03-04T00:00:00.000Z"
    elif field == "order":
        rng.shuffle(entries)
    elif len(entries) > 1:
        entries.pop()
    digest.write_text(json.dumps(entries), encoding="utf-8")


def _remove(keeper: Keeper, rng: random.Random) -> None:
    if len(digests := _digests(keeper)) > 2:
        rng.choice(digests[1:]).unlink()


def _rename(keeper: Keeper, rng: random.Random) -> None:
    digest = rng.choice(_digests(keeper))
    digest.rename(digest.with_name(f"list {rng.randint(1, 99)} of {digest.name}"))


def _sidecar(keeper: Keeper, rng: random.Random) -> None:
    digest = rng.choice(_digests(keeper))
    file = digest.with_name(f"{digest.name}.toml")
    _toml(file, rng, f'name = "List {rng.randint(1, 99)}"\n', "date = 2024-07-07\n")


def _touch(keeper: Keeper, rng: random.Random) -> None:
    """Give files other times, and no other contents."""
    files = [*_digests(keeper), *_pages(keeper), *keeper.archive.output.rglob("*.html")]
    for file in rng.sample(sorted(files), k=5):
        os.utime(file, (rng.randint(1, 2**31), rng.randint(1, 2**31)))


def _in_secret(keeper: Keeper, rng: random.Random) -> None:
    """Change a file, and keep its size and time stamps."""
    files = [_digests(keeper), _pages(keeper), sorted(keeper.archive.output.rglob("*.html"))]
    file = rng.choice(rng.choice(files))
    stamp, data = file.stat(), file.read_bytes()
    file.write_bytes(data.replace(b"alka", b"belo").replace(b"Alka", b"Belo"))
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))


def _metadata(keeper: Keeper, rng: random.Random) -> None:
    folder = keeper.content / "metadata"
    folder.mkdir(exist_ok=True)
    arxiv = json.loads(rng.choice(_digests(keeper)).read_text("utf-8"))[0]["paper"]["id"]
    if rng.random() < 0.2:
        shutil.rmtree(folder)
    elif rng.random() < 0.5:
        fact = {
            "URL": f"https://arxiv.org/abs/{arxiv}",
            "title": "Counting",
            "DOI": f"10.1/{arxiv}",
        }
        fact |= {"container-title": "NeurIPS 2024", "volume": str(rng.randint(1, 99))}
        (folder / "facts.json").write_text(json.dumps([fact]), encoding="utf-8")
    else:
        entry = (
            f"@article{{a, title={{Counting}}, eprint={{{arxiv}}}, journal={{Letters {arxiv}}}}}"
        )
        (folder / f"{rng.randint(1, 3)}.bib").write_text(entry, encoding="utf-8")


def _papers_toml(keeper: Keeper, rng: random.Random) -> None:
    one, two = _slug(keeper, rng), _slug(keeper, rng)
    _toml(
        keeper.content / "papers.toml",
        rng,
        f'[[correct]]\npaper = "{one}"\ntitle = "Corrected {rng.randint(1, 99)}"\n',
        f'[[correct]]\npaper = "{one}"\nauthors = ["Cy Ng"]\npublished = 2019-02-03\n',
        f'[[correct]]\npaper = "{one}"\ntopics = ["sheep", "lakes"]\n',
        f'[[hide]]\npaper = "{one}"\n',
        f'[[withdraw]]\npaper = "{one}"\nnote = "Gone {rng.randint(1, 99)}."\n',
        f'[[merge]]\npapers = ["{one}", "{two}"]\n' if one != two else "",
    )


def _authors_toml(keeper: Keeper, rng: random.Random) -> None:
    one, two = (f"Bo {rng.choice(_WORDS).capitalize()}" for _ in range(2))
    _toml(
        keeper.content / "authors.toml",
        rng,
        f'[[merge]]\nnames = ["{one}", "{two}"]\n' if one != two else "",
        f'[[split]]\nname = "Ada Example"\npapers = ["{_slug(keeper, rng)}"]\n'
        'known_as = "Ada Example (Delft)"\n',
        '[[apart]]\nnames = ["A. Example", "Ada Example"]\n',
    )


def _topics_toml(keeper: Keeper, rng: random.Random) -> None:
    file = keeper.content / "topics.toml"
    text = file.read_text("utf-8")
    what, new = rng.choice(
        [
            (r'(?<=name = ")(?=[LS])|(?<=definition = ")', f"{rng.randint(1, 9)} "),
            (r"(?<=\[)(?=\")", f'"{rng.choice(_WORDS)} {rng.choice(_WORDS)}", '),
            (r"(?<=needed = )\d+", rng.choice(["10", "20", "30"])),
            (r'(?<=group = ")[^"]*', f"Group {rng.randint(1, 3)}"),
        ]
    )
    place = rng.choice(list(re.finditer(what, text)))
    file.write_text(text[: place.start()] + new + text[place.end() :], encoding="utf-8")


def _learned(keeper: Keeper, rng: random.Random) -> None:
    folder = keeper.content / "learned"
    shutil.rmtree(folder, ignore_errors=True)
    if rng.random() < 0.7:
        archive = load_archive(keeper.archive.papers, load_taxonomy(keeper.content / "topics.toml"))
        folder.mkdir()
        (folder / FILE_NAME).write_text(write_learned(learn_all(archive)), encoding="utf-8")


def _take_template_away(keeper: Keeper, rng: random.Random) -> None:
    """Let Daybook's own count again, where the keeper has any."""
    if there := sorted(keeper.theme.iterdir()):
        rng.choice(there).unlink()


def change_template(keeper: Keeper, name: str, number: int) -> None:
    """Write a template as it is, with a number at every tag."""
    text = _TAG.sub(rf'\g<0> data-edit="{number}"', (_OWN / name).read_text("utf-8"))
    (keeper.theme / name).write_text(text, encoding="utf-8")


def change_settings(keeper: Keeper, group: str, rng: random.Random) -> None:
    """Give all settings of a group other values."""
    for name, values in SETTINGS[group].items():
        now = keeper.lines.get(name, values[0])
        keeper.lines[name] = rng.choice([value for value in values if value != now])


def _page(keeper: Keeper, rng: random.Random) -> None:
    """Correct a paper's page by hand, write notes on it, or lose it."""
    page = rng.choice(_pages(keeper))
    text = page.read_text("utf-8")
    how = rng.choice(["notes", "topics", "gone", "abstract"])
    if how == "notes":
        page.write_text(f"{text}\n## Notes\n\nRead on day {rng.randint(1, 99)}.\n", "utf-8")
    elif how == "topics" and "\nTopics:" not in text:
        page.write_text(text.replace("\nSlug:", "\nTopics: sheep\nSlug:", 1), "utf-8")
    elif how == "gone":
        page.unlink()
    else:
        page.write_text(text.rstrip() + " By hand.\n", "utf-8")


def _own(keeper: Keeper, rng: random.Random) -> None:
    """Write, change or remove a page of the keeper's own, which Pelican makes."""
    page = keeper.content / "pages" / f"{rng.choice(['about', 'own'])}.md"
    if page.exists() and rng.random() < 0.5:
        page.unlink()
        return
    page.parent.mkdir(exist_ok=True)
    page.write_text(f"Title: Mine\nSlug: {page.stem}\n\nWord {rng.randint(1, 99)}.\n", "utf-8")


def _output(keeper: Keeper, rng: random.Random) -> None:
    """Lose or damage files of the site, folders of it, or all."""
    if rng.random() < 0.1:
        shutil.rmtree(keeper.archive.output)
        return
    files = sorted(path for path in keeper.archive.output.rglob("*") if path.is_file())
    for file in rng.sample(files, k=3):
        file.unlink()
    for file in rng.sample([file for file in files if file.exists()], k=3):
        file.write_bytes(b"by hand")
    folders = sorted(path for path in keeper.archive.output.iterdir() if path.is_dir())
    if rng.random() < 0.3:
        shutil.rmtree(rng.choice(folders))


def _cache(keeper: Keeper, rng: random.Random) -> None:
    """Lose or damage some of the cache, or all."""
    files = sorted(path for path in keeper.cache.rglob("*") if path.is_file())
    if not files or rng.random() < 0.3:
        shutil.rmtree(keeper.cache, ignore_errors=True)
        return
    file = rng.choice(files)
    if rng.random() < 0.5:
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[: rng.randint(0, 99)])


KINDS: Mapping[str, Callable[[Keeper, random.Random], None]] = {
    "add": _add,
    "change": _change,
    "remove": _remove,
    "rename": _rename,
    "sidecar": _sidecar,
    "touch": _touch,
    "in secret": _in_secret,
    "metadata": _metadata,
    "papers.toml": _papers_toml,
    "authors.toml": _authors_toml,
    "topics.toml": _topics_toml,
    "learned": _learned,
    "template taken away": _take_template_away,
    "page": _page,
    "own page": _own,
    "output": _output,
    "cache": _cache,
}
"""Every kind there is, but for `change_template` and `change_settings`, which mask each other."""
