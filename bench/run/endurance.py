"""An hour of creates and renewals at a fixed rate: does it ever stall?"""

import json
import subprocess
import time

import children
import driver

_CHECKPOINTS = ("SELECT checkpoints_timed + checkpoints_req, checkpoint_write_time, buffers_checkpoint "
                "FROM pg_stat_bgwriter")
_VACUUMS = """
SELECT coalesce(p.relname, s.relname), sum(autovacuum_count), sum(autoanalyze_count)
FROM pg_stat_user_tables s LEFT JOIN pg_inherits i ON i.inhrelid = s.relid LEFT JOIN pg_class p ON p.oid = i.inhparent
GROUP BY 1
"""


def endurance(bench):
    plan, registry = bench.plan, bench.registry
    rate = plan.rate or max(2, int(bench.best_create() / 3))
    seconds = plan.minutes * 60
    names = max(1000, int(rate / 2 * (seconds + 5) / 4))  # each is renewed about four times, and nine times at most
    print(f"  {rate:,} commands a second for {plan.minutes} minutes; preparing {names:,} names", flush=True)
    first = registry.take_names(names)
    registry.settle()
    checkpoints, vacuums = _checkpoints(registry), _vacuums(registry)
    loads = {}
    existing = {"names_prefix": "epp-", "first": first, "names": names, "expiry": registry.expiry(first)}
    for command, options in (("create", {}), ("renew", existing)):
        words = bench.driver.words(command, 64, seconds, rate=max(1, rate // 2),
                                   series=registry.path(command + ".series"), **options)
        with open(registry.path(command + ".log"), "w", encoding="utf-8") as errors:
            loads[command] = children.start(words, stdout=subprocess.PIPE, stderr=errors, text=True)
    _wait(loads, seconds)
    found = {"rate": rate, "minutes": plan.minutes, "names": names}
    for command, child in loads.items():
        code, output = children.finish(child)
        if code != 0:
            with open(registry.path(command + ".log"), encoding="utf-8") as errors:
                raise children.Failed(f"epp-load {command} ended with {code}: {children.last_words(errors, output)}")
        line = driver.last_line(output)
        found[command] = {name: line[name] for name in driver.FIELDS if name in line}
        found[command]["series"] = _read_series(registry.path(command + ".series"))
        figures = {name: value for name, value in found[command].items() if name != "series"}
        bench.keep(1, "postel", command, 64, figures, variant="endurance")
    after = _checkpoints(registry)
    found["checkpoints"] = {name: after[name] - checkpoints[name] for name in after}
    found["autovacuums"] = {name: {kind: count - vacuums.get(name, {}).get(kind, 0) for kind, count in counts.items()}
                            for name, counts in _vacuums(registry).items()}
    found["autovacuums"] = {name: counts for name, counts in found["autovacuums"].items() if any(counts.values())}
    found["longest_gap_ms"] = max(found[c].get("longest_gap_ms", 0) for c in loads)
    found["max_ms"] = max(found[c].get("max_ms", 0) for c in loads)
    bench.findings["endurance"] = found


def _wait(loads, seconds):
    began = time.monotonic()
    while any(child.poll() is None for child in loads.values()):
        time.sleep(1)
        passed = int(time.monotonic() - began)
        if passed % 300 == 0 and passed:
            print(f"  {passed // 60} of {seconds // 60} minutes", flush=True)


def _checkpoints(registry):
    number, write_ms, buffers = registry.sql(_CHECKPOINTS).split("|")
    return {"checkpoints": int(number), "write_ms": float(write_ms), "buffers": int(buffers)}


def _vacuums(registry):
    rows = (row.split("|") for row in registry.sql(_VACUUMS).splitlines())
    return {name: {"vacuum": int(vacuum), "analyze": int(analyze)} for name, vacuum, analyze in rows}


def _read_series(path):
    with open(path, encoding="ascii") as file:
        return [json.loads(line) for line in file if line.strip()]
