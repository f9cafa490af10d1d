# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Open pages in headless Chromium, and read what they show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, sync_playwright
from tools import browser

HEIGHT = 900
FLAGS = [
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Shown:
    """A page as a person sees it."""

    page: Page
    outside: list[str] = field(default_factory=list)
    """The requests of the page for anything except its own file."""
    said: list[str] = field(default_factory=list)
    """The messages in the page's console."""

    @property
    def text(self) -> str:
        """Return all visible text."""
        return self.page.inner_text("body")

    def texts(self, css: str) -> list[str]:
        """Return the visible text of every element that matches a selector."""
        return self.page.locator(css).all_inner_texts()

    def rows(self, css: str) -> list[list[str]]:
        """Return the cells of a table's body, row by row."""
        return [
            [cell.strip() for cell in row.locator("td").all_inner_texts()]
            for row in self.page.locator(f"{css} tbody tr").all()
        ]

    @property
    def problems(self) -> list[str]:
        """Return the page's faults: network requests, console messages, scripts, and contents wider than the window."""
        found = [f"asked for {url}" for url in self.outside] + [f"console: {line}" for line in self.said]
        if self.page.locator("script").count():
            found.append("has a script")
        width, room = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        if width > room:
            found.append(f"is {width} pixels wide in a window of {room}")
        return found

    def screenshot(self, path: Path) -> None:
        """Write a screenshot of the whole page."""
        self.page.screenshot(path=path, full_page=True)


@dataclass(frozen=True)
class Browser:
    """Headless Chromium."""

    chromium: Chromium

    @contextmanager
    def open(self, path: Path | str, width: int = 1200, dark: bool = False, media: str = "screen") -> Iterator[Shown]:
        """Open a file, on a light or dark screen of a width, or as printed (media "print")."""
        address = Path(path).absolute().as_uri()
        scheme = "dark" if dark else "light"
        context = self.chromium.new_context(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)
        page = context.new_page()
        shown = Shown(page)
        page.on("request", lambda request: shown.outside.append(request.url) if request.url != address else None)
        page.on("console", lambda message: shown.said.append(message.text))
        page.on("pageerror", lambda error: shown.said.append(str(error)))
        page.emulate_media(media="print" if media == "print" else "screen")
        page.goto(address)
        try:
            yield shown
        finally:
            context.close()


@contextmanager
def browsing() -> Iterator[Browser]:
    """Run a browser until the end of the block: an installed one, otherwise playwright's."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=FLAGS)
        try:
            yield Browser(chromium)
        finally:
            chromium.close()
