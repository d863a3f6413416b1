"""deploy/bench, after its programs are built: measures, prints, keeps."""

import datetime
import os
import resource
import signal
import sys
import time

import arguments
import children
import conditions
import endurance
import follow
import lookups
import plan as plans
import results
import scenarios
import zones
from bench import Bench, program_folder
from registry import ROOT, Registry

AFTER_THE_ROUNDS = {"open-loop": scenarios.open_loop, "storm": scenarios.storm, "flood": scenarios.flood,
                    "look-up": lookups.lookups, "zone": zones.zone, "size": scenarios.size, "endurance": endurance.endurance}
AT_THE_END = {"memory": scenarios.memory, "micro": scenarios.micro}  # after a new start of the server


def main():
    asked = arguments.parse()
    plan = plans.make_plan(asked)
    if "size" in plan.scenarios and not asked.domains:
        plan.domains = 10_000_000
    _allow_many_files()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    build = os.path.abspath(os.environ.get("POSTEL_BUILD") or os.path.join(ROOT, "build", "release"))
    bench = Bench(plan, build, program_folder(build))
    began = datetime.datetime.now(datetime.timezone.utc)
    try:
        with Registry(build) as registry:
            try:
                measure(bench, registry)
            finally:
                with children.deaf():
                    children.end_all()
    except KeyboardInterrupt:
        print("\nbench: interrupted; nothing is kept, nothing runs", file=sys.stderr)
        return 130
    except children.Failed as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    results.publish(bench, asked, began, bench.conditions)
    return 1 if bench.notes else 0


def measure(bench, registry):
    plan = bench.plan
    bench.use(registry)
    bench.conditions = conditions.collect(registry)
    steps = plans.round_steps(plan)
    print(f"A registry with {plan.domains:,} domains; rounds: {plan.rounds}, of {len(steps)} steps of {plan.seconds} s",
          flush=True)
    began = time.monotonic()
    if plan.wants("history"):
        registry.fill(plan.domains)
        scenarios.sizes_after_fill(bench)
    names = plan.rounds * sum(step.names for step in steps) + (plan.renewal_names() if plan.wants("history") else 0)
    bench.prepare(registry, plan.domains, names)
    if plan.wants("storm", "flood", "memory"):
        registry.add_registrars()
    print(f"ready after {time.monotonic() - began:.0f} s", flush=True)
    run(bench, "history", scenarios.history)  # first, while no table has room that was free before
    bench.run_rounds()
    for name, scenario in AFTER_THE_ROUNDS.items():
        run(bench, name, scenario)
    run(bench, "change by change", follow.change_by_change, *arguments.FOLLOW)
    scenarios.count_promises(bench)
    for name, scenario in AT_THE_END.items():
        run(bench, name, scenario)


def run(bench, name, scenario, *names):
    """A scenario that fails leaves the others their turn. `names`: those that it goes by, if it has several."""
    if not bench.plan.wants(*(names or (name,))):
        return
    print(name, flush=True)
    try:
        scenario(bench)
    except children.Failed as error:
        bench.note(f"{name}: {error}")
        print(f"  failed: {error}", flush=True)


def _interrupt(*_):
    raise KeyboardInterrupt


def _allow_many_files():
    """Thousands of sessions are as many sockets, here and in the server that inherits the limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65536 if hard == resource.RLIM_INFINITY else min(65536, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


if __name__ == "__main__":
    sys.exit(main())
