"""What the operator does to a registrar's objects, and how the registrar hears of it (RFC 8590)."""

import json

import epp_client as epp
import postel


class OperatorChangesTest(postel.RegistryTest):
    def setUp(self):
        self.gold = self.log_in()
        while (response := self.gold.command('<poll op="req"/>')).code == 1301:
            self.acknowledge(self.gold, response)

    def acknowledge(self, client, response):
        number = response.all("epp:msgQ")[0].get("id")
        self.expect(1000, client.command(f'<poll op="ack" msgID="{number}"/>'))

    def provision(self, label):
        self.expect(1000, self.gold.command(epp.contact_create("of-" + label)))
        self.expect(1000, self.gold.command(epp.host_create(f"ns1.{label}.example")))
        self.expect(1000, self.gold.command(
            epp.domain_create(label + ".org", "of-" + label, hosts=[f"ns1.{label}.example"])))
        return label + ".org"

    def message(self):
        """The next one, acknowledged."""
        response = self.expect(1301, self.gold.command('<poll op="req"/>'))
        self.acknowledge(self.gold, response)
        return response

    def change(self, message):
        return {key: message.text("changePoll:changeData/changePoll:" + key)
                for key in ("operation", "who", "caseId", "reason")}

    def statuses(self, message, kind):
        return {e.get("s") for e in message.all(f"{kind}:infData/{kind}:status")}

    def test_a_registry_lock(self):
        name = self.provision("locked")
        self.registry.ctl("domain", "lock", name, "--reason", "by order of the court", "--case", "D2026-0042",
                          "--case-type", "udrp")
        message = self.message()
        self.assertEqual("The registry did this to the domain locked.org: update (by order of the court)",
                         message.all("epp:msgQ/epp:msg")[0].text)
        self.assertEqual({"operation": "update", "who": "registry", "caseId": "D2026-0042",
                          "reason": "by order of the court"}, self.change(message))
        self.assertEqual("udrp", message.all("changePoll:caseId")[0].get("type"))
        self.assertEqual("after", message.all("changePoll:changeData")[0].get("state"))
        lock = {"serverUpdateProhibited", "serverDeleteProhibited", "serverTransferProhibited"}
        self.assertEqual(lock, self.statuses(message, "domain"))
        info = self.expect(1000, self.gold.command(epp.info("domain", name)))
        for path in ("roid", "registrant", "ns/domain:hostObj", "clID", "crDate", "exDate", "upDate"):
            self.assertEqual(info.text("domain:infData/domain:" + path), message.text("domain:infData/domain:" + path))
        for verb, command in (("update", epp.domain_update(name, add='<domain:status s="clientHold"/>')),
                              ("delete", epp.delete("domain", name))):
            self.expect(2304, self.gold.command(command))
        # Said again it changes nothing, and says nothing.
        self.registry.ctl("domain", "lock", name)
        self.expect(1300, self.gold.command('<poll op="req"/>'))
        self.registry.ctl("domain", "unlock", name)
        self.assertEqual({"ok"}, self.statuses(self.message(), "domain"))
        self.audit()

    def test_hosts_and_contacts(self):
        self.provision("parts")
        self.registry.ctl("host", "status", "ns1.parts.example", "--add", "serverUpdateProhibited")
        message = self.message()
        self.assertEqual({"serverUpdateProhibited", "linked"}, self.statuses(message, "host"))
        self.registry.ctl("contact", "lock", "of-parts", "--case", "7", "--case-type", "police")
        message = self.message()
        self.assertIn("serverUpdateProhibited", self.statuses(message, "contact"))
        info = self.expect(1000, self.gold.command(epp.info("contact", "of-parts")))
        for path in ("id", "roid", "postalInfo/contact:name", "postalInfo/contact:addr/contact:city", "email", "crDate"):
            path = "contact:infData/contact:" + path
            self.assertEqual(info.text(path), message.text(path), path)
        case = message.all("changePoll:caseId")[0]
        self.assertEqual(("custom", "police", "7"), (case.get("type"), case.get("name"), case.text))

    def test_renewals_and_deletions(self):
        name = self.provision("kept")
        before = self.expect(1000, self.gold.command(epp.info("domain", name))).text("domain:infData/domain:exDate")
        balance = self.balance()
        self.registry.ctl("domain", "renew", name, "--years", "2", "--reason", "goodwill")
        message = self.message()
        self.assertEqual("renew", self.change(message)["operation"])
        self.assertEqual(int(before[:4]) + 2, int(message.text("domain:infData/domain:exDate")[:4]))
        self.assertEqual(balance, self.balance())
        self.registry.ctl("domain", "delete", name)
        message = self.message()
        self.assertEqual("delete", self.change(message)["operation"])
        self.assertEqual("before", message.all("changePoll:changeData")[0].get("state"), "in the add grace period")
        self.expect(2303, self.gold.command(epp.info("domain", name)))
        self.registry.ctl("host", "delete", "ns1.kept.example")
        self.assertEqual("ns1.kept.example", self.message().text("host:infData/host:name"))
        self.registry.ctl("contact", "delete", "of-kept")
        self.assertEqual("of-kept", self.message().text("contact:infData/contact:id"))
        self.audit()

    def balance(self):
        return json.loads(self.registry.ctl("--json", "registrar", "show", "gold").stdout)["balance"]

    def test_decisions_about_transfers_are_told_as_transfers_are(self):
        name = self.provision("moving")
        silver = self.log_in(postel.SILVER)
        self.expect(1001, silver.command(
            '<transfer op="request"><domain:transfer xmlns:domain="urn:ietf:params:xml:ns:domain-1.0">'
            f"<domain:name>{name}</domain:name><domain:authInfo><domain:pw>Domain-2fooBAR-and-more</domain:pw>"
            "</domain:authInfo></domain:transfer></transfer>"))
        self.message()
        self.assertNotEqual(0, self.registry.ctl("domain", "transfer", name, check=False).returncode)
        self.registry.ctl("domain", "transfer", name, "--reject")
        message = self.message()
        self.assertIsNotNone(message.text("domain:trnData/domain:trStatus"))
        self.expect(1300, self.gold.command('<poll op="req"/>'))

    def test_who_does_not_know_the_extension_has_the_object_and_the_text(self):
        name = self.provision("plain")
        self.registry.ctl("domain", "status", name, "--add", "serverHold", "--reason", "abuse")
        client = self.connect()
        self.expect(1000, client.login(*postel.GOLD, extensions=[]))
        message = self.expect(1301, client.command('<poll op="req"/>'))
        self.assertEqual({"serverHold"}, self.statuses(message, "domain"))
        self.assertEqual([], message.all("changePoll:changeData"))
        self.acknowledge(client, message)

    def test_what_the_operator_says_has_its_limits(self):
        name = self.provision("limits")
        for arguments in (("--reason", "x" * 33), ("--reason", "two\nlines"), ("--case", "x" * 65),
                          ("--case-type", "udrp")):
            self.assertNotEqual(0, self.registry.ctl("domain", "lock", name, *arguments, check=False).returncode)
        self.expect(1300, self.gold.command('<poll op="req"/>'))
        self.assertEqual({"ok"}, {e.get("s") for e in self.expect(
            1000, self.gold.command(epp.info("domain", name))).all("domain:infData/domain:status")})
