# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What info modules of sets with owners do: read the set of one owner, or those of all owners of some kinds."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import ApiError, BadInput
from ansible_collections.community.openai_admin.plugins.module_utils._api.parallel import Pace, Piece, gather
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import (
    check_names,
    is_blank,
    names_parent,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.members import (
    find_owner,
    no_owner,
    one_of,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.mode import take_for_granted
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import option, parent_options
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import (
    list_all,
    read_one,
    scoped,
    what_became_of,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Delivery, Outcome, Task
from ansible_collections.community.openai_admin.plugins.module_utils._info.listing import scopes_of, several_scopes
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import ID, Current, Object
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Given, Mode, Params

_NOT_FOUND = 404
EVERY = "every"
"""The option for the kinds of owners all of whose sets are read."""


def inform_of_sets(*memberships: Membership) -> Task:
    """Return the task of an info module for the sets of several kinds of owners."""
    spec = {}
    for each in memberships:
        spec.update({**parent_options(each.members.parent), **parent_options(each.owner)})
        if each.members.parent:
            spec[each.members.parent.resource.plural] = option("list", elements="dict")
    kinds = [each.owner.resource.plural for each in memberships if each.owner]
    spec.update({kind: option("list", elements="dict") for kind in kinds})
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
    missing = tuple(dict.fromkeys(scope.missing for unused_set, scope, unused_named in places if scope.missing))
    became = partial(what_became_of, client)
    warnings = take_for_granted(missing, mode, f"list the {resource.titles}", became)

    departed = _Departed(client)

    def read(membership: Membership, scope: Current, is_named: bool) -> list[dict[str, Any]]:
        members, nobody = membership.members, no_owner(memberships)
        try:
            listed = list_all(client, members, scope.ids, of=scope.of)
        except ApiError as error:
            if is_named or error.status != _NOT_FOUND or error.is_unsupported or not departed.has(membership, scope):
                raise
            return []
        return [members.shape({**scope.ids, **item}, {**nobody, **scope.scope}) for item in listed]

    pieces = [
        Piece(f"GET {membership.members.path_in(scope.ids)}", partial(read, membership, scope, is_named))
        for membership, scope, is_named in places
        if not scope.missing
    ]
    items = [item for part in gather(client, pieces, Pace(tell=mode.tell), "Reading") for item in part]
    return Outcome(changed=False, returns={resource.plural: items}, warnings=warnings)


class _Departed:
    """Finds out, once for each, whether owners of sets are there no more."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._known: dict[Any, bool] = {}
        self._lock = threading.Lock()

    def has(self, membership: Membership, scope: Current) -> bool:
        """Return whether the owner of a set does not exist. Raises C(RequestError)."""
        owner = membership.owner
        if owner is None:
            return False
        own_id = scope.ids[owner.id_option]
        with self._lock:
            if own_id not in self._known:
                resource = owner.resource
                ids = {resource.id_param: own_id, **(scope.ids if resource.parent else {})}
                self._known[own_id] = not read_one(self._client, resource, ids)
            return self._known[own_id]


def _places(
    memberships: Sequence[Membership], client: Client, params: Params, given: Given
) -> Iterable[tuple[Membership, Current, bool]]:
    """The sets to read, each with its scope, and whether the task names its owner. Raises C(AdminError)."""
    owners = [each.owner for each in memberships if each.owner]
    named = any(names_parent(owner, params, given) for owner in owners)
    every = params.get(EVERY) or []
    known = [owner.resource.plural for owner in owners if params.get(owner.resource.plural) is not None]
    if named == bool(every or known):
        names = [name for owner in owners for name in (owner.name_option, owner.id_option)]
        if named:
            several = EVERY if every else known[0]
            raise BadInput(f"{several} and the option that names an owner exclude each other.")
        plurals = [owner.resource.plural for owner in owners]
        raise BadInput(f"one of these is required: {', '.join([*names, EVERY, *plurals])}.")
    if named:
        membership = one_of(memberships, params, given)
        _check(membership, params, given)
        own = find_owner(client, membership, params, given)
        parent = membership.members.parent
        if parent is None or params.get(parent.resource.plural) is None:
            yield membership, own, True
            return
        for scope in scopes_of(client, membership.members, params, given):
            ids, place = {**scope.ids, **own.ids}, {**own.scope, **scope.scope}
            yield membership, replace(own, ids=ids, scope=place, of=own.of + scope.of), True
        return
    for membership in memberships:
        if membership.owner and membership.owner.resource.plural in (*every, *known):
            _check(replace(membership, owner=None), params, given)
            yield from _of_all(membership, client, params, given)


def _check(membership: Membership, params: Params, given: Given) -> None:
    """Raise C(BadInput) for names that cannot be, and for a project that is missing and needed."""
    members, owner = membership.members, membership.owner
    parent, problems = members.parent, list(several_scopes(members, params, given))
    several = parent and owner is None and params.get(parent.resource.plural) is not None
    if parent and not members.parent_is_optional and not several and not names_parent(parent, params, given):
        problems.append(f"one of these is required: {parent.name_option}, {parent.id_option}")
    check_names(replace(members, keys=(), by_id=False, owner=owner), params, given, problems)


def _of_all(
    membership: Membership, client: Client, params: Params, given: Given
) -> Iterable[tuple[Membership, Current, bool]]:
    """The sets of all owners of a kind, or of those that the task knows, in the scopes that it names."""
    owner = membership.owner
    if owner is None:
        return
    resource, parent = owner.resource, owner.resource.parent
    known = params.get(resource.plural)
    if known is not None and any(is_blank(each.get(ID)) for each in known):
        raise BadInput(f"{resource.plural} must hold what has an id, such as {resource.kind}_info returns.")
    everybody: Sequence[Object] | None = None
    for scope in scopes_of(client, membership.members, params, given):
        if scope.missing:
            yield membership, scope, False
            continue
        key = resource.name_key
        if known is not None:
            here = [each for each in known if not parent or each.get(parent.id_option) == scope.ids[parent.id_option]]
            names = [(each[ID], key.read(each) if key else None) for each in here]
        else:
            if everybody is None or parent:
                everybody = list_all(client, resource, scope.ids if parent else {}, of=scope.of if parent else "")
            names = [(resource.id_of(each), key.read(each) if key else None) for each in everybody]
        for own_id, name in names:
            its_own = scoped(owner, own_id, name)
            place = {**its_own.scope, **scope.scope}
            ids, of = {**scope.ids, **its_own.ids}, its_own.of + scope.of
            yield membership, replace(its_own, ids=ids, scope=place, of=of), False
