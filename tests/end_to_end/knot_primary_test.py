"""Knot DNS as the signing primary that `follow` feeds, by the configuration of deploy/dns-config."""

import os
import random
import signal
import subprocess
import unittest

import epp_client
import history
from followed_zone import FollowedZoneTest
from follow_case import DIGEST, HOLD, ds, name_servers, sec_dns


class OrgSession(history.Session):
    NAMES = {"org": 100}


class KnotPrimaryTest(FollowedZoneTest):
    def knot(self):
        knot = self.generated("knot", "primary").configure()
        knot.load_whole(self.registry.cluster.conninfo(), "org")
        return knot.start()

    def test_a_domain_comes_changes_and_goes(self):
        knot = self.knot()
        follower = self.follow(knot)
        self.run_command(epp_client.domain_create("one.org", "holder", hosts=("ns1.example.net", "ns2.example.net")))
        self.eventually(["ns1.example.net.", "ns2.example.net."], lambda: knot.delegation("one.org"), more=knot.log)
        self.run_command(epp_client.domain_update("one.org"), sec_dns("update", f"<secDNS:add>{ds(7)}</secDNS:add>"))
        self.eventually([f"7 13 2 {DIGEST[:56]} {DIGEST[56:]}"], lambda: knot.dig("one.org", "DS"))
        self.assertIn("DS 13 2", "".join(knot.dig("one.org", "DS", "+dnssec")))
        self.run_command(epp_client.domain_update("one.org", add=HOLD))
        self.eventually([], lambda: knot.delegation("one.org"))
        self.run_command(epp_client.domain_update("one.org", rem=HOLD))
        self.run_command(epp_client.delete("domain", "one.org"))
        self.eventually([], lambda: knot.delegation("one.org"))
        self.await_whole(knot, seconds=30, follower=follower)

    def test_many_changes_at_once_come_in_order(self):
        knot = self.knot()
        follower = self.follow(knot, follow_message="1k")
        follower.await_log(r"follow\.compared ")
        follower.process.send_signal(signal.SIGSTOP)
        names = [f"many{number}.org" for number in range(120)]
        for name in names:
            self.run_command(epp_client.domain_create(name, "holder", hosts=("ns1.example.net",)))
        for name in names[::3]:
            self.run_command(epp_client.domain_update(name, add=name_servers("ns2.example.net"),
                                                      rem=name_servers("ns1.example.net")))
        follower.process.send_signal(signal.SIGCONT)
        self.await_whole(knot, seconds=30, follower=follower)
        self.assertEqual(["ns2.example.net."], knot.delegation("many0.org"))
        self.assertGreater(knot.log().count("DDNS, processing"), 2)
        self.assertEqual(1, follower.log().count("follow.compares"), follower.log()[-3000:])
        self.assertNotIn("follow.stepped_down", follower.log())

    def test_a_history_with_dying_processes_ends_as_the_whole_zone(self):
        knot = self.knot()
        followers = [self.follow(knot)]
        followers[0].await_log(r"follow\.compared ")
        seed = int(os.environ.get("FOLLOW_SEED", random.SystemRandom().randrange(1 << 30)))
        commands = int(os.environ.get("FOLLOW_COMMANDS", "210"))
        print(f"FOLLOW_SEED={seed} commands={commands}", end=" ", flush=True)
        for host in history.OUTSIDE[2:]:
            self.run_command(epp_client.host_create(host))
        session = OrgSession(self.client, "k", "holder", history.Hosts(), random.Random(seed))
        for number in range(1, commands + 1):
            session.step()
            if number % (commands // 6) == 0:
                if number % (commands // 3) == 0:
                    knot.kill()
                    knot.start()
                else:
                    followers[-1].kill()
                    followers.append(self.follow(knot))
        self.await_whole(knot, seconds=30, follower=followers[-1])
        logs = "".join(each.log() for each in followers)
        self.assertNotIn("follow.serial_back", logs)
        self.assertEqual(1, logs.count("follow.compares"), logs[-3000:])  # the changes alone have made the rest
        self.check_that_the_zone_is_signed_right(knot)
        self.check_that_a_flushed_zone_goes_on(knot, followers[-1])

    def check_that_the_zone_is_signed_right(self, knot):
        signed = subprocess.run(
            ["dig", "@127.0.0.1", "-p", str(knot.port), "-k", knot.key_file, "+noall", "+answer", "+onesoa", "org", "AXFR"],
            capture_output=True, text=True, check=True).stdout
        verified = subprocess.run(["dnssec-verify", "-o", "org", self.registry.write("signed.zone", signed)],
                                  capture_output=True, text=True)
        self.assertEqual(0, verified.returncode, verified.stderr)
        self.assertEqual(["1 0 0 -"], knot.dig("org", "NSEC3PARAM"))
        self.assertRegex(signed, r"\sNSEC3\s+1 1 0 - ")  # opt-out

    def check_that_a_flushed_zone_goes_on(self, knot, follower):
        """What Knot writes to its zone file each hour, it begins with; the whole of it is as the registry has it."""
        follower.kill()
        subprocess.run(["knotc", "-b", "-c", os.path.join(knot.folder, "knot.conf"), "zone-flush", "org"], check=True,
                       capture_output=True)
        serial = knot.serial()
        knot.stop()
        knot.start()
        self.assertEqual(serial, knot.serial())
        follower = self.follow(knot, compare_interval="10s")
        self.run_command(epp_client.domain_create("last.org", "holder", hosts=("ns1.example.net",)))
        self.eventually(["ns1.example.net."], lambda: knot.delegation("last.org"), more=knot.log)
        follower.await_log(r"follow\.compared .*differences=0 ")
        self.assertNotIn("reason=version", follower.log())


if __name__ == "__main__":
    unittest.main()
