"""The report as one HTML page that needs nothing else: no script, no font, no network."""

import html

import charts
import table
from charts import legend

_STYLE = charts.STYLE + """
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1120px; padding: 20px 16px 60px; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 4px; } h2 { font-size: 1.15rem; margin: 36px 0 10px; } h3 { font-size: 1rem; margin: 0; }
p { margin: 6px 0; max-width: 76ch; } .faint { color: var(--faint); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: 0.9rem; width: 100%; }
th { text-align: left; color: var(--faint); font-weight: 500; }
th, td { padding: 5px 10px 5px 0; white-space: nowrap; }
tr + tr { border-top: 1px solid var(--line); }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
.good { color: var(--good); font-weight: 600; } .bad { color: var(--bad); font-weight: 600; }
.grid-of-charts { display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); }
figure { margin: 0; padding: 12px; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
figure.wide { grid-column: 1 / -1; } svg { width: 100%; height: auto; display: block; }
figcaption { font-size: 0.85rem; color: var(--faint); margin: 2px 0 8px; }
.key { white-space: nowrap; margin-right: 12px; } .key i { display: inline-block; width: 11px; height: 11px;
  border-radius: 2px; margin-right: 5px; }
.note { border-left: 4px solid var(--bad); padding: 4px 12px; background: var(--card); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; font-size: 0.9rem; }
dt { color: var(--faint); } dd { margin: 0; overflow-wrap: anywhere; }
"""

_SIDES = ("postel", "classical", "call", "pipelined")
_SHORT = {"postel": "EPP", "classical": "SQL", "call": "function", "pipelined": "pipelined"}
_CPU = ("epp", "postgres", "driver")


def render(run, rows, summary):
    parts = [_head(run, rows)]
    if rows:
        parts.append("<h2>Goals</h2>" + _goals(rows))
    parts += [_warnings(run), _charts(summary)]
    if summary.points:
        parts.append("<h2>Every step</h2><p class=faint>Medians over the rounds. Load: sessions, or database clients. "
                     "Group: commands in one transaction. CPU: microseconds an answer, in the steady part of a step; "
                     "what else the machine does changes it less than throughput.</p>" + _points(summary.points))
    parts += [_findings(summary.findings), _conditions(run)]
    return ('<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta name="color-scheme" content="light dark">'
            f'<title>Postel, measured {html.escape(run["at"][:10])}</title><style>{_STYLE}</style></head>\n<body>\n'
            + "\n".join(part for part in parts if part) + "\n</body></html>\n")


def _head(run, rows):
    wanted = [row for row in rows if row.met is not None]
    met = sum(row.met for row in wanted)
    conditions = run["conditions"]
    verdict = f" {met} of {len(wanted)} goals that were measured are met." if wanted else ""
    plan = run["plan"]
    facts = (run["at"].replace("T", " "), f"{conditions['cores']} cores, {conditions['cpu']}",
             "PostgreSQL " + conditions["postgresql"].get("server_version", "?"), f"{plan['domains']:,} domains",
             f"rounds: {plan['rounds']}, steps of {plan['seconds']} s")
    return (f'<h1>Postel, measured</h1><p class=faint>{html.escape("; ".join(facts))}</p>'
            f'<p>Postel and its peers ran one after the other on the same machine and cluster, durable, with the load '
            f'driver beside them. What counts are the ratios.{verdict}</p>')


def _warnings(run):
    return "".join(f"<p class=note>{html.escape(text)}</p>" for text in run["warnings"] + run["notes"])


def _cells(*cells):
    return "".join(f"<td{' class=n' if numeric else ''}>{html.escape(text)}</td>" for text, numeric in cells)


def _goals(rows):
    body = []
    for row in rows:
        css = {True: "good", False: "bad"}.get(row.met, "faint")
        body.append("<tr>" + _cells((row.title, False), (row.postel, True), (row.peer, True),
                                    (table.number(row.value, row.unit), True), (table.plus_minus(row.spread), True),
                                    (row.goal_text, True)) + f"<td class={css}>{html.escape(row.verdict)}</td></tr>")
    return ("<div class=scroll><table><tr><th>measure<th class=n>Postel<th class=n>against<th class=n>value"
            "<th class=n>spread<th class=n>goal (aim)<th></tr>" + "".join(body) + "</table></div>")


def _points(points):
    body = []
    for point in points:
        cpu = point.cpu() or {}
        figures = [point.median(field) for field in ("p50_ms", "p90_ms", "p99_ms", "p999_ms", "max_ms", "group")]
        figures += [cpu.get(name) for name in _CPU]
        body.append("<tr>" + _cells(
            (f"{charts.NAMES[point.side]}, {point.command}{', ' + point.variant if point.variant else ''}", False),
            (str(point.load), True), (table.number(point.median("per_second")), True),
            (table.plus_minus(point.spread()), True), *((table.number(value), True) for value in figures)) + "</tr>")
    heads = ("load", "a second", "spread", "p50 ms", "p90", "p99", "p99.9", "max", "group", "CPU server", "PostgreSQL",
             "driver")
    return ("<div class=scroll><table><tr><th>step" + "".join(f"<th class=n>{name}" for name in heads) + "</tr>"
            + "".join(body) + "</table></div>")


def _figure(title, caption, svg, css=""):
    return f"<figure{css and f' class={css}'}><h3>{title}</h3><figcaption>{caption}</figcaption>{svg}</figure>"


def _charts(summary):
    figures = []
    for command in ("create", "renew", "check", "info"):
        series = [(side, _over_load(summary, side, command, "per_second")) for side in _SIDES]
        series = [(side, points) for side, points in series if points]
        limit = summary.best("copy", command)
        if series:
            figures.append(_figure(f"Throughput of {command}", legend([side for side, _ in series] + (["copy"] if limit else [])),
                                   charts.lines(series, "sessions, or database clients", "answers a second",
                                                limit.median("per_second") if limit else None)))
    figures += [_percentiles(summary), _cost(summary), _groups(summary), _sizes(summary), _endurance(summary)]
    figures = [figure for figure in figures if figure]
    return f'<h2>Plots</h2><div class="grid-of-charts">{"".join(figures)}</div>' if figures else ""


def _over_load(summary, side, command, field):
    return {p.load: p.median(field) for p in summary.select(side, command) if p.median(field) is not None}


def _chosen(summary):
    """[(title, point)] of the best of every side and command."""
    for command in ("create", "renew", "check", "info", "mix"):
        for side in _SIDES:
            point = summary.best(side, command)
            if point:
                yield f"{command}, {_SHORT[side]}", point
    for command, variant in (("create", "open loop"), ("create", "quiet"), ("create", "flooded"),
                             ("storm", "own order"), ("storm", "same order")):
        point = summary.best("postel", command, variant)
        if point:
            yield f"{command}, {variant}", point


def _percentiles(summary):
    rows = []
    for title, point in _chosen(summary):
        found = {field: point.median(field) for field in ("p50_ms", "p90_ms", "p99_ms", "p999_ms")}
        found = {field: value for field, value in found.items() if value}
        if found:
            rows.append((f"{title} @{point.load}", point.side, found))
    return rows and _figure("Latency", "At each side's best load, and in the scenarios of one load. From large to small dot: "
                            "p50, p90, p99, p99.9.", charts.percentiles(rows))


def _cost(summary):
    rows = [(f"{title} @{point.load}", point.cpu()) for title, point in _chosen(summary) if point.cpu()]
    return rows and _figure("CPU time of an answer", legend(_CPU), charts.stacked(rows, _CPU, "µs"))


def _groups(summary):
    colours = {"create": "postel", "renew": "classical", "check": "call", "info": "pipelined"}
    series = [(colours[command], _over_load(summary, "postel", command, "group")) for command in colours]
    names = [command for command, (_, points) in zip(colours, series) if points]
    series = [(name, points) for name, points in series if points]
    if not series:
        return ""
    keys = " ".join(f'<span class="key"><i style="background: var(--{colours[name]})"></i>{name}</span>' for name in names)
    return _figure("Group size over load", "Commands in one transaction. " + keys,
                   charts.lines(series, "sessions", "commands in a group"))


def _sizes(summary):
    sizes = summary.findings.get("size")
    if not sizes:
        return ""
    found = {}
    for domains in (sizes["small"], sizes["large"]):
        point = summary.point("postel", "create", sizes["sessions"], f"{charts.short(domains)} names")
        if point and point.cpu():
            found[domains] = point.cpu()
    if len(found) < 2:
        return ""
    series = [(name, {domains: cpu[name] for domains, cpu in found.items()}) for name in ("epp", "postgres")]
    return _figure("Cost of a create over registry size", legend(("epp", "postgres")),
                   charts.lines(series, "domains in the registry", "CPU, µs a create"))


def _endurance(summary):
    found = summary.findings.get("endurance")
    if not found:
        return ""
    caption = (f"{found['rate']:,} commands a second for {found['minutes']} minutes; the longest stall was "
               f"{found['longest_gap_ms']:,.0f} ms, with {found['checkpoints']['checkpoints']} checkpoints.")
    return _figure("The long run", caption, charts.endurance(found), "wide")


def _findings(found):
    lines = table.findings({key: value for key, value in found.items() if value})
    text = "\n".join(lines).strip()
    return f"<h2>Also</h2><div class=scroll><pre>{html.escape(text)}</pre></div>" if text else ""


def _conditions(run):
    conditions = run["conditions"]
    lines = [("commit", f"{conditions['commit'] or 'unknown'}{' with changes' if conditions['dirty'] else ''}"),
             ("machine", f"{conditions['cores']} cores, {conditions['cpu']}, {conditions['memory_gib']} GiB, "
                         f"Linux {conditions['kernel']} {conditions['machine']}"),
             ("disk", f"{conditions['file_system']}, a flush of 8 KiB takes {conditions['fdatasync_us']:,} µs"),
             ("load before", f"{conditions['load_before']:.2f}"),
             ("arguments", ", ".join(f"{name} {value}" for name, value in run["arguments"].items() if value) or "none"),
             ("PostgreSQL", ", ".join(f"{name} {value}" for name, value in conditions["postgresql"].items()))]
    body = "".join(f"<dt>{name}</dt><dd>{html.escape(str(value))}</dd>" for name, value in lines)
    return (f"<h2>Conditions</h2><dl>{body}</dl><p class=faint>postel-epp and postel-worker ran; postel-whois, "
            "postel-zonegen and named were stopped, unless they are what a scenario is about. Every round began with a checkpoint, and every second one went through its steps "
            "backwards. The spread is half the distance of the best and the worst round. Classical SQL is one transaction "
            "for each command with pgbench -M prepared on the same tables, with rows like Postel's.</p>")
