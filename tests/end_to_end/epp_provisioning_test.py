"""What a registrar does all day, over the wire: contacts, hosts, domains, polls."""

import datetime

import epp_client as epp
import postel


class ProvisioningTest(postel.RegistryTest):
    def setUp(self):
        self.client = None

    def gold(self):
        if self.client is None:
            self.client = self.log_in()
        return self.client

    def do(self, inner, code=1000, extension="", client=None):
        return self.expect(code, (client or self.gold()).command(inner, extension))

    def test_a_domain_lives_from_create_to_delete(self):
        self.do(epp.contact_create("jd1234"))
        self.do(epp.host_create("ns1.example.net"))
        created = self.do(epp.domain_create("life.org", "jd1234", 2, ["ns1.example.net"]))
        self.assertEqual("life.org", created.text("domain:creData/domain:name"))
        expiry = created.text("domain:creData/domain:exDate")
        today = datetime.datetime.now(datetime.timezone.utc)
        self.assertEqual(today.year + 2, int(expiry[:4]))

        info = self.do(epp.info("domain", "life.org"))
        self.assertEqual("gold", info.text("domain:infData/domain:clID"))
        self.assertEqual("jd1234", info.text("domain:infData/domain:registrant"))
        self.assertEqual(["ok"], [s.get("s") for s in info.all("domain:infData/domain:status")])
        self.assertEqual(["ns1.example.net"], [h.text for h in info.all("domain:ns/domain:hostObj")])
        self.assertIsNone(info.text("domain:infData/domain:authInfo"), "RFC 9154: write-only")
        self.assertIn("addPeriod", [s.get("s") for s in info.all("rgp:infData/rgp:rgpStatus")])

        self.do(epp.domain_renew("life.org", "2020-01-01"), 2004)
        renewed = self.do(epp.domain_renew("life.org", expiry[:10]))
        self.assertEqual(int(expiry[:4]) + 1, int(renewed.text("domain:renData/domain:exDate")[:4]))

        self.do(epp.domain_update("life.org", add='<domain:status s="clientDeleteProhibited"/>'))
        self.do(epp.delete("domain", "life.org"), 2304)
        self.do(epp.domain_update("life.org", rem='<domain:status s="clientDeleteProhibited"/>'))
        self.do(epp.delete("contact", "jd1234"), 2305)
        self.do(epp.delete("domain", "life.org"))  # in the add grace period: gone at once
        self.do(epp.info("domain", "life.org"), 2303)
        self.do(epp.delete("contact", "jd1234"))
        self.do(epp.delete("host", "ns1.example.net"))
        self.audit()

    def test_subordinate_hosts_carry_glue(self):
        self.do(epp.contact_create("glue1"))
        self.do(epp.host_create("ns.glue.org", "192.0.2.1"), 2303)
        self.do(epp.domain_create("glue.org", "glue1"))
        self.do(epp.host_create("ns.glue.org"), 2003)
        self.do(epp.host_create("ns.glue.org", "192.0.2.1", "2001:db8::1"))
        self.do(epp.domain_update(
            "glue.org", add="<domain:ns><domain:hostObj>ns.glue.org</domain:hostObj></domain:ns>"))
        info = self.do(epp.info("host", "ns.glue.org"))
        self.assertEqual({"192.0.2.1", "2001:db8::1"}, {a.text for a in info.all("host:addr")})
        self.assertIn("linked", [s.get("s") for s in info.all("host:status")])
        self.do(epp.delete("host", "ns.glue.org"), 2305)

    def test_checks_answer_in_the_order_asked(self):
        self.do(epp.contact_create("chk001"))
        self.do(epp.domain_create("taken.org", "chk001"))
        answer = self.do(epp.check("domain", "free.org", "taken.org", "nic.org", "x.example"))
        names = answer.all("domain:cd/domain:name")
        self.assertEqual(["free.org", "taken.org", "nic.org", "x.example"], [n.text for n in names])
        self.assertEqual(["1", "0", "0", "0"],
                         [{"true": "1", "false": "0"}.get(n.get("avail"), n.get("avail")) for n in names])

    def test_another_registrar_may_look_but_not_touch(self):
        self.do(epp.contact_create("own001"))
        created = self.do(epp.domain_create("owned.org", "own001"))
        silver = self.log_in(postel.SILVER)
        self.do(epp.domain_create("owned.org", "own001"), 2302, client=silver)
        self.do(epp.info("domain", "owned.org"), client=silver)
        self.do(epp.info("contact", "own001"), 2201, client=silver)
        expiry = created.text("domain:creData/domain:exDate")[:10]
        self.do(epp.domain_renew("owned.org", expiry), 2201, client=silver)
        self.do(epp.delete("domain", "owned.org"), 2201, client=silver)
        self.do(epp.domain_update("owned.org", add='<domain:status s="clientHold"/>'), 2201,
                client=silver)

    def test_ds_records_are_kept(self):
        self.do(epp.contact_create("dnssec"))
        digest = "49FD46E6C4B45C55D4AC69CBD3CD34AC1AFE51DE"
        ds = f"""<secDNS:create xmlns:secDNS="{epp.NS['secDNS']}"><secDNS:dsData>
<secDNS:keyTag>12345</secDNS:keyTag><secDNS:alg>13</secDNS:alg><secDNS:digestType>2</secDNS:digestType>
<secDNS:digest>{digest}{digest[:24]}</secDNS:digest></secDNS:dsData></secDNS:create>"""
        self.do(epp.domain_create("signed.org", "dnssec"), extension=ds)
        info = self.do(epp.info("domain", "signed.org"))
        self.assertEqual("12345", info.text("secDNS:infData/secDNS:dsData/secDNS:keyTag"))

    def test_extensions_that_were_not_announced_do_not_appear(self):
        self.do(epp.contact_create("plain1"))
        self.do(epp.domain_create("plain.org", "plain1"))
        client = self.connect()
        self.expect(1000, client.login("gold", "Gold-pw-1", extensions=[]))
        info = self.do(epp.info("domain", "plain.org"), client=client)
        self.assertEqual([], info.all("rgp:infData"))

    def test_an_empty_queue_says_so(self):
        self.do(epp.POLL, 1300)
        self.do('<poll op="ack" msgID="999"/>', 2303)

    def test_every_answer_has_its_own_server_id(self):
        ids = {self.do(epp.check("domain", "free.org")).server_id for _ in range(20)}
        self.assertEqual(20, len(ids))
