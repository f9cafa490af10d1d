# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""params → asked → there → plan → apply or predict → outcome, for a set that things are in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Union

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    Refused,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.apply import Job, apply
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import (
    check_names,
    cleaned,
    flaws,
    is_blank,
    not_there,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.mode import carry_out, take_for_granted
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import (
    Spec,
    name_options,
    option,
    parent_options,
    setting_option,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import Plan, Write, predict
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan_members import plan_members
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import (
    Reads,
    does_not_exist,
    list_all,
    only_one,
    what_became_of,
    with_details,
    within_or_without,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Delivery, Outcome, Task
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._model.ref import Missing
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    NOTHING,
    PRESENT,
    Current,
    Desired,
    Key,
    Object,
    Resource,
    value_at,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Given, Mode, Params

_SHOWN_NAMES = 10
"""How many of a collection's names a message lists."""

Reference = tuple[Union[Key, None], Any]
"""The option that names a member, and its value; none: an id that is empty."""


Guard = Callable[[Reads, Params, str, Sequence[Object], Sequence[Object]], "tuple[str | None, tuple[str, ...]]"]
"""Raises C(Refused) where a set of a parent, in words, must not become another one.

Says which member has to be put in first, and warns. Members that are not there yet have no id.
"""


def manage_members(membership: Membership, guard: Guard) -> Task:
    """The task of a module that puts members into a set, or takes them out."""
    return Task(argument_spec=_options(membership), work=partial(run, membership, guard))


def run(
    membership: Membership,
    guard: Guard,
    client: Client,
    params: Params,
    given: Given,
    mode: Mode,
    unused_delivery: Delivery | None = None,
) -> Outcome:
    """Bring a set into the declared state, or say what that would do. Raises C(AdminError)."""
    references = _ask(membership, params, given)
    present = params["state"] == membership.states[0]
    scope = _scope(client, membership, params, given)
    if scope.missing and not present:
        references = []  # nothing is in a set that is not there
    listed = _list(client, membership.members, scope, needed=bool(references))
    before = [] if scope.missing else [item for item in listed if membership.holds(item)]
    found, absent = find_members(client, membership, references, listed, needed=present)
    missing = [replace(what, hint=others(listed)) for what in absent]
    after = members_then(found, before, present, bool(params["exclusive"]), listed)
    doing = f"{membership.verbs[0 if present else 1]} {membership.members.titles}{scope.of}"
    assumes = [scope.missing] if scope.missing and (present or scope.nameless) else []
    assumes += missing if present else []
    granted = take_for_granted(tuple(assumes), mode, doing, partial(what_became_of, client))
    writes, warnings = plan_set(membership, guard, client, params, scope, before, after)
    job = Job(client, membership.members, Desired(PRESENT, NOTHING, None, NOTHING, doing), scope, None, None)
    todo = Plan(None, None, writes)
    done = carry_out(mode, apply=lambda: apply(job, todo), predict=lambda: predict(todo), beforehand=warnings)
    gone = () if present else tuple(f"{what.words}: there is nothing to {membership.verbs[1]}." for what in missing)
    return _outcome(membership, scope, before, after, listed, done.changed, (*granted, *gone, *warnings))


def _options(membership: Membership) -> Spec:
    return {
        **parent_options(membership.listed.parent),
        **set_options(membership, name_options(membership.listed)),
    }


def set_options(membership: Membership, of_entry: Spec) -> Spec:
    """Return the options that say what is to be in a set, and in no other place."""
    return {
        membership.option: option("list", elements="dict", options=of_entry),
        "state": option(choices=list(membership.states), default=membership.states[0]),
        "exclusive": option("bool", default=False),
        "allow_empty": option("bool", default=False),
        **{field.option_name: setting_option(field) for field in membership.settings},
    }


def _ask(membership: Membership, params: Params, given: Given) -> list[Reference]:
    """What the task names as members. Raises C(BadInput)."""
    entries = params.get(membership.option)
    problems = list(bad_settings(membership, params))
    raw = given.get(membership.option) or ()
    references: list[Reference] = []
    for entry, written in zip(entries or (), raw):
        key = next((key for key in membership.listed.keys if not is_blank(entry.get(key.option))), None)
        references.append((key, cleaned(key, entry[key.option]) if key else None))
        if key is None and not (isinstance(written, Mapping) and membership.members.id_param in written):
            names = ", ".join(key.option for key in membership.listed.keys)
            problems.append(f"each entry of {membership.option} needs one of {names}")
        elif key:
            problems.extend(flaws(key, key.option, entry[key.option]))
    check_names(replace(membership.listed, keys=()), params, given, problems)
    return references


def bad_settings(membership: Membership, params: Params) -> Iterator[str]:
    """Say what is wrong with a task besides the members that it names."""
    entries = params.get(membership.option)
    if entries is None:
        yield f"{membership.option} is required"
    if params["exclusive"] and params["state"] != membership.states[0]:
        yield f"exclusive needs state: {membership.states[0]}"
    if params["exclusive"] and entries == [] and not params["allow_empty"]:
        yield (
            f"{membership.option} is empty, and exclusive would {membership.verbs[1]} all: if that is meant, set"
            " allow_empty: true"
        )


def _scope(client: Client, membership: Membership, params: Params, given: Given) -> Current:
    parent = membership.listed.parent
    return within_or_without(client, parent, params, given) if parent else Current(object=None, ids={})


def _list(client: Client, members: Resource, scope: Current, needed: bool) -> list[dict[str, Any]]:
    """All that can be in the set, even of a parent that is not there yet."""
    if not scope.missing:
        return list_all(client, members, scope.ids, of=scope.of)
    return list_all(client, members) if needed else []


def find_members(
    client: Reads,
    membership: Membership,
    references: Iterable[Reference],
    listed: Sequence[dict[str, Any]],
    needed: bool,
) -> tuple[list[Object], list[Missing]]:
    """The members that the task names, and what of them is not there. Raises C(Refused)."""
    members = membership.listed
    read: dict[str, Object] = {}
    found: list[Object] = []
    missing: list[Missing] = []
    for key, value in references:
        label = members.call(value, key.option) if key else f"a {members.title} that is not there yet"
        same = list(_same(client, members, key, value, listed, read)) if key else []
        one = only_one(same, members, (key.option, value) if key else ("name", ""), str(members.id_param))
        if one is None and key and key.option == members.id_param and needed:
            raise Refused(f"There is no {label}{others(listed)}.")
        if one is None:
            missing.append(does_not_exist(label, members.ref(value, key.option)) if key else not_there(members))
            found.extend([{key.option if key else "name": key.canonical(value) if key else None}] if needed else [])
        else:
            found.append(one)
    return found, missing


def _same(
    client: Reads, members: Resource, key: Key, value: Any, listed: Sequence[dict[str, Any]], read: dict[str, Object]
) -> Iterator[dict[str, Any]]:
    """The listed objects that a value names; each is read alone where need be, until one is found."""
    wanted = key.canonical(value)
    for item in listed:
        if key.detail and item[ID] not in read:
            read[item[ID]] = next(iter(with_details(client, members, item, NOTHING, key.detail)), item)
        known = dict(read.get(item[ID], item))
        if key.canonical(key.read(known)) == wanted:
            yield known
            if key.detail:
                return


def others(listed: Iterable[Mapping[str, Any]]) -> str:
    """What can be in a set, for a message that says what cannot."""
    names = list(dict.fromkeys(str(item["name"]) for item in listed if item.get("name")))
    return f" (there are: {', '.join(names[:_SHOWN_NAMES])})" if names else ""


def members_then(
    found: Sequence[Object], before: Iterable[Object], present: bool, exclusive: bool, listed: Iterable[Object]
) -> list[Object]:
    """The members then, in the order of the listing; those that are not there yet come last."""
    named = {item[ID]: item for item in found if ID in item}
    ids = {item[ID] for item in before}
    ids = (set(named) if exclusive else ids | set(named)) if present else ids - set(named)
    there = [named.get(item[ID], item) for item in listed if item[ID] in ids]
    return there + [item for item in found if ID not in item]


def plan_set(
    membership: Membership,
    guard: Guard,
    client: Reads,
    settings: Params,
    scope: Current,
    before: Sequence[Object],
    after: Sequence[Object],
    by: Sequence[str] = ("name",),
) -> tuple[tuple[Write, ...], tuple[str, ...]]:
    """The writes that make one set of another, in an order that the guard allows, and its warnings.

    C(by): what messages call a member by, where a request is about one. Raises C(Refused).
    """
    wanted = [item.get(ID) for item in after]
    if not plan_members(membership, wanted, before, scope.ids, exclusive=True):
        return (), ()
    first, warnings = guard(client, settings, scope.of, before, after)
    wanted.sort(key=lambda member: member != first)
    labels = {item.get(ID): _name(item, by) or str(item.get(ID)) for item in (*before, *after)}
    return plan_members(membership, wanted, before, scope.ids, True, True, labels, scope.of), warnings


def _outcome(
    membership: Membership,
    scope: Current,
    before: Sequence[Object],
    after: Sequence[Object],
    listed: list[dict[str, Any]],
    changed: bool,
    warnings: tuple[str, ...],
) -> Outcome:
    there, then = ({item.get(ID) for item in items} for items in (before, after))
    added = [item for item in after if item.get(ID) not in there]
    removed = [item for item in before if item[ID] not in then]
    shape = partial(_shape, membership)
    return Outcome(
        changed=changed,
        returns={
            membership.kind: {**scope.scope, membership.states[0]: [shape(item, True) for item in after]},
            membership.done[0]: [shape(item, True) for item in added],
            membership.done[1]: [shape(item, False) for item in removed],
        },
        before={membership.states[0]: names_of(before, listed)},
        after={membership.states[0]: names_of(after, listed)},
        header=f"{membership.states[0]} {membership.members.titles}{scope.of or ' of the organization'}",
        warnings=warnings,
    )


def _shape(membership: Membership, item: Object, inside: bool) -> dict[str, Any]:
    """A member as it is afterwards; of one that is not there yet, what names it."""
    known = {**membership.members.shape(item), membership.states[0]: inside}
    return known if ID in item else {**known, **item}


def names_of(items: Iterable[Object], listed: Iterable[Object], by: Sequence[str] = ("name",)) -> list[str]:
    """How a diff calls members: by the first of these values that they have, where that says which."""
    names = [_name(item, by) for item in listed]
    named = ((_name(item, by), item) for item in items)
    return sorted(name if name and names.count(name) < 2 else _unclear(item, name) for name, item in named)


def _unclear(item: Object, name: str) -> str:
    if ID not in item:
        return str(next(iter(item.values())) or "one that is not there yet")
    return f"{name} ({item[ID]})" if name else str(item[ID])


def _name(item: Object, by: Sequence[str]) -> str:
    return next((str(value) for value in (value_at(item, path) for path in by) if value), "")
