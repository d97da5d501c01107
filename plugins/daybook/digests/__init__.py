"""READ: a file in, a digest of entries out.

One module a format, one table of them (`registry.FORMATS`), found by content and never by the
file's extension. This floor knows nothing of papers being the same: it says what each file says.
"""

from .choosing import Format
from .folder import Reading, read_folder
from .registry import FORMATS, RENDERINGS, read_digest

__all__ = ["FORMATS", "RENDERINGS", "Format", "Reading", "read_digest", "read_folder"]
