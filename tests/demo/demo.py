# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The collection's main job on a running Admin API, in a minute: provision, run again, drift, audit, repair."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import openai
from simulator import Simulator, running

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[1]
PLAYBOOK = "community.openai_admin.provision"
DECLARATION = CHECKOUT / "playbooks" / "vars" / "sample_organization.yml"
SUMMARY = re.compile(r'"msg": (\[.*?\n    \])', re.DOTALL)
RECAP = re.compile(r"localhost +: (.*?) +unreachable=(\d+) +failed=(\d+)")


class DemoError(Exception):
    """The demo did not show what it promises."""


def main() -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with running(organization=HERE / "organization.yml") as simulator, tempfile.TemporaryDirectory() as home:
            show(simulator, Path(home))
    except KeyboardInterrupt:
        print("\nInterrupted; nothing is left running.")
        return 130
    except DemoError as error:
        print(f"\nThe demo failed: {error}", file=sys.stderr)
        return 1
    return 0


def show(simulator: Simulator, home: Path) -> None:
    say(f"An Admin API is running at {simulator.url}, with six people and no project but the default one.")
    say(f"Three teams are declared in {DECLARATION.relative_to(CHECKOUT)}. Each run below is\n   {command()}")

    say("1. First run: everything is created.")
    provision(simulator, home, changes=True)

    say("2. Second run: nothing is to do.")
    provision(simulator, home, changes=False)

    say(
        "3. Somebody else changes the organization: search-dev becomes owner in search-prod, a limit of gpt-5 is\n"
        "   raised, the service account chat-backend is deleted. A check shows exactly that, and changes nothing."
    )
    meddle(simulator)
    provision(simulator, home, "--check", "--diff", changes=True)

    say("4. Third run: what drifted is repaired.")
    provision(simulator, home, changes=True)

    say("5. And once more: nothing is to do.")
    provision(simulator, home, changes=False)
    say("That was all. The API has stopped; nothing is left running.")


def say(text: str) -> None:
    print(f"\n== {text}", flush=True)


def command(*options: str) -> str:
    return " ".join(["ansible-playbook", PLAYBOOK, "-e", f"@{DECLARATION.relative_to(CHECKOUT)}", *options])


def provision(simulator: Simulator, home: Path, *options: str, changes: bool) -> None:
    """Run the playbook, show what it changed, and hold it to its promises."""
    print(f"$ {command(*options)}", flush=True)
    simulator.clear()
    status, output = run(simulator, home, *options)
    print(interesting(output))
    recap = RECAP.search(output)
    if status or not recap:
        raise DemoError(f"ansible-playbook ended with {status}:\n{output}")
    log = simulator.requests()
    writes = [entry for entry in log if entry["method"] != "GET"]
    print(f"   Seen by the API: {len(log) - len(writes)} reads, {len(writes)} writes.", flush=True)
    changed = "changed=0" not in recap.group(1)
    if changed != changes or (writes and ("--check" in options or not changes)):
        raise DemoError("the run above did not do what it should")


def run(simulator: Simulator, home: Path, *options: str) -> tuple[int, str]:
    """Run the playbook to its end; interrupted, it ends with all its workers."""
    process = subprocess.Popen(
        [sys.executable, "-m", "ansible", "playbook", PLAYBOOK, "-e", f"@{DECLARATION}", *options],
        env=environment(simulator, home),
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        output, dummy = process.communicate()
    except KeyboardInterrupt:
        process.send_signal(signal.SIGINT)  # ansible-playbook then ends its workers, which a kill would leave behind
        process.communicate()
        raise
    return process.returncode, output


def interesting(output: str) -> str:
    """The differences, as Ansible shows them, and the playbook's own summary."""
    task = output.partition("TASK [Organization]")[2].partition("TASK [Summary]")
    differences = [line for line in task[0].splitlines()[1:] if line and not line.startswith(("ok:", "changed:"))]
    summary = SUMMARY.search(task[2])
    told = json.loads(summary.group(1)) if summary else []
    return "\n".join(f"   {line}" for line in [*differences, *told])


def meddle(simulator: Simulator) -> None:
    """Three changes by hand, with OpenAI's own SDK, as a colleague might make them."""
    client = openai.OpenAI(admin_api_key=simulator.admin_key, base_url=simulator.url)
    projects = client.admin.organization.projects
    ids = {project.name: project.id for project in projects.list()}
    search, support = ids["search-prod"], ids["support-chat"]
    developer = next(user for user in projects.users.list(search) if user.email == "search-dev@example.com")
    projects.users.update(developer.id, project_id=search, role="owner")
    projects.rate_limits.update_rate_limit("rl-gpt-5", project_id=search, max_requests_per_1_minute=9000)
    backend = next(account for account in projects.service_accounts.list(support) if account.name == "chat-backend")
    projects.service_accounts.delete(backend.id, project_id=support)


def environment(simulator: Simulator, home: Path) -> dict[str, str]:
    """Nothing of the person's own Ansible or OpenAI settings takes part."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "OPENAI_"))}
    return {
        **kept,
        "ANSIBLE_COLLECTIONS_PATH": str(CHECKOUT / ".build"),
        "ANSIBLE_HOME": str(home),
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        "ANSIBLE_NOCOLOR": "true",
        "OPENAI_ADMIN_KEY": simulator.admin_key,
        "OPENAI_BASE_URL": simulator.url,
    }


if __name__ == "__main__":
    sys.exit(main())
