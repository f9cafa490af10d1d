# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an audit says: of findings, of what is accepted, and of what could not be read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import OF_ORGANIZATION, OF_PROJECT
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit import audit, fingerprint
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit_checks import (
    CHECKED_IN_ORGANIZATION,
    CHECKED_IN_PROJECT,
    KINDS,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit_findings import AROUND, Unusable
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit_junit import junit
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator
from tools.project import ROOT

ABOUT = {
    "organization": "org-example",
    "made_at": "2026-11-26T08:00:00Z",
    "ansible_version": "2.21.5",
    "file": None,
    "file_sha256": None,
}
SETTINGS: dict[str, Any] = {
    "title": "Audit",
    "fail_on": ["drift", "unmanaged"],
    "accepted": [],
    "unused_for_days": 90,
    "expires_within_days": 30,
}
DECLARATION: dict[str, Any] = {
    "users": [{"email": "owner@example.com", "role": "owner"}],
    "projects": [
        {"name": "search", "users": [{"email": "dev@example.com", "role": "member"}], "rate_limits": []},
        {"project_id": "proj_1", "service_accounts": [{"name": "api"}]},
        {"name": "gone", "state": "archived", "users": []},
    ],
}
CHANGE = {
    "kind": "project_user",
    "project": "search",
    "name": "dev@example.com",
    "action": "update",
    "before": {"email": "dev@example.com", "role": "owner"},
    "after": {"email": "dev@example.com", "role": "member"},
    "fields": ["role"],
    "purged": False,
}
STRANGER = {
    "kind": "user",
    "project": None,
    "name": "Stranger@example.com",
    "id": "user-1",
    "role": "owner",
    "since": 1,
}
INVITE = {
    "id": "invite-1",
    "email": "late@example.com",
    "role": "reader",
    "status": "expired",
    "expires_at": 1790000000,
}
KEY = {"id": "key_1", "name": "old", "project": "search", "email": "dev@example.com", "last_used_at": 1700000000}
CERTIFICATE = {"id": "cert_1", "name": "gateway", "not_after": 1796000000, "expires_in_days": 4, "active": True}
SECTIONS = {
    "drift": {"organization": {"changes": [CHANGE]}},
    "unmanaged": {"organization": {"unmanaged": [STRANGER]}},
    "unused_keys": {"project_api_keys": {"project_api_keys": [KEY]}},
    "expiring_certificates": {"certificates": {"certificates": [CERTIFICATE]}},
    "expired_invites": {"invites": {"invites": [INVITE]}},
    "undeclared_rate_limits": {"organization": {"undeclared_rate_limits": {"search": ["gpt-5"]}}},
}
"""What the modules return for one finding of each category."""
FAILED = {"failed": True, "msg": "Could not list the projects: No.", "status_code": 403, "request_id": "req_1"}


DECLARED: Mapping[str, Any] = MappingProxyType(DECLARATION)


def made(
    results: Mapping[str, Any] | None = None, declared: Mapping[str, Any] = DECLARED, **told: Any
) -> dict[str, Any]:
    """A report, by what differs from an organization as it is declared to be."""
    nothing: dict[str, Any] = {
        "organization": {"summary": {"users": {"unchanged": 4}}, "ids": {"projects": {"support": "proj_1"}}},
        "project_api_keys": {"project_api_keys": []},
        "admin_api_keys": {"admin_api_keys": []},
        "certificates": {"certificates": []},
        "invites": {"invites": []},
    }
    there = {name: {**result, **(results or {}).get(name, {})} for name, result in nothing.items()}
    settings = {f"openai_admin_audit_{name}": value for name, value in {**SETTINGS, **told}.items()}
    return audit(there, dict(declared), settings, ABOUT)


def accept(until: Any = "2026-11-26", **more: Any) -> dict[str, Any]:
    return {
        "kind": "user",
        "project": None,
        "name": "stranger@example.com",
        "reason": "Auditor",
        "until": until,
        **more,
    }


# Verdict


def test_nothing_found_is_compliant() -> None:
    report = made()
    assert (report["verdict"], report["failed"], report["findings"]) == ("compliant", False, [])
    assert report["sentence"] == "All 4 declared objects are as declared, and nothing is undeclared."
    assert {check["status"] for check in report["checks"]} == {"passed"}


@pytest.mark.parametrize("category", SECTIONS)
def test_what_is_named_fails_and_deviates_and_nothing_else_fails(category: str) -> None:
    named, unnamed = made(SECTIONS[category], fail_on=[category]), made(SECTIONS[category], fail_on=["never"])
    assert (named["verdict"], named["failed"]) == ("drift", True)
    assert unnamed["failed"] is False
    assert unnamed["verdict"] == ("drift" if category in ("drift", "unmanaged") else "compliant")
    for report in named, unnamed:
        assert [each["category"] for each in report["findings"]] == [category]
        assert report["counts"][category] == 1
    assert [check["status"] for check in named["checks"] if check["status"] != "passed"] == ["failed"]


@pytest.mark.parametrize("unread", ["organization", "project_api_keys", "admin_api_keys", "certificates", "invites"])
def test_what_cannot_be_read_is_never_compliant(unread: str) -> None:
    report = made({unread: FAILED}, fail_on=["never"])
    assert (report["verdict"], report["failed"]) == ("incomplete", True)
    lost = [check for check in report["checks"] if check["result"] == unread]
    assert lost
    assert {check["status"] for check in lost} == {"unreadable"}
    assert sum(count is None for count in report["counts"].values()) > 0
    assert report["unreadable"][0]["message"] == FAILED["msg"]
    assert any(FAILED["msg"] in line for line in report["summary"])


def test_a_stranger_who_owns_the_organization_is_named_first() -> None:
    changes = [{**CHANGE, "name": f"dev-{number}@example.com"} for number in range(200)]
    report = made({"organization": {"changes": changes, "unmanaged": [STRANGER]}})
    assert "Stranger@example.com" in report["stats"]["names"][0]
    assert "owner of the organization" in report["summary"][1]
    assert len(report["summary"]) < 30


# Findings, each once


def test_what_a_purge_would_remove_counts_as_both_and_is_shown_once() -> None:
    purged = {**CHANGE, "action": "remove", "after": None, "purged": True}
    for fail_on in (["drift"], ["unmanaged"]):
        report = made({"organization": {"changes": [purged]}}, fail_on=fail_on)
        assert report["failed"]
        assert [each["category"] for each in report["findings"]] == ["unmanaged"]


def test_an_expired_invite_that_is_not_declared_is_shown_once_and_counts_as_both() -> None:
    undeclared = {
        "kind": "invite",
        "project": None,
        "name": INVITE["email"],
        "id": INVITE["id"],
        "role": "reader",
        "since": 1,
    }
    results = {"organization": {"unmanaged": [undeclared]}, "invites": {"invites": [INVITE]}}
    for fail_on in (["unmanaged"], ["expired_invites"]):
        report = made(results, fail_on=fail_on)
        assert report["failed"]
        assert len(report["findings"]) == 1


def test_certificates_in_the_declaration_are_checks_and_expiry_is_shown_with_what_deviates() -> None:
    undeclared = {**STRANGER, "kind": "certificate", "name": "gateway", "id": "cert_1", "role": None}
    active = {**CHANGE, "kind": "active_certificates", "name": "gateway", "action": "deactivate"}
    declared = {"certificates": [], "projects": [{"name": "search", "certificates": []}]}
    results = {
        "organization": {"changes": [active], "unmanaged": [undeclared]},
        "certificates": {"certificates": [CERTIFICATE]},
    }
    report = made(results, declared, fail_on=["expiring_certificates"])
    assert [(each["kind"], each["category"]) for each in report["findings"]] == [
        ("active_certificates", "drift"),
        ("certificate", "unmanaged"),
    ]
    assert report["findings"][1]["also"] == ["expiring_certificates"]
    assert [report["counts"][name] for name in ("drift", "unmanaged", "expiring_certificates")] == [1, 1, 1]
    assert "expires 2026-11-30" in report["findings"][1]["detail"]
    assert [check["id"] for check in report["checks"] if check["status"] == "failed"] == [
        "organization: certificates",
        "project search: certificates",
        "organization: expiring_certificates of certificates",
    ]


@pytest.mark.parametrize("status", ["accepted", "pending"])
def test_an_invite_that_was_sent_again_has_not_expired(status: str) -> None:
    again = {**INVITE, "id": "invite-2", "email": "Late@example.com", "status": status}
    assert made({"invites": {"invites": [INVITE, again]}})["findings"] == []


# Accepted


def test_what_is_accepted_stands_apart_until_its_last_day_is_over() -> None:
    holds = made(SECTIONS["unmanaged"], accepted=[accept("2026-11-26")])
    over = made(SECTIONS["unmanaged"], accepted=[accept("2026-11-25")])
    assert (holds["verdict"], holds["findings"], len(holds["accepted"])) == ("compliant", [], 1)
    assert holds["accepted"][0]["acceptance"]["reason"] == "Auditor"
    assert (over["verdict"], len(over["findings"]), over["accepted"]) == ("drift", 1, [])
    assert over["findings"][0]["acceptance"]["expired"] is True


@pytest.mark.parametrize("other", [{"kind": "invite"}, {"project": "search"}, {"name": "other@example.com"}], ids=str)
def test_what_is_accepted_names_kind_project_and_name(other: dict[str, str]) -> None:
    report = made(SECTIONS["unmanaged"], accepted=[accept(**other)])
    assert report["verdict"] == "drift"
    assert [each["name"] for each in report["accepted_in_vain"]] == [accept(**other)["name"]]


def test_an_acceptance_needs_a_day_and_a_reason() -> None:
    with pytest.raises(Unusable) as error:
        made(accepted=[accept("soon"), accept(reason=" ")])
    assert "accepted[0]: until must be a day" in str(error.value)
    assert "accepted[1]: reason is empty" in str(error.value)


# What was checked and what was not


def test_checks_are_those_of_the_declaration() -> None:
    checks = [(check["project"], check["title"]) for check in made()["checks"]]
    assert checks == [
        (None, "Projects"),
        (None, "People and owners of the organization"),
        ("search", "People"),
        ("search", "Rate limits"),
        ("support", "Service accounts"),
        (None, "API keys unused for 90 days"),
        (None, "Admin keys unused for 90 days"),
        (None, "Certificates that expire within 30 days"),
        (None, "Invites that have expired"),
        (None, "Rate limits that are not declared"),
    ]


def test_what_was_not_checked_is_said() -> None:
    report = made(declared={"projects": DECLARATION["projects"]}, unused_for_days=0)
    told = {each["what"]: each for each in report["not_checked"]}
    assert "undeclared people are not reported" in told["People and owners of the organization"]["why"]
    assert told["Service accounts of some projects"]["names"] == ["search"]
    assert told["Roles of some people and service accounts in projects"]["names"] == ["api in support"]
    assert told["Protected projects and their contents"]["names"] == ["Default project"]
    expected = {"When keys were last used", "Groups", "Custom roles", "Spend alerts", "Data retention"}
    expected |= {"External keys", "External storage", "Workload identity providers"}
    assert expected <= told.keys()


def test_defaults_that_are_not_for_a_project_are_not_checked_in_it() -> None:
    apart = {"name": "theirs", "defaults": False, "users": [{"email": "dev@example.com"}]}
    roles = {"users": [{"email": "dev@example.com", "role": "member"}], "service_accounts": []}
    report = made(declared={"projects": [{"name": "search"}, apart], "project_defaults": roles})
    checks = {(each["project"], each["title"]) for each in report["checks"] if each["project"]}
    assert checks == {("search", "People"), ("search", "Service accounts"), ("theirs", "People")}
    told = {each["what"]: each["names"] for each in report["not_checked"]}
    assert told["Service accounts of some projects"] == ["theirs"]
    assert told["Roles of some people and service accounts in projects"] == ["dev@example.com in theirs"]


def test_a_finding_says_that_it_comes_from_the_defaults() -> None:
    changes = [{**CHANGE, "default": default} for default in ("project_defaults.users[2]", None)]
    report = made({"organization": {"changes": changes}})
    assert [each["detail"] for each in report["findings"]] == [
        "role is owner, declared member, by project_defaults.users[2]",
        "role is owner, declared member",
    ]


@pytest.mark.parametrize("nothing", [{}, {"users": None}, {"email_domains": ["example.com"]}], ids=str)
def test_a_declaration_of_nothing_is_refused(nothing: dict[str, Any]) -> None:
    with pytest.raises(Unusable, match="declares nothing that could be compared"):
        made(declared=nothing)


def test_checks_that_the_settings_leave_out_have_not_passed() -> None:
    report = made({"project_api_keys": {"skipped": True}}, unused_for_days=0)
    assert [check["status"] for check in report["checks"] if "unused" in check["title"]] == ["not_checked"] * 2


def test_a_deviation_of_an_unknown_kind_fails_a_check_as_well() -> None:
    report = made({"organization": {"changes": [{**CHANGE, "kind": "group", "project": None}]}})
    assert [check["title"] for check in report["checks"] if check["status"] == "failed"] == ["Group"]


# Outputs


@given(st.text(), st.text(), st.integers(1, 40))
def test_statistics_fit_and_xml_can_be_read_whatever_the_names(name: str, project: str, number: int) -> None:
    changes = [{**CHANGE, "name": name * 50, "project": project}] * number
    unread = {"failed": True, "msg": name}
    report = made({"organization": {"changes": changes}, "admin_api_keys": unread})
    assert len(json.dumps({"openai_admin_audit": report["stats"]}).encode()) < 2048
    suite = ElementTree.fromstring(junit(report).encode("utf-8", "surrogatepass")).find("testsuite")
    assert suite is not None
    assert len(suite.findall("testcase")) == len(report["checks"]) == int(suite.attrib["tests"])
    assert len(suite.findall("testcase/failure")) == int(suite.attrib["failures"]) > 0
    assert len(suite.findall("testcase/error")) == int(suite.attrib["errors"]) == 1


def test_a_declaration_is_the_same_however_it_is_laid_out() -> None:
    assert fingerprint({"a": [1], "b": {"c": None}}) == fingerprint({"b": {"c": None}, "a": (1,)})
    assert fingerprint({"b": ["é", 1], "a": None}) == sha256('{"a":null,"b":["é",1]}'.encode()).hexdigest()


def test_every_collection_that_can_be_declared_is_checked() -> None:
    assert set(CHECKED_IN_ORGANIZATION) == {PROJECT.plural, *OF_ORGANIZATION}
    assert set(CHECKED_IN_PROJECT) == set(OF_PROJECT)


def test_one_declared_object_is_one() -> None:
    report = made({"organization": {"summary": {"projects": {"unchanged": 1}}}})
    assert report["sentence"] == "The one declared object is as declared, and nothing is undeclared."


# What others read

SCHEMA: dict[str, Any] = json.loads((ROOT / "docs" / "schemas" / "audit.json").read_text(encoding="utf-8"))
REPORTS = {
    "nothing": made(),
    **{name: made(results) for name, results in SECTIONS.items()},
    "accepted": made(SECTIONS["unmanaged"], accepted=[accept()]),
    "over": made(SECTIONS["unmanaged"], accepted=[accept("2026-11-25")]),
    "in vain": made(accepted=[accept()]),
    "unreadable": made({"invites": FAILED}),
    "pending": made({"organization": {"pending": [{**INVITE, "status": "pending", "created_at": 1}]}}),
    "purged": made({"organization": {"changes": [{**CHANGE, "action": "delete", "after": None, "purged": True}]}}),
}


@pytest.mark.parametrize("name", REPORTS)
def test_the_report_is_as_its_schema_says(name: str) -> None:
    report = json.loads(json.dumps(REPORTS[name]))
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(report)] == []
    assert set(report) == set(SCHEMA["properties"])
    for each in (*report["findings"], *report["accepted"]):
        assert set(each) == set(SCHEMA["$defs"]["finding"]["properties"])


@pytest.mark.parametrize(
    "wrong",
    [{"schema": 2}, {"verdict": "fine"}, {"findings": [{}]}, {"made_at": "today"}, {"counts": {"accepted": 0}}],
    ids=lambda each: next(iter(each)),
)
def test_what_the_schema_does_not_say_is_noticed(wrong: dict[str, Any]) -> None:
    assert not Draft202012Validator(SCHEMA).is_valid({**json.loads(json.dumps(REPORTS["drift"])), **wrong})


MEMBER = {**STRANGER, "kind": "group_member", "group": "platform", "name": "dev@example.com", "id": "user-2"}
WITH_GROUPS = {"groups": [{"name": "platform", "members": []}, {"name": "okta", "scim": True}]}


def test_members_of_groups_are_told_apart_by_their_groups() -> None:
    unmanaged = [MEMBER, {**MEMBER, "group": "search"}]
    group = {"kind": "group_member", "group": "search", "name": "Dev@example.com"}
    accepted = [{**group, "reason": "Auditor", "until": "2026-11-26"}]
    report = made({"organization": {"unmanaged": unmanaged}}, accepted=accepted, declared=WITH_GROUPS)
    assert [each["group"] for each in report["findings"]] == ["platform"]
    assert [each["group"] for each in report["accepted"]] == ["search"]
    checks = {each["title"]: each["status"] for each in report["checks"]}
    assert (checks["Groups"], checks["Members of groups"]) == ("passed", "failed")
    told = {each["what"]: each["names"] for each in report["not_checked"]}
    assert told["Members of groups"] == ["okta"]


def test_an_acceptance_without_the_group_names_no_member() -> None:
    accepted = [{"kind": "group_member", "name": "dev@example.com", "reason": "Auditor", "until": "2026-11-26"}]
    report = made({"organization": {"unmanaged": [MEMBER]}}, accepted=accepted, declared=WITH_GROUPS)
    assert [each["name"] for each in report["accepted_in_vain"]] == ["dev@example.com"]


ASSIGNED = {**STRANGER, "kind": "role_assignment", "group": "platform", "name": "Usage viewer", "id": "role_1"}
WITH_ROLES = {
    "groups": [{"name": "platform", "roles": []}],
    "users": [{"email": "dev@example.com", "role": "reader", "roles": []}],
    "projects": [{"name": "search", "groups": [{"group": "platform", "role": "viewer"}], "users": []}],
}


@pytest.mark.parametrize(
    ("found", "title"),
    [
        (ASSIGNED, "Roles of groups"),
        ({**ASSIGNED, "group": None, "user": "dev@example.com"}, "Custom roles of people"),
        ({**ASSIGNED, "project": "search"}, "Roles of groups in projects"),
    ],
)
def test_undeclared_roles_fail_the_check_of_those_who_have_them(found: dict[str, Any], title: str) -> None:
    unmanaged = {
        "group": None,
        "user": None,
        **found,
        "project": found.get("project") if title.endswith("projects") else None,
    }
    report = made({"organization": {"unmanaged": [unmanaged]}}, declared=WITH_ROLES)
    titles = ["Roles of groups", "Custom roles of people", "Roles of groups in projects"]
    checks = {each["title"]: each["status"] for each in report["checks"] if each["title"] in titles}
    assert checks == {**dict.fromkeys(titles, "passed"), title: "failed"}


def test_findings_of_all_kinds_can_be_accepted() -> None:
    spec = yaml.safe_load((ROOT / "roles" / "audit" / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))
    accepted = spec["argument_specs"]["main"]["options"]["openai_admin_audit_accepted"]
    assert set(accepted["options"]["kind"]["choices"]) == set(KINDS)


def test_acceptances_name_whatever_findings_are_in() -> None:
    spec = yaml.safe_load((ROOT / "roles" / "audit" / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))
    accepted = spec["argument_specs"]["main"]["options"]["openai_admin_audit_accepted"]
    assert {"project", *AROUND} <= set(accepted["options"])
