"""Texts in other languages than the site's say so, in pages and feeds."""

from __future__ import annotations

import json

import feedparser
import pytest
from daybook.catalogue.languages import language_of
from daybook.records import Archive

from .small_archive import paper, render

ARABIC = "نموذج لغوي كبير يتعلم من النصوص العربية BERT"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Plain English with an Ångström", None),
        ("Un résumé en français, évidemment", None),
        ("Les modèles de langue et les cigognes", "fr"),
        ("Wir zeigen, dass Störche und Modelle vieles mit der Sprache gemeinsam haben.", "de"),
        ("Presentamos un método para el análisis de los textos y su evaluación en español", "es"),
        ("Apresentamos um método para a análise de textos em português e sua avaliação", "pt"),
        ("Lo studio della lingua è una via per capire la società e il pensiero", "it"),
        ("Wij laten zien dat het model niet altijd één antwoord geeft op een vraag", "nl"),
        ("De novo protein design — a naïve baseline", None),
        ("En route to the café: on the Pólya urn and the los", None),
        ("深度学习的可解释性研究", "zh"),
        ("大規模言語モデルの学習について", "ja"),
        ("대규모 언어 모델의 학습", "ko"),
        (ARABIC, "ar"),
        ("یادگیری عمیق برای پردازش زبان فارسی گچ", "fa"),
        ("למידה עמוקה", "he"),
        ("Глубокое обучение", "ru"),
        ("Глибоке навчання і мова", "uk"),
        ("We study 深度学习 in English words of many letters", None),
        ("α β γ of a model with μ and σ", None),
        ("", None),
        (None, None),
    ],
)
def test_only_letters_and_words_that_leave_no_doubt_say_a_language(
    text: str | None, language: str | None
) -> None:
    assert language_of(text) == language


def test_the_sites_own_language_is_not_said_again() -> None:
    assert language_of("Глубокое обучение", "ru-RU") is None


def test_pages_and_feeds_say_the_language_and_direction_of_a_text() -> None:
    files = render(Archive((paper(0, title=ARABIC, abstract=f"{ARABIC} <b>"),), (), ()))
    page = files["papers/paper-0.html"].decode()
    assert f'<h1><span lang="ar" dir="rtl">{ARABIC}</span></h1>' in page
    assert f'<div lang="ar" dir="rtl"><p>{ARABIC} &lt;b&gt;</p></div>' in page
    cards = files["dates/unknown.html"].decode()
    assert f'<span lang="ar" dir="rtl">{ARABIC}</span></a>' in cards
    assert f'<p class=excerpt><span lang="ar" dir="rtl">{ARABIC} &lt;b&gt;</span>' in cards
    atom = feedparser.parse(files["feeds/archive.atom.xml"])
    assert atom.entries[0].summary_detail.language == "ar"
    (item,) = json.loads(files["feeds/archive.feed.json"])["items"]
    assert item["language"] == "ar"


def test_a_text_in_the_sites_language_has_no_marks() -> None:
    files = render(Archive((paper(0, title="Naïve", abstract="Ångström"),), (), ()))
    assert b"lang=" not in files["papers/paper-0.html"].replace(b'<html lang="en">', b"")
