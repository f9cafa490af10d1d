# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Compares files with their desired state, shows the diff, and writes them."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from grp import getgrnam
from pathlib import Path
from pwd import getpwnam
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, BadInput, masked
from ansible_collections.community.openai_admin.plugins.plugin_utils._files.modes import number

PRIVATE_KEY = "PRIVATE KEY-----"
"""The end of the first line of a private key in PEM."""
HIDDEN = "(a private key, which is not shown)\n"


@dataclass(frozen=True)
class Wanted:
    """The desired state of files, from a task's options. All paths are absolute."""

    texts: Mapping[Path, str] = field(default_factory=dict)
    kept: tuple[Path, ...] = ()
    """Files whose contents stay, and that get mode, owner and group."""
    gone: tuple[Path, ...] = ()
    copies: Mapping[Path, Path] = field(default_factory=dict)
    """Paths to which to copy files before they change."""
    folder: Path | None = None
    mode: str | None = None
    owner: str | None = None
    group: str | None = None
    folder_mode: str | None = None


@dataclass(frozen=True)
class Change:
    """A file that differs from its desired state."""

    path: Path
    before: bytes | None
    """The current content; null if the file does not exist."""
    after: bytes | None
    """The desired content; null to remove the file."""
    mode: int
    """The desired mode."""
    has: int | None
    """The current mode."""
    ids: tuple[int, int]
    """The desired user and group; -1: the system's default."""
    is_link: bool = False
    """Whether the path is a symbolic link, which a change replaces or removes; its target stays as it is."""


def differing(wanted: Wanted) -> list[Change]:
    """Return the files that differ from their desired state, in the order of their changes.

    :raises BadInput: a file cannot be read or written, or the options contradict each other.
    """
    _check_apart(wanted)
    if wanted.folder and creates_folder(wanted):
        _folder_mode(wanted)
        _check_place(wanted.folder, (wanted.folder, *wanted.folder.parents))
    ids = _id_of(wanted.owner, getpwnam, "user"), _id_of(wanted.group, getgrnam, "group")
    contents: dict[Path, bytes | None] = {path: _held(path) for path in wanted.kept if not path.is_symlink()}
    contents.update((path, text.encode("utf-8", "surrogatepass")) for path, text in wanted.texts.items())
    contents.update(dict.fromkeys(wanted.gone))
    changes = [_change(path, after, wanted, ids) for path, after in contents.items()]
    found = [each for each in changes if _differs(each)]
    for each in found:
        _check_place(each.path, each.path.parents)
    return found


def creates_folder(wanted: Wanted) -> bool:
    """Return whether the directory is missing."""
    return wanted.folder is not None and not wanted.folder.is_dir()


def carried_out(changes: Iterable[Change], wanted: Wanted) -> list[Change]:
    """Copy files that have a backup, make the changes, each completely or not at all, and return them.

    :raises AdminError: a change failed; the message says what was done before.
    """
    done: list[Path] = []
    listed = list(changes)
    changing = {each.path for each in listed}
    path = wanted.folder or Path()
    try:
        if wanted.folder and creates_folder(wanted):
            mode = _folder_mode(wanted)
            wanted.folder.mkdir(parents=True)
            if mode is not None:
                wanted.folder.chmod(mode)
        for path, copy in wanted.copies.items():
            if path in changing and path.exists():
                copy.parent.mkdir(parents=True, exist_ok=True)
                if copy.is_symlink():
                    copy.unlink()
                shutil.copy2(path, copy)
        for each in listed:
            path = each.path
            _carry_out(each)
            done.append(path)
    except OSError as error:
        before = f" Done before that: {', '.join(map(str, done))}." if done else " Nothing was changed before that."
        raise AdminError(f"Could not write {path}: {error.strerror or error}.{before}") from None
    return listed


def difference(change: Change, most: int) -> dict[str, Any]:
    """Return the C(diff) of a file, without secrets, and without content of more than C(most) bytes."""
    path = masked(str(change.path))
    shown: dict[str, Any] = {"before_header": path, "after_header": path if change.after is not None else "(removed)"}
    for side, content, binary, larger in (
        ("before", change.before, "dst_binary", "dst_larger"),
        ("after", change.after, "src_binary", "src_larger"),
    ):
        if content is not None and len(content) > most:
            shown[larger] = most
        else:
            text = _text(content or b"")
            shown.update({binary: 1} if text is None else {side: text})
    if change.is_link and change.before == change.after:
        shown.update(before="a symbolic link\n", after="a file\n" if change.after is not None else "")
    elif change.before == change.after and change.has is not None:
        shown.update(before=f"mode: {change.has:04o}\n", after=f"mode: {change.mode:04o}\n")
    return shown


def _change(path: Path, after: bytes | None, wanted: Wanted, ids: tuple[int, int]) -> Change:
    before = _held(path)
    found = path.stat() if before is not None else None
    has = stat.S_IMODE(found.st_mode) if found else None
    mode = 0o666 & ~umask() if has is None else has
    mode = number(wanted.mode, mode, umask()) if wanted.mode else mode
    kept = (found.st_uid, found.st_gid) if found else (-1, -1)
    own = tuple(given if given >= 0 else there for given, there in zip(ids, kept))
    return Change(path, before, after, mode, has, (own[0], own[1]), path.is_symlink())


def _differs(change: Change) -> bool:
    if change.before != change.after or change.is_link:
        return True
    if change.before is None:
        return False
    found = change.path.stat()
    return change.has != change.mode or change.ids != (found.st_uid, found.st_gid)


def _held(path: Path) -> bytes | None:
    """Return the content of a file; null if there is none. Raises C(BadInput)."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise BadInput(f"Could not read {path}, which the task would overwrite: {error.strerror}.") from None


def _folder_mode(wanted: Wanted) -> int | None:
    """Return the mode of a new directory; null: the system's. Raises C(BadInput)."""
    if not wanted.folder_mode:
        return None
    return number(wanted.folder_mode, 0o777 & ~umask(), umask(), is_folder=True)


def _check_apart(wanted: Wanted) -> None:
    """Raise C(BadInput) if a file is to be written twice, written and removed, or a directory for another one."""
    texts: dict[Path, Path] = {}
    for each in wanted.texts:
        other = texts.setdefault(real(each), each)
        if other != each:
            raise BadInput(f"Could not write {each}: it is the same file as {other}. Name it once in files.")
    gone = set(map(real, wanted.gone))
    for path in sorted(texts):
        if path in gone:
            raise BadInput(f"Could not write {path}: it is in both files and removed. Name it in one of them.")
        above = next((each for each in path.parents if each in texts), None)
        if above:
            raise BadInput(f"Could not write {path}: files has {above} as a file. Rename one of them.")


def real(path: Path) -> Path:
    """Return a path without C(..) and without links to directories; the file itself may be a link."""
    return Path(os.path.realpath(path.parent), path.name)


def _check_place(path: Path, places: Iterable[Path]) -> None:
    """Raise C(BadInput) if nothing can be written in the first of these places that exists."""
    above = next(each for each in places if os.path.lexists(each))
    if not above.is_dir():
        raise BadInput(f"Could not write {path}: {above} is not a directory.")
    if not os.access(above, os.W_OK | os.X_OK):
        raise BadInput(f"Could not write {path}: {above} is not writable.")


def _carry_out(change: Change) -> None:
    path = change.path
    if change.after is None:
        path.unlink()
    elif change.before == change.after and not change.is_link:
        _own(path, change)
        path.chmod(change.mode)
    else:
        _replace(path, change)


def _replace(path: Path, change: Change) -> None:
    """Write a file completely or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}."[:100])
    written = Path(name)
    try:
        with open(handle, "wb") as file:
            file.write(change.after or b"")
            file.flush()
            os.fsync(file.fileno())
        _own(written, change)
        written.chmod(change.mode)
        os.replace(written, path)
    finally:
        written.unlink(missing_ok=True)


def _own(path: Path, change: Change) -> None:
    found = path.stat()
    if any(wanted not in (-1, there) for wanted, there in zip(change.ids, (found.st_uid, found.st_gid))):
        os.chown(path, *change.ids)


def _id_of(name: str | None, look_up: Any, what: str) -> int:
    """Return the number of a user or a group; -1 if none is named. Raises C(BadInput)."""
    if not name:
        return -1
    try:
        return int(name) if name.isdigit() else int(look_up(name)[2])
    except KeyError:
        raise BadInput(f"There is no {what} '{name}' where Ansible runs.") from None


def _text(content: bytes) -> str | None:
    """Return the text of a diff; null if the content is not text."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if any(PRIVATE_KEY in line for line in text.splitlines()):
        return HIDDEN
    return str(masked(text))


def umask() -> int:
    """Return the process's umask."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
