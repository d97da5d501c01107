"""Which day a saved mail's digest has, and what a broken one still gives."""

from __future__ import annotations

import base64
import quopri

import pytest
from daybook.digests import read_digest
from daybook.errors import DigestError

HEAD = b"From: a@example.org\nDate: Wed, 12 Mar 2025 09:00:00 +0000\nSubject: papers\n\n"
LETTER = b"# Papers of 2025-03-10\n\n- [Only One](https://arxiv.org/abs/2503.00001)\n"
ANOTHER = b"\n# Papers of 2025-03-11\n\n- [The Other](https://arxiv.org/abs/2503.00002)\n"
PASSED_ON = b"---------- Forwarded message ---------\nFrom: b@example.org\nSubject: papers\n\n"


@pytest.mark.parametrize(
    ("body", "dates"),
    [
        pytest.param(LETTER, ["2025-03-12"], id="the header's, whatever its text says"),
        pytest.param(PASSED_ON + LETTER, ["2025-03-10"], id="forwarded: its own, which it says"),
        pytest.param(LETTER + ANOTHER, ["2025-03-10", "2025-03-11"], id="each of several days"),
    ],
)
def test_a_mail_is_dated_by_its_header_unless_its_text_knows_better(
    body: bytes, dates: list[str]
) -> None:
    assert [str(digest.date) for digest in read_digest("saved.eml", HEAD + body)] == dates


def test_a_charset_with_a_null_in_its_name_is_passed_over() -> None:
    kind = b'Content-Type: text/plain; charset="utf-8\0"\n'
    said = LETTER.replace(b"Only", b"\xffOnly")
    (digest,) = read_digest("saved.eml", HEAD.rstrip(b"\n") + b"\n" + kind + b"\n" + said)
    assert digest.entries[0].arxiv == "2503.00001"


IN_PARTS = HEAD.rstrip(b"\n") + b"\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary"


@pytest.mark.parametrize("charset", ["undefined", "utf-8%00", "\0", ""])
def test_a_boundary_in_a_charset_that_breaks_programs_is_read(charset: str) -> None:
    mail = IN_PARTS + f"*={charset}'x'b\n\n--b\n\n".encode() + LETTER + b"\n--b--\n"
    (digest,) = read_digest("saved.eml", mail)
    assert digest.entries[0].arxiv == "2503.00001"


def test_a_file_that_came_with_a_mail_is_told_unless_it_can_be_no_list() -> None:
    files = [
        b'application/x-bibtex; name="refs.bib"',
        b"application/pdf; name=paper.pdf",
        b"application/pgp-signature",
        b"image/png; name=logo.png",
        b"application/x; name*=undefined'x'a%FFb",
    ]
    parts = b"".join(b"\n--b\nContent-Type: " + file + b"\n\nWords.\n" for file in files)
    (digest,) = read_digest("saved.eml", IN_PARTS + b"=b\n\n--b\n\n" + LETTER + parts + b"--b--\n")
    told = [refusal.message.partition("was not read: ")[2] for refusal in digest.refusals]
    assert [*filter(None, told)] == [
        "'refs.bib'.",
        "'a\ufffdb'.",
    ]


PAPER = """\
{rule}
\\\\
arXiv:2501.00001
Date: Tue, 7 Jan 2025 18:59:58 GMT   (1kb)

Title: Email: foo@bar.example as a Token
Authors: Ada One (ada@bar.example), Bo Two
Comments: 9 pages. Corresponding author: foo@bar.example.
\\\\
  Mail to ada@bar.example leaks; we mask bob@bar.example{own}.
\\\\ ( https://arxiv.org/abs/2501.00001 ,  1kb)
{rule}
"""


def test_a_mailing_gives_the_same_paper_as_text_and_as_mail_but_for_the_mails_addresses() -> None:
    plain = PAPER.format(rule="-" * 78, own="").encode()
    mailed = PAPER.format(rule="-" * 78, own=" a@example.org c@gone.example").encode()
    farewell = b"\nThis email was sent to\nc@gone.example\n"
    entries = [
        read_digest("x", text)[0].entries[0]
        for text in (plain, HEAD + plain, HEAD + mailed + farewell)
    ]
    said = [(entry.title, entry.abstract, entry.remark) for entry in entries]
    assert said[0][0] == "Email: foo@bar.example as a Token"
    assert "Corresponding author: foo@bar.example." in str(said[0][2])
    assert said[1] == said[0]
    assert "example.org" not in str(said[2][1])
    assert "gone" not in str(said[2][1])
    assert "bob@bar.example" in str(said[2][1])


def test_a_blurb_of_a_mail_keeps_no_address() -> None:
    letter = LETTER.rstrip() + b": ask ada@bar.example or see us\n"
    (digest,) = read_digest("x", HEAD + letter)
    assert "ada" not in str(digest.entries[0])


def test_a_mail_that_ends_before_its_parts_do_says_so() -> None:
    kind = b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'
    part = b"--b\nContent-Type: text/plain\n\n" + LETTER.replace(b"03-10", b"03-12")
    whole = HEAD.rstrip(b"\n") + b"\n" + kind + part + b"\n--b--\n"
    assert not read_digest("saved.eml", whole)[0].refusals
    for cut in (whole[:-4], whole[:-7]):
        (digest,) = read_digest("saved.eml", cut)
        (told,) = digest.refusals
        assert (told.line, told.fatal) == (cut.count(b"\n") + 1, False)
        assert "ends before its parts do" in told.message


FROM = b"From a@example.org Wed Mar 12 09:00:00 2025\n"
DATED = LETTER.replace(b"03-10", b"03-12")
LUNCH = FROM + HEAD + b"Shall we have lunch?\n\n"


def test_messages_without_papers_are_told_at_once_and_cost_nothing() -> None:
    attached = IN_PARTS + b"=b\n\n--b\n\nHere it is.\n\n--b\nContent-Type: application/x-bibtex"
    attached += b'; name="refs.bib"\n\nWords.\n--b--\n\n'
    mailbox = LUNCH * 300 + FROM + attached + FROM + HEAD + DATED + LUNCH
    (digest,) = read_digest("saved.mbox", mailbox)
    assert [entry.title for entry in digest.entries] == ["Only One"]
    named, silent = digest.refusals
    assert "'refs.bib'" in named.message
    assert silent.message.startswith("302 mails without papers in them were passed over")
    assert (silent.line, silent.fatal, named.fatal) == (2, False, False)
    with pytest.raises(DigestError, match="expected a mail with papers in it, found none"):
        read_digest("saved.mbox", LUNCH * 2)


def test_of_a_mailbox_of_very_many_messages_the_first_are_read_and_the_rest_told() -> None:
    mailbox = FROM + HEAD + DATED + LUNCH * 10_000
    digest = read_digest("saved.mbox", mailbox)[0]
    silent, rest = digest.refusals
    assert silent.message.startswith("9,999 mails")
    assert rest.message.startswith("the mailbox holds 10,001 messages; only the first 10,000 were")
    assert (rest.fatal, rest.line) == (True, mailbox.count(b"\n") - 5)


PAGE = (
    '<html><body><h2><a href="https://arxiv.org/abs/2503.00001">Where storks rest in Z\u00fcrich,'
    " and on the roofs of every other town</a></h2><p>Ada One</p><p>They rest = they sleep.</p>"
    "</body></html>\n"
).encode()
TITLE = "Where storks rest in Z\u00fcrich, and on the roofs of every other town"


def packed(encoding: str, body: bytes) -> bytes:
    kind = f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n"
    return HEAD.rstrip(b"\n") + b"\nMIME-Version: 1.0\n" + kind.encode() + body


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b" \t \n"])
def test_white_space_that_hosts_add_to_quoted_lines_is_none_of_the_text(end: bytes) -> None:
    body = quopri.encodestring(PAGE).replace(b"\n", end)
    (digest,) = read_digest("saved.eml", packed("quoted-printable", body))
    assert [entry.title for entry in digest.entries] == [TITLE]
    assert str(digest.entries[0].blurb).endswith("They rest = they sleep.")
    assert digest.refusals == ()


@pytest.mark.parametrize("cut", range(1, 9))
def test_a_packed_mail_that_is_cut_anywhere_is_read_as_far_as_it_goes_and_told(cut: int) -> None:
    whole = base64.encodebytes(PAGE).rstrip(b"=\n")
    (digest,) = read_digest("saved.eml", packed("base64", base64.encodebytes(PAGE)))
    assert ([entry.title for entry in digest.entries], digest.refusals) == ([TITLE], ())
    (digest,) = read_digest("saved.eml", packed("base64", whole[:-cut]))
    assert [entry.title for entry in digest.entries] == [TITLE]
    if len(whole[:-cut].replace(b"\n", b"")) % 4:
        what = "a text of the mail that begins here was packed as base64 and is cut off or damaged."
        assert [told.line for told in digest.refusals if told.message == what] == [1]


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("base64", b"!" + base64.encodebytes(PAGE)),
        ("quoted-printable", quopri.encodestring(PAGE).replace(b"=C3=BC", b"=C3=ZZ")),
    ],
)
def test_a_mail_packed_with_signs_that_cannot_be_there_is_told(encoding: str, body: bytes) -> None:
    (digest,) = read_digest("saved.eml", packed(encoding, body))
    assert len(digest.entries) == 1
    assert any(f"packed as {encoding} and is cut" in told.message for told in digest.refusals)


@pytest.mark.parametrize("date", ["Mon, 31 Feb 2025 09:00:00 +0000", "Wed, 12 Mar 2025 25:61"])
def test_a_mails_date_that_no_calendar_has_is_told(date: str) -> None:
    mail = HEAD.replace(b"Wed, 12 Mar 2025 09:00:00 +0000", date.encode()) + LETTER
    (digest,) = read_digest("saved.eml", mail)
    told = [refusal for refusal in digest.refusals if "the date of the mail" in refusal.message]
    assert [(refusal.line, refusal.fatal) for refusal in told] == [(1, False)]
    assert repr(date) in told[0].message


def test_a_file_of_apple_mails_is_a_mail() -> None:
    mail = (
        "From: a@private.example\nSubject: Papers\nDate: Fri, 20 Nov 2026 08:00:00 +0000\n\n"
        "A Nest of Storks\nhttps://arxiv.org/abs/2501.00001\n"
    )
    end = '<?xml version="1.0"?>\n<plist version="1.0"><dict><key>flags</key></dict></plist>\n'
    (digest,) = read_digest("1.emlx", f"{len(mail)}      \n{mail}{end}".encode())
    (entry,) = digest.entries
    assert (digest.format, digest.refusals) == ("mail", ())
    assert (entry.title, entry.line, entry.blurb) == ("A Nest of Storks", 6, None)
    assert str(digest.date) == "2026-11-20"
