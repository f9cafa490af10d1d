# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An answer is an object of its kind, in all its parts, or it is refused: nobody is told to declare what it holds."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadAnswer
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import checked
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.invite import INVITE

SENT = {"id": "invite-1", "email": "x@example.com", "role": "reader", "status": "pending", "created_at": 1}
GRANT = {"id": "proj_1", "role": "member"}


@pytest.mark.parametrize(
    "projects", [None, [], [GRANT], [{}], [{"id": None, "role": None}], [{**GRANT, "role": "unheard of", "more": 7}]]
)
def test_what_an_answer_has_or_leaves_out_is_fine(projects: Any) -> None:
    answer = {**SENT, "projects": projects}
    assert checked(INVITE, answer, "send the invite") == answer


@pytest.mark.parametrize(
    ("wrong", "flaw"),
    [
        ({"id": ""}, "it has no id"),
        ({"role": 7}, "role is not a string"),
        ({"created_at": "today"}, "created_at is not a number"),
        *(
            ({"projects": projects}, "projects is not a list of projects")
            for projects in (
                GRANT,
                [7],
                [GRANT, None],
                [{**GRANT, "id": 7}],
                [GRANT, {**GRANT, "role": 7}],
                [{**GRANT, "role": [7]}],
                [{**GRANT, "role": {"seven": 7}}],
            )
        ),
    ],
)
def test_what_is_of_another_type_is_no_answer(wrong: dict[str, Any], flaw: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        checked(INVITE, {**SENT, **wrong}, "send the invite")
    assert refused.value.message.startswith(f"Could not send the invite: the answer is not a valid invite ({flaw}).")
    assert refused.value.executed is True
