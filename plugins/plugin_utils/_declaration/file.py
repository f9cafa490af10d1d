# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Reads a declaration from a file or a directory, as an export writes them, and knows where each part of it stands.

A variable of Ansible's keeps of each text where it stands and whether it is a template: at 35,000 objects, that is
most of what a task costs. What is read here is data, and nothing in it is evaluated.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ansible.errors import AnsibleParserError
from ansible.parsing.dataloader import DataLoader
from ansible.parsing.vault import AnsibleVaultError, AnsibleVaultFormatError
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    BadInput,
    Problem,
    problem_facts,
    refusal,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    declared_words,
    foreign_words,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.places import (
    Step,
    steps_to,
    write_path,
    write_place,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.text import (
    MAIN_FILE,
    PROJECTS,
    VARIABLE,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.yaml_text import Unreadable, YamlText

SUFFIXES = (".yml", ".yaml")
"""What is read in a directory."""
MAIN_FILES = (MAIN_FILE, str(Path(MAIN_FILE).with_suffix(SUFFIXES[1])))
_NOTES = ".md"
_OF_PROJECT = ("name", "project_id")
"""A file with one of these declares a project, and no organization."""

Told = dict[str, Any]
"""A problem as results show it, with its place."""


@dataclass(frozen=True, eq=False)
class DeclarationFile:
    """A file of a declaration, and where in it the declaration begins."""

    path: Path
    yaml: YamlText
    root: tuple[Step, ...] = ()

    @property
    def content(self) -> dict[str, Any]:
        content: Any = self.yaml.data
        for step in self.root:
            content = content[step]
        return dict(content)

    def place(self, steps: Sequence[Step], of_name: bool = False, least: int = 0) -> str:
        found = self.yaml.place([*self.root, *steps], of_name, len(self.root) + least)
        return write_place(self.path, *found) if found else ""


@dataclass(frozen=True, eq=False)
class Reading:
    """A declaration that was read: its options, what is wrong with its text, and where each part of it stands."""

    content: Mapping[str, Any]
    problems: tuple[Told, ...]
    main: DeclarationFile
    projects: tuple[DeclarationFile, ...] = ()
    """Of a directory: a file for each project after those that the main one declares."""

    def place(self, where: str, option: str = "", of_name: bool = False) -> str:
        """Return where something stands, as C(file:line:column).

        C(where) is a declared object as messages name it: C(projects[0].users[2]), or empty for the declaration itself.
        C(option) is an option of the object, or a part of its value: C(role), C(purge[1]). The place is that of its
        value, or of its name with C(of_name). An option that the object does not have has the place of the object, and
        what the declaration does not have has none.
        """
        steps = steps_to(where, option)
        file, inside = self.file_of(steps)
        return file.place(inside, of_name, file is self.main) if steps else ""

    def file_of(self, steps: Sequence[Step]) -> tuple[DeclarationFile, list[Step]]:
        """Return the file in which something stands, and the steps to it from where the declaration begins there."""
        if self.projects and list(steps[:1]) == [PROJECTS] and len(steps) > 1:
            number = int(steps[1]) - len(self.main.content.get(PROJECTS) or ())
            if number >= 0:
                return self.projects[number], list(steps[2:])
        return self.main, list(steps)


def read_declaration(path: str, loader: DataLoader) -> Reading:
    """Read the declaration of a file, or of a directory with a file for each project.

    :raises BadInput: where there is none, or a file of it is no YAML. Other problems are left to the caller.
    """
    reader = _Reader(loader)
    place = Path(path)
    reading = reader.directory(place) if place.is_dir() else reader.file(place)
    if reading is None or reader.lost:
        raise refusal(BadInput, reader.problems)
    return reading


def read_text(text: str) -> Reading:
    """Read a declaration that a variable holds as a text, such as a survey sends it.

    :raises BadInput: where it is no YAML, or no declaration.
    """
    reader = _Reader(DataLoader())
    reading = reader.words(text)
    if reading is None or reader.lost:
        raise refusal(BadInput, reader.problems)
    return reading


class _Reader:
    """Reads files, and gathers what is wrong with them."""

    def __init__(self, loader: DataLoader) -> None:
        self._loader = loader
        self.problems: list[Told] = []
        self.lost = False
        """Part of the declaration could not be read."""

    def file(self, path: Path) -> Reading | None:
        """A declaration of one file, which is no part of a directory."""
        main = self._main(path)
        if main is None:
            return None
        folder = self._folder_of(main)
        if any(name in main.content for name in _OF_PROJECT):
            said = (
                f"This is the file of one project. Give the directory {write_path(folder)}, which it is a part of."
                if folder
                else f"This declares one project. A declaration has a list of them, in {PROJECTS}."
            )
            self._lose(said, path)
            return None
        if folder:
            said = (
                f"This is a part of the declaration in {write_path(folder)}, whose projects lie in {PROJECTS}/. Give"
                " the directory. If this file is to be a declaration of its own, give it another name."
            )
            self._lose(said, path)
            return None
        return self._reading(main, ())

    def words(self, text: str) -> Reading | None:
        """A declaration that is no file: its places are those in the variable."""
        path = Path(VARIABLE)
        main = self._dictionary(path, self._parsed(path, text.encode("utf-8", "surrogatepass")))
        main = self._inner(main) if main else None
        return self._reading(main, ()) if main else None

    def directory(self, folder: Path) -> Reading | None:
        """A declaration of a file, and of one for each project."""
        entries = {path.name: path for path in self._entries(folder)}
        there = [entries.pop(name) for name in MAIN_FILES if name in entries]
        projects = entries.pop(PROJECTS, None)
        for path in entries.values():
            self._refuse(path, f"only {MAIN_FILE} and {PROJECTS}/ are read here")
        if not there:
            self._lose(f"There is no {MAIN_FILE} in this directory.", folder)
        if len(there) > 1:
            self._lose(f"{there[0].name} lies beside it, and only one of them can count.", there[1])
        main = self._main(there[0]) if len(there) == 1 else None
        files = [self._mapping(path) for path in self._below(projects)] if projects else []
        return self._reading(main, [each for each in files if each]) if main else None

    def _reading(self, main: DeclarationFile, projects: Sequence[DeclarationFile]) -> Reading:
        for each in foreign_words(main.content):
            self._tell(each.what, main.place([each.option], of_name=True))
        known = declared_words()
        content = {name: value for name, value in main.content.items() if name in known}
        listed = content.get(PROJECTS)
        if projects and not isinstance(listed, (list, type(None))):
            self._tell(f"{PROJECTS} must be a list.", main.place([PROJECTS]))
            projects = ()
        if projects:
            content[PROJECTS] = [*(listed or ()), *(each.content for each in projects)]
        return Reading(content, tuple(self.problems), main, tuple(projects))

    # Where files lie

    def _entries(self, folder: Path) -> list[Path]:
        """What lies in a directory, but for what is hidden and for notes."""
        return sorted(
            path
            for path in folder.iterdir()
            if not path.name.startswith(".") and not (path.suffix.lower() == _NOTES and path.is_file())
        )

    def _below(self, folder: Path, above: frozenset[str] = frozenset()) -> Iterator[Path]:
        """The files of projects in a directory, and in those in it."""
        real = os.path.realpath(folder)
        if real in above:
            self._lose("This directory leads back to one that it lies in.", folder)
            return
        for path in self._entries(folder):
            if path.is_dir():
                yield from self._below(path, above | {real})
            elif path.suffix in SUFFIXES and path.is_file():
                yield path
            elif not path.exists():
                self._lose("This link leads to nothing.", path)
            else:
                self._refuse(path, f"only files that end with {' or '.join(SUFFIXES)} are read here")

    def _folder_of(self, main: DeclarationFile) -> Path | None:
        """The directory that a file is a part of, if it is one: it names the file of a project, or the main one."""
        path = main.path.absolute()
        if any(name in main.content for name in _OF_PROJECT):
            above = (each.parent for each in path.parents if each.name == PROJECTS)
            return next((each for each in above if any((each / name).is_file() for name in MAIN_FILES)), None)
        if path.name not in MAIN_FILES or PROJECTS in main.content or not (path.parent / PROJECTS).is_dir():
            return None
        quiet = _Reader(self._loader)
        files = (quiet._mapping(each) for each in quiet._below(path.parent / PROJECTS))
        is_part = any(name in each.content for each in files if each for name in _OF_PROJECT)
        return path.parent if is_part else None

    # What lies in them

    def _main(self, path: Path) -> DeclarationFile | None:
        """What a file of variables, or one with nothing but the declaration, declares."""
        file = self._mapping(path)
        return self._inner(file) if file else None

    def _inner(self, file: DeclarationFile) -> DeclarationFile | None:
        """What stands under the variable's name, if that is there."""
        if VARIABLE not in file.content:
            return file
        if not isinstance(file.content[VARIABLE], dict):
            self._lose(f"{VARIABLE} is no dictionary.", file.place([VARIABLE]))
            return None
        return DeclarationFile(file.path, file.yaml, (VARIABLE,))

    def _mapping(self, path: Path) -> DeclarationFile | None:
        return self._dictionary(path, self._text(path))

    def _dictionary(self, path: Path, text: YamlText | None) -> DeclarationFile | None:
        if text is None:
            return None
        for message, found in text.flaws:
            self._tell(message, write_place(path, *found))
        if isinstance(text.data, dict):
            return DeclarationFile(path, text)
        if not text.flaws:
            self._lose("This holds no dictionary.", path)
        return None

    def _text(self, path: Path) -> YamlText | None:
        if not path.is_file():
            self._lose("This is not there.", path)
            return None
        try:
            content = self._plain(path)
        except OSError as error:
            self._lose(f"This cannot be read ({error.strerror}).", path)
            return None
        except (AnsibleParserError, AnsibleVaultError, AnsibleVaultFormatError):
            self._lose("This is encrypted, and cannot be decrypted: give its password by --vault-password-file.", path)
            return None
        return self._parsed(path, content)

    def _parsed(self, path: Path, content: bytes) -> YamlText | None:
        try:
            return YamlText(content)
        except Unreadable as error:
            self._lose(error.message, write_place(path, *error.place) if error.place else path)
        return None

    def _plain(self, path: Path) -> bytes:
        """What stands in a file that Ansible Vault may have encrypted."""
        plain = self._loader.get_real_file(str(path))
        try:
            return Path(plain).read_bytes()
        finally:
            self._loader.cleanup_tmp_file(plain)

    # What is wrong with them

    def _tell(self, message: str, place: str) -> None:
        self.problems.extend({**each, "place": place} for each in problem_facts([Problem(message)]))

    def _refuse(self, path: Path, reason: str) -> None:
        said = f"This is no part of a declaration: {reason}. Move it, or give it a name that begins with a dot."
        self._lose(said, path)

    def _lose(self, message: str, place: Path | str) -> None:
        """Say why a part of the declaration is not known."""
        self._tell(message, place if isinstance(place, str) else write_path(place))
        self.lost = True
