"""A disk runs full: below the tables, below the write-ahead log, below the zone, below the log.

Whatever was acknowledged is there, whatever was not was not charged, nobody waits longer than the
command timeout, no server dies; and when there is room again, the same sessions go on.
"""

import os
import subprocess
import threading
import time

import epp_client as epp
import postel
from cluster import Cluster
from small_disk import SmallDisk

TIMEOUT = 3  # command_timeout, seconds
SLACK = 30  # for machines that do other things as well


class Creator(threading.Thread):
    """Creates domains until it is told to stop, whatever it hears."""

    def __init__(self, client, prefix, contact):
        super().__init__(daemon=True)
        self.client, self.prefix, self.contact = client, prefix, contact
        self.created, self.refused = [], []
        self.slowest_refusal = 0
        self.unexpected = None
        self._stopping = threading.Event()

    def run(self):
        number = 0
        try:
            while not self._stopping.is_set():
                self._create(f"{self.prefix}-{number}.org")
                number += 1
        except Exception as error:  # pylint: disable=broad-except
            self.unexpected = repr(error)

    def _create(self, name):
        start = time.monotonic()
        response = self.client.command(epp.domain_create(name, self.contact))
        if response.code == 1000:
            self.created.append(name)
        elif response.code == 2400:
            self.refused.append(name)
            self.slowest_refusal = max(self.slowest_refusal, time.monotonic() - start)
            time.sleep(0.05)
        else:
            raise AssertionError(response.xml)

    def stop(self):
        self._stopping.set()
        self.join()


def await_true(what, condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"never: {what}")
        time.sleep(0.05)


class DatabaseDisk:
    """What both disks of a database have in common; for cases of RegistryTest."""

    SETTINGS = {"command_timeout": f"{TIMEOUT}s"}
    SESSIONS = 6

    @classmethod
    def make_registry(cls):
        cls.disk = SmallDisk(megabytes=96)
        cls.addClassCleanup(cls.disk.close)
        registry = postel.Registry(cls.make_cluster())
        cls.addClassCleanup(registry.close)
        return registry

    def start_creators(self, prefix):
        creators = []
        for number in range(self.SESSIONS):
            account = (postel.GOLD, postel.SILVER)[number % 2]
            creators.append(Creator(self.log_in(account), f"{prefix}-{number}", f"disk-{account[0]}"))
            creators[-1].start()
        self.addCleanup(lambda: [creator.stop() for creator in creators])
        return creators

    def create_contacts(self):
        for account in (postel.GOLD, postel.SILVER):
            with self.log_in(account) as client:
                self.expect(1000, client.command(epp.contact_create(f"disk-{account[0]}")))

    @staticmethod
    def await_each(what, creators, count, seconds=60):
        """Until each of them has more of `what` than now."""
        before = [len(getattr(creator, what)) for creator in creators]
        await_true(f"{count} more {what} of every session", lambda: all(
            creator.unexpected or len(getattr(creator, what)) >= old + count
            for creator, old in zip(creators, before)), seconds)

    def expect_truth(self, creators):
        told = set()
        for creator in creators:
            creator.stop()
            self.assertIsNone(creator.unexpected)
            self.assertLess(creator.slowest_refusal, TIMEOUT + SLACK)
            told.update(creator.created)
        stored = {row[0] for row in self.registry.cluster.sql("SELECT name FROM domains")}
        self.assertEqual(stored, told, "told and stored must be the same")
        self.audit()
        for name, number in (("gold", 0), ("silver", 1)):
            count = sum(len(creator.created) for creator in creators[number::2])
            spent = self.registry.cluster.sql(
                "SELECT 100000000 - balance FROM balances JOIN registrars ON registrar = id "
                f"WHERE handle = '{name}'")
            self.assertEqual([(str(900 * count),)], spent, "each create costs 9.00, once")


class TableDiskTest(DatabaseDisk, postel.RegistryTest):
    @classmethod
    def make_cluster(cls):
        return Cluster(data_in=cls.disk.folder)

    def test_creates_fail_while_the_tables_cannot_grow_and_go_on_when_they_can(self):
        self.create_contacts()
        creators = self.start_creators("table")
        self.await_each("created", creators, 5)
        self.disk.fill()
        self.await_each("refused", creators, 3)
        reader = self.log_in()
        self.expect(1000, reader.command(epp.info("domain", creators[0].created[0])))
        self.expect(1000, reader.command(epp.check("domain", "free.org")))
        self.disk.make_room()
        self.await_each("created", creators, 5)
        self.expect_truth(creators)
        self.assertRegex(self.server.log(), "store.command_failed .*No space left on device")
        self.assertFalse(self.registry.cluster.has_ended())


class WriteAheadLogDiskTest(DatabaseDisk, postel.RegistryTest):
    @classmethod
    def make_cluster(cls):
        return Cluster(wal_in=cls.disk.folder)

    def test_a_database_that_panics_is_waited_for_no_longer_than_the_timeout(self):
        self.create_contacts()
        creators = self.start_creators("wal")
        late = [Creator(self.log_in(account), f"late-{account[0]}", f"disk-{account[0]}")
                for account in (postel.GOLD, postel.SILVER)]
        self.addCleanup(lambda: [creator.ident and creator.stop() for creator in late])
        self.await_each("created", creators, 5)
        self.disk.fill()
        self.await_panic()
        # Commits that were under way are in doubt, and only the database can tell. Others are not.
        for creator in late:
            creator.start()
        self.await_each("refused", late, 2)
        self.disk.make_room()
        if self.registry.cluster.has_ended():
            self.registry.cluster.start()
        self.await_each("created", creators + late, 5)
        self.expect_truth(creators + late)
        self.assertRegex(self.server.log(), "store.database_back|store.commit_resolved")

    def await_panic(self):
        """PostgreSQL may come back once or twice, while its last segment has room, before it ends."""
        def has_ended():
            self.disk.fill()
            return self.registry.cluster.has_ended()

        await_true("PostgreSQL ends by PANIC", has_ended)


class ZoneDiskTest(postel.RegistryTest):
    def setUp(self):
        self.disk = SmallDisk(megabytes=4)
        self.addCleanup(self.disk.close)
        self.zone = os.path.join(self.disk.folder, "org.zone")
        self.client = self.log_in()

    def delegate(self, name):
        """A change of the zone."""
        self.client.command(epp.contact_create("zone-disk"))
        self.client.command(epp.host_create("ns1.example.net"))
        self.expect(1000, self.client.command(
            epp.domain_create(name, "zone-disk", hosts=["ns1.example.net"])))

    def watch(self):
        settings = self.registry.write("zonegen.conf", f"""database = {self.registry.cluster.conninfo()}
directory = {self.disk.folder}
interval = 100ms
metrics_listen = 127.0.0.1:0
""")
        server = postel.Server(self.registry, "postel-zonegen", "watch", "--config", settings)
        self.addCleanup(lambda: server.process.poll() is not None or server.kill())
        server.await_log("event=zone.written tld=org")
        return server

    def read(self):
        with open(self.zone, encoding="ascii") as file:
            return file.read()

    def expect_failure_and_recovery(self, name, reason, obstruct, clear):
        zonegen = self.watch()
        before = self.read()
        obstruct()
        self.delegate(f"{name}.org")
        zonegen.await_log(f"event=zone.failed tld=org .*{reason}")
        self.assertEqual(before, self.read())
        full = subprocess.run(
            [postel.program("postel-zonegen"), "full", "--database", self.registry.cluster.conninfo(),
             "--tld", "org", "--out", self.zone], capture_output=True, text=True, timeout=60)
        self.assertIn(full.returncode, (1, 3), full.stderr)  # 1: the other one is writing just now
        self.assertEqual(before, self.read())
        so_far = len(zonegen.log())
        clear()
        zonegen.await_log("event=zone.written tld=org", after=so_far)
        self.assertIn(f"\n{name}\t", self.read())
        self.assertFalse(os.path.exists(self.zone + ".tmp"))
        with open(self.zone + ".manifest", encoding="ascii") as manifest:
            self.assertIn(f"bytes = {os.path.getsize(self.zone)}\n", manifest.read())
        self.assertEqual(0, zonegen.stop(), zonegen.log()[-2000:])

    def test_a_full_disk_leaves_the_old_zone_whole(self):
        self.expect_failure_and_recovery("full-disk", "No space left on device", self.disk.fill,
                                         self.disk.make_room)

    def test_a_disk_that_turned_read_only_leaves_the_old_zone_whole(self):
        self.expect_failure_and_recovery("read-only", "Read-only file system",
                                         lambda: self.disk.set_read_only(True),
                                         lambda: self.disk.set_read_only(False))


class LogDiskTest(postel.RegistryTest):
    def create(self, client, name):
        self.expect(1000, client.command(epp.contact_create(name)))

    def test_a_log_that_cannot_grow_stops_nobody(self):
        disk = SmallDisk(megabytes=1)
        self.addCleanup(disk.close)
        server = postel.EppServer(self.registry, log_in=disk.folder)
        self.addCleanup(server.kill)
        client = self.registry.log_in(server)
        self.addCleanup(client.close)
        disk.fill()
        for number in range(100):  # more than the rest of the page that the log has begun
            self.create(client, f"quiet-{number}")
        self.assertLess(server.log().count("command=contact-create"), 100)
        disk.make_room()
        self.expect(1500, client.command(epp.LOGOUT))
        server.await_log("command=logout")
        self.assertEqual(0, server.stop())

    def test_a_log_that_nobody_reads_any_more_stops_nobody(self):
        reading, writing = os.pipe()
        server = subprocess.Popen(
            [postel.program("postel-epp"), "--config", self.registry.settings_file], stderr=writing)
        self.addCleanup(lambda: server.poll() is not None or server.kill())
        os.close(writing)
        self.assertIn(b"epp.started", os.read(reading, 4096))
        os.close(reading)
        server.terminate()  # which it logs
        self.assertEqual(0, server.wait(60))
