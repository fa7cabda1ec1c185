"""Pages are tested with the files that they are made of, not with the copies that a server would have collected."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module", autouse=True)
def _files_as_they_lie() -> Iterator[None]:
    from django.conf import settings
    from django.test import override_settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}, WHITENOISE_AUTOREFRESH=True):
        yield
