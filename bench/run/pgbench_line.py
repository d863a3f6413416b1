"""Turns pgbench's output and its log of transactions into one line of JSON like that of epp-load."""

import json
import re
import sys


def main():
    what, clients, output, *logs = sys.argv[1:]
    with open(output, encoding="ascii") as file:
        text = file.read()
    per_second = float(re.search(r"tps = ([0-9.]+) \(without initial", text).group(1))
    microseconds = []
    for log in logs:
        with open(log, encoding="ascii") as file:
            microseconds += [int(line.split()[2]) for line in file]
    microseconds.sort()

    def percentile(share):
        return microseconds[int((len(microseconds) - 1) * share)] / 1000.0

    print(json.dumps({
        "side": "classical", "command": what, "sessions": int(clients), "answers": len(microseconds),
        "per_second": per_second, "p50_ms": percentile(0.5), "p99_ms": percentile(0.99),
    }))


main()
