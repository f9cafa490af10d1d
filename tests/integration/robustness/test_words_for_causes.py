# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What somebody wrote wrong is told as what it is, in check mode as in the real run, before anything is written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import connection_options
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import diagnose
from ansible_collections.community.openai_admin.plugins.modules.project import TASK
from integration.direct import perform
from integration.scenarios import ORGANIZATION, SEARCH
from simulator import Simulator

NEW = "new@example.com"
IN_SEARCH = {"project": "search-prod"}


@pytest.fixture
def there(simulator: Simulator) -> Simulator:
    simulator.reset(ORGANIZATION)
    return simulator


def refused(simulator: Simulator, module: str, **arguments: Any) -> str:
    """What is said of a task both ways, in the real run without any write."""
    said = []
    for check in True, False:
        with pytest.raises(AdminError) as error:
            perform(simulator, module, check=check, **arguments)
        said.append(error.value.message)
    assert said[0] == said[1]
    assert [each for each in simulator.requests() if each["method"] != "GET"] == []
    return said[1]


# Roles


@pytest.mark.parametrize(
    ("module", "arguments", "said"),
    [
        ("user", {"email": "dev@example.com", "role": "redaer"}, "'redaer' (did you mean 'reader'?)"),
        ("user", {"user_id": "user-dev", "role": "onwer"}, "'onwer' (did you mean 'owner'?)"),
        ("project_user", {**SEARCH, "email": "ops@example.com", "role": "onwer"}, "'onwer' (did you mean 'owner'?)"),
        (
            "project_user",
            {**SEARCH, "email": "owner@example.com", "role": "memebr"},
            "'memebr' (did you mean 'member'?)",
        ),
        ("project_user", {"project": "to-be", "email": "ops@example.com", "role": "onwer"}, "(did you mean 'owner'?)"),
        ("invite", {"email": NEW, "role": "redaer"}, "role of invite 'new@example.com' cannot be 'redaer'"),
        ("invite", {"email": "dev@example.com", "role": "onwer"}, "'onwer' (did you mean 'owner'?)"),
        (
            "invite",
            {"email": NEW, "projects": [{**IN_SEARCH, "role": "memebr"}]},
            f"role in projects of invite '{NEW}' cannot be 'memebr' (did you mean 'member'?)",
        ),
        ("invite", {"email": NEW, "projects": [{**IN_SEARCH, "role": ""}]}, "role in projects must not be empty"),
        (
            "organization",
            {"invites": [{"email": NEW, "projects": [IN_SEARCH, {**IN_SEARCH, "role": "  "}]}]},
            "invites[0]: role in projects must not be empty",
        ),
        ("organization", {"users": [{"email": "dev@example.com", "role": "redaer"}]}, "users[0]: role of user"),
        ("organization", {"invites": [{"email": NEW, "role": "onwer"}]}, "invites[0]: role of invite"),
        (
            "organization",
            {"users": [{"email": NEW, "role": "redaer"}], "invite_missing": True},
            "users[0]: role of user 'new@example.com' cannot be 'redaer'",
        ),
        *(
            (
                "organization",
                {"projects": [{"name": name, "users": [{"email": email, "role": "memebr"}]}], "invite_missing": True},
                f"projects[0].users[0]: role of project user '{email}' of project '{name}' cannot be 'memebr'",
            )
            for name in ("search-prod", "to-be")
            for email in (NEW, "ops@example.com", "owner@example.com")
        ),
    ],
)
def test_a_misspelt_role_is_refused_whether_it_would_be_written_or_not(
    module: str, arguments: dict[str, Any], said: str, there: Simulator
) -> None:
    assert said in refused(there, module, **arguments)


def test_a_misspelt_role_is_a_problem_of_its_option(there: Simulator) -> None:
    with pytest.raises(AdminError) as error:
        perform(there, "organization", users=[{"email": "dev@example.com", "role": "redaer"}])
    (problem,) = error.value.facts["problems"]
    assert (problem["where"], problem["option"]) == ("users[0]", "role")


def test_a_role_that_is_close_to_none_is_sent_with_a_warning(there: Simulator) -> None:
    """The API may have more roles than are known. In check mode, the warning is all there is to be said."""
    projects = [*({"name": f"p{number}"} for number in range(16)), {"name": "search-prod", "users": []}]
    projects[16]["users"] = [{"email": "ops@example.com", "role": "admin"}]
    outcome = perform(there, "organization", check=True, projects=projects)
    (warning,) = outcome.warnings
    assert "role of project user 'ops@example.com' of project 'search-prod' is 'admin'" in warning
    assert "(known are owner, member, viewer). Whether it is valid is up to the API." in warning


# Names of projects

NEAR = "Project 'serch-prod' does not exist (did you mean 'search-prod'?)"
ARCHIVED = "The project 'old' was archived on 2025-12-31: archived projects cannot be changed or used."
USES: list[tuple[str, dict[str, Any]]] = [
    ("project_user", {"email": "dev@example.com"}),
    ("service_account", {"name": "x"}),
    ("rate_limit", {"model": "gpt-5", "max_requests_per_1_minute": 1}),
    ("project_user_info", {}),
    ("certificate_activation", {"certificates": []}),
]


@pytest.mark.parametrize(("module", "arguments"), USES)
def test_a_misspelt_project_is_told_with_the_nearest_one(
    module: str, arguments: dict[str, Any], there: Simulator
) -> None:
    arguments = {"project": "serch-prod", **arguments}
    with pytest.raises(AdminError) as error:
        perform(there, module, **arguments)
    assert f"{NEAR}." in error.value.message
    assert (
        f"{NEAR}: predicted as if an earlier task had created it." in perform(there, module, True, **arguments).warnings
    )


def test_a_misspelt_service_account_is_told_alike(there: Simulator) -> None:
    task = {**SEARCH, "service_account": "serch-api", "name": "production"}
    said = "Service account 'serch-api' of project proj_search does not exist (did you mean 'search-api'?)"
    with pytest.raises(AdminError) as error:
        perform(there, "project_api_key", hidden=True, **task)
    assert f"{said}." in error.value.message
    predicted = perform(there, "project_api_key", check=True, hidden=True, **task)
    assert any(each.startswith(said) for each in predicted.warnings)


@pytest.mark.parametrize(("module", "arguments"), USES)
def test_an_archived_project_is_called_archived(module: str, arguments: dict[str, Any], there: Simulator) -> None:
    with pytest.raises(AdminError) as error:
        perform(there, module, project="old", **arguments)
    assert error.value.message.endswith(f"Project 'old' does not exist. {ARCHIVED}")


@pytest.mark.parametrize("module", ["invite", "organization"])
def test_a_project_of_an_invite_is_told_alike(module: str, there: Simulator) -> None:
    def invite(name: str) -> dict[str, Any]:
        one = {"email": NEW, "projects": [{"project": name}]}
        return one if module == "invite" else {"invites": [one]}

    with pytest.raises(AdminError, match=r"Project 'serch-prod' does not exist \(did you mean 'search-prod'\?\)"):
        perform(there, module, **invite("serch-prod"))
    with pytest.raises(AdminError) as error:
        perform(there, module, **invite("old"))
    assert error.value.message.endswith(ARCHIVED)


@pytest.mark.parametrize("invited", [{"project": "search-prod"}, SEARCH])
@pytest.mark.parametrize("project", [{"name": "search-prod"}, SEARCH])
def test_an_invite_to_a_project_that_is_declared_archived_is_refused(
    project: dict[str, str], invited: dict[str, str], there: Simulator
) -> None:
    """Also where the two name it in other ways."""
    invite = {"email": NEW, "projects": [invited]}
    assert refused(there, "organization", projects=[{**project, "state": "archived"}], invites=[invite]) == (
        "invites[0]: This invite leads to a project that is declared archived in projects[0]."
    )


def test_an_entry_that_refers_to_nothing_is_told_with_all_else(there: Simulator) -> None:
    assert refused(there, "invite", email=NEW, projects=[{"role": "member"}]) == (
        "each entry of projects needs one of project, project_id."
    )
    said = refused(there, "organization", invites=[{"email": NEW, "projects": [{}]}], users=[{"role": "owner"}])
    assert said.split("\n") == [
        "users[0]: one of these is required: email, user_id.",
        "invites[0]: each entry of projects needs one of project, project_id.",
    ]


# Empty things


@pytest.mark.parametrize("value", [None, "", "  "])
@pytest.mark.parametrize("option", ["protected_projects", "email_domains"])
def test_an_empty_name_protects_nothing_and_is_refused(option: str, value: str | None, there: Simulator) -> None:
    declared = {"projects": [], "purge": ["projects"], "purge_projects": True, option: ["Default project", value]}
    with pytest.raises(AdminError, match=f"{option} must not contain empty entries") as error:
        perform(there, "organization", **declared)
    assert [each["option"] for each in error.value.facts["problems"]] == [f"{option}[1]"]
    assert there.requests() == []


@pytest.mark.parametrize("name", ["projects", "users", "invites", "certificates"])
def test_an_entry_of_nothing_is_told_in_words(name: str) -> None:
    (problem,) = diagnose({name: [None]})
    assert (problem.where, problem.what) == (f"{name}[0]", "This is empty. Remove it, or say what is meant.")


@pytest.mark.parametrize("option", sorted(connection_options()))
def test_an_empty_option_of_the_connection_counts_as_not_set(option: str) -> None:
    spec = {**connection_options(), **TASK.argument_spec}
    empty, omitted = (
        ArgumentSpecValidator(spec).validate(TASK.tidy({"name": "x", **given})) for given in ({option: ""}, {})
    )
    assert empty.error_messages == []
    if option == "admin_key":  # another one, from the environment, could be another organization's
        assert empty.validated_parameters[option] == ""
    else:
        assert empty.validated_parameters == omitted.validated_parameters


# Characters


@pytest.mark.parametrize(
    ("module", "arguments", "said"),
    [
        ("project", {"name": "x\ud800y"}, "name contains characters that cannot be sent."),
        (
            "project_user",
            {"project": "x\ud800", "email": "dev@example.com"},
            "project contains characters that cannot be",
        ),
        ("service_account", {**SEARCH, "name": "x", "role": "\udfff"}, "role contains characters that cannot be sent."),
        (
            "organization",
            {"projects": [{"name": "x\ud800y"}]},
            "projects[0] (x\\ud800y): name contains characters that cannot be sent.",
        ),
    ],
)
def test_what_cannot_be_sent_is_told_beforehand(
    module: str, arguments: dict[str, Any], said: str, there: Simulator
) -> None:
    assert refused(there, module, **arguments).startswith(said)
    assert there.requests() == []


# Where the API is


def test_where_there_is_no_api_the_missing_path_is_told(there: Simulator) -> None:
    """Be it that nothing was to be found: a 404 of another server does not mean that an object is absent."""
    elsewhere = replace(there, url=there.url.removesuffix("/v1"))
    hint = f"base_url has no path: is {there.url} meant?"
    assert refused(elsewhere, "project_info").endswith(hint)
    assert refused(elsewhere, "project", project_id="proj_none", state="archived").endswith(hint)
    assert refused(elsewhere, "project", name="x").endswith(hint)
    assert not perform(there, "project", project_id="proj_none", state="archived").changed
