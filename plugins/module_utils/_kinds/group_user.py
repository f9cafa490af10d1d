# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Members of groups: people of the organization, and service accounts of its projects."""

from __future__ import annotations

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.group import IN_GROUP, closed
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.service_account import SERVICE_ACCOUNT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.user import USER, is_person
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Field,
    Key,
    Parent,
    Resource,
    Route,
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
)
