"""Files come whole or not at all, and never take the place of what somebody else wrote."""

import grp
import os
import tempfile

from values import Wrong

MARK = "Made by dns-config"


def group_of(name):
    """The group that may read secrets; None: nobody but the owner (not root, or no such group here)."""
    if not name or os.geteuid() != 0:
        return None
    try:
        return grp.getgrnam(name).gr_gid
    except KeyError:
        return None


def _put(path, text, mode, group):
    descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".dns-config-")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            if group is not None:
                os.fchown(file.fileno(), -1, group)
            os.fchmod(file.fileno(), mode)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _is_ours(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return MARK in file.readline()


def write_all(folder, files, group):
    if not os.path.isdir(folder):
        raise Wrong(f"--out: there is no folder {folder}")
    paths = [os.path.join(folder, file.name) for file in files]
    for path in paths:
        if os.path.lexists(path) and not _is_ours(path):
            raise Wrong(f"--out: {path} is there and was not made by dns-config; move it away first")
    for path, file in zip(paths, files):
        secret_mode = 0o600 if group is None else 0o640
        _put(path, file.text, secret_mode if file.secret else 0o644, group if file.secret else None)
    return paths


def write_key(path, text, group):
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Wrong(f"{path} is there already; a key is never overwritten") from None
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        if group is not None:
            os.fchown(file.fileno(), -1, group)
            os.fchmod(file.fileno(), 0o640)
