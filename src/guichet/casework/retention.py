"""How long what nobody finishes is kept: one declared time for the drafts of all rooms, told on their pages."""

from __future__ import annotations

# Days since the last change, after which a draft is given up.
DRAFTS_KEPT_DAYS = 30
