#!/usr/bin/env bash
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The events of a run say "ok" of tasks that its statistics count as changed.
#
# With: ansible-runner 2.4.3 and ansible-core 2.22.0rc1, Python 3.13.
#
# Guess: an event runner_on_ok has res.changed, a boolean that ansible-core itself sets. Events with true are as many
# as stats says were changed, whatever a playbook's variables are.
#
# Seen: a variables file, encrypted as a whole, has the harmless "notify: changed". Every text of such a file is
# masked in what callbacks get, and so are the names of keys. The event has another key, and stats still counts:
#
#     res {"$REDACTED$": true}, res.changed missing
#     stats changed 1
#
# Who reads events (a dashboard, or AWX, which shows the state of a task) should take a missing key for unknown, and
# count by playbook_on_stats.

set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python=${PYTHON:-}
for candidate in python3.14 python3.13 "$HOME"/.pyenv/versions/3.1[34]*/bin/python3; do
    [ -n "$python" ] || ! "$candidate" -c '' 2>/dev/null || python=$candidate
done
"${python:?set PYTHON to a Python 3.13 or newer}" -m venv venv
venv/bin/pip install --quiet ansible-core==2.22.0rc1 ansible-runner==2.4.3
export PATH="$work/venv/bin:$PATH" ANSIBLE_HOME="$work/home" ANSIBLE_CONFIG="$work/ansible.cfg"
touch ansible.cfg
export ANSIBLE_NOCOLOR=1 ANSIBLE_LOCALHOST_WARNING=0 ANSIBLE_INVENTORY_UNPARSED_WARNING=0

mkdir -p data/project
echo 'the password of the example' >data/password
echo 'notify: changed' >data/project/settings.yml
ansible-vault encrypt --vault-password-file data/password data/project/settings.yml
cat >data/project/play.yml <<'END'
- hosts: localhost
  gather_facts: false
  vars_files: settings.yml
  tasks:
    - ansible.builtin.command: "true"
END

python - <<'END'
import os
import sys

import ansible_runner

place = os.path.abspath("data")
run = ansible_runner.run(
    private_data_dir=place, playbook="play.yml", cmdline=f"--vault-password-file {place}/password", quiet=True
)
(result,) = [each["event_data"]["res"] for each in run.events if each["event"] == "runner_on_ok"]
print("res:", {name: value for name, value in result.items() if value is True}, "changed" in result)
print("stats:", run.stats["changed"])
as_seen = "changed" not in result and result.get("$REDACTED$") is True and run.stats["changed"] == {"localhost": 1}
print("As seen." if as_seen else "Changed.")
sys.exit(0 if as_seen else 1)
END
