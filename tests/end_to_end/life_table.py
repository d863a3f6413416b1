"""Reads the tables of tests/lives/*.life, whose form is described there."""

import calendar
import dataclasses
import datetime
import glob
import os
import re

COLUMNS = ("time", "who", "command", "answer", "sponsor", "statuses", "rgp", "expires")
STARTS = datetime.datetime(2030, 1, 1, 12, tzinfo=datetime.timezone.utc)
UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


@dataclasses.dataclass
class Row:
    line: int
    at: datetime.datetime
    who: str
    command: str
    answer: str
    sponsor: str
    statuses: set
    rgp: set
    expires: str
    balances: dict  # of registrars, as texts


@dataclasses.dataclass
class Life:
    name: str
    title: str
    also_in_sandbox: bool
    rows: list

    @property
    def registrars(self):
        return list(self.rows[0].balances)


def years_later(moment, years):
    year = moment.year + years
    if (moment.month, moment.day) == (2, 29) and not calendar.isleap(year):
        moment = moment.replace(day=28)
    return moment.replace(year=year)


def moment_of(text, starts=STARTS):
    """+1y 45d"""
    moment = starts
    for count, unit in re.findall(r"(-?\d+)([ydhms])\b", text):
        if unit == "y":
            moment = years_later(moment, int(count))
        else:
            moment += datetime.timedelta(**{UNITS[unit]: int(count)})
    return moment


def items(cell):
    return set(filter(None, cell.split(", ")))


def refuse_what_no_sandbox_can_do(lines, path):
    """A running registry has no milliseconds to be at, and one policy and start for all lives."""
    for number, line in enumerate(lines, 1):
        time = line.split("|")[0] if "|" in line else ""
        if "&" in time or "ms" in time or re.match(r"(starts|policy|registrar \S+):", line):
            raise ValueError(f"{path}:{number}: not in a sandbox: {line}")


def read(path):
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    life = Life(os.path.basename(path).removesuffix(".life"), lines[0], "also in: the sandbox" in lines, [])
    if life.also_in_sandbox:
        refuse_what_no_sandbox_can_do(lines, path)
    columns = None
    for number, line in enumerate(lines, 1):
        if line.startswith("#") or "|" not in line:
            continue
        cells = [cell.strip() for cell in line.split("|")]
        if columns is None:
            columns = cells
            continue
        row = dict(zip(columns, cells))
        at = moment_of(row["time"]) if row["time"] else life.rows[-1].at
        life.rows.append(Row(
            number, at, row["who"], row["command"], row["answer"], row["sponsor"], items(row["statuses"]),
            items(row["rgp"]), row["expires"], {name: row[name] for name in columns[len(COLUMNS):]}))
    return life


def of_the_sandbox(folder):
    lives = map(read, sorted(glob.glob(os.path.join(folder, "*.life"))))
    return [life for life in lives if life.also_in_sandbox]
