# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What there is of a declared organization: collections read once, objects found in them, and their plans."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, Union

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    AdminError,
    NotFound,
    Problem,
    Refused,
)
from ansible_collections.community.openai_admin.plugins.module_utils._api.parallel import Pace, Piece, gather
from ansible_collections.community.openai_admin.plugins.module_utils._certificates.plan import (
    plan_certificate,
    where_active,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.current import (
    find_first,
    find_the_rest,
    names_elsewhere,
    places_to_look,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.manage import Job
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import plan, unseen_values
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import list_all, read_one, scoped
from ansible_collections.community.openai_admin.plugins.module_utils._core.references import (
    refuse_unusable,
    resolve,
    resolve_rest,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate import CERTIFICATE
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.invite import INVITE
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_user import PROJECT_USER
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import OF_ORGANIZATION, OF_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.taken_names import HOLDERS
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.user import OWNER, USER
from ansible_collections.community.openai_admin.plugins.module_utils._model.ref import Missing
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Current,
    Desired,
    Key,
    Object,
    Resource,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    DEFAULTS,
    Declaration,
    Declared,
    DeclaredProject,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.snapshot import Snapshot
from ansible_collections.community.openai_admin.plugins.module_utils._organization.steps import Step, stage_of

PROJECT_ID = PROJECT.id_param

Mark = tuple[str, Union[str, None], Any]
"""What tells an object from all others: its kind, its project's id, and its own."""


@dataclass(frozen=True, eq=False)
class Run:
    """What every part of a run needs."""

    client: Client
    snapshot: Snapshot
    declaration: Declaration
    pace: Pace
    people: set[str] = dataclasses.field(default_factory=set)
    """Addresses and ids of everybody who is to be in a project."""
    names: dict[Mark, str | None] = dataclasses.field(default_factory=dict)
    """The names of declared objects that are there, as they will be; null: they will be gone."""
    turned: dict[str, Object] = dataclasses.field(default_factory=dict)
    """Who becomes an owner of the organization in this run, or is one no more, by id."""
    uploaded: dict[str, Object] = dataclasses.field(default_factory=dict)
    """Certificates that this run has uploaded, by where they are declared."""
    leaving: set[str] = dataclasses.field(default_factory=set)
    """Ids of certificates that go altogether."""
    staying: list[Object] = dataclasses.field(default_factory=list)
    """Certificates that are active in the organization in the end."""
    problems: list[Problem] = dataclasses.field(default_factory=list)
    """What can be known before the first write, and forbids it."""
    warnings: list[str] = dataclasses.field(default_factory=list)
    """What can be known as well, and forbids nothing."""


@dataclass(frozen=True, eq=False)
class Place:
    """A collection that is managed: the organization's own, or that of a project."""

    resource: Resource
    name: str
    ids: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    project: str = ""
    of: str = ""
    where: str = ""
    """Where the declaration has it: C(projects[0].users)."""
    declared: tuple[Declared, ...] = ()
    purged: bool = False
    purged_by: str = ""
    """Where the defaults stand that have it purged; empty: what it lies in says so itself."""

    @cached_property
    def scope(self) -> Current | None:
        """The project, if it is there."""
        own_id = project_of(self)
        return scoped(self.resource.parent, own_id, self.project) if self.resource.parent and own_id else None


@dataclass(frozen=True, eq=False)
class Looked:
    """A declared object, and what there is of it by itself."""

    declared: Declared
    resource: Resource
    desired: Desired
    current: Current
    unresolved: tuple[Missing, ...] = ()
    project: str = ""
    purged: bool = False


def read(run: Run, places: Iterable[Place]) -> None:
    """Read collections, each once, at the same time. Raises C(AdminError) if one of them could not be read."""
    pieces = [
        Piece(f"GET {place.resource.path}", partial(list_all, run.snapshot, place.resource, place.ids, of=place.of))
        for place in places
    ]
    gather(run.client, pieces, run.pace, "Reading")


def look(run: Run, declared: Declared, place: Place | None = None, purged: bool = False) -> Looked:
    """What there is of a declared object. Raises C(AdminError)."""
    desired = declared.desired
    if place and project_of(place):
        declared = replace(declared, params={**declared.params, PROJECT_ID: project_of(place)})
    resource = _listed(run, declared)
    scope = place.scope if place else None
    desired, unresolved = resolve(run.snapshot, resource, desired, scope)
    current = find_first(run.snapshot, resource, desired, declared.params, scope)
    desired, more = resolve_rest(run.snapshot, resource, desired, current)
    return Looked(declared, resource, desired, current, (*unresolved, *more), place.project if place else "", purged)


def decide(run: Run, looked: Looked) -> Step:
    """The plan for an object; what it means for people is noted in the snapshot. Raises C(AdminError)."""
    resource, desired = looked.resource, looked.desired
    current = find_the_rest(run.snapshot, resource, desired, _as_it_will_be(run, looked))
    current = _with_names_to_be(run, resource, desired, current)
    if resource.kind == CERTIFICATE.kind:  # as its own module does it
        current = _where_active(run, resource, desired, current)
        todo = plan_certificate(resource, desired, current)
    else:
        todo = plan(resource, desired, current)
    if todo.writes:
        refuse_unusable(run.snapshot, resource, looked.declared.desired, run.snapshot.listing)
    if resource.kind == USER.kind and todo.writes:
        _note(run, current, todo.after)
    assumes = (*todo.assumes, *looked.unresolved)
    again = partial(_decide_again, run, looked) if assumes else None
    is_hidden = not assumes and _is_hidden(run, looked, current)
    if is_hidden:
        todo = replace(todo, warnings=(*todo.warnings, _HIDDEN.format(desired.label)))
        again = partial(_decide_seen, run, looked, current)
    return Step(
        looked.declared,
        Job(run.client, resource, desired, current, None, None),
        replace(todo, assumes=assumes) if looked.unresolved else todo,
        stage_of(resource, desired, current),
        looked.project,
        int(looked.purged),
        again,
        is_hidden,
    )


_HIDDEN = (
    "Whether the API has a {} cannot be seen before the person ceases to own the organization: predicted as if there"
    " were none."
)


def _is_hidden(run: Run, looked: Looked, current: Current) -> bool:
    """Whether somebody ceases to own the organization in this run: until then, their memberships are hidden."""
    person = run.turned.get(str(current.tells.get("id"))) if looked.resource.kind == PROJECT_USER.kind else None
    ceases = person is not None and person.get("role") != OWNER
    return ceases and current.object is None and bool(current.ids.get(PROJECT_ID))


def _decide_seen(run: Run, looked: Looked, current: Current) -> Step:
    """The plan for a membership that was hidden, once it can be seen. Raises C(AdminError)."""
    resource, own_id = looked.resource, current.tells["id"]
    ids = {**current.ids, resource.id_param: own_id}
    found = next(iter(read_one(run.client, resource, ids, of=current.of)), None)
    current = replace(current, object=found, ids=ids if found else current.ids)
    return Step(
        looked.declared,
        Job(run.client, resource, looked.desired, current, None, None),
        plan(resource, looked.desired, current),
        stage_of(resource, looked.desired, current),
        looked.project,
        int(looked.purged),
    )


def _decide_again(run: Run, looked: Looked) -> Step:
    """The plan for an object, once what it lies in is there. Raises C(AdminError)."""
    return decide(run, look(run, looked.declared, Place(looked.declared.resource, "", project=looked.project)))


def _where_active(run: Run, resource: Resource, desired: Desired, current: Current) -> Current:
    """A certificate that goes, and where it is active: of the organization's, those count that stay."""
    if desired.present or current.object is None:
        return current
    return where_active(run.snapshot, resource, desired, replace(current, listed=(*run.staying, current.object)))


def _note(run: Run, current: Current, after: Object | None) -> None:
    """Have all later plans see what becomes of a person of the organization."""
    before = current.object or {}
    run.snapshot.note(USER, current.ids, before, after)
    if after and OWNER in (before.get("role"), after.get("role")) and before.get("role") != after.get("role"):
        run.turned[after["id"]] = after


def _as_it_will_be(run: Run, looked: Looked) -> Current:
    """What was found, but of a member of a project who owns it only by the organization, then or now."""
    known = looked.current.object or {}
    own_id = person_id(run, looked) if looked.resource.kind == PROJECT_USER.kind else None
    person = run.turned.get(own_id) if own_id else None
    if person is None:
        return looked.current
    there = None if known.get("role") == OWNER else known or None
    return replace(looked.current, object=there, elsewhere={"person": (person,)}, tells={"id": own_id})


def _with_names_to_be(run: Run, resource: Resource, desired: Desired, current: Current) -> Current:
    """What was found, without the names that others have by then: those that go, or are renamed as well.

    Nor is a name that is close to a declared one a slip, but somebody's choice.
    """
    name = desired.values.get("name")
    holders = current.elsewhere.get(HOLDERS.name)
    if holders:
        left = tuple(each for each in holders if run.names.get(mark_of(resource, current, each), name) == name)
        current = replace(current, elsewhere={**current.elsewhere, HOLDERS.name: left})
    if resource.lasting and current.object is None:
        listed = [
            {**each, "name": None} if mark_of(resource, current, each) in run.names else each
            for each in current.listed  # whose other values are as they are
        ]
        current = replace(current, listed=listed)
    return current


def look_all(run: Run, objects: Iterable[tuple[Place | None, Declared]]) -> list[Looked]:
    """What there is of declared objects; a problem for each where that cannot be said."""
    found = []
    for place, declared in objects:
        try:
            found.append(look(run, declared, place))
        except (Refused, NotFound) as error:
            run.problems.append(declared.problem(error.message, _option_of(error)))
    return found


def refuse_slips(run: Run, objects: Iterable[Looked]) -> None:
    """Note misspelt values of what is not planned by itself, such as people who are to be invited first."""
    for looked in objects:
        try:
            list(unseen_values(looked.resource, looked.desired, looked.current))
        except Refused as error:
            run.problems.append(looked.declared.problem(error.message, error.option))


def decide_all(run: Run, objects: Iterable[Looked]) -> list[Step]:
    """The plans for objects; a problem for each that must not be what it is declared to be.

    An invite for a declared person has what that person declares, and so the same slips: these are told once.
    """
    steps = []
    told = {(each.where, each.option) for each in run.problems if each.option}
    for looked in objects:
        try:
            steps.append(decide(run, looked))
        except (Refused, NotFound) as error:
            problem = looked.declared.problem(error.message, _option_of(error))
            if (problem.where, problem.option) not in told:
                run.problems.append(problem)
    return steps


def _option_of(error: AdminError) -> str:
    return error.option if isinstance(error, Refused) else ""


def _listed(run: Run, declared: Declared) -> Resource:
    """The resource, its objects found by their ids in listings; a project that is not active is asked for alone."""
    resource = declared.resource
    if not resource.by_id:
        return resource
    own_id = declared.params.get(resource.id_param)
    if resource is PROJECT and own_id and all(item["id"] != own_id for item in run.snapshot.listing(PROJECT)):
        return resource
    return _LISTED[resource.kind]


_LISTED = {
    resource.kind: replace(resource, by_id=False, keys=(Key(resource.id_param, field="id"), *resource.keys))
    for resource in (PROJECT, *OF_ORGANIZATION.values(), *OF_PROJECT.values())
}


def own_places(declaration: Declaration) -> list[Place]:
    """The collections of the organization that are managed."""
    declared = {
        PROJECT: declaration.projects,
        USER: declaration.users,
        INVITE: declaration.invites,
        CERTIFICATE: declaration.certificates,
    }
    return [
        Place(
            resource,
            resource.plural,
            where=resource.plural,
            declared=() if resource is PROJECT else objects,
            purged=resource.plural in declaration.purge,
        )
        for resource, objects in declared.items()
        if objects is not None
    ]


def places_in_projects(projects: Iterable[Looked]) -> Iterator[Place]:
    """The collections of projects that are managed: of those that are to be there."""
    for looked in projects:
        declared, known = looked.declared, looked.current.object
        if (
            not isinstance(declared, DeclaredProject)
            or not declared.stays
            or (known and PROJECT.standing(known) == "gone")
        ):
            continue
        name = str(declared.params.get("name") or (known or {}).get("name") or "")
        for plural, objects in declared.collections.items():
            yield Place(
                OF_PROJECT[plural],
                plural,
                {PROJECT_ID: known["id"] if known else None},
                name,
                f" of {PROJECT.call(name)}",
                f"{declared.where}.{plural}",
                objects,
                plural in declared.purge,
                f"{DEFAULTS}.purge" if declared.purged_by_default else "",
            )


def project_of(place: Place) -> str | None:
    return place.ids.get(PROJECT_ID)


def mark_of(resource: Resource, current: Current, known: Object | None = None) -> Mark:
    """What tells an object from all others: ids of rate limits are the same in all projects."""
    project = current.ids.get(PROJECT_ID) if resource.parent else None
    return (resource.kind, project, (known or current.object or {}).get("id"))


def person_id(run: Run, looked: Looked) -> str | None:
    """The id of a declared person, be they only in the organization. Raises C(RequestError).

    Of somebody who is to be absent, and not there, as far as it is known already.
    """
    if looked.resource.kind not in (USER.kind, PROJECT_USER.kind):
        return None
    if looked.current.object:
        return str(looked.current.object["id"])
    option, value = looked.desired.identity or ("", "")
    if option != "email":
        return str(value) or None
    people = run.snapshot.people(value) if looked.desired.present else run.snapshot.known(value)
    return next((str(person["id"]) for person in people), None)


def addresses_in_doubt(run: Run, inside: Iterable[Looked], places: Iterable[Place]) -> Iterator[str]:
    """Of whom it decides something what they are in the organization: asked for together."""
    for looked in inside:
        for elsewhere in places_to_look(looked.resource, looked.desired, looked.current):
            names = dict(names_elsewhere(looked.resource, elsewhere, looked.desired, looked.current))
            if elsewhere.resource is USER and "email" in names:
                yield names["email"]
    declared = {mark_of(each.resource, each.current) for each in inside}
    for place in places:
        if place.resource is PROJECT_USER:
            for member in run.snapshot.listing(place.resource, place.ids):
                stays = (PROJECT_USER.kind, project_of(place), member["id"]) in declared
                if not stays and (place.purged or member.get("role") == OWNER) and member.get("email"):
                    yield member["email"]
    for invite in run.declaration.invites or ():
        yield str(invite.params.get("email") or "")
