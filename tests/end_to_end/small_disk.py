"""A disk that can be full: a tmpfs, seen by this process and its children alone."""

import ctypes
import os
import subprocess
import tempfile
import unittest

CLONE_NEWNS = 0x00020000


class SmallDisk:
    _own_mounts = False

    def __init__(self, megabytes):
        """Skips the test where mounting is not allowed."""
        self._leave_the_mounts_of_others()
        self.folder = tempfile.mkdtemp(prefix="postel-e2e-disk-")
        self._filler = os.path.join(self.folder, "filler")
        try:
            self._mount("-t", "tmpfs", "-o", f"size={megabytes}m,mode=0755", "tmpfs", self.folder)
        except unittest.SkipTest:
            os.rmdir(self.folder)
            raise

    @classmethod
    def _leave_the_mounts_of_others(cls):
        """What is mounted from now on goes with this process, however it ends."""
        if cls._own_mounts:
            return
        if os.geteuid() != 0:
            raise unittest.SkipTest("only root may mount a small disk")
        if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNS) != 0:
            raise unittest.SkipTest(f"no mounts of our own: {os.strerror(ctypes.get_errno())}")
        cls._mount("--make-rprivate", "/")
        cls._own_mounts = True

    @staticmethod
    def _mount(*arguments):
        done = subprocess.run(["mount", *arguments], capture_output=True, text=True)
        if done.returncode != 0:
            raise unittest.SkipTest(f"mounting a small disk is refused: {done.stderr.strip()}")

    def fill(self):
        """Not a page is left. Safe to repeat, for what others gave back in the meantime."""
        piece = 1 << 20
        with open(self._filler, "ab", buffering=0) as filler:
            while piece >= os.sysconf("SC_PAGE_SIZE"):
                try:
                    os.posix_fallocate(filler.fileno(), os.fstat(filler.fileno()).st_size, piece)
                except OSError:
                    piece //= 2

    def make_room(self):
        os.unlink(self._filler)

    def set_read_only(self, read_only):
        self._mount("-o", "remount,ro" if read_only else "remount,rw", self.folder)

    def close(self):
        subprocess.run(["umount", "-l", self.folder], check=True)
        os.rmdir(self.folder)
