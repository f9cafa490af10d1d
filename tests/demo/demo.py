# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Demonstrate the collection on a running Admin API, in a minute: provision, run again, drift, repair, audit, costs."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import datetime, timezone
from pathlib import Path

import openai
from openai.resources.admin.organization.projects import Projects
from simulator import Simulator, running

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[1]
COLLECTION = "community.openai_admin"
PEOPLE = HERE / "organization.yml"
DECLARATION = CHECKOUT / "playbooks" / "vars" / "sample_organization.yml"
REPORTS = CHECKOUT / ".build" / "demo"
LOCKED_DOWN = REPORTS / "locked-down.yml"
STRANGER = "contractor@example.com"
"""The only person of the organization whom the declaration does not contain."""
SUMMARY = re.compile(r'"msg": (\[.*?\n    \])', re.DOTALL)
RECAP = re.compile(r"localhost +: (.*?) +unreachable=(\d+) +failed=(\d+)")


class DemoError(Exception):
    """The demo did not show what it promises."""


def main() -> int:
    """Run the demo, and return the exit status."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with running(organization=PEOPLE) as simulator, tempfile.TemporaryDirectory() as home:
            show(simulator, Path(home))
            report(simulator, Path(home))
    except KeyboardInterrupt:
        print("\nInterrupted; nothing is left running.")
        return 130
    except DemoError as error:
        print(f"\nThe demo failed: {error}", file=sys.stderr)
        return 1
    return 0


def show(simulator: Simulator, home: Path) -> None:
    """Show the collection at work, run by run."""
    simulator.behaviour(clock=two_months_ago())
    say(f"An Admin API is running at {simulator.url}, with six people and no project but the default one.")
    say(
        f"Three teams are declared in {DECLARATION.relative_to(CHECKOUT)}: people, projects, limits, access\n"
        f"   without keys, and everything else that can be declared. Each run below is\n   {command()}"
    )

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


def report(simulator: Simulator, home: Path) -> None:
    """Let two months pass, and show the pages of the jobs that only read."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    time_passes(simulator)

    say(
        "6. Two months later. Keys are in use, an invite has expired, and somebody else has changed something again.\n"
        f"   An audit compares the organization with what is declared, {STRANGER} not being among it."
    )
    unused = {"openai_admin_audit_unused_for_days": "30"}
    audit = job(simulator, home, "audit", "openai_admin_audit_directory", unused, fails=True)

    say("7. A cost report of last month.")
    costs = job(simulator, home, "cost_report", "openai_admin_cost_directory", {}, fails=False)

    lock_down(simulator, home)

    say("That was all. The API has stopped; nothing is left running. Look at the pages in a browser:")
    print(f"   audit:       {audit.as_uri()}\n   cost report: {costs.as_uri()}", flush=True)


def lock_down(simulator: Simulator, home: Path) -> None:
    """Apply the declaration of the guide to a locked-down project, twice."""
    guide = CHECKOUT / "docs" / "guardrails.md"
    declaration = re.findall(r"^```yaml\n(.*?)^```$", guide.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)[0]
    LOCKED_DOWN.write_text(declaration, encoding="utf-8")
    say(
        "8. A team gets a locked-down project, by the declaration of docs/guardrails.md: two models, no tools,\n"
        "   a limit, an alert, one service tier. All of this is set before anybody is let in. The second run changes\n"
        "   nothing."
    )
    provision(simulator, home, changes=True, declaration=LOCKED_DOWN)
    provision(simulator, home, changes=False, declaration=LOCKED_DOWN)
    project = next(each for each in simulator.state()["projects"] if each["name"] == "research-pilot")
    limit, alerts = project["spend_limit"]["threshold_amount"] / 100, project["spend_alerts"]
    models = ", ".join(project["model_permissions"]["model_ids"])
    if any(project["hosted_tools"].values()) or limit != 500 or len(alerts) != 1:
        raise DemoError("the project is not locked down")
    print(f"   research-pilot may use {models}, and {limit:.2f} USD a month.")


def job(simulator: Simulator, home: Path, name: str, directory: str, more: dict[str, str], *, fails: bool) -> Path:
    """Run a job that only reads, show its summary, and return the path of its page."""
    where = {"openai_admin_declaration": DECLARATION, directory: REPORTS}
    variables = {**{key: str(path.relative_to(CHECKOUT)) for key, path in where.items()}, **more}
    settings = [part for key, value in variables.items() for part in ("-e", f"{key}={value}")]
    print(f"$ {' '.join(['ansible-playbook', f'{COLLECTION}.{name}', *settings])}", flush=True)
    simulator.clear()
    status, output = run(simulator, home, name, *settings)
    told = summary(output)
    print("\n".join(f"   {line}" for line in told), flush=True)
    pages = [found for line in told for found in re.findall(r"\S+\.html", line)]
    if bool(status) != fails or simulator.requests(writes=True) or not pages:
        raise DemoError(f"ansible-playbook ended with {status}:\n{output}")
    return (CHECKOUT / pages[0]).resolve(strict=True)


def two_months_ago() -> float:
    """Return the start of the month before last, so that a report on last month can compare the two."""
    now = datetime.now(timezone.utc)
    months = now.year * 12 + now.month - 1 - 2
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=timezone.utc).timestamp()


def time_passes(simulator: Simulator) -> None:
    """Give service accounts keys, which all but one use; then set the clock to today, and repeat the drift."""
    client, projects, ids = administration(simulator)
    keys = {}
    for name, account in (
        ("search-prod", "search-api"),
        ("search-prod", "search-indexer"),
        ("support-chat", "chat-backend"),
    ):
        found = next(each for each in projects.service_accounts.list(ids[name]) if each.name == account)
        keys[account] = projects.service_accounts.api_keys.create(found.id, project_id=ids[name], name="production").id
    del keys["search-indexer"]
    use(simulator, keys.values())
    # The simulator notices a key's first use when it is asked for costs: the new keys are used from now on.
    client.admin.organization.usage.costs(start_time=int(two_months_ago()))
    simulator.behaviour(clock=None)
    use(simulator, keys.values())
    stranger = next(user for user in client.admin.organization.users.list() if user.email == STRANGER)
    projects.users.create(ids["search-prod"], user_id=stranger.id, role="member")
    meddle(simulator)


def use(simulator: Simulator, keys: Iterable[str]) -> None:
    """Use keys, so that the simulator records the time."""
    for key in keys:
        simulator.use(key)


def say(text: str) -> None:
    """Print what the next run shows."""
    print(f"\n== {text}", flush=True)


def command(*options: str, declaration: Path | None = None) -> str:
    """Return the command line that a run stands for."""
    file = (declaration or DECLARATION).relative_to(CHECKOUT)
    return " ".join(["ansible-playbook", f"{COLLECTION}.provision", "-e", f"@{file}", *options])


def provision(simulator: Simulator, home: Path, *options: str, changes: bool, declaration: Path | None = None) -> None:
    """Run the playbook, show what it changed, and raise DemoError if that is not what the demo promises."""
    print(f"$ {command(*options, declaration=declaration)}", flush=True)
    simulator.clear()
    status, output = run(simulator, home, "provision", "-e", f"@{declaration or DECLARATION}", *options)
    shown = interesting(output)
    print(shown)
    recap = RECAP.search(output)
    if status or not recap:
        raise DemoError(f"ansible-playbook ended with {status}:\n{output}")
    log = simulator.requests()
    writes = [entry for entry in log if entry["method"] != "GET"]
    print(f"   Seen by the API: {len(log) - len(writes)} reads, {len(writes)} writes.", flush=True)
    changed = "changed=0" not in recap.group(1)
    if "--diff" in options and "+++ after: rate limit 'gpt-5'" not in shown:
        raise DemoError("the run above did not show the differences")
    if changed != changes or (writes and ("--check" in options or not changes)):
        raise DemoError("the run above did not do what it should")


def run(simulator: Simulator, home: Path, name: str, *options: str) -> tuple[int, str]:
    """Run a playbook to its end; an interrupt ends it together with all its workers."""
    process = subprocess.Popen(
        [sys.executable, "-m", "ansible", "playbook", f"{COLLECTION}.{name}", *options],
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
        process.send_signal(signal.SIGINT)  # ansible-playbook then ends its workers, which would survive a kill
        process.communicate()
        raise
    return process.returncode, output


def interesting(output: str) -> str:
    """Return the differences that Ansible shows, and the playbook's own summary."""
    task = re.split(
        r"TASK \[(?:[\w.]+ : )?(?:Bring the organization into the declared state|Show the summary)\]", output
    )[1]
    differences = [line for line in task.splitlines()[1:] if line and not line.startswith(("ok:", "changed:"))]
    return "\n".join(f"   {line}" for line in [*differences, *summary(output)])


def summary(output: str) -> list[str]:
    """Return the summary that the playbook prints at its end."""
    found = SUMMARY.search(output.rpartition("Show the summary]")[2])
    told: list[str] = json.loads(found.group(1)) if found else []
    return told


def meddle(simulator: Simulator) -> None:
    """Change three things by hand, with OpenAI's own SDK, as a colleague might."""
    dummy, projects, ids = administration(simulator)
    search, support = ids["search-prod"], ids["support-chat"]
    developer = next(user for user in projects.users.list(search) if user.email == "search-dev@example.com")
    projects.users.update(developer.id, project_id=search, role="owner")
    projects.rate_limits.update_rate_limit("rl-gpt-5", project_id=search, max_requests_per_1_minute=9000)
    backend = next(account for account in projects.service_accounts.list(support) if account.name == "chat-backend")
    projects.service_accounts.delete(backend.id, project_id=support)


def administration(simulator: Simulator) -> tuple[openai.OpenAI, Projects, dict[str, str]]:
    """Return OpenAI's own SDK, its client for projects, and the projects' IDs by name."""
    client = openai.OpenAI(admin_api_key=simulator.admin_key, base_url=simulator.url)
    projects = client.admin.organization.projects
    return client, projects, {project.name: project.id for project in projects.list()}


def environment(simulator: Simulator, home: Path) -> dict[str, str]:
    """Return an environment without the user's settings for Ansible and OpenAI."""
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
