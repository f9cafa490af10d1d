# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The files that `make generate` writes are up to date, and tests notice whatever makes them stale."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from tools.generate import stale, write
from tools.project import ROOT
from unit.copies import copy_of_generated


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of all files that `make generate` reads or writes."""
    return copy_of_generated(tmp_path_factory.mktemp("original"))


@pytest.fixture
def copy(original: Path, tmp_path: Path) -> Path:
    """Return a copy that a test may change."""
    return shutil.copytree(original, tmp_path / "copy")


def test_nothing_is_stale() -> None:
    assert [f"{path} is stale: run `make generate`" for path in stale(ROOT)] == []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("plugins/action/user.py", "ActionModule", "Action"),
        ("meta/runtime.yml", "    - user\n", ""),
        ("README.md", "Change the rate limits of a project for a model", "reads rate limits"),
        ("README.md", "Of the 1", "Of the 9"),
        ("docs/operations.yml", "spend_limit: spend_limit\n", "spend_limit: not yet\n"),
        ("docs/operations.yml", "groups/{group_id}/users: group_user_info", "groups/{group_id}/users: not yet"),
        ("docs/rate_limits.md", "| `rate_limit` | to be changed | limits + 1 |\n", ""),
        ("roles/offboard/meta/argument_specs.yml", "        type: raw\n", "        type: str\n"),
        ("plugins/modules/user.py", "  sample: req_TXcmeWzpl019zHjDPgj5zpFF\n", ""),
        ("plugins/modules/user_info.py", "to give to the API's support", "which says nothing"),
        ("plugins/modules/user.py", "  returned: when the task fails after a write\n", ""),
        ("roles/offboard/tasks/end.yml", "state: absent", "state: present"),
        ("roles/access_review/tasks/listed.yml", "Read the groups", "Read nothing"),
        ("roles/offboard/vars/main.yml", "  invites: ", "  invitations: "),
    ],
)
def test_what_is_stale_is_named_and_written_anew(path: str, old: str, new: str, copy: Path) -> None:
    before = (copy / path).read_text(encoding="utf-8")
    (copy / path).write_text(before.replace(old, new), encoding="utf-8")
    assert list(stale(copy)) == [path]
    assert write(copy) == [path]
    assert (copy / path).read_text(encoding="utf-8") == before


def test_a_module_gets_its_action_plugin_and_loses_it_with_its_own_end(copy: Path) -> None:
    module = copy / "plugins/modules/user.py"
    text = module.read_text(encoding="utf-8")
    (copy / "plugins/action/user.py").unlink()
    assert write(copy) == ["plugins/action/user.py"]
    module.unlink()
    assert write(copy) == ["plugins/action/user.py", "meta/runtime.yml", "README.md"]
    assert not (copy / "plugins/action/user.py").exists()
    module.write_text(text, encoding="utf-8")
    write(copy)
    assert stale(copy) == {}
    assert (copy / "README.md").read_bytes() == (ROOT / "README.md").read_bytes()


def test_a_module_keeps_words_of_its_own(copy: Path) -> None:
    module = copy / "plugins/modules/user.py"
    text = module.read_text(encoding="utf-8")
    text = text.replace("RV(diff.before_header)", "it").replace("update user '", "change user '")
    module.write_text(text, encoding="utf-8")
    write(copy)
    text = module.read_text(encoding="utf-8")
    assert "change user '" in text
    assert "RV(diff.before_header)" in text


class TestDeclaration:
    """The options of C(organization), which are those of the kinds that a declaration can contain."""

    path = "plugins/modules/organization.py"

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("    type: int\n    default: 8\n", "    type: str\n    default: 9\n"),
            ("          - service_accounts\n          - certificates\n", "          - people\n"),
            ("            choices:\n              - present\n              - absent\n", ""),
            ("    elements: dict\n    suboptions: &project\n", "    suboptions: &project\n"),
        ],
    )
    def test_types_and_the_like_follow_from_the_specification(self, old: str, new: str, copy: Path) -> None:
        before = (copy / self.path).read_text(encoding="utf-8")
        documentation = before.partition("EXAMPLES")[0]
        text = documentation.replace(old, new) + before.removeprefix(documentation)
        (copy / self.path).write_text(text, encoding="utf-8")
        write(copy)
        assert (copy / self.path).read_text(encoding="utf-8") == before

    def test_what_is_new_comes_with_the_words_of_its_own_module(self, copy: Path) -> None:
        before = (copy / self.path).read_text(encoding="utf-8")
        text = re.sub(r"^      rate_limits: &rate_limits\n(?:^        .*\n)+", "", before, flags=re.MULTILINE)
        text = text.replace("      rate_limits: *rate_limits\n", "")
        text = re.sub(r"^      technical_level:\n(?:^        .*\n)+", "", text, flags=re.MULTILINE)
        (copy / self.path).write_text(text, encoding="utf-8")
        write(copy)
        text = (copy / self.path).read_text(encoding="utf-8")
        options = yaml.safe_load(text.split('r"""')[1].split('"""')[0])["options"]
        limits = options["projects"]["suboptions"]["rate_limits"]
        assert limits["description"] == "Change the rate limits of a project for a model."
        assert limits["suboptions"]["max_requests_per_1_minute"] == {
            "description": "Requests per minute that the project may send to the model.",
            "type": "int",
        }
        assert options["project_defaults"]["suboptions"]["rate_limits"] is limits
        assert list(options["users"]["suboptions"])[2:4] == ["role", "technical_level"]
        assert options["users"]["suboptions"]["technical_level"]["description"] == "Technical level of the person."

    def test_what_has_no_module_has_to_be_explained(self, copy: Path) -> None:
        text = (copy / self.path).read_text(encoding="utf-8")
        text = re.sub(r"^          certificate_id:\n(?:^            .*\n)+", "", text, flags=re.MULTILINE)
        (copy / self.path).write_text(text, encoding="utf-8")
        with pytest.raises(ValueError, match=r"say what projects\.certificates\.certificate_id is"):
            write(copy)


def test_a_file_without_the_place_for_it_is_refused(copy: Path) -> None:
    (copy / "meta/runtime.yml").write_text("---\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"meta/runtime\.yml"):
        write(copy)
