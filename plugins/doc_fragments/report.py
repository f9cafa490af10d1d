# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  start_time:
    description:
      - Start, inclusive. Unix seconds, or ISO 8601 such as V(2026-10-01), V(2026-10-01T08:30:00Z) or V(2026-10-01
        08:30+02:00).
      - A time without a zone is in UTC. A date alone is its midnight in UTC.
      - Excludes O(since) and O(month).
    type: str
  end_time:
    description:
      - End, exclusive, so V(2026-11-01) includes all of October. Same format as O(start_time).
      - If omitted, the end is now.
      - Excludes O(month).
    type: str
  since:
    description:
      - Start, as a duration before now. A number and V(m), V(h), V(d) or V(w) for minutes, hours, days or weeks, such
        as V(7d).
      - Excludes O(start_time) and O(month).
    type: str
  month:
    description:
      - A whole month in UTC, such as V(2026-10). V(this) is the current month, V(last) the previous one.
      - Excludes O(start_time), O(since) and O(end_time).
    type: str
  projects:
    description:
      - Only data of the projects with these names, and of those in O(project_ids).
      - The task lists all projects once, including archived ones. An active project takes precedence over an archived
        one with the same name.
      - An empty list, with none in O(project_ids), means no project. The task then reads nothing.
      - The task fails if a project does not exist. In check mode, it warns and ignores such a project.
    type: list
    elements: str
  project_ids:
    description:
      - Only data of the projects with these IDs, and of those in O(projects).
      - The task fails if an entry is empty. In check mode, an empty entry stands for a project that an earlier task
        would create. The task warns and ignores it.
      - The task fails if a project does not exist. If the report does not contain a project, the task reads that
        project, or lists all projects if there are several such IDs.
    type: list
    elements: str
notes:
  - The API applies all filters. An empty list matches nothing, and the task then sends no request.
  - If a filter is too long for one URL, the task splits it into several requests.
"""

    BUCKETS = r"""
options:
  api_key_ids:
    description:
      - Only what was used with the API keys of these IDs.
    type: list
    elements: str
  group_buckets:
    description:
      - Whether O(group_by) divides the buckets, too. Otherwise only RV(totals) are divided, and a bucket has what all
        of it adds up to.
      - With V(false), the result of a large organization stays small, however many buckets there are.
    type: bool
    default: true
    version_added: 0.9.0
  periods:
    description:
      - Times to add up apart, such as two months that are to be compared. RV(totals[].periods) and RV(total.periods)
        have what each of them adds up to.
      - They must be within the time range of the report. They may overlap.
    type: list
    elements: dict
    suboptions:
      start_time:
        description:
          - From when on, written as O(start_time). A bucket belongs to the periods in which it begins.
        type: str
        required: true
      end_time:
        description:
          - Until when, written as O(end_time).
        type: str
        required: true
    version_added: 0.9.0
  api_key_names:
    description:
      - Give the names and owners of API keys in RV(totals), too.
      - Keys are listed by project, so O(group_by) must hold V(project_id) and V(api_key_id), and each active project
        in the report costs one listing of its keys.
    type: bool
    default: false
notes:
  - All pages are read, with the largest pages that the API has for O(bucket_width).
"""
