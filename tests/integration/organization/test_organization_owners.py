# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Owners of the organization own every project, whether the API lists them there or not."""

from __future__ import annotations

import pytest
from integration.playbooks import Ansible, PlaybookRun, module
from integration.scenarios import TASK, asked, attempts, control, messages, play, play_alike

OWNER = {"project_id": "proj_search", "email": "owner@example.com"}
BY_ID = {"project_id": "proj_search", "user_id": "user-owner"}
KEPT = (
    "project user 'owner@example.com' of project proj_search was not {}: owners of the organization own every project."
)

DECLARATIONS: dict[str, tuple[TASK, list[str]]] = {
    "owner": (module("project_user", **OWNER, role="owner"), []),
    "no role": (module("project_user", **OWNER), []),
    "another role": (module("project_user", **OWNER, role="member"), [KEPT.format("made member")]),
    "in another case": (
        module("project_user", project_id="proj_search", email="Owner@Example.com", role="member"),
        [KEPT.format("made member").replace("owner@example.com", "Owner@Example.com")],
    ),
    "gone": (module("project_user", **OWNER, state="absent"), [KEPT.format("removed")]),
}


def play_with_owners(ansible: Ansible, listed: bool, tasks: dict[str, TASK], *options: str) -> PlaybookRun:
    behave = control("list owners or not", "behaviour", {"owners_in_projects": listed})
    return play(ansible, [behave, *attempts(tasks)], *options)


@pytest.mark.parametrize("options", [("--diff",), ("--check", "--diff")], ids=["run", "check"])
@pytest.mark.parametrize("listed", [True, False], ids=["listed", "not listed"])
def test_whatever_a_task_declares_of_an_owner_is_unchanged(
    listed: bool, options: tuple[str, ...], ansible: Ansible
) -> None:
    tasks = {name: task for name, (task, unused_warnings) in DECLARATIONS.items()}
    run = play_with_owners(ansible, listed, tasks, *options)
    assert messages(run) == {}
    assert run.writes == []
    for name, (unused_task, warnings) in DECLARATIONS.items():
        if (listed, name) == (False, "gone"):
            warnings = []  # who is not listed and shall not be there is looked up nowhere
        assert not run[name].changed, name
        assert run[name].warnings == warnings
        assert run[name].result["diff"]["before"] == run[name].result["diff"]["after"]


def test_modules_leave_owners_alone_just_the_same(ansible: Ansible) -> None:
    run = play_alike(ansible, attempts({name: task for name, (task, unused_warnings) in DECLARATIONS.items()}))
    assert messages(run) == {}


@pytest.mark.parametrize("listed", [True, False], ids=["listed", "not listed"])
def test_an_owner_comes_back_as_owner_of_the_project(listed: bool, ansible: Ansible) -> None:
    run = play_with_owners(ansible, listed, {"another role": module("project_user", **OWNER, role="member")})
    user = run["another role"].result["project_user"]
    assert (user["id"], user["email"], user["role"]) == ("user-owner", "owner@example.com", "owner")
    assert user["project_id"] == "proj_search"


def test_an_owner_who_is_listed_is_known_by_id_too(ansible: Ansible) -> None:
    tasks = {
        "another role": module("project_user", **BY_ID, role="member"),
        "gone": module("project_user", **BY_ID, state="absent"),
    }
    run = play_with_owners(ansible, True, tasks)
    assert messages(run) == {}
    assert [len(run[name].warnings) for name in tasks] == [1, 1]
    assert run.writes == []


def test_an_owner_who_is_not_listed_and_is_named_by_id_is_refused_by_the_api(ansible: Ansible) -> None:
    """Adding by id takes two requests and looks nobody up: that this is an owner, only the server knows."""
    run = play_with_owners(ansible, False, {"owner": module("project_user", **BY_ID, role="owner")})
    assert run["owner"].failed
    assert "User user-owner already exists in project" in run["owner"].message
    assert not run["owner"].changed


@pytest.mark.parametrize("listed", [True, False], ids=["listed", "not listed"])
def test_who_owns_the_project_alone_can_be_demoted_and_removed(listed: bool, ansible: Ansible) -> None:
    dev = {"project_id": "proj_search", "email": "dev@example.com"}
    tasks = {
        "promote": module("project_user", **dev, role="owner"),
        "demote": module("project_user", **dev, role="member"),
        "remove": module("project_user", **dev, state="absent"),
    }
    run = play_with_owners(ansible, listed, tasks)
    assert [run[name].changed for name in tasks] == [True, True, True]
    assert [task.warnings for task in run.tasks] == [[]] * len(run.tasks)


def test_owners_are_only_looked_for_where_they_can_matter(ansible: Ansible) -> None:
    dev = module("project_user", project_id="proj_search", email="dev@example.com", role="member")
    run = play_with_owners(ansible, True, {"a member": dev})
    assert asked(run) == ["GET /organization/projects/proj_search/users"]
