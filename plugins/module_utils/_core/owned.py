# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""params → asked → there → plan → apply or predict → outcome, for the set of an owner: the members of a group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Refused
from ansible_collections.community.openai_admin.plugins.module_utils._core.apply import Job, apply
from ansible_collections.community.openai_admin.plugins.module_utils._core.candidates import (
    Entry,
    ask_entries,
    entry_options,
    find_candidates,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import (
    check_names,
    names_parent,
    parent_label,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.members import (
    Guard,
    bad_settings,
    members_then,
    names_of,
    plan_set,
    set_options,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.mode import carry_out, take_for_granted
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import parent_options
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import Done, Plan, predict
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
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._model.ref import Missing
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    NOTHING,
    PRESENT,
    Current,
    Desired,
    Object,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Given, Mode, Params


@dataclass(frozen=True, eq=False)
class Change:
    """What becomes of a set: the job and the plan that C(apply) takes, and the members before and after."""

    job: Job
    todo: Plan
    before: Sequence[Object]
    after: Sequence[Object]
    missing: Sequence[Missing] = ()
    """The members that a task names and that are not there."""


def unguarded(
    unused_client: Reads, unused_params: Params, unused_of: str, unused_before: Any, unused_after: Any
) -> tuple[str | None, tuple[str, ...]]:
    """The guard of sets that may become any other one."""
    return None, ()


def manage_owned(membership: Membership, guard: Guard = unguarded) -> Task:
    """The task of a module that puts members into the set of an owner, or takes them out."""
    return Task(
        argument_spec={
            **parent_options(membership.listed.parent),
            **parent_options(membership.owner),
            **set_options(membership, entry_options(membership)),
        },
        work=partial(run, membership, guard),
    )


def run(
    membership: Membership,
    guard: Guard,
    client: Client,
    params: Params,
    given: Given,
    mode: Mode,
    unused_delivery: Delivery | None = None,
) -> Outcome:
    """Bring the set of an owner into the declared state, or say what that would do. Raises C(AdminError)."""
    entries, problems = ask_entries(membership, params, given)
    problems = [*bad_settings(membership, params), *_unscoped(membership, params, given), *problems]
    check_names(replace(membership.members, keys=(), by_id=False, owner=membership.owner), params, given, problems)
    present = params["state"] == membership.states[0]
    scope = find_owner(client, membership, params, given)
    change = plan_change(client, membership, guard, entries, scope, params, present)
    assumes = [scope.missing] if scope.missing and (present or scope.nameless) else []
    assumed = tuple(dict.fromkeys((*assumes, *(change.missing if present else ()))))
    granted = take_for_granted(assumed, mode, change.job.desired.label, partial(what_became_of, client))
    done = carry_out(
        mode,
        apply=lambda: apply(change.job, change.todo),
        predict=lambda: predict(change.todo),
        beforehand=change.todo.warnings,
    )
    gone = (
        () if present else tuple(f"{what.words}: there is nothing to {membership.verbs[1]}." for what in change.missing)
    )
    warnings = (*granted, *gone, *change.todo.warnings)
    return replace(outcome(membership, _without(membership, change, done)), changed=done.changed, warnings=warnings)


def _without(membership: Membership, change: Change, done: Done) -> Change:
    """The change of this task alone: what somebody else did meanwhile was so before."""
    canonical = membership.canonical
    others = {canonical(write.ids.get(ID)) for write in done.by_others}
    before = [item for item in change.before if canonical(item[ID]) not in others]
    before += [item for item in change.after if canonical(item.get(ID)) in others]
    return replace(change, before=before)


def plan_change(
    client: Client,
    membership: Membership,
    guard: Guard,
    entries: Sequence[Entry],
    scope: Current,
    params: Params,
    present: bool,
) -> Change:
    """Decide what becomes of a set; C(scope) is what find_owner() found. Raises C(AdminError)."""
    members = membership.members
    if scope.missing and not present:
        entries = ()  # nothing is in a set that is not there
    listed = [] if scope.missing else _once(membership, list_all(client, members, scope.ids, of=scope.of))
    before = [item for item in listed if membership.is_own(item)]
    found, missing, unclear = find_candidates(client, membership, entries, listed, scope, needed=present)
    known = [item[ID] for item in before]
    inherited = [item[ID] for item in listed if item[ID] not in known]
    wanted = [item for item in found if item.get(ID) not in inherited]
    everything = [*before, *(item for item in wanted if ID in item and item[ID] not in known)]
    after = members_then(wanted, before, present, bool(params["exclusive"]), everything)
    by = _shown_values(membership)
    writes, warnings = plan_set(membership, guard, client, params, scope, before, after, by)
    if writes and not scope.missing:
        _refuse_closed(client, membership, params, scope)
    doing = f"{membership.verbs[0 if present else 1]} {members.titles}{scope.of}"
    job = Job(client, members, Desired(PRESENT, NOTHING, None, NOTHING, doing), scope, None, None)
    return Change(job, Plan(None, None, writes, (*unclear, *warnings)), before, after, missing)


def _refuse_closed(client: Reads, membership: Membership, params: Params, scope: Current) -> None:
    """Raise C(Refused) where the set must stay as it is, because of whose it is."""
    owner = membership.owner or membership.listed.parent
    if membership.closed is None or owner is None:
        return
    known = [scope.parent] if scope.parent else read_one(client, owner.resource, scope.ids, of=scope.of)
    for why in filter(None, map(membership.closed, known)):
        raise Refused(f"The {parent_label(owner, params)} {why}.")


def _once(membership: Membership, shown: Iterable[Object]) -> list[Object]:
    """What a set shows, each member once: as one by itself, where it is inherited as well."""
    listed: dict[str, Object] = {}
    for item in shown:
        own_id = membership.members.id_of(item)
        if own_id not in listed or membership.is_own(item):
            listed[own_id] = {**item, ID: own_id}
    return list(listed.values())


def outcome(membership: Membership, change: Change) -> Outcome:
    """Return what becomes of a set, as results and diffs show it."""
    scope, by = change.job.current, _shown_values(membership)
    there, then = ({item.get(ID) for item in items} for items in (change.before, change.after))
    everything = [*change.before, *(item for item in change.after if item.get(ID) not in there)]
    shape = partial(_shape, membership)
    return Outcome(
        changed=bool(change.todo.writes),
        returns={
            membership.kind: {**scope.scope, membership.option: [shape(item) for item in change.after]},
            membership.done[0]: [shape(item) for item in change.after if item.get(ID) not in there],
            membership.done[1]: [shape(item) for item in change.before if item.get(ID) not in then],
        },
        before={membership.option: names_of(change.before, everything, by)},
        after={membership.option: names_of(change.after, everything, by)},
        header=f"{membership.members.titles}{scope.of}",
    )


def find_owner(client: Reads, membership: Membership, params: Params, given: Given) -> Current:
    """Return where a set is, in the organization or a project, and whose it is. Raises C(AdminError)."""
    parent, owner = membership.listed.parent, membership.owner
    scope = within_or_without(client, parent, params, given) if parent else ORGANIZATION
    if owner is None:
        return scope
    if scope.missing and owner.resource.parent:
        its_own = scoped(owner, params.get(owner.id_option) or None, params.get(owner.name_option))
    else:
        its_own = find_scope(client, owner, params, scope if owner.resource.parent else ORGANIZATION)
    return replace(
        its_own,
        ids={**scope.ids, **its_own.ids},
        scope={**its_own.scope, **scope.scope},
        of=its_own.of + scope.of,
        missing=scope.missing or its_own.missing,
        nameless=scope.nameless or its_own.nameless,
    )


def _unscoped(membership: Membership, params: Params, given: Given) -> Iterator[str]:
    """The set's owner, and its project, where the task does not name them and has to."""
    members = membership.members
    for parent in membership.owner, None if members.parent_is_optional else members.parent:
        if parent and not names_parent(parent, params, given):
            yield f"one of these is required: {parent.name_option}, {parent.id_option}"


def _shown_values(membership: Membership) -> list[str]:
    """By which values messages call a member: what the set shows of it besides its id."""
    members = membership.members
    return [*(key.field or key.option for key in members.keys if key.option != members.id_param), "name"]


def _shape(membership: Membership, item: Object) -> dict[str, Any]:
    """A member as it is afterwards; of one that is not there yet, what names it."""
    known = membership.members.shape(item)
    return {**known, ID: membership.canonical(item[ID])} if ID in item else {**known, **item}
