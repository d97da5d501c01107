"""What a keeper is told during a build and at its end."""

from __future__ import annotations

import io

from daybook.errors import Refusal
from daybook.report import Progress, Report, render_report
from rich.console import Console

REPORT = Report(
    digests=5,
    entries=626,
    papers=561,
    merged=65,
    repaired_links=8,
    inferred_dates=3,
    warnings=1,
    refused=1,
    markdown_pages_written=561,
    pages=2826,
    pages_written=40,
    files_removed=0,
    seconds=3.14159,
)


def test_every_figure_has_a_line_of_its_own() -> None:
    lines = [line.split() for line in render_report(REPORT, ()).splitlines()[1:]]
    assert {" ".join(line[:-1]): line[-1] for line in lines} == {
        "digests": "5",
        "entries": "626",
        "papers": "561",
        "merged": "65",
        "repaired links": "8",
        "inferred dates": "3",
        "warnings": "1",
        "refused": "1",
        "markdown pages written": "561",
        "pages": "2826",
        "pages written": "40",
        "files removed": "0",
        "seconds": "3.1",
    }


def test_what_was_refused_is_named_with_its_place_and_what_to_do() -> None:
    refusals = (
        Refusal("a.txt", 12, "expected a title, found nothing.", "Add one."),
        Refusal("b.json", None, "the date is doubtful.", fatal=False),
    )
    text = render_report(REPORT, refusals)
    assert "Refused (all the rest was built): 1\n  a.txt:12: expected a title" in text
    assert "\n    Add one.\n" in text
    assert text.endswith("Warnings: 1\n  b.json: the date is doubtful.")


def test_a_digests_text_cannot_move_the_cursor_or_forge_a_line() -> None:
    text = render_report(REPORT, (Refusal("a\x1b[2J.txt", 1, "found 'x\n  refused 0\u202e'"),))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert text.splitlines()[-1] == r"  a\x1b[2J.txt:1: found 'x\n  refused 0\u202e'"


def test_a_log_gets_a_plain_line_a_step() -> None:
    log = io.StringIO()
    with Progress(Console(file=log, width=20)) as progress:
        progress.step("Reading digests in a [bold]rather long[/] folder")
        progress.advance()
        progress.step("Writing", 2)
    assert log.getvalue() == "Reading digests in a [bold]rather long[/] folder\nWriting\n"


def test_a_terminal_gets_a_bar_that_leaves_nothing_behind() -> None:
    terminal = io.StringIO()
    console = Console(file=terminal, force_terminal=True, width=80)
    with Progress(console) as progress:
        progress.step("Reading [/x] digests")
        progress.step("Writing", 2)
        progress.advance()
        progress.say("Another build is running")
    shown = terminal.getvalue()
    assert "Writing" in shown
    assert "1/2" in shown
    assert "Another build is running" in shown
    assert shown.endswith("\x1b[2K")


def test_no_file_fills_the_report_and_all_is_counted() -> None:
    many = [Refusal("a.csv", n, "no title.", "Add it.", n % 2 == 0) for n in range(2, 4002)]
    refusals = (*many, Refusal("b.txt", 7, "no title."))
    lines = render_report(REPORT, refusals).splitlines()
    assert sum(line.startswith("  a.csv:") for line in lines) == 2 * (100 + 1)
    assert "Refused (all the rest was built): 2001" in lines
    assert "Warnings: 2000" in lines
    assert lines.count("  a.csv: 1,900 more of this file.") == 2
    assert "  b.txt:7: no title." in lines
    assert lines[-4:-2] == ["  a.csv:201: no title.", "    Add it."]
