# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The table of all kinds that a declaration can contain.

Options, reads, the order of changes, IDs, purges, exports and audits follow from it. The rules that a row names are
functions beside its resource.
"""

from __future__ import annotations

from collections.abc import Mapping

from ansible_collections.community.openai_admin.plugins.module_utils._kinds import (
    federation_rule,
    group,
    project,
    project_user,
    role,
    role_assignment,
    user,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate import CERTIFICATE
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate_activation import (
    ACTIVE,
    CERTIFICATE_ACTIVATION,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.data_retention import ALLOW, DATA_RETENTION
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.external_key import (
    ALLOW as ALLOW_UNREADABLE_RECORDS,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.external_key import EXTERNAL_KEY
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.external_storage import (
    ALLOW as ALLOW_RETENTION_RESET,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.external_storage import EXTERNAL_STORAGE
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.federation_rule import FEDERATION_RULE
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.group import GROUP, SCIM
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.group_user import (
    GROUP_MEMBER,
    GROUP_MEMBERS,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.hosted_tools import HOSTED_TOOLS
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.invite import INVITE
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.model_permissions import MODEL_PERMISSIONS
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_group import PROJECT_GROUP
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_user import PROJECT_USER
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.rate_limit import RATE_LIMIT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.role import ALLOW_OWNER_GROUP, ROLE
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.role_assignment import (
    ROLES_OF_GROUP,
    ROLES_OF_USER,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.service_account import SERVICE_ACCOUNT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.service_tiers import SERVICE_TIERS
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.spend_alert import SPEND_ALERT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.spend_limit import ALLOW as ALLOW_ENFORCING
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.spend_limit import SPEND_LIMIT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.user import USER
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.workload_identity_provider import (
    WORKLOAD_IDENTITY_PROVIDER,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Access, Kind
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Resource

PROJECTS = Kind(
    PROJECT,
    "projects",
    "Projects",
    purge=True,
    has_ids=True,
    kept_on=(400,),
    not_read={"Archived projects": "Nothing can be done in them."},
    undeclared=project.undeclared,
    note=project.note,
)
"""The kind that contains others."""
PEOPLE = Kind(
    USER,
    "users",
    "People and owners of the organization",
    purge=True,
    is_person=True,
    has_ids=True,
    access=Access(
        "users",
        called=("person", "people"),
        ends=("remove", "removed from the organization"),
        by=(("id", "id"), ("email", "email")),
    ),
    owns_all=user.owns,
    loosens=user.loosens,
    left_out=user.left_out,
    undeclared=user.undeclared,
)
INVITES = Kind(
    INVITE,
    "invites",
    "Invites",
    purge=True,
    is_pending=True,
    needs=(PROJECT,),
    access=Access("invites", called=("invite", "invites"), ends=("withdraw", "withdrawn"), by=(("email", "email"),)),
)
CERTIFICATES = Kind(
    CERTIFICATE,
    "certificates",
    "Certificates",
    purge=True,
    fields=(ACTIVE,),
    findings=(CERTIFICATE_ACTIVATION.whole.kind,),
    is_last=True,
    has_ids=True,
)
MEMBERS = Kind(
    PROJECT_USER,
    "users",
    "People",
    PROJECTS,
    purge=True,
    is_person=True,
    needs=(USER,),
    access=Access(
        "projects",
        called=("membership of a project", "memberships of projects"),
        ends=("end", "ended"),
        by=(("id", "id"), ("email", "email")),
    ),
    left_out=project_user.left_out,
    undeclared=project_user.undeclared,
)
SERVICE_ACCOUNTS = Kind(
    SERVICE_ACCOUNT,
    "service_accounts",
    "Service accounts",
    PROJECTS,
    purge=True,
    has_ids=True,
    access=Access("service_accounts", called=("service account", "service accounts")),
)
RATE_LIMITS = Kind(RATE_LIMIT, "rate_limits", "Rate limits", PROJECTS)
PROJECT_CERTIFICATES = Kind(
    CERTIFICATE_ACTIVATION.entry,
    "certificates",
    "Active certificates",
    PROJECTS,
    purge=True,
    members=CERTIFICATE_ACTIVATION,
    findings=(CERTIFICATE_ACTIVATION.whole.kind,),
)
GROUPS = Kind(
    GROUP,
    "groups",
    "Groups",
    purge=True,
    fields=(SCIM, ALLOW_OWNER_GROUP),
    tells_kept=True,
    is_usual=False,
    has_ids=True,
    flaws=group.flaws,
    judge=group.is_provided,
    undeclared=group.undeclared,
)
ROLES = Kind(
    ROLE,
    "roles",
    "Custom roles",
    purge=True,
    is_usual=False,
    has_ids=True,
    left_out=role.is_predefined,
    undeclared=role.undeclared,
)
PROJECT_ROLES = Kind(
    ROLE,
    "roles",
    "Custom roles",
    PROJECTS,
    purge=True,
    is_usual=False,
    has_ids=True,
    left_out=role.is_predefined,
    undeclared=role.undeclared,
)
IN_GROUPS = Kind(
    GROUP_MEMBER,
    "members",
    "Members of groups",
    GROUPS,
    purge=True,
    members=GROUP_MEMBERS,
    is_person=True,
    needs=(SERVICE_ACCOUNT,),
    is_usual=False,
    access=Access(
        "groups",
        called=("membership of a group", "memberships of groups"),
        ends=("end", "ended"),
        by=(("id", "id"), ("email", "email")),
        who="Member",
        optional=True,
    ),
)
PROJECT_GROUPS = Kind(
    PROJECT_GROUP,
    "groups",
    "Groups in projects",
    PROJECTS,
    purge=True,
    settings=(ALLOW_OWNER_GROUP,),
    is_usual=False,
)
GROUP_ROLES = Kind(
    ROLES_OF_GROUP.members,
    "roles",
    "Roles of groups",
    GROUPS,
    purge=True,
    members=ROLES_OF_GROUP,
    is_usual=False,
    undeclared=role_assignment.undeclared_of_group,
    note=role_assignment.note,
)
USER_ROLES = Kind(
    ROLES_OF_USER.members,
    "roles",
    "Custom roles of people",
    PEOPLE,
    purge=True,
    members=ROLES_OF_USER,
    is_usual=False,
    flaws=role_assignment.only_custom,
    left_out=role_assignment.is_elsewhere,
    undeclared=role_assignment.undeclared_of_person,
)
PROJECT_GROUP_ROLES = Kind(
    ROLES_OF_GROUP.members,
    "roles",
    "Roles of groups in projects",
    PROJECT_GROUPS,
    purge=True,
    members=ROLES_OF_GROUP,
    is_led=True,
    is_usual=False,
)
PROJECT_USER_ROLES = Kind(
    ROLES_OF_USER.members,
    "roles",
    "Custom roles of people in projects",
    MEMBERS,
    purge=True,
    members=ROLES_OF_USER,
    is_usual=False,
    flaws=role_assignment.only_custom,
    left_out=role_assignment.is_elsewhere,
    undeclared=role_assignment.undeclared_of_person,
)

MODELS = Kind(MODEL_PERMISSIONS, "model_permissions", "Model permissions", PROJECTS, is_usual=False, is_guardrail=True)
TOOLS = Kind(HOSTED_TOOLS, "hosted_tools", "Hosted tools", PROJECTS, is_usual=False, is_guardrail=True)
ALERTS = Kind(SPEND_ALERT, "spend_alerts", "Spend alerts", purge=True, is_usual=False)
PROJECT_ALERTS = Kind(
    SPEND_ALERT, "spend_alerts", "Spend alerts", PROJECTS, purge=True, is_usual=False, is_guardrail=True
)
SPEND_LIMITS = Kind(
    SPEND_LIMIT,
    "spend_limit",
    "Spend limit",
    settings=(ALLOW_ENFORCING,),
    is_usual=False,
    follows=(SPEND_ALERT,),
)
PROJECT_SPEND_LIMITS = Kind(
    SPEND_LIMIT,
    "spend_limit",
    "Spend limits",
    PROJECTS,
    is_usual=False,
    settings=(ALLOW_ENFORCING,),
    is_guardrail=True,
    follows=(SPEND_ALERT,),
)
TIERS = Kind(SERVICE_TIERS, "service_tiers", "Service tiers", PROJECTS, is_usual=False, is_guardrail=True)
RETENTION = Kind(DATA_RETENTION, "data_retention", "Data retention", settings=(ALLOW,), is_usual=False)
PROJECT_RETENTION = Kind(
    DATA_RETENTION, "data_retention", "Data retention", PROJECTS, settings=(ALLOW,), is_usual=False, is_guardrail=True
)

EXTERNAL_KEYS = Kind(
    EXTERNAL_KEY,
    "external_keys",
    "External keys",
    settings=(ALLOW_UNREADABLE_RECORDS,),
    is_usual=False,
    has_ids=True,
)
STORAGE = Kind(
    EXTERNAL_STORAGE,
    "external_storage",
    "External storage",
    settings=(ALLOW_RETENTION_RESET,),
    needs=(PROJECT,),
    is_usual=False,
)
PROVIDERS = Kind(
    WORKLOAD_IDENTITY_PROVIDER,
    "workload_identity_providers",
    "Workload identity providers",
    purge=True,
    is_usual=False,
    has_ids=True,
    flaws=federation_rule.flaws,
)
RULES = Kind(
    FEDERATION_RULE,
    "rules",
    "Federation rules",
    PROVIDERS,
    purge=True,
    needs=(SERVICE_ACCOUNT,),
    is_usual=False,
    access=Access(
        "rules",
        called=("federation rule", "federation rules"),
        who="Service account",
        of_account="service_account_id",
        lets_in=federation_rule.lets_in,
        optional=True,
    ),
    not_read={"Workload identity": "Tokens from outside act as service accounts: access_review lists the rules."},
    goes_first=True,
)

KINDS = (
    PROJECTS,
    PEOPLE,
    INVITES,
    CERTIFICATES,
    ROLES,
    GROUPS,
    IN_GROUPS,
    GROUP_ROLES,
    USER_ROLES,
    ALERTS,
    SPEND_LIMITS,
    RETENTION,
    EXTERNAL_KEYS,
    STORAGE,
    PROVIDERS,
    RULES,
    MEMBERS,
    SERVICE_ACCOUNTS,
    RATE_LIMITS,
    PROJECT_CERTIFICATES,
    PROJECT_ROLES,
    PROJECT_GROUPS,
    PROJECT_GROUP_ROLES,
    PROJECT_USER_ROLES,
    MODELS,
    TOOLS,
    PROJECT_ALERTS,
    PROJECT_SPEND_LIMITS,
    TIERS,
    PROJECT_RETENTION,
)
"""All rows: those of the organization first, then those of projects."""
DECLARED_IN_ORGANIZATION: Mapping[str, Kind] = {
    row.word: row for row in KINDS if row.within is None and row is not PROJECTS
}
"""Kinds that are declared in the organization, except projects, by option."""
INSIDE: Mapping[Kind, Mapping[str, Kind]] = {
    row: {inner.word: inner for inner in KINDS if inner.within is row} for row in KINDS
}
"""Kinds that are declared in the entries of each kind, by option."""
DECLARED_IN_PROJECT: Mapping[str, Kind] = INSIDE[PROJECTS]
"""Kinds that are declared in a project, by option."""
HOLDERS = tuple(dict.fromkeys([PROJECTS.resource.kind, *(row.holder.resource.kind for row in KINDS if row.holder)]))
"""Keys of results for the objects that contain others: C(project), C(group), C(user)."""
OF_ORGANIZATION: Mapping[str, Resource] = {word: row.resource for word, row in DECLARED_IN_ORGANIZATION.items()}
OF_PROJECT: Mapping[str, Resource] = {word: row.resource for word, row in DECLARED_IN_PROJECT.items()}


def _depends_on(row: Kind) -> set[str]:
    """Return the kinds that have to exist before an object can: its container, its references, its owner."""
    resource = row.resource
    named = [row.holder, *(field.refers for field in resource.options)]
    found = {each.resource.kind for each in named if each} | ({row.within.resource.kind} if row.within else set())
    found |= {each.resource.kind for each in resource.elsewhere if each.resource and each.identifies}
    if row.owned:
        return found | {candidate.resource.kind for candidate in row.owned.candidates}
    return found | ({row.members.members.kind} if row.members else set())


def _comes_after(row: Kind, other: Kind) -> bool:
    """Return whether objects of one kind are changed after those of another."""
    needed = _depends_on(row)
    is_let_in = not row.is_guardrail and PROJECTS.resource.kind in needed
    follows = other.within is row.within and other.resource in row.follows
    return other.resource.kind in needed or follows or (is_let_in and other.is_guardrail)


def _depth(row: Kind) -> int:
    return max((1 + _depth(each) for each in KINDS if _comes_after(row, each)), default=0)


DEPTHS: Mapping[Kind, int] = {row: _depth(row) for row in KINDS}
"""The length of the chain of dependencies of each kind."""
