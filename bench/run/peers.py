"""The peers: the same work on the same cluster with pgbench, and the same rows by COPY."""

import glob
import math
import os
import re
import time

import children
from watch import Watch

CLASSICAL = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "classical")
SCRIPTS = {"classical": "{}.sql", "call": "{}_call.sql", "pipelined": "{}_pipelined.sql"}


def expand(text, replaced=":id"):
    r"""Puts the file in the place of a line `\include FILE`; `replaced` is what :id is called there."""
    def included(match):
        with open(os.path.join(CLASSICAL, match[1]), encoding="utf-8") as file:
            return expand(file.read().strip(), replaced).replace(":id", replaced)
    return re.sub(r"\\include (\S+)", included, text)


class Peers:
    def __init__(self, registry):
        self.registry = registry

    def _script(self, name, replaced=":id"):
        with open(os.path.join(CLASSICAL, name), encoding="utf-8") as file:
            text = expand(file.read(), replaced)
        path = self.registry.path(name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def prepare(self):
        """Balances, functions, and the peers' own names."""
        self.registry.psql_file(self._script("prepare.sql"))
        self.registry.psql_file(self._script("functions.sql", replaced="new_id"))

    def pgbench(self, side, command, clients, seconds):
        script = self._script(SCRIPTS[side].format(command))
        prefix = self.registry.path("pgbench-log")
        words = ["pgbench", self.registry.database, "-n", "-M", "prepared", "-f", script, "-c", clients,
                 "-j", min(2, clients), "-T", seconds, "-D", f"run={self.registry.next_run()}", "-D", "next=0",
                 "-l", f"--log-prefix={prefix}"]
        with open(self.registry.path("pgbench.err"), "w+", encoding="utf-8") as errors, \
                open(self.registry.path("pgbench.out"), "w+", encoding="utf-8") as output, \
                Watch(self.registry, "", min(0.5, seconds / 10), url=False) as watch:
            child = children.start(words, stdout=output, stderr=errors)
            watch.driver = child.pid
            code, _ = children.finish(child)
            ended = time.monotonic()
            output.seek(0)
            text = output.read()
            if code != 0:
                raise children.Failed(f"pgbench {side} {command} with {clients} clients: {children.last_words(errors)}")
        logs = glob.glob(prefix + ".*")
        microseconds = sorted(int(line.split()[2]) for log in logs for line in open(log, encoding="ascii"))
        for log in logs:
            os.remove(log)
        record = read_pgbench(text, microseconds)
        record.update(watch.cost(ended, seconds, record["per_second"]))
        return record

    def copy(self, rows):
        """Creates a second when all rows come at once."""
        self.registry.psql_file(self._script("copy_stage.sql"), run=self.registry.next_run(), rows=rows)
        script = self._script("copy.sql")
        with Watch(self.registry, "", 0.2, url=False) as watch:
            begin, end = (float(line) for line in self.registry.psql_file(script).split())
        last = watch.samples[-1]
        cost = {"epp": 0.0, "driver": 0.0,
                "postgres": (last.cpu["postgres"] - watch.samples[0].cpu["postgres"]) / 1000.0 / rows}
        return {"answers": rows, "per_second": rows / (end - begin), "elapsed_ms": 1000 * (end - begin),
                "cpu_us": cost}


def read_pgbench(text, microseconds):
    """Its own figures in the form that epp-load has; `microseconds` of every transaction, sorted."""
    match = re.search(r"tps = ([0-9.]+) \(without initial", text)
    if not match or not microseconds:
        raise children.Failed("pgbench printed no result")

    def percentile(share):
        return microseconds[max(0, math.ceil(len(microseconds) * share) - 1)] / 1000.0

    return {"answers": len(microseconds), "per_second": float(match[1]), "p50_ms": percentile(0.5),
            "p90_ms": percentile(0.9), "p99_ms": percentile(0.99), "p999_ms": percentile(0.999),
            "max_ms": microseconds[-1] / 1000.0}
