#!/usr/bin/env bash
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A registered result tells whether a module ran or an action plugin answered by itself.
#
# With: ansible-core 2.22.0rc1, Python 3.13; 2.21.5 does not do it.
#
# Guess: "register" gives what the task returned, with "changed" and "failed". Keys of ansible-core's own begin with
# "_ansible_" and are dropped on the way.
#
# Seen: where the answer of a module was parsed, the registered result has one key more, and callbacks do not get it.
# No changelog or documentation of this release names it:
#
#     stat (a module):             changed, failed, stat, ansible_parsed
#     set_stats (an action plugin): changed, failed
#
# So results that are compared with what was expected, or written to a file and compared with the last one, differ
# after an upgrade; and between tasks that may run either way.

set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python=${PYTHON:-}
for candidate in python3.14 python3.13 "$HOME"/.pyenv/versions/3.1[34]*/bin/python3; do
    [ -n "$python" ] || ! "$candidate" -c '' 2>/dev/null || python=$candidate
done
"${python:?set PYTHON to a Python 3.13 or newer}" -m venv venv
venv/bin/pip install --quiet ansible-core==2.22.0rc1
export PATH="$work/venv/bin:$PATH" ANSIBLE_HOME="$work/home" ANSIBLE_CONFIG="$work/ansible.cfg"
touch ansible.cfg
export ANSIBLE_NOCOLOR=1 ANSIBLE_LOCALHOST_WARNING=0 ANSIBLE_INVENTORY_UNPARSED_WARNING=0

cat >play.yml <<'END'
- hosts: localhost
  gather_facts: false
  tasks:
    - ansible.builtin.stat:
        path: /
      register: by_module
    - ansible.builtin.set_stats:
        data: {}
      register: by_action
    - ansible.builtin.copy:
        content: "{{ [by_module.ansible_parsed | default('none'), by_action.ansible_parsed | default('none')] | to_json }}"
        dest: seen.json
END
ANSIBLE_STDOUT_CALLBACK=ansible.builtin.default ansible-playbook -v play.yml >printed
cat seen.json
echo
if [ "$(cat seen.json)" != '[true, "none"]' ]; then
    echo "Changed: both results have the key, or none has."
    exit 1
fi
if grep -q ansible_parsed printed; then
    echo "Changed: callbacks get the key, too."
    exit 1
fi
echo "As seen: the module's result has ansible_parsed, the action plugin's has not."
