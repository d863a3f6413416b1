"""Watches CPU time and the server's counters while a step runs, and says what an answer cost."""

import dataclasses
import threading
import time

import cpu
import metrics


@dataclasses.dataclass
class Sample:
    at: float
    cpu: dict  # nanoseconds by process
    answers: float = None  # by the server's own count
    groups: float = None
    commands: float = None


class Watch:
    """with Watch(...) as watch: ...; then watch.cost(...). The driver's process is named as soon as it runs."""

    def __init__(self, registry, command, interval, url=True):
        self._registry, self._command, self._interval = registry, command, interval
        self._url = registry.metrics_url if url else None
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.driver = 0
        self.echo = 0
        self.samples = []

    def __enter__(self):
        self._take()
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._done.set()
        self._thread.join()
        self._take()

    def _run(self):
        while not self._done.wait(self._interval):
            self._take()

    def _take(self):
        sample = Sample(time.monotonic(), {
            "epp": cpu.process_ns(self.echo or self._registry.epp_pid),
            "postgres": cpu.family_ns(self._registry.postgres_pid), "driver": cpu.process_ns(self.driver)})
        if self._url:
            lines = metrics.fetch(self._url)
            sample.answers = metrics.answers(lines, self._command)
            sample.groups, sample.commands = metrics.groups(lines)
        self.samples.append(sample)

    def cost(self, ended, seconds, per_second):
        """The step ended at `ended` after measuring for `seconds`; see cost_of."""
        return cost_of(self.samples, ended, seconds, per_second)


def cost_of(samples, ended, seconds, per_second):
    """{"cpu_us": {process: microseconds an answer}, "group": mean size or None}, from the steady part of a step: neither
    logins and warming up at its begin nor its end. Counted by the server if it counts, else by the driver's rate."""
    counted = [s for s in samples if s.answers is not None]
    if len(counted) > 3 and counted[-1].answers > counted[0].answers:
        first, last = _steady(counted)
        answers = last.answers - first.answers
    else:
        middle = [s for s in samples if ended - 0.95 * seconds <= s.at <= ended - 0.05 * seconds and s.cpu["driver"]]
        if len(middle) < 2:
            return {"cpu_us": None, "group": None}
        first, last = middle[0], middle[-1]
        answers = per_second * (last.at - first.at)
    if answers <= 0:
        return {"cpu_us": None, "group": None}
    group = None
    if None not in (first.groups, last.groups, first.commands, last.commands) and last.groups > first.groups:
        group = (last.commands - first.commands) / (last.groups - first.groups)
    return {"cpu_us": {name: max(0, last.cpu[name] - first.cpu[name]) / 1000.0 / answers for name in first.cpu},
            "group": group}


def _steady(samples):
    begin, end = samples[0].answers, samples[-1].answers
    low, high = begin + 0.15 * (end - begin), begin + 0.92 * (end - begin)
    inside = [s for s in samples if low <= s.answers <= high and s.cpu["driver"]]
    if len(inside) < 2:
        inside = [s for s in samples if begin < s.answers <= end and s.cpu["driver"]]
    return (inside[0], inside[-1]) if len(inside) > 1 else (samples[0], samples[-1])
