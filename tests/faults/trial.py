# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One task with one fault: it comes to what it comes to without, or fails in words, and the next run continues."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import requests
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Outcome
from ansible_collections.community.openai_admin.plugins.modules import usage_info
from faults.kinds import FOR_GOOD, KINDS, TIMED_OUT, Details, Seen
from integration import states
from integration.counted_tasks import ABSENT, DAYS, FEW, ORGANIZATION, PAGE_SIZE, SEARCH, TASKS
from integration.direct import NoWaiting, perform
from integration.states import IN_WORDS, difference, settled
from requests.adapters import BaseAdapter
from simulator import Simulator
from simulator.readings import KIND, READINGS

WORLD = {**ORGANIZATION, "behaviour": {"page_size": PAGE_SIZE, "clock": int(time.time())}}
EVERY_TASK: dict[tuple[str, str], dict[str, Any]] = {
    **TASKS,
    ("certificate_activation", "in a project by id, to be activated"): {
        **SEARCH,
        "certificates": [{"certificate_id": "cert_2"}],
    },
    ("federation_rule", "by id, to be changed"): {
        "workload_identity_provider_id": "wip_0",
        "workload_identity_federation_rule_id": "wifr_1",
        "scopes": ["api.files.read"],
    },
    ("spend_alert", "of a project by id, to be created"): {
        **SEARCH,
        "usd_per_month": 9,
        "recipients": ["ops@example.com"],
    },
    ("spend_alert", "of the organization, by the alert's id, to be changed"): {
        "alert_id": "alert_own",
        "usd_per_month": 8,
    },
    ("spend_alert", "of the organization, by the alert's id, to be deleted"): {"alert_id": "alert_own", **ABSENT},
    ("role", "of a project by id, by name, to be changed"): {**SEARCH, "name": "role-1", **FEW},
    ("role", "of a project by id, by name, to be deleted"): {**SEARCH, "name": "role-1", **ABSENT},
    ("role_assignment", "of a person by id, a role to be added"): {"user_id": "user-dev", "roles": ["role-2"]},
    ("role_assignment", "of a person by id, in a project by id, to be added"): {
        **SEARCH,
        "user_id": "user-dev",
        "roles": ["role-1"],
    },
    ("role_assignment", "of a person by id, in a project by id, to be removed"): {
        **SEARCH,
        "user_id": "user-ops",
        "roles": ["role-1"],
        **ABSENT,
    },
    **{("usage_info", kind): {**DAYS, "kind": kind} for kind in usage_info.TASK.argument_spec["kind"]["choices"]},
}
"""What docs/requests.yml counts the requests of, and tasks for the routes that are left."""
UNKNOWN = "Whether the change was made is unknown"
"""What a message says where nobody can know."""
ADVICE = re.compile(r"again|Check|Narrow|the next run|[Gg]ive|Set|raise|[Rr]evoke|Look|Declare")


class Transport(BaseAdapter):
    """Passes requests on, keeps the answers, and lets those time out that are marked so: in no time."""

    def __init__(self, other: BaseAdapter, answers: dict[str, requests.Response] | None) -> None:
        super().__init__()
        self._other = other
        self._answers = answers

    def send(self, request: requests.PreparedRequest, *arguments: Any, **options: Any) -> requests.Response:
        """Send a request, keep its answer, and raise a timeout if the simulator says so."""
        response = self._other.send(request, *arguments, **options)
        if TIMED_OUT.items() <= dict(response.headers).items():
            raise requests.ReadTimeout("in simulated time")
        if self._answers is not None and response.ok and response.content:
            self._answers[response.headers["x-request-id"]] = response
        return response

    def close(self) -> None:
        """The other one is closed as well."""
        self._other.close()


@dataclass(frozen=True)
class Trial:
    """A task, whether it only predicts, and the reading of the API under which it runs."""

    module: str
    name: str
    check: bool
    reading: str = KIND

    @property
    def arguments(self) -> dict[str, Any]:
        """The options of the task."""
        return EVERY_TASK[self.module, self.name]

    @property
    def state(self) -> str:
        """C(present), C(absent), or C(check)."""
        if self.check:
            return "check"
        return "absent" if self.arguments.get("state") in ("absent", "archived", "inactive") else "present"

    @property
    def manages(self) -> bool:
        """Whether the module can change something."""
        return not self.module.endswith("_info")

    def __str__(self) -> str:
        reading = "" if self.reading == KIND else f", where {self.reading}"
        return f"{self.module}, {self.name}{', check' if self.check else ''}{reading}"

    @property
    def switches(self) -> dict[str, Any]:
        """The simulator's switches for the reading."""
        return dict(READINGS.get(self.reading, {}))

    @property
    def world(self) -> dict[str, Any]:
        """The organization, and how the API reads."""
        return {**WORLD, "behaviour": {**WORLD["behaviour"], **self.switches}}


@dataclass(frozen=True)
class Case:
    """A trial, the request that something happens to, and what."""

    trial: Trial
    seen: Seen
    kind: str
    variant: str
    details: Details = field(hash=False)
    late: bool = False
    """It happens to the last request of the route, not to the first."""

    @property
    def id(self) -> str:
        """The name of the case in the output of pytest."""
        where = f"{'last ' if self.late else ''}{self.seen}"
        return f"{self.kind}: {self.variant} | {where} | {self.trial}"


@dataclass(frozen=True)
class Usual:
    """What a trial comes to when nothing goes wrong."""

    seen: tuple[Seen, ...]
    before: Any
    after: Any
    outcome: Outcome
    ids: frozenset[str]


def run(
    simulator: Simulator, trial: Trial, answers: dict[str, requests.Response] | None = None, **more: Any
) -> Outcome:
    """Run the trial's task once, and keep the answers by the ids of their requests. Raises C(AdminError)."""

    def prepare(client: Client) -> None:
        client._session.mount("http://", Transport(client._session.get_adapter(simulator.url), answers))

    clock = NoWaiting(simulator if "lag_seconds" in trial.switches else None).clock()
    return perform(
        simulator, trial.module, trial.check, clock=clock, prepare=prepare, hidden=True, **trial.arguments, **more
    )


def run_later(simulator: Simulator, trial: Trial, **more: Any) -> Outcome:
    """Run it when lists show all that was created before. Raises C(AdminError)."""
    lag = {name: value for name, value in trial.switches.items() if name.startswith("lag_")}
    if lag:
        simulator.behaviour(**lag)
    return run(simulator, trial, **more)


def usual_under(simulator: Simulator, trial: Trial) -> Usual | None:
    """What a trial comes to under an unkind reading; None where the reading alone makes it fail, or never settle.

    What becomes of it then is what the tests of the whole cycle look at.
    """
    try:
        found = usual(simulator, trial)
        settles = trial.check or not run_later(simulator, trial).changed
    except AdminError:
        return None
    return found if settles else None


def usual(simulator: Simulator, trial: Trial) -> Usual:
    """Find out what a trial sends, and what it comes to. Raises C(AdminError)."""
    simulator.reset(trial.world)
    state = simulator.state()
    ids = frozenset(states.ids(state))
    answers: dict[str, requests.Response] = {}
    outcome = run(simulator, trial, answers)
    found: dict[tuple[str, str], Seen] = {}
    # Sorted, since some are sent in parallel: every process is to find the same cases.
    for entry in sorted(simulator.requests(), key=lambda entry: (entry["method"], entry["path"], str(entry["query"]))):
        where = entry["method"], entry["route"]
        response = answers.get(entry["request_id"])
        count = found[where].count + 1 if where in found else 1
        found[where] = Seen(*where, entry["path"], count, response.json() if response is not None else None)
    return Usual(tuple(found.values()), settled(state, ids), settled(simulator.state(), ids), outcome, ids)


def cases(trial: Trial, usually: Usual) -> Iterator[Case]:
    """Everything that can happen to a trial."""
    for seen in usually.seen:
        for name, kind in KINDS.items():
            if kind.shapes and trial.check and not trial.manages:
                continue  # what only reads reads the same in check mode
            for variant, details in kind.variants(seen):
                yield Case(trial, seen, name, variant, details)
                if seen.count > 1 and "times" not in details:
                    yield Case(trial, seen, name, variant, details, late=True)


def conduct(simulator: Simulator, case: Case, usually: Usual) -> str:
    """Let it happen, and see what comes of it, now and with the next runs: C(converged) or C(failed)."""
    simulator.reset(case.trial.world)
    _plan(simulator, case)
    failure: AdminError | None = None
    try:
        outcome = run(simulator, case.trial)
    except AdminError as error:
        failure = error
    writes = simulator.requests(writes=True)
    after = settled(simulator.state(), usually.ids)
    others = KINDS[case.kind].others or _is_another_object(case)
    if case.trial.check:
        assert writes == []
    if failure is None and not others:
        assert after == usually.after, difference(after, usually.after)
        assert outcome.changed == usually.outcome.changed
        if not _is_other_value(case):
            returned, usually_returned = (settled(each.returns, usually.ids) for each in (outcome, usually.outcome))
            assert returned == usually_returned, difference(returned, usually_returned)
    if failure:
        may_fail = not KINDS[case.kind].heals or (KINDS[case.kind].unsure and case.seen.issues)
        assert case.variant == FOR_GOOD or may_fail, failure.message
        _check_words(failure)
        if not others:
            _check_told(failure, changed=after != usually.before)
    simulator.clear_faults()
    if case.trial.check or others:
        return "converged" if failure is None else "failed"
    advised = _as_advised(failure)
    if failure:  # the next run goes on
        run_later(simulator, case.trial, **advised)
    simulator.clear()
    assert not run_later(simulator, case.trial, **advised).changed
    assert simulator.requests(writes=True) == []
    then = settled(simulator.state(), usually.ids)
    assert then == usually.after, difference(then, usually.after)
    return "converged" if failure is None else "failed"


def _plan(simulator: Simulator, case: Case) -> None:
    """Tell the simulator what is to happen, and to which request of the route."""
    seen = case.seen
    for dummy in range(seen.count - 1 if case.late else 0):
        simulator.fault("delay", seen.route, seen.method)
    simulator.fault(path=seen.route, method=seen.method, **case.details)


def _check_words(failure: AdminError) -> None:
    """It is a sentence for people."""
    assert re.match(IN_WORDS, failure.message, re.DOTALL), failure.message
    assert "Traceback" not in failure.message


def _check_told(failure: AdminError, changed: bool) -> None:
    """It says what to do, and whether anything was changed, as far as that can be known."""
    message = failure.message
    assert ADVICE.search(message), message
    if changed:
        assert failure.facts.get("changed") or UNKNOWN in message, message
    else:
        assert not failure.facts.get("changed") or "revoked" in message, message


def _as_advised(failure: AdminError | None) -> dict[str, str]:
    """The options that the message of a failure says to add to the task."""
    found = re.search(r"Add (\w+): (\w+) to the task", failure.message if failure else "")
    return {found[1]: found[2]} if found else {}


def _is_other_value(case: Case) -> bool:
    """The server answers something else, which comes back."""
    return case.kind == "wrong shape"


def _is_another_object(case: Case) -> bool:
    """An answer of a right shape, but about something else: what it says is empty can be empty."""
    return case.kind == "wrong shape" and case.details["body"] is None
