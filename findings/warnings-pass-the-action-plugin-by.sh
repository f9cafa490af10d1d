#!/usr/bin/env bash
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# An action plugin cannot reword the warnings of the module that it runs.
#
# With: ansible-core 2.21.5, Python 3.13; 2.18.19 did as guessed.
#
# Guess: what _execute_module returns is a plain result. An action plugin that replaces "warnings" in it decides what is
# printed and what is registered, as with every other key.
#
# Seen: on 2.21.5 the module's own warning is printed and registered as well, before the one that was put in its place:
#
#     2.18.19 registers:  ["value of the action"]
#     2.21.5 registers:   ["value of the module", "value of the action"]
#
# So an action plugin that adds to a warning, say the file and the line of what it is about, doubles it, and one that
# takes a value out of it does not: the value is shown.

set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python=${PYTHON:-}
for candidate in python3.13 python3.12 "$HOME"/.pyenv/versions/3.1[23]*/bin/python3; do
    [ -n "$python" ] || ! "$candidate" -c '' 2>/dev/null || python=$candidate
done
export ANSIBLE_CONFIG="$work/ansible.cfg" ANSIBLE_HOME="$work/home"
touch ansible.cfg
export ANSIBLE_NOCOLOR=1 ANSIBLE_LOCALHOST_WARNING=0 ANSIBLE_INVENTORY_UNPARSED_WARNING=0
mkdir library action_plugins

cat >library/measure.py <<'END'
from ansible.module_utils.basic import AnsibleModule

module = AnsibleModule({})
module.warn("value of the module")
module.exit_json()
END
cat >action_plugins/measure.py <<'END'
from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):
    def run(self, tmp=None, task_vars=None):
        result = self._execute_module("measure", task_vars=task_vars)
        result["warnings"] = ["value of the action"]
        return result
END
cat >play.yml <<'END'
- hosts: localhost
  gather_facts: false
  tasks:
    - measure:
      register: measured
    - ansible.builtin.copy:
        content: "{{ measured.warnings | to_json }}"
        dest: seen.json
END

for version in 2.18.19 2.21.5; do
    "${python:?set PYTHON to a Python 3.12 or 3.13}" -m venv --clear venv
    venv/bin/pip install --quiet "ansible-core==$version"
    rm -f seen.json
    venv/bin/ansible-playbook play.yml >printed 2>&1
    echo "$version prints:     $(grep -o 'value of the [a-z]*' printed | sort -u | paste -sd ,)"
    echo "$version registers:  $(cat seen.json)"
    mv seen.json "$version.json"
done
if [ "$(cat 2.18.19.json)" != '["value of the action"]' ]; then
    echo "Changed: 2.18.19 keeps the module's warning."
    exit 1
fi
if [ "$(cat 2.21.5.json)" != '["value of the module", "value of the action"]' ]; then
    echo "Changed: 2.21.5 does not keep the module's warning beside the other one."
    exit 1
fi
echo "As seen: 2.21.5 keeps the warning that the action plugin replaced."
