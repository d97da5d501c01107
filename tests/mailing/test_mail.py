"""``make mail`` against a real server: everybody once, nobody twice, nobody named to another."""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import sys
import threading
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from daybook.mail_addresses import mailbox
from daybook.mailing import server
from daybook.mailing.sent_log import SentLog

from ..sites import PROJECT
from .conftest import DIGEST, Mail
from .servers import Office, serving_mail, talking

THREE = ("ada@papers.example", "bo@papers.example", "cy@papers.example")


def subscribe(archive: Path, *lines: str) -> None:
    (archive / "subscribers.txt").write_text("".join(f"{line}\n" for line in lines or THREE))


def log_of(archive: Path) -> list[str]:
    return (archive / "subscribers.txt.sent").read_text().splitlines()


def test_everybody_gets_it_alone_and_a_second_run_sends_nothing(archive: Path, mail: Mail) -> None:
    subscribe(archive)
    with serving_mail(Office()) as office:
        assert mail(office) == (0, "3 sent, 0 had it before, 0 did not get it.\n")
        assert mail(office) == (0, "0 sent, 3 had it before, 0 did not get it.\n")
    assert [address for address, _ in office.taken] == list(THREE)
    published = (archive / "output" / "digests" / f"{DIGEST}.eml").read_bytes()
    for address, message in office.taken:
        assert message["To"] == address
        assert not [other for other in THREE[1:] if other != address and other in str(message)]
        assert message["From"].addresses[0].addr_spec == "ada@papers.example"
        assert message["Date"] == "Wed, 12 Mar 2025 07:30:00 +0000"
        assert message["List-Unsubscribe"] == "<mailto:off@papers.example>"
        body = published.partition(b"\r\n\r\n")[2]
        assert body.replace(b"\r\n", b"\n") in message.as_bytes().replace(b"\r\n", b"\n")
        assert not [name for name in ("Cc", "Bcc") if message[name]]
    assert office.greeted == {"papers.example"}, "this machine's name is nobody's business"


def test_another_digest_goes_to_the_same_people(archive: Path, mail: Mail) -> None:
    subscribe(archive)
    with serving_mail(Office()) as office:
        mail(office)
        code, _ = mail(office, DIGEST="2025-03-14")
    assert code == 0
    assert set(office.counts.values()) == {2}


def test_one_address_however_spelled_is_sent_to_once(archive: Path, mail: Mail) -> None:
    subscribe(archive, "# friends", "", "Ada@Papers.example  # me", "ada@papers.example", THREE[1])
    with serving_mail(Office()) as office:
        assert mail(office)[0] == 0
        subscribe(archive, "ADA@PAPERS.EXAMPLE", "ada@papers.EXAMPLE")
        assert "0 sent, 1 had it" in mail(office)[1]
    assert len(office.taken) == 2


def test_lines_that_are_no_address_are_named_and_the_rest_is_sent(
    archive: Path, mail: Mail
) -> None:
    subscribe(archive, THREE[0], "Bo <bo@papers.example>", "cy@papers.example, eve@evil.example")
    with serving_mail(Office()) as office:
        code, said = mail(office)
    assert code == 1
    assert [address for address, _ in office.taken] == [THREE[0]]
    assert "subscribers.txt:2: 'Bo <bo@papers.example>' is not a mail address" in said
    assert "subscribers.txt:3:" in said
    assert "1 sent, 0 had it before, 2 did not get it." in said


@pytest.mark.parametrize("reply", ["550 no such user", "450 mailbox busy"])
def test_one_that_the_server_refuses_is_named_and_tried_again_next_time(
    archive: Path, mail: Mail, reply: str
) -> None:
    subscribe(archive)
    with serving_mail(Office(at_recipient={THREE[1]: [reply, "250 OK"]})) as office:
        code, said = mail(office)
        assert code == 1
        assert f"{THREE[1]}: refused for {'good' if reply[0] == '5' else 'now'}: {reply}" in said
        assert [address for address, _ in office.taken] == [THREE[0], THREE[2]]
        assert mail(office) == (0, "1 sent, 2 had it before, 0 did not get it.\n")
    assert office.counts == dict.fromkeys(THREE, 1)


@pytest.mark.parametrize("reply", ["554 spam", "451 try later"])
def test_a_no_after_the_message_is_a_no(archive: Path, mail: Mail, reply: str) -> None:
    subscribe(archive)
    with serving_mail(Office(at_data={THREE[0]: [reply, "250 OK"]})) as office:
        code, said = mail(office)
        assert (code, f"{THREE[0]}: refused" in said) == (1, True)
        assert mail(office)[0] == 0
    assert office.counts == dict.fromkeys(THREE, 1)
    assert log_of(archive)[:2] == [f"{DIGEST} trying {THREE[0]}", f"{DIGEST} refused {THREE[0]}"]


@pytest.mark.parametrize("how", ["drop", "421 closing"])
def test_a_connection_that_breaks_before_the_message_is_made_again(
    archive: Path, mail: Mail, how: str
) -> None:
    subscribe(archive)
    with serving_mail(Office(at_recipient={THREE[1]: [how, "250 OK"]})) as office:
        code, said = mail(office)
    assert code == 0, said
    assert "The connection broke" in said
    assert office.counts == dict.fromkeys(THREE, 1)


def test_a_message_whose_receipt_was_lost_is_never_sent_again(archive: Path, mail: Mail) -> None:
    subscribe(archive)
    with serving_mail(Office(at_data={THREE[1]: ["drop", "250 OK"]})) as office:
        for _ in range(2):
            code, said = mail(office)
            assert code == 1
            assert f"{THREE[1]}: nobody knows whether it arrived" in said
        assert sorted(address for address, _ in office.seen) == sorted(THREE)
        file = archive / "subscribers.txt.sent"
        kept = [line for line in log_of(archive) if line != f"{DIGEST} trying {THREE[1]}"]
        file.write_text("".join(f"{line}\n" for line in kept))
        assert mail(office) == (0, "1 sent, 2 had it before, 0 did not get it.\n")


def test_a_server_that_keeps_breaking_is_left_alone_and_a_later_run_goes_on(
    archive: Path, mail: Mail
) -> None:
    subscribe(archive)
    with serving_mail(Office(at_recipient={THREE[1]: ["drop"]})) as office:
        code, said = mail(office)
        assert code == 1
        assert said.count("The connection broke") == 3
        assert "2 addresses are not tried" in said
        office.at_recipient.clear()
        assert mail(office) == (0, "2 sent, 1 had it before, 0 did not get it.\n")
    assert office.counts == dict.fromkeys(THREE, 1)


def test_a_reply_without_end_is_not_listened_to_for_ever(archive: Path, mail: Mail) -> None:
    subscribe(archive)
    endless = "250-and more\r\n" * 10_000 + "250 OK"
    with serving_mail(Office(at_recipient={THREE[1]: [endless, "250 OK"]})) as office:
        code, said = mail(office)
    assert code == 0
    assert "The connection broke: a reply of more than 64,000 bytes" in said
    assert office.counts == dict.fromkeys(THREE, 1)


def test_a_reply_that_drips_ends(
    archive: Path, mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drip(connection: socket.socket, _lines: Iterator[bytes], done: threading.Event) -> None:
        while not done.wait(0.02):
            connection.sendall(b"2")

    monkeypatch.setattr(server, "_REPLY_SECONDS", 0.1)
    subscribe(archive)
    with talking(drip) as office:
        code, said = mail(office)
    assert code == 1
    assert said.startswith("The connection broke: timed out\n")
    assert "The server is left alone; 3 addresses are not tried." in said


def test_one_message_that_is_refused_before_it_is_said_stops_no_other(
    archive: Path, mail: Mail
) -> None:
    """A server goes on with a message whose DATA it refused, until it is told not to."""

    def strict(connection: socket.socket, lines: Iterator[bytes], _done: threading.Event) -> None:
        begun = refused = False
        connection.sendall(b"220 mail.example\r\n")
        for line in lines:
            word, reply = line[:4].upper(), b"250 OK\r\n"
            if word == b"DATA" and not refused:
                refused, reply = True, b"451 4.7.1 come back later\r\n"
            elif word == b"DATA":
                connection.sendall(b"354 go on\r\n")
                while next(lines) != b".\r\n":
                    pass
                begun = False
            elif word == b"MAIL":
                reply = b"503 5.5.1 nested MAIL command\r\n" if begun else reply
                begun = True
            elif word == b"RSET":
                begun = False
            connection.sendall(reply)

    subscribe(archive)
    with talking(strict) as office:
        code, said = mail(office)
    assert code == 1
    assert said.splitlines() == [
        f"{THREE[0]}: refused for now: 451 4.7.1 come back later",
        "2 sent, 0 had it before, 1 did not get it.",
    ]


def test_why_a_server_does_not_begin_is_told_in_its_words(archive: Path, mail: Mail) -> None:
    def closed(connection: socket.socket, _lines: Iterator[bytes], _done: threading.Event) -> None:
        connection.sendall(b"554-closed\r\n554 on Sundays\x1b[2J\r\n")

    subscribe(archive)
    with talking(closed) as office:
        _, said = mail(office)
    assert said.splitlines()[0] == "The connection broke: 554 closed on Sundays\\x1b[2J"


def test_a_run_that_is_killed_goes_on_where_it_was(archive: Path, mail: Mail) -> None:
    """Kill the real command once the server has taken some; nobody gets it twice."""
    people = [f"reader{number}@papers.example" for number in range(40)]
    subscribe(archive, *people)
    with serving_mail(Office()) as office:
        command = subprocess.Popen(
            [sys.executable, "-u", "-m", "daybook.mailing"],
            cwd=archive,
            env={
                **os.environ,
                "PYTHONPATH": str(PROJECT / "plugins"),
                "DIGEST": DIGEST,
                "SMTP": f"smtp://127.0.0.1:{office.port}",
            },
        )
        while len(office.seen) < 5 and command.poll() is None:
            pass
        command.kill()
        command.wait()
        before = len(office.taken)
        code, said = mail(office)
        unknown = said.count("nobody knows")
    assert before >= 5
    assert set(office.counts.values()) == {1}
    assert unknown <= 1
    assert code == unknown
    assert len(office.counts) >= len(people) - unknown


def test_a_torn_line_of_the_log_counts_for_nothing_and_a_strange_one_stops_all(
    archive: Path, mail: Mail
) -> None:
    subscribe(archive)
    log = archive / "subscribers.txt.sent"
    log.write_text(f"{DIGEST} sent {THREE[0]}\n{DIGEST} sent {THREE[1][:6]}")
    with serving_mail(Office()) as office:
        assert "2 sent, 1 had it before" in mail(office)[1]
        log.write_text(log.read_text() + "something else\n")
        code, said = mail(office)
    assert (code, len(office.taken)) == (1, 2)
    assert "subscribers.txt.sent:6: should be" in said


def test_two_runs_at_once_are_one(archive: Path, mail: Mail) -> None:
    subscribe(archive)
    with serving_mail(Office()) as office, SentLog(archive / "subscribers.txt.sent"):
        code, said = mail(office)
    assert (code, office.taken) == (1, [])
    assert "Another run is sending" in said


def test_a_rehearsal_asks_nobody_and_writes_nothing(archive: Path, mail: Mail) -> None:
    subscribe(archive)
    code, said = mail(None, DRY="1")
    assert code == 0
    assert said.splitlines()[-1] == "3 to send, 0 had it before. Nothing was sent."
    assert not (archive / "subscribers.txt.sent").exists()


def test_a_rehearsal_says_of_nobody_that_they_get_it_who_would_not(
    archive: Path, mail: Mail
) -> None:
    subscribe(archive)
    log = archive / "subscribers.txt.sent"
    log.write_text(f"{DIGEST} sent {THREE[0]}\n{DIGEST} trying {THREE[1]}\n")
    _, rehearsed = mail(None, DRY="1")
    assert rehearsed.splitlines() == [
        f"would be sent to {THREE[2]}",
        f"{THREE[1]}: nobody knows whether it arrived, so it would not be sent again",
        "1 to send, 1 had it before. Nothing was sent.",
    ]
    with serving_mail(Office()) as office:
        mail(office)
    assert office.counts == {THREE[2]: 1}


def test_one_reader_can_be_named_and_counts_as_sent(archive: Path, mail: Mail) -> None:
    subscribe(archive)
    with serving_mail(Office()) as office:
        assert mail(office, TO=THREE[1])[0] == 0
        assert mail(office)[0] == 0
    assert office.counts == dict.fromkeys(THREE, 1)


@pytest.mark.parametrize("at_once", [False, True], ids=["starttls", "smtps"])
def test_the_password_travels_encrypted_and_is_told_to_nobody_else(
    archive: Path,
    mail: Mail,
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    at_once: bool,
) -> None:
    subscribe(archive)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(*certificate)
    with serving_mail(Office(), tls, at_once=at_once) as office:
        scheme = "smtps" if at_once else "smtp"
        told = {
            "SMTP": f"{scheme}://ada%40x@127.0.0.1:{office.port}",
            "SMTP_PASSWORD": "open sesame",
        }
        code, said = mail(office, **told)
        assert (code, office.taken) == (1, [])
        assert "cannot be trusted" in said
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        code, said = mail(office, **told | {"SMTP_PASSWORD": "guessed wrong"})
        assert (code, office.taken) == (1, [])
        assert "refused the user" in said
        assert "guessed" not in said
        echoed = b64encode(b"\0ada@x\0guessed wrong").decode()
        assert echoed[:12] not in said
        for wrong in (
            {"SMTP_PASSWORD": "\xf6ffne dich"},
            {"SMTP": told["SMTP"].replace("ada", "\xe4")},
        ):
            code, said = mail(office, **told | wrong)
            assert (code, office.taken) == (1, [])
            assert "should be of ASCII letters" in said
        assert mail(office, **told)[0] == 0
    assert set(office.passwords) == {("ada@x", "guessed wrong"), ("ada@x", "open sesame")}
    assert len(office.taken) == 3
    assert "sesame" not in "".join(log_of(archive))


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"DIGEST": "../../etc/passwd"}, "DIGEST= should be a digest's id"),
        ({"DIGEST": "2024-01-01"}, "build the site with SITEURL="),
        ({"SMTP": "https://127.0.0.1"}, "SMTP= should be"),
        ({"SMTP": "smtp://ada:secret@127.0.0.1"}, "put that into SMTP_PASSWORD"),
        ({"SMTP": "smtp://ada@127.0.0.1"}, "needs a password"),
        ({"SMTP": "smtp://ada:secret@a..b"}, "SMTP= should be"),
        ({"SMTP": "smtp://."}, "SMTP= should be"),
        ({"SMTP": f"smtp://{'a' * 64}.example"}, "SMTP= should be"),
        ({"SMTP": "smtp://" + "\xe9" * 60}, "SMTP= should be"),
        ({"SMTP": "smtp://\udc80.example"}, "SMTP= should be"),
        ({"SMTP": "smtp://mail example"}, "SMTP= should be"),
        ({"SMTP": "smtp://127.0.0.1#x"}, "SMTP= should be"),
        ({"SMTP": "smtp://ada%0d%0aRSET@127.0.0.1"}, "that nobody can type"),
        ({"LIST": "~nobody-here/people.txt"}, "people.txt cannot be read"),
        ({"TO": "a@x.example\r\nBcc: b@x.example"}, "TO= should be a mail address"),
        ({"LIST": "missing.txt"}, "missing.txt cannot be read"),
        ({"LIST": "content/people.txt"}, "which is published"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_sent(
    archive: Path, mail: Mail, values: dict[str, str], reason: str
) -> None:
    subscribe(archive)
    with serving_mail(Office()) as office:
        code, said = mail(office, **values)
    assert code == 1
    assert reason in said
    assert "secret" not in said
    assert office.seen == []


def test_a_sender_whom_the_server_does_not_know_stops_all(archive: Path, mail: Mail) -> None:
    subscribe(archive)
    with serving_mail(Office(sender="553 not your address")) as office:
        code, said = mail(office)
    assert (code, office.seen) == (1, [])
    assert "takes no mail from ada@papers.example: 553" in said


def test_a_newsletter_with_a_header_that_none_has_goes_to_nobody(archive: Path, mail: Mail) -> None:
    subscribe(archive)
    file = archive / "output" / "digests" / f"{DIGEST}.eml"
    file.write_bytes(b"Bcc: eve@evil.example\r\n" + file.read_bytes())
    with serving_mail(Office()) as office:
        code, said = mail(office)
    assert (code, office.taken) == (1, [])
    assert "damaged: build the site again" in said


def test_lines_that_begin_with_a_full_stop_arrive_whole(archive: Path, mail: Mail) -> None:
    subscribe(archive, THREE[0])
    file = archive / "output" / "digests" / f"{DIGEST}.eml"
    file.write_bytes(file.read_bytes().replace(b"\r\n\r\n", b"\r\n\r\n.\r\n..a\r\n", 1))
    with serving_mail(Office()) as office:
        assert mail(office)[0] == 0
    assert "\n.\n..a\n" in office.taken[0][1].as_string()


@pytest.mark.parametrize(
    "text",
    [
        *("", "@", "ada", "ada@", "@papers.example", "a b@papers.example", "ada@pa pers.example"),
        *("ada@papers.example\n", "ada@papers.example\r\nRCPT TO:<eve@evil.example>"),
        *("<ada@papers.example>", "ada@papers.example>", "a,b@x.example", '"a"@x.example'),
        *(".ada@x.example", "a..b@x.example", "ada@-x.example", "ada@x..example", "ädä@x.example"),
        *(f"{'a' * 65}@x.example", f"a@{'b.' * 130}example", "ada@x.example\0", "a@b@x.example;"),
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a mail address"):
        mailbox(text)


def test_addresses_keep_their_case_before_the_at_and_have_ascii_hosts() -> None:
    assert mailbox("Ada.K+papers@Bücher.example") == "Ada.K+papers@xn--bcher-kva.example"
