from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import lxml.html
from daybook.catalogue.generator import CatalogueGenerator, static_files
from daybook.catalogue.templating import own_theme
from daybook.drafts import Made, rendered
from daybook.scripts import minified
from daybook.settings import read_settings

from .small_archive import ARCHIVE, SITE


def write_all(files: dict[str, bytes], some: Iterable[Made]) -> Iterator[str]:
    """Keep files, and give their paths."""
    for path, content in rendered(some):
        files[path] = content
        yield path


def generate(folder: Path, pages: tuple[Any, ...] = (), **settings: Any) -> dict[str, bytes]:
    """Run the generator as Pelican does, and give what it writes."""
    pelican = {"PATH": str(folder), "SITENAME": "Toy", "SITEURL": SITE, **settings}
    files: dict[str, bytes] = {}
    kept: dict[str, str | None] = {}
    context = {
        "DAYBOOK_ARCHIVE": ARCHIVE,
        "DAYBOOK_SETTINGS": read_settings(pelican),
        "DAYBOOK_RECALL": kept.get,
        "DAYBOOK_KEEP": kept.__setitem__,
        "DAYBOOK_WRITE": files.__setitem__,
        "DAYBOOK_BEGIN_PARTS": lambda _: None,
        "DAYBOOK_WRITE_PARTS": lambda parts, _: [list(write_all(files, part())) for part in parts],
        "pages": list(pages),
    }
    generator = CatalogueGenerator(
        context=context, settings=pelican, path=str(folder), theme=str(folder), output_path="out"
    )
    generator.generate_output(None)
    return files


def ordinary(slug: str, title: str, content: str = "") -> SimpleNamespace:
    """Give what the generator reads of a page that Pelican made."""
    return SimpleNamespace(slug=slug, title=title, content=content, url=f"pages/{slug}.html")


def menu(files: dict[str, bytes], path: str) -> list[tuple[str, str]]:
    page = lxml.html.document_fromstring(files[path].decode())
    return [(a.text, a.get("href")) for a in page.xpath("//nav[@aria-label='Main']//a")]


def test_the_site_and_the_files_of_the_theme_are_written_below_the_base_folder(
    tmp_path: Path,
) -> None:
    files = generate(tmp_path)
    assert "papers/seeing-less.html" in files
    assert files["assets/daybook.css"] == minified()["assets/daybook.css"]
    canonical = f'href="{SITE}/archive/papers/seeing-less.html"'
    assert canonical in files["papers/seeing-less.html"].decode()
    assert "404.html" in generate(tmp_path, DAYBOOK_BASE="")


def test_the_keepers_pages_join_the_menu(tmp_path: Path) -> None:
    pages = (ordinary("über mich", "Me & you"), ordinary("about", "About"))
    files = generate(tmp_path, pages)
    assert menu(files, "papers/seeing-less.html")[-1] == (
        "Me & you",
        "../../pages/%C3%BCber%20mich.html",
    )
    assert menu(files, "index.html")[-1] == ("Me & you", "../pages/%C3%BCber%20mich.html")
    hidden = generate(tmp_path, pages, DISPLAY_PAGES_ON_MENU=False)
    assert menu(hidden, "index.html")[-1] == ("Reading list", "reading-list.html")


def test_a_page_called_about_is_the_about_page(tmp_path: Path) -> None:
    page = ordinary("about", "About", "<h1>Why</h1><p>Because.<script>alert(1)</script></p>")
    shown = generate(tmp_path, (page,))["about.html"].decode()
    assert "<h2>Why</h2><p>Because.</p>" in shown


def test_the_settings_reach_the_pages(tmp_path: Path) -> None:
    files = generate(
        tmp_path, DAYBOOK_KEEPER="Ada", DAYBOOK_SMALL_ARCHIVE=1, DAYBOOK_FEED_ENTRIES=1
    )
    feed = files["feeds/archive.atom.xml"].decode()
    assert "<name>Ada</name>" in feed
    assert feed.count("<entry>") == 1
    assert "authors/ada-van-dyke.html" not in files


def test_a_sites_own_theme_replaces_single_files(tmp_path: Path) -> None:
    own = tmp_path / "static" / "daybook"
    own.mkdir(parents=True)
    (own / "daybook.css").write_text("mine")
    (own / ".hidden").write_text("no")
    files = dict(static_files(tmp_path))
    assert files["daybook.css"] == b"mine"
    assert files.keys() == dict(static_files(own_theme())).keys()


def test_the_generator_inherits_nothing() -> None:
    assert CatalogueGenerator.__mro__[1:] == (object,)
