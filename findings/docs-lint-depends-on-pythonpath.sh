#!/usr/bin/env bash
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What antsibull-docs lints contains the name of its temporary directory if Python can import the collection, too.
#
# With: antsibull-docs 2.28.0 and ansible-core 2.21.5.
#
# Guess: lint-collection-docs lints a copy of the collection that is in the current directory, so the variable
# PYTHONPATH, by which tests find the collection, makes no difference, and neither does the place of the copy.
#
# Seen: if docs/docsite/links.yml has edit_on_github and the collection can be imported through PYTHONPATH, the links
# to the sources are relative to the collection in PYTHONPATH, but lead to the copy: .../edit/main/../../<temporary>/...
# Such a link is not valid RST if a directory in it ends with an underscore, as names of temporary directories
# sometimes do, since they end at random. Then the lint fails for every plugin. Here, the directory has such a name:
#
#     without PYTHONPATH: passed, with PYTHONPATH: Unknown target name: "temporary".
#
# So whoever runs this lint in an environment for tests removes PYTHONPATH from it; otherwise it fails now and then.

set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python=${PYTHON:-}
for candidate in python3.14 python3.13 python3.12 "$HOME"/.pyenv/versions/3.1[234]*/bin/python3; do
    [ -n "$python" ] || ! "$candidate" -c '' 2>/dev/null || python=$candidate
done
"${python:?set PYTHON to a Python 3.12 or newer}" -m venv venv
venv/bin/pip install --quiet ansible-core==2.21.5 antsibull-docs==2.28.0
export ANSIBLE_HOME="$work/home" ANSIBLE_CONFIG="$work/ansible.cfg" PATH="$work/venv/bin:$PATH"
unset PYTHONPATH ANSIBLE_COLLECTIONS_PATH
touch ansible.cfg

collection="$work/tree/ansible_collections/acme/tools"
mkdir -p "$collection/plugins/modules" "$collection/docs/docsite" temporary_
cat >"$collection/galaxy.yml" <<'GALAXY'
namespace: acme
name: tools
version: 1.0.0
readme: README.md
authors: [Acme]
GALAXY
cat >"$collection/docs/docsite/links.yml" <<'LINKS'
edit_on_github:
  repository: acme/tools
  branch: main
LINKS
cat >"$collection/plugins/modules/hammer.py" <<'MODULE'
DOCUMENTATION = """
module: hammer
short_description: Drive a nail
description: Drives a nail.
author: Acme (@acme)
options: {}
"""
EXAMPLES = ""
RETURN = ""
MODULE

ends() { # ends VARIABLE...: what the lint says with these variables
    if (cd "$collection" && env TMPDIR="$work/temporary_" "$@" antsibull-docs lint-collection-docs --plugin-docs .) >log 2>&1; then
        echo passed
    else
        grep -o "Unknown target name.*" log || cat log
    fi
}
seen="without PYTHONPATH: $(ends), with PYTHONPATH: $(ends PYTHONPATH="$work/tree")"
echo "$seen"
if [ "$seen" != 'without PYTHONPATH: passed, with PYTHONPATH: Unknown target name: "temporary".' ]; then
    echo "Changed: the lint no longer depends on PYTHONPATH, or says something else."
    exit 1
fi
echo "As seen: the lint depends on PYTHONPATH, and on the name of the temporary directory."
