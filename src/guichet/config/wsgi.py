"""The WSGI application that granian (or gunicorn) serves."""

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guichet.config.settings")

application = get_wsgi_application()

# Every address is known before the first visitor, and what is loaded now stays: the collector need not look at it again.
import_module("guichet.config.urls")
gc.collect()
gc.freeze()
