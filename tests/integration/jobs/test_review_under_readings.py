# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The access review under each reading of the API, against what the organization really holds: nobody is left out.

What Ansible makes of the job is tested with the other jobs; here are its reads and its rows.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.access_review import review
from integration.direct import perform
from integration.leavers import ORGANIZATION
from simulator import Simulator
from simulator.readings import KIND, READINGS

NOW = int(time.time())
READS = {
    "users": "user_info",
    "projects": "project_info",
    "project_users": "project_user_info",
    "service_accounts": "service_account_info",
    "project_api_keys": "project_api_key_info",
    "admin_api_keys": "admin_api_key_info",
    "invites": "invite_info",
    "groups": "group_info",
    "group_members": "group_user_info",
    "project_groups": "project_group_info",
    "workload_identity_providers": "workload_identity_provider_info",
    "federation_rules": "federation_rule_info",
}
"""What the job reads, by which module."""


def reviewed(simulator: Simulator) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name, module in READS.items():
        in_projects = name in ("project_users", "service_accounts", "project_api_keys", "project_groups")
        more = {"projects": read["projects"]} if in_projects else {}
        more = {"groups": read["groups"]} if name == "group_members" else more
        within = "workload_identity_providers"
        more = {within: read[within]} if name == "federation_rules" else more
        read[name] = perform(simulator, module, **more).returns[name]
    return review(read, 90, "", NOW)


def accesses(state: Mapping[str, Any]) -> Iterator[tuple[str, str | None, str]]:
    """Who has access to what: the kind of the row, the project and the id; keys are told by their ids alone."""
    owners = {user["id"] for user in state["users"] if user["role"] == "owner"}
    yield from (("person", None, user["id"]) for user in state["users"] if not user["is_service_account"])
    yield from (("admin_key", None, key["id"]) for key in state["admin_api_keys"])
    yield from (("invite", None, each["id"]) for each in state["invites"] if each["status"] != "accepted")
    for group in state["groups"]:
        inside = [each["service_account"] or each["user_id"] for each in group["members"]]
        yield from (("group_member", group["id"], own_id) for own_id in inside)
    for project in state["projects"]:
        if project["status"] == "archived":
            continue
        yield from (("project_group", project["id"], each["group"]) for each in project["groups"])
        yield from (("service_account", project["id"], each["id"]) for each in project["service_accounts"])
        yield from (("key", None, key["id"]) for key in project["api_keys"])
        for member in project["users"]:
            if member["user_id"] not in owners:
                yield ("member", project["id"], member["user_id"])


def shown(report: Mapping[str, Any]) -> Counter[tuple[str, str | None, str]]:
    """The same, as the review has it."""
    found: Counter[tuple[str, str | None, str]] = Counter()
    for row in report["rows"]:
        keys = [name.rsplit("(", 1)[-1].rstrip(")") for name in row["key_names"].split("; ") if name]
        if row["kind"] == "admin_key":
            found.update(("admin_key", None, key) for key in keys)
            continue
        found.update(("key", None, key) for key in keys)
        if row["kind"] in ("person", "member") and row["project_id"]:
            found[("member", row["project_id"], row["id"])] += 1
        if row["kind"] == "group_member":
            found[("group_member", row["group_id"], row["id"])] += 1
        if row["kind"] == "person":
            found[("person", None, row["id"])] = 1
        if row["kind"] in ("service_account", "project_group", "invite"):
            found[(row["kind"], row["project_id"], row["id"])] += 1
    return found


@pytest.mark.parametrize("reading", [KIND, *READINGS])
def test_each_access_has_exactly_one_row(reading: str, simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    simulator.behaviour(clock=NOW, **READINGS.get(reading, {}))
    report = reviewed(simulator)
    there = set(accesses(simulator.state()))
    found = shown(report)
    assert there - found.keys() == set()
    assert [access for access in there if found[access] != 1] == []
    counts = report["counts"]
    assert counts["keys"] == sum(kind == "key" for kind, unused_project, unused_id in there)
    assert counts["admin_keys"] == sum(kind == "admin_key" for kind, unused_project, unused_id in there)
    assert counts["people"] == sum(kind == "person" for kind, unused_project, unused_id in there)
    assert counts["invites"] == sum(kind == "invite" for kind, unused_project, unused_id in there)
    assert report["verdict"]["word"] == "To be reviewed"  # somebody has left, and has keys
    told = " ".join(report["summary"])
    for each in report["not_read"]:
        assert each["what"].lower() in told
