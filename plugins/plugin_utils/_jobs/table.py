# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The table of jobs: how each makes its report from the data, its files, and its summary."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs import budget, export, rotate_key
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.access_matrix import (
    COLUMNS as MATRIX_COLUMNS,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.access_review import review
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit import audit
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit_junit import junit
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.budget_metrics import metrics
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.cost_page import shown
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.cost_report import report as cost_report
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.offboard import (
    in_short,
    offboarding,
    unfinished,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.about import answering
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.csv import rows_of
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.page import page

Report = Mapping[str, Any]
Settings = Mapping[str, Any]
About = Mapping[str, Any]

MATRIX = "openai_admin_access_review_matrix"
ROLES = Path(__file__).resolve().parents[3] / "roles"
PAGE = "html"
MOST_OF_A_PLACE = 2000
"""Maximum characters of a report's location in statistics, so that AWX gets at most 4 KB."""


@dataclass(frozen=True)
class File:
    """A file of a report. Its name may contain values of the report in braces, such as C({month})."""

    kind: str
    name: str
    make: Callable[[Report, Settings], str]
    asked_by: str = ""
    """The setting that asks for it; empty: it is always made."""


@dataclass(frozen=True)
class Places:
    """The location of the report: the paths of its files by kind, and the URL that the publishing task set."""

    paths: Mapping[str, str]
    url: str = ""

    def of(self, kind: str) -> str:
        """Return the URL of the report, or else the path of its file of this kind."""
        return self.url or self.file(kind)

    def file(self, kind: str) -> str:
        """Return the path of the file of this kind."""
        return self.paths.get(kind) or "not written"


def _nowhere(unused_report: Report, unused_places: Places) -> list[str]:
    return []


@dataclass(frozen=True)
class Job:
    """A job: its variables, report, page, files and summary."""

    prefix: str
    """The prefix of its variables."""
    report: Callable[[Any, Settings, About], dict[str, Any]]
    """Makes the report from the data, the settings of the role, and further facts."""
    takes: tuple[str, ...] = ()
    """The required keys of the data; empty: any dictionary."""
    files: tuple[File, ...] = ()
    where: Callable[[Report, Places], list[str]] = _nowhere
    """Returns lines after the summary about the location of the report."""
    statistics: str = ""
    """The part of the report for statistics; empty if there is none."""
    verdict: Callable[[Report], str] = lambda unused_report: ""
    """Returns why the job has to fail at its end; empty if it does not."""


def files_of(job: Job, report: Report, settings: Settings) -> dict[str, Any]:
    """Return the C(files) of a report, each with its kind, name and content, and where the settings put them.

    A page finds the SHA-256 of all other files, by their names, in the C(sha256) of its report. C(directory): the
    folder. C(publish): the task file that publishes the files, empty if there is none.
    """
    asked = [each for each in job.files if not each.asked_by or settings.get(each.asked_by)]
    data = {each.kind: each.make(report, settings) for each in asked if each.kind != PAGE}
    names = {each.kind: each.name.format_map(report) for each in asked}
    shown = {**report, "sha256": {names[kind]: _digest(text) for kind, text in data.items()}}
    pages = {each.kind: each.make(shown, settings) for each in asked if each.kind == PAGE}
    contents = {**data, **pages}
    return {
        "files": [{"kind": kind, "name": name, "content": contents[kind]} for kind, name in names.items()],
        **{name: settings.get(f"{job.prefix}_{name}") or "" for name in ("directory", "publish")},
    }


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def end_of(job: Job, report: Report, places: Places, host: str = "") -> dict[str, Any]:
    """Return the C(summary), the C(statistics) and the C(verdict) of a job; the verdict is empty if the job succeeds.

    C(statistics) are empty if the job passes nothing on. C(host): distinguishes several hosts.
    """
    end = {"summary": [*report["summary"], *job.where(report, places)], "verdict": job.verdict(report)}
    if not job.statistics:
        return {**end, "statistics": {}}
    place = places.of("html")
    told = {**report[job.statistics], "report": place if len(place) <= MOST_OF_A_PLACE else None}
    return {**end, "statistics": {statistic_of(job.prefix, host): told}}


def statistic_of(prefix: str, host: str) -> str:
    """Return the name of the statistic for a host, which is an identifier; without a host, the prefix.

    A host whose name is no part of an identifier gets a digest of its name, so that C(a-b) and C(a.b) stay apart.
    """
    if not host:
        return prefix
    plain = re.sub("[^A-Za-z0-9_]", "_", host)
    return f"{prefix}_{plain}" if plain == host else f"{prefix}_{plain}_{_digest(host)[:6]}"


def _page(role: str, prepare: Callable[[Report], Report] = dict) -> Callable[[Report, Settings], str]:
    template = ROLES / role / "templates" / "page.html.j2"
    return lambda report, unused_settings: page(prepare(report), str(template))


def _json(in_order: bool = False) -> Callable[[Report, Settings], str]:
    return lambda report, unused_settings: json.dumps(report, indent=4, sort_keys=not in_order, default=str) + "\n"


def _csv(rows: str, prefix: str, numbers: tuple[str, ...] = ()) -> Callable[[Report, Settings], str]:
    def make(report: Report, settings: Settings) -> str:
        return rows_of(report[rows], report["columns"], numbers, settings[f"{prefix}_byte_order_mark"])

    return make


def _matrix(report: Report, settings: Settings) -> str:
    return rows_of(report["matrix"], MATRIX_COLUMNS, (), settings["openai_admin_access_review_byte_order_mark"])


def _audit(read: Any, settings: Settings, about: About) -> dict[str, Any]:
    return audit(read, about["declaration"], settings, about)


def _access_review(read: Any, settings: Settings, about: About) -> dict[str, Any]:
    name = answering(about.get("organization_names", ()))
    days = settings["openai_admin_access_review_unused_days"]
    with_matrix = bool(settings.get(MATRIX))
    return review(read, days, about.get("organization") or "", time.time(), name, with_matrix)


def _cost_report(read: Any, unused_settings: Settings, about: About) -> dict[str, Any]:
    return cost_report(
        read, about["question"], about.get("organization") or "", about.get("declaration"), about.get("limits")
    )


def _offboard(read: Any, settings: Settings, about: About) -> dict[str, Any]:
    before = about.get("before")
    name = answering([*about.get("organization_names", ()), (before or {}).get("organization_name")])
    days = settings["openai_admin_offboard_hold_if_used_within_days"]
    made = offboarding(read, about["addresses"], days, about.get("organization") or "", time.time(), before, name)
    short = in_short(made, bool(about.get("check")), before, about.get("declared"))
    return {**made, "unfinished": unfinished(made), "summary": short}


def _unfinished(report: Report) -> str:
    return " ".join(["Off-boarding is not finished.", *report["unfinished"]]) if report["unfinished"] else ""


JOBS = {
    "access_review": Job(
        prefix="openai_admin_access_review",
        report=_access_review,
        files=(
            File("html", "access_review.html", _page("access_review")),
            File("csv", "access_review.csv", _csv("rows", "openai_admin_access_review")),
            File("matrix", "access_matrix.csv", _matrix, asked_by=MATRIX),
            File("json", "access_review.json", _json()),
        ),
        where=lambda unused_report, places: [
            f"Page: {places.of('html')}",
            f"Table: {places.paths.get('csv') or 'not written'}",
            *([f"Who can do what: {places.paths['matrix']}"] if "matrix" in places.paths else []),
        ],
    ),
    "audit": Job(
        prefix="openai_admin_audit",
        report=_audit,
        files=(
            File("html", "audit.html", _page("audit")),
            File("json", "audit.json", _json()),
            File("junit", "audit.xml", lambda report, unused_settings: junit(report)),
        ),
        where=lambda unused_report, places: [f"Report: {places.of('html')}"],
        statistics="stats",
        verdict=lambda report: report["sentence"] if report["failed"] else "",
    ),
    "budget": Job(
        prefix="openai_admin_budget",
        report=budget.report,
        takes=("costs", "limits", "keys"),
        files=(
            File("html", "budget.html", _page("budget")),
            File("csv", "budget.csv", _csv("rows", "openai_admin_budget", budget.NUMBERS)),
            File("json", "budget.json", _json(in_order=True)),
            File("junit", "budget.xml", lambda report, unused_settings: junit(report)),
            File("metrics", "openai_costs.prom", metrics),
        ),
        where=lambda unused_report, places: [f"Report: {places.of('html')}", f"Metrics: {places.file('metrics')}"],
        statistics="stats",
        verdict=lambda report: report["sentence"] if report["failed"] else "",
    ),
    "cost_report": Job(
        prefix="openai_admin_cost",
        report=_cost_report,
        takes=("buckets",),
        files=(
            File("html", "cost-report-{month}.html", _page("cost_report", shown)),
            File("csv", "cost-report-{month}.csv", _csv("lines", "openai_admin_cost", ("amount", "share"))),
            File("json", "cost-report-{month}.json", _json(in_order=True)),
        ),
        where=lambda unused_report, places: [f"Written: {path}" for path in places.paths.values()],
    ),
    "export": Job(prefix="openai_admin_export", report=export.report, takes=("flaws",)),
    "offboard": Job(prefix="openai_admin_offboard", report=_offboard, verdict=_unfinished),
    "rotate_key": Job(prefix="openai_admin_rotate_key", report=rotate_key.report),
}
"""The jobs, by name of their roles."""
