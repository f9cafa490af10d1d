# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A new secret's way into a file: readable by its owner alone, whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, BadInput
from ansible_collections.community.openai_admin.plugins.module_utils._keys.file import SecretFile

SECRET = "sk-svcacct-canary"


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "key"


def deliver(target: Path, secret: str = SECRET) -> None:
    """The whole way, as the engine goes it."""
    place = SecretFile(str(target))
    place.check()
    place.open()
    try:
        place.deliver(secret)
    finally:
        place.close()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def fails(*unused_args: Any, **unused_options: Any) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class TestDelivery:
    def test_the_file_holds_the_secret_and_nothing_else(self, target: Path) -> None:
        deliver(target)
        assert target.read_bytes() == SECRET.encode()
        assert list(target.parent.iterdir()) == [target]

    @pytest.mark.usefixtures("umask")
    def test_only_its_owner_can_read_it(self, target: Path) -> None:
        deliver(target)
        assert mode(target) == 0o600

    @pytest.mark.usefixtures("umask")
    def test_nobody_else_ever_could(self, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        seen: list[int] = []
        monkeypatch.setattr(os, "fsync", lambda descriptor: seen.append(stat.S_IMODE(os.fstat(descriptor).st_mode)))
        deliver(target)
        assert seen == [0o600]

    def test_a_file_that_everybody_could_read_becomes_private(self, target: Path) -> None:
        target.write_text("old", encoding="utf-8")
        target.chmod(0o644)
        deliver(target)
        assert target.read_text(encoding="utf-8") == SECRET
        assert mode(target) == 0o600

    def test_the_old_file_is_replaced_and_not_overwritten(self, target: Path) -> None:
        target.write_text("a much longer secret than the new one", encoding="utf-8")
        witness = target.parent / "witness"
        witness.hardlink_to(target)
        deliver(target)
        assert witness.read_text(encoding="utf-8") == "a much longer secret than the new one"
        assert target.read_text(encoding="utf-8") == SECRET

    def test_a_link_is_replaced_and_what_it_leads_to_stays(self, target: Path) -> None:
        elsewhere = target.parent / "elsewhere"
        elsewhere.write_text("theirs", encoding="utf-8")
        target.symlink_to(elsewhere)
        deliver(target)
        assert elsewhere.read_text(encoding="utf-8") == "theirs"
        assert not target.is_symlink()

    def test_it_is_on_the_disk_before_it_is_in_place(self, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        steps: list[tuple[str, Any]] = []
        sync, replace = os.fsync, os.replace

        def fsync(descriptor: int) -> None:
            steps.append(("sync", os.fstat(descriptor).st_size))
            sync(descriptor)

        def put(source: str, destination: str) -> None:
            steps.append(("replace", destination))
            replace(source, destination)

        monkeypatch.setattr(os, "fsync", fsync)
        monkeypatch.setattr(os, "replace", put)
        deliver(target)
        assert steps == [("sync", len(SECRET)), ("replace", str(target))]

    def test_a_path_may_be_relative(self, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(target.parent)
        deliver(Path("key"))
        assert target.read_text(encoding="utf-8") == SECRET

    def test_before_it_is_delivered_the_target_is_as_it_was(self, target: Path) -> None:
        target.write_text("old", encoding="utf-8")
        place = SecretFile(str(target))
        place.open()
        assert target.read_text(encoding="utf-8") == "old"
        place.close()
        assert target.read_text(encoding="utf-8") == "old"


class TestFailure:
    @pytest.mark.parametrize("step", ["fsync", "replace"])
    @pytest.mark.parametrize("old", ["old", None])
    def test_the_target_is_untouched_and_nothing_is_left(
        self, target: Path, monkeypatch: pytest.MonkeyPatch, step: str, old: str | None
    ) -> None:
        if old:
            target.write_text(old, encoding="utf-8")
        monkeypatch.setattr(os, step, fails)
        with pytest.raises(
            AdminError, match=r"Could not write the new key to .*key: No space left on device"
        ) as caught:
            deliver(target)
        assert [path.read_text(encoding="utf-8") for path in target.parent.iterdir()] == ([old] if old else [])
        assert SECRET not in str(caught.value)

    def test_a_folder_that_went_away_is_a_typed_error(self, tmp_path: Path) -> None:
        folder = tmp_path / "folder"
        folder.mkdir()
        place = SecretFile(str(folder / "key"))
        place.open()
        for left in folder.iterdir():
            left.unlink()
        folder.rmdir()
        with pytest.raises(AdminError, match="No such file or directory"):
            place.deliver(SECRET)
        place.close()

    def test_what_no_file_can_hold_is_a_typed_error(self, target: Path) -> None:
        with pytest.raises(AdminError, match="Could not write the new key"):
            deliver(target, "sk-\ud800")
        assert list(target.parent.iterdir()) == []

    def test_the_place_is_refused_before_the_secret_exists(self, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tempfile, "mkstemp", fails)
        place = SecretFile(str(target))
        with pytest.raises(BadInput, match=r"Could not prepare .*key for the new key: No space left on device"):
            place.open()
        place.close()
        assert list(target.parent.iterdir()) == []

    def test_closing_without_delivering_leaves_nothing(self, target: Path) -> None:
        place = SecretFile(str(target))
        place.open()
        (left,) = target.parent.iterdir()
        assert mode(left) == 0o600
        place.close()
        assert list(target.parent.iterdir()) == []

    def test_closing_closes_the_file(self, target: Path) -> None:
        place = SecretFile(str(target))
        place.open()
        descriptor = place._descriptor
        os.fstat(descriptor)
        place.close()
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(descriptor)

    @pytest.mark.parametrize("delivered", [True, False])
    def test_nothing_is_closed_that_is_not_open(
        self, target: Path, monkeypatch: pytest.MonkeyPatch, delivered: bool
    ) -> None:
        place = SecretFile(str(target))
        if delivered:
            place.open()
            place.deliver(SECRET)
        closed: list[int] = []
        monkeypatch.setattr(os, "close", closed.append)
        place.close()
        assert closed == []
        assert target.exists() is delivered


class TestAttributes:
    def test_they_are_set_before_the_secret_is_in_the_file(self, target: Path) -> None:
        target.write_text("old", encoding="utf-8")
        seen: list[bytes] = []

        def share(path: str) -> None:
            seen.append(Path(path).read_bytes())
            Path(path).chmod(0o640)

        place = SecretFile(str(target), share)
        place.open()
        assert seen == [b""]
        assert target.read_text(encoding="utf-8") == "old"
        place.deliver(SECRET)
        place.close()
        assert mode(target) == 0o640
        assert target.read_text(encoding="utf-8") == SECRET

    def test_where_they_cannot_be_set_nothing_is_left(self, target: Path) -> None:
        place = SecretFile(str(target), fails)
        with pytest.raises(OSError, match="No space left"):
            place.open()
        place.close()
        assert list(target.parent.iterdir()) == []


class TestCheck:
    def test_it_touches_nothing(self, target: Path) -> None:
        SecretFile(str(target)).check()
        assert list(target.parent.iterdir()) == []

    def test_a_file_that_is_there_is_fine(self, target: Path) -> None:
        target.write_text("old", encoding="utf-8")
        SecretFile(str(target)).check()
        assert target.read_text(encoding="utf-8") == "old"

    def test_a_folder_is_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match="is a directory"):
            SecretFile(str(tmp_path)).check()

    @pytest.mark.parametrize("name", ["missing/key", "missing/deeper/key", "file/key"])
    def test_the_folder_must_be_there(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "file").write_text("", encoding="utf-8")
        with pytest.raises(BadInput, match=r"The folder .* does not exist"):
            SecretFile(str(tmp_path / name)).check()

    def test_the_folder_must_be_writable(self, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[tuple[Any, int]] = []

        def access(path: Any, how: int) -> bool:
            asked.append((path, how))
            return False

        monkeypatch.setattr(os, "access", access)
        with pytest.raises(BadInput, match=r"The folder .* is not writable"):
            SecretFile(str(target)).check()
        assert asked == [(str(target.parent), os.W_OK | os.X_OK)]

    def test_whether_something_lies_there(self, target: Path) -> None:
        assert not SecretFile(str(target)).is_there()
        target.write_text("", encoding="utf-8")
        assert SecretFile(str(target)).is_there()
        assert not SecretFile(str(target.parent)).is_there()


class TestWarnings:
    @pytest.mark.parametrize(
        "path", ["/runner/key", "/runner/project/key", "/runner/../runner/key", "/runner//artifacts/key"]
    )
    def test_a_jobs_own_folder_is_thrown_away(self, path: str) -> None:
        (warning,) = SecretFile(path).warnings()
        assert path in warning
        assert "deleted after the job" in warning

    @pytest.mark.parametrize("path", ["/runners/key", "/home/runner/key", "/etc/key", "/runner/../etc/key", "/runner"])
    def test_other_folders_are_not(self, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("AWX_ISOLATED_DATA_DIR", raising=False)
        assert SecretFile(path).warnings() == []

    def test_awx_says_where_a_jobs_folder_is(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        job = tmp_path / "awx_1"
        job.mkdir()
        monkeypatch.setenv("AWX_ISOLATED_DATA_DIR", str(job))
        assert len(SecretFile(str(job / "key")).warnings()) == 1
        assert SecretFile(str(tmp_path / "awx_12" / "key")).warnings() == []
        assert SecretFile(str(tmp_path / "key")).warnings() == []

    def test_links_lead_there_too(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        job = tmp_path / "job"
        job.mkdir()
        (tmp_path / "link").symlink_to(job)
        monkeypatch.setenv("AWX_ISOLATED_DATA_DIR", str(job))
        assert len(SecretFile(str(tmp_path / "link" / "key")).warnings()) == 1

    def test_an_empty_variable_means_nothing(self, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWX_ISOLATED_DATA_DIR", "")
        assert SecretFile(str(target)).warnings() == []
