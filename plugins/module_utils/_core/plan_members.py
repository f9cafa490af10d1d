# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Plans the writes that add members to a set or remove them. This file is pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import Write
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    NOTHING,
    Field,
    Object,
)


def plan_members(
    membership: Membership,
    wanted: Iterable[str | None],
    there: Iterable[Object],
    ids: Mapping[str, str | None] = NOTHING,
    present: bool = True,
    exclusive: bool = False,
    labels: Mapping[Any, str] = NOTHING,
    of: str = "",
) -> tuple[Write, ...]:
    """Return the writes that add the C(wanted) IDs to a set, or remove them; additions come first.

    Indirect members can be neither added nor removed. C(labels), by ID, and C(of) name the member and the set in
    messages about single members.
    """
    canonical, id_of = membership.canonical, membership.members.id_of
    listed = {canonical(id_of(item)): item for item in there}
    own = [member for member, item in listed.items() if membership.counts(item) == "live"]
    asked = list(dict.fromkeys(canonical(member) for member in wanted))
    added = [member for member in asked if present and member not in listed]
    removed = [id_of(listed[member]) for member in own if (member not in asked if present else member in asked)]
    writes = []
    for members, how, needed in (added, membership.add, True), (removed, membership.remove, exclusive or not present):
        for start in range(0, len(members) if needed else 0, membership.chunk):
            part = members[start : start + membership.chunk]
            write = _membership_write(membership, how, part, ids)
            writes.append(_of_one(membership, write, part[0], labels, of) if membership.chunk == 1 else write)
    return tuple(writes)


def _membership_write(
    membership: Membership, how: tuple[str, str], members: list[Any], ids: Mapping[str, str | None]
) -> Write:
    method, suffix = how
    single = membership.chunk == 1
    body = None if method == "DELETE" else {membership.body: members[0] if single else members}
    adds = how is membership.add
    verb = membership.verbs[0 if adds else 1]
    resource = membership.members
    return Write(
        action=verb,
        method=method,
        route=resource.path_in(ids) + suffix,
        ids=ids,
        why=f"{verb} {resource.titles} {', '.join(map(str, members))}",
        body=body,
        answers=False,
        expects=((Field(membership.mark, "bool", made_by="server"), adds),) if membership.mark else (),
    )


def _of_one(membership: Membership, write: Write, member: Any, labels: Mapping[Any, str], of: str) -> Write:
    """Return the write for one member, with the data to look for the member if the answer is lost."""
    resource, adds = membership.members, write.action == membership.verbs[0]
    return replace(
        write,
        ids={**write.ids, ID: member, resource.id_param: member},
        why=f"{write.action} {resource.title} {labels.get(member, member)}{of}",
        repeatable=not adds,
        makes=(resource.id_param, member) if adds else None,
        removes=not adds,
    )
