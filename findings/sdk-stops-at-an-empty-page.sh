#!/usr/bin/env bash
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The SDK's loops over listings end at a page without items, even if the answer says that more pages follow.
#
# With: openai 3.57.0, Python 3.13.
#
# Guess: "for group in client.admin.organization.groups.list()" reads on as long as an answer has has_more: true and a
# cursor. A page that a filter left without items is not the last one.
#
# Seen: of three pages, the second of which has no items but has_more: true and a cursor, the loop reads two. The group
# on the third page is missing, without an error. Listings of groups, whose cursor is in next, and of spend alerts,
# whose cursor is in last_id, behave alike:
#
#     groups: ['first'] of 2 requests, alerts: ['first'] of 2 requests
#
# So a count that was made with the SDK can be too low, and does not prove that nothing else exists.

set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python=${PYTHON:-}
for candidate in python3.14 python3.13 "$HOME"/.pyenv/versions/3.1[34]*/bin/python3; do
    [ -n "$python" ] || ! "$candidate" -c '' 2>/dev/null || python=$candidate
done
"${python:?set PYTHON to a Python 3.13 or newer}" -m venv venv
venv/bin/pip install --quiet openai==3.57.0

venv/bin/python - <<'END'
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import openai


class Api(BaseHTTPRequestHandler):
    def do_GET(self):
        asked.append(self.path)
        body = json.dumps(answer(*urlsplit(self.path)[2:4])).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def answer(path, query):
    """Three pages: one item, no item, one item."""
    after = parse_qs(query).get("after", [""])[0]
    name = {"": "first", "cursor-1": "", "cursor-2": "second"}[after]
    following = {"": "cursor-1", "cursor-1": "cursor-2", "cursor-2": None}[after]
    item = {"id": name, "name": name, "created_at": 1, "is_scim_managed": False, "group_type": "group"}
    if path.endswith("/spend_alerts"):
        channel = {"type": "email", "recipients": ["ops@example.com"]}
        item = {"id": name, "object": "organization.spend_alert", "threshold_amount": 1, "currency": "USD"}
        item.update(interval="month", notification_channel=channel)
    page = {"object": "list", "data": [item] if name else [], "has_more": following is not None}
    return {**page, "next": following, "last_id": following}


asked = []
server = HTTPServer(("127.0.0.1", 0), Api)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = openai.OpenAI(api_key="x", admin_api_key="x", base_url=f"http://127.0.0.1:{server.server_port}/v1")
organization = client.admin.organization

seen = []
for name, listing in (("groups", organization.groups), ("alerts", organization.spend_alerts)):
    asked.clear()
    found = [item.id for item in listing.list()]
    seen.append(f"{name}: {found} of {len(asked)} requests")
print(", ".join(seen))
if seen != ["groups: ['first'] of 2 requests", "alerts: ['first'] of 2 requests"]:
    sys.exit("Changed: the SDK reads on after a page without items, or asks otherwise.")
print("As seen: a page without items ends the listing, and what follows is missing.")
END
