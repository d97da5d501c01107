"""The templates' environment: where they are found, and how they are compiled.

Autoescape is always on. Jinja's own code asks for every attribute, escapes every text and calls
every macro through two or three calls of Python, and hands each piece of a page up through as many
generators as templates extend each other; over a hundred thousand pages that is half of the time.
So here attributes are read and macros called directly, a text that needs no escaping costs one
call, and a block hands up all that it says at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from keyword import iskeyword
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
        reserved = iskeyword(node.attr)
        self.write("getattr(" if reserved else "(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})" if reserved else f").{node.attr}")

    def visit_Call(  # noqa: N802 - Jinja's
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,
    ) -> None:
        """Call a macro or a method: no function of ours asks for Jinja's context."""
        starred = node.dyn_args is not None or node.dyn_kwargs is not None
        if forward_caller or starred or any(iskeyword(each.key) for each in node.kwargs):
            super().visit_Call(node, frame, forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        """Write what stands in a template or a block; gather what it prints."""
        if frame.buffer is not None:
            super().blockvisit(body, frame)
            return
        self.buffer(frame)
        super().blockvisit(body, frame)
        self.writeline(f"yield concat({frame.buffer})")

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
