# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  expires_in_seconds:
    description:
      - How long a new key works, in seconds. At most a year. An organization's policy may demand it.
      - Only said when a key is issued, and never compared. If omitted, a new key does not expire.
      - Excludes O(expires_in_days).
    type: int
  expires_in_days:
    description:
      - How long a new key works, in days. Excludes O(expires_in_seconds), and is the same otherwise.
    type: int
  api_key_path:
    description:
      - File to write a new key's value to, and nothing else, not even a line break. The value is not returned then.
      - The folder must exist. A temporary file with mode V(0600) is opened there before the key is issued, and takes
        the place of O(api_key_path) when it is complete. If that fails all the same, the new key is revoked.
      - If there is a key and the file does not exist, the task fails, since nobody can read the key's value again.
        Restore the file, or revoke the key, and the next run issues another one. See O(allow_missing_file).
      - If the file holds another key, the task warns.
      - A file that exists is replaced only when a key is issued.
      - A path in a container that is thrown away after the job, as those of AWX are, gets a warning.
      - The task runs as an ordinary module, on the task's host.
    type: path
  allow_missing_file:
    description:
      - Whether a task that finds a key, but no file at O(api_key_path), warns instead of failing.
    type: bool
    default: false
    version_added: 0.10.0
  mode:
    description:
      - Permissions of the file O(api_key_path), as for C(ansible.builtin.file). Quote octal numbers, as in V('0640').
      - If omitted, a new file has V(0600).
      - Applied to a file that exists too, and ignored without O(api_key_path).
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
  - A key's value is shown once, in the answer that issues it. If that answer gets lost, the key is revoked, and the
    task fails and says so.
  - A task with C(async) has its result written to disk on the task's host, with RV(api_key.value) in it.
    Use O(api_key_path) there.
"""

    SERIES = r"""
options:
  rotate_after_days:
    description:
      - Issue another key if the current one was issued so many days ago, or earlier. At least V(1).
      - If omitted, a key that works is never replaced.
    type: int
  previous:
    description:
      - What becomes of the keys of the name that are older than the current one. A task that issues a key revokes
        none, whatever is said here, so that there is time to hand the new key over. A later run of the same task does.
      - V(keep) revokes none.
      - V(revoke_unused) waits until the current key has been used. From then on it revokes those that have not been
        used for O(unused_for_days) days. The others come back in RV(still_used).
      - V(revoke) revokes all of them, used or not. It can break what still uses one.
      - The key that O(api_key_path) holds and the key that the task itself uses are never revoked. The task warns.
    type: str
    choices:
      - keep
      - revoke_unused
      - revoke
    default: keep
  unused_for_days:
    description:
      - How long an older key must not have been used before O(previous=revoke_unused) revokes it.
        A key that was never used counts from its creation.
    type: int
    default: 7
  current:
    description:
      - Which key of the name is the current one. It alone decides whether another one is issued. The others are
        previous keys.
      - V(newest) is the newest one that has not expired.
      - V(stored) is the one that applications get, wherever they get it from. It is the key of O(stored_key_id), or
        without that the key that the file O(api_key_path) holds. If there is none, or it does not work any more,
        another one is issued.
      - So V(stored) gets over a run that was interrupted between a key's issue and its delivery. The key of that run
        is a previous one then, which nobody uses, and goes as such.
    type: str
    choices:
      - newest
      - stored
    default: newest
  stored_key_id:
    description:
      - ID of the key that is stored, as an earlier task read it. Needs O(current=stored).
      - An empty string says that none is stored.
    type: str
"""
