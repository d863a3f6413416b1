"""Reads what postel-epp shows to Prometheus. Whatever is missing is None."""

import re
import urllib.request

_LINE = re.compile(r"^(\w+)(?:\{(.*)\})? (\S+)$")
_LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))

# The command's label in postel_epp_commands_total, by the driver's word for it.
LABELS = {"create": ("domain-create",), "storm": ("domain-create",), "renew": ("domain-renew",),
          "check": ("domain-check",), "info": ("domain-info",),
          "mix": ("domain-check", "domain-info", "domain-renew", "domain-create", "domain-update")}


def parse(text):
    """[(name, labels, value)]"""
    found = []
    for line in text.splitlines():
        match = _LINE.match(line)
        if match:
            found.append((match[1], dict(_LABEL.findall(match[2] or "")), float(match[3])))
    return found


def fetch(url):
    """[] when nobody answers."""
    try:
        with _direct.open(url, timeout=5) as answer:
            return parse(answer.read().decode())
    except OSError:
        return []


def total(lines, name, **labels):
    """The sum over all lines of that name, with or without Prometheus' ending, whose labels are among those given."""
    values = [value for found, has, value in lines if found in (f"postel_{name}", f"postel_{name}_total")
              and all(has.get(key) in allowed for key, allowed in labels.items())]
    return sum(values) if values else None


def answers(lines, command):
    return total(lines, "epp_commands", command=LABELS[command]) if command in LABELS else None


def groups(lines):
    """(groups, commands in them); both None if the server does not count them."""
    return total(lines, "epp_store_groups"), total(lines, "epp_store_commands")
