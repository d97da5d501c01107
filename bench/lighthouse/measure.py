"""Lighthouse, in Chromium, as a phone: the median of several runs of each kind of page.

    python bench/lighthouse/measure.py [--runs 5] [PAGE ...]

``make lighthouse`` sets up Lighthouse first. Pages are of the folder that OUTPUT names, served by
HTTP and packed with gzip, as hosts of static sites do. Performance is the machine's, too: what is
measured beside other work says little.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
LIGHTHOUSE = PROJECT / ".cache" / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FIGURES = ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
PACKED = {"html", "css", "js", "svg", "json", "xml"}


def pages(site: Path) -> list[str]:
    """Name a page of each kind that is looked at most: the largest paper, topic and author."""
    kinds = ("papers/*.html", "topics/*.html", "authors/*.html")
    found = [
        max(
            (page for page in site.glob(kind) if not page.name.startswith(("index.", "letter-"))),
            key=lambda page: (page.stat().st_size, page.name),
        )
        for kind in kinds
    ]
    return ["index.html", *(page.relative_to(site).as_posix() for page in found), "search.html"]


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """Serve a folder as a host of static sites does; give its address."""

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *told: Any) -> None:
            super().__init__(*told, directory=str(site))

        def do_GET(self) -> None:
            """Answer with a file, packed where that is worth it."""
            file = Path(self.translate_path(self.path))
            if file.suffix[1:] not in PACKED or not file.is_file():
                super().do_GET()
                return
            body = gzip.compress(file.read_bytes(), 6)
            self.send_response(200)
            self.send_header("Content-Type", self.guess_type(file))
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_told: Any) -> None:
            """Say nothing: what is measured is said below."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def measure(address: str, browser: str) -> Mapping[str, Any]:
    """Let Lighthouse look at a page once; give its report."""
    flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
    command = ("node", str(LIGHTHOUSE), address, "--quiet", "--output=json", flags)
    only = f"--only-categories={','.join(CATEGORIES)}"
    done = subprocess.run(
        [*command, only],
        env={**os.environ, "CHROME_PATH": browser},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"Lighthouse failed on {address}:\n{done.stderr}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Print a table, a page a line, and what keeps a page from a full score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("pages", nargs="*")
    told = parser.parse_args()
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None or not LIGHTHOUSE.is_file():
        sys.exit("Chromium and Lighthouse are needed: run `make lighthouse`.")
    site = Path(os.environ.get("OUTPUT") or PROJECT / "output").absolute()
    if not (site / "index.html").is_file():
        sys.exit(f"There is no site in {site}: run `make site`, or name one in OUTPUT=.")
    say(f"{'page':44} {' '.join(f'{name:>14}' for name in CATEGORIES)}  LCP s  TBT ms    CLS")
    with serving(site) as address:
        for page in told.pages or pages(site):
            reports = [measure(address + page, browser) for _ in range(told.runs)]
            audits = [report["audits"] for report in reports]
            scores = [
                statistics.median(100 * report["categories"][name]["score"] for report in reports)
                for name in CATEGORIES
            ]
            paint, blocked, shift = (
                statistics.median(audit[name]["numericValue"] for audit in audits)
                for name in FIGURES
            )
            row = " ".join(f"{score:14.0f}" for score in scores)
            say(f"{page:44.44} {row} {paint / 1000:6.2f} {blocked:7.0f} {shift:6.3f}")
            for name in CATEGORIES[1:]:
                for ref in reports[-1]["categories"][name]["auditRefs"]:
                    audit = audits[-1][ref["id"]]
                    if ref["weight"] and audit["score"] is not None and audit["score"] < 1:
                        say(f"    {name}: {audit['title']}")


if __name__ == "__main__":
    main()
