# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The main job: community.openai_admin.provision, as people run it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from integration.playbooks import Ansible, PlaybookRun, planted
from integration.predictions import differences
from simulator import Simulator

CHECKOUT = Path(__file__).parents[2]
DECLARATION = CHECKOUT / "playbooks" / "vars" / "sample_organization.yml"
EMPTY = yaml.safe_load((CHECKOUT / "tests" / "demo" / "organization.yml").read_text(encoding="utf-8"))
KINDS = {
    "Projects": "project",
    "People": "project_user",
    "Service accounts": "service_account",
    "Rate limits": "rate_limit",
}


@pytest.fixture
def empty(both_ways: Ansible) -> Ansible:
    """An organization of people, without a project but the default one."""
    both_ways.simulator.reset(EMPTY)
    return both_ways


@pytest.fixture
def quickly(ansible: Ansible) -> Ansible:
    """The same, in the controller alone."""
    ansible.simulator.reset(EMPTY)
    return ansible


def provision(ansible: Ansible, *options: str) -> PlaybookRun:
    return ansible.run("community.openai_admin.provision", "-e", f"@{DECLARATION}", "--diff", *options)


def items(run: PlaybookRun) -> Iterator[tuple[str, dict[str, Any]]]:
    """Kind and result of each object that the playbook declares, in order."""
    for name, kind in KINDS.items():
        for result in run[name].result["results"]:
            yield kind, result


def wrong_predictions(predicted: PlaybookRun, real: PlaybookRun) -> list[str]:
    pairs = zip(items(predicted), items(real), strict=True)
    return [f"{kind}: {what}" for (kind, before), (dummy, after) in pairs for what in differences(kind, before, after)]


@pytest.mark.matrix
def test_check_mode_predicts_the_whole_playbook_from_nothing(empty: Ansible) -> None:
    predicted = provision(empty, "--check")
    assert predicted.status == 0, predicted.output
    assert predicted.writes == []
    real = provision(empty)
    assert real.status == 0, real.output
    assert wrong_predictions(predicted, real) == []
    assert all(result["changed"] for dummy, result in items(real))


@pytest.mark.matrix
def test_the_second_run_changes_nothing(empty: Ansible) -> None:
    provision(empty)
    again = provision(empty)
    assert again.status == 0, again.output
    assert again.writes == []
    assert not any(result["changed"] for dummy, result in items(again))


def test_a_wrong_prediction_would_be_noticed(simulator: Simulator, tmp_path: Path) -> None:
    tree = planted(
        tmp_path,
        "plugins/module_utils/_plan.py",
        "return Done(todo.after, NOTHING",
        "return Done(todo.after and {**todo.after, 'role': 'member'}, NOTHING",
    )
    simulator.reset(EMPTY)
    predicted = provision(Ansible(simulator, tmp_path, collections=tree), "--check")
    real = provision(Ansible(simulator, tmp_path))
    assert predicted.status == real.status == 0
    found = wrong_predictions(predicted, real)
    assert any(what.startswith("project_user: role") for what in found)
    assert any(what.startswith("rate_limit: keys") for what in found)


def test_a_write_in_check_mode_would_be_noticed(simulator: Simulator, tmp_path: Path) -> None:
    right = "return predict() if mode.check else apply()"
    tree = planted(tmp_path, "plugins/module_utils/_mode.py", right, "return apply()")
    simulator.reset(EMPTY)
    assert provision(Ansible(simulator, tmp_path, collections=tree), "--check").writes != []


def test_projects_are_listed_for_projects_alone(quickly: Ansible) -> None:
    assert listings(provision(quickly)) == {"Projects": 3 + 3}  # each is looked for among archived ones once more
    assert listings(provision(quickly, "--check")) == {"Projects": 3}


def listings(run: PlaybookRun) -> Counter[str]:
    """How often projects were listed, by task."""
    return Counter(
        task.name
        for task in run.tasks
        for request in task.requests
        if (request["method"], request["route"]) == ("GET", "/organization/projects")
    )


def test_an_audit_shows_exactly_what_somebody_else_changed(quickly: Ansible) -> None:
    provision(quickly)
    drift(quickly.simulator)
    audit = provision(quickly, "--check")
    assert audit.writes == []
    drifted = [(kind, result["diff"]) for kind, result in items(audit) if result["changed"]]
    assert [kind for kind, dummy in drifted] == ["project_user", "rate_limit"]
    (dummy, person), (dummy, limit) = drifted
    assert person["before"] == {"email": "search-dev@example.com", "role": "owner"}
    assert person["after"] == {"email": "search-dev@example.com", "role": "member"}
    tokens = {"model": "gpt-5", "max_tokens_per_1_minute": 800000}
    assert limit["before"] == {**tokens, "max_requests_per_1_minute": 9000}
    assert limit["after"] == {**tokens, "max_requests_per_1_minute": 2000}
    repair = provision(quickly)
    assert wrong_predictions(audit, repair) == []
    assert provision(quickly).writes == []


def test_both_ways_give_the_same(simulator: Simulator, tmp_path: Path) -> None:
    results = []
    for in_process in True, False:
        simulator.reset({**EMPTY, "behaviour": {"clock": 1_800_000_000}})
        run = provision(Ansible(simulator, tmp_path, in_process))
        results.append([(kind, ours(result)) for kind, result in items(run)])
    assert results[0] == results[1]


@pytest.mark.parametrize(
    ("declaration", "words"),
    [
        ("{}", "openai_admin_organization is not set"),
        ("{openai_admin_organization: {projects: [], groups: []}}", "can only hold projects yet, not groups"),
    ],
)
def test_a_declaration_that_cannot_be_carried_out_is_refused(ansible: Ansible, declaration: str, words: str) -> None:
    run = ansible.run("community.openai_admin.provision", "-e", declaration)
    assert run.status != 0
    assert words in run.output
    assert run.writes == []


def test_an_archived_project_needs_no_children(ansible: Ansible) -> None:
    declared = {"openai_admin_organization": {"projects": [
        {"name": "image-studio", "state": "archived", "users": [{"email": "ada@example.com"}]},
    ]}}  # fmt: skip
    run = ansible.run("community.openai_admin.provision", "-e", yaml.safe_dump(declared, default_flow_style=True))
    assert run.status == 0, run.output
    assert [write["route"] for write in run.writes] == ["/organization/projects/{project_id}/archive"]


def drift(simulator: Simulator) -> None:
    """What somebody else does: a member made owner, a limit raised."""
    state = simulator.state()
    project = next(project for project in state["projects"] if project["name"] == "search-prod")
    next(user for user in project["users"] if user["email"] == "search-dev@example.com")["role"] = "owner"
    next(limit for limit in project["rate_limits"] if limit["model"] == "gpt-5")["max_requests_per_1_minute"] = 9000
    simulator.reset(state)


def ours(result: dict[str, Any]) -> dict[str, Any]:
    """A result without what ansible-core adds to it."""
    return {
        name: value for name, value in result.items() if not name.startswith("_ansible") and name != "ansible_loop_var"
    }
