# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What names and a server's words can do to a reader: nothing, once control characters are visible.

Raw in a terminal, they clear the screen, forge lines of output, or reverse the order of what is read.
"""

from __future__ import annotations

import re

_CONTROL = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0, DEL and C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # the direction of text
    "\u2028\u2029"  # ends of lines and paragraphs
    "\ud800-\udfff"  # half a pair, which no output can encode
    "]"
)

_SURROGATE = re.compile("[\ud800-\udfff]")


def visible(text: str) -> str:
    """A text of one line with control characters as escapes, such as C(\\x1b), C(\\n) and C(\\u202e).

    Line breaks are control characters, too: join a text of several lines from lines that are visible.
    """
    return _CONTROL.sub(_escape, text)


def is_sendable(text: str) -> bool:
    """Return whether a text can be encoded: half of a surrogate pair cannot."""
    return text.encode("utf-8", "ignore").decode() == text


def encodable(text: str) -> str:
    """Return a text in which halves of surrogate pairs are escapes, and all else as it is."""
    return text if is_sendable(text) else _SURROGATE.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    return ascii(found.group())[1:-1]
