"""What stops `make mail` before anything more is sent."""

from __future__ import annotations

from ..errors import DaybookError


class MailError(DaybookError):
    """A message, a list, a log or a server that cannot be used."""
