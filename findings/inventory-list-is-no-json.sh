#!/usr/bin/env bash
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What ansible-inventory --list prints is not always JSON.
#
# With: ansible-core 2.22.0rc1, Python 3.13.
#
# Guess: ansible-inventory --list prints JSON, whatever the variables are, since that is its format. Where a value
# is masked, a text stands for it, in quotes.
#
# Seen: group_vars/all.yml, encrypted as a whole, has "workers: 2". The output is masked as text, after it was made
# into JSON. For the number a bare word stands, and no parser takes that:
#
#     "workers": $REDACTED$
#
# With --output FILE, the file is JSON, and has the number. So a program should let it write a file.

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

mkdir group_vars
echo 'the password of the example' >password
echo '{all: {hosts: {web1: {}}}}' >hosts.yml
echo 'workers: 2' >group_vars/all.yml
ansible-vault encrypt --vault-password-file password group_vars/all.yml

list=(ansible-inventory -i hosts.yml --vault-password-file password --list)
"${list[@]}" >printed
"${list[@]}" --output written

is_json() { python -c 'import json, sys; json.load(open(sys.argv[1]))' "$1" 2>/dev/null; }
grep -F workers printed written
if is_json printed; then
    echo "Changed: what is printed is JSON."
    exit 1
fi
if ! is_json written || ! grep -qF "\"workers\": \$REDACTED\$" printed; then
    echo "Changed: the file is no JSON, or something else stands for the number."
    exit 1
fi
echo "As seen: what is printed is no JSON, the file is."
