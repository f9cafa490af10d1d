# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An organization whose names are difficult to write in YAML, and the playbook that exports it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from integration.playbooks import Ansible, PlaybookRun
from simulator import Authority

NAMES = [
    "{{ lookup('pipe', 'touch pwned') }}",
    "{% for each in range(9) %}x{% endfor %}",
    "{# no comment #}",
    "no",
    "010",
    "1e3",
    "~",
    "null",
    'it\'s "quoted" \\ slashed',
    "two\nlines",
    "emoji 🚀 и кириллица",
    "  blanks around  ",
    "- dash: colon # hash",
    "!unsafe tag",
    "*alias &anchor",
]
STRANGE: dict[str, Any] = {
    "users": [{"email": "owner@example.com", "role": "owner"}, {"email": "dev@example.com"}],
    "default_rate_limits": [
        {"model": "gpt-5", "max_requests_per_1_minute": 5, "max_tokens_per_1_minute": 50},
        {"model": "{{ evil }}", "max_requests_per_1_minute": 5, "max_tokens_per_1_minute": 50},
    ],
    "projects": [
        {"name": "Default project"},
        {"name": "twin", "id": "proj_twin_1"},
        {"name": "twin", "id": "proj_twin_2"},
        *(
            {
                "name": name,
                "users": [{"email": "dev@example.com", "role": "member"}],
                "service_accounts": [{"name": name, "role": "none"}, {"name": "same"}, {"name": "same"}],
            }
            for name in NAMES
        ),
    ],
    "invites": [{"email": "new@example.com", "role": "reader", "projects": [{"project": "no"}]}],
    "certificates": [
        {"name": name, "projects": ["no", "010"], "content": Authority(name[:60]).certificate()} for name in NAMES[:4]
    ],
}


def export(ansible: Ansible, path: Path, *options: str) -> PlaybookRun:
    """Run the export playbook for a path."""
    return ansible.run("community.openai_admin.export", "-e", f"openai_admin_export_path={path}", *options)
