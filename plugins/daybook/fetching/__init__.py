"""The archive's way to the web: ``make fetch`` saves digests, ``make enrich`` looks facts up.

Nothing else in Daybook asks another host, and nothing else knows what day it is. What is fetched is
saved as it came into the folder of digests, and read from there like a digest dropped in by hand;
what is looked up goes into the metadata folder, each fact with its source and day.
"""

from .errors import AnswerError, FetchError, HostError, WorseDigestError

__all__ = ["AnswerError", "FetchError", "HostError", "WorseDigestError"]
