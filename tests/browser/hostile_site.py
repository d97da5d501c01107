"""A site of nothing but hostile texts, opened page by page: nothing runs, nothing is asked for."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, Dialog, Page

from ..hostile_texts import FORMATS, PAYLOADS, Sample, arxiv, line, sample
from ..publishing import forking
from ..serving import serving
from ..sites import PROJECT, SITEURL, Site
from .conftest import Visit

_WATCH = """
addEventListener("securitypolicyviolation", (event) =>
  console.error("violation", event.violatedDirective, event.blockedURI), true);
"""
_READ = """
(pages) => pages.map((text) => {
  const page = new DOMParser().parseFromString(text, "text/html");
  const texts = (wanted) => [...page.querySelectorAll(wanted)].map((one) => one.textContent);
  const section = [...page.querySelectorAll("section.text")].find(
    (one) => one.querySelector("h2").textContent === "Abstract");
  return {
    title: texts("h1")[0],
    abstract: section ? section.textContent.replace("Abstract", "") : "",
    authors: texts(".by a"),
    maths: page.querySelector("h1 math") !== null,
  };
})
"""
"""What Chromium's own parser makes of pages, without going there."""
_AT_ONCE = 200


@dataclass(frozen=True)
class Written:
    """A sample, of which format it is, and of which text."""

    name: str
    place: int
    sample: Sample


@dataclass
class Hostile:
    """A site of hostile texts, and which page was made of which sample."""

    site: Site
    samples: dict[str, Written]
    """By the path of the paper's page."""


def build(folder: Path, formats: Collection[str] = tuple(FORMATS)) -> Hostile:
    """Build the site of every text in these formats, with texts in all that is said beside them."""
    written = _write(folder, formats)
    places = {"DIGESTS": "digests", "PAPERS": "papers", "OUTPUT": "output", "METADATA": "metadata"}
    environment = {name: str(folder / place) for name, place in places.items()}
    command = ("content", "-s", str(_settings(folder)))
    environment |= {**forking.bare_environment(), "SITEURL": SITEURL}
    done = forking.pelican(command, PROJECT, environment)
    assert done.returncode in (0, 3), done.stdout + done.stderr
    site = Site(folder / "output", folder / "papers", done.stdout + done.stderr)
    samples = {}
    for record in site.dump:
        key = record.get("arxiv") or line(record["title"])
        samples[record["url"].removeprefix(f"{SITEURL}/")] = written[key]
    assert len(samples) == len(PAYLOADS) * len(formats), site.report
    return Hostile(site, samples)


def _settings(folder: Path) -> Path:
    """Write what a keeper says: names of the site and of topics, notes, corrections."""
    texts = [json.dumps(line(text)) for text in PAYLOADS]
    numbers = {name: place * 1_000 + 1 for place, name in enumerate(FORMATS)}
    copied = numbers["hf-text"]
    topics = (PROJECT / "content" / "topics.toml").read_text("utf-8")
    papers = authors = ""
    for number, text in enumerate(texts):
        topics += (
            f'\n[[topics]]\nslug = "hostile-{number}"\nname = {text}\ndefinition = {text}\n'
            f'group = {text}\n[topics.evidence]\n100 = ["{copied + number}"]\n'
        )
        noted, corrected = (arxiv(numbers[name] + number) for name in ("scholar-alert", "csv"))
        papers += f'\n[[withdraw]]\npaper = "{noted}"\nnote = {text}\n'
        papers += f'\n[[correct]]\npaper = "{corrected}"\norganization = {text}\nvenue = {text}\n'
        authors += f'\n[[apart]]\nnames = [{text}, "Ada {number}"]\n'
    for name, said in (("topics", topics), ("papers", papers), ("authors", authors)):
        (folder / f"{name}.toml").write_text(said, encoding="utf-8")
    settings = folder / "settings.py"
    settings.write_text(
        f"import runpy\nglobals().update(runpy.run_path({str(PROJECT / 'pelican.conf.py')!r}))\n"
        f"DAYBOOK_TOPICS = {str(folder / 'topics.toml')!r}\n"
        f"DAYBOOK_CORRECTIONS = {str(folder / 'papers.toml')!r}\n"
        f"DAYBOOK_AUTHORS = {str(folder / 'authors.toml')!r}\n"
        f"SITENAME = DAYBOOK_TAGLINE = {PAYLOADS[0] + PAYLOADS[14]!r}\n",
        encoding="utf-8",
    )
    return settings


def _write(folder: Path, formats: Collection[str]) -> dict[str, Written]:
    """Write a digest for every text in each format; give them by what tells their papers apart.

    Digests of the first format are named by the text, as far as a file can be and by a sidecar;
    what `make enrich` would have found is a text, too.
    """
    digests, metadata = folder / "digests", folder / "metadata"
    digests.mkdir(parents=True)
    metadata.mkdir()
    known: dict[str, Written] = {}
    facts: list[dict[str, object]] = []
    for place, name in enumerate(formats):
        for at, text in enumerate(PAYLOADS):
            number = place * 1_000 + at + 1
            written = Written(name, at, sample(name, number, text))
            called = line(text).replace("/", "\u2215")[:60] if place == 0 else ""
            file = digests / f"{name} {number} {called}".strip()
            file.write_text(written.sample.text, encoding="utf-8", newline="")
            if place == 0:
                toml = f"name = {json.dumps(line(text))}\n".replace("\x7f", "")
                file.with_name(f"{file.name}.toml").write_text(toml, encoding="utf-8")
            if name == "hf-rendering":
                facts.append(_fact(number, text))
            known[arxiv(number)] = known[written.sample.title] = written
    (metadata / "papers.json").write_text(json.dumps(facts), encoding="utf-8")
    return known


def _fact(number: int, text: str) -> dict[str, object]:
    """Give what `make enrich` might have found of a paper whose digest names no authors."""
    return {
        "id": text,
        "type": "article",
        "archive": "arXiv",
        "archive_location": arxiv(number),
        "author": [{"literal": text}],
        "container-title": text,
        "keyword": text,
        "custom": {"categories": [text], "sources": {text: text}},
    }


def searches(a_query: int) -> list[str]:
    """Give the addresses of searches for all texts, so many in a query and its filters."""
    told = [
        " ".join(PAYLOADS[begin : begin + a_query]) for begin in range(0, len(PAYLOADS), a_query)
    ]
    names = ("q", "author", "topic", "from", "sort")
    return [f"search.html?{urlencode(dict.fromkeys(names, text))}" for text in told]


def complaints(browser: Browser, site: Site, paths: Iterable[str]) -> list[str]:
    """Open pages one after the other; give what ran and what was asked elsewhere."""
    with _visit(browser, site) as visit:
        page = _watched(visit)
        for path in paths:
            page.goto(visit.address + path)
            if page.evaluate("document.activeElement.matches('[onfocus], main [autofocus]')"):
                visit.complaints.append(f"{path}: something took the focus")
        return visit.complaints


def altered(browser: Browser, hostile: Hostile) -> list[str]:
    """Give what is not shown as it was written, of every paper's title, authors and abstract."""
    found: list[str] = []
    with _visit(browser, hostile.site) as visit:
        page = _watched(visit)
        page.goto(f"{visit.address}index.html")
        paths = list(hostile.samples)
        for begin in range(0, len(paths), _AT_ONCE):
            some = paths[begin : begin + _AT_ONCE]
            texts = [(hostile.site.output / path).read_text("utf-8") for path in some]
            for path, shown in zip(some, page.evaluate(_READ, texts), strict=True):
                found += _differences(path, hostile.samples[path], shown)
        return [*found, *visit.complaints]


def _differences(path: str, written: Written, shown: dict[str, object]) -> Iterable[str]:
    """Compare a page with what was written; a formula is shown as one, and not as its TeX."""
    name, wanted = written.name, written.sample
    if shown["maths"]:
        assert "$\\text" in wanted.title, path
        return
    if line(str(shown["title"])) != wanted.title:
        yield f"{path} ({name}): the title {wanted.title!r} is {shown['title']!r}"
    if wanted.abstract is not None and line(str(shown["abstract"])) != wanted.abstract:
        yield f"{path} ({name}): the abstract {wanted.abstract!r} is {shown['abstract']!r}"
    people = shown["authors"]
    assert isinstance(people, list)
    if wanted.authors is not None and tuple(map(line, people)) != wanted.authors:
        yield f"{path} ({name}): the authors {wanted.authors!r} are {people!r}"


def _watched(visit: Visit) -> Page:
    """Open a window of which every word is a complaint."""
    page = visit.context.new_page()
    for what in ("console", "pageerror", "dialog"):
        page.on(what, lambda said: visit.complaints.append(f"{page.url}: {_words(said)}"))
    page.on("request", lambda request: visit._watch(request.url))
    return page


@contextmanager
def _visit(browser: Browser, site: Site) -> Iterator[Visit]:
    with serving(site.output, "/repo/") as address:
        context = browser.new_context(reduced_motion="reduce")
        context.add_init_script(_WATCH)
        try:
            yield Visit(context, address)
        finally:
            context.close()


def _words(said: object) -> str:
    if isinstance(said, Dialog):
        said.dismiss()
        return f"a dialog opened: {said.message}"
    return str(getattr(said, "text", said))
