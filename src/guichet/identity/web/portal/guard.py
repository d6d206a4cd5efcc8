"""What stands before the applicants' pages: whether they are open, and whose application or declaration it is."""

from __future__ import annotations

from guichet.identity.rights import application_of, declaration_of
from guichet.people.accounts.web.closing import open_outside_maintenance
from guichet.people.accounts.web.owned import for_its_owner

# Buttons without a page of their own.
_BUTTONS = ("adopt", "sibling")

# Applications, declarations of loss and appointments: their forms have addresses of these names.
open_for_applications = open_outside_maintenance(forms=frozenset(("step", "review", "attach", "confirm")))

with_application = for_its_owner(application_of, buttons=_BUTTONS, home="identity:tracking")
with_declaration = for_its_owner(declaration_of, buttons=(), home="losses:tracking")
