"""What can go wrong in fetching: the host, or what it answered."""

from __future__ import annotations

from ..errors import DaybookError


class FetchError(DaybookError):
    """Something that could not be fetched; the message says what to do."""


class HostError(FetchError):
    """A host that cannot be reached, or will not answer now: asking it for more is no use."""


class AnswerError(FetchError):
    """An answer that is not what was asked for; the next question may fare better."""


class WorseDigestError(AnswerError):
    """An answer that knows less than the digest saved before, which was kept."""
