"""Organizations (RFC 8543), and domains that are linked with them (RFC 8544)."""

import json
import threading

import epp_client as epp
import postel

PASSWORD = "Domain-2fooBAR-and-more"
EVERYTHING = """<org:status>clientDeleteProhibited</org:status><org:parentId>top</org:parentId>
<org:postalInfo type="int"><org:name>Example Inc.</org:name><org:addr><org:street>123 Example Dr.</org:street>
<org:street>Suite 100</org:street><org:city>Dulles</org:city><org:sp>VA</org:sp><org:pc>20166-6503</org:pc>
<org:cc>US</org:cc></org:addr></org:postalInfo>
<org:postalInfo type="loc"><org:name>M\u00fcller</org:name></org:postalInfo>
<org:voice x="1234">+1.7035555555</org:voice><org:fax>+1.7035555556</org:fax>
<org:email>contact@organization.example</org:email><org:url>https://organization.example</org:url>
<org:contact type="admin">holder</org:contact><org:contact type="custom" typeName="legal">holder</org:contact>"""


def a_role(name):
    return f"<org:role><org:type>{name}</org:type></org:role>"


def status(*names):
    return "".join(f"<org:status>{name}</org:status>" for name in names)


class OrganizationTest(postel.RegistryTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        gold = cls.registry.log_in(cls.server)
        gold.command(epp.contact_create("holder"))
        gold.command(epp.organization_create("top"))
        gold.close()

    def setUp(self):
        self.gold = self.log_in()

    def do(self, xml, extension="", code=1000, client=None):
        return self.expect(code, (client or self.gold).command(xml, extension))

    def statuses(self, name):
        return {e.text for e in self.do(epp.info("org", name)).tree.findall(".//org:infData/org:status", epp.NS)}

    def linked(self, name, client=None):
        """Pairs of role and identifier."""
        found = self.do(epp.info("domain", name), client=client).all("orgext:infData/orgext:id")
        return [(e.get("role"), e.text) for e in found]

    def a_domain(self, name, *pairs, code=1000):
        extension = epp.organizations("create", id=pairs) if pairs else ""
        return self.do(epp.domain_create(name, "holder"), extension, code)

    def test_what_is_created_is_shown_to_its_sponsor(self):
        self.do(epp.organization_create("full", "reseller", "dns-operator", more=EVERYTHING))
        info = self.do(epp.info("org", "full"))
        self.assertEqual(["dns-operator", "reseller"], [e.text for e in info.all("org:role/org:type")])
        self.assertEqual({"clientDeleteProhibited"}, self.statuses("full"))
        for element, text in (("org:parentId", "top"), ("org:pc", "20166-6503"), ("org:voice", "+1.7035555555"),
                              ("org:email", "contact@organization.example"), ("org:clID", "gold"),
                              ("org:url", "https://organization.example"), ("org:crID", "gold")):
            self.assertEqual(text, info.text(element))
        self.assertEqual([("admin", None), ("custom", "legal")],
                         [(e.get("type"), e.get("typeName")) for e in info.all("org:contact")])
        self.assertEqual("Example Inc.", info.text("org:name"))
        self.do(epp.info("org", "full"), code=2201, client=self.log_in(postel.SILVER))
        check = self.do(epp.check("org", "full", "spare"), client=self.log_in(postel.SILVER))
        self.assertEqual(["0", "1"], [e.get("avail") for e in check.all("org:cd/org:id")])
        # Its contact and its parent stay.
        self.do(epp.delete("contact", "holder"), code=2305)
        self.do(epp.delete("org", "top"), code=2305)
        self.assertIn("linked", self.statuses("top"))
        self.audit()

    def test_an_update_adds_removes_and_changes(self):
        self.do(epp.organization_create("changing", more="<org:email>a@example.com</org:email>"))
        self.do(epp.organization_update(
            "changing", add='<org:contact type="tech">holder</org:contact>' + a_role("privacyproxy") +
            status("clientLinkProhibited", "hold"),
            chg="<org:parentId>top</org:parentId><org:voice>+1.7035555555</org:voice>"))
        self.assertEqual({"clientLinkProhibited", "hold"}, self.statuses("changing"))
        self.do(epp.organization_update("changing", chg="<org:url>https://example.com</org:url>"), code=2304)
        self.do(epp.delete("org", "changing"), code=2304)
        self.do(epp.organization_update("changing", rem=a_role("reseller") + status("hold", "clientLinkProhibited"),
                                        chg="<org:voice/>"))
        info = self.do(epp.info("org", "changing"))
        self.assertEqual(["privacyproxy"], [e.text for e in info.all("org:role/org:type")])
        self.assertEqual((None, "gold"), (info.text("org:voice"), info.text("org:upID")))
        self.assertEqual({"ok"}, self.statuses("changing"))
        self.do(epp.delete("org", "changing"))
        self.do(epp.info("org", "changing"), code=2303)
        self.do(epp.organization_create("changing"))
        self.audit()

    def test_refusals_change_nothing(self):
        silver = self.log_in(postel.SILVER)
        self.do(epp.organization_create("ours"))
        self.do(epp.organization_create("theirs"), client=silver)
        self.do(epp.organization_create("theirs"), code=2302)
        for more, code in ((status("hold"), 2306), ("<org:parentId>theirs</org:parentId>", 2306),
                           ("<org:parentId>absent</org:parentId>", 2303), (status("ok"), 2004),
                           (status("serverLinkProhibited"), 2004), (status("clientHold"), 2005),
                           ('<org:contact type="tech">absent</org:contact>', 2303),
                           ('<org:contact type="owner">holder</org:contact>', 2001),
                           ("<org:url>example</org:url>", 2005), ("<org:email>example</org:email>", 2005)):
            with self.subTest(more):
                self.do(epp.organization_create("refused", more=more), code=code)
        self.do(epp.organization_create("refused", "registrar"), code=2306)
        self.do(epp.organization_create("refused", "reseller", "reseller"), code=2306)
        self.do(epp.on_object("create", "org", "<org:id>refused</org:id>"), code=2001)
        self.do(epp.info("org", "refused"), code=2303)
        for xml, code in ((epp.organization_update("ours", rem=a_role("reseller")), 2306),
                          (epp.organization_update("ours", add=a_role("reseller")), 2306),
                          (epp.organization_update("ours", add=status("terminated")), 2306),
                          (epp.organization_update("ours", chg="<org:parentId>ours</org:parentId>"), 2306),
                          (epp.organization_update("ours"), 2003), (epp.organization_update("absent"), 2003),
                          (epp.organization_update("theirs", chg="<org:url/>"), 2201),
                          (epp.delete("org", "theirs"), 2201), (epp.delete("org", "absent"), 2303),
                          (epp.on_object("renew", "org", "<org:id>ours</org:id>"), 2101),
                          (epp.on_object("transfer", "org", "<org:id>ours</org:id>")
                           .replace("<transfer>", '<transfer op="request">'), 2101)):
            with self.subTest(xml):
                self.do(xml, code=code)
        self.assertEqual({"ok"}, self.statuses("ours"))
        plain = self.connect()
        self.expect(1000, plain.login(*postel.GOLD, objects=epp.OBJECTS[:3], extensions=[]))
        self.do(epp.info("org", "ours"), code=2002, client=plain)

    def test_domains_are_linked_and_left(self):
        self.do(epp.organization_create("seller", "reseller", "privacyproxy"))
        self.do(epp.organization_create("dealer"))
        self.a_domain("linked.org", ("reseller", "seller"), ("privacyproxy", "seller"))
        self.assertEqual([("privacyproxy", "seller"), ("reseller", "seller")], self.linked("linked.org"))
        roles = [{e.text for e in role.findall("org:status", epp.NS)}
                 for role in self.do(epp.info("org", "seller")).all("org:role")]
        self.assertEqual([{"ok", "linked"}] * 2, roles)
        self.do(epp.delete("org", "seller"), code=2305)
        self.do(epp.organization_update("seller", rem=a_role("reseller")), code=2305)
        self.assertEqual([], self.linked("linked.org", self.log_in(postel.SILVER)))
        update = epp.domain_update("linked.org")
        self.do(update, epp.organizations("update", chg=[("reseller", "dealer")]))
        self.do(update, epp.organizations("update", rem=[("privacyproxy", "")]))
        self.assertEqual([("reseller", "dealer")], self.linked("linked.org"))
        self.do(update, epp.organizations("update", add=[("reseller", "seller")], rem=[("reseller", "dealer")]))
        self.assertEqual([("reseller", "seller")], self.linked("linked.org"))
        self.do(epp.delete("org", "dealer"))
        # Gone at once, in its add grace period.
        self.do(epp.delete("domain", "linked.org"))
        self.do(epp.delete("org", "seller"))
        self.audit()

    def test_refused_links_change_nothing(self):
        silver = self.log_in(postel.SILVER)
        self.do(epp.organization_create("agent"))
        self.do(epp.organization_create("asleep", more=status("clientLinkProhibited")))
        self.do(epp.organization_create("strange"), client=silver)
        for pair, code in ((("reseller", "absent"), 2303), (("reseller", "strange"), 2201), (("reseller", "asleep"), 2304),
                           (("dns-operator", "agent"), 2306), (("registrar", "agent"), 2306), (("", "agent"), 2306),
                           (("reseller", ""), 2005), (("reseller", "x" * 17), 2005)):
            with self.subTest(pair):
                self.a_domain("unlinked.org", pair, code=code)
        self.a_domain("unlinked.org", ("reseller", "agent"), ("reseller", "agent"), code=2306)
        self.do(epp.info("domain", "unlinked.org"), code=2303)
        self.a_domain("kept.org", ("reseller", "agent"))
        update = epp.domain_update("kept.org")
        for lists, code in ((dict(add=[("reseller", "agent")]), 2305), (dict(rem=[("dns-operator", "")]), 2305),
                            (dict(rem=[("reseller", "asleep")]), 2305), (dict(chg=[("reseller", "strange")]), 2201),
                            (dict(add=[]), 2001), ({}, 2003), (dict(chg=[("reseller", "")]), 2005)):
            with self.subTest(lists):
                self.do(update, epp.organizations("update", **lists), code)
        self.do(update, epp.organizations("create", id=[("reseller", "agent")]), 2001)
        self.do(update, epp.organizations("update", chg=[("reseller", "agent")]), 2201, silver)
        self.do(epp.info("domain", "kept.org"), epp.organizations("info"), 2103)
        self.do(epp.delete("domain", "kept.org"), epp.organizations("delete"), 2103)
        self.do(epp.contact_create("unlinked"), epp.organizations("create", id=[("reseller", "agent")]), 2103)
        self.assertEqual([("reseller", "agent")], self.linked("kept.org"))
        self.audit()

    def test_a_transfer_leaves_them_behind(self):
        silver = self.log_in(postel.SILVER)
        self.do(epp.organization_create("left"))
        self.a_domain("moving.org", ("reseller", "left"))

        def transfer(op):
            inner = f"<domain:name>moving.org</domain:name><domain:authInfo><domain:pw>{PASSWORD}</domain:pw></domain:authInfo>"
            return epp.on_object("transfer", "domain", inner).replace("<transfer>", f'<transfer op="{op}">')

        self.do(transfer("request"), code=1001, client=silver)
        self.assertEqual([("reseller", "left")], self.linked("moving.org"))
        self.do(transfer("approve"))
        self.assertEqual([], self.linked("moving.org", silver))
        self.do(epp.delete("org", "left"))
        self.audit()

    def test_only_who_named_the_extension_hears_of_it(self):
        self.do(epp.organization_create("quiet"))
        self.a_domain("quiet.org", ("reseller", "quiet"))
        others = [uri for uri in epp.EXTENSIONS if uri not in (epp.NS["orgext"], epp.NS["unhandled"])]
        plain = self.connect()
        self.expect(1000, plain.login(*postel.GOLD, extensions=others))
        self.assertNotIn(b"orgext", self.do(epp.info("domain", "quiet.org"), client=plain).xml)
        self.do(epp.domain_update("quiet.org"), epp.organizations("update", rem=[("reseller", "")]), 2002, plain)
        unhandled = self.connect()
        self.expect(1000, unhandled.login(*postel.GOLD, extensions=others + [epp.NS["unhandled"]]))
        info = self.do(epp.info("domain", "quiet.org"), client=unhandled)
        self.assertEqual("quiet", info.all("epp:extValue/epp:value/orgext:infData/orgext:id")[0].text)

    def test_the_operator_ends_one(self):
        self.do(epp.organization_create("ended", more="<org:email>a@example.com</org:email>"))
        self.a_domain("stays.org", ("reseller", "ended"))
        while (response := self.gold.command(epp.POLL)).code == 1301:
            number = response.all("epp:msgQ")[0].get("id")
            self.do(f'<poll op="ack" msgID="{number}"/>')
        self.registry.ctl("organization", "set-status", "ended", "terminated", "--reason", "insolvent")
        self.assertEqual({"terminated", "linked"}, self.statuses("ended"))
        self.do(epp.organization_update("ended", rem=status("terminated")), code=2306)
        self.do(epp.organization_update("ended", chg="<org:url/>"), code=2304)
        self.do(epp.delete("org", "ended"), code=2304)
        self.a_domain("late.org", ("reseller", "ended"), code=2304)
        self.assertEqual([("reseller", "ended")], self.linked("stays.org"))
        message = self.do(epp.POLL, code=1301)
        self.assertIn("organization ended: update (insolvent)", message.all("epp:msgQ/epp:msg")[0].text)
        self.assertEqual("ended", message.text("org:infData/org:id"))
        self.assertEqual("update", message.text("changePoll:operation"))
        shown = json.loads(self.registry.ctl("--json", "organization", "show", "ended").stdout)
        self.assertEqual((["terminated", "linked"], ["reseller"]), (sorted(shown["status"], reverse=True), shown["roles"]))
        self.assertIn("terminated", self.registry.ctl("organization", "show", shown["roid"], "--history").stdout)
        self.registry.ctl("organization", "clear-status", "ended", "terminated")
        refused = self.registry.ctl("organization", "delete", "ended", check=False)
        self.assertIn("domains use this organization", refused.stdout + refused.stderr)
        refused = self.registry.ctl("organization", "set-status", "ended", "serverHold", check=False)
        self.assertIn("serverLinkProhibited", refused.stdout + refused.stderr)
        self.do(epp.domain_update("stays.org"), epp.organizations("update", rem=[("reseller", "ended")]))
        self.registry.ctl("organization", "delete", "ended")
        self.do(epp.info("org", "ended"), code=2303)
        self.audit()

    def test_links_and_deletions_at_once(self):
        """On two servers: whatever comes first, no domain is left with an organization that is gone."""
        another = postel.EppServer(self.registry)
        self.addCleanup(another.kill)
        codes = {"link": set(), "delete": set()}

        def link(number):
            client = self.registry.log_in(another if number % 2 else self.server)
            for n in range(15):
                extension = epp.organizations("create", id=[("reseller", "racing")])
                code = client.command(epp.domain_create(f"race-{number}-{n}.org", "holder"), extension).code
                codes["link"].add(code)
                if code == 1000:
                    client.command(epp.delete("domain", f"race-{number}-{n}.org"))
            client.close()

        def delete():
            client = self.registry.log_in(another)
            for _ in range(60):
                client.command(epp.organization_create("racing"))
                codes["delete"].add(client.command(epp.delete("org", "racing")).code)
            client.close()

        threads = [threading.Thread(target=link, args=(number,)) for number in range(3)]
        threads.append(threading.Thread(target=delete))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertLessEqual(codes["link"], {1000, 2303})
        self.assertLessEqual(codes["delete"], {1000, 2305})
        self.audit()
