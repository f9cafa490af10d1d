# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The job community.openai_admin.audit, as people run it, and its page, as they read it."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit import audit as made
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.page import page as laid_out
from integration.audited import AS_DECLARED, DECLARATION, DECLARED, DEVIATIONS, EVALUATED, MARKUP, deviating, variables
from integration.browser import Browser
from integration.direct import perform
from integration.playbooks import Ansible, PlaybookRun

ROOT = Path(__file__).resolve().parents[3]
TEMPLATE = ROOT / "roles" / "audit" / "templates" / "page.html.j2"
MOST_STATS = 4096
READS_ONLY = ["api.management.write"]
"""Scopes that a key restricted to reading lacks."""


def audit(
    ansible: Ansible, *options: str, declared: Mapping[str, Any] | None = DECLARED, **settings: Any
) -> PlaybookRun:
    told = ansible.folder / "told.json"
    told.write_text(json.dumps(variables(declared, **settings)), encoding="utf-8")
    return ansible.run("community.openai_admin.audit", "-e", f"@{told}", *options)


def report(ansible: Ansible) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((ansible.folder / "audit.json").read_text(encoding="utf-8"))
    return read


def cases(ansible: Ansible) -> Counter[str]:
    """How the test cases of the JUnit XML ended."""
    found = ElementTree.parse(ansible.folder / "audit.xml").getroot().findall("testsuite/testcase")
    return Counter(next((end.tag for end in case), "passed") for case in found)


def statistics(run: PlaybookRun) -> dict[str, Any]:
    (text,) = re.findall(r"^\tRUN: (.*)$", run.output, re.MULTILINE)
    assert len(text.encode()) <= MOST_STATS
    told: dict[str, Any] = json.loads(text)["openai_admin_audit"]
    return told


@pytest.fixture
def quiet(ansible: Ansible) -> Ansible:
    """An organization that is as it is declared to be."""
    ansible.simulator.reset(AS_DECLARED)
    return ansible


def test_a_key_for_reading_is_enough_and_an_owner_made_in_the_dashboard_turns_the_page_red(
    quiet: Ansible, browser: Browser
) -> None:
    """Run without --check: an audit writes nothing even so."""
    quiet.simulator.behaviour(missing_scopes=READS_ONLY)
    with pytest.raises(AdminError, match="Missing scopes"):
        perform(quiet.simulator, "project", name="new")
    run = audit(quiet)
    assert run.status == 0, run.output
    assert {request["method"] for task in run.tasks for request in task.requests} == {"GET"}
    assert "COMPLIANT: All 13 declared objects are as declared" in run["Show the summary"].result["msg"][0]
    assert (statistics(run)["verdict"], report(quiet)["verdict"]) == ("compliant", "compliant")
    assert cases(quiet).keys() == {"passed"}
    assert {path.stat().st_mode & 0o777 for path in quiet.folder.glob("audit.*")} == {0o600}
    with browser.open(quiet.folder / "audit.html") as page:
        assert page.problems == []
        green, ground = page.texts(".verdict.good"), colour(page)
        assert "COMPLIANT" in green[0]
        assert "stranger@example.com" not in page.text

    there = quiet.simulator.state()
    there["users"].append({"email": "stranger@example.com", "role": "owner"})
    quiet.simulator.reset(there)
    again = audit(quiet)
    assert again.status != 0
    assert again["Fail because of the verdict"].message == "1 object is not declared."
    with browser.open(quiet.folder / "audit.html") as page:
        assert page.problems == []
        assert "DRIFT" in page.texts(".verdict.bad")[0]
        assert colour(page) != ground
        (row,) = page.rows("#unmanaged")
        assert row[:2] == ["stranger@example.com", "user"]
        assert "owner of the organization" in row[3]


def colour(page: Any) -> str:
    return str(page.page.locator(".verdict").evaluate("each => getComputedStyle(each).backgroundColor"))


@pytest.mark.matrix
def test_survey_like_texts_in_check_mode_and_every_deviation_in_the_report_once(ansible: Ansible) -> None:
    """As AWX sends them; whatever the names, nothing of them is evaluated."""
    ansible.simulator.reset(deviating())
    accepted = [{"kind": "project_user", "project": "search-prod", "name": "GUEST@example.com", "reason": "Helps out."}]
    run = audit(
        ansible,
        "--check",
        "--diff",
        fail_on="drift, unmanaged\nunused_keys",
        accepted=yaml.safe_dump([{**accepted[0], "until": date(2999, 12, 31)}]),
        unused_for_days="60",
        expires_within_days="",
        title="",
    )
    assert run.status != 0
    assert run.writes == []
    found = report(ansible)
    shown = Counter((each["category"], each["kind"], each["name"]) for each in found["findings"])
    assert shown == Counter([each for each in DEVIATIONS if each[2] != "guest@example.com" or each[1] == "user"])
    assert [each["name"] for each in found["accepted"]] == ["guest@example.com"]
    assert found["unused_for_days"] == 60
    assert found["expires_within_days"] == 30
    assert cases(ansible) == {"failure": 8, "passed": 1, "system-out": 3}
    told = statistics(run)
    assert told["counts"]["unmanaged"] == found["counts"]["unmanaged"] == 6
    assert told["report"] == str(ansible.folder / "audit.html")
    assert "stranger@example.com" in told["names"][0]
    assert len(run["Show the summary"].result["msg"]) <= 30
    page, xml = ((ansible.folder / name).read_text(encoding="utf-8") for name in ("audit.html", "audit.xml"))
    assert MARKUP not in page
    for text in (
        page,
        xml,
        "\n".join(run["Show the summary"].result["msg"]),
        json.dumps(told),
        json.dumps(found["checks"]),
    ):
        assert EVALUATED in text


def test_the_page_shows_each_deviation_once(ansible: Ansible, browser: Browser) -> None:
    ansible.simulator.reset(deviating())
    lapsed = {
        "kind": "rate_limit",
        "project": "search-prod",
        "name": "gpt-5",
        "reason": "Load test",
        "until": "2020-01-31",
    }
    file = ansible.folder / "organization.yml"
    file.write_text(yaml.safe_dump({"openai_admin_organization": DECLARATION}), encoding="utf-8")
    options = ("-e", "openai_admin_organization_id=org-simulated", "-e", "openai_admin_declaration=organization.yml")
    run = audit(ansible, *options, declared=None, accepted=[lapsed])
    assert run["Fail because of the verdict"].failed, run.output
    with browser.open(ansible.folder / "audit.html") as page:
        assert page.problems == []
        rows = {category: page.rows(f"#{category}") for category in dict.fromkeys(each[0] for each in DEVIATIONS)}
        limits = rows.pop("undeclared_rate_limits")
        shown = [
            (category, row[1].replace(" ", "_").lower(), row[0].split("\n")[0])
            for category in rows
            for row in rows[category]
        ]
        assert Counter(shown) == Counter(each for each in DEVIATIONS if each[0] in rows)
        assert limits == [["search-prod", "undeclared-model"]]
        drift = {row[0].split("\n")[0]: row[3:] for row in rows["drift"]}
        assert drift["gpt-5"] == ["max_requests_per_1_minute: 9000", "max_requests_per_1_minute: 500"]
        assert drift["search-api"] == ["not there", "name: search-api\nrole: member"]
        assert "Was accepted until 2020-01-31: Load test" in page.text
        unchecked = {row[0] for row in page.rows("#not_checked")}
        assert {"Groups", "Custom roles", "Spend alerts", "Data retention"} <= unchecked
        facts = page.texts("#about")[0]
        for fact in ("org-simulated", "organization.yml", report(ansible)["declaration"]["sha256"]):
            assert fact in facts
        assert sha256(file.read_bytes()).hexdigest() in facts
        assert report(ansible)["collection_version"] in facts
        assert report(ansible)["ansible_version"] in facts


def test_what_could_not_be_read_is_never_compliant(quiet: Ansible, browser: Browser) -> None:
    """The server fails halfway, first for everything else than the organization; then for all that is read."""
    quiet.simulator.fault("status", "/organization/admin_api_keys", status=500, message="Out of order", times=None)
    partly = audit(quiet, "-e", "openai_admin_max_wait=0", fail_on="never")
    assert partly.status != 0
    assert statistics(partly)["verdict"] == "incomplete"
    assert cases(quiet)["error"] == 1
    quiet.simulator.behaviour(missing_scopes=["api.management.read"])
    run = audit(quiet, fail_on="never")
    assert run.status != 0
    assert run["Fail because of the verdict"].message.startswith(
        "Could not read what is declared, API keys, admin keys"
    )
    assert cases(quiet).keys() == {"error"}
    with browser.open(quiet.folder / "audit.html") as page:
        assert page.problems == []
        assert "INCOMPLETE" in page.texts(".verdict.unknown")[0]
        assert "compliant" not in page.text.casefold()
        assert "Missing scopes: api.management.read" in page.texts("#unreadable")[0]
        assert page.texts(".figures .none dd") == ["0"]  # of what is accepted; all others are not known


def test_bad_settings_are_refused_together_before_anything_is_read(ansible: Ansible) -> None:
    accepted = [{"kind": "user", "name": "x", "reason": "y"}]
    run = audit(ansible, fail_on="drift,weather", unused_for_days="some", accepted=accepted)
    assert run.status != 0
    expected = ("weather", "unused_for_days", "until", "openai_admin_audit_accepted")
    assert [word for word in expected if word not in run["Refuse settings that cannot be used"].message] == []
    assert not any(task.requests for task in run.tasks)


def test_a_declaration_that_cannot_be_compared_is_refused(ansible: Ansible) -> None:
    run = audit(ansible, declared={"proects": []})
    assert "proects is not an option. Did you mean projects?" in run.output
    assert not any(task.requests for task in run.tasks)
    nowhere = audit(ansible, "-e", "openai_admin_declaration=nowhere.yml", declared=None)
    assert "openai_admin_declaration names nowhere.yml, which does not exist. Correct the path." in nowhere.output


# Publishing


GIT = ("git", "-c", "user.name=Test", "-c", "user.email=test@example.com")


def git(*arguments: str, folder: Path) -> str:
    return subprocess.run([*GIT, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def test_the_report_is_published_to_a_git_branch_before_the_job_fails(ansible: Ansible, tmp_path: Path) -> None:
    """By the task file of the guide, as it stands there."""
    guide = (ROOT / "docs" / "playbooks.md").read_text(encoding="utf-8")
    (text,) = [block for block in re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL) if "reports_repository" in block]
    (tmp_path / "publish.yml").write_text(text, encoding="utf-8")
    bare, start = tmp_path / "reports.git", tmp_path / "start"
    git("init", "--bare", str(bare), folder=tmp_path)
    git("clone", str(bare), str(start), folder=tmp_path)
    git("checkout", "-b", "reports", folder=start)
    git("commit", "--allow-empty", "-m", "Begin", folder=start)
    git("push", "origin", "reports", folder=start)
    ansible.simulator.reset(deviating())
    run = audit(ansible, "--check", "-e", f"reports_repository={bare}", publish="publish.yml")
    assert run["Fail because of the verdict"].failed
    kept = git("ls-tree", "-r", "--name-only", "reports", folder=bare).splitlines()
    assert [Path(name).name for name in kept] == ["audit.html", "audit.json", "audit.xml"]
    assert git("show", f"reports:{kept[0]}", folder=bare) == (tmp_path / "audit.html").read_text(encoding="utf-8")
    assert statistics(run)["report"].endswith(kept[0])


@pytest.mark.matrix
def test_each_host_has_its_statistic(quiet: Ansible) -> None:
    """Whatever it is called: a name that is no identifier gets a digest."""
    hosts = {name: {"ansible_connection": "local"} for name in ("example-prod", "example.prod", "plain")}
    inventory = quiet.folder / "inventory.yml"
    inventory.write_text(yaml.safe_dump({"all": {"hosts": hosts}}), encoding="utf-8")
    options = ("-i", str(inventory), "-e", "openai_admin_hosts=all")
    whole = told_by_hosts(audit(quiet, *options))
    assert whole.keys() == {
        "openai_admin_audit_example_prod_6ca1da",
        "openai_admin_audit_example_prod_4ab005",
        "openai_admin_audit_plain",
    }
    assert {each["verdict"] for each in whole.values()} == {"compliant"}


def told_by_hosts(run: PlaybookRun) -> dict[str, Any]:
    """Return the statistics of a run by name."""
    assert run.status == 0, run.output
    (text,) = re.findall(r"^\tRUN: (.*)$", run.output, re.MULTILINE)
    return {name: told for name, told in json.loads(text).items() if name.startswith("openai_admin_audit")}


def test_a_verdict_is_not_lost_when_publishing_fails(quiet: Ansible, tmp_path: Path) -> None:
    (tmp_path / "publish.yml").write_text("- name: Publish\n  ansible.builtin.fail:\n    msg: Storage is full\n")
    run = audit(quiet, publish="publish.yml")
    assert run.status != 0
    assert "Storage is full" in run.output
    assert statistics(run)["verdict"] == "compliant"


# The page, by size and by what is wrong


def synthetic(projects: int, wrong: bool) -> dict[str, Any]:
    """A report of so many projects, with nothing or everything wrong, and names that are hard to lay out."""
    names = [f"project-{number:03}" if number % 7 else f"project-{'x' * 120}-{number}" for number in range(projects)]
    change = {
        "kind": "rate_limit",
        "name": "gpt-5-" + "mini-" * 20,
        "action": "update",
        "fields": ["limit"],
        "purged": False,
    }
    stranger = {
        "kind": "project_user",
        "name": f"{'long.' * 30}@example.com",
        "id": "user-1",
        "role": "member",
        "since": 1,
    }
    results: dict[str, dict[str, Any]] = {
        "organization": {
            "summary": {"projects": {"unchanged": projects}},
            "changes": [
                {**change, "project": name, "before": {"limit": 1}, "after": {"limit": 2}} for name in names if wrong
            ],
            "unmanaged": [{**stranger, "project": name} for name in names if wrong],
            "undeclared_rate_limits": {name: [f"model-{each}" for each in range(40)] for name in names if wrong},
            "warnings": ["A remark."] if wrong else [],
        },
        "project_api_keys": {
            "project_api_keys": [{"id": "key", "name": "k" * 90, "project": name} for name in names if wrong]
        },
        "admin_api_keys": {"failed": True, "msg": "m" * 300} if wrong else {},
        "certificates": {},
        "invites": {},
    }
    declared = {"projects": [{"name": name, "users": [], "service_accounts": [], "rate_limits": []} for name in names]}
    settings = {
        "title": "Audit",
        "fail_on": ["drift"],
        "accepted": [],
        "unused_for_days": 90,
        "expires_within_days": 30,
    }
    about = {
        "organization": "org-1",
        "made_at": "2026-11-26T08:00:00Z",
        "ansible_version": "2.21",
        "file": None,
        "file_sha256": None,
    }
    return made(results, declared, {f"openai_admin_audit_{name}": value for name, value in settings.items()}, about)


@pytest.mark.series(2)
@pytest.mark.parametrize("wrong", [False, True], ids=["nothing_wrong", "everything_wrong"])
@pytest.mark.parametrize("projects", [1, 100])
def test_the_page_fits_every_screen(projects: int, wrong: bool, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "audit.html"
    path.write_text(laid_out(synthetic(projects, wrong), str(TEMPLATE)), encoding="utf-8")
    for width, dark, media in ((1200, False, "screen"), (390, True, "screen"), (700, False, "print")):
        with browser.open(path, width=width, dark=dark, media=media) as page:
            assert page.problems == []
            assert page.page.locator("#drift tbody tr").count() == (projects if wrong else 0)
            assert page.page.locator("#checks li").count() == projects + 1
