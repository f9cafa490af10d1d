# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""params → desired → current → plan → apply or predict → outcome, for a set of members, such as those of a group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import ApiError, BadInput, Refused
from ansible_collections.community.openai_admin.plugins.module_utils._core.apply import Job, apply
from ansible_collections.community.openai_admin.plugins.module_utils._core.candidates import (
    Entry,
    ask_entries,
    entry_options,
    final,
    find_candidates,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.current import FORBIDDEN
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import (
    check_names,
    is_blank,
    names_parent,
    parent_label,
    without_nulls,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.mode import carry_out, take_for_granted
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import (
    Spec,
    option,
    parent_options,
    setting_option,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import Done, Plan, Write, predict
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan_members import plan_members
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import (
    ORGANIZATION,
    Reads,
    find_scope,
    list_all,
    read_one,
    scoped,
    what_became_of,
    within_or_without,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Delivery, Outcome, Task
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import (
    GuardRead,
    Membership,
    Proposal,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.ref import Missing
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    NOTHING,
    PRESENT,
    Current,
    Desired,
    Object,
    Parent,
    Refuse,
    value_at,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Given, Mode, Params
from ansible_collections.community.openai_admin.plugins.module_utils._values.redacted import fits


@dataclass(frozen=True, eq=False)
class Found:
    """The current members of a set, and the members that a task names."""

    scope: Current
    before: Sequence[Object]
    """The direct members of the set."""
    named: Sequence[Object]
    """The members that the task names, except for indirect ones."""
    among: Sequence[Object]
    """All that can be meant by a name."""
    missing: Sequence[Missing] = ()
    unclear: Sequence[str] = ()


@dataclass(frozen=True, eq=False)
class Change:
    """The change of a set in C(scope): the plan, and the members before and after."""

    scope: Current
    todo: Plan
    before: Sequence[Object]
    after: Sequence[Object]
    among: Sequence[Object]
    """All that can be meant by a name."""
    replaced: Sequence[Object] = ()
    """The members that the API removes itself when it adds others."""


@dataclass(frozen=True, eq=False)
class Allowed:
    """What the guards of a set allow: the members afterwards, the ID of the one to add first, and warnings."""

    after: Sequence[Object]
    first: Any = None
    warnings: tuple[str, ...] = ()


def manage_members(membership: Membership) -> Task:
    """Return the task of a module that adds members to a set or removes them."""
    return Task(argument_spec=set_options(membership), work=partial(run, membership))


def manage_one_of(*memberships: Membership) -> Task:
    """Return the task of a module for the sets of several kinds of owners, one of which the task names."""
    spec = {name: each for membership in memberships for name, each in set_options(membership).items()}
    return Task(spec, partial(run_one_of, memberships), validates=partial(_with_dictionaries, memberships[0]))


def run_one_of(
    memberships: Sequence[Membership],
    client: Client,
    params: Params,
    given: Given,
    mode: Mode,
    delivery: Delivery | None = None,
) -> Outcome:
    """Do what run() does with the set of the owner that the task names. Raises C(AdminError)."""
    membership = one_of(memberships, params, given)
    done = run(membership, client, params, given, mode, delivery)
    returns = {**done.returns, membership.kind: {**no_owner(memberships), **done.returns[membership.kind]}}
    return replace(done, returns=returns)


def one_of(memberships: Sequence[Membership], params: Params, given: Given) -> Membership:
    """Return the set of the owner that a task names. Raises C(BadInput) if it names none, or several."""
    owners = [(each.owner, each) for each in memberships if each.owner]
    named = [(owner, each) for owner, each in owners if names_parent(owner, params, given)]
    if len(named) > 1:
        names = [_option_of(owner, params) for owner, unused_set in named]
        raise BadInput(f"{' and '.join(names)} exclude each other.")
    if not named:
        names = [name for owner, unused_set in owners for name in (owner.name_option, owner.id_option)]
        raise BadInput(f"one of these is required: {', '.join(names)}.")
    return named[0][1]


def _option_of(owner: Parent, params: Params) -> str:
    """The option by which a task names an owner."""
    return owner.id_option if is_blank(params.get(owner.name_option)) else owner.name_option


def no_owner(memberships: Iterable[Membership]) -> dict[str, None]:
    """Return the keys of results that name the owners of sets, each with null."""
    owners = [each.owner for each in memberships if each.owner]
    return {name: None for owner in owners for name in (owner.name_option, owner.id_option)}


def _with_dictionaries(membership: Membership, given: Given, spec: Mapping[str, Any]) -> dict[str, Any]:
    """The options for ansible-core to validate, with a dictionary for each entry that is a string."""
    entries = given.get(membership.option)
    if isinstance(entries, list):
        whole = [{membership.short: each} if isinstance(each, str) else each for each in entries]
        given = {**given, membership.option: whole}
    return without_nulls(given, spec)


def run(
    membership: Membership,
    client: Client,
    params: Params,
    given: Given,
    mode: Mode,
    unused_delivery: Delivery | None = None,
) -> Outcome:
    """Bring a set into the declared state, or predict the changes. Raises C(AdminError)."""
    entries, problems = ask_entries(membership, params, given)
    problems = [*bad_settings(membership, params), *_unscoped(membership, params, given), *problems]
    check_names(replace(membership.listed, keys=(), by_id=False, owner=membership.owner), params, given, problems)
    present = params["state"] == membership.states[0]
    scope = find_owner(client, membership, params, given)
    found = find_set(client, membership, entries, scope, present)
    assumes = [scope.missing] if scope.missing and (present or scope.nameless) else []
    assumed = tuple(dict.fromkeys((*assumes, *(found.missing if present else ()))))
    doing = f"{membership.verbs[0 if present else 1]} {membership.members.titles}{scope.of}"
    granted = take_for_granted(assumed, mode, doing, partial(what_became_of, client))
    change = plan_change(client, membership, found, params, present)
    job = Job(client, membership.members, Desired(PRESENT, NOTHING, None, NOTHING, doing), scope, None, None)
    done = carry_out(
        mode,
        apply=lambda: apply(job, change.todo),
        predict=lambda: predict(change.todo),
        beforehand=change.todo.warnings,
    )
    absent = () if present else found.missing
    gone = (f"{what.words}: there is nothing to {membership.verbs[1]}." for what in absent)
    warnings = (*granted, *gone, *change.todo.warnings, *done.warnings)
    return replace(outcome(membership, _without(membership, change, done)), changed=done.changed, warnings=warnings)


def set_options(membership: Membership) -> Spec:
    """Return the options for the owner of a set and its members."""
    return {
        **parent_options(membership.listed.parent),
        **parent_options(membership.owner),
        membership.option: option("list", elements="dict", options=entry_options(membership)),
        "state": option(choices=list(membership.states), default=membership.states[0]),
        "exclusive": option("bool", default=False),
        "allow_empty": option("bool", default=False),
        **{field.option_name: setting_option(field) for field in membership.settings},
    }


def bad_settings(membership: Membership, params: Params) -> Iterator[str]:
    """Yield errors of a task, except those in the members that it names."""
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


def _unscoped(membership: Membership, params: Params, given: Given) -> Iterator[str]:
    """Yield errors about a missing owner or project of a set."""
    members = membership.listed
    for parent in membership.owner, None if members.parent_is_optional else members.parent:
        if parent and not names_parent(parent, params, given):
            yield f"one of these is required: {parent.name_option}, {parent.id_option}"


def find_owner(client: Reads, membership: Membership, params: Params, given: Given) -> Current:
    """Find the scope of a set, in the organization or in a project, and its owner. Raises C(AdminError)."""
    parent, owner = membership.listed.parent, membership.owner
    scope = within_or_without(client, parent, params, given) if parent else ORGANIZATION
    if owner is None:
        return scope
    if scope.missing and owner.resource.parent:
        its_own = scoped(owner, params.get(owner.id_option) or None, params.get(owner.name_option))
    else:
        its_own = find_scope(client, owner, params, scope if owner.resource.parent else ORGANIZATION)
        if its_own.missing and not owner.resource.creates:
            its_own = replace(its_own, missing=final(owner.resource, its_own.missing))
    return replace(
        its_own,
        ids={**scope.ids, **its_own.ids},
        scope={**its_own.scope, **scope.scope},
        of=its_own.of + scope.of,
        missing=scope.missing or its_own.missing,
        nameless=scope.nameless or its_own.nameless,
    )


def find_set(
    client: Reads,
    membership: Membership,
    entries: Sequence[Entry],
    scope: Current,
    present: bool,
    direct: bool = False,
) -> Found:
    """Find the members of a set, and those that the task names. C(scope): the result of find_owner().

    C(direct): indirect members count as missing, because this run has made them. Raises C(AdminError).
    """
    if scope.missing and not present:
        entries = ()  # a set that does not exist has no members
    there = list_set(client, membership, scope)
    # without candidates, the organization's list shows the possible members of a set that does not exist yet
    is_elsewhere = scope.missing and entries and not membership.candidates
    listed = list_set(client, membership, ORGANIZATION) if is_elsewhere else there
    before = [item for item in there if membership.is_own(item)]
    named, missing, unclear = find_candidates(client, membership, entries, listed, scope, needed=present)
    indirect = (item for item in listed if membership.holds(item) and not membership.is_own(item))
    inherited = [] if direct else [item[ID] for item in indirect]
    named = [item for item in named if item.get(ID) not in inherited]
    known = [item[ID] for item in listed]
    among = [item for item in listed if item[ID] not in inherited]
    among += [item for item in named if ID in item and item[ID] not in known]
    return Found(scope, before, named, among, missing, unclear)


def list_set(client: Reads, membership: Membership, scope: Current) -> list[Object]:
    """List a set; return an empty list if it does not exist yet. Raises C(RequestError)."""
    if scope.missing:
        return []
    listed = list_all(client, membership.members, scope.ids, of=scope.of)
    return _once(membership, ({**scope.ids, **item} for item in listed) if membership.owner else listed)


def plan_change(client: Reads, membership: Membership, found: Found, params: Params, present: bool) -> Change:
    """Plan the change of a set. C(found): the result of find_set(). Raises C(AdminError)."""
    scope, before = found.scope, found.before
    replaced = _replaced(membership, before, found.named) if present else ()
    stays = [item for item in before if item not in replaced]
    wanted = members_then(found.named, stays, present, bool(params["exclusive"]), found.among)
    allowed = guarded(client, membership, propose(membership, scope, before, wanted, params), scope)
    replaced = [item for item in replaced if item not in allowed.after]
    writes = plan_set(membership, scope, before, allowed, replaced, shown_values(membership))
    if writes and not scope.missing:
        _refuse_closed(client, membership, params, scope)
    notice = membership.notice if writes else ""
    todo = Plan(None, None, writes, (*found.unclear, *allowed.warnings), notice=notice)
    return Change(scope, todo, before, allowed.after, found.among, replaced)


def _replaced(membership: Membership, before: Sequence[Object], named: Sequence[Object]) -> list[Object]:
    """Return the members that the API removes when it adds those that are named and not in the set yet."""
    own, among = membership.canonical, membership.alternatives
    there, then = ({own(item.get(ID)) for item in items} for items in (before, named))
    if not any(among(item) and own(item.get(ID)) not in there for item in named):
        return []
    return [item for item in before if among(item) and own(item[ID]) not in then]


def propose(
    membership: Membership, scope: Current, before: Sequence[Object], after: Sequence[Object], params: Params
) -> Proposal:
    """Return a change of a set for its guards. Members that do not exist yet have no ID."""
    own = membership.canonical
    there, then = ({own(item.get(ID)) for item in items} for items in (before, after))
    added = [item for item in after if own(item.get(ID)) not in there or ID not in item]
    removed = [item for item in before if own(item[ID]) not in then]
    return Proposal(added, removed, before, after, params, scope.ids, scope.of)


def guarded(client: Reads, membership: Membership, proposed: Proposal, scope: Current) -> Allowed:
    """Return what the guards of a set allow of a change, if there is one. Raises C(AdminError)."""
    if not (proposed.added or proposed.removed):
        return Allowed(proposed.after)
    for each in membership.guard_reads:
        if each.needed(proposed):
            found = _read_for_guard(client, membership, each, scope, proposed)
            proposed = replace(proposed, elsewhere={**proposed.elsewhere, each.name: found})
    warnings: list[str] = []
    first, own, after = None, membership.canonical, list(proposed.after)
    for guard in membership.guards:
        verdict = guard(proposed)
        if isinstance(verdict, Refuse):
            raise Refused(verdict.message)
        if verdict:
            stay = [item for item in proposed.removed if own(item[ID]) in verdict.ids and item not in after]
            after = [item for item in after if item in proposed.before or own(item.get(ID)) not in verdict.ids] + stay
            warnings += filter(None, [verdict.warning])
            first = verdict.first or first
    return Allowed(after, first, tuple(warnings))


def _read_for_guard(
    client: Reads, membership: Membership, reading: GuardRead, scope: Current, proposed: Proposal
) -> Any:
    """What a guard needs to know besides; null: the key may not read it. Raises C(AdminError)."""
    if reading.read:
        return reading.read(client, proposed)
    if reading.of_owner:
        if scope.parent or not membership.owner or not scope.ids.get(membership.owner.id_option):
            return [scope.parent] if scope.parent else []
        return read_one(client, reading.resource, scope.ids, of=scope.of)
    try:
        ids, of = (scope.ids, scope.of) if reading.of_set else (NOTHING, "")
        listed = list_all(client, reading.resource, ids, of=of)
    except ApiError as error:
        if (reading.of_caller or reading.of_set) and error.status in FORBIDDEN:
            return None
        if reading.of_set and error.is_unsupported:
            return []
        raise
    if not reading.of_caller:
        return listed
    return [item for item in listed if fits(client.connection.admin_key, str(item.get("redacted_value") or ""))]


def _once(membership: Membership, shown: Iterable[Object]) -> list[Object]:
    """Return the listed members without duplicates; a member that is both direct and inherited counts as direct."""
    listed: dict[str, Object] = {}
    for item in shown:
        own_id = membership.members.id_of(item)
        if own_id not in listed or membership.is_own(item):
            listed[own_id] = {**item, ID: own_id}
    return list(listed.values())


def _refuse_closed(client: Reads, membership: Membership, params: Params, scope: Current) -> None:
    """Raise C(Refused) if the owner does not allow a change of the set."""
    owner = membership.owner or membership.listed.parent
    if membership.closed is None or owner is None:
        return
    known = [scope.parent] if scope.parent else read_one(client, owner.resource, scope.ids, of=scope.of)
    for why in filter(None, map(membership.closed, known)):
        raise Refused(f"The {parent_label(owner, params)} {why}.")


def members_then(
    found: Sequence[Object], before: Iterable[Object], present: bool, exclusive: bool, listed: Iterable[Object]
) -> list[Object]:
    """Return the members afterwards, in the order of the listing; those that do not exist yet come last."""
    named = {item[ID]: item for item in found if ID in item}
    ids = {item[ID] for item in before}
    ids = (set(named) if exclusive else ids | set(named)) if present else ids - set(named)
    there = [named.get(item[ID], item) for item in listed if item[ID] in ids]
    return there + [item for item in found if ID not in item]


def plan_set(
    membership: Membership,
    scope: Current,
    before: Sequence[Object],
    allowed: Allowed,
    replaced: Sequence[Object] = (),
    by: Sequence[str] = ("name",),
) -> tuple[Write, ...]:
    """Return the writes that change a set as its guards allow, in their order.

    C(replaced): the members that the API removes itself. C(by): the fields that name a member in messages about single
    members.
    """
    wanted = sorted((item.get(ID) for item in allowed.after), key=lambda member: bool(member != allowed.first))
    labels = {item.get(ID): _name(item, by) or str(item.get(ID)) for item in (*before, *allowed.after)}
    there = [item for item in before if item not in replaced]
    return plan_members(membership, wanted, there, scope.ids, True, True, labels, scope.of)


def outcome(membership: Membership, change: Change) -> Outcome:
    """Return the outcome of a change, with result and diff."""
    scope, by, word = change.scope, shown_values(membership), membership.word
    there, then = ({item.get(ID) for item in items} for items in (change.before, change.after))
    shape = partial(_shape, membership)
    return Outcome(
        changed=bool(change.todo.writes),
        returns={
            membership.kind: {**scope.scope, word: [shape(item, True) for item in change.after]},
            membership.done[0]: [shape(item, True) for item in change.after if item.get(ID) not in there],
            membership.done[1]: [shape(item, False) for item in change.before if item.get(ID) not in then],
        },
        before={word: names_of(change.before, change.among, by)},
        after={word: names_of(change.after, change.among, by)},
        header=f"{membership.mark} {membership.members.titles}{scope.of or ' of the organization'}".lstrip(),
    )


def _without(membership: Membership, change: Change, done: Done) -> Change:
    """Return only the change of this task, without what somebody else did in the meantime."""
    canonical = membership.canonical
    others = {canonical(write.ids.get(ID)) for write in done.by_others}
    by_others = [item for item in change.after if canonical(item.get(ID)) in others]
    replaced = change.replaced if any(map(membership.alternatives, by_others)) else ()
    before = [item for item in change.before if canonical(item[ID]) not in others and item not in replaced]
    before += by_others
    return replace(change, before=before)


def shown_values(membership: Membership) -> list[str]:
    """Return the fields that name a member in messages: those that the list shows besides the ID."""
    members = membership.listed
    keys = (key for key in members.keys if key.option != members.id_param and not key.detail)
    return [*(key.field or key.option for key in keys), "name"]


def _shape(membership: Membership, item: Object, inside: bool) -> dict[str, Any]:
    """Return a member after the change; only its name if it does not exist yet."""
    known = membership.members.shape(item)
    if membership.mark:
        known = {**known, membership.mark: inside}
    return {**known, ID: membership.canonical(item[ID])} if ID in item else {**known, **item}


def names_of(items: Iterable[Object], listed: Iterable[Object], by: Sequence[str] = ("name",)) -> list[str]:
    """Return the names of members for a diff: the first of these fields that is set, with the ID if ambiguous."""
    names = [_name(item, by) for item in listed]
    named = ((_name(item, by), item) for item in items)
    return sorted(name if name and names.count(name) < 2 else _unclear(item, name) for name, item in named)


def _unclear(item: Object, name: str) -> str:
    if ID not in item:
        return str(next(iter(item.values())) or "one that does not exist yet")
    return f"{name} ({item[ID]})" if name else str(item[ID])


def _name(item: Object, by: Sequence[str]) -> str:
    return next((str(value) for value in (value_at(item, path) for path in by) if value), "")
