# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Search everything that a run left behind for secrets: as plain text, and in the encodings in which they are sent."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote


def forms(secret: str) -> set[bytes]:
    """Return the forms of a secret: plain, URL-encoded, JSON, hexadecimal, and base64 at any offset."""
    plain = secret.encode()
    found = {plain, quote(secret, safe="").encode(), json.dumps(secret)[1:-1].encode(), plain.hex().encode()}
    for before in range(3):
        # the first and the last characters also encode the bytes beside the secret
        encoded = base64.b64encode(b"x" * before + plain)
        inner = encoded[4 if before else 0 : len(encoded) - 4]
        found |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return found


def leaks(secrets: Iterable[str], output: str, *folders: Path) -> list[str]:
    """Return where secrets were found: "the output", or the paths of files in the folders."""
    wanted = {form for secret in secrets for form in forms(secret)}
    places = [("the output", output.encode()), *_files(folders)]
    return [name for name, content in places if any(form in content for form in wanted)]


def _files(folders: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield str(path), path.read_bytes()
