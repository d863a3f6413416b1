"""Two postel-epp processes on one database under full load: who wins a name, what is told to whom and what is stored
agree, whatever breaks meanwhile. POSTEL_FULL_LOAD_SECONDS makes each case last longer than the usual few seconds."""

import collections
import itertools
import json
import os
import random
import subprocess
import threading
import time
import unittest

import epp_client as epp
import postel

SECONDS = int(os.environ.get("POSTEL_FULL_LOAD_SECONDS", "6"))
SESSIONS = 48
PASSWORD = "Both-pw-3"  # the load driver has one password for all its users
USERS = ("left", "right")


class Driver:
    """One epp-load, with what it was told about each name."""

    _numbers = itertools.count(1)

    def __init__(self, registry, server, user, command, **options):
        self.path = os.path.join(registry.folder, f"record-{next(self._numbers)}")
        certificate, key = registry.certificates["gold"]
        words = {"port": server.port, "ca": registry.ca, "cert": certificate, "key": key, "user": user,
                 "password": PASSWORD, "registrant": "full-load", "command": command, "record": self.path,
                 "sessions": SESSIONS, "warm-up": 0, "prefix": user, **options}
        arguments = [f"--{name}={value}" for name, value in words.items() if value is not True]
        arguments += [f"--{name}" for name, value in words.items() if value is True]
        self.process = subprocess.Popen([postel.program("epp-load"), *arguments], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)

    def finish(self, fails=False):
        output, errors = self.process.communicate(timeout=SECONDS + 120)
        if fails:
            return None
        if self.process.returncode != 0:
            raise AssertionError(f"epp-load: {errors}{output}")
        return json.loads(output.splitlines()[-1])

    def told(self):
        """Names by the code of their creates; 0: no answer."""
        names = collections.defaultdict(set)
        with open(self.path, encoding="ascii") as file:
            for line in file:
                code, name = line.split()
                names[int(code)].add(name)
        return names


class Renewer(threading.Thread):
    """Renews names that others renew as well, believing what it was told last."""

    def __init__(self, client, names, until):
        super().__init__()
        self.client, self.names, self.until = client, names, until
        self.renewed = collections.Counter()
        self.codes = collections.Counter()
        self.failure = None

    def run(self):
        try:
            while time.monotonic() < self.until:
                name = random.choice(self.names)
                day = self.client.command(epp.info("domain", name)).text("domain:infData/domain:exDate")[:10]
                code = self.client.command(epp.domain_renew(name, day)).code
                self.codes[code] += 1
                if code == 1000:
                    self.renewed[name] += 1
        except Exception as error:  # for the main thread
            self.failure = error


@unittest.skipUnless(os.path.exists(postel.program("epp-load")), "built without bench/")
class FullLoadTest(postel.RegistryTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = postel.EppServer(cls.registry)
        cls.addClassCleanup(cls.other.kill)
        password = cls.registry.write("both.password", PASSWORD + "\n")
        for user in USERS:
            cls.registry.ctl("registrar", "create", user, "--name", user, "--password-file", password,
                             "--max-sessions", "300")
            cls.registry.ctl("registrar", "certificate", user, "add", cls.registry.certificates["gold"][0])
            cls.registry.ctl("registrar", "deposit", user, "90000000.00", "--reference", "test")
        client = cls.registry.log_in(cls.server)
        client.command(epp.contact_create("full-load"))
        client.close()
        for server in (cls.server, cls.other):
            cls.await_users(server)

    @classmethod
    def await_users(cls, server):
        """A server knows of a new registrar after a second at most."""
        deadline = time.monotonic() + 30
        for user in USERS:
            while True:
                client = cls.registry.connect(server)
                response = client.login(user, PASSWORD)
                client.close()
                if response.code == 1000:
                    break
                if time.monotonic() > deadline:
                    raise AssertionError(response.xml)

    def load(self, command, **options):
        """A driver for each server, each with a registrar of its own."""
        return [Driver(self.registry, server, user, command, **options)
                for server, user in zip((self.server, self.other), USERS)]

    def owners(self):
        return dict(self.registry.cluster.sql(
            "SELECT d.name, r.handle FROM domains d JOIN registrars r ON r.id = d.sponsor"))

    def audit(self):
        self.registry.cluster.sql("ANALYZE")  # there was no time yet for autovacuum's
        super().audit()

    def compare(self, drivers):
        """What the drivers were told with what is stored. Returns how many creates were acknowledged."""
        owners, acknowledged = self.owners(), 0
        for driver, user in zip(drivers, USERS):
            told = driver.told()
            lost = {name for name in told[1000] if owners.get(name) != user}
            self.assertEqual(set(), lost, "acknowledged, but not stored as the registrar's")
            self.assertEqual(set(), told[2400] & set(owners), "failed, but stored")
            acknowledged += len(told[1000])
        self.audit()
        return acknowledged

    def expect_codes(self, drivers, *allowed):
        for driver in drivers:
            self.assertLessEqual(set(driver.told()), set(allowed))

    def test_names_that_both_servers_are_asked_for(self):
        storms, until = 0, time.monotonic() + SECONDS
        while time.monotonic() < until:
            storms += 1
            drivers = self.load("storm", names=200, run=f"storm{storms}", prefix="fought")
            for driver in drivers:
                driver.finish()
            self.expect_codes(drivers, 1000, 2302)
            left, right = (driver.told()[1000] for driver in drivers)
            self.assertEqual(set(), left & right, "sold twice")
            self.assertEqual(200, len(left | right), "sold to nobody")
            owners = self.owners()
            self.assertEqual({"left"}, {owners[name] for name in left} or {"left"})
            self.assertEqual({"right"}, {owners[name] for name in right} or {"right"})
        self.audit()

    def test_renewals_of_the_same_names_through_both_servers(self):
        names = [f"renewed-{number}.org" for number in range(10 * SECONDS)]
        client = self.log_in()
        for name in names:
            self.expect(1000, client.command(epp.domain_create(name, "full-load")))
        drivers = self.load("create", seconds=SECONDS)
        until = time.monotonic() + SECONDS
        renewers = [Renewer(self.registry.log_in(server), names, until)
                    for server in (self.server, self.other) for _ in range(4)]
        for renewer in renewers:
            self.addCleanup(renewer.client.close)
            renewer.start()
        renewed = collections.Counter()
        for renewer in renewers:
            renewer.join()
            self.assertIsNone(renewer.failure)
            self.assertLessEqual(set(renewer.codes), {1000, 2004, 2306})
            renewed += renewer.renewed
        for driver in drivers:
            driver.finish()
        self.assertGreater(sum(renewed.values()), 0)
        stored = self.registry.cluster.sql(
            "SELECT name, extract(year FROM expires) - extract(year FROM created) FROM domains "
            "WHERE name LIKE 'renewed-%'")
        self.assertEqual({name: 1 + renewed[name] for name in names},
                         {name: int(years) for name, years in stored}, "each acknowledged renewal is one year")
        self.expect_codes(drivers, 1000)
        self.compare(drivers)

    def test_connections_that_are_cut_at_any_time(self):
        drivers = self.load("create", seconds=SECONDS)
        until, cut = time.monotonic() + SECONDS, 0
        while time.monotonic() < until:
            cut += len(self.registry.cluster.sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'postel-epp' "
                "AND state <> 'idle' ORDER BY random() LIMIT 1"))
            time.sleep(0.1)
        for driver in drivers:
            self.assertEqual(0, driver.finish()["broken"])
        self.assertGreater(cut, 3)
        self.expect_codes(drivers, 1000)
        self.assertGreater(self.compare(drivers), 100)

    def test_restarts_of_postgresql(self):
        drivers = self.load("create", seconds=SECONDS + 2)
        until, restarts = time.monotonic() + SECONDS - 2, 0
        while restarts < 2 or time.monotonic() < until:
            time.sleep(1.5)
            self.registry.cluster.stop_server(at_once=restarts % 2 == 1)
            self.registry.cluster.start()
            restarts += 1
        for driver in drivers:
            self.assertEqual(0, driver.finish()["broken"], "a session had to log in again")
        self.expect_codes(drivers, 1000, 2400)
        self.assertGreater(self.compare(drivers), 100)

    def poison(self, what):
        """Makes the database do that when a name that begins with poison is stored."""
        sql = self.registry.cluster.sql
        sql(f"CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {what}; RETURN NEW; END $$")
        sql("CREATE TRIGGER poison BEFORE INSERT ON domains FOR EACH ROW WHEN (NEW.name LIKE 'poison%') "
            "EXECUTE FUNCTION poison()")

    def test_commands_that_break_the_database_fail_alone(self):
        client = self.log_in()
        for what in ("RAISE EXCEPTION 'poisoned'", "PERFORM pg_terminate_backend(pg_backend_pid())"):
            with self.subTest(what):
                self.poison(what)
                drivers = self.load("create", seconds=SECONDS)
                until, poisoned = time.monotonic() + SECONDS, 0
                while poisoned == 0 or time.monotonic() < until:
                    poisoned += 1
                    self.expect(2400, client.command(epp.domain_create(f"poison-{poisoned}.org", "full-load")))
                for driver in drivers:
                    self.assertEqual(0, driver.finish()["broken"])
                self.registry.cluster.sql("DROP FUNCTION poison CASCADE")
                self.expect_codes(drivers, 1000)
                self.assertGreater(self.compare(drivers), 100)
                self.assertEqual([], self.registry.cluster.sql("SELECT name FROM domains WHERE name LIKE 'poison%'"))

    def test_the_last_money_is_spent_once(self):
        password = self.registry.write("poor.password", PASSWORD + "\n")
        self.registry.ctl("registrar", "create", "poor", "--name", "poor", "--password-file", password,
                          "--max-sessions", "300")
        self.registry.ctl("registrar", "certificate", "poor", "add", self.registry.certificates["gold"][0])
        time.sleep(2)  # until both servers know it
        others = self.load("create", seconds=SECONDS)
        for deposit in range(1, 4):
            # Enough for 333 names and half of another.
            self.registry.ctl("registrar", "deposit", "poor", "3001.50", "--reference", str(deposit))
            drivers = [Driver(self.registry, server, "poor", "create", seconds=1) for server in (self.server, self.other)]
            for driver in drivers:
                self.assertEqual(0, driver.finish()["broken"])
            self.expect_codes(drivers, 1000, 2104)
            self.assertTrue(all(driver.told()[2104] for driver in drivers), "the money was not spent")
            spent, balance = self.registry.cluster.sql(
                "SELECT (SELECT count(*) FROM ledger l WHERE l.registrar = r.id AND l.kind = 'c'), b.balance "
                "FROM registrars r JOIN balances b ON b.registrar = r.id WHERE r.handle = 'poor'")[0]
            self.assertEqual(deposit * 300150, 900 * int(spent) + int(balance))
            self.assertIn(int(balance), range(900))
            if deposit == 1:
                self.assertEqual(int(spent), sum(len(driver.told()[1000]) for driver in drivers))
        for driver in others:
            driver.finish()
        self.expect_codes(others, 1000)
        self.compare(others)

    def test_hosts_that_are_deleted_while_domains_are_linked_to_them(self):
        drivers = self.load("create", seconds=SECONDS)
        one, other = (self.registry.log_in(server) for server in (self.server, self.other))
        self.addCleanup(one.close)
        self.addCleanup(other.close)
        outcomes, until = collections.Counter(), time.monotonic() + SECONDS
        for number in itertools.count():
            if time.monotonic() > until:
                break
            host = f"ns{number}.going.example"
            self.expect(1000, one.command(epp.host_create(host)))
            commands = [(other, epp.domain_create(f"linked-{number}.org", "full-load", hosts=[host])),
                        (one, epp.delete("host", host))]
            random.shuffle(commands)
            for client, command in commands:
                client.send(epp.command(command))
            created, deleted = other.receive().code, one.receive().code
            outcomes[created, deleted] += 1
        self.assertLessEqual(set(outcomes), {(1000, 2305), (2303, 1000)}, "linked to nothing, or deleted in use")
        self.assertEqual(2, len(outcomes), outcomes)
        for driver in drivers:
            driver.finish()
        self.expect_codes(drivers, 1000)
        self.compare(drivers)

    def test_the_end_of_one_of_two_servers(self):
        doomed = postel.EppServer(self.registry)
        self.addCleanup(doomed.kill)
        drivers = [Driver(self.registry, server, user, "create", seconds=SECONDS)
                   for server, user in zip((doomed, self.other), USERS)]
        time.sleep(SECONDS / 2)
        doomed.kill()
        drivers[0].finish(fails=True)
        self.assertEqual(0, drivers[1].finish()["broken"])
        self.expect_codes(drivers[1:], 1000)
        self.assertGreater(self.compare(drivers), 100)
        in_doubt = drivers[0].told()[0]
        self.assertLessEqual(len(in_doubt), SESSIONS, "at most one command of each session")
