# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Reads a declaration from a file or a directory, and knows the place of each part of it.

For variables, Ansible tracks the origin and the template state of each string, which is most of the cost of a task at
35,000 objects. A file that is read here is data: nothing in it is evaluated.
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
"""The suffixes of files to read in a directory."""
MAIN_FILES = (MAIN_FILE, str(Path(MAIN_FILE).with_suffix(SUFFIXES[1])))
_NOTES = ".md"
_OF_PROJECT = ("name", "project_id")
"""Keys that show that a file declares a project, not an organization."""

Told = dict[str, Any]
"""A problem in the form of results, with its place."""


@dataclass(frozen=True, eq=False)
class DeclarationFile:
    """A file of a declaration, and the steps to the declaration in it."""

    path: Path
    yaml: YamlText
    root: tuple[Step, ...] = ()

    @property
    def content(self) -> dict[str, Any]:
        """The declaration in the file."""
        content: Any = self.yaml.data
        for step in self.root:
            content = content[step]
        return dict(content)

    def place(self, steps: Sequence[Step], of_name: bool = False, least: int = 0) -> str:
        """Return the place of a part, as C(Reading.place) does; empty if it is not in the file."""
        found = self.yaml.place([*self.root, *steps], of_name, len(self.root) + least)
        return write_place(self.path, *found) if found else ""


@dataclass(frozen=True, eq=False)
class Reading:
    """A declaration that was read: its options, the errors in its text, and the place of each part."""

    content: Mapping[str, Any]
    problems: tuple[Told, ...]
    main: DeclarationFile
    projects: tuple[DeclarationFile, ...] = ()
    """In a directory, one file per project, after the projects of the main file."""

    def place(self, where: str, option: str = "", of_name: bool = False) -> str:
        """Return the place of a part of the declaration, as C(file:line:column).

        C(where): a declared object, such as C(projects[0].users[2]), or empty for the declaration itself.
        C(option): an option of the object, or a part of its value, such as C(role) or C(purge[1]). The place is that of
        the value, or of the option's name with C(of_name). If the object lacks the option, it is the place of the
        object. It is empty if the declaration lacks the object.
        """
        steps = steps_to(where, option)
        file, inside = self.file_of(steps)
        return file.place(inside, of_name, file is self.main) if steps else ""

    def file_of(self, steps: Sequence[Step]) -> tuple[DeclarationFile, list[Step]]:
        """Return the file that contains a part of the declaration, and the remaining steps in that file."""
        if self.projects and list(steps[:1]) == [PROJECTS] and len(steps) > 1:
            number = int(steps[1]) - len(self.main.content.get(PROJECTS) or ())
            if number >= 0:
                return self.projects[number], list(steps[2:])
        return self.main, list(steps)


def read_declaration(path: str, loader: DataLoader) -> Reading:
    """Read a declaration from a file, or from a directory with one file per project.

    :raises BadInput: there is no declaration, or a file is not YAML. The caller handles other problems.
    """
    reader = _Reader(loader)
    place = Path(path)
    reading = reader.directory(place) if place.is_dir() else reader.file(place)
    if reading is None or reader.lost:
        raise refusal(BadInput, reader.problems)
    return reading


def read_text(text: str) -> Reading:
    """Read a declaration from a string, such as a survey sends it.

    :raises BadInput: the string is not YAML, or not a declaration.
    """
    reader = _Reader(DataLoader())
    reading = reader.words(text)
    if reading is None or reader.lost:
        raise refusal(BadInput, reader.problems)
    return reading


class _Reader:
    """Reads files, and collects the errors in them."""

    def __init__(self, loader: DataLoader) -> None:
        self._loader = loader
        self.problems: list[Told] = []
        self.lost = False
        """Whether part of the declaration could not be read."""

    def file(self, path: Path) -> Reading | None:
        """Read a declaration from one file that is not part of a directory."""
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
                f"This is a part of the declaration in {write_path(folder)}, whose projects are in {PROJECTS}/. Give"
                " the directory. If this file is to be a declaration of its own, give it another name."
            )
            self._lose(said, path)
            return None
        return self._reading(main, ())

    def words(self, text: str) -> Reading | None:
        """Read a declaration from a string, whose places are those in the variable."""
        path = Path(VARIABLE)
        main = self._dictionary(path, self._parsed(path, text.encode("utf-8", "surrogatepass")))
        main = self._inner(main) if main else None
        return self._reading(main, ()) if main else None

    def directory(self, folder: Path) -> Reading | None:
        """Read a declaration from a directory with one file per project."""
        entries = {path.name: path for path in self._entries(folder)}
        there = [entries.pop(name) for name in MAIN_FILES if name in entries]
        projects = entries.pop(PROJECTS, None)
        for path in entries.values():
            self._refuse(path, f"only {MAIN_FILE} and {PROJECTS}/ are read here")
        if not there:
            self._lose(f"There is no {MAIN_FILE} in this directory.", folder)
        if len(there) > 1:
            self._lose(f"{there[0].name} is in the same directory: keep only one of the two files.", there[1])
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
        """Return the contents of a directory, except hidden files and notes."""
        return sorted(
            path
            for path in folder.iterdir()
            if not path.name.startswith(".") and not (path.suffix.lower() == _NOTES and path.is_file())
        )

    def _below(self, folder: Path, above: frozenset[str] = frozenset()) -> Iterator[Path]:
        """Yield the files of projects in a directory, recursively."""
        real = os.path.realpath(folder)
        if real in above:
            self._lose("This is a link to a directory that contains it.", folder)
            return
        for path in self._entries(folder):
            if path.is_dir():
                yield from self._below(path, above | {real})
            elif path.suffix in SUFFIXES and path.is_file():
                yield path
            elif not path.exists():
                self._lose("This link points to nothing that exists.", path)
            else:
                self._refuse(path, f"only files that end with {' or '.join(SUFFIXES)} are read here")

    def _folder_of(self, main: DeclarationFile) -> Path | None:
        """Return the directory that contains a file as part of a declaration, if there is one."""
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
        """Read the main file, which contains variables or only the declaration."""
        file = self._mapping(path)
        return self._inner(file) if file else None

    def _inner(self, file: DeclarationFile) -> DeclarationFile | None:
        """Return the declaration below the variable's name, if there is one."""
        if VARIABLE not in file.content:
            return file
        if not isinstance(file.content[VARIABLE], dict):
            self._lose(f"{VARIABLE} must be a dictionary.", file.place([VARIABLE]))
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
            self._lose("This is not a dictionary.", path)
        return None

    def _text(self, path: Path) -> YamlText | None:
        if not path.is_file():
            self._lose("This file does not exist.", path)
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
        """Return the content of a file, decrypted if it was encrypted with Ansible Vault."""
        plain = self._loader.get_real_file(str(path))
        try:
            return Path(plain).read_bytes()
        finally:
            self._loader.cleanup_tmp_file(plain)

    # What is wrong with them

    def _tell(self, message: str, place: str) -> None:
        self.problems.extend({**each, "place": place} for each in problem_facts([Problem(message)]))

    def _refuse(self, path: Path, reason: str) -> None:
        said = f"This is not part of a declaration: {reason}. Move it, or give it a name that begins with a dot."
        self._lose(said, path)

    def _lose(self, message: str, place: Path | str) -> None:
        """Record why a part of the declaration could not be read."""
        self._tell(message, place if isinstance(place, str) else write_path(place))
        self.lost = True
