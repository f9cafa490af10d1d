# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The job rotate_key: the key that is stored works at every moment, wherever a run ends, and nobody else sees it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from ansible.parsing.vault import VaultLib, VaultSecret
from integration.guides import TASK_FILES
from integration.key_rotations import (
    FIELD,
    ID_FIELD,
    OLD,
    PASSWORD,
    PATH,
    STORED,
    Job,
    decrypted,
    said,
    summary,
    writes,
)
from integration.key_series import ISSUE, KEYS, NOW, key, left, organization
from integration.playbooks import Ansible, tree
from integration.stores import TOKEN, Store, Trouble, kubernetes, plain, running_store, vault
from simulator import Simulator

# One job for each store


def in_vault(ansible: Ansible, store: Store) -> Job:
    store.put(PATH, dict(STORED))
    settings = {"store": "vault_kv2", "store_url": f"{store.url}/", "store_path": PATH, "store_token": TOKEN}
    return Job(ansible, settings, lambda: store.get(PATH), store)


@pytest.fixture
def kv2(ansible: Ansible) -> Iterator[Job]:
    with running_store(vault) as store:
        yield in_vault(ansible, store)


@pytest.fixture
def cluster(ansible: Ansible) -> Iterator[Job]:
    token = ansible.folder / "token"
    token.write_text(f"{TOKEN}\n", encoding="utf-8")
    encoded = {name: base64.b64encode(value.encode()).decode() for name, value in STORED.items()}
    settings = {
        "store": "kubernetes",
        "store_namespace": "search",
        "store_path": "openai",
        "store_token_file": str(token),
    }
    with running_store(kubernetes) as store:
        store.put("openai", encoded)
        yield Job(ansible, {**settings, "store_url": store.url}, lambda: plain(store.get("openai")), store)


VARIABLES = f"""\
# Comments stay.
search_url: "{{{{ lookup('pipe', 'touch pwned') }}}}"  # nothing is evaluated
{FIELD}: {STORED[FIELD]}
other: kept
nested: !custom [1, 2]
{ID_FIELD}: {OLD["id"]}
"""


@pytest.fixture
def encrypted(ansible: Ansible) -> Job:
    path = ansible.folder / "vault.yml"
    path.write_bytes(VaultLib().encrypt(VARIABLES, VaultSecret(PASSWORD.encode()), vault_id="search"))
    path.chmod(0o640)
    password = ansible.folder / "password"
    password.write_text(f"{PASSWORD}\n", encoding="utf-8")
    settings = {"store": "ansible_vault", "store_path": str(path), "store_password_file": str(password)}

    def stored() -> dict[str, str]:
        lines = [line for line in decrypted(path).splitlines() if line.startswith((FIELD, "other"))]
        return dict(yaml.safe_load("\n".join(lines)))

    return Job(ansible, settings, stored)


@pytest.fixture
def in_file(ansible: Ansible) -> Job:
    path = ansible.folder / "openai.key"
    path.write_text(STORED[FIELD], encoding="utf-8")
    return Job(ansible, {"store": "file", "store_path": str(path)}, lambda: {FIELD: path.read_text("utf-8")})


@pytest.fixture
def own(ansible: Ansible) -> Job:
    """The store that the guide has as an example, of somebody who forgot C(no_log)."""
    path = ansible.folder / "own.json"
    path.write_text(json.dumps({"key": STORED[FIELD], "id": OLD["id"]}), encoding="utf-8")
    for name, told in {"store.yml": "openai_admin_new_key", "read.yml": "openai_admin_stored_key_id"}.items():
        (tasks,) = (text for text in TASK_FILES.values() if told in text)
        tasks = tasks.replace("/etc/openai/search-api.json", str(path)).replace("  no_log: true\n", "")
        (ansible.folder / name).write_text(tasks, encoding="utf-8")

    def stored() -> dict[str, str]:
        there = json.loads(path.read_text("utf-8"))
        return {FIELD: there["key"], ID_FIELD: there["id"]}

    return Job(ansible, {"store": "store.yml", "store_read": "read.yml"}, stored)


IN_ALL_VERSIONS = [pytest.param(store, marks=pytest.mark.matrix) for store in ("kv2", "encrypted")]
STORES = [*IN_ALL_VERSIONS, "cluster", "in_file", "own"]


@pytest.fixture
def job(request: pytest.FixtureRequest) -> Job:
    return request.getfixturevalue(request.param)


# From a key that is due to the end of the one before it


@pytest.mark.series(3)
@pytest.mark.parametrize("job", STORES, indirect=True)
def test_a_key_that_is_due_is_replaced(job: Job) -> None:
    before = dict(job.stored())
    predicted = job.run("--check")
    assert predicted.status == 0, predicted.output
    assert "a new key would be issued" in summary(predicted)
    assert writes(predicted) == []
    assert job.stored() == before
    done = job.run()
    assert done.status == 0, done.output
    assert "was issued, and stored in" in summary(done)
    assert f"{OLD['id']} (last used on" in summary(done)
    assert writes(done) == ["POST"]
    after = dict(job.stored())
    assert after[FIELD].startswith("sk-svcacct-")
    assert job.works()
    assert after.get("other") == before.get("other")
    again = job.run()
    assert again.status == 0, again.output
    assert "no new key is due" in summary(again)
    assert writes(again) == []
    assert job.stored() == after
    assert not any(task.changed for task in again.tasks)


def test_the_old_key_goes_when_the_new_one_is_used(kv2: Job) -> None:
    kv2.simulator.reset(organization(OLD, key("deploy", 50, used=20), key("deploy", 3)))
    kv2.server.put(PATH, {**STORED, ID_FIELD: "key_deploy_3"})
    waiting = kv2.run()
    assert "key_deploy_3 was not used yet" in summary(waiting)
    assert writes(waiting) == []
    kv2.simulator.use("key_deploy_3", NOW)
    predicted = kv2.run("--check")
    assert "Would be revoked, not used for 7 days: key_deploy_50." in summary(predicted)
    done = kv2.run()
    assert "Revoked, not used for 7 days: key_deploy_50." in summary(done)
    assert f"Still used: {OLD['id']}" in summary(done)
    assert left(kv2.simulator) == {OLD["id"], "key_deploy_3"}


def test_a_store_that_is_empty_gets_a_key(cluster: Job) -> None:
    """Also one whose key somebody wrote there by hand, so that nobody knows which it is."""
    cluster.simulator.reset(organization(key("deploy", 2, used=1)))
    cluster.server.secrets.clear()
    run = cluster.run()
    assert run.status == 0, run.output
    assert cluster.server.requests[-1] == ("POST", "/api/v1/namespaces/search/secrets")
    assert cluster.works()


def test_the_encrypted_file_is_otherwise_as_it_was(encrypted: Job) -> None:
    path = Path(encrypted.settings["store_path"])
    run = replace_way(encrypted).run()
    assert run.status == 0, run.output
    assert path.read_text("ascii").startswith("$ANSIBLE_VAULT;1.2;AES256;search\n")
    assert path.stat().st_mode & 0o777 == 0o640
    stored = encrypted.stored()
    changed = VARIABLES.replace(STORED[FIELD], f'"{stored[FIELD]}"').replace(OLD["id"], f'"{stored[ID_FIELD]}"')
    assert decrypted(path) == changed
    assert [each.name for each in encrypted.ansible.folder.rglob("pwned")] == []


def replace_way(job: Job) -> Job:
    """The same, with its tasks as modules and not inside the controller."""
    job.ansible = replace(job.ansible, in_process=False)
    return job


# A key that cannot be stored


def spoil(job: Job, echoed: bool = False) -> None:
    """Make the store fail that can be read."""
    kind = job.settings["store"]
    if kind in ("vault_kv2", "kubernetes"):
        method = "POST" if kind == "vault_kv2" else "PATCH"
        job.server.troubles = [Trouble(method, 403, {"errors": ["no right"], "message": "no right"}, echoes=echoed)]
    elif kind == "ansible_vault":
        job.settings["store_path"] = str(job.ansible.folder / "nowhere" / "vault.yml")
    else:
        path = job.ansible.folder / "store.yml"
        path.write_text("- name: Store it\n  ansible.builtin.fail:\n    msg: no right\n", encoding="utf-8")


@pytest.mark.parametrize("job", ["kv2", "cluster", "encrypted", "own"], indirect=True)
def test_a_key_that_cannot_be_stored_is_revoked(job: Job) -> None:
    spoil(job)
    before = dict(job.stored())
    run = job.run()
    assert "could not be stored in" in said(run)
    assert "no right" in said(run) or "does not exist" in said(run)
    assert "was revoked" in said(run)
    assert f"What was there before, {OLD['id']}, is untouched and still works." in said(run)
    assert writes(run) == ["POST", "DELETE"]
    assert left(job.simulator) == {OLD["id"]}
    assert job.stored() == before


def test_what_a_server_says_is_not_shown_where_it_says_the_key(cluster: Job) -> None:
    cluster.server.troubles = [Trouble("PATCH", 422, {}, echoes=True)]
    run = replace_way(cluster).run()
    assert "(Its message contains the key, and is not shown.) The new key" in said(run)


def test_a_key_that_can_neither_be_stored_nor_revoked_is_named(kv2: Job) -> None:
    spoil(kv2)
    kv2.simulator.fault("status", f"{KEYS}/{{api_key_id}}", "DELETE", status=403, message="not you", times=None)
    run = kv2.run()
    (new,) = left(kv2.simulator) - {OLD["id"]}
    assert f"Nor could {new} be revoked, so revoke it by hand, with community.openai_admin.project_api_key" in said(run)
    assert f"api_key_id: {new} and state: absent. (Could not revoke" in said(run)
    assert "not you" in said(run)
    assert f"{OLD['id']}, is untouched" in said(run)
    assert kv2.works()


def test_a_key_that_was_stored_although_the_store_failed_is_kept(kv2: Job) -> None:
    """The answer was lost on its way. A key that applications may have by now is not revoked."""
    kv2.server.troubles = [Trouble("POST", when="after", silent=True)]
    run = kv2.run()
    assert "The store has it anyway" in said(run)
    assert kv2.works()
    assert kv2.stored()[ID_FIELD] != OLD["id"]
    again = kv2.run()
    assert "no new key is due" in summary(again)


def test_a_key_whose_fate_is_unknown_is_kept_until_the_store_can_be_read(kv2: Job) -> None:
    kv2.server.troubles = [Trouble("POST", silent=True)]
    failing = Trouble("GET", 503, {"errors": ["sealed"]})
    kv2.server.on_write = lambda: kv2.server.troubles.append(failing)  # from then on
    run = kv2.run()
    assert "could not be read whether the store has it, so" in said(run)
    (unknown,) = left(kv2.simulator) - {OLD["id"]}
    assert unknown in said(run)
    assert kv2.stored() == STORED


def test_a_file_that_cannot_be_written_is_refused_before_a_key_is_issued(in_file: Job) -> None:
    run = in_file.run(store_path=str(in_file.ansible.folder / "nowhere" / "openai.key"))
    assert "does not exist" in said(run)
    assert writes(run) == []


def test_no_key_is_issued_if_the_store_cannot_be_read(kv2: Job) -> None:
    kv2.server.troubles = [Trouble("GET", 403, {"errors": ["permission denied"]})]
    run = kv2.run("--check")
    assert said(run) == f"Could not read {kv2.server.url}/v1/secret/data/{PATH}: permission denied"
    assert [task.requests for task in run.tasks if task.requests] == []
    assert kv2.simulator.requests() == []


def test_an_api_that_fails_halfway_changes_nothing(kv2: Job) -> None:
    kv2.simulator.fault("status", ISSUE, "POST", status=400, message="no more keys", times=None)
    run = kv2.run()
    assert "no more keys" in said(run)
    assert kv2.stored() == STORED
    assert left(kv2.simulator) == {OLD["id"]}


# What is refused before the first request


def test_what_could_not_be_stored_is_refused(ansible: Ansible) -> None:
    nothing = Job(ansible, {"store": "", "after_days": "often"}, dict).run()
    assert "openai_admin_rotate_key_store" in said(nothing)
    assert "openai_admin_rotate_key_after_days" in said(nothing)
    little = Job(ansible, {"store": "kubernetes", "store_path": "openai"}, dict).run()
    assert "openai_admin_rotate_key_store_url is required for the store kubernetes. " in said(little)
    assert "_store_token or openai_admin_rotate_key_store_token_file is required" in said(little)
    assert ansible.simulator.requests() == []
    assert [task.requests for run in (nothing, little) for task in run.tasks if task.requests] == []


@pytest.mark.parametrize("job", ["encrypted", "in_file"])
def test_a_relative_path_is_one_of_where_the_job_is_run(job: str, request: pytest.FixtureRequest) -> None:
    """Not one beside the playbook, which lies in the collection."""
    found: Job = request.getfixturevalue(job)
    before = found.stored()[FIELD]
    path = Path(found.settings["store_path"])
    beside = tree() / "ansible_collections" / "community" / "openai_admin" / "playbooks" / path.name
    run = found.run(store_path=path.name)
    assert run.status == 0, run.output
    assert not beside.exists()
    assert found.stored()[FIELD] != before
    assert found.works()
    assert writes(found.run(store_path=path.name)) == []


def test_a_file_that_is_not_encrypted_is_refused(encrypted: Job) -> None:
    path = Path(encrypted.settings["store_path"])
    path.write_text(VARIABLES, encoding="utf-8")
    encrypted.stored = dict
    run = encrypted.run()
    assert "is not encrypted with ansible-vault" in said(run)
    assert writes(run) == []
    assert path.read_text("utf-8") == VARIABLES


def test_a_file_that_another_password_opens_is_refused(encrypted: Job) -> None:
    run = encrypted.run(store_password="another-password")
    assert said(run).startswith(f"Could not read {encrypted.settings['store_path']}: either the password is not")
    assert "key_deploy" not in said(run)
    assert writes(run) == []


# A run that is killed


def arrives(simulator: Simulator, method: str, route: str) -> Callable[[], bool]:
    return lambda: any(
        entry["method"] == method and entry["route"] == route and entry["fault"] for entry in simulator.requests()
    )


PROJECTS, ONE_KEY = "/organization/projects", f"{KEYS}/{{api_key_id}}"
HARMLESS = [("store", "GET", ""), ("api", "GET", PROJECTS), ("api", "GET", KEYS), ("api", "POST", ISSUE)]
"""Requests before which a kill changes nothing; those that write may also be carried out, and the kill come then."""
ISSUED, STORED_TOO, REVOKED = ("api", "POST", ISSUE), ("store", "POST", ""), ("api", "DELETE", ONE_KEY)


def kill_at(job: Job, where: str, method: str, route: str, when: str) -> None:
    """Kill the job when a request has arrived, before it is carried out or after."""
    if where == "store":
        job.server.done.clear()
        job.server.troubles = [Trouble(method, when=when)]
        job.kill(job.server.done.is_set)
        return
    kind = {"kind": "drop", "times": None} if when == "before" else {"kind": "delay", "when": "after", "seconds": 60}
    job.simulator.clear()
    job.simulator.fault(path=route, method=method, **kind)
    job.kill(arrives(job.simulator, method, route))
    job.simulator.clear_faults()


def traffic(job: Job) -> list[tuple[str, str, str]]:
    """What one run asks of the store and of the API, of each kind once."""
    job.server.requests.clear()
    run = job.run()
    asked = [("api", entry["method"], entry["route"]) for task in run.tasks for entry in task.requests]
    return list(dict.fromkeys([*asked, *(("store", method, "") for method, dummy in job.server.requests)]))


def test_no_request_of_a_run_is_missing_here(kv2: Job) -> None:
    assert sorted(traffic(kv2)) == sorted([*HARMLESS, STORED_TOO])


def test_a_run_that_is_killed_before_a_key_is_issued_changes_nothing(kv2: Job) -> None:
    for where, method, route in HARMLESS:
        kill_at(kv2, where, method, route, "before")
        assert kv2.works(), (where, method, route)
        assert left(kv2.simulator) == {OLD["id"]}
        assert kv2.stored() == STORED


PATCHED = ("store", "PATCH", "")
KILLS = [
    ("kv2", ISSUED, "after", 3),
    ("kv2", STORED_TOO, "before", 3),
    ("kv2", STORED_TOO, "after", 2),
    ("cluster", PATCHED, "before", 3),
    ("cluster", PATCHED, "after", 2),
    ("in_file", ISSUED, "after", 3),
]


@pytest.mark.series(2)
@pytest.mark.parametrize(("job", "asked", "when", "keys"), KILLS, indirect=["job"])
def test_a_run_that_is_killed_is_made_up_for_by_the_next_one(
    job: Job, asked: tuple[str, str, str], when: str, keys: int
) -> None:
    kill_at(job, *asked, when)
    assert job.works()
    assert len(left(job.simulator)) == 2
    run = job.run()
    assert run.status == 0, run.output
    assert job.works()
    assert job.stored()[FIELD] != STORED[FIELD]
    assert len(left(job.simulator)) == keys


def test_a_key_that_got_lost_goes_with_those_that_nobody_uses(kv2: Job) -> None:
    """It was issued by a run that was killed, and is newer than the stored one, or older. The stored one stays."""
    lost = (key("deploy", 50), key("deploy", 30))
    kv2.simulator.reset(organization(OLD, *lost, key("deploy", 40, used=20)))
    kv2.server.put(PATH, {**STORED, ID_FIELD: "key_deploy_40"})
    run = kv2.run()
    assert "Revoked, not used for 7 days: key_deploy_50, key_deploy_30." in summary(run)
    assert left(kv2.simulator) == {OLD["id"], "key_deploy_40"}


def test_a_new_key_lies_nowhere_but_where_it_is_stored(kv2: Job) -> None:
    """While the store is asked to take it: in no file, and on no command line."""
    seen: list[str] = []

    def look() -> bool:
        if not kv2.server.done.is_set():
            return False
        value = json.loads(kv2.server.bodies[-1])["data"][FIELD]
        files = [*kv2.ansible.folder.rglob("*"), *Path("/proc").glob("[0-9]*/cmdline")]
        seen.extend([value, *(str(path) for path in files if holds(path, value))])
        return True

    kv2.server.troubles = [Trouble("POST")]
    kv2.kill(look, anew=True)
    assert seen[0].startswith("sk-svcacct-")
    assert seen[1:] == []


def holds(path: Path, value: str) -> bool:
    """Whether a file holds a value; one that is gone by now, or not to be read, does not."""
    try:
        return path.is_file() and value.encode() in path.read_bytes()
    except OSError:
        return False


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_run_that_is_killed_while_it_revokes_is_made_up_for(when: str, kv2: Job) -> None:
    kv2.simulator.reset(organization(key("deploy", 50, used=20), key("deploy", 3, used=1)))
    kv2.server.put(PATH, {**STORED, ID_FIELD: "key_deploy_3"})
    kill_at(kv2, *REVOKED, when)
    assert "key_deploy_3" in left(kv2.simulator)
    run = kv2.run()
    assert run.status == 0, run.output
    assert left(kv2.simulator) == {"key_deploy_3"}
