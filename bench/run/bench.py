"""One run: its registry, its tools and everything that it has measured."""

import os
import time

import children
import plan as plans
from driver import Driver
from peers import Peers
from registry import READABLE_NAMES, Registry
from summary import Summary


class Bench:
    """`records`: one for each step and round, with scenario, side, command, load, variant, round and the figures.
    `findings`: what the scenarios that are no throughput have found, by scenario. `notes`: what went wrong."""

    def __init__(self, plan, build, bin_folder):
        self.plan, self.build, self.bin_folder = plan, build, bin_folder
        self.records, self.findings, self.notes = [], {}, []
        self.registry = self.driver = self.peers = None

    def use(self, registry):
        self.registry = registry
        self.driver = Driver(registry, self.bin_folder, self.plan.warm_up)
        self.peers = Peers(registry)

    def prepare(self, registry, domains, names):
        """Fills a registry and makes it ready for both sides; `names` are those that renewals will need."""
        registry.fill(domains)
        if not self.plan.only_follows:
            Peers(registry).prepare()
            registry.make_names(READABLE_NAMES + names)
        registry.settle()

    def second_registry(self):
        return Registry(self.build)

    def keep(self, round_number, side, command, load, figures, variant=""):
        record = {"side": side, "command": command, "load": load, "variant": variant, "round": round_number, **figures}
        self.records.append(record)
        if "unexpected" in figures:
            self.note(f"{side} {command} with {load}: unexpected answers {figures['unexpected']}")
        return record

    def note(self, text):
        if text not in self.notes:
            self.notes.append(text)

    def names_for(self, command, seconds=None):
        """Options of epp-load that name existing names."""
        if command in ("check", "info"):
            first, count = 1, READABLE_NAMES
        else:
            count = self.plan.renewal_names(seconds)
            first = self.registry.take_names(count)
        return {"names_prefix": "epp-", "first": first, "names": count, "expiry": self.registry.expiry(first)}

    def postel(self, command, sessions, seconds=None, **options):
        if command in ("renew", "check", "info", "mix"):
            options = {**self.names_for(command, seconds), **options}
        return self.driver.measure(command, sessions, seconds or self.plan.seconds, **options)

    def run_step(self, step, round_number):
        seconds = self.plan.seconds
        variant = ""
        if step.side == "postel":
            options = {}
            if step.pipeline > 1:
                options["pipeline"], variant = step.pipeline, f"pipeline {step.pipeline}"
            figures = self.postel(step.command, step.load, **options)
        elif step.side == "echo":
            with self.driver.echo() as (child, port):
                figures = self.driver.measure(step.command, step.load, seconds, echo=child, port=port,
                                              **self.names_for(step.command))
        elif step.side == "copy":
            figures = self.peers.copy(self.plan.copy_rows)
        else:
            figures = self.peers.pgbench(step.side, step.command, step.load, seconds)
        self.keep(round_number, step.side, step.command, step.load, figures, variant)
        return figures["per_second"]

    def run_rounds(self):
        steps = plans.round_steps(self.plan)
        for number in range(1, self.plan.rounds + 1):
            if not steps:
                break
            print(f"round {number} of {self.plan.rounds}", flush=True)
            self.registry.sql("CHECKPOINT")
            for step in steps if number % 2 else reversed(steps):
                began = time.monotonic()
                try:
                    rate = self.run_step(step, number)
                except children.Failed as error:
                    self.note(str(error))
                    print(f"  {step.title():28} failed: {error}", flush=True)
                    continue
                print(f"  {step.title():28}{rate:>12,.0f}/s  ({time.monotonic() - began:.0f} s)", flush=True)

    def best_create(self):
        """Creates a second at the best session count; measured now if no round has."""
        if Summary(self.records).best("postel", "create") is None:
            for sessions in (128, 256):
                self.run_step(plans.Step("postel", "create", sessions), 1)
        return Summary(self.records).best("postel", "create").median("per_second")


def program_folder(build):
    return os.environ.get("POSTEL_BENCH_BIN") or os.path.join(build, "bin")
