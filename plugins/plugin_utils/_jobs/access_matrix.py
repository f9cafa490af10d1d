# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Effective access: who can do what in which project, and why.

A permission is in effect where a role gives it, in the project or in the whole organization, directly or through a
group. Each permission of somebody in a place has exactly one row, with all reasons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.access import READ
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import PEOPLE
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.access import listed, unreadable

Item = Mapping[str, Any]

COLUMNS = ("kind", "who", "name", "id", "project", "project_id", "permission", "why", "organization", "read_at")
EVERY_PROJECT = "every project"
EVERYTHING = "*"
"""The permission of owners of the organization."""
NOT_KNOWN = "not known"
"""The permission of roles of which the API does not show what they give."""
_GRANTS = [row for row, access in READ.items() if access.holders]
"""Kinds whose objects are roles of somebody."""
_DIRECTLY = "directly"


class _Grant(NamedTuple):
    """A role of a person or a service account in a place; no project: in the whole organization."""

    who: str
    project_id: str | None
    role: str
    through: str
    permissions: tuple[str, ...]
    owns_all: bool = False


def matrix(read: Item, owners: Iterable[str], organization: str, at: str) -> list[dict[str, Any]]:
    """Return a row for each permission of somebody in a place, sorted, and one for each kind that was not read.

    C(read): what info modules returned, as for the review. C(owners): the IDs of all who own the organization.
    """
    owning, about = set(owners), {"organization": organization, "read_at": at}
    people = _people(read)
    projects = {each["id"]: each["name"] or each["id"] for each in read["projects"]}
    reasons: defaultdict[tuple[str, str | None, str], set[str]] = defaultdict(set)
    for own_id in owning & people.keys():
        reasons[own_id, None, EVERYTHING] = {"owner of the organization"} if PEOPLE.owns_all(people[own_id]) else set()
    for grant in _grants(read):
        people.setdefault(grant.who, {"id": grant.who, "is_service_account": False})
        if grant.who not in owning:
            for permission in grant.permissions or (NOT_KNOWN,):
                reasons[grant.who, grant.project_id, permission].add(f"role {grant.role} {grant.through}")
        elif grant.owns_all and grant.through != _DIRECTLY:
            reasons[grant.who, None, EVERYTHING].add(f"owner of the organization {grant.through}")
    rows = [
        {
            **_named(people[own_id]),
            "project": EVERY_PROJECT if project_id is None else projects.get(project_id, project_id),
            "project_id": project_id,
            "permission": permission,
            "why": "; ".join(sorted(whys)),
            **about,
        }
        for (own_id, project_id, permission), whys in reasons.items()
    ]
    by = ("who", "id", "project", "project_id", "permission")
    rows.sort(key=lambda row: tuple(str(row[name] or "") for name in by))
    lost = ({"kind": "not read", "who": each["what"], "why": each["why"], **about} for each in unreadable(read))
    return rows + [{**dict.fromkeys(COLUMNS), **row} for row in lost]


def _people(read: Item) -> dict[str, Item]:
    """Return everybody who can have access, by ID, including those who are only in projects or in groups."""
    found: dict[str, Item] = {}
    inside = listed(read, "group_members")
    for each in (*read["users"], *read["service_accounts"], *read["project_users"], *inside):
        found.setdefault(each["id"], each)
    accounts = {each["id"] for each in read["service_accounts"]}
    return {
        own_id: {**each, "is_service_account": own_id in accounts or bool(each.get("is_service_account"))}
        for own_id, each in found.items()
    }


def _named(person: Item) -> dict[str, Any]:
    return {
        "kind": "service_account" if person["is_service_account"] else "person",
        "who": person.get("email") or person.get("name") or person["id"],
        "name": person.get("name") if person.get("email") else None,
        "id": person["id"],
    }


def _grants(read: Item) -> Iterator[_Grant]:
    """Yield the roles of people and service accounts, those through groups included.

    The members of a group have its roles, whatever their own lists say.
    """
    names = {each["id"]: each.get("name") for each in listed(read, "groups")}
    members: defaultdict[str, list[str]] = defaultdict(list)
    for each in listed(read, "group_members"):
        members[each["group_id"]].append(each["id"])
    with_role = set()
    for row in _GRANTS:
        for item in listed(read, row.resource.plural):
            role, place = item["name"] or item["id"], item["project_id"]
            permissions, owns_all = tuple(item.get("permissions") or ()), row.owns_all(item)
            for who, through in _holders(item, names, members):
                with_role.add((who, place))
                yield _Grant(who, place, role, through, permissions, owns_all)
    for member in (*read["project_users"], *read["service_accounts"]):
        own_place = (member["id"], member["project_id"])
        if own_place not in with_role and member["role"] not in (None, "none"):
            yield _Grant(*own_place, member["role"], _DIRECTLY, ())


def _holders(
    item: Item, names: Mapping[str, str | None], members: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """Yield the IDs of all who have a role, and through what."""
    group = item.get("group_id")
    if group:
        yield from ((own_id, f"through group {names.get(group) or group}") for own_id in members.get(group, ()))
        return
    own_id = str(item.get("user_id") or item.get("service_account_id") or "")
    if own_id and item.get("through") is None:
        yield own_id, _DIRECTLY
    for each in item["through_ids"] if own_id else ():
        yield own_id, f"through {item['through']} {names.get(each) or each}"
