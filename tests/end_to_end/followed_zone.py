"""A registry whose zones name servers have by `follow`: what the tests of serving have in common."""

import time
import unittest

import epp_client
from follow_case import Follower
from generated_servers import GeneratedServer, Keys, whole_zone
from postel import EppServer, Registry


class FollowedZoneTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.registry = Registry.shared()
        cls.server = EppServer(cls.registry)
        cls.addClassCleanup(cls.server.kill)
        with cls.registry.log_in(cls.server) as client:
            client.command(epp_client.contact_create("holder"))
            for host in ("ns1.example.net", "ns2.example.net"):
                client.command(epp_client.host_create(host))
        cls.keys = Keys(cls.registry.folder)

    def setUp(self):
        self.client = self.registry.log_in(self.server)
        self.addCleanup(self.client.close)

    def generated(self, server, role, *options, zones=("org",)):
        made = GeneratedServer(server, role, self.keys, zones, *options)
        self.addCleanup(made.remove)
        return made

    def follow(self, server, **settings):
        follower = Follower(self.registry, {"one": server}, tlds=server.zones, **settings)
        self.addCleanup(lambda: follower.process.poll() is not None or follower.kill())
        return follower

    def run_command(self, inner, extension="", code=1000):
        response = self.client.command(inner, extension)
        self.assertEqual(code, response.code, response.xml.decode())

    def eventually(self, expected, look, seconds=20, more=lambda: ""):
        deadline = time.monotonic() + seconds
        while True:
            found = look()
            if found == expected:
                return
            if time.monotonic() > deadline:
                self.assertEqual(expected, found, more())
            time.sleep(0.02)

    def await_whole(self, server, tld="org", seconds=30, more=lambda: ""):
        wanted = whole_zone(self.registry, tld)
        deadline = time.monotonic() + seconds
        while (served := server.transfer(tld)) != wanted:
            if time.monotonic() > deadline:
                self.fail(f"missing {sorted(set(wanted) - set(served))[:20]}\n"
                          f"surplus {sorted(set(served) - set(wanted))[:20]}\n{more()}")
            time.sleep(0.1)
