# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Playbooks in forks of a process that has loaded ansible-core: the same as in a process of their own."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from integration import forkserver, playbooks
from integration.forkserver import ForkServer
from integration.leavers import LEAD
from integration.leavers import ORGANIZATION as LEAVERS
from integration.playbooks import Ansible, PlaybookRun, module
from integration.scenarios import ORGANIZATION, SEARCH, TASK, attempts, comparable, step
from simulator import Simulator

TASKS: dict[str, TASK] = {
    "read": module("project_info", name="search-prod"),
    "predict": {**module("project", name="new"), "check_mode": True},
    "write": module("project", name="new", external_key_id="ek-1"),
    "refused": module("project", project_id="proj_default", name="renamed"),
    "wrong": module("project", nmae="x"),
    "deliver": module("service_account", **SEARCH, name="new", create_api_key=True, api_key_path="{{ key }}"),
    "of another collection": {"ansible.builtin.command": {"cmd": "sh -c 'echo {{ number }}'"}, "vars": {"number": 7}},
    "said to every task": {"ansible.builtin.debug": {"msg": "{{ lookup('env', 'SAID') }} {{ lookup('pipe', 'pwd') }}"}},
}


def ran(ansible: Ansible, tasks: dict[str, TASK], *options: str) -> PlaybookRun:
    ansible.simulator.reset(ORGANIZATION)
    key = ansible.folder / "keys" / "key"
    key.unlink(missing_ok=True)
    key.parent.mkdir(exist_ok=True)
    return ansible.play(attempts(tasks), *options, "-e", f"key={key}", SAID="a word")


def steady(value: Any) -> Any:
    """What is the same in any two runs."""
    if isinstance(value, dict):
        return {name: steady(part) for name, part in value.items() if name not in ("start", "end", "delta", "log")}
    if isinstance(value, list):
        return [steady(part) for part in value]
    if not isinstance(value, str):
        return value
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:]+Z", "NOW", re.sub(r"\b(proj|svc|key|sk|req|user|sa)[-_]\w+", "ID", value))


@pytest.mark.series(1)
def test_a_fork_does_what_a_new_process_does(both_ways: Ansible) -> None:
    fork, new = ran(both_ways, TASKS), ran(replace(both_ways, anew=True), TASKS)
    assert steady(fork.output) == steady(new.output)
    assert fork.status == new.status
    assert [task.name for task in fork.tasks] == list(TASKS)
    for here, there in zip(fork.tasks, new.tasks, strict=True):
        assert steady(comparable(here.result)) == steady(comparable(there.result)), here.name
        assert here.failed == there.failed
        assert steady(list(map(step, here.requests))) == steady(list(map(step, there.requests)))
    assert fork["said to every task"].message == f"a word {both_ways.folder}"
    assert list((both_ways.folder / "home" / "tmp").iterdir()) == []


LOOK = """\
import sys
from ansible.module_utils.basic import AnsibleModule

module = AnsibleModule({})
ansible = {name: each for name, each in sys.modules.items() if name.partition(".")[0].startswith("ansible")}
given = [name for name in ansible if name.startswith("ansible.module_utils")]
others = [name for name in ansible if name not in given]
module.exit_json(given=sorted(given), others=sorted(others), folder=sys.path[0].rpartition("/")[2], files=len(sys.argv))
"""


def test_a_job_does_the_same(ansible: Ansible) -> None:
    """With loops, blocks, files that it includes, what it registers and what it prints."""
    runs = []
    for each in replace(ansible, anew=True), ansible, replace(ansible, apart=True):
        each.simulator.reset({**LEAVERS, "behaviour": {"clock": 1_800_000_000}})
        runs.append(each.run("community.openai_admin.offboard", "-e", f"openai_admin_offboard={LEAD}", "-v"))
    new, *forks = runs
    assert any(task.writes for task in new.tasks)
    for fork in forks:
        assert steady(fork.output) == steady(new.output)
        assert [task.name for task in fork.tasks] == [task.name for task in new.tasks]
        assert fork.status == new.status


@pytest.mark.parametrize("pipelining", [False, True])
def test_a_module_in_a_fork_has_nothing_of_the_controller(pipelining: bool, ansible: Ansible, tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "look.py").write_text(LOOK, encoding="utf-8")
    task = {"name": "look", "look": {}, "vars": {"ansible_pipelining": pipelining}}
    fork, new = (replace(ansible, anew=anew).play([task])["look"] for anew in (False, True))
    given, needed = (set(look.result.pop("given")) for look in (fork, new))
    assert comparable(fork.result) == comparable(new.result)
    assert fork.result["others"] == ["ansible", "ansible.legacy"]
    assert needed < given


@pytest.mark.parametrize(
    ("variables", "forks"),
    [({"OPENAI_ORG_ID": "org-x"}, True), ({"ANSIBLE_FORCE_COLOR": "true"}, False), ({"PYTHONPATH": "x"}, False)],
    ids=["of the collection", "of ansible-core", "of Python"],
)
def test_what_is_read_early_takes_a_new_process(
    variables: dict[str, str], forks: bool, ansible: Ansible, monkeypatch: pytest.MonkeyPatch
) -> None:
    playbooks.fork_server()
    monkeypatch.setattr(Ansible, "_start", lambda *unused_arguments: pytest.fail("a process is started"))
    if forks:
        assert ansible.play(attempts({"read": TASKS["read"]}), **variables).status == 0
    else:
        with pytest.raises(pytest.fail.Exception, match="a process is started"):
            ansible.play(attempts({"read": TASKS["read"]}), **variables)


def test_a_hung_run_is_ended(ansible: Ansible, monkeypatch: pytest.MonkeyPatch) -> None:
    playbooks.fork_server()
    monkeypatch.setattr(playbooks, "MOST_SECONDS", 0.5)
    with pytest.raises(TimeoutError, match=r"longer than 0\.5 s"):
        ansible.play([{"name": "hang", "ansible.builtin.command": {"cmd": "sleep 2"}}])


def test_a_server_that_prints_something_is_none(simulator: Simulator, tmp_path: Path) -> None:
    """A warning that ansible-core gives once would be missing in all runs."""
    (tmp_path / "sitecustomize.py").write_text("print('a warning')\n", encoding="utf-8")
    place = tmp_path / "place"
    place.mkdir()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    with pytest.raises(RuntimeError, match="a warning"):
        ForkServer({**Ansible(simulator, forkserver.link(place))._environment(place), **environment}, place)
    assert not place.exists()


def test_a_result_waits_for_the_thread_of_its_strategy() -> None:
    """In each play: under load, the first task can end before the thread runs that its strategy has started."""
    seen: list[tuple[str, str]] = []

    class Sentinel:
        """Stands for the end of a play."""

    strategy = SimpleNamespace(
        results_thread_main=lambda part: seen.append((part._whole, part._final_q.get())),
        StrategySentinel=Sentinel,
        _sentinel=Sentinel(),
        display=SimpleNamespace(_final_q=None),
    )
    results = forkserver.queue_of_results(SimpleNamespace(FinalQueue=object), strategy)()
    for play in "first", "second":
        task = Thread(target=results.put, args=(f"result of the {play}",))
        task.start()
        task.join(0.05)
        assert task.is_alive()
        results.keep(play)
        task.join()
        results.put(Sentinel())
    assert seen == [("first", "result of the first"), ("second", "result of the second")]
