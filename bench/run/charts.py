"""Plots as SVG text, without anything that is run or fetched. Colours are CSS variables, see STYLE."""

import html
import math

WIDTH, HEIGHT = 460, 280
LEFT, RIGHT, TOP, BOTTOM = 58, 14, 12, 40

# Readable on white and on black, and apart from each other for the colour-blind.
STYLE = """
:root { --ground: #ffffff; --ink: #1b1f24; --faint: #5b6570; --line: #d7dce2; --card: #f6f8fa;
  --good: #18794e; --bad: #b42318;
  --postel: #1f5fd0; --classical: #c2570c; --call: #1a7f5a; --pipelined: #8b3fb8; --copy: #6b7280; --echo: #0e7490;
  --epp: #1f5fd0; --postgres: #c2570c; --driver: #8a94a0; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #0f1317; --ink: #e6e9ed; --faint: #9aa5b1; --line: #2f3740; --card: #171c22;
    --good: #4cc38a; --bad: #ff8577;
    --postel: #7aa7ff; --classical: #f39a4b; --call: #4cc38a; --pipelined: #cf8ef4; --copy: #aab2bd; --echo: #4fc3d9;
    --epp: #7aa7ff; --postgres: #f39a4b; --driver: #77818d; } }
svg text { font: 13px system-ui, sans-serif; fill: var(--faint); }
svg .name { fill: var(--ink); }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .limit { stroke: var(--copy); stroke-width: 1; stroke-dasharray: 4 3; }
"""

NAMES = {"postel": "EPP over TLS", "classical": "classical SQL", "call": "stored function", "pipelined": "pipelined SQL",
         "copy": "COPY", "echo": "TLS echo", "nginx": "nginx", "psql": "psql", "bind": "BIND", "knot": "Knot",
         "nsd": "NSD", "dig": "dig", "reader": "dns-load", "epp": "postel-epp", "postgres": "PostgreSQL", "driver": "load driver"}


def document(svg):
    """A file of its own."""
    style = f"<style>{STYLE} svg {{ background: var(--ground); }}</style>"
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + svg.replace(">", f">{style}", 1) + "\n"


def _svg(body, title, width=WIDTH, height=HEIGHT):
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
            f'aria-label="{html.escape(title)}">{body}</svg>')


def _text(x, y, text, anchor="start", css=""):
    kind = f' class="{css}"' if css else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{kind}>{html.escape(text)}</text>'


def _upright(y, text):
    return (f'<text x="13" y="{y:.0f}" text-anchor="middle" transform="rotate(-90 13 {y:.0f})">'
            f'{html.escape(text)}</text>')


def short(value):
    """1,500,000 as 1.5M: for axes."""
    for limit, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= limit:
            return f"{value / limit:.3g}{letter}"
    return f"{value:.3g}"


def ticks(top, wanted=4):
    """Round steps from 0 to at least `top`."""
    if top <= 0:
        return [0, 1]
    raw = top / wanted
    power = 10 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= raw)
    return [step * n for n in range(math.ceil(top / step - 1e-9) + 1)]


def _frame(marks, place_y, width, height, y_label):
    parts = []
    for mark in marks:
        y = place_y(mark)
        parts.append(f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{width - RIGHT}" y2="{y:.1f}"/>')
        parts.append(_text(LEFT - 6, y + 4, short(mark), "end"))
    return [*parts, _upright((TOP + height - BOTTOM) / 2, y_label)]


def lines(series, x_label, y_label, limit=None):
    """`series`: [(CSS variable, {x: y})]; x on a scale of doublings, y from 0; a dashed line at `limit`."""
    xs = sorted({x for _, points in series for x in points})
    marks = ticks(max([y for _, points in series for y in points.values()] + ([limit] if limit else [])))
    low, high = math.log2(xs[0]), math.log2(xs[-1])

    def place_x(x):
        share = (math.log2(x) - low) / (high - low) if high > low else 0.5
        return LEFT + 10 + share * (WIDTH - LEFT - RIGHT - 20)

    def place_y(y):
        return HEIGHT - BOTTOM - y / marks[-1] * (HEIGHT - TOP - BOTTOM)

    parts = _frame(marks, place_y, WIDTH, HEIGHT, y_label)
    if limit:
        y = place_y(limit)
        parts.append(f'<line class="limit" x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}"/>')
    last = -99
    for x in xs:
        if place_x(x) - last > 30:
            parts.append(_text(place_x(x), HEIGHT - BOTTOM + 16, short(x) if x >= 10_000 else str(x), "middle"))
            last = place_x(x)
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, x_label, "middle"))
    for name, points in series:
        ordered = sorted(points.items())
        path = " ".join(f"{place_x(x):.1f},{place_y(y):.1f}" for x, y in ordered)
        parts.append(f'<polyline points="{path}" fill="none" style="stroke: var(--{name})" stroke-width="2"/>')
        for x, y in ordered:
            parts.append(f'<circle cx="{place_x(x):.1f}" cy="{place_y(y):.1f}" r="3.5" style="fill: var(--{name})">'
                         f'<title>{html.escape(NAMES.get(name, name))}, {x:,}: {y:,.1f}</title></circle>')
    return _svg("".join(parts), f"{y_label} over {x_label}")


def stacked(rows, parts_names, unit):
    """Horizontal bars: [(title, {part: value})]."""
    left, row_height = 168, 24
    height = len(rows) * row_height + 34
    marks = ticks(max(sum(values.values()) for _, values in rows))

    def place(value):
        return left + value / marks[-1] * (WIDTH - left - 56)

    parts = []
    for mark in marks:
        parts.append(f'<line class="grid" x1="{place(mark):.1f}" y1="4" x2="{place(mark):.1f}" y2="{height - 30}"/>')
        parts.append(_text(place(mark), height - 16, short(mark), "middle"))
    parts.append(_text((left + WIDTH) / 2, height - 2, unit, "middle"))
    for index, (title, values) in enumerate(rows):
        y = 6 + index * row_height
        parts.append(_text(left - 6, y + 13, title, "end", "name"))
        begin = 0.0
        for name in parts_names:
            value = values.get(name, 0)
            length = place(begin + value) - place(begin)
            parts.append(f'<rect x="{place(begin):.1f}" y="{y}" width="{length:.1f}" height="17" style="fill: '
                         f'var(--{name})"><title>{NAMES.get(name, name)}: {value:,.1f} {unit}</title></rect>')
            begin += value
        parts.append(_text(place(begin) + 4, y + 13, short(begin)))
    return _svg("".join(parts), unit, height=height)


def percentiles(rows):
    """[(title, CSS variable, {"p50_ms": ..})]: a range for each, on a scale of powers of ten, a dot for each percentile."""
    left, row_height = 168, 26
    height = len(rows) * row_height + 34
    values = [v for _, _, found in rows for v in found.values() if v > 0]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)) + 1e-9)
    high = max(high, low + 1)

    def place(value):
        return left + (math.log10(max(value, 10 ** low)) - low) / (high - low) * (WIDTH - left - 20)

    parts = []
    for power in range(low, high + 1):
        x = place(10 ** power)
        parts.append(f'<line class="grid" x1="{x:.1f}" y1="4" x2="{x:.1f}" y2="{height - 30}"/>')
        parts.append(_text(x, height - 16, f"{10.0 ** power:g}", "middle"))
    parts.append(_text((left + WIDTH) / 2, height - 2, "ms: p50, p90, p99, p99.9", "middle"))
    for index, (title, name, found) in enumerate(rows):
        y = 16 + index * row_height
        parts.append(_text(left - 6, y + 4, title, "end", "name"))
        ordered = [(key, found[key]) for key in ("p50_ms", "p90_ms", "p99_ms", "p999_ms") if key in found]
        parts.append(f'<line x1="{place(ordered[0][1]):.1f}" y1="{y}" x2="{place(ordered[-1][1]):.1f}" y2="{y}" '
                     f'style="stroke: var(--{name})" stroke-width="3" opacity="0.45"/>')
        for size, (key, value) in zip((6, 4.5, 4, 3), ordered):
            parts.append(f'<circle cx="{place(value):.1f}" cy="{y}" r="{size}" style="fill: var(--{name})">'
                         f'<title>{key[:-3]}: {value:,.2f} ms</title></circle>')
    return _svg("".join(parts), "latency percentiles", height=height)


def endurance(found):
    """Answers a second above, the slowest answer of every second below, over the whole run."""
    width, height, gap = 900, 420, 34
    half = (height - TOP - BOTTOM - gap) / 2
    series = {command: found[command]["series"] for command in ("create", "renew") if found[command]["series"]}
    names = {"create": "postel", "renew": "classical"}
    last = max(line["second"] for lines_ in series.values() for line in lines_) or 1

    def place_x(second):
        return LEFT + second / last * (width - LEFT - RIGHT)

    parts = []
    for top, field, label in ((TOP, "answers", "answers a second"), (TOP + half + gap, "max_ms", "slowest answer, ms")):
        marks = ticks(max(line[field] for lines_ in series.values() for line in lines_), 3)

        def place_y(value, top=top, marks=marks):
            return top + half - value / marks[-1] * half

        for mark in marks:
            y = place_y(mark)
            parts.append(f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{width - RIGHT}" y2="{y:.1f}"/>')
            parts.append(_text(LEFT - 6, y + 4, short(mark), "end"))
        parts.append(_upright(top + half / 2, label))
        for command, lines_ in series.items():
            path = " ".join(f"{place_x(s):.1f},{place_y(v):.1f}" for s, v in _thin(lines_, field))
            parts.append(f'<polyline points="{path}" fill="none" style="stroke: var(--{names[command]})"/>')
    for mark in ticks(last / 60, 6):
        if mark * 60 <= last:
            parts.append(_text(place_x(mark * 60), height - BOTTOM + 16, f"{mark:g}", "middle"))
    parts.append(_text(width / 2, height - 6, "minutes", "middle"))
    for index, command in enumerate(series):
        parts.append(f'<rect x="{LEFT + 10 + index * 90}" y="{TOP + half + 10:.0f}" width="12" height="12" '
                     f'style="fill: var(--{names[command]})"/>')
        parts.append(_text(LEFT + 27 + index * 90, TOP + half + 20, command + "s", css="name"))
    return _svg("".join(parts), "answers a second and slowest answer over the run", width, height)


def _thin(series, field, most=1200):
    """At most so many points; of several seconds the one that matters: the slowest answer, the fewest answers."""
    choose = max if field == "max_ms" else min
    step = math.ceil(len(series) / most)
    groups = (series[n:n + step] for n in range(0, len(series), step))
    return [(group[0]["second"], choose(line[field] for line in group)) for group in groups]


def legend(names):
    return " ".join(f'<span class="key"><i style="background: var(--{name})"></i>{html.escape(NAMES.get(name, name))}</span>'
                    for name in names)
