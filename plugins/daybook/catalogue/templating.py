"""The templates' environment: where they are found, and how they are compiled.

Autoescape is always on. Jinja's own code asks for every attribute, and escapes every text, through
two or three calls of Python; over a hundred thousand pages that is a third of the time, so that
here attributes are read directly, and a text that needs no escaping costs one call.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import markupsafe
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from jinja2.compiler import Frame

_escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
"""What `escape` calls; without making `Markup` of what goes into a page at once."""
PACKAGE = Path(__file__).resolve().parents[1]


def shown(value: Any) -> str:
    """Give a value as a template prints it: escaped, unless it is `Markup`."""
    kind = type(value)
    if kind is str:
        return _escape_text(value)
    return value if kind is Markup else escape(value)


class _Writer(CodeGenerator):
    """Writes a template's Python."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's
        """Read an attribute: views are records, and have what a template may ask for."""
        self.write("getattr(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """Print a value."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.shown(")


class _Templates(Environment):
    """Templates that are compiled as above."""

    code_generator_class = _Writer
    shown = staticmethod(shown)


def own_theme() -> Path:
    """Give Daybook's own theme: packaged beside the code, or the repository's."""
    packaged = PACKAGE / "theme"
    return packaged if packaged.is_dir() else PACKAGE.parents[1] / "theme"


def environment(folders: tuple[Path, ...]) -> Environment:
    """Open the templates of `folders`, the first winning, then Daybook's own.

    Each is compiled once, and all again only when a file changes (which `make serve` needs): the
    files are looked at once a build, not once a page.
    """
    found = (*folders, own_theme() / "templates")
    stamp = tuple(
        (str(file), status.st_mtime_ns, status.st_size)
        for folder in found
        for file in sorted(folder.glob("daybook/*.html"))
        for status in [file.stat()]
    )
    return _environment(found, stamp)


@lru_cache(maxsize=2)
def _environment(folders: tuple[Path, ...], stamp: object) -> Environment:  # noqa: ARG001
    return _Templates(
        loader=FileSystemLoader(folders),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
