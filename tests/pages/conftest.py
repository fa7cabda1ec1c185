"""Pages are tested with the files that they are made of, not with the copies that a server would have collected."""

import pytest


@pytest.fixture(autouse=True)
def _files_as_they_lie(settings: object) -> None:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.WHITENOISE_AUTOREFRESH = True
