# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

_TIMES = r"""
  start_time:
    description:
      - From when on, inclusive. Unix seconds, or a date or time in ISO 8601, such as V(2026-10-01) or
        V(2026-10-01T12:00:00+02:00). Without a zone it is UTC.
    type: str
  end_time:
    description:
      - Until when, exclusive, in the same forms. Until now if omitted.
    type: str
  since:
    description:
      - From so long ago on, such as V(7d). The unit is V(m), V(h), V(d) or V(w). Excludes O(start_time).
    type: str
  month:
    description:
      - A whole month in UTC, such as V(2026-10). Excludes O(start_time), O(end_time) and O(since).
    type: str
  projects:
    description:
      - Only of the projects of these names, archived ones included. All projects are listed for that.
      - A name that no project has is an error. In check mode it counts as that of a project that an earlier task
        would create.
    type: list
    elements: str
  project_ids:
    description:
      - Only of the projects of these IDs. O(projects) and O(project_ids) add up.
    type: list
    elements: str
"""


class ModuleDocFragment:
    DOCUMENTATION = (
        r"""
options:"""
        + _TIMES
    )

    BUCKETS = (
        r"""
options:"""
        + _TIMES
        + r"""
  names:
    description:
      - For which of the groups names stand beside IDs in RV(totals).
      - Names of projects and addresses of people cost one listing each. Names of keys cost a listing of projects and
        one of the keys of each active project.
      - Only groups of O(group_by) count.
    type: list
    elements: str
    choices:
      - project_id
      - user_id
      - api_key_id
    default:
      - project_id
      - user_id
notes:
  - One of O(start_time), O(since) and O(month) is needed.
  - All filters are the API's own. All buckets are read, with the largest pages that the API has for the width.
  - A filter that is an empty list finds nothing, and no request is sent.
"""
    )
