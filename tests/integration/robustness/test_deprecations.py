# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Nothing that ansible-core has deprecated is called; what this collection deprecates is told, both ways alike."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from integration.playbooks import DEPRECATION, Ansible, PlaybookRun, module, planted
from integration.scenarios import SEARCH, TASK, messages, play, play_alike
from simulator import Authority

REPRESENTATIVE: dict[str, TASK] = {
    "read": module("project_info", include_archived=True),
    "read the people": module("user_info"),
    "predict": {**module("project", name="new"), "check_mode": True},
    "create": module("project", name="new"),
    "again": module("project", name="new"),
    "a key": {**module("service_account", **SEARCH, name="new", create_api_key=True), "no_log": True},
    "a limit": module("rate_limit", **SEARCH, model="gpt-5", max_requests_per_1_minute=7),
    "a certificate": module("certificate", name="gateway", content=Authority("gateway").certificate()),
    "a report": module("usage_info", kind="completions", since="1d"),
    "whole": module("organization", projects=[{"name": "declared", "users": [{"email": "dev@example.com"}]}]),
    "whole again": module("organization", projects=[{"name": "declared", "users": [{"email": "dev@example.com"}]}]),
    "all of it": module("organization_info"),
    "refused": module("project", project_id="proj_default", name="renamed"),
    "wrong": module("project", nmae="x"),
    "not there": module("project_user", **SEARCH, email="nobody@example.com"),
    "an admin key as an option": module(
        "user_info", admin_key="{{ lookup('ansible.builtin.env', 'OPENAI_ADMIN_KEY') }}"
    ),
}


def representative(ansible: Ansible, folder: Path) -> tuple[PlaybookRun, dict[str, Any]]:
    """Play tasks of all kinds; what later tasks get of their results comes back as well."""
    kept = folder / "kept.json"
    names = {name: f"result_{number}" for number, name in enumerate(REPRESENTATIVE)}
    tasks: list[TASK] = [
        {"name": name, **task, "register": names[name], "ignore_errors": True} for name, task in REPRESENTATIVE.items()
    ]
    gathered = "{{ [" + ", ".join(f"{name}.deprecations | default([])" for name in names.values()) + "] | to_json }}"
    tasks.append({"name": "keep", "copy": {"content": gathered, "dest": str(kept), "mode": "0600"}})
    run = play(ansible, tasks, "--diff", "-v", ANSIBLE_INJECT_INVOCATION="true")
    assert set(messages(run)) == {"refused", "wrong", "not there"}, run.output
    return run, dict(zip(REPRESENTATIVE, json.loads(kept.read_text(encoding="utf-8")), strict=True))


@pytest.mark.series(1)
@pytest.mark.matrix
def test_nothing_deprecated_is_called(both_ways: Ansible, tmp_path: Path) -> None:
    run, kept = representative(both_ways, tmp_path)
    assert DEPRECATION not in run.output
    assert [task.name for task in run.tasks if "deprecations" in task.result] == []
    assert {name: told for name, told in kept.items() if told} == {}


def test_a_call_of_something_deprecated_is_noticed(ansible: Ansible, tmp_path: Path) -> None:
    call = '        Display().deprecated("It is old", version="2.99", collection_name="ansible.builtin")\n'
    line = "        gc.freeze()"
    calls = planted(tmp_path, "plugins/plugin_utils/_action.py", line, call + line)
    with pytest.raises(AssertionError, match="It is old"):
        representative(replace(ansible, collections=calls, in_process=True), tmp_path)


OLD = """\
        "organization_id": option(
            env="OPENAI_ORG_ID",
            aliases=["org", "organisation"],
            removed_in_version="9.0.0",
            removed_from_collection="community.openai_admin",
            deprecated_aliases=[
                {"name": "organisation", "date": "2030-01-31", "collection_name": "community.openai_admin"}
            ],
        ),
        "nested": option(
            "dict",
            options={
                "part": option(
                    aliases=["piece"],
                    removed_at_date="2031-01-31",
                    removed_from_collection="community.openai_admin",
                ),
                "key": option(
                    no_log=True,
                    removed_in_version="9.0.0",
                    removed_from_collection="community.openai_admin",
                ),
            },
        ),
"""
"""Options of a later version, in which some are deprecated."""

DEPRECATED: dict[str, TASK] = {
    "an option": module("project_info", organization_id="org-x"),
    "an alias": module("project_info", organisation="org-x"),
    "an option and its alias": module("project_info", organization_id="org-x", org="org-x"),
    "a part": module("project_info", nested={"part": "x"}),
    "a part and its alias": module("project_info", nested={"part": "x", "piece": "x"}),
    "a secret": module("project_info", nested={"key": "a secret of some length"}),
    "and a mistake": module("project_info", organization_id="org-x", max_results="many"),
    "and a refusal": module("project", organization_id="org-x", project_id="proj_default", name="renamed"),
    "and a warning": module("project_user", **SEARCH, email="owner@example.com", role="member", organisation="org-x"),
    "none of them": module("project_info"),
}


@pytest.mark.matrix
def test_deprecations_and_warnings_of_options_are_told_both_ways(ansible: Ansible, tmp_path: Path) -> None:
    later = planted(
        tmp_path,
        "plugins/module_utils/_core/options.py",
        '        "organization_id": option(env="OPENAI_ORG_ID"),\n',
        OLD,
    )
    tasks: list[TASK] = [{"name": name, **task, "ignore_errors": True} for name, task in DEPRECATED.items()]
    run = play_alike(replace(ansible, collections=later, may_deprecate=True), tasks, ANSIBLE_NOCOLOR="true")
    assert set(messages(run)) == {"and a mistake", "and a refusal"}
    told = {
        task.name: [(each["msg"].split(" is ")[0], each.get("version"), each.get("date")) for each in old]
        for task in run.tasks
        if (old := task.result.get("deprecations"))
    }
    option = ("Param 'organization_id'", "9.0.0", None)
    part = ("Param 'nested[\"part\"]'", None, "2031-01-31")
    assert told == {
        "an option": [option],
        "an alias": [("Alias 'organisation'", None, "2030-01-31"), option],
        "an option and its alias": [option],
        "a part": [part],
        "a part and its alias": [part],
        "a secret": [("Param 'nested[\"key\"]'", "9.0.0", None)],
        "and a mistake": [option],
        "and a refusal": [option],
        "and a warning": [("Alias 'organisation'", None, "2030-01-31"), option],
    }
    assert run["an option and its alias"].warnings == ["Both option organization_id and its alias org are set."]
    assert run["a part and its alias"].warnings == ["Both option nested.part and its alias nested.piece are set."]
    assert len(run["and a warning"].warnings) == 1
    assert run.output.replace("\n", " ").count("Param 'organization_id' is deprecated") >= 1


@pytest.mark.matrix
def test_a_cost_center_beside_the_options_of_a_project_is_told_both_ways(ansible: Ansible) -> None:
    tasks: list[TASK] = [
        {"name": "old", **module("organization", projects=[{"name": "search-prod", "cost_center": "CC-1"}])},
        {"name": "new", **module("organization", projects=[{"name": "search-prod", "attributes": {"cost_center": 1}}])},
    ]
    run = play_alike(replace(ansible, may_deprecate=True), tasks, ANSIBLE_NOCOLOR="true")
    (told,) = run["old"].result["deprecations"]
    assert told["msg"].startswith("cost_center of projects[0] is an option of the project. Move it into")
    assert (told["version"], told["collection_name"]) == ("2.0.0", "community.openai_admin")
    assert [task.name for task in run.tasks if task.failed or task.result["changed"]] == []
    assert "deprecations" not in run["new"].result or not run["new"].result["deprecations"]
    assert "[DEPRECATION WARNING]: cost_center of projects[0]" in run.output.replace("\n", " ")


def test_a_removed_filter_names_what_to_use(ansible: Ansible) -> None:
    task = {"ansible.builtin.debug": {"msg": "{{ {} | community.openai_admin.audit_report({}, {}, {}) }}"}}
    run = ansible.play([{"name": "removed", **task, "ignore_errors": True}])
    said = " ".join(run["removed"].message.split())
    assert "Only the role community.openai_admin.audit used this filter. Include the role, which writes the" in said
