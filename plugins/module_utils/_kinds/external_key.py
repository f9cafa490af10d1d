# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""External keys: keys of the customer in a cloud, with which OpenAI encrypts or decrypts data. None can be changed."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable

from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    Check,
    Current,
    Desired,
    Field,
    Key,
    Object,
    Parent,
    Refuse,
    Remove,
    Resource,
    Route,
    Verdict,
)

EKM, DECRYPTION = "ekm", "psp_decryption"
ALLOW = Field("allow_unreadable_records", "bool", default=False)
"""The setting that lets a task remove a key without which records cannot be read."""
_ADVICE = (
    "The API cannot change external keys: register another one under another name, give it to the projects with"
    " external_key, then remove this one."
)


def form(pattern: str, words: str) -> Callable[[str], str]:
    """Return a function that returns a text of this form, and raises C(ValueError) for others."""
    known = re.compile(pattern)

    def clean(text: str) -> str:
        if not known.fullmatch(text):
            raise ValueError(f"must be {words}, not '{text}'")
        return text

    return clean


role_arn = form(r"arn:aws:iam::\d{12}:role/.+", "the ARN of a role, such as arn:aws:iam::123456789012:role/openai")
project_number = form(r"\d{1,19}", "the number of a project of Google Cloud, such as 123456789012")


def _of(kind: str, *names: str) -> tuple[Field, ...]:
    """Return required fields for one type of keys."""
    cleaners = {"role_arn": role_arn, "workload_identity_project_number": project_number}
    fields = (Field(name, required=True, only_with=("type", kind), update=False, advice=_ADVICE) for name in names)
    return tuple(with_clean(field, cleaners.get(field.name)) for field in fields)


def with_clean(field: Field, clean: Callable[[str], str] | None) -> Field:
    """Return a field with another function that cleans its value; the same without one."""
    return field if clean is None else dataclasses.replace(field, clean=clean)


def has_wrong_version(desired: Desired, current: Current) -> Verdict:
    """Refuse to register a key with a version that its purpose excludes, or without one that it needs."""
    values = desired.values
    version = VERSIONS.get(str(values.get("type")))
    if not desired.present or current.object is not None or not version:
        return None
    decrypts = values.get("purpose") == DECRYPTION
    if decrypts and version not in values:
        return Refuse(f"The {desired.label} is for {DECRYPTION}, which needs the version of the key: give {version}.")
    if version in values and not decrypts:
        return Refuse(f"The {desired.label} is for {EKM}, which uses every version of the key: leave out {version}.")
    return None


def is_an_alias(desired: Desired, current: Current) -> Verdict:
    """Refuse to register an alias of a key for decryption, because an alias can point to another key later."""
    values = desired.values
    is_alias = ":alias/" in str(values.get("kms_arn"))
    if not desired.present or current.object is not None or values.get("purpose") != DECRYPTION or not is_alias:
        return None
    return Refuse(f"The {desired.label} is for {DECRYPTION}, which needs the key itself: give its ARN, not an alias.")


def is_needed(desired: Desired, current: Current) -> Verdict:
    """Refuse to remove a key that projects use, or without which records cannot be read."""
    known = current.object
    if desired.present or known is None:
        return None
    users = used_by(known)
    if users:
        return Refuse(
            f"The {desired.label} encrypts the data of {', '.join(users)}. Give these projects another key, or archive"
            " them, before this one is removed."
        )
    if known.get("purpose") == DECRYPTION and not desired.asks(ALLOW.name):
        return Refuse(
            f"The {desired.label} decrypts records: without it, stored records can no longer be read. Set"
            f" {ALLOW.name}: true if that is meant."
        )
    return None


def used_by(key: Object) -> list[str]:
    """Return the IDs of the projects whose data a key encrypts, sorted, and the workspace if there is one."""
    projects = sorted(map(str, key.get("api_project_ids") or ()))
    return [*projects, *([f"workspace {key['workspace_id']}"] if key.get("workspace_id") else [])]


VERSIONS = {"gcp": "kms_key_version", "azure": "key_version", "oci": "key_version_ocid"}
"""The option with the version of a key, by type. Keys of AWS have none."""
EXTERNAL_KEY = Resource(
    kind="external_key",
    plural="external_keys",
    routes=(Route("/organization/external_keys"),),
    id_param="external_key_id",
    keys=(Key("name"),),
    fields=(
        Field(ID, made_by="server"),
        Field("name", required=True, update=False, advice=_ADVICE),
        Field("type", required=True, known=("aws", "azure", "gcp", "oci"), update=False, advice=_ADVICE),
        Field("purpose", known=(EKM, DECRYPTION), default=EKM, update=False, advice=_ADVICE),
        *_of("aws", "kms_arn", "role_arn", "external_id"),
        *_of("azure", "tenant_id", "vault_uri", "key_name"),
        *_of("gcp", "audience", "kms_project_id", "kms_key_location", "kms_key_ring_name", "kms_key_name"),
        *_of("gcp", "workload_identity_project_number", "workload_identity_pool_id", "workload_identity_provider_id"),
        *_of("oci", "region", "vault_ocid", "key_ocid"),
        *(Field(name, only_with=("type", kind), update=False, advice=_ADVICE) for kind, name in VERSIONS.items()),
        Field("api_project_ids", "set", made_by="default", default=[]),
        Field("workspace_id", made_by="default", default=""),
        Field("created_at", "int", made_by="server"),
    ),
    create_verb="register",
    updates=False,
    remove=Remove(verb="remove"),
    settings=(ALLOW,),
    validation=Check("validate", "/validate", good=("success",)),
    refusals=(has_wrong_version, is_an_alias, is_needed),
)
IN_EXTERNAL_KEY = Parent(EXTERNAL_KEY, "external_key", "external_key_id")
