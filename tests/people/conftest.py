"""Pages asked from here are made of the files as they lie, as in tests/pages."""

from tests.pages.conftest import _files_as_they_lie

__all__ = ["_files_as_they_lie"]
