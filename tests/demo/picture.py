# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Take the README's picture: the upper part of the audit page that the last demo made."""

from __future__ import annotations

from pathlib import Path

from integration.browser import browsing

CHECKOUT = Path(__file__).resolve().parents[2]
PAGE = CHECKOUT / ".build" / "demo" / "audit.html"
PICTURE = CHECKOUT / "docs" / "audit.png"
WIDTH = 1120
BELOW = "h2:has-text('Rate limits that are not declared')"
"""The first element that is below the picture."""


def main() -> None:
    """Take the picture of the audit's page for the documentation."""
    with browsing() as browser, browser.open(PAGE, width=WIDTH) as shown:
        end = shown.page.locator(BELOW).bounding_box()
        if end is None:
            raise SystemExit(f"{PAGE} shows no {BELOW}.")
        clip = {"x": 0, "y": 0, "width": WIDTH, "height": end["y"]}
        shown.page.screenshot(path=PICTURE, clip=clip, full_page=True)


if __name__ == "__main__":
    main()
