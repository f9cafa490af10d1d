#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This is documentation alone: plugins/action/write_files.py does the work.

from __future__ import annotations

DOCUMENTATION = r"""
---
module: write_files
short_description: Write files where Ansible runs
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Write texts to files and remove files, all of them in one task, on the machine where Ansible runs.
  - Each file is written to a temporary file beside it and put in its place, so that it is never half written.
  - The roles C(community.openai_admin.report) and C(community.openai_admin.export) write what they make with it.
  - Nothing is written if one of the files cannot be.
options:
  files:
    description:
      - What is in files, by their paths. Relative paths go from O(directory), and folders that are missing are made.
      - A dictionary or a list is written as JSON.
    type: dict
    default: {}
  kept:
    description:
      - Files that keep what they hold, and get O(mode), O(owner) and O(group). Those that are missing are left out.
    type: list
    elements: path
    default: []
  removed:
    description:
      - Files that are to go.
    type: list
    elements: path
    default: []
  backups:
    description:
      - Where files are copied to before they are written or removed, by their paths.
    type: dict
    default: {}
  directory:
    description:
      - The folder from which relative paths go, by default the one in which Ansible was started. It is made if it is
        missing.
    type: path
  directory_mode:
    description:
      - The mode of O(directory), if it is made. By default what the system gives to folders.
    type: raw
  mode:
    description:
      - The mode of all files, as a text such as V('0600') or V('u=rw,g=r,o='). Letters can be C(r), C(w), C(x), C(X).
      - Without it, a file that is there keeps its own, and a new one has what the system gives to files.
    type: raw
  owner:
    description:
      - The user to whom all files are to belong. Without it, a file that is there keeps its own.
    type: str
  group:
    description:
      - The group to which all files are to belong. Without it, a file that is there keeps its own.
    type: str
attributes:
  action:
    description: The task is run by an action plugin.
    support: full
  check_mode:
    description: Can run in check mode and say what would change without changing it.
    support: full
  diff_mode:
    description: Says how files change. What looks like an API key or is a private key is not shown.
    support: full
  platform:
    description: Where it can run.
    support: full
    platforms: posix
seealso:
  - name: Module ansible.builtin.copy
    description: How to write a file on any host.
    link: https://docs.ansible.com/ansible/latest/collections/ansible/builtin/copy_module.html
"""

EXAMPLES = r"""
---
- name: Write two reports
  community.openai_admin.write_files:
    directory: reports
    directory_mode: "0700"
    mode: "0600"
    files:
      people.txt: "ada@example.com\n"
      projects.json: "{{ ['search-prod'] | to_nice_json }}"

- name: Remove a report, and keep a copy of it
  community.openai_admin.write_files:
    directory: reports
    removed:
      - people.txt
    backups:
      people.txt: old/people.txt
"""

RETURN = r"""
---
files:
  description:
    - The absolute paths of O(files), in their order, without symbolic links.
  returned: success
  type: list
  elements: str
  sample: [/srv/reports/people.txt]
changed_files:
  description:
    - The absolute paths of the files that were written, removed or given another mode, owner or group.
  returned: success
  type: list
  elements: str
  sample: [/srv/reports/people.txt]
backups:
  description:
    - The absolute paths of the copies that were made, by those of the files.
  returned: success
  type: dict
  sample: {/srv/reports/people.txt: /srv/reports/old/people.txt}
"""
