"""A long random history of EPP commands, while `postel-zonegen follow` sends it to two signing primaries and all of them
are killed again and again: at the end the zones that are served are those that `full` makes, record for record.

POSTEL_HISTORY_COMMANDS (2000)      commands in all
POSTEL_HISTORY_KILLS (12)           of followers and primaries, at random points
POSTEL_HISTORY_SESSIONS (8)         of two registrars, at once
POSTEL_HISTORY_CHECK_EVERY (10000)  commands; then the zones are compared as well
POSTEL_HISTORY_SEED (random)        what the sessions do, and when who dies; which of two sessions comes first is chance
"""

import collections
import os
import random
import re
import threading
import time
import unittest

import epp_client
import history
from cluster import Cluster
from follow_case import FollowCase, Follower, whole_zone
from postel import GOLD, POLICY, SILVER, EppServer, Registry, Server
from signed_zone import complaints, transfer_signed

TLDS = {"org": "", "ngo": "data_model = minimum\n", "ong": "data_model = minimum\nbundle_of = ngo\n"}
TTLS = "min_ns_ttl = 60\nmax_ns_ttl = 86400\nmin_ds_ttl = 60\nmax_ds_ttl = 86400\nmin_glue_ttl = 60\nmax_glue_ttl = 86400\n"
ZONES_IN_ALL = 2 * len(TLDS)


def number(name, default):
    return int(os.environ.get(f"POSTEL_HISTORY_{name}", default))


class ManyConnections(Cluster):
    """Two followers of six zones, each with its position, its lock and its comparison."""
    SETTINGS = {**Cluster.SETTINGS, "max_connections": "120", "shared_buffers": "128MB"}


class FollowHistoryTest(FollowCase):
    @classmethod
    def setUpClass(cls):
        cls.registry = Registry(ManyConnections())
        cls.addClassCleanup(cls.registry.close)
        for tld, more in TLDS.items():
            policy = POLICY.replace("org", tld) + TTLS + more
            cls.registry.ctl("tld", "apply", cls.registry.write(f"{tld}.conf", policy))
        cls.server = EppServer(cls.registry)
        cls.addClassCleanup(cls.server.kill)
        cls.worker = Server(cls.registry, "postel-worker", "--config", cls.registry.write(
            "worker.conf", f"database = {cls.registry.cluster.conninfo()}\ninterval = 1s\nmetrics_listen = 127.0.0.1:0\n"))
        cls.addClassCleanup(cls.worker.kill)

    def setUp(self):
        self.seed = number("SEED", random.SystemRandom().randrange(1 << 30))
        self.random = random.Random(self.seed)
        self.turns = history.Turns()
        self.primaries = {name: self.named(zones=TLDS) for name in ("one", "two")}
        self.followers = [self.new_follower() for _ in range(2)]
        self.logs = []

    def new_follower(self):
        return self.follow(self.primaries, tlds=tuple(TLDS))

    def follow(self, named, tlds=tuple(TLDS), **settings):
        follower = Follower(self.registry, named, tlds, **settings)
        self.addCleanup(lambda: follower.process.poll() is not None or follower.kill())
        return follower

    def log_in(self, account):
        client = self.registry.log_in(self.server, account)
        self.addCleanup(client.close)
        return client

    def start_sessions(self):
        hosts = history.Hosts()
        with self.log_in(GOLD) as client:
            for name in history.OUTSIDE:
                client.command(epp_client.host_create(name))
        self.sessions = []
        for index in range(number("SESSIONS", 8)):
            client = self.log_in((GOLD, SILVER)[index % 2])
            holder = f"holder{index}"
            self.assertEqual(1000, client.command(epp_client.contact_create(holder)).code)
            generator = random.Random(f"{self.seed} {index}")
            self.sessions.append(history.Session(client, f"h{chr(97 + index)}", holder, hosts, generator))
        threads = [threading.Thread(target=session.run, args=(self.turns,), daemon=True) for session in self.sessions]
        for thread in threads:
            thread.start()
            self.addCleanup(thread.join, 60)
        self.addCleanup(self.turns.end)

    def events(self, commands):
        """What happens beside the commands, as (after how many, what), in order."""
        kills = [(self.random.randrange(1, commands), self.kill_one) for _ in range(number("KILLS", 12))]
        clock = [(self.random.randrange(1, commands), self.move_clock) for _ in range(min(40, max(4, commands // 2500)))]
        every = number("CHECK_EVERY", 10_000)
        checks = [(count, self.check) for count in range(every, commands, every)] + [(commands, self.check)]
        return sorted(kills + clock + checks, key=lambda event: event[0])

    def test_whoever_dies_the_zones_are_whole(self):
        commands = number("COMMANDS", 2000)
        print(f"POSTEL_HISTORY_SEED={self.seed}", flush=True)
        self.eventually(ZONES_IN_ALL, lambda: self.log_of_followers().count("follow.compared "), seconds=120)
        self.killed = collections.Counter()
        self.start_sessions()
        self.began = time.monotonic()
        events = self.events(commands)
        for index, (count, event) in enumerate(events):
            # Commands go on while it happens, but not past the next one.
            self.turns.allow(count)
            if event != self.check and index + 1 < len(events):
                self.turns.allow(events[index + 1][0])
            if not self.turns.await_done(count, 600):
                self.tell_failure()
            event()
        self.check_outcome()

    def tell_failure(self):
        failures = [session.failure for session in self.sessions if session.failure]
        raise AssertionError(f"a session ended, or none goes on: {self.server.log()[-2000:]}") from (failures or [None])[0]

    def kill_one(self):
        victim = self.random.choice(["one", "two", 0, 1])
        self.killed[f"primary {victim}" if isinstance(victim, str) else f"follower {victim}"] += 1
        pause = self.random.choice([0, 0, 0.2, 0.5])
        if isinstance(victim, str):
            self.primaries[victim].kill()
            time.sleep(pause)
            self.primaries[victim].start()
        else:
            self.followers[victim].kill()
            self.logs.append(self.followers[victim].log())
            time.sleep(pause)
            self.followers[victim] = self.new_follower()

    def move_clock(self):
        """Grace periods end, what was deleted is purged, what expires is renewed."""
        self.registry.ctl("clock", "move", f"+{self.random.choice([1, 3, 6, 15, 32])}d")

    def check(self):
        began = time.monotonic()
        wanted = {tld: whole_zone(self.registry, tld) for tld in TLDS}
        for tld, records in wanted.items():
            for name, primary in self.primaries.items():
                self.await_records(records, primary, tld, name)
        del epp_client.received[:]
        print(f"  {self.turns.done} commands, {sum(self.killed.values())} kills, {time.monotonic() - self.began:.0f} s: "
              f"{' + '.join(str(len(records)) for records in wanted.values())} records are the same, seen after "
              f"{time.monotonic() - began:.1f} s", flush=True)

    def await_records(self, wanted, primary, tld, name, seconds=120):
        deadline = time.monotonic() + seconds
        while (served := primary.transfer(tld)) != wanted:
            if time.monotonic() > deadline:
                missing, surplus = sorted(set(wanted) - set(served)), sorted(set(served) - set(wanted))
                logs = "\n".join(follower.log()[-2000:] for follower in self.followers)
                self.fail(f"{tld} on {name}\nmissing {missing[:20]}\nsurplus {surplus[:20]}\n{self.story(missing + surplus)}{logs}")
            time.sleep(0.1)

    def story(self, records):
        """What was done lately to the first names that differ."""
        lines = []
        for owner in sorted({record.split(" ")[0][:-1] for record in records})[:5]:
            lines += [f"{code} {what} {text}" for session in self.sessions for what, name, text, code in session.sent
                      if owner in text]
        return "\n".join(lines[-60:]) + "\n"

    def log_of_followers(self):
        return "".join(self.logs) + "".join(follower.log() for follower in self.followers)

    def check_outcome(self):
        self.eventually(ZONES_IN_ALL, lambda: sum(follower.metric("follow_leader") for follower in self.followers))
        self.assertEqual(0, sum(follower.metric("follow_poison_names") for follower in self.followers))
        for primary in self.primaries.values():
            for tld in TLDS:
                self.assertEqual({}, complaints(transfer_signed(primary, tld), tld))
        log = self.log_of_followers()
        self.assertNotIn("follow.serial_back", log)
        # No comparison has helped: those of new primaries at the beginning, of an empty registry, found nothing, nor others.
        different = [line for line in log.splitlines() if "follow.compared " in line and "differences=0" not in line]
        self.assertEqual([], different)
        reasons = collections.Counter(re.findall(r"follow\.compares .*reason=(\w+)", log))
        self.assertEqual(ZONES_IN_ALL, sum(reasons.values()) - reasons["interval"] - reasons["unfinished"], reasons)
        done = collections.Counter()
        for session in self.sessions:
            for (what, code), count in session.codes.items():
                done[what, "done" if code < 2000 else "refused"] += count
        print("  " + ", ".join(f"{what} {done[what, 'done']}/{done[what, 'done'] + done[what, 'refused']}"
                               for what in history.Session.STEPS))
        print("  killed:", ", ".join(f"{who} {count}" for who, count in sorted(self.killed.items())))
        for what in history.Session.STEPS:
            self.assertGreater(done[what, "done"], 0, what)


if __name__ == "__main__":
    unittest.main()
