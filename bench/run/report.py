"""Prints medians and ratios of a run and keeps them as JSON: report.py RESULTS.jsonl FOLDER key=value..."""

import datetime
import json
import os
import platform
import statistics
import sys


def median(lines, field):
    return statistics.median(line[field] for line in lines)


def spread(lines):
    """Half the distance of best and worst round, in per cent of the median."""
    values = [line["per_second"] for line in lines]
    return 50.0 * (max(values) - min(values)) / statistics.median(values)


def summary(lines):
    return {
        "sessions": lines[0]["sessions"], "per_second": median(lines, "per_second"),
        "p50_ms": median(lines, "p50_ms"), "p99_ms": median(lines, "p99_ms"), "spread_percent": spread(lines),
    }


def by_sessions(results, side, command):
    groups = {}
    for line in results:
        if line["side"] == side and line["command"] == command:
            groups.setdefault(line["sessions"], []).append(line)
    return {sessions: summary(lines) for sessions, lines in groups.items()}


def compare(results, command):
    postel, classical = by_sessions(results, "postel", command), by_sessions(results, "classical", command)
    best = max(classical.values(), key=lambda line: line["per_second"])
    most = max(postel)
    row = {"command": command, "postel": postel[most], "classical_best": best,
           "ratio": postel[most]["per_second"] / best["per_second"]}
    if most != 1 and 1 in postel and 1 in classical:
        row["latency_ratio_of_one"] = postel[1]["p50_ms"] / classical[1]["p50_ms"]
        row["postel_one"], row["classical_one"] = postel[1], classical[1]
    return row


def show(rows):
    head = f"{'':8}{'EPP over TLS':>38}   {'classical SQL, best':>38}"
    print(head)
    columns = f"{'sessions':>9}{'per s':>9}{'p50 ms':>9}{'p99 ms':>9}{'±%':>5}"
    print(f"{'':8}{columns}  {columns}{'ratio':>8}")
    for row in rows:
        cells = ""
        for side in ("postel", "classical_best"):
            line = row[side]
            cells += (f"{line['sessions']:>9}{line['per_second']:>9.0f}{line['p50_ms']:>9.2f}"
                      f"{line['p99_ms']:>9.2f}{line['spread_percent']:>5.0f}  ")
        print(f"{row['command']:8}{cells}{row['ratio']:>6.2f}")
    for row in rows:
        if "latency_ratio_of_one" in row:
            print(f"\n{row['command']}, one session: {row['postel_one']['p50_ms']:.2f} ms, classical one client "
                  f"{row['classical_one']['p50_ms']:.2f} ms, ratio {row['latency_ratio_of_one']:.2f}")


def main():
    source, folder, *conditions = sys.argv[1:]
    with open(source, encoding="ascii") as file:
        results = [json.loads(line) for line in file]
    commands = [c for c in ("create", "renew", "check", "info") if any(r["command"] == c for r in results)]
    rows = [compare(results, command) for command in commands]
    show(rows)
    now = datetime.datetime.now(datetime.timezone.utc)
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, now.strftime("%Y-%m-%dT%H%M%SZ.json"))
    with open(path, "w", encoding="ascii") as file:
        json.dump({"at": now.isoformat(), "cores": os.cpu_count(), "machine": platform.machine(),
                   "conditions": dict(c.split("=", 1) for c in conditions), "summary": rows, "rounds": results}, file, indent=1)
    print(f"\nMedians of the rounds; kept in {os.path.relpath(path)}")


main()
