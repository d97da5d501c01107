"""Templates' code that is kept: used while all it was made from is the same, and not otherwise."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from daybook.catalogue.compiled import Compiled
from jinja2 import Environment, FileSystemLoader


@pytest.fixture(autouse=True)
def _python_keeps_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


def _archive(folder: Path) -> tuple[Path, Path]:
    templates, compiler = folder / "templates", folder / "code" / "compiler.py"
    templates.mkdir()
    compiler.parent.mkdir()
    compiler.write_text("version = 1")
    (templates / "page.html").write_text("{{ 1 + 1 }} papers")
    return templates, compiler


def _render(templates: Path, compiler: Path, own: Path | None = None) -> str:
    environment = Environment(
        loader=FileSystemLoader(templates),
        bytecode_cache=Compiled(own or templates, compiler),
        autoescape=True,
    )
    return environment.get_template("page.html").render()


def _kept(compiler: Path) -> list[Path]:
    return sorted(compiler.parent.glob("__pycache__/*"))


def test_code_is_kept_and_used_where_python_keeps_its_own(tmp_path: Path) -> None:
    templates, compiler = _archive(tmp_path)
    assert _render(templates, compiler) == "2 papers"
    (file,) = _kept(compiler)
    kept = file.stat().st_mtime_ns
    assert _render(templates, compiler) == "2 papers"
    assert file.stat().st_mtime_ns == kept, "it was compiled again"


def test_another_text_or_another_compiler_is_compiled_anew(tmp_path: Path) -> None:
    templates, compiler = _archive(tmp_path)
    _render(templates, compiler)
    before = _kept(compiler)[0].read_bytes()
    (templates / "page.html").write_text("{{ 1 + 2 }} papers")
    assert _render(templates, compiler) == "3 papers"
    between = _kept(compiler)[0].read_bytes()
    compiler.write_text("version = 2")
    assert _render(templates, compiler) == "3 papers"
    assert len({before, between, _kept(compiler)[0].read_bytes()}) == 3


@pytest.mark.parametrize("left", [0, 20, 40, -1])
def test_damaged_code_is_not_run(tmp_path: Path, left: int) -> None:
    templates, compiler = _archive(tmp_path)
    _render(templates, compiler)
    (file,) = _kept(compiler)
    whole = file.read_bytes()
    file.write_bytes(whole[:left])
    assert _render(templates, compiler) == "2 papers"
    assert file.read_bytes() == whole


def test_templates_of_others_and_folders_without_room_keep_none(tmp_path: Path) -> None:
    templates, compiler = _archive(tmp_path)
    assert _render(templates, compiler, own=tmp_path / "ours") == "2 papers"
    assert _kept(compiler) == []
    (compiler.parent / "__pycache__").write_text("a file in the way")
    assert _render(templates, compiler) == "2 papers"
