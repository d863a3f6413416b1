"""A BIND that signs, and BIND, NSD and Knot DNS as its secondaries, by the configuration of deploy/dns-config alone: what
EPP changes is served by all, by NOTIFY and IXFR with TSIG."""

import re
import subprocess
import unittest

import epp_client
from followed_zone import FollowedZoneTest
from follow_case import DIGEST, HOLD, ds, name_servers, sec_dns
from postel import POLICY

SECONDARIES = ("bind", "nsd", "knot")
ZONES = ("org", "ngo")


def transfer(server, tld, *options):
    words = ["dig", "@127.0.0.1", "-p", str(server.port), *options, "+noall", "+answer", "+onesoa", tld, "AXFR"]
    return subprocess.run(words, capture_output=True, text=True).stdout


class ServingTest(FollowedZoneTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        policy = POLICY.replace("org", "ngo") + "data_model = minimum\n"
        cls.registry.ctl("tld", "apply", cls.registry.write("ngo.conf", policy))

    def setUp(self):
        super().setUp()
        self.primary = self.generated("bind", "primary", "--control", "none", zones=ZONES)
        self.secondaries = [self.generated(server, "secondary", *self.no_control(server), zones=ZONES)
                            for server in SECONDARIES]
        self.primary.configure(*self.secondaries)
        for secondary in self.secondaries:
            secondary.configure(self.primary)
        for server in [self.primary, *self.secondaries]:
            checked = server.check()
            self.assertEqual(0, checked.returncode, server.server + checked.stdout + checked.stderr)
        for tld in ZONES:
            self.primary.load_whole(self.registry.cluster.conninfo(), tld)
        self.primary.start()

    @staticmethod
    def no_control(server):
        return () if server == "knot" else ("--control", "none")

    def everywhere(self, expected, look):
        for server in [self.primary, *self.secondaries]:
            with self.subTest(server.server):
                self.eventually(expected, lambda: look(server), more=lambda: server.log()[-3000:])

    def test_what_epp_changes_is_served_by_all(self):
        for secondary in self.secondaries:
            secondary.start()
        follower = self.follow(self.primary)
        self.run_command(epp_client.domain_create("one.org", "holder", hosts=("ns1.example.net",)))
        self.run_command(epp_client.domain_create("one.ngo", None, hosts=("ns1.example.net",)))
        for name in ("one.org", "one.ngo"):
            self.everywhere(["ns1.example.net."], lambda server: server.delegation(name))
        self.run_command(epp_client.domain_update("one.org", add=name_servers("ns2.example.net")),
                         sec_dns("update", f"<secDNS:add>{ds(7)}</secDNS:add>"))
        self.everywhere(["ns1.example.net.", "ns2.example.net."], lambda server: server.delegation("one.org"))
        self.everywhere([f"7 13 2 {DIGEST[:56]} {DIGEST[56:]}"], lambda server: server.dig("one.org", "DS"))
        for server in [self.primary, *self.secondaries]:
            self.assertIn("DS 13 2 ", "".join(server.dig("one.org", "DS", "+dnssec")))
        self.run_command(epp_client.domain_update("one.org", add=HOLD))
        self.everywhere([], lambda server: server.delegation("one.org"))
        self.check_that_changes_came_by_ixfr()
        self.check_that_keys_are_asked_for()
        self.check_that_the_zone_is_signed_right()
        self.check_that_a_validator_believes_all()
        self.check_that_all_go_on_after_a_restart(follower)

    def check_that_changes_came_by_ixfr(self):
        sent = re.findall(r"transfer of '(\w+)/IN': (\w+) started", self.primary.log())
        whole = [kind for _, kind in sent if kind == "AXFR"]
        # Each secondary has each zone whole once, and the follower compares each once or twice.
        self.assertLessEqual(len(whole), len(ZONES) * (len(SECONDARIES) + 2), self.primary.log()[-3000:])
        self.assertGreaterEqual(len(sent) - len(whole), 4 * len(SECONDARIES), self.primary.log()[-3000:])

    def check_that_keys_are_asked_for(self):
        for server in [self.primary, *self.secondaries]:
            self.assertNotIn("SOA", transfer(server, "org"), server.server)
        update = f"server 127.0.0.1 {self.primary.port}\nzone org\nupdate add stray.org 60 NS ns.example.\nsend\n"
        for options in ([], ["-k", self.keys.transfer]):
            done = subprocess.run(["nsupdate", *options], input=update, capture_output=True, text=True)
            self.assertIn("REFUSED", done.stderr)
        self.assertEqual([], self.primary.delegation("stray.org"))

    def check_that_the_zone_is_signed_right(self):
        text = transfer(self.primary, "org", "-k", self.keys.transfer)
        path = self.registry.write("signed.zone", text)
        verified = subprocess.run(["dnssec-verify", "-o", "org", path], capture_output=True, text=True)
        self.assertEqual(0, verified.returncode, verified.stderr)
        self.assertEqual(["1 0 0 -"], self.primary.dig("org", "NSEC3PARAM"))
        self.assertTrue(re.search(r"\sNSEC3\s+1 1 0 - ", text), "opt-out")
        self.assertEqual({"13"}, set(re.findall(r"\tIN\tRRSIG\t\S+ (\d+) ", text)))

    def check_that_a_validator_believes_all(self):
        keys = "".join(f"org. 3600 IN DNSKEY {line}\n" for line in self.primary.dig("org", "DNSKEY"))
        anchor = subprocess.run(["dnssec-dsfromkey", "-2", "-f", self.registry.write("org.dnskey", keys), "org"],
                                check=True, capture_output=True, text=True).stdout.split()
        path = self.registry.write(
            "anchor.conf", f'trust-anchors {{ org. static-ds {" ".join(anchor[3:6])} "{anchor[6]}"; }};\n')
        for server in [self.primary, *self.secondaries]:
            for name, kind, said in (("org", "SOA", "fully validated"), ("ns1.nic.org", "A", "fully validated"),
                                     ("org", "MX", "negative response, fully validated")):
                done = subprocess.run(["delv", "@127.0.0.1", "-p", str(server.port), "-a", path, "+root=org", name, kind],
                                      capture_output=True, text=True)
                self.assertIn(f"; {said}", done.stdout, f"{server.server} {name} {kind}: {done.stdout}{done.stderr}")

    def check_that_all_go_on_after_a_restart(self, follower):
        self.run_command(epp_client.domain_update("one.org", rem=HOLD))
        self.everywhere(["ns1.example.net.", "ns2.example.net."], lambda server: server.delegation("one.org"))
        for server in [self.primary, *self.secondaries]:
            server.stop()
            server.start()
        self.run_command(epp_client.domain_update("one.org", rem=name_servers("ns1.example.net")))
        self.everywhere(["ns2.example.net."], lambda server: server.delegation("one.org"))
        for tld in ZONES:
            self.await_whole(self.primary, seconds=30, follower=follower, tld=tld)
            self.everywhere(self.primary.serial(tld), lambda server: server.serial(tld))


if __name__ == "__main__":
    unittest.main()
