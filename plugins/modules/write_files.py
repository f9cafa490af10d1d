#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This is documentation alone: plugins/action/write_files.py does the work.

from __future__ import annotations

DOCUMENTATION = r"""
---
module: write_files
short_description: Write files on the controller
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Write and remove several files in one task, on the controller.
  - The task writes each file to a temporary file beside it and renames it, so that no file is ever incomplete.
  - The roles C(community.openai_admin.report) and C(community.openai_admin.export) use this module.
  - If one of the files cannot be written, the task writes none.
  - Like C(ansible.builtin.copy), the task replaces a symbolic link by a file, and never changes the target of the link.
    It follows links to directories.
options:
  files:
    description:
      - Contents of files, by path. Relative paths start in O(directory). The task creates missing directories.
      - The task writes a dictionary or a list as JSON.
    type: dict
    default: {}
  kept:
    description:
      - Files whose contents stay, and that get O(mode), O(owner) and O(group). The task ignores missing ones, and
        symbolic links.
    type: list
    elements: path
    default: []
  removed:
    description:
      - Files to remove.
    type: list
    elements: path
    default: []
  backups:
    description:
      - Paths to which to copy files before writing or removing them, by path of the file.
    type: dict
    default: {}
  directory:
    description:
      - The directory in which relative paths start, by default the one in which you started Ansible. The task creates
        it if it is missing, which counts as a change.
    type: path
  directory_mode:
    description:
      - The mode of O(directory), if the task creates it. By default the system's.
    type: raw
  mode:
    description:
      - The mode of all files, as a string such as V('0600') or V('u=rw,g=r,o='). Letters can be C(r), C(w), C(x), C(X).
      - If omitted, an existing file keeps its mode, and a new one gets the system's default.
    type: raw
  owner:
    description:
      - The owner of all files. If omitted, an existing file keeps its owner.
    type: str
  group:
    description:
      - The group of all files. If omitted, an existing file keeps its group.
    type: str
attributes:
  action:
    description: An action plugin runs the task.
    support: full
  check_mode:
    description: Can run in check mode and predict changes without making them.
    support: full
  diff_mode:
    description: Shows how files change. The diff hides private keys, and text that looks like an API key.
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
    - The absolute paths of O(files), in the same order, with symbolic links resolved.
  returned: success
  type: list
  elements: str
  sample: [/srv/reports/people.txt]
changed_files:
  description:
    - The absolute paths of the files that the task wrote or removed, or whose mode, owner or group it changed.
    - In all returned paths, text that looks like an API key is masked.
  returned: success
  type: list
  elements: str
  sample: [/srv/reports/people.txt]
backups:
  description:
    - The absolute paths of the copies, by the paths of the files.
  returned: success
  type: dict
  sample: {/srv/reports/people.txt: /srv/reports/old/people.txt}
"""
