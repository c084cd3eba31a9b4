"""What code that took over a reader would do to the desk and its machine: acts that must fail.

It is a reader, which tries every act in its worker; `tests.confined.lesser` tries them in a process
that is not confined, to show that they are real. Each act gets a folder of its own, which holds a
file `kept`, a file `other` and an empty folder `empty`, and the number of another process.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import resource
import signal
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.confined.kernel import prctl, syscall
from bot.core.model.extract import Extract

Act = Callable[[Path, int], object]
DONE: Final = "done"
_LIBC: Final = ctypes.CDLL(None, use_errno=True)
_MACHINE: Final = {"x86_64": 0, "aarch64": 1}[os.uname().machine]


@dataclass(frozen=True, slots=True)
class Row:
    """`plain`: any process of the same user can do it; `landlock`: that layer alone prevents it."""

    act: Act
    plain: bool = True
    landlock: bool = True


def call(x86_64: int, aarch64: int, *arguments: int) -> int:
    """The call with these numbers, which Python has no name for."""
    return syscall((x86_64, aarch64)[_MACHINE], *arguments)


def _opens(flags: int, name: str = "kept") -> Act:
    return lambda folder, _: os.close(os.open(folder / name, flags))


def _forks(_: Path, __: int) -> None:
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)


def _starts_a_thread(_: Path, __: int) -> None:
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()


def _connects(_: Path, __: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.connect(server.getsockname())


def _reads_memory(call_of: tuple[int, int]) -> Act:
    def act(_: Path, pid: int) -> None:
        here = ctypes.create_string_buffer(8)
        pair = (ctypes.c_size_t * 4)(ctypes.addressof(here), 8, 0, 8)
        at = ctypes.addressof(pair)
        try:
            call(*call_of, pid, at, 1, at + 16, 1, 0)
        except OSError as error:
            if error.errno != errno.EFAULT:  # nothing is at 0, but it was looked for
                raise

    return act


def _clones_anew(_: Path, __: int) -> None:
    given = (ctypes.c_uint64 * 8)(0, 0, 0, 0, signal.SIGCHLD)
    child = syscall(435, ctypes.addressof(given), 64)
    if not child:
        os._exit(0)
    os.waitpid(child, 0)


def _runs_what_has_no_file(_: Path, __: int) -> None:
    program = os.memfd_create("program", 0)  # one that its shell can open as well
    os.write(program, b"#!/bin/sh\necho done\n")
    os.execve(program, ["program"], {})


def _libc(name: str, *arguments: object) -> Act:
    def act(_: Path, __: int) -> None:
        if getattr(_LIBC, name)(*arguments) < 0:
            raise OSError(ctypes.get_errno(), name)

    return act


_SETTINGS = ctypes.create_string_buffer(256)
_AT = ctypes.addressof(_SETTINGS)
_KEEPS_NO_CHILD = (resource.RLIMIT_CPU, (60, 60))

ACTS: Final[dict[str, Row]] = {
    # files
    "read": Row(_opens(os.O_RDONLY)),
    "write": Row(_opens(os.O_WRONLY)),
    "create": Row(_opens(os.O_WRONLY | os.O_CREAT, "new")),
    "list": Row(lambda folder, _: os.listdir(folder)),
    "truncate": Row(lambda folder, _: os.truncate(folder / "kept", 0)),
    "unlink": Row(lambda folder, _: os.unlink(folder / "kept")),
    "rename": Row(lambda folder, _: os.rename(folder / "kept", folder / "new")),
    "replace": Row(lambda folder, _: os.replace(folder / "kept", folder / "other")),
    "link": Row(lambda folder, _: os.link(folder / "kept", folder / "new")),
    "symlink": Row(lambda folder, _: os.symlink("kept", folder / "new")),
    "mkdir": Row(lambda folder, _: os.mkdir(folder / "new")),
    "rmdir": Row(lambda folder, _: os.rmdir(folder / "empty")),
    "mkfifo": Row(lambda folder, _: os.mkfifo(folder / "new")),
    "mknod": Row(lambda folder, _: os.mknod(folder / "new", 0o20600, os.makedev(1, 3)), False),
    "chmod": Row(lambda folder, _: os.chmod(folder / "kept", 0o644), landlock=False),
    "chown": Row(
        lambda folder, _: os.chown(folder / "kept", os.getuid(), os.getgid()), landlock=False
    ),
    "utime": Row(lambda folder, _: os.utime(folder / "kept", (0, 0)), landlock=False),
    "stat": Row(lambda folder, _: os.stat(folder / "kept"), landlock=False),
    "chdir": Row(lambda folder, _: os.chdir(folder), landlock=False),
    "chroot": Row(lambda folder, _: os.chroot(folder), False),
    "setxattr": Row(lambda folder, _: os.setxattr(folder / "kept", "user.x", b"1"), False, False),
    "inotify": Row(lambda folder, _: os.close(call(294, 26, 0))),
    # other processes
    "kill": Row(lambda _, pid: os.kill(pid, 0)),
    "pidfd": Row(lambda _, pid: os.close(os.pidfd_open(pid))),
    "ptrace": Row(lambda _, pid: call(101, 117, 0x4206, pid, 0, 0), False),
    "process_vm_readv": Row(_reads_memory((310, 270)), False),
    "process_vm_writev": Row(_reads_memory((311, 271)), False),
    "its memory": Row(lambda _, pid: os.close(os.open(f"/proc/{pid}/mem", os.O_RDONLY)), False),
    "its environment": Row(
        lambda _, pid: os.close(os.open(f"/proc/{pid}/environ", os.O_RDONLY)), False
    ),
    "its limits": Row(lambda _, pid: resource.prlimit(pid, *_KEEPS_NO_CHILD), landlock=False),
    "its priority": Row(lambda _, pid: os.setpriority(os.PRIO_PROCESS, pid, 19), landlock=False),
    "its processors": Row(
        lambda _, pid: os.sched_setaffinity(pid, os.sched_getaffinity(0)), landlock=False
    ),
    # processes of its own
    "fork": Row(_forks, landlock=False),
    "clone3": Row(_clones_anew, False, False),
    "thread": Row(_starts_a_thread, landlock=False),
    "unshare": Row(_libc("unshare", 0x10000000), False, False),
    "setsid": Row(lambda _, __: call(109, 154, 0, 0), landlock=False),
    # the network
    "socket": Row(lambda _, __: socket.socket().close()),
    "unix socket": Row(lambda _, __: socket.socket(socket.AF_UNIX).close()),
    "socketpair": Row(lambda _, __: list(map(socket.socket.close, socket.socketpair()))),
    "connect": Row(_connects),
    # rights
    "mount": Row(_libc("mount", b"none", b"/mnt", b"tmpfs", 0, None), False),
    "setuid 0": Row(lambda _, __: os.setuid(0), False),
    "setuid": Row(lambda _, __: os.setuid(os.getuid()), landlock=False),
    "dumpable": Row(lambda _, __: prctl(4, 1), landlock=False),
    "outlive the desk": Row(lambda _, __: prctl(1, 0), landlock=False),
    "limits": Row(
        lambda _, __: resource.setrlimit(resource.RLIMIT_STACK, (2**20, 2**20)), landlock=False
    ),
    "more descriptors": Row(
        lambda _, __: resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16)), landlock=False
    ),
    "personality": Row(lambda _, __: call(135, 92, 0), landlock=False),
    # what the kernel shares
    "shmget": Row(_libc("shmget", 0, 4096, 0o1600), landlock=False),
    "shm_open": Row(_libc("shm_open", b"/fapiao-desk-acts", os.O_RDWR | os.O_CREAT, 0o600), False),
    "mq_open": Row(lambda _, __: call(240, 180, _AT, os.O_RDWR | os.O_CREAT, 0o600, 0), False),
    "pipe": Row(lambda _, __: list(map(os.close, os.pipe()))),
    "dup": Row(lambda _, __: os.close(os.dup(0))),
    "memfd": Row(lambda _, __: os.close(os.memfd_create("x"))),
    "ioctl": Row(lambda _, __: call(16, 29, 0, 0x541B, _AT), False, False),
    "io_uring": Row(lambda _, __: os.close(syscall(425, 1, _AT)), False),
    "bpf": Row(lambda _, __: os.close(call(321, 280, 0, _AT, 128)), False),
    "keyctl": Row(lambda _, __: call(250, 219, 0, 2**32 - 3, 1), False, False),
    "userfaultfd": Row(lambda _, __: os.close(call(323, 282, 1)), False),
    "perf_event_open": Row(lambda _, __: os.close(call(298, 241, _AT, 0, -1, -1, 0)), False),
    "syslog": Row(lambda _, __: call(103, 116, 3, _AT, 16), False, False),
    "uname": Row(lambda _, __: os.uname(), landlock=False),
    # other programs
    "execve": Row(lambda _, __: os.execv("/bin/echo", ["echo", DONE])),
    "memfd and execve": Row(_runs_what_has_no_file),
}


def tried(act: Act, folder: Path, pid: int) -> str:
    """What came of it: `DONE`, or the name of the error."""
    try:
        act(folder, pid)
    except OSError as error:
        return errno.errorcode[error.errno or 0]
    except (RuntimeError, ValueError):  # how Python words it for threads and limits
        return "EPERM"
    return DONE


def prepare() -> None:
    """Nothing more to import."""


def read(data: bytes, name: str) -> Extract:
    """Try all; `data` is JSON, the folder that holds a folder for each act, and the process."""
    folder, pid = json.loads(data)
    came = {each: tried(row.act, Path(folder, each), pid) for each, row in ACTS.items()}
    return Extract("other", host=json.dumps(came))
