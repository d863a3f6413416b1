"""The report as plain text, 100 columns wide."""


def number(value, unit=""):
    if value is None:
        return "-"
    digits = 0 if abs(value) >= 100 or value == 0 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f}{' ' if unit and unit[0].isalpha() else ''}{unit}"


def plus_minus(value):
    return "" if value is None else f"±{value:.0f}%"


def goals_table(rows):
    lines = [f"{'':31}{'Postel':>14} {'against':<22}{'value':>9}{'':>5} {'goal, aim':<9}", "-" * 100]
    for row in rows:
        sign = {"met, and the aim": "aim met", "not measured": ""}.get(row.verdict, row.verdict)
        lines.append(f"{row.title:<31}{row.postel:>14} {row.peer:<22}{number(row.value, row.unit):>9}"
                     f"{plus_minus(row.spread):>5} {row.goal_text:<9} {sign}".rstrip())
    return lines


def points_table(points):
    lines = [f"{'':10}{'':8}{'':12}{'':>5}{'':>9}{'':>5}{'latency, ms':>24}{'':>7}{'CPU, µs an answer':>20}",
             f"{'side':10}{'command':8}{'':12}{'load':>5}{'a second':>9}{'':>5}{'p50':>8}{'p99':>8}{'max':>8}{'group':>7}"
             f"{'server':>7}{'pg':>6}{'driver':>7}", "-" * 100]
    for point in points:
        cpu = point.cpu() or {}
        cells = "".join(f"{number(point.median(field)):>8}" for field in ("p50_ms", "p99_ms", "max_ms"))
        lines.append(f"{point.side:10}{point.command:8}{point.variant[:11]:12}{point.load:>5}"
                     f"{number(point.median('per_second')):>9}{plus_minus(point.spread()):>5}{cells}"
                     f"{number(point.median('group')):>7}{number(cpu.get('epp')):>7}"
                     f"{number(cpu.get('postgres')):>6}{number(cpu.get('driver')):>7}")
    return lines


def findings(found):
    lines = []
    if "micro" in found:
        lines += ["", "micro-benchmarks"] + [
            f"  {one['name']:40}{number(one['nanoseconds'], 'ns'):>14}" for one in found["micro"]]
    if found.get("history"):
        lines += ["", "database size, bytes in tables and their indexes"] + _history(found["history"])
    if "endurance" in found:
        lines += ["", "autovacuum and analyze during the endurance run"] + [
            f"  {name:24}{counts['vacuum']:>5} {counts['analyze']:>5}"
            for name, counts in sorted(found["endurance"]["autovacuums"].items())]
    if "promises" in found:
        kept = found["promises"]
        lines += ["", f"{kept['acknowledged']:,} creates were acknowledged; {kept['in_history']:,} are in the history."]
    return lines


def _history(found):
    filled, create, renew = found.get("filled"), found["create"], found["renew"]
    tables = sorted(set(create["bytes"]) | set(renew["bytes"]) | set(filled["bytes_per_domain"] if filled else ()))
    lines = [f"  {'table':20}{'a filled domain':>17}{'a create':>12}{'a renewal':>12}"]
    for name in tables:
        lines.append(f"  {name:20}{filled['bytes_per_domain'].get(name, 0) if filled else 0:>17,.0f}"
                     f"{create['bytes'].get(name, 0):>12,.0f}{renew['bytes'].get(name, 0):>12,.0f}")
    total = sum(filled["bytes_per_domain"].values()) if filled else 0
    lines.append(f"  {'together':20}{total:>17,.0f}{sum(create['bytes'].values()):>12,.0f}"
                 f"{sum(renew['bytes'].values()):>12,.0f}")
    month = found.get("month")
    if month:
        each = (month["after"] - month["before"]) / month["domains"]
        done = ", ".join(f"{count:,} {command}" for command, count in sorted(month["commands"].items()))
        lines.append(f"  31 days of the clock alone: {each:,.0f} bytes a domain, done after {month['seconds']:,.0f} s ({done})")
    return lines
