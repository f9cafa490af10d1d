# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""People who are declared and not in the organization: they are invited, or named in one failure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils import _addresses
from ansible_collections.community.openai_admin.plugins.module_utils._declaration import Declared
from ansible_collections.community.openai_admin.plugins.module_utils._desired import is_blank
from ansible_collections.community.openai_admin.plugins.module_utils._resource import Object, unshown
from ansible_collections.community.openai_admin.plugins.module_utils._resources.invite import INVITE
from ansible_collections.community.openai_admin.plugins.module_utils._resources.project import PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._resources.project_user import PROJECT_USER
from ansible_collections.community.openai_admin.plugins.module_utils._resources.user import OWNER, USER
from ansible_collections.community.openai_admin.plugins.module_utils._survey import PROJECT_ID, Looked, Place, Run, read

GRANTED = ("member", "owner")
"""Roles in a project that an invite can give; another one is given once it is accepted."""

INVITED = "reader"
"""The role in the organization of whoever is to be in its projects alone."""


def is_stranger(run: Run, looked: Looked) -> bool:
    """Declared by an e-mail address that nobody in the organization has."""
    if (
        looked.resource.kind not in (USER.kind, PROJECT_USER.kind)
        or looked.current.object
        or not looked.desired.present
    ):
        return False
    option, value = looked.desired.identity or ("", "")
    return option == "email" and not run.snapshot.people(value)


def invites_for(run: Run, strangers: Sequence[Looked], unclear: Sequence[Object]) -> list[Declared]:
    """The declared invites, and one for each declared person who is not in the organization, with their projects.

    C(unclear): people of whom the API shows no address, and who may be the ones that are missing.
    """
    declaration = run.declaration
    if strangers and (unclear or not declaration.invite_missing):
        by_address = {_addresses.canonical(_address(each)): each for each in reversed(strangers)}
        for each in reversed(by_address.values()):
            said = _not_invited(_address(each), unclear, declaration.invite_missing)
            run.problems.append(each.declared.problem(said, "email"))
        strangers = ()
    if strangers and declaration.invites is None:
        read(run, [Place(INVITE, INVITE.plural)])
    declared = declaration.invites or ()
    wanted = {_addresses.canonical(invite.params.get("email")) or invite.where: invite for invite in declared}
    for each in strangers:
        named = {"email": _address(each)}
        invite = wanted.get(_addresses.canonical(_address(each)), Declared(INVITE, each.declared.where, named, named))
        wanted[_addresses.canonical(_address(each))] = _with_grant(run, invite, each)
    if INVITE.plural in declaration.purge:
        for item in owner_invites(run, strangers):
            address = _addresses.canonical(item.get("email"))
            wanted[address] = _with_role(wanted[address], INVITED)
    settings = {"resend_after_days": declaration.resend_after_days}
    return [replace(invite, params={**invite.params, **settings}) for invite in wanted.values()]


def owner_invites(run: Run, strangers: Iterable[Looked]) -> list[Object]:
    """Open invites that make somebody an owner of the organization who is declared in projects alone."""
    declared = (*(run.declaration.users or ()), *(run.declaration.invites or ()))
    said = {_addresses.canonical(each.params.get("email")) for each in declared}
    only_in_projects = {_addresses.canonical(_address(each)) for each in strangers} - said
    return [
        item
        for item in run.snapshot.listing(INVITE)
        if item.get("role") == OWNER
        and INVITE.standing(item) == "live"
        and _addresses.canonical(item.get("email")) in only_in_projects
    ]


def _with_role(invite: Declared, role: str) -> Declared:
    return replace(invite, params={**invite.params, "role": role}, given={**invite.given, "role": role})


def _not_invited(address: str, unclear: Sequence[Object], invite_missing: bool) -> str:
    """Why somebody who is declared and not there is not invited."""
    if not invite_missing:
        said = f"Nobody in the organization has the e-mail address {address}."
        return f"{said} Invite the person first, or set invite_missing: true.{unshown(USER, 'email', unclear)}"
    return (
        f"It is not known whether {address} is in the organization, so nobody is invited."
        f"{unshown(USER, 'email', unclear)} Declare everybody whose address is not shown by user_id."
    )


def _address(stranger: Looked) -> str:
    dummy, address = stranger.desired.identity or ("", "")
    return str(address)


def _with_grant(run: Run, invite: Declared, stranger: Looked) -> Declared:
    """An invite that also gives what is declared for somebody in one place."""
    role = stranger.desired.values.get("role")
    if stranger.resource.kind == USER.kind:
        more = {"role": invite.params.get("role") or role}
    else:
        place = {option: stranger.declared.params.get(option) for option in ("project", PROJECT_ID)}
        granted = list(invite.params.get("projects") or ())
        is_named = any(_project_of(run, entry) == _project_of(run, place) for entry in granted)
        if not is_named and role in (None, *GRANTED):
            granted.append({**place, "role": role or GRANTED[0]})
        more = {"projects": granted}
    more = {name: value for name, value in more.items() if value is not None}
    return replace(invite, params={**invite.params, **more}, given={**invite.given, **more})


def _project_of(run: Run, entry: Mapping[str, Any]) -> tuple[str, Any]:
    """The project that an entry names: its id, or the name of one that is not there yet."""
    if not is_blank(entry.get(PROJECT_ID)):
        return (PROJECT_ID, entry[PROJECT_ID])
    name = entry.get("project")
    same = run.snapshot.listing(PROJECT).named(PROJECT.keys[0], name)
    return (PROJECT_ID, same[0]["id"]) if len(same) == 1 else ("project", name)
