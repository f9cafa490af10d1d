# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Activation of certificates: as declared, in few calls, never none at all, and never without the caller."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate import fingerprint
from integration.playbooks import Ansible, PlaybookRun, module, planted
from integration.scenarios import TASK, messages
from simulator import Authority, Simulator, running

FINGERPRINT = fingerprint(Authority("second").certificate())
ORGANIZATION: dict[str, Any] = {
    "users": [{"email": "owner@example.com", "role": "owner"}],
    "projects": [{"name": "one", "id": "proj_one"}, {"name": "two", "id": "proj_two"}],
    "certificates": [
        {"name": "first", "id": "cert_first", "active": True, "generate": {"common_name": "first"}},
        {"name": "second", "id": "cert_second", "projects": ["one"], "generate": {"common_name": "second"}},
        {"name": "third", "id": "cert_third", "generate": {"common_name": "third"}},
        {"name": "twin", "id": "cert_twin_1", "generate": {"common_name": "twin 1"}},
        {"name": "twin", "id": "cert_twin_2", "generate": {"common_name": "twin 2"}},
    ],
}
NONE_ACTIVE = {
    **ORGANIZATION,
    "certificates": [{**each, "active": False, "projects": []} for each in ORGANIZATION["certificates"]],
}


def activation(*certificates: str, **arguments: Any) -> TASK:
    """A task for certificates by name."""
    return module("certificate_activation", certificates=[{"name": name} for name in certificates], **arguments)


def play(
    ansible: Ansible, tasks: Mapping[str, TASK], *options: str, organization: Any = None, **variables: str
) -> PlaybookRun:
    ansible.simulator.reset(organization or ORGANIZATION)
    named = [{"name": name, **task, "ignore_errors": True} for name, task in tasks.items()]
    return ansible.play(named, *options, **variables)


def active(simulator: Simulator) -> list[str]:
    return [each["id"] for each in simulator.state()["certificates"] if each["active"]]


def test_certificates_become_active_and_inactive_as_declared(ansible: Ansible) -> None:
    colons = ":".join(FINGERPRINT[place : place + 2] for place in range(0, 64, 2)).upper()
    tasks = {
        "by fingerprint": module("certificate_activation", certificates=[{"fingerprint": colons}]),
        "by id": module("certificate_activation", certificates=[{"certificate_id": "cert_twin_1"}]),
        "both again": module(
            "certificate_activation", certificates=[{"fingerprint": FINGERPRINT}, {"certificate_id": "cert_twin_1"}]
        ),
        "the id counts": module(
            "certificate_activation", certificates=[{"certificate_id": "cert_first", "name": "third"}]
        ),
        "an empty id does not": module(
            "certificate_activation", certificates=[{"certificate_id": "", "name": "first"}]
        ),
        "twice the same": activation("first", "first"),
        "not this one": activation("second", state="inactive"),
        "nobody": activation(),
        "only these": activation("first", "third", exclusive=True),
        "none at all": activation(exclusive=True, allow_empty=True),
    }
    run = play(ansible, tasks)
    assert messages(run) == {}
    changed = ["by fingerprint", "by id", "not this one", "only these", "none at all"]
    assert [task.name for task in run.tasks if task.changed] == changed
    states = {
        task.name: [each["name"] for each in task.result["certificate_activation"]["active"]] for task in run.tasks
    }
    assert states["by id"] == ["twin", "second", "first"]
    assert states["not this one"] == states["nobody"] == ["twin", "first"]
    assert states["only these"] == ["third", "first"]
    assert states["none at all"] == active(ansible.simulator) == []
    only = run["only these"]
    assert [each["id"] for each in only.result["activated"]] == ["cert_third"]
    assert [(each["id"], each["active"]) for each in only.result["deactivated"]] == [("cert_twin_1", False)]
    assert [write["path"].rsplit("/", 1)[1] for write in only.writes] == ["activate", "deactivate"]


def test_a_project_has_active_certificates_of_its_own(ansible: Ansible) -> None:
    tasks = {
        "unchanged": activation("second", project="one"),
        "by id": activation("third", project_id="proj_one", exclusive=True),
        "gone": activation("third", project="one", state="inactive"),
        "in a project that is not there": activation("third", project="later", state="inactive"),
    }
    run = play(ansible, tasks, "--diff")
    assert messages(run) == {}
    assert [task.changed for task in run.tasks] == [False, True, True, False]
    assert run["by id"].result["diff"]["before"] == {"active": ["second"]}
    assert run["by id"].result["diff"]["after"] == {"active": ["third"]}
    assert active(ansible.simulator) == ["cert_first"]


WRONG: dict[str, tuple[TASK, str]] = {
    "none": (module("certificate_activation"), "certificates is required"),
    "empty": (activation(exclusive=True), "certificates is empty, and exclusive would deactivate all"),
    "exclusive": (activation("first", state="inactive", exclusive=True), "exclusive needs state: active"),
    "nameless": (
        module("certificate_activation", certificates=[{"name": " "}, {"name": None}]),
        "each entry of certificates needs one of certificate_id, fingerprint, name",
    ),
    "short": (
        module("certificate_activation", certificates=[{"fingerprint": "ab:cd"}]),
        "fingerprint must be a SHA-256 fingerprint: 64 hexadecimal digits",
    ),
    "blank project": (activation("first", project=" "), "project must not be empty"),
    "all at once": (
        module("certificate_activation", project=" ", certificates=[{}], state="inactive", exclusive=True),
        "project must not be empty; exclusive needs state: active; each entry of certificates needs one of",
    ),
}


def test_what_cannot_be_fails_before_the_first_request(ansible: Ansible) -> None:
    run = play(ansible, {name: task for name, (task, unused_words) in WRONG.items()})
    told = messages(run)
    assert {name: words for name, (unused_task, words) in WRONG.items() if words not in told.get(name, "")} == {}
    assert [request for task in run.tasks for request in task.requests] == []


UNKNOWN = {
    "by name": activation("first", "never"),
    "by fingerprint": module("certificate_activation", certificates=[{"fingerprint": "ab" * 32}]),
    "by id": module("certificate_activation", certificates=[{"certificate_id": "cert_none"}]),
    "by an empty id": module("certificate_activation", certificates=[{"certificate_id": None}]),
    "by a name of two": activation("twin"),
    "in no project": activation("first", project_id=""),
    "in a project that is not there": activation("first", project="later", allow_lockout=True),
}
NEVER_PREDICTED = ("by id", "by a name of two")


def test_a_certificate_that_is_not_there_fails_and_says_which_are(ansible: Ansible) -> None:
    run = play(ansible, UNKNOWN)
    told = messages(run)
    assert set(told) == set(UNKNOWN)
    there = "(there are: twin, third, second, first)"
    assert told["by name"] == f"Could not activate certificates: Certificate 'never' does not exist {there}."
    assert f"Certificate with the fingerprint {'ab' * 32} does not exist {there}" in told["by fingerprint"]
    assert told["by id"] == f"There is no certificate cert_none {there}."
    assert "(cert_twin_2, cert_twin_1). Give certificate_id instead." in told["by a name of two"]
    assert "project_id is empty and names no project" in told["in no project"]
    assert run.writes == []


def test_check_mode_counts_on_earlier_tasks(ansible: Ansible) -> None:
    run = play(ansible, UNKNOWN, "--check", "--diff")
    assert set(messages(run)) == {*NEVER_PREDICTED, "in no project"}
    assert "first active certificate of a project that does not exist yet" in messages(run)["in no project"]
    for task in run.tasks:
        if not task.failed:
            assert task.changed
            assert len(task.warnings) == 1
    predicted = run["by name"].result["certificate_activation"]["active"]
    assert [(each["id"], each["name"]) for each in predicted] == [("cert_first", "first"), (None, "never")]
    there = run["in a project that is not there"].result["certificate_activation"]
    assert (there["project"], there["project_id"]) == ("later", None)
    assert [each["id"] for each in there["active"]] == ["cert_first"]


def test_what_is_gone_need_not_become_inactive(ansible: Ansible) -> None:
    tasks = {name: {k: {**v, "state": "inactive"} for k, v in task.items()} for name, task in UNKNOWN.items()}
    del tasks["in no project"], tasks["by a name of two"], tasks["by name"]
    run = play(ansible, tasks)
    assert messages(run) == {}
    assert [task.changed for task in run.tasks] == [False] * len(tasks)
    assert [len(task.warnings) for task in run.tasks] == [1, 1, 1, 0]


def test_a_change_that_is_interrupted_says_what_was_done_and_goes_on(ansible: Ansible) -> None:
    ansible.simulator.reset(ORGANIZATION)
    ansible.simulator.fault("status", "/organization/certificates/deactivate", "POST", status=403, message="Not now.")
    task = activation("third", exclusive=True)
    run = ansible.play([{"name": "do", **task, "ignore_errors": True}, {"name": "go on", **task}])
    assert run["do"].result["changed"] is True
    assert run["do"].result["done"] == ["activate certificates cert_third"]
    assert [each["id"] for each in run["go on"].result["deactivated"]] == ["cert_first"]
    assert run["go on"].result["activated"] == []


# --- rotation


def many(names: Iterable[str], **state: Any) -> list[dict[str, Any]]:
    return [{"name": name, "id": f"cert_{name}", "generate": {"common_name": name}, **state} for name in names]


OLD = [f"old-{number}" for number in range(25)]
NEW = [f"new-{number}" for number in range(25)]
ROTATION = {**ORGANIZATION, "certificates": [*many(OLD, active=True, projects=["one"]), *many(NEW)]}


def replayed(writes: Iterable[Mapping[str, Any]], start: Iterable[str]) -> list[set[str]]:
    """What was active after each call, by the log."""
    moments = [set(start)]
    for write in writes:
        ids = set(write["body"]["certificate_ids"])
        assert 1 <= len(ids) <= 10
        moments.append(moments[-1] | ids if write["path"].endswith("/activate") else moments[-1] - ids)
    return moments


@pytest.mark.parametrize("scope", [{}, {"project": "one"}], ids=["in the organization", "in a project"])
def test_a_rotation_of_25_to_25_keeps_some_active_at_every_moment(scope: TASK, ansible: Ansible) -> None:
    task = activation(*NEW, exclusive=True, **scope)
    run = play(ansible, {"rotate": task, "again": task}, organization=ROTATION)
    assert messages(run) == {}
    moments = replayed(run["rotate"].writes, [f"cert_{name}" for name in OLD])
    assert all(moments)
    assert len(moments) == 1 + 3 + 3
    assert moments[-1] == {f"cert_{name}" for name in NEW}
    assert not run["again"].changed
    assert run["again"].writes == []


# --- lock-out, against a server that demands client certificates


@pytest.fixture(scope="module")
def secure_server() -> Iterator[Simulator]:
    with running(tls=True) as simulator:
        yield simulator


@pytest.fixture(params=[True, False], ids=["in_process", "as_module"])
def secure(secure_server: Simulator, tmp_path: Path, request: pytest.FixtureRequest) -> Ansible:
    return Ansible(secure_server, tmp_path, in_process=request.param)


def caller(ansible: Ansible, authority: str) -> TASK:
    """The options of a task that comes with a client certificate of that authority."""
    certificate, key = Authority(authority).issue(ansible.folder)
    return {"client_cert": str(certificate), "client_key": str(key)}


def play_secure(
    ansible: Ansible, tasks: Mapping[str, TASK], *options: str, organization: Any, **more: str
) -> PlaybookRun:
    trust = {"OPENAI_CA_PATH": ansible.simulator.ca_path, "SSL_CERT_FILE": ansible.simulator.ca_path}
    return play(ansible, tasks, *options, organization=organization, **trust, **more)


def test_the_first_activation_needs_a_client_certificate_that_it_lets_in(secure: Ansible) -> None:
    tasks = {
        "without one": activation("first"),
        "without one in a project": activation("first", project="one"),
        "of another": activation("first", **caller(secure, "second")),
        "of a stranger": activation("first", "second", **caller(secure, "stranger")),
        "with one in a project": activation("first", project="one", **caller(secure, "second")),
    }
    for options in ["--check"], []:
        run = play_secure(secure, tasks, *options, organization=NONE_ACTIVE)
        told = messages(run)
        assert "this task has none. Set client_cert and client_key" in told["without one"]
        assert "first active certificate of project 'one'" in told["without one in a project"]
        for name in "of another", "of a stranger":
            assert "None of the certificates that would be active has signed" in told[name]
            assert "first (cert_first)" in told[name]
        assert all("allow_lockout: true" in words for words in told.values())
        assert [task.name for task in run.tasks if task.changed] == ["with one in a project"]
        assert active(secure.simulator) == []


def test_whoever_is_let_in_goes_on(secure: Ansible) -> None:
    tasks = {
        "activate": activation("second", "first", **caller(secure, "first")),
        "again": activation("second", "first", **caller(secure, "first")),
        "by the other": activation("second", **caller(secure, "second")),
        "without one": activation("first"),
    }
    run = play_secure(secure, tasks, organization=NONE_ACTIVE)
    assert [task.changed for task in run.tasks] == [True, False, False, False]
    assert set(messages(run)) == {"without one"}
    assert run["without one"].result["error_code"] == "client_certificate_required"
    assert messages(run)["without one"].endswith(
        "(HTTP 401). Set client_cert and client_key to a client certificate that an active certificate has signed."
    )


def test_the_caller_is_not_shut_out_while_the_first_ones_become_active(secure: Ansible) -> None:
    """They go in chunks, and after the first one client certificates are demanded already."""
    names = [*OLD, "mine"]
    organization = {**ORGANIZATION, "certificates": many(names)}
    run = play_secure(secure, {"activate": activation(*names, **caller(secure, "mine"))}, organization=organization)
    assert messages(run) == {}
    assert run["activate"].writes[0]["body"]["certificate_ids"][0] == "cert_mine"
    assert len(run.writes) == 3
    assert len(active(secure.simulator)) == len(names)


BOTH = {**ORGANIZATION, "certificates": many(["first", "second"], active=True) + many(["third"])}


def test_what_lets_the_caller_in_stays_active(secure: Ansible) -> None:
    first = caller(secure, "first")
    tasks = {
        "deactivated": activation("first", state="inactive", **first),
        "exchanged": activation("third", exclusive=True, **first),
        "deleted": module("certificate", name="first", state="absent", deactivate_first=True, **first),
    }
    for options in ["--check"], []:
        run = play_secure(secure, tasks, *options, organization=BOTH)
        told = messages(run)
        assert set(told) == set(tasks)
        assert all("None of the certificates that would be active has signed" in words for words in told.values())
        assert "The active certificates would be: third (cert_third)." in told["exchanged"]
        assert run.writes == []
    others = {
        "the other": activation("second", state="inactive", **first),
        "one more": activation("third", **first),
        "all of them": activation(exclusive=True, allow_empty=True, **first),
    }
    run = play_secure(secure, others, organization=BOTH)
    assert messages(run) == {}
    assert [len(task.writes) for task in run.tasks] == [1, 1, 1]
    assert len(run["one more"].requests) == 2  # who was let in still is: no content was read for it


def test_whoever_means_it_is_locked_out(secure: Ansible) -> None:
    first = caller(secure, "first")
    tasks = {
        "exchange": activation("third", exclusive=True, allow_lockout=True, **first),
        "too late": activation("first", **first),
        "by the new one": activation("third", **caller(secure, "third")),
    }
    run = play_secure(secure, tasks, organization=BOTH)
    assert set(messages(run)) == {"too late"}
    assert run["too late"].result["status_code"] == 401
    assert active(secure.simulator) == ["cert_third"]
    deleted = module("certificate", name="first", state="absent", deactivate_first=True, allow_lockout=True, **first)
    run = play_secure(secure, {"deleted": deleted}, organization=BOTH)
    assert "client_certificate_required" in str(run["deleted"].result)
    assert run["deleted"].result["done"] == ["deactivate certificate 'first' in the organization"]


def test_a_rotation_of_25_to_25_in_two_runs(secure: Ansible) -> None:
    """As the guide has it: beside the old ones first, and then with a client certificate of the new ones."""
    tasks = {
        "beside": activation(*NEW, **caller(secure, OLD[7])),
        "too early": activation(*NEW, exclusive=True, **caller(secure, OLD[7])),
        "alone": activation(*NEW, exclusive=True, **caller(secure, NEW[24])),
        "again": activation(*NEW, exclusive=True, **caller(secure, NEW[24])),
    }
    run = play_secure(secure, tasks, organization=ROTATION)
    assert set(messages(run)) == {"too early"}
    assert [task.changed for task in run.tasks] == [True, False, True, False]
    moments = replayed(run.writes, [f"cert_{name}" for name in OLD])
    assert all(moments)
    assert moments[-1] == {f"cert_{name}" for name in NEW}
    assert {write["status"] for write in run.writes} == {200}


@pytest.fixture
def without_cryptography(secure: Ansible) -> dict[str, str]:
    """Variables with which Python does not find the library."""
    hidden = secure.folder / "hidden" / "cryptography"
    hidden.mkdir(parents=True)
    (hidden / "__init__.py").write_text("raise ImportError('hidden by a test')\n", encoding="utf-8")
    return {"PYTHONPATH": str(hidden.parent)}


@pytest.mark.series(1)
def test_without_cryptography_nobody_can_know(secure: Ansible, without_cryptography: dict[str, str]) -> None:
    first = caller(secure, "first")
    tasks = {
        "unknown": activation("second", state="inactive", **first),
        "still": activation("third", **first),
        "uploaded": module("certificate", name="new", content=Authority("new").certificate(), **first),
        "meant": activation("second", state="inactive", allow_lockout=True, **first),
    }
    run = play_secure(secure, tasks, organization=BOTH, **without_cryptography)
    assert set(messages(run)) == {"unknown"}
    assert "library cryptography, version 40 or newer, can check" in messages(run)["unknown"]
    assert [len(task.writes) for task in run.tasks] == [0, 1, 1, 1]
    uploaded = run["uploaded"].result["certificate"]
    assert None not in (uploaded["not_before"], uploaded["not_after"], uploaded["fingerprint"])


def test_a_file_without_a_certificate_lets_nobody_in(ansible: Ansible) -> None:
    (ansible.folder / "key.pem").write_text("-----BEGIN PRIVATE KEY-----\n", encoding="ascii")
    task = activation("first", client_cert=str(ansible.folder / "key.pem"))
    run = play(ansible, {"activate": task}, organization=NONE_ACTIVE)
    assert f"client_cert: {ansible.folder}/key.pem holds no certificate" in messages(run)["activate"]
    assert run.writes == []


def test_the_guard_is_what_keeps_the_caller_in(secure_server: Simulator, tmp_path: Path) -> None:
    """With a defect in it, the tests above would see what they look for."""
    tree = planted(tmp_path, "plugins/module_utils/_certificates/lockout.py", "if accepts(", "if not accepts(")
    ansible = replace(Ansible(secure_server, tmp_path), collections=tree)
    task = activation("third", exclusive=True, **caller(ansible, "first"))
    run = play_secure(ansible, {"exchanged": task}, organization=BOTH)
    assert len(run.writes) == 2
    assert active(secure_server) == ["cert_third"]
