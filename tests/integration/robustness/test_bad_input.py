# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks that cannot work: each fails with words that help, before anything is written, in check mode just the same."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from integration.playbooks import Ansible, module
from integration.scenarios import SEARCH, TASK, asked, attempts, messages, play, play_alike

Cases = Mapping[str, tuple[TASK, str]]


WRONG_CONNECTION: Cases = {
    "an empty key": (
        module("project", name="x", admin_key=""),
        "No admin key: the option admin_key is empty. Leave it out to use OPENAI_ADMIN_KEY.",
    ),
    "a key with a blank in it": (
        module("project", name="x", admin_key="sk admin"),
        "admin_key contains blanks, line breaks or other characters that are not allowed in it.",
    ),
    "http to another machine": (
        module("project", name="x", base_url="http://api.example.com/v1"),
        "base_url must begin with https:// (http only works for the local machine, not for api.example.com).",
    ),
    "a password in the URL": (
        module("project", name="x", base_url="https://me:secret@api.example.com/v1"),
        "base_url must not contain a user name or a password: use admin_key.",
    ),
    "no URL": (
        module("project", name="x", base_url="nonsense"),
        "base_url must be a URL such as https://api.openai.com/v1.",
    ),
    "half an IPv6 address": (module("project", name="x", base_url="https://[/v1"), "base_url is not a URL."),
    "a port that is not a number": (module("project", name="x", base_url="https://x:abc/v1"), "base_url is not a URL."),
    "another scheme": (
        module("project", name="x", base_url="ftp://api.example.com"),
        "base_url must be a URL such as https://api.openai.com/v1.",
    ),
    "a file that is not there": (
        module("project", name="x", ca_path="/does/not/exist"),
        "ca_path: /does/not/exist cannot be read.",
    ),
    "a client key alone": (module("project", name="x", client_key=__file__), "client_key needs client_cert."),
    "no time at all": (
        module("project", name="x", timeout=0),
        "timeout must be more than 0 and at most 86400 seconds, max_wait at least 0 seconds.",
    ),
    "less than no waiting": (
        module("project", name="x", max_wait=-1),
        "timeout must be more than 0 and at most 86400 seconds, max_wait at least 0 seconds.",
    ),
}

WRONG_NAMES: Cases = {
    "no project": (
        module("project_user", email="dev@example.com"),
        "one of these is required: project, project_id.",
    ),
    "no name of a project": (module("project", external_key_id="x"), "one of these is required: name, project_id."),
    "no person": (module("project_user", **SEARCH), "one of these is required: email, user_id."),
    "no account": (module("service_account", **SEARCH), "one of these is required: name, service_account_id."),
    "no model": (module("rate_limit", **SEARCH), "model is required."),
    "nulls for names": (
        module("rate_limit", project=None, model=None),
        "model is required; one of these is required: project, project_id.",
    ),
    "an empty name": (
        module("project", name=""),
        "name must not be empty; one of these is required: name, project_id.",
    ),
    "a name of blanks": (module("project", name="  ", project_id="proj_search"), "name must not be empty."),
    "a project of blanks": (
        module("service_account", project="  ", project_id="proj_search", name="x"),
        "project must not be empty.",
    ),
    "all that is wrong in one message": (
        module("rate_limit", project=" ", project_id="proj_search", model=["gpt-5"], max_requests_per_1_day=-5),
        "model must be a string, not a list; project must not be empty; max_requests_per_1_day must be at least 0,"
        " not -5.",
    ),
    "a list for a name": (module("project", name=["x"]), "name must be a string, not a list."),
    "a dictionary for a name": (module("project", name={"x": 1}), "name must be a string, not a dictionary."),
    "a list for an id": (module("project", project_id=["x"]), "project_id must be a string, not a list."),
    "a list for a role": (
        module("project_user", **SEARCH, email="dev@example.com", role=["member"]),
        "role must be a string, not a list.",
    ),
    "an empty role": (
        module("project_user", **SEARCH, email="dev@example.com", role=""),
        "role must not be empty.",
    ),
    "a list for the project to read from": (
        module("rate_limit_info", project=["search-prod"]),
        "project must be a string, not a list.",
    ),
    "an empty name to look for": (module("project_info", name=" "), "name must not be empty."),
}

WRONG_VALUES: Cases = {
    "an option that does not exist": (
        module("user_info", emial="dev@example.com"),
        "Unsupported parameters for (community.openai_admin.user_info) module: emial. Supported parameters include:"
        " admin_key, base_url, ca_path, client_cert, client_key, client_key_passphrase, emails, include, max_results,"
        " max_wait, organization_id, timeout, user_id, validate_certs (email).",
    ),
    "a word for a number": (
        module("rate_limit", **SEARCH, model="gpt-5", max_requests_per_1_minute="many"),
        "argument 'max_requests_per_1_minute' is of type str and we were unable to convert to int:"
        " \"'many'\" cannot be converted to an int",
    ),
    "a word for seconds": (
        module("project", name="x", timeout="soon"),
        "argument 'timeout' is of type str and we were unable to convert to float:"
        " <class 'str'> cannot be converted to a float",
    ),
    "a state that projects do not have": (
        module("project", name="search-prod", state="absent"),
        "value of state must be one of: present, archived, got: absent",
    ),
    "a limit below zero": (
        module("rate_limit", **SEARCH, model="gpt-5", max_requests_per_1_minute=-1),
        "max_requests_per_1_minute must be at least 0, not -1.",
    ),
    "no results at all": (module("user_info", max_results=0), "max_results must be at least 1, not 0."),
    "a key that would be logged": (
        module("service_account", **SEARCH, name="x", create_api_key=True),
        "create_api_key could return a new key, which would be logged. Set no_log: true on the task, or api_key_path"
        " to have the key written to a file.",
    ),
}

OPTIONS_ALONE = {"connection": WRONG_CONNECTION, "names": WRONG_NAMES, "values": WRONG_VALUES}

NOT_POSSIBLE: Cases = {
    "a project that is not there, by id": (
        module("project", project_id="proj_none", name="renamed"),
        "There is no project proj_none.",
    ),
    "an account that is not there, by id": (
        module("service_account", **SEARCH, service_account_id="svc_none", name="renamed"),
        "There is no service account svc_none of project proj_search.",
    ),
    "a project to use that is not there, by id": (
        module("service_account", project_id="proj_none", name="x"),
        "Could not list the service accounts of project proj_none: No such project: proj_none (HTTP 404).",
    ),
    "nobody in the organization": (
        module("project_user", **SEARCH, email="nobody@example.com"),
        "Nobody in the organization has the e-mail address nobody@example.com: invite them first.",
    ),
    "a model that the project does not have": (
        module("rate_limit", **SEARCH, model="gpt-55", max_requests_per_1_minute=1),
        "There is no rate limit 'gpt-55' of project proj_search. There are: gpt-5, gpt-image-1.",
    ),
    "a limit that the model does not have": (
        module("rate_limit", **SEARCH, model="gpt-5", max_images_per_1_minute=1),
        "The rate limit 'gpt-5' of project proj_search has no max_images_per_1_minute: that does not apply to the"
        " model. Set only those that apply: max_requests_per_1_minute, max_tokens_per_1_minute.",
    ),
    "two projects of the name": (
        module("project", name="twin"),
        "2 projects are named 'twin' (proj_twin_1, proj_twin_2). Give project_id instead.",
    ),
    "two projects of the name to archive": (
        module("project", name="twin", state="archived"),
        "2 projects are named 'twin' (proj_twin_1, proj_twin_2). Give project_id instead.",
    ),
    "two projects of the name to use": (
        module("project_user", project="twin", email="dev@example.com"),
        "2 projects are named 'twin' (proj_twin_1, proj_twin_2). Give project_id instead.",
    ),
    "two accounts of the name": (
        module("service_account", project_id="proj_twin_2", name="bot"),
        "2 service accounts of project proj_twin_2 are named 'bot' (svc_bot_1, svc_bot_2). Give service_account_id"
        " instead.",
    ),
    "a role that cannot be taken away": (
        module("service_account", **SEARCH, name="search-api", role="none"),
        "The service account 'search-api' of project proj_search has the role member, and the API cannot take a role"
        " away. Remove the account and create it anew with role: none; its keys go with it.",
    ),
    "a misspelled role": (
        module("service_account", **SEARCH, name="x", role="memebr"),
        "role of service account 'x' of project proj_search cannot be 'memebr' (did you mean 'member'?).",
    ),
    "a misspelled residency": (
        module("project", name="x", residency="eu-storage-processing"),
        "residency of project 'x' cannot be 'eu-storage-processing' (did you mean 'EU_STORAGE_PROCESSING'?).",
    ),
    "an archived project to change": (
        module("project", project_id="proj_old", name="older"),
        "The project proj_old was archived on 2025-12-31: archived projects cannot be changed or used.",
    ),
    "an archived project to use": (
        module("project_user", project_id="proj_old", email="dev@example.com"),
        "Could not list the project users of project proj_old: Project proj_old is archived: it cannot be used or"
        " updated (HTTP 400).",
    ),
    "the name of an archived project": (
        module("project", name="old"),
        "There was a project 'old': proj_old, archived on 2025-12-31, which cannot be undone. To create a new one of"
        " that name all the same, set allow_archived_namesake: true.",
    ),
}

REFUSED_BY_THE_SERVER: Cases = {
    "a person for the default project": (
        module("project_user", project="Default project", email="dev@example.com"),
        "Could not add project user 'dev@example.com' of project 'Default project':"
        " Users cannot be added to the default project directly (HTTP 400).",
    ),
    "an account for the default project": (
        module("service_account", project="Default project", name="x"),
        "Could not create service account 'x' of project 'Default project':"
        " Service accounts cannot be added to the default project directly (HTTP 400).",
    ),
    "another name for the default project": (
        module("project", project_id="proj_default", name="x"),
        "Could not update project proj_default: The default project cannot be updated (HTTP 400).",
    ),
    "an end of the default project": (
        module("project", name="Default project", state="archived"),
        "Could not archive project 'Default project': The default project cannot be archived (HTTP 400).",
    ),
    "a role that the API does not know": (
        module("project_user", **SEARCH, email="dev@example.com", role="emperor"),
        "Could not update project user 'dev@example.com' of project proj_search:"
        " Invalid value for 'role': expected one of owner, member, viewer (HTTP 400).",
    ),
    "a person whom nobody knows, by id": (
        module("project_user", **SEARCH, user_id="user-none"),
        "Could not add project user user-none of project proj_search: No such user: user-none (HTTP 404).",
    ),
    "limits of an archived project": (
        module("rate_limit", project_id="proj_old", model="gpt-5", max_requests_per_1_minute=1),
        "Could not update rate limit 'gpt-5' of project proj_old: Project proj_old is archived: it cannot be used or"
        " updated (HTTP 400).",
    ),
}


def tasks_of(cases: Cases) -> list[TASK]:
    return attempts({name: task for name, (task, unused_message) in cases.items()})


def words_of(cases: Cases) -> dict[str, str]:
    return {name: message for name, (unused_task, message) in cases.items()}


@pytest.mark.parametrize("options", [(), ("--check",)], ids=["run", "check"])
@pytest.mark.parametrize("group", OPTIONS_ALONE)
def test_wrong_options_are_told_before_the_first_request(
    group: str, options: tuple[str, ...], ansible: Ansible
) -> None:
    cases = OPTIONS_ALONE[group]
    run = play(ansible, tasks_of(cases), *options)
    assert messages(run) == words_of(cases)
    assert asked(run) == []


def test_a_text_instead_of_a_dictionary_is_told_with_its_option(ansible: Ansible) -> None:
    tasks = {
        "members": module("group_user", group="x", members="ada@example.com"),
        "certificates": module("certificate_activation", certificates=["gateway"]),
        "projects": module("invite", email="ada@example.com", projects="search-prod"),
    }
    run = play(ansible, attempts(tasks))
    for option, said in messages(run).items():
        assert f"option '{option}'" in said
    assert len(messages(run)) == len(tasks)


@pytest.mark.parametrize("options", [(), ("--check",)], ids=["run", "check"])
def test_what_the_organization_does_not_allow_is_told_before_any_write(
    options: tuple[str, ...], ansible: Ansible
) -> None:
    run = play(ansible, tasks_of(NOT_POSSIBLE), *options)
    assert messages(run) == words_of(NOT_POSSIBLE)
    assert run.writes == []


ALIKE = {**WRONG_VALUES, **dict(list(WRONG_CONNECTION.items())[::4]), **dict(list(WRONG_NAMES.items())[::4])}


def test_modules_use_the_same_words_for_wrong_options(ansible: Ansible) -> None:
    assert messages(play_alike(ansible, tasks_of(ALIKE))) == words_of(ALIKE)


def test_modules_use_the_same_words_for_what_is_not_possible(ansible: Ansible) -> None:
    cases = dict(list(NOT_POSSIBLE.items())[::2])
    assert messages(play_alike(ansible, tasks_of(cases))) == words_of(cases)


def test_what_only_the_server_knows_is_told_in_its_words(ansible: Ansible) -> None:
    run = play(ansible, tasks_of(REFUSED_BY_THE_SERVER))
    assert messages(run) == words_of(REFUSED_BY_THE_SERVER)
    assert [task.result["status_code"] for task in run.tasks] == [write["status"] for write in run.writes]


def test_no_key_anywhere_names_the_option_and_the_variable(ansible: Ansible) -> None:
    run = play_alike(ansible, attempts({"no key": module("user_info")}), OPENAI_ADMIN_KEY="", OPENAI_API_KEY="sk-other")
    assert messages(run) == {
        "no key": "No admin key: set the option admin_key or the environment variable OPENAI_ADMIN_KEY."
    }
    assert asked(run) == []


def test_an_archived_project_is_left_alone_where_it_is_to_be_archived(ansible: Ansible) -> None:
    run = play(
        ansible,
        attempts(
            {
                "by id": module("project", project_id="proj_old", state="archived"),
                "by name": module("project", name="old", state="archived"),
                "never heard of": module("project", name="never", state="archived"),
                "never heard of its id": module("project", project_id="proj_none", state="archived"),
            }
        ),
    )
    assert {task.name: task.changed for task in run.tasks} == dict.fromkeys((task.name for task in run.tasks), False)
    assert messages(run) == {}
    assert run["by id"].result["project"]["status"] == "archived"
    assert run["by name"].result["project"] is None


def test_a_project_can_share_its_name_with_an_archived_one_where_the_task_allows_it(ansible: Ansible) -> None:
    allowed = module("project", name="old", allow_archived_namesake=True)
    run = play(ansible, attempts({"predict": {**allowed, "check_mode": True}, "do": allowed, "again": allowed}))
    assert [task.changed for task in run.tasks] == [True, True, False]
    assert run["again"].result["project"]["id"] not in (None, "proj_old")


def test_who_is_no_member_needs_no_removing(ansible: Ansible) -> None:
    run = play(
        ansible,
        attempts(
            {
                "by address": module("project_user", **SEARCH, email="ops@example.com", state="absent"),
                "by id": module("project_user", **SEARCH, user_id="user-ops", state="absent"),
                "a stranger": module("project_user", **SEARCH, email="nobody@example.com", state="absent"),
                "an account": module("service_account", **SEARCH, name="never", state="absent"),
                "an account by id": module("service_account", **SEARCH, service_account_id="svc_none", state="absent"),
            }
        ),
    )
    assert messages(run) == {}
    assert [task.changed for task in run.tasks] == [False] * 5
    assert run.writes == []
