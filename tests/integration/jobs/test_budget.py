# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The job that compares costs with budgets, as people run it: verdict, messages, files and metrics."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from integration.costs_of_today import DAY, spend
from integration.playbooks import Ansible, PlaybookRun
from prometheus_client.openmetrics import parser as openmetrics
from prometheus_client.parser import text_string_to_metric_families as as_text_format

EVIL = 'a "quoted\\ {name}\n# EOF'
ORGANIZATION: dict[str, Any] = {
    "users": [{"email": "owner@example.com", "role": "owner"}, {"email": "dev@example.com", "id": "user-dev"}],
    "spend_limit": {"threshold_amount": 500_000},
    "projects": [
        {
            "name": "search",
            "id": "proj_search",
            "spend_limit": {"threshold_amount": 90_000},
            "spend_alerts": [{"threshold_amount": 40_000, "recipients": ["ops@example.com"]}],
            "users": [{"email": "dev@example.com"}],
            "api_keys": [{"name": "laptop", "id": "key_dev", "user": "dev@example.com", "created_at": "2026-01-01"}],
        },
        {"name": "chat", "id": "proj_chat"},
        {"name": EVIL, "id": "proj_evil"},
    ],
    "usage": {"since": "2090-01-01"},
}
DECLARED: dict[str, Any] = {
    "cost_centers": [{"name": "CC-1", "budget_usd": 1000, "owners": ["finance@example.com"]}],
    "projects": [
        {
            "name": "search",
            "budget_usd": "500.00",
            "attributes": {"cost_center": "CC-1"},
            "users": [{"email": "lead@example.com", "role": "owner"}],
        },
        {"name": "chat", "budget_usd": 30.5, "attributes": {"cost_center": "CC-1"}},
    ],
}


@dataclass(frozen=True)
class Done:
    run: PlaybookRun
    folder: Path

    @property
    def report(self) -> dict[str, Any]:
        return dict(json.loads((self.folder / "budget.json").read_text(encoding="utf-8")))

    @property
    def states(self) -> dict[str, str]:
        return {row["name"]: row["state"] for row in self.report["rows"]}


def budget(ansible: Ansible, dollars: dict[str | None, str], currency: str = "usd", **given: Any) -> Done:
    ansible.simulator.reset(ORGANIZATION)
    keys = {"proj_search": "key_dev"}
    spend(
        ansible.simulator, {(project, keys.get(project or "")): amount for project, amount in dollars.items()}, currency
    )
    variables = {f"openai_admin_{name}": value for name, value in {"organization": DECLARED, **given}.items()}
    path = ansible.folder / "variables.json"
    path.write_text(json.dumps(variables))
    return Done(ansible.run("community.openai_admin.budget", "-e", f"@{path}"), ansible.folder)


def test_a_budget_that_is_spent_fails_the_job_and_its_owners_get_a_message(ansible: Ansible) -> None:
    done = budget(ansible, {"proj_search": "500.005", "proj_chat": "0.10", None: "1"})
    assert done.run.status != 0
    assert "1 budget not kept: search spent." in done.run.output
    report = done.report
    rows = {row["name"]: row for row in report["rows"]}
    assert (rows["search"]["spent"], rows["search"]["percent"]) == ("500.01", "100.0")
    assert (rows["chat"]["spent"], rows["CC-1"]["spent"]) == ("0.10", "500.11")
    assert (rows["No project"]["spent"], report["spent"], report["budget"]) == ("1.00", "501.11", "1000.00")
    assert done.states["search"] == "over"
    assert (rows["search"]["spend_limit"], rows["search"]["spend_alerts"]) == ("900.00", "400.00")
    (lead,) = [each for each in report["messages"] if each["to"] == "lead@example.com"]
    assert "Project 'search' has spent 500.01 of 500.00 USD (100.0 %)" in lead["text"]
    assert "laptop of dev@example.com 500.01 USD" in lead["text"]
    stats = done.run["Pass on the statistics"].result["ansible_stats"]["data"]["openai_admin_budget"]
    assert {each["to"] for each in stats["messages"]} == {each["to"] for each in report["messages"]}
    assert {"lead@example.com", "finance@example.com"} <= {each["to"] for each in report["messages"]}


def test_budgets_that_are_kept(ansible: Ansible) -> None:
    done = budget(ansible, {"proj_search": "0.02"}, budget_fail_on="over,forecast,warning")
    assert done.run.status == 0, done.run.output
    assert done.report["verdict"] == "kept"
    assert done.report["messages"] == []


@pytest.mark.parametrize("fail_on", ["never", ["never"], "warning"])
def test_the_job_fails_only_for_what_it_is_told(fail_on: Any, ansible: Ansible) -> None:
    done = budget(ansible, {"proj_search": "5000"}, budget_fail_on=fail_on, budget_include="none")
    assert done.run.status == 0, done.run.output
    assert done.states["search"] == "over"
    assert len(done.report["messages"]) == 2


def test_costs_of_another_currency_are_not_compared(ansible: Ansible) -> None:
    done = budget(ansible, {"proj_search": "5"}, "eur", budget_fail_on="never")
    assert done.run.status != 0
    assert "There are costs in EUR, which cannot be compared with budgets in USD." in done.run.output


@pytest.mark.parametrize("amount", ["much", None])
def test_amounts_that_cannot_be_read_are_not_nothing(amount: Any, ansible: Ansible) -> None:
    done = budget(ansible, {"proj_search": amount})
    assert done.run.status != 0
    assert not (done.folder / "budget.json").exists()


def test_what_cannot_be_read_is_named(ansible: Ansible) -> None:
    ansible.simulator.reset(ORGANIZATION)
    route = "/organization/projects/{project_id}/spend_limit"
    fault = {"kind": "status", "path": route, "method": "GET", "status": 403, "message": "No.", "times": None}
    done = Done(
        ansible.run("community.openai_admin.budget", "-e", json.dumps({"openai_admin_organization": DECLARED})),
        ansible.folder,
    )
    assert done.run.status == 0, done.run.output
    ansible.simulator.fault(**fault)
    done = Done(
        ansible.run("community.openai_admin.budget", "-e", json.dumps({"openai_admin_organization": DECLARED})),
        ansible.folder,
    )
    assert done.report["verdict"] == "incomplete"
    assert [each["result"] for each in done.report["unreadable"]] == ["limits"]
    assert "openai_spend_limit_usd" not in (done.folder / "openai_costs.prom").read_text()


def test_metrics_are_what_prometheus_reads(ansible: Ansible) -> None:
    """By OpenMetrics, and by the text format of the textfile collector."""
    done = budget(ansible, {"proj_search": "500.005", "proj_evil": "3"})
    text = (done.folder / "openai_costs.prom").read_text(encoding="utf-8")
    families = {each.name: each for each in openmetrics.text_string_to_metric_families(text)}
    assert {each.type for each in families.values()} == {"gauge"}
    costs = {
        each.labels["project"]: (each.labels["cost_center"], each.value)
        for each in families["openai_costs_usd"].samples
    }
    assert costs == {"search": ("CC-1", 500.01), "chat": ("CC-1", 0.0), EVIL: ("", 3.0)}
    limits = {each.labels["project"]: each.value for each in families["openai_spend_limit_usd"].samples}
    assert limits == {"": 5000.0, "search": 900.0}
    (alert,) = families["openai_spend_alert_usd"].samples
    assert (alert.labels["project"], alert.value) == ("search", 400.0)
    (age,) = families["openai_api_key_age_seconds"].samples
    assert (age.labels["key"], age.labels["owner"]) == ("laptop", "dev@example.com")
    assert age.value > 300 * DAY
    assert {each.name for each in as_text_format(text)} == set(families)


def test_every_format_tells_the_same(ansible: Ansible) -> None:
    done = budget(ansible, {"proj_search": "500.005", "proj_evil": "3"})
    with (done.folder / "budget.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert {line["name"]: line["state"] for line in lines if "quoted" not in line["name"]} == {
        name: state for name, state in done.states.items() if name != EVIL
    }
    suite = ElementTree.parse(done.folder / "budget.xml").getroot()
    failed = [case.get("name") for case in suite.iter("testcase") if case.find("failure") is not None]
    assert failed == [
        f"Budget of {'project' if row['scope'] == 'project' else 'cost center'} {row['name']}"
        for row in done.report["rows"]
        if row["state"] in ("over", "forecast")
    ]
    page = (done.folder / "budget.html").read_text(encoding="utf-8")
    assert "500.01" in page
    assert "search spent" in page


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no declaration": ({"organization": ""}, "openai_admin_organization and openai_admin_declaration are not set"),
    "no budget": ({"organization": {"projects": [{"name": "search"}]}}, "The declaration has no budget"),
    "no amount": ({"organization": {"projects": [{"name": "x", "budget_usd": "19.999"}]}}, "at most two decimals"),
    "no state": ({"budget_fail_on": "overr"}, "cannot be 'overr'"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_used_is_refused(wrong: str, ansible: Ansible) -> None:
    given, words = WRONG[wrong]
    done = budget(ansible, {"proj_search": "1"}, **given)
    assert done.run.status != 0
    assert words in done.run.output
