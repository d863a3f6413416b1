"""Under what conditions a run was made."""

import os
import platform
import subprocess
import time

from registry import ROOT


def collect(registry):
    return {
        "cores": os.cpu_count(), "cpu": _cpu_model(), "memory_gib": _memory_gib(), "kernel": platform.release(),
        "machine": platform.machine(), "file_system": _file_system(registry.work),
        "fdatasync_us": _fdatasync_us(registry.work), "load_before": os.getloadavg()[0],
        "postgresql": registry.settings(), "commit": _git("rev-parse", "HEAD"),
        "dirty": bool(_git("status", "--porcelain", "--untracked-files=no")),
    }


def warnings(conditions):
    """What makes the figures doubtful."""
    found = []
    if conditions["file_system"] in ("tmpfs", "ramfs"):
        found.append("The registry was in memory: a flush cost nothing. Set TMPDIR to a folder on a disk.")
    if conditions["load_before"] > 0.3 * conditions["cores"]:
        found.append(f"The machine was busy before the run (load {conditions['load_before']:.1f}): expect noise.")
    return found


def _cpu_model():
    with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:
        for line in file:
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or "unknown"


def _memory_gib():
    return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / (1 << 30), 1)


def _file_system(folder):
    done = subprocess.run(["stat", "-f", "-c", "%T", folder], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def _fdatasync_us(folder):
    """The median of 50 flushes of 8 KiB that were appended."""
    path = os.path.join(folder, "flush")
    times = []
    with open(path, "wb", buffering=0) as file:
        for _ in range(50):
            file.write(bytes(8192))
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - began)
    os.remove(path)
    return round(1e6 * sorted(times)[25])


def _git(*words):
    done = subprocess.run(["git", "-C", ROOT, *words], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None
