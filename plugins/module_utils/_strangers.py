# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""People who are declared and not in the organization: they are invited, or named in one failure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ansible_collections.community.openai_admin.plugins.module_utils import _addresses
from ansible_collections.community.openai_admin.plugins.module_utils._declaration import Declared
from ansible_collections.community.openai_admin.plugins.module_utils._resources.invite import INVITE
from ansible_collections.community.openai_admin.plugins.module_utils._resources.project_user import PROJECT_USER
from ansible_collections.community.openai_admin.plugins.module_utils._resources.user import USER
from ansible_collections.community.openai_admin.plugins.module_utils._survey import PROJECT_ID, Looked, Place, Run, read

GRANTED = ("member", "owner")
"""Roles in a project that an invite can give; another one is given once it is accepted."""


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


def invites_for(run: Run, strangers: Sequence[Looked]) -> list[Declared]:
    """The declared invites, and one for each declared person who is not in the organization, with their projects."""
    declaration = run.declaration
    if strangers and not declaration.invite_missing:
        by_address = {_addresses.canonical(_address(each)): each for each in reversed(strangers)}
        for each in reversed(by_address.values()):
            said = (
                f"Nobody in the organization has the e-mail address {_address(each)}."
                " Invite the person first, or set invite_missing: true."
            )
            run.problems.append(each.declared.problem(said, "email"))
        strangers = ()
    if strangers and declaration.invites is None:
        read(run, [Place(INVITE, INVITE.plural)])
    declared = declaration.invites or ()
    wanted = {_addresses.canonical(invite.params.get("email")) or invite.where: invite for invite in declared}
    for each in strangers:
        named = {"email": _address(each)}
        invite = wanted.get(_addresses.canonical(_address(each)), Declared(INVITE, each.declared.where, named, named))
        wanted[_addresses.canonical(_address(each))] = _with_grant(invite, each)
    settings = {"resend_after_days": declaration.resend_after_days}
    return [replace(invite, params={**invite.params, **settings}) for invite in wanted.values()]


def _address(stranger: Looked) -> str:
    dummy, address = stranger.desired.identity or ("", "")
    return str(address)


def _with_grant(invite: Declared, stranger: Looked) -> Declared:
    """An invite that also gives what is declared for somebody in one place."""
    role = stranger.desired.values.get("role")
    if stranger.resource.kind == USER.kind:
        more = {"role": invite.params.get("role") or role}
    else:
        name, own_id = (stranger.declared.params.get(option) for option in ("project", PROJECT_ID))
        granted = list(invite.params.get("projects") or ())
        is_named = any(
            entry.get(PROJECT_ID) == own_id if entry.get(PROJECT_ID) else entry.get("project") == name
            for entry in granted
        )
        if not is_named and role in (None, *GRANTED):
            granted.append({"project": name, PROJECT_ID: own_id, "role": role or GRANTED[0]})
        more = {"projects": granted}
    more = {name: value for name, value in more.items() if value is not None}
    return replace(invite, params={**invite.params, **more}, given={**invite.given, **more})
