"""Names for pages, authors and files."""

from __future__ import annotations

import re

import pytest
from daybook.archive.slugs import (
    MOST_BYTES,
    Names,
    author_key,
    is_name,
    name_authors,
    name_of,
    slugify,
)
from hypothesis import given
from hypothesis import strategies as st

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WINDOWS = {"con", "prn", "aux", "nul"} | {f"{d}{n}" for d in ("com", "lpt") for n in range(10)}


@given(st.text(max_size=600))
def test_any_text_gives_a_portable_name(text: str) -> None:
    name = name_of(text)
    assert NAME.fullmatch(name)
    assert len(name.encode()) <= MOST_BYTES + 2
    assert name not in WINDOWS
    assert not any(map(is_name, WINDOWS))
    assert is_name(name)
    assert name_of(name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Alignment faking in large language models", "alignment-faking-in-large-language-models"),
        ("Don't Stop: José's α-GAN", "dont-stop-joses-a-gan"),
        (r"Schr\"odinger {B}ridges", "schrodinger-bridges"),
        ("../../../evil", "evil"),
        ("C:\\x%2e%2e%2fy", "c-2e-2e-2fy"),
        ("Rock & roll: a study", "rock-and-roll-a-study"),
        ("CON", "con-x"),
        ("aux.", "aux-x"),
        ("index", "index-x"),
        ("Letter A", "letter-a-x"),
        ("Letter", "letter-x-x"),
        ("Deep nets page 2", "deep-nets-page-2-x"),
        ("张三", "zhang-san"),
        ("．．／．．／ｅｔｃ", "etc"),
    ],
)
def test_known_texts_keep_their_names(text: str, name: str) -> None:
    """Golden: names already given to pages must not change with an upgrade."""
    assert name_of(text) == name


def test_a_title_without_letters_takes_the_arxiv_id_or_a_token_of_its_own() -> None:
    assert name_of("🎉🎉", "2401.00001") == "2401-00001"
    assert name_of("🎉🎉") == name_of("🎉🎉")
    assert name_of("🎉🎉") != name_of("🎉")


def test_long_titles_are_cut_between_words() -> None:
    name = name_of("word " * 100)
    assert len(name) <= MOST_BYTES
    assert set(name.split("-")) == {"word"}


def test_taken_names_are_numbered_whatever_their_case() -> None:
    names = Names(["Foo"])
    assert [names.take("foo"), names.take("foo"), names.take("bar")] == ["foo-2", "foo-3", "bar"]


@given(st.lists(st.text(max_size=8), max_size=40))
def test_names_are_unique_without_regard_to_case(texts: list[str]) -> None:
    names = Names()
    taken = [names.take(name_of(text)).casefold() for text in texts]
    assert len(set(taken)) == len(taken)


def test_two_authors_with_one_transliteration_have_two_slugs() -> None:
    slugs = name_authors(["张三", "章三", "张三"])
    assert slugs == {author_key("张三"): "zhang-san", author_key("章三"): "zhang-san-2"}


def test_spellings_of_one_author_share_a_slug() -> None:
    assert set(name_authors(["José García", "Jose Garcia", "JOSE GARCIA"]).values()) == {
        "jose-garcia"
    }


@pytest.mark.parametrize("unseen", "\u00ad\u200b\u200d\u200e\u202e\u2060\ufe0f\ufeff\u034f")
def test_what_nobody_sees_in_a_name_makes_nobody_else(unseen: str) -> None:
    spelling = f"{unseen}Z{unseen}o\u00eb Thr{unseen}ee"
    assert name_authors(["Zo\u00eb Three", spelling]) == {author_key("Zo\u00eb Three"): "zoe-three"}
    assert slugify(spelling) == "zoe-three"


def test_the_joiner_that_parts_words_of_a_persian_name_parts_them() -> None:
    assert author_key("\u0639\u0644\u06cc\u200c\u0631\u0636\u0627") == author_key(
        "\u0639\u0644\u06cc \u0631\u0636\u0627"
    )


def test_a_settled_author_keeps_the_slug_whoever_comes_first() -> None:
    settled = {author_key("章三"): "zhang-san"}
    assert name_authors(["张三", "章三"], settled)[author_key("章三")] == "zhang-san"
