"""The API's addresses, loaded with it when the first of them is asked for (``guichet.config.later``)."""

from guichet.api.app import api

urlpatterns = api.urls[0]
