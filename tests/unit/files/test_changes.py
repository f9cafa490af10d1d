# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files as they are to be: what differs, what is written, and what becomes of those that cannot be."""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import pytest
import yaml
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, BadInput
from ansible_collections.community.openai_admin.plugins.modules.write_files import DOCUMENTATION
from ansible_collections.community.openai_admin.plugins.plugin_utils._files.action import ARGUMENT_SPEC, _wanted
from ansible_collections.community.openai_admin.plugins.plugin_utils._files.changes import (
    Wanted,
    carried_out,
    difference,
    differing,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._files.modes import number
from hypothesis import given
from hypothesis import strategies as st

LARGE = 10_000


def write(**wanted: Any) -> list[Path]:
    asked = Wanted(**wanted)
    return [change.path for change in carried_out(differing(asked), asked)]


def shown(**wanted: Any) -> list[dict[str, Any]]:
    return [difference(change, LARGE) for change in differing(Wanted(**wanted))]


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o7777


def test_the_second_time_changes_nothing(tmp_path: Path) -> None:
    texts = {tmp_path / "a" / "one": "1\n", tmp_path / "two": "\udcff2"}
    assert write(texts=texts, mode="0600") == list(texts)
    assert [(path.read_bytes(), mode_of(path)) for path in texts] == [
        (text.encode("utf-8", "surrogatepass"), 0o600) for text in texts.values()
    ]
    assert differing(Wanted(texts=texts, mode="0600")) == []
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "one", "two"]


def test_a_file_that_is_there_keeps_its_mode_unless_one_is_given(tmp_path: Path) -> None:
    path = tmp_path / "it"
    path.write_text("old")
    path.chmod(0o640)
    assert write(texts={path: "new"}) == [path]
    assert (path.read_text(), mode_of(path)) == ("new", 0o640)
    assert shown(kept=(path, tmp_path / "missing"), mode="0600") == [
        {"before_header": str(path), "after_header": str(path), "before": "mode: 0640\n", "after": "mode: 0600\n"}
    ]
    assert write(kept=(path,), mode="0600") == [path]
    assert (path.read_text(), mode_of(path)) == ("new", 0o600)


def test_what_changes_is_copied_first_and_what_stays_is_not(tmp_path: Path) -> None:
    one, two, three = (tmp_path / name for name in ("one", "two", "three"))
    for path in one, two, three:
        path.write_text(f"{path.name}\n")
    copies = {path: tmp_path / "old" / path.name for path in (one, two, three)}
    assert write(texts={one: "1\n", two: "two\n"}, gone=(three,), copies=copies) == [one, three]
    assert [(path.name, path.read_text()) for path in sorted((tmp_path / "old").iterdir())] == [
        ("one", "one\n"),
        ("three", "three\n"),
    ]
    assert not three.exists()
    assert write(gone=(three,)) == []


def test_nothing_is_written_where_one_of_the_files_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    fine = tmp_path / "fine"
    for bad in tmp_path / "file" / "x", tmp_path / "folder":
        with pytest.raises(BadInput, match="Could not"):
            write(texts={fine: "", bad: ""})
    for options in {"owner": "nobody-has-this-name"}, {"group": "nobody-has-this-name"}, {"mode": "rw"}:
        with pytest.raises(BadInput, match=r"nobody-has-this-name|'rw' is not a file mode"):
            write(texts={fine: ""}, **options)
    assert not fine.exists()


@pytest.mark.parametrize(
    ("files", "gone", "why"),
    [
        (["f", "f/g"], [], "files has .*/f as a file"),
        (["f/g/h", "f"], [], "files has .*/f as a file"),
        (["f"], ["f"], "in both files and removed"),
        (["f"], ["./x/../f"], "in both files and removed"),
    ],
)
def test_files_that_exclude_each_other_are_refused_before_anything_is_written(
    tmp_path: Path, files: list[str], gone: list[str], why: str
) -> None:
    wanted = Wanted(texts={tmp_path / name: "" for name in files}, gone=tuple(tmp_path / name for name in gone))
    with pytest.raises(BadInput, match=why):
        differing(wanted)


def test_a_directory_that_cannot_be_made_is_found_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    new = tmp_path / "new"
    with pytest.raises(BadInput, match="'rw' is not a file mode"):
        differing(Wanted(texts={new / "x": ""}, folder=new, folder_mode="rw"))
    for folder in tmp_path / "file", tmp_path / "file" / "deep":
        with pytest.raises(BadInput, match=r"file is not a directory"):
            differing(Wanted(folder=folder))
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_failure_says_what_was_done_before(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "deep" / "two"
    wanted = Wanted(texts={one: "1", two: "2"})
    changes = differing(wanted)
    (tmp_path / "deep").write_text("in the way since")
    with pytest.raises(AdminError, match=rf"Could not write {two}: .*\. Done before that: {one}\."):
        carried_out(changes, wanted)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deep", "one"]


def test_a_difference_shows_texts_and_no_secret(tmp_path: Path) -> None:
    path, key = tmp_path / "it", "sk-admin-" + "a" * 40
    path.write_text(f"key: {key}\n")
    assert shown(texts={path: "key: none\n"}) == [
        {"before_header": str(path), "after_header": str(path), "before": "key: sk-***\n", "after": "key: none\n"}
    ]
    path.write_text("-----BEGIN RSA PRIVATE KEY-----\nabc\n")
    (hidden,) = shown(texts={path: "-----BEGIN CERTIFICATE-----\n"})
    assert "abc" not in str(hidden)
    assert hidden["after"] == "-----BEGIN CERTIFICATE-----\n"
    path.write_bytes(b"\xff\x00")
    (binary,) = shown(texts={path: "x" * (LARGE + 1)})
    assert (binary["dst_binary"], binary["src_larger"]) == (1, LARGE)
    (gone,) = shown(gone=(path,))
    assert (gone["after_header"], gone["after"]) == ("(removed)", "")


@given(
    st.lists(st.tuples(st.sampled_from(["", "u", "g", "o", "a", "ug", "uo"]), st.sampled_from("+-="), st.sampled_from(
        ["", "r", "w", "x", "rw", "rx", "rwx", "X", "rX"])), min_size=1, max_size=3),
    st.sampled_from([0o600, 0o644, 0o755, 0o000, 0o777]),
)  # fmt: skip
def test_letters_mean_what_chmod_means_by_them(clauses: list[tuple[str, str, str]], has: int) -> None:
    mode = ",".join("".join(each) for each in clauses)
    with NamedTemporaryFile() as file:
        path = Path(file.name)
        path.chmod(has)
        subprocess.run(["chmod", "--", mode, str(path)], check=True, umask=0o022, capture_output=True)
        assert number(mode, has, 0o022) == mode_of(path)


@pytest.mark.parametrize(("mode", "means"), [("0600", 0o600), ("644", 0o644), ("0o640", 0o640), ("2750", 0o2750)])
def test_numbers_are_octal(mode: str, means: int) -> None:
    assert number(mode, 0) == means


@pytest.mark.parametrize("mode", ["", "9", "0888", "rw", "u=rq", "u=r;g=r", "100000", "u+s"])
def test_what_is_no_mode_is_refused(mode: str) -> None:
    with pytest.raises(BadInput, match="is not a file mode"):
        number(mode, 0o600)


def test_the_documentation_has_the_options() -> None:
    told = yaml.safe_load(DOCUMENTATION)["options"]
    keys = ("type", "elements", "default", "required")
    assert {name: {key: each[key] for key in keys if key in each} for name, each in told.items()} == ARGUMENT_SPEC


class TestLinks:
    """As with ansible.builtin.copy, a link is replaced by a file, and its target is left alone."""

    @pytest.fixture
    def outside(self, tmp_path: Path) -> Path:
        outside = tmp_path / "outside" / "it"
        outside.parent.mkdir()
        outside.write_text("old")
        outside.chmod(0o640)
        (tmp_path / "in").mkdir()
        return outside

    @pytest.mark.parametrize("text", ["new", "old"])
    def test_a_link_is_replaced_by_a_file(self, text: str, outside: Path, tmp_path: Path) -> None:
        link = tmp_path / "in" / "link"
        link.symlink_to(outside)
        wanted: dict[str, Any] = {"texts": {link: text}, "mode": "0600"}
        assert [each["after_header"] for each in shown(**wanted)] == [str(link)]
        assert shown(**wanted)[0]["before"] != shown(**wanted)[0]["after"]
        assert write(**wanted) == [link]
        assert (link.is_symlink(), link.read_text(), mode_of(link)) == (False, text, 0o600)
        assert (outside.read_text(), mode_of(outside)) == ("old", 0o640)
        assert write(**wanted) == []

    def test_a_link_and_its_target_are_two_files(self, outside: Path, tmp_path: Path) -> None:
        link = tmp_path / "in" / "link"
        link.symlink_to(outside)
        assert write(texts={link: "old", outside: "new"}) == [link, outside]
        assert (link.read_text(), outside.read_text()) == ("old", "new")

    @pytest.mark.parametrize("dangling", [True, False])
    def test_a_link_is_removed_and_its_target_stays(self, dangling: bool, outside: Path, tmp_path: Path) -> None:
        link = tmp_path / "in" / "link"
        link.symlink_to("nowhere" if dangling else outside)
        assert write(gone=(link,)) == [link]
        assert not link.is_symlink()
        assert outside.read_text() == "old"
        assert write(gone=(link,)) == []

    def test_the_mode_of_a_target_is_not_changed(self, outside: Path, tmp_path: Path) -> None:
        link = tmp_path / "in" / "link"
        link.symlink_to(outside)
        assert write(kept=(link,), mode="0600") == []
        assert mode_of(outside) == 0o640

    def test_a_backup_does_not_write_through_a_link(self, outside: Path, tmp_path: Path) -> None:
        path, copy = tmp_path / "in" / "it", tmp_path / "in" / "it.old"
        path.write_text("before")
        copy.symlink_to(outside)
        assert write(texts={path: "after"}, copies={path: copy}) == [path]
        assert (copy.read_text(), copy.is_symlink(), outside.read_text()) == ("before", False, "old")

    def test_a_link_to_a_directory_is_followed(self, outside: Path, tmp_path: Path) -> None:
        (tmp_path / "in" / "folder").symlink_to(outside.parent)
        assert write(texts={tmp_path / "in" / "folder" / "it": "new"}) == [tmp_path / "in" / "folder" / "it"]
        assert outside.read_text() == "new"


@pytest.mark.parametrize("other", ["d/../c", "link/c", "link/../real/c", "missing/../c"])
def test_two_paths_of_one_file_are_refused(other: str, tmp_path: Path) -> None:
    """Else each run would write one text and then the other one."""
    (tmp_path / "real").mkdir()
    (tmp_path / "d").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    one = tmp_path / ("real/c" if "link" in other else "c")
    with pytest.raises(
        BadInput, match=rf"^Could not write .*: it is the same file as {one}\. Name it once in files\.$"
    ):
        differing(Wanted(texts={one: "1", Path(f"{tmp_path}/{other}"): "2"}))
    with pytest.raises(BadInput, match=r"it is in both files and removed"):
        differing(Wanted(texts={one: "1"}, gone=(Path(f"{tmp_path}/{other}"),)))


def test_a_path_with_dots_makes_no_directory_on_its_way(tmp_path: Path) -> None:
    options = {name: spec.get("default") for name, spec in ARGUMENT_SPEC.items()}
    wanted = _wanted({**options, "directory": str(tmp_path), "files": {"missing/../c": "1"}})
    assert [change.path for change in carried_out(differing(wanted), wanted)] == [tmp_path / "c"]
    assert [path.name for path in tmp_path.iterdir()] == ["c"]
    assert differing(wanted) == []
