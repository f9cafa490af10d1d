# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Members of groups: people of the organization, and service accounts of its projects.

Members of a group with the role of an owner own the organization. A member who is removed must not be the last owner,
nor the owner of the task's own admin key.
"""

from __future__ import annotations

from collections.abc import Sequence

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.admin_api_key import ADMIN_API_KEY
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.group import (
    IN_GROUP,
    NOTICE,
    ROLES_OF_GROUP,
    closed,
    has_owner_role,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.service_account import SERVICE_ACCOUNT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.user import (
    USER,
    is_person,
    owners_besides,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import (
    Exempt,
    GuardRead,
    Membership,
    Proposal,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    Field,
    Key,
    Object,
    Parent,
    Refuse,
    Resource,
    Route,
    value_at,
)
from ansible_collections.community.openai_admin.plugins.module_utils._values import addresses

GROUP_MEMBER = Resource(
    kind="group_member",
    plural="group_members",
    routes=(Route("/organization/groups/{group_id}/users", IN_GROUP),),
    id_param="user_id",
    by_id=False,
    alone=True,
    keys=(
        Key("user_id", field="id"),
        Key("email", canonical=addresses.canonical, clean=addresses.clean, candidates=is_person),
    ),
    fields=(
        Field("id", made_by="server"),
        Field("email", made_by="server"),
        Field("name", made_by="server"),
    ),
    create_verb="add",
    page_size=1000,
)


def somebody_leaves(change: Proposal) -> bool:
    """Return whether the group loses a member, whose roles through the group then end."""
    return bool(change.removed)


def an_owner_leaves(change: Proposal) -> bool:
    """Return whether the group loses a member that owns the organization through it."""
    return has_owner_role(change.elsewhere.get("roles") or ())


def who_loses(change: Proposal) -> Sequence[Object]:
    """Return the members who leave a group of owners and are not owners directly, too."""
    if not an_owner_leaves(change):
        return ()
    direct = {owner[ID] for owner in owners_besides(change.elsewhere["people"] or (), ())}
    return [member for member in change.removed if member[ID] not in direct]


def last_owner(change: Proposal) -> Refuse | None:
    """Refuse to take the last owner of the organization out of a group of owners."""
    remaining = [member for member in change.after if member.get("email")]
    if not who_loses(change) or remaining or owners_besides(change.elsewhere["people"] or (), ()):
        return None
    return Refuse(
        f"The last member{change.of} is not removed: nobody else is known to own the organization. Make somebody else"
        " owner first."
    )


def own_access(change: Proposal) -> Refuse | Exempt | None:
    """Refuse to take the owner of the task's own admin key out of a group of owners; warn if that is not known."""
    if change.removed and change.elsewhere.get("roles") is None:
        return Exempt(
            warning=f"It is not known whether the members{change.of} own the organization through it: the key may not"
            " list its roles."
        )
    losing = {member[ID] for member in who_loses(change)}
    if not losing:
        return None
    keys = change.elsewhere["own_key"]
    if keys is None:
        return Exempt(
            warning=f"It is not known whether a member{change.of} who is removed owns the admin key of this task: the"
            " key may not list admin keys."
        )
    key = next((key for key in keys if value_at(key, "owner.id") in losing), None)
    if key is None:
        return None
    return Refuse(
        f"The member {value_at(key, 'owner.id')}{change.of} is not removed: they own the admin key that this very task"
        f" uses ({key[ID]}), and may own the organization only through the group. Use an admin key of another owner."
    )


GROUP_MEMBERS = Membership(
    kind="group_members",
    members=GROUP_MEMBER,
    candidates=(
        Parent(USER, "email", "user_id"),
        Parent(SERVICE_ACCOUNT, "service_account", "service_account_id"),
    ),
    closed=closed,
    option="members",
    body="user_id",
    notice=NOTICE,
    guards=(own_access, last_owner),
    guard_reads=(
        GuardRead("roles", ROLES_OF_GROUP, somebody_leaves, of_set=True),
        GuardRead("people", USER, an_owner_leaves),
        GuardRead("own_key", ADMIN_API_KEY, an_owner_leaves, of_caller=True),
    ),
)
