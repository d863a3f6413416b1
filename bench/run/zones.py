"""The whole zone as a file: postel-zonegen beside psql with a sorted COPY of the same domains, in turns."""

import os
import time

import children
import cpu
from registry import ROOT

PEER = os.path.join(ROOT, "bench", "classical", "zone.sql")
VARIANTS = {"sorted": "ORDER BY 1, 2", "unsorted": ""}


def zone(bench):
    """Each writes a new file, of the TLD with most of the names."""
    runs = _Runs(bench)
    runs.postel()  # not counted: it brings the tables into memory
    for number in range(1, bench.plan.rounds + 1):
        steps = [("postel", "", runs.postel)]
        steps += [("psql", variant, lambda variant=variant: runs.psql(variant)) for variant in VARIANTS]
        for side, variant, step in steps if number % 2 else reversed(steps):
            runs.keep(number, side, variant, step())
    bench.findings["zone"] = runs.found


class _Runs:
    def __init__(self, bench):
        self.bench, self.tld = bench, bench.registry.env["EPP_TLD"]
        self.folder = bench.registry.path("zones")
        os.makedirs(self.folder, exist_ok=True)
        self.found = {"domains": int(bench.registry.sql("SELECT count(*) FROM domains")), "names": 0}

    def postel(self):
        path = os.path.join(self.folder, "new.zone")
        _remove(path)
        program = os.path.join(self.bench.build, "bin", "postel-zonegen")
        figures = self._run([program, "full", "--database", self.bench.registry.database, "--tld", self.tld, "--out", path], path)
        self.found.update(names=_delegations(figures.pop("output")), bytes=os.path.getsize(path))
        return figures

    def psql(self, variant):
        """As many parallel workers as it likes, and more memory for the sort than it needs to merge in one pass."""
        path = os.path.join(self.folder, "copy.txt")
        _remove(path)
        with open(PEER, encoding="utf-8") as file:
            select = " ".join(line for line in file.read().splitlines() if not line.startswith("--"))
        select = select.replace(":tld", self.tld).replace(":order", VARIANTS[variant])
        return self._run(["psql", self.bench.registry.database, "-XAtqv", "ON_ERROR_STOP=1",
                          "-c", "SET work_mem = '256MB'", "-c", f"\\copy ({select}) TO '{path}'"], path)

    def _run(self, words, path):
        """Until the file is on the disk: postel-zonegen sees to that itself."""
        postgres = self.bench.registry.postgres_pid
        began, server_began = time.monotonic(), cpu.family_ns(postgres)
        output, usage = children.run_measured(words, self.bench.registry.path("zones.log"))
        with open(path, "rb") as file:
            os.fsync(file.fileno())
        elapsed_ms = 1000 * (time.monotonic() - began)
        time.sleep(0.3)  # for the end of the server's processes
        seconds = {"epp": usage.ru_utime + usage.ru_stime, "postgres": (cpu.family_ns(postgres) - server_began) / 1e9}
        return {"elapsed_ms": elapsed_ms, "peak_kib": usage.ru_maxrss, "output": output, "cpu_seconds": seconds}

    def keep(self, number, side, variant, figures):
        """Both sides by the names of the zone: how many records they make of them does not count."""
        figures.pop("output", None)
        names = self.found["names"]
        figures["per_second"] = names / (figures["elapsed_ms"] / 1000)
        figures["cpu_us"] = {name: 1e6 * seconds / names for name, seconds in figures["cpu_seconds"].items()}
        figures["cpu_ms"] = 1000 * sum(figures["cpu_seconds"].values())
        self.bench.keep(number, side, "zone", 1, figures, variant=variant)
        print(f"  {side + ' ' + variant:28}{figures['elapsed_ms'] / 1000:>12,.1f} s {figures['cpu_ms'] / 1000:>8,.1f} s CPU "
              f"{figures['peak_kib'] / 1024:>6,.0f} MiB",
              flush=True)


def _remove(path):
    for name in (path, path + ".manifest"):
        if os.path.exists(name):
            os.remove(name)


def _delegations(line):
    """Of what postel-zonegen full prints: `..., 123 delegations, ...`."""
    words = line.replace(",", "").split()
    if "delegations" not in words:
        raise children.Failed(f"postel-zonegen printed no count but: {line.strip()!r}")
    return int(words[words.index("delegations") - 1])
