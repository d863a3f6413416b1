"""The order of checks: a frame with two faults gets the code of the one at the earlier stage (docs/EPP.md)."""

import itertools
import re

import epp_client as epp
import postel
import result_rows as rows
from result_rows import RowsTest, ds_data, fresh, name_servers, sec_dns, status, update


class OrderTest(RowsTest):
    def pairs(self, faults, xml, extension="", client=None):
        """Each fault: stage, code, and what it does: a text or pattern to be replaced, or whose session to use. One
        that finds its text gone (the other took it) is left out of that pair."""
        made = 0
        for first, second in itertools.combinations(faults, 2):
            self.assertLessEqual(first[0], second[0], "the faults stand in their order")
            if first[0] == second[0]:
                continue
            frame, asker = epp.command(xml, extension, "ORDER-1"), client or self.gold
            fits = True
            for _, _, old, new in (second, first):
                if old is None:
                    asker = new
                else:
                    pattern = old if isinstance(old, re.Pattern) else re.compile(re.escape(old))
                    frame, count = pattern.subn(lambda _, new=new: new, frame)
                    fits = fits and count > 0
            if not fits:
                continue
            made += 1
            with self.subTest(f"stage {first[0]} before {second[0]}", codes=(first[1], second[1])):
                response = asker.ask(frame)
                self.assertEqual(first[1], response.code, f"{frame}\n{response.xml.decode()}")
        return made

    def early(self, verb, kind):
        """The faults of every command on an object, up to the schema."""
        anonymous = self.connect()
        return [
            (2, 2001, "</command>", "</comand>"),
            (3, 2001, f'<epp xmlns="{epp.EPP}">', '<epp xmlns="urn:example:epp">'),
            (4, 2000, re.compile(rf"(?<=[</]){verb}\b"), verb + "r"),
            (5, 2002, None, anonymous),
            (7, 2307, f'{kind}="{epp.NS[kind]}"', f'{kind}="urn:example:object"'),
            (7.5, 2103, "</extension>", '<x:y xmlns:x="urn:example:x"/></extension>'),
        ]

    def test_domain_create(self):
        taken = self.domain()
        barred = self.open(rows.BARRED)
        xml = epp.domain_create("order.org", "common", 1, ["ns1.example.net"])
        faults = self.early("create", "domain") + [
            (9, 2001, "</domain:create>", "<domain:more/></domain:create>"),
            (10, 2102, 'unit="y"', 'unit="m"'),
            (11, 2004, "<secDNS:keyTag>1<", "<secDNS:keyTag>65536<"),
            (11, 2005, '"tech">common', '"tech">x'),
            (12, 2302, "order.org", taken),
            (13, 2201, None, barred),
            (16, 2303, "ns1.example.net", "ns.absent.example"),
            (18, 2306, "</secDNS:dsData>", "</secDNS:dsData>" + ds_data(1)),
            (19, 2104, None, self.open(rows.POOR)),
        ]
        # Whoever may not, cannot afford it either: the second session is that of the earlier fault.
        self.assertGreater(self.pairs(faults, xml, sec_dns("create", ds_data(1))), 60)
        self.do(xml)

    def test_domain_update(self):
        name, locked = self.domain("ns1.example.net"), self.domain("ns1.example.net")
        self.do(epp.domain_update(locked, add=status("domain", "clientUpdateProhibited")))
        xml = epp.domain_update(name, add=name_servers("ns2.order.example") + status("domain", "clientHold"))
        self.do(epp.host_create("ns2.order.example"))
        faults = self.early("update", "domain") + [
            (9, 2001, "</domain:update>", "<domain:more/></domain:update>"),
            (10, 2102, "<secDNS:update ", '<secDNS:update urgent="1" '),
            (11, 2005, "clientHold", "clientFoo"),
            (11, 2004, "clientHold", "serverHold"),
            (12, 2303, name, "absent.org"),
            (13, 2201, None, self.silver),
            (14, 2304, name, locked),
            (16, 2303, "ns2.order.example", "ns.absent.example"),
            (18, 2306, "</domain:add>", f"</domain:add><domain:rem>{status('domain', 'clientHold')}</domain:rem>"),
        ]
        every = "<secDNS:rem><secDNS:all>true</secDNS:all></secDNS:rem>"
        self.assertGreater(self.pairs(faults, xml, sec_dns("update", every)), 55)

    def test_domain_renew(self):
        name, locked = self.domain(years=5), self.domain(years=5)
        date = self.expiry(name)[:10]
        self.do(epp.domain_update(locked, add=status("domain", "clientRenewProhibited")))
        faults = [fault for fault in self.early("renew", "domain") if fault[0] != 7.5] + [
            (9, 2001, "<domain:curExpDate>", "<domain:more/><domain:curExpDate>"),
            (10, 2102, 'unit="y"', 'unit="m"'),
            (11, 2004, ">1</domain:period>", ">11</domain:period>"),
            (12, 2303, name, "absent.org"),
            (13, 2201, None, self.silver),
            (14, 2304, name, locked),
            (15, 2004, date, "2020-01-01"),
        ]
        self.assertGreater(self.pairs(faults, epp.domain_renew(name, date)), 40)

    def test_domain_delete(self):
        name, locked = self.domain(), self.domain()
        for domain in (name, locked):
            self.host(below=domain)
        self.do(epp.domain_update(locked, add=status("domain", "clientDeleteProhibited")))
        faults = [
            (12, 2303, f">{name}<", ">absent.org<"),
            (13, 2201, None, self.silver),
            (14, 2304, f">{name}<", f">{locked}<"),
            (17, 2305, "<delete>", "<delete >"),  # the host below it is there in any case
        ]
        self.assertGreater(self.pairs(faults, epp.delete("domain", name)), 4)

    def test_host_update_and_delete(self):
        used, locked = self.host(), self.host()
        self.do(epp.domain_create(fresh("dom", ".org"), "common", hosts=[used, locked]), client=self.silver)
        self.do(update("host", locked, add=status("host", "clientUpdateProhibited", "clientDeleteProhibited")))
        common = [
            (12, 2303, f">{used}<", ">ns.absent.example<"),
            (13, 2201, None, self.silver),
            (14, 2304, f">{used}<", f">{locked}<"),
        ]
        lock = status("host", "clientDeleteProhibited")
        rename = update("host", used, lock, "", "<host:name>ns.renamed.example</host:name>")
        self.assertGreater(self.pairs(common + [
            (16, 2303, "ns.renamed.example", "ns.absent.org"),
            (17, 2305, "<update>", "<update >"),  # others use it in any case
            (18, 2306, "</host:add>", f"</host:add><host:rem>{lock}</host:rem>"),
        ], rename), 9)
        self.pairs(common + [(17, 2305, "<delete>", "<delete >")], epp.delete("host", used))

    def test_contact_update_and_delete(self):
        used, locked = self.contact(), self.contact()
        for contact in (used, locked):
            self.do(epp.domain_create(fresh("dom", ".org"), contact))
        self.do(update("contact", locked, add=status("contact", "clientUpdateProhibited", "clientDeleteProhibited")))
        common = [
            (12, 2303, f">{used}<", ">absent<"),
            (13, 2201, None, self.silver),
            (14, 2304, f">{used}<", f">{locked}<"),
        ]
        lock = status("contact", "clientTransferProhibited")
        self.assertGreater(self.pairs(self.early("update", "contact")[:5] + [
            (9, 2001, "</contact:update>", "<contact:more/></contact:update>"),
            (11, 2005, 's="client', 's="klient'),
        ] + common + [
            (18, 2306, "</contact:add>", f"</contact:add><contact:rem>{lock}</contact:rem>"),
        ], update("contact", used, lock)), 35)
        self.pairs(common + [(17, 2305, "<delete>", "<delete >")], epp.delete("contact", used))

    def test_info(self):
        name = self.domain()
        xml = rows.info_with("domain", name, rows.PASSWORD)
        faults = [fault for fault in self.early("info", "domain") if fault[0] != 7.5] + [
            (9, 2001, "</domain:info>", "<domain:more/></domain:info>"),
            (11, 2005, rows.PASSWORD, "x" * 129),
            (12, 2303, name, "absent.org"),
            (13, 2202, rows.PASSWORD, "wrong-2fooBAR-and-more"),
        ]
        self.assertGreater(self.pairs(faults, xml), 25)

    def test_commands_that_an_object_does_not_have(self):
        xml = rows.transfer("query", "host", "ns1.example.net")
        early = [fault for fault in self.early("transfer", "host") if fault[0] != 7.5]
        itself = (8, 2101, "<command>", "<command >")
        self.assertEqual(15, self.pairs(early + [itself], xml))
        for late in ((9, 2001, "</host:transfer>", "<host:more/></host:transfer>"),
                     (11, 2005, "ns1.example.net", "ns1..example.net"),
                     (12, 2303, "ns1.example.net", "ns.absent.example")):
            self.assertEqual(1, self.pairs([itself, late], xml))

    def test_login(self):
        anonymous = self.connect()
        faults = [
            (2, 2001, "</command>", "</comand>"),
            (3, 2001, f'<epp xmlns="{epp.EPP}">', '<epp xmlns="urn:example:epp">'),
            (4, 2000, "login>", "signin>"),
            (5, 2002, None, self.gold),
            (6.1, 2100, "1.0</version>", "2.0</version>"),
            (6.2, 2102, "<lang>en", "<lang>fr"),
            (6.3, 2307, epp.NS["host"], "urn:example:host"),
            (6.4, 2103, epp.NS["rgp"], "urn:example:rgp"),
            (9, 2001, "</svcs>", "</svcs><more/>"),
            (11, 2005, "<clID>gold", "<clID>go"),
            (13, 2200, postel.GOLD[1], "Wrong-pw-1"),
        ]
        made = self.pairs(faults, epp.login(*postel.GOLD), client=anonymous)
        self.assertGreater(made, 45)
        self.expect(1000, anonymous.login(*postel.GOLD))


def load_tests(loader, _tests, _pattern):
    return loader.loadTestsFromTestCase(OrderTest)
