"""Which paths a site may be written to."""

from __future__ import annotations

import pytest
from daybook.errors import PublishError
from daybook.publishing.paths import site_path
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "papers/attention-is-all-you-need.html",
        "feeds/topics/safety.atom.xml",
        ".nojekyll",
        "assets/a b (1).svg",
        "search/0-9.js",
    ],
)
def test_an_ordinary_path_passes_as_it_is(path: str) -> None:
    assert site_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../../evil.html",
        "papers/../../evil.html",
        "papers//evil.html",
        "papers/",
        "./index.html",
        "papers\\evil.html",
        "..\\evil.html",
        "C:/evil.html",
        "C:evil.html",
        "\\\\server\\share",
        "%2e%2e%2fevil.html",
        "．．/evil.html",
        "papers/a\0.html",
        "papers/a\n.html",
        "papers/a\u202e.html",
        "a:b.html",
        "a?b.html",
        "a*.html",
        "con",
        "aux.txt",
        "papers/COM1.html",
        "papers/nul.tar.gz",
        "papers/dot.",
        "papers/space ",
        "papers/" + "x" * 256,
        "x/" * 600 + "x",
        "papers/é.html",
    ],
)
def test_a_path_that_leads_astray_on_some_system_is_refused(path: str) -> None:
    with pytest.raises(PublishError):
        site_path(path)


@given(st.text(max_size=40))
def test_whatever_passes_stays_inside_and_is_plain(path: str) -> None:
    try:
        site_path(path)
    except PublishError:
        return
    assert path.isascii()
    assert path.isprintable()
    assert not {"", ".", ".."} & set(path.split("/"))
    assert not set('\\:*?"<>|%') & set(path)


def test_the_message_names_the_path_without_obeying_it() -> None:
    with pytest.raises(PublishError, match=r"'papers/a\\x1b\[2J\.html'"):
        site_path("papers/a\x1b[2J.html")
