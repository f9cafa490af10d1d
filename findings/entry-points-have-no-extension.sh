#!/usr/bin/env bash
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A role's arguments are not validated where tasks_from has the extension of the file.
#
# With: ansible-core 2.21.5, and 2.16.19 alike.
#
# Guess: include_role reads the same file whether tasks_from is "restart" or "restart.yml". So the arguments of the
# entry point "restart" in meta/argument_specs.yml are validated either way.
#
# Seen: with "restart", a port that is no number is refused. With "restart.yml", the same tasks run with it, and no
# warning says that nothing was validated:
#
#     by restart: refused, by restart.yml: ran
#
# So whoever counts on a role's argument specification gives the name of the entry point, without an extension.

set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python=${PYTHON:-}
for candidate in python3.14 python3.13 python3.12 "$HOME"/.pyenv/versions/3.1[234]*/bin/python3; do
    [ -n "$python" ] || ! "$candidate" -c '' 2>/dev/null || python=$candidate
done
"${python:?set PYTHON to a Python 3.12 or newer}" -m venv venv
venv/bin/pip install --quiet ansible-core==2.21.5
export ANSIBLE_HOME="$work/home" ANSIBLE_CONFIG="$work/ansible.cfg" ANSIBLE_NOCOLOR=1 ANSIBLE_LOCALHOST_WARNING=0
touch ansible.cfg

mkdir -p roles/web/tasks roles/web/meta
cat >roles/web/meta/argument_specs.yml <<'SPECS'
argument_specs:
  restart:
    short_description: Restart the service
    options:
      web_port:
        type: int
SPECS
cat >roles/web/tasks/restart.yml <<'TASKS'
- name: Restart
  ansible.builtin.debug:
    msg: "the port is {{ web_port }}"
TASKS
for name in restart restart.yml; do
    cat >"$name.play.yml" <<PLAY
- hosts: localhost
  gather_facts: false
  tasks:
    - name: Include
      ansible.builtin.include_role:
        name: web
        tasks_from: $name
      vars:
        web_port: eighty
PLAY
done

ends() { # ends NAME: what comes of the play
    if venv/bin/ansible-playbook -i localhost, -c local "$1.play.yml" >"$1.log" 2>&1; then
        echo ran
    elif grep -q "Validation of arguments failed" "$1.log"; then
        echo refused
    else
        cat "$1.log" >&2
        echo failed
    fi
}
seen="by restart: $(ends restart), by restart.yml: $(ends restart.yml)"
echo "$seen"
if [ "$seen" != "by restart: refused, by restart.yml: ran" ] || grep -qi warning restart.yml.log; then
    echo "Changed: the extension makes no difference any more, or there is a warning."
    exit 1
fi
echo "As seen: nothing is validated where tasks_from has the extension."
