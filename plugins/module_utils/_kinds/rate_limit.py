# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Rate limits of a project: one object per model, which can only be changed."""

from __future__ import annotations

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import IN_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Current,
    Desired,
    Field,
    Key,
    Refuse,
    Resource,
    Route,
    Verdict,
)

LIMITS = (
    "max_requests_per_1_minute",
    "max_tokens_per_1_minute",
    "max_images_per_1_minute",
    "max_audio_megabytes_per_1_minute",
    "max_requests_per_1_day",
    "batch_1_day_max_input_tokens",
)


def inapplicable(desired: Desired, current: Current) -> Verdict:
    """Refuse a limit that the answer lacks, and that therefore does not apply to the model."""
    known = current.object
    if known is None:
        return None
    applicable = [limit for limit in LIMITS if known.get(limit) is not None]
    wrong = [limit for limit in LIMITS if limit in desired.values and limit not in applicable]
    if not wrong:
        return None
    advice = f"Set only those that apply: {', '.join(applicable)}." if applicable else "The API shows no limits for it."
    return Refuse(f"The {desired.label} has no {', '.join(wrong)}: that does not apply to the model. {advice}")


RATE_LIMIT = Resource(
    kind="rate_limit",
    plural="rate_limits",
    routes=(Route("/organization/projects/{project_id}/rate_limits", IN_PROJECT),),
    id_param="rate_limit_id",
    by_id=False,
    keys=(Key("model"),),
    fields=(
        Field("id", made_by="server"),
        Field("model", create=False, update=False),
        *(Field(limit, "int", create=False, minimum=0) for limit in LIMITS),
    ),
    creates=(),
    create_verb="update",
    remove=None,
    refusals=(inapplicable,),
)
