"""CPU time of processes, in nanoseconds. Other work on a machine changes how long things take, but hardly this."""

import os

_TICK = 1_000_000_000 // os.sysconf("SC_CLK_TCK")


def process_ns(pid):
    """Of all its threads; 0 when it is gone."""
    total = 0
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            try:
                with open(f"/proc/{pid}/task/{thread}/schedstat", encoding="ascii") as file:
                    total += int(file.read().split()[0])
            except FileNotFoundError:
                if not os.path.exists(f"/proc/{pid}/schedstat"):
                    return sum(_times(pid)[:2]) * _TICK  # a kernel without it; in steps of a tick
            except ProcessLookupError:
                pass
    except OSError:
        return 0
    return total


def family_ns(pid):
    """Of a process and its children; of those that have ended, too, since it has waited for them."""
    try:
        reaped = sum(_times(pid)[2:]) * _TICK
    except OSError:
        return 0
    return process_ns(pid) + reaped + sum(process_ns(child) for child in children(pid))


def children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [int(word) for word in file.read().split()]
    except OSError:
        return [int(name) for name in os.listdir("/proc") if name.isdigit() and parent(int(name)) == pid]


def parent(pid):
    try:
        return int(_fields(pid)[1])
    except OSError:
        return 0


def _times(pid):
    """Own user and system time, then that of children that were waited for, in ticks."""
    return [int(word) for word in _fields(pid)[11:15]]


def _fields(pid):
    """Of /proc/PID/stat, from the state on: the name before it may have anything in it."""
    with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
        return file.read().rpartition(")")[2].split()


def memory_kib(pid):
    """{"rss", "pss"}: what it occupies, and its share of that; pss may be missing."""
    sizes = {}
    for file_name, label, key in (("status", "VmRSS:", "rss"), ("smaps_rollup", "Pss:", "pss")):
        try:
            with open(f"/proc/{pid}/{file_name}", encoding="ascii", errors="replace") as file:
                for line in file:
                    if line.startswith(label):
                        sizes[key] = int(line.split()[1])
        except OSError:
            pass
    return sizes
