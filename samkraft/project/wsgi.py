"""The web server's way in."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from samkraft.operations import memory

memory.look_seldom()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samkraft.project.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - reads in every page, so that the first visitor does not wait for it
memory.settle()
