"""What a run measures: the steps of a round, and the sizes of everything."""

import dataclasses

from arguments import FOLLOW, ROUNDS, SINGLE

NAMES_PER_SECOND = 8000  # prepared for renewals, so that a name is renewed once or twice, as in life


@dataclasses.dataclass(frozen=True)
class Step:
    """One measurement: `side` does `command` with `load` sessions, or clients of the database."""
    side: str  # postel; classical, call, pipelined, copy; echo
    command: str
    load: int
    pipeline: int = 1
    names: int = 0  # of its own that it uses up

    def title(self):
        depth = f"*{self.pipeline}" if self.pipeline > 1 else ""
        return f"{self.side} {self.command}/{self.load}{depth}"


@dataclasses.dataclass
class Plan:
    quick: bool
    full: bool
    scenarios: list
    domains: int
    rounds: int
    seconds: int
    sessions: list  # None: as each scenario likes
    clients: list
    minutes: int
    rate: int
    follow_seconds: int = 30
    outage: int = None  # changes; None: as the scenario likes
    warm_up: int = 1

    def choose(self, full, quick):
        return quick if self.quick else full

    def wants(self, *names):
        return any(name in self.scenarios for name in names)

    @property
    def only_follows(self):
        """No scenario needs names of its own, each of which has a DS record: zones then are as in life."""
        return all(name in FOLLOW for name in self.scenarios)

    def outages(self, hour):
        """Changes that are caught up with, one outage after the other."""
        if self.outage:
            return [self.outage]
        return [hour] + ([1_000_000] if self.full else [])

    def renewal_names(self, seconds=None):
        return (self.warm_up + (seconds or self.seconds)) * NAMES_PER_SECOND

    @property
    def copy_rows(self):
        return self.choose(100_000, 20_000)


def make_plan(arguments):
    scenarios = arguments.only
    if not scenarios and arguments.quick:
        scenarios = ["create", "renew", "check", "info", "latency", "echo", "open-loop", "storm"]
    elif not scenarios:
        scenarios = [*ROUNDS, *SINGLE] + (["size", "history"] if arguments.full else [])
    return Plan(
        quick=arguments.quick, full=arguments.full, scenarios=scenarios,
        domains=arguments.domains or (20_000 if arguments.quick else 200_000),
        rounds=arguments.rounds or (2 if arguments.quick else 3),
        seconds=arguments.seconds or (2 if arguments.quick else 10),
        sessions=arguments.sessions, clients=[8, 16] if arguments.quick else [1, 8, 16, 32],
        minutes=arguments.minutes, rate=arguments.rate,
        follow_seconds=arguments.seconds or (5 if arguments.quick else 30), outage=arguments.outage)


def round_steps(plan):
    """The steps of one round; two scenarios may share one."""
    many = plan.sessions or plan.choose([64, 128, 256], [64, 256])
    few = plan.sessions or plan.choose([64, 128, 256], [128])
    steps = []
    if plan.wants("create"):
        steps += [Step("postel", "create", n) for n in (plan.sessions or plan.choose([1, 16, *many], [1, *many]))]
        steps += [Step("classical", "create", n) for n in plan.clients]
        steps += _single_calls(plan, "create")
        steps.append(Step("copy", "create", 1))
    if plan.wants("renew"):
        steps += [Step("postel", "renew", n, names=plan.renewal_names()) for n in many]
        steps += [Step("classical", "renew", n) for n in plan.clients]
        steps += _single_calls(plan, "renew")
    for command in ("check", "info"):
        if plan.wants(command):
            steps += [Step("postel", command, n) for n in few]
            if command == "check" or not plan.quick:
                steps.append(Step("postel", command, 64, pipeline=8))
            steps += [Step("classical", command, n) for n in plan.clients]
    if plan.wants("mix"):
        steps.append(Step("postel", "mix", few[len(few) // 2], names=plan.renewal_names()))
    if plan.wants("latency"):
        steps += [Step("postel", "create", 1), Step("classical", "create", 1)]
    if plan.wants("echo"):
        steps += [Step("echo", "check", n) for n in few]
        if not plan.quick:
            steps += [Step("postel", "hello", n) for n in few]
    return list(dict.fromkeys(steps))


def _single_calls(plan, command):
    counts = [n for n in plan.clients if n > 1]
    if plan.quick:
        counts = counts[-1:]
    return [Step(side, command, n) for side in ("call", "pipelined") for n in counts]
