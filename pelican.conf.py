"""Pelican's settings for a Daybook archive: ``pelican content -s pelican.conf.py``.

``make site`` passes DIGESTS, PAPERS, METADATA, LEARNED, OUTPUT and SITEURL by environment
variables; their paths are relative to the current folder. README.md lists the settings that begin
with DAYBOOK_.
"""

import logging
import os
import sys
from pathlib import Path

from pelican.log import FatalLogger

_here = Path(__file__).resolve().parent
sys.path.insert(0, str(_here / "plugins"))

# Pelican alone logs an error, goes on and exits with 0: what `--fatal errors` does is the rule
# here. And a plugin that cannot be imported stops here, not in a line of the log; what else fails
# from here on is named in the last line.
FatalLogger.fatal_lvl = min(FatalLogger.fatal_lvl, logging.ERROR)

try:
    import daybook.plain_files
    import daybook.publishing.plugin
except KeyboardInterrupt as error:  # Pelican would log it, and end as if all were well
    sys.stderr.write("Daybook: interrupted before it began.\n")
    sys.exit(128 + getattr(error, "number", 2))  # as `commands.code_of`

daybook.publishing.plugin.have_the_last_word()


def _folder(variable: str, default: str, *, must_exist: bool = False) -> str:
    """Give the folder an environment variable names, or the default."""
    value = os.environ.get(variable)
    if not value:
        return default
    folder = daybook.plain_files.at_home(value).absolute()
    if must_exist and not folder.is_dir():
        sys.exit(f"Daybook: {variable}: there is no folder {folder}")
    return str(folder)


def _site_url() -> str:
    """Give the site's address without a trailing slash, or '' when it has none yet."""
    address = os.environ.get("SITEURL", "").rstrip("/")
    if address and not address.startswith(("https://", "http://")):
        sys.exit(f"Daybook: SITEURL should begin with https:// and is {address!r}")
    return address


SITENAME = "Daybook"
SITEURL = _site_url()
DEFAULT_LANG = "en"
DAYBOOK_TAGLINE = "An archive of research papers"

PATH = str(_here / "content")
OUTPUT_PATH = _folder("OUTPUT", str(_here / "output"))
DAYBOOK_DIGESTS = _folder("DIGESTS", "digests", must_exist=True)
DAYBOOK_PAPERS = _folder("PAPERS", "papers")
DAYBOOK_METADATA = _folder("METADATA", "metadata", must_exist=True)
DAYBOOK_LEARNED = _folder("LEARNED", "learned")
DAYBOOK_CACHE = str(_here / ".cache")
DAYBOOK_BASE = ""
# Also while DIGESTS, PAPERS and the others lead elsewhere, these are never articles.
ARTICLE_EXCLUDES = ["digests", "papers", "metadata", "learned"]
PAGE_EXCLUDES = ["digests", "papers", "metadata", "learned"]
STATIC_EXCLUDES = ["digests", "papers", "metadata", "learned"]

THEME = str(_here / "theme")
THEME_STATIC_PATHS: list[str] = []  # the catalogue writes them to assets/
PLUGIN_PATHS = [str(_here / "plugins")]
PLUGINS = ["daybook"]

# The same bytes on every machine and on every day.
TIMEZONE = "UTC"
LOCALE = ["C.UTF-8", "C"]
RELATIVE_URLS = True

# The archive is the site. Articles and pages of your own get folders that it does not use, and
# Pelican's own indexes and feeds, empty without articles, stay off until you want them.
ARTICLE_URL = ARTICLE_SAVE_AS = "articles/{slug}.html"
DIRECT_TEMPLATES: list[str] = []
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
