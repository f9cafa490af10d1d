# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Each filter has its documentation beside this file, in NAME.yml.

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs import audit_findings, cost_report
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.people import NoAddress, addresses
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.settings import Unusable, settings
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.table import (
    JOBS,
    Job,
    Places,
    end_of,
    files_of,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.unknown import problems_of_names
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.about import WrongOrganization
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.data import as_data, plain
from jinja2 import TemplateError

REFUSED = (NoAddress, WrongOrganization, audit_findings.Unusable, cost_report.Unusable)
"""Why there is no report; each says so in a sentence."""


def told(
    values: Any,
    options: Mapping[str, Mapping[str, Any]],
    problems: bool = False,
    names: Sequence[str] = (),
    role: str = "",
) -> dict[str, Any] | list[str]:
    """Return the settings of a job by name, or with C(problems) what is wrong with them."""
    unknown = list(problems_of_names(role, names, options)) if role else []
    found: dict[str, Any] = {}
    try:
        found = settings(values, options) if values is not None else {}
    except Unusable as reason:
        unknown.append(str(reason))
    if problems:
        return unknown
    if unknown:
        raise AnsibleFilterError(" ".join(unknown))
    return found


def people(
    values: Any,
    name: str = "addresses",
    besides: Iterable[Any] = (),
    listed: Iterable[Any] = (),
    problems: bool = False,
) -> list[str]:
    """Return e-mail addresses, each once, or with C(problems) what is wrong with them."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise AnsibleFilterError("addresses needs a list.")
    try:
        found = addresses(values, name, besides, listed)
    except NoAddress as reason:
        if problems:
            return [str(reason)]
        raise AnsibleFilterError(str(reason)) from None
    return [] if problems else list(as_data(found))


def asked(month: Any, by: Sequence[str], now: str, problems: bool = False) -> dict[str, Any] | list[str]:
    """Return the month and the periods that a cost report needs, or with C(problems) why there are none."""
    try:
        found = cost_report.question(str(month), list(by), str(now))
    except cost_report.Unusable as reason:
        if problems:
            return [str(reason)]
        raise AnsibleFilterError(str(reason)) from None
    return [] if problems else found


def report(
    read: Any, job: str, settings: Mapping[str, Any] | None = None, about: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the report of a job about what its role has read."""
    row = _row(job)
    lacking = [name for name in row.takes if not isinstance(read, Mapping) or name not in read]
    if not isinstance(read, Mapping) or lacking:
        raise AnsibleFilterError(f"The report of {job} needs what was read, with {', '.join(lacking) or 'its names'}.")
    try:
        return dict(as_data(row.report(read, settings or {}, about or {})))
    except REFUSED as reason:
        raise AnsibleFilterError(str(reason)) from None
    except KeyError as missing:
        raise AnsibleFilterError(f"The report of {job} needs {missing}, which was not given.") from None


def files(report: Mapping[str, Any], job: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the files of a report, with their contents."""
    try:
        return dict(as_data(files_of(_row(job), plain(report), settings)))
    except TemplateError as reason:
        raise AnsibleFilterError(f"Laying out the page of {job}: {type(reason).__name__}: {reason}") from None


def end(
    report: Mapping[str, Any], job: str, paths: Mapping[str, str], url: str | None = "", host: str = ""
) -> dict[str, Any]:
    """Return the summary, the statistics and the verdict of a job."""
    return dict(as_data(end_of(_row(job), plain(report), Places(paths, url or ""), host)))


def _row(job: str) -> Job:
    if job not in JOBS:
        raise AnsibleFilterError(f"There is no job '{job}'. There are: {', '.join(JOBS)}.")
    return JOBS[job]


class FilterModule:
    """The filters, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {
            "addresses": people,
            "cost_question": asked,
            "job_end": end,
            "job_files": files,
            "job_report": report,
            "settings": told,
        }
