"""postel-zonegen follow: what EPP changes comes into the zone of a signing BIND, and stays right whoever dies."""

import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import time
import unittest

import epp_client
from follow_case import DIGEST, HOLD, FollowCase, ds, name_servers, sec_dns
from postel import POLICY, program


class FollowTest(FollowCase):
    @classmethod
    def setUpClass(cls):
        cls.serve("ns1.example.net", "ns2.example.net")
        cls.numbers = iter(range(1, 1_000_000))
        cls.keys = iter(range(1_000_000_000, 2_000_000_000, 10_000))

    def setUp(self):
        self.client = self.registry.log_in(self.server)
        self.addCleanup(self.client.close)
        self.label = f"t{next(self.numbers)}"

    def run_command(self, inner, extension="", code=1000):
        response = self.client.command(inner, extension)
        self.assertEqual(code, response.code, response.xml.decode())
        return response

    def create(self, name, *hosts, extension=""):
        self.run_command(epp_client.domain_create(name, "holder", hosts=hosts), extension)

    def create_many(self, count):
        """So many domains in one transaction: at most 10,000. Their names."""
        first = next(self.keys)
        rows = f"generate_series({first}, {first + count - 1}) key, (SELECT id FROM hosts WHERE name = 'ns1.example.net') host"
        name = f"'{self.label}m' || key || '.org'"
        self.registry.cluster.sql(
            "INSERT INTO domains (id, name, sponsor, creator, updater, created, expires, statuses, contacts, contact_roles, "
            f"name_servers, ds, phase, grace, version) SELECT key, {name}, 1, 1, 0, now(), now() + interval '1 year', 0, '{{}}', "
            f"'', ARRAY[host.id], '{{}}', 0, '', 1 FROM {rows}; "
            f"INSERT INTO links SELECT host.id, key FROM {rows}; "
            f"INSERT INTO feed (ordinal, kind, object, name, tld) SELECT key - {first}, 'D', key, {name}, 'org' FROM {rows}; "
            "NOTIFY postel_feed")
        return [f"{self.label}m{key}.org" for key in range(first, first + count)]

    def update(self, name, extension="", **parts):
        self.run_command(epp_client.domain_update(name, **parts), extension)

    def test_a_domain_comes_changes_and_goes(self):
        named = self.named()
        follower = self.follow(named)
        name = f"{self.label}.org"
        self.create(name, "ns1.example.net", "ns2.example.net")
        self.eventually(["ns1.example.net.", "ns2.example.net."], lambda: named.delegation(name))
        self.update(name, sec_dns("update", f"<secDNS:add>{ds(7)}</secDNS:add>"))
        self.eventually([f"7 13 2 {DIGEST[:56]} {DIGEST[56:]}"], lambda: named.dig(name, "DS"))
        self.assertTrue(named.dig(name, "DS", "+dnssec"))
        self.update(name, rem=name_servers("ns2.example.net"))
        self.eventually(["ns1.example.net."], lambda: named.delegation(name))
        self.update(name, add=HOLD)
        self.eventually([], lambda: named.delegation(name))
        self.update(name, rem=HOLD)
        self.eventually(["ns1.example.net."], lambda: named.delegation(name))
        self.run_command(epp_client.delete("domain", name))
        self.eventually([], lambda: named.delegation(name))
        self.await_whole(named, follower=follower)

    def test_glue_follows_its_use(self):
        named = self.named()
        follower = self.follow(named)
        above, user = f"{self.label}.org", f"{self.label}u.org"
        self.create(above, "ns1.example.net")
        host = f"ns.{above}"
        self.run_command(epp_client.host_create(host, "192.0.2.1", "2001:db8::1"))
        time.sleep(0.2)
        self.await_whole(named, follower=follower)  # not used, not there
        self.create(user, host)
        self.await_whole(named, follower=follower)
        self.assertIn(f"{host}. 3600 A 192.0.2.1", named.transfer())
        self.run_command(epp_client.on_object("update", "host", f"""<host:name>{host}</host:name>
            <host:add><host:addr ip="v4">192.0.2.2</host:addr></host:add>
            <host:rem><host:addr ip="v4">192.0.2.1</host:addr></host:rem>"""))
        self.await_whole(named, follower=follower)
        self.assertIn(f"{host}. 3600 A 192.0.2.2", named.transfer())
        renamed = f"new.{above}"
        self.run_command(epp_client.on_object("update", "host", f"""<host:name>{host}</host:name>
            <host:chg><host:name>{renamed}</host:name></host:chg>"""))
        self.await_whole(named, follower=follower)
        self.assertIn(f"{user}. 3600 NS {renamed}.", named.transfer())
        self.update(above, add=HOLD)  # orphan glue stays
        self.await_whole(named, follower=follower)
        self.assertIn(f"{renamed}. 3600 A 192.0.2.2", named.transfer())
        self.update(user, add=name_servers("ns1.example.net"), rem=name_servers(renamed))
        self.await_whole(named, follower=follower)
        self.assertNotIn(f"{renamed}. 3600 A 192.0.2.2", named.transfer())
        self.assertEqual(0, follower.stop())

    def test_a_new_primary_is_filled_and_an_older_one_made_good(self):
        named = self.named()
        follower = self.follow(named)
        first, second = f"{self.label}.org", f"{self.label}b.org"
        self.create(first, "ns1.example.net")
        self.await_whole(named, follower=follower)
        named.stop()
        old = named.folder + ".old"
        shutil.copytree(named.folder, old)
        self.addCleanup(shutil.rmtree, old)
        named.start()
        self.create(second, "ns1.example.net")
        self.await_whole(named, follower=follower)

        named.stop()
        for name in os.listdir(named.folder):
            if name.startswith("org.zone"):
                os.unlink(os.path.join(named.folder, name))
        for name in os.listdir(old):
            if name.startswith("org.zone"):
                shutil.copy(os.path.join(old, name), named.folder)
        before = len(follower.log())
        named.start()
        self.assertEqual([], named.delegation(second))
        self.run_command(epp_client.domain_update(first, add=HOLD))
        follower.await_log(r"follow\.compares .*reason=(version|serial)", after=before)
        self.await_whole(named, follower=follower)

        named.stop()
        named.empty("org")
        before = len(follower.log())
        named.start()
        self.update(first, rem=HOLD)
        follower.await_log(r"follow\.compares .*reason=(version|serial)", after=before)
        self.await_whole(named, follower=follower)
        self.assertEqual(["ns1.example.net."], named.delegation(second))

    def test_the_wrong_key_changes_nothing(self):
        named = self.named()
        key = subprocess.run(["tsig-keygen", "-a", "hmac-sha256", "follow"], check=True, capture_output=True, text=True)
        good = named.key_file
        named.key_file = self.registry.write("wrong.key", key.stdout)
        follower = self.follow(named)
        follower.await_log(r"follow\.failed .*TSIG.*BADSIG")
        self.assertEqual(0, follower.metric("follow_leader"))
        follower.kill()
        named.key_file = good
        self.assertNotIn("postel-follow", "".join(named.dig("org", "TXT")))
        self.await_whole(named, follower=self.follow(named))

    def test_of_two_one_leads_and_one_that_was_away_does_no_harm(self):
        named = self.named()
        followers = [self.follow(named), self.follow(named)]

        def leaders():
            return [f for f in followers if f.metric("follow_leader") == 1]

        self.eventually(1, lambda: len(leaders()))
        old = leaders()[0]
        new = followers[1 - followers.index(old)]
        name = f"{self.label}.org"
        self.create(name, "ns1.example.net")
        self.eventually(["ns1.example.net."], lambda: named.delegation(name))
        # It stands still, and its sessions end without its noticing.
        old.process.send_signal(signal.SIGSTOP)
        self.addCleanup(lambda: old.process.send_signal(signal.SIGCONT))
        self.registry.cluster.sql("SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
                                  "WHERE l.locktype = 'advisory' AND l.granted AND "
                                  "a.application_name LIKE 'postel-follow-%'")
        self.eventually(1, lambda: new.metric("follow_leader"))
        self.update(name, add=name_servers("ns2.example.net"), rem=name_servers("ns1.example.net"))
        self.eventually(["ns2.example.net."], lambda: named.delegation(name))
        old.process.send_signal(signal.SIGCONT)
        self.update(name, add=HOLD)
        self.await_whole(named, follower=new)
        self.eventually(1, lambda: len(leaders()))
        # The leader dies, the other goes on.
        leader = leaders()[0]
        rest = followers[1 - followers.index(leader)]
        leader.kill()
        self.update(name, rem=HOLD)
        self.eventually(["ns2.example.net."], lambda: named.delegation(name))
        self.assertEqual(1, rest.metric("follow_leader"))

    def test_a_name_that_is_refused_stops_no_other(self):
        poison = f"poison{self.label}.org"
        named = self.named(grant=f"deny follow name {poison}. ANY; grant follow zonesub ANY;")
        follower = self.follow(named, follow_retry="1s")
        self.eventually(1, lambda: follower.metric("follow_leader"))
        names = [f"{self.label}n{i}.org" for i in range(20)]
        for name in names[:10] + [poison] + names[10:]:
            self.create(name, "ns1.example.net")
        for name in names:
            self.eventually(["ns1.example.net."], lambda: named.delegation(name))
        follower.await_log(rf"follow\.poison .*name={poison}")
        self.assertEqual(1, follower.metric("follow_poison_names"))
        self.assertEqual([], named.delegation(poison))
        self.assertGreater(follower.metric("follow_refused_total"), 0)
        # The operator has found out why.
        named.stop()
        named.grant("grant follow zonesub ANY;")
        named.start()
        self.eventually(["ns1.example.net."], lambda: named.delegation(poison))
        follower.await_log(rf"follow\.poison_gone .*name={poison}")
        self.await_whole(named, follower=follower)

    def test_a_refused_name_in_the_middle_of_messages_on_their_way(self):
        poison = f"{self.label}poison.org"
        named = self.named(grant=f"deny follow name {poison}. ANY; grant follow zonesub ANY;")
        follower = self.follow(named, follow_message="1k")
        follower.await_log(r"follow\.compared ")
        with named.stopped():
            names = self.create_many(300)
            self.create(poison, "ns1.example.net")
            names += self.create_many(300)
            time.sleep(0.3)
        follower.await_log(rf"follow\.poison .*name={poison}")
        self.eventually(["ns1.example.net."], lambda: named.delegation(names[-1]))
        served = set(named.transfer())
        self.assertEqual([], [name for name in names if f"{name}. 3600 NS ns1.example.net." not in served])
        self.assertEqual([], named.delegation(poison))
        self.assertEqual(1, follower.metric("follow_poison_names"))
        self.assertEqual(0, follower.metric("follow_overtaken_total"))

    def test_who_dies_with_messages_on_their_way_does_no_harm(self):
        named = self.named()
        follower = self.follow(named, follow_message="2k")
        follower.await_log(r"follow\.compared ")
        self.eventually([("f",)], lambda: self.registry.cluster.sql(
            "SELECT note LIKE '% compare' FROM feed_readers WHERE name = 'zonegen-one-org'"))  # it has mended all
        followers = [follower]
        for round_number in range(8):
            stands_still = round_number < 4
            with named.stopped() if stands_still else contextlib.nullcontext():
                self.create_many(600)
                time.sleep(0.3 if stands_still else random.random() * 0.15)
                if round_number % 2:
                    named.kill()
                else:
                    follower.kill()
            if round_number % 2:
                named.start()
            else:
                follower = self.follow(named, follow_message="2k")
                followers.append(follower)
            self.await_whole(named, follower=follower)
        logs = "".join(each.log() for each in followers)
        self.assertNotIn("follow.serial_back", logs)
        self.assertEqual(1, logs.count("follow.compares"), "\n".join(re.findall(r".*follow\.(?:compare|leads|over).*", logs)))

    def test_what_others_change_is_found_counted_and_mended(self):
        named = self.named()
        follower = self.follow(named, compare_interval="10s")
        name = f"{self.label}.org"
        self.create(name, "ns1.example.net")
        self.await_whole(named, follower=follower)
        follower.await_log(r"follow\.compared ")
        after = len(follower.log())
        follower.await_log(r"follow\.compared .*differences=0", after=after)
        before = follower.metric("follow_differences_total")
        named.nsupdate(f"zone org\nupdate delete {name} NS\nupdate add stray.org 60 NS ns.example.\n"
                       "update add org 60 A 192.0.2.1\nupdate delete ns1.nic.org A\nupdate add ns1.nic.org 60 A 192.0.2.3")
        follower.await_log(r"follow\.compared .*differences=4", after=after)
        self.assertEqual(before + 4, follower.metric("follow_differences_total"))
        self.await_whole(named, follower=follower)

    def test_another_policy_is_followed(self):
        named = self.named()
        follower = self.follow(named)
        name = f"{self.label}.org"
        self.create(name, "ns1.example.net")
        self.await_whole(named, follower=follower)
        self.addCleanup(self.registry.ctl, "tld", "apply", self.registry.write("org.conf", POLICY))
        self.registry.ctl("tld", "apply", self.registry.write(
            "other.conf", POLICY + "name_server = ns2.nic.org\nns_ttl = 7200\nsoa_refresh = 1234\n"
            "static_record = ns2.nic A 127.0.0.2\nstatic_record = @ 300 IN TXT \"ours\"\n"))
        self.await_whole(named, follower=follower)
        self.assertIn(f"{name}. 7200 NS ns1.example.net.", named.transfer())
        self.assertEqual("1234", named.dig("org", "SOA")[0].split()[3])
        self.registry.ctl("tld", "apply", self.registry.write("org.conf", POLICY))
        self.await_whole(named, follower=follower)

    def test_several_zones_on_several_primaries(self):
        for tld, more in (("ngo", ""), ("ong", "bundle_of = ngo\n")):
            policy = POLICY.replace("org", tld) + "data_model = minimum\n" + more
            self.registry.ctl("tld", "apply", self.registry.write(f"{tld}.conf", policy))
        zones = ("org", "ngo", "ong")
        one, two = self.named(zones=zones), self.named(zones=zones)
        follower = self.follow({"one": one, "two": two}, tlds=zones)
        self.eventually(6, lambda: follower.metric("follow_leader"))
        two.kill()
        name = f"{self.label}.org"
        self.create(name, "ns1.example.net")
        self.run_command(epp_client.domain_create(f"{self.label}.ngo", None, hosts=("ns1.example.net",)))
        for tld in zones:  # the other does not keep this one from going on
            self.await_whole(one, follower=follower, tld=tld)
        self.assertEqual(["ns1.example.net."], one.delegation(f"{self.label}.ong"))
        two.start()
        for tld in zones:
            self.await_whole(two, follower=follower, tld=tld)

    def test_settings_are_checked(self):
        path = self.registry.write("bad.conf", "database = x\ndirectory = /tmp\nprimary = one 127.0.0.1:53 /nonexistent\n")
        done = subprocess.run([program("postel-zonegen"), "follow", "--config", path], capture_output=True, text=True)
        self.assertEqual(2, done.returncode)
        self.assertIn("bad.conf:3: primary: cannot read /nonexistent", done.stderr)
        path = self.registry.write("bad.conf", "database = x\ndirectory = /tmp\n")
        done = subprocess.run([program("postel-zonegen"), "follow", "--config", path], capture_output=True, text=True)
        self.assertEqual(2, done.returncode)
        self.assertIn("`primary` is missing", done.stderr)


if __name__ == "__main__":
    unittest.main()
