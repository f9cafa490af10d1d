# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Control characters, made visible in names and in a server's words.

In a terminal, raw ones could clear the screen, forge lines of output, or reverse the order of the text.
"""

from __future__ import annotations

import re

_CONTROL = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0, DEL and C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # the direction of text
    "\u2028\u2029"  # ends of lines and paragraphs
    "\ud800-\udfff"  # unpaired surrogates, which no output can encode
    "]"
)

_SURROGATE = re.compile("[\ud800-\udfff]")


def visible(text: str) -> str:
    """Return one line of text with control characters as escapes, such as C(\\x1b), C(\\n) and C(\\u202e).

    This escapes line breaks too: for a text of several lines, pass each line, then join the results.
    """
    return _CONTROL.sub(_escape, text)


def is_sendable(text: str) -> bool:
    """Return whether a text can be encoded: it contains no unpaired surrogates."""
    return text.encode("utf-8", "ignore").decode() == text


def encodable(text: str) -> str:
    """Return a text with unpaired surrogates as escapes."""
    return text if is_sendable(text) else _SURROGATE.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    return ascii(found.group())[1:-1]
