#!/usr/bin/env bash
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A renamed module that is redirected in plugin_routing.modules runs without its action plugin by the old name.
#
# With: ansible-core 2.21.5.
#
# Guess: a redirect in meta/runtime.yml from a module's old name to its new one makes a task by the old name do the
# same as one by the new name. A module's action plugin has the module's name, so it is found through the redirect.
#
# Seen: the task by the new name runs the action plugin, the one by the old name runs the module. Only a redirect for
# the action as well makes them equal; no warning says that it is missing:
#
#     modules redirected: new by action, old by module; action redirected, too: new by action, old by action
#
# So a collection whose modules have action plugins redirects a renamed module twice.

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
export ANSIBLE_COLLECTIONS_PATH="$work/tree"
touch ansible.cfg

collection="$work/tree/ansible_collections/acme/tools"
mkdir -p "$collection/meta" "$collection/plugins/modules" "$collection/plugins/action"
cat >"$collection/plugins/modules/hammer.py" <<'MODULE'
from ansible.module_utils.basic import AnsibleModule

AnsibleModule(argument_spec={}).exit_json(by="module")
MODULE
cat >"$collection/plugins/action/hammer.py" <<'ACTION'
from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):
    def run(self, tmp=None, task_vars=None):
        return {**super().run(tmp, task_vars), "by": "action"}
ACTION
cat >play.yml <<PLAY
- hosts: localhost
  gather_facts: false
  vars:
    ansible_python_interpreter: $work/venv/bin/python
  tasks:
    - name: By the new name
      acme.tools.hammer:
      register: new
    - name: By the old name
      acme.tools.mallet:
      register: old
    - name: Who did it
      ansible.builtin.debug:
        msg: "new by {{ new.by }}, old by {{ old.by }}"
PLAY

done_by() { # done_by KIND...: who runs the tasks if these kinds of plugins are redirected
    printf 'plugin_routing:\n' >"$collection/meta/runtime.yml"
    for kind; do
        printf '  %s:\n    mallet:\n      redirect: acme.tools.hammer\n' "$kind" >>"$collection/meta/runtime.yml"
    done
    venv/bin/ansible-playbook -i localhost, -c local play.yml >log 2>&1 || cat log >&2
    grep -qi 'warning' log && cat log >&2
    grep -o 'new by [a-z]*, old by [a-z]*' log
}
seen="modules redirected: $(done_by modules); action redirected, too: $(done_by modules action)"
echo "$seen"
expected="modules redirected: new by action, old by module; action redirected, too: new by action, old by action"
if [ "$seen" != "$expected" ]; then
    echo "Changed: a redirect of the module leads to its action plugin, or something else differs."
    exit 1
fi
echo "As seen: a redirect of the module alone leads past its action plugin."
