"""Makes the kernel answer this process as one whose file system cannot exchange two folders.

A filter of system calls (seccomp) lets ``renameat2`` with the exchange flag fail with ``EINVAL``,
as vfat and NFS do; see https://docs.kernel.org/userspace-api/seccomp_filter.html.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct

_RENAMEAT2 = {"x86_64": 316, "aarch64": 276, "riscv64": 276, "loongarch64": 276}
_EXCHANGE = 2
_NUMBER, _FLAGS = 0, 16 + 4 * 8
"""Where ``struct seccomp_data`` has the call's number, and the low half of its fifth argument."""
_LOAD, _IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000
_SET_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def forbid_exchange() -> None:
    """Let no exchange succeed in this process any more; where none is known, there is none to stop.

    Raises:
        OSError: where the kernel takes no filter.
    """
    number = _RENAMEAT2.get(platform.machine())
    if platform.system() != "Linux" or number is None:
        return
    steps = (
        (_LOAD, 0, 0, _NUMBER),
        (_IF_EQUAL, 0, 3, number),
        (_LOAD, 0, 0, _FLAGS),
        (_IF_EQUAL, 0, 1, _EXCHANGE),
        (_RETURN, 0, 0, _FAIL | errno.EINVAL),
        (_RETURN, 0, 0, _ALLOW),
    )
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = _Program(len(steps), ctypes.addressof(code))
    call = ctypes.CDLL(None, use_errno=True).prctl
    if call(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or call(
        _SET_SECCOMP, _FILTER, ctypes.byref(program)
    ):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
