# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an export changes in files: only what an export wrote goes without a word, and the rest is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.export_files import (
    Changes,
    Found,
    Unsuitable,
    is_exact,
    plan_directory,
    plan_file,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.text import declaration_files
from hypothesis import given
from hypothesis import strategies as st

ORGANIZATION: dict[str, Any] = {
    "users": [{"email": "ada@example.com", "role": "owner"}],
    "projects": [{"name": "alpha", "users": []}, {"name": "beta", "users": []}],
}


def exported(layout: str, when: str = "1 May", **instead: Any) -> dict[str, str]:
    texts: dict[str, str] = declaration_files({**ORGANIZATION, **instead}, "Example", when, layout)["files"]
    return texts


def write(place: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        path = place / name if name else place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def of_file(place: Path, **instead: Any) -> Changes:
    return plan_file(place / "organization.yml", exported("file", "2 May", **instead)[""], "now")


def of_directory(place: Path, **instead: Any) -> Changes:
    return plan_directory(place, exported("directory", "2 May", **instead), "projects", "now")


def names(place: Path, paths: Any) -> list[str]:
    return [Path(path).relative_to(place).as_posix() for path in paths]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    write(tmp_path / "organization.yml", exported("file"))
    return tmp_path


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    write(tmp_path, exported("directory"))
    return tmp_path


def test_where_nothing_is_everything_is_written(tmp_path: Path) -> None:
    assert names(tmp_path, of_file(tmp_path).write) == ["organization.yml"]
    changes = of_directory(tmp_path / "new")
    assert names(tmp_path / "new", changes.write) == ["organization.yml", "projects/alpha.yml", "projects/beta.yml"]
    assert (changes.flaws, changes.backup, changes.remove) == ((), {}, ())


def test_what_only_another_day_would_change_stays(file: Path, tmp_path: Path) -> None:
    assert of_file(file) == Changes((str(file / "organization.yml"),), {}, (), {}, (), (), ())
    write(tmp_path / "folder", exported("directory"))
    changes = of_directory(tmp_path / "folder")
    assert (changes.write, changes.flaws, changes.difference) == ({}, (), ())


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_an_export_wrote_is_overwritten_without_a_word(ends: str, directory: Path) -> None:
    for path in directory.rglob("*.yml"):
        path.write_bytes(path.read_bytes().replace(b"\n", ends.encode()))
    changes = of_directory(directory, projects=[{"name": "alpha", "users": [{"email": "x@example.com"}]}])
    assert (changes.flaws, changes.backup) == ((), {})
    assert names(directory, changes.write) == ["organization.yml", "projects/alpha.yml"]
    assert names(directory, changes.remove) == ["projects/beta.yml"]
    assert "+  - {email: x@example.com}" in changes.difference


@pytest.mark.parametrize(
    ("old", "new"),
    [("owner}", "reader}"), ("users:", "# mine\n  users:"), ("# Written by community", "# Written by me, community")],
)
def test_what_was_changed_by_hand_is_told(old: str, new: str, file: Path) -> None:
    path = file / "organization.yml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    changes = of_file(file)
    told = "was not written by an export" if "by me" in new else "was changed since an export wrote it"
    assert changes.flaws == (f"{path} {told}",)
    assert changes.backup == {str(path): str(file / ".organization.yml.now.backup")}
    assert [line for line in changes.difference if line.startswith("-") and new.splitlines()[0] in line] != []


def test_a_file_of_somebody_else_is_neither_lost_nor_shown_if_it_is_encrypted(tmp_path: Path) -> None:
    path = tmp_path / "organization.yml"
    path.write_text("openai_admin_organization: {users: []}\n", "utf-8")
    assert of_file(tmp_path).flaws == (f"{path} was not written by an export",)
    assert of_file(tmp_path).mergeable
    path.write_text("$ANSIBLE_VAULT;1.1;AES256\n3030\n", "utf-8")
    changes = of_file(tmp_path)
    assert changes.flaws == (f"{path} is encrypted",)
    assert not changes.mergeable
    assert changes.difference == (f"{path} cannot be compared.",)
    path.write_bytes(b"\xff\xfe\xff")
    assert of_file(tmp_path).flaws == (f"{path} is not a text file",)
    assert not of_file(tmp_path).mergeable


@pytest.mark.parametrize("what", ["website.yml", "new.yaml", "team/new.yml"])
def test_files_without_the_mark_are_never_removed(what: str, directory: Path) -> None:
    write(directory / "projects", {what: "name: not applied yet\n"})
    changes = of_directory(directory, projects=[])
    assert changes.flaws == (f"{directory}/projects/{what} was not written by an export",)
    assert names(directory, changes.remove) == ["projects/alpha.yml", "projects/beta.yml"]
    assert names(directory, changes.write) == ["organization.yml"]
    assert changes.backup == {}
    same = of_directory(directory)
    assert same.flaws == ()  # where nothing changes, nothing is lost
    assert same.others == changes.others == (f"{directory}/projects/{what}",)
    assert not is_exact(same)


def test_a_changed_file_of_a_project_that_is_gone_is_copied_first(directory: Path) -> None:
    path = directory / "projects" / "beta.yml"
    path.write_text(path.read_text("utf-8") + "purge: [users]\n", "utf-8")
    changes = of_directory(directory, projects=[{"name": "alpha", "users": []}])
    assert changes.flaws == (f"{path} was changed since an export wrote it",)
    assert names(directory, changes.remove) == ["projects/beta.yml"]
    assert changes.backup == {str(path): str(directory / ".backup-now" / "projects" / "beta.yml")}


def test_files_that_were_taken_away_or_exchanged_are_noticed(directory: Path) -> None:
    (directory / "projects" / "beta.yml").unlink()
    told = (f"files in {directory}/projects were added, removed or replaced",)
    assert of_directory(directory).flaws == told
    write(directory, exported("directory"))
    older = exported("directory", projects=[{"name": "alpha", "users": [{"email": "old@example.com"}]}])
    write(directory, {"projects/alpha.yml": older["projects/alpha.yml"]})  # an older one, as an export wrote it
    assert of_directory(directory).flaws == told


def test_a_changed_project_is_known_to_the_next_export(directory: Path) -> None:
    projects = [{"name": "alpha", "users": [{"email": "x@example.com"}]}, {"name": "beta", "users": []}]
    first = of_directory(directory, projects=projects)
    write(directory, {name: first.write[str(directory / name)] for name in names(directory, first.write)})
    assert names(directory, first.write) == ["organization.yml", "projects/alpha.yml"]
    assert of_directory(directory, projects=projects).write == {}
    assert of_directory(directory).flaws == ()


def test_a_main_file_may_have_the_other_ending(directory: Path) -> None:
    (directory / "organization.yml").rename(directory / "organization.yaml")
    changes = of_directory(directory, users=[])
    assert (changes.flaws, names(directory, changes.write)) == ((), ["organization.yaml"])


def test_what_a_declaration_cannot_hold_is_named_and_left(directory: Path) -> None:
    write(directory, {"ansible.cfg": "", "README.md": "", ".gitignore": ""})
    changes = of_directory(directory, users=[])
    assert changes.left == (f"{directory}/ansible.cfg",)
    assert changes.flaws == ()


def test_another_layout_is_refused(file: Path) -> None:
    with pytest.raises(Unsuitable, match="is a file: set openai_admin_export_layout: file"):
        of_directory(file / "organization.yml")
    with pytest.raises(Unsuitable, match="is a directory: set openai_admin_export_layout: directory"):
        plan_file(file, "", "now")


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_any_change_of_any_character_is_noticed(text: str) -> None:
    whole = exported("file", users=[{"email": text}])[""].replace("\r\n", "\n")
    assert Found(Path("x"), whole).flaw == ""
    for at in range(0, len(whole), 7):
        changed = whole[:at] + ("x" if whole[at] != "x" else "y") + whole[at + 1 :]
        assert Found(Path("x"), changed).flaw != ""


# Another organization


def named(layout: str, name: str | None, **instead: Any) -> dict[str, str]:
    texts: dict[str, str] = declaration_files({**ORGANIZATION, **instead}, "", "1 May", layout, name)["files"]
    return texts


FOREIGN = "is for the organization 'one', not for 'two'"


def test_the_export_of_another_organization_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "organization.yml"
    write(path, named("file", "one"))
    changes = plan_file(path, named("file", "two")[""], "now")
    assert [flaw.endswith(f"organization.yml {FOREIGN}") for flaw in changes.flaws] == [True]
    assert list(changes.backup) == [str(path)]  # where it is forced
    for name in "one", None:
        assert plan_file(path, named("file", name, users=[])[""], "now").flaws == ()


def test_nor_is_any_file_of_its_directory(tmp_path: Path) -> None:
    write(tmp_path, named("directory", "one"))
    changes = plan_directory(tmp_path, named("directory", "two", projects=[]), "projects", "now")
    assert len(changes.flaws) == 3
    assert all(flaw.endswith(FOREIGN) for flaw in changes.flaws)
    assert sorted(changes.backup) == sorted(map(str, tmp_path.rglob("*.yml")))


def test_where_it_was_not_known_an_export_is_written(tmp_path: Path) -> None:
    path = tmp_path / "organization.yml"
    write(path, named("file", None))
    changes = plan_file(path, named("file", "two")[""], "now")
    assert (changes.flaws, list(changes.write)) == ((), [str(path)])
