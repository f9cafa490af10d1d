#!/usr/bin/env bash
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The SDK's reports of usage and costs are one page, and a loop over one of them gives no buckets.
#
# With: openai 3.57.0, Python 3.13.
#
# Guess: usage and costs come in pages, so their methods return what the methods for listings return: a loop goes over
# the buckets of all pages, as "for user in client.admin.organization.users.list()" goes over all people.
#
# Seen: users.list() asks for both pages. usage.completions() and usage.costs() ask for the first one, say nothing of
# the other, and have no get_next_page(). The loop runs, over the fields of the answer as pairs of name and value:
#
#     ['user-1', 'user-2'] of 2 requests
#     ['data', 'has_more', 'next_page', 'object'] of 1 request
#
# A sum over response.data is too small, without an error: ask again with page=response.next_page while has_more.

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

import openai


class Api(BaseHTTPRequestHandler):
    def do_GET(self):
        asked.append(self.path)
        body = json.dumps(answer(self.path)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def answer(path):
    """Two pages of people, and two of usage or costs."""
    if "/users" in path:
        user = "user-2" if "after=" in path else "user-1"
        person = {"object": "organization.user", "id": user, "role": "reader", "added_at": 1}
        return {"object": "list", "data": [person], "last_id": user, "has_more": user == "user-1"}
    last = "page=" in path
    bucket = {"object": "bucket", "start_time": 1, "end_time": 2, "results": []}
    return {"object": "page", "data": [bucket], "has_more": not last, "next_page": None if last else "page-2"}


asked = []
server = HTTPServer(("127.0.0.1", 0), Api)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = openai.OpenAI(api_key="x", admin_api_key="x", base_url=f"http://127.0.0.1:{server.server_port}/v1")
organization = client.admin.organization

people = [user.id for user in organization.users.list()]
as_seen = people == ["user-1", "user-2"] and len(asked) == 2
print(people, "of", len(asked), "requests")
for report in organization.usage.completions, organization.usage.costs:
    asked.clear()
    response = report(start_time=1)
    names = [each[0] if isinstance(each, tuple) else each for each in response]
    print(names, "of", len(asked), "request")
    as_seen = as_seen and sorted(names) == ["data", "has_more", "next_page", "object"] and len(asked) == 1
    as_seen = as_seen and response.has_more and not hasattr(response, "get_next_page")
print("As seen." if as_seen else "Changed.")
sys.exit(0 if as_seen else 1)
END
