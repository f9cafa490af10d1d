# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  project:
    description:
      - Name of the project. Only active projects count.
      - One of O(project) and O(project_id) is required. O(project_id) takes precedence, unless it is null or empty.
      - With a name, the task lists the projects first. To save these requests, pass the project's ID.
      - In check mode, a project that does not exist counts as one that an earlier task would create, and the task
        warns.
    type: str
  project_id:
    description:
      - ID of the project.
      - In check mode, a null or empty ID stands for a project that an earlier task would create, unless O(project) is
        given. In a real run, the task then fails.
      - The task fails if the ID does not exist, in check mode too.
    type: str
"""

    INFO = r"""
options:
  project:
    description:
      - Name of the project to read from. Only active projects count.
      - If neither O(project) nor O(project_id) nor O(projects) is given, all active projects are read.
        That is one request or more for each.
      - If both are given, O(project_id) counts, unless it is null or empty.
      - A project that does not exist fails. In check mode, the result is an empty list and a warning instead.
    type: str
  project_id:
    description:
      - ID of the project to read from.
      - If it is given and null or empty, and O(project) is not given, the task fails.
        In check mode, the result is an empty list and a warning instead.
      - The task fails if the ID does not exist, in check mode too.
    type: str
  projects:
    description:
      - Projects to read from, as M(community.openai_admin.project_info) returns them, so that several tasks need not
        list them again. Of each, C(id) is required and C(name) is used.
      - An empty list means no project. Mutually exclusive with O(project) and O(project_id).
    type: list
    elements: dict
"""

    OPTIONAL = r"""
options:
  project:
    description:
      - Name of the project. Only active projects count.
      - If neither O(project) nor O(project_id) is given, the organization itself is meant.
      - With a name, the task lists the projects first. To save these requests, pass the project's ID.
      - In check mode, a project that does not exist counts as one that an earlier task would create, and the task
        warns.
    type: str
  project_id:
    description:
      - ID of the project. If it is given together with O(project), it counts, unless it is null or empty.
      - In check mode, a null or empty ID stands for a project that an earlier task would create, unless O(project) is
        given. In a real run, the task then fails. It never stands for the organization.
      - The task fails if the ID does not exist, in check mode too.
    type: str
"""

    OPTIONAL_INFO = r"""
options:
  project:
    description:
      - Name of the project to read from. Only active projects count.
      - If neither O(project) nor O(project_id) nor O(projects) is given, that of the organization is read.
      - If both are given, O(project_id) counts, unless it is null or empty.
      - A project that does not exist fails. In check mode, the result is an empty list and a warning instead.
    type: str
  project_id:
    description:
      - ID of the project to read from.
      - If it is given and null or empty, and O(project) is not given, the task fails.
        In check mode, the result is an empty list and a warning instead.
      - The task fails if the ID does not exist, in check mode too.
    type: str
  projects:
    description:
      - Projects to read from, as M(community.openai_admin.project_info) returns them. Of each, C(id) is required and
        C(name) is used.
      - An empty list means no project. Mutually exclusive with O(project) and O(project_id).
    type: list
    elements: dict
"""
