# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Another tool beside this one: what is declared by its id, and projects of which only the name is declared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import ApiError, BadInput, Refused
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Outcome
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.outline import outline
from integration.direct import perform
from simulator import Authority, Simulator

TWINS: Mapping[str, Any] = {
    "users": [{"email": "owner@example.com", "role": "owner"}, {"email": "dev@example.com", "id": "user-dev"}],
    "projects": [
        {"name": "Default project"},
        {"name": "twin", "id": "proj_one", "users": [{"email": "dev@example.com"}]},
        {
            "name": "twin",
            "id": "proj_two",
            "service_accounts": [{"name": "bot", "id": "svc_one"}, {"name": "bot", "id": "svc_two"}],
        },
    ],
    "invites": [
        {"email": "new@example.com", "id": "invite-one", "created_at": 1, "projects": [{"project": "proj_one"}]},
        {"email": "New@example.com", "id": "invite-two", "created_at": 2, "role": "owner"},
        {"email": "other@example.com", "id": "invite-other"},
    ],
    "certificates": [
        {"name": "gateway", "id": "cert_one", "content": Authority("one").certificate(), "active": True},
        {"name": "gateway", "id": "cert_two", "content": Authority("two").certificate(), "projects": ["proj_two"]},
    ],
}
PURGE = {"purge": ["invites", "certificates", "projects"], "purge_projects": True, "allow_lockout": True}


def organization(simulator: Simulator, check: bool = False, **declared: Any) -> Outcome:
    return perform(simulator, "organization", check=check, **declared)


def exported(simulator: Simulator) -> dict[str, Any]:
    declaration: dict[str, Any] = perform(simulator, "organization_info").returns["organization"]
    for project in declaration["projects"]:
        project["purge"] = ["users", "service_accounts", "certificates"]
    return {**declaration, **PURGE}


def written(simulator: Simulator) -> list[str]:
    return [f"{each['method']} {each['path']}" for each in simulator.requests(writes=True)]


@pytest.fixture
def twins(simulator: Simulator) -> Simulator:
    simulator.reset(TWINS)
    return simulator


# --- what is declared by its id


def test_an_export_of_twins_is_as_declared(twins: Simulator) -> None:
    declared = exported(twins)
    for check in True, False:
        outcome = organization(twins, check, **declared)
        assert (outcome.changed, outcome.returns["unmanaged"]) == (False, [])
    assert sorted(each["id"] for each in outcome.returns["pending"]) == ["invite-one", "invite-other", "invite-two"]


GONE = {
    "invites": ("invite_id", "invite-one", ["DELETE /organization/invites/invite-one"]),
    "newest invite": ("invite_id", "invite-two", ["DELETE /organization/invites/invite-two"]),
    "certificates": (
        "certificate_id",
        "cert_one",
        ["POST /organization/certificates/deactivate", "DELETE /organization/certificates/cert_one"],
    ),
    "projects": ("project_id", "proj_one", ["POST /organization/projects/proj_one/archive"]),
    "service_accounts": (
        "service_account_id",
        "svc_one",
        ["DELETE /organization/projects/proj_two/service_accounts/svc_one"],
    ),
}


@pytest.mark.parametrize("name", GONE)
def test_of_twins_goes_the_one_whose_id_is_not_declared(name: str, twins: Simulator) -> None:
    option, own_id, writes = GONE[name]
    declared = exported(twins)
    declared["invites"] = [{**each, "projects": []} for each in declared["invites"]]  # one project of two goes
    declared = without(declared, option, own_id)
    if option != "invite_id":
        declared.pop("invites")
        declared["purge"] = ["certificates", "projects"]
    else:
        twins.reset({**TWINS, "invites": [{**each, "projects": []} for each in TWINS["invites"]]})
    outcome = organization(twins, **declared)
    assert written(twins) == writes
    assert [each["purged"] for each in outcome.returns["changes"] if each["kind"] != "active_certificates"] == [True]
    assert not organization(twins, **declared).changed


def without(value: Any, option: str, own_id: str) -> Any:
    """A declaration without the object of an id."""
    if isinstance(value, list):
        left = [each for each in value if not (isinstance(each, dict) and each.get(option) == own_id)]
        return [without(each, option, own_id) for each in left]
    return {name: without(each, option, own_id) for name, each in value.items()} if isinstance(value, dict) else value


def test_an_address_means_the_invite_whose_id_is_not_declared(twins: Simulator) -> None:
    by_id = {"invite_id": "invite-two"}
    outcome = organization(twins, invites=[{"email": "new@example.com"}, by_id], purge=["invites"])
    assert written(twins) == ["DELETE /organization/invites/invite-other"]
    assert sorted(each["id"] for each in outcome.returns["pending"]) == ["invite-one", "invite-two"]
    organization(twins, invites=[{"email": "NEW@example.com", "state": "absent"}, by_id])
    assert [each["id"] for each in twins.state()["invites"]] == ["invite-two"]


def test_an_invite_is_not_declared_by_its_id_and_by_its_address(twins: Simulator) -> None:
    declared = [{"invite_id": "invite-two"}, {"invite_id": "invite-one"}, {"email": "new@example.com"}]
    with pytest.raises(Refused) as error:
        organization(twins, invites=declared)
    assert error.value.message == (
        "invites[2]: invite 'new@example.com' (invite-two) is declared in invites[0] as well."
    )
    assert written(twins) == []


def test_an_invite_that_is_declared_by_its_id_may_expire(twins: Simulator) -> None:
    """Another one that is sent in its place would have another id, so that the next run could not find it."""
    declared = exported(twins)
    expired = [{**each, "status": "expired", "projects": []} for each in TWINS["invites"]]
    twins.reset({**TWINS, "invites": expired})
    declared["invites"] = [{**each, "projects": []} for each in declared["invites"] if "invite_id" in each]
    declared["purge"] = ["certificates"]
    for check in True, False:
        outcome = organization(twins, check, **declared)
        assert (outcome.changed, sorted(outcome.warnings)) == (
            False,
            [
                f"invites[{number}]: The invite invite-{name} has expired, and is not sent again. Declare it by email"
                " instead, without invite_id: a new invite has another ID."
                for number, name in enumerate(("one", "two"))
            ],
        )


def test_an_invite_that_is_declared_by_its_id_is_not_replaced(twins: Simulator) -> None:
    with pytest.raises(Refused) as error:
        organization(twins, invites=[{"invite_id": "invite-two", "role": "reader", "email": "new@example.com"}])
    assert error.value.message == (
        "invites[0]: The invite invite-two differs in role, and cannot be changed. Declare it by email instead, without"
        " invite_id: a new invite has another ID."
    )
    with pytest.raises(Refused, match="The invite invite-two differs in projects, and cannot be changed"):
        perform(twins, "invite", invite_id="invite-two", projects=[{"project_id": "proj_one"}])


@pytest.mark.parametrize(
    "invites",
    [
        [{"invite_id": "invite-one"}, {"invite_id": "invite-two"}],
        [{"invite_id": "invite-two", "email": "new@example.com"}, {"invite_id": "invite-one"}],
    ],
)
def test_who_is_invited_by_id_is_not_invited_again(invites: list[dict[str, Any]], twins: Simulator) -> None:
    """Somebody who is declared in a project, to which one of the declared invites leads."""
    granted = [{"project_id": "proj_one"}]
    invites = [{**each, "projects": granted} if each["invite_id"] == "invite-one" else each for each in invites]
    projects = [{"project_id": "proj_one", "users": [{"email": "new@example.com"}]}]
    outcome = organization(twins, invites=invites, projects=projects, invite_missing=True)
    assert (outcome.changed, written(twins)) == (False, [])


# --- projects of which only the name is declared

BESIDE: Mapping[str, Any] = {
    "users": [{"email": "owner@example.com", "role": "owner"}, {"email": "dev@example.com", "id": "user-dev"}],
    "projects": [
        {"name": name, "id": f"proj_{name}", "service_accounts": [{"name": "old", "id": f"svc_{name}"}]}
        for name in ("ours", "theirs")
    ],
    "certificates": [{"name": "gateway", "id": "cert_one", "content": Authority("one").certificate()}],
}
DEFAULTS: Mapping[str, Any] = {
    "users": [{"email": "dev@example.com"}],
    "service_accounts": [{"name": "bot", "role": "owner"}],
    "rate_limits": [{"model": "gpt-5", "max_requests_per_1_minute": 7}],
    "certificates": [{"name": "gateway"}],
    "purge": ["service_accounts"],
}


@pytest.fixture
def beside(simulator: Simulator) -> Simulator:
    simulator.reset(BESIDE)
    return simulator


def test_defaults_are_not_for_a_project_that_says_so(beside: Simulator) -> None:
    declared = {
        "projects": [{"name": "ours"}, {"name": "theirs", "defaults": False, "service_accounts": [{"name": "old"}]}],
        "project_defaults": DEFAULTS,
        "allow_lockout": True,
    }
    outcome = organization(beside, **declared)
    assert {each["project"] for each in outcome.returns["changes"]} == {"ours"}
    assert [each for each in beside.requests() if "/proj_theirs/" in each["path"] and each["method"] != "GET"] == []
    asked = {each["path"].rpartition("/")[2] for each in beside.requests() if "/proj_theirs/" in each["path"]}
    assert asked == {"service_accounts"}
    assert not organization(beside, **declared).changed


def test_a_change_by_defaults_says_so(beside: Simulator) -> None:
    own = {"service_accounts": [{"name": "bot"}], "users": [{"email": "dev@example.com", "role": "owner"}]}
    outcome = organization(
        beside,
        check=True,
        projects=[{"name": "ours", **own, "rate_limits": []}, {"name": "theirs", "defaults": False, **own}],
        project_defaults=DEFAULTS,
        allow_lockout=True,
    )
    told = {(each["project"], each["kind"], each["name"]): each["default"] for each in outcome.returns["changes"]}
    assert told == {
        ("ours", "project_user", "dev@example.com"): None,
        ("ours", "service_account", "bot"): "project_defaults.service_accounts[0]",
        ("ours", "service_account", "old"): "project_defaults.purge",
        ("ours", "rate_limit", "gpt-5"): "project_defaults.rate_limits[0]",
        ("ours", "active_certificates", "gateway"): "project_defaults.certificates[0]",
        ("theirs", "project_user", "dev@example.com"): None,
        ("theirs", "service_account", "bot"): None,
    }
    headers = [each["before_header"] for each in outcome.diffs or ()]
    assert "rate limit 'gpt-5' of project 'ours' (project_defaults.rate_limits[0])" in headers
    assert "project user 'dev@example.com' of project 'theirs'" in headers
    lines = outline(outcome.returns, check=True)
    assert "- update rate limit gpt-5 in ours (project_defaults.rate_limits[0])" in lines
    assert "- add project user dev@example.com in theirs" in lines


def test_who_is_invited_by_defaults_is_said(beside: Simulator) -> None:
    outcome = organization(
        beside,
        check=True,
        projects=[{"name": "ours"}, {"name": "theirs", "defaults": False}],
        project_defaults={"users": [{"email": "new@example.com"}]},
        invite_missing=True,
    )
    (change,) = outcome.returns["changes"]
    assert (change["kind"], change["default"]) == ("invite", "project_defaults.users[0]")
    assert [each["id"] for each in change["after"]["projects"]] == ["proj_ours"]


def test_what_purge_of_defaults_names_has_to_be_declared(beside: Simulator) -> None:
    """Also by defaults, which a project without them does not have."""
    declared = {"projects": [{"name": "theirs", "defaults": False, "purge": ["users"]}], "project_defaults": DEFAULTS}
    with pytest.raises(BadInput, match="purge names users, which the project does not declare"):
        organization(beside, **declared)


# --- what docs/terraform.md says of this side


def project(simulator: Simulator, own_id: str) -> dict[str, Any]:
    there: list[dict[str, Any]] = simulator.state()["projects"]
    return next(each for each in there if each["id"] == own_id)


def test_who_declares_a_limit_sets_it_back(beside: Simulator) -> None:
    """By the name of the model; whatever another tool has set in between."""
    limit = {"model": "gpt-5", "max_requests_per_1_minute": 7}
    declared = {"projects": [{"name": "ours", "rate_limits": [limit]}]}
    for dummy in range(2):
        perform(beside, "rate_limit", project_id="proj_ours", **{**limit, "max_requests_per_1_minute": 9})
        assert organization(beside, **declared).changed
    assert not organization(beside, **declared).changed


def test_a_name_declares_that_a_project_exists(beside: Simulator) -> None:
    """An id says nothing of its name; with both, it gets the name."""
    perform(beside, "project", project_id="proj_theirs", name="renamed")
    (made,) = organization(beside, check=True, projects=[{"name": "theirs"}]).returns["changes"]
    assert (made["action"], made["name"]) == ("create", "theirs")
    by_id = {"projects": [{"project_id": "proj_theirs"}, {"project_id": "proj_ours"}]}
    assert not organization(beside, **by_id).changed
    assert organization(beside, **by_id).returns["unmanaged"] == []
    organization(beside, projects=[{"project_id": "proj_theirs", "name": "theirs"}])
    assert project(beside, "proj_theirs")["name"] == "theirs"


def test_what_is_not_declared_is_left_to_others(twins: Simulator) -> None:
    """Invites that are not declared stay, unless purge names them; and nobody is invited who is not declared."""
    one = [{"email": "other@example.com"}]
    assert not organization(twins, projects=[{"project_id": "proj_one"}], invite_missing=True).changed
    assert not organization(twins, invites=one).changed
    assert {each["name"] for each in organization(twins, invites=one).returns["unmanaged"]} == {
        "new@example.com",
        "New@example.com",
    }
    changes = organization(twins, check=True, invites=one, purge=["invites"]).returns["changes"]
    assert [each["action"] for each in changes] == ["withdraw"] * 2


def test_values_that_are_not_declared_are_not_managed(beside: Simulator) -> None:
    """Of people, and of service accounts."""
    values = {"role": "owner", "technical_level": "expert", "developer_persona": "builder"}
    perform(beside, "user", user_id="user-dev", **values)
    perform(beside, "service_account", project_id="proj_ours", service_account_id="svc_ours", role="owner")
    declared = {
        "users": [{"email": "owner@example.com"}, {"email": "dev@example.com"}],
        "projects": [{"name": "ours", "service_accounts": [{"name": "old"}]}],
    }
    assert not organization(beside, **declared).changed
    dev = next(each for each in beside.state()["users"] if each["id"] == "user-dev")
    assert {name: dev[name] for name in values} == values


def test_what_a_plan_does_not_see_is_seen_here(simulator: Simulator) -> None:
    simulator.reset(BESIDE)
    perform(simulator, "project", name="doomed")
    perform(simulator, "invite", email="new@example.com")
    declared = exported(simulator)
    assert not organization(simulator, check=True, **declared).changed
    perform(simulator, "service_account", project_id="proj_ours", service_account_id="svc_ours", role="owner")
    perform(simulator, "certificate_activation", certificates=[{"name": "gateway"}], allow_lockout=True)
    perform(simulator, "rate_limit", project_id="proj_ours", model="gpt-5", max_requests_per_1_minute=1)
    perform(simulator, "service_account", project_id="proj_ours", name="new")
    changes = organization(simulator, check=True, **declared).returns["changes"]
    assert sorted((each["kind"], each["action"]) for each in changes) == [
        ("active_certificates", "deactivate"),
        ("rate_limit", "update"),
        ("service_account", "delete"),
        ("service_account", "update"),
    ]
    perform(simulator, "project", name="doomed", state="archived")
    with pytest.raises(Refused, match=r"There was a project 'doomed': proj_\w+, archived"):
        organization(simulator, check=True, **declared)


def test_the_people_and_accounts_of_an_archived_project_cannot_be_read(beside: Simulator) -> None:
    """The API says so with another status than that of what is not there."""
    perform(beside, "project", project_id="proj_theirs", state="archived")
    for module, named in (("project_user_info", {}), ("service_account_info", {"service_account_id": "svc_theirs"})):
        with pytest.raises(ApiError) as error:
            perform(beside, module, project_id="proj_theirs", **named)
        assert error.value.status == 400


def test_ids_are_those_of_names_that_tell(twins: Simulator) -> None:
    ids = perform(twins, "organization_info").returns["ids"]
    kinds = {"projects", "users", "invites", "certificates", "roles", "groups", "service_accounts", "spend_alerts"}
    kinds |= {"external_keys", "external_storage", "workload_identity_providers"}
    assert ids.keys() == {*kinds, "project_roles"}
    assert ids["projects"].keys() == {"Default project"}
    assert ids["users"]["dev@example.com"] == "user-dev"
    assert ids["invites"] == {"other@example.com": "invite-other"}
    assert ids["certificates"] == {}
    assert ids["service_accounts"].keys() == {"Default project"}
    limits = perform(twins, "rate_limit_info", project_id="proj_one").returns["rate_limits"]
    assert "rl-gpt-5" in {each["id"] for each in limits}
    assert "rl-gpt-5" not in str(perform(twins, "organization_info").returns)


def role_of_dev(simulator: Simulator) -> str:
    (member,) = perform(simulator, "project_user_info", project_id="proj_ours", user_id="user-dev").returns[
        "project_users"
    ]
    return str(member["role"])


def test_what_is_meant_by_a_role_that_is_omitted(beside: Simulator) -> None:
    """Of who or what is new: member, of an invite reader, in no project; and a member can be a viewer."""
    declared = {
        "users": [{"email": "owner@example.com"}, {"email": "dev@example.com"}],
        "projects": [{"name": "ours", "users": [{"email": "dev@example.com"}], "service_accounts": [{"name": "bot"}]}],
        "invites": [{"email": "new@example.com"}],
    }
    organization(beside, **declared)
    accounts = {each["name"]: each["role"] for each in project(beside, "proj_ours")["service_accounts"]}
    assert (role_of_dev(beside), accounts["bot"]) == ("member", "member")
    (invite,) = beside.state()["invites"]
    assert (invite["role"], invite["projects"]) == ("reader", [])
    organization(beside, projects=[{"name": "ours", "users": [{"email": "dev@example.com", "role": "viewer"}]}])
    assert not organization(beside, **declared).changed
    assert role_of_dev(beside) == "viewer"


def test_an_account_is_renamed_by_its_id_and_keeps_its_keys(beside: Simulator) -> None:
    renamed = {"service_account_id": "svc_ours", "name": "new"}
    organization(beside, projects=[{"name": "ours", "service_accounts": [renamed]}])
    assert written(beside) == ["POST /organization/projects/proj_ours/service_accounts/svc_ours"]
