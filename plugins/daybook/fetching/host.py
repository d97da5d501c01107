"""One host on the web, asked politely: the one place that speaks HTTP.

Between two questions lies at least the pause that the host documents; failures that may pass are
tried again, each time after twice the wait, or after the time the host asks for; every answer has
an end in time and size. What is asked is never logged, only the host's name.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import email.utils
import json
import re
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

import httpx

from ..mail_addresses import host_name
from .answer_cache import AnswerCache, Remembered
from .errors import AnswerError, HostError

LARGEST_ANSWER = 64_000_000
"""Bytes; a day of a hundred papers is 1 MB."""
MOST_REDIRECTS = 5
_WORTH_ANOTHER_TRY = frozenset({408, 425, 429, 500, 502, 503, 504})
_USER = re.compile(r"(?<=//).*@|^[^/]*@")
_RESET = re.compile(r"(?:^|;)\s*t=(\d{1,6})(?:;|$)")

Query = Mapping[str, str | int]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to try, in seconds."""

    tries: int = 5
    first_wait: float = 1
    """Doubled after each try, unless the host says how long to wait."""
    longest_wait: float = 300
    """A host that asks for more is taken at its word: the fetch ends and says so. Hugging Face's
    limits are for windows of five minutes."""
    silence: float = 20
    """How long a connection may say nothing."""
    answer: float = 120
    """How long one answer may take as a whole, redirects and all, however slowly it drips."""


class PassingError(Exception):
    """A failure that may be gone a moment later; `Host.ask` tries again, or makes it an error."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        self.wait = wait
        """Seconds the host asks to wait, where it says so."""
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class _Response:
    status: int
    reason: str
    headers: httpx.Headers
    body: bytes


class _Gzip:
    """Unpacks what comes in pieces: members of gzip, one after the other (RFC 1952, 2.2)."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(wbits=31)
        self._begun = False

    @property
    def is_whole(self) -> bool:
        """Whether nothing came, or all that began has ended."""
        return self._member.eof or not self._begun

    def read(self, chunk: bytes, most: int) -> bytes:
        """Unpack a piece, up to `most` bytes: whoever gets so many need not ask for the rest.

        Raises:
            zlib.error: for what is no gzip.
        """
        told = bytearray()
        while chunk and len(told) < most:
            if self._member.eof:
                self._member = zlib.decompressobj(wbits=31)
            self._begun = True
            told += self._member.decompress(chunk, most - len(told))
            chunk = self._member.unused_data
        return bytes(told)


class Host:
    """A host at a base address; a context manager, one connection at a time."""

    def __init__(
        self,
        base: str,
        *,
        pause: float,
        agent: str = "Daybook",
        patience: Patience | None = None,
        cache: AnswerCache | None = None,
    ) -> None:
        """Name the host; `pause` is the least time between two questions, in seconds.

        Raises:
            HostError: when `base` is not the address of a host.
        """
        try:
            parts = urlsplit(base)
            self.name = host_name(parts.hostname or "")
            whole = parts.port != 0 and not (parts.query or parts.fragment)
        except ValueError:
            whole = False
        if not whole or parts.scheme not in {"http", "https"}:
            raise HostError(
                f"{_shown(base)!r} is not the address of a host: it should begin with https://"
            )
        self.base = base.rstrip("/")
        self.pause = pause
        self.patience = patience or Patience()
        self._agent = agent
        self._cache = cache
        self._last: float | None = None

    def __enter__(self) -> Self:
        self._runner = asyncio.Runner()
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(self.patience.silence),
            headers={"User-Agent": self._agent, "Accept-Encoding": "gzip"},
            limits=httpx.Limits(max_connections=1),
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()

    def ask(
        self,
        path: str,
        query: Query,
        read: Callable[[bytes], T],
        *,
        post: Any = None,
        missing: Sequence[int] = (),
    ) -> T:
        """Get one answer, as `read` reads its body, trying again where that may help.

        `read` may raise `PassingError` or `AnswerError`; what it does not read is not remembered.
        With `post`, that is sent as JSON. A status in `missing` means that the host has nothing,
        and gives an empty body.

        Raises:
            HostError: for a host that cannot be reached, or stays busy.
            AnswerError: for an answer that is an error in itself.
        """
        try:
            request = self._client.build_request(
                "GET" if post is None else "POST",
                self.base + path,
                params={key: str(value) for key, value in query.items()},
                json=post,
            )
        except (httpx.InvalidURL, ValueError, OverflowError) as error:
            raise HostError(
                f"{_shown(self.base)!r} is not the address of a host: {error}"
            ) from None
        known = self._cache.recall(str(request.url)) if self._cache and post is None else None
        if known is not None:
            request.headers.update(known.validators)

        def attempt() -> T:
            response = self._once(request)
            told = read(self._body(response, known, missing))
            if self._cache is not None and post is None and response.status == httpx.codes.OK:
                self._cache.keep(str(request.url), response.body, response.headers)
            return told

        return self._insist(attempt)

    def _insist(self, ask: Callable[[], T]) -> T:
        wait = self.patience.first_wait
        for attempt in range(1, self.patience.tries + 1):
            try:
                return ask()
            except PassingError as error:
                asked = error.wait
                if attempt == self.patience.tries:
                    tries = "1 try" if attempt == 1 else f"{attempt} tries"
                    raise HostError(f"{self.name}: {error} ({tries}); try again later") from None
                if asked is not None and asked > self.patience.longest_wait:
                    raise HostError(
                        f"{self.name}: {error}, and asks to wait {asked:.0f} seconds; "
                        "try again after that"
                    ) from None
            time.sleep(wait if asked is None else asked)
            wait = min(2 * wait, self.patience.longest_wait)
        raise AssertionError("unreachable: the last try returns or raises")

    def _once(self, request: httpx.Request) -> _Response:
        """Ask once, not sooner than the pause allows, and for no longer than an answer may take."""
        if self._last is not None:
            time.sleep(max(0.0, self._last + self.pause - time.monotonic()))
        try:
            return self._runner.run(self._read(request))
        except TimeoutError:
            seconds = self.patience.answer
            raise PassingError(f"did not finish within {seconds:g} seconds") from None
        except httpx.UnsupportedProtocol:
            raise AnswerError(f"{self.name}: redirects to what is no web address") from None
        except httpx.TimeoutException:
            raise PassingError(f"said nothing for {self.patience.silence:g} seconds") from None
        except zlib.error:
            raise PassingError("answered with what cannot be unpacked") from None
        except httpx.RequestError as error:
            raise PassingError(str(error) or type(error).__name__) from None
        except (httpx.InvalidURL, ValueError, OverflowError, ExceptionGroup):
            # A name or a port that no host can have, as what httpx stands on finds them.
            raise AnswerError(f"{self.name}: this address, or where it leads, is none") from None
        finally:
            self._last = time.monotonic()

    async def _read(self, request: httpx.Request) -> _Response:
        """Read one whole answer, within its time and size."""
        async with asyncio.timeout(self.patience.answer):
            response = await self._client.send(request, stream=True)
            for _ in range(MOST_REDIRECTS):  # httpx would read what stands in each of them whole
                following = response.next_request
                if following is None:
                    break
                await response.aclose()
                if request.url.scheme == "https" != following.url.scheme:
                    raise AnswerError(f"{self.name}: redirects to where anybody could read along")
                response = await self._client.send(following, stream=True)
            try:
                if response.next_request is not None:
                    raise AnswerError(f"{self.name}: redirects in a circle; nothing was saved")
                body = await self._whole(response)
            finally:
                await response.aclose()
        return _Response(response.status_code, response.reason_phrase, response.headers, body)

    async def _whole(self, response: httpx.Response) -> bytes:
        """Read an answer's bytes, packed once at most; httpx would unpack what has no bound."""
        coding = response.headers.get("content-encoding", "identity").strip().lower()
        if coding not in {"identity", "gzip"}:
            raise AnswerError(f"{self.name}: answered in a coding that nobody asked for")
        unpack = _Gzip() if coding == "gzip" else None
        body = bytearray()
        came = 0
        async for chunk in response.aiter_raw():
            came += len(chunk)
            body += chunk if unpack is None else unpack.read(chunk, LARGEST_ANSWER + 1 - len(body))
            if max(came, len(body)) > LARGEST_ANSWER:
                limit = LARGEST_ANSWER // 1_000_000
                raise AnswerError(f"{self.name}: answered more than {limit} MB")
        if unpack is not None and not unpack.is_whole:
            raise PassingError("broke off in the middle of an answer")
        return bytes(body)

    def _body(self, response: _Response, known: Remembered | None, missing: Sequence[int]) -> bytes:
        """Give a good answer's body."""
        status = response.status
        if status == httpx.codes.OK:
            if not response.body:
                raise PassingError("answered with nothing")
            return response.body
        if status == httpx.codes.NOT_MODIFIED and known is not None:
            return known.body
        if status in missing:
            return b""
        told = f"answered {status} {response.reason}".rstrip()
        if status in _WORTH_ANOTHER_TRY:
            raise PassingError(told, _asked_wait(response.headers))
        if status in {401, 403, 407}:
            raise HostError(f"{self.name}: {told}{_reason(response.body)}; it does not let us in")
        raise AnswerError(f"{self.name}: {told}{_reason(response.body)}")


def user_agent(site: str, contact: str = "") -> str:
    """Name the program, and the archive and person that ask, where they are known."""
    known = [f"+{site}" if site else "", f"mailto:{contact}" if contact else ""]
    about = "".join(f"; {word}" for word in known if word and word.isascii() and word.isprintable())
    return f"Daybook (research paper archive{about})"


def read_json(body: bytes) -> Any:
    """Read an answer that should be JSON, whole.

    Raises:
        AnswerError: when it is something else, or breaks off.
    """
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        start = body[:60].decode("utf-8", "replace").strip()
        raise AnswerError(
            f"expected JSON, and the answer begins {start!r}; try again later"
        ) from None


def _shown(address: str) -> str:
    """Give an address as a log may have it: without a name and a password before its host."""
    return _USER.sub("***@", address)


def _asked_wait(headers: httpx.Headers) -> float | None:
    """Read how long the host asks to wait: seconds, or a date (RFC 9110, section 10.2.3).

    Hugging Face says it as ``RateLimit: "api";r=0;t=55`` instead:
    https://huggingface.co/docs/hub/rate-limits
    """
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdecimal():
        return float(value)
    with suppress(ValueError, TypeError, OverflowError):
        moment = email.utils.parsedate_to_datetime(value)
        if moment.tzinfo is not None:
            asked = (moment - dt.datetime.now(dt.UTC)).total_seconds()
            return asked if asked > 0 else None
    reset = _RESET.search(headers.get("ratelimit", ""))
    return float(reset[1]) if reset else None


def _reason(body: bytes) -> str:
    """Give the host's own words about an error, where it has any."""
    with suppress(ValueError, UnicodeDecodeError, RecursionError):
        answer = json.loads(body)
        if isinstance(answer, dict) and isinstance(answer.get("error"), str):
            return f": {' '.join(answer['error'].split())[:200]}"
    return ""
