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
        (
            (
                "Bu çalışmada büyük dil modellerinin Türkçe metinler üzerindeki başarımını "
                "inceliyoruz. Sonuçlar, bir modelin daha küçük veri ile de eğitilebileceğini ve "
                "çok daha hızlı olduğunu gösteriyor."
            ),
            "tr",
        ),
        (
            (
                "W tej pracy badamy duże modele językowe i ich zastosowanie do tekstów w języku "
                "polskim. Wyniki pokazują, że nie jest to możliwe bez danych."
            ),
            "pl",
        ),
        (
            (
                "Chúng tôi trình bày một mô hình ngôn ngữ cho tiếng Việt và các kết quả trên "
                "những bộ dữ liệu được công bố."
            ),
            "vi",
        ),
        (
            (
                "Vi visar att språkmodeller kan tränas på svenska texter och att det inte är "
                "svårt med den data som finns."
            ),
            "sv",
        ),
        (
            (
                "Vi viser at sprogmodeller kan trænes på danske tekster, og at det ikke er svært "
                "med de data som findes af nyere dato."
            ),
            "da",
        ),
        (
            (
                "Vi viser at språkmodeller kan trenes på norske tekster, og at det ikke er "
                "vanskelig å bruke data som finnes av nyere dato."
            ),
            "nb",
        ),
        (
            (
                "V této práci zkoumáme jazykové modely pro češtinu a ukazujeme, že je možné je "
                "trénovat na datech, která jsou veřejná."
            ),
            "cs",
        ),
        (
            (
                "Tässä työssä tutkimme suuria kielimalleja ja osoitamme, että ne ovat "
                "hyödyllisiä myös silloin, kun aineisto on pieni."
            ),
            "fi",
        ),
        (
            (
                "În această lucrare prezentăm un model de limbă pentru limba română și "
                "rezultatele sale pe un set de date care este public."
            ),
            "ro",
        ),
        (
            (
                "Ebben a cikkben nagy nyelvi modelleket vizsgálunk, és megmutatjuk, hogy az "
                "eredmények nem csak egy nyelvre érvényesek."
            ),
            "hu",
        ),
        (
            (
                "En aquest treball presentem un model de llengua per al català i mostrem que els "
                "resultats són millors amb més dades."
            ),
            "ca",
        ),
        (
            (
                "Kami menyajikan model bahasa untuk teks bahasa Indonesia dan menunjukkan bahwa "
                "hasil dari model ini adalah lebih baik dengan data yang tidak banyak."
            ),
            "id",
        ),
        (
            (
                "In questo lavoro presentiamo un modello per la lingua italiana e mostriamo che "
                "i risultati sono migliori con una quantita di dati che non sia piccola."
            ),
            "it",
        ),
        (
            (
                "In dit werk laten wij zien dat een model voor de taal niet altijd een antwoord "
                "geeft op een vraag van de lezer."
            ),
            "nl",
        ),
        (
            (
                "Presentamos un modelo de lenguaje para el espanol y los resultados que se "
                "obtienen con datos de la red en una tarea."
            ),
            "es",
        ),
        (
            "یہ ایک بڑا لسانی ماڈل ہے جو اردو متن سے سیکھتا ہے اور گفتگو کرتا ہے",
            "ur",
        ),
        (
            "We compare data from Los Angeles, El Paso, De Kalb: all in one, with La Jolla, CA. "
            * 2,
            None,
        ),
        ("A $O(\\log m)$, deterministic, naïve approximation of Carroll's k o s z v rules a", None),
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
