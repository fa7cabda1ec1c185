"""Files on their way in: kept in a temporary file, and never more of one than anything here takes.

The rest of a file that is far too large is received and thrown away, so that whoever sent it gets a page that says why.
"""

from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler

MOST_BYTES = 32 * 1024 * 1024  # every form takes less, and looks at the size before it reads


class CappedFile(TemporaryFileUploadHandler):
    """Keeps the beginning of a file; its `size` is always that of the whole file as it was sent."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> Any:
        """Write what there is room for."""
        if start < MOST_BYTES:
            return super().receive_data_chunk(raw_data[: MOST_BYTES - start], start)
        return None
