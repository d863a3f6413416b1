"""The second address of a contact (RFC 9873), from the create to the operator's table."""

import epp_client as epp
import postel

ADDRESS = "j\u00f6rg@m\u00fcller.example"


def second(address, primary=None):
    attribute = "" if primary is None else f' primary="{primary}"'
    return (f'<addlEmail:addlEmail xmlns:addlEmail="{epp.NS["addlEmail"]}">'
            f"<addlEmail:email{attribute}>{address}</addlEmail:email></addlEmail:addlEmail>")


class AdditionalEmailTest(postel.RegistryTest):
    def setUp(self):
        self.gold = self.log_in()

    def shown(self):
        answer = self.expect(1000, self.gold.command(epp.info("contact", "mailed")))
        return [(email.text, email.get("primary")) for email in answer.all("addlEmail:addlEmail/addlEmail:email")]

    def test_life(self):
        self.expect(1000, self.gold.command(epp.contact_create("mailed"), second(ADDRESS, "true")))
        self.assertEqual([(ADDRESS, "1")], self.shown())
        self.assertRegex(self.registry.ctl("contact", "show", "mailed").stdout, f"Other e-mail, preferred: +{ADDRESS}")
        self.expect(1000, self.gold.command(epp.on_object("update", "contact", "<contact:id>mailed</contact:id>"),
                                            second("other@example.com")))
        self.assertEqual([("other@example.com", None)], self.shown())
        self.expect(1000, self.gold.command(epp.on_object("update", "contact", "<contact:id>mailed</contact:id>"), second("")))
        self.assertEqual([(None, None)], self.shown())
        self.audit()
