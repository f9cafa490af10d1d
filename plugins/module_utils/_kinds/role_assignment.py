# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The roles of groups, people and service accounts, in the organization and in projects.

Roles that come through a group are the group's. The predefined role of a person or a service account is also the
C(role) of C(user), C(project_user) and C(service_account).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.admin_api_key import ADMIN_API_KEY
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.group import IN_GROUP, NOTICE
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.group_user import GROUP_MEMBER
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import IN_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.role import (
    ALLOW_OWNER_GROUP,
    IN_ROLE,
    OWNER_ROLES,
    is_predefined_id,
    own_id,
    predefined_id,
    without_scope,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.service_account import SERVICE_ACCOUNT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.user import OWNER, USER, owners_besides
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
    Standing,
    value_at,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.undeclared import Around, Fate

ORGANIZATION_OWNER = OWNER_ROLES[0]
PREDEFINED = "role-api-"
OWNERS = ("group_id", "user_id", "service_account_id")
"""The path parameters that name who has a role."""


def sources(role: Object) -> list[Mapping[str, Any]]:
    """Return through whom a role is inherited, without its holder."""
    listed = role.get("assignment_sources")
    listed = listed if isinstance(listed, list) else []
    return [each for each in listed if isinstance(each, Mapping)]


def inherited(role: Object) -> Standing:
    """Return C(gone) for an inherited role, which cannot be taken from the principal."""
    own = {role[name] for name in OWNERS if role.get(name)}
    through = sources(role)
    return "gone" if through and not any(each.get("principal_id") in own for each in through) else "live"


def through(role: Object) -> str | None:
    """Return the kind of principal through which a role is inherited; null: it is assigned directly."""
    if inherited(role) == "live":
        return None
    return str(sources(role)[0].get("principal_type"))


def through_ids(role: Object) -> list[str]:
    """Return the IDs of the principals through which a role is inherited; none: it is assigned directly."""
    return [] if inherited(role) == "live" else [str(each.get("principal_id")) for each in sources(role)]


def is_predefined(role: Object) -> bool:
    """Return whether every scope has the role."""
    return bool(role.get("predefined_role") or str(own_id(role)).startswith(PREDEFINED))


def changes_owner(change: Proposal) -> bool:
    """Return whether somebody, or a group, loses the role of an owner of the organization."""
    return any(own_id(role) == ORGANIZATION_OWNER for role in change.removed)


def changes_predefined(change: Proposal) -> bool:
    """Return whether a predefined role in a project changes."""
    return IN_PROJECT.id_option in change.ids and any(map(is_predefined, (*change.added, *change.removed)))


def owners_by_group(change: Proposal) -> Refuse | None:
    """Refuse to make all members of a group owners, unless the task allows it."""
    if change.settings.get(ALLOW_OWNER_GROUP.name) or not any(own_id(role) in OWNER_ROLES for role in change.added):
        return None
    return Refuse(
        f"The role owner{change.of} is not added: everybody in the group would be an owner. Set"
        f" {ALLOW_OWNER_GROUP.name}: true if that is meant."
    )


def last_owner(change: Proposal) -> Refuse | None:
    """Refuse to leave the organization without an owner who is one directly."""
    if not changes_owner(change) or owners_besides(change.elsewhere["people"] or (), {change.ids.get("user_id")}):
        return None
    return Refuse(
        f"The role owner{change.of} is not removed: nobody else is known to own the organization. Make somebody else"
        " owner first."
    )


def losing_callers(change: Proposal) -> set[Any]:
    """Return the IDs of owners of the task's own admin key who are not owners directly after the change."""
    direct = {person[ID] for person in owners_besides(change.elsewhere["people"] or (), {change.ids.get("user_id")})}
    return {value_at(key, "owner.id") for key in change.elsewhere["own_key"] or ()} - {None} - direct


def may_be_in_group(change: Proposal) -> bool:
    """Return whether the owner of the task's own admin key may lose the role of an owner with a group."""
    return changes_owner(change) and bool(change.ids.get(IN_GROUP.id_option)) and bool(losing_callers(change))


def own_access(change: Proposal) -> Refuse | Exempt | None:
    """Refuse to take the role of an owner from the owner of the task's own admin key; warn if that is not known."""
    if not changes_owner(change):
        return None
    keys = change.elsewhere["own_key"]
    if keys is None:
        who = change.of.replace(" of ", "a member of " if change.ids.get("group_id") else "", 1)
        return Exempt(
            warning=f"It is not known whether {who} owns the admin key of this task: the key may not list admin keys."
        )
    members = change.elsewhere.get("members")
    if not losing_callers(change) or (members is not None and not losing_callers(change) & {*map(_id, members)}):
        return None
    return Refuse(
        f"The role owner{change.of} is not removed: the owner of this task's admin key may lose it by that. Use the key"
        " of another owner."
    )


def one_predefined(change: Proposal) -> Refuse | None:
    """Refuse several predefined roles of one scope, since each replaces the other."""
    names = [str(role.get("name") or own_id(role)) for role in change.after if is_predefined(role)]
    if len(names) < 2 or not any(map(is_predefined, change.added)):
        return None
    return Refuse(
        f"The roles {', '.join(names)}{change.of} are not added: people and service accounts can have one predefined"
        " role in each scope. Name one of them."
    )


def by_groups_alone(change: Proposal) -> Refuse | None:
    """Refuse custom roles for service accounts, which get them only through groups."""
    custom = [str(role.get("name") or own_id(role)) for role in change.added if not is_predefined(role)]
    if not custom:
        return None
    return Refuse(
        f"Custom roles{change.of} ({', '.join(custom)}) are not added: service accounts get them only through groups."
        " Put the account into a group with community.openai_admin.group_user, and give the group the role."
    )


def owner_of_organization(change: Proposal) -> Exempt | None:
    """Leave the predefined project roles of the organization's owners as they are: they own every project."""
    person: Object = next(iter(change.elsewhere.get("person") or ()), {})
    if person.get("role") != OWNER:
        return None
    kept = [role for role in (*change.added, *change.removed) if is_predefined(role)]
    wishes = [role for role in change.added if own_id(role) not in OWNER_ROLES and is_predefined(role)]
    lost = [role for role in change.removed if is_predefined(role)] if change.settings.get("state") == "absent" else []
    warning = f"Predefined roles{change.of} were not changed: owners of the organization own every project."
    return Exempt(_ids(kept), warning if wishes or lost else "")


def least(change: Proposal) -> Exempt | None:
    """Keep the predefined role if C(exclusive) names no other one; otherwise the access would be lost."""
    if not change.settings.get("exclusive") or any(map(is_predefined, change.after)):
        return None
    kept = [role for role in change.removed if is_predefined(role)]
    return Exempt(_ids(kept)) if kept else None


def _id(item: Object) -> Any:
    return item[ID]


def _ids(roles: Iterable[Object]) -> frozenset[Any]:
    return frozenset(map(own_id, roles))


def predefined_name(role: Object) -> str:
    """Return the short name of a predefined role of any scope, such as C(viewer); empty for others."""
    own = own_id(role)
    known = any(is_predefined_id(own, in_project) for in_project in (False, True))
    return str(own).rpartition("-")[2] if known else ""


def only_custom(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield an error if an entry names a predefined role, which the C(role) of a person declares."""
    name, given = entry.get(IN_ROLE.name_option), str(entry.get(IN_ROLE.id_option) or "")
    own = own_id({ID: given}) if given else predefined_id(name, IN_PROJECT.id_option in entry)
    if own.startswith(PREDEFINED):
        option = IN_ROLE.id_option if given else IN_ROLE.name_option
        short = own.rpartition("-")[2]
        yield option, f"{given or name} is a predefined role. Declare it as role: {short}, and only custom roles here."


def is_elsewhere(role: Object, *unused_rest: object) -> bool:
    """Return whether a role is declared elsewhere: that of a person is a predefined one."""
    return is_predefined(role)


def undeclared_of_person(role: Object, unused_listed: Sequence[Object], unused_around: Around) -> Fate:
    """Decide about an undeclared role of a person: the predefined one is declared elsewhere."""
    return "ignored" if is_predefined(role) else "removable"


def undeclared_of_group(role: Object, unused_listed: Sequence[Object], unused_around: Around) -> Fate:
    """Decide about an undeclared role of a group: one that makes its members owners of the organization stays."""
    return "kept" if own_id(role) == ORGANIZATION_OWNER else "removable"


def note(kept: Sequence[Object], unused_listed: Sequence[Object], of: str) -> Iterator[str]:
    """Yield a warning if a purge keeps the role that makes the members of a group owners."""
    if kept:
        yield (
            f"purge does not remove the role owner{of}: its members may own the organization only by it. Declare the"
            " role with state: absent to take it away."
        )


FIELDS = (
    Field(ID, made_by="server", derived=own_id),
    Field("name", made_by="server"),
    Field("predefined_role", "bool", made_by="server", derived=is_predefined),
    Field("through", made_by="server", derived=through),
    Field("through_ids", "list", made_by="server", derived=through_ids),
)
PEOPLE = GuardRead("people", USER, changes_owner)
OWN_KEY = GuardRead("own_key", ADMIN_API_KEY, changes_owner, of_caller=True)
IN_IT = GuardRead("members", GROUP_MEMBER, may_be_in_group, of_set=True)
PERSON = GuardRead("person", USER, changes_predefined, of_owner=True)


def assignments(*routes: Route) -> Resource:
    """Return the roles of principals of one kind, at these routes."""
    return Resource(
        kind="role_assignment",
        plural="role_assignments",
        routes=routes,
        id_param="role_id",
        by_id=False,
        keys=(Key("role_id", field=ID, canonical=without_scope), Key("role", field="name")),
        fields=FIELDS,
        repeats=True,
        create_verb="add",
        page_size=1000,
    )


def roles_of(owner: Parent, members: Resource, **more: Any) -> Membership:
    """Return the set of roles of a principal."""
    return Membership(
        kind="role_assignments",
        members=members,
        owner=owner,
        candidates=(IN_ROLE,),
        option="roles",
        short=IN_ROLE.name_option,
        told=predefined_name,
        body="role_id",
        canonical=without_scope,
        counts=inherited,
        notice=NOTICE,
        settings=(ALLOW_OWNER_GROUP,),
        **more,
    )


ROLES_OF_GROUP = roles_of(
    IN_GROUP,
    assignments(
        Route("/organization/groups/{group_id}/roles"),
        Route("/projects/{project_id}/groups/{group_id}/roles", IN_PROJECT),
    ),
    guards=(owners_by_group, last_owner, own_access),
    guard_reads=(PEOPLE, OWN_KEY, IN_IT),
)
ROLES_OF_USER = roles_of(
    Parent(USER, "email", "user_id"),
    assignments(
        Route("/organization/users/{user_id}/roles"),
        Route("/projects/{project_id}/users/{user_id}/roles", IN_PROJECT),
    ),
    alternatives=is_predefined,
    guards=(one_predefined, least, owner_of_organization, last_owner, own_access),
    guard_reads=(PEOPLE, OWN_KEY, PERSON),
)
ROLES_OF_ACCOUNT = roles_of(
    Parent(SERVICE_ACCOUNT, "service_account", "service_account_id"),
    assignments(Route("/projects/{project_id}/users/{service_account_id}/roles", IN_PROJECT)),
    alternatives=is_predefined,
    guards=(one_predefined, by_groups_alone, least),
)
ROLE_ASSIGNMENTS = (ROLES_OF_GROUP, ROLES_OF_USER, ROLES_OF_ACCOUNT)


def listed_assignments(*routes: Route) -> Resource:
    """Return the same roles with the fields that only lists show."""
    return replace(assignments(*routes), fields=(*FIELDS, Field("permissions", "list", made_by="server")))


def listed(membership: Membership) -> Membership:
    """Return the set with the fields that only lists show of its members."""
    return replace(membership, members=listed_assignments(*membership.members.routes))


LISTED = tuple(map(listed, ROLE_ASSIGNMENTS))
