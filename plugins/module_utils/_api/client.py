# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The HTTP client: one session, TLS, retries and cooldowns per route, and the five forms of lists.

It knows neither Ansible nor the meaning of objects. It validates the structure of each answer, and raises
everything else as a C(RequestError).
"""

from __future__ import annotations

import email.utils
import json
import os
import random
import re
import ssl
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any
from urllib.parse import quote, unquote, urlencode, urljoin, urlsplit

from ansible_collections.community.openai_admin.plugins.module_utils._api.deadline import Overdue, bounded_pools
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    CHECK,
    ApiError,
    BadAnswer,
    BadInput,
    RequestError,
    Stopped,
    TooLarge,
    Unreachable,
    readable,
)
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import is_sendable

REQUESTS_MISSING: str | None = None
"""The traceback of the import if requests is missing; the runner reports it."""
try:
    import requests
    import urllib3
    from requests.adapters import HTTPAdapter
except ImportError:
    REQUESTS_MISSING = traceback.format_exc()

VERSION = "0.9.0"
ORGANIZATION_HEADER = "OpenAI-Organization"
"""In requests, the ID of the organization; in answers, its name."""
DEFAULT_BASE_URL = "https://api.openai.com/v1"
MAX_PAGES = 1000
MAX_URL = 7000
"""Maximum bytes of a URL without a cursor: with one, it stays below the 8 KiB that many servers and proxies accept."""
MAX_ANSWER = 32 * 1024 * 1024
"""Maximum bytes of one answer."""
WORKERS = 8
"""Default number of concurrent requests."""
MOST_WORKERS = 32
"""Maximum number of connections to keep open."""

_HOST = "api.openai.com"
_VERSION_PATH = "/v1"
_NO_ROUTE = (404, 405)
"""Status codes for a path at which a server has nothing."""
_BACKOFF = (1, 2, 4, 8, 16, 30)
"""Seconds: a rate limit of the Administration API resets after about 60, without announcing it."""
_FAULT_RETRIES = 4
"""Retries after errors other than 429: long waiting does not help against a server that is down."""
_MAX_REDIRECTS = 5
_LONGEST_TIMEOUT = 86400
_LONGEST_NAME = 200
_LONGEST_TEXT = 500
"""Maximum bytes of a plain text to show."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_RETRIED = (408, 409, 429)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NEVER_SENT = {"NewConnectionError", "NameResolutionError", "ProxyError", "InvalidURL"}
"""Errors of urllib3 and requests for a request that was never sent."""


@dataclass(frozen=True)
class Connection:
    """The address of the API and the credentials. An empty string counts as not given."""

    admin_key: str
    base_url: str = DEFAULT_BASE_URL
    organization_id: str = ""
    validate_certs: bool = True
    ca_path: str = ""
    client_cert: str = ""
    client_key: str = ""
    client_key_passphrase: str = ""
    timeout: float = 60
    """Seconds for connecting, and for each part of an answer."""
    max_wait: float = 120
    """Seconds that a request may wait without progress (0: never wait), and seconds for a whole answer."""


@dataclass(frozen=True, eq=False)
class Request:
    """One request: C(route) is the path as the API documents it, C(ids) fill its parameters."""

    method: str
    route: str
    doing: str
    """Its purpose, for messages: C(list the users of project 'search-prod')."""
    ids: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    repeatable: bool = True
    """Whether sending it twice has the same effect as sending it once."""
    writes: bool = True
    """Whether a request other than GET changes something; one that lets the API validate an object does not."""
    exact: bool = False
    """Whether to return numbers with a fraction as C(Decimal), without loss of digits."""
    final: tuple[int, ...] = ()
    """Statuses of a refusal that sending it again cannot change, besides those that are never sent again."""
    repeats: bool = False
    """Whether a listing can contain several valid entries with the same ID, which differ in other values."""
    own_id: str = "id"
    """The key that identifies an object of a listing."""
    any_of: tuple[str, ...] = ()
    """Lists in the query, of which an object has to match one entry; they can be split if they exceed a URL."""


@dataclass
class Route:
    """The state of one route: the server limits the rate per route, so cooldowns are per route too."""

    sent: int = 0
    retries: int = 0
    waited: float = 0.0
    """Seconds of cooldown; concurrent requests that wait for it share these seconds."""
    limited: bool = False
    ready_at: float = 0.0
    progress_at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass
class Clock:
    """The source of time, replaceable so that tests need not wait."""

    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[float, float], float] = random.uniform


class _Delay:
    """The time during which all threads waited: waiting made the task longer by this much."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._under_way = {"sending": 0, "waiting": 0}
        self._since = 0.0
        self.seconds = 0.0

    @contextmanager
    def during(self, what: str) -> Iterator[None]:
        """Count the current thread as C(sending) or C(waiting)."""
        self._change(what, 1)
        try:
            yield
        finally:
            self._change(what, -1)

    def _change(self, what: str, by: int) -> None:
        with self._lock:
            now = self._clock.monotonic()
            if self._under_way["waiting"] and not self._under_way["sending"]:
                self.seconds += now - self._since
            self._since = now
            self._under_way[what] += by


class Client:
    """A session with the Administration API, safe to use from several threads.

    C(parent): the ID of the process that waits for the results; if that process ends, the client sends nothing more.
    Raises C(BadInput) if the connection's options cannot work.
    """

    def __init__(self, connection: Connection, clock: Clock | None = None, parent: int | None = None) -> None:
        _check(connection)
        self._parent = parent
        self._connection = connection
        self.stop = threading.Event()
        """Set this event to make waiting requests fail with C(Stopped)."""
        self.clock = clock or Clock(sleep=self._sleep)
        self._session = _session(connection)
        self._settings = _settings(connection, self._session)
        self._routes: dict[str, Route] = {}
        self._is_known = False
        """Whether the API has answered at C(base_url)."""
        self._lock = threading.Lock()
        self._delay = _Delay(self.clock)
        self._organization: str | None = None
        self._contradiction = ""
        """A sentence that answers came from different organizations; empty if they did not."""

    def close(self) -> None:
        """Close all connections."""
        self._session.close()

    def _sleep(self, seconds: float) -> None:
        self.stop.wait(seconds)

    def rests(self, name: str) -> float:
        """Return the remaining seconds of the cooldown of the route C(METHOD /route)."""
        route = self._routes.get(name)
        return max(0.0, route.ready_at - self.clock.monotonic()) if route else 0.0

    @property
    def connection(self) -> Connection:
        """The options of the connection, including secrets."""
        return self._connection

    @property
    def organization(self) -> str | None:
        """The organization that the answers name; null if none of them names one."""
        return self._organization

    @property
    def routes(self) -> Mapping[str, Route]:
        """The state of each route, by C(METHOD /route)."""
        return self._routes

    @property
    def delay(self) -> float:
        """Seconds by which waiting made the task longer."""
        return self._delay.seconds

    def send(self, request: Request) -> dict[str, Any]:
        """Send a request, retry it while that can help, and return the answer. Raises C(RequestError)."""
        route = self._route(request)
        started: float | None = None
        attempt = 0
        unsure = False
        while True:
            self.wait_for(request)
            with route.lock:
                route.sent += 1
            if started is None:
                started = self.clock.monotonic()
            try:
                with self._delay.during("sending"):
                    answer = self._exchange(request)
            except RequestError as error:
                unsure = unsure or error.executed is not False
                if not _may_repeat(request, error) or not self.postpone(request, error, attempt, started):
                    if unsure and error.executed is False:
                        error.executed = None  # an earlier attempt may have succeeded
                    if request.method != "GET" and request.writes and request.repeatable:
                        error.tell_outcome()
                    raise
            else:
                route.progress_at = self.clock.monotonic()
                return answer
            attempt += 1

    def postpone(self, request: Request, error: RequestError, attempt: int, started: float, least: float = 0.0) -> bool:
        """Start a cooldown of the request's route before a retry; return false if the request must not be retried.

        C(least): minimum seconds of the cooldown.
        """
        route = self._route(request)
        limited = isinstance(error, ApiError) and error.status == 429
        route.limited = route.limited or limited
        left = max(started, route.progress_at) + self._connection.max_wait - self.clock.monotonic()
        pause = max(least, self._pause(error, attempt))
        if left <= 0 or (error.retry_after or 0) > left or not (limited or attempt < _FAULT_RETRIES):
            return False
        with route.lock:
            route.retries += 1
            now = self.clock.monotonic()
            rested_until, ready_at = max(route.ready_at, now), now + min(pause, left)
            route.waited += max(0.0, ready_at - rested_until)
            route.ready_at = max(route.ready_at, ready_at)
        return True

    def wait_for(self, request: Request) -> None:
        """Wait until the cooldown of the request's route has ended. Raises C(Stopped)."""
        route = self._route(request)
        while True:
            if self.stop.is_set():
                raise Stopped(f"{_failed(request)}: the task was stopped.")
            if self._parent not in (None, os.getppid()):
                raise Stopped(f"{_failed(request)}: the process that started this task is gone.")
            if self._contradiction:
                raise Stopped(f"{_failed(request)}: no more requests are sent, because {self._contradiction}.")
            pause = route.ready_at - self.clock.monotonic()
            if pause <= 0:
                return
            with self._delay.during("waiting"):
                self.clock.sleep(pause)

    def pages(self, request: Request, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """Yield the objects of all pages of a listing, at most C(limit). Raises C(RequestError)."""
        count = 0
        known: set[str] = set()
        for part in self.parts(request):
            for items, dummy in self.each_page(part, known):
                for item in items:
                    yield item
                    count += 1
                    if count == limit:
                        return

    def parts(self, request: Request) -> Iterator[Request]:
        """Split a request whose URL is too long into several with parts of its lists; no object matches two of them."""
        lists = {name: list(dict.fromkeys(request.query[name])) for name in request.any_of}
        request = replace(request, query={**request.query, **lists})
        excess = len(self._url(request)) - MAX_URL if lists else 0
        sizes = {name: _size(name, values) for name, values in lists.items() if len(values) > 1}
        if excess <= 0 or not sizes:
            yield request
            return
        longest = max(sizes, key=lambda name: sizes[name])
        room = max(sizes[longest] - excess, min(sizes[longest], MAX_URL) // 2)
        for values in _packed(longest, lists[longest], room):
            yield from self.parts(replace(request, query={**request.query, longest: values}))

    def each_page(self, request: Request, known: set[str] | None = None) -> Iterator[tuple[list[dict[str, Any]], bool]]:
        """Yield the objects of each page of a listing, and whether there are more pages. Raises C(RequestError).

        This skips objects whose IDs are in C(known), and adds the IDs of each page to it.
        """
        cursor: dict[str, str] = {}
        seen: set[str] = set()
        known = set() if known is None else known
        for dummy in range(MAX_PAGES):
            try:
                answer = self.send(replace(request, query={**request.query, **cursor}))
            except ApiError as error:
                if cursor and error.status in (400, 404):
                    error.add("The list may have changed while it was read: run the task again.")
                raise
            items = _items(request, answer)
            more = bool(answer.get("has_more"))
            yield _unknown(items, known, request), more
            if not more:
                return
            cursor = _cursor(request, answer, items)
            (position,) = cursor.values()
            if position in seen:
                raise BadAnswer(f"{_failed(request)}: the server repeats the page after '{position}'.", executed=True)
            seen.add(position)
        raise BadAnswer(
            f"{_failed(request)}: the listing has more than {MAX_PAGES} pages.",
            executed=True,
            advice="Narrow the listing with an option of the module, or check base_url.",
        )

    def _route(self, request: Request) -> Route:
        with self._lock:
            return self._routes.setdefault(f"{request.method} {request.route}", Route())

    def _pause(self, error: RequestError, attempt: int) -> float:
        """Return the seconds until the next attempt: as the server asks, otherwise increasing."""
        longest = _BACKOFF[min(attempt, len(_BACKOFF) - 1)]
        return error.retry_after or self.clock.jitter(longest / 2, longest)

    def _exchange(self, request: Request) -> dict[str, Any]:
        """Make one attempt."""
        url = self._connection.base_url.rstrip("/") + _path(request)
        query = _query(request.query)
        for dummy in range(_MAX_REDIRECTS):
            response, content = self._transfer(request, url, query)
            if not response.is_redirect:
                return self._answer(request, response, content)
            url, query = _redirected(request, url, response), []
        raise BadAnswer(f"{_failed(request)}: the server redirects endlessly.", executed=False)

    def _url(self, request: Request) -> str:
        return f"{self._connection.base_url.rstrip('/')}{_path(request)}?{urlencode(_query(request.query))}"

    def _transfer(self, request: Request, url: str, query: list[tuple[str, str]]) -> tuple[requests.Response, bytes]:
        connection = self._connection
        body = _body(request)
        try:
            headers = {"Content-Type": "application/json"} if request.method == "POST" else None
            asked = requests.Request(request.method, url, headers, params=query, data=body)
            response = self._session.send(
                self._session.prepare_request(asked),
                timeout=connection.timeout,
                allow_redirects=False,
                **self._settings,
            )
            with response:
                return response, _content(request, response)
        except requests.RequestException as error:
            raise self._unreachable(request, error) from None
        except ValueError:  # requests parses the target of a redirect even if it does not follow it
            raise BadAnswer(
                f"{_failed(request)}: the server redirects to an invalid address.", False, final=True
            ) from None

    def _unreachable(self, request: Request, error: requests.RequestException) -> Unreachable:
        """Return why there is no complete answer, and whether the server may have carried out the request."""
        parts = urlsplit(self._connection.base_url)
        server, timeout = f"{parts.scheme}://{parts.netloc}", f"{self._connection.timeout:g} s"
        causes = {type(each).__name__ for each in _nested(error)}
        if Overdue.__name__ in causes:
            return Unreachable(
                f"{_failed(request)}: {server} did not send its whole answer within {_whole(self._connection):g} s.",
                executed=None,
                advice="Raise max_wait if the network is slow; otherwise check base_url, and any proxy in between.",
                final=True,
            )
        executed, advice, final = None, CHECK, False
        if isinstance(error, requests.ConnectTimeout):
            reason, executed = "no connection in time", False
        elif isinstance(error, requests.Timeout):
            reason = f"no answer within {timeout}"
        elif "ReadTimeoutError" in causes:
            reason = f"no further part of the answer within {timeout}"
        else:
            reason = _reason(error)
            executed = False if causes & _NEVER_SENT or "CERTIFICATE_VERIFY_FAILED" in str(error) else None
        if isinstance(error, requests.exceptions.SSLError):
            # a server may refuse a client's certificate after it has read the request
            advice, final = _tls_advice(reason), True
        return Unreachable(
            f"{_failed(request)}: {server} could not be reached ({reason}).", executed, advice, final=final
        )

    def _answer(self, request: Request, response: requests.Response, content: bytes) -> dict[str, Any]:
        """Return the answer. Raises C(BadAnswer) if C(base_url) lacks the path of the API.

        Without this check, a 404 would seem to mean that an object does not exist.
        """
        self._note_organization(request, response)
        try:
            answer = self._read(request, response, content)
        except (ApiError, BadAnswer) as error:
            if self._is_known or not _is_elsewhere(self._connection.base_url, error):
                raise
            hint = f"base_url has no path: is {self._connection.base_url.rstrip('/')}{_VERSION_PATH} meant?"
            raise BadAnswer(error.message, executed=False, advice=hint, final=True, **error.facts) from None
        self._is_known = True
        return answer

    def _note_organization(self, request: Request, response: requests.Response) -> None:
        """Remember which organization an answer names. Raises C(BadAnswer) if answers name different ones."""
        said = _organization(response.headers)
        with self._lock:
            first = self._organization = self._organization or said
        if said is None or said == first:
            return
        self._contradiction = f"an answer names the organization '{said}', and an earlier one named '{first}'"
        status = response.status_code
        raise BadAnswer(
            f"{_failed(request)}: {self._contradiction}.",
            executed=None if status >= 500 else status < 400,
            advice="Check base_url, and any proxy in between: a task is for one organization.",
            final=True,
        )

    def _read(self, request: Request, response: requests.Response, content: bytes) -> dict[str, Any]:
        if response.status_code >= 400:
            raise _api_error(request, response, _parsed(response, content), self.clock.now())
        deletes = request.method == "DELETE"
        if deletes and (not content or _kind(response) == "application/json"):
            told = _parsed(response, content)  # only the status counts, unless the answer contradicts it
            answer = told if isinstance(told, dict) else {}
        else:
            answer = _object(request, response, content)
        if _denies(request, answer):
            raise _api_error(request, response, answer, self.clock.now())
        return {} if deletes else answer


def _is_elsewhere(base_url: str, error: ApiError | BadAnswer) -> bool:
    """Return whether an error shows that C(base_url) has no path and does not lead to the API."""
    parts = urlsplit(base_url)
    if parts.path.strip("/"):
        return False
    if isinstance(error, BadAnswer):
        return True
    is_official = f".{parts.hostname}".endswith(f".{_HOST}")
    is_no_api = error.facts.get("error_type") is None or "Invalid URL" in error.words
    return error.status in _NO_ROUTE and (is_official or is_no_api)


def _organization(headers: Mapping[str, str]) -> str | None:
    """Return the organization that an answer names; null if it names none, or no valid name."""
    said = headers.get(ORGANIZATION_HEADER, "")
    try:
        name = said.encode("latin-1").decode()  # as headers are read; names that are not ASCII come in UTF-8
    except UnicodeError:
        name = said
    name = name.strip()
    return name if name.isprintable() and 0 < len(name) <= _LONGEST_NAME else None


def _object(request: Request, response: requests.Response, content: bytes) -> dict[str, Any]:
    """Return the JSON object in an answer. Raises C(RequestError) if there is none."""
    try:
        answer = json.loads(content, parse_float=Decimal if request.exact else None)
    except (ValueError, ArithmeticError, RecursionError):
        raise _unreadable(request, response, content) from None
    if not isinstance(answer, dict):
        raise BadAnswer(f"{_failed(request)}: the answer is not a JSON object.", executed=True)
    return answer


def _session(connection: Connection) -> requests.Session:
    session = requests.Session()
    session.auth = _bearer(connection.admin_key)  # as a header alone, a .netrc would override it
    session.headers["User-Agent"] = f"community.openai_admin/{VERSION}"
    session.headers["Accept"] = "application/json"
    if connection.organization_id:
        session.headers[ORGANIZATION_HEADER] = connection.organization_id
    if connection.client_cert:
        session.cert = (connection.client_cert, connection.client_key or connection.client_cert)
    # the key would pass a proxy as it is; http only works for this very machine, which needs none
    session.trust_env = _is_https(connection)
    adapter = _adapter(connection)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    if not connection.validate_certs:
        urllib3.disable_warnings()  # the task says so itself
    return session


def _settings(connection: Connection, session: requests.Session) -> dict[str, Any]:
    """Return trust and proxies for each request; REQUESTS_CA_BUNDLE would override those of a session."""
    verify = (connection.ca_path or True) if connection.validate_certs else False
    return dict(session.merge_environment_settings(connection.base_url, {}, True, verify, None))


def _adapter(connection: Connection) -> HTTPAdapter:
    """Return an adapter with a deadline for answers and the passphrase of the client key, which requests lacks."""
    pools = bounded_pools(connection.timeout, _whole(connection))
    passphrase = connection.client_key_passphrase
    secret: dict[str, Any] = {"key_password": passphrase} if passphrase else {}

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **options: Any) -> None:
            super().init_poolmanager(connections, maxsize, block, **options, **secret)
            self.poolmanager.pool_classes_by_scheme = pools

        def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
            manager = super().proxy_manager_for(proxy, **options, **secret)
            manager.pool_classes_by_scheme = pools
            return manager

    return Adapter(pool_maxsize=MOST_WORKERS)


def _whole(connection: Connection) -> float:
    """Return the seconds for a whole answer: at least those for its first part."""
    return max(connection.timeout, connection.max_wait)


def _bearer(admin_key: str) -> Callable[[requests.PreparedRequest], requests.PreparedRequest]:
    def authorize(prepared: requests.PreparedRequest) -> requests.PreparedRequest:
        prepared.headers["Authorization"] = f"Bearer {admin_key}"
        return prepared

    return authorize


def _check(connection: Connection) -> None:
    """Reject options that would fail later with unclear errors, or send the key to a wrong place."""
    if not connection.admin_key:
        raise BadInput("No admin key: set the option admin_key or the environment variable OPENAI_ADMIN_KEY.")
    for option in "admin_key", "organization_id":
        value = getattr(connection, option)
        if not (value.isascii() and value.isprintable() and " " not in value):
            raise BadInput(f"{option} contains blanks, line breaks or other characters that are not allowed in it.")
    check_url(connection.base_url, "base_url", DEFAULT_BASE_URL, "admin_key")
    for option in ("ca_path", "client_cert", "client_key"):
        path = getattr(connection, option)
        if path and not os.access(path, os.R_OK):
            raise BadInput(f"{option}: {path} cannot be read.")
    if not 0 < connection.timeout <= _LONGEST_TIMEOUT or not connection.max_wait >= 0:
        raise BadInput(
            f"timeout must be more than 0 and at most {_LONGEST_TIMEOUT} seconds, max_wait at least 0 seconds."
        )
    if connection.client_key and not connection.client_cert:
        raise BadInput("client_key needs client_cert.")
    if connection.client_cert and _is_https(connection):
        _check_client(connection)


def _check_client(connection: Connection) -> None:
    """Reject an unusable client certificate; without a passphrase, OpenSSL would prompt for one."""
    key = connection.client_key or connection.client_cert
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_cert_chain(
            connection.client_cert, key, connection.client_key_passphrase
        )
    except (OSError, ValueError):
        raise BadInput(
            f"client_cert {connection.client_cert} and client_key {key} are not a certificate and its private key in"
            " PEM format, or client_key_passphrase is missing or wrong."
        ) from None


def _is_https(connection: Connection) -> bool:
    return urlsplit(connection.base_url).scheme == "https"


def check_url(url: str, option: str, example: str, instead: str) -> None:
    """Raise C(BadInput) for an invalid URL, or one to which a secret would be sent unencrypted."""
    try:
        parts = urlsplit(url)
        host, dummy = parts.hostname, parts.port
    except ValueError:
        raise BadInput(f"{option} is not a URL.") from None
    if parts.username is not None or parts.password is not None:
        raise BadInput(f"{option} must not contain a user name or a password: use {instead}.")
    if parts.scheme not in ("http", "https") or not host or not url.isprintable() or set(url) & set(" ?#"):
        raise BadInput(f"{option} must be a URL such as {example}.")
    if parts.scheme == "http" and host not in _LOOPBACK:
        raise BadInput(f"{option} must begin with https:// (http only works for the local machine, not for {host}).")


def _path(request: Request) -> str:
    """Return the path with percent-encoded IDs; rejects IDs that would lead to another route."""
    ids = {}
    for name, value in request.ids.items():
        if f"{{{name}}}" not in request.route:
            continue
        # a server may decode the path before it looks for dots and slashes
        if not isinstance(value, str) or any(part in ("", ".", "..") for part in re.split(r"[/\\]", unquote(value))):
            raise BadInput(f"{name} cannot be '{value}'.")
        if not is_sendable(value) or _CONTROL.search(unquote(value)):
            raise BadInput(f"{name} contains characters that cannot be sent.")
        ids[name] = quote(value, safe="")
    return request.route.format(**ids)


def _body(request: Request) -> bytes | None:
    if request.body is None:
        return None
    try:
        return json.dumps(request.body, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise BadInput(f"{_failed(request)}: a value contains characters that cannot be sent.") from None


def _query(query: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the query as the official SDK sends it: C(x[]=a&x[]=b), C(true) and C(false), null omitted."""
    pairs = []
    for name, value in query.items():
        many = isinstance(value, (list, tuple))
        for one in value if many else [value]:
            if one is None:
                continue
            text = str(one).lower() if isinstance(one, bool) else str(one)
            if not is_sendable(text):
                raise BadInput(f"{name} contains characters that cannot be sent.")
            pairs.append((f"{name}[]" if many else name, text))
    return pairs


def _size(name: str, values: Sequence[Any]) -> int:
    """Return how many bytes these entries take in a URL."""
    return len(urlencode(_query({name: values}))) + 1


def _packed(name: str, values: Sequence[Any], room: int) -> Iterator[list[Any]]:
    """Split entries into as few lists as possible of at most C(room) bytes each; a single longer entry stays whole."""
    part: list[Any] = []
    left = room
    for value in values:
        size = _size(name, [value])
        if part and size > left:
            yield part
            part, left = [], room
        part.append(value)
        left -= size
    yield part


def _content(request: Request, response: requests.Response) -> bytes:
    parts = []
    size = 0
    for part in response.iter_content(65536):
        parts.append(part)
        size += len(part)
        if size > MAX_ANSWER:
            raise TooLarge(f"{_failed(request)}: the answer is larger than 32 MiB.", executed=True, final=True)
    return b"".join(parts)


def _redirected(request: Request, url: str, response: requests.Response) -> str:
    """Return the target of a redirect; rejects other origins, because the key would be sent there too."""
    target = urljoin(url, response.headers["Location"])
    here, there = urlsplit(url), urlsplit(target)
    if (here.scheme, here.netloc) != (there.scheme, there.netloc) or request.method != "GET":
        raise BadAnswer(
            f"{_failed(request)}: the server redirects to {there.scheme}://{there.hostname}, which is refused."
            " Set base_url to the API's own address.",
            executed=False,
            final=True,
            advice="",
        )
    return target


def _items(request: Request, answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    items = answer.get("data")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise BadAnswer(f"{_failed(request)}: the answer is not a listing (it has no data).", executed=True)
    if not isinstance(answer.get("has_more", False), bool):
        raise BadAnswer(f"{_failed(request)}: the listing's has_more is not true or false.", executed=True)
    return items


def _unknown(items: list[dict[str, Any]], known: set[str], request: Request) -> list[dict[str, Any]]:
    """Return the objects that are new: neither earlier in this page nor in C(known)."""
    fresh = []
    for item in items:
        identifier = json.dumps(item, sort_keys=True, default=str) if request.repeats else item.get(request.own_id)
        if identifier is None or str(identifier) not in known:
            fresh.append(item)
        if identifier is not None:
            known.add(str(identifier))
    return fresh


def _cursor(request: Request, answer: Mapping[str, Any], items: list[dict[str, Any]]) -> dict[str, str]:
    """Return the query of the next page: C(page) for reports, otherwise C(after)."""
    if answer.get("next_page"):
        return {"page": str(answer["next_page"])}
    last = items[-1] if items else {}
    after = answer.get("next") or answer.get("last_id") or last.get("id") or last.get("group_id")
    if not after:
        raise BadAnswer(f"{_failed(request)}: the listing does not say where its next page begins.", executed=True)
    return {"after": str(after)}


def _may_repeat(request: Request, error: RequestError) -> bool:
    if error.final:
        return False
    if isinstance(error, ApiError):
        if error.status == 429:
            return True
        if error.status in request.final:
            return False
        return request.repeatable and (error.status in _RETRIED or error.status >= 500)
    if isinstance(error, Unreachable):
        return request.repeatable or error.executed is False
    return False


def _parsed(response: requests.Response, content: bytes) -> Any:
    """Return the parsed JSON or plain text; null for anything else, such as a gateway's page."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return _plain_text(response, content)


def _denies(request: Request, answer: Mapping[str, Any]) -> bool:
    """Return whether an answer says that nothing was done, although its status reports success."""
    if request.method == "DELETE" and answer.get("deleted") is False:
        return True
    return bool(answer.get("error")) and not any(answer.get(name) for name in ("id", "data", "deleted"))


def _api_error(request: Request, response: requests.Response, body: Any, now: float) -> ApiError:
    """Return the server's error, parsed defensively: gateways answer with anything."""
    told = body.get("error", body) if isinstance(body, dict) else body
    details = told if isinstance(told, dict) else {"message": told if isinstance(told, str) else None}
    status = response.status_code
    is_denial = status < 400
    reason = "the answer says that the change was not made" if is_denial else response.reason
    words = details.get("message") or reason or "no message"
    executed = None if status >= 500 or status == 408 or (is_denial and body.get("deleted") is not False) else False
    facts = {
        "error_code": details.get("code"),
        "error_type": details.get("type"),
        "error_param": details.get("param"),
        "request_id": response.headers.get("x-request-id"),
    }
    return ApiError(
        f"{_failed(request)}: {str(words).rstrip('.')} (HTTP {status}).{_advice(request, status, str(words))}",
        executed=executed,
        words=str(words),
        status_code=status,
        **{name: readable(fact) if isinstance(fact, str) else fact for name, fact in facts.items()},
        retry_after=_retry_after(response.headers, now),
        final=is_denial or response.headers.get("x-should-retry") == "false",
    )


def _plain_text(response: requests.Response, content: bytes) -> str | None:
    """Return an answer in plain text; null for other types."""
    if _kind(response) != "text/plain":
        return None
    return " ".join(content[:_LONGEST_TEXT].decode(errors="replace").split())


def _tls_advice(reason: str) -> str:
    """Return advice for a TLS error: about the server's certificate, or the client's."""
    known = (advice for fragment, advice in _TLS_ADVICE.items() if fragment in reason.casefold())
    return next(known, "Check base_url, client_cert and client_key, and any proxy in between.")


_TRUST = "If you trust the server's authority, set ca_path to its certificate."
_TIME = "The server's certificate is not valid now, or the clock of this machine is wrong."
_TLS_ADVICE = {
    "mismatch": "The server's certificate is for another host: check base_url, and any proxy in between.",
    "expired": _TIME,
    "not yet valid": _TIME,
    "issuer": _TRUST,
    "self-signed": _TRUST,
    "alert": "The server rejects the client certificate: check client_cert and client_key.",
}


def _advice(request: Request, status: int, words: str) -> str:
    if "unsupported endpoint" in words.lower():
        return " The organization does not have this feature: ask OpenAI to enable it."
    if "missing scope" in words.lower():
        return " The admin key lacks a permission: use one with these scopes."
    if "client certificate" in words.lower():
        return " Set client_cert and client_key to a client certificate that an active certificate has signed."
    if status == 401:
        return " Check admin_key or OPENAI_ADMIN_KEY: only an organization's admin key works here."
    if status == 403:
        return (
            f" The admin key may lack a permission, such as the scope {_scope(request)}, or the organization's settings"
            " forbid it."
        )
    if status == 429:
        limit = f"{request.method} {request.route}"
        return f" The limit of {limit} did not free up within max_wait: run again later, or raise max_wait."
    if status >= 500:
        return " The server failed: run again later."
    return f" {CHECK}" if status < 400 else ""


def _scope(request: Request) -> str:
    """Return the scope that a request needs, as far as U(https://platform.openai.com/docs) documents scopes."""
    of = next((scope for part, scope in _SCOPES.items() if f"/{part}" in request.route), "management")
    return f"api.{of}.{'read' if request.method == 'GET' else 'write'}"


_SCOPES = {"audit_logs": "audit_logs", "certificates": "mtls"}


def _retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Return the seconds that the server asks to wait, from any of three headers; null if it does not ask."""
    for name, scale in ("retry-after-ms", 0.001), ("retry-after", 1.0):
        try:
            seconds = float(headers[name]) * scale
        except (KeyError, ValueError):
            continue
        return seconds if seconds > 0 else None
    try:
        seconds = email.utils.parsedate_to_datetime(headers["retry-after"]).timestamp() - now
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    return seconds if seconds > 0 else None


def _unreadable(request: Request, response: requests.Response, content: bytes) -> RequestError:
    kind = _kind(response)
    if kind == "application/json":  # truncated in transit: the same as no answer
        executed = True if content else None  # an empty answer may not come from the API at all
        return Unreachable(f"{_failed(request)}: the answer is not complete JSON.", executed)
    beginning = " ".join(content[:80].decode(errors="replace").split())
    return BadAnswer(
        f"{_failed(request)}: the answer is {kind or 'something'}, not JSON ('{beginning}').", executed=None
    )


def _kind(response: requests.Response) -> str:
    """Return the content type of an answer."""
    return str(response.headers.get("Content-Type", "")).partition(";")[0].strip()


def _failed(request: Request) -> str:
    return f"Could not {request.doing}"


def _nested(error: BaseException) -> Iterator[BaseException]:
    """Yield an error of requests and the nested errors of urllib3 and the system, outermost first."""
    inner: BaseException | None = error
    while inner is not None:
        yield inner
        parts = (getattr(inner, "reason", None), *inner.args)
        inner = next((part for part in parts if isinstance(part, BaseException)), None)


def _reason(error: BaseException) -> str:
    """Return the last part of the innermost message: C(Connection refused)."""
    *dummy, cause = _nested(error)
    words = re.sub(r" \(_ssl\.c:\d+\)", "", str(cause))
    return words.rsplit(": ", 1)[-1].strip("()'\". ") or type(cause).__name__
