"""Runs the tests of tests/js with Node's own test runner."""

from __future__ import annotations

from .node import PROJECT, run_node


def test_the_client_keeps_its_promises_in_node() -> None:
    tests = sorted((PROJECT / "tests/js").glob("*.test.js"))
    result = run_node("--test", *tests)
    assert result.returncode == 0, result.stdout + result.stderr
