"""Put into the wheel what needs npm: Lunr, and Daybook's scripts as esbuild makes them small."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class NpmHook(BuildHookInterface[Any]):
    """Adds ``daybook/lunr.min.js`` and ``daybook/minified/`` to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the file to add, or say how to get it.

        An editable install (``version`` is then ``editable``) needs none: it runs beside
        node_modules.

        Raises:
            FileNotFoundError: when Lunr has not been installed.
            daybook.errors.SettingsError: when esbuild has not.
        """
        if version == "editable":
            return
        lunr = Path(self.root, "node_modules", "lunr", "lunr.min.js")
        if not lunr.is_file():
            raise FileNotFoundError(
                f"{lunr} is missing: make the wheel with `make wheel`, which installs Lunr from npm"
            )
        build_data["force_include"][str(lunr)] = "daybook/lunr.min.js"
        sys.path.insert(0, str(Path(self.root, "plugins")))
        from daybook.scripts import minified  # noqa: PLC0415 - the plugin's own, found just now

        self._folder = tempfile.TemporaryDirectory()
        for number, (path, content) in enumerate(minified().items()):
            file = Path(self._folder.name, str(number))
            file.write_bytes(content)
            build_data["force_include"][str(file)] = f"daybook/minified/{path}"
