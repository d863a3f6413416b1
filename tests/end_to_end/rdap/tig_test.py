"""The gTLD RDAP technical implementation guide of February 2024, requirement by requirement."""

import json
import urllib.parse

from rdap import client, world
from rdap.answer import entity_of, walk

PATHS = ("/domain/plain.org", "/nameserver/ns1.samplewell.org", "/entity/3878", "/help", f"/nameservers?ip={world.V4}")
WRONG = (("/domain/nobody.org", 404), ("/entity/77", 404), ("/nameserver/ns9.nobody.org", 404), ("/ip/192.0.2.1", 501),
         ("/nothing", 400))


def link(body, rel):
    return next((each for each in body["links"] if each["rel"] == rel), None)


class TigTest(world.RdapTest):
    def test_1_3_61000_61001_conformance_everywhere(self):
        for path, status in (*((path, 200) for path in PATHS), *WRONG):
            values = self.right(path, status)["rdapConformance"]
            self.assertIn("icann_rdap_technical_implementation_guide_1", values, path)
            self.assertNotIn("icann_rdap_technical_implementation_guide_0", values, path)

    def test_1_8_20401_addresses_of_both_families(self):
        for address in ("127.0.0.1", "::1"):
            self.assertEqual(200, self.world.rdap(PATHS[0], address=address).status)

    def test_1_12_26100_26101_26102_registrar_is_known(self):
        for name, identifier in (("plain.org", "3878"), ("transferred.org", "1234"), ("own.org", "9999")):
            registrar = entity_of(self.right("/domain/" + name), "registrar")
            self.assertEqual([{"type": "IANA Registrar ID", "identifier": identifier}], registrar["publicIds"])

    def test_3_2_23200_23201_23202_26103_referral(self):
        for name, base in (("plain.org", world.GOLD_BASE), ("transferred.org", world.SILVER_BASE),
                           ("xn--bcher-kva.org", world.GOLD_BASE), ("bare.ong", world.GOLD_BASE)):
            body = self.right("/domain/" + name)
            self.assertEqual({"value": f"{world.BASE}/domain/{name}", "rel": "related",
                              "href": f"{base}domain/{name}", "type": "application/rdap+json"}, link(body, "related"))

    def test_3_2_no_referral_for_the_registry_itself(self):
        self.assertIsNone(link(self.right("/domain/own.org"), "related"))

    def test_3_3_61200_61201_61202_terms_of_service(self):
        for path, status in (*((path, 200) for path in PATHS), *WRONG):
            found = [each for notice in self.right(path, status)["notices"] for each in notice.get("links", ())
                     if each["rel"] == "terms-of-service"]
            self.assertEqual([(world.TERMS, world.BASE + path)], [(each["href"], each["value"]) for each in found], path)

    def test_3_8_20800_structured_addresses(self):
        shown = 0
        for path in ("/domain/open.org", "/domain/plain.org", "/domain/loc.org", "/entity/3878", "/entity/1234"):
            for value, _ in walk(self.right(path)):
                for each in value.get("vcardArray", ("", ()))[1]:
                    if each[0] == "adr":
                        shown += 1
                        self.assertEqual((7, "", "", ""), (len(each[3]), each[3][0], each[3][1], each[3][6]))
        self.assertGreaterEqual(shown, 5)

    def test_6_1_23300_23301_registrars_have_public_ids(self):
        for handle in ("3878", "1234", "9999"):
            self.assertEqual([{"type": "IANA Registrar ID", "identifier": handle}],
                             self.right("/entity/" + handle)["publicIds"])

    def test_7_20900_telephones_have_a_type(self):
        seen = set()
        for path in ("/domain/open.org", "/entity/3878"):
            for value, _ in walk(self.right(path)):
                seen |= {each[1]["type"] for each in value.get("vcardArray", ("", ()))[1] if each[0] == "tel"}
        self.assertEqual({"voice", "fax"}, seen)

    def test_2_2_3_name_servers_by_address(self):
        """12610: the search that every registry offers."""
        body = self.right(f"/nameservers?ip={world.V4}")
        self.assertNotIn("objectClassName", body)
        self.assertTrue(body["nameserverSearchResults"])

    def test_3_5_a_list_that_is_cut_says_so(self):
        try:
            server = world.WhoisServer(self.world.registry, search_page=1)
        except AssertionError:  # a server without pages
            server = world.WhoisServer(self.world.registry, max_results=1)
        self.addCleanup(server.kill)
        body = json.loads(client.ask(server.rdap_port, f"/nameservers?ip={world.SHARED_V4}").body)
        self.assertEqual(1, len(body["nameserverSearchResults"]))
        more = [each for each in body.get("paging_metadata", {}).get("links", ()) if each["rel"] == "next"]
        types = [each.get("type") for each in body["notices"]]
        self.assertTrue(more or "result set truncated due to excessive load" in types, body)

    def test_every_link_is_absolute_and_public(self):
        for path in PATHS:
            for value, _ in walk(self.right(path)):
                for each in value.get("links", ()):
                    for key in ("value", "href"):
                        self.assertIn(urllib.parse.urlsplit(each[key]).scheme, ("http", "https"))
