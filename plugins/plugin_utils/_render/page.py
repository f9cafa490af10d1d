# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Renders a report as an HTML page with templates that escape every value.

Control characters become visible too: in the source of a page, and in text that a reader copies from it, they could
do the same harm as in a terminal.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

SHARED = Path(__file__).resolve().parents[3] / "roles" / "report" / "templates"
"""The directory of the common layout."""


def page(report: Mapping[str, Any], template: str) -> str:
    """Return the page of a report, from a template whose directory may contain other templates that it needs.

    This uses its own environment, because ansible-core's does not escape values such as names of projects.

    :raises jinja2.TemplateError: the template uses a value that the report lacks.
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
    """Return a value with visible control characters; the output of the page's own macros stays unchanged."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
