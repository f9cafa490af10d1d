# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Charts as SVG to embed in a page, drawn by pygal in the page's colors for light and dark mode.

Every chart has only one series, and shows name and amount of each bar as text, so that nothing depends on color.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible

try:
    import pygal
    from pygal.style import Style
except ImportError:
    pygal = None

_WIDTH = 460
"""Narrow enough to keep texts readable on a phone."""
_FONT = 14
_ROW = 32
_HEIGHT = 220
_LABEL = 24
"""Maximum characters of a name beside its bar."""
_ROOM = 1.45
"""Ratio of the chart to the longest bar, to leave room for its amount."""
_EVERY = 5
"""Interval of days with a label."""

_LOOK = {
    "background": "transparent",
    "plot_background": "transparent",
    "foreground": "var(--ink)",
    "foreground_strong": "var(--ink)",
    "foreground_subtle": "var(--line)",
    "guide_stroke_color": "var(--line)",
    "major_guide_stroke_color": "var(--line)",
    "guide_stroke_dasharray": "none",
    "major_guide_stroke_dasharray": "none",
    "font_family": "inherit",
    "label_font_size": _FONT,
    "major_label_font_size": _FONT,
    "value_font_size": _FONT,
    "opacity": "1",
    "opacity_hover": "1",
    "stroke_opacity": "1",
    "transition": "0s",
    "colors": ("var(--good)",),
    "value_colors": ("var(--ink)",),
}
"""Colors, by the names of the page's variables."""


@dataclass(frozen=True)
class Bar:
    """The name of a bar, the number for its length, and the text of that number."""

    name: str
    length: float
    text: str


def missing() -> str | None:
    """Return why there can be no charts; null if there can."""
    if pygal is not None:
        return None
    return "There are no charts: the Python library pygal is missing on the controller (pip install pygal)."


def bars(drawn: Sequence[Bar], spoken: str, name: str) -> str | None:
    """Return a chart of horizontal bars, each with its name and its amount."""
    if pygal is None or not drawn:
        return None
    lengths = [each.length for each in drawn]
    chart = pygal.HorizontalBar(
        height=_ROW * len(drawn) + _FONT,
        print_values=True,
        print_values_position="top",
        truncate_label=-1,
        range=(min(0.0, _ROOM * min(lengths)), max(0.0, _ROOM * max(lengths))),
        show_y_guides=False,
        **_options(f"#chart-{name} .axis.x{{display:none}} #chart-{name} .text-overlay text{{text-anchor:start}}"),
    )
    return _svg(chart, list(reversed(drawn)), spoken, name)


def columns(drawn: Sequence[Bar], spoken: str, name: str) -> str | None:
    """Return a chart of vertical bars with a scale, and labels for some of them."""
    lengths = [each.length for each in drawn]
    if pygal is None or not any(lengths):
        return None
    chart = pygal.Bar(
        height=_HEIGHT,
        truncate_label=-1,
        x_labels_major_every=_EVERY,
        show_minor_x_labels=False,
        y_labels=scale(min(0.0, *lengths), max(0.0, *lengths)),
        **_options(),
    )
    return _svg(chart, drawn, spoken, name)


def scale(lowest: float, highest: float) -> list[float]:
    """Return four to eight round numbers, from below the lowest value to above the highest."""
    rough = (highest - lowest) / 4
    power = 10.0 ** floor(log10(rough))
    step = max(factor * power for factor in (1, 2, 5) if factor * power <= rough)
    first = floor(lowest / step)
    numbers = [first * step]
    while numbers[-1] < highest:
        numbers.append((first + len(numbers)) * step)
    return numbers


def _options(css: str = "") -> dict[str, Any]:
    """Return the options of all charts: no scripts, no external resources."""
    return {
        "width": _WIDTH,
        "style": Style(**_LOOK),
        "css": ("file://style.css", "file://graph.css", f"inline:{css}"),
        "show_legend": False,
        "margin": 4,
        "spacing": 6,
        "disable_xml_declaration": True,
    }


def _svg(chart: Any, drawn: Sequence[Bar], spoken: str, name: str) -> str:
    chart.uuid = name  # otherwise pygal generates a different one in each run
    chart.title = None
    names = [visible(each.name) for each in drawn]
    chart.x_labels = [each if len(each) <= _LABEL else f"{each[: _LABEL - 1]}…" for each in names]
    chart.add(None, [{"value": each.length, "formatter": lambda unused_value, text=each.text: text} for each in drawn])
    chart.add_xml_filter(lambda root: _bare(root, visible(spoken)))
    return str(chart.render(is_unicode=True))


def _bare(root: Any, spoken: str) -> Any:
    """Return the SVG without scripts, comments and tooltips, and with an accessible description."""
    for parent in list(root.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str) or child.tag in ("script", "desc", "title"):
                parent.remove(child)
    root.set("role", "img")
    root.set("aria-label", spoken)
    return root
