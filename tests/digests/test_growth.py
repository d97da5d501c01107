"""No reader takes time with the square of its file; ``make soak PARTS=growth`` tries all."""

from __future__ import annotations

import gzip
import random

import pytest

from .growth import ALONE, Case, cases, guilty
from .shapes import SHAPES

TRIED = 8
"""Cases of each format."""


@pytest.mark.parametrize("shape", [ALONE, *SHAPES])
def test_time_grows_no_faster_than_the_file(shape: str) -> None:
    known = cases(shape)
    tried = random.Random(shape).sample(known, min(TRIED, len(known)))
    assert guilty(tried) == []


def test_what_once_took_the_square_is_looked_at_once() -> None:
    entries = [case for case in (*cases(ALONE), *cases("bibtex")) if case.token.startswith("@")]
    others = [Case(ALONE, "<!DOCTYPE"), Case("bibtex", " ", True, "\\href{")]
    others.append(Case("markdown-doi", "arXiv:2501.00001| "))
    others.append(Case(ALONE, '\\"', lead='[{"title":"A"},, '))
    assert guilty([*entries, *others]) == []


class OfRecords(Case):
    """A list in JSON of as many records as fit, the same number of other items behind them."""

    def file(self, length: int) -> bytes:
        record = '{"title": "Title Number %d", "authors": ["Ada Lovelace"]%s}'
        inside, behind = self.lead, self.token
        size = len(record) + len(inside) + len(behind)
        many = range(1, length * 5 // size)
        items = [record % (n, inside.replace("%d", str(n))) for n in many]
        items += [behind] * (len(many) - 1) if behind else []
        return f"[{','.join(items)}]".encode()


def test_what_is_odd_in_each_record_of_a_long_list_is_told_in_time() -> None:
    odd = ("9%d" + "9" * 500, "1e9%d", '1,"x":"%d","x":2')
    several = [OfRecords(ALONE, "", lead=f',"x":{value}') for value in odd]
    assert guilty([*several, OfRecords(ALONE, '"a"')]) == []


class OfMembers(Case):
    """A gzip file of as many members as fit."""

    def file(self, length: int) -> bytes:
        member = gzip.compress(self.token.encode())
        return member * (length * 50 // len(member))


def test_a_gzip_file_of_many_members_takes_no_square_either() -> None:
    assert guilty([OfMembers(ALONE, "a")]) == []


class OfParameters(Case):
    """A mail whose text is said to have as many parameters as fit."""

    def file(self, length: int) -> bytes:
        names = "".join(f"; a{n}=b" for n in range(length))
        head = f"From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/plain{names}\n\n"
        return f"{head}- [On Looms](https://arxiv.org/abs/2501.00001)\n".encode()


def test_a_mail_of_many_parameters_takes_no_square_either() -> None:
    assert guilty([OfParameters(ALONE, "")]) == []


class OfLines(Case):
    """A record of which one field goes on below, over as many lines as fit."""

    def file(self, length: int) -> bytes:
        before, _, behind = self.lead.partition("@@")
        return f"{before}{self.token * (length * 40 // len(self.token))}{behind}".encode()


MAIL = "From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/plain; format=flowed\n\n"
MAILING = "\\\\\narXiv:2501.00001\nTitle: On Looms\n"
GOING_ON = {
    "ris": ("TY  - JOUR\nTI  - On Looms\n", "  more\n"),
    "pubmed": ("PMID- 10000001\nTI  - On Looms\n", "      more\n"),
    "endnote": ("%0 Journal Article\n%T On Looms\n", "more\n"),
    "arxiv-mail": (f"{MAILING}@@Authors: Ada\n\\\\\n  Told.\n\\\\\n", " more\n"),
    "flowed": (f"{MAIL}- [On Looms](https://arxiv.org/abs/2501.00001) ", "more \n"),
}


@pytest.mark.parametrize("name", GOING_ON)
def test_a_field_of_many_lines_takes_no_square_either(name: str) -> None:
    lead, line = GOING_ON[name]
    assert guilty([OfLines(ALONE, line, lead=lead)]) == []
