# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""How a task runs, from its options to the keys of its result."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client, Connection
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    AdminError,
    BadInput,
    problem_facts,
    readable,
    refusal,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.lists import bad_lists, read_lists
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import (
    COLLECTION,
    REMOVED_IN,
    Delivery,
    Outcome,
    Task,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Given, Mode, Params
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible

ORGANIZATION_NAME = "organization_name"
"""The key of all results for the organization that the answers name."""
_QUIET_WAIT = 5
"""Seconds of waiting up to which a task does not warn, unless the API limited the rate."""


def perform(task: Task, params: Params, given: Given, mode: Mode, delivery: Delivery | None = None) -> dict[str, Any]:
    """Run a task, and return the keys of its result. Raises C(AdminError)."""
    given = with_lists(task, given)
    client = Client(connection(params), parent=os.getppid())
    try:
        outcome = task.work(client, params, given, mode, delivery)
        return _result(outcome, client, mode)
    except AdminError as error:
        error.facts = {**error.facts, ORGANIZATION_NAME: client.organization}
        raise
    finally:
        client.close()


def with_lists(task: Task, given: Given) -> Given:
    """Return the options that the task sets, with lists parsed from strings. Raises C(BadInput) for invalid ones."""
    given = read_lists(task.argument_spec, task.spread(given))
    problems = list(bad_lists(task.argument_spec, given))
    if problems and task.diagnose:
        raise refusal(BadInput, problem_facts(task.diagnose(given)))
    if problems:
        raise BadInput(f"{'; '.join('.'.join(filter(None, (each.where, each.what))) for each in problems)}.")
    return given


def of_option(said: str, messages: Sequence[str]) -> str:
    """Return what ansible-core says first of bad options, or the one of all its messages that names the option too."""
    return next((each for each in messages[1:] if each.endswith(f": {messages[0]}")), said)


def connection(params: Params) -> Connection:
    """Return the connection; null and empty options count as not given. Raises C(BadInput) for an empty key."""
    if params.get("admin_key") == "":
        raise BadInput("No admin key: the option admin_key is empty. Leave it out to use OPENAI_ADMIN_KEY.")
    named = {each.name: params.get(each.name) for each in fields(Connection)}
    given = {name: value for name, value in named.items() if value is not None and value != ""}
    return Connection(**{"admin_key": "", **given})


def _result(outcome: Outcome, client: Client, mode: Mode) -> dict[str, Any]:
    told = {"changed": outcome.changed, ORGANIZATION_NAME: client.organization}
    result = {**told, **outcome.returns, **outcome.secrets}
    if mode.diff and outcome.header:
        headers = {"before_header": outcome.header, "after_header": outcome.header}
        result["diff"] = _shown({**headers, "before": outcome.before, "after": outcome.after})
    if mode.diff and outcome.diffs is not None:
        result["diff"] = [_shown(each) for each in outcome.diffs]
    warnings = list(outcome.warnings)
    waits = _waits(client)
    if waits:
        warnings.append(_told(client.delay, waits))
        result.setdefault("requests", waits)
    if outcome.deprecations:
        when = {"version": REMOVED_IN, "collection_name": COLLECTION}
        result["deprecations"] = [{"msg": readable(each), **when} for each in outcome.deprecations]
    warnings.extend(_too_large(result))
    return {**result, "warnings": list(map(readable, warnings))} if warnings else result


def _shown(diff: Any) -> Any:
    """Return a diff with visible control characters: only people read it, in a terminal."""
    if isinstance(diff, str):
        return visible(diff)
    if isinstance(diff, Mapping):
        return {name: _shown(each) for name, each in diff.items()}
    return [_shown(each) for each in diff] if isinstance(diff, (list, tuple)) else diff


def _too_large(result: Mapping[str, Any]) -> Iterator[str]:
    """Yield a warning if the result exceeds the maximum size of an event in AWX."""
    most = os.environ.get("MAX_EVENT_RES", "")
    size = len(json.dumps(result, default=str)) if most.isdigit() else 0
    if most.isdigit() and size > int(most):
        yield (
            f"The result has {size} bytes, and AWX keeps {most} of an event. The playbook gets all of it; to see it in"
            " AWX, narrow it by options such as project, include or max_results."
        )


def _told(delay: float, routes: Iterable[str]) -> str:
    """Return a warning about how much longer a task took because it waited."""
    waited, limits = f"waited for the API on {', '.join(routes)}", "Its limits are per minute and route."
    if round(delay, 1):
        return f"The task took {delay:.1f} s longer, because it {waited}. {limits}"
    return f"Some requests {waited} while others continued, so the task took no longer. {limits}"


def _waits(client: Client) -> dict[str, dict[str, float]]:
    """Return counts and seconds by route, if the task waited long enough for a warning."""
    routes = {name: route for name, route in client.routes.items() if route.waited}
    limited = any(route.limited for route in routes.values())
    if not limited and client.delay <= _QUIET_WAIT:
        return {}
    return {
        name: {"sent": route.sent, "retries": route.retries, "waited": round(route.waited, 3)}
        for name, route in sorted(routes.items())
    }
