# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  start_time:
    description:
      - From when on. Unix seconds, or ISO 8601 such as V(2026-10-01), V(2026-10-01T08:30:00Z) or
        V(2026-10-01 08:30+02:00).
      - A time without a zone is in UTC. A date alone is its midnight in UTC.
      - Excludes O(since) and O(month).
    type: str
  end_time:
    description:
      - Until when. This moment itself is left out, so V(2026-11-01) includes all of October. Written as O(start_time).
      - If omitted, until now.
      - Excludes O(month).
    type: str
  since:
    description:
      - From so long ago on. A number and V(m), V(h), V(d) or V(w) for minutes, hours, days or weeks, such as V(7d).
      - Excludes O(start_time) and O(month).
    type: str
  month:
    description:
      - A whole month in UTC, such as V(2026-10). V(this) is the present month, V(last) the one before it.
      - Excludes O(start_time), O(since) and O(end_time).
    type: str
  projects:
    description:
      - Only what belongs to the projects of these names, and to those of O(project_ids).
      - The task lists all projects for it, once, archived ones included. An active project counts before an archived
        one of the same name.
      - An empty list, with none in O(project_ids), means no project. Then nothing is read.
      - A project that does not exist fails. In check mode it is left out, with a warning.
    type: list
    elements: str
  project_ids:
    description:
      - Only what belongs to the projects of these IDs, and to those of O(projects).
      - An entry that is empty fails. In check mode it counts as the ID of a project that an earlier task would create,
        and is left out, with a warning.
      - An ID of no project fails. Where the answer does not show that a project exists, the task reads it, or lists all
        projects if there are several of these.
    type: list
    elements: str
notes:
  - The API applies all filters. An empty list lets nothing pass, and the task does not ask the API then.
  - A filter that is too long for one URL is sent in parts, with a request for each.
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
      - They must lie in the time that is read. They may overlap.
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
