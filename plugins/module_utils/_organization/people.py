# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""People, who are the same in the organization and in its projects, and whose owners own every project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Problem
from ansible_collections.community.openai_admin.plugins.module_utils._core.current import (
    names_elsewhere,
    places_to_look,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import MEMBERS, PEOPLE
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.user import OWNER
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import ID, NOTHING, Current, Object
from ansible_collections.community.openai_admin.plugins.module_utils._organization.context import (
    PROJECT_ID,
    Looked,
    Place,
    Run,
    mark_of,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import absent_and_present
from ansible_collections.community.openai_admin.plugins.module_utils._organization.steps import Step
from ansible_collections.community.openai_admin.plugins.module_utils._values import addresses


def is_in_organization(looked: Looked) -> bool:
    """Return whether an entry declares a person in the organization itself."""
    return looked.row is PEOPLE


def is_in_project(looked: Looked) -> bool:
    """Return whether an entry declares a person in a project."""
    return looked.row is MEMBERS


def is_inside(looked: Looked) -> bool:
    """Return whether an entry declares a person in another declared object, such as a project."""
    return looked.row.is_person and looked.row.within is not None


def owners_first(looked: Looked) -> int:
    """Return the order of planning: new owners before those who lose the role, and removed people last."""
    if not is_in_organization(looked):
        return 2
    if not looked.desired.present:
        return 3
    return 0 if looked.desired.values.get("role") == OWNER else 1


def person_id(run: Run, looked: Looked) -> str | None:
    """Return the ID of a declared person, who may be only in the organization. Raises C(RequestError).

    For an absent person, this uses only people that were already read.
    """
    if not looked.row.is_person:
        return None
    if looked.current.object:
        return str(looked.resource.id_of(looked.current.object))
    option, value = looked.desired.identity or ("", "")
    if option == PEOPLE.resource.id_param:
        return str(value) or None
    if option != "email":
        return None
    people = run.snapshot.people(value) if looked.desired.present else run.snapshot.known(value)
    return next((str(PEOPLE.resource.id_of(person)) for person in people), None)


def addresses_in_doubt(run: Run, inside: Sequence[Looked], places: Iterable[Place]) -> Iterator[str]:
    """Yield addresses of people whose status in the organization matters, to read them together."""
    for looked in inside:
        for elsewhere in places_to_look(looked.resource, looked.desired, looked.current):
            names = dict(names_elsewhere(looked.resource, elsewhere, looked.desired, looked.current))
            if elsewhere.resource is PEOPLE.resource and "email" in names:
                yield names["email"]
    declared = {mark_of(each.resource, each.current) for each in inside}
    for place in places:
        if place.row is MEMBERS:
            for member in run.snapshot.listing(place.resource, place.ids):
                stays = place.mark(member) in declared
                if not stays and (place.purged or member.get("role") == OWNER) and member.get("email"):
                    yield member["email"]
    for objects in run.declaration.pending():
        yield from (str(each.params.get("email") or "") for each in objects)


def expected_people(run: Run, members: Iterable[Looked]) -> frozenset[str]:
    """Return the IDs of all people who are declared in a project or a similar container. Raises C(RequestError)."""
    return frozenset(filter(None, (person_id(run, each) for each in members)))


def leaving_and_staying(run: Run, inside: Iterable[Looked], members: Iterable[Looked]) -> Iterator[Problem]:
    """Yield problems of people who are declared absent in the organization, but declared in a project."""
    staying = {person_id(run, each): each for each in members}
    for looked in inside:
        own_id = person_id(run, looked) if is_in_organization(looked) and not looked.desired.present else None
        if own_id in staying and own_id is not None:
            yield absent_and_present(looked.declared, staying[own_id].declared)


def without_shown_address(run: Run, declared: Iterable[Looked]) -> list[Object]:
    """Return people without a visible address who are not declared by ID, so that they may be anybody."""
    known = {person_id(run, each) for each in declared}
    people = (person for person in run.snapshot.listing(PEOPLE.resource) if not PEOPLE.left_out(person, NOTHING))
    return [
        person
        for person in people
        if addresses.canonical(person.get("email")) is None and PEOPLE.resource.id_of(person) not in known
    ]


def owns(run: Run, member: Object) -> bool:
    """Return whether a member of a project owns the organization, or loses that role in this run.

    Raises C(RequestError).
    """
    own_id = MEMBERS.resource.id_of(member)
    if own_id in run.turned:
        return True
    if run.snapshot.person(own_id) is None:
        run.snapshot.people(member.get("email") or "")
    return (run.snapshot.person(own_id) or {}).get("role") == OWNER


def note_person(run: Run, step: Step) -> Run:
    """Return the run with a person's change, for later plans."""
    if not step.todo.writes:
        return run
    before, after = step.job.current.object or {}, step.todo.after
    run.snapshot.note(PEOPLE.resource, step.job.current.ids, before, after)
    if not after or OWNER not in (before.get("role"), after.get("role")) or before.get("role") == after.get("role"):
        return run
    return replace(run, turned={**run.turned, after[ID]: after})


def as_they_will_be(run: Run, looked: Looked) -> Current:
    """Return the current state, except of a member who owns the project only through the organization."""
    known = looked.current.object or {}
    own_id = person_id(run, looked)
    person = run.turned.get(own_id) if own_id else None
    if person is None:
        return looked.current
    there = None if known.get("role") == OWNER else known or None
    return replace(looked.current, object=there, elsewhere={"person": (person,)}, tells={ID: own_id})


def is_hidden(run: Run, unused_looked: Looked, current: Current) -> bool:
    """Return whether a person loses ownership of the organization in this run, which hides their memberships."""
    person = run.turned.get(str(current.tells.get(ID)))
    ceases = person is not None and person.get("role") != OWNER
    return ceases and current.object is None and bool(current.ids.get(PROJECT_ID))


def hidden_members(run: Run, places: Iterable[Place], declared: Iterable[Looked]) -> Iterator[tuple[Place, str]]:
    """Yield memberships to remove that are hidden while the person owns the organization, with the person's ID."""
    ceasing = [own_id for own_id, person in run.turned.items() if person.get("role") != OWNER]
    if not ceasing:
        return
    known = {(each.current.ids.get(PROJECT_ID), person_id(run, each)) for each in declared}
    for place in places:
        if place.row is MEMBERS and place.purged and place.project_id:
            yield from ((place, own_id) for own_id in ceasing if (place.project_id, own_id) not in known)
