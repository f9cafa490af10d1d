# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""A report as a page: templates lay out what was computed, and every value is escaped.

Control characters of names become visible as well: in the source of a page and in what a reader copies from it, they
would do what they do in a terminal.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

SHARED = Path(__file__).resolve().parents[3] / "roles" / "report" / "templates"
"""The layout that all pages have in common."""


def page(report: Mapping[str, Any], template: str) -> str:
    """The page of a report, by a template whose folder may hold others that it needs.

    The environment is our own: ansible-core's does not escape, and would take a project's name for markup.

    :raises jinja2.TemplateError: when the template asks for what the report does not have.
    """
    path = Path(template)
    environment = Environment(
        loader=FileSystemLoader([path.parent, SHARED]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(path.name).render(report=report)


def _shown(value: Any) -> Any:
    """A value as the page shows it; what the page's own macros made is so already."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
