# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Saved plans: check mode writes one, and a real run applies exactly its changes or nothing."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from ansible_collections.community.openai_admin.plugins.module_utils._organization.saved_plan import digest
from integration.direct import perform
from integration.playbooks import Ansible, module
from jsonschema_rs import Draft202012Validator
from simulator import Simulator
from tools.project import ROOT

WORLD: dict[str, Any] = {
    "name": "example-org",
    "users": [
        {"email": "owner@example.com", "role": "owner"},
        *({"email": f"{name}@example.com"} for name in ("lead", "dev", "old")),
    ],
    "projects": [
        {
            "name": "search",
            "id": "proj_search",
            "users": [{"email": "lead@example.com", "role": "member"}, {"email": "old@example.com"}],
        }
    ],
}
DECLARED: dict[str, Any] = {
    "projects": [
        {
            "name": "search",
            "purge": ["users"],
            "users": [{"email": "lead@example.com", "role": "owner"}, {"email": "dev@example.com"}],
            "service_accounts": [{"name": "api"}],
        },
        {"name": "new", "users": [{"email": "dev@example.com"}], "service_accounts": [{"name": "bot"}]},
    ]
}
SCHEMA: dict[str, Any] = json.loads((ROOT / "docs" / "schemas" / "plan.json").read_text(encoding="utf-8"))


@pytest.fixture
def world(simulator: Simulator) -> Simulator:
    """A simulator with a project in which four things differ from the declaration."""
    simulator.reset(WORLD)
    return simulator


def save(simulator: Simulator, path: Path, **declared: Any) -> dict[str, Any]:
    """Write a plan, and return its content."""
    perform(simulator, "organization", check=True, plan=str(path), **(declared or DECLARED))
    content: dict[str, Any] = json.loads(path.read_text(encoding="ascii"))
    return content


def refusal(simulator: Simulator, check: bool = False, **options: Any) -> str:
    """Return the message of a task that is refused, after which nothing was written."""
    before = len(simulator.requests(writes=True))
    with pytest.raises(AdminError) as caught:
        perform(simulator, "organization", check=check, **{**DECLARED, **options})
    assert len(simulator.requests(writes=True)) == before
    return caught.value.message


def edited(path: Path, seal: bool = False, **values: Any) -> None:
    """Change the content of a plan; C(seal): with the checksum of the new content."""
    content = {**json.loads(path.read_text(encoding="ascii")), **values}
    if seal:
        content.pop("checksum")
        content["checksum"] = digest(content)
    path.write_text(json.dumps(content), encoding="ascii")


def test_check_mode_writes_what_it_predicts(world: Simulator, tmp_path: Path) -> None:
    plan = save(world, tmp_path / "plan.json")
    Draft202012Validator(SCHEMA).validate(plan)
    assert plan["organization"] == "example-org"
    assert sorted((row["action"], row["kind"], row["project"], row["name"]) for row in plan["changes"]) == [
        ("add", "project_user", "new", "dev@example.com"),
        ("add", "project_user", "search", "dev@example.com"),
        ("create", "project", None, "new"),
        ("create", "service_account", "new", "bot"),
        ("create", "service_account", "search", "api"),
        ("remove", "project_user", "search", "old@example.com"),
        ("update", "project_user", "search", "lead@example.com"),
    ]
    assert (tmp_path / "plan.json").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]


def test_the_same_changes_have_the_same_hash(world: Simulator, tmp_path: Path) -> None:
    first = save(world, tmp_path / "one.json")
    again = save(world, tmp_path / "two.json", projects=DECLARED["projects"], workers=2, purge_projects=False)
    assert again["sha256"] == first["sha256"]
    other = save(world, tmp_path / "two.json", projects=DECLARED["projects"], max_removals=5)
    assert other["declaration_sha256"] != first["declaration_sha256"]


def test_a_plan_is_applied_and_can_be_applied_again(world: Simulator, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    plan = save(world, path)
    done = perform(world, "organization", apply=str(path), plan_sha256=plan["sha256"], plan_max_age="8h", **DECLARED)
    assert len(done.returns["changes"]) == len(plan["changes"])
    again = perform(world, "organization", apply=str(path), **DECLARED)
    assert not again.changed


def test_applying_costs_no_more_requests(world: Simulator, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    save(world, path)
    world.reset(WORLD)
    expected = perform(world, "organization", **DECLARED).returns["requests"]
    world.reset(WORLD)
    checked = perform(world, "organization", check=True, **DECLARED).returns["requests"]
    assert perform(world, "organization", check=True, plan=str(path), **DECLARED).returns["requests"] == checked
    assert perform(world, "organization", apply=str(path), **DECLARED).returns["requests"] == expected


def test_a_hash_alone_applies_these_changes(world: Simulator, tmp_path: Path) -> None:
    plan = save(world, tmp_path / "plan.json")
    other = refusal(world, plan_sha256="0" * 64)
    assert f"what differs now is the plan {plan['sha256']}, with 7 changes" in other
    assert perform(world, "organization", plan_sha256=plan["sha256"], **DECLARED).changed


def test_a_change_that_is_not_in_the_plan_refuses_everything(world: Simulator, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    plan = save(world, path)
    perform(world, "project_user", project="search", email="lead@example.com", state="absent")
    perform(world, "project_user", project="search", email="dev@example.com", role="member")
    perform(world, "project", name="new")
    perform(world, "service_account", project="search", name="api", state="present")
    message = refusal(world, apply=str(path))
    lead = next(number for number, row in enumerate(plan["changes"]) if row["name"] == "lead@example.com")
    assert message.splitlines() == [
        "The changes are not those of the plan: 1 difference. Nothing was changed. Write a new plan, and have it"
        " reviewed.",
        "- add project user 'lead@example.com' of project 'search': now nothing → "
        '{"email": "lead@example.com", "role": "owner"}, in the plan {"role": "member"} with the ID '
        f"{plan['changes'][lead]['object_id']} → "
        '{"role": "owner"}',
    ]


def test_another_declaration_is_refused(world: Simulator, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    save(world, path)
    other = [{**DECLARED["projects"][0], "purge": []}, DECLARED["projects"][1]]
    message = refusal(world, apply=str(path), projects=other)
    assert message.startswith("The plan was made for another declaration, or with other options of the task: ")


def test_a_plan_edited_by_hand_is_refused(world: Simulator, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    plan = save(world, path)
    changes = deepcopy(plan["changes"])
    changes.pop()
    edited(path, changes=changes)
    assert "was changed after it was written: its checksum does not match" in refusal(world, apply=str(path))
    edited(path, seal=True)
    assert refusal(world, apply=str(path)).startswith("The changes are not those of the plan: 1 difference.")


@pytest.mark.parametrize(
    ("values", "options", "said"),
    [
        ({"organization": "other-org"}, {}, "The plan is for the organization 'other-org', and the API answers for"),
        ({"schema": 2}, {}, "is a plan with schema 2, and this version of the collection"),
        ({"made_at": "2020-01-01T00:00:00Z"}, {"plan_max_age": "8h"}, "has expired: it is from 2020-01-01T00:00:00Z"),
        ({"declaration_sha256": "0" * 64}, {}, "The plan was made for another declaration"),
        ({}, {"plan_sha256": "0" * 64}, f"not {'0' * 64} (plan_sha256)"),
        ({}, {"plan_max_age": "soon"}, "plan_max_age must be a duration such as 90m, 8h or 2d, not 'soon'."),
        ({}, {"plan": "other.json"}, "plan and apply exclude each other."),
    ],
)
def test_what_is_not_the_plan_is_refused(
    world: Simulator, tmp_path: Path, values: dict[str, Any], options: dict[str, Any], said: str
) -> None:
    path = tmp_path / "plan.json"
    save(world, path)
    edited(path, seal=True, **values)
    assert said in refusal(world, apply=str(path), **options)


def test_a_plan_is_only_written_in_check_mode(world: Simulator, tmp_path: Path) -> None:
    assert refusal(world, plan=str(tmp_path / "plan.json")).startswith("plan is only for check mode")
    assert list(tmp_path.iterdir()) == []
    assert "does not exist" in refusal(world, check=True, plan=str(tmp_path / "nowhere" / "plan.json"))
    assert "is a directory" in refusal(world, check=True, plan=str(tmp_path))


@pytest.mark.parametrize("text", ["", "[]", "{}", "no"])
def test_a_file_that_is_no_plan_is_refused(world: Simulator, tmp_path: Path, text: str) -> None:
    path = tmp_path / "plan.json"
    path.write_text(text, encoding="ascii")
    assert "is not a plan" in refusal(world, apply=str(path))
    assert "cannot be read" in refusal(world, apply=str(tmp_path / "other.json"))


@pytest.mark.matrix
def test_relative_paths_mean_the_same_file(both_ways: Ansible, tmp_path: Path) -> None:
    both_ways.simulator.reset(WORLD)
    write = {"name": "write", **module("organization", plan="plan.json", **DECLARED), "check_mode": True}
    run = both_ways.play([write, {"name": "apply", **module("organization", apply="plan.json", **DECLARED)}])
    assert run.status == 0, run.output
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="ascii"))
    assert run["write"].result["plan_sha256"] == run["apply"].result["plan_sha256"] == plan["sha256"]


@pytest.mark.matrix
def test_the_options_are_those_of_a_task(both_ways: Ansible) -> None:
    both_ways.simulator.reset(WORLD)
    task = module("organization", declaration={**DECLARED, "plan": "plan.json"})
    run = both_ways.play([{"name": "declared", **task, "ignore_errors": True}])
    assert "plan is not an option of a declaration. Set it in the task." in run["declared"].message
