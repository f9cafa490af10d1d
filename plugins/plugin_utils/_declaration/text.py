# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Writes a declaration as readable text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

import yaml
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import KINDS
from ansible_collections.community.openai_admin.plugins.module_utils._values.numbers import counted
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.export_files import mark
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.about import whose

VARIABLE = "openai_admin_organization"
_TEMPLATES = ("{{", "{%", "{#")
"""Markers with which Ansible would evaluate a string as a template."""
_WIDE = 100_000
MAIN_FILE = "organization.yml"
PROJECTS = "projects"
_LONGEST_NAME = 80
_APPLY = (
    "# Apply it with: ansible-playbook community.openai_admin.provision -e openai_admin_declaration={} --check --diff"
)


class _Unsafe(str):
    """A string that must not be evaluated."""


class _Block(str):
    """A string of several lines to write as a block, such as a certificate."""


class _Dumper(yaml.SafeDumper):
    """Indents lists as ansible-lint requires, and writes no aliases."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless and flow)

    def ignore_aliases(self, data: Any) -> bool:
        return data is not self

    def write_double_quoted(self, text: str, split: bool = True) -> None:
        """Write a string in double quotes, with all non-ASCII characters escaped."""
        self.allow_unicode = False  # otherwise characters that change the direction of text would stay as they are
        super().write_double_quoted(text, split)
        self.allow_unicode = True


def _style(text: str, usual: str | None) -> str | None:
    """Return the quoting style for a string, so that it is always read as the same string."""
    return usual if visible(text) == text else '"'


_Dumper.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_style(text, None))
)
_Dumper.add_representer(
    _Unsafe, lambda dumper, text: dumper.represent_scalar("!unsafe", str(text), style=_style(str(text), "'"))
)
_Dumper.add_representer(
    _Block,
    lambda dumper, text: dumper.represent_scalar(
        "tag:yaml.org,2002:str", str(text), style=_style(text.replace("\n", ""), "|")
    ),
)


def declaration_text(
    organization: Mapping[str, Any],
    source: str,
    when: str,
    name: str | None = None,
    include: Container[str] | None = None,
) -> str:
    """Return the text of a declaration, with common limits as defaults, one line per object, below a header."""
    header = [*_header(organization, source, when, name, include), _APPLY.format("THIS_FILE")]
    return mark(_text({VARIABLE: with_defaults(organization)}, header))


def declaration_files(
    organization: Mapping[str, Any],
    source: str,
    when: str,
    layout: str,
    name: str | None = None,
    include: Container[str] | None = None,
) -> dict[str, Any]:
    """Return the files of an export by name: one without a name, or C(organization.yml) and one per project.

    C(source): the user's name for the organization. C(name): its name in the answers, null if unknown.
    C(include): the listings that were read, null if unknown. C(whole): the directory that should contain nothing else.
    """
    if layout == "file":
        return {"files": {"": declaration_text(organization, source, when, name, include)}, "whole": ""}
    declaration = with_defaults(organization)
    projects = declaration.pop("projects", None)
    header = [
        *_header(organization, source, when, name, include),
        "# The projects are in projects/, a file for each.",
        _APPLY.format("THIS_DIRECTORY"),
    ]
    files: dict[str, str] = {}
    for project in projects or ():
        name, text = project_file(project, files)
        files[name] = text
    main = _text({VARIABLE: declaration}, header)
    marked = mark(main) if projects is None else mark(main, PROJECTS, files)
    return {"files": {MAIN_FILE: marked, **files}, "whole": "" if projects is None else PROJECTS}


def project_file(project: Mapping[str, Any], taken: Container[str]) -> tuple[str, str]:
    """Return a unique name and the text of the file of a project."""
    name = f"{PROJECTS}/{_file_name(project)}"
    names = (f"{name}-{number}.yml" if number else f"{name}.yml" for number in count())
    return next(each for each in names if each not in taken), mark(_text(project, []))


def is_plain(text: str) -> bool:
    """Return whether every YAML parser reads an unquoted text as the same string."""
    written: str = yaml.dump(text, Dumper=_Dumper, allow_unicode=True, width=_WIDE)
    return not is_template(text) and written.removesuffix("...\n").rstrip("\n") == text


def _file_name(project: Mapping[str, Any]) -> str:
    """Return a portable file name, with the ID if several projects have the same name."""
    name = re.sub(r"[^a-z0-9_]+", "-", str(project.get("name") or "").casefold()).strip("-")[:_LONGEST_NAME]
    return "-".join(filter(None, (name, str(project.get("project_id") or "")))) or "project"


def _header(
    organization: Mapping[str, Any], source: str, when: str, name: str | None, include: Container[str] | None
) -> list[str]:
    counts = ", ".join(counted(len(each), what.removesuffix("s")) for what, each in _parts(organization))
    return [
        f"# {visible(source) or 'An OpenAI organization'}, as it was at {when}: {counts}.",
        f"# {visible(whose(name))}",
        f"# Not included: {', '.join(_not_included(organization, include))}.",
    ]


def _not_included(organization: Mapping[str, Any], include: Container[str] | None) -> Iterator[str]:
    """Yield the kinds that the declaration does not contain; without C(include), those without objects, too."""
    yield from ("archived projects", "keys")
    scopes = (organization, *(organization.get(PROJECTS) or ()))
    for row in KINDS:
        was_read = any(row.word in scope for scope in scopes) or (include and row.resource.plural in include)
        if not row.is_usual and row.within is None and not was_read:
            yield row.resource.titles


def _text(content: Mapping[str, Any], header: Sequence[str]) -> str:
    body = yaml.dump(
        _safe(content), Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=None, width=_WIDE
    )
    return "\n".join(["---", *header, body])


def with_defaults(organization: Mapping[str, Any]) -> dict[str, Any]:
    """Return the declaration with defaults for what most projects have in common, and only differences in projects."""
    projects = organization.get("projects") or []
    defaults = _common_limits([project.get("rate_limits") for project in projects])
    if not defaults:
        return dict(organization)
    thinner = [{**project, "rate_limits": _differing(project["rate_limits"], defaults)} for project in projects]
    kept = [{name: value for name, value in project.items() if name != "rate_limits" or value} for project in thinner]
    return {**organization, "project_defaults": {"rate_limits": list(defaults.values())}, "projects": kept}


def _common_limits(collections: Sequence[Any]) -> dict[str, dict[str, Any]]:
    """Return the most common value of each limit that all projects have, by model."""
    if len(collections) < 2 or any(limits is None for limits in collections):
        return {}
    by_model: list[dict[str, Mapping[str, Any]]] = [{each["model"]: each for each in limits} for limits in collections]
    shared = [model for model in by_model[0] if all(model in each for each in by_model)]
    common = {}
    for model in shared:
        entries = [each[model] for each in by_model]
        names = [name for name in entries[0] if name != "model" and all(name in entry for entry in entries)]
        values = {name: Counter(entry[name] for entry in entries).most_common(1)[0][0] for name in names}
        common[model] = {"model": model, **values}
    return common


def _differing(limits: Sequence[Mapping[str, Any]], defaults: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the limits of a project that differ from the defaults."""
    thinner = []
    for entry in limits:
        default = defaults.get(entry["model"], {})
        own = {name: value for name, value in entry.items() if name == "model" or default.get(name) != value}
        if len(own) > 1 or not default:
            thinner.append(own)
    return thinner


def _parts(organization: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[Any]]]:
    for name in "projects", "users", "groups", "invites", "certificates":
        if name in organization:
            yield name, organization[name]


def _safe(value: Any) -> Any:
    """Return the value with every string that looks like a template marked as unsafe."""
    if isinstance(value, Mapping):
        return {plain(name): _safe(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_safe(inner) for inner in value]
    if isinstance(value, str) and value.startswith("-----BEGIN "):
        return _Block(plain(value))
    if isinstance(value, str):
        return _Unsafe(plain(value)) if is_template(value) else plain(value)
    return value


def is_template(text: str) -> bool:
    """Return whether Ansible would evaluate a string that is not marked as unsafe."""
    return any(sign in text for sign in _TEMPLATES)


def plain(text: str) -> str:
    """Return a plain C(str): ansible-core uses subclasses for some strings."""
    return str.__str__(text)
