"""What every file system and Windows allow in the name of a file, whoever chose it."""

from __future__ import annotations

import re

LONGEST_NAME = 255
"""Bytes of one name on every usual file system (ext4, APFS, NTFS)."""
DEVICES = "con|prn|aux|nul|com[0-9]|lpt[0-9]"
"""A pattern of Windows' devices, small letters: no file has such a name, whatever its extension.

https://learn.microsoft.com/windows/win32/fileio/naming-a-file
"""
_DEVICE = re.compile(rf"(?:{DEVICES}) *(?:\.|\Z)", re.IGNORECASE)


def is_device(name: str) -> bool:
    """Tell whether Windows takes a file's name for a device."""
    return _DEVICE.match(name) is not None
