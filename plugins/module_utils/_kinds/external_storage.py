# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""External storage: storage of the customer in a cloud, for the records of a project. None can be changed."""

from __future__ import annotations

from collections.abc import Callable

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.external_key import (
    project_number,
    role_arn,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import IN_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    Check,
    Current,
    Desired,
    Elsewhere,
    Field,
    Key,
    Refuse,
    Remove,
    Resource,
    Route,
    Verdict,
    as_it_is,
)

ALLOW = Field("allow_retention_reset", "bool", default=False)
"""The setting that lets a task remove the last storage of a project."""
_ADVICE = "The API cannot change external storage: register another one, then remove this one."
OTHERS = "others"


def is_the_last(desired: Desired, current: Current) -> Verdict:
    """Refuse to remove the last storage of a project, which can change how long its data is kept."""
    known = current.object
    if desired.present or known is None or desired.asks(ALLOW.name):
        return None
    listed = current.elsewhere.get(OTHERS) or current.listed
    others = (item for item in listed if EXTERNAL_STORAGE.id_of(item) != EXTERNAL_STORAGE.id_of(known))
    if any(item.get("project_id") == known.get("project_id") for item in others):
        return None
    return Refuse(
        f"The {desired.label} is the last one of project {known.get('project_id')}. Without any, the API may reset the"
        f" data retention of the project to the organization's default. Set {ALLOW.name}: true if that is meant."
    )


def _inside(name: str, *types: str, clean: Callable[[str], str] = as_it_is) -> Field:
    """Return a required field of a configuration, for some types of storage."""
    path = f"provider.{name}"
    return Field(
        name,
        required=True,
        only_with=("type", *types),
        body=path,
        answer=path,
        update=False,
        clean=clean,
        advice=_ADVICE,
    )


def _added(name: str) -> Field:
    """Return a field of a configuration that the server sets."""
    return Field(name, made_by="server", answer=f"provider.{name}")


EXTERNAL_STORAGE = Resource(
    kind="external_storage",
    plural="external_storage",
    routes=(Route("/organization/external_storage"),),
    id_param="external_storage_id",
    keys=(Key("project_id"),),
    identified_with=("type", "bucket", "account_name", "container", "tenancy_ocid"),
    fields=(
        Field(ID, made_by="server"),
        Field("project_id", required=True, refers=IN_PROJECT, update=False),
        Field(
            "type",
            required=True,
            known=("aws", "azure", "gcp", "oci"),
            body="provider.type",
            answer="provider.type",
            update=False,
        ),
        _inside("bucket", "aws", "gcp", "oci"),
        _inside("role_arn", "aws", clean=role_arn),
        _inside("account_name", "azure"),
        _inside("container", "azure"),
        _inside("resource_group", "azure"),
        _inside("subscription_id", "azure"),
        _inside("tenant_id", "azure"),
        _inside("workload_identity_project_number", "gcp", clean=project_number),
        _inside("workload_identity_pool_id", "gcp"),
        _inside("workload_identity_provider_id", "gcp"),
        _inside("region", "oci"),
        _inside("tenancy_ocid", "oci"),
        _added("account_id"),
        _added("external_id"),
        _added("audience"),
        Field("geography", made_by="server"),
        Field("status", made_by="server"),
        Field("created_at", "int", made_by="server"),
    ),
    create_verb="register",
    updates=False,
    remove=Remove(verb="remove"),
    settings=(ALLOW,),
    validation=Check("validate", "/validate", good=("pending", "validated")),
    elsewhere=(Elsewhere(OTHERS, by=(), going=True, waived_by=ALLOW.name, unless_listed=True),),
    refusals=(is_the_last,),
)
