"""Members of the answers: every check of conformance.py and every schema over answers for objects in all states; the
statuses of RFC 8056; events."""

import datetime

from rdap import registered, world
from rdap.answer import entity_of, listed

LOOKUPS = [f"/domain/{name}" for name in world.DOMAINS] + ["/domain/b%C3%BCcher.org"]
HOSTS = [f"/nameserver/{name}" for name in world.HOSTS] + ["/nameserver/ns1.b%C3%BCcher.example"]
ENTITIES = ["/entity/3878", "/entity/1234", "/entity/9999", "/entity/Registrar%20One,%20Inc."]
SEARCHES = [f"/nameservers?ip={world.V4}", f"/nameservers?ip={world.V6}", f"/nameservers?ip={world.SHARED_V4}",
            "/nameservers?name=ns1.samplewell.org"]
ERRORS = ["/domain/nobody.org", "/nameserver/ns1.nobody.org", "/entity/77", "/domain/-.org", "/ip/192.0.2.1", "/autnum/1",
          "/nameservers?ip=1.2", "/nameservers", "/nothing"]


class MembersTest(world.RdapTest):
    def test_every_answer_passes_every_check_and_its_schema(self):
        for path in (*LOOKUPS, *HOSTS, *ENTITIES, *SEARCHES, "/help"):
            with self.subTest(path):
                self.right(path)
        for path in ERRORS:
            with self.subTest(path):
                status = self.world.rdap(path).status
                self.assertGreaterEqual(status, 400)
                self.right(path, status)

    def test_contacts_that_are_published(self):
        handle = entity_of(self.right("/domain/open.org"), "registrant")["handle"]
        body = self.right(f"/entity/{handle}")
        self.assertEqual(handle, body["handle"])

    def test_statuses_of_every_state(self):
        """RFC 8056, and which words stand beside each other."""
        for name, words in world.DOMAINS.items():
            with self.subTest(name):
                expected = {registered.EPP_TO_RDAP[word] for word in words}
                self.assertEqual(expected, set(self.right("/domain/" + name)["status"]))

    def test_every_word_of_rfc_8056_that_a_domain_can_have_is_in_the_world(self):
        shown = {word for words in world.DOMAINS.values() for word in words}
        # Of hosts and contacts; and this registry does everything at once but transfers and deletions.
        never = {"linked", "pendingCreate", "pendingRenew", "pendingUpdate"}
        self.assertEqual(set(registered.EPP_TO_RDAP) - never, shown)

    def test_status_of_the_registry_is_the_one_of_epp(self):
        for name in world.DOMAINS:
            info = self.world.info(name)
            epp_words = {e.get("s") for e in info.all("domain:infData/domain:status")}
            epp_words |= {e.get("s") for e in info.all("rgp:rgpStatus")}
            with self.subTest(name):
                self.assertEqual({registered.EPP_TO_RDAP[word] for word in epp_words},
                                 set(self.right("/domain/" + name)["status"]))

    def test_hosts_have_no_associated(self):
        self.assertEqual(["active"], self.right("/nameserver/ns1.samplewell.org")["status"])

    def events(self, path):
        return {event["eventAction"]: event["eventDate"] for event in self.right(path)["events"]}

    def test_events_are_those_of_epp(self):
        for name in world.DOMAINS:
            info, events = self.world.info(name), self.events("/domain/" + name)
            events.pop("last update of RDAP database")
            with self.subTest(name):
                expected = {}
                for element, action in (("crDate", "registration"), ("exDate", "expiration"),
                                        ("upDate", "last changed"), ("trDate", "transfer")):
                    date = info.text(f"domain:infData/domain:{element}")
                    if date is not None:
                        expected[action] = date[:19] + "Z"
                self.assertEqual(expected, events)

    def test_last_changed_and_transfer_only_when_they_happened(self):
        self.assertEqual({"registration", "expiration", "last update of RDAP database"},
                         set(self.events("/domain/added.org")))
        self.assertIn("last changed", self.events("/domain/samplewell.org"))
        self.assertIn("transfer", self.events("/domain/transferred.org"))
        self.assertNotIn("transfer", self.events("/domain/moving.org"))

    def test_last_update_is_the_time_of_the_data(self):
        for path in ("/domain/plain.org", "/nameserver/ns1.samplewell.org", "/entity/3878"):
            said = datetime.datetime.fromisoformat(self.events(path)["last update of RDAP database"].replace("Z", "+00:00"))
            now = datetime.datetime.fromisoformat(self.world.now().replace("Z", "+00:00"))
            self.assertLess(abs(now - said), datetime.timedelta(seconds=60), path)

    def test_dnssec_forms(self):
        secure = self.right("/domain/samplewell.org")["secureDNS"]
        self.assertEqual({"delegationSigned": True, "dsData": [
            {"keyTag": 12345, "algorithm": 13, "digestType": 2, "digest": "4A" * 32}]}, secure)
        self.assertEqual([1, 2, 65535], [ds["keyTag"] for ds in self.right("/domain/manyds.org")["secureDNS"]["dsData"]])
        self.assertEqual({"delegationSigned": False}, self.right("/domain/plain.org")["secureDNS"])
        keys = self.right("/domain/signed.keys")["secureDNS"]
        self.assertTrue(keys["delegationSigned"])
        self.assertTrue(keys.get("dsData") or keys.get("keyData"))
        # Held back from the zone: nothing there is signed.
        self.assertFalse(self.right("/domain/signedhold.org")["secureDNS"]["delegationSigned"])

    def test_name_servers_of_domains(self):
        self.assertEqual(list(world.MANY), sorted(
            (server["ldhName"] for server in self.right("/domain/many.org")["nameservers"]),
            key=lambda name: int(name.split(".")[0][2:])))
        self.assertNotIn("nameservers", self.right("/domain/noservers.org"))
        renamed = [server["ldhName"] for server in self.right("/domain/renamedhost.org")["nameservers"]]
        self.assertIn("ns9.renamedhost.org", renamed)
        self.assertNotIn("ns8.renamedhost.org", renamed)
        idn = self.right("/domain/xn--bcher-kva.org")["nameservers"][0]
        self.assertEqual(("ns1.xn--bcher-kva.example", "ns1.b\u00fccher.example"), (idn["ldhName"], idn["unicodeName"]))

    def test_addresses_of_hosts(self):
        self.assertEqual({"v4": sorted([world.V4, world.SHARED_V4]), "v6": [world.V6]},
                         self.right("/nameserver/ns1.samplewell.org")["ipAddresses"])
        self.assertNotIn("ipAddresses", self.right("/nameserver/ns1.provider.net"))

    def test_handles_are_the_roids_of_epp(self):
        for name in ("plain.org", "samplewell.org"):
            self.assertEqual(self.world.info(name).text("domain:roid"), self.right("/domain/" + name)["handle"])
        self.assertEqual(self.world.info("ns1.provider.net", "host").text("host:roid"),
                         self.right("/nameserver/ns1.provider.net")["handle"])

    def test_bundles_have_an_answer_for_each_name(self):
        one, other = self.right("/domain/bare.ngo"), self.right("/domain/bare.ong")
        self.assertEqual(("bare.ngo", "bare.ong"), (one["ldhName"], other["ldhName"]))
        for member in ("handle", "status", "secureDNS"):
            self.assertEqual(one[member], other[member])

    def test_jcard_has_one_address_and_prefers_the_international_one(self):
        def properties(name, role):
            card = entity_of(self.right("/domain/" + name), role)["vcardArray"][1]
            return {key: [p for p in card if p[0] == key] for key in {p[0] for p in card}}

        for name in ("open.org", "loc.org", "both.org"):
            card = properties(name, "registrant")
            self.assertEqual([1, 1], [len(card["fn"]), len(card["adr"])], name)
        self.assertEqual("B\u00e4rbel B\u00fccher", properties("loc.org", "registrant")["fn"][0][3])
        self.assertEqual("B\u00fccher <GmbH> & Co", properties("loc.org", "registrant")["org"][0][3])
        self.assertEqual("J\u00fcrgen M\u00fcller", properties("both.org", "registrant")["fn"][0][3])
        shown = properties("open.org", "registrant")
        self.assertEqual(["adr", {"cc": "CA"}, "text",
                          ["", "", ["1 Well Street", "Suite 2"], "Montreal", "QC", "H2X 1Y4", ""]], shown["adr"][0])
        self.assertEqual(["tel:+1.5555550111;ext=12", "tel:+1.5555550113;ext=13"], [tel[3] for tel in shown["tel"]])

    def test_the_lists_of_entities_have_one_of_each_role(self):
        for path in LOOKUPS:
            roles = [role for entity in self.right(path)["entities"] for role in listed(entity, "roles")]
            self.assertEqual(sorted(set(roles)), sorted(roles), path)
            self.assertEqual("registrar", roles[0])


if __name__ == "__main__":
    import unittest
    unittest.main()
