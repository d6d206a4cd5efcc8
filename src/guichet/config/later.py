"""Addresses of a room that is only loaded when somebody asks for one of them.

The API brings a framework of its own, a fifth of the web's memory and a quarter of its start; most processes of the web
never answer for it.
"""

# Django's resolvers are private in part.
# mypy: allow-untyped-calls

from __future__ import annotations

from typing import Any

from django.urls import URLResolver
from django.urls.resolvers import RoutePattern


class Later(URLResolver):
    """A resolver whose module Django's tables of names do not load; finding or making one of its addresses does."""

    def _populate(self) -> None:
        if "url_patterns" in self.__dict__:
            super()._populate()

    @property
    def reverse_dict(self) -> Any:
        """The names within, loaded."""
        self._load()
        return super().reverse_dict

    def _reverse_with_prefix(self, *args: Any, **kwargs: Any) -> str:
        self._load()
        return str(super()._reverse_with_prefix(*args, **kwargs))  # type: ignore[misc]  # not in the stubs

    def _load(self) -> None:
        len(self.url_patterns)


def later(route: str, module: str, namespace: str) -> Later:
    """The addresses of ``module.urlpatterns`` under ``route``, their names in ``namespace``."""
    return Later(RoutePattern(route, is_endpoint=False), module, app_name=namespace, namespace=namespace)
