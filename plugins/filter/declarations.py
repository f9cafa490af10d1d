# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Each filter has its documentation beside this file, in NAME.yml.

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput
from ansible_collections.community.openai_admin.plugins.module_utils._organization.name import OPTION
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.declared import problems_of_people
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.problems import (
    declaration_of,
    problems_of,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.text import declaration_files
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.variables import (
    NoVariables,
    variable_in,
    with_variables,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit import lines_of, unusable
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.about import WrongOrganization, answering
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.outline import forecast, outline

LAYOUTS = ("file", "directory")


def taken(value: Any) -> Any:
    """Return a declaration that is given as a dictionary or as text in YAML."""
    try:
        return declaration_of(value)
    except BadInput as error:
        raise AnsibleFilterError(error.message) from None


def texts(
    organization: Any,
    source: str = "",
    when: str = "an unknown time",
    layout: str = LAYOUTS[0],
    organization_name: str | None = "",
    include: Sequence[str] | None = None,
) -> dict[str, Any]:
    """Return the texts of the files of an export, by path."""
    if not isinstance(organization, Mapping):
        raise AnsibleFilterError("declaration_files needs an organization, as organization_info returns it.")
    if layout not in LAYOUTS:
        raise AnsibleFilterError(f"The layout must be {' or '.join(LAYOUTS)}, not {layout}.")
    return declaration_files(organization, source, when, layout, organization_name or None, include or None)


def problems(
    declaration: Any,
    accepted: Sequence[Mapping[str, Any]] | None = None,
    organization_names: Sequence[Any] | None = None,
) -> list[str]:
    """Return all problems of a declaration and of the accepted findings."""
    if organization_names is not None:
        return _of_answers(organization_names, taken(declaration) or {})
    if accepted is None:
        return problems_of(declaration)
    if not isinstance(declaration, Mapping):
        raise AnsibleFilterError("declaration_problems needs a declaration.")
    return lines_of([*problems_of_people(declaration), *unusable(declaration, accepted)], declaration, accepted)


def _of_answers(names: Sequence[Any], declared: Mapping[str, Any]) -> list[str]:
    try:
        answering(names, declared.get(OPTION))
    except WrongOrganization as reason:
        return [str(reason)]
    return []


def sentence(declaration: Any) -> str:
    """Return how many requests a declaration needs, and how long they may take, as a sentence."""
    if not isinstance(declaration, Mapping):
        raise AnsibleFilterError("forecast needs a declaration of an organization.")
    return forecast(declaration)


def lines(result: Any, check: bool = False) -> list[str]:
    """Return what a run of the module C(organization) changed, or would change, as lines."""
    if not isinstance(result, Mapping):
        raise AnsibleFilterError("outline needs what community.openai_admin.organization returned.")
    return outline(result, check)


def value_in(text: str, name: str) -> str:
    """Return the value of a variable in the text of a YAML file."""
    try:
        return variable_in(text, name)
    except NoVariables as reason:
        raise AnsibleFilterError(f"The text cannot be read as variables: {reason}.") from None


def text_with(text: str, values: Mapping[str, str]) -> str:
    """Return the text of a YAML file with these variables set."""
    try:
        return with_variables(text, values)
    except NoVariables as reason:
        raise AnsibleFilterError(f"The text cannot be written as variables: {reason}.") from None


class FilterModule:
    """The filters, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {
            "declaration": taken,
            "declaration_files": texts,
            "declaration_problems": problems,
            "forecast": sentence,
            "outline": lines,
            "variable_in": value_in,
            "with_variables": text_with,
        }
