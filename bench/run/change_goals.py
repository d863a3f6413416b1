"""The goals of changes on their way from EPP into signed DNS."""

from row import Row
from summary import ratio


def rows(summary):
    found = summary.findings.get("change by change", {})
    return [*_latency(summary), *_sustained(summary, found), *_catch_up(found), *_comparison(summary), *_updates(summary, found)]


def _latency(summary):
    found = []
    alone = summary.point("bind", "update", 1)
    for server, percentile, limit in (("primary", "p50_ms", 50), ("primary", "p99_ms", 250), ("primary", "max_ms", None),
                                      ("secondary", "p50_ms", None), ("secondary", "p99_ms", 500), ("secondary", "max_ms", None)):
        point = next(iter(summary.select("postel", "follow", server)), None)
        if point is None:
            continue
        title = f"signed at the {server}, {percentile[:-3]}"
        peer = f"BIND alone {alone.median(percentile):.1f} ms" if alone and server == "primary" else ""
        found.append(Row(title, f"{point.load}/s", peer, point.median(percentile), "ms", point.spread(percentile),
                         "≤" if limit else "", limit))
    return found


def _sustained(summary, found):
    alone = summary.best("bind", "updates")
    peer = f"BIND {alone.median('per_second'):,.0f}/s @100" if alone else ""
    return [Row("changes/s with p99 lag ≤ 250 ms", f"by {by}", peer, rate, "/s", None, "≥", 5000, 10_000)
            for by, rate in found.get("sustained", {}).items()]


def _catch_up(found):
    lines = []
    for one in found.get("catch-up", []):
        lines.append(Row(f"catching up, {one['changes']:,} changes", f"{one['per_second']:,.0f}/s",
                         f"EPP p99 {one['epp_p99_ms']:.1f} ms", one["seconds"], "s"))
    return lines


def _comparison(summary):
    lines = []
    ours = summary.best("postel", "compare")
    for side, limit in (("dig", 2), ("reader", None)):
        theirs = summary.best(side, "compare")
        if ours and theirs:
            value, spread = ratio(ours, theirs, "elapsed_ms")
            texts = [f"{point.median('elapsed_ms') / 1000:,.1f} s" for point in (ours, theirs)]
            lines.append(Row(f"comparison / AXFR by {side}", texts[0], f"{side} {texts[1]}", value, "", spread,
                             "≤" if limit else "", limit))
    return lines


def _updates(summary, found):
    """What name servers need by themselves, for one update of one name."""
    lines = []
    for side, name in (("bind", "BIND"), ("knot", "Knot"), ("nsd", "NSD")):
        point, size = summary.point(side, "update", 1), found.get(side)
        if point and size:
            lines.append(Row(f"one update, {name}, p50", f"{size['memory_mib']:,.0f} MiB", f"loads in {size['load_seconds']:,.1f} s",
                             point.median("p50_ms"), "ms", point.spread("p50_ms")))
    return lines
