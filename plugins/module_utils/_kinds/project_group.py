# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Groups that have access to a project; their list does not show their roles there."""

from __future__ import annotations

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.group import IN_GROUP, NOTICE
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import IN_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.role import (
    ALLOW_OWNER_GROUP,
    IN_ROLE,
    OWNER_ROLES,
    without_scope,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    Current,
    Desired,
    Field,
    Key,
    Refuse,
    Remove,
    Resource,
    Route,
    Verdict,
)


def owners_by_group(desired: Desired, current: Current) -> Verdict:
    """Refuse to add a group as owner, unless the task allows it."""
    role = without_scope(desired.values.get("role_id"))
    if not desired.present or current.object is not None or role not in OWNER_ROLES:
        return None
    if desired.asks(ALLOW_OWNER_GROUP.name):
        return None
    return Refuse(
        f"The {desired.label} would be added as owner: everybody in the group would own the project. Set"
        f" {ALLOW_OWNER_GROUP.name}: true if that is meant."
    )


PROJECT_GROUP = Resource(
    kind="project_group",
    plural="project_groups",
    routes=(Route("/organization/projects/{project_id}/groups", IN_PROJECT),),
    id_param="group_id",
    by_id=False,
    keys=(Key("group_id", field="group_id"), Key("group", field="group_name")),
    fields=(
        Field(ID, body="group_id", answer="group_id", update=False, compared=False, refers=IN_GROUP),
        Field("name", made_by="server", answer="group_name"),
        Field("role_id", body="role", update=False, compared=False, unshown=True, required=True, refers=IN_ROLE),
        Field("group_type", made_by="server"),
        Field("created_at", "int", made_by="server"),
    ),
    create_verb="add",
    updates=False,
    remove=Remove(verb="remove"),
    settings=(ALLOW_OWNER_GROUP,),
    notice=NOTICE,
    refusals=(owners_by_group,),
)
