"""postel-worker cds: what child zones ask for by CDS and CDNSKEY records, with a real name server."""

import json
import re
import subprocess
import time
import urllib.request

import epp_client as epp
import postel
from child_zones import ChildZones


class CdsTest(postel.RegistryTest):
    @classmethod
    def make_registry(cls):
        registry = postel.Registry()
        cls.addClassCleanup(registry.close)
        return registry

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.zones = ChildZones()
        cls.addClassCleanup(cls.zones.stop)
        cls.worker_settings = cls.registry.write("worker.conf", "")
        cls.provision_children()
        cls.zones.start()
        cls.worker_settings = cls.registry.write("worker.conf", f"""
database = {cls.registry.cluster.conninfo()}
cds_tld = org
cds_port = {cls.zones.port}
cds_any_address = yes
cds_ipv6 = no
cds_timeout = 5s
cds_server_rate = 1000
cds_bootstrap = yes
cds_trust_anchor = {cls.zones.trust_anchor}
cds_resolver = 127.0.0.1@{cls.zones.port}
cds_metrics_listen = 127.0.0.1:0
""")

    @classmethod
    def provision_children(cls):
        cls.gold = cls.registry.log_in(cls.server)
        cls.addClassCleanup(cls.gold.close)
        cls.must(epp.contact_create("holder"))
        for host in ("ns1.dns.example", "ns2.dns.example", "ns1.plain.example", "dead.dns.example"):
            cls.must(epp.host_create(host))
        cls.keys = {}
        old, new = cls.child("roll", secure=True)
        cls.zones.serve("roll.org", [new.cds(), new.cdnskey()], [old, new])
        old, new = cls.child("frozen", secure=True)
        cls.zones.serve("frozen.org", [new.cds()], [old, new])
        cls.registry.ctl("domain", "lock", "frozen.org")
        old, new = cls.child("latched", secure=True)
        cls.zones.serve("latched.org", [new.cdnskey()], [old, new])
        cls.must(epp.domain_update("latched.org", add='<domain:status s="clientUpdateProhibited"/>'))
        old, _ = cls.child("same", secure=True)
        cls.zones.serve("same.org", [old.cds(), old.cdnskey()], [old])
        old, _ = cls.child("quiet", secure=True)
        cls.zones.serve("quiet.org", [], [old])
        old, _ = cls.child("bye", secure=True)
        cls.zones.serve("bye.org", ["bye.org. IN CDS 0 0 0 00", "bye.org. IN CDNSKEY 0 3 0 AA=="], [old])
        old, new = cls.child("differ", secure=True)
        cls.zones.serve("differ.org", [new.cds()], [old, new], views=["one"])
        other = cls.zones.key("differ.org")
        cls.zones.serve("differ.org", [other.cds()], [old, other], views=["two"])
        old, new = cls.child("forged", secure=True)
        cls.zones.serve("forged.org", [new.cds()], [new])
        old, new = cls.child("expired", secure=True)
        cls.zones.serve("expired.org", [new.cds()], [old, new], expired=True)
        cls.child("dead", secure=True, servers=["dead.dns.example"])

        old, new = cls.child("boot")
        records = [old.cds(), old.cdnskey()]
        cls.zones.serve("boot.org", records, [old])
        for server in ("ns1.dns.example", "ns2.dns.example"):
            cls.zones.vouch("boot.org", server, records)
        old, _ = cls.child("half")  # one of two vouches
        cls.zones.serve("half.org", [old.cds()], [old])
        cls.zones.vouch("half.org", "ns1.dns.example", [old.cds()])
        old, new = cls.child("lie")
        cls.zones.serve("lie.org", [old.cds()], [old])
        cls.zones.vouch("lie.org", "ns1.dns.example", [old.cds()])
        cls.zones.vouch("lie.org", "ns2.dns.example", [new.cds()])
        old, _ = cls.child("plain", servers=["ns1.plain.example"])
        cls.zones.serve("plain.org", [old.cds()], [old])
        cls.zones.vouch("plain.org", "ns1.plain.example", [old.cds()])
        old, _ = cls.child("lame", servers=["ns1.dns.example", "dead.dns.example"])
        cls.zones.serve("lame.org", [old.cds()], [old])
        cls.zones.vouch("lame.org", "ns1.dns.example", [old.cds()])
        cls.zones.vouch("lame.org", "dead.dns.example", [old.cds()])
        old, _ = cls.child("inside", servers=[])
        cls.zones.serve("inside.org", [old.cds()], [old])
        cls.must(epp.host_create("ns1.inside.org", "192.0.2.1"))
        cls.must(epp.domain_update("inside.org", add="<domain:ns><domain:hostObj>ns1.inside.org"
                                   "</domain:hostObj></domain:ns>"))
        # No registrar gets a loopback address in.
        cls.registry.cluster.sql(
            "UPDATE hosts SET addresses = '{127.0.0.11}' WHERE name = 'ns1.inside.org'", "postel")

    @classmethod
    def must(cls, command):
        response = cls.gold.command(command)
        if response.code != 1000:
            raise AssertionError(response.xml)

    @classmethod
    def child(cls, label, secure=False, servers=("ns1.dns.example", "ns2.dns.example")):
        """Its two keys; the first has the DS record, if it is secure."""
        name = label + ".org"
        cls.must(epp.domain_create(name, "holder", hosts=servers))
        keys = cls.zones.key(name), cls.zones.key(name)
        cls.keys[name] = keys
        if secure:
            cls.registry.ctl("domain", "update", name, "--add-ds", keys[0].ds())
        return keys

    def worker(self, *arguments):
        done = subprocess.run([postel.program("postel-worker"), "cds", "--config", self.worker_settings,
                               *arguments], capture_output=True, text=True, timeout=120)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        return done

    def ds(self, name):
        rows = self.registry.cluster.sql(f"SELECT unnest(ds) FROM domains WHERE name = '{name}'", "postel")
        return [record for record, in rows]

    def shown(self, name):
        return json.loads(self.registry.ctl("--json", "domain", "cds", name).stdout)

    def drain(self):
        """The waiting messages of gold."""
        messages = []
        while (response := self.gold.command('<poll op="req"/>')).code == 1301:
            number = response.all("epp:msgQ")[0].get("id")
            self.expect(1000, self.gold.command(f'<poll op="ack" msgID="{number}"/>'))
            messages.append(response)
        return messages

    def test_1_a_pass_does_what_the_zones_may_ask_for(self):
        self.assertEqual("never looked at", self.shown("roll.org")["result"])
        self.drain()
        before = {name: self.ds(name) for name in self.keys}
        log = self.worker("--once").stderr
        expected = {
            "roll.org": "replace", "latched.org": "replace", "bye.org": "remove", "boot.org": "initial",
            "same.org": "same", "quiet.org": "nothing", "frozen.org": "change-refused",
            "differ.org": "servers-differ", "forged.org": "not-authentic", "expired.org": "not-authentic",
            "dead.org": "silent", "half.org": "signal-missing", "lie.org": "signal-differs",
            "plain.org": "signal-insecure", "lame.org": "server-silent", "inside.org": "no-signal",
        }
        found = {name: self.shown(name) for name in expected}
        self.assertEqual(expected, {name: scan.get("problem") or scan["result"]
                                    for name, scan in found.items()}, log)
        changes = {"roll.org": [self.keys["roll.org"][1].ds()],
                   "latched.org": [self.keys["latched.org"][1].ds()],
                   "bye.org": [],
                   "boot.org": [self.keys["boot.org"][0].ds()]}
        self.assertEqual({**before, **changes}, {name: self.ds(name) for name in before})
        self.assertRegex(log, r"cds\.pass names=16 changed=4 refused=10 ")
        self.assertRegex(log, r"cds\.changed domain=roll\.org result=replace before=")
        self.assertRegex(log, r"cds\.refused domain=forged\.org problem=not-authentic about=\"ns\d\.dns\.example 127")

        messages = self.drain()
        self.assertEqual(sorted(changes), sorted(message.text("domain:infData/domain:name") for message in messages))
        for message in messages:
            self.assertEqual("update", message.text("changePoll:changeData/changePoll:operation"))
            self.assertEqual("CDS/CDNSKEY of the zone", message.text("changePoll:changeData/changePoll:reason"))
            digests = [element.text for element in message.all("secDNS:digest")]
            name = message.text("domain:infData/domain:name")
            self.assertEqual([ds.split()[3] for ds in changes[name]], digests)
        history = self.registry.ctl("domain", "show", "roll.org", "--history").stdout
        self.assertIn("domain-update-cds", history)
        rows = self.registry.cluster.sql("SELECT version FROM history WHERE command = 'domain-update-cds'", "postel")
        self.assertEqual(4, len(rows))
        self.audit()

    def test_2_the_next_pass_finds_it_done(self):
        log = self.worker("--once").stderr
        self.assertNotIn("cds.changed", log)
        self.assertNotIn("cds.refused", log)  # it was said before
        self.assertRegex(log, r"cds\.pass names=16 changed=0 refused=10 ")
        self.assertEqual([], self.drain())
        self.assertEqual("same", self.shown("roll.org")["result"])
        self.assertEqual("nothing", self.shown("bye.org")["result"])

    def test_3_domains_are_looked_at_at_once(self):
        out = self.worker("forged.org", "same.org").stdout
        self.assertRegex(out, r"(?m)^forged\.org: refused no key of a DS record in force .*127\.0\.0\.1")
        self.assertRegex(out, r"(?m)^same\.org: same \d+ 13 2 ")
        done = subprocess.run([postel.program("postel-worker"), "cds", "nobody.org", "--config", self.worker_settings],
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(1, done.returncode)
        self.assertIn("none of these is delegated", done.stderr)

    def test_4_a_running_worker_does_it_again_and_when_asked(self):
        old, new = self.keys["quiet.org"]
        server = postel.Server(self.registry, "postel-worker", "cds", "--config", self.worker_settings,
                               "--set", "cds_batch=3", "--set", "cds_interval=1h")
        self.addCleanup(server.kill)
        port = server.await_log(r"cds\.started metrics_port=(\d+)").group(1)
        self.zones.serve("quiet.org", [new.cds()], [old, new])
        self.zones.reload("quiet.org")
        self.registry.ctl("domain", "cds", "quiet.org", "--scan")
        server.await_log(r"cds\.changed domain=quiet\.org")
        self.assertEqual([new.ds()], self.ds("quiet.org"))
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=20) as answer:
            metrics = answer.read().decode()
        self.assertRegex(metrics, r'postel_cds_domains_total\{result="replace"\} 1\n')
        self.assertGreaterEqual(float(re.search(r'postel_cds_queries_total\{transport="tcp"\} (\S+)', metrics).group(1)), 6)
        # A second one waits.
        done = subprocess.run([postel.program("postel-worker"), "cds", "--once", "--config", self.worker_settings],
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(1, done.returncode)
        self.assertIn("another process is scanning", done.stderr)
        self.assertEqual(0, server.stop())

    def test_5_killed_it_goes_on_where_it_was(self):
        server = postel.Server(self.registry, "postel-worker", "cds", "--config", self.worker_settings,
                               "--set", "cds_batch=1", "--set", "cds_rate=20", "--set", "cds_interval=1s")
        self.addCleanup(server.kill)
        deadline = time.monotonic() + 60
        while (where := self.registry.cluster.sql("SELECT after, finished FROM cds_pass", "postel")[0])[0] == "0" or where[1]:
            self.assertLess(time.monotonic(), deadline, server.log())
            time.sleep(0.02)
        server.kill()
        while self.registry.cluster.sql("SELECT FROM pg_stat_activity WHERE application_name = 'postel-cds'", "postel"):
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.02)
        done, finished = self.registry.cluster.sql(
            "SELECT count(d.*), max(finished) FROM cds_pass LEFT JOIN domains d ON id <= after AND name_servers <> '{}'",
            "postel")[0]
        self.assertEqual("", finished)
        self.assertRegex(self.worker("--once").stderr, rf"cds\.pass names={16 - int(done)} ")

    def test_5b_a_pass_is_spread_over_the_interval(self):
        self.worker("--once")
        server = postel.Server(self.registry, "postel-worker", "cds", "--config", self.worker_settings, "--set", "cds_batch=1",
                               "--set", "cds_interval=10s", "--set", "cds_spread_percent=60")
        self.addCleanup(server.kill)
        began, places = None, {}
        while not (passed := re.search(r"cds\.pass .* s=(\d+)", server.log())):
            (after, finished), = self.registry.cluster.sql("SELECT after, finished FROM cds_pass", "postel")
            if not finished:
                began = began or time.monotonic()
                places.setdefault(int(after), time.monotonic() - began)
            time.sleep(0.05)
        # 16 domains, one at a time, from the first at once to the last at the end of six seconds.
        self.assertGreaterEqual(int(passed.group(1)), 4, server.log())
        self.assertGreater(len(places), 4, places)
        self.assertEqual(0, server.stop())

    def test_6_a_first_ds_after_a_delay(self):
        delayed = ("--set", "cds_accept_after=3d")
        self.worker("--once", *delayed)
        self.assertEqual("waiting", self.shown("half.org")["result"])
        self.assertEqual("signal-differs", self.shown("lie.org")["problem"])
        self.registry.ctl("clock", "move", "+4d")
        self.addCleanup(lambda: self.registry.ctl("clock", "reset"))
        self.assertEqual([], self.ds("half.org"))
        self.worker("--once", *delayed)
        self.assertEqual("initial", self.shown("half.org")["result"])
        self.assertEqual([self.keys["half.org"][0].ds()], self.ds("half.org"))

    def test_7_settings_are_checked(self):
        for setting, words in (("cds_tld=", "cds_tld"), ("cds_tld=nowhere", "there is no TLD nowhere"),
                               ("cds_trust_anchor=/nowhere", "/nowhere")):
            done = subprocess.run([postel.program("postel-worker"), "cds", "--once", "--config",
                                   self.worker_settings, "--set", setting],
                                  capture_output=True, text=True, timeout=60)
            self.assertEqual(2, done.returncode, setting)
            self.assertIn(words, done.stderr)


