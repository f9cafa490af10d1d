# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names and ids of any characters, and answers of any size: taken as they are, or refused in words."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import (
    MAX_PAGES,
    Client,
    Connection,
    Request,
)
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from integration.direct import perform
from integration.playbooks import Ansible, module
from integration.scenarios import ORGANIZATION, SEARCH, attempts, messages, play
from integration.servers import serving
from simulator import Simulator

READ = Request("GET", "/organization/projects", "list the projects")
ODD = {
    "slash": "a/b",
    "dots": "..",
    "way up": "../users/user-dev",
    "way up, encoded": "%2e%2e%2fusers%2fuser-dev",
    "query": "x?limit=1",
    "fragment": "x#y",
    "percent": "100%",
    "new line": "two\nlines",
    "header": "x\r\nX-Evil: y",
    "NUL": "a\0b",
    "right to left": "\u202eevil",
    "emoji": "\U0001f600",
    "half a pair": "\ud83d",
    "long": "x" * 10_000,
    "braces": "{project_id} {{ x }}",
}
NAMED: dict[str, dict[str, Any]] = {
    "project": {},
    "service_account": {**SEARCH},
    "certificate": {"state": "absent"},
    "admin_api_key": {"state": "absent"},
}
BY_ID: dict[str, tuple[str, dict[str, Any]]] = {
    "project": ("project_id", {"state": "archived"}),
    "project_user": ("user_id", {**SEARCH, "state": "absent"}),
    "service_account": ("service_account_id", {**SEARCH, "state": "absent"}),
    "project_api_key": ("api_key_id", {**SEARCH, "state": "absent"}),
    "user": ("user_id", {"state": "absent"}),
    "invite": ("invite_id", {"state": "absent"}),
    "admin_api_key": ("key_id", {"state": "absent"}),
    "project_user_info": ("project_id", {}),
    "rate_limit_info": ("project_id", {}),
}
BY_ADDRESS: dict[str, dict[str, Any]] = {
    "user": {"state": "absent"},
    "project_user": {**SEARCH, "state": "absent"},
    "invite": {},
}


def end_of(simulator: Simulator, kind: str, **arguments: Any) -> str:
    """What a task says: the message of its failure, else nothing."""
    try:
        perform(simulator, kind, **arguments)
    except AdminError as error:
        return error.message
    return ""


@pytest.mark.parametrize("odd", ODD)
def test_a_name_is_any_text(odd: str, simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    for kind, more in NAMED.items():
        message = end_of(simulator, kind, name=ODD[odd], **more)
        assert "\n" not in message
        simulator.clear()
        if not message:
            assert end_of(simulator, kind, name=ODD[odd], **more) == ""
            assert simulator.requests(writes=True) == []
    assert not simulator.state()["projects"][1]["archived_at"]


@pytest.mark.parametrize("odd", ODD)
def test_an_id_leads_to_no_other_route(odd: str, simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    before = simulator.state()
    for kind, (option, more) in BY_ID.items():
        end_of(simulator, kind, **{option: ODD[odd]}, **more)
    assert {entry["route"] for entry in simulator.requests()} <= ROUTES | {None}
    assert [
        entry["path"] for entry in simulator.requests() if entry["route"] is None and "%2F" not in entry["path"]
    ] == []
    after = simulator.state()
    assert {**after, "admin_api_keys": []} == {**before, "admin_api_keys": []}


ROUTES = {
    "/organization/projects/{project_id}",
    "/organization/projects/{project_id}/users",
    "/organization/projects/{project_id}/users/{user_id}",
    "/organization/projects/{project_id}/service_accounts/{service_account_id}",
    "/organization/projects/{project_id}/api_keys/{api_key_id}",
    "/organization/projects/{project_id}/rate_limits",
    "/organization/users/{user_id}",
    "/organization/invites/{invite_id}",
    "/organization/admin_api_keys",
}
"""Those that tasks by id are to reach."""


@pytest.mark.parametrize("odd", ODD)
def test_an_address_is_any_text(odd: str, simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    for kind, more in BY_ADDRESS.items():
        end_of(simulator, kind, email=ODD[odd], **more)
    users = [user["email"] for user in simulator.state()["users"]]
    assert users == [user["email"] for user in ORGANIZATION["users"]]


@pytest.mark.parametrize("odd", ODD)
def test_an_id_of_the_server_is_no_way_out_either(odd: str, simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    projects = {"object": "list", "data": [{"id": ODD[odd], "name": "search-prod"}], "has_more": False}
    if odd == "half a pair":
        projects["data"][0]["id"] = "half a pair"  # is no JSON text that a server could send
    simulator.fault("body", "/organization/projects", "GET", body=projects, times=None)
    end_of(simulator, "service_account", project="search-prod", name="search-api", state="absent")
    assert simulator.requests(writes=True) == []


def test_names_that_yaml_made_are_warned_about(ansible: Ansible) -> None:
    tasks = {
        **{words: module("project", name=value) for words, value in {"no": False, "yes": True}.items()},
        "in a project": module("service_account", project_id="proj_search", name=True),
        "a word": module("project", name="yes and no"),
    }
    run = play(ansible, attempts(tasks), "--check")
    assert messages(run) == {}
    for name in "no", "yes", "in a project":
        (warning,) = run[name].warnings
        assert warning.startswith(f"A name is '{'False' if name == 'no' else 'True'}'. YAML turns unquoted words")
    assert run["a word"].warnings == []


def read(port: int) -> list[dict[str, Any]]:
    with closing(Client(Connection("sk-admin-test", f"http://127.0.0.1:{port}/v1", max_wait=0))) as client:
        return list(client.pages(READ))


def told(port: int) -> tuple[str, float]:
    """What the failure of a listing says, and how many MiB it took at most."""
    tracemalloc.start()
    try:
        with pytest.raises(AdminError) as caught:
            read(port)
        return caught.value.message, tracemalloc.get_traced_memory()[1] / 2**20
    finally:
        tracemalloc.stop()


def test_an_answer_of_50_mb_is_refused() -> None:
    with serving(answer=lambda unused_query: b'{"data": "' + b"x" * 50_000_000 + b'"}') as served:
        message, most = told(served.port)
    assert "the answer is larger than 32 MiB" in message
    assert most < 200  # the server's own 50 MB are among them


def test_an_answer_that_unfolds_to_50_mb_is_refused() -> None:
    packed = gzip.compress(b'{"data": "' + b"x" * 50_000_000 + b'"}')
    with serving(answer=lambda unused_query: packed, headers={"Content-Encoding": "gzip"}) as served:
        message, most = told(served.port)
    assert "the answer is larger than 32 MiB" in message
    assert most < 150


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ('{"x":', "}")])
def test_json_in_json_in_json_is_refused(opened: str, closed: str) -> None:
    deep = (opened * 1_000_000 + "1" + closed * 1_000_000).encode()
    with serving(answer=lambda unused_query: deep) as served:
        message, unused_most = told(served.port)
    assert message.startswith("Could not list the projects: the answer is not complete JSON.")


def test_ten_thousand_pages_are_too_many() -> None:
    pages: Iterator[int] = iter(range(10_000))

    def page(unused_query: str) -> bytes:
        number = next(pages)
        return json.dumps({"data": [{"id": f"proj_{number}"}], "has_more": True, "last_id": f"proj_{number}"}).encode()

    with serving(answer=page) as served:
        message, most = told(served.port)
    assert f"the listing has more than {MAX_PAGES} pages" in message
    assert len(served.asked) == MAX_PAGES
    assert most < 50
