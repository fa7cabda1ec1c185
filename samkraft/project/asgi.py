"""The web server's asynchronous way in."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samkraft.project.settings")
application = get_asgi_application()
