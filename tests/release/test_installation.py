# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The collection in an environment where it was never before, and the guide for beginners typed literally there."""

from __future__ import annotations

import os
import re
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from simulator import Simulator, running
from tools import importer, venvs
from tools.project import BUILD, ROOT, tracked

GUIDE = (ROOT / "docs" / "getting_started.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
NAME = "community.openai_admin"
REPOSITORY = f"git+https://github.com/ansible-collections/{NAME}.git"
VENV = BUILD / "installation"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return importer.build(tmp_path_factory.mktemp("dist") / "archive")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The checkout as it is, committed or not, as a repository of its own."""
    place = tmp_path_factory.mktemp("repository")
    for name in tracked():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes((ROOT / name).read_bytes())
    who = ["-c", "user.name=Tests", "-c", "user.email=tests@example.com"]
    for command in ["init", "-q", "-b", "main"], ["add", "-A"], [*who, "commit", "-q", "-m", "All"]:
        subprocess.run(["git", *command], cwd=place, check=True)
    return f"git+file://{place}"


@pytest.fixture
def organization() -> Iterator[Simulator]:
    with running(organization=ROOT / "tests" / "demo" / "organization.yml") as simulator:
        yield simulator


@pytest.fixture(scope="module")
def programs() -> Path:
    """Where those of ansible-core are, without any other, and not even requests."""
    venvs.ensure(VENV, ["ansible-core"])
    python = str(VENV / "bin" / "python")
    subprocess.run([python, "-m", "pip", "uninstall", "-q", "-y", "requests"], check=True)
    return VENV / "bin"


@pytest.fixture
def empty(programs: Path, tmp_path: Path) -> dict[str, str]:
    """An environment with ansible-core and nothing else, and no collection."""
    foreign = ("ANSIBLE_", "OPENAI_", "PYTHON")
    own = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    path = os.pathsep.join((str(programs), own["PATH"]))
    return {**own, "PATH": path, "ANSIBLE_HOME": str(tmp_path / "home"), "ANSIBLE_NOCOLOR": "true"}


def bash(script: str, env: Mapping[str, str], folder: Path, typed: str = "") -> str:
    """What a shell printed; it stops at the first command that fails."""
    command = ["bash", "-e", "-o", "pipefail", "-c", script]
    done = subprocess.run(
        command,
        env=env,
        cwd=folder,
        input=typed,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def commands(text: str) -> list[str]:
    """What a reader types."""
    blocks = re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


def files(text: str) -> dict[str, str]:
    """What a reader writes to files."""
    found = re.findall(r"to `([\w.]+\.yml)`[^`]*\n\n```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return dict(found)


def test_the_guide_typed_literally(
    empty: dict[str, str], archive: Path, organization: Simulator, tmp_path: Path
) -> None:
    """But for where the collection comes from, and where the API is."""
    for name, text in files(GUIDE).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    typed = commands(GUIDE)
    for given, here in {
        f"install {NAME}": f"install {archive}",
        "http://127.0.0.1:PORT/v1": organization.url,
        "sk-admin-simulator-development-key": organization.admin_key,
    }.items():
        assert len([line for line in typed if given in line]) == 1
        typed = [line.replace(given, here) for line in typed]
    script = "\n".join(f"echo '== {number}'\n{line}" for number, line in enumerate(typed))
    output = bash(script, empty, tmp_path, typed=f"{organization.admin_key}\n")

    printed = dict(enumerate(re.split(r"^== \d+\n", output, flags=re.MULTILINE)[1:]))
    recaps = [(typed[number], text) for number, text in printed.items() if "PLAY RECAP" in text]
    changes = [int(re.findall(r"changed=(\d+)", text)[0]) for dummy, text in recaps]
    assert [command for command, dummy in recaps] == [line for line in typed if line.startswith("ansible-playbook")]
    search, again, drift, check, real = changes[0], changes[2], changes[3], changes[4], changes[5]
    assert search == changes[1] > 0
    assert again == drift == 0  # nobody raised the limit
    assert check == real > 0
    names = {project["name"] for project in organization.state()["projects"]}
    assert {"search-prod", "research"} <= names


def test_from_git(empty: dict[str, str], repository: str, tmp_path: Path) -> None:
    install = next(line for line in commands(README) if REPOSITORY in line)
    bash(install.replace(REPOSITORY, repository), empty, tmp_path)
    assert bash(f"ansible-doc {NAME}.project", empty, tmp_path).startswith("> MODULE community.openai_admin.project")
    assert f"{NAME}.job_report" in bash(f"ansible-doc -t filter -l {NAME}", empty, tmp_path)


def test_the_archive_holds_what_users_need(archive: Path) -> None:
    with tarfile.open(archive) as tar:
        names = set(tar.getnames())
    assert {"README.md", "LICENSE", "MANIFEST.json", "meta/runtime.yml", "changelogs/changelog.yaml"} <= names
    assert {f"playbooks/{path.name}" for path in (ROOT / "playbooks").glob("*.yml")} <= names
    assert [name for name in names if name.startswith((".", "tests/tools", "docs/site", "findings"))] == []
    assert archive.stat().st_size < 2_000_000
