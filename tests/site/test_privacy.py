"""Nothing of a saved mail but its papers reaches the pages or the site.

Every header, address, tracking parameter and way to unsubscribe below carries a word that occurs
nowhere else; none of these words may be in any file that is built.
"""

from __future__ import annotations

import base64
import quopri
import sys
from pathlib import Path

import pytest

from ..sites import run

HEADERS = """\
Return-Path: <bounce+secret-bounce=reader=secret-one.example@lists.example>
Received: from secret-relay.example (secret-relay.example [192.0.2.77])
\tby secret-mx.example with ESMTPS id secretqueue99 for <reader@secret-one.example>;
\tTue, 11 Mar 2025 09:01:02 +0000
Delivered-To: reader@secret-one.example
Authentication-Results: secret-mx.example; dkim=pass header.i=@secret-dkim.example
DKIM-Signature: v=1; a=rsa-sha256; d=secret-dkim.example; s=secretselector; b=c2VjcmV0c2lnbmF0dXJl
X-Originating-IP: [192.0.2.78]
X-Campaign: secretcampaignheader
X-Mailer: SecretMailer 7
List-Id: <secret-list.example>
List-Unsubscribe: <mailto:leave-secret-leave@lists.example>, <https://lists.example/u?secretleave=1>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
Feedback-ID: secretfeedback:77
Reply-To: "Secret Owner" <owner@secret-two.example>
Sender: sender@secret-sender.example
From: "Secret Sender Person" <letter@secret-from.example>
To: "Secret Reader Person" <reader@secret-one.example>
Cc: other@secret-cc.example
Bcc: hidden@secret-bcc.example
Subject: Secretsubject for reader@secret-one.example
Date: {date}
Message-ID: <secretmessage@secret-id.example>
In-Reply-To: <secretparent@secret-id.example>
References: <secretgrandparent@secret-id.example>
Organization: Secret Organization
MIME-Version: 1.0
"""
LINKS = """\
https://clicks.example/ls/click?upn=secretclick&url=https%3A%2F%2Farxiv.org%2Fabs%2F2503.00001
https://eu.safelinks.protection.outlook.com/?url=https%3A%2F%2Farxiv.org%2Fabs%2F2503.00002&data=05%7Csecretsafelinks%40secret-one.example&reserved=0
https://urldefense.com/v3/__https://arxiv.org/abs/2503.00003__;!!secretdefense!x$
https://www.google.com/url?q=https://arxiv.org/abs/2503.00004&sa=D&ust=secretust&usg=secretusg
https://scholar.google.com/scholar_url?url=https://arxiv.org/abs/2503.00005&hl=en&scisig=secretscisig&hist=secrethist
https://news.us1.list-manage.com/track/click?u=secretu&id=secretid&e=secrete&url=https%3A%2F%2Farxiv.org%2Fabs%2F2503.00006
https://arxiv.org/abs/2503.00007?utm_source=secretutm&utm_medium=email&mc_eid=secreteid&mc_cid=secretcid
https://example.org/paper?id=8&utm_campaign=secretcampaign&fbclid=secretfb&_hsenc=secrethsenc&mkt_tok=secretmkt#part
https://link.mail.example/click/1.2/{encoded}/secretpath
""".format(encoded=base64.urlsafe_b64encode(b"https://arxiv.org/abs/2503.00009").decode())
FOOTER = """\
You are receiving this because reader@secret-one.example subscribed. This email was sent to
reader@secret-one.example. Write to owner@secret-two.example or mailto:owner@secret-two.example.
Unsubscribe: https://lists.example/unsubscribe?secretunsub=1
Manage your preferences: https://lists.example/preferences/secretpreferences
View this email in your browser: https://lists.example/view/secretview
"""


def message(date: str, kind: str, body: str, encoding: str = "8bit") -> str:
    data = body.encode()
    if encoding == "base64":
        body = base64.encodebytes(data).decode()
    elif encoding == "quoted-printable":
        body = quopri.encodestring(data).decode()
    part = f'Content-Type: {kind}; charset="utf-8"\nContent-Transfer-Encoding: {encoding}\n'
    return HEADERS.format(date=date) + part + "\n" + body


def html_letter() -> str:
    items = "".join(
        f'<li><a href="{url.replace("&", "&amp;")}">The Letter\'s Paper Number {number}</a> '
        f"A word about looms.</li>"
        for number, url in enumerate(LINKS.split(), 1)
    )
    footer = FOOTER.replace("\n", "<br>")
    return (
        "<html><head><title>Secretsubject</title></head><body>"
        '<img src="https://lists.example/open.gif?secretpixel=1" width="1">'
        f"<p>Dear Secret Reader Person,</p><ul>{items}</ul><p>{footer}</p>"
        '<a href="mailto:leave-secret-leave@lists.example">unsubscribe</a>'
        '<a href="https://lists.example/u?secretleave=1">Unsubscribe</a></body></html>'
    )


def forwarded() -> str:
    return (
        "Look at this!\n\n---------- Forwarded message ---------\n"
        'From: "Secret Sender Person" <letter@secret-from.example>\n'
        "Date: Tue, Mar 11, 2025 at 9:01 AM\n"
        "Subject: Secretsubject\nTo: <reader@secret-one.example>\n"
        "Cc: other@secret-cc.example\n\n\n"
        "# Papers of the week\n\n"
        "- [A Forwarded Paper on Looms](https://arxiv.org/abs/2503.00021?utm_source=secretutm)\n"
        "- [Another Forwarded Paper](https://arxiv.org/abs/2503.00022), owner@secret-two.example\n"
        "- [Written to by Authors](https://arxiv.org/abs/2503.00023): ask ada@secret-two.example\n"
        "\n" + FOOTER
    )


def mailing() -> str:
    return (
        "Date: Tue, 11 Mar 25 00:30:00 GMT\nTo: reader@secret-one.example\n\n"
        "To unsubscribe, e-mail To: cs@secret-list.example, Subject: cancel\n" + "-" * 78 + "\n"
        "\\\\\narXiv:2503.00031\nDate: Mon, 10 Mar 2025 10:00:00 GMT   (27kb)\n\n"
        "Title: A Mailed Paper\nAuthors: Ada Lovelace (ada@secret-two.example)\n"
        "Categories: cs.AI\nComments: write to ada@secret-two.example\n\\\\\n"
        "  An abstract. Contact: ada@secret-two.example.\n"
        "\\\\ ( https://arxiv.org/abs/2503.00031 ,  27kb)\n" + "-" * 78 + "\n"
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site of such mails, with its pages."""
    folder = tmp_path_factory.mktemp("mails")
    digests, metadata = folder / "digests", folder / "metadata"
    digests.mkdir()
    metadata.mkdir()
    mails = {
        "html.eml": message("Tue, 11 Mar 2025 09:00:00 +0000", "text/html", html_letter()),
        "coded.eml": message(
            "Wed, 12 Mar 2025 09:00:00 +0000", "text/html", html_letter(), "base64"
        ),
        "forwarded.eml": message(
            "Thu, 13 Mar 2025 09:00:00 +0000", "text/plain", forwarded(), "quoted-printable"
        ),
        "mailing.eml": message("Fri, 14 Mar 2025 09:00:00 +0000", "text/plain", mailing()),
    }
    for name, text in mails.items():
        (digests / name).write_text(text, "utf-8")
    box = "".join(f"From letter@secret-from.example Tue Mar 11 2025\n{m}\n" for m in mails.values())
    (digests / "all.mbox").write_text(box, "utf-8")
    places = {name.upper(): str(folder / name) for name in ("digests", "papers", "output")}
    command = (sys.executable, "-m", "pelican", "content", "-s", "pelican.conf.py")
    done = run(*command, environment=places | {"METADATA": str(metadata)})
    assert (folder / "output" / "index.html").is_file(), done.stderr
    return folder


def test_every_paper_of_the_mails_is_there(built: Path) -> None:
    pages = "".join(path.read_text("utf-8") for path in (built / "papers").rglob("*.md"))
    numbers = [*range(1, 8), 9, *range(21, 24), 31]
    assert [n for n in numbers if f"2503.{n:05d}" not in pages] == []
    assert "A word about looms" in pages


def test_nothing_else_of_a_mail_reaches_pages_or_site(built: Path) -> None:
    """No word of a header, an address, a tracking parameter, a footer is in any file."""
    told = []
    for folder in ("papers", "output"):
        for path in sorted((built / folder).rglob("*")):
            if not path.is_file():
                continue
            text = path.read_bytes().lower()
            for word in (b"secret", b"192.0.2.7", b"unsubscribe?", b"mailto:", b"utm_", b"mc_eid"):
                if word in text:
                    place = text.index(word)
                    told.append((path.relative_to(built).as_posix(), text[place - 40 : place + 60]))
    assert told == [], told
