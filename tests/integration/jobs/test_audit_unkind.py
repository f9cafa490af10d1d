# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Nothing makes an audit green that is not: no acceptance that could mean something else, no reading of the API."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.filter.declarations import problems
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit import audit
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit_checks import KINDS
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit_findings import Unusable
from integration.audited import AS_DECLARED, DECLARED
from integration.direct import perform
from integration.playbooks import Ansible
from simulator import Simulator
from simulator.readings import READINGS

ABOUT = {
    "organization": "",
    "made_at": "2026-11-26T08:00:00Z",
    "ansible_version": "",
    "file": None,
    "file_sha256": None,
}
SETTINGS = {"title": "Audit", "fail_on": ["drift", "unmanaged"], "unused_for_days": 90, "expires_within_days": 30}
READS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "project_api_keys": ("project_api_key_info", {"unused_for_days": 90}),
    "admin_api_keys": ("admin_api_key_info", {"unused_for_days": 90}),
    "certificates": ("certificate_info", {"expires_within_days": 30}),
    "invites": ("invite_info", {}),
    "projects": ("project_info", {}),
}
BOT = {"kind": "service_account", "project": "search", "name": "bot", "id": "svc_1", "role": "member", "since": 1}
GRACE = {"kind": "user", "project": None, "name": "Grace@example.com", "id": "user-1", "role": "reader", "since": 1}


def read(simulator: Simulator, module: str, **arguments: Any) -> dict[str, Any]:
    """What a module returns, or how it fails, as the job has it."""
    try:
        return dict(perform(simulator, module, **arguments).returns)
    except AdminError as error:
        return {"failed": True, "msg": error.message, **error.facts}


def audited(simulator: Simulator, declared: Mapping[str, Any], *accepted: Mapping[str, Any]) -> dict[str, Any]:
    """The report of the job, without Ansible around it."""
    results = {name: read(simulator, module, **arguments) for name, (module, arguments) in READS.items()}
    results["organization"] = read(simulator, "organization", check=True, **declared, invite_missing=True)
    return reported(results, declared, *accepted)


def reported(results: Mapping[str, Any], declared: Mapping[str, Any], *accepted: Mapping[str, Any]) -> dict[str, Any]:
    settings = {f"openai_admin_audit_{name}": value for name, value in SETTINGS.items()}
    return audit(results, declared, {**settings, "openai_admin_audit_accepted": list(accepted)}, ABOUT)


def found(*unmanaged: Mapping[str, Any], accepted: Mapping[str, Any] | list[Mapping[str, Any]]) -> dict[str, Any]:
    """The report where nothing but this was found."""
    results: dict[str, Any] = {name: {} for name in READS}
    results["organization"] = {"unmanaged": list(unmanaged)}
    declared = {"projects": [{"name": "search", "service_accounts": []}, {"name": "research"}], "users": []}
    return reported(results, declared, *(accepted if isinstance(accepted, list) else [accepted]))


def acceptance(**values: Any) -> dict[str, Any]:
    told = {"kind": "service_account", "project": "search", "name": "bot", "reason": "Helps.", "until": "2999-01-01"}
    return {**told, **values}


# Acceptances


def test_one_that_fits_several_findings_holds_for_none_and_is_told() -> None:
    report = found(BOT, {**BOT, "id": "svc_2"}, accepted=acceptance())
    assert (report["verdict"], len(report["findings"]), report["accepted"]) == ("drift", 2, [])
    assert [each["why"] for each in report["accepted_unclear"]] == [
        "2 findings have that name (svc_1, svc_2): give the id"
    ]
    assert any("svc_1, svc_2" in line for line in report["summary"])


def test_its_id_tells_which_one_is_meant() -> None:
    report = found(BOT, {**BOT, "id": "svc_2"}, accepted=acceptance(id="svc_2"))
    assert [each["id"] for each in report["findings"]] == ["svc_1"]
    assert [each["id"] for each in report["accepted"]] == ["svc_2"]
    assert report["accepted_unclear"] == []


@pytest.mark.parametrize(
    ("finding", "name"),
    [
        (BOT, "Bot"),
        (GRACE | {"name": "max@strasse.example"}, "max@straße.example"),
        (GRACE | {"name": "master@example.com"}, "ma\N{LATIN SMALL LETTER LONG S}ter@example.com"),
    ],
    ids=["a name", "sharp s", "long s"],
)
def test_one_that_fits_by_folded_case_alone_holds_for_nothing_and_is_told(finding: dict[str, Any], name: str) -> None:
    accepted = acceptance(kind=finding["kind"], project=finding["project"], name=name)
    report = found(finding, accepted=accepted)
    assert (report["verdict"], report["accepted"], report["accepted_in_vain"]) == ("drift", [], [])
    assert [each["why"] for each in report["accepted_unclear"]] == [
        f"the name is spelled {finding['name']}: write it like that"
    ]


def test_an_address_is_the_same_in_upper_and_lower_case() -> None:
    report = found(GRACE, accepted=acceptance(kind="user", project=None, name="GRACE@example.com"))
    assert (report["verdict"], len(report["accepted"])) == ("compliant", 1)


@pytest.mark.parametrize(
    ("project", "said"),
    [
        ("serach", "there is no project 'serach' (did you mean 'search'?)"),
        ("Search", "there is no project 'Search' (did you mean 'search'?)"),
        ("search ", "there is no project 'search ' (did you mean 'search'?)"),
        ("xyz", "there is no project 'xyz' (known: research, search)"),
    ],
)
def test_an_unknown_project_is_refused_with_the_nearest_one(project: str, said: str) -> None:
    with pytest.raises(Unusable) as error:
        found(BOT, accepted=acceptance(project=project))
    assert said in str(error.value)


def test_a_project_that_is_there_and_has_no_finding_is_known() -> None:
    results: dict[str, Any] = {**{name: {} for name in READS}, "organization": {}}
    results["projects"] = {"projects": [{"id": "proj_1", "name": "Default project"}]}
    report = reported(results, {"users": []}, acceptance(project="Default project"))
    assert [each["name"] for each in report["accepted_in_vain"]] == ["bot"]


@pytest.mark.parametrize(
    ("accepted", "said"),
    [
        ([acceptance(kind="serviceaccount")], "kind cannot be 'serviceaccount' (did you mean 'service_account'?)"),
        ([acceptance(kind="weather")], f"(known: {', '.join(KINDS)})"),
        ([acceptance(until="soon")], "until must be a day"),
        ([acceptance(reason=" ")], "reason is empty"),
        ([acceptance(), acceptance(reason="Other.")], "accepts the same"),
    ],
    ids=["a slip", "an unknown kind", "no day", "no reason", "twice"],
)
def test_what_cannot_be_accepted_is_known_before_anything_is_read(accepted: list[Any], said: str) -> None:
    assert any(said in problem for problem in problems({"users": []}, accepted))


# Declarations


@pytest.mark.parametrize(
    "address",
    [
        "a@example.com ; b@example.com",
        "mailto:a@example.com",
        "a\N{NO-BREAK SPACE}@example.com",
        "A <a@example.com>",
        "a",
    ],
)
@pytest.mark.parametrize(
    "declared",
    [
        lambda entry: {"users": [entry]},
        lambda entry: {"invites": [entry]},
        lambda entry: {"projects": [{"name": "search", "users": [entry]}]},
        lambda entry: {"projects": [{"name": "search"}], "project_defaults": {"users": [entry]}},
    ],
    ids=["users", "invites", "project", "defaults"],
)
def test_what_is_no_address_is_refused_wherever_it_stands(declared: Any, address: str) -> None:
    assert any("e-mail address" in problem for problem in problems(declared({"email": address}), []))
    assert problems(declared({"email": "a@example.com"}), []) == []


def test_a_wrong_declaration_is_refused_before_anything_is_read(ansible: Ansible) -> None:
    told = {"openai_admin_organization": {"users": [{"email": "a@example.com ; b@example.com"}]}}
    run = ansible.run("community.openai_admin.audit", "-e", json.dumps(told))
    assert run.status != 0
    assert run["Check the declaration"].failed, run.output
    assert [request for task in run.tasks for request in task.requests] == []


# Readings


@pytest.mark.parametrize("reading", ["kind", *sorted(READINGS)])
def test_an_undeclared_owner_turns_it_red_under_each_reading(reading: str, simulator: Simulator) -> None:
    there = json.loads(json.dumps(AS_DECLARED))
    there["users"].append({"email": "stranger@example.com", "role": "owner", "id": "user-stranger"})
    simulator.reset(there)
    simulator.behaviour(**READINGS.get(reading, {}))
    report = audited(simulator, DECLARED)
    assert report["failed"], report["summary"]
    assert report["verdict"] != "compliant"


@pytest.mark.parametrize(
    "switches", [{}, {"without_address": ["user-x", "user-y"]}, {"address_elsewhere": True}], ids=str
)
def test_an_owner_of_a_project_without_an_address_is_no_owner_of_the_organization(
    switches: dict[str, Any], simulator: Simulator
) -> None:
    """Another one without an address owns the organization, and they are not the same."""
    there = json.loads(json.dumps(AS_DECLARED))
    there["users"] += [
        {"email": "x@example.com", "id": "user-x", "role": "owner"},
        {"email": "y@example.com", "id": "user-y"},
    ]
    there["projects"][2]["users"] = [{"email": "y@example.com", "role": "owner"}]
    simulator.reset(there)
    simulator.behaviour(**switches, owners_in_projects=False)
    declared = {"projects": DECLARED["projects"]}
    report = audited(simulator, declared)
    assert report["verdict"] == "drift", report["summary"]
    assert [
        (each["kind"], each["project"], each["id"]) for each in report["findings"] if each["kind"] == "project_user"
    ] == [("project_user", "research", "user-y")]


def test_what_is_not_checked_is_said(simulator: Simulator) -> None:
    simulator.reset(AS_DECLARED)
    report = audited(simulator, {**DECLARED, "invites": [{"email": "newcomer@example.com"}]})
    said = {each["what"]: each["names"] for each in report["not_checked"]}
    assert {"Groups", "Custom roles", "Custom roles of people"} <= said.keys()
    assert said["Roles of some invites"] == ["newcomer@example.com"]
