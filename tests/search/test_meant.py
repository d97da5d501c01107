"""What is meant is found: letters fold, spellings, hyphens and acronyms make no difference."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from daybook.records import Archive, Paper, Topic

from .node import run_node
from .small_archives import write_search

TITLES = {
    "jose": ("The method of José", "Of graphs.", ("Ada Lovelace",)),
    "jose-plain": ("Jose and his method", "Of trees.", ()),
    "lukasz": ("Attention", "By a student of Łukasz, who wrote of streets.", ("José Straße",)),
    "lukasz-plain": ("Attention again", "After Lukasz.", ("Jose Strasse",)),
    "chinese": ("深度学习模型的研究", "我们训练神经网络。", ("王小明",)),
    "japanese": ("大規模言語モデルの評価", "カタカナ・テスト", ("山田太郎",)),
    "british": ("Colour and behaviour", "We analyse normalisation in the centre.", ()),
    "american": ("Color and behavior", "We analyze normalization in the center.", ()),
    "hyphen": ("Fine-tuning of networks", "A pre-trained one, by fine-tuning.", ()),
    "joined": (
        "Finetuning of networks",
        "A pretrained one, by finetuning.",
        (),
    ),
    "spaced": ("Fine tuning a violin", "A study of strings.", ()),
    "rlhf": ("Reinforcement learning from human feedback (RLHF)", "", ()),
    "introduces": ("Alignment", "Reinforcement learning from human feedback (RLHF) works.", ()),
    "acronym": ("What RLHF does", "Of rewards.", ()),
    "shot": ("Zero-shot transfer of skills", "We ask GPT-4o.", ("Yang Doe", "Bo Liu")),
    "defense": ("A defense of skills", "", ("Ada Byron", "Cy Dow", "Dee Eve", "Yang Liu")),
    "defence": ("A defence", "Of openvocabulary skills.", ("Kaiming Doe",)),
    "formula": (r"SMIX($\lambda$): taming skills", "", ("Ada Byron", "Kaiming He")),
    "power": ("ReLU^2 Wins: sparse skills", "Along the A* path, in $n^{2}$ steps.", ()),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    papers = tuple(
        Paper(
            slug=slug,
            path=f"{slug}.md",
            number=number,
            title=title,
            date=dt.date(2024, 1, 1),
            date_basis="unknown",
            abstract=abstract,
            authors=authors,
            topics=("safety",) if slug == "jose" else (),
        )
        for number, (slug, (title, abstract, authors)) in enumerate(TITLES.items())
    )
    # Enough others that nothing is a word of every tenth paper.
    others = tuple(
        Paper(
            slug=f"other-{number}",
            path=f"other-{number}.md",
            number=number,
            title=f"Number {number}",
            date=dt.date(2024, 1, 1),
            date_basis="unknown",
        )
        for number in range(len(papers), 60)
    )
    folder = tmp_path_factory.mktemp("a site")
    topics = (Topic("safety", "Sûreté", "Values", ""),)
    write_search(Archive((*papers, *others), (), topics), folder)
    (folder / "search.html").write_text("<title>Search</title>")
    return folder


def found(built: Path, tmp_path: Path, queries: list[str], mode: str) -> list[set[str]]:
    """Give the slugs of what each query finds."""
    file = tmp_path / "queries.jsonl"
    file.write_text("".join(f"{json.dumps({'query': query})}\n" for query in queries), "utf-8")
    settings = {"OUTPUT": str(built), "QUERIES": str(file), "MODE": mode, "LIMIT": "99", "Q": ""}
    done = run_node("plugins/daybook/search/query.js", environment=settings)
    assert done.returncode == 0, done.stderr
    return [
        {Path(result["url"]).stem for result in json.loads(line)["results"]}
        for line in done.stdout.splitlines()
    ]


FOLDED = {
    "jose": {"jose", "jose-plain", "lukasz", "lukasz-plain"},
    "JOSÉ": {"jose", "jose-plain", "lukasz", "lukasz-plain"},
    "Lukasz": {"lukasz", "lukasz-plain"},
    "Łukasz": {"lukasz", "lukasz-plain"},
    "strasse": {"lukasz", "lukasz-plain"},
    "Straße": {"lukasz", "lukasz-plain"},
    "author:strasse": {"lukasz", "lukasz-plain"},
    "title:jose": {"jose", "jose-plain"},
    "surete": {"jose"},
    "学习": {"chinese"},
    "学习模型": {"chinese"},
    "神经网络": {"chinese"},
    "小明": {"chinese"},
    "言語モデル": {"japanese"},
    "テスト": {"japanese"},
    "太郎": {"japanese"},
}


@pytest.mark.parametrize("mode", ["meant", "lunr"])
def test_letters_fold_both_ways_and_runs_of_characters_have_words(
    built: Path, tmp_path: Path, mode: str
) -> None:
    results = found(built, tmp_path, list(FOLDED), mode)
    assert dict(zip(FOLDED, results, strict=True)) == FOLDED


MEANT = {
    "colour": {"british", "american"},
    "color": {"british", "american"},
    "behavior": {"british", "american"},
    "normalisation": {"british", "american"},
    "normalization": {"british", "american"},
    "analyze centre": {"british", "american"},
    "finetuning": {"hyphen", "joined", "spaced"},
    "fine-tuning": {"hyphen", "joined", "spaced"},
    "fine tuning": {"hyphen", "joined", "spaced"},
    "pretrained": {"hyphen", "joined"},
    "pre-trained": {"hyphen", "joined"},
    "RLHF": {"rlhf", "introduces", "acronym"},
    "reinforcement learning from human feedback": {"rlhf", "introduces", "acronym"},
    "atention": {"lukasz", "lukasz-plain"},
    "atten": {"lukasz", "lukasz-plain"},
    '"fine tuning"': {"hyphen", "spaced"},
    '"finetuning of networks"': {"joined"},
    '"straße"': {"lukasz", "lukasz-plain"},
    '"学习模型"': {"chinese"},
    '"SMIX(λ): taming skills"': {"formula"},
    '"taming skills" -defense': {"formula"},
    "zeroshot": {"shot"},
    "gpt4o": {"shot"},
    "zeroshots, and what, in": {"shot"},
    "defence": {"defense", "defence"},
    "defense": {"defense", "defence"},
    "ReLU^2 Wins: sparse skills": {"power", "shot", "defense", "defence", "formula"},
    "wins $n^{2}$": {"power"},
    "the A* path": {"power"},
    "wins arxiv:2301.99999": {"power"},
    "+colour": {"british"},
    "finetuning -violin": {"joined"},
    "nothing-at-all-of-the-kind": set(),
}


def test_spellings_hyphens_and_acronyms_make_no_difference_unless_operators_say_so(
    built: Path, tmp_path: Path
) -> None:
    results = found(built, tmp_path, list(MEANT), "meant")
    assert dict(zip(MEANT, results, strict=True)) == MEANT


@pytest.mark.parametrize(
    ("name", "first"), [("Yang Liu", "defense"), ("liu yang", "defense"), ("Kaiming He", "formula")]
)
def test_papers_by_who_has_all_of_a_name_come_first(built: Path, name: str, first: str) -> None:
    settings = {"OUTPUT": str(built), "Q": name, "LIMIT": "9"}
    done = run_node("plugins/daybook/search/query.js", environment=settings)
    lines = [line for line in done.stdout.splitlines() if "papers/" in line or ".html" in line]
    assert len(lines) > 1, done.stdout
    assert first in lines[0]
