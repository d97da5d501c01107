"""``make mail DIGEST=... SMTP=...``: read what to do from the environment, do it, tell of it.

Exit code 0 when everybody on the list has the digest, 1 when somebody has not.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from pelican.settings import read_settings as read_pelican

from ..catalogue import addresses
from ..commands import print_any_sign
from ..errors import DaybookError
from ..mail_addresses import mailbox
from ..plain_files import at_home
from ..report import printable
from ..settings import read_settings
from .errors import MailError
from .sending import Tally, read_letter, send_all
from .sent_log import SENT, TRYING, SentLog
from .server import PASSWORD, connect, read_server
from .subscribers import read_list

LIST = "subscribers.txt"
"""The keeper's list, beside the settings file; git leaves it alone."""
_DIGEST = re.compile(r"[a-z0-9-]+")


def main(environment: Mapping[str, str], now: dt.datetime) -> int:
    """Send one digest as the environment says, and give the exit code."""
    try:
        return _mail(environment, now)
    except DaybookError as error:
        _say(f"Nothing more is sent: {error}")
        return 1
    except KeyboardInterrupt:
        _say("Stopped. Run it again, and it goes on from here.")
        return 1
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _say(f"Nothing more is sent: {place}{error.strerror or error}")
        return 1


def _mail(environment: Mapping[str, str], now: dt.datetime) -> int:
    digest = environment.get("DIGEST", "")
    pelican = read_pelican(str(Path("pelican.conf.py").absolute()))
    settings = read_settings(pelican)
    output = Path(pelican["OUTPUT_PATH"]).absolute()
    letter = read_letter(digest, _newsletter(output / settings.base, digest), now)
    file = at_home(environment.get("LIST") or LIST).absolute()
    for folder in (output, Path(pelican["PATH"]).absolute()):
        if file.resolve().is_relative_to(folder.resolve()):
            raise MailError(f"The list {file} lies in {folder}, which is published: move it")
    recipients, complaints = _recipients(environment.get("TO"), file)
    for complaint in complaints:
        _say(complaint)
    log = file.with_name(f"{file.name}.sent")
    if environment.get("DRY"):
        return _rehearse(digest, recipients, log)
    server = read_server(environment.get("SMTP", ""))
    password = environment.get(PASSWORD)
    if server.user is not None and not password:
        raise MailError(f"{server.user} needs a password: put it into the variable {PASSWORD}")
    with SentLog(log) as sent:
        name = letter.sender.rpartition("@")[2]
        reach = partial(connect, server, password, name)
        tally = send_all(letter, recipients, sent, reach, _say)
    return _told(tally, len(complaints))


def _newsletter(folder: Path, digest: str) -> bytes:
    if not _DIGEST.fullmatch(digest):
        raise MailError("DIGEST= should be a digest's id, such as 2025-03-11")
    file = folder / addresses.newsletter(digest)
    try:
        return file.read_bytes()
    except OSError:
        raise MailError(
            f"There is no newsletter {file}: build the site with SITEURL=, and name a digest as "
            "the addresses of the pages do"
        ) from None


def _recipients(one: str | None, file: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not one:
        return read_list(file)
    try:
        return (mailbox(one.strip()),), ()
    except ValueError as error:
        raise MailError(f"TO= should be {error}, and is {one!r:.100}") from None


def _rehearse(digest: str, recipients: tuple[str, ...], file: Path) -> int:
    """Tell whom a run would send to; nobody is asked and nothing is written."""
    states: dict[str, str | None] = {}
    if file.exists():
        with SentLog(file) as log:
            states = {each: log.state(digest, each) for each in recipients}
    doubtful = [each for each in recipients if states.get(each) == TRYING]
    wanted = [each for each in recipients if states.get(each) not in {SENT, TRYING}]
    for address in wanted:
        _say(f"would be sent to {address}")
    for address in doubtful:
        _say(f"{address}: nobody knows whether it arrived, so it would not be sent again")
    had = len(recipients) - len(wanted) - len(doubtful)
    _say(f"{len(wanted)} to send, {had} had it before. Nothing was sent.")
    return 0


def _told(tally: Tally, unreadable: int) -> int:
    failed = tally.failed + unreadable
    _say(f"{tally.sent} sent, {tally.had} had it before, {failed} did not get it.")
    return int(failed > 0)


def _say(line: str) -> None:
    sys.stdout.write(f"{printable(line)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    print_any_sign()
    sys.exit(main(os.environ, dt.datetime.now(tz=dt.UTC)))
