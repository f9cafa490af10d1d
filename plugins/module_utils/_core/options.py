# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Argument specs, derived from resources, and the connection options of all modules."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ansible.module_utils.errors import AnsibleFallbackNotFound
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import is_blank
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ALLOW_MISSING_FILE,
    PRESENT,
    Field,
    Parent,
    Resource,
    Route,
)

Spec = dict[str, Any]
FILE_OPTIONS = ("mode", "owner", "group")
_KEY = "OPENAI_ADMIN_KEY"
_CLIENT = ("OPENAI_MTLS_CERT_PATH", "OPENAI_MTLS_KEY_PATH")


def connection_options() -> Spec:
    """Return the options that the documentation fragment C(connection) describes."""
    return {
        "admin_key": option(no_log=True, env=_KEY),
        "base_url": option(env="OPENAI_BASE_URL"),
        "organization_id": option(env="OPENAI_ORG_ID"),
        "validate_certs": option("bool", default=True),
        "ca_path": option("path", env="OPENAI_CA_PATH"),
        "client_cert": option("path", env="OPENAI_MTLS_CERT_PATH", instead="OPENAI_MTLS_CLIENT_CERT_FILE"),
        "client_key": option("path", env="OPENAI_MTLS_KEY_PATH", instead="OPENAI_MTLS_CLIENT_KEY_FILE"),
        "client_key_passphrase": option(no_log=True),
        "timeout": option("float", default=60.0),
        "max_wait": option("float", default=120.0),
    }


def managed_options(resource: Resource) -> Spec:
    """Return the options of a module that manages one object."""
    spec = {**parent_options(resource.parent), **parent_options(resource.owner), **name_options(resource)}
    for each in resource.options:
        spec.update(parent_options(each.refers) if each.is_reference else {each.option_name: field_option(each)})
    spec.update({field.file: option("path") for field in resource.options if field.file})
    if resource.remove:
        spec["state"] = option(choices=[PRESENT, resource.remove.state], default=PRESENT)
    spec.update({field.option_name: setting_option(field) for field in resource.settings})
    if resource.validation:
        spec[resource.validation.option] = option("bool", default=False)
    if resource.secret:
        if resource.secret.option:
            spec[resource.secret.option] = option("bool", default=False)
        spec.update({field.option_name: field_option(field) for field in resource.secret.options})
        spec[resource.secret.path_option] = option("path")
        spec[ALLOW_MISSING_FILE] = option("bool", default=False)
        spec.update({name: option("raw" if name == "mode" else "str") for name in FILE_OPTIONS})
    return spec


def nested_options(resource: Resource, *settings: Field) -> Spec:
    """Return the options of an object within a declaration, without those that issue secrets or are settings."""
    alone = replace(
        resource, routes=(Route(resource.path),), owner=None, validation=None, secret=None, settings=settings
    )
    return managed_options(alone)


def listed_options(resource: Resource) -> Spec:
    """Return the options of an info module."""
    parents = {**parent_options(resource.parent), **several_parents(resource)}
    return {**parents, **name_options(resource), "max_results": option("int")}


def several_parents(resource: Resource) -> Spec:
    """Return the option for known parents; without it, a task reads the objects of all parents.

    If the organization has such objects too, a task without a parent reads only those of the organization.
    """
    if resource.parent is None or (resource.parent_is_optional and not resource.singleton):
        return {}
    return {resource.parent.resource.plural: option("list", elements="dict")}


def parent_options(parent: Parent | None) -> Spec:
    """Return the options that name the parent."""
    return {parent.name_option: option(), parent.id_option: option()} if parent else {}


def name_options(resource: Resource) -> Spec:
    """Return the options that name an object, including its ID."""
    own_id = {resource.id_param: option()} if resource.id_param and resource.by_id else {}
    types = {field.option_name: field.type for field in resource.options}
    return {**own_id, **{key.option: option(types.get(key.option, "str")) for key in resource.keys}}


def field_option(field: Field) -> Spec:
    """Return the specification of a field's option."""
    more: Spec = {"choices": list(field.choices)} if field.choices else {}
    kind = "list" if field.type == "set" else field.type
    if field.parts:
        named = parent_options(field.refers)
        more = {"options": {**named, **{part.name: _part_option(part) for part in field.parts}}}
    if kind == "list":
        more = {"elements": "dict" if field.parts else "str", **more}
    return option(kind, no_log=field.secret or field.write_only or field.sensitive, **more)


def setting_option(field: Field) -> Spec:
    """Return the specification of an option that is not sent to the API."""
    return {**field_option(field), **({} if field.default is None else {"default": field.default})}


def _part_option(part: Field) -> Spec:
    """Return the option for a value of a dictionary in a list, where an omitted value has its initial value."""
    return {**field_option(part), "default": part.initial}


def option(kind: str = "str", no_log: bool = False, env: str = "", instead: str = "", **more: Any) -> Spec:
    """Return one option, always with C(no_log), because some names only look secret."""
    names = [name for name in (env, instead) if name]
    fallback: Mapping[str, Any] = {"fallback": (from_environment, names)} if names else {}
    return {"type": kind, "no_log": no_log, **fallback, **more}


def from_environment(name: str, instead: str = "") -> str:
    """Return an environment variable; a blank one counts as not set. Raises C(AnsibleFallbackNotFound).

    C(instead): see variable().
    """
    value = variable(os.environ, name, instead)
    if value:
        return value
    raise AnsibleFallbackNotFound


def variable(environment: Mapping[str, str], name: str, instead: str = "") -> str:
    """Return an environment variable; empty if it is blank. The admin key keeps its blanks unless it is empty.

    C(instead): the variable of OpenAI's own tools for a client certificate or its key. Certificate and key belong
    together, so these variables apply only if neither of this collection's is set.
    """
    ours = not all(is_blank(environment.get(each)) for each in _CLIENT)
    values = (environment.get(each, "") for each in (name, "" if ours else instead))
    return next((value for value in values if not is_blank(value) or (value and name == _KEY)), "")
