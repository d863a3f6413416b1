"""Prints a run and keeps it: bench/results/DATE.json, DATE.html, and DATE.svg of an endurance run."""

import json
import os
import sys

import charts
import conditions
import goals
import page
import table
from registry import ROOT
from summary import Summary

FOLDER = os.path.join(ROOT, "bench", "results")


def publish(bench, asked, began, found_conditions):
    summary = Summary(bench.records, bench.findings)
    rows = goals.rows(summary)
    run = {
        "at": began.isoformat(timespec="seconds"), "conditions": found_conditions, "arguments": vars(asked),
        "plan": {"domains": bench.plan.domains, "rounds": bench.plan.rounds, "seconds": bench.plan.seconds},
        "warnings": conditions.warnings(found_conditions), "notes": bench.notes,
        "goals": [row.as_dict() for row in rows], "summary": [point.as_dict() for point in summary.points],
        "findings": bench.findings, "rounds": bench.records,
    }
    show(run, rows, summary)
    os.makedirs(FOLDER, exist_ok=True)
    stem = os.path.join(FOLDER, began.strftime("%Y-%m-%dT%H%M%SZ"))
    with open(stem + ".json", "w", encoding="utf-8") as file:
        json.dump(run, file, indent=1, ensure_ascii=False)
    with open(stem + ".html", "w", encoding="utf-8") as file:
        file.write(page.render(run, rows, summary))
    kept = [stem + ".json", stem + ".html"]
    if "endurance" in bench.findings:
        with open(stem + ".svg", "w", encoding="utf-8") as file:
            file.write(charts.document(charts.endurance(bench.findings["endurance"])))
        kept.append(stem + ".svg")
    print("\nkept in " + ", ".join(os.path.relpath(path) for path in kept))


def show(run, rows, summary):
    print()
    if rows:
        print("\n".join(table.goals_table(rows)))
    if summary.points:
        print("\n" + "\n".join(table.points_table(summary.points)))
    print("\n".join(table.findings(summary.findings)))
    for warning in run["warnings"]:
        print("warning: " + warning)
    for note in run["notes"]:
        print("note: " + note, file=sys.stderr)
