"""A process whose kernel says that it cannot exchange two folders, as some systems cannot."""

from __future__ import annotations

import ctypes
import errno
import platform

_NUMBERS = {"x86_64": 316, "aarch64": 276}
"""Of the system call ``renameat2``."""
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("if_true", ctypes.c_ubyte),
        ("if_false", ctypes.c_ubyte),
        ("value", ctypes.c_uint),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("first", ctypes.POINTER(_Instruction)))


def forbid_exchange() -> bool:
    """Have the kernel answer ENOSYS to ``renameat2``, for ever, in this process and its children.

    See https://www.kernel.org/doc/html/latest/userspace-api/seccomp_filter.html. Gives whether it
    could be done.
    """
    number = _NUMBERS.get(platform.machine())
    if platform.system() != "Linux" or number is None:
        return False
    instructions = (_Instruction * 4)(
        _Instruction(_LOAD, 0, 0, 0),
        _Instruction(_JUMP_IF_EQUAL, 0, 1, number),
        _Instruction(_RETURN, 0, 0, _FAIL | errno.ENOSYS),
        _Instruction(_RETURN, 0, 0, _ALLOW),
    )
    program = _Program(4, instructions)
    prctl = ctypes.CDLL(None).prctl
    return bool(
        prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
        and prctl(_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0
    )
