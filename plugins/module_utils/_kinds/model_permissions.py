# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Model permissions: which models a project may use, as a list of allowed or denied ones."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import IN_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.rate_limit import RATE_LIMIT
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Current,
    Desired,
    Elsewhere,
    Field,
    Remove,
    Resource,
    Route,
)

MODELS = Elsewhere("models", by=(), resource=RATE_LIMIT, checking=("allow", "deny"), is_advice=True)
"""The project's rate limits name every model that it can use; an admin key cannot list models."""


def some_allowed(models: Any) -> Any:
    """Return the models. Raises C(ValueError) for an empty list, which would block all models."""
    if not models:
        raise ValueError("must name a model: an empty list would keep the project from using any")
    return models


def some_denied(models: Any) -> Any:
    """Return the models. Raises C(ValueError) for an empty list."""
    if not models:
        raise ValueError("must name a model: to let the project use all models, set state: absent")
    return models


def unknown_models(desired: Desired, current: Current) -> Iterator[str]:
    """Warn about models that the project does not have, according to its rate limits."""
    if not desired.present:
        return
    words, listed = current.unread.get(MODELS.name), current.elsewhere.get(MODELS.name)
    if words is not None:
        yield f"Whether the project has the models that the {desired.label} name could not be checked: {words}"
    known = {str(item.get("model")) for item in listed or ()}
    for option in MODELS.checking if known else ():
        for model in desired.values.get(option) or ():
            if _base(model) not in known:
                near = next(iter(get_close_matches(model, known, 1)), None)
                hint = f" (did you mean '{near}'?)" if near else ""
                yield (
                    f"{option} of the {desired.label} names '{model}', for which the project has no rate"
                    f" limits{hint}: the model may not exist."
                )


def _base(model: str) -> str:
    """Return the model with the rate limits: for C(ft:gpt-5:org::id), C(gpt-5)."""
    return model.split(":")[1] if model.startswith("ft:") else model


MODEL_PERMISSIONS = Resource(
    kind="model_permissions",
    plural="model_permissions",
    routes=(Route("/organization/projects/{project_id}/model_permissions", IN_PROJECT),),
    unset="404",
    fields=tuple(
        Field(
            option,
            "set",
            body="model_ids",
            answer="model_ids",
            marked_by=("mode", f"{option}_list"),
            required=True,
            clean=clean,
        )
        for option, clean in (("allow", some_allowed), ("deny", some_denied))
    ),
    create_verb="set",
    remove=Remove(verb="remove"),
    elsewhere=(MODELS,),
    cautions=(unknown_models,),
)
