"""An archive with published newsletters, and a way to run ``make mail`` in it."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from daybook.mailing.__main__ import main

from ..catalogue.small_archive import OPTIONS, render
from .servers import Office

NOW = dt.datetime(2025, 3, 12, 7, 30, tzinfo=dt.UTC)
DIGEST = "2025-03-11"
Mail = Callable[..., tuple[int, str]]


@cache
def _published() -> dict[str, bytes]:
    options = replace(
        OPTIONS, mail_from="ada@papers.example", unsubscribe="mailto:off@papers.example"
    )
    files = render(options=options)
    return {path: content for path, content in files.items() if path.endswith(".eml")}


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Publish an archive, and go there."""
    for path, content in _published().items():
        file = tmp_path / "output" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (tmp_path / "content").mkdir()
    (tmp_path / "pelican.conf.py").write_text(
        'PATH = "content"\nOUTPUT_PATH = "output"\nDAYBOOK_BASE = ""\n'
    )
    for name in ("DIGEST", "SMTP", "TO", "LIST", "DRY", "SMTP_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def mail(archive: Path, capsys: pytest.CaptureFixture[str]) -> Mail:
    """Run ``make mail`` for the digest at an office; give the exit code and what was said."""

    def run(office: Office | None, **values: str) -> tuple[int, str]:
        where = {"SMTP": f"smtp://127.0.0.1:{office.port}"} if office else {}
        code = main({"DIGEST": DIGEST, **where, **values}, NOW)
        return code, capsys.readouterr().out

    return run


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Make a certificate of this machine's own, and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    certificate, key = folder / "server.crt", folder / "server.key"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", key, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    return certificate, key
