# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Objects that another change of the same run may have changed, read once more at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, Refused, Stopped
from ansible_collections.community.openai_admin.plugins.module_utils._api.parallel import Piece, spread
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import differing
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import read_one
from ansible_collections.community.openai_admin.plugins.module_utils._organization.context import PROJECT_ID, Run
from ansible_collections.community.openai_admin.plugins.module_utils._organization.steps import End, Step


def read_back(run: Run, steps: Sequence[Step], ends: Sequence[End]) -> list[End]:
    """Return the ends of a run, with a failure for each object that is no longer as declared.

    C(ends) are those of the steps that were due. Only objects whose kind follows another one are read, and only if that
    other one was changed in the same organization or project.
    """
    due = [step for step in steps if step.is_due]
    suspects = list(_suspects(steps, dict(zip(due, ends)), ends))
    pieces = [Piece(_route(step), partial(_verify, run, step)) for unused_planned, step in suspects]
    came_to = spread(run.client, pieces, run.pace, "Reading back")
    failed = {
        planned: End(step, error=found)
        for (planned, step), found in zip(suspects, came_to)
        if isinstance(found, AdminError) and not isinstance(found, Stopped)
    }
    return [*(failed.pop(step, end) for step, end in zip(due, ends)), *failed.values()]


def _route(step: Step) -> str:
    return f"GET {step.job.resource.path_in(step.job.current.ids)}"


def _suspects(steps: Sequence[Step], ended: dict[Step, End], ends: Sequence[End]) -> Iterator[tuple[Step, Step]]:
    """Yield the steps whose objects have to be read again, as planned and as carried out."""
    changed = {(end.step.kind, end.step.job.current.ids.get(PROJECT_ID)) for end in ends if end.made}
    for planned in steps:
        end = ended.get(planned)
        step = end.step if end else planned
        if step.row is None or not step.job.desired.present or (end and not end.succeeded):
            continue
        project = step.job.current.ids.get(PROJECT_ID)
        if any((other.kind, project) in changed for other in step.row.follows):
            yield planned, step


def _verify(run: Run, step: Step) -> bool:
    """Read an object again, and return that it is as declared. Raises C(AdminError) if it is not."""
    resource, desired, current = step.job.resource, step.job.desired, step.job.current
    found = next(iter(read_one(run.client, resource, current.ids, of=current.of, seen=True)), None)
    if found is not None and not differing(resource, desired, found):
        return True
    now = "no longer set" if found is None else "no longer as declared"
    others = " and ".join(each.titles for each in step.row.follows) if step.row else ""
    raise Refused(
        f"The {desired.label} is {now}: this run changed {others} there, and the API changed it together with them. Run"
        " the task again to set it again.",
        changed=True,
    )
