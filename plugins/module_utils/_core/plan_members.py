# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The plan that puts members into a set, or takes them out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import Write
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import NOTHING, Field, Object


def plan_members(
    membership: Membership,
    wanted: Iterable[str | None],
    there: Iterable[Object],
    ids: Mapping[str, str | None] = NOTHING,
    present: bool = True,
    exclusive: bool = False,
) -> tuple[Write, ...]:
    """The writes that put C(wanted) ids into a set or take them out; additions come first.

    Members that are in the set by something else can be neither added nor removed.
    """
    canonical = membership.canonical
    standing = {canonical(item[membership.id_field]): membership.counts(item) for item in there}
    own = [member for member, counted in standing.items() if counted == "live"]
    asked = list(dict.fromkeys(canonical(member) for member in wanted))
    added = [member for member in asked if present and member not in standing]
    removed = [member for member in own if (member not in asked if present else member in asked)]
    writes = []
    for members, how, needed in (added, membership.add, True), (removed, membership.remove, exclusive or not present):
        for start in range(0, len(members) if needed else 0, membership.chunk):
            part = members[start : start + membership.chunk]
            writes.append(_membership_write(membership, how, part, ids))
    return tuple(writes)


def _membership_write(
    membership: Membership, how: tuple[str, str], members: list[Any], ids: Mapping[str, str | None]
) -> Write:
    method, suffix = how
    single = membership.chunk == 1
    body = None if method == "DELETE" else {membership.body: members[0] if single else members}
    adds = how is membership.add
    verb = membership.verbs[0 if adds else 1]
    route = membership.path + suffix
    why = f"{verb} {membership.members.titles} {', '.join(map(str, members))}"
    own_ids = {**ids, "id": members[0]} if single else ids
    expects = ((Field(membership.mark, "bool", made_by="server"), adds),) if membership.mark else ()
    return Write(verb, method, route, own_ids, why, body, answers=False, expects=expects)
