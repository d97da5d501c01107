"""Our own templates' code, kept as Python keeps that of modules: in ``__pycache__``, for each file.

To read and compile all of them takes longer than to render 500 papers. What is kept is used if the
template, what compiled it, Jinja and Python are the same; it is written where Python writes
modules' code, if it does, and safe to lose or to damage. Templates of others are compiled for each
build: their folders are theirs.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from hashlib import blake2b
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path

from jinja2 import BytecodeCache, __version__
from jinja2.bccache import Bucket

from ..plain_files import keep

_SIZE = 32


class Compiled(BytecodeCache):
    """The code of the templates in a folder."""

    def __init__(self, templates: Path, compiler: Path) -> None:
        """Keep code of the templates below `templates` as the module `compiler` makes it."""
        self._own = f"{templates}{os.sep}"
        self._folder = Path(cache_from_source(str(compiler))).parent
        self._maker = b"%b %b %b" % (MAGIC_NUMBER, __version__.encode(), compiler.read_bytes())

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Give the name of the file that keeps a template's code; '' where none does."""
        own = filename is not None and filename.startswith(self._own)
        return f"{name.replace('/', '-')}.{sys.implementation.cache_tag}.code" if own else ""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a template's code, if it is there and whole."""
        if bucket.key:
            with contextlib.suppress(OSError):
                found = (self._folder / bucket.key).read_bytes()
                if found[:_SIZE] == self._mark(bucket, found[_SIZE:]):
                    bucket.code = marshal.loads(found[_SIZE:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code, where Python keeps its own, and it can be written."""
        if not bucket.key or sys.dont_write_bytecode:
            return
        code = marshal.dumps(bucket.code)
        keep(self._folder / bucket.key, self._mark(bucket, code), code)

    def _mark(self, bucket: Bucket, code: bytes) -> bytes:
        """Stand for what code was made from and by, and for the code."""
        told = b"%b\0%b\0" % (bucket.checksum.encode(), self._own.encode("utf-8", "replace"))
        return blake2b(told + self._maker + code, digest_size=_SIZE).digest()
