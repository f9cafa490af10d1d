# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Active certificates of an organization and its projects: one step per place, with the rules of certificates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import NotFound, Problem, Refused
from ansible_collections.community.openai_admin.plugins.module_utils._certificates.guard import GUARDED
from ansible_collections.community.openai_admin.plugins.module_utils._certificates.plan import where_active
from ansible_collections.community.openai_admin.plugins.module_utils._core.apply import Job
from ansible_collections.community.openai_admin.plugins.module_utils._core.candidates import entry_by, find_candidates
from ansible_collections.community.openai_admin.plugins.module_utils._core.members import (
    guarded,
    members_then,
    names_of,
    plan_set,
    propose,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import Plan
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import (
    does_not_exist,
    find_scope,
    list_all,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate import (
    CERTIFICATE,
    is_active,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate_activation import (
    CERTIFICATE_ACTIVATION,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import CERTIFICATES, DEPTHS
from ansible_collections.community.openai_admin.plugins.module_utils._model.ref import Missing
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    PRESENT,
    Current,
    Desired,
    Object,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.context import Looked, Place, Run
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import Declared
from ansible_collections.community.openai_admin.plugins.module_utils._organization.steps import (
    ADDS,
    LAST,
    Stage,
    Step,
)

_ENTRY = CERTIFICATE_ACTIVATION.entry


@dataclass(frozen=True, eq=False)
class Activation:
    """The active certificates of one place, now and as declared."""

    place: Place
    step: Step
    after: tuple[Object, ...]
    undeclared: tuple[Object, ...] = ()
    """Active certificates that are not declared and stay active."""


@dataclass(frozen=True, eq=False)
class Activations:
    """All activations, problems of places, and the updated run."""

    made: list[Activation]
    problems: list[Problem]
    run: Run


def activate_all(
    run: Run,
    places: Iterable[Place],
    certificates: Sequence[Looked],
    removed: Iterable[str],
) -> Activations:
    """Plan the active certificates of the organization and of projects.

    C(removed): IDs of certificates that separate plans delete.
    """
    run = replace(run, leaving=frozenset(removed))
    present = [each for each in certificates if each.desired.present]
    made, problems = [], []
    for place in places:
        try:
            if place.row is CERTIFICATES:
                activation = activate_in_organization(present, place, run)
                run = replace(run, staying=tuple({**item, "active": True} for item in activation.after))
            elif place.row.members:
                activation = activate_in_project(place, run)
            else:
                continue
        except (Refused, NotFound) as error:
            problems.append(Problem(error.message, place.where))
        else:
            made.append(activation)
    return Activations(made, problems, run)


def with_places_where_active(run: Run, looked: Looked) -> Current:
    """Return the current state of a certificate, with the places where one to delete is active. Raises C(AdminError).

    For the organization, this considers the certificates that stay active.
    """
    current = looked.current
    if looked.desired.present or current.object is None:
        return current
    current = replace(current, listed=(*run.staying, current.object))
    return where_active(run.snapshot, looked.resource, looked.desired, current)


def activate_in_project(place: Place, run: Run) -> Activation:
    """Plan the active certificates of a project. Raises C(AdminError)."""
    scope = find_scope(run.snapshot, _ENTRY.parent, {"project": place.project, **place.ids})
    listed = _listed(run, scope)
    wanted: list[Object] = []
    unwanted: list[Object] = []
    assumes = [scope.missing] if scope.missing else []
    defaults: list[str] = []
    for declared in place.declared:
        entry, present = entry_by(CERTIFICATE_ACTIVATION, declared.desired.identity), declared.desired.present
        found, missing, unused_unclear = find_candidates(
            run.snapshot, CERTIFICATE_ACTIVATION, [entry], listed, scope, needed=present
        )
        (wanted if present else unwanted).extend(found)
        assumes.extend(replace(each, hint="") for each in missing if present)
        changed = [item for item in found if is_active(item) is not present]
        defaults.append(declared.default_of(["active"] if changed else ()))
    named = {*map(_ENTRY.id_of, (*wanted, *unwanted))} | run.leaving
    undeclared = [item for item in listed if is_active(item) and _ENTRY.id_of(item) not in named]
    goes = undeclared if place.purged else []
    defaults.append(place.purged_by if goes else "")
    again = partial(activate_in_project, place)
    step, after = _step(run, place, scope, listed, (wanted, [*unwanted, *goes]), assumes, again)
    default = ", ".join(dict.fromkeys(filter(None, defaults)))
    step = replace(step, declared=replace(step.declared, given={"active": None}, default=default))
    return Activation(place, replace(step, purged=len(goes)), after, () if place.purged else tuple(undeclared))


def activate_in_organization(certificates: Sequence[Looked], place: Place, run: Run) -> Activation:
    """Plan the active certificates of the organization, among the declared ones. Raises C(AdminError)."""
    wanted: list[Object] = []
    unwanted: list[Object] = []
    assumes: list[Missing] = []
    for looked in certificates:
        active = looked.declared.params.get("active")
        known = run.uploaded.get(looked.declared.where) or looked.current.object
        if active and known is None:
            assumes.append(_not_uploaded(looked))
            known = _as_it_will_be(looked)
        if active is not None and known is not None:
            (wanted if active else unwanted).append(known)
    again = partial(activate_in_organization, certificates, place)
    scope, listed = Current(object=None, ids={}), _with_uploaded(run, run.snapshot.listing(CERTIFICATE))
    step, after = _step(run, place, scope, listed, (wanted, unwanted), assumes, again)
    return Activation(place, step, after)


def _not_uploaded(looked: Looked) -> Missing:
    """Return what is missing if a certificate to activate does not exist yet."""
    identity = looked.desired.identity
    ref = looked.resource.ref(identity[1], identity[0]) if identity else None
    return does_not_exist(looked.desired.label, ref)


def _as_it_will_be(looked: Looked) -> Object:
    """Return a certificate that is not uploaded yet; its content shows which clients it accepts."""
    values = looked.desired.values
    return {"name": values.get("name"), "certificate_details": {"content": values.get("content")}}


def _listed(run: Run, scope: Current) -> list[dict[str, Any]]:
    """Return all certificates that can be active in a project, even in one that does not exist yet."""
    if scope.missing:
        return _with_uploaded(run, [{**item, "active": False} for item in list_all(run.snapshot, CERTIFICATE)])
    return _with_uploaded(run, list_all(run.snapshot, _ENTRY, scope.ids, of=scope.of))


def _with_uploaded(run: Run, listed: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    known = {*map(CERTIFICATE.id_of, listed)}
    uploaded = (item for item in run.uploaded.values() if CERTIFICATE.id_of(item) not in known)
    return [*listed, *({**item, "active": False} for item in uploaded)]


def _step(
    run: Run,
    place: Place,
    scope: Current,
    listed: Sequence[dict[str, Any]],
    members: tuple[Sequence[Object], Sequence[Object]],
    assumes: Sequence[Missing],
    again: Callable[[Run], Activation],
) -> tuple[Step, tuple[Object, ...]]:
    """Return the step that activates and deactivates C(members), and the active certificates afterwards."""
    wanted, unwanted = members
    active = [item for item in listed if is_active(item)]
    # separate plans deactivate certificates that will be deleted
    before = [item for item in active if CERTIFICATE.id_of(item) not in run.leaving]
    goes = {*map(CERTIFICATE.id_of, unwanted)}
    stays = [item for item in before if CERTIFICATE.id_of(item) not in goes]
    after = members_then(wanted, stays, True, False, listed)
    settings = {"allow_lockout": run.declaration.allow_lockout}
    # the guards consider all that are active now, including those to delete
    proposed = replace(propose(GUARDED, scope, before, after, settings), before=active)
    allowed = guarded(run.snapshot, GUARDED, proposed, scope)
    writes = plan_set(GUARDED, scope, before, allowed)
    was, then = ({"active": names_of(items, listed)} for items in (before, after))
    if writes:
        writes = (*writes[:-1], replace(writes[-1], implies=then))
    names = sorted({*was["active"]} ^ {*then["active"]})
    label = f"active certificates{scope.of or ' of the organization'}"
    desired = Desired(PRESENT, then, None, {}, label, ", ".join(names) or "active certificates")
    step = Step(
        Declared(CERTIFICATE_ACTIVATION.whole, place.where, {}, {}),
        Job(run.client, CERTIFICATE_ACTIVATION.whole, desired, Current(was, scope.ids), None, None),
        Plan(was, then, writes, allowed.warnings, tuple(assumes) if writes else ()),
        Stage(ADDS, DEPTHS[place.row]) if scope.ids else Stage(LAST),
        place,
        again=(lambda then: again(then).step) if assumes and writes else None,
        set_of=CERTIFICATE.kind,
    )
    return step, tuple(after)
