"""Files made to hurt a reader: each is read or refused, in bounded time and memory, by name."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from daybook.digests import read_digest
from daybook.errors import DigestError
from daybook.records import Digest
from hypothesis import given
from hypothesis import strategies as st

from .corpus import DATA

PAPER = '{"id": "2503.00001", "title": "One", "summary": "Words.", "authors": [{"name": "Ada"}]}'


def read_or_refuse(data: str | bytes) -> tuple[Digest, ...]:
    try:
        return read_digest(
            "x", data if isinstance(data, bytes) else data.encode("utf-8", "replace")
        )
    except DigestError:
        return ()


def titles(data: str | bytes) -> list[str]:
    return [entry.title for digest in read_or_refuse(data) for entry in digest.entries]


@pytest.mark.parametrize("opening", ["[", '{"data":', '[{"paper":', '{"message":{"items":['])
def test_json_nested_100_000_deep_is_refused(opening: str) -> None:
    assert titles(opening * 100_000) == []
    assert titles(f'[{{"paper": {PAPER}}}, ' + opening * 100_000) in ([], ["One"])


def test_a_list_at_whose_end_what_was_passed_over_is_looked_at_again_is_read_or_refused() -> None:
    broken = '{":":[{"":"","":"","authors":[{"":{"":""}},{"":'
    paper = '{"":"","title":"","authors":[{"":""}],"":7,"":{"":""}}'
    assert titles(f'{broken}{paper}}},{{"":[]}}]}}') == []


def test_json_nested_in_a_field_is_passed_over() -> None:
    deep: object = 1
    for _ in range(400):
        deep = {"paper": [deep]}
    paper = {"title": "Title", "authors": ["Ada"], "doi": "10.1000/1", "metadata": deep}
    assert titles(json.dumps([paper])) == ["Title"]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e400", "9" * 5000, "-0"])
def test_numbers_that_are_none_are_unknown_or_refused(value: str) -> None:
    record = PAPER.replace('"One"', f'"One", "upvotes": {value}, "year": {value}')
    for text in (f'[{{"paper": {record}}}]', f"[{record}]", f"{record}\n{record}", record):
        for digest in read_or_refuse(text):
            assert all(entry.upvotes in (None, 0) for entry in digest.entries)


def test_of_duplicate_keys_the_last_counts_and_nothing_breaks() -> None:
    record = '{"title": "First", "title": "Last", "authors": ["Ada"], "doi": "10.1000/1"}'
    assert titles(f"[{record}]") == ["Last"]


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE feed [<!ENTITY a "lol">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 10))
        + "]>",
        '<!DOCTYPE feed [<!ENTITY a9 SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE feed [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]>',
        '<!DOCTYPE feed SYSTEM "http://127.0.0.1:9/feed.dtd">',
    ],
    ids=["laughs", "file", "parameter", "network"],
)
def test_entities_of_a_feed_s_own_are_never_expanded(doctype: str) -> None:
    feed = (
        f'<?xml version="1.0"?>{doctype}<feed xmlns="http://www.w3.org/2005/Atom"><entry>'
        "<id>http://arxiv.org/abs/2503.00001v1</id><title>Title &a9;</title></entry></feed>"
    )
    assert set(titles(feed)) <= {"Title", "Title &a9;"}


@pytest.mark.parametrize("where", ["title", "attribute", "root"])
def test_entities_declared_far_down_are_refused_too(where: str) -> None:
    """Further down than is looked for the root; the comment makes it a feed all the same."""
    pad = f'<!-- <feed xmlns="http://www.w3.org/2005/Atom"> {"x" * 70_000}-->'
    declared = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    says = {where: "&a9;"}
    feed = (
        f'<?xml version="1.0"?>{pad}<!DOCTYPE feed [<!-- ]> --><!ENTITY a0 "lol">{declared}]>'
        f'<feed lang="{says.get("root", "")}" xmlns="http://www.w3.org/2005/Atom"><entry>'
        f'<id>http://arxiv.org/abs/2503.00001v1</id><link href="{says.get("attribute", "")}"/>'
        f"<title>Title {says.get('title', '')}</title></entry></feed>"
    )
    with pytest.raises(DigestError, match="entities of its own"):
        read_digest("x", feed.encode())


LARGE = {
    "deep": ("<b>" * 5000 + "Told." + "</b>" * 5000, "within each other"),
    "deep and open": ("<b>" * 5000 + "Told.", "within each other"),
    "deep, but not too deep": ("<b>" * 500 + "Told." + "</b>" * 500, None),
    "long text": ("word " * 2_200_000, "more than a paper has"),
    "long data": (f"<![CDATA[{'word ' * 2_200_000}]]>", "more than a paper has"),
    "long attribute": (f'<b class="{"x" * 11_000_000}">Told.</b>', None),
}


@pytest.mark.parametrize("name", LARGE)
def test_an_element_that_parsers_stop_at_costs_nothing_behind_it(name: str) -> None:
    summary, said = LARGE[name]
    entries = [
        f"<entry><id>http://arxiv.org/abs/2503.0000{n}v1</id><title>Title {n}</title>"
        f"<summary>{text}</summary><author><name>Ada Lovelace</name></author></entry>"
        for n, text in enumerate(("Told.", summary, "Told."), 1)
    ]
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom">{"".join(entries)}</feed>'
    (digest,) = read_digest("x", feed.encode())
    assert [entry.title for entry in digest.entries] == ["Title 1", "Title 2", "Title 3"]
    assert {entry.authors for entry in digest.entries} == {("Ada Lovelace",)}
    assert (digest.entries[1].abstract or "")[:4].lower() in ("told", "word")
    assert [said in refusal.message for refusal in digest.refusals if said] == [True] * bool(said)


def test_numbers_of_halves_of_characters_are_read_as_the_characters() -> None:
    halves = "&#xD83D;&#xde00; &#55357;&#56832; &#xD83D; &#xDE00; &#x1F600;"
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry>'
        f"<id>http://arxiv.org/abs/2503.00001v1</id><title>On {halves}</title></entry></feed>"
    )
    assert titles(feed) == ["On \U0001f600 \U0001f600 \ufffd \ufffd \U0001f600"]


@pytest.mark.parametrize("beside", ["<!-- no word -->", "<?no word?>", "&word;"])
@pytest.mark.parametrize("summary", ["", "<summary>Told.</summary>"])
def test_what_is_no_element_of_a_feed_says_nothing(beside: str, summary: str) -> None:
    feed = (
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry>{beside}{summary}'
        f"<id>http://arxiv.org/abs/2503.00001v1</id><title>On {beside}Looms</title></entry></feed>"
    )
    assert [" ".join(title.split()) for title in titles(feed)] == [
        "On &word;Looms" if beside[0] == "&" else "On Looms"
    ]


@pytest.mark.parametrize("tag", ["rdf:--", "r:", "rdf:²", "rdf:1", ":", "a:b:c", "{a}b:c"])
def test_a_broken_name_behind_a_prefix_that_nothing_declares_breaks_nothing(tag: str) -> None:
    feed = (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry>'
        "<id>http://arxiv.org/abs/2503.00001v1</id><title>On Looms</title></entry>"
        f"<{tag}>Words</{tag}><x:entry><id>http://arxiv.org/abs/2503.00002v1</id></x:entry></feed>"
    )
    assert titles(feed) == ["On Looms"]
    assert len(titles(f"<{tag}>" + feed[21:])) <= 1


def test_a_paper_that_is_refused_and_named_once_more_breaks_nothing() -> None:
    """The one line that names a paper is an address under a title's label, and none is read."""
    text = "Title: - https://arxiv.org/abs/2501.00001\n\nand https://arxiv.org/abs/2501.00002\n"
    assert titles(text) == []


def nested_mail(depth: int, kind: str) -> str:
    head = "From: a@b.example\nDate: Tue, 11 Mar 2025 09:00:00 +0000\nMIME-Version: 1.0\n"
    opened, closed = [], []
    for level in range(depth):
        if kind == "message":
            opened.append("Content-Type: message/rfc822\n\nFrom: a@b.example\nMIME-Version: 1.0\n")
        else:
            opened.append(f'Content-Type: multipart/{kind}; boundary="b{level}"\n\n--b{level}\n')
            closed.append(f"\n--b{level}--\n")
    body = "Content-Type: text/plain\n\n- [A Title in Here](https://arxiv.org/abs/2503.00001)\n"
    body += "- [A Second Title](https://arxiv.org/abs/2503.00002)\n"
    return head + "".join(opened) + body + "".join(reversed(closed))


def test_what_follows_a_fold_without_end_is_still_read() -> None:
    case = DATA / "arxiv-html" / "search.html"
    text = case.read_text("utf-8").replace(" Less</a></span></p>", " Less<h2>More</h2>")
    result = text[text.index("<li ") : text.index("</ol>")]
    (digest,) = read_digest(case.name, text.replace("</ol>", f"{result}</ol>").encode())
    assert [entry.title for entry in digest.entries] == ["A Found Paper"] * 2


@pytest.mark.parametrize("kind", ["mixed", "alternative", "message"])
def test_a_mail_nested_1000_deep_is_read_or_refused(kind: str) -> None:
    assert titles(nested_mail(10, kind)) == ["A Title in Here", "A Second Title"]
    assert titles(nested_mail(1000, kind)) in ([], ["A Title in Here", "A Second Title"])


def test_of_a_mail_of_very_many_parts_the_first_are_read_and_the_rest_told() -> None:
    head = nested_mail(1, "mixed")
    part = "--b0\nContent-Type: text/plain\n\nWords\n"
    (digest,) = read_digest("x", head.replace("\n--b0--\n", f"\n{part * 1_000}--b0--\n").encode())
    assert [entry.title for entry in digest.entries] == ["A Title in Here", "A Second Title"]
    (told,) = digest.refusals
    assert "has 1,001 parts; only the first 1,000 were read" in told.message
    late = head.replace("--b0\n", part * 1_000 + "--b0\n", 1)
    with pytest.raises(DigestError, match="only the first 1,000 were read"):
        read_digest("x", late.encode())


@pytest.mark.parametrize("data", [b"[]", b"{}", b" [ ]\n"])
def test_a_day_without_papers_is_called_so(data: bytes) -> None:
    with pytest.raises(DigestError, match="found an empty list, as of a day without papers"):
        read_digest("2025-03-12.json", data)


MAILS = {
    "no boundary": "Content-Type: multipart/mixed\n\n--b\nContent-Type: text/plain\n\nWords\n",
    "wrong boundary": 'Content-Type: multipart/mixed; boundary="b"\n\n--c\nWords\n',
    "base64 junk": "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n@@@@\n",
    "unknown charset": 'Content-Type: text/plain; charset="x-none"\n\nWords\n',
    "hostile charset": "Content-Type: text/plain; charset*=utf-8''%00%FF\n\nWords\n",
    "10,000 headers": "X-A: 1\n" * 10_000 + "\nWords\n",
    "a long header": "X-A: " + "a" * 1_000_000 + "\n\nWords\n",
}


def test_a_mail_that_names_an_impossible_charset_is_read_all_the_same() -> None:
    mail = (
        'From: a@example.org\nMIME-Version: 1.0\nContent-Type: text/plain; charset="a\0b"\n\n'
        "@misc{k,\n  title = {A title of its own},\n  author = {Ada}\n}\n"
    )
    assert titles(mail) == ["A title of its own"]


@pytest.mark.parametrize("body", MAILS.values(), ids=MAILS)
def test_a_broken_mail_is_refused(body: str) -> None:
    assert titles("From: a@b.example\nMIME-Version: 1.0\n" + body) == []


def wide(count: int) -> dict[str, str]:
    """Give one file of many repetitions for every format that is not read line by line."""
    return {
        "bibtex braces": "@article{a, title = {" + "{" * count,
        "bibtex entries": "@article{a,\n title = {{{\n" * (count // 20),
        "bibtex joins": '@string{a = "x"}\n@article{b, title = ' + "a # " * count + '"x"}',
        "bibtex values": '@misc{a,title="' * (count // 10),
        "bibtex in bibtex": "@misc{a,x={" * (count // 10) + "}!" * (count // 10),
        "bibtex by lines": "@misc{a,x={" * (count // 10) + "},\n y={" * (count // 10),
        "bibtex beginnings": "@misc{a,x=y}\n" + "@a(\n" * count,
        "bibtex comments": "@misc{a,x=y}\n" + "@comment{\n" * count,
        "bibtex wrapped": "@misc{a,title={" + "{" * count + "}" * count + "}}",
        "document types": "<!DOCTYPE" * count,
        "ris tags": "TY  - JOUR\nAU  - A\n" * (count // 10),
        "nbib tags": "PMID- 1\nTI  - T\n" * (count // 10),
        "wos": "PT J\nAU A, B\nTI T\n" * (count // 10),
        "csv quotes": 'title,authors\n"' + 'a""' * count,
        "csv columns": "title,authors" + ",x" * count + "\nT,A",
        "csv authors": "title,authors\nT," + '"' + "A. B., " * count + '"',
        "quotes of tex": "\\\\\narXiv:2503.00001\n\nTitle: T\n\\\\\n" + "``a " * count + "\\\\\n",
        "alert": "<html>" + '<a class="gse_alrt_title">' * (count // 10),
        "feed": '<feed xmlns="http://www.w3.org/2005/Atom">' + "<entry><title>" * (count // 50),
        "inverted": json.dumps(
            [{"title": "T", "doi": "10.1000/1", "abstract_inverted_index": {"w": [10**9] * count}}]
        ),
    }


@pytest.mark.parametrize("name", wide(0))
def test_work_grows_no_faster_than_the_file(name: str) -> None:
    """A hundred thousand repetitions are read at all: what is quadratic would take an hour."""
    read_or_refuse(wide(100_000)[name])


RECORDS: dict[str, tuple[str, Callable[[int], str]]] = {
    "bibtex": ("", lambda n: f"@misc{{k{n},\n  title = {{Title Number {n}}},\n  year = 2020\n}}\n"),
    "ris": ("", lambda n: f"TY  - JOUR\nTI  - Title Number {n}\nAU  - Lovelace, Ada\nER  - \n"),
    "wos": ("FN X\nVR 1.0\n", lambda n: f"PT J\nAU A\nTI Title Number {n}\nPY 2020\nER\n\n"),
    "csv": ("title,authors\n", lambda n: f"Title Number {n},Ada Lovelace\n"),
    "jsonl": ("", lambda n: f'{{"title": "Title Number {n}", "authors": ["Ada"]}}\n'),
    "json": (
        "[",
        lambda n: f'{{"title": "Title Number {n}", "authors": ["A"], "doi": "10.1000/{n}"}},',
    ),
    "mailing": (
        "",
        lambda n: (
            f"\\\\\narXiv:2503.{n:05d}\n\nTitle: Title Number {n}\n\\\\\n  A.\n\\\\\n{'-' * 40}\n"
        ),
    ),
    "feed": (
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        lambda n: (
            f"<entry><id>http://arxiv.org/abs/2503.{n:05d}v1</id>"
            f"<title>Title Number {n}</title></entry>\n"
        ),
    ),
    "alert": (
        "<html><body>",
        lambda n: (
            f'<h3><a class="gse_alrt_title" href="https://arxiv.org/abs/2503.{n:05d}">'
            f"Title Number {n}</a></h3><div>A Lovelace - 2020</div>\n"
        ),
    ),
}


@pytest.mark.parametrize("name", RECORDS)
@given(st.data())
def test_of_a_cut_file_every_whole_record_is_read(name: str, data: st.DataObject) -> None:
    head, record = RECORDS[name]
    parts = [record(n) for n in range(1, 7)]
    whole = head + "".join(parts)
    cut = data.draw(st.integers(0, len(whole)))
    complete = sum(len(head) + len("".join(parts[:n])) <= cut for n in range(1, 7))
    found = titles(whole[:cut])
    assert found[:complete] == [f"Title Number {n}" for n in range(1, complete + 1)]
    assert len(found) <= complete + 1


def test_a_ris_record_that_lost_its_first_line_is_still_read() -> None:
    records = ("TY  - JOUR\nTI  - One", "TI  - Two\nAU  - Lovelace, Ada", "TY  - JOUR\nTI  - Three")
    (digest,) = read_digest("x.ris", "".join(f"{one}\nER  - \n\n" for one in records).encode())
    assert [entry.title for entry in digest.entries] == ["One", "Two", "Three"]
    assert digest.entries[1].authors == ("Ada Lovelace",)


def test_names_of_bibtex_that_double_are_refused_by_their_lines_and_the_rest_is_read() -> None:
    doubled = "".join(f"@string{{s{n} = s{n - 1} # s{n - 1}}}\n" for n in range(1, 60))
    bomb = "@article{b, title = s59, author = {Ada One}}\n@article{c, title = {Whole}}"
    (digest,) = read_or_refuse(f'@string{{s0 = "abc" # "abc"}}\n{doubled}{bomb}')
    assert [entry.title for entry in digest.entries] == ["Whole"]
    assert [refusal.line for refusal in digest.refusals] == [*range(12, 61), 61, 61]
    uses = "".join(f"@article{{k{n}, title = {{T{n}}}, note = s10}}\n" for n in range(900))
    (digest,) = read_or_refuse(f'@string{{s0 = "abc" # "abc"}}\n{doubled[:400]}{uses}')
    assert len(digest.entries) == 900
    assert len(digest.refusals) > 500  # All names together are bounded, too.
