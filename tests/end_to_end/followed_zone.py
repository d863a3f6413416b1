"""A registry whose zones name servers have by `follow`: what the tests of serving have in common."""

from follow_case import FollowCase
from generated_servers import GeneratedServer, Keys


class FollowedZoneTest(FollowCase):
    @classmethod
    def setUpClass(cls):
        cls.serve("ns1.example.net", "ns2.example.net")
        cls.keys = Keys(cls.registry.folder)

    def setUp(self):
        self.client = self.registry.log_in(self.server)
        self.addCleanup(self.client.close)

    def generated(self, server, role, *options, zones=("org",)):
        made = GeneratedServer(server, role, self.keys, zones, *options)
        self.addCleanup(made.remove)
        return made

    def follow(self, server, **settings):
        return super().follow(server, tlds=server.zones, **settings)

    def run_command(self, inner, extension="", code=1000):
        response = self.client.command(inner, extension)
        self.assertEqual(code, response.code, response.xml.decode())
