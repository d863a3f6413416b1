"""Change by change: postel-zonegen follow into a BIND that signs, with a BIND as its secondary; and what those name servers
do by themselves. Everything of a run shares one zone, which takes long to load and to sign when it is large."""

import contextlib
import json
import os
import re
import subprocess
import threading
import time

import children
import cpu
import driver
import metrics
import name_servers

RATE = 100  # changes a second of the latency's measurement
RATES = (500, 1000, 2000, 3000, 4000, 5000, 6000, 8000, 10_000, 12_000, 15_000)
LAG_MS = 250  # the p99 that a sustained rate keeps to
WATCHED = 100  # changes a second that are looked for, of all
HOUR = 20_000  # changes of .org's delegations in an hour
PATIENCE = 7200


def change_by_change(bench):
    plan = bench.plan
    with _Stage(bench) as stage:
        for name, step in (("follow", stage.latency), ("sustained", stage.sustained), ("catch-up", stage.catch_up),
                           ("comparison", stage.comparison), ("primaries", stage.primaries)):
            if plan.wants(name):
                stage.run(name, step)


class _Stage:
    """The zone as `postel-zonegen full` makes it, a key, a primary that has signed it, and a secondary."""

    def __init__(self, bench):
        self.bench, self.tld = bench, bench.registry.env["EPP_TLD"]
        self.folder = bench.registry.path("dns")
        os.makedirs(self.folder, exist_ok=True)
        os.chmod(self.folder, 0o755)
        self.key = os.path.join(self.folder, "follow.key")
        self.secret = name_servers.make_key(self.key)
        self.zone_file = os.path.join(self.folder, "first.zone")
        self.primary, self.secondary, self.nsd = (
            kind(os.path.join(self.folder, name), self.tld, self.key) for name, kind in
            (("primary", name_servers.SigningBind), ("secondary", name_servers.SecondaryBind),
             ("nsd", name_servers.SecondaryNsd)))
        self.follower = None

    def __enter__(self):
        program = os.path.join(self.bench.build, "bin", "postel-zonegen")
        children.run([program, "full", "--database", self.bench.registry.database, "--tld", self.tld, "--out", self.zone_file],
                     self._log("full"))
        self.hosts = self.bench.registry.sql(_HOSTS).splitlines()
        try:
            self.primary.start(self.zone_file, (self.secondary, self.nsd))
            print(f"  primary: signed in {self.primary.sign_seconds:,.1f} s, loaded in {self.primary.load_seconds:,.1f} s, "
                  f"{self.primary.memory_mib():,.0f} MiB", flush=True)
            self.found = self.bench.findings.setdefault("change by change", {})
            self.found["names"] = self._names()
            self.found["bind"] = _size(self.primary)
            if self.bench.plan.wants("follow"):
                self.secondary.start(self.primary)
                self.found["bind secondary"] = _size(self.secondary)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        with contextlib.suppress(children.Failed):
            self._unfollow()
        for server in (self.secondary, self.nsd, self.primary):
            server.stop()

    def _log(self, name):
        return os.path.join(self.folder, f"{name}.log")

    def _names(self):
        with open(self.zone_file + ".manifest", encoding="ascii") as file:
            return int(re.search(r"^delegations = (\d+)", file.read(), re.M).group(1))

    def _follow(self, **settings):
        """Until it is in step with the registry."""
        self.follower = _Follower(self, settings)
        self.follower.await_current()

    def _unfollow(self):
        if self.follower is not None:
            self.follower.stop()
            self.follower = None

    def _watched(self, *servers):
        return ",".join(f"{name}={server.address}" for name, server in servers)

    def _changes(self, rate, seconds, **options):
        """EPP at a fixed rate; from more sessions than are ever needed at once."""
        sessions = 64 if rate >= 1000 else 16
        return self.bench.driver.measure("delegations", sessions, seconds, rate=rate, name_servers=self.hosts,
                                         warm_up=3, names=max(200, 2 * int(rate)), **options)

    def run(self, name, step):
        """One that fails leaves the others their turn."""
        print(f"  {name}", flush=True)
        try:
            step()
        except children.Failed as error:
            self.bench.note(f"{name}: {error}")
            print(f"    failed: {error}", flush=True)
        finally:
            self._unfollow()

    # The scenarios.
    def latency(self):
        bench = self.bench
        self._follow()
        for number in range(1, bench.plan.rounds + 1):
            costs = _Costs(follower=self.follower, named=self.primary, secondary=self.secondary)
            watch = self._watched(("primary", self.primary), ("secondary", self.secondary))
            figures = self._changes(RATE, bench.plan.follow_seconds, watch=watch)
            costs.end(figures)
            watched = figures.pop("watched")
            bench.keep(number, "postel", "follow", RATE, figures, variant="EPP")
            for server, lag in watched.items():
                lag["per_second"] = lag["answers"] / bench.plan.follow_seconds
                bench.keep(number, "postel", "follow", RATE, lag, variant=server)
                self._say(f"{server}, {RATE}/s", lag)
                if lag["given_up"]:
                    bench.note(f"follow: {lag['given_up']} changes were not seen at the {server} in 30 s")
        # In life it has a machine of its own.
        self.secondary.stop()

    def sustained(self):
        """At growing rates, with the primary watched; the last one is too high. By EPP, and by a stand-in that writes what
        the zone is made of and leaves the processors to the zone."""
        self.found["sustained"] = {}
        for by, change in (("EPP", self._changes), ("feed", self._feed)):
            self._follow()
            best = 0
            for rate in RATES:
                reached = self._sustain(by, change, rate, 1) or self._sustain(by, change, rate, 2)
                if not reached:
                    break
                best = reached
            self.found["sustained"][by] = best
            self._unfollow()
        self._updates_of_bind()

    def _sustain(self, by, change, rate, attempt):
        """Changes a second; None if that was too much. Latencies are the lags at the primary."""
        costs = _Costs(follower=self.follower, named=self.primary)
        figures = change(rate, self.bench.plan.seconds, watch=self._watched(("primary", self.primary)),
                         watch_share=min(1, WATCHED / rate))
        costs.end(figures)
        lag = figures.pop("watched")["primary"]
        record = {**lag, "per_second": figures["per_second"], "rate": rate, "writer_p99_ms": figures["p99_ms"],
                  **{name: value for name, value in figures.items() if name.endswith("_us")}}
        self._say(f"by {by}, {rate:,}/s asked, {figures['per_second']:,.0f}/s", lag)
        self.bench.keep(attempt, "postel", "sustain", rate, record, variant=by)
        self.follower.await_current()
        too_much = lag["p99_ms"] > LAG_MS or lag["given_up"] or figures["per_second"] < 0.95 * rate
        return None if too_much else figures["per_second"]

    def _feed(self, rate, seconds, **options):
        words = [word for name, value in options.items() for word in ("--" + name.replace("_", "-"), value)]
        output = children.run([os.path.join(self.bench.bin_folder, "dns-load"), "feed", "--database",
                               self.bench.registry.database, "--tld", self.tld, "--hosts", ",".join(self.hosts), "--rate", rate,
                               "--names", max(200, 2 * rate), "--warm-up", 3, "--seconds", seconds, *words],
                              self._log("dns-load"))
        return driver.last_line(output)

    def _updates_of_bind(self):
        for number in range(1, self.bench.plan.rounds + 1):
            figures = self._dns_load("updates", self.primary, "--hosts", ",".join(self.hosts), "--names", 10_000,
                                     "--names-per-update", 100, "--outstanding", 2, "--seconds", self.bench.plan.seconds,
                                     "--watch", self._watched(("primary", self.primary)), "--watch-share", 0.02)
            lag = figures.pop("watched")["primary"]
            self.bench.keep(number, "bind", "updates", 100, {**figures, "lag_p99_ms": lag["p99_ms"]})
            self._say(f"BIND alone {figures['per_second']:,.0f}/s", lag)

    def catch_up(self):
        """Changes by EPP while nothing follows; then it does, and EPP goes on."""
        found = self.found["catch-up"] = []
        for changes in self.bench.plan.outages(HOUR):
            self._follow()
            self._unfollow()
            changes = self._make_changes(changes)
            began = time.monotonic()
            self.follower = _Follower(self, {})
            with _Current(self.follower, changes) as current:
                epp = []
                while current.at is None:
                    epp.append(self._changes(RATE, max(2, min(10, changes // 10_000))))
            seconds = current.at - began
            found.append({"changes": changes, "seconds": seconds, "per_second": changes / seconds,
                          "epp_p50_ms": max(one["p50_ms"] for one in epp), "epp_p99_ms": max(one["p99_ms"] for one in epp),
                          "epp_max_ms": max(one["max_ms"] for one in epp)})
            print(f"    {changes:,} changes: current after {seconds:.1f} s, {changes / seconds:,.0f}/s; EPP meanwhile p99 "
                  f"{found[-1]['epp_p99_ms']:.1f} ms", flush=True)
            self._unfollow()

    def _make_changes(self, count):
        """As fast as EPP can, in turns that each begin with creations of names of their own. How many there were."""
        done, seconds = 0, 2 if count < 100_000 else 10
        while done < count:
            figures = self.bench.driver.measure("delegations", 128, seconds, name_servers=self.hosts, names=4000 * seconds,
                                                warm_up=0)
            done += figures["answers"]
        return done

    def comparison(self):
        """In turns: one by `follow`, and whole transfers of the same zone."""
        bench = self.bench
        for number in range(1, bench.plan.rounds + 1):
            self._follow(compare_interval="10s")
            line = self.follower.await_log(r"follow\.compared .*", PATIENCE)
            self._unfollow()
            if not re.search(r"\bdifferences=0\b", line):
                bench.note(f"comparison: {line}")
            self._keep_compared(number, "postel", int(re.search(r"\bms=(\d+)", line).group(1)))
            self._keep_compared(number, "dig", self._dig())
            self._keep_compared(number, "reader", self._dns_load("transfer", self.primary)["elapsed_ms"])

    def _keep_compared(self, number, side, elapsed_ms):
        names = self.found["names"]
        self.bench.keep(number, side, "compare", 1, {"elapsed_ms": elapsed_ms, "per_second": 1000 * names / elapsed_ms})
        print(f"    {side:24}{elapsed_ms / 1000:>10,.1f} s", flush=True)

    def _dig(self):
        began = time.monotonic()
        done = subprocess.run(["dig", "@127.0.0.1", "-p", str(self.primary.port), "-k", self.key, "+time=600", self.tld, "AXFR"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        if done.returncode != 0:
            raise children.Failed(f"dig AXFR ended with {done.returncode}: {done.stderr[-200:]}")
        return 1000 * (time.monotonic() - began)

    def primaries(self):
        """One update of one name after the other, by each name server; what it takes to load the zone."""
        self._one_update("bind", self.primary, self.primary)
        self.nsd.start(self.primary, self.secret)
        self.found["nsd"] = _size(self.nsd)
        self._one_update("nsd", self.nsd, self.primary, "--rate", 1)
        self.nsd.stop()
        self.primary.stop()
        knot = name_servers.SigningKnot(os.path.join(self.folder, "knot"), self.tld, self.key)
        try:
            knot.start(self.zone_file, self.secret)
            self.found["knot"] = _size(knot)
            self._one_update("knot", knot, knot)
        finally:
            knot.stop()

    def _one_update(self, side, server, primary, *options):
        """From the sending of an update until `server` shows it with its signatures."""
        for number in range(1, self.bench.plan.rounds + 1):
            figures = self._dns_load("updates", primary, "--hosts", ",".join(self.hosts), "--names", 50, "--outstanding", 1,
                                     "--names-per-update", 1, "--seconds", self.bench.plan.follow_seconds,
                                     "--watch", self._watched((side, server)), *options)
            lag = figures.pop("watched")[side]
            lag.update(answer_p50_ms=figures["p50_ms"], per_second=figures["per_second"])
            self.bench.keep(number, side, "update", 1, lag)
            self._say(side, lag)
        self.found[side]["memory_after_mib"] = server.memory_mib()

    def _dns_load(self, command, server, *words):
        output = children.run([os.path.join(self.bench.bin_folder, "dns-load"), command, "--server", server.address, "--key",
                               self.key, "--tld", self.tld, *words], self._log("dns-load"))
        return driver.last_line(output)

    @staticmethod
    def _say(what, lag):
        print(f"    {what:32} p50 {lag['p50_ms']:>8.1f} ms  p99 {lag['p99_ms']:>8.1f} ms  max {lag['max_ms']:>8.1f} ms  "
              f"({lag['answers']:,} seen)", flush=True)


# Those that most of the first names are with, as they are outside of the zone.
_HOSTS = """
SELECT name FROM hosts JOIN (
  SELECT unnest(name_servers) AS id, count(*) FROM (SELECT name_servers FROM domains ORDER BY id LIMIT 20000) first
  GROUP BY 1 ORDER BY 2 DESC LIMIT 200) AS used USING (id)
WHERE name !~ '\\.(org|ngo|ong)$' ORDER BY count DESC, id LIMIT 50
"""


def _size(server):
    return {"load_seconds": server.load_seconds, "sign_seconds": server.sign_seconds, "memory_mib": server.memory_mib()}


class _Follower:
    """postel-zonegen follow, its log in a file."""

    def __init__(self, stage, settings):
        self.log_path = stage._log(f"follow-{time.monotonic_ns()}")
        self.port = name_servers.free_port()
        lines = [f"database = {stage.bench.registry.database}", f"directory = {stage.folder}", f"tld = {stage.tld}",
                 f"metrics_listen = 127.0.0.1:{self.port}", f"primary = hidden {stage.primary.address} {stage.key}",
                 *(f"{key} = {value}" for key, value in settings.items())]
        config = self.log_path + ".conf"
        with open(config, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        with open(self.log_path, "wb") as log:
            self.child = children.start([os.path.join(stage.bench.build, "bin", "postel-zonegen"), "follow", "--config", config],
                                        stdout=log, stderr=log)

    def cpu_seconds(self):
        return cpu.process_ns(self.child.pid) / 1e9

    def log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as file:
            return file.read()

    def await_log(self, pattern, seconds):
        deadline = time.monotonic() + seconds
        while True:
            found = re.search(pattern, self.log())
            if found:
                return found.group()
            if time.monotonic() > deadline or self.child.poll() is not None:
                raise children.Failed(f"postel-zonegen follow does not say {pattern}: {self.log()[-500:]}")
            time.sleep(0.1)

    def current(self, changes=0):
        """Everything up to a moment ago is in the zone; it has sent so many changes. The lag is 0 before it was ever known."""
        lines = metrics.fetch(f"http://127.0.0.1:{self.port}/metrics")
        lag, leads, sent = (metrics.total(lines, f"follow_{name}") for name in ("lag_seconds", "leader", "changes"))
        return leads == 1 and 0 < lag < 1 and (sent or 0) >= changes

    def await_current(self):
        """A first comparison, if it makes one, is over as well."""
        deadline = time.monotonic() + PATIENCE
        while not self.current() or len(re.findall(r"follow\.compares ", self.log())) > len(
                re.findall(r"follow\.compared ", self.log())):
            if time.monotonic() > deadline or self.child.poll() is not None:
                raise children.Failed(f"postel-zonegen follow does not become current: {self.log()[-500:]}")
            time.sleep(0.1)

    def stop(self):
        children.end(self.child, 60)


class _Current:
    """Looks, in a thread, for when a follower has become current after so many changes."""

    def __init__(self, follower, changes):
        self.follower, self.changes, self.at, self._ended = follower, changes, None, False
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self):
        while not self._ended and self.at is None:
            if self.follower.current(self.changes):
                self.at = time.monotonic()
            time.sleep(0.02)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ended = True
        self._thread.join()


class _Costs:
    """Processor time of servers, in microseconds a change."""

    def __init__(self, **servers):
        self.servers = {name: (server, server.cpu_seconds()) for name, server in servers.items()}

    def end(self, figures):
        """From the first change to the last; those of warming up are more than are counted, by their share."""
        for name, (server, before) in self.servers.items():
            figures[f"{name}_us"] = 1e6 * (server.cpu_seconds() - before) / max(1, figures["answers"])
