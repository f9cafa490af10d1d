# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Declarations as files: what is read of a folder, what of a file, and what is refused, all together."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.parsing.dataloader import DataLoader
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.file import Reading, read_declaration
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.yaml_text import Unreadable, YamlText


def read(path: Path) -> Reading:
    return read_declaration(str(path), DataLoader())


def refused(path: Path) -> list[str]:
    """What is said of a declaration that cannot be read, without the folder."""
    with pytest.raises(BadInput) as error:
        read(path)
    return error.value.message.replace(f"{path}{os.sep}", "").splitlines()


def write(folder: Path, **files: str) -> Path:
    for name, text in {"organization.yml": "users: []\n", **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


# Folders


def test_both_endings_are_read_at_any_depth_and_what_is_hidden_or_a_note_is_left_alone(tmp_path: Path) -> None:
    files = {
        "projects/alpha.yml": "name: alpha",
        "projects/delta.yaml": "name: delta",
        "projects/team/echo.yml": "name: echo",
        "projects/README.md": "Teams",
        "projects/.alpha.yml.swp": "name: hidden",
        "projects/.old/beta.yml": "name: hidden",
        ".git/config.yml": "[]",
        "README.md": "- {",
        "CHANGES.MD": "",
    }
    content = read(write(tmp_path, **files)).content
    assert [project["name"] for project in content["projects"]] == ["alpha", "delta", "echo"]


def test_the_main_file_may_have_either_ending(tmp_path: Path) -> None:
    folder = write(tmp_path, **{"projects/a.yml": "name: a"})
    (folder / "organization.yml").rename(folder / "organization.yaml")
    assert read(folder).content == {"users": [], "projects": [{"name": "a"}]}
    (folder / "organization.yml").touch()
    assert refused(folder) == [
        "organization.yaml: organization.yml is in the same directory: keep only one of the two files."
    ]


@pytest.mark.parametrize(
    "name",
    [
        "users.yml",
        "project/a.yml",
        "ansible.cfg",
        "organization.yml~",
        "projects/delta.json",
        "projects/delta.YML",
        "projects/delta.yml.orig",
        "projects/delta",
        "projects/team/delta.txt",
    ],
)
def test_any_other_file_is_refused_by_its_name(name: str, tmp_path: Path) -> None:
    folder = write(tmp_path, **{"projects/a.yml": "name: a", name: "name: delta"})
    (said,) = refused(folder)
    shown = "project" if name == "project/a.yml" else name
    read_here = (
        "files that end with .yml or .yaml" if name.startswith("projects/") else "organization.yml and projects/"
    )
    assert said.startswith(f"{shown}: This is not part of a declaration: only {read_here} are read here.")


def test_a_link_that_leads_nowhere_is_refused_and_one_that_leads_back_as_well(tmp_path: Path) -> None:
    folder = write(tmp_path, **{"projects/a.yml": "name: a"})
    (folder / "projects" / "gone.yml").symlink_to("nowhere.yml")
    (folder / "projects" / "loop").symlink_to(folder / "projects")
    gone, loop = refused(folder)
    assert gone == "projects/gone.yml: This link points to nothing that exists."
    assert loop == "projects/loop: This is a link to a directory that contains it."


def test_all_that_is_wrong_in_all_files_is_said_together(tmp_path: Path) -> None:
    files = {
        "organization.yml": "users: []\nusers: []\nproject: []\n",
        "projects/a.yml": "name: a: b",
        "projects/b.yml": "- name: b",
        "projects/c.yml": "name: '{{ c }}'\n",
        "projects/d.txt": "name: d",
    }
    assert [line.partition(". ")[0] for line in refused(write(tmp_path, **files))] == [
        "organization.yml:2:1: users is given twice",
        "projects/a.yml:1:8: This is not valid YAML: mapping values are not allowed in this context.",
        "projects/b.yml: This is not a dictionary.",
        "projects/c.yml:1:7: '{{ c }}' looks like a template, and a file is not evaluated",
        "projects/d.txt: This is not part of a declaration: only files that end with .yml or .yaml are read here",
        "organization.yml:3:1: project is not an option",
    ]


def test_what_can_be_read_all_the_same_is_read(tmp_path: Path) -> None:
    reading = read(write(tmp_path, **{"projects/a.yml": "name: '{{ a }}'\n", "projects/b.yml": "name: b"}))
    assert [(each["place"], each["message"][:7]) for each in reading.problems] == [
        (f"{tmp_path}/projects/a.yml:1:7", "'{{ a }")
    ]
    assert reading.content["projects"][1] == {"name": "b"}


# Files of a folder


def test_a_single_file_of_a_folder_leads_on(tmp_path: Path) -> None:
    folder = write(tmp_path / "here", **{"projects/a.yml": "name: a", "projects/team/b.yaml": "project_id: proj_b"})
    for name in "projects/a.yml", "projects/team/b.yaml":
        (said,) = refused(folder / name)
        assert (
            said
            == f"{folder}/{name}: This is the file of one project. Give the directory {folder}, which it is a part of."
        )
    (said,) = refused(folder / "organization.yml")
    assert said.startswith(
        f"{folder}/organization.yml: This is a part of the declaration in {folder}, whose projects are in"
    )
    alone = write(tmp_path / "there", **{"team.yml": "name: a\nusers: []\n"})
    (said,) = refused(alone / "team.yml")
    assert said == f"{alone}/team.yml: This declares one project. A declaration has a list of them, in projects."


@pytest.mark.parametrize(
    "files",
    [
        {"projects/website.yml": "title: A website\n"},
        {"projects/website.yml": "- name: A website\n"},
        {"projects/README.md": "name: a"},
        {"organization.yml": "projects: []", "projects/a.yml": "name: a"},
        {},
    ],
)
def test_a_file_that_is_no_part_of_a_folder_is_read(files: dict[str, str], tmp_path: Path) -> None:
    assert read(write(tmp_path, **files) / "organization.yml").problems == ()


# Values


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("22:30", "22:30"),
        ("0123", "0123"),
        ("1_000", "1_000"),
        ("0012", "0012"),
        ("0o17", "0o17"),
        ("0x1F", "0x1F"),
        ("1.50", "1.50"),
        ("+5", "+5"),
        ("2026-11-26", "2026-11-26"),
        ("no", "no"),
        ("On", "On"),
        ("=", "="),
        ("5", 5),
        ("-1", -1),
        ("1.5", 1.5),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("'~'", "~"),
        ("!!str 5", "5"),
        ("!unsafe '{{ x }}'", "{{ x }}"),
    ],
)
def test_values_stay_as_they_are_written(written: str, value: Any) -> None:
    text = YamlText(f"name: {written}\n".encode())
    assert (text.flaws, text.data) == ([], {"name": value})
    assert type(text.data["name"]) is type(value)


def test_names_stay_as_they_are_written() -> None:
    assert YamlText(b"no: 1\n012: 2\n~: 3\n").data == {"no": 1, "012": 2, "~": 3}


@pytest.mark.parametrize(
    ("written", "flaw"),
    [
        ("a: !!int x", ("'x' is not a number.", (1, 4))),
        ("a: !!int ''", ("'' is not a number.", (1, 4))),
        ("a: !!float x", ("'x' is not a number.", (1, 4))),
        ("a: !!set {x}", ("!!set cannot be in a declaration.", (1, 4))),
        ("a: !!omap []", ("!!omap cannot be in a declaration.", (1, 4))),
        ("a: !unsafe [x]", ("!unsafe cannot be in a declaration.", (1, 4))),
        ("a: !!python/name:os.system ''", ("!!python/name:os.system cannot be in a declaration.", (1, 4))),
        ("a: 1\n? [b]\n: 2", ("A key must be a string.", (2, 3))),
        ("a: 1\n<<: 2", ("<< merges a dictionary, and this is not one.", (2, 5))),
        ("'{{ a }}': 1", None),
        ("a: &a {<<: *a}", ("This contains itself.", (1, 4))),
        ("a: &a\n  b: *a", ("This contains itself.", (1, 4))),
    ],
)
def test_what_is_no_data_is_told_with_its_place(written: str, flaw: tuple[str, tuple[int, int]] | None) -> None:
    flaws = YamlText(written.encode()).flaws
    if flaw is None:
        assert flaws[0][0].startswith("'{{ a }}' looks like a template")
    else:
        assert flaws == [flaw]


@pytest.mark.parametrize(
    ("content", "message", "place"),
    [
        (b"a: 1\nb: \x00", "The character U+0000 cannot be in a YAML text.", (2, 4)),
        (b"a: 1\r\nb: \xe9", "This is not encoded in UTF-8.", (2, 4)),
        (b"a: [1", "This is not valid YAML: while parsing a flow sequence, did not find expected ',' or ']'.", (1, 6)),
        (b"a: *b", "This is not valid YAML: found undefined alias.", (1, 4)),
        (
            b"a: 1\n---\nb: 1",
            "This is not valid YAML: expected a single document in the stream, but found another document.",
            (2, 1),
        ),
    ],
)
def test_what_is_no_yaml_is_told_with_its_place(content: bytes, message: str, place: tuple[int, int]) -> None:
    with pytest.raises(Unreadable) as error:
        YamlText(content)
    assert (error.value.message, error.value.place) == (message, place)


def test_what_is_nested_as_deep_as_anything_ends_in_words() -> None:
    for opened in 900, 5_000, 200_000:
        try:
            said = YamlText(b"a: " + b"[" * opened + b"]" * opened).flaws[0][0]
        except Unreadable as error:
            said = error.message
        assert said.startswith(("This is nested too deeply.", "This is not valid YAML: "))


def test_a_bomb_of_aliases_is_defused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{each}: &a{each} [{', '.join([f'*a{each - 1}'] * 10)}]" for each in range(1, 12)]
    text = YamlText("\n".join(lines).encode())
    assert text.flaws == [("This contains more than 10000000 values.", (1, 1))]
    assert text.data is None


def test_a_mapping_may_be_taken_over_before_it_is_its_turn() -> None:
    """What lies deep is made late, so that a shallow mapping takes over a deep one that takes over another."""
    text = "a: {b: [{c: &c {<<: &base {x: 1, y: 1}, x: 2}}]}\nd: {<<: *c, y: 3}\n"
    read = YamlText(text.encode())
    assert (read.flaws, read.data) == ([], yaml.safe_load(text))
    assert read.place(["d", "x"]) == (1, text.index("2}") + 1)


@pytest.mark.parametrize(
    "text",
    [
        "a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc: {<<: [*a, *b], z: 3}",
        "a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc: {<<: *a, <<: *b}",
        "a: &a {x: 1, y: 2}\nc: {x: 5, <<: *a}",
        "a: &a {x: {y: 1}}\nc: {<<: *a, x: {z: 1}}",
    ],
)
def test_merge_keys_mean_what_they_mean_elsewhere(text: str) -> None:
    assert YamlText(text.encode()).data == yaml.safe_load(text)


# Places


def test_lines_are_those_of_editors() -> None:
    """YAML takes U+0085 and U+2028 for ends of lines, and editors do not."""
    text = YamlText('a: "x\u0085y\u2028z"\nb: 1\n'.encode())
    assert text.data == {"a": "x y\u2028z", "b": 1}
    assert text.place(["b"]) == (2, 4)


def test_what_is_not_there_has_the_place_of_what_it_would_lie_in(tmp_path: Path) -> None:
    folder = write(
        tmp_path, **{"organization.yml": "users:\n  - email: a\n", "projects/a.yml": "# a\nname: a\nusers: [{}]\n"}
    )
    reading = read(folder)
    assert reading.place("users[0]", "role") == f"{folder}/organization.yml:2:5"
    assert reading.place("users[7]", "role") == f"{folder}/organization.yml:2:3"
    assert reading.place("projects[0]", "project_id") == f"{folder}/projects/a.yml:2:1"
    assert reading.place("projects[0]") == f"{folder}/projects/a.yml:2:1"
    assert reading.place("projects[0].users[0]", "email") == f"{folder}/projects/a.yml:3:9"
    assert reading.place("", "max_removals") == ""
    assert reading.place("invites[0]", "email") == ""
    assert reading.place("") == ""


def test_a_path_is_written_as_people_know_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path)
    assert read(folder).place("", "users") == f"{folder}/organization.yml:1:8"
    monkeypatch.chdir(tmp_path)
    assert read(folder).place("", "users", of_name=True) == "organization.yml:1:1"
    monkeypatch.chdir(tmp_path.parent)
    assert read(folder).place("", "users") == f"{tmp_path.name}/organization.yml:1:8"
