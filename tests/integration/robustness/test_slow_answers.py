# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An answer has a bound in time, however a server spreads it: `timeout` for each part, `max_wait` for all of it."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from contextlib import closing
from typing import Any

import pytest
import trustme
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client, Connection, Request
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import RequestError
from integration.servers import Served, trickling

READ = Request("GET", "/organization/projects", "list the projects")
CREATE = Request("POST", "/organization/projects", "create project 'x'", body={"name": "x"}, repeatable=False)
PAUSE = 0.02
TIMEOUT, MAX_WAIT = 0.3, 0.6
PATIENCE = 2.0
"""Seconds in which a failure must have come, on a machine that has other work, too."""

BODY = b'{"data": [], "has_more": false}'
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
SHORT = HEAD + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
LONG = HEAD + b"Content-Length: 100000\r\n\r\n"


def bytewise(text: bytes) -> list[bytes]:
    return [bytes([each]) for each in text]


ENDLESS: dict[str, Iterable[bytes]] = {
    "a body, byte by byte": [LONG, *bytewise(b" " * 500)],
    "a body in chunks of one byte": [CHUNKED, *[b"1\r\n \r\n"] * 500],
    "a header, byte by byte": [b"HTTP/1.1 200 OK\r\nX-Long: ", *bytewise(b"x" * 500)],
    "header after header": [b"HTTP/1.1 200 OK\r\n", *[b"X-Many: x\r\n"] * 90],
    "the status line, byte by byte": bytewise(b"HTTP/1.1 200 " + b"O" * 500),
    "nothing but interim answers": [b"HTTP/1.1 100 Continue\r\n\r\n"] * 500,
    "an error, byte by byte": [LONG.replace(b"200 OK", b"500 Oh"), *bytewise(b" " * 500)],
    "a body without a length": [HEAD + b"\r\n", *bytewise(b" " * 500)],
    "a compressed body": [LONG[:-2] + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08", *bytewise(b"\0" * 500)],
}


def told(served: Served, request: Request = READ, scheme: str = "http", **options: Any) -> tuple[RequestError, float]:
    """Why a request failed, and after how many seconds."""
    connection = Connection(
        "sk-admin-test",
        f"{scheme}://127.0.0.1:{served.port}/v1",
        **{"timeout": TIMEOUT, "max_wait": MAX_WAIT, **options},
    )
    began = time.monotonic()
    with closing(Client(connection)) as client, pytest.raises(RequestError) as caught:
        client.send(request)
    return caught.value, time.monotonic() - began


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY":
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.mark.parametrize("parts", ENDLESS.values(), ids=ENDLESS)
def test_an_answer_without_end_is_given_up(parts: Iterable[bytes]) -> None:
    with trickling(parts, PAUSE) as served:
        error, seconds = told(served)
    assert error.message == (
        f"Could not list the projects: http://127.0.0.1:{served.port} did not send its whole answer within 0.6 s."
        " Raise max_wait if the network is slow; otherwise check base_url, and any proxy in between."
    )
    assert MAX_WAIT <= seconds < PATIENCE
    assert len(served.asked) == 1


def test_a_create_is_not_sent_again() -> None:
    with trickling(ENDLESS["a body, byte by byte"], PAUSE) as served:
        error, dummy = told(served, CREATE)
    assert error.executed is None
    assert len(served.asked) == 1


def test_a_change_says_that_its_outcome_is_not_known() -> None:
    with trickling(ENDLESS["a body, byte by byte"], PAUSE) as served:
        error, dummy = told(served, Request("DELETE", "/organization/users/user-1", "remove user 'x'"))
    assert "Whether the change was made is unknown" in error.message
    assert len(served.asked) == 1


def test_an_answer_over_tls_is_given_up(tmp_path: Any) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with trickling(ENDLESS["a body, byte by byte"], PAUSE, context) as served:
        error, seconds = told(served, scheme="https", ca_path=str(tmp_path / "ca.pem"))
    assert "did not send its whole answer within 0.6 s" in error.message
    assert seconds < PATIENCE


def test_a_proxy_that_never_ends_its_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with trickling(ENDLESS["a header, byte by byte"], PAUSE) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        connection = Connection("sk-admin-test", "https://api.example.com/v1", timeout=TIMEOUT, max_wait=MAX_WAIT)
        began = time.monotonic()
        with closing(Client(connection)) as client, pytest.raises(RequestError) as caught:
            client.send(READ)
    assert "https://api.example.com did not send its whole answer within 0.6 s" in caught.value.message
    assert time.monotonic() - began < PATIENCE


@pytest.mark.parametrize("max_wait", [0, 0.1])
def test_without_waiting_the_first_part_has_its_timeout_all_the_same(max_wait: float) -> None:
    with trickling(ENDLESS["a body, byte by byte"], PAUSE) as served:
        error, seconds = told(served, max_wait=max_wait)
    assert "did not send its whole answer within 0.3 s" in error.message
    assert TIMEOUT <= seconds < PATIENCE


def test_an_answer_that_stops_is_given_up_after_the_timeout() -> None:
    with trickling([LONG, b" "], 1.0) as served:
        error, seconds = told(served, CREATE, max_wait=5, timeout=0.2)
    assert "(no further part of the answer within 0.2 s)" in error.message
    assert seconds < PATIENCE


def test_an_answer_that_does_not_begin_is_given_up_after_the_timeout() -> None:
    with trickling([b"", b""], 1.0) as served:
        error, dummy = told(served, CREATE, max_wait=5, timeout=0.2)
    assert "(no answer within 0.2 s)" in error.message


@pytest.mark.parametrize("parts", [bytewise(SHORT), [SHORT[:150], SHORT[150:]], [SHORT]])
def test_an_answer_that_ends_in_time_is_taken(parts: list[bytes]) -> None:
    with trickling(parts, 0.002) as served:
        connection = Connection("sk-admin-test", f"http://127.0.0.1:{served.port}/v1", timeout=0.5, max_wait=20)
        with closing(Client(connection)) as client:
            assert client.send(READ) == {"data": [], "has_more": False}


def test_a_connection_that_is_used_again_has_its_time_anew() -> None:
    answer = SHORT.replace(b"Connection: close\r\n", b"")
    with trickling([answer, answer], 0.4) as served:
        connection = Connection("sk-admin-test", f"http://127.0.0.1:{served.port}/v1", timeout=0.6, max_wait=0.6)
        with closing(Client(connection)) as client:
            assert client.send(READ) == client.send(READ)
        assert len(served.asked) == 1


@pytest.mark.parametrize("timeout", [float("nan"), float("inf"), 1e9, -1.0])
def test_times_that_are_none_are_refused_in_words(timeout: float) -> None:
    with pytest.raises(Exception, match=r"^timeout must be more than 0 and at most 86400 seconds"):
        Client(Connection("sk-admin-test", timeout=timeout))
    if not timeout > 0:
        with pytest.raises(Exception, match=r"max_wait at least 0 seconds"):
            Client(Connection("sk-admin-test", max_wait=timeout))
