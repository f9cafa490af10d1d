# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Rules of kinds that need the snapshot, and therefore cannot be beside their resources.

People are in several collections at once, and a certificate must not be deleted while it is active. All other rules
of a kind are in its row of the registry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from ansible_collections.community.openai_admin.plugins.module_utils._certificates.plan import plan_certificate
from ansible_collections.community.openai_admin.plugins.module_utils._core.manage import Planner
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import plan
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import (
    CERTIFICATES,
    MEMBERS,
    MODELS,
    PEOPLE,
    PROVIDERS,
    RATE_LIMITS,
    RETENTION,
    RULES,
    SPEND_LIMITS,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.spend_limit import ORGANIZATION
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.workload_identity_provider import (
    RULES as RULES_OF_PROVIDER,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Kind
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Current, Resource
from ansible_collections.community.openai_admin.plugins.module_utils._organization.certificates import (
    with_places_where_active,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.context import Looked, Run
from ansible_collections.community.openai_admin.plugins.module_utils._organization.people import (
    as_they_will_be,
    is_hidden,
    note_person,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.steps import Step


def _as_found(unused_run: Run, looked: Looked) -> Current:
    return looked.current


def _with_value_above(row: Kind, option: str, run: Run, looked: Looked) -> Current:
    """Return the value of a project with the value that the organization declares for an option."""
    found = looked.current
    for declared in run.declaration.of(row) if looked.project else ():
        value = declared.desired.values.get(option) if declared.desired.present else None
        if value is not None:
            found = replace(found, elsewhere={**found.elsewhere, ORGANIZATION: ({option: value},)})
    return found


def _models_left_out(run: Run, looked: Looked) -> Iterator[str]:
    """Warn of models with rate limits of the same project that its list of allowed models omits."""
    allowed, desired = looked.desired.values.get("allow"), looked.desired
    project = next((each for each in run.declaration.projects or () if looked.place.holds(each)), None)
    if allowed is None or project is None or not desired.present:
        return
    limited = (each for each in project.collections.get(RATE_LIMITS.word, ()) if not each.default)
    for model in sorted({str(each.params.get("model")) for each in limited} - {*allowed}):
        yield (
            f"allow of the {desired.label} omits '{model}', for which the same project declares rate limits: it cannot"
            " be used there."
        )


def _without_purged_rules(unused_run: Run, looked: Looked) -> Current:
    """Return a provider that goes without its rules, if its entry purges all of them: they go before it."""
    entry = looked.declared
    if entry.stays or RULES.word not in entry.purge or any(rule.stays for rule in entry.collections[RULES.word]):
        return looked.current
    return replace(looked.current, elsewhere={**looked.current.elsewhere, RULES_OF_PROVIDER: ()})


def _never_hidden(unused_run: Run, unused_looked: Looked, unused_current: Current) -> bool:
    return False


def _no_warnings(unused_run: Run, unused_looked: Looked) -> Iterable[str]:
    return ()


def _note_leaving(run: Run, step: Step) -> Run:
    """Return the run without an object that goes, because later plans may count what stays in its set or container."""
    todo = step.todo
    if step.row and (step.row.owned or step.row.goes_first) and todo.writes and todo.before and not todo.after:
        run.snapshot.note(step.job.resource, step.job.current.ids, step.job.current.object, None)
    return run


@dataclass(frozen=True, eq=False)
class Rules:
    """Additional rules of a kind."""

    warn: Callable[[Run, Looked], Iterable[str]] = _no_warnings
    """Returns warnings about a change, given the rest of the declaration."""

    prepare: Callable[[Run, Looked], Current] = _as_found
    """Returns the current state with additional data for the plan. Raises C(AdminError)."""
    plan: Planner = plan
    is_hidden: Callable[[Run, Looked, Current], bool] = _never_hidden
    """Returns whether the API hides the object until an earlier step is done."""
    learn: Callable[[Run, Step], Run] = _note_leaving
    """Returns the run with what later plans have to know about a step."""


_RULES: Mapping[str, Rules] = {
    PEOPLE.resource.kind: Rules(learn=note_person),
    MEMBERS.resource.kind: Rules(prepare=as_they_will_be, is_hidden=is_hidden),
    SPEND_LIMITS.resource.kind: Rules(prepare=partial(_with_value_above, SPEND_LIMITS, "usd_per_month")),
    RETENTION.resource.kind: Rules(prepare=partial(_with_value_above, RETENTION, "type")),
    MODELS.resource.kind: Rules(warn=_models_left_out),
    PROVIDERS.resource.kind: Rules(prepare=_without_purged_rules),
    CERTIFICATES.resource.kind: Rules(prepare=with_places_where_active, plan=plan_certificate),
}


def rules_of(resource: Resource) -> Rules:
    """Return the rules of a resource's kind."""
    return _RULES.get(resource.kind, _USUAL)


_USUAL = Rules()
