# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a report becomes a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.page import page
from jinja2 import UndefinedError

TEMPLATE = """\
{% extends "layout.html.j2" %}
{% import "parts.html.j2" as parts %}
{% block verdict %}{{ parts.verdict("bad", "Drift", report.sentence) }}{% endblock %}
{% block content %}{{ parts.table([("name", "Name")], report.projects) }}{% endblock %}
"""
HOSTILE = "<script>alert('x')</script>{{ 7 * 7 }}"
REPORT: dict[str, Any] = {
    "title": HOSTILE,
    "made_at": "2026-11-02T00:00:00Z",
    "collection_version": "0.9.0",
    "organization": HOSTILE,
    "sentence": HOSTILE,
    "projects": [{"name": HOSTILE}],
}


@pytest.fixture
def template(tmp_path: Path) -> str:
    path = tmp_path / "page.html.j2"
    path.write_text(TEMPLATE, encoding="utf-8")
    return str(path)


def test_every_value_is_escaped(template: str) -> None:
    text = page(REPORT, template)
    assert "<script" not in text
    assert text.count("&lt;script&gt;") == 5  # title, heading, sentence, cell and footer
    assert "{{ 7 * 7 }}" in text


def test_a_page_without_rows_says_so(template: str) -> None:
    assert '<p class="nothing">None.</p>' in page({**REPORT, "projects": []}, template)


def test_a_report_must_have_what_its_page_shows(template: str) -> None:
    with pytest.raises(UndefinedError, match="sentence"):
        page({name: value for name, value in REPORT.items() if name != "sentence"}, template)
