# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Data retention: what keeps more is refused, unless the task allows it."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, NotFound, Refused
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.data_retention import DEFAULT, TYPES
from integration.direct import perform
from simulator import Simulator

MODIFIED, ZERO, OTHER = "modified_abuse_monitoring", "zero_data_retention", "customer_managed_retention"
ORGANIZATION: dict[str, Any] = {
    "users": [{"email": "owner@example.com", "role": "owner"}],
    "projects": [{"name": "search", "id": "proj_search"}],
    "data_retention": {"type": MODIFIED},
}


def kept(simulator: Simulator, kind: str, **behaviour: Any) -> None:
    """Let a project have a type."""
    project = {**ORGANIZATION["projects"][0], "data_retention": {"type": kind}}
    simulator.reset({**ORGANIZATION, "projects": [project], "behaviour": behaviour})


def is_stricter(one: str, other: str) -> bool:
    """By the words alone: what is enhanced, and what is not, cannot be told from each other."""
    if DEFAULT in (one, other):
        return False
    return one != other and other in ("none", one.replace("zero_data_retention", "modified_abuse_monitoring"))


@pytest.mark.parametrize("wanted", TYPES)
@pytest.mark.parametrize("there", TYPES)
def test_only_what_is_known_to_be_stricter_needs_no_leave(there: str, wanted: str, simulator: Simulator) -> None:
    kept(simulator, there)
    task = {"project_id": "proj_search", "type": wanted}
    if wanted == there or is_stricter(wanted, there):
        assert perform(simulator, "data_retention", **task).changed == (there != wanted)
        return
    said = "which is weaker" if is_stricter(there, wanted) else "and it is not known whether that is weaker"
    for check in True, False:
        with pytest.raises(Refused, match=rf"{said}\. Set allow_weaker_retention to change it"):
            perform(simulator, "data_retention", check, **task)
    assert simulator.requests(writes=True) == []
    assert perform(simulator, "data_retention", **task, allow_weaker_retention=True).changed


@pytest.mark.parametrize(("there", "wanted"), [(OTHER, ZERO), (ZERO, OTHER)])
def test_what_is_not_known_needs_leave(there: str, wanted: str, simulator: Simulator) -> None:
    kept(simulator, there, unknown_values="given")
    with pytest.raises(Refused, match="not known whether that is weaker"):
        perform(simulator, "data_retention", project_id="proj_search", type=wanted)
    assert simulator.requests(writes=True) == []


@pytest.mark.parametrize("wanted", ["none", ZERO])
def test_what_the_api_does_not_show_needs_leave(wanted: str, simulator: Simulator) -> None:
    kept(simulator, ZERO)
    path = "/organization/projects/{project_id}/data_retention"
    simulator.fault("body", path, "GET", body={"object": "project.data_retention", "type": None}, times=None)
    said = (
        f"The API does not show the data retention of project proj_search, which is to be {wanted}, and it is not known"
    )
    for check in True, False:
        with pytest.raises(Refused, match=said):
            perform(simulator, "data_retention", check, project_id="proj_search", type=wanted)
    assert simulator.requests(writes=True) == []


def test_a_slip_is_told_before_leave_is_asked(simulator: Simulator) -> None:
    kept(simulator, DEFAULT)
    with pytest.raises(Refused, match=r"cannot be 'zero_data_retention ' \(did you mean 'zero_data_retention'\?\)"):
        perform(simulator, "data_retention", project="search", type=f"{ZERO} ")


def test_a_failure_says_that_it_is_set(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    with pytest.raises(NotFound, match="Could not set data retention of project 'new'"):
        perform(simulator, "data_retention", project="new", type=ZERO)


@pytest.mark.parametrize("wanted", [DEFAULT, "none"])
def test_the_organization_cannot_have_what_only_projects_have(wanted: str, simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    with pytest.raises(Refused, match="only a project can have that"):
        perform(simulator, "data_retention", type=wanted, allow_weaker_retention=True)
    assert simulator.requests(writes=True) == []


def test_an_organization_without_a_say_in_it_fails(simulator: Simulator) -> None:
    simulator.reset({**ORGANIZATION, "data_retention": None})
    for module, task in ("data_retention", {"type": ZERO}), ("data_retention_info", {}):
        with pytest.raises(AdminError, match="Data retention controls are not available"):
            perform(simulator, module, **task)


def test_info_reads_one_scope_or_several_projects(simulator: Simulator) -> None:
    kept(simulator, ZERO)
    projects = perform(simulator, "project_info").returns["projects"]
    found = [
        perform(simulator, "data_retention_info", **scope).returns["data_retentions"]
        for scope in ({}, {"project": "search"}, {"projects": projects})
    ]
    assert [[each["type"] for each in several] for several in found] == [[MODIFIED], [ZERO], [ZERO]]
    assert found[0][0]["project"] is None
