# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Guides agree with each other, and with what they describe."""

from __future__ import annotations

import re
from pathlib import Path

from ansible_collections.community import openai_admin

ROOT = Path(next(iter(openai_admin.__path__)))


def text(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


def test_all_name_one_day_for_the_cost_report() -> None:
    definitions = text("extensions/awx/definitions.yml")
    days = [
        *re.findall(r"cost_report_rrule: DTSTART:\d{6}(\d\d)T", definitions),
        *re.findall(r"cost_report_rrule: .*BYMONTHDAY=(\d+)", definitions),
        *re.findall(r"name: OpenAI cost report, on the (\w+) of the month", definitions),
        *re.findall(r"cost report on the (\w+) of the month", text("docs/awx.md")),
        *re.findall(r"1\. Run it on the (\w+) of a month or later", text("docs/playbooks.md")),
    ]
    assert [re.sub(r"^0|nd$", "", day) for day in days] == ["2"] * 5
