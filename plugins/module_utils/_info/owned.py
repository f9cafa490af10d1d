# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What info modules of sets with owners do: read the set of one owner, or those of all owners of some kinds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput
from ansible_collections.community.openai_admin.plugins.module_utils._api.parallel import Pace, Piece, gather
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import check_names, names_parent
from ansible_collections.community.openai_admin.plugins.module_utils._core.members import (
    find_owner,
    no_owner,
    one_of,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.mode import take_for_granted
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import option, parent_options
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import (
    ORGANIZATION,
    list_all,
    scoped,
    what_became_of,
    within_or_without,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Delivery, Outcome, Task
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Current
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Given, Mode, Params

EVERY = "every"
"""The option for the kinds of owners all of whose sets are read."""


def inform_of_sets(*memberships: Membership) -> Task:
    """Return the task of an info module for the sets of several kinds of owners."""
    spec = {}
    for each in memberships:
        spec.update({**parent_options(each.members.parent), **parent_options(each.owner)})
    kinds = [each.owner.resource.plural for each in memberships if each.owner]
    spec[EVERY] = option("list", elements="str", choices=kinds)
    return Task(argument_spec=spec, work=partial(collect_sets, memberships))


def collect_sets(
    memberships: Sequence[Membership],
    client: Client,
    params: Params,
    given: Given,
    mode: Mode,
    unused_delivery: Delivery | None = None,
) -> Outcome:
    """Read the sets that the task names. Raises C(AdminError)."""
    places = list(_places(memberships, client, params, given))
    resource = memberships[0].members
    missing = tuple(dict.fromkeys(scope.missing for unused_set, scope in places if scope.missing))
    became = partial(what_became_of, client)
    warnings = take_for_granted(missing, mode, f"list the {resource.titles}", became)

    def read(membership: Membership, scope: Current) -> list[dict[str, Any]]:
        members, nobody = membership.members, no_owner(memberships)
        listed = list_all(client, members, scope.ids, of=scope.of)
        return [members.shape({**scope.ids, **item}, {**nobody, **scope.scope}) for item in listed]

    pieces = [
        Piece(f"GET {membership.members.path_in(scope.ids)}", partial(read, membership, scope))
        for membership, scope in places
        if not scope.missing
    ]
    items = [item for part in gather(client, pieces, Pace(tell=mode.tell), "Reading") for item in part]
    return Outcome(changed=False, returns={resource.plural: items}, warnings=warnings)


def _places(
    memberships: Sequence[Membership], client: Client, params: Params, given: Given
) -> Iterable[tuple[Membership, Current]]:
    """The sets to read, each with its scope. Raises C(AdminError)."""
    owners = [each.owner for each in memberships if each.owner]
    named = any(names_parent(owner, params, given) for owner in owners)
    every = params.get(EVERY) or []
    if named == bool(every):
        names = [name for owner in owners for name in (owner.name_option, owner.id_option)]
        if named:
            raise BadInput(f"{EVERY} and the option that names an owner exclude each other.")
        raise BadInput(f"one of these is required: {', '.join([*names, EVERY])}.")
    if named:
        membership = one_of(memberships, params, given)
        _check(membership, params, given)
        yield membership, find_owner(client, membership, params, given)
        return
    for membership in memberships:
        if membership.owner and membership.owner.resource.plural in every:
            _check(replace(membership, owner=None), params, given)
            yield from _of_all(membership, client, params, given)


def _check(membership: Membership, params: Params, given: Given) -> None:
    """Raise C(BadInput) for names that cannot be, and for a project that is missing and needed."""
    members, owner = membership.members, membership.owner
    parent, problems = members.parent, []
    if parent and not members.parent_is_optional and not names_parent(parent, params, given):
        problems.append(f"one of these is required: {parent.name_option}, {parent.id_option}")
    check_names(replace(members, keys=(), by_id=False, owner=owner), params, given, problems)


def _of_all(
    membership: Membership, client: Client, params: Params, given: Given
) -> Iterable[tuple[Membership, Current]]:
    """The sets of all owners of a kind, in the scope that the task names."""
    owner, parent = membership.owner, membership.members.parent
    scope = within_or_without(client, parent, params, given) if parent else ORGANIZATION
    if owner is None or scope.missing:
        yield membership, scope
        return
    key = owner.resource.name_key
    ids = scope.ids if owner.resource.parent else {}
    for each in list_all(client, owner.resource, ids, of=scope.of if ids else ""):
        name = key.read(each) if key else None
        its_own = scoped(owner, owner.resource.id_of(each), name)
        place = {**its_own.scope, **scope.scope}
        yield membership, replace(its_own, ids={**scope.ids, **its_own.ids}, scope=place, of=its_own.of + scope.of)
