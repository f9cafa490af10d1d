# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keys in series: issued in one run, the older ones revoked in a later one, and never what somebody uses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from integration.key_series import (
    DAY,
    ISSUE,
    KEYS,
    LOST,
    NOW,
    OWNER,
    deploy,
    hidden,
    ids,
    key,
    left,
    organization,
    run_of,
    seen,
    shown,
)
from integration.playbooks import Ansible, module
from integration.scenarios import TASK, attempts, control, messages, play_alike
from simulator import Simulator

# When a key is issued


SERIES: dict[str, tuple[list[dict[str, Any]], dict[str, Any], bool]] = {
    "none at all": ([], {}, True),
    "one that works": ([key("deploy", 400)], {}, False),
    "another name's": ([key("other", 1)], {}, True),
    "another account's": ([key("deploy", 1, service_account="web")], {}, True),
    "a person's": ([key("deploy", 1, user="dev@example.com")], {}, True),
    "an expired one": ([key("deploy", 90, expires=-1)], {}, True),
    "one that will expire": ([key("deploy", 89, expires=1)], {}, False),
    "young enough": ([key("deploy", 29)], {"rotate_after_days": 30}, False),
    "too old": ([key("deploy", 30)], {"rotate_after_days": 30}, True),
    "an old and a young one": ([key("deploy", 90), key("deploy", 2)], {"rotate_after_days": 30}, False),
    "a young one that has expired": ([key("deploy", 90), key("deploy", 2, expires=-1)], {}, False),
}


@pytest.mark.parametrize(("keys", "more", "issued"), SERIES.values(), ids=SERIES)
def test_the_newest_key_that_works_decides(
    keys: list[dict[str, Any]], more: dict[str, Any], issued: bool, ansible: Ansible
) -> None:
    ansible.simulator.reset(organization(*keys))
    check = {**hidden(**more), "check_mode": True}
    run = ansible.play([{"name": "predict", **check}, *shown("do", **more), *shown("again", **more)])
    assert run.status == 0, run.output
    assert run["predict"].writes == []
    assert len(run_of(run, "do").writes) == issued
    assert seen(run, "do")["changed"] is issued
    assert seen(run, "do")["api_key"]["value_known"] is issued
    assert run_of(run, "again").writes == []
    assert not seen(run, "again")["changed"]
    assert seen(run, "again")["project_api_key"]["id"] == seen(run, "do")["project_api_key"]["id"]


def test_what_is_said_of_a_new_key_reaches_the_api(ansible: Ansible) -> None:
    ansible.simulator.reset(organization())
    run = ansible.play(
        [
            *shown("days", expires_in_days=2, scopes=["api.model.request"]),
            *shown("seconds", name="other", expires_in_seconds=60),
            {
                "name": "account",
                "no_log": True,
                **module(
                    "service_account", project_id="proj_search", name="new", create_api_key=True, expires_in_days=1
                ),
            },
            {
                "name": "later",
                "no_log": True,
                **module(
                    "service_account", project_id="proj_search", name="web", create_api_key=True, expires_in_days=1
                ),
            },
            {"name": "admin", "no_log": True, **module("admin_api_key", name="audit", expires_in_days=365)},
        ]
    )
    assert run.status == 0, run.output
    assert [write["body"] for write in run.writes] == [
        {"name": "deploy", "scopes": ["api.model.request"], "expires_in_seconds": 2 * DAY},
        {"name": "other", "expires_in_seconds": 60},
        {"name": "new", "expires_in_seconds": DAY},
        {"expires_in_seconds": DAY},
        {"name": "audit", "expires_in_seconds": 365 * DAY},
    ]
    first = seen(run, "days")["project_api_key"]
    assert first["expires_at"] == first["created_at"] + 2 * DAY
    assert seen(run, "days")["api_key"]["expires_at"] == first["expires_at"]


# What becomes of older keys


OLDER = (
    key("deploy", 200, used=100),
    key("deploy", 100, used=1),
    key("deploy", 50),
    key("deploy", 10, used=0),
)


def test_older_keys_are_kept_unless_the_task_says_otherwise(ansible: Ansible) -> None:
    ansible.simulator.reset(organization(*OLDER))
    run = ansible.play(shown("keep"))
    result = seen(run, "keep")
    assert not result["changed"]
    assert ids(result["previous"]) == ["key_deploy_200", "key_deploy_100", "key_deploy_50"]
    assert result["revoked"] == result["still_used"] == []


def test_unused_ones_are_revoked_and_the_others_named(ansible: Ansible) -> None:
    ansible.simulator.reset(organization(*OLDER))
    check = {"check_mode": True, **hidden(previous="revoke_unused")}
    run = ansible.play([{"name": "predict", **check}, *shown("do", previous="revoke_unused")], "--diff")
    result = seen(run, "do")
    assert ids(result["revoked"]) == ["key_deploy_200", "key_deploy_50"]
    assert ids(result["still_used"]) == ids(result["previous"]) == ["key_deploy_100"]
    assert left(ansible.simulator) == {"key_deploy_100", "key_deploy_10"}
    assert result["diff"]["before"]["keys"] == ids(OLDER)
    assert result["diff"]["after"]["keys"] == ["key_deploy_100", "key_deploy_10"]


def test_none_goes_before_the_new_one_is_used(ansible: Ansible) -> None:
    ansible.simulator.reset(organization(key("deploy", 200, used=100), key("deploy", 2)))
    run = ansible.play(
        [
            *shown("waiting", previous="revoke_unused"),
            control("the new key is used", "use", {"api_key_id": "key_deploy_2"}),
            *shown("used", previous="revoke_unused"),
        ]
    )
    assert not seen(run, "waiting")["changed"]
    assert ids(seen(run, "waiting")["still_used"]) == ["key_deploy_200"]
    assert ids(seen(run, "used")["revoked"]) == ["key_deploy_200"]


def test_how_long_unused_is_a_matter_of_the_task(ansible: Ansible) -> None:
    ansible.simulator.reset(organization(*OLDER))
    run = ansible.play(
        [
            *shown("150", previous="revoke_unused", unused_for_days=150),
            *shown("99", previous="revoke_unused", unused_for_days=99),
            *shown("0", previous="revoke_unused", unused_for_days=0),
        ]
    )
    gone = {name: ids(seen(run, name)["revoked"]) for name in ("150", "99", "0")}
    assert gone == {"150": [], "99": ["key_deploy_200"], "0": ["key_deploy_100", "key_deploy_50"]}


def test_a_whole_rotation(ansible: Ansible) -> None:
    ansible.simulator.reset(organization(key("deploy", 91, used=8)))
    task = {"rotate_after_days": 90, "previous": "revoke"}
    run = ansible.play([*shown("issue", **task), *shown("revoke", **task), *shown("nothing", **task)])
    assert [len(run_of(run, name).writes) for name in ("issue", "revoke", "nothing")] == [1, 1, 0]
    assert ids(seen(run, "issue")["previous"]) == ["key_deploy_91"]
    assert ids(seen(run, "revoke")["revoked"]) == ["key_deploy_91"]
    assert left(ansible.simulator) == {seen(run, "issue")["api_key"]["id"]}


def test_an_interrupted_rotation_is_finished_by_the_next_run(ansible: Ansible) -> None:
    ansible.simulator.reset(organization(*OLDER))
    task = {"previous": "revoke"}
    fault = {
        "kind": "status",
        "method": "DELETE",
        "path": f"{KEYS.format(project_id='proj_search')}/key_deploy_100",
        "status": 401,
    }
    run = ansible.play(
        [
            control("trouble", "faults", fault),
            {"name": "interrupted", **hidden(**task), "ignore_errors": True},
            {"name": "why", "debug": {"msg": "{{ made.done | join }}"}},
            *shown("again", **task),
        ]
    )
    assert run["interrupted"].failed
    assert "key_deploy_200" in run["why"].message
    assert ids(seen(run, "again")["revoked"]) == ["key_deploy_100", "key_deploy_50"]
    assert left(ansible.simulator) == {"key_deploy_10"}


# The key in a file


def test_the_key_that_a_file_holds_is_not_revoked(ansible: Ansible, tmp_path: Path) -> None:
    """A run that ended between a key's issue and its delivery: the file's key is in use, the newest unknown."""
    path = tmp_path / "deploy.key"
    ansible.simulator.reset(organization())
    in_file = deploy(api_key_path=str(path), previous="revoke")
    run = ansible.play(
        [
            {"name": "delivered", **in_file},
            {"name": "a second later", "pause": {"seconds": 1}},
            {
                "name": "lost",
                "somebody_else": {
                    "path": ISSUE.format(project_id="proj_search", service_account_id="svc_api"),
                    "body": {"name": "deploy"},
                },
            },
            {"name": "after", **in_file},
        ]
    )
    assert run.status == 0, run.output
    first = run["delivered"].result["project_api_key"]["id"]
    newest = run["after"].result["project_api_key"]["id"]
    assert first != newest
    assert not run["after"].changed
    assert run["after"].writes == []
    unrevoked, undelivered = run["after"].warnings
    assert unrevoked == f"Key {first} is not revoked: api_key_path holds it."
    assert newest in undelivered
    assert "holds another key" in undelivered


def test_a_file_gets_the_new_key_and_then_the_old_one_goes(ansible: Ansible, tmp_path: Path) -> None:
    path = tmp_path / "deploy.key"
    path.write_text("sk-svcacct-somethingelse", encoding="utf-8")
    ansible.simulator.reset(organization(key("deploy", 91, used=8)))
    task = deploy(api_key_path=str(path), rotate_after_days=90, previous="revoke")
    predict = {"name": "predict", **task, "check_mode": True}
    run = ansible.play([predict, {"name": "issue", **task}, {"name": "revoke", **task}, {"name": "nothing", **task}])
    assert [task.changed for task in run.tasks] == [True, True, True, False]
    assert [task.warnings for task in run.tasks] == [[], [], [], []]
    assert set(run["issue"].result["api_key"]) == {"id", "name", "created_at", "expires_at"}
    assert path.read_text(encoding="utf-8").startswith("sk-svcacct-")
    assert path.read_text(encoding="utf-8") != "sk-svcacct-somethingelse"


# Trouble


def test_a_key_whose_answer_got_lost_is_revoked(ansible: Ansible) -> None:
    ansible.simulator.reset(organization(key("deploy", 91)))
    task = {"rotate_after_days": 90}
    run = ansible.play(
        [
            control("trouble", "faults", {**LOST, "path": ISSUE}),
            {"name": "lost", **hidden(**task), "ignore_errors": True},
            {"name": "why", "debug": {"msg": "{{ made.msg }}"}},
            *shown("again", **task),
        ]
    )
    assert run["lost"].failed
    assert "the answer with its new key was lost" in run["why"].message
    assert "was revoked" in run["why"].message
    assert seen(run, "again")["changed"]
    assert left(ansible.simulator) == {"key_deploy_91", seen(run, "again")["api_key"]["id"]}


def test_an_admin_key_whose_answer_got_lost_is_revoked(ansible: Ansible) -> None:
    ansible.simulator.reset(organization())
    ansible.simulator.fault("drop", "/organization/admin_api_keys", "POST", when="after")
    task: TASK = {**module("admin_api_key", name="audit"), "no_log": True, "register": "made", "ignore_errors": True}
    run = ansible.play([{"name": "lost", **task}, {"name": "why", "debug": {"msg": "{{ made.msg }}"}}])
    assert "was revoked" in run["why"].message
    assert "audit" not in [each["name"] for each in ansible.simulator.state()["admin_api_keys"]]


def test_a_create_of_which_nobody_knows_is_not_sent_again(ansible: Ansible) -> None:
    ansible.simulator.reset(organization(key("deploy", 91)))
    ansible.simulator.fault("status", ISSUE, "POST", status=503, when="before")
    task = {"rotate_after_days": 90}
    run = ansible.play(
        [
            {"name": "lost", **hidden(**task), "ignore_errors": True},
            {"name": "why", "debug": {"msg": "{{ made.msg }}"}},
            *shown("again", **task),
        ]
    )
    assert "look for it with community.openai_admin.project_api_key_info, and revoke it" in run["why"].message
    assert len(run["lost"].writes) == 1
    assert left(ansible.simulator) == {"key_deploy_91", seen(run, "again")["api_key"]["id"]}


def test_a_create_that_was_refused_for_its_rate_is_sent_again(ansible: Ansible) -> None:
    ansible.simulator.reset(organization(key("deploy", 91)))
    ansible.simulator.fault("status", ISSUE, "POST", status=429, when="before")
    run = ansible.play(shown("issue", rotate_after_days=90))
    assert run.status == 0, run.output
    assert len(left(ansible.simulator)) == 2


def test_a_key_that_the_api_does_not_delete(ansible: Ansible) -> None:
    organized = organization(key("deploy", 91), service_account_keys_deletable=False)
    task = module("project_api_key", project_id="proj_search", api_key_id="key_deploy_91", state="absent")
    run = play_alike(ansible, attempts({"revoke": task}), organization=organized)
    assert "remove that with community.openai_admin.service_account" in messages(run)["revoke"]


# Anybody's key, by its id


def test_anybodys_key_is_revoked_by_its_id(ansible: Ansible) -> None:
    organized = organization(key("mine", 5, user="dev@example.com"), key("deploy", 5), key("old", 90, expires=-1))
    keys = ["key_mine_5", "key_deploy_5", "key_old_90", "key_none"]
    tasks = [
        {"name": each, **module("project_api_key", project="search-prod", api_key_id=each, state="absent"), **mode}
        for each in keys
        for mode in ({"check_mode": True}, {})
    ]
    run = play_alike(ansible, tasks, organization=organized)
    assert run.status == 0, run.output
    assert [task.changed for task in run.tasks] == [True, True, True, True, True, True, False, False]
    assert left(ansible.simulator) == set()


def test_all_keys_of_a_name_go_and_no_others(ansible: Ansible) -> None:
    others = (key("deploy", 3, service_account="web"), key("deploy", 4, user="dev@example.com"), key("other", 6))
    task = {"name": "absent", **deploy(state="absent")}
    run = play_alike(ansible, [task, {**task, "name": "again"}], organization=organization(*OLDER, *others))
    assert set(ids(run["absent"].result["revoked"])) == set(ids(OLDER))
    assert left(ansible.simulator) == set(ids(others))
    assert not run["again"].changed


# Admin keys


def admin_organization(simulator: Simulator, **mine: Any) -> dict[str, Any]:
    own = {
        "name": "mine",
        "id": "key_mine",
        "redacted_value": f"{simulator.admin_key[:10]}...{simulator.admin_key[-4:]}",
    }
    return {
        "users": [OWNER],
        "admin_api_keys": [{**own, **mine}, key("audit", 60, used=40), key("audit", 20, used=1), key("other", 1)],
    }


def admin(**more: Any) -> TASK:
    return module("admin_api_key", **more)


def test_the_key_in_use_is_never_revoked(ansible: Ansible) -> None:
    organized = admin_organization(ansible.simulator)
    tasks = {"by id": admin(key_id="key_mine", state="absent"), "by name": admin(name="mine", state="absent")}
    both = {**tasks, **{f"{name}, predicted": {**task, "check_mode": True} for name, task in tasks.items()}}
    run = play_alike(ansible, attempts(both), organization=organized)
    assert [("this very task uses it" in message) for message in messages(run).values()] == [True] * 4
    assert run.writes == []


def test_the_key_in_use_stays_when_its_series_is_cleaned_up(ansible: Ansible) -> None:
    ansible.simulator.reset(admin_organization(ansible.simulator, name="audit", created_at=NOW - 90 * DAY))
    task: TASK = {**admin(name="audit", previous="revoke"), "no_log": True, "register": "made"}
    fact = {"name": "seen", "set_fact": {"seen": "{{ made }}"}}
    run = ansible.play([{"name": "clean up", **task}, fact])
    result = seen(run, "seen")
    assert ids(result["revoked"]) == ["key_audit_60"]
    assert ids(result["previous"]) == ["key_mine"]
    assert result["warnings"] == ["Key key_mine is not revoked: this very task uses it as its admin key."]


def test_admin_keys_rotate(ansible: Ansible) -> None:
    ansible.simulator.reset(admin_organization(ansible.simulator))
    task: TASK = {**admin(name="audit", rotate_after_days=15, previous="revoke"), "no_log": True, "register": "made"}
    tasks: list[TASK] = []
    gone = "{{ made.revoked | map(attribute='id') | list }}"
    for name in "issue", "revoke", "nothing":
        tasks += [{"name": f"run {name}", **task}, {"name": name, "debug": {"msg": gone}}]
    run = ansible.play(tasks)
    assert run.status == 0, run.output
    assert [len(run_of(run, name).writes) for name in ("issue", "revoke", "nothing")] == [1, 2, 0]
    assert run["revoke"].result["msg"] == ["key_audit_60", "key_audit_20"]


# What is refused before the first request


REFUSED = {
    "seen by everybody": deploy(),
    "admin, seen by everybody": admin(name="audit"),
    "no owner": module("project_api_key", project="search-prod", name="deploy"),
    "no owner of what goes": module("project_api_key", project="search-prod", name="deploy", state="absent"),
    "no name": module("project_api_key", project="search-prod", service_account="api"),
    "an id to be there": {**module("project_api_key", project="search-prod", api_key_id="key_1"), "no_log": False},
    "an admin key's id to be there": admin(key_id="key_1"),
    "two lives": deploy(expires_in_days=1, expires_in_seconds=1),
    "too long a life": deploy(expires_in_days=366),
    "no life": deploy(expires_in_seconds=0),
    "no time": deploy(rotate_after_days=0),
    "life of what goes": deploy(state="absent", expires_in_days=1),
    "a stored one that does not count": deploy(stored_key_id="key_1"),
    "a stored one that is not known": deploy(current="stored"),
    "a stored one that goes": deploy(state="absent", current="stored", stored_key_id="key_1"),
    "a path for what goes": deploy(state="absent", api_key_path="/nowhere"),
    "life without a key": module("service_account", project="search-prod", name="api", expires_in_days=1),
}
WORDS = {
    "seen by everybody": "no_log: true",
    "admin, seen by everybody": "no_log: true",
    "no owner": "one of these is required: service_account, service_account_id",
    "no owner of what goes": "one of these is required: service_account, service_account_id",
    "no name": "one of these is required: name, api_key_id",
    "an id to be there": "api_key_id names one key",
    "an admin key's id to be there": "key_id names one key",
    "two lives": "expires_in_seconds and expires_in_days exclude each other",
    "too long a life": "expires_in_days must be at most 365, not 366",
    "no life": "expires_in_seconds must be at least 1, not 0",
    "no time": "rotate_after_days must be at least 1, not 0",
    "life of what goes": "expires_in_days needs state: present",
    "a stored one that does not count": "stored_key_id needs current: stored",
    "a stored one that is not known": "current: stored needs stored_key_id or api_key_path, and state: present",
    "a stored one that goes": "current: stored needs stored_key_id or api_key_path, and state: present",
    "a path for what goes": "api_key_path needs state: present",
    "life without a key": "expires_in_days needs create_api_key: true",
}


def test_bad_tasks_are_refused_before_the_first_request(ansible: Ansible) -> None:
    run = play_alike(ansible, attempts(REFUSED), organization=organization())
    said = messages(run)
    assert {name: words in said.get(name, "") for name, words in WORDS.items()} == dict.fromkeys(REFUSED, True), said
    assert [task.requests for task in run.tasks if task.requests] == []


def test_accounts_that_are_not_there(ansible: Ansible) -> None:
    """By name, an earlier task may create them; an id is a mistake."""
    by_name = {"service_account": "none"}
    by_id = {"service_account": None, "service_account_id": "svc_none"}
    empty = {"service_account": None, "service_account_id": ""}
    ansible.simulator.reset(organization())
    tasks: list[TASK] = []
    for name, owner in {"by name": by_name, "by id": by_id, "empty": empty}.items():
        for how, mode in {"real": False, "check": True}.items():
            task = {"name": f"run {name} {how}", **hidden(**owner), "check_mode": mode, "ignore_errors": True}
            tasks += [task, {"name": f"{name} {how}", "set_fact": {"seen": "{{ made }}"}}]
    tasks.append({"name": "gone", **deploy(state="absent", service_account="none")})
    run = ansible.play(tasks)
    assert run.writes == []
    assert "Service account 'none' of project 'search-prod' does not exist" in seen(run, "by name real")["msg"]
    assert seen(run, "by name check")["changed"]
    assert seen(run, "by name check")["project_api_key"]["service_account"] == "none"
    assert len(seen(run, "by name check")["warnings"]) == 1
    assert "There is no service account svc_none" in seen(run, "by id real")["msg"]
    assert seen(run, "by id check")["failed"]
    assert seen(run, "empty real")["failed"]
    assert seen(run, "empty check")["changed"]
    assert not run["gone"].changed


def test_two_accounts_of_a_name_are_an_error(ansible: Ansible) -> None:
    organized = organization(key("deploy", 1), key("deploy", 2, service_account="svc_twin"))
    organized["projects"][0]["service_accounts"].append({"name": "api", "id": "svc_twin"})
    organized["projects"][0]["api_keys"][0]["service_account"] = "svc_api"
    run = play_alike(ansible, attempts({"twins": deploy(state="absent")}), organization=organized)
    assert "svc_api" in messages(run)["twins"]
    assert "svc_twin" in messages(run)["twins"]
    assert run.writes == []
