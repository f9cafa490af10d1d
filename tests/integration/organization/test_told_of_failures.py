# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a declaration that failed in part says of each change, as values: of a project, or of none."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from ansible_collections.community.openai_admin.plugins.module_utils._organization.snapshot import Snapshot
from integration.direct import perform
from integration.removals import ORGANIZATION
from simulator import Simulator

FAILURES: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "of the organization": (
        "/organization/users/{user_id}",
        {"users": [{"email": "dev@example.com", "role": "owner"}]},
        {"kind": "user", "project": None, "name": "dev@example.com", "action": "update"},
    ),
    "of a project": (
        "/organization/projects/{project_id}/users",
        {"projects": [{"name": "search", "users": [{"email": "ops@example.com", "role": "member"}]}]},
        {"kind": "project_user", "project": "search", "name": "ops@example.com", "action": "add"},
    ),
}


@pytest.mark.parametrize("what", FAILURES)
def test_a_failed_change_is_named(what: str, simulator: Simulator) -> None:
    route, declaration, change = FAILURES[what]
    simulator.reset(ORGANIZATION)
    simulator.fault("status", route, "POST", status=403, times=None)
    with pytest.raises(AdminError) as caught:
        perform(simulator, "organization", **declaration)
    facts = caught.value.facts
    (failed,) = facts["failed_changes"]
    assert {name: failed[name] for name in change} == change
    assert "403" in failed["msg"]
    assert (facts["changed"], facts["done"], facts["not_tried"]) == (False, [], [])


def test_a_change_that_waited_for_it_is_named_with_what_it_waits_for(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    simulator.fault("status", "/organization/projects", "POST", status=403, times=None)
    accounts = [{"name": "api"}]
    with pytest.raises(AdminError) as caught:
        perform(simulator, "organization", projects=[{"name": "new", "service_accounts": accounts}])
    (failed,), (left,) = caught.value.facts["failed_changes"], caught.value.facts["not_tried"]
    assert (failed["kind"], failed["project"], failed["name"]) == ("project", None, "new")
    assert (left["kind"], left["project"], left["name"]) == ("service_account", "new", "api")
    assert "'new'" in left["waits_for"]


@pytest.mark.parametrize(
    ("number", "more"),
    [(3, []), (4, ["- and 1 more failure, in failed_changes"]), (5, ["- and 2 more failures, in failed_changes"])],
)
def test_the_message_shows_three_failures(number: int, more: list[str], simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    simulator.fault("status", "/organization/projects", "POST", status=403, times=None)
    with pytest.raises(AdminError) as caught:
        perform(simulator, "organization", projects=[{"name": f"{10**each}"} for each in range(number)])
    first, *lines, last = caught.value.message.splitlines()
    assert first == f"{number} of {number} changes failed, 0 were made, 0 were not tried."
    assert [line.split(":")[0] for line in lines[:3]] == [f"- projects[{each}]" for each in range(3)]
    assert lines[3:] == more
    assert last == f"It is safe to run the task again: it continues with the {number} that are left."


def test_a_change_that_was_made_in_part_is_a_change(simulator: Simulator) -> None:
    """An invite that was withdrawn, and could not be sent anew."""
    simulator.reset({**ORGANIZATION, "invites": [{"email": "new@example.com", "role": "reader"}]})
    simulator.fault("status", "/organization/invites", "POST", status=403, times=None)
    with pytest.raises(AdminError) as caught:
        perform(simulator, "organization", invites=[{"email": "new@example.com", "role": "owner"}])
    assert (caught.value.facts["changed"], caught.value.facts["done"]) == (True, [])
    assert (
        caught.value.message.splitlines()[-1]
        == "It is safe to run the task again: it continues with the one that is left."
    )


def test_what_does_not_come_after_all_is_named(simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step whose project was created, and is not found then, does not write into none."""
    simulator.reset({"users": [{"email": "owner@example.com", "role": "owner"}, {"email": "dev@example.com"}]})
    monkeypatch.setattr(Snapshot, "note", lambda *unused_arguments: None)
    with pytest.raises(AdminError) as caught:
        perform(simulator, "organization", projects=[{"name": "new", "users": [{"email": "dev@example.com"}]}])
    (failed,) = caught.value.facts["failed_changes"]
    assert (
        failed["msg"] == "Could not add project user 'dev@example.com' of project 'new': Project 'new' does not exist."
    )
