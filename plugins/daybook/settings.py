"""What a keeper may set: one table, read once, checked before anything else happens.

All names begin with ``DAYBOOK_`` and stand in Pelican's settings file. Paths are relative to
Pelican's ``PATH``, the content folder.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import PublishError, SettingsError
from .mail_addresses import form_endpoint, mailbox, way_out
from .pelican_settings import not_apart, origin_of, page_language, site_address
from .plain_files import at_home
from .publishing.paths import site_path
from .records import LEDGER, SMALL_ARCHIVE

PREFIX = "DAYBOOK_"
PACKAGE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the table."""

    name: str
    kind: str
    """``path``, ``path or None``, ``text``, ``text or None``, or ``number``."""
    default: str | int | None
    meaning: str
    least: int = 1
    """The smallest number allowed."""

    @property
    def field(self) -> str:
        """Its name in `Settings`."""
        return self.name.removeprefix(PREFIX).lower()


SETTINGS = (
    Setting(
        "DAYBOOK_DIGESTS", "path", "digests",
        "The folder of saved digests, searched recursively and never written to.",
    ),
    Setting(
        "DAYBOOK_PAPERS", "path", "papers",
        "The folder of the papers' Markdown pages and the ledger of their permalinks.",
    ),
    Setting(
        "DAYBOOK_METADATA", "path or None", "metadata",
        "The folder of bibliographic facts that digests lack (CSL-JSON, BibTeX).",
    ),
    Setting(
        "DAYBOOK_CORRECTIONS", "path", "papers.toml",
        "The keeper's word on single papers: merged, split, corrected, hidden, withdrawn.",
    ),
    Setting(
        "DAYBOOK_AUTHORS", "path", "authors.toml",
        "The keeper's word on authors' names: merged, split, kept apart.",
    ),
    Setting(
        "DAYBOOK_LEARNED", "path", "learned",
        "The folder of what `make learn` learned from the whole archive.",
    ),
    Setting(
        "DAYBOOK_TOPICS", "path", "topics.toml",
        "The taxonomy with the evidence for each topic; without such a file Daybook's own.",
    ),
    Setting(
        "DAYBOOK_BASE", "text", "archive",
        "The folder of the site in which the archive lies; '' when the archive is the site.",
    ),
    Setting(
        "DAYBOOK_TAGLINE", "text", "An archive of research papers",
        "The line under the site's name.",
    ),
    Setting(
        "DAYBOOK_KEEPER", "text or None", None,
        "Who keeps the archive: named on the about page and as the author of its feeds.",
    ),
    Setting(
        "DAYBOOK_PER_PAGE", "number", 50,
        "Papers on one page of a list; longer lists are cut into pages.",
    ),
    Setting(
        "DAYBOOK_DIGEST_PER_PAGE", "number", 250,
        "Entries on one page of a digest.",
    ),
    Setting(
        "DAYBOOK_SMALL_ARCHIVE", "number", SMALL_ARCHIVE,
        "Up to so many papers every author has a page, and lists show excerpts; above, authors of "
        "two papers or more have pages, and lists are lean.",
        least=0,
    ),
    Setting(
        "DAYBOOK_FEED_ENTRIES", "number", 30,
        "How many of the newest papers a feed lists.",
    ),
    Setting(
        "DAYBOOK_OFFLINE", "number", 30_000,
        "Up to so many papers readers can keep the archive offline, at a fifth more output.",
        least=0,
    ),
    Setting(
        "DAYBOOK_SUBSCRIBE", "text or None", None,
        "The https address to which a mailing service's form posts; with it, pages have a box to "
        "subscribe.",
    ),
    Setting(
        "DAYBOOK_SUBSCRIBE_FIELD", "text", "email",
        "What that form calls the reader's address.",
    ),
    Setting(
        "DAYBOOK_MAIL_FROM", "text or None", None,
        "The address that newsletters come from; it is published in them.",
    ),
    Setting(
        "DAYBOOK_UNSUBSCRIBE", "text or None", None,
        "The https or mailto address by which readers unsubscribe, told in newsletters.",
    ),
    Setting(
        "DAYBOOK_CACHE", "path or None", None,
        "A folder for what need not be worked out again, about 5 kB a paper; it may be deleted at "
        "any time.",
    ),
    Setting(
        "DAYBOOK_WAIT", "number", 60,
        "Seconds to wait for another build into the same folder before giving up.",
        least=0,
    ),
)  # fmt: skip
"""Every setting there is; README shows the same table."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one build, checked; paths absolute."""

    digests: Path
    papers: Path
    metadata: Path | None
    corrections: Path
    authors: Path
    learned: Path
    topics: Path
    base: str
    tagline: str
    keeper: str | None
    per_page: int
    digest_per_page: int
    small_archive: int
    feed_entries: int
    offline: int
    subscribe: str | None
    subscribe_field: str
    mail_from: str | None
    unsubscribe: str | None
    cache: Path | None
    wait: int
    digests_chosen: bool
    """Whether the settings name a folder of digests, so that a missing one is a mistake."""


def read_settings(pelican: Mapping[str, Any]) -> Settings:
    """Read Daybook's settings out of Pelican's.

    Raises:
        SettingsError: for an unknown name and for a value of the wrong type, naming it.
    """
    known = {setting.name for setting in SETTINGS}
    for name in sorted(pelican):
        if name.startswith(PREFIX) and name not in known:
            similar = difflib.get_close_matches(name, sorted(known), 1)
            hint = f"; did you mean {similar[0]}?" if similar else ""
            raise SettingsError(f"{origin_of(name)}{name} is not a setting of Daybook{hint}")
    for name in _SHOWN:
        _check_shown(name, pelican.get(name))
    for name, check in (("SITEURL", site_address), ("DEFAULT_LANG", page_language)):
        try:
            check(pelican.get(name) or "")
        except ValueError as error:
            raise SettingsError(f"{origin_of(name)}{name} should be {error}") from None
    content = Path(pelican["PATH"]).absolute()
    values: dict[str, Any] = {
        setting.field: _read(setting, pelican.get(setting.name, setting.default), content)
        for setting in SETTINGS
    }
    values["topics"] = _taxonomy(values["topics"], chosen="DAYBOOK_TOPICS" in pelican)
    values["base"] = _base(values["base"])
    for setting in SETTINGS:
        judge = _MAIL.get(setting.field)
        if judge and values[setting.field] is not None:
            try:
                values[setting.field] = judge(values[setting.field])
            except ValueError as error:
                raise _wrong(setting, str(error), values[setting.field]) from None
    _check_folders(pelican, values)
    if "DAYBOOK_PAPERS" not in pelican:
        _check_ownership(values["papers"])
    return Settings(**values, digests_chosen="DAYBOOK_DIGESTS" in pelican)


_FOLDERS = ("digests", "papers", "metadata", "learned", "cache")
"""The fields of folders that belong to one use each, as the output does."""


def _check_folders(pelican: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Refuse two uses of one folder, naming the setting's file."""
    folders = {f"{PREFIX}{name.upper()}": values[name] for name in _FOLDERS if values[name]}
    if output := pelican.get("OUTPUT_PATH"):
        folders["OUTPUT_PATH"] = Path(output)
    theme = Path(pelican["THEME"]) if pelican.get("THEME") else None
    if said := not_apart(folders, theme):
        raise SettingsError(f"{origin_of(said.partition(':')[0])}{said}")


_SHOWN = ("SITENAME", "SITEURL", "DEFAULT_LANG")
"""Pelican's settings that are written on every page."""


def _check_shown(name: str, value: object) -> None:
    """Refuse what no file can hold: half a character (a lone surrogate) cannot be written.

    Python makes such halves of bytes that are not UTF-8 in an environment variable.
    """
    if value is None:
        return
    if not isinstance(value, str) or not value.isprintable():
        raise SettingsError(
            f"{origin_of(name)}{name} should be text on one line, and is {value!r:.80}"
        )


def _field_name(text: str) -> str:
    if text:
        return text
    raise ValueError("the name of a form's field")


_MAIL: dict[str, Callable[[str], str]] = {
    "subscribe": form_endpoint,
    "subscribe_field": _field_name,
    "mail_from": mailbox,
    "unsubscribe": way_out,
}
"""What else the settings about mail must be."""


def packaged(name: str, in_checkout: str) -> Path:
    """Find a file or folder that is part of the wheel, or of a checkout at another place."""
    inside = PACKAGE / name
    return inside if inside.exists() else PACKAGE.parents[1] / in_checkout


def _read(setting: Setting, value: object, content: Path) -> object:
    """Check one value, and make a path of it where it is one."""
    if value is None and setting.kind.endswith("or None"):
        return None
    if setting.kind.startswith("path"):
        if isinstance(value, str | Path) and str(value).strip() and _can_be_path(str(value)):
            return content / at_home(value)
        raise _wrong(setting, "the path of a file or folder", value)
    if setting.kind.startswith("text"):
        if isinstance(value, str) and value.isprintable():
            return value.strip() or (None if setting.kind.endswith("or None") else "")
        raise _wrong(setting, "text on one line", value)
    if isinstance(value, int) and not isinstance(value, bool) and value >= setting.least:
        return value
    raise _wrong(setting, f"a whole number, {setting.least} or more", value)


def _can_be_path(text: str) -> bool:
    """Tell whether a system takes a text for a path: not half a character, nor a NUL."""
    try:
        return b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:
        return False


def _wrong(setting: Setting, expected: str, value: object) -> SettingsError:
    """Name a setting, what it should be, and what it is."""
    return SettingsError(
        f"{origin_of(setting.name)}{setting.name} should be {expected}, and is {value!r:.80}"
    )


def _taxonomy(path: Path, *, chosen: bool) -> Path:
    """Fall back to Daybook's own taxonomy where the site has none."""
    if os.path.lexists(path):  # or what is wrong with it is said when it is read
        return path
    if chosen:
        raise SettingsError(f"{origin_of('DAYBOOK_TOPICS')}DAYBOOK_TOPICS: there is no file {path}")
    return packaged("topics.toml", "content/topics.toml")


def _check_ownership(papers: Path) -> None:
    """Leave alone articles that a site has long had in a folder of the default's name.

    Raises:
        SettingsError: when the folder holds pages and no ledger says that Daybook wrote them.
    """
    if os.path.lexists(papers / LEDGER):
        return
    page = min(papers.rglob("*.md"), default=None)
    if page is not None:
        raise SettingsError(
            f"{papers} holds pages that Daybook did not write, such as {page.name}. Set "
            'DAYBOOK_PAPERS to another folder, or to "papers" to make these part of the archive'
        )


def _base(text: str) -> str:
    """Check the archive's folder in the site: '' or names with single slashes between them."""
    base = text.strip("/")
    if base:
        try:
            site_path(base)
        except PublishError as error:
            raise SettingsError(f"{origin_of('DAYBOOK_BASE')}DAYBOOK_BASE: {error}") from None
        if " " in base:
            raise SettingsError(
                f"{origin_of('DAYBOOK_BASE')}DAYBOOK_BASE: {base!r} stands in addresses, and those "
                "have no spaces"
            )
    return base
