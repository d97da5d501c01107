"""Put Lunr into the wheel: it comes from npm, so it is taken from node_modules at build time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class LunrHook(BuildHookInterface[Any]):
    """Adds ``daybook/lunr.js`` to a wheel, from the npm package that `make` installs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the file to add, or say how to get it.

        An editable install (``version`` is then ``editable``) needs none: it runs beside
        node_modules.

        Raises:
            FileNotFoundError: when Lunr has not been installed.
        """
        if version == "editable":
            return
        lunr = Path(self.root, "node_modules", "lunr", "lunr.min.js")
        if not lunr.is_file():
            raise FileNotFoundError(
                f"{lunr} is missing: make the wheel with `make wheel`, which installs Lunr from npm"
            )
        build_data["force_include"][str(lunr)] = "daybook/lunr.min.js"
