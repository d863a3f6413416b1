"""The scenarios that are more than a step of a round. Each keeps records or a finding."""

import json
import os
import time

import children
import cpu
import metrics
from charts import short
from registry import BENCH_REGISTRARS, FIRST_EPP_ID


def open_loop(bench):
    """Creates at a fixed rate, so that a stall shows in the latency of all that should have been sent meanwhile."""
    rate = max(1, int(bench.best_create() / 2))
    for number in range(1, bench.plan.rounds + 1):
        figures = bench.postel("create", 256, rate=rate)
        bench.keep(number, "postel", "create", 256, figures, variant="open loop")
        if figures["per_second"] < 0.95 * rate:
            bench.note(f"open loop: only {figures['per_second']:,.0f} of {rate:,} creates a second were answered")


def storm(bench):
    """All at once, each session with a list in its own order; and, for what it shows of being ahead, all in the same."""
    names = bench.plan.choose(1000, 200)
    found = bench.findings["storm"] = {"names": names}
    for order, options in (("own order", {}), ("same order", {"same_order": True})):
        wins = dict.fromkeys(BENCH_REGISTRARS, 0)
        for number in range(1, bench.plan.rounds + 1):
            figures = bench.driver.measure("storm", 256, max(60, bench.plan.seconds), user=",".join(BENCH_REGISTRARS),
                                           names=names, **options)
            figures["per_second"] = figures["answers"] / (figures["elapsed_ms"] / 1000)
            bench.keep(number, "postel", "storm", 256, figures, variant=order)
            for user, count in figures["wins"].items():
                wins[user] += count
        counts = wins.values()
        found[order] = {"wins": wins, "min": min(counts), "max": max(counts), "mean": sum(counts) / len(counts)}
        if sum(counts) != names * bench.plan.rounds:
            bench.note(f"storm: {sum(counts)} wins of {names * bench.plan.rounds} names: not every name has one owner")


def flood(bench):
    """One registrar's few sessions, alone and then beside another's many."""
    many = bench.plan.choose(1000, 250)
    seconds = bench.plan.seconds
    for number in range(1, bench.plan.rounds + 1):
        bench.keep(number, "postel", "create", 4, bench.postel("create", 4), variant="quiet")
        other = bench.driver.begin("create", many, seconds + 60, user=BENCH_REGISTRARS[0])
        try:
            _await_sessions(bench, other, many)
            bench.keep(number, "postel", "create", 4, bench.postel("create", 4), variant="flooded")
        finally:
            children.end(other)
        _await_sessions(bench, None, 0)
    bench.findings["flood"] = {"sessions": many}


def _await_sessions(bench, child, wanted):
    """Until so many sessions are logged in, or none; 180 seconds."""
    for _ in range(900):
        now = metrics.total(metrics.fetch(bench.registry.metrics_url), "epp_sessions") or 0
        if (now == 0 and wanted == 0) or (0 < wanted <= now):
            return
        if child is not None and child.poll() is not None:
            raise children.Failed("the flooding registrar's epp-load has ended too early")
        time.sleep(0.2)
    raise children.Failed(f"there are not {wanted} sessions after 180 s")


def memory(bench):
    """Of a fresh postel-epp that has served a few sessions, before and with many that are logged in and do nothing."""
    count = bench.plan.choose(5000, 500)
    bench.registry.restart_epp()
    with _idle(bench, 8):
        pass
    _await_sessions(bench, None, 0)
    before = cpu.memory_kib(bench.registry.epp_pid)
    with _idle(bench, count):
        after = cpu.memory_kib(bench.registry.epp_pid)
    bench.findings["memory"] = {"sessions": count, "before_kib": before, "with_kib": after, "per_session_kib": {
        kind: (after[kind] - before[kind]) / count for kind in after if kind in before}}


class _idle:
    def __init__(self, bench, count):
        self.child = bench.driver.begin("idle", count, 600, user=",".join(BENCH_REGISTRARS))
        self.count = count

    def __enter__(self):
        for line in self.child.stdout:  # ends when the program does
            if '"ready"' in line:
                ready = json.loads(line)["ready"]
                if ready < self.count:
                    raise children.Failed(f"only {ready} of {self.count} idle sessions are logged in")
                time.sleep(2)  # for what the logins still hold
                return self
        raise children.Failed("epp-load idle has ended before its sessions were there")

    def __exit__(self, *_):
        children.end(self.child)


def micro(bench):
    words = [os.path.join(bench.build, "bin", "postel-microbench"), "--benchmark_format=json",
             f"--benchmark_min_time={bench.plan.choose(0.5, 0.05)}"]
    found = json.loads(children.run(words, bench.registry.path("micro.log")))
    bench.findings["micro"] = [
        {"name": one["name"], "nanoseconds": one["cpu_time"] * _UNITS[one["time_unit"]],
         "items_per_second": one.get("items_per_second")} for one in found["benchmarks"]]


_UNITS = {"ns": 1, "us": 1000, "ms": 1_000_000, "s": 1_000_000_000}


def size(bench):
    """Two registries side by side, measured in turns. The small one is another; the large one is the run's own."""
    large = bench.plan.domains
    sessions = (bench.plan.sessions or [128])[-1]
    with bench.second_registry() as small:
        print("  a second registry with 100,000 domains", flush=True)
        bench.prepare(small, 100_000, 0)
        own = bench.registry
        try:
            for number in range(1, bench.plan.rounds + 1):
                for registry, domains in ((small, 100_000), (own, large))[::1 if number % 2 else -1]:
                    bench.use(registry)
                    registry.sql("CHECKPOINT")
                    figures = bench.postel("create", sessions)
                    bench.keep(number, "postel", "create", sessions, figures, variant=f"{short(domains)} names")
        finally:
            bench.use(own)
    bench.findings["size"] = {"small": 100_000, "large": large, "sessions": sessions}


_SIZES = """
SELECT p.relname, sum(pg_total_relation_size(coalesce(i.inhrelid, p.oid)))::bigint
FROM pg_class p LEFT JOIN pg_inherits i ON i.inhparent = p.oid
WHERE p.relnamespace = 'public'::regnamespace AND p.relkind IN ('r', 'p') AND NOT p.relispartition
GROUP BY 1 HAVING sum(pg_total_relation_size(coalesce(i.inhrelid, p.oid))) > 100000 ORDER BY 2 DESC
"""


def _table_bytes(registry):
    return {name: int(count) for name, count in (row.split("|") for row in registry.sql(_SIZES).splitlines())}


def history(bench):
    """What a made-up domain takes in every table with its indexes, what a month of the clock's doings adds to that, and
    then what a create and a renewal add."""
    bench.findings["history"] = {
        "filled": bench.findings.get("filled"), "month": _a_month(bench),
        # In the new month's partitions, which have no room left over from before to hide what is added.
        **{command: _added(bench, command, label)
           for command, label in (("create", "domain-create"), ("renew", "domain-renew"))}}


def _database_bytes(registry):
    return int(registry.sql("SELECT pg_database_size(current_database())"))


def _a_month(bench):
    """Moves the clock by 31 days and waits until the worker has done what was due."""
    registry = bench.registry
    registry.settle()
    before, began = _database_bytes(registry), time.monotonic()
    last = int(registry.sql("SELECT max(number) FROM history"))
    registry.sandbox("clock", "+31d")
    due = "SELECT count(*) FROM (SELECT FROM calendar WHERE at < now() + interval '31 days - 1 minute' LIMIT 1) due"
    while int(registry.sql(due)) > 0:
        if time.monotonic() - began > 3600:
            raise children.Failed("the worker has not done a month's work in an hour")
        time.sleep(1)
    seconds = time.monotonic() - began
    registry.settle()
    done = dict(row.split("|") for row in registry.sql(
        f"SELECT command, count(*) FROM history WHERE number > {last} GROUP BY 1").splitlines())
    return {"before": before, "after": _database_bytes(registry), "seconds": seconds, "domains": bench.plan.domains,
            "commands": {command: int(count) for command, count in done.items()}}


def _added(bench, command, label):
    """To every table and its indexes, by each command."""
    registry = bench.registry
    options = bench.names_for("renew") if command == "renew" else {}
    bench.driver.measure("create", 64, 2)  # fills gaps in tables that have no partitions, and begins the month
    registry.settle()
    count = f"SELECT count(*) FROM history WHERE command = '{label}'"
    before, rows_before = _table_bytes(registry), int(registry.sql(count))
    bench.driver.measure(command, 64, bench.plan.seconds, **options)
    registry.settle()
    after, done = _table_bytes(registry), int(registry.sql(count)) - rows_before
    grown = {name: (after[name] - before.get(name, 0)) / done for name in after}
    return {"commands": done, "bytes": {name: count for name, count in grown.items() if count >= 1}}


def sizes_after_fill(bench):
    """Before anything else is put in, since only then all rows are the fill's."""
    bytes_of = _table_bytes(bench.registry)
    each = {name: count / bench.plan.domains for name, count in bytes_of.items()}
    bench.findings["filled"] = {"domains": bench.plan.domains, "total": _database_bytes(bench.registry),
                                "bytes_per_domain": each}


def count_promises(bench):
    """Every create that was acknowledged, by the server's own count, must be in the history. A few more may be there, of
    clients that were ended while they waited."""
    promised = metrics.total(metrics.fetch(bench.registry.metrics_url), "epp_commands", command=("domain-create",),
                             code=("1000",))
    if promised is None:
        return
    kept = int(bench.registry.sql("SELECT count(*) FROM history WHERE command = 'domain-create' "
                                  f"AND number < {min(FIRST_EPP_ID, 1_000_000_000_000)}"))
    bench.findings["promises"] = {"acknowledged": int(promised), "in_history": kept}
    if kept < promised:
        bench.note(f"LOST: {promised:,.0f} creates were acknowledged, {kept:,} are in the history")
