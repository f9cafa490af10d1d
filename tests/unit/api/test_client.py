# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The client against scripted answers: no network, and no time but a simulated one."""

from __future__ import annotations

import http.client
import io
import json
import socket
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from decimal import Decimal
from email.utils import formatdate
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import requests
import trustme
import urllib3
from ansible_collections.community.openai_admin.plugins.module_utils._api import client as _client
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import (
    Client,
    Clock,
    Connection,
    Request,
)
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    AdminError,
    ApiError,
    BadAnswer,
    BadInput,
    RequestError,
    Unreachable,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st
from requests.adapters import HTTPAdapter

BASE = "https://api.test/v1"
KEY = "sk-admin-canary"
EPOCH = 1_795_000_000.0
PROJECTS = "/organization/projects"
PROJECT = "/organization/projects/{project_id}"

READ = Request("GET", PROJECTS, "list the projects")
CREATE = Request("POST", PROJECTS, "create project 'x'", body={"name": "x"}, repeatable=False)
UPDATE = Request("POST", PROJECT, "update project p", ids={"project_id": "p"}, body={"name": "x"})
DELETE = Request("DELETE", PROJECT, "delete project p", ids={"project_id": "p"})
REPEATABLE = [pytest.param(request, id=request.doing.split()[0]) for request in (READ, UPDATE, DELETE)]
ANY = [*REPEATABLE, pytest.param(CREATE, id="create")]


patiently = settings(deadline=None)
"""A busy machine does not make a test fail."""

# --- the server and the time


@dataclass(frozen=True)
class Reply:
    """One answer; C(body) may be a stream that breaks."""

    status: int
    body: bytes | io.RawIOBase
    headers: Mapping[str, str]


def reply(content: Any = None, status: int = 200, **headers: str) -> Reply:
    """A JSON answer; headers by name, with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return raw_reply(json.dumps({} if content is None else content).encode(), status, **named)


def raw_reply(body: bytes | io.RawIOBase, status: int = 200, kind: str = "application/json", **headers: str) -> Reply:
    return Reply(status, body, {"Content-Type": kind, **headers})


def limited(**headers: str) -> Reply:
    return reply({"error": {"message": "You're making too many requests, please slow down."}}, 429, **headers)


def moved(location: str, status: int = 307) -> Reply:
    return raw_reply(b"", status, Location=location)


def page(*ids: str, **more: Any) -> Reply:
    return reply({"object": "list", "data": [{"id": each} for each in ids], **more})


class BreaksOff(io.RawIOBase):
    """The beginning of an answer, and then the connection is gone."""

    def __init__(self) -> None:
        self.parts = [b'{"id": ']

    def read(self, size: int = -1) -> bytes:
        if self.parts:
            return self.parts.pop()[:size]
        raise ConnectionResetError(104, "Connection reset by peer")


def dropped() -> Exception:
    """The connection broke before an answer came."""
    cause = http.client.RemoteDisconnected("Remote end closed connection without response")
    return requests.ConnectionError(urllib3.exceptions.ProtocolError("Connection aborted.", cause))


def not_connected() -> Exception:
    """The connection was never made, so nothing was sent."""
    connection = urllib3.connection.HTTPSConnection("api.test")
    cause = urllib3.exceptions.NewConnectionError(connection, "[Errno 111] Connection refused")
    return never_sent(cause)


def unresolved() -> Exception:
    connection = urllib3.connection.HTTPSConnection("api.test")
    fault = socket.gaierror(-2, "Name or service not known")
    return never_sent(urllib3.exceptions.NameResolutionError("api.test", connection, fault))


def proxy_refuses() -> Exception:
    connection = urllib3.connection.HTTPSConnection("proxy.test")
    refused = urllib3.exceptions.NewConnectionError(connection, "[Errno 111] Connection refused")
    cause = urllib3.exceptions.ProxyError("Unable to connect to proxy", refused)
    return requests.exceptions.ProxyError(urllib3.exceptions.MaxRetryError(pool(), "/", cause))


def never_sent(cause: Exception) -> Exception:
    return requests.ConnectionError(urllib3.exceptions.MaxRetryError(pool(), "/", cause))


def pool() -> urllib3.HTTPSConnectionPool:
    return urllib3.HTTPSConnectionPool("api.test")


NEVER_SENT = [not_connected, unresolved, proxy_refuses, lambda: requests.ConnectTimeout("too slow")]
LOST = [dropped, lambda: requests.ReadTimeout("too slow"), lambda: raw_reply(BreaksOff())]


@dataclass
class Time:
    """Passes only where somebody sleeps; C(meanwhile) happens when one begins to."""

    seconds: float = 0.0
    slept: list[float] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None
    jitter: Callable[[float, float], float] = max

    def monotonic(self) -> float:
        return 1000.0 + self.seconds

    def now(self) -> float:
        return EPOCH + self.seconds

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        assert len(self.slept) < 100, "waits without end"
        self.slept.append(seconds)
        awake = self.seconds + seconds
        self.meanwhile()
        self.seconds = max(self.seconds, awake)

    def clock(self) -> Clock:
        return Clock(self.monotonic, self.now, self.sleep, self.jitter)


@dataclass(frozen=True)
class Sent:
    """A request as it left, how, and when."""

    request: requests.PreparedRequest
    how: Mapping[str, Any]
    at: float

    @property
    def headers(self) -> Mapping[str, Any]:
        return self.request.headers

    @property
    def url(self) -> str:
        return str(self.request.url)


class Api(HTTPAdapter):
    """Answers what is expected, in order; anything else is an error of the test."""

    def __init__(self, time: Time) -> None:
        super().__init__()
        self.time = time
        self.expected: list[tuple[str, Reply | Exception]] = []
        self.sent: list[Sent] = []

    def expect(self, target: str, *answers: Reply | Exception) -> None:
        """C(target) is the method and what follows the base URL."""
        self.expected.extend((target, answer) for answer in answers)

    def send(self, request: requests.PreparedRequest, *unused_args: Any, **how: Any) -> requests.Response:
        self.sent.append(Sent(request, how, self.time.seconds))
        target = f"{request.method} {str(request.url).removeprefix(BASE)}"
        assert self.expected, f"nobody expects {target}"
        expected, answer = self.expected.pop(0)
        assert target == expected
        if isinstance(answer, Exception):
            raise answer
        raw = urllib3.HTTPResponse(
            body=io.BytesIO(answer.body) if isinstance(answer.body, bytes) else answer.body,
            headers=dict(answer.headers),
            status=answer.status,
            reason=http.client.responses.get(answer.status),
            preload_content=False,
        )
        return self.build_response(request, raw)

    def client(self, **options: Any) -> Client:
        client = Client(Connection(**{"admin_key": KEY, "base_url": BASE, **options}), self.time.clock())
        for scheme in "https://", "http://":
            client._session.mount(scheme, self)
        return client


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def api(time: Time) -> Iterator[Api]:
    script = Api(time)
    yield script
    assert script.expected == [], "these requests were never sent"


def target(request: Request) -> str:
    return f"{request.method} {request.route.format(**request.ids)}"


def failure(client: Client, request: Request) -> RequestError:
    with pytest.raises(RequestError) as caught:
        client.send(request)
    return caught.value


def ids(items: Iterator[dict[str, Any]]) -> list[str]:
    return [item["id"] for item in items]


def nothing_leaks(text: str) -> bool:
    return KEY not in text and "Bearer" not in text


# --- what is sent


class TestHeaders:
    def test_key_organization_and_agent_go_along(self, api: Api) -> None:
        api.expect("GET /organization/projects", reply({"id": "p"}))
        assert api.client(organization_id="org-1").send(READ) == {"id": "p"}
        headers = api.sent[0].headers
        assert headers["Authorization"] == f"Bearer {KEY}"
        assert headers["OpenAI-Organization"] == "org-1"
        assert headers["User-Agent"] == f"community.openai_admin/{_client.VERSION}"
        assert headers["Accept"] == "application/json"

    def test_without_an_organization_there_is_no_such_header(self, api: Api) -> None:
        api.expect("GET /organization/projects", reply())
        api.client().send(READ)
        assert "OpenAI-Organization" not in api.sent[0].headers

    @pytest.mark.parametrize(
        ("header", "name"),
        [
            ("example-org", "example-org"),
            (" example-org ", "example-org"),
            ("Z\u00fcrich".encode().decode("latin-1"), "Z\u00fcrich"),
            ("Z\u00fcrich", "Z\u00fcrich"),
            ("", None),
            ("  ", None),
            ("one\x1b[2Jtwo", None),
            ("x" * 201, None),
        ],
    )
    def test_an_answer_says_which_organization_it_is_of(self, api: Api, header: str, name: str | None) -> None:
        api.expect("GET /organization/projects", reply(openai_organization=header), reply())
        client = api.client()
        assert client.organization is None
        for unused_turn in range(2):
            client.send(READ)
            assert client.organization == name

    @pytest.mark.parametrize("answer", [reply(), reply({"error": {"message": "no"}}, 404)], ids=["done", "refused"])
    @pytest.mark.parametrize("request_", ANY)
    def test_nothing_is_asked_once_an_answer_is_of_another_organization(
        self, api: Api, request_: Request, answer: Reply
    ) -> None:
        other = replace(answer, headers={**answer.headers, "OpenAI-Organization": "other-org"})
        api.expect("GET /organization/projects", reply(), reply(openai_organization="example-org"), reply())
        api.expect(target(request_), other)
        client = api.client()
        for unused_turn in range(3):
            client.send(READ)
        error = failure(client, request_)
        said = "an answer names the organization 'other-org', and an earlier one named 'example-org'"
        assert f"{said}. Check base_url, " in error.message
        assert error.executed == (answer.status < 400)
        assert ("The change was made anyway." in error.message) == (error.executed and request_ in (UPDATE, DELETE))
        assert client.organization == "example-org"
        assert said in failure(client, READ).message  # and no request is sent

    @pytest.mark.parametrize("request_", [READ, DELETE], ids=["read", "delete"])
    def test_what_has_no_body_names_no_type(self, api: Api, request_: Request) -> None:
        api.expect(target(request_), reply())
        api.client().send(request_)
        assert "Content-Type" not in api.sent[0].headers
        assert api.sent[0].request.body is None

    def test_a_body_is_json_and_keeps_nulls(self, api: Api) -> None:
        body: dict[str, Any] = {"name": "Zoë", "external_key_id": None, "max": 0, "projects": []}
        api.expect("POST /organization/projects", reply())
        api.client().send(Request("POST", PROJECTS, "create", body=body))
        assert api.sent[0].headers["Content-Type"] == "application/json"
        sent = api.sent[0].request.body
        assert isinstance(sent, bytes)
        assert json.loads(sent) == body

    def test_netrc_does_not_replace_the_key(self, api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        netrc = tmp_path / "netrc"
        netrc.write_text("machine api.test login somebody password else\n", encoding="utf-8")
        netrc.chmod(0o600)
        monkeypatch.setenv("NETRC", str(netrc))
        assert requests.utils.get_netrc_auth(BASE) == ("somebody", "else")  # else this would prove nothing
        api.expect("GET /organization/projects", reply())
        api.client().send(READ)
        assert api.sent[0].headers["Authorization"] == f"Bearer {KEY}"

    def test_a_slash_after_the_base_url_is_not_doubled(self, api: Api) -> None:
        api.expect("GET /organization/projects", reply())
        api.client(base_url=f"{BASE}/").send(READ)
        assert api.sent[0].url == f"{BASE}{PROJECTS}"


class TestTls:
    @pytest.mark.parametrize("bundle", ["", "/etc/another/bundle.pem"])
    @pytest.mark.parametrize(
        ("options", "verify"),
        [({"ca_path": __file__}, __file__), ({"validate_certs": False, "ca_path": __file__}, False)],
    )
    def test_the_environment_does_not_change_what_is_trusted(
        self, api: Api, monkeypatch: pytest.MonkeyPatch, bundle: str, options: dict[str, Any], verify: Any
    ) -> None:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", bundle)
        api.expect("GET /organization/projects", reply())
        api.client(**options).send(READ)
        assert api.sent[0].how["verify"] == verify

    def test_certificates_are_verified_unless_told_otherwise(self, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE":
            monkeypatch.delenv(name, raising=False)
        api.expect("GET /organization/projects", reply())
        api.client().send(READ)
        assert api.sent[0].how["verify"] is True

    @pytest.mark.parametrize("options", [("client_cert", "client_key"), ("client_cert",), ()])
    def test_the_client_certificate_goes_along(self, api: Api, options: tuple[str, ...], tmp_path: Path) -> None:
        path = str(tmp_path / "client.pem")
        trustme.CA().issue_cert("client@example.com").private_key_and_cert_chain_pem.write_to_path(path)
        api.expect("GET /organization/projects", reply())
        api.client(**dict.fromkeys(options, path)).send(READ)
        assert api.sent[0].how["cert"] == ((path, path) if options else None)

    @pytest.mark.parametrize(("passphrase", "passed"), [("geheim", "geheim"), ("", None)])
    def test_the_passphrase_reaches_direct_and_proxied_connections(self, passphrase: str, passed: str | None) -> None:
        client = Client(Connection(KEY, client_key_passphrase=passphrase))
        adapter = client._session.get_adapter(BASE)
        assert isinstance(adapter, HTTPAdapter)
        proxied = adapter.proxy_manager_for("http://proxy.test:3128")
        for manager in adapter.poolmanager, proxied:
            assert manager.connection_pool_kw.get("key_password") == passed
        client.close()

    def test_the_timeout_is_one_attempts(self, api: Api) -> None:
        api.expect("GET /organization/projects", reply())
        api.client(timeout=7.5).send(READ)
        assert api.sent[0].how["timeout"] == 7.5


class TestSession:
    @pytest.mark.parametrize("scheme", ["https", "http"])
    def test_there_are_as_many_connections_as_workers_can_be_and_no_more(self, scheme: str) -> None:
        client = Client(Connection(KEY))
        adapter = client._session.get_adapter(f"{scheme}://localhost")
        assert isinstance(adapter, HTTPAdapter)
        assert adapter.poolmanager.connection_pool_kw["maxsize"] == _client.MOST_WORKERS == 32
        client.close()

    def test_closing_closes_the_connections(self, api: Api) -> None:
        closed: list[bool] = []
        client = api.client()
        client._session.close = lambda: closed.append(True)  # type: ignore[method-assign]  # watched
        client.close()
        assert closed == [True]

    @pytest.mark.parametrize(("validate", "silenced"), [(True, []), (False, [True])])
    def test_urllib3_warns_unless_the_task_waived_it(
        self, monkeypatch: pytest.MonkeyPatch, validate: bool, silenced: list[bool]
    ) -> None:
        calls: list[bool] = []
        monkeypatch.setattr(urllib3, "disable_warnings", lambda: calls.append(True))
        Client(Connection(KEY, validate_certs=validate)).close()
        assert calls == silenced


class TestQuery:
    @pytest.mark.parametrize(
        ("query", "encoded"),
        [
            ({"emails": ["a@x.org", "b@x.org"]}, "emails%5B%5D=a%40x.org&emails%5B%5D=b%40x.org"),
            ({"emails": ("a",)}, "emails%5B%5D=a"),
            ({"include_archived": True}, "include_archived=true"),
            ({"include_archived": False}, "include_archived=false"),
            ({"limit": 0}, "limit=0"),
            ({"effective_at[gte]": 1}, "effective_at%5Bgte%5D=1"),
            ({"after": None, "limit": 1}, "limit=1"),
            ({"emails": [None, "a"]}, "emails%5B%5D=a"),
            ({"emails": [True]}, "emails%5B%5D=true"),
            ({"name": "a b&c=d#e?f+g"}, "name=a+b%26c%3Dd%23e%3Ff%2Bg"),
            ({"name": "Zoë"}, "name=Zo%C3%AB"),
            ({"name": ""}, "name="),
        ],
    )
    def test_it_is_what_the_official_sdk_sends(self, api: Api, query: dict[str, Any], encoded: str) -> None:
        api.expect(f"GET /organization/projects?{encoded}", reply())
        api.client().send(Request("GET", PROJECTS, "list", query=query))

    @pytest.mark.parametrize("query", [{}, {"after": None}, {"emails": []}])
    def test_what_is_null_or_empty_is_left_out(self, api: Api, query: dict[str, Any]) -> None:
        api.expect("GET /organization/projects", reply())
        api.client().send(Request("GET", PROJECTS, "list", query=query))

    def test_what_cannot_be_encoded_is_refused(self, api: Api) -> None:
        with pytest.raises(AdminError):
            api.client().send(Request("GET", PROJECTS, "list", query={"emails": ["\ud800"]}))


def read_of(project_id: Any) -> Request:
    return Request("GET", PROJECT, "read the project", ids={"project_id": project_id})


class TestPath:
    @pytest.mark.parametrize(
        "hostile", ["../users", "/", "%2e%2e", "%2F", "a/../b", "", ".", "..", None, 5, ["a"], {"a": 1}]
    )
    def test_what_would_lead_elsewhere_is_refused_unsent(self, api: Api, hostile: Any) -> None:
        with pytest.raises(BadInput, match="project_id cannot be"):
            api.client().send(read_of(hostile))

    @pytest.mark.parametrize("hostile", ["\ud800", "a\udcff", "a\r\nHost: evil", "a\0", "a%0d%0aHost: evil"])
    def test_what_is_no_line_of_text_is_refused_unsent(self, api: Api, hostile: str) -> None:
        with pytest.raises(BadInput, match="project_id contains characters"):
            api.client().send(read_of(hostile))

    @pytest.mark.parametrize(
        ("own", "encoded"),
        [
            ("a/b", "a%2Fb"),
            ("a?limit=1", "a%3Flimit%3D1"),
            ("a#b", "a%23b"),
            ("a b", "a%20b"),
            ("{project_id}", "%7Bproject_id%7D"),
            ("Zoë", "Zo%C3%AB"),
            ("...", "..."),
        ],
    )
    def test_the_rest_is_encoded(self, api: Api, own: str, encoded: str) -> None:
        api.expect(f"GET /organization/projects/{encoded}", reply())
        api.client().send(read_of(own))

    @patiently
    @given(own=st.text(st.characters(codec=None)))
    @example("..;")
    @example("\\..\\")
    def test_any_id_is_refused_or_comes_back_from_the_path(self, own: str) -> None:
        got: list[str] = []

        class Listens(Api):
            def send(self, request: requests.PreparedRequest, *unused_args: Any, **how: Any) -> requests.Response:
                got.append(str(request.url))
                self.expected = [(f"GET {str(request.url).removeprefix(BASE)}", reply())]
                return super().send(request, *unused_args, **how)

        try:
            Listens(Time()).client().send(read_of(own))
        except BadInput:
            assert got == []
            return
        parts = urlsplit(got[0])
        assert parts.path.count("/") == 4
        assert (parts.query, parts.fragment) == ("", "")
        assert unquote(parts.path.removeprefix("/v1/organization/projects/")) == own

    def test_ids_that_the_route_does_not_name_do_not_matter(self, api: Api) -> None:
        api.expect("GET /organization/projects", reply())
        api.client().send(Request("GET", PROJECTS, "list", ids={"project_id": None}))


# --- what comes back


class TestPages:
    @pytest.mark.parametrize(
        ("end", "cursor"),
        [
            ({"last_id": "b"}, "after=b"),
            ({"last_id": "other"}, "after=other"),
            ({"last_id": None}, "after=b"),
            ({}, "after=b"),
            ({"next": "n", "last_id": "b"}, "after=n"),
            ({"next": None, "last_id": "b"}, "after=b"),
            ({"object": "page", "next_page": "page_2"}, "page=page_2"),
            ({"last_id": "a b&c"}, "after=a+b%26c"),
        ],
    )
    def test_the_cursor_of_each_shape(self, api: Api, end: dict[str, Any], cursor: str) -> None:
        api.expect("GET /organization/projects?limit=2", page("a", "b", has_more=True, **end))
        api.expect(f"GET /organization/projects?limit=2&{cursor}", page("c", has_more=False))
        listing = Request("GET", PROJECTS, "list", query={"limit": 2})
        assert ids(api.client().pages(listing)) == ["a", "b", "c"]

    def test_groups_of_a_project_have_no_id(self, api: Api) -> None:
        groups = [{"group_id": "g1"}, {"group_id": "g2"}]
        api.expect("GET /organization/projects", reply({"data": groups[:1], "has_more": True, "next": None}))
        api.expect("GET /organization/projects?after=g1", reply({"data": groups[1:], "has_more": False, "next": None}))
        assert list(api.client().pages(READ)) == groups

    def test_a_listing_without_has_more_is_whole(self, api: Api) -> None:
        api.expect("GET /organization/projects", page("a", "b"))
        assert ids(api.client().pages(READ)) == ["a", "b"]

    def test_pages_say_whether_there_are_more(self, api: Api) -> None:
        api.expect("GET /organization/projects", page("a", "b", has_more=True, last_id="b"))
        api.expect("GET /organization/projects?after=b", page("c", has_more=False))
        read = api.client().each_page(READ)
        assert [([item["id"] for item in items], more) for items, more in read] == [(["a", "b"], True), (["c"], False)]

    def test_no_page_is_read_that_nobody_wants(self, api: Api) -> None:
        api.expect("GET /organization/projects", page("a", has_more=True, last_id="a"))
        assert next(api.client().each_page(READ))[1] is True

    def test_an_empty_listing_is_no_error(self, api: Api) -> None:
        api.expect("GET /organization/projects", page(has_more=False, first_id=None, last_id=None))
        assert ids(api.client().pages(READ)) == []

    def test_an_empty_page_in_between_is_passed_by(self, api: Api) -> None:
        api.expect("GET /organization/projects", page(has_more=True, next="n"))
        api.expect("GET /organization/projects?after=n", page("a", has_more=False, next=None))
        assert ids(api.client().pages(READ)) == ["a"]

    @pytest.mark.parametrize("shape", ["last_id", "next", "next_page"])
    def test_a_repeated_cursor_is_an_error(self, api: Api, shape: str) -> None:
        name = "page" if shape == "next_page" else "after"
        api.expect("GET /organization/projects", page("a", has_more=True, **{shape: "x"}))
        api.expect(f"GET /organization/projects?{name}=x", page("b", has_more=True, **{shape: "y"}))
        api.expect(f"GET /organization/projects?{name}=y", page("c", has_more=True, **{shape: "x"}))
        with pytest.raises(BadAnswer, match="Could not list the projects: the server repeats the page after 'x'"):
            list(api.client().pages(READ))

    @pytest.mark.parametrize(
        "answer",
        [{}, {"data": None}, {"data": {}}, {"data": "ab"}, {"data": ["a"]}, {"data": [None]}, {"id": "p"}],
    )
    def test_a_listing_has_data(self, api: Api, answer: dict[str, Any]) -> None:
        api.expect("GET /organization/projects", reply(answer))
        with pytest.raises(BadAnswer, match="not a listing"):
            list(api.client().pages(READ))

    @pytest.mark.parametrize("more", [None, 0, 1, "false", []])
    def test_has_more_is_true_or_false(self, api: Api, more: Any) -> None:
        api.expect("GET /organization/projects", page("a", has_more=more))
        with pytest.raises(BadAnswer, match="has_more is not true or false"):
            list(api.client().pages(READ))

    def test_more_pages_without_a_cursor_are_an_error(self, api: Api) -> None:
        api.expect("GET /organization/projects", page(has_more=True, last_id=None))
        with pytest.raises(BadAnswer, match="where its next page begins"):
            list(api.client().pages(READ))

    def test_so_many_pages_and_no_more(self, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(_client, "MAX_PAGES", 3)
        api.expect("GET /organization/projects", page("a", has_more=True))
        api.expect("GET /organization/projects?after=a", page("b", has_more=True))
        api.expect("GET /organization/projects?after=b", page("c", has_more=True))
        with pytest.raises(BadAnswer, match="more than 3 pages"):
            list(api.client().pages(READ))

    def test_a_thousand_pages_are_allowed(self) -> None:
        assert _client.MAX_PAGES == 1000

    def test_as_many_pages_as_allowed_are_fine(self, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(_client, "MAX_PAGES", 2)
        api.expect("GET /organization/projects", page("a", has_more=True))
        api.expect("GET /organization/projects?after=a", page("b", has_more=False))
        assert ids(api.client().pages(READ)) == ["a", "b"]

    @pytest.mark.parametrize(("limit", "found"), [(1, ["a"]), (2, ["a", "b"])])
    def test_a_limit_reads_no_page_that_it_does_not_need(self, api: Api, limit: int, found: list[str]) -> None:
        api.expect("GET /organization/projects", page("a", "b", has_more=True))
        assert ids(api.client().pages(READ, limit)) == found

    def test_a_limit_goes_over_pages(self, api: Api) -> None:
        api.expect("GET /organization/projects", page("a", "b", has_more=True))
        api.expect("GET /organization/projects?after=b", page("c", "d", has_more=True))
        assert ids(api.client().pages(READ, 3)) == ["a", "b", "c"]

    def test_a_cursor_that_cannot_be_sent_is_an_error(self, api: Api) -> None:
        api.expect("GET /organization/projects", page("a", has_more=True, last_id="\ud800"))
        with pytest.raises(AdminError):
            list(api.client().pages(READ))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
LISTINGS = st.fixed_dictionaries(
    {},
    optional={
        "data": JSON | st.lists(st.dictionaries(st.sampled_from(["id", "group_id"]), JSON), max_size=3),
        "has_more": JSON | st.just(True),
        **dict.fromkeys(("last_id", "next", "next_page"), JSON),
    },
)
ERRORS = st.fixed_dictionaries(
    {},
    optional={"error": JSON | st.dictionaries(st.sampled_from(["message", "code", "type", "param"]), JSON)},
)


def always(answer: Reply) -> Client:
    """A client that neither waits nor gets any other answer."""

    class Stubborn(Api):
        def send(self, request: requests.PreparedRequest, *unused_args: Any, **how: Any) -> requests.Response:
            self.expected = [(f"{request.method} {str(request.url).removeprefix(BASE)}", answer)]
            return super().send(request, *unused_args, **how)

    return Stubborn(Time()).client(max_wait=0)


class TestAnyAnswer:
    """Whatever comes back: a dictionary or a typed error, never a traceback."""

    @patiently
    @given(content=JSON, status=st.sampled_from([200, 201, 400, 401, 404, 409, 429, 500, 503]))
    def test_of_json(self, content: Any, status: int) -> None:
        try:
            answer = always(reply(content, status)).send(READ)
        except RequestError:
            return
        assert status < 400
        assert isinstance(answer, dict)

    @patiently
    @given(content=ERRORS, status=st.integers(400, 599))
    def test_of_an_error(self, content: Any, status: int) -> None:
        error = failure(always(reply(content, status)), CREATE)
        assert isinstance(error, ApiError)
        assert error.status == status
        assert error.message.startswith("Could not create project 'x': ")

    @patiently
    @given(answer=LISTINGS)
    def test_of_a_listing(self, answer: dict[str, Any]) -> None:
        try:
            items = list(always(reply(answer)).pages(READ))
        except RequestError:
            return
        assert all(isinstance(item, dict) for item in items)

    @patiently
    @given(
        body=st.binary(max_size=40),
        status=st.sampled_from([200, 204, 301, 304, 400, 500]),
        kind=st.sampled_from(["application/json", "text/html", "", "application/json; charset=utf-16"]),
    )
    def test_of_bytes(self, body: bytes, status: int, kind: str) -> None:
        try:
            answer = always(raw_reply(body, status, kind)).send(READ)
        except RequestError:
            return
        assert isinstance(answer, dict)

    @pytest.mark.parametrize("body", [b"[" * 200_000, b"1" * 10_000, b'"\xff"', b"\x00"])
    def test_of_hostile_json(self, body: bytes) -> None:
        assert isinstance(failure(always(raw_reply(body)), READ), RequestError)


class TestAnswers:
    @pytest.mark.parametrize("content", [[], "text", 1, True])
    def test_what_is_no_object_is_an_error_and_not_asked_again(self, api: Api, content: Any) -> None:
        api.expect("GET /organization/projects", reply(content))
        error = failure(api.client(), READ)
        assert isinstance(error, BadAnswer)
        assert error.executed is True

    @pytest.mark.parametrize("body", [b"", b"gone", b"[]", b"<html>"])
    def test_a_deletion_is_done_unless_the_body_denies_it(self, api: Api, body: bytes) -> None:
        api.expect("DELETE /organization/projects/p", raw_reply(body))
        assert api.client().send(DELETE) == {}

    def test_html_fails_at_once_and_points_at_the_way_there(self, api: Api, time: Time) -> None:
        html = b"<html>\n  <title>Sign in</title>" + b"x" * 500
        api.expect("GET /organization/projects", raw_reply(html, kind="text/html; charset=utf-8"))
        error = failure(api.client(), READ)
        assert isinstance(error, BadAnswer)
        assert "the answer is text/html, not JSON ('<html> <title>Sign in</title>" in error.message
        assert "base_url" in error.message
        assert len(error.message) < 300
        assert time.slept == []

    @given(st.from_regex(r"-?(0|[1-9][0-9]{0,30})\.[0-9]{1,30}", fullmatch=True), st.integers())
    @patiently
    def test_numbers_are_exact_on_demand(self, written: str, whole: int) -> None:
        client = always(raw_reply(f'{{"a": {written}, "b": {whole}}}'.encode()))
        assert client.send(replace(READ, exact=True)) == {"a": Decimal(written), "b": whole}
        assert client.send(READ) == {"a": float(written), "b": whole}

    @pytest.mark.parametrize("number", [b"1e99999999999999999999", b"-1e99999999999999999999"])
    def test_a_number_beyond_all_is_no_answer(self, api: Api, number: bytes) -> None:
        api.expect("GET /organization/projects", *[raw_reply(b'{"a": ' + number + b"}")] * 5)
        assert "the answer is not complete JSON" in failure(api.client(), replace(READ, exact=True)).message

    def test_truncated_json_is_read_again(self, api: Api, time: Time) -> None:
        api.expect("GET /organization/projects", raw_reply(b'{"id": "p'), reply({"id": "p"}))
        assert api.client().send(READ) == {"id": "p"}
        assert time.slept == [1]

    def test_truncated_json_of_a_create_is_not_sent_again_since_it_was_done(self, api: Api) -> None:
        api.expect("POST /organization/projects", raw_reply(b'{"id": "p'))
        error = failure(api.client(), CREATE)
        assert isinstance(error, Unreachable)
        assert error.executed is True

    @pytest.mark.parametrize(("size", "fits"), [(1000, True), (1001, False)])
    def test_an_answer_has_a_largest_size(
        self, api: Api, monkeypatch: pytest.MonkeyPatch, size: int, fits: bool
    ) -> None:
        monkeypatch.setattr(_client, "MAX_ANSWER", 1000)
        api.expect("GET /organization/projects", raw_reply(b'{"id": "p"}'.ljust(size)))
        client = api.client()
        if fits:
            assert client.send(READ) == {"id": "p"}
        else:
            error = failure(client, READ)
            assert isinstance(error, BadAnswer)
            assert "larger than 32 MiB" in error.message
            assert error.executed is True

    def test_the_largest_answer_is_32_mib(self) -> None:
        assert _client.MAX_ANSWER == 32 * 1024 * 1024


class TestRedirects:
    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    @pytest.mark.parametrize("location", [f"{BASE}/organization/teams", "/v1/organization/teams", "teams"])
    def test_reads_follow_within_the_origin(self, api: Api, location: str, status: int) -> None:
        api.expect("GET /organization/projects", moved(location, status))
        api.expect("GET /organization/teams", reply({"id": "p"}))
        assert api.client().send(READ) == {"id": "p"}
        assert api.sent[1].headers["Authorization"] == f"Bearer {KEY}"

    def test_the_query_is_not_sent_twice(self, api: Api) -> None:
        api.expect("GET /organization/projects?limit=2", moved(f"{BASE}/organization/teams?limit=2"))
        api.expect("GET /organization/teams?limit=2", reply({"id": "p"}))
        api.client().send(Request("GET", PROJECTS, "list", query={"limit": 2}))

    @pytest.mark.parametrize(
        ("location", "named"),
        [
            ("https://evil.test/v1/organization/projects", "https://evil.test"),
            ("//evil.test/v1", "https://evil.test"),
            ("http://api.test/v1/organization/projects", "http://api.test"),
            ("https://api.test:8443/v1/organization/projects", "https://api.test"),
            ("https://api.test@evil.test/", "https://evil.test"),
            ("https://api.test.evil.test/", "https://api.test.evil.test"),
            ("ftp://api.test/", "ftp://api.test"),
        ],
    )
    def test_another_origin_never_gets_the_key(self, api: Api, location: str, named: str) -> None:
        api.expect("GET /organization/projects", moved(location))
        error = failure(api.client(), READ)
        assert isinstance(error, BadAnswer)
        assert f"redirects to {named}, which is refused" in error.message
        assert len(api.sent) == 1

    @pytest.mark.parametrize("request_", [CREATE, UPDATE, DELETE], ids=["create", "update", "delete"])
    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_writes_follow_nowhere(self, api: Api, request_: Request, status: int) -> None:
        api.expect(target(request_), moved("/v1/organization/elsewhere", status))
        error = failure(api.client(), request_)
        assert isinstance(error, BadAnswer)
        assert error.executed is False
        assert len(api.sent) == 1

    def test_a_circle_ends(self, api: Api, time: Time) -> None:
        api.expect("GET /organization/projects", *[moved(f"{BASE}/organization/projects")] * 5)
        error = failure(api.client(), READ)
        assert "redirects endlessly" in error.message
        assert time.slept == []

    @pytest.mark.parametrize("location", ["http://[", "https://api.test:port/", "//[::1", "\xff\xfe"])
    def test_nonsense_is_a_typed_error(self, api: Api, location: str) -> None:
        api.expect("GET /organization/projects", moved(location))
        failure(api.client(max_wait=0), READ)
        assert len(api.sent) == 1


# --- what fails


class TestErrorFacts:
    def test_the_servers_words_and_facts(self, api: Api) -> None:
        body = {"error": {"message": "No such project.", "code": "not_found", "type": "invalid", "param": "id"}}
        api.expect("POST /organization/projects/p", reply(body, 404, x_request_id="req_1"))
        error = failure(api.client(), UPDATE)
        assert isinstance(error, ApiError)
        assert error.message == "Could not update project p: No such project (HTTP 404)."
        assert str(error) == error.message
        assert error.facts == {
            "status_code": 404,
            "error_code": "not_found",
            "error_type": "invalid",
            "error_param": "id",
            "request_id": "req_1",
        }

    @pytest.mark.parametrize(
        ("body", "words", "code"),
        [
            (b'{"error": "Broken"}', "Broken", None),
            (b'{"message": "Broken", "code": "c"}', "Broken", "c"),
            (b'{"error": null, "message": "Broken"}', "Bad Request", None),
            (b'{"error": {"message": null, "code": "c"}}', "Bad Request", "c"),
            (b'{"error": ["Broken"]}', "Bad Request", None),
            (b'["Broken"]', "Bad Request", None),
            (b'"Broken"', "Broken", None),
            (b"<html>Broken</html>", "Bad Request", None),
            (b"", "Bad Request", None),
            (b"{}", "Bad Request", None),
        ],
    )
    def test_bodies_of_any_shape(self, api: Api, body: bytes, words: str, code: str | None) -> None:
        api.expect("POST /organization/projects", raw_reply(body, 400))
        error = failure(api.client(), CREATE)
        assert error.message == f"Could not create project 'x': {words} (HTTP 400)."
        assert error.facts["status_code"] == 400
        assert error.facts["error_code"] == code
        assert error.facts["request_id"] is None

    @pytest.mark.parametrize(
        ("status", "message", "advice"),
        [
            (401, "Incorrect API key", "only an organization's admin key works here"),
            (401, "You have insufficient permissions. Missing scopes: api.x.read", "lacks a permission"),
            (403, "You have insufficient permissions. Missing scopes: api.x.read", "lacks a permission"),
            (403, "You shall not", "may lack a permission, such as the scope api.management.write, or"),
            (429, "Slow down", "max_wait"),
            (500, "Broken", "run again later"),
            (503, "Overloaded", "run again later"),
        ],
    )
    def test_what_to_do_about_it(self, api: Api, status: int, message: str, advice: str) -> None:
        api.expect("POST /organization/projects", reply({"error": {"message": message}}, status))
        text = failure(api.client(max_wait=0), CREATE).message
        assert message in text
        assert advice in text
        assert ("Check admin_key" in text) == (status == 401 and "scopes" not in message)

    @pytest.mark.parametrize(
        ("status", "executed"),
        [
            *((status, False) for status in (400, 401, 404, 409, 429)),
            *((status, None) for status in (408, 500, 502, 503, 504)),
        ],
    )
    def test_whether_it_was_executed(self, api: Api, status: int, executed: bool | None) -> None:
        api.expect("POST /organization/projects", reply({}, status))
        assert failure(api.client(max_wait=0), CREATE).executed is executed

    @pytest.mark.parametrize("lost", LOST)
    def test_nobody_knows_what_came_of_a_lost_answer(self, api: Api, lost: Callable[[], Any]) -> None:
        api.expect("POST /organization/projects", lost())
        error = failure(api.client(), CREATE)
        assert isinstance(error, Unreachable)
        assert error.executed is None

    @pytest.mark.parametrize("fault", NEVER_SENT)
    def test_what_was_never_sent_was_not_executed(self, api: Api, fault: Callable[[], Any]) -> None:
        api.expect("POST /organization/projects", fault())
        error = failure(api.client(max_wait=0), CREATE)
        assert isinstance(error, Unreachable)
        assert error.executed is False

    @pytest.mark.parametrize(
        ("fault", "reason"),
        [
            (not_connected, "Connection refused"),
            (dropped, "Remote end closed connection without response"),
            (lambda: requests.ConnectTimeout("x"), "no connection in time"),
            (lambda: requests.ReadTimeout("x"), "no answer within 7.5 s"),
        ],
    )
    def test_why_it_could_not_be_reached(self, api: Api, fault: Callable[[], Any], reason: str) -> None:
        api.expect("POST /organization/projects", fault())
        message = failure(api.client(max_wait=0, timeout=7.5), CREATE).message
        assert message.startswith("Could not create project 'x': https://api.test could not be reached (")
        assert reason in message

    def test_nothing_is_told_of_headers_or_keys(self, api: Api) -> None:
        answers: list[Reply | Exception] = [
            reply({}, 500),
            reply([]),
            raw_reply(b"<html>"),
            raw_reply(b"{"),
            moved("https://evil.test"),
        ]
        for answer in [*answers, dropped(), not_connected()]:
            api.expect("POST /organization/projects", answer)
            error = failure(api.client(max_wait=0), CREATE)
            assert nothing_leaks(f"{error.message} {error!r} {error.facts} {error.__dict__}")
            assert error.__cause__ is None
            assert error.__context__ is None or error.__suppress_context__

    def test_a_real_refused_connection_reads_the_same(self) -> None:
        with socket.socket() as unused_port:
            unused_port.bind(("127.0.0.1", 0))
            host = f"127.0.0.1:{unused_port.getsockname()[1]}"
            client = Client(Connection(KEY, f"http://{host}/v1", max_wait=0), Time().clock())
            client._session.trust_env = False
            error = failure(client, CREATE)
        assert error.executed is False
        assert f"http://{host} could not be reached (" in error.message
        assert "Connection refused). Run the task again." in error.message


# --- what is sent again

BACKOFF = [1, 2, 4, 8, 16, 30, 30, 29]
"""All of 120 seconds."""
FAULTS = [
    *(pytest.param(lambda status=status: reply({}, status), id=str(status)) for status in (408, 409, 500, 502, 503)),
    pytest.param(dropped, id="dropped"),
    pytest.param(lambda: requests.ReadTimeout("x"), id="too slow"),
    pytest.param(lambda: raw_reply(BreaksOff()), id="broken off"),
]


class TestRateLimit:
    @pytest.mark.parametrize("request_", ANY)
    def test_a_429_was_not_executed_and_is_sent_again(self, api: Api, time: Time, request_: Request) -> None:
        api.expect(target(request_), limited(), reply({"id": "p"}))
        assert api.client().send(request_) == ({} if request_ is DELETE else {"id": "p"})
        assert time.slept == [1]

    def test_waiting_grows_and_outlasts_a_bucket_of_60_seconds(self, api: Api, time: Time) -> None:
        api.expect("GET /organization/projects", *[limited()] * 6, reply())
        api.client().send(READ)
        assert time.slept == BACKOFF[:6]
        assert time.seconds > 60

    def test_it_gives_up_when_max_wait_is_used_up(self, api: Api, time: Time) -> None:
        api.expect("GET /organization/projects", *[limited()] * 9)
        error = failure(api.client(), READ)
        assert isinstance(error, ApiError)
        assert error.status == 429
        assert time.slept == BACKOFF
        assert time.seconds == 120

    def test_waits_are_random_in_their_upper_half(self, api: Api, time: Time) -> None:
        asked: list[tuple[float, float]] = []

        def least(low: float, high: float) -> float:
            asked.append((low, high))
            return low

        time.jitter = least
        api.expect("GET /organization/projects", limited(), limited(), reply())
        api.client().send(READ)
        assert asked == [(0.5, 1), (1, 2)]
        assert time.slept == [0.5, 1]

    @pytest.mark.parametrize(
        ("headers", "waits"),
        [
            ({"retry_after": "7"}, 7),
            ({"retry_after": "0.25"}, 0.25),
            ({"retry_after_ms": "1500"}, 1.5),
            ({"retry_after_ms": "1500", "retry_after": "7"}, 1.5),
            ({"retry_after_ms": "soon", "retry_after": "7"}, 7),
            ({"retry_after": formatdate(EPOCH + 33, usegmt=True)}, 33),
            ({"retry_after": "soon"}, 1),
            ({"retry_after": ""}, 1),
            ({}, 1),
        ],
    )
    def test_the_server_says_how_long(self, api: Api, time: Time, headers: dict[str, str], waits: float) -> None:
        api.expect("GET /organization/projects", limited(**headers), reply())
        api.client().send(READ)
        assert time.slept == [waits]

    @pytest.mark.parametrize(
        "headers",
        [
            {"retry_after": "0"},
            {"retry_after": "-5"},
            {"retry_after_ms": "0"},
            {"retry_after": "nan"},
            {"retry_after_ms": "NaN"},
            {"retry_after": formatdate(EPOCH - 60, usegmt=True)},
        ],
    )
    def test_a_server_that_asks_for_no_time_is_not_hammered(
        self, api: Api, time: Time, headers: dict[str, str]
    ) -> None:
        api.expect("GET /organization/projects", limited(**headers), limited(**headers), limited(**headers), reply())
        api.client().send(READ)
        assert time.seconds >= 1

    @pytest.mark.parametrize("seconds", ["120.5", "3600", "inf", "1e400"])
    def test_a_wait_that_is_too_long_is_not_even_begun(self, api: Api, time: Time, seconds: str) -> None:
        api.expect("GET /organization/projects", limited(retry_after=seconds))
        error = failure(api.client(), READ)
        assert isinstance(error, ApiError)
        assert error.retry_after == float(seconds)
        assert time.slept == []

    def test_what_is_left_counts_not_what_there_was(self, api: Api, time: Time) -> None:
        api.expect("GET /organization/projects", limited(retry_after="100"), limited(retry_after="21"))
        failure(api.client(), READ)
        assert time.slept == [100]

    def test_a_wait_that_just_fits_is_made(self, api: Api, time: Time) -> None:
        api.expect("GET /organization/projects", limited(retry_after="120"), reply())
        api.client().send(READ)
        assert time.slept == [120]

    @pytest.mark.parametrize("request_", ANY)
    @pytest.mark.parametrize("headers", [{}, {"retry_after": "0"}, {"retry_after": "1"}])
    def test_max_wait_0_never_sleeps(self, api: Api, time: Time, request_: Request, headers: dict[str, str]) -> None:
        api.expect(target(request_), limited(**headers))
        failure(api.client(max_wait=0), request_)
        assert time.slept == []

    def test_the_server_can_forbid_it(self, api: Api, time: Time) -> None:
        api.expect("GET /organization/projects", limited(x_should_retry="false"))
        failure(api.client(), READ)
        assert time.slept == []

    @patiently
    @given(
        values=st.dictionaries(
            st.sampled_from(["retry-after", "retry-after-ms"]),
            st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=40)
            | st.floats().map(str)
            | st.integers().map(str)
            | st.datetimes().map(lambda moment: f"{moment:%a, %d %b %Y %H:%M:%S} GMT"),
        )
    )
    @example({"retry-after": "Mon, 01 Jan 0001 00:00:00 +2359"})
    @example({"retry-after": "Mon, 01 Jan 0001 00:00:00 -0000"})
    @example({"retry-after": "Mon, 01 Jan 99999 00:00:00 GMT"})
    @example({"retry-after": "Mon, 01 Jan 99999999999999999999 00:00:00 GMT"})
    @example({"retry-after": "Mon, 01 Jan 2027 00:00:00 +99999999999999999999"})
    @example({"retry-after": "nan"})
    def test_any_header_is_a_number_of_seconds_or_nothing(self, values: dict[str, str]) -> None:
        seconds = _client._retry_after(values, EPOCH)
        assert seconds is None or seconds >= 0


class TestFaults:
    @pytest.mark.parametrize("request_", REPEATABLE)
    @pytest.mark.parametrize("fault", FAULTS)
    def test_what_may_be_repeated_is(
        self, api: Api, time: Time, request_: Request, fault: Callable[[], Reply | Exception]
    ) -> None:
        api.expect(target(request_), fault(), fault(), reply())
        api.client().send(request_)
        assert time.slept == [1, 2]

    @pytest.mark.parametrize("fault", FAULTS)
    def test_a_create_is_not(self, api: Api, time: Time, fault: Callable[[], Reply | Exception]) -> None:
        api.expect("POST /organization/projects", fault())
        failure(api.client(), CREATE)
        assert time.slept == []

    @pytest.mark.parametrize("request_", ANY)
    @pytest.mark.parametrize("fault", NEVER_SENT)
    def test_what_was_never_sent_is_whatever_it_is(
        self, api: Api, request_: Request, fault: Callable[[], Exception]
    ) -> None:
        api.expect(target(request_), fault(), fault(), reply())
        api.client().send(request_)
        assert len(api.sent) == 3

    @pytest.mark.parametrize("fault", FAULTS)
    def test_after_five_attempts_it_is_given_up(
        self, api: Api, time: Time, fault: Callable[[], Reply | Exception]
    ) -> None:
        api.expect("GET /organization/projects", *(fault() for dummy in range(5)))
        failure(api.client(), READ)
        assert time.slept == [1, 2, 4, 8]

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 422])
    @pytest.mark.parametrize("request_", ANY)
    def test_a_refusal_stands(self, api: Api, time: Time, request_: Request, status: int) -> None:
        api.expect(target(request_), reply({}, status))
        failure(api.client(), request_)
        assert time.slept == []

    def test_a_certificate_does_not_get_better_by_waiting(self, api: Api, time: Time) -> None:
        cause = urllib3.exceptions.SSLError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed")
        api.expect("GET /organization/projects", requests.exceptions.SSLError(cause))
        error = failure(api.client(), READ)
        assert "certificate verify failed" in error.message
        assert error.executed is False
        assert time.slept == []

    def test_a_refused_client_certificate_says_nothing_of_what_was_done(self, api: Api) -> None:
        cause = urllib3.exceptions.SSLError(
            "[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED] tlsv13 alert certificate required"
        )
        api.expect("POST /organization/projects", requests.exceptions.SSLError(cause))
        assert failure(api.client(), CREATE).executed is None

    def test_the_server_says_how_long_here_too(self, api: Api, time: Time) -> None:
        api.expect("GET /organization/projects", reply({}, 503, retry_after="11"), reply())
        api.client().send(READ)
        assert time.slept == [11]

    @pytest.mark.parametrize("status", [408, 409, 500, 503])
    def test_the_server_can_forbid_it(self, api: Api, time: Time, status: int) -> None:
        api.expect("GET /organization/projects", reply({}, status, x_should_retry="false"))
        failure(api.client(), READ)
        assert time.slept == []

    def test_max_wait_0_never_sleeps(self, api: Api, time: Time) -> None:
        api.expect("GET /organization/projects", reply({}, 503))
        failure(api.client(max_wait=0), READ)
        assert time.slept == []


class TestPostpone:
    """A create is not repeated by the client: who looks for what it made may ask for another attempt."""

    def test_the_route_rests_before_it(self, api: Api, time: Time) -> None:
        client = api.client()
        api.expect("POST /organization/projects", reply({}, 503), reply({"id": "p"}))
        error = failure(client, CREATE)
        assert client.postpone(CREATE, error, attempt=1, started=time.monotonic())
        assert time.slept == []
        assert client.send(CREATE) == {"id": "p"}
        assert time.slept == [2]

    @pytest.mark.parametrize(
        ("max_wait", "headers", "attempt", "waited"),
        [(0, {}, 0, 0), (120, {}, 4, 0), (120, {}, 0, 120), (120, {"retry_after": "121"}, 0, 0)],
        ids=["no waiting", "too often", "too long", "longer than there is time"],
    )
    def test_there_is_none_for_ever(
        self, api: Api, time: Time, max_wait: float, headers: dict[str, str], attempt: int, waited: float
    ) -> None:
        client = api.client(max_wait=max_wait)
        api.expect("POST /organization/projects", reply({}, 503, **headers))
        error = failure(client, CREATE)
        started = time.monotonic()
        time.seconds += waited
        assert not client.postpone(CREATE, error, attempt, started)
        assert time.slept == []


OTHER = Request("GET", PROJECT, "read project q", ids={"project_id": "q"})


class TestRoutes:
    def test_one_that_cools_down_does_not_hold_up_another(self, api: Api, time: Time) -> None:
        client = api.client()
        api.expect("GET /organization/projects", limited(retry_after="30"))
        api.expect("GET /organization/projects/q", reply())
        api.expect("GET /organization/projects", reply())
        time.meanwhile = once(lambda: client.send(OTHER))
        client.send(READ)
        assert [sent.at for sent in api.sent] == [0, 0, 30]

    def test_other_objects_of_the_same_route_cool_down_too(self, api: Api, time: Time) -> None:
        client = api.client()
        api.expect("GET /organization/projects/p", limited(retry_after="30"))
        api.expect("GET /organization/projects/q", reply())
        api.expect("GET /organization/projects/p", reply())
        time.meanwhile = once(lambda: client.send(OTHER))
        client.send(read_of("p"))
        assert api.sent[1].at == 30

    def test_another_method_is_another_route(self, api: Api, time: Time) -> None:
        client = api.client()
        api.expect("GET /organization/projects", limited(retry_after="30"))
        api.expect("POST /organization/projects", reply())
        api.expect("GET /organization/projects", reply())
        time.meanwhile = once(lambda: client.send(CREATE))
        client.send(READ)
        assert [sent.at for sent in api.sent] == [0, 0, 30]

    def test_cooling_down_counts_not_as_waiting_of_those_that_queue(self, api: Api, time: Time) -> None:
        client = api.client()
        api.expect("GET /organization/projects/p", limited(retry_after="90"))
        api.expect("GET /organization/projects/q", limited(retry_after="110"), reply())
        api.expect("GET /organization/projects/p", reply())
        time.meanwhile = once(lambda: client.send(OTHER))
        client.send(read_of("p"))
        assert [sent.at for sent in api.sent[:3]] == [0, 90, 200]

    def test_a_success_on_the_route_starts_max_wait_anew(self, api: Api, time: Time) -> None:
        client = api.client()
        api.expect("GET /organization/projects/p", limited(retry_after="100"))
        api.expect("GET /organization/projects/q", reply())
        api.expect("GET /organization/projects/p", limited(retry_after="100"), reply())
        time.meanwhile = once(lambda: client.send(OTHER))
        client.send(read_of("p"))
        assert time.slept == [100, 100, 100]

    def test_a_success_elsewhere_does_not(self, api: Api, time: Time) -> None:
        client = api.client()
        api.expect("GET /organization/projects", limited(retry_after="100"))
        api.expect("GET /organization/projects/q", reply())
        api.expect("GET /organization/projects", limited(retry_after="100"))
        time.meanwhile = once(lambda: client.send(OTHER))
        failure(client, READ)
        assert time.slept == [100]

    def test_an_earlier_success_does_not_shorten_it(self, api: Api, time: Time) -> None:
        client = api.client()
        api.expect("GET /organization/projects", reply(), limited(retry_after="120"), reply())
        client.send(READ)
        time.seconds = 500
        client.send(READ)
        assert time.slept == [120]

    def test_what_was_sent_and_waited_for_is_told_by_route(self, api: Api) -> None:
        client = api.client()
        api.expect("GET /organization/projects", limited(retry_after="3"), reply({}, 503), reply())
        api.expect("GET /organization/projects/p", reply())
        api.expect("GET /organization/projects/q", reply())
        for request_ in READ, read_of("p"), read_of("q"):
            client.send(request_)
        figures = {name: (route.sent, route.retries, route.waited) for name, route in client.routes.items()}
        assert figures == {
            "GET /organization/projects": (3, 2, 5),
            "GET /organization/projects/{project_id}": (2, 0, 0),
        }
        assert [route.limited for route in client.routes.values()] == [True, False]


class TestDelay:
    """By how much a task takes longer: what is waited for at the same time counts once."""

    def test_routes_that_rest_beside_each_other(self, monkeypatch: pytest.MonkeyPatch) -> None:
        client, routes = Client(Connection(KEY, BASE)), [Request("GET", f"/{letter}", "read") for letter in "abcd"]
        answered: list[str] = []

        def exchange(request: Request) -> dict[str, Any]:
            answered.append(request.route)
            if answered.count(request.route) == 1:
                raise refused(0.2)
            return {}

        monkeypatch.setattr(client, "_exchange", exchange)
        with ThreadPoolExecutor(len(routes)) as pool:
            list(pool.map(client.send, routes))
        assert sum(route.waited for route in client.routes.values()) == pytest.approx(0.8)
        assert 0.19 < client.delay < 0.5

    def test_requests_of_one_route_rest_together(self, api: Api, time: Time) -> None:
        client = api.client()
        assert all(client.postpone(READ, refused(30), 0, time.monotonic()) for dummy in range(3))
        assert client.routes["GET /organization/projects"].waited == 30
        time.seconds = 20
        assert client.postpone(READ, refused(30), 0, time.monotonic())
        assert client.routes["GET /organization/projects"].waited == 50

    def test_what_is_done_meanwhile_delays_nothing(self, api: Api, time: Time) -> None:
        client = api.client()
        delay = client._delay
        with delay.during("waiting"):
            time.seconds = 10
            with delay.during("sending"), delay.during("waiting"):
                time.seconds = 30
            time.seconds = 35
        time.seconds = 100
        assert client.delay == 15


def refused(seconds: float) -> ApiError:
    """A limit of the API, which frees up in so many seconds."""
    return ApiError("limited", executed=False, retry_after=seconds, status_code=429)


def once(act: Callable[[], Any]) -> Callable[[], None]:
    """What happens the first time only."""
    left = [act]

    def happen() -> None:
        if left:
            left.pop()()

    return happen


# --- what cannot work at all


class TestConnection:
    @pytest.mark.parametrize(
        "url",
        [
            "https://api.openai.com/v1",
            "https://api.openai.com",
            "https://mtls.api.openai.com/v1/",
            "https://10.0.0.1:8443/v1",
            "http://localhost:8080/v1",
            "http://LOCALHOST/v1",
            "http://127.0.0.1:1/v1",
            "http://[::1]:8080/v1",
        ],
    )
    def test_urls_that_work(self, url: str) -> None:
        Client(Connection(KEY, url)).close()

    @pytest.mark.parametrize(
        "url",
        [
            "http://api.openai.com/v1",
            "http://localhost.evil.test/v1",
            "http://127.0.0.1.evil.test",
            "http://127.0.0.2/v1",
            "http://0.0.0.0/v1",
            "ftp://api.openai.com/v1",
            "file:///etc/passwd",
            "api.openai.com/v1",
            "https://",
            "https:///v1",
            "https://[::1",
            "nonsense",
            "/v1",
            "https://api.openai.com/v1?x=1",
            "https://api.openai.com/v1?",
            "https://api.openai.com/v1#x",
            "https://api.openai.com/v1#",
            "https://api.openai.com:port/v1",
            "https://api.openai.com:99999/v1",
            "https://api.openai.com/v1\n",
            "https://api.openai.com/v1 ",
        ],
    )
    def test_urls_that_are_refused(self, url: str) -> None:
        with pytest.raises(BadInput, match="base_url"):
            Client(Connection(KEY, url))

    @pytest.mark.parametrize("user", ["ada:geheim@", "ada@", ":geheim@", "@"])
    def test_a_password_in_the_url_is_refused_and_not_shown(self, user: str) -> None:
        with pytest.raises(BadInput, match="must not contain a user name or a password") as caught:
            Client(Connection(KEY, f"https://{user}api.openai.com/v1"))
        assert "geheim" not in str(caught.value)

    @pytest.mark.parametrize(
        "key",
        [f"{KEY}\n", f"{KEY} ", f" {KEY}", f"{KEY}\t", f"{KEY}\r\nX: y", f"{KEY}ä", f"{KEY}\x00", f"{KEY}\u200b"],
    )
    def test_a_key_that_is_none_is_refused_and_not_shown(self, key: str) -> None:
        with pytest.raises(BadInput, match="admin_key contains") as caught:
            Client(Connection(key))
        assert nothing_leaks(str(caught.value))

    def test_without_a_key_it_says_where_one_can_be_given(self) -> None:
        with pytest.raises(BadInput, match=r"admin_key.*OPENAI_ADMIN_KEY"):
            Client(Connection(""))

    @pytest.mark.parametrize("organization", ["org-1\n", "org-1\r\nX-Evil: y", "org-\u2603"])
    def test_an_organization_that_no_header_can_hold_is_refused(self, organization: str) -> None:
        with pytest.raises(BadInput, match="organization_id"):
            Client(Connection(KEY, organization_id=organization))

    @pytest.mark.parametrize("option", ["ca_path", "client_cert", "client_key"])
    def test_files_that_cannot_be_read_are_named(self, tmp_path: Path, option: str) -> None:
        files: dict[str, Any] = {"client_cert": __file__, option: str(tmp_path / "missing.pem")}
        with pytest.raises(BadInput, match=f"^{option}: .*missing.pem cannot be read"):
            Client(Connection(KEY, **files))

    def test_a_folder_of_authorities_is_fine(self, tmp_path: Path) -> None:
        Client(Connection(KEY, ca_path=str(tmp_path))).close()

    def test_a_client_key_needs_its_certificate(self) -> None:
        with pytest.raises(BadInput, match="client_key needs client_cert"):
            Client(Connection(KEY, client_key=__file__))

    @pytest.mark.parametrize(("option", "value"), [("timeout", 0.0), ("timeout", -1.0), ("max_wait", -1.0)])
    def test_times_that_cannot_be(self, option: str, value: Any) -> None:
        with pytest.raises(BadInput, match=option):
            Client(replace(Connection(KEY), **{option: value}))
