# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Resources that no module supports yet, defined with the present vocabulary.

They contain the hardest cases: a singleton that is a 404 when unset, and a membership whose IDs are scoped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.group import IN_GROUP
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import IN_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.service_account import SERVICE_ACCOUNT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.user import USER
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    UPDATE_SECRET,
    Check,
    Current,
    Desired,
    Elsewhere,
    Field,
    Key,
    Parent,
    Remove,
    Resource,
    Route,
    Standing,
)
from ansible_collections.community.openai_admin.plugins.module_utils._values import addresses

SPEND_LIMIT = Resource(
    kind="spend_limit",
    plural="spend_limits",
    routes=(
        Route("/organization/spend_limit"),
        Route("/organization/projects/{project_id}/spend_limit", IN_PROJECT),
    ),
    unset="404",
    fields=(
        Field("threshold_amount", "int", minimum=1),
        Field("currency", initial="USD"),
        Field("interval", initial="month"),
        Field("status", made_by="server", answer="enforcement.status"),
    ),
    create_verb="set",
    whole=True,
    remove=Remove(verb="unset"),
)
RETENTION = Resource(
    kind="data_retention",
    plural="data_retentions",
    routes=(
        Route("/organization/data_retention"),
        Route("/organization/projects/{project_id}/data_retention", IN_PROJECT),
    ),
    fields=(Field("type", option="retention", body="retention_type"),),
    creates=(),
    remove=None,
)


def without_scope(role_id: Any) -> str:
    """Return the ID of a role without the scope at its end."""
    return re.sub(r"__api-(project|organization)__.*$", "", str(role_id))


def never_shown(unused_answer: Mapping[str, Any]) -> None:
    """Return None, since no answer contains the value."""


def inherited(role: Mapping[str, Any]) -> Standing:
    """Return C(live) for a role without sources or with a group among them, else C(gone)."""
    sources = role.get("assignment_sources")
    return "live" if not sources or any(source["principal_type"] == "group" for source in sources) else "gone"


TOOLS = Resource(
    kind="hosted_tools",
    plural="hosted_tools",
    routes=(Route("/organization/projects/{project_id}/hosted_tool_permissions", IN_PROJECT),),
    fields=tuple(
        Field(tool, "bool", body=f"{tool}.enabled", answer=f"{tool}.enabled") for tool in ("mcp", "web_search")
    ),
    creates=(),
    remove=None,
)
ROLE = Resource(
    kind="role",
    plural="roles",
    routes=(Route("/organization/roles"), Route("/projects/{project_id}/roles", IN_PROJECT)),
    id_param="role_id",
    by_id=False,
    keys=(Key("role_id", field="id"), Key("name")),
    fields=(
        Field("id", made_by="server"),
        Field("name", body="role_name"),
        Field("permissions", "set", required=True),
        Field("description", clearable=True),
        Field("predefined_role", "bool", made_by="default", default=False),
    ),
)
MODELS = Resource(
    kind="model",
    plural="models",
    routes=(Route("/organization/projects/{project_id}/models", IN_PROJECT),),
    id_param="model_id",
    keys=(Key("name"),),
    fields=(Field("id", made_by="server"), Field("name")),
)


def unknown_ones(desired: Desired, current: Current) -> Iterator[str]:
    """Warn of models that are not listed."""
    if "models" in current.unread:
        yield f"not read: {current.unread['models']}"
        return
    known = {item["name"] for item in current.elsewhere.get("models", ())}
    yield from (f"no {each}" for each in desired.values.get("allow") or () if known and each not in known)


POLICY = Resource(
    kind="policy",
    plural="policies",
    routes=(Route("/organization/projects/{project_id}/policy", IN_PROJECT),),
    unset="404",
    fields=tuple(
        Field(name, "set", body="ids", answer="ids", marked_by=("mode", name), required=True)
        for name in ("allow", "deny")
    ),
    elsewhere=(Elsewhere("models", by=(), resource=MODELS, checking=("allow", "deny"), is_advice=True),),
    cautions=(unknown_ones,),
)
GROUP_USERS = Membership(
    kind="group_users",
    members=Resource(
        kind="group_user",
        plural="group_users",
        routes=(Route("/organization/groups/{group_id}/users", IN_GROUP),),
        id_param="user_id",
        by_id=False,
        keys=(Key("user_id", field="id"), Key("email", canonical=addresses.canonical)),
        fields=(Field("id"), Field("name"), Field("email")),
        create_verb="add",
    ),
    candidates=(
        Parent(USER, "email", "user_id"),
        Parent(SERVICE_ACCOUNT, "service_account", "service_account_id"),
    ),
    option="members",
    body="user_id",
)
GROUP_ROLES = Membership(
    kind="group_roles",
    members=Resource(
        kind="group_role",
        plural="group_roles",
        routes=(
            Route("/organization/groups/{group_id}/roles"),
            Route("/projects/{project_id}/groups/{group_id}/roles", IN_PROJECT),
        ),
        id_param="role_id",
        repeats=True,
        by_id=False,
        keys=(Key("role_id", field="id", canonical=without_scope), Key("role", field="name")),
        fields=(Field("id"), Field("name")),
        create_verb="add",
    ),
    owner=IN_GROUP,
    candidates=(Parent(ROLE, "role", "role_id"),),
    option="roles",
    body="role_id",
    canonical=without_scope,
    counts=inherited,
)
PROJECT_GROUP = Resource(
    kind="project_group",
    plural="project_groups",
    routes=(Route("/organization/projects/{project_id}/groups", IN_PROJECT),),
    id_param="group_id",
    by_id=False,
    keys=(Key("group_id", field="group_id"), Key("group", field="group_name")),
    fields=(
        Field("id", body="group_id", answer="group_id", update=False, compared=False, refers=IN_GROUP),
        Field("name", made_by="server", answer="group_name"),
        Field("role", update=False, required=True, derived=never_shown),
    ),
    create_verb="add",
    remove=Remove(verb="remove"),
)
RULE = Resource(
    kind="rule",
    plural="rules",
    routes=(Route("/organization/rules"),),
    id_param="rule_id",
    by_id=False,
    keys=(Key("rule_id", field="id"), Key("service_account_id")),
    fields=(
        Field("id", made_by="server"),
        Field("project_id", update=False, required=True, refers=IN_PROJECT),
        Field(
            "service_account_id",
            update=False,
            required=True,
            refers=Parent(SERVICE_ACCOUNT, "service_account", "service_account_id"),
        ),
        Field("match", "dict", required=True),
    ),
)
EMAIL = "notification_channel"
ALERT = Resource(
    kind="spend_alert",
    plural="spend_alerts",
    routes=(Route("/organization/spend_alerts"),),
    id_param="alert_id",
    by_id=False,
    keys=(Key("alert_id", field="id"), Key("usd_per_month", field="threshold_amount", times=100)),
    apart="recipients",
    fields=(
        Field("id", made_by="server"),
        Field(
            "usd_per_month",
            "float",
            body="threshold_amount",
            answer="threshold_amount",
            times=100,
            minimum=0.01,
            required=True,
        ),
        Field("recipients", "set", body=f"{EMAIL}.recipients", answer=f"{EMAIL}.recipients", required=True),
        Field("subject_prefix", clearable=True, body=f"{EMAIL}.subject_prefix", answer=f"{EMAIL}.subject_prefix"),
        Field("currency", made_by="default", default="USD"),
    ),
    whole=True,
    sends={"currency": "USD", "interval": "month", f"{EMAIL}.type": "email"},
)
VAULT = Resource(
    kind="vault",
    plural="vaults",
    routes=(Route("/organization/vaults"),),
    id_param="vault_id",
    keys=(Key("name"),),
    fields=(
        Field("id", made_by="server"),
        Field("name"),
        Field("type", required=True, update=False),
        Field("kms_arn", required=True, only_with=("type", "aws"), update=False),
        Field("ring", required=True, only_with=("type", "gcp"), update=False),
        Field("match", "dict"),
        Field("tiers", "raw"),
        Field("token", write_only=True),
    ),
    settings=(UPDATE_SECRET,),
    validation=Check(option="validate", suffix="/validate", good=("success",)),
)
