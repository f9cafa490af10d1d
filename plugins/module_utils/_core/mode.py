# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The only file that knows check mode: it applies a plan or predicts its result."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import NotFound
from ansible_collections.community.openai_admin.plugins.module_utils._model.ref import Missing
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Mode

End = TypeVar("End")


def take_for_granted(
    assumes: tuple[Missing, ...],
    mode: Mode,
    doing: str,
    became: Callable[[Iterable[Missing]], str] = lambda unused_missing: "",
    instead: NotFound | None = None,
) -> tuple[str, ...]:
    """Return warnings about missing objects that check mode assumes to be created by earlier tasks.

    C(became): returns sentences about what happened to them. Raises C(NotFound) in a real run, and for objects that no
    task can create. C(instead): the error to raise.
    """
    lacking = [what for what in assumes if what.is_final or not mode.check]
    if lacking:
        error = instead or NotFound(f"Could not {doing}: {' '.join(f'{what.words}.' for what in lacking)}")
        error.add(became(lacking))
        raise error
    granted = [(f"{what.words}: predicted as if an earlier task had created it.", what) for what in assumes]
    return tuple(" ".join(filter(None, (said, became([what])))) for said, what in granted)


def carry_out(mode: Mode, apply: Callable[[], End], predict: Callable[[], End], beforehand: Iterable[str] = ()) -> End:
    """Apply a plan in a real run, or predict its result in check mode. Raises C(AdminError).

    C(beforehand): warnings to show in a real run before it changes anything.
    """
    if mode.tell and not mode.check:
        for warning in beforehand:
            mode.tell(warning)
    return predict() if mode.check else apply()
