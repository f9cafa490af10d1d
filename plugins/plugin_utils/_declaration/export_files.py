# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What an export changes in files: what is to be written and removed, how that differs, and what speaks against it.

Each file says in its header that an export wrote it, with a digest of its text; the main file of a directory has one of
all others as well. So it is known what somebody changed, added or took away since the last export. Nothing is written
here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path

from ansible_collections.community.openai_admin.plugins.module_utils._values.plurals import counted
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.places import write_path
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.about import NAMED, NOT_KNOWN

MOST_LINES = 400
"""Lines of a difference that are shown."""
_MARK = "# Written by community.openai_admin.export: sha256:"
_OTHERS = r"(?:, with the files in \S+/: sha256:([0-9a-f]{64}))?"
_MARKED = re.compile(rf"^{re.escape(_MARK)}([0-9a-f]{{64}}){_OTHERS}\n", re.M)
_WHEN = re.compile(r"^(# .*, as it was at )[^\n]*?(: \d+ )", re.M)
_NAMED = re.compile(rf"^# {re.escape(NAMED)}(.+)\.$", re.M)
_ENCRYPTED = "$ANSIBLE_VAULT"
_HEADER = re.compile(r"(?:---\n)?(?:#[^\n]*\n)*")


def mark(text: str, folder: str = "", others: Mapping[str, str] | None = None) -> str:
    """Return a file's text with the mark of an export below its comments, and that of C(others) in its C(folder)."""
    header = _header(text)
    more = f", with the files in {folder}/: sha256:{_digest_of(others)}" if others is not None else ""
    return f"{header}{_MARK}{_digest(text)}{more}\n{text[len(header) :]}"


@dataclass(frozen=True)
class Found:
    """A file that is there: its text, null if it is none, and what an export knows of it."""

    path: Path
    text: str | None
    foreign: str = ""
    """Why it is not of the organization that is exported; empty if it is, or if nobody knows."""

    @property
    def is_marked(self) -> bool:
        return self.text is not None and _mark_of(self.text) is not None

    @property
    def is_plain(self) -> bool:
        """Whether it is a text that anybody can read, so that an export can be merged into it."""
        return self.text is not None and not self.text.startswith(_ENCRYPTED)

    @property
    def flaw(self) -> str:
        """Why it is not what an export wrote; empty if it is."""
        if self.text is None:
            return "is no text"
        if not self.is_plain:
            return "is encrypted"
        found = _mark_of(self.text)
        if found is None:
            return "was not written by an export"
        is_exact_copy = found.group(1) == _digest(_unmarked(self.text))
        return self.foreign if is_exact_copy else "was changed since an export wrote it"


@dataclass(frozen=True)
class Changes:
    """What an export changes. All paths are absolute."""

    files: tuple[str, ...]
    """All that the export consists of."""
    write: Mapping[str, str]
    """Texts by the paths of files."""
    remove: tuple[str, ...]
    backup: Mapping[str, str]
    """Where files that an export did not write, and that go, are copied to."""
    flaws: tuple[str, ...]
    """Why what is there is not exactly what the last export wrote."""
    left: tuple[str, ...]
    """What lies in the directory, and is no part of a declaration."""
    difference: tuple[str, ...]
    """Lines that say how what is there differs from the organization."""
    others: tuple[str, ...] = ()
    """Files for projects that no export wrote: they stay, and the declaration is read with them."""
    missing: tuple[str, ...] = ()
    """Where objects are declared that are not there, of a declaration that others keep."""
    mergeable: bool = True
    """Whether the export can be merged into what is there."""


class Unsuitable(ValueError):
    """There is something else at the place of an export, as a sentence."""


def organization_of(text: str) -> str | None:
    """Return the organization of which an export says that it is; null where it does not know."""
    found = _NAMED.search(_header(text))
    return found.group(1) if found and not found.group(1).startswith(NOT_KNOWN) else None


def plan_file(path: Path, text: str, stamp: str) -> Changes:
    """Return what writing one file changes.

    :raises Unsuitable: where there is a directory.
    """
    if path.is_dir():
        raise Unsuitable(
            f"{write_path(path)} is a directory: set openai_admin_export_layout: directory, or name a file."
        )
    there = _compared(_read([path]), text)
    backup = path.with_name(f".{path.name}.{stamp}.backup")
    return _changes({path: text}, there, _flaws(there), {path: backup}, ())


def plan_directory(place: Path, texts: Mapping[str, str], folder: str, stamp: str) -> Changes:
    """Return what writing a directory changes: its main file, the first one, and those below a folder (empty: none).

    :raises Unsuitable: where there is a file.
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
            flaws = [f"files in {write_path(place / folder)} were added, taken away or exchanged"]
    backups = {each.path: place / f".backup-{stamp}" / each.path.relative_to(place) for each in there}
    left = [path for path in (_visible(place) if place.is_dir() else ()) if not _is_part(path)]
    return _changes({place / name: text for name, text in named.items()}, there, flaws, backups, left)


def merged_changes(place: Path, texts: Mapping[Path, str], missing: Iterable[str]) -> Changes:
    """Return what writing changed texts changes in a declaration that a person keeps: nothing of it is lost."""
    there = {each.path: each.text for each in _read(texts)}
    lines: list[str] = []
    for path, text in sorted(texts.items()):
        lines.extend(_difference(path, there.get(path, ""), text))
    written = {str(path): text for path, text in texts.items()}
    left = [path for path in (_visible(place) if place.is_dir() else ()) if not _is_part(path)]
    return Changes((), written, (), {}, (), tuple(map(write_path, left)), _shortened(lines), missing=tuple(missing))


def is_exact(changes: Changes) -> bool:
    """Whether what is there is what an export wrote, so that nothing of a person's can get lost."""
    return not changes.flaws and not changes.backup and not changes.others


def _is_part(path: Path) -> bool:
    return path.name in ("organization.yml", "organization.yaml", "projects")


def _name_in(place: Path, name: str) -> str:
    """The name of a file, or the one that it has with the other ending."""
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
    """What lies in a folder, but for what is hidden and for notes."""
    return sorted(
        path
        for path in folder.iterdir()
        if not path.name.startswith(".") and not (path.suffix.lower() == ".md" and path.is_file())
    )


def _below(folder: Path) -> Iterator[Path]:
    """The files in a folder and in those in it."""
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
    """The files of an export, of which the first one says whose it is, with whether that is another organization."""
    new = organization_of(text)
    old = organization_of(there[0].text or "") if there else None
    if None in (old, new) or old == new:
        return there
    return [replace(each, foreign=f"is of the organization '{old}', and not of '{new}'") for each in there]


def _alike(old: str | None, new: str) -> bool:
    """Whether two texts are the same, but for when they were written, with the same other files."""
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
    """A text without its mark, and without when it was made."""
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
    """Of files: of their names, and of what they say. When it was written does not count."""
    return _digest("".join(f"{name}\n{_digest(_undated(text))}\n" for name, text in sorted((others or {}).items())))
