"""ICANN's Registry System Testing, suite RDAP: the cases by their names, as far as a service without IANA's registries,
a public address and a public certificate can be tested."""

import json
import random

from rdap import client, conformance, schemas, world

DOMAINS = ("plain.org", "samplewell.org", "open.org", "redeemable.org", "xn--bcher-kva.org", "bare.ngo", "bare.ong",
           "signed.keys")
HOSTS = ("ns1.samplewell.org", "ns1.provider.net")
REGISTRARS = ("3878", "1234", "9999")
_random = random.Random("RST")


def rand(count):
    return "".join(_random.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=count))


def ordered(value):
    """With arrays in an order of their own, and without the last update."""
    if isinstance(value, dict):
        return {key: ordered(each) for key, each in value.items()}
    if isinstance(value, list):
        kept = [ordered(each) for each in value
                if not (isinstance(each, dict) and each.get("eventAction") == "last update of RDAP database")]
        return sorted(kept, key=lambda each: json.dumps(each, sort_keys=True))
    return value


class RstRdapTest(world.RdapTest):
    def passes(self, *paths):
        """Both rounds of the tool: with either value of Accept."""
        for path in paths:
            for accept in ("application/rdap+json", "application/json"):
                with self.subTest(path, accept=accept):
                    answer = self.world.answer(path, headers=[("Accept", accept)])
                    self.assertEqual(200, answer.status)
                    self.assertEqual([], conformance.violations(answer))
                    self.assertEqual([], schemas.errors(answer.kind, answer.body))

    def test_rdap_01_domains(self):
        self.passes(*(f"/domain/{name}" for name in DOMAINS))

    def test_rdap_02_name_servers(self):
        self.passes(*(f"/nameserver/{name}" for name in HOSTS))

    def test_rdap_03_registrars(self):
        self.passes(*(f"/entity/{handle}" for handle in REGISTRARS))

    def test_rdap_04_help(self):
        self.passes("/help")

    def head(self, path):
        with client.Connection(self.world.whois.rdap_port) as connection:
            connection.send(client.request(path, "HEAD", [("Connection", "close")]))
            response = connection.receive("HEAD")
            self.assertEqual(b"", connection.everything(), "a body")
        self.assertEqual((200, "*"), (response.status, response.header("Access-Control-Allow-Origin")))

    def test_rdap_05_head_of_domains(self):
        for name in DOMAINS:
            self.head("/domain/" + name)

    def test_rdap_06_head_of_name_servers(self):
        for name in HOSTS:
            self.head("/nameserver/" + name)

    def test_rdap_07_head_of_entities(self):
        for handle in REGISTRARS:
            self.head("/entity/" + handle)

    def absent(self, path):
        with self.subTest(path):
            answer = self.world.answer(path)
            self.assertEqual((404, "*"), (answer.status, answer.header("Access-Control-Allow-Origin")))
            self.assertEqual([], conformance.violations(answer))
            self.assertEqual([], schemas.errors("error", answer.body))

    def test_rdap_08_random_domains(self):
        for tld in ("org", "ngo", "ong", "keys"):
            self.absent(f"/domain/{rand(32)}.{tld}")

    def test_rdap_09_random_name_servers(self):
        for parent in (f"{rand(16)}.org", "samplewell.org", f"{rand(16)}.com", "example.net"):
            self.absent(f"/nameserver/{rand(16)}.{parent}")

    def test_rdap_10_random_entities(self):
        for handle in (rand(32), "9" * 12, f"C{rand(9)}-LROR", f"{rand(8)}-EXMP"):
            self.absent("/entity/" + handle)

    def test_rdap_92_every_address_says_the_same(self):
        for path in (*(f"/domain/{name}" for name in DOMAINS), *(f"/nameserver/{name}" for name in HOSTS),
                     *(f"/entity/{handle}" for handle in REGISTRARS), "/help"):
            four, six = (self.world.rdap(path, address=address) for address in ("127.0.0.1", "::1"))
            self.assertEqual((200, 200), (four.status, six.status))
            self.assertEqual(ordered(json.loads(four.body)), ordered(json.loads(six.body)), path)
