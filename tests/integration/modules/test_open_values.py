# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Roles, residencies and statuses that nobody knew: listed, exported and kept; what is typed wrong is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, BadInput
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Outcome
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import RESIDENCIES
from ansible_collections.community.openai_admin.plugins.module_utils._values.alike import is_slip
from hypothesis import given
from hypothesis import strategies as st
from integration.direct import perform
from integration.scenarios import NOW, SEARCH
from simulator import Simulator

ORGANIZATION: Mapping[str, Any] = {
    "users": [{"email": "owner@example.com", "role": "owner"}, {"email": "dev@example.com", "id": "user-dev"}],
    "projects": [
        {"name": "Default project", "id": "proj_default"},
        {
            "name": "search",
            "id": "proj_search",
            "users": [{"email": "dev@example.com", "role": "member"}],
            "service_accounts": [{"name": "api", "role": "member"}],
        },
    ],
}


@pytest.fixture
def unknown(simulator: Simulator) -> Simulator:
    """An organization with a value that nobody knows wherever there can be one."""
    simulator.reset(ORGANIZATION)
    simulator.behaviour(unknown_values=True, clock=NOW)
    return simulator


def test_what_is_exported_is_applied_unchanged(unknown: Simulator) -> None:
    exported = perform(unknown, "organization_info").returns["organization"]
    told = str(exported)
    state = unknown.state()
    project = next(each for each in state["projects"] if each["name"] == "of unknown status")
    person = next(each for each in state["users"] if each["email"].startswith("of-unknown-role"))
    assert repr(project["residency"]) in told
    assert told.count(repr(person["role"])) == 4  # a person, a member, an account, an invite
    assert len(exported["invites"]) == 2
    outcome = perform(unknown, "organization", **exported, purge=["users", "invites", "projects"], purge_projects=True)
    assert not outcome.changed
    assert outcome.returns["unmanaged"] == []
    assert outcome.warnings == ()


@pytest.mark.parametrize("check", [True, False])
def test_a_shortened_residency_is_told_though_it_cannot_be_changed(check: bool, simulator: Simulator) -> None:
    simulator.reset({"projects": [{"name": "chat", "residency": "EU_STORAGE_PROCESSING"}]})
    with pytest.raises(AdminError, match=r"cannot be 'EU' \(did you mean 'EU_STORAGE_PROCESSING'\?\)"):
        perform(simulator, "project", check, name="chat", residency="EU")


def test_each_module_keeps_them(unknown: Simulator) -> None:
    state = unknown.state()
    person = state["users"][-1]
    project = state["projects"][-1]
    by_status, by_role = sorted(state["invites"], key=lambda each: each["role"])
    tasks: list[tuple[str, dict[str, Any]]] = [
        ("project", {"name": project["name"], "residency": project["residency"]}),
        ("user", {"email": person["email"], "role": person["role"]}),
        ("project_user", {"project": project["name"], "email": person["email"], "role": person["role"]}),
        (
            "service_account",
            {"project": project["name"], "name": "of unknown role", "role": project["service_accounts"][0]["role"]},
        ),
        ("invite", {"email": by_role["email"], "role": by_role["role"]}),
        ("invite", {"email": by_status["email"], "role": by_status["role"]}),
    ]
    for module, task in tasks:
        outcome = perform(unknown, module, **task)
        assert (module, outcome.changed, outcome.warnings) == (module, False, ())
        (plural,) = [name for name in perform(unknown, f"{module}_info").returns if name.endswith("s")]
        assert plural
    assert unknown.requests(writes=True) == []


SLIPS: Mapping[str, tuple[str, Mapping[str, Any], str]] = {
    "role of a person": ("user", {"email": "dev@example.com", "role": "onwer"}, "owner"),
    "role of a member": ("project_user", {**SEARCH, "email": "dev@example.com", "role": "memeber"}, "member"),
    "role of an account": ("service_account", {**SEARCH, "name": "new", "role": "Owner"}, "owner"),
    "role of an invite": ("invite", {"email": "new@example.com", "role": "raeder"}, "reader"),
    "role in a project": (
        "invite",
        {"email": "new@example.com", "projects": [{**SEARCH, "role": "membr"}]},
        "member",
    ),
    "residency": ("project", {"name": "new", "residency": "EU_STORGE_PROCESSING"}, "EU_STORAGE_PROCESSING"),
    "residency, shortened": ("project", {"name": "new", "residency": "eu"}, "EU_STORAGE_PROCESSING"),
    "residency, which two begin with": (
        "project",
        {"name": "new", "residency": "JP"},
        "JP_STORAGE' or 'JP_STORAGE_PROCESSING",
    ),
}


@pytest.mark.parametrize("check", [False, True])
@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_of_a_known_value_is_refused(name: str, check: bool, simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    module, task, meant = SLIPS[name]
    with pytest.raises(AdminError, match=rf"cannot be '\w+' \(did you mean '{meant}'\?\)\."):
        perform(simulator, module, check=check, **task)
    assert simulator.requests(writes=True) == []


@pytest.mark.parametrize("check", [False, True])
def test_in_a_declaration_all_are_told_at_once(check: bool, simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    declared = {
        "users": [{"email": "dev@example.com", "role": "onwer"}],
        "projects": [
            {"name": "new", "residency": "eu_storage_processing"},
            {"name": "search", "service_accounts": [{"name": "new", "role": "membr"}]},
        ],
    }
    with pytest.raises(AdminError) as caught:
        perform(simulator, "organization", check=check, **declared)
    assert [line.split(":")[0] for line in caught.value.message.splitlines()] == [
        "projects[0]",
        "users[0]",
        "projects[1].service_accounts[0]",
    ]


@pytest.mark.parametrize("check", [False, True])
def test_of_somebody_who_is_invited_it_is_told_once(check: bool, simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    declared = {"users": [{"email": "new@example.com", "role": "onwer"}], "invite_missing": True}
    with pytest.raises(AdminError) as caught:
        perform(simulator, "organization", check=check, **declared)
    (line,) = caught.value.message.splitlines()
    assert line.startswith("users[0]: role of user 'new@example.com' cannot be 'onwer'")
    assert simulator.requests(writes=True) == []


def test_a_slip_that_somebody_has_is_a_value(simulator: Simulator) -> None:
    """What the API lists is taken, whatever it looks like."""
    simulator.reset(ORGANIZATION)
    simulator.behaviour(unknown_values=True, project_roles=["owner", "member", "membre"])
    people = f"/organization/projects/{SEARCH['project_id']}/users"
    simulator.fault("shape", people, "GET", at=["data", 1, "role"], body="membre", times=None)
    outcome = perform(simulator, "project_user", **SEARCH, email="dev@example.com", role="membre")
    assert not outcome.changed


@pytest.mark.parametrize("check", [False, True])
def test_another_value_is_up_to_the_api(check: bool, simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    simulator.behaviour(project_roles=["owner", "member", "auditor"])
    outcome = perform(simulator, "project_user", check=check, **SEARCH, email="dev@example.com", role="auditor")
    assert outcome.changed
    assert outcome.warnings == (
        "role of project user 'dev@example.com' of project proj_search is 'auditor', which this collection does not"
        " know (known are owner, member, viewer). Whether it is valid is up to the API.",
    )


FILTERS: Mapping[str, tuple[str, Mapping[str, Any], str, str]] = {
    "statuses of invites": ("invite_info", {}, "status", "pending"),
    "sizes of images": ("usage_info", {"kind": "images", "since": "2d"}, "sizes", "1024x1024"),
    "sources of images": ("usage_info", {"kind": "images", "since": "2d"}, "sources", "image.variation"),
    "amounts of context": ("usage_info", {"kind": "web_search_calls", "since": "2d"}, "context_levels", "medium"),
    "types of events": ("audit_log_info", {}, "event_types", "project.created"),
}
"""Filters whose values the API may have more of: the module, the option, and one that is known."""


def filtered(simulator: Simulator, name: str, value: str) -> Outcome:
    module, more, option, unused_known = FILTERS[name]
    empty = {"object": "list", "data": [], "has_more": False, "first_id": None, "last_id": None}
    if module != "invite_info":  # the simulator would refuse what it does not know
        simulator.fault("body", method="GET", body=empty, times=1)
    return perform(simulator, module, **more, **{option: value if option == "status" else [value]})


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_takes_what_is_known_and_refuses_its_slips(name: str, simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    known = FILTERS[name][3]
    assert filtered(simulator, name, known).warnings == ()
    simulator.clear()
    simulator.clear_faults()
    slip = known.upper()
    with pytest.raises(BadInput, match=rf"cannot be '{slip}' \(did you mean '{known}'\?\)"):
        filtered(simulator, name, slip)
    assert simulator.requests() == []


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_takes_what_nobody_knows_with_a_warning(name: str, simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    option = FILTERS[name][2]
    warning = next(iter(filtered(simulator, name, "unheard-of").warnings))
    assert warning.startswith(f"{option} has 'unheard-of', which this collection does not know (known are")
    assert warning.endswith("). Whether it is valid is up to the API.")


@given(st.sampled_from(RESIDENCIES), st.sampled_from(RESIDENCIES))
def test_no_known_residency_is_a_slip_of_another(one: str, other: str) -> None:
    assert is_slip(one, other) == (one == other)


@pytest.mark.parametrize("value", ["FR_STORAGE", "SA_STORAGE", "EU_STORAGE", "US_PROCESSING", "reviewer", "king"])
def test_another_value_is_no_slip(value: str) -> None:
    assert not any(is_slip(value, known) for known in (*RESIDENCIES, "owner", "member", "viewer", "reader", "none"))


LETTERS = st.text("abcdefghij", min_size=1, max_size=8)


@given(LETTERS, LETTERS, st.characters(codec="ascii", categories=["Ll"]))
def test_one_letter_more_or_two_exchanged_are_a_slip(before: str, after: str, letter: str) -> None:
    word = before + after
    if len(word) < 4:
        return
    assert is_slip(before + letter + after, word)
    assert is_slip(word.upper(), word)
    assert is_slip(before[:-1] + after[:1] + before[-1:] + after[1:], word)
    assert is_slip(before[:-1] + letter + after, word)


def test_a_slip_that_a_declared_project_has_is_a_value_for_another_one(simulator: Simulator) -> None:
    """Whatever else is said of the one that has it."""
    residency = "EU_STORGE_PROCESSING"
    simulator.reset(ORGANIZATION)
    simulator.fault("shape", "/organization/projects", "GET", times=None, at=["data", 1, "residency"], body=residency)
    declared = [{"name": "search", "residency": residency}, {"name": "new", "residency": residency}]
    outcome = perform(simulator, "organization", check=True, projects=declared)
    assert outcome.returns["summary"]["projects"] == {"create": 1, "unchanged": 1}
    assert outcome.warnings == ()
