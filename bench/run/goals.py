"""What is compared with what, and which ratio or figure is wanted."""

import change_goals
from charts import short
from row import Row
from summary import ratio

_NAMES = {"classical": "SQL", "call": "function", "pipelined": "pipelined", "copy": "COPY", "echo": "echo",
          "nginx": "nginx", "psql": "psql", "bind": "BIND", "knot": "Knot", "nsd": "NSD", "dig": "dig",
          "reader": "reader"}


def rows(summary):
    """Those of which at least one side was measured."""
    found = [
        _throughput(summary, "create / classical SQL", "create", "classical", 5, 6.5),
        _throughput(summary, "create / best single call", "create", ("call", "pipelined"), 2, 2.5),
        _throughput(summary, "create / COPY of the same rows", "create", "copy"),
        _throughput(summary, "renew / classical SQL", "renew", "classical", 5, 7),
        _throughput(summary, "renew / best single call", "renew", ("call", "pipelined")),
        _latency(summary),
        _throughput(summary, "check / SELECT by name", "check", "classical", 1, 2),
        _throughput(summary, "check, 8 at a time / SELECT", "check", "classical", variant="pipeline 8"),
        _throughput(summary, "info / one query for all of it", "info", "classical", 1),
        _throughput(summary, "info, 8 at a time / one query", "info", "classical", variant="pipeline 8"),
        _against_echo(summary, "check / TLS echo", "check"), _against_echo(summary, "hello / TLS echo", "hello"),
        _size(summary), *_storm(summary), _open_loop(summary), _flood(summary), _memory(summary), _mix(summary),
        *_lookups(summary), *_zone(summary), *change_goals.rows(summary), *_endurance(summary)]
    return [row for row in found if row is not None]


def rate_text(point):
    name = "" if point.side == "postel" else _NAMES[point.side] + " "
    at = "" if point.side == "copy" else f" @{point.load}"
    return f"{name}{point.median('per_second'):,.0f}/s{at}"


def _ratio_row(title, ours, theirs, sign="", goal=None, aim=None):
    if ours is None and theirs is None:
        return None
    row = Row(title, sign=sign, goal=goal, aim=aim, postel=rate_text(ours) if ours else "",
              peer=rate_text(theirs) if theirs else "")
    if ours and theirs:
        row.value, row.spread = ratio(ours, theirs)
    return row


def _throughput(summary, title, command, sides, goal=None, aim=None, variant=""):
    ours = summary.best("postel", command, variant, most=256)
    if ours is None and (goal is None or variant):
        return None
    return _ratio_row(title, ours, summary.best(sides, command), "≥", goal, aim)


def _against_echo(summary, title, command):
    ours, echo = summary.best("postel", command), summary.best("echo", "check")
    return _ratio_row(title, ours, echo) if ours and echo else None


def _latency(summary):
    ours, theirs = summary.point("postel", "create", 1), summary.point("classical", "create", 1)
    if not ours or not theirs:
        return None
    value, spread = ratio(ours, theirs, "p50_ms")
    return Row("create, one session, median", f"{ours.median('p50_ms'):.2f} ms", f"SQL {theirs.median('p50_ms'):.2f} ms",
               value, "", spread, "≤", 1.3)


def _size(summary):
    sizes = summary.findings.get("size")
    if not sizes:
        return None
    small, large = (summary.point("postel", "create", sizes["sessions"], f"{short(sizes[key])} names")
                    for key in ("small", "large"))
    if not small or not large:
        return None
    value, spread = ratio(large, small)
    beside = f"{small.median('per_second'):,.0f}/s, {short(sizes['small'])} names"
    return Row(f"creates at {short(sizes['large'])} names", rate_text(large), beside, value, "", spread, "≥", 0.9)


def _storm(summary):
    found = []
    for order, rate, most in (("own order", 20_000, 50), ("same order", None, None)):
        point, storm = summary.best("postel", "storm", order), summary.findings.get("storm")
        if not point or not storm or order not in storm:
            continue
        found.append(Row(f"drop storm, {order}", f"256 × {storm['names']:,}", "", point.median("per_second"), "/s",
                         point.spread(), "≥" if rate else "", rate))
        wins = storm[order]
        farthest = max(wins["max"] - wins["mean"], wins["mean"] - wins["min"]) / wins["mean"]
        found.append(Row("  its wins off the mean", f"{wins['min']} to {wins['max']}",
                         f"mean {wins['mean']:.0f}, 20 registrars", 100 * farthest, "%", None, "≤" if most else "", most))
    return found


def _open_loop(summary):
    point = summary.best("postel", "create", "open loop")
    if not point:
        return None
    return Row("open loop at half the best, p99", f"{point.median('rate') or point.median('per_second'):,.0f}/s",
               f"p50 {point.median('p50_ms'):.1f} ms", point.median("p99_ms"), "ms", point.spread("p99_ms"), "≤", 25)


def _flood(summary):
    quiet, flooded = (summary.point("postel", "create", 4, variant) for variant in ("quiet", "flooded"))
    if not quiet or not flooded:
        return None
    value, spread = ratio(flooded, quiet, "p99_ms")
    many = summary.findings.get("flood", {}).get("sessions", 0)
    return Row(f"p99 while {many:,} sessions flood", f"{flooded.median('p99_ms'):.1f} ms",
               f"quiet {quiet.median('p99_ms'):.1f} ms", value, "", spread, "≤", 3)


def _memory(summary):
    found = summary.findings.get("memory")
    if not found:
        return None
    each = found["per_session_kib"]
    now, before = (f"{found[key]['rss'] / 1024:,.0f} MiB" for key in ("with_kib", "before_kib"))
    return Row(f"memory, {found['sessions']:,} idle TLS sessions", now, f"before {before}", each.get("pss", each["rss"]),
               "KiB", None, "≤", 60)


def _mix(summary):
    point = summary.best("postel", "mix")
    return point and Row("a day's mix", rate_text(point), f"p99 {point.median('p99_ms'):.1f} ms",
                         point.median("per_second"), "/s", point.spread())


def _lookups(summary):
    found = []
    for title, variant, peer, goal in (("RDAP, kept / nginx, a static file", "cached", "static", 0.8),
                                       ("RDAP, from PostgreSQL / nginx", "database", "static", 0.35),
                                       ("WHOIS / nginx, a connection each", "whois", "connections", 0.8)):
        ours = summary.best("postel", "look-up", variant)
        if ours:
            found.append(_ratio_row(title, ours, summary.best("nginx", "look-up", peer), "≥", goal))
        half = summary.best("postel", "look-up", f"{variant}, half load")
        if half:
            found.append(Row("  at half of that, p99", f"{half.median('rate'):,.0f}/s", f"p50 {half.median('p50_ms'):.2f} ms",
                             half.median("p99_ms"), "ms", half.spread("p99_ms"), "≤", 10))
    first = summary.findings.get("look-ups", {}).get("first_answer_ms")
    if first:
        found.append(Row("start of postel-whois to its first answer", "", f"{summary.findings['look-ups']['domains']:,} names",
                         max(first.values()), "ms", None, "≤", 2000))
    return found


def _zone(summary):
    ours = summary.best("postel", "zone")
    if not ours:
        return []
    found = []
    for variant, goal, aim in (("sorted", 4, 6), ("unsorted", None, None)):
        theirs = summary.best("psql", "zone", variant)
        if theirs:
            value, spread = ratio(ours, theirs)
            texts = (f"{point.median('elapsed_ms') / 1000:,.1f} s" for point in (ours, theirs))
            found.append(Row(f"whole zone / psql, {variant} COPY", next(texts), f"psql {next(texts)}", value, "", spread,
                             "≥" if goal else "", goal, aim))
            if ours.median("cpu_ms") and theirs.median("cpu_ms"):
                texts = (f"{point.median('cpu_ms') / 1000:,.1f} s" for point in (ours, theirs))
                value, spread = ratio(theirs, ours, "cpu_ms")
                found.append(Row("  its processor time", next(texts), f"psql {next(texts)}", value, "", spread))
    names = summary.findings.get("zone", {}).get("names", 0)
    found.append(Row("  its memory", f"{names:,}", "names", ours.median("peak_kib") / 1024, "MiB", ours.spread("peak_kib"),
                     "≤", 1200, 800))
    return found


def _endurance(summary):
    found = summary.findings.get("endurance")
    if not found:
        return []
    vacuums = sum(counts["vacuum"] for counts in found["autovacuums"].values())
    beside = f"{found['checkpoints']['checkpoints']} checkpoints, {vacuums} vac."
    rate, minutes = f"{found['rate']:,}/s", found["minutes"]
    return [Row(f"longest stall in {minutes} minutes", rate, beside, found["longest_gap_ms"], "ms", None, "≤", 1000),
            Row(f"slowest answer in {minutes} minutes", rate, "", found["max_ms"], "ms", None, "≤", 1000)]
