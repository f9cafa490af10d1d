# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Generate the tasks of roles that list who has access or end it: one for each kind that has access in C(READ)."""

from __future__ import annotations

from collections.abc import Callable

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.access import READ
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import PEOPLE
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Access, Kind
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Resource

ModuleOf = Callable[[object], str]
"""Returns the name of the module about a resource or a membership; a resource's info module has C(_info) appended."""
HEAD = """\
---
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Written by make generate, from the kinds that give access: plugins/module_utils/_kinds/access.py.
"""
UNREADABLE = "[401, 403, 404]"
"""The status codes with which the API says that the organization lacks a feature, or that a key may not read it."""
ROLES = ("access_review", "offboard")
LONGEST_LINE = 160
"""The number of characters that ansible-lint allows."""
NAMES, LISTED = "listed_names", "listed"


def rows_of(role: str) -> list[tuple[Kind, Access]]:
    """Return the kinds that a role reads with these tasks, keys last; C(offboard) reads people with other tasks."""
    rows = [(row, access) for row, access in READ.items() if not access.asked_by][::-1]
    return [(row, access) for row, access in rows if access.by and row is not PEOPLE] if role == "offboard" else rows


def resources_of(role: str) -> dict[Resource, bool]:
    """Return the collections in the order in which they are read, and whether reading each may fail."""
    rows = rows_of(role)
    parents = [(row.resource.parent.resource, access) for row, access in rows if row.resource.parent]
    found: dict[Resource, bool] = {}
    for resource, access in (*parents, *((row.resource, access) for row, access in rows)):
        found[resource] = found.get(resource, True) and access.optional
    return found


def reads(role: str, module_of: ModuleOf) -> str:
    """Return the task file that reads all of these collections."""
    found = resources_of(role)
    return "\n".join([HEAD, *(_read(role, resource, found, module_of) for resource in found)])


def _read(role: str, resource: Resource, found: dict[Resource, bool], module_of: ModuleOf) -> str:
    register = _variable(role, resource)
    lines = [
        f"- name: Read the {resource.titles}",
        f"  community.openai_admin.{module_of(resource)}_info:",
    ]
    if resource.parent:
        parent = resource.parent.resource
        nothing = " | default([])" if found[parent] else ""
        lines.append(f'    {parent.plural}: "{{{{ {_variable(role, parent)}.{parent.plural}{nothing} }}}}"')
    lines.append(f"  register: {register}")
    if found[resource]:
        lines += [
            "  failed_when:",
            f"    - {register} is failed",
            f"    - {register}.status_code | default(0) not in {UNREADABLE}",
        ]
    return "".join(f"{line}\n" for line in lines)


def variables(role: str) -> str:
    """Return the variables with the results: names of organizations, and lists, or the results of failed tasks."""
    found = resources_of(role)
    lines = [f"openai_admin_{role}_{NAMES}:"]
    lines += [f"  - \"{{{{ {_variable(role, each)}.organization_name | default('') }}}}\"" for each in found]
    lines += [f"openai_admin_{role}_{LISTED}:"]
    for resource, is_optional in found.items():
        variable = _variable(role, resource)
        failed = f" | default({variable})" if is_optional else ""
        lines += _assigned(resource.plural, f"{variable}.{resource.plural}", failed)
    return "".join(f"{line}\n" for line in lines)


def _assigned(name: str, value: str, failed: str) -> list[str]:
    """Return the lines that give a part of a dictionary its value, two if one would be too long."""
    line = f'  {name}: "{{{{ {value}{failed} }}}}"'
    return [line] if len(line) <= LONGEST_LINE else [f"  {name}: >-", f"    {{{{ {value}", f"      {failed} }}}}"]


def ends(role: str, module_of: ModuleOf) -> str:
    """Return the task file that removes people's access."""
    return "\n".join([HEAD, *(_end(role, row, access, module_of) for row, access in READ.items() if access.by)])


def _end(role: str, row: Kind, access: Access, module_of: ModuleOf) -> str:
    item = f"openai_admin_{role}_item"
    members = access.ended_by or row.members
    about: Resource | Membership = members or row.resource
    parent = row.resource.parent
    names = (parent.name_option, parent.id_option) if parent else ()
    nowhere = " | default(omit, true)" if row.resource.parent_is_optional else ""
    lines = [
        f"- name: {access.ends[0].capitalize()} the {access.called[1]}",
        f"  community.openai_admin.{module_of(about)}:",
        *(f'    {name}: "{{{{ {item}.{name}{nowhere} }}}}"' for name in names),
    ]
    if members and members.owner:
        lines.append(f'    {members.owner.id_option}: "{{{{ {item}.{members.owner.id_option} }}}}"')
    if members:
        lines += [
            f"    {members.option}:",
            f'      - {members.candidates[0].id_option}: "{{{{ {item}.id }}}}"',
        ]
    else:
        lines.append(f'    {row.resource.id_param}: "{{{{ {item}.id }}}}"')
    lines += [
        "    state: absent",
        f'  loop: "{{{{ openai_admin_{role}_report.writes.{access.word} }}}}"',
        "  loop_control:",
        f"    loop_var: {item}",
        f'    label: "{{{{ {item}.label }}}}"',
    ]
    return "".join(f"{line}\n" for line in lines)


def _variable(role: str, resource: Resource) -> str:
    return f"openai_admin_{role}_{resource.plural}"


def files(role: str, module_of: ModuleOf) -> dict[str, str]:
    """Return the files that are generated as a whole, by path."""
    found = {f"roles/{role}/tasks/listed.yml": reads(role, module_of)}
    return found | ({f"roles/{role}/tasks/end.yml": ends(role, module_of)} if role == "offboard" else {})
