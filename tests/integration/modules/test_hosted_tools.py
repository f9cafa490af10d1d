# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which hosted tools a project may use: only what differs is sent, and the organization's policy has the last word."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, ApiError
from integration.direct import perform
from simulator import Simulator

MODULE = "hosted_tools"
TOOLS = ("code_interpreter", "file_search", "image_generation", "mcp", "web_search")
SEARCH = {"project_id": "proj_search"}
PATH = "/organization/projects/{project_id}/hosted_tool_permissions"


def small(simulator: Simulator, **organization: Any) -> None:
    simulator.reset(
        {
            "users": [{"email": "owner@example.com", "role": "owner"}],
            "usage": {"since": "2090-01-01"},
            "projects": [{"name": "search", "id": "proj_search", "hosted_tools": {"mcp": False}}, {"name": "chat"}],
            **organization,
        }
    )


@pytest.mark.parametrize("wanted", list(itertools.product([None, True, False], repeat=2)))
@pytest.mark.parametrize("there", list(itertools.product([True, False], repeat=2)))
def test_only_what_differs_is_sent(
    there: tuple[bool, ...], wanted: tuple[bool | None, ...], simulator: Simulator
) -> None:
    names = ("mcp", "web_search")
    small(
        simulator,
        projects=[{"name": "search", "id": "proj_search", "hosted_tools": dict(zip(names, there, strict=True))}],
    )
    task = {name: value for name, value in zip(names, wanted, strict=True) if value is not None}
    differing = {name: value for name, value in task.items() if value != dict(zip(names, there, strict=True))[name]}
    predicted, real = (perform(simulator, MODULE, check, **SEARCH, **task) for check in (True, False))
    assert predicted.changed == real.changed == bool(differing)
    assert predicted.returns == real.returns
    bodies = [each["body"] for each in simulator.requests(writes=True)]
    assert bodies == ([{name: {"enabled": value} for name, value in differing.items()}] if differing else [])
    assert {name: real.returns[MODULE][name] for name in names} == {**dict(zip(names, there, strict=True)), **task}
    assert not perform(simulator, MODULE, **SEARCH, **task).changed


def test_a_tool_that_all_projects_have_is_a_failure_at_once(simulator: Simulator) -> None:
    """It names the tools that the task disables, sends the request once, and nothing is changed."""
    small(simulator, tool_policies={"web_search": "all"})
    task = {**SEARCH, "web_search": False, "file_search": False, "mcp": True}
    with pytest.raises(ApiError) as caught:
        perform(simulator, MODULE, **task)
    assert caught.value.message == (
        "Could not update hosted tools of project proj_search: The tool web_search is enabled for all projects"
        " (HTTP 409). The task disables file_search, web_search. A project cannot disable a tool that the organization"
        " enables for all projects: in the organization's settings, change the policy of the tool to selected projects,"
        " then run the task again."
    )
    assert len(simulator.requests(writes=True)) == 1
    assert simulator.state()["projects"][0][MODULE] == {**dict.fromkeys(TOOLS, True), "mcp": False}


def test_what_enables_tools_alone_is_not_advised(simulator: Simulator) -> None:
    small(simulator, tool_policies={"mcp": "none"})
    with pytest.raises(ApiError, match=r"The tool mcp is disabled for all projects \(HTTP 409\)\.$"):
        perform(simulator, MODULE, **SEARCH, mcp=True)


def test_other_conflicts_are_still_tried_again(simulator: Simulator) -> None:
    """A 409 is final on this route alone."""
    small(simulator)
    simulator.fault("status", "/organization/projects/{project_id}/spend_limit", "POST", status=409, times=1)
    assert perform(simulator, "spend_limit", **SEARCH, usd_per_month=5).changed
    simulator.fault("status", PATH, "POST", status=500, times=1)
    assert perform(simulator, MODULE, **SEARCH, mcp=True).changed


def test_an_answer_that_denies_it_is_a_failure(simulator: Simulator) -> None:
    small(simulator)
    simulator.behaviour(not_done="old_value")
    with pytest.raises(AdminError, match=r"the API answers mcp: False, not True"):
        perform(simulator, MODULE, **SEARCH, mcp=True)


def test_a_declaration_merges_tool_by_tool(simulator: Simulator) -> None:
    small(simulator)
    declared: dict[str, Any] = {
        "project_defaults": {MODULE: {"mcp": False, "web_search": False}},
        "projects": [{"name": "search", MODULE: {"web_search": True}}, {"name": "chat"}, {"name": "new"}],
    }
    perform(simulator, "organization", **declared)
    assert not perform(simulator, "organization", **declared).changed
    found = perform(simulator, "organization_info", include=[MODULE]).returns["organization"]
    disabled = {each["name"]: [tool for tool, on in each[MODULE].items() if not on] for each in found["projects"]}
    assert disabled == {"search": ["mcp"], "chat": ["mcp", "web_search"], "new": ["mcp", "web_search"]}
    assert not perform(simulator, "organization", **found).changed


def test_a_declaration_tells_where_the_policy_is_in_the_way(simulator: Simulator) -> None:
    small(simulator, tool_policies={"web_search": "all"})
    with pytest.raises(AdminError, match="The task disables web_search"):
        perform(simulator, "organization", projects=[{"name": "chat", MODULE: {"web_search": False}}])


def test_info_reads_one_or_all(simulator: Simulator) -> None:
    small(simulator)
    found = perform(simulator, f"{MODULE}_info").returns[MODULE]
    assert [(each["project"], each["mcp"]) for each in found] == [("search", False), ("chat", True)]
