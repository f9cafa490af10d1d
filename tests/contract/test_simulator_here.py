# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulator of this process answers a function call as it answers over a connection."""

from __future__ import annotations

import dataclasses
import pickle
import re
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter
from simulator import ControlError, Simulator, here

PROJECTS = "/organization/projects"
OVER_BOTH: dict[str, tuple[dict[str, Any], tuple[Any, ...]]] = {
    "a page": ({}, ("GET", f"{PROJECTS}?limit=2&include_archived=true")),
    "something new": ({}, ("POST", PROJECTS, b'{"name": "\xc3\xa4"}')),
    "a refusal": ({}, ("POST", PROJECTS, b'{"name": 7}')),
    "no JSON": ({}, ("POST", PROJECTS, b"{")),
    "an id that has to be quoted": ({}, ("GET", f"{PROJECTS}/a%2Fb%20%C3%A4")),
    "no such path": ({}, ("GET", "/nowhere")),
    "no such method": ({}, ("DELETE", PROJECTS)),
    "a report, part by part": ({}, ("GET", "/organization/costs?start_time=1767225600&limit=3")),
    "a status": ({"kind": "status", "status": 429, "headers": {"Retry-After": "2"}}, ("GET", PROJECTS)),
    "a drop": ({"kind": "drop"}, ("POST", PROJECTS, b'{"name": "made"}')),
    "a drop afterwards": ({"kind": "drop", "when": "after"}, ("POST", PROJECTS, b'{"name": "made"}')),
    "half an answer": ({"kind": "truncate"}, ("GET", PROJECTS)),
    "a page of a gateway": ({"kind": "html", "status": 502}, ("GET", PROJECTS)),
    "no delay": ({"kind": "delay"}, ("GET", PROJECTS)),
    "a short delay": ({"kind": "delay", "seconds": 0.01}, ("GET", PROJECTS)),
}


def asked(simulator: Simulator, adapter: HTTPAdapter, method: str, path: str, body: bytes | None = None) -> Any:
    """What a client gets and what the log says, without times and what is a connection's own."""
    with requests.Session() as session:
        session.trust_env = False
        session.mount("http://", adapter)
        headers = {"Authorization": f"Bearer {simulator.admin_key}"}
        try:
            answer = session.request(method, f"{simulator.url}{path}", data=body, headers=headers, timeout=30)
        except requests.ConnectionError as error:
            got: tuple[Any, ...] = (type(error),)
        else:
            of_connections = {"date", "transfer-encoding", "openai-processing-ms"}
            told = {name.lower(): value for name, value in answer.headers.items()}
            kept = {name: value for name, value in told.items() if name not in of_connections}
            got = (answer.status_code, answer.reason, kept, re.sub(r'"created_at":\d+', "", answer.text))
    (entry,) = simulator.requests()
    return got, {name: value for name, value in entry.items() if name not in ("at", "connection")}, entry["connection"]


@pytest.mark.parametrize("name", OVER_BOTH)
def test_an_answer_is_the_same_without_a_connection(name: str, simulator: Simulator) -> None:
    fault, request = OVER_BOTH[name]
    assert simulator.here
    found = []
    for adapter in HTTPAdapter(), here.Adapter(simulator.here, HTTPAdapter()):
        simulator.reset()
        if fault:
            simulator.fault(**fault)
        found.append(asked(simulator, adapter, *request))
    (*over_one, connection), (*without, none) = found
    assert without == over_one
    assert connection != here.NO_CONNECTION
    assert (none == here.NO_CONNECTION) is ("seconds" not in fault)


def test_what_comes_byte_by_byte_comes_over_a_connection(simulator: Simulator) -> None:
    assert simulator.here
    simulator.behaviour(trickle=0)
    unused_answer, unused_entry, connection = asked(
        simulator, here.Adapter(simulator.here, HTTPAdapter()), "GET", PROJECTS
    )
    assert connection != here.NO_CONNECTION


def test_an_error_of_the_simulators_own_is_no_answer(simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    assert simulator.here
    monkeypatch.setattr(simulator.here.world, "admin_api_key", None)
    with pytest.raises(TypeError):
        asked(simulator, here.Adapter(simulator.here, HTTPAdapter()), "GET", PROJECTS)


def test_the_control_routes_answer_the_same(simulator: Simulator) -> None:
    there = dataclasses.replace(simulator, here=None)
    for each in simulator, there:
        each.reset({"users": [{"email": "ada@example.com", "role": "owner"}]})
        each.behaviour(advance=1)
        assert simulator.behaviour() == there.behaviour()
        planned = each.fault("status", "/organization/*", status=503)
        assert simulator.faults() == there.faults() == [planned]
        requests.get(f"{simulator.url}{PROJECTS}", timeout=30)
        assert simulator.requests() == there.requests() != []
        assert simulator.state() == there.state()
        with pytest.raises(ControlError, match=r"There is no eve@example\.com in the organization\."):
            each.actor("eve@example.com")
        with pytest.raises(ControlError, match="no such key in the file format"):
            each.reset({"colour": "red"})
        with pytest.raises(ControlError, match="kind"):
            each.fault("nothing")
        with pytest.raises(ControlError, match="No such invite: nobody"):
            each.accept_invite("nobody")


def test_another_process_is_not_here(simulator: Simulator) -> None:
    there = pickle.loads(pickle.dumps(simulator))  # noqa: S301  # made in the line itself
    assert there == simulator
    assert there.here is None
