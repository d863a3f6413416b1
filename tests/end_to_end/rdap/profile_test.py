"""The gTLD RDAP response profile of February 2024, requirement by requirement, for a thick registry."""

from rdap import world
from rdap.answer import entity_of, listed, value_of, card_of

STATUS_NOTICE = {
    "title": "Status Codes",
    "description": ["For more information on domain status codes, please visit https://icann.org/epp"]}
COMPLAINT_NOTICE = {
    "title": "RDDS Inaccuracy Complaint Form",
    "description": ["URL of the ICANN RDDS Inaccuracy Complaint Form: https://icann.org/wicf"]}


class ProfileTest(world.RdapTest):
    def domain(self, name):
        return self.right("/domain/" + name)

    def notice(self, body, title):
        return next(each for each in body["notices"] if each.get("title") == title)

    def expect_notice(self, expected, href, rel):
        for name in world.DOMAINS:
            found = self.notice(self.domain(name), expected["title"])
            (link,) = found["links"]
            self.assertEqual(expected["description"], found["description"])
            self.assertEqual((href, rel, f"{world.BASE}/domain/{name}"), (link["href"], link["rel"], link["value"]))

    def test_1_2_62000_62006_conformance(self):
        for path in ("/domain/plain.org", "/nameserver/ns1.samplewell.org", "/entity/3878", "/help"):
            values = self.right(path)["rdapConformance"]
            self.assertIn("icann_rdap_response_profile_1", values)
            self.assertNotIn("icann_rdap_response_profile_0", values)

    def test_1_2_62001_redaction_is_named_where_there_is_some(self):
        for name in world.DOMAINS:
            body = self.domain(name)
            self.assertEqual(bool(body.get("redacted")), "redacted" in body["rdapConformance"], name)
        self.assertNotIn("redacted", self.domain("bare.ngo"))
        self.assertIn("redacted", self.domain("plain.org"))

    def test_1_4_62100_62101_countries(self):
        for name, country in (("plain.org", "CA"), ("loc.org", "DE"), ("open.org", "CA")):
            (adr,) = [each for each in card_of(entity_of(self.domain(name), "registrant")) if each[0] == "adr"]
            self.assertEqual(({"cc": country}, ""), (adr[1], adr[3][6]))

    def test_1_5_43100_last_update(self):
        for path in ("/domain/plain.org", "/nameserver/ns1.samplewell.org", "/entity/3878"):
            self.assertIn("last update of RDAP database", [each["eventAction"] for each in self.right(path)["events"]])

    def test_2_1_46100_46101_names(self):
        self.assertEqual("xn--bcher-kva.org", self.domain("b%C3%BCcher.org")["ldhName"])
        self.assertEqual("b\u00fccher.org", self.domain("b%C3%BCcher.org")["unicodeName"])

    def test_2_2_46200_46201_46205_handles(self):
        for name in world.DOMAINS:
            self.assertRegex(self.domain(name)["handle"], r"^\w{1,80}-LROR$")

    def test_2_3_46300_46400_events(self):
        for name in world.DOMAINS:
            actions = [each["eventAction"] for each in self.domain(name)["events"]]
            self.assertEqual([1, 1], [actions.count("registration"), actions.count("expiration")], name)

    def test_2_4_47300_47301_47302_one_registrar(self):
        for name, full_name in (("plain.org", "Registrar One, Inc."), ("own.org", "The Registry"),
                                ("transferred.org", "B\u00fccher & S\u00f6hne Registrar")):
            (registrar,) = [each for each in self.domain(name)["entities"] if "registrar" in listed(each, "roles")]
            self.assertEqual(full_name, value_of(card_of(registrar), "fn"))

    def test_2_4_47400_47401_47402_47403_47404_registrar_ids(self):
        for name in world.DOMAINS:
            registrar = entity_of(self.domain(name), "registrar")
            self.assertEqual(registrar["handle"], registrar["publicIds"][0]["identifier"])
            self.assertIn(int(registrar["handle"]), (3878, 1234, 9999))

    def test_2_4_47500_abuse_contact(self):
        registrar = entity_of(self.domain("plain.org"), "registrar")
        card = card_of(entity_of(registrar, "abuse"))
        self.assertEqual(("tel:+1.5555550101", "abuse@registrar-one.example"), (value_of(card, "tel"), value_of(card, "email")))

    def test_2_4_47700_47701_47702_47703_about(self):
        links = entity_of(self.domain("plain.org"), "registrar")["links"]
        self.assertEqual([("https://www.registrar-one.example/", world.GOLD_BASE)],
                         [(each["href"], each["value"]) for each in links if each["rel"] == "about"])

    def test_2_6_47100_46900_47001_47002_statuses(self):
        for name in world.DOMAINS:
            self.assertTrue(self.domain(name)["status"])
        self.assertEqual(["pending delete", "redemption period"], sorted(self.domain("redeemable.org")["status"]))
        self.assertEqual(["pending delete", "pending restore"], sorted(self.domain("restoring.org")["status"]))

    def test_2_6_3_46601_46602_46603_46604_46605_46606_status_notice(self):
        self.expect_notice(STATUS_NOTICE, "https://icann.org/epp", "glossary")

    def test_2_10_46701_46702_46703_46704_46705_46706_complaint_notice(self):
        self.expect_notice(COMPLAINT_NOTICE, "https://icann.org/wicf", "help")

    def test_2_7_63100_63101_63200_registrant(self):
        for name in world.DOMAINS:
            registrant = entity_of(self.domain(name), "registrant")
            if name.endswith(".org"):
                self.assertTrue([each for each in card_of(registrant) if each[0] == "fn"], name)
            else:
                self.assertIsNone(registrant, name)  # the minimum data model
        self.assertRegex(entity_of(self.domain("open.org"), "registrant")["handle"], r"^\w+-LROR$")

    def test_2_7_65000_65700_65701_technical_contact(self):
        self.assertIsNone(entity_of(self.domain("own.org"), "technical"))
        self.assertEqual("", value_of(card_of(entity_of(self.domain("plain.org"), "technical")), "fn"))
        technical = entity_of(self.domain("samplewell.org"), "technical")
        self.assertEqual("Network Team", value_of(card_of(technical), "fn"))
        self.assertRegex(technical["handle"], r"^\w+-LROR$")

    def test_2_7_47600_47601_admin_and_billing_if_they_want(self):
        for role in ("administrative", "billing"):
            self.assertIsNone(entity_of(self.domain("plain.org"), role))
            self.assertRegex(entity_of(self.domain("admins.org"), role)["handle"], r"^\w+-LROR$")

    def test_2_7_no_texts_of_the_profile_of_2019(self):
        for name in world.DOMAINS:
            raw = self.world.rdap("/domain/" + name).body
            self.assertNotIn(b"REDACTED FOR PRIVACY", raw)
            self.assertNotIn(b"EMAIL REDACTED", raw)
            self.assertNotIn(b"object redacted due to authorization", raw)

    def test_2_8_47200_47201_47202_47205_name_servers(self):
        for server in self.domain("many.org")["nameservers"]:
            self.assertRegex(server["handle"], r"^\w+-LROR$")

    def test_2_9_46800_46801_46802_secure_dns(self):
        for name in world.DOMAINS:
            secure = self.domain(name)["secureDNS"]
            self.assertIsInstance(secure["delegationSigned"], bool)

    def test_3_1_registrar(self):
        body = self.right("/entity/3878")
        card = card_of(body)
        adr = value_of(card, "adr")
        self.assertEqual((["registrar"], "3878"), (body["roles"], body["handle"]))
        self.assertEqual(("2 Registrar Road", "Reston", "VA", "20190"), tuple(adr[2:6]))
        self.assertEqual(["voice", "fax"], [each[1]["type"] for each in card if each[0] == "tel"])
        self.assertEqual("office@registrar-one.example", value_of(card, "email"))

    def test_4_1_49100_49101_49102_49103_49104_name_servers(self):
        for name in world.HOSTS:
            body = self.right("/nameserver/" + name)
            self.assertEqual(name, body["ldhName"])
            self.assertRegex(body["handle"], r"^\w+-LROR$")

    def test_4_2_11400_all_addresses(self):
        self.assertEqual(3, sum(map(len, self.right("/nameserver/ns1.samplewell.org")["ipAddresses"].values())))

    def test_4_3_49200_49201_49202_49203_49204_49205_registrars_of_name_servers(self):
        registrar = entity_of(self.right("/nameserver/ns1.samplewell.org"), "registrar")
        self.assertEqual(("3878", "3878"), (registrar["handle"], registrar["publicIds"][0]["identifier"]))

    def test_4_3_49300_statuses_of_name_servers(self):
        for name in world.HOSTS:
            self.assertEqual(["active"], self.right("/nameserver/" + name)["status"])
