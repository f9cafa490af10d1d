# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  expires_in_seconds:
    description:
      - After how many seconds a new key expires. At most a year. A policy of the organization may require this option.
      - Applies only when the task issues a key, and is never compared. If omitted, a new key does not expire.
      - Excludes O(expires_in_days).
    type: int
  expires_in_days:
    description:
      - The same in days. Excludes O(expires_in_seconds).
    type: int
  api_key_path:
    description:
      - File for the value of a new key, without a line break. The task then does not return the value.
      - The directory must exist. Before the task issues the key, it opens a temporary file there with mode V(0600),
        which it renames to O(api_key_path) when it is complete. If that fails, the task revokes the new key.
      - If a key exists but the file does not, the task fails, because nobody can read the key's value again. Restore
        the file, or revoke the key so that the next run issues another one. See O(allow_missing_file).
      - If the file contains another key, the task warns.
      - The task replaces an existing file only when it issues a key.
      - The task warns if the path is in a container that is deleted after the job, as in AWX.
      - The task runs as an ordinary module, on the task's host.
    type: path
  allow_missing_file:
    description:
      - Whether to warn instead of failing if there is a key but no file at O(api_key_path).
    type: bool
    default: false
    version_added: 0.10.0
  mode:
    description:
      - Permissions of the file O(api_key_path), as for C(ansible.builtin.file). Quote octal numbers, as in V('0640').
      - If omitted, a new file has V(0600).
      - Also applies to an existing file. Requires O(api_key_path).
    type: raw
  owner:
    description:
      - Name of the user to own the file O(api_key_path), as for C(ansible.builtin.file).
    type: str
  group:
    description:
      - Name of the group to own the file O(api_key_path), as for C(ansible.builtin.file).
    type: str
notes:
  - The API shows a key's value only once, in the answer that issues it. If that answer is lost, the task revokes the
    key and fails.
  - For a task with C(async), Ansible writes the result, including RV(api_key.value), to disk on the task's host. Use
    O(api_key_path) instead.
"""

    SERIES = r"""
options:
  rotate_after_days:
    description:
      - Issue another key if the current one is at least this many days old. At least V(1).
      - If omitted, a working key is never replaced.
    type: int
  previous:
    description:
      - What happens to keys with this name that are older than the current one. A task that issues a key never
        revokes others, so that there is time to hand the new key over. A later run of the same task does.
      - V(keep) revokes none.
      - V(revoke_unused) waits until the current key has been used. From then on it revokes those that have not been
        used for O(unused_for_days) days. The others come back in RV(still_used).
      - V(revoke) revokes all of them, used or not. This breaks applications that still use one.
      - The key that O(api_key_path) holds and the key that the task itself uses are never revoked. The task warns.
    type: str
    choices:
      - keep
      - revoke_unused
      - revoke
    default: keep
  unused_for_days:
    description:
      - Days without use after which O(previous=revoke_unused) revokes an older key. For a key that was never used,
        they count from its creation.
    type: int
    default: 7
  current:
    description:
      - Which key with this name is the current one. Only its age decides whether another one is issued. All others
        are previous keys.
      - V(newest) is the newest one that has not expired.
      - V(stored) is the key that is stored for applications. It has the ID O(stored_key_id), or else it is the one in
        the file O(api_key_path). If there is none, or it no longer works, the task issues another one.
      - So V(stored) recovers from a run that was interrupted after it had issued a key and before it had delivered
        it. That key then counts as a previous one, which nobody uses.
    type: str
    choices:
      - newest
      - stored
    default: newest
  stored_key_id:
    description:
      - ID of the key that is stored, as an earlier task read it. Needs O(current=stored).
      - An empty string means that none is stored.
    type: str
"""
