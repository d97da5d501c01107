"""What holds for any input at all."""

from __future__ import annotations

import json
import string

import pytest
from daybook.digests import read_digest
from daybook.digests.mirrors import put_right
from daybook.digests.wording import repair
from daybook.errors import DigestError
from daybook.records import Digest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from .corpus import cases

settings.register_profile("digests", deadline=None)  # The machine may be busy.
settings.load_profile("digests")
SAMPLES = [case.read_bytes() for case in cases()]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["paper", "id", "title", "authors", "summary", "papers", "name", "x"]),
            inner,
            max_size=6,
        )
    ),
    max_leaves=30,
)


def read_or_refuse(data: bytes, sidecar: bytes | None = None) -> tuple[Digest, ...]:
    try:
        return read_digest("x.txt", data, sidecar)
    except DigestError:
        return ()


@example(b"\x0c", None)
@given(st.binary(max_size=400), st.binary(max_size=60) | st.none())
def test_no_bytes_raise_anything_but_a_digest_error(data: bytes, sidecar: bytes | None) -> None:
    read_or_refuse(data, sidecar)


@given(
    st.lists(
        st.sampled_from(
            [
                "new",
                "Mar 11",
                "·",
                "• 3 authors",
                "12",
                "-",
                "A Title",
                "---",
                "date: 2025-13-01",
                "Submitted by",
                "Subscribe",
                "",
                "word " * 60,
                "© Hugging Face",
                "byAK and the research community",
            ]
        ),
        max_size=30,
    )
)
def test_no_arrangement_of_a_page_s_lines_loses_its_words(lines: list[str]) -> None:
    text = "\n".join(["byAK and the research community", *lines])
    for digest in read_or_refuse(text.encode()):
        kept = " ".join(f"{entry.title} {entry.abstract}" for entry in digest.entries)
        refused = " ".join(refusal.message for refusal in digest.refusals)
        assert text.count("word") == kept.count("word") or "cut off" in refused


@given(json_values)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_no_json_raises_anything_but_a_digest_error(value: object) -> None:
    read_or_refuse(json.dumps(value).encode())
    read_or_refuse(json.dumps([value, value]).encode())


@given(st.data())
@settings(max_examples=300)
def test_a_file_with_any_byte_changed_is_read_or_refused(data: st.DataObject) -> None:
    sample = bytearray(data.draw(st.sampled_from(SAMPLES)))
    at = data.draw(st.integers(0, len(sample) - 1))
    sample[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    read_or_refuse(bytes(sample))


@pytest.mark.parametrize(
    "shape",
    ["{}\n\n{}\n\n", "{}\n{}\n", "{}\n\n{}\n\n  • 3 authors\n·\nJul 21, 2023 4\n\n"],
    ids=["paragraphs", "lines", "tails"],
)
@given(st.data())
@settings(max_examples=60)
def test_a_copy_cut_anywhere_keeps_what_stands_before_the_cut(
    shape: str, data: st.DataObject
) -> None:
    titles = data.draw(
        st.lists(
            st.text(string.ascii_letters, min_size=4, max_size=40).map(
                lambda word: f"The {word} of"
            ),
            min_size=1,
            max_size=5,
        )
    )
    abstract = ("Words and words again. " * 12).strip()
    head = "byAK and the research community\n\nMar 11\n\n"
    papers = [shape.format(title, abstract) for title in titles]
    whole = head + "".join(papers)
    cut = data.draw(st.integers(len(head), len(whole)))
    complete, left = 0, cut - len(head)
    for paper in papers:
        left -= len(paper.rstrip())
        if left < 0:
            break
        complete += 1
        left -= len(paper) - len(paper.rstrip())
    digests = read_or_refuse(whole[:cut].encode())
    entries = [entry for digest in digests for entry in digest.entries]
    assert [entry.title for entry in entries[:complete]] == titles[:complete]
    assert [entry.abstract for entry in entries[:complete]] == [abstract] * complete


@given(st.integers(min_value=0))
def test_an_answer_cut_anywhere_keeps_the_papers_before_the_cut(seed: int) -> None:
    papers = [
        {"paper": {"id": f"2503.0000{n}", "title": f"Paper {n}", "summary": "Words."}}
        for n in range(1, 6)
    ]
    whole = json.dumps(papers)
    cut = seed % len(whole)
    ends = [len(json.dumps(papers[:n])) - 1 for n in range(1, 6)]
    complete = sum(end <= cut for end in ends)
    digests = read_or_refuse(whole[:cut].encode())
    # Of a cut one the paper itself may be whole.
    assert sum(len(digest.entries) for digest in digests) in (complete, complete + 1)
    assert all(any(refusal.fatal for refusal in digest.refusals) for digest in digests)


@pytest.mark.parametrize("doi", ["10.1000/\ud800x", "10.1000/x\x08y", "10.1000/\ufffe"])
def test_a_doi_that_cannot_be_written_is_none(doi: str) -> None:
    record = json.dumps([{"title": "A Title", "authors": ["Ada"], "doi": doi, "url": doi}])
    (digest,) = read_digest("x", record.encode())
    assert digest.entries[0].doi is None


@given(st.text())
def test_a_second_repair_changes_nothing_and_leaves_nothing_that_cannot_be_written(
    text: str,
) -> None:
    once, _ = repair(text)
    once.encode("utf-8")
    assert "\x00" not in once
    assert repair(once)[0] == once


@given(st.text(alphabet="hf-mirorugngace.cost/:x ", max_size=80))
def test_mirrors_are_put_right_once_and_for_all(text: str) -> None:
    once, _ = put_right(text)
    assert put_right(once) == (once, 0)


@pytest.mark.parametrize(
    ("text", "right", "count"),
    [
        ("https://huggingface.host/a,", "https://huggingface.co/a,", 1),
        ("(http://www.HF-Mirror.com/a)", "(https://huggingface.co/a)", 1),
        ("at https://hf-mirror.com.", "at https://huggingface.co.", 1),
        ("see hf-mirror.492719920.workers.dev/a.", "see huggingface.co/a.", 1),
        ("https://huggingface.co/a https://hf.co/b", None, 0),
        ("https://huggingface.github.io/a https://x.hf.space/", None, 0),
        ("https://hf-mirror.com@evil.example/a", None, 0),
        ("https://evil.example/hf-mirror.com/a", None, 0),
        ("https://huggingface.host.evil.example/a", None, 0),
        ("the hf-mirror.com service", None, 0),
    ],
)
def test_a_mirror_s_link_goes_to_hugging_face(text: str, right: str | None, count: int) -> None:
    assert put_right(text) == (right or text, count)
