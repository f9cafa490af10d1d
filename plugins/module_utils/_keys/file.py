# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Writes a new secret to a file that only its owner can read, completely or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, BadInput
from ansible_collections.community.openai_admin.plugins.module_utils._values.redacted import fits

_LONGEST = 4096
"""Maximum characters to read from a file: no key is longer."""


class SecretFile:
    """Writes a secret to a path, which it checks before the secret exists.

    It opens a temporary file in the target's directory, writes and syncs it, and renames it with C(os.replace): the
    target is never incomplete or readable by others. (C(AnsibleModule.atomic_move) would set its mode to 0644.)
    """

    def __init__(self, path: str, set_attributes: Callable[[str], object] | None = None) -> None:
        """C(set_attributes) sets mode, owner and group of a file; it may end the task."""
        self._path = path
        self._set_attributes = set_attributes
        self._folder = os.path.dirname(os.path.abspath(path))
        self._temporary = ""
        self._descriptor = -1

    def warnings(self) -> list[str]:
        """Return a warning if the file is lost at the end of the job."""
        if not _is_thrown_away(os.path.realpath(self._folder)):
            return []
        return [
            f"{self._path} is in a container that is deleted after the job, together with the key."
            " Write it to a mounted volume, or pass it to a secret store in a later task."
        ]

    def is_there(self) -> bool:
        """Return whether the file exists."""
        return os.path.isfile(self._path)

    def holds(self, redacted: str) -> bool:
        """Return whether the file contains the key with this redacted form."""
        try:
            with open(self._path, encoding="utf-8") as file:
                return fits(file.read(_LONGEST).strip(), redacted)
        except (OSError, UnicodeError):
            return False

    def check(self) -> None:
        """Raise C(BadInput) if the file cannot be written there."""
        if os.path.isdir(self._path):
            raise BadInput(f"{self._path} is a directory, not a file for the key.")
        if not os.path.isdir(self._folder):
            raise BadInput(f"The folder {self._folder}, where the new key should be written, does not exist.")
        if not os.access(self._folder, os.W_OK | os.X_OK):
            raise BadInput(f"The folder {self._folder}, where the new key should be written, is not writable.")

    def open(self) -> None:
        """Open the temporary file. Raises C(BadInput)."""
        try:
            self._descriptor, self._temporary = tempfile.mkstemp(dir=self._folder, prefix=".openai_admin_")  # 0600
        except OSError as error:
            raise BadInput(f"Could not prepare {self._path} for the new key: {error.strerror}.") from None
        if self._set_attributes:
            self._set_attributes(self._temporary)

    def deliver(self, secret: str) -> None:
        """Write the secret to the path. Raises C(AdminError)."""
        try:
            with os.fdopen(self._descriptor, "w", encoding="utf-8") as file:
                self._descriptor = -1
                file.write(secret)
                file.flush()
                os.fsync(file.fileno())
            os.replace(self._temporary, self._path)
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not text"
            raise AdminError(f"Could not write the new key to {self._path}: {reason}.") from None
        self._temporary = ""

    def close(self) -> None:
        """Remove the temporary file, if there is one."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
        if self._temporary:
            with suppress(OSError):  # removed together with its directory
                os.unlink(self._temporary)


def _is_thrown_away(folder: str) -> bool:
    """Return whether AWX or ansible-runner deletes the directory after the job."""
    private = os.environ.get("AWX_ISOLATED_DATA_DIR")
    places = ["/runner", *([os.path.realpath(private)] if private else [])]
    return any(folder == place or folder.startswith(place + os.sep) for place in places)
