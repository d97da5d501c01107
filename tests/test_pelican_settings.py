"""The settings: checked before anything else, documented to the last one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from daybook.errors import SettingsError
from daybook.pelican_settings import misspelt, site_address
from daybook.settings import SETTINGS, read_settings

from .sites import PROJECT


def read(tmp_path: Path, **values: Any) -> Any:
    return read_settings({"PATH": str(tmp_path), "SITENAME": "A blog", **values})


def test_without_any_setting_the_defaults_are_those_of_the_table(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert settings.digests == tmp_path / "digests"
    assert settings.papers == tmp_path / "papers"
    assert settings.metadata == tmp_path / "metadata"
    assert settings.base == "archive"
    for setting in SETTINGS:
        if setting.kind in {"number", "text"}:
            assert getattr(settings, setting.field) == setting.default


def test_a_site_without_a_taxonomy_gets_daybooks_own(tmp_path: Path) -> None:
    assert read(tmp_path).topics.is_file()
    (tmp_path / "topics.toml").touch()
    assert read(tmp_path).topics == tmp_path / "topics.toml"
    with pytest.raises(SettingsError, match="DAYBOOK_TOPICS"):
        read(tmp_path, DAYBOOK_TOPICS="missing.toml")


def test_paths_are_relative_to_the_content_folder_or_absolute(tmp_path: Path) -> None:
    settings = read(tmp_path, DAYBOOK_DIGESTS="../saved pages", DAYBOOK_PAPERS=Path("/elsewhere"))
    assert settings.digests == tmp_path / "../saved pages"
    assert settings.papers == Path("/elsewhere")


def test_an_unknown_name_is_refused_with_the_nearest_known_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"DAYBOOK_DIGETS .* did you mean DAYBOOK_DIGESTS"):
        read(tmp_path, DAYBOOK_DIGETS="digests")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DAYBOOK_DIGESTS", None),
        ("DAYBOOK_DIGESTS", ""),
        ("DAYBOOK_DIGESTS", 5),
        ("DAYBOOK_PAPERS", ["papers"]),
        ("DAYBOOK_PAPERS", "a\0b"),
        ("DAYBOOK_PER_PAGE", "50"),
        ("DAYBOOK_PER_PAGE", 0),
        ("DAYBOOK_PER_PAGE", True),
        ("DAYBOOK_PER_PAGE", 2.5),
        ("DAYBOOK_SMALL_ARCHIVE", -1),
        ("DAYBOOK_TAGLINE", None),
        ("DAYBOOK_TAGLINE", "two\nlines"),
        ("DAYBOOK_KEEPER", 7),
        ("DAYBOOK_BASE", "../outside"),
        ("DAYBOOK_BASE", "a\\b"),
        ("DAYBOOK_BASE", "a/b c"),
        ("DAYBOOK_BASE", None),
        ("SITENAME", "half a \ud800 character"),
        ("SITENAME", "two\nlines"),
        ("SITENAME", 7),
        ("SITEURL", "https://papers.example/\udcff"),
        ("DEFAULT_LANG", "e\0n"),
        ("DEFAULT_LANG", '"><script>alert(1)</script>'),
        ("DEFAULT_LANG", "en_US"),
        ("DAYBOOK_DIGESTS", "half a \ud800 character"),
        ("SITEURL", "javascript:alert(1)"),
        ("SITEURL", "data:text/html,x"),
        ("SITEURL", "ftp://papers.example"),
        ("SITEURL", "//papers.example"),
        ("SITEURL", "https:papers.example"),
        ("SITEURL", "papers.example"),
        ("SITEURL", "/papers"),
        ("SITEURL", "https://user:secret@x.example"),
        ("SITEURL", "https://x.example/?a=b"),
        ("SITEURL", "https://x.example/#top"),
        ("SITEURL", "https://x.example/a/../b"),
        ("SITEURL", "https://x.example/%2e%2e/b"),
        ("SITEURL", "https://x.example:port/"),
        ("DAYBOOK_PAPERS", "digests"),
        ("DAYBOOK_PAPERS", "digests/papers"),
        ("DAYBOOK_DIGESTS", "papers/saved"),
        ("DAYBOOK_METADATA", "digests/../digests"),
        ("DAYBOOK_CACHE", "papers/.cache"),
        ("DAYBOOK_LEARNED", "metadata"),
        ("OUTPUT_PATH", "papers/site"),
        ("THEME", "digests"),
        ("DAYBOOK_SUBSCRIBE", "http://lists.example/join"),
        ("DAYBOOK_SUBSCRIBE", "https://ada:secret@lists.example/join"),
        ("DAYBOOK_SUBSCRIBE", "https://lists.example/join 'self'"),
        ("SITEURL", "https://a b"),
        ("SITEURL", "https://papers.example<script>"),
        ("DAYBOOK_SUBSCRIBE", "javascript:alert(1)"),
        ("DAYBOOK_SUBSCRIBE", "https://*/join"),
        ("DAYBOOK_SUBSCRIBE_FIELD", ""),
        ("DAYBOOK_MAIL_FROM", "Ada <ada@papers.example>"),
        ("DAYBOOK_UNSUBSCRIBE", "http://lists.example/off"),
        ("DAYBOOK_UNSUBSCRIBE", "mailto:off@papers.example>, <mailto:eve@evil.example"),
        ("DAYBOOK_UNSUBSCRIBE", "https://lists.example/" + "x" * 1000),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_by_name(
    tmp_path: Path, name: str, value: object
) -> None:
    if name in {"OUTPUT_PATH", "THEME"}:
        value = str(tmp_path / str(value))
    with pytest.raises(SettingsError, match=name) as refused:
        read(tmp_path, **{name: value})
    assert name != "SITEURL" or "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("https://müller.example/é", "https://xn--mller-kva.example/%C3%A9"),
        ("https://x.example/a%20b/", "https://x.example/a%20b"),
        ("HTTPS://X.example:8000/100%", "https://x.example:8000/100%25"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("", ""),
    ],
)
def test_the_sites_address_is_written_in_one_way(given: str, written: str) -> None:
    assert site_address(given) == written
    assert site_address(written) == written


@pytest.mark.parametrize("language", ["en", "pt-BR", "zh-Hans-CN", "gsw", ""])
def test_a_language_is_one_that_html_knows(tmp_path: Path, language: str) -> None:
    read(tmp_path, DEFAULT_LANG=language)


def test_a_folder_whose_name_is_not_utf_8_is_one(tmp_path: Path) -> None:
    settings = read(tmp_path, DAYBOOK_DIGESTS="caf\udce9")
    assert os.fsencode(settings.digests).endswith(b"/caf\xe9")


def test_a_misspelt_setting_of_pelicans_is_told_and_ones_own_are_not() -> None:
    own = {"GITHUB_URL": 1, "SITEMAP": 1, "MENU": 1, "SITENAME": 1, "Default_Lagn": 1}
    assert list(misspelt({**own, "DEFAULT_LAGN": "en"})) == [("DEFAULT_LAGN", "DEFAULT_LANG")]


def test_addresses_of_mail_are_kept_as_they_are(tmp_path: Path) -> None:
    for name, value in (
        ("DAYBOOK_SUBSCRIBE", "https://lists.example:8443/join?list=1&x=%20"),
        ("DAYBOOK_MAIL_FROM", "ada@papers.example"),
        ("DAYBOOK_UNSUBSCRIBE", "mailto:off@papers.example?subject=off"),
        ("DAYBOOK_UNSUBSCRIBE", "https://lists.example/off?a=1"),
    ):
        field = name.removeprefix("DAYBOOK_").lower()
        assert getattr(read(tmp_path, **{name: value}), field) == value


def test_a_blogs_own_folder_of_papers_is_not_taken_over_unasked(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    read(tmp_path)
    (tmp_path / "papers" / "essay.md").write_text("Title: My essay\n\nMine.\n")
    with pytest.raises(SettingsError, match="DAYBOOK_PAPERS"):
        read(tmp_path)
    assert read(tmp_path, DAYBOOK_PAPERS="papers").papers == tmp_path / "papers"


def test_what_may_be_nothing_may_be_nothing(tmp_path: Path) -> None:
    settings = read(tmp_path, DAYBOOK_METADATA=None, DAYBOOK_KEEPER="", DAYBOOK_BASE="/")
    assert (settings.metadata, settings.keeper, settings.base) == (None, None, "")


def test_no_plugin_is_loaded_that_the_settings_do_not_name(tmp_path: Path) -> None:
    """Where PLUGINS is not set, Pelican loads every plugin that happens to be installed."""
    script = (
        "import sys\n"
        "from pelican.plugins import _utils\n"
        "from pelican.settings import read_settings\n"
        "settings = read_settings(sys.argv[1])\n"
        "print(*(plugin.__name__ for plugin in _utils.load_plugins(settings)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(PROJECT / "pelican.conf.py")],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    assert told.stdout.split() == ["daybook"]
