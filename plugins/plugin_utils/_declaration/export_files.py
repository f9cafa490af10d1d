# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The changes that an export makes to files: what to write and remove, the diff, and reasons against it.

Each file's header says that an export wrote it, with a digest of its text; the main file of a directory also has a
digest of all others. So an export can see what somebody has changed, added or removed since. This file writes nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path

from ansible_collections.community.openai_admin.plugins.module_utils._values.numbers import counted
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.places import write_path
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.about import NAMED, NOT_KNOWN

MOST_LINES = 400
"""Maximum number of lines of a diff to show."""
_MARK = "# Written by community.openai_admin.export: sha256:"
_OTHERS = r"(?:, with the files in \S+/: sha256:([0-9a-f]{64}))?"
_MARKED = re.compile(rf"^{re.escape(_MARK)}([0-9a-f]{{64}}){_OTHERS}\n", re.M)
_WHEN = re.compile(r"^(# .*, as it was at )[^\n]*?(: \d+ )", re.M)
_NAMED = re.compile(rf"^# {re.escape(NAMED)}(.+)\.$", re.M)
_ENCRYPTED = "$ANSIBLE_VAULT"
_HEADER = re.compile(r"(?:---\n)?(?:#[^\n]*\n)*")


def mark(text: str, folder: str = "", others: Mapping[str, str] | None = None) -> str:
    """Return a file's text with an export's digest below its comments, and the digest of C(others) in C(folder)."""
    header = _header(text)
    more = f", with the files in {folder}/: sha256:{_digest_of(others)}" if others is not None else ""
    return f"{header}{_MARK}{_digest(text)}{more}\n{text[len(header) :]}"


@dataclass(frozen=True)
class Found:
    """An existing file: its text, null if it is not text, and facts for the export."""

    path: Path
    text: str | None
    foreign: str = ""
    """Why it belongs to another organization; empty if it does not, or if that is unknown."""

    @property
    def is_marked(self) -> bool:
        """Whether an export wrote the file."""
        return self.text is not None and _mark_of(self.text) is not None

    @property
    def is_plain(self) -> bool:
        """Whether it is unencrypted text, so that an export can be merged into it."""
        return self.text is not None and not self.text.startswith(_ENCRYPTED)

    @property
    def flaw(self) -> str:
        """Why it is not exactly what an export wrote; empty if it is."""
        if self.text is None:
            return "is not a text file"
        if not self.is_plain:
            return "is encrypted"
        found = _mark_of(self.text)
        if found is None:
            return "was not written by an export"
        is_exact_copy = found.group(1) == _digest(_unmarked(self.text))
        return self.foreign if is_exact_copy else "was changed since an export wrote it"


@dataclass(frozen=True)
class Changes:
    """The changes that an export makes. All paths are absolute."""

    files: tuple[str, ...]
    """All files of the export."""
    write: Mapping[str, str]
    """Texts to write, by path."""
    remove: tuple[str, ...]
    backup: Mapping[str, str]
    """Paths of copies, by path of each file that no export wrote and that is removed."""
    flaws: tuple[str, ...]
    """Why the existing files are not exactly what the last export wrote."""
    left: tuple[str, ...]
    """Files in the directory that are not part of a declaration."""
    difference: tuple[str, ...]
    """The lines of the diff between the existing files and the organization."""
    others: tuple[str, ...] = ()
    """Files of projects that no export wrote: they stay part of the declaration."""
    missing: tuple[str, ...] = ()
    """Where a declaration that somebody maintains declares objects that do not exist."""
    mergeable: bool = True
    """Whether the export can be merged into the existing files."""


class Unsuitable(ValueError):
    """The path of an export leads to something else; the message is a sentence."""


def organization_of(text: str) -> str | None:
    """Return the organization that an export names; null if it names none."""
    found = _NAMED.search(_header(text))
    return found.group(1) if found and not found.group(1).startswith(NOT_KNOWN) else None


def plan_file(path: Path, text: str, stamp: str) -> Changes:
    """Return the changes for an export to one file.

    :raises Unsuitable: the path is a directory.
    """
    if path.is_dir():
        raise Unsuitable(
            f"{write_path(path)} is a directory: set openai_admin_export_layout: directory, or name a file."
        )
    there = _compared(_read([path]), text)
    backup = path.with_name(f".{path.name}.{stamp}.backup")
    return _changes({path: text}, there, _flaws(there), {path: backup}, ())


def plan_directory(place: Path, texts: Mapping[str, str], folder: str, stamp: str) -> Changes:
    """Return the changes for an export to a directory: the main file first, then those below C(folder) (empty: none).

    :raises Unsuitable: the path is a file.
    """
    if place.exists() and not place.is_dir():
        raise Unsuitable(f"{write_path(place)} is a file: set openai_admin_export_layout: file, or name a directory.")
    named = {_name_in(place, name): text for name, text in texts.items()}
    main = next(iter(named))
    there = _compared(_read([place / main, *(_below(place / folder) if folder else ())]), named[main])
    flaws = _flaws(there)
    if folder and there and not flaws:
        known = {each.path.relative_to(place).as_posix(): each.text or "" for each in there}
        written = _mark_of(known.pop(main, ""))
        if written is None or written.group(2) != _digest_of(known):
            flaws = [f"files in {write_path(place / folder)} were added, removed or replaced"]
    backups = {each.path: place / f".backup-{stamp}" / each.path.relative_to(place) for each in there}
    left = [path for path in (_visible(place) if place.is_dir() else ()) if not _is_part(path)]
    return _changes({place / name: text for name, text in named.items()}, there, flaws, backups, left)


def merged_changes(place: Path, texts: Mapping[Path, str], missing: Iterable[str]) -> Changes:
    """Return the changes for merged texts of a declaration that somebody maintains: nothing of it is lost."""
    there = {each.path: each.text for each in _read(texts)}
    lines: list[str] = []
    for path, text in sorted(texts.items()):
        lines.extend(_difference(path, there.get(path, ""), text))
    written = {str(path): text for path, text in texts.items()}
    left = [path for path in (_visible(place) if place.is_dir() else ()) if not _is_part(path)]
    return Changes((), written, (), {}, (), tuple(map(write_path, left)), _shortened(lines), missing=tuple(missing))


def is_exact(changes: Changes) -> bool:
    """Return whether the existing files are exactly what an export wrote, so that no manual change can be lost."""
    return not changes.flaws and not changes.backup and not changes.others


def _is_part(path: Path) -> bool:
    return path.name in ("organization.yml", "organization.yaml", "projects")


def _name_in(place: Path, name: str) -> str:
    """Return the name of a file, or its name with the other suffix if that exists."""
    other = Path(name).with_suffix(".yaml")
    return other.as_posix() if (place / other).is_file() and not (place / name).exists() else name


def _flaws(there: Iterable[Found]) -> list[str]:
    return [f"{write_path(each.path)} {each.flaw}" for each in there if each.flaw]


def _changes(
    texts: Mapping[Path, str],
    there: Iterable[Found],
    flaws: Iterable[str],
    backups: Mapping[Path, Path],
    left: Iterable[Path],
) -> Changes:
    known = {each.path: each for each in there}
    write = {path: text for path, text in texts.items() if path not in known or not _alike(known[path].text, text)}
    remove = sorted(path for path, each in known.items() if path not in texts and each.is_marked)
    lines: list[str] = []
    for path in sorted({*write, *remove}):
        lines.extend(_difference(path, known[path].text if path in known else "", write.get(path, "")))
    return Changes(
        files=tuple(map(str, texts)),
        write={str(path): text for path, text in write.items()},
        remove=tuple(map(str, remove)),
        backup={str(path): str(backups[path]) for path in (*write, *remove) if path in known and known[path].flaw},
        flaws=tuple(flaws) if write or remove else (),
        left=tuple(map(write_path, left)),
        difference=_shortened(lines),
        others=tuple(write_path(path) for path, each in known.items() if path not in texts and not each.is_marked),
        mergeable=all(each.is_plain for each in known.values()),
    )


def _visible(folder: Path) -> list[Path]:
    """Return the contents of a directory, except hidden files and notes."""
    return sorted(
        path
        for path in folder.iterdir()
        if not path.name.startswith(".") and not (path.suffix.lower() == ".md" and path.is_file())
    )


def _below(folder: Path) -> Iterator[Path]:
    """Yield the files in a directory, recursively."""
    for path in _visible(folder) if folder.is_dir() else ():
        if path.is_dir() and not path.is_symlink():
            yield from _below(path)
        else:
            yield path


def _read(paths: Iterable[Path]) -> list[Found]:
    found = []
    for path in paths:
        if path.exists() or path.is_symlink():
            try:
                text: str | None = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
            except (OSError, UnicodeDecodeError):
                text = None
            found.append(Found(path, text))
    return found


def _compared(there: list[Found], text: str) -> list[Found]:
    """Return the files of an export, with whether the first one names another organization."""
    new = organization_of(text)
    old = organization_of(there[0].text or "") if there else None
    if None in (old, new) or old == new:
        return there
    return [replace(each, foreign=f"is for the organization '{old}', not for '{new}'") for each in there]


def _alike(old: str | None, new: str) -> bool:
    """Return whether two texts are equal, except for their times, and refer to the same other files."""
    before, after = _mark_of(old or ""), _mark_of(new)
    if old is None or before is None or after is None:
        return False
    return before.group(2) == after.group(2) and _undated(old) == _undated(new)


def _difference(path: Path, old: str | None, new: str) -> Iterator[str]:
    if old is None or old.startswith(_ENCRYPTED):
        yield f"{write_path(path)} cannot be compared."
        return
    name = write_path(path)
    lines = unified_diff(_undated(old).splitlines(), _undated(new).splitlines(), name, f"{name} (export)", lineterm="")
    yield from map(visible, lines)


def _shortened(lines: list[str]) -> tuple[str, ...]:
    left = len(lines) - MOST_LINES
    return tuple(lines) if left <= 0 else (*lines[:MOST_LINES], f"... and {counted(left, 'more line')}")


def _undated(text: str) -> str:
    """Return a text without its digest and its time."""
    plain = _unmarked(text)
    header = _header(plain)
    return _WHEN.sub(r"\1...\2", header) + plain[len(header) :]


def _header(text: str) -> str:
    found = _HEADER.match(text)
    return found.group() if found else ""


def _mark_of(text: str) -> re.Match[str] | None:
    return _MARKED.search(_header(text))


def _unmarked(text: str) -> str:
    found = _mark_of(text)
    return text[: found.start()] + text[found.end() :] if found else text


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _digest_of(others: Mapping[str, str] | None) -> str:
    """Return a digest of the names and contents of files, except for their times."""
    return _digest("".join(f"{name}\n{_digest(_undated(text))}\n" for name, text in sorted((others or {}).items())))
