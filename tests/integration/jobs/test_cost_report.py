# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The job that reports costs, as people run it: what its files hold, what its page shows, what it asks of the API."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.costs import COSTS
from ansible_collections.community.openai_admin.plugins.module_utils._reports.buckets import add_buckets
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.cost_page import shown
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.cost_report import question
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.cost_report import report as made
from ansible_collections.community.openai_admin.plugins.plugin_utils._render import page as _page
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.page import page
from integration.costs_of_today import spend
from integration.organizations import costly_organization
from integration.playbooks import Ansible, PlaybookRun
from integration.scenarios import NOW
from integration.sdk import admin, seen
from simulator import Simulator

if TYPE_CHECKING:
    from integration.browser import Browser

SEPTEMBER, OCTOBER, NOVEMBER = 1_788_220_800, 1_790_812_800, 1_793_491_200
HEADER = "month,cost_center,project,project_id,api_key,api_key_id,owner,line_item,amount,currency,share,organization"
COLUMNS = next(csv.reader([HEADER]))
HOSTILE, FORMULA, TEMPLATE = "<script>alert('x')</script>", "=1+1", "{{ 7 * 7 }}"
DEV = [{"email": "dev@example.com", "role": "member"}]


def project(number: int, name: str, **rest: Any) -> dict[str, Any]:
    key = {"name": "laptop", "id": f"key_{number}", "user": "dev@example.com"}
    return {"name": name, "id": f"proj_{number}", "created_at": "2025-01-01", "users": DEV, "api_keys": [key], **rest}


ORGANIZATION: Mapping[str, Any] = {
    "users": [
        {"email": "owner@example.com", "role": "owner"},
        {"email": "dev@example.com", "id": "user-dev"},
    ],
    "projects": [
        {"name": "Default project", "id": "proj_default"},
        project(1, "search-prod"),
        project(2, HOSTILE),
        project(3, FORMULA),
        project(4, TEMPLATE),
        project(5, "old", status="archived", archived_at="2026-10-20"),
        {
            "name": "bots",
            "id": "proj_bots",
            "created_at": "2025-01-01",
            "service_accounts": [{"name": "-bot"}],
            "api_keys": [{"name": "@service", "id": "key_bot", "service_account": "-bot"}],
        },
    ],
    "usage": {
        "consumers": [
            *({"project": f"proj_{number}", "api_key_id": f"key_{number}"} for number in range(1, 6)),
            {"project": "proj_bots", "api_key_id": "key_bot"},
            {"project": "proj_1", "api_key_id": "key_gone"},
            {"project": "proj_default"},
        ]
    },
    "behaviour": {"clock": NOW},
}
ACTIVE = ["proj_1", "proj_2", "proj_3", "proj_4", "proj_bots"]
"""Those with costs of a key."""
DECLARATION = {
    "projects": [
        {"name": "search-prod", "attributes": {"cost_center": "CC-1001"}},
        {"name": "bots", "attributes": {"cost_center": "CC-1001"}},
        {"name": "old", "attributes": {"cost_center": 4711}},
    ]
}


TEMPLATE_PATH = Path(_page.__file__).parents[3] / "roles" / "cost_report" / "templates" / "page.html.j2"


@dataclass(frozen=True)
class Done:
    """A run of the job, and the files that it wrote."""

    run: PlaybookRun
    folder: Path
    month: str = "2026-10"

    def path(self, kind: str) -> Path:
        return self.folder / f"cost-report-{self.month}.{kind}"

    @property
    def lines(self) -> list[dict[str, str]]:
        with self.path("csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @property
    def report(self) -> dict[str, Any]:
        return dict(json.loads(self.path("json").read_text(encoding="utf-8")))

    @property
    def summary(self) -> list[str]:
        return list(self.run["community.openai_admin.cost_report : Show the summary"].result["msg"])


def cost_report(ansible: Ansible, *options: str, **variables: Any) -> PlaybookRun:
    given = ansible.folder / "variables.json"
    given.write_text(json.dumps({f"openai_admin_{name}": value for name, value in variables.items()}))
    return ansible.run("community.openai_admin.cost_report", "-e", f"@{given}", *options)


@pytest.fixture(scope="module")
def october(server: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Done:
    """A month that is over, with everything that costs can belong to."""
    server.reset(ORGANIZATION)
    folder = tmp_path_factory.mktemp("october")
    run = cost_report(Ansible(server, folder), cost_month="2026-10", organization=DECLARATION, cost_source="example")
    assert run.status == 0, run.output
    return Done(run, folder)


def billed(simulator: Simulator, start: int, end: int) -> Decimal:
    """What the official SDK says that a time cost."""
    buckets = seen(admin(simulator), "usage.costs", start_time=start, end_time=end, limit=31)
    return sum((Decimal(repr(each["amount"]["value"])) for bucket in buckets for each in bucket["results"]), Decimal(0))


def test_limits_and_alerts_are_beside_the_costs(ansible: Ansible) -> None:
    projects = [dict(each) for each in ORGANIZATION["projects"]]
    projects[1]["spend_limit"] = {"threshold_amount": 45_050}
    projects[1]["spend_alerts"] = [
        {"threshold_amount": cents, "recipients": ["ops@example.com"]} for cents in (30_000, 1_000)
    ]
    ansible.simulator.reset({**ORGANIZATION, "projects": projects, "spend_limit": {"threshold_amount": 100_000}})
    run = cost_report(ansible, cost_month="2026-10", cost_by="project", cost_limits="yes")
    assert run.status == 0, run.output
    done = Done(run, ansible.folder)
    rows = {row["project"]: row for row in done.report["currencies"][0]["projects"]}
    assert (rows["search-prod"]["spend_limit"], rows["search-prod"]["spend_alerts"]) == ("450.50", ["10.00", "300.00"])
    assert rows["bots"]["spend_limit"] is None
    assert done.report["spend_limit"] == "1000.00"
    page_text = done.path("html").read_text(encoding="utf-8")
    assert "450.50" in page_text
    assert "10.00, 300.00" in page_text


def test_the_lines_are_what_was_billed(october: Done, simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    total = billed(simulator, OCTOBER, NOVEMBER)
    assert list(october.lines[0]) == COLUMNS
    assert sum(Decimal(line["amount"]) for line in october.lines) == total
    (usd,) = october.report["currencies"]
    assert (Decimal(usd["amount"]), Decimal(usd["before"])) == (total, billed(simulator, SEPTEMBER, OCTOBER))
    assert abs(sum(Decimal(line["share"]) for line in october.lines) - 1) < Decimal("0.001")
    assert {(line["month"], line["currency"]) for line in october.lines} == {("2026-10", "usd")}


def test_lines_say_whose_they_are(october: Done) -> None:
    whose = {tuple(line[name] for name in COLUMNS[1:7]) for line in october.lines}
    laptop, nobody = ("laptop", "dev@example.com"), ("", "", "")
    of_keys = {
        ("CC-1001", "search-prod", "proj_1", laptop[0], "key_1", laptop[1]),
        ("CC-1001", "search-prod", "proj_1", "(deleted)", "key_gone", ""),
        ("", HOSTILE, "proj_2", laptop[0], "key_2", laptop[1]),
        ("", f"'{FORMULA}", "proj_3", laptop[0], "key_3", laptop[1]),
        ("", TEMPLATE, "proj_4", laptop[0], "key_4", laptop[1]),
        ("4711", "old", "proj_5", "(unknown)", "key_5", ""),
        ("CC-1001", "bots", "proj_bots", "'@service", "key_bot", "'-bot"),
    }
    of_projects = {(*each[:3], *nobody) for each in of_keys}
    without_key = {("", "Default project", "proj_default", *nobody), ("", "", "", *nobody)}
    assert whose == of_keys | of_projects | without_key


def test_each_listing_is_read_once(october: Done) -> None:
    asked = Counter((each["method"], each["path"]) for task in october.run.tasks for each in task.requests)
    paths = ["costs", "projects", *(f"projects/{project}/api_keys" for project in ACTIVE)]
    assert asked == {("GET", f"/organization/{path}"): 1 for path in paths}


MANY = 40
"""Projects, which are charged for some 37,000 results in two months."""
OF_A_LINE, OF_A_DAY = 700, 400
"""The most bytes of each that go through a playbook."""


def test_what_goes_through_the_playbook_does_not_grow_with_the_days(ansible: Ansible) -> None:
    """Groups and days, and not groups times days: of a large organization, that would be more than fits in memory."""
    ansible.simulator.reset(costly_organization(MANY, NOW))
    run = cost_report(ansible, cost_month="2026-10")
    assert run.status == 0, run.output
    asked = Counter(each["route"] for task in run.tasks for each in task.requests)
    assert asked == {
        "/organization/costs": 1,
        "/organization/projects": 1,
        "/organization/projects/{project_id}/api_keys": MANY,
    }
    read = run["Read the costs"].result
    days = 30 + 31
    assert [len(bucket["results"]) for bucket in read["buckets"]] == [1] * days
    assert len(json.dumps(read)) < OF_A_LINE * len(read["totals"]) + OF_A_DAY * days
    report = Done(run, ansible.folder).report
    assert len(report["lines"]) > 20 * MANY
    (usd,) = report["currencies"]
    assert Decimal(usd["amount"]) == billed(ansible.simulator, OCTOBER, NOVEMBER)


def test_the_summary_is_short(october: Done) -> None:
    (usd,) = october.report["currencies"]
    assert october.summary[0].startswith(f"Costs of 2026-10: {Decimal(usd['amount']):,.2f} USD (")
    assert october.summary[-3:] == [f"Written: {october.path(kind).resolve()}" for kind in ("html", "csv", "json")]
    assert len(october.summary) <= 30
    assert all(october.path(kind).stat().st_mode & 0o777 == 0o600 for kind in ("html", "csv", "json"))
    assert not any(task.changed for task in october.run.tasks)


@pytest.mark.parametrize(("width", "dark"), [(1200, False), (390, True)])
def test_the_page_shows_what_the_files_hold(width: int, dark: bool, october: Done, browser: Browser) -> None:
    (usd,) = october.report["currencies"]
    with browser.open(october.path("html"), width, dark) as opened:
        assert opened.problems == []
        tables = {name: opened.rows(f"#{name}-USD") for name in ("cost_centers", "projects", "line_items", "api_keys")}
        for name, amount in {"cost_centers": 1, "projects": 2, "line_items": 1, "api_keys": 3}.items():
            cents = sum(Decimal(row[amount].replace(",", "")) for row in tables[name])
            assert cents == Decimal(usd["amount"]).quantize(Decimal("0.01")), name
            assert len(tables[name]) == len(usd[name])
        names = {row[0] for row in tables["projects"]}
        assert names == {
            "Default project",
            "search-prod",
            HOSTILE,
            FORMULA,
            TEMPLATE,
            "old (archived)",
            "bots",
            "No project",
        }
        assert {row[0]: row[2] for row in tables["api_keys"] if row[0].endswith(("_bot", "_gone"))} == {
            "@service key_bot": "-bot",
            "(deleted) key_gone": "\u2013",
        }
        charts = opened.page.locator("figure svg[role=img]")
        assert charts.count() == 5
        heard = [charts.nth(number).get_attribute("aria-label") or "" for number in range(5)]
        assert [each.partition(":")[0] for each in heard] == [
            "Day by day",
            "Cost centers",
            "Projects",
            "Lines of the bill",
            "API keys",
        ]
        assert f"{HOSTILE} " in heard[2]
        drawn = " ".join(opened.page.locator("figure").nth(2).locator("text").all_text_contents())
        assert all(row[2] in drawn for row in tables["projects"])


def test_again_in_check_mode_as_a_survey_sends_it(october: Done, ansible: Ansible) -> None:
    """All as text, what is not wanted empty; the files are the same, and are handed on."""
    ansible.simulator.reset(ORGANIZATION)
    publish = ansible.folder / "publish.yml"
    told = {"name": "Told", "ansible.builtin.debug": {"msg": "{{ openai_admin_report_paths }}"}}
    publish.write_text(yaml.safe_dump([told]))
    folder, declaration = ansible.folder / "reports", ansible.folder / "organization.yml"
    declaration.write_text(yaml.safe_dump({"openai_admin_organization": DECLARATION}))
    run = cost_report(
        ansible,
        "--check",
        "--diff",
        cost_month="2026-10",
        cost_by="project, api_key\nline_item",
        cost_source="example",
        cost_directory=str(folder),
        cost_publish=str(publish),
        declaration=str(declaration),
    )
    assert run.status == 0, run.output
    again = Done(run, folder)
    assert again.lines == october.lines
    assert {**again.report, "made_at": ""} == {**october.report, "made_at": ""}
    paths = {kind: str(again.path(kind).resolve()) for kind in ("html", "csv", "json")}
    assert run["community.openai_admin.report : Told"].result["msg"] == paths
    assert not any(task.changed for task in run.tasks)


@pytest.mark.matrix
def test_a_month_that_is_not_over(ansible: Ansible) -> None:
    """With nothing set but the month, by the clock of this machine; on the first day, too, only one day has costs."""
    ansible.simulator.reset({name: value for name, value in ORGANIZATION.items() if name != "behaviour"})
    amounts = {("proj_2", "key_2"): "0.5", ("proj_3", "key_3"): "1.25", ("proj_4", "key_4"): "40", (None, None): "3"}
    spend(ansible.simulator, amounts)
    run = cost_report(ansible, cost_month="current", cost_by="project", cost_directory="", organization="")
    assert run.status == 0, run.output
    (path,) = ansible.folder.glob("cost-report-*.json")
    done = Done(run, ansible.folder, path.stem.removeprefix("cost-report-"))
    (usd,) = done.report["currencies"]
    assert done.report["to_date"] is True
    assert done.summary[0].startswith(f"Costs of {done.month} to date: ")
    assert done.summary[1].startswith("Forecast: ")
    assert Decimal(usd["amount"]) == Decimal("44.75")
    costs = {HOSTILE: "0.5", f"'{FORMULA}": "1.25", TEMPLATE: "40", "": "3"}
    assert {line["project"]: Decimal(line["amount"]) for line in done.lines} == {
        name: Decimal(amount) for name, amount in costs.items()
    }
    assert not any(line["api_key"] or line["line_item"] or line["cost_center"] for line in done.lines)
    assert [each["path"] for task in run.tasks for each in task.requests] == [
        "/organization/costs",
        "/organization/projects",
    ]


def test_nothing_was_charged(ansible: Ansible, browser: Browser) -> None:
    ansible.simulator.reset({**ORGANIZATION, "usage": {"since": "2027-01-01"}})
    run = cost_report(ansible, cost_month="2026-10")
    assert run.status == 0, run.output
    done = Done(run, ansible.folder)
    assert done.summary[0] == "No costs in 2026-10, and none in 2026-09."
    assert (done.lines, done.path("csv").read_text()) == ([], f"{HEADER}\n")
    assert [each["path"] for task in run.tasks for each in task.requests] == ["/organization/costs"]
    with browser.open(done.path("html")) as opened:
        assert opened.problems == []
        assert "No costs in 2026-10, and none in 2026-09." in opened.text


def test_a_server_that_fails_halfway_leaves_no_half_report(ansible: Ansible) -> None:
    ansible.simulator.reset(ORGANIZATION)
    ansible.simulator.fault("status", "/organization/projects/proj_3/api_keys", status=500, times=None)
    run = cost_report(ansible, cost_month="2026-10", max_wait=0)
    assert run.status != 0
    assert (
        "Could not list the project API keys of project '=1+1'"
        in run["community.openai_admin.cost_report : Read the costs"].message
    )
    assert list(ansible.folder.glob("cost-report-*")) == []


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        (
            {"cost_month": "2026-13"},
            "openai_admin_cost_month must be last, current, or a month such as 2026-10, not '2026-13'.",
        ),
        (
            {"cost_by": "project, model"},
            "openai_admin_cost_by cannot be 'model' (known: project, api_key, line_item).",
        ),
    ],
    ids=["no month", "no such division"],
)
def test_what_cannot_be_reported_is_said_first(variables: dict[str, str], words: str, ansible: Ansible) -> None:
    run = cost_report(ansible, **variables)
    assert run.status != 0
    assert words in run.output
    assert ansible.simulator.requests() == []


def test_a_hundred_projects_in_two_currencies_fit_on_a_telephone(browser: Browser, tmp_path: Path) -> None:
    names = [f"team-{number:03}" for number in range(100)]
    results = [
        {"project_id": name, "amount": {"value": f"{number}.015", "currency": currency}}
        for number, name in enumerate(names)
        for currency in ("usd", "eur")
    ]
    asked = question("2026-10", ["project"], "2026-11-05T08:00:00Z")
    found = [{"start_time": OCTOBER, "results": results}]
    months = [(SEPTEMBER, OCTOBER), (OCTOBER, NOVEMBER)]
    report = made(add_buckets(COSTS, found, asked["group_by"], months, grouped=False), asked)
    path = tmp_path / "page.html"
    path.write_text(page(shown(report), str(TEMPLATE_PATH)), encoding="utf-8")
    with browser.open(path, width=390) as opened:
        assert opened.problems == []
        for currency in "EUR", "USD":
            assert {row[0] for row in opened.rows(f"#projects-{currency}")} == set(names)
        assert opened.page.locator("figure").count() == 4
        bars = opened.page.locator("figure").nth(1).locator("text")
        assert "89 others" in bars.all_text_contents()
        assert bars.first.evaluate("text => text.getBoundingClientRect().height") >= 10, "too small to be read"
