# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The guide to access without keys: what it calls safe is accepted, what it calls unsafe is told, and keys go."""

from __future__ import annotations

import copy
import re
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from integration.direct import perform
from integration.guides import DECLARATION, PLAYBOOKS, ROOT
from integration.playbooks import Ansible
from simulator import Simulator

TEXT = (ROOT / "docs" / "workload_identity.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (.+?)\n(.*?)(?=^##)", TEXT, re.MULTILINE | re.DOTALL))
PLATFORMS = ["AWS", "Azure", "GitHub Actions", "GitLab", "Google Cloud", "Kubernetes"]
UNSAFE = [
    (platform, match, kind, said)
    for platform, section in SECTIONS.items()
    for match, kind, said in re.findall(r"^\| `(.+?)` \| .* \| (Warning|Error): `(.+?)` \|$", section, re.MULTILINE)
]
DAY = 86400
OWNER = [{"email": "owner@example.com", "role": "owner"}]


def safe(platform: str) -> dict[str, Any]:
    """The declaration of a platform."""
    (block,) = re.findall(r"^```yaml\n(.*?)^```$", SECTIONS[platform], re.MULTILINE | re.DOTALL)
    declared: dict[str, Any] = yaml.safe_load(block)[DECLARATION]
    return declared


def test_the_guide_has_all_platforms() -> None:
    assert sorted(SECTIONS) == PLATFORMS
    assert {platform for platform, *unused in UNSAFE} == {*PLATFORMS}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_safe_rule_is_accepted_without_a_word(platform: str, simulator: Simulator) -> None:
    simulator.reset({"users": OWNER})
    done = perform(simulator, "organization", **safe(platform))
    assert done.warnings == ()
    assert not perform(simulator, "organization", **safe(platform)).changed
    (provider,) = simulator.state()["workload_identity_providers"]
    (declared,) = safe(platform)["workload_identity_providers"]
    assert provider["rules"][0]["attribute_matchers"] == declared["rules"][0]["match"]


@pytest.mark.parametrize(("platform", "match", "kind", "said"), UNSAFE)
def test_the_task_says_what_is_not_safe(platform: str, match: str, kind: str, said: str, simulator: Simulator) -> None:
    simulator.reset({"users": OWNER})
    declared = copy.deepcopy(safe(platform))
    declared["workload_identity_providers"][0]["rules"][0]["match"] = yaml.safe_load(match)
    if kind == "Error":
        with pytest.raises(AdminError, match=re.escape(said)):
            perform(simulator, "organization", **declared)
        assert simulator.requests(writes=True) == []
    else:
        (warning,) = perform(simulator, "organization", **declared).warnings
        assert said in warning


def test_a_key_goes_in_three_runs(ansible: Ansible, tmp_path: Path) -> None:
    """The output of each run is what the guide shows, but for the day, and a fourth run has nothing to do."""
    account = {"name": "search-api", "role": "member"}
    keys = [
        {"name": "production", "id": "key_production", "service_account": "search-api", "created_at": "2025-01-01"},
        {"name": "someone-else", "user": "owner@example.com", "created_at": "2025-01-01"},
    ]
    project = {
        "name": "search-prod",
        "users": [{"email": "owner@example.com"}],
        "service_accounts": [account],
        "api_keys": keys,
    }
    ansible.simulator.reset({"users": OWNER, "projects": [project]})
    playbook, declaration = tmp_path / "without_key.yml", tmp_path / "organization.yml"
    (text,) = [each for name, each in PLAYBOOKS.items() if name.startswith("workload_identity.md")]
    playbook.write_text(text, encoding="utf-8")
    declaration.write_text(yaml.safe_dump({DECLARATION: safe("GitHub Actions")}), encoding="utf-8")
    now = int(time.time())
    shown = re.findall(r"^   ```text\n(.*?)^   ```$", TEXT, re.MULTILINE | re.DOTALL)
    for days, output in zip((1, 7, 37), shown, strict=True):
        used = now - days * DAY
        ansible.simulator.use("key_production", at=used)
        done = ansible.run(str(playbook))
        assert done.status == 0, done.output
        day = datetime.fromtimestamp(used, timezone.utc).strftime("%Y-%m-%d")
        expected = re.sub(r"\d{4}-\d\d-\d\d", day, output)
        lines = [re.sub(r" \*+$", "", line).strip() for line in done.output.splitlines()]
        left = iter(lines)
        assert [line.strip() for line in expected.splitlines() if line.strip() not in left] == [], done.output
    assert [each["name"] for each in ansible.simulator.state()["projects"][0]["api_keys"]] == ["someone-else"]
    assert ansible.run(str(playbook)).writes == []
