# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Writes an audit as JUnit XML for CI systems, with a test case for each check."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ansible_collections.community.openai_admin.plugins.module_utils._values.numbers import counted
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit_checks import (
    FAILED,
    NOT_CHECKED,
    NOTED,
    UNREADABLE,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.about import NOT_KNOWN

_FORBIDDEN = re.compile("[^\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot contain, not even escaped, but names can."""
_COUNTED = {"failures": FAILED, "errors": UNREADABLE, "skipped": NOT_CHECKED}


def junit(report: Mapping[str, Any]) -> str:
    """Return the document. Data that could not be read are errors, and what is not checked is skipped."""
    checks = report["checks"]
    figures = {
        "name": _text(report["title"]),
        "tests": str(len(checks)),
        **{name: str(sum(check["status"] == status for check in checks)) for name, status in _COUNTED.items()},
    }
    suites = Element("testsuites", figures)
    suite = SubElement(suites, "testsuite", {**figures, "timestamp": report["made_at"].rstrip("Z"), "time": "0"})
    properties = SubElement(suite, "properties")
    for name, value in _properties(report):
        SubElement(properties, "property", name=name, value=_text(value))
    messages = {each["result"]: each["message"] for each in report["unreadable"]}
    for check in checks:
        _case(suite, check, messages)
    indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(suites, encoding="unicode") + "\n"


def _properties(report: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [
        ("verdict", report["verdict"]),
        ("organization", report["organization"] or ""),
        ("organization_name", report["organization_name"] or NOT_KNOWN),
        ("declaration", report["declaration"]["name"]),
        ("sha256", report["declaration"]["sha256"]),
        ("collection_version", report["collection_version"]),
        ("ansible_version", report["ansible_version"]),
    ]


def _case(suite: Element, check: Mapping[str, Any], messages: Mapping[str, str]) -> None:
    place = "organization" if check["project"] is None else f"project {check['project']}"
    case = SubElement(suite, "testcase", classname=_text(place), name=_text(check["title"]), time="0")
    found = "\n".join(map(_text, check["found"]))
    if check["status"] == FAILED:
        failure = SubElement(case, "failure", message=counted(len(check["found"]), "finding"), type="finding")
        failure.text = found
    elif check["status"] == UNREADABLE:
        SubElement(case, "error", message=_text(messages[check["result"]]), type="unreadable")
    elif check["status"] == NOT_CHECKED:
        SubElement(case, "skipped", message="Not checked")
    elif check["status"] == NOTED:
        SubElement(case, "system-out").text = found


def _text(value: Any) -> str:
    """Return a value as one line of valid XML characters."""
    return _FORBIDDEN.sub("\ufffd", visible(str(value)))
