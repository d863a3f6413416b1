"""Arithmetic over rounds: medians, spreads, the best load, ratios."""

import statistics

MEDIANS = ("per_second", "p50_ms", "p90_ms", "p99_ms", "p999_ms", "max_ms", "longest_gap_ms", "rate", "group", "late")


def spread(values):
    """Half the distance of least and greatest, in per cent of the median; None of fewer than two."""
    values = list(values)
    if len(values) < 2 or not statistics.median(values):
        return None
    return 50.0 * (max(values) - min(values)) / statistics.median(values)


class Point:
    """All rounds of one step."""

    def __init__(self, records):
        self.records = records
        first = records[0]
        self.side, self.command, self.load, self.variant = (first[key] for key in ("side", "command", "load", "variant"))

    def values(self, field):
        return [record[field] for record in self.records if record.get(field) is not None]

    def median(self, field):
        """None if no round has it."""
        values = self.values(field)
        return statistics.median(values) if values else None

    def spread(self, field="per_second"):
        return spread(self.values(field))

    def by_round(self, field):
        return {record["round"]: record[field] for record in self.records if record.get(field) is not None}

    def cpu(self):
        """Microseconds an answer, median by process; None if it could not be measured."""
        costs = [record["cpu_us"] for record in self.records if record.get("cpu_us")]
        return {name: statistics.median(cost[name] for cost in costs) for name in costs[0]} if costs else None

    def as_dict(self):
        line = {"side": self.side, "command": self.command, "load": self.load, "variant": self.variant,
                "rounds": len(self.records), "spread_percent": self.spread(), "cpu_us": self.cpu()}
        return {**line, **{field: self.median(field) for field in MEDIANS if self.median(field) is not None}}


def _order(point):
    sides = ("postel", "classical", "call", "pipelined", "copy", "echo", "nginx", "psql", "bind", "knot", "nsd", "dig", "reader")
    commands = ("create", "renew", "check", "info", "mix", "storm", "hello", "look-up", "zone", "follow", "sustain", "updates",
                "update", "compare")
    return commands.index(point.command), sides.index(point.side), point.variant, point.load


class Summary:
    def __init__(self, records, findings=None):
        groups = {}
        for record in records:
            groups.setdefault(tuple(record[key] for key in ("side", "command", "load", "variant")), []).append(record)
        self.points = sorted((Point(group) for group in groups.values()), key=_order)
        self.findings = findings or {}

    def select(self, sides, command, variant="", most=None):
        """Points of one of these sides, by load; of `most` sessions or clients."""
        if isinstance(sides, str):
            sides = (sides,)
        return sorted((p for p in self.points if p.side in sides and p.command == command and p.variant == variant
                       and (most is None or p.load <= most)), key=lambda point: point.load)

    def best(self, sides, command, variant="", most=None):
        """The one with the most answers a second; None if there is none."""
        return max(self.select(sides, command, variant, most), key=lambda p: p.median("per_second"), default=None)

    def point(self, side, command, load, variant=""):
        return next((p for p in self.select(side, command, variant) if p.load == load), None)


def ratio(above, below, field="per_second"):
    """(of the medians, its spread over the rounds in per cent): both sides of a round were measured close together."""
    rounds = above.by_round(field).keys() & below.by_round(field).keys()
    each = [above.by_round(field)[number] / below.by_round(field)[number] for number in rounds]
    return above.median(field) / below.median(field), spread(each)
