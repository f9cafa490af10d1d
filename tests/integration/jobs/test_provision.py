# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The main job: community.openai_admin.provision, as people run it."""

from __future__ import annotations

import json
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
import yaml
from integration.playbooks import Ansible, PlaybookRun, planted
from integration.predictions import foreseeable
from simulator import Simulator, running

CHECKOUT = Path(__file__).parents[3]
DECLARATION = CHECKOUT / "playbooks" / "vars" / "sample_organization.yml"
EMPTY = yaml.safe_load((CHECKOUT / "tests" / "demo" / "organization.yml").read_text(encoding="utf-8"))


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


def changes(run: PlaybookRun) -> list[dict[str, Any]]:
    """What the playbook changed, or would change, in order."""
    return list(run["Bring the organization into the declared state"].result["changes"])


def wrong_predictions(predicted: PlaybookRun, real: PlaybookRun) -> list[str]:
    """Where a change comes out otherwise than predicted, as far as a prediction can know it."""
    found = []
    for before, after in zip_longest(changes(predicted), changes(real), fillvalue={}):
        foreseen = foreseeable(before, after)
        found += [
            f"{before.get('kind')}: {name}"
            for name in sorted({*before, *after})
            if foreseen[0].get(name) != foreseen[1].get(name)
        ]
    return found


@pytest.mark.matrix
def test_check_mode_predicts_the_whole_playbook_from_nothing(empty: Ansible) -> None:
    predicted = provision(empty, "--check")
    assert predicted.status == 0, predicted.output
    assert predicted.writes == []
    real = provision(empty)
    assert real.status == 0, real.output
    assert wrong_predictions(predicted, real) == []
    assert len(changes(real)) == 68
    assert "68 objects changed." in real.output
    assert "68 objects would change." in predicted.output


@pytest.mark.matrix
def test_the_second_run_changes_nothing(empty: Ansible) -> None:
    provision(empty)
    again = provision(empty)
    assert again.status == 0, again.output
    assert again.writes == []
    assert changes(again) == []
    assert "Nothing changed: all is as declared." in again.output


def test_a_wrong_prediction_would_be_noticed(simulator: Simulator, tmp_path: Path) -> None:
    tree = planted(
        tmp_path,
        "plugins/module_utils/_core/plan.py",
        "return Done(todo.after, NOTHING",
        "return Done(todo.after and {**todo.after, 'role': 'member'}, NOTHING",
    )
    simulator.reset(EMPTY)
    predicted = provision(Ansible(simulator, tmp_path, collections=tree), "--check")
    real = provision(Ansible(simulator, tmp_path))
    assert predicted.status == real.status == 0
    found = wrong_predictions(predicted, real)
    assert "project_user: after" in found


def test_a_write_in_check_mode_would_be_noticed(simulator: Simulator, tmp_path: Path) -> None:
    right = "return predict() if mode.check else apply()"
    tree = planted(tmp_path, "plugins/module_utils/_core/mode.py", right, "return apply()")
    simulator.reset(EMPTY)
    assert provision(Ansible(simulator, tmp_path, collections=tree), "--check").writes != []


def test_projects_are_listed_once_and_once_more_for_new_names(quickly: Ansible) -> None:
    assert listings(provision(quickly)) == 2  # the second time for archived projects of these names
    assert listings(provision(quickly, "--check")) == 1


def listings(run: PlaybookRun) -> int:
    """How often projects were listed."""
    asked = [(request["method"], request["route"]) for task in run.tasks for request in task.requests]
    return asked.count(("GET", "/organization/projects"))


def test_how_long_it_may_take_is_said_before(quickly: Ansible) -> None:
    assert (
        "Reading needs about 50 requests. At 10 a minute and route, that takes less than a minute"
        in provision(quickly).output
    )


def test_an_audit_shows_exactly_what_somebody_else_changed(quickly: Ansible) -> None:
    provision(quickly)
    drift(quickly.simulator)
    audit = provision(quickly, "--check")
    assert audit.writes == []
    person, limit = changes(audit)
    assert person["before"] == {"email": "search-dev@example.com", "role": "owner"}
    assert person["after"] == {"email": "search-dev@example.com", "role": "member"}
    tokens = {"model": "gpt-5", "max_tokens_per_1_minute": 800000}
    assert limit["before"] == {**tokens, "max_requests_per_1_minute": 9000}
    assert limit["after"] == {**tokens, "max_requests_per_1_minute": 2000}
    assert [
        each["before_header"] for each in audit["Bring the organization into the declared state"].result["diff"]
    ] == [
        "project user 'search-dev@example.com' of project 'search-prod'",
        "rate limit 'gpt-5' of project 'search-prod'",
    ]
    repair = provision(quickly)
    assert wrong_predictions(audit, repair) == []
    assert provision(quickly).writes == []


def test_both_ways_give_the_same(simulator: Simulator, tmp_path: Path) -> None:
    results = []
    for in_process in True, False:
        simulator.reset({**EMPTY, "behaviour": {"clock": 1_800_000_000}})
        run = provision(Ansible(simulator, tmp_path, in_process))
        results.append([foreseeable(each)[0] for each in changes(run)])
    assert results[0] == results[1]


@pytest.mark.parametrize(
    ("declaration", "words"),
    [
        ("{}", "openai_admin_organization is not set"),
        (
            "{openai_admin_organization: {projects: [], proects: []}}",
            "proects is not an option. Did you mean projects?",
        ),
    ],
)
def test_a_declaration_that_cannot_be_carried_out_is_refused(ansible: Ansible, declaration: str, words: str) -> None:
    run = ansible.run("community.openai_admin.provision", "-e", declaration)
    assert run.status != 0
    assert words in run.output
    assert run.writes == []


def test_a_declaration_may_hold_whatever_the_module_takes() -> None:
    tasks = CHECKOUT / "roles" / "organization" / "tasks"
    (apply,) = yaml.safe_load((tasks / "apply.yml").read_text(encoding="utf-8"))
    given = dict(apply["community.openai_admin.organization"])
    assert given.pop("src") == "{{ openai_admin_declaration_src | default(omit, true) }}"
    of_plans = {name: given.pop(name) for name in ("plan", "apply", "plan_max_age", "plan_sha256")}
    assert all("openai_admin_saved_plan" in value for value in of_plans.values())
    assert given == {"declaration": "{{ openai_admin_declared }}"}


def test_what_was_reviewed_is_applied_or_nothing(ansible: Ansible, tmp_path: Path) -> None:
    ansible.simulator.reset(EMPTY)
    plan = tmp_path / "plan.json"
    planned = provision(ansible, "--check", "-e", f"openai_admin_plan={plan}")
    assert planned.status == 0, planned.output
    sha256 = json.loads(plan.read_text(encoding="ascii"))["sha256"]
    assert f"Plan: SHA-256 {sha256}" in planned.output
    text = plan.read_text(encoding="ascii")
    plan.write_text(text.replace("search-prod", "search-test"), encoding="ascii")
    edited = provision(ansible, "-e", f"openai_admin_apply={plan}")
    assert edited.status != 0
    assert "was changed after it was written" in edited.output
    unplanned = provision(ansible, "-e", "openai_admin_plan_sha256=none")
    assert unplanned.status != 0
    assert "The audit could not plan the changes" in unplanned.output
    assert ansible.simulator.requests(writes=True) == []
    plan.write_text(text, encoding="ascii")
    done = provision(ansible, "-e", f"openai_admin_apply={plan}", "-e", "openai_admin_plan_max_age=8h")
    assert done.status == 0, done.output
    assert len(changes(done)) == len(changes(planned))


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


def test_several_organizations_are_hosts_of_a_group(quickly: Ansible, tmp_path: Path) -> None:
    """Each with its own key and declaration, in one run."""
    with running(admin_key="sk-admin-the-other-one", organization=EMPTY) as other:
        hosts = {
            "prod": {
                "openai_admin_base_url": quickly.simulator.url,
                "openai_admin_key": quickly.simulator.admin_key,
                "openai_admin_organization": {"projects": [{"name": "of-prod"}]},
            },
            "test": {
                "openai_admin_base_url": other.url,
                "openai_admin_key": other.admin_key,
                "openai_admin_organization": {"projects": [{"name": "of-test"}]},
            },
        }
        inventory = tmp_path / "inventory.yml"
        inventory.write_text(yaml.safe_dump({"organizations": {"hosts": hosts}}), encoding="utf-8")
        playbook = "community.openai_admin.provision"
        run = quickly.run(playbook, "-i", str(inventory), "-e", "openai_admin_hosts=organizations", OPENAI_ADMIN_KEY="")
        assert run.status == 0, run.output
        assert names(quickly.simulator) == ["Default project", "of-prod"]
        assert names(other) == ["Default project", "of-test"]
        assert other.admin_key not in run.output


def names(simulator: Simulator) -> list[str]:
    return [project["name"] for project in simulator.state()["projects"]]
