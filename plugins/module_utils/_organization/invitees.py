# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Invites people who are declared but not in the organization, or reports all of them in one error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Problem
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import is_blank
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import INVITES, PEOPLE, PROJECTS
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.user import OWNER
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Object, unshown
from ansible_collections.community.openai_admin.plugins.module_utils._organization.context import (
    PROJECT_ID,
    Looked,
    Place,
    Run,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    Declared,
    absent_and_present,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.find import read
from ansible_collections.community.openai_admin.plugins.module_utils._organization.people import (
    is_in_organization,
    is_in_project,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.undeclared import Undeclared
from ansible_collections.community.openai_admin.plugins.module_utils._values import addresses

GRANTED = ("member", "owner")
"""Roles in a project that an invite can give; another role is set after the invite is accepted."""

INVITED = "reader"
"""The organization role of people who are declared only in projects."""

_INVITE, _PEOPLE, _PROJECT = INVITES.resource, PEOPLE.resource, PROJECTS.resource


def is_invitee(run: Run, looked: Looked) -> bool:
    """Return whether a person is declared by an e-mail address that nobody in the organization has."""
    if not looked.row.is_person or looked.current.object or not looked.desired.present or _is_closed(looked):
        return False
    option, value = looked.desired.identity or ("", "")
    return option == "email" and not run.snapshot.people(value)


def _is_closed(looked: Looked) -> bool:
    """Return whether an entry is in a set that nobody can be added to here, such as an identity provider's."""
    holder = looked.place.holders[-1].object if looked.place.holders else None
    return bool(looked.row.owned and looked.row.owned.closed and holder and looked.row.owned.closed(holder))


def refuse_the_missing(run: Run, invitees: Sequence[Looked], unclear: Sequence[Object]) -> list[Problem]:
    """Return a problem for each declared person who is not in the organization and must not be invited.

    C(unclear): people whose addresses the API does not show, who may be the missing ones.
    """
    if run.declaration.invite_missing and not unclear:
        return []
    by_address = {addresses.canonical(_address(each)): each for each in reversed(invitees)}
    return [
        each.declared.problem(_not_invited(_address(each), unclear, run.declaration.invite_missing), "email")
        for each in reversed(by_address.values())
    ]


def invites_for(run: Run, invitees: Sequence[Looked]) -> list[tuple[Place, Declared]]:
    """Return the declared invites, and an invite with projects for each of these people. Raises C(RequestError)."""
    declaration = run.declaration
    if invitees and INVITES.word not in declaration.collections:
        read(run, [Place(INVITES)])
    wanted = list(declaration.of(INVITES))
    of_address: dict[Any, list[int]] = {}
    for number, invite in enumerate(wanted):
        of_address.setdefault(_invited(run, invite), []).append(number)
    for each in invitees:
        numbers = of_address.setdefault(addresses.canonical(_address(each)), [])
        if not numbers:
            named, where = {"email": _address(each)}, each.declared.where
            default = where if where == each.declared.default else ""
            numbers.append(len(wanted))
            wanted.append(Declared(_INVITE, where, named, named, default))
        number = _by_which(run, wanted, numbers, each)
        wanted[number] = _with_grant(run, wanted[number], each)
    if INVITES.word in declaration.purge:
        for item in _of_owners(run, invitees):
            for number in of_address[addresses.canonical(item.get("email"))]:
                wanted[number] = _with_role(wanted[number], INVITED)
    settings = {"resend_after_days": declaration.resend_after_days}
    return [(Place(INVITES), replace(invite, params={**invite.params, **settings})) for invite in wanted]


def _by_which(run: Run, invites: Sequence[Declared], numbers: Sequence[int], invitee: Looked) -> int:
    """Return which of the invites to an address to use: preferably one that already grants the project."""
    given = [number for number in numbers if _grants(run, invites[number], invitee)]
    by_address = [number for number in numbers if is_blank(invites[number].params.get(_INVITE.id_param))]
    return [*given, *by_address, *reversed(numbers)][0]


def _invited(run: Run, invite: Declared) -> Any:
    """Return the address of a declared invite in canonical form."""
    address, own_id = invite.params.get("email"), invite.params.get(_INVITE.id_param)
    listed = (item.get("email") for item in run.snapshot.listing(_INVITE) if _INVITE.id_of(item) == own_id)
    return addresses.canonical(next(listed, None) if is_blank(address) else address)


def refuse_the_leaving(run: Run, invitees: Iterable[Looked], inside: Iterable[Looked]) -> Iterator[Problem]:
    """Yield a problem for each person to invite who is, or may be, declared absent in another entry.

    If an entry has only the ID of a person who has left, their address is unknown and may be any.
    """
    if not run.declaration.invite_missing:
        return  # nobody is invited, and all of them are reported as missing
    leaving = [each for each in inside if is_in_organization(each) and not each.desired.present]
    withdrawn = [each for each in run.declaration.of(INVITES) if not each.desired.present]
    named = {
        addresses.canonical(each.params.get("email")): each
        for each in (*withdrawn, *(looked.declared for looked in leaving))
    }
    nameless = [
        each.declared for each in leaving if not each.current.object and is_blank(each.declared.params.get("email"))
    ]
    for each in invitees:
        address = _address(each)
        other = named.get(addresses.canonical(address))
        if other:
            yield absent_and_present(other, each.declared)
        elif nameless:
            said = f"{address} is not invited, since it may be the address of {nameless[0].desired.name}, which is"
            said = f"{said} declared absent in {nameless[0].where} and does not exist. Add email to that entry."
            yield each.declared.problem(said, "email", other=nameless[0].where)


def invites_of_owners(run: Run, invitees: Iterable[Looked]) -> list[Undeclared]:
    """Return open invites as owner for people who are declared only in projects; none if invites are purged."""
    if INVITES.word in run.declaration.purge:
        return []
    return [Undeclared(Place(INVITES), item) for item in _of_owners(run, invitees)]


def _of_owners(run: Run, invitees: Iterable[Looked]) -> list[Object]:
    """Return open invites as owner of the organization for people who are declared only in projects."""
    declared = (*run.declaration.of(PEOPLE), *run.declaration.of(INVITES))
    said = {addresses.canonical(each.params.get("email")) for each in declared}
    only_in_projects = {addresses.canonical(_address(each)) for each in invitees} - said
    return [
        item
        for item in run.snapshot.listing(_INVITE)
        if item.get("role") == OWNER
        and _INVITE.standing(item) == "live"
        and addresses.canonical(item.get("email")) in only_in_projects
    ]


def _with_role(invite: Declared, role: str) -> Declared:
    return replace(invite, params={**invite.params, "role": role}, given={**invite.given, "role": role})


def _not_invited(address: str, unclear: Sequence[Object], invite_missing: bool) -> str:
    """Return why a declared person who is missing is not invited."""
    if not invite_missing:
        said = f"Nobody in the organization has the e-mail address {address}."
        return f"{said} Invite the person first, or set invite_missing: true.{unshown(_PEOPLE, 'email', unclear)}"
    return (
        f"It is not known whether {address} is in the organization, so nobody is invited."
        f"{unshown(_PEOPLE, 'email', unclear)} Declare everybody whose address is not shown by user_id."
    )


def _address(invitee: Looked) -> str:
    dummy, address = invitee.desired.identity or ("", "")
    return str(address)


def _with_grant(run: Run, invite: Declared, invitee: Looked) -> Declared:
    """Return an invite that also grants a person's declared project."""
    role = invitee.desired.values.get("role")
    if is_in_organization(invitee):
        more = {"role": invite.params.get("role") or role}
    elif is_in_project(invitee):
        granted = list(invite.params.get("projects") or ())
        if not _grants(run, invite, invitee) and role in (None, *GRANTED):
            granted.append({**_place(invitee), "role": role or GRANTED[0]})
        more = {"projects": granted}
    else:
        more = {}
    more = {name: value for name, value in more.items() if value is not None}
    return replace(invite, params={**invite.params, **more}, given={**invite.given, **more})


def _grants(run: Run, invite: Declared, invitee: Looked) -> bool:
    """Return whether an invite already grants the project in which a person is declared."""
    if not is_in_project(invitee):
        return False
    place = _project_of(run, _place(invitee))
    return any(_project_of(run, entry) == place for entry in invite.params.get("projects") or ())


def _place(invitee: Looked) -> dict[str, Any]:
    return {option: invitee.declared.params.get(option) for option in ("project", PROJECT_ID)}


def _project_of(run: Run, entry: Mapping[str, Any]) -> tuple[str, Any]:
    """Return the project that an entry names: its ID, or its name if it does not exist yet."""
    if not is_blank(entry.get(PROJECT_ID)):
        return (PROJECT_ID, entry[PROJECT_ID])
    name = entry.get("project")
    same = run.snapshot.listing(_PROJECT).named(_PROJECT.keys[0], name)
    return (PROJECT_ID, _PROJECT.id_of(same[0])) if len(same) == 1 else ("project", name)
