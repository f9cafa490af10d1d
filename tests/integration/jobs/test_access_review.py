# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The job community.openai_admin.access_review, as people run it each quarter: its page, its table, its summary."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from ansible_collections.community.openai_admin.plugins.plugin_utils._render import times
from integration.playbooks import Ansible, PlaybookRun

if TYPE_CHECKING:
    from integration.browser import Browser

JOB = "community.openai_admin.access_review"
ROLE = f"{JOB} : "
OWNER, LEAD, DEV, SCIM = "owner@example.com", "search-lead@example.com", "search-dev@example.com", "scim@example.com"
LEFT = "left-before@example.com"
NOW = int(time.time())
DAY = 86400
NONE = "\N{EN DASH}"
FORMULA = '=HYPERLINK("http://evil.example.com")'

ORGANIZATION: Mapping[str, Any] = {
    "users": [
        {"email": OWNER, "id": "user-owner", "name": "<script>alert(1)</script>", "role": "owner"},
        {"email": LEAD, "id": "user-lead", "name": "{{ 7 * 7 }}"},
        {"email": DEV, "id": "user-dev"},
        {"email": SCIM, "id": "user-scim", "is_scim_managed": True},
    ],
    "projects": [
        {
            "name": "search-prod",
            "id": "proj_search",
            "users": [{"email": LEAD, "role": "owner"}, {"email": DEV}],
            "groups": [{"group": "group_team"}],
            "service_accounts": [
                {"name": FORMULA, "id": "svc_api"},
                {"name": "idle", "id": "svc_idle", "role": "none"},
            ],
            "api_keys": [
                {
                    "name": "laptop",
                    "id": "key_laptop",
                    "user": LEAD,
                    "created_at": NOW - 200 * DAY,
                    "last_used_at": NOW - 3 * DAY,
                },
                {"name": "desk", "id": "key_desk", "user": LEAD, "created_at": NOW - 200 * DAY},
                {"name": "root", "id": "key_root", "user": OWNER, "last_used_at": NOW - DAY},
                {
                    "name": "deploy",
                    "id": "key_deploy",
                    "service_account": "svc_api",
                    "last_used_at": NOW - 100 * DAY,
                    "created_at": NOW - 300 * DAY,
                },
                {"name": "left", "id": "key_left", "user": LEFT},
                {"name": "out", "id": "key_out", "user": SCIM},
            ],
        },
        {"name": "<script>alert(2)</script>", "id": "proj_evil", "users": [{"email": DEV, "role": "owner"}]},
        {"name": "old", "id": "proj_old", "status": "archived", "users": [{"email": LEAD}]},
    ],
    "former_users": [{"email": LEFT, "id": "user-left"}],
    "groups": [
        {
            "name": FORMULA,
            "id": "group_team",
            "members": [{"email": LEAD}, {"email": LEFT}, {"service_account": "idle", "project": "search-prod"}],
        },
        {"name": "okta", "id": "group_okta", "is_scim_managed": True, "members": [{"email": SCIM}]},
    ],
    "workload_identity_providers": [
        {
            "name": FORMULA,
            "id": "wip_github",
            "issuer": "https://token.actions.githubusercontent.com",
            "rules": [
                {
                    "project": "search-prod",
                    "service_account": "idle",
                    "attribute_matchers": {"repository": FORMULA, "ref": "refs*"},
                    "scopes": ["api.responses.write"],
                }
            ],
        }
    ],
    "admin_api_keys": [
        {"name": "automation", "id": "key_admin", "owner": OWNER, "last_used_at": NOW - DAY},
        {"name": "gone", "id": "key_admin_gone", "owner": "user-left"},
    ],
    "invites": [
        {"email": "new@example.com", "id": "invite-new", "projects": [{"project": "search-prod", "role": "member"}]},
        {"email": DEV, "id": "invite-dev", "status": "accepted"},
    ],
}


def review(ansible: Ansible, *options: str, **variables: Any) -> PlaybookRun:
    """Run the job with its files below the test's folder."""
    told = {"directory": str(ansible.folder / "reports"), **variables}
    values = {f"openai_admin_access_review_{name}": value for name, value in told.items()}
    return ansible.run(JOB, "-e", json.dumps(values), *options)


@pytest.fixture
def organization(ansible: Ansible) -> Ansible:
    ansible.simulator.reset(ORGANIZATION)
    return ansible


def files(ansible: Ansible) -> dict[str, Path]:
    folder = ansible.folder / "reports"
    return {path.suffix[1:]: path for path in folder.iterdir()} if folder.exists() else {}


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def summary(run: PlaybookRun) -> list[str]:
    lines = run[f"{ROLE}Show the summary"].result["msg"]
    assert 0 < len(lines) <= 30
    return list(lines)


def day(ago: int) -> str:
    return times.day(NOW - ago * DAY)


@pytest.mark.matrix
def test_the_table_and_the_summary_have_every_access(organization: Ansible) -> None:
    publish = organization.folder / "publish.yml"
    told = {"name": "Told", "ansible.builtin.debug": {"msg": "{{ openai_admin_report_paths | dict2items }}"}}
    publish.write_text(yaml.safe_dump([told]), encoding="utf-8")
    run = review(organization, "--check", unused_days="90", publish=str(publish))
    assert run.status == 0, run.output
    assert not any(task.changed for task in run.tasks)
    written = files(organization)
    assert run["community.openai_admin.report : Told"].result["msg"] == [
        {"key": kind, "value": str(written[kind])} for kind in ("html", "csv", "json")
    ]
    rows = table(written["csv"])
    assert written["csv"].read_text(encoding="utf-8").splitlines()[0] == (
        "kind,who,name,id,organization_role,managed_by,project,project_id,project_role,"
        "keys,key_names,last_used_at,remark,organization,group,group_id,workload_identity_provider,"
        "workload_identity_provider_id,role,role_id,through,tokens,scopes,decision,read_at,read_with"
    )
    assert [tuple(row[name] for name in ("kind", "who", "project", "project_role", "keys")) for row in rows] == [
        ("person", OWNER, "every project", "owner", "0"),
        ("person", OWNER, "search-prod", "owner", "1"),
        ("person", SCIM, "search-prod", "", "1"),
        ("person", DEV, "<script>alert(2)</script>", "owner", "0"),
        ("person", DEV, "search-prod", "member", "0"),
        ("person", LEAD, "search-prod", "owner", "2"),
        ("service_account", f"'{FORMULA}", "search-prod", "member", "1"),
        ("service_account", "idle", "search-prod", "none", "0"),
        ("admin_key", OWNER, "", "", "1"),
        ("admin_key", OWNER, "", "", "1"),
        ("admin_key", "user-left", "", "", "1"),
        ("group_member", "idle", "", "", "0"),
        ("group_member", LEFT, "", "", "0"),
        ("group_member", LEAD, "", "", "0"),
        ("group_member", SCIM, "", "", "0"),
        ("federation_rule", "idle", "search-prod", "", "0"),
        ("project_group", f"'{FORMULA}", "search-prod", "", "0"),
        ("left_behind", LEFT, "search-prod", "", "1"),
        ("invite", "new@example.com", "search-prod (member)", "", "0"),
    ]
    lead = rows[5]
    assert lead["name"] == "{{ 7 * 7 }}"
    assert lead["key_names"] == "laptop (key_laptop); desk (key_desk)"
    assert lead["last_used_at"].startswith(f"{day(3)}T")
    assert [row["remark"] for row in rows if row["remark"]] == [
        "no longer in the project: revoke the keys",
        "not used for 90 days: desk (key_desk)",
        "not used for 90 days: deploy (key_deploy)",
        "the owner is not in the organization: revoke the key",
        "not among the people and service accounts of the organization: end the membership",
        "lets in every token whose ref begins with 'refs', which is short: check that nobody else can have one",
        "the owner is not in the organization: revoke the key",
        "waits to be accepted, sent 2026-01-01",
    ]
    assert [row["managed_by"] for row in rows if row["who"] == SCIM] == ["identity provider"] * 2
    assert [(row["who"], row["group"], row["managed_by"]) for row in rows if row["group_id"]] == [
        ("idle", f"'{FORMULA}", ""),
        (LEFT, f"'{FORMULA}", ""),
        (LEAD, f"'{FORMULA}", ""),
        (SCIM, "okta", "identity provider"),
    ]
    (outside,) = (row for row in rows if row["tokens"])
    assert (outside["workload_identity_provider"], outside["scopes"]) == (f"'{FORMULA}", "api.responses.write")
    assert outside["tokens"] == (
        "issuer https://token.actions.githubusercontent.com, audience https://api.openai.com/v1, ref = refs*,"
        f" repository = {FORMULA}"
    )
    assert {row["decision"] for row in rows} == {""}
    data = json.loads(written["json"].read_text(encoding="utf-8"))
    assert len(data["rows"]) == len(rows)
    assert data["counts"] == {
        "people": 4,
        "owners": 1,
        "projects": 2,
        "service_accounts": 2,
        "keys": 6,
        "admin_keys": 3,
        "invites": 1,
        "group_members": 4,
        "project_groups": 1,
        "federation_rules": 1,
        "role_assignments": None,
        "remarks": 8,
    }
    lines = summary(run)
    assert lines[0] == "4 people and 2 service accounts have access to 2 projects. 8 accesses have a remark."
    assert (
        "4 memberships of groups, 1 federation rule, 1 group in a project. Not read: assigned roles, archived projects."
        in lines[1]
    )
    assert lines[2:4] == ["Organization: simulated-organization.", "Left for you: review and sign the page."]
    assert f"- {LEAD} in search-prod: not used for 90 days: desk (key_desk)" in lines
    assert lines[-2:] == [f"Page: {written['html']}", f"Table: {written['csv']}"]
    assert_each_listing_was_read_once(run)
    again = review(organization, unused_days="")
    assert again.status == 0, again.output
    assert not any(task.changed for task in again.tasks)
    assert again.writes == []
    assert [row["remark"] for row in table(written["csv"])] == [row["remark"] for row in rows]


def assert_each_listing_was_read_once(run: PlaybookRun) -> None:
    asked = sorted(f"{request['method']} {request['path']}" for task in run.tasks for request in task.requests)
    projects = [f"/organization/projects/{each}" for each in ("proj_search", "proj_evil")]
    places = [
        f"{project}/{kind}" for project in projects for kind in ("users", "groups", "service_accounts", "api_keys")
    ]
    whole = [f"/organization/{kind}" for kind in ("users", "projects", "admin_api_keys", "invites", "groups")]
    groups = [f"/organization/groups/{each}/users" for each in ("group_team", "group_okta")]
    providers = "/organization/workload_identity_providers"
    outside = [providers, f"{providers}/wip_github/federation_rules"]
    assert asked == sorted(f"GET {path}" for path in (*whole, *places, *groups, *outside))


def test_the_page_shows_it_all_and_has_a_place_for_the_signature(organization: Ansible, browser: Browser) -> None:
    run = review(organization)
    page = files(organization)["html"]
    with browser.open(page) as shown:
        assert shown.problems == []
        assert shown.texts("h1") == [f"Access review {quarter()}"]
        assert shown.texts(".verdict") == [
            "? TO BE REVIEWED 4 people and 2 service accounts have access to 2 projects. 8 accesses have a remark."
        ]
        tables = (
            "#owners",
            "#people",
            "#accounts",
            "#group-member",
            "#project-group",
            "#admin-keys",
            "#left-behind",
            "#invites",
        )
        rows = {name: shown.rows(name) for name in tables}
        assert {row[-1] for found in rows.values() for row in found} == {"keep change remove initials"}
        rows = {name: [row[:-1] for row in found] for name, found in rows.items()}
        assert rows["#owners"] == [
            [f"{OWNER}\n<script>alert(1)</script>, owner", "every project", "owner", NONE, NONE],
            [
                OWNER,
                "search-prod",
                "owner",
                f"root (key_root)\nlast used {day(1)}",
                NONE,
            ],
        ]
        assert rows["#people"] == [
            [
                f"{SCIM}\nreader, managed by the identity provider",
                "search-prod",
                NONE,
                "out (key_out)\nnever used",
                "! no longer in the project: revoke the keys",
            ],
            [f"{DEV}\nreader", "<script>alert(2)</script>", "owner", NONE, NONE],
            [DEV, "search-prod", "member", NONE, NONE],
            [
                f"{LEAD}\n{{{{ 7 * 7 }}}}, reader",
                "search-prod",
                "owner",
                f"laptop (key_laptop)\nlast used {day(3)}\ndesk (key_desk)\nnever used",
                "! not used for 90 days: desk (key_desk)",
            ],
        ]
        assert [row[0] for row in rows["#accounts"]] == [FORMULA, "idle"]
        assert rows["#group-member"] == [
            ["idle", FORMULA, NONE, NONE],
            [
                LEFT,
                FORMULA,
                NONE,
                "! not among the people and service accounts of the organization: end the membership",
            ],
            [f"{LEAD}\n{{{{ 7 * 7 }}}}", FORMULA, NONE, NONE],
            [SCIM, "okta", "identity provider", NONE],
        ]
        assert rows["#project-group"] == [[FORMULA, "search-prod", NONE]]
        assert [row[0] for row in shown.rows("#admin-keys")] == [f"{OWNER}\nowner", OWNER, "user-left"]
        assert [row[0] for row in shown.rows("#left-behind")] == [LEFT]
        assert [row[0] for row in shown.rows("#invites")] == ["new@example.com\nreader"]
        assert shown.texts(".sign-here > div") == ["Name and function", "Date", "Signature"]
    for how in ({"width": 390}, {"dark": True}, {"media": "print"}):
        with browser.open(page, **how) as shown:
            assert shown.problems == []
            assert "Signature" in shown.text
    assert run.writes == []


def quarter() -> str:
    now = time.gmtime(NOW)
    return f"{now.tm_year}-Q{(now.tm_mon + 2) // 3}"


def test_where_nothing_stands_out_it_is_to_be_signed(ansible: Ansible, browser: Browser) -> None:
    ansible.simulator.reset({"users": [{"email": OWNER, "role": "owner"}], "projects": []})
    ansible.simulator.behaviour(missing_scopes=["api.management.write"])
    run = review(ansible)
    assert run.status == 0, run.output
    assert summary(run)[0].endswith("Nothing stands out.")
    with browser.open(files(ansible)["html"]) as shown:
        assert shown.texts(".verdict")[0].startswith("✓ TO BE SIGNED")
        assert [row[:3] for row in shown.rows("#owners")] == [[f"{OWNER}\nowner", "every project", "owner"]]
        assert shown.texts(".nothing") == ["Nobody.", *["None."] * 6]


def test_what_could_not_be_read_is_an_error_and_no_page(organization: Ansible) -> None:
    organization.simulator.fault(
        "status", "/organization/projects/{project_id}/api_keys", "GET", status=500, times=None
    )
    run = review(organization, "-e", "openai_admin_max_wait=0")
    assert run.status != 0
    assert run[f"{ROLE}Read the project API keys"].failed
    assert "The server failed: run again later." in run.output
    assert files(organization) == {}


def test_who_has_which_role_is_read_where_that_is_asked_for(organization: Ansible) -> None:
    group, lead = {"group": "group_team"}, {"user": LEAD}
    world = {
        **ORGANIZATION,
        "roles": [{"name": "Usage viewer", "id": "role_usage", "permissions": ["api.usage.read"]}],
        "role_assignments": [{"role": "role_usage", **group}, {"role": "role_usage", **lead}],
    }
    projects = [dict(each) for each in ORGANIZATION["projects"]]
    projects[0]["roles"] = [{"name": "Writer", "id": "role_writer", "permissions": ["api.responses.write"]}]
    projects[0]["role_assignments"] = [{"role": "role_writer", **group}]
    organization.simulator.reset({**world, "projects": projects})
    run = review(organization, roles="yes")
    assert run.status == 0, run.output
    rows = [row for row in table(files(organization)["csv"]) if row["kind"] == "role_assignment"]
    found = [(row["who"], row["role"], row["project"], row["through"]) for row in rows]
    team = f"'{FORMULA}"
    through = f"group {FORMULA}"
    assert {
        (team, "Usage viewer", "", ""),
        (LEAD, "Usage viewer", "", ""),
        (OWNER, "Organization owner", "", ""),
        (team, "Writer", "search-prod", ""),
        (LEAD, "Writer", "search-prod", through),
        (LEAD, "Project owner", "search-prod", ""),
        ("idle", "Writer", "search-prod", through),
        (OWNER, "Project owner", "search-prod", ""),
    } - {tuple(each) for each in found} == set()
    assert len(set(found)) == len(found)
    data = json.loads(files(organization)["json"].read_text(encoding="utf-8"))
    assert data["counts"]["role_assignments"] == len(rows)
    assert "Assigned roles" not in [each["what"] for each in data["not_read"]]
    page = files(organization)["html"].read_text(encoding="utf-8")
    assert '<section id="role-assignment">' in page
    asked = [request["path"] for task in run.tasks for request in task.requests if request["path"].endswith("/roles")]
    assert len(asked) == len(set(asked)) == (2 + 4) + 2 * (2 + 4) + 2


def test_who_can_do_what_and_why_is_a_table_of_its_own(organization: Ansible) -> None:
    """The reader of the table finds who can do something in a project, by which role, and through what."""
    projects = [dict(each) for each in ORGANIZATION["projects"]]
    projects[0]["roles"] = [{"name": "Writer", "id": "role_writer", "permissions": ["api.responses.write"]}]
    projects[0]["role_assignments"] = [
        {"role": "role_writer", "group": "group_team"},
        {"role": "role_writer", "user": DEV},
    ]
    organization.simulator.reset({**ORGANIZATION, "projects": projects})
    run = review(organization, matrix="yes")
    assert run.status == 0, run.output
    folder = organization.folder / "reports"
    rows = table(folder / "access_matrix.csv")
    through = f"role Writer through group {FORMULA}"
    asked = ("api.responses.write", "*")
    can = [row for row in rows if row["permission"] in asked and row["project_id"] in ("", "proj_search")]
    assert {(row["who"], row["project"], row["why"]) for row in can} == {
        (OWNER, "every project", "owner of the organization"),
        (DEV, "search-prod", "role Project member directly; role Writer directly"),
        (LEAD, "search-prod", f"role Project owner directly; {through}"),
        (f"'{FORMULA}", "search-prod", "role Project member directly"),
        ("idle", "search-prod", through),
        (LEFT, "search-prod", through),
        *((who, "every project", "role Organization reader directly") for who in (LEAD, DEV, SCIM)),
    }
    keys = [(row["id"], row["project_id"], row["permission"]) for row in rows]
    assert len(keys) == len(set(keys))
    assert f"Who can do what: {folder / 'access_matrix.csv'}" in summary(run)
    page = (folder / "access_review.html").read_text(encoding="utf-8")
    digest = hashlib.sha256((folder / "access_matrix.csv").read_bytes()).hexdigest()
    assert "SHA-256 of access_matrix.csv" in page
    assert digest in page
    data = json.loads((folder / "access_review.json").read_text(encoding="utf-8"))
    assert [(row["id"], row["project_id"], row["permission"]) for row in data["matrix"]] == [
        tuple(value or None for value in key) for key in keys
    ]


@pytest.mark.parametrize(
    "path", ["/organization/users/{user_id}/roles", "/projects/{project_id}/groups/{group_id}/roles"]
)
def test_roles_that_cannot_be_read_are_said(organization: Ansible, path: str) -> None:
    organization.simulator.fault("status", path, "GET", status=403, message="Not yours", times=None)
    run = review(organization, roles="true")
    assert run.status == 0, run.output
    (line,) = [line for line in summary(run) if line.startswith("Assigned roles could not be read: ")]
    assert "Not yours" in line


@pytest.mark.parametrize("mark", ["no", "yes"])
def test_the_page_says_what_it_is_the_evidence_of(organization: Ansible, mark: str) -> None:
    run = review(organization, byte_order_mark=mark)
    assert run.status == 0, run.output
    written = files(organization)
    evidence = facts(written["html"])
    data = json.loads(written["json"].read_text(encoding="utf-8"))
    own = next(key for key in organization.simulator.state()["admin_api_keys"] if key["id"] in data["admin_key"])
    assert evidence == {
        "Organization": "simulated-organization",
        "Read with the admin key": f"{own['redacted_value']} ({own['id']})",
        "Read at": data["made_at"],
        **{
            f"SHA-256 of access_review.{kind}": hashlib.sha256(written[kind].read_bytes()).hexdigest()
            for kind in ("csv", "json")
        },
    }
    assert organization.simulator.admin_key not in "".join(path.read_text("utf-8") for path in written.values())


def test_a_key_that_the_api_does_not_show_is_not_known(organization: Ansible) -> None:
    organization.simulator.fault("shape", "/organization/admin_api_keys", "GET", at=["data"], body=[])
    run = review(organization)
    assert run.status == 0, run.output
    assert facts(files(organization)["html"])["Read with the admin key"] == "not known"


def facts(page: Path) -> dict[str, str]:
    """What the evidence of a page consists of, by its names."""
    part = page.read_text(encoding="utf-8").partition('<section id="evidence">')[2].partition("</section>")[0]
    return dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", part))


@pytest.mark.parametrize(("path", "status"), [("", 404), ("", 401), ("/{group_id}/users", 403)])
def test_groups_that_cannot_be_read_are_said_and_the_page_is_written(
    organization: Ansible, path: str, status: int
) -> None:
    words = "Your plan has no groups"
    organization.simulator.fault(
        "status", f"/organization/groups{path}", "GET", status=status, message=words, times=None
    )
    run = review(organization)
    assert run.status == 0, run.output
    assert not any(task.failed for task in run.tasks)
    assert summary(run)[0].endswith("Could not be read: members of groups.")
    (line,) = [line for line in summary(run) if line.startswith("Members of groups could not be read: ")]
    assert words in line
    data = json.loads(files(organization)["json"].read_text(encoding="utf-8"))
    assert data["counts"]["group_members"] is None
    assert data["not_read"][0] == data["unreadable"][0]
    page = files(organization)["html"].read_text(encoding="utf-8")
    for section in "group-member", "not-read":
        assert words in page.partition(f'<section id="{section}">')[2].partition("</section>")[0]
    assert run.writes == []


@pytest.mark.parametrize(
    ("path", "status"), [("", 404), ("", 401), ("/{workload_identity_provider_id}/federation_rules", 403)]
)
def test_rules_that_cannot_be_read_are_said_and_not_taken_for_none(
    organization: Ansible, path: str, status: int
) -> None:
    route = f"/organization/workload_identity_providers{path}"
    organization.simulator.fault("status", route, "GET", status=status, message="Not for you", times=None)
    run = review(organization)
    assert run.status == 0, run.output
    assert summary(run)[0].endswith("Could not be read: federation rules.")
    data = json.loads(files(organization)["json"].read_text(encoding="utf-8"))
    assert data["counts"]["federation_rules"] is None
    assert "Not for you" in data["unreadable"][0]["why"]
    page = files(organization)["html"].read_text(encoding="utf-8")
    assert "Not for you" in page.partition('<section id="federation-rule">')[2].partition("</section>")[0]


@pytest.mark.parametrize("status", [400, 500])
def test_any_other_failure_of_groups_is_one(organization: Ansible, status: int) -> None:
    organization.simulator.fault("status", "/organization/groups", "GET", status=status, times=None)
    run = review(organization, "-e", "openai_admin_max_wait=0")
    assert run.status != 0
    assert run[f"{ROLE}Read the groups"].failed
    assert files(organization) == {}


def test_what_it_was_told_wrong_is_said_at_once(organization: Ansible) -> None:
    run = review(organization, unused_days="a quarter")
    assert run.status != 0
    assert "openai_admin_access_review_unused_days" in run.output
    assert [request for task in run.tasks for request in task.requests] == []
