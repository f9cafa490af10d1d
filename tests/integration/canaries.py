# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Looks for secrets in whatever a run left behind: as they are, and in the forms in which they are passed on."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote


def forms(secret: str) -> set[bytes]:
    """A secret as text, in base64 wherever it may stand in what was encoded, in a URL, and in JSON."""
    plain = secret.encode()
    found = {plain, quote(secret, safe="").encode(), json.dumps(secret)[1:-1].encode(), plain.hex().encode()}
    for before in range(3):
        # the characters at both ends depend on what stands beside the secret
        encoded = base64.b64encode(b"x" * before + plain)
        inner = encoded[4 if before else 0 : len(encoded) - 4]
        found |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return found


def leaks(secrets: Iterable[str], output: str, *folders: Path) -> list[str]:
    """Where secrets were found: in what a run printed, or in files."""
    wanted = {form for secret in secrets for form in forms(secret)}
    places = [("the output", output.encode()), *_files(folders)]
    return [name for name, content in places if any(form in content for form in wanted)]


def _files(folders: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield str(path), path.read_bytes()
