"""Relays of DNSSEC keys (RFC 8063): what one registrar sends, the other finds in the queue."""

import epp_client as epp
import postel

RELAY = epp.NS["keyrelay"]
KEY = "cmlraXN0aGViZXN0"


def relay(name, password, expiry=""):
    return epp.command(f"""<create><keyrelay:create xmlns:keyrelay="{RELAY}"
 xmlns:domain="{epp.NS['domain']}" xmlns:secDNS="{epp.NS['secDNS']}"><keyrelay:name>{name}</keyrelay:name>
<keyrelay:authInfo><domain:pw>{password}</domain:pw></keyrelay:authInfo><keyrelay:keyRelayData><keyrelay:keyData>
<secDNS:flags>257</secDNS:flags><secDNS:protocol>3</secDNS:protocol><secDNS:alg>13</secDNS:alg>
<secDNS:pubKey>{KEY}</secDNS:pubKey></keyrelay:keyData>{expiry}</keyrelay:keyRelayData></keyrelay:create></create>""")


class KeyRelayTest(postel.RegistryTest):
    PASSWORD = "Domain-2fooBAR-and-more"

    def test_keys_come_to_the_sponsor(self):
        gold, silver = self.log_in(), self.log_in(postel.SILVER)
        self.expect(1000, gold.command(epp.contact_create("holder")))
        self.expect(1000, gold.command(epp.domain_create("signed.org", "holder")))
        before = self.expect(1000, gold.command(epp.info("domain", "signed.org"))).xml
        self.expect(2202, silver.ask(relay("signed.org", "not-the-right-one")))
        self.expect(2306, gold.ask(relay("signed.org", self.PASSWORD)))
        self.expect(1300, gold.command('<poll op="req"/>'))
        expiry = "<keyrelay:expiry><keyrelay:relative>P1M</keyrelay:relative></keyrelay:expiry>"
        self.expect(1000, silver.ask(relay("signed.org", self.PASSWORD, expiry)))

        message = self.expect(1301, gold.command('<poll op="req"/>'))
        self.assertEqual("signed.org", message.text("keyrelay:infData/keyrelay:name"))
        self.assertEqual(KEY, message.text("secDNS:pubKey"))
        self.assertEqual("P1M", message.text("keyrelay:relative"))
        self.assertEqual(["silver", "gold"],
                         [message.text("keyrelay:infData/keyrelay:" + who) for who in ("reID", "acID")])
        self.assertNotIn(self.PASSWORD.encode(), message.xml)
        plain = self.connect()
        self.expect(1000, plain.login(*postel.GOLD, objects=epp.OBJECTS[:3], extensions=[]))
        self.assertNotIn(RELAY.encode(), self.expect(1301, plain.command('<poll op="req"/>')).xml)
        self.expect(2002, plain.ask(relay("signed.org", self.PASSWORD)))
        # It is the same domain as before.
        strip = lambda xml: xml.split(b"<trID>")[0]
        self.assertEqual(strip(before), strip(self.expect(1000, gold.command(epp.info("domain", "signed.org"))).xml))
        number = message.all("epp:msgQ")[0].get("id")
        self.expect(1000, gold.command(f'<poll op="ack" msgID="{number}"/>'))
        self.audit()
