"""The templates' environment: where they are found, and how they are compiled.

Autoescape is always on. Jinja's own code asks for every attribute, escapes every text and calls
every macro through two or three calls of Python, and hands each piece of a page up through as many
generators as templates extend each other; over a hundred thousand pages that is half of the time.
So here attributes are read and macros called directly, a text that needs no escaping costs one
call, a block hands up all that it says at once, and what a template extends or imports is found
by its name alone.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, MutableMapping
from functools import lru_cache
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import markupsafe
from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateSyntaxError,
    nodes,
)
from jinja2.compiler import CodeGenerator, MacroRef
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from ..errors import DaybookError
from .compiled import Compiled

if TYPE_CHECKING:
    from jinja2.compiler import Frame

_escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
"""What `escape` calls; without making `Markup` of what goes into a page at once."""
_BLOCKS = (
    "article|body|d[dlt]|div|footer|form|h[1-6r]|head|header|html|li|link|main|meta|nav|ol|p|script"
    "|section|table|tbody|td|th|thead|title|tr|ul"
)
_BETWEEN = re.compile(
    rf"\n(?=(?:[ \t]*\{{%(?:(?!%\}}|\n).)*%\}}\n)*[ \t]*"
    rf"(?:</?(?:{_BLOCKS}|\{{\{{)[\s>]|\{{% end(?:macro|block) %\}}))"
)
"""The end of a line before a block's tag, or before what a template says has come to its end,
statements alone between them: a space that no browser shows. In a comment it does not count as one,
and the lines after it keep their numbers."""
PACKAGE = Path(__file__).resolve().parents[1]


def shown(value: Any) -> str:
    """Give a value as a template prints it: escaped, unless it is `Markup`."""
    kind = type(value)
    if kind is str:
        return _escape_text(value)
    return value if kind is Markup else escape(value)


class TemplateError(DaybookError):
    """A template failed where a theme has some of its own in the place of Daybook's.

    Those of an older version ask for what is called otherwise now, or lack what is asked of them.
    """


class _Macro(Macro):
    """A macro whose arguments are mostly given by their places."""

    def __init__(self, *facts: Any) -> None:
        super().__init__(*facts)
        special = self.catch_kwargs or self.catch_varargs or self.caller
        self._is_plain = self._default_autoescape and not special

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        """Give what the macro prints."""
        absent = self._argument_count - len(args)
        if absent < 0 or kwargs or not self._is_plain:
            return super().__call__(*args, **kwargs)
        if absent:
            args += (missing,) * absent
        return str.__new__(Markup, self._func(*args))  # without a look for `__html__`


class _Writer(CodeGenerator):
    """Writes a template's Python."""

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        """Import what is made once: no template gives what it imports any names of its own."""
        if node.with_context or not isinstance(node.template, nodes.Const):
            super()._import_common(node, frame)
            return
        self.write(f"environment.get_template({node.template.value!r}).module")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:  # noqa: ARG002 - Jinja's
        """Write a macro as one of ours."""
        node = macro_ref.node
        names = "".join(f"{argument.name!r}, " for argument in node.args)
        self.write(f"environment.macro(environment, macro, {getattr(node, 'name', None)!r}, ")
        self.write(f"({names}), {macro_ref.accesses_kwargs!r}, {macro_ref.accesses_varargs!r}, ")
        self.write(f"{macro_ref.accesses_caller!r}, context.eval_ctx.autoescape)")

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
    macro = _Macro

    def __init__(self, **choices: Any) -> None:
        super().__init__(**choices)
        self._found: dict[str, Template] = {}

    def handle_exception(self, source: str | None = None) -> NoReturn:
        """Say which of a theme's own templates may be the cause of an error, if it has any.

        Raises:
            TemplateError: with the place, what failed, and what to do.
            Exception: the error itself where all templates are Daybook's.
        """
        try:
            super().handle_exception(source)
        except TemplateError:
            raise
        except Exception as error:
            own, theirs = own_theme() / "templates", _copies(self.loader)
            if not theirs:
                raise
            what = " ".join(f"{type(error).__name__}: {error}".split()).rstrip(".")
            place = _place(error)
            named = [
                copy
                for copy in theirs
                if place.startswith(f"{copy}, ") or f"'daybook/{copy.name}'" in what
            ]
            copies = named or theirs
            raise TemplateError(
                f"{place}: {what}. Your theme's {', '.join(map(str, copies))} "
                f"{'takes' if len(copies) == 1 else 'take'} the place of Daybook's own in {own}, "
                "which may have changed since. Make yours anew from that, or take it out, and "
                "build again."
            ) from error

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's
    ) -> Template:
        """Give a template: compiled once, and by its name alone."""
        if isinstance(name, Template) or globals:
            return super().get_template(name, parent, globals)
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = super().get_template(name, parent)
            found.globals = dict(found.globals)  # copied for every page: a `ChainMap` is slow
        return found


class _Loader(FileSystemLoader):
    """Reads templates, and leaves out what a browser leaves out, on thousands of pages."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Give a template's text, whose lines keep their numbers."""
        text, name, is_current = super().get_source(environment, template)
        return _BETWEEN.sub("{#\n#}", text), name, is_current


def _copies(loader: object) -> list[Path]:
    """Give a theme's templates that take the place of Daybook's."""
    own = own_theme() / "templates"
    folders = getattr(loader, "searchpath", ())
    found = (Path(folder) / "daybook" for folder in folders if Path(folder).resolve() != own)
    return [
        copy
        for folder in found
        for copy in sorted(folder.glob("*.html"))
        if (own / "daybook" / copy.name).is_file()
    ]


def _place(error: Exception) -> str:
    """Give the file and the line of a template at which it failed."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return f"{error.filename}, line {error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    last = next((frame for frame in reversed(frames) if frame.filename.endswith(".html")), None)
    return f"{last.filename}, line {last.lineno}" if last else "a template"


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
        loader=_Loader(folders),
        autoescape=True,
        auto_reload=False,
        bytecode_cache=Compiled(own_theme() / "templates", Path(__file__)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
