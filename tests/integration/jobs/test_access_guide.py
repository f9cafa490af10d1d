# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the guide about access declares is what the review then shows, for whoever follows it word by word."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from integration.guides import DECLARATIONS
from integration.playbooks import Ansible

PEOPLE: list[dict[str, Any]] = [
    {"email": "owner@example.com", "role": "owner"},
    {"email": "grace@example.com"},
    {"email": "search-lead@example.com"},
    {"email": "search-dev@example.com"},
]
FINANCE = {"name": "okta-finance", "is_scim_managed": True, "members": [{"email": "grace@example.com"}]}


def shown(declaration: str, ansible: Ansible, folder: Path, **there: Any) -> list[dict[str, str]]:
    """Apply a declaration of the guide twice, and return who can do what in the project, according to the review."""
    ansible.simulator.reset({"users": PEOPLE, **there})
    file = folder / "organization.yml"
    file.write_text(DECLARATIONS[declaration], encoding="utf-8")
    for changes in True, False:
        done = ansible.run("community.openai_admin.provision", "-e", f"@{file}")
        assert done.status == 0, done.output
        assert any(task.changed for task in done.tasks) is changes
    settings = {"openai_admin_access_review_matrix": "true", "openai_admin_access_review_directory": str(folder)}
    review = ansible.run("community.openai_admin.access_review", "-e", json.dumps(settings))
    assert review.status == 0, review.output
    with (folder / "access_matrix.csv").open(encoding="utf-8", newline="") as text:
        return [row for row in csv.DictReader(text) if row["project"] == "search-prod"]


def test_a_team_gets_read_access_in_ten_lines(ansible: Ansible, tmp_path: Path) -> None:
    assert len(DECLARATIONS["access.md, 1"].splitlines()) < 10
    projects = [{"name": "search-prod", "id": "proj_search"}]
    rows = shown("access.md, 1", ansible, tmp_path, groups=[FINANCE], projects=projects)
    assert {(row["who"], row["why"]) for row in rows} == {
        ("grace@example.com", "role Project viewer through group okta-finance")
    }
    viewer = {row["permission"] for row in rows}
    assert viewer
    assert all(permission.endswith(".read") for permission in viewer)


def test_groups_of_your_own_say_it_all(ansible: Ansible, tmp_path: Path) -> None:
    others = {"name": "others", "id": "group_others", "members": [{"email": "grace@example.com"}]}
    team = {"name": "search-team", "members": [{"email": "grace@example.com"}]}
    project = {"name": "search-prod", "id": "proj_search", "groups": [{"group": "others"}]}
    rows = shown("access.md, 2", ansible, tmp_path, groups=[others, team], projects=[project])
    assert [(row["who"], row["permission"], row["why"]) for row in rows] == [
        (f"search-{who}@example.com", "api.responses.write", "role Response writer through group search-team")
        for who in ("dev", "lead")
    ]
    assert ansible.simulator.state()["projects"][0]["groups"][0]["group"] != "group_others"


@pytest.mark.parametrize("exists", [False, True])
def test_a_service_account_has_one_permission(exists: bool, ansible: Ansible, tmp_path: Path) -> None:
    account = {"name": "search-api", "role": "none"}
    projects = [{"name": "search-prod", "id": "proj_search", "service_accounts": [account]}] if exists else []
    rows = shown("access.md, 3", ansible, tmp_path, projects=projects)
    assert [(row["kind"], row["who"], row["permission"], row["why"]) for row in rows] == [
        ("service_account", "search-api", "api.responses.write", "role Response writer through group search-api")
    ]
