"""The ledger of names."""

from __future__ import annotations

import json

import pytest
from daybook.archive.ledger import DigestRecord, Ledger, read_ledger, salvage_ledger
from daybook.errors import LedgerError
from hypothesis import given
from hypothesis import strategies as st


def filled() -> Ledger:
    ledger = Ledger()
    ledger.add_paper("a", "2025/03/a.md", ["title:a", "arxiv:2401.00001"])
    ledger.add_paper("b", "2025/03/b.md", ["title:b"], by_hand=True)
    ledger.add_keys(0, ["title:a", "title:renamed"])
    ledger.add_digest(DigestRecord("undated-1", "x.txt", "f00"))
    ledger.add_digest(DigestRecord("undated-1", "y.txt", "f00"))
    ledger.add_digest(DigestRecord("undated-1", "y.txt", "f00", "2025-03-12"))
    ledger.add_redirect("b", "a")
    ledger.add_author("张三", "zhang-san")
    return ledger


def test_a_ledger_is_read_back_as_it_was_written() -> None:
    assert read_ledger(filled().text()) == filled()


def test_a_ledger_only_grows() -> None:
    ledger = filled()
    before = ledger.text()
    ledger.add_keys(0, ["title:a"])
    ledger.add_digest(DigestRecord("undated-1", "y.txt", "f00", "2025-03-12"))
    ledger.add_redirect("b", "a")
    assert ledger.text() == before
    ledger.add_paper("c", "2025/04/c.md", [])
    assert ledger.text().startswith(before)
    assert ledger.papers[2].number == 2


def test_one_record_is_one_readable_line() -> None:
    lines = filled().text().splitlines()
    assert lines[1] == (
        '{"paper": 0, "slug": "a", "path": "2025/03/a.md", "keys": ["title:a", "arxiv:2401.00001"]}'
    )
    assert all(json.loads(line) for line in lines)


@pytest.mark.parametrize(
    "line",
    [
        "<<<<<<< HEAD",
        "{}",
        "[]",
        '{"paper": 9, "slug": "../evil", "path": "x.md"}',
        '{"paper": 9, "slug": "c", "path": "../c.md"}',
        '{"paper": 9, "slug": "c", "path": "/c.md"}',
        '{"paper": 9, "slug": "a", "path": "c.md"}',
        '{"paper": 0, "slug": "c", "path": "c.md"}',
        '{"digest": "d", "source": "d", "fingerprint": "", "day": "2025-03-12/../x"}',
        '{"digest": "d", "source": "d", "fingerprint": "", "day": "20250312"}',
        '{"paper": 9, "slug": "c", "path": "2025/03/A.md"}',
        '{"paper": 9, "keys": ["title:x"]}',
        '{"paper": "0", "slug": "c", "path": "c.md"}',
        '{"paper": 999999999, "slug": "c", "path": "c.md", "keys": []}',
        '{"paper": 9, "slug": "c", "path": "2025/01/CON.md", "keys": []}',
        '{"paper": 9, "slug": "c", "path": "2025/01/con.md", "keys": []}',
        '{"paper": 9, "slug": "c", "path": "2025/01/a:b? .md", "keys": []}',
        '{"paper": 9, "slug": "c", "path": "2025 /01/c.md", "keys": []}',
        '{"author": "bo", "slug": "zhang-san"}',
        '{"author": "张三", "slug": "san"}',
        '{"redirect": "a", "to": "a"}',
        '{"digest": "x"}',
    ],
)
def test_damage_is_named_by_line_and_the_rest_is_kept(line: str) -> None:
    text = filled().text() + line + "\n"
    with pytest.raises(LedgerError) as caught:
        read_ledger(text)
    assert caught.value.refusal.line == len(text.splitlines())
    salvaged, damage = salvage_ledger(text)
    assert salvaged == filled()
    assert len(damage) == 1


def test_a_cut_ledger_keeps_its_whole_lines() -> None:
    text = filled().text()
    for end in range(len(text)):
        salvaged, damage = salvage_ledger(text[:end])
        assert bool(damage) == (not end or text[end - 1] != "\n")
        whole = text[: text[:end].rfind("\n") + 1]
        assert salvaged.text().startswith(whole)


def test_a_first_line_without_its_version_is_damage_and_the_rest_is_salvaged() -> None:
    damaged = filled().text().replace('"version"', '"v0001on"', 1)
    salvaged, damage = salvage_ledger(damaged)
    assert {line for line, _ in damage} == {1}
    assert salvaged == filled()


def test_a_later_version_is_refused_and_not_salvaged() -> None:
    with pytest.raises(LedgerError):
        salvage_ledger('{"daybook": "ledger", "version": 2}\n')


@given(st.text())
def test_no_text_makes_salvaging_fail(text: str) -> None:
    salvage_ledger(text)


def test_of_two_redirects_that_lead_to_each_other_the_later_one_holds() -> None:
    ledger = Ledger()
    ledger.add_redirect("a", "b", by_hand=True)
    ledger.add_redirect("b", "c")
    ledger.add_redirect("c", "a")
    assert ledger.redirects == {"b": "c", "c": "a"}
    assert read_ledger(ledger.text()) == ledger
