"""The pipeline: letters fold, Chinese and Japanese are cut, and both languages agree."""

from __future__ import annotations

import json
import random
import sys
import unicodedata

import pytest
from daybook.search.stemmer import stem
from daybook.search.tokens import terms_of, tokenize

from .node import run_node
from .small_archives import ODD_WORDS, STEMS, words_from


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("josé", "jose"),
        ("łukasz", "lukasz"),
        ("straße", "strasse"),
        ("ångström", "angstrom"),
        ("ﬁne", "fine"),
        ("ｂｅｒｔ", "bert"),
        ("don’t", "don't"),
    ],
)
def test_letters_fold_to_those_of_a_plain_keyboard(written: str, plain: str) -> None:
    assert terms_of(written) == terms_of(plain)


def test_nothing_outside_ascii_is_cut_off() -> None:
    assert terms_of("łódź") == ["lodz"]
    assert terms_of("«наука»") == ["наука"]
    assert terms_of("한국어") == ["한국어"]


def test_words_inside_a_run_of_chinese_are_terms() -> None:
    assert "学习" in terms_of("深度学习模型")
    assert "深" in terms_of("深度学习模型")


def test_dashes_divide_words_as_hyphens_do() -> None:
    assert terms_of("human–robot") == ["human", "robot"]
    assert tokenize("state-of-the-art models") == ["state", "of", "the", "art", "models"]


def test_a_stop_word_is_no_term_and_a_sign_is_an_empty_one() -> None:
    assert terms_of("the") == []
    assert terms_of("&") == [""]


@pytest.mark.long
def test_browser_and_python_make_the_same_terms_of_every_character() -> None:
    characters = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if not 0xD800 <= code < 0xE000 and unicodedata.category(chr(code)) not in ("Cn", "Co")
    ]
    around = [f"x{character}y".lower() for character in characters]
    around += [character.lower() for character in characters]
    around += [
        f"{character}word{character}".lower() for character in characters if character < "㐀"
    ]
    assert_twins_agree(list(dict.fromkeys(token for text in around for token in tokenize(text))))


def test_browser_and_python_stem_alike() -> None:
    random_ = random.Random(3)
    endings = "s es ies sses eed ed ing at bl iz y e l ll ational logi bli ization ement ion eli"
    pieces = [*STEMS, *endings.split(), *"aeiouybcdlstwxz"]
    tokens = {word for _ in range(300) for word in tokenize(words_from(random_, 60))}
    tokens |= {"".join(random_.choices(pieces, k=random_.randint(1, 4))) for _ in range(20_000)}
    assert_twins_agree(sorted(tokens | {word.lower() for word in ODD_WORDS}))


def assert_twins_agree(tokens: list[str]) -> None:
    """Compare this module's terms with those of theme/static/search/pipeline.js."""
    result = run_node("tests/js/terms.js", stdin=json.dumps(tokens))
    assert result.returncode == 0, result.stderr
    answers = json.loads(result.stdout)
    different = [
        (token, terms, terms_of(token), stemmed, stem(token))
        for token, (terms, stemmed) in zip(tokens, answers, strict=True)
        if terms != terms_of(token) or stemmed != stem(token)
    ]
    assert different[:5] == []
