# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every statement in docs/terraform.md has a source, and the tests that it names exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ansible_collections.community import openai_admin
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    declaration_options,
)

ROOT = Path(next(iter(openai_admin.__path__)))
GUIDE = (ROOT / "docs" / "terraform.md").read_text(encoding="utf-8")
LABEL = re.compile(r"\[([A-Z]\d+)\]")
HEADS = ("|---", "| what |", "| resource", "| in Terraform |", "| what somebody did |", "| label |")
"""The beginnings of rows that state nothing."""


def unsourced(guide: str) -> list[str]:
    """Return the paragraphs, items and rows of a guide without a source, and labels without a source or a use."""
    body, sources = guide.split("\n## Sources\n")
    text = re.sub(r"^```.*?^```$|<!--.*?-->|^#[^\n]*", "", body, flags=re.MULTILINE | re.DOTALL)
    parts = [part for block in re.split(r"\n\s*\n", text) for part in re.split(r"\n(?=[|-])", block.strip())]
    without = [part for part in parts if part and not part.startswith(HEADS) and not LABEL.search(part)]
    known = re.findall(r"^\| ([A-Z]\d+) \|", sources, re.MULTILINE)
    used = set(LABEL.findall(text))
    return [*without, *sorted({*known} ^ used), *(label for label in known if known.count(label) > 1)]


def missing_tests(guide: str) -> list[str]:
    """Return the tests that sources name, but that do not exist."""
    rows = re.findall(r"^\| C\d+ \| (.*) \|$", guide.split("\n## Sources\n")[1], re.MULTILINE)
    named = [(file, name) for row in rows for file, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row)]
    assert len(rows) == len([row for row in rows if "::" in row])
    return [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / file).is_file() or f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8")
    ]


def test_every_statement_has_a_source() -> None:
    assert unsourced(GUIDE) == []
    assert missing_tests(GUIDE) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n## Sources\n", "\nTerraform is never wrong.\n\n## Sources\n"),
        ("\n## Sources\n", "\n- An item.\n\n## Sources\n"),
        ("| resource | import ID |", "| `openai_project` | `x` | no source |\n| resource | import ID |"),
        ("\n## Sources\n", "\nSo it is. [P99]\n\n## Sources\n"),
        ("| C1 |", "| C99 |"),
    ],
)
def test_a_statement_without_a_source_would_be_noticed(old: str, new: str) -> None:
    assert old in GUIDE
    assert unsourced(GUIDE.replace(old, new, 1)) != []


def test_a_test_that_is_not_there_would_be_noticed() -> None:
    assert missing_tests(re.sub(r"(\.py::)\w+", r"\1test_nothing", GUIDE, count=1)) != []


def rows(heading: str) -> list[list[str]]:
    section = GUIDE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in section.splitlines()
        if "| `openai_" in line or "| no resource" in line
    ]


def test_the_table_is_that_of_the_options() -> None:
    """The modules and options that it names exist, and those not supported yet are refused under these names."""
    options = declaration_options()
    of_project = options["projects"]["options"]
    for resource, module, declared, unused_source in rows("Resources and modules"):
        modules = re.findall(r"`(\w+)`", re.sub(r"\(.*?\)|, with .*", "", module))
        assert [name for name in modules if not (ROOT / "plugins" / "modules" / f"{name}.py").is_file()] == []
        assert (module == "not yet") == (not modules), resource
        assert modules or declared == "not yet", resource
        named = set(re.findall(r"`(\w+)`", declared)) - {"active"}
        assert named <= (of_project if "of a project" in declared else options).keys(), resource
    assert {"technical_level", "developer_persona"} <= options["users"]["options"].keys()
    assert "active" in options["certificates"]["options"]


def test_the_table_has_all_resources_of_the_provider() -> None:
    named = {name for row in rows("Resources and modules") for name in re.findall(r"`(openai_\w+)`", row[0])}
    assert named == {f"openai_{name}" for name in PROVIDER.split()}


PROVIDER = """
certificate group group_role group_user invite organization_data_retention organization_spend_alert
organization_spend_limit organization_user project project_data_retention project_group project_group_role
project_hosted_tool_permissions project_model_permissions project_rate_limit project_role project_service_account
project_spend_alert project_spend_limit project_user project_user_role role user_role
"""
"""The result of C(Resources) in the provider's 1.1.0."""
