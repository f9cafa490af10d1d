# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every info module reads what the official SDK reads page by page, whatever the size of pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.community import openai_admin
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import WORKERS
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from integration.counted_tasks import ORGANIZATION
from integration.direct import perform
from integration.playbooks import Ansible, PlaybookRun, module
from integration.scenarios import control
from integration.sdk import admin, differences, seen
from openai.resources.admin.organization import Organization
from simulator import Simulator, running

MODULES = Path(next(iter(openai_admin.__path__)), "plugins", "modules")
INFO = sorted(path.stem for path in MODULES.glob("*_info.py"))
SIZES = (None, 1, 2)
WEEKS: dict[str, Any] = {"start_time": 1789000000, "end_time": 1790000000}

LISTINGS: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "admin_api_key_info": ("admin_api_keys.list", {}, {}),
    "audit_log_info": ("audit_logs.list", {}, {}),
    "certificate_info": ("certificates.list", {"order": "asc"}, {}),
    "cost_info": ("usage.costs", WEEKS, {}),
    "external_key_info": ("external_keys.list", {}, {}),
    "external_storage_info": ("external_storage.list", {}, {}),
    "federation_rule_info": ("workload_identity_providers.federation_rules.list", {}, {}),
    "group_info": ("groups.list", {}, {}),
    "group_user_info": ("groups.users.list", {}, {}),
    "invite_info": ("invites.list", {}, {}),
    "project_api_key_info": ("projects.api_keys.list", {}, {"owner_project_access": "any"}),
    "project_group_info": ("projects.groups.list", {}, {}),
    "project_info": ("projects.list", {"include_archived": True}, {}),
    "project_user_info": ("projects.users.list", {}, {}),
    "rate_limit_info": ("projects.rate_limits.list_rate_limits", {}, {}),
    "role_assignment_info": ("groups.roles.list", {}, {}),
    "role_info": ("roles.list", {}, {}),
    "service_account_info": ("projects.service_accounts.list", {}, {}),
    "spend_alert_info": ("spend_alerts.list", {}, {}),
    "usage_info": ("usage.completions", WEEKS, {}),
    "user_info": ("users.list", {}, {}),
    "workload_identity_provider_info": ("workload_identity_providers.list", {}, {}),
}
"""The SDK's call, what module and SDK are both asked, and what only the SDK is asked."""
OTHERS = {
    "data_retention_info",
    "hosted_tools_info",
    "model_permissions_info",
    "organization_info",
    "service_tiers_info",
    "spend_limit_info",
}
"""They return declarations, or a value of each scope, and no listing."""
SCOPES = {
    "projects": "project_id",
    "groups": "group_id",
    "workload_identity_providers": "workload_identity_provider_id",
}
"""What listings lie in, and how the SDK calls its ID."""
KINDS: dict[str, dict[str, Any]] = {
    "role_assignment_info": {"every": ["groups"]},
    "usage_info": {"kind": "completions"},
}

PLACES: dict[str, Any] = {
    **ORGANIZATION,
    "certificates": [{"generate": {"common_name": f"Authority {number}", "days": 3650}} for number in range(5)],
    "audit_events": [
        {"type": "project.updated", "effective_at": 1790000000 + number, "actor": {"email": "owner@example.com"}}
        for number in range(5)
    ],
}


def task(name: str) -> dict[str, Any]:
    both = LISTINGS[name][1] if name in LISTINGS else {}
    return {"name": name, **module(name, **KINDS.get(name, {}), **both)}


def as_returned(item: dict[str, Any]) -> dict[str, Any]:
    """An object with sets in order, pairs as a dictionary, and IDs of predefined roles without their scope."""
    told = {"permissions": sorted(item["permissions"])} if isinstance(item.get("permissions"), list) else {}
    if isinstance(item.get("attribute_transformations"), list):
        pairs = item["attribute_transformations"]
        told["attribute_transformations"] = {each["attribute"]: each["expression"] for each in pairs}
    return {**item, **told, **({"id": item["id"].partition("__api-")[0]} if "id" in item else {})}


def expected(organization: Organization, name: str) -> list[dict[str, Any]]:
    """What the SDK reads: of every active project or every group, where it lies in one."""
    call, both, more = LISTINGS[name]

    def read(**scope: str) -> list[dict[str, Any]]:
        return [as_returned(item) for item in seen(organization, call, **both, **more, **scope)]

    if call.count(".") == 1:
        return read()
    scope = call.partition(".")[0]
    return [item for each in getattr(organization, scope).list() for item in read(**{SCOPES[scope]: each.id})]


@pytest.fixture(scope="module")
def places() -> Iterator[Simulator]:
    """An organization in which every listing has more than two pages of one."""
    with running({**PLACES, "behaviour": {"clock": 1_800_000_000}}) as server:
        yield server


@pytest.fixture(scope="module", params=SIZES, ids=["large pages", "pages of one", "pages of two"])
def run(places: Simulator, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> PlaybookRun:
    """All info modules, one after the other."""
    tasks = [control("size of pages", "behaviour", {"page_size": request.param}), *map(task, INFO)]
    done = Ansible(places, tmp_path_factory.mktemp("pages")).play(tasks)
    assert done.status == 0, done.output
    return done


def test_every_info_module_is_read() -> None:
    assert sorted(LISTINGS.keys() | OTHERS) == INFO


@pytest.mark.parametrize("name", LISTINGS)
def test_it_returns_what_the_sdk_reads(name: str, run: PlaybookRun, places: Simulator) -> None:
    returned = next(value for value in run[name].result.values() if isinstance(value, list))
    assert differences(returned, expected(admin(places), name)) == []
    assert len(returned) > 2


def test_a_whole_organization_is_what_the_sdk_reads(run: PlaybookRun, places: Simulator) -> None:
    whole, sdk = run["organization_info"].result["organization"], admin(places)
    users = {user.email: user.role for user in sdk.users.list()}
    assert {user["email"]: user["role"] for user in whole["users"]} == users
    pending = [invite.email for invite in sdk.invites.list() if invite.status == "pending"]
    assert [invite["email"] for invite in whole["invites"]] == pending
    owners = {email for email, role in users.items() if role == "owner"}
    assert [
        (
            project["name"],
            {user["email"] for user in project["users"]},
            {account["name"] for account in project["service_accounts"]},
            {limit["model"] for limit in project["rate_limits"]},
        )
        for project in whole["projects"]
    ] == [
        (
            project.name,
            {user.email for user in sdk.projects.users.list(project.id)} - owners,
            {account.name for account in sdk.projects.service_accounts.list(project.id)},
            {limit.model for limit in sdk.projects.rate_limits.list_rate_limits(project.id)},
        )
        for project in sdk.projects.list()
    ]


def test_a_difference_would_be_noticed() -> None:
    assert differences([{"id": "a", "name": "x", "role": "r"}], [{"id": "a", "name": "x", "role": "r"}]) == []
    assert differences([{"id": "a", "name": "x", "role": "r"}], [{"id": "a", "name": "y", "role": "r"}]) != []
    assert differences([{"id": "a"}], [{"id": "a", "name": "x", "role": "r"}]) != []
    assert differences([], [{"id": "a"}]) != []


MANY = 40
READS = {
    "of one kind": (module("project_api_key_info"), 1 + MANY),
    "of several kinds": (module("user_info", include=["projects", "api_keys", "invites"]), 1 + 1 + 2 * MANY + 1),
}


@pytest.mark.parametrize("name", READS)
def test_many_projects_need_no_more_connections_than_workers(name: str, ansible: Ansible) -> None:
    """Answers that take a while, so that requests meet."""
    read, requests = READS[name]
    projects = [{"name": f"project-{number}"} for number in range(MANY)]
    ansible.simulator.reset({"users": [{"email": "ada@example.com", "role": "owner"}], "projects": projects})
    slow = control("slow answers", "faults", {"kind": "delay", "seconds": 0.02, "times": None})
    done = ansible.play([slow, {"name": "read", **read}])
    log = done["read"].requests
    assert len(log) == requests
    assert 1 < len({request["connection"] for request in log}) <= WORKERS


@pytest.mark.parametrize("name", ["project_api_key_info", "project_user_info", "user_info"])
def test_after_a_refusal_no_more_projects_are_read(name: str, simulator: Simulator) -> None:
    users = [{"email": "ada@example.com", "role": "owner"}]
    simulator.reset({"users": users, "projects": [{"name": f"project-{number}"} for number in range(MANY)]})
    kind = "users" if name == "project_user_info" else "api_keys"
    simulator.fault("status", f"/organization/projects/{{project_id}}/{kind}", "GET", status=403, times=None)
    with pytest.raises(AdminError, match=r"^Could not list the .* of project 'project-\d+': .* \(HTTP 403"):
        perform(simulator, name, **({"include": ["api_keys"]} if name == "user_info" else {}))
    asked = [request for request in simulator.requests() if request["path"].endswith(f"/{kind}")]
    assert 1 <= len(asked) <= WORKERS
