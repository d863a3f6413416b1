"""Which result code when: a row for each situation of the commands, and the text of each code."""

import re
import struct
import unittest

import epp_client as epp
import postel
import result_rows as rows
from result_rows import RowsTest, ds_data, fresh, name_servers, sec_dns, status, update

LABEL_63 = "l" * 63


class SessionTest(RowsTest):
    """Greeting, hello, login, logout."""

    def refuse(self, name, code, xml, certificate="gold", extension=""):
        """At a connection of its own, since refusals there are counted."""
        with self.subTest(name):
            response = self.connect(certificate).command(xml, extension)
            self.assertEqual((code, rows.MESSAGES[code]), rows.result(response), response.xml)

    def test_hello(self):
        client = self.connect()
        for state in ("before login", "after login"):
            with self.subTest(state):
                answer = client.ask(epp.HELLO)
                self.assertTrue(answer.is_greeting)
                self.assertIsNone(answer.tree.find("epp:response", epp.NS))
                self.assertIsNone(answer.server_id)
            client.login(*postel.GOLD)

    def test_logins_that_are_not_let_in(self):
        for name, certificate, account in (
            ("unknown client", "gold", ("nobody", postel.GOLD[1])),
            ("wrong password", "gold", ("gold", "Wrong-pw-1")),
            ("certificate of another", "silver", postel.GOLD),
            ("certificate of nobody", "nobody", postel.GOLD),
            ("certificate of an unknown authority", self.registry.foreign_certificate, postel.GOLD),
            ("no certificate", None, postel.GOLD),
            ("suspended, wrong password", "nobody", (rows.SUSPENDED[0], "Wrong-pw-1")),
        ):
            self.refuse(name, 2200, epp.login(*account), certificate)
        self.refuse("account suspended", 2201, epp.login(*rows.SUSPENDED), "nobody")

    def test_repeated_failures_end_the_session(self):
        client = self.connect()
        for code in (2200, 2200, 2501):
            self.expect(code, client.login("gold", "Wrong-pw-1"))
        self.assertTrue(client.at_end())

    def test_login_while_logged_in(self):
        self.row("right", 2002, epp.login(*postel.GOLD))
        self.row("wrong", 2002, epp.login("gold", "Wrong-pw-1"))
        self.row("the session goes on", 1000, epp.check("domain", "free.org"))

    def test_services_of_a_login(self):
        right = epp.login(*postel.GOLD)
        self.refuse("version", 2100, right.replace("1.0</version>", "2.0</version>"))
        self.refuse("language", 2102, right.replace("<lang>en", "<lang>fr"))
        self.refuse("objURI", 2307, right.replace(epp.NS["host"], "urn:example:host"))
        self.refuse("extURI", 2103, right.replace(epp.NS["rgp"], "urn:example:rgp"))

    def test_extensions_that_a_login_left_out_are_not_in_answers(self):
        name = self.domain(extension=sec_dns("create", ds_data(1)))
        client = self.connect()
        self.expect(1000, client.login(*postel.GOLD, extensions=[]))
        self.assertIsNone(self.info("domain", name, client).tree.find(".//epp:extension", epp.NS))

    def test_new_passwords(self):
        self.refuse("against policy", 2306, epp.login(*postel.GOLD, new_password="aaaaaaaa"))
        self.refuse("with a wrong password", 2200, epp.login("gold", "Wrong-pw-1", "Other-pw-1"))
        self.refuse("with an unknown extURI", 2103, epp.login(*postel.GOLD, "Other-pw-2", extensions=["urn:x"]))
        for new in ("aaaaaaaa", "Other-pw-1", "Other-pw-2"):
            self.refuse("was not changed", 2200, epp.login("gold", new))

    def test_too_many_sessions(self):
        self.open(rows.SINGLE)
        self.refuse("one more", 2502, epp.login(*rows.SINGLE), "nobody")

    def test_logout(self):
        client = self.log_in()
        self.expect(1500, client.command(epp.LOGOUT))
        client.socket.suppress_ragged_eofs = False  # an end without close_notify would be an SSLEOFError
        self.assertEqual(b"", client.socket.recv(1))

    def test_commands_before_a_login(self):
        for name, xml in (("check", epp.check("domain", "free.org")), ("info", epp.info("domain", "free.org")),
                          ("create", epp.contact_create("early1")), ("renew", epp.domain_renew("a.org", "2030-01-01")),
                          ("transfer", rows.transfer("query", "domain", "a.org")), ("poll", epp.POLL),
                          ("update", update("host", "a.org", chg="")), ("delete", epp.delete("host", "a.org")),
                          ("logout", epp.LOGOUT)):
            self.refuse(name, 2002, xml)

    def test_what_is_no_frame(self):
        for length in (0, 4, 65537, 1 << 30):
            with self.subTest(length=length):
                client = self.log_in()
                client.send_bytes(struct.pack(">I", length))
                self.expect(2001, client.receive())
                self.assertTrue(client.at_end())


class CheckTest(RowsTest):
    def test_domains(self):
        taken = self.domain()
        self.assert_availability("domain", [
            ("free.org", True), (taken, False), ("nic.org", False), ("-bad-.org", False), ("a_b.org", False),
            ("xn--zzzz.org", False), ("x.example", False), ("a.b.org", False), ("org", False),
            (LABEL_63 + "l.org", False), ("free.org", True), ("free.thin", True)])

    def test_hosts(self):
        taken = self.host()
        self.assert_availability("host", [
            ("free.example.net", True), (taken, False), ("-bad-.example.net", False), ("a..example.net", False),
            ("ns.absent.org", True), ("free.example.net", True)])

    def test_contacts(self):
        taken = self.contact()
        self.assert_availability("contact", [("free01", True), (taken, False), ("free02", True)])
        self.row("malformed", 2005, epp.check("contact", "free01", "x"))
        self.row("too long", 2005, epp.check("contact", "c" * 17))

    def test_too_many_names(self):
        for kind, tail in (("domain", ".org"), ("host", ".example.net"), ("contact", "")):
            names = [f"many{n}{tail}" for n in range(51)]
            with self.subTest(kind):
                self.do(epp.check(kind, *names[:50]))
                self.do(epp.check(kind, *names), 2306)


class InfoTest(RowsTest):
    def test_unknown(self):
        self.row("domain", 2303, epp.info("domain", "absent.org"))
        self.row("domain, other TLD", 2303, epp.info("domain", "absent.example"))
        self.row("host", 2303, epp.info("host", "ns.absent.example"))
        self.row("contact", 2303, epp.info("contact", "absent"))

    def test_a_domain_and_who_asks(self):
        name = self.domain("ns1.example.net")
        sponsor = self.row("sponsor", 1000, epp.info("domain", name))
        self.assertEqual("common", sponsor.text("domain:infData/domain:registrant"))
        self.assertEqual([], sponsor.all("domain:authInfo"), "RFC 9154: write-only")
        other = self.row("another", 1000, epp.info("domain", name), client=self.silver)
        self.assertEqual([], other.all("domain:authInfo") + other.all("domain:registrant"))
        full = self.row("another, right authInfo", 1000, rows.info_with("domain", name, rows.PASSWORD),
                        client=self.silver)
        self.assertEqual("common", full.text("domain:infData/domain:registrant"))
        for who, client in (("sponsor", self.gold), ("another", self.silver)):
            wrong = rows.info_with("domain", name, "wrong-2fooBAR-and-more")
            self.row(f"{who}, wrong authInfo", 2202, wrong, client=client)
        unset = self.domain(password="")
        self.row("empty authInfo, none is set", 2202, rows.info_with("domain", unset, ""), client=self.silver)

    def test_a_contact_and_who_asks(self):
        name = self.contact()
        right = rows.info_with("contact", name, "Contact-2fooBAR-and-more")
        wrong = rows.info_with("contact", name, "wrong-2fooBAR-and-more")
        self.assertIsNotNone(self.row("sponsor", 1000, epp.info("contact", name)).text("contact:email"))
        self.row("another", 2201, epp.info("contact", name), client=self.silver)
        self.row("another, right authInfo", 1000, right, client=self.silver)
        self.row("another, wrong authInfo", 2202, wrong, client=self.silver)
        self.row("sponsor, wrong authInfo", 2202, wrong)

    def test_a_host_is_public(self):
        self.row("another", 1000, epp.info("host", self.host()), client=self.silver)

    def test_which_hosts(self):
        name = self.domain()
        own, unused = self.host(below=name), self.host(below=name)
        self.do(epp.domain_update(name, add=name_servers("ns1.example.net", own)))
        for hosts, delegated, subordinate in (("all", True, True), ("del", True, False), ("sub", False, True),
                                              ("none", False, False), (None, True, True)):
            xml = epp.info("domain", name)
            if hosts:
                xml = xml.replace("<domain:name>", f'<domain:name hosts="{hosts}">')
            response = self.row(hosts or "default", 1000, xml)
            self.assertEqual(sorted(["ns1.example.net", own]) if delegated else [],
                             sorted(h.text for h in response.all("domain:hostObj")))
            self.assertEqual(sorted([own, unused]) if subordinate else [],
                             sorted(h.text for h in response.all("domain:infData/domain:host")))

    def test_statuses_are_never_empty(self):
        def shown(kind, name):
            return sorted(rows.statuses(self.info(kind, name)))

        contact, host = self.contact(), self.host()
        self.assertEqual(["ok"], shown("contact", contact))
        self.assertEqual(["ok"], shown("host", host))
        name = fresh("dom", ".org")
        self.do(epp.domain_create(name, contact))
        self.assertEqual(["inactive"], shown("domain", name))
        self.do(epp.domain_update(name, add=name_servers(host)))
        self.assertEqual(["ok"], shown("domain", name))
        self.assertEqual(["linked", "ok"], shown("contact", contact))
        self.assertEqual(["linked", "ok"], shown("host", host))
        self.do(update("host", host, add=status("host", "clientDeleteProhibited")))
        self.assertEqual(["clientDeleteProhibited", "linked"], shown("host", host))
        self.do(epp.domain_update(name, add=status("domain", "clientHold")))
        self.assertEqual(["clientHold"], shown("domain", name))

    def test_rgp_statuses(self):
        name = self.domain()
        self.assertEqual(["addPeriod"], rows.rgp_statuses(self.info("domain", name)))
        self.do(epp.domain_renew(name, self.expiry(name)[:10]))
        self.assertEqual(["addPeriod", "renewPeriod"], sorted(rows.rgp_statuses(self.info("domain", name))))


class DomainCreateTest(RowsTest):
    def create(self, name=None, *arguments, **options):
        return epp.domain_create(name or fresh("dom", ".org"), "common", *arguments, **options)

    def test_names(self):
        for what, name in (("hyphen first", "-a.org"), ("hyphen last", "a-.org"), ("underscore", "a_b.org"),
                           ("empty label", "a..org"), ("dot last", "a.org."), ("space", "a b.org"),
                           ("hyphens in 3 and 4", "ab--cd.org"), ("no Punycode", "xn--zzzz.org"),
                           ("label of 64", LABEL_63 + "l.org"), ("no TLD", "label"), ("not ASCII", "m\u00fcller.org")):
            self.row(what, 2005, self.create(name))
        self.row("two labels below the TLD", 2306, self.create("a.b.org"))
        self.row("the TLD itself", 2005, self.create("org"))
        self.row("other TLD", 2306, self.create("a.example"))
        self.row("reserved", 2306, self.create("nic.org"))
        self.row("label of 63", 1000, self.create(LABEL_63 + ".org"))
        self.row("valid Punycode", 1000, self.create("xn--mller-kva.org"))
        self.row("in no IDN table", 2306, self.create("xn--e1afmkfd.org"))

    def test_existing(self):
        mine, theirs = self.domain(), self.domain(client=self.silver)
        self.row("mine", 2302, self.create(mine))
        self.row("another's", 2302, self.create(theirs))
        self.row("in other letters", 2302, self.create(mine.upper()))

    def test_periods(self):
        for years in (0, 11, 99, -1, 65536):
            self.row(f"{years} years", 2004, self.create(None, years))
        for years in ("", "1.5", "one"):
            self.row(f"{years} years", 2005, self.create(None, years))
        for months in (12, 5):
            self.row("months", 2102, self.create(None, months).replace('unit="y"', 'unit="m"'))
        name = fresh("dom", ".org")
        created = self.row("none", 1000, rows.without_period(self.create(name)))
        dates = [int(created.text(f"domain:creData/domain:{date}")[:4]) for date in ("crDate", "exDate")]
        self.assertEqual(1, dates[1] - dates[0])
        self.row("10 years", 1000, self.create(None, 10))

    def test_references(self):
        host = "<domain:hostObj>ns.absent.example</domain:hostObj>"
        self.row("registrant unknown", 2303, epp.domain_create("ref1.org", "absent"))
        self.row("contact unknown", 2303, self.create("ref2.org").replace('"tech">common', '"tech">absent'))
        self.row("host unknown", 2303, self.create("ref3.org", hosts=["ns.absent.example"]))
        self.row("second host unknown", 2303, self.create("ref4.org", hosts=["ns1.example.net"]).replace(
            "</domain:ns>", host + "</domain:ns>"))
        self.row("host of another registrar", 1000, self.create(hosts=[self.host(client=self.silver)]))

    def test_data_models(self):
        registrant = "<domain:registrant>common</domain:registrant>"
        self.row("maximum, no registrant", 2003, self.create("model.org").replace(registrant, ""))
        bare = re.sub("<domain:contact .*?</domain:contact>", "", self.create("model.thin"), flags=re.S)
        self.row("minimum, registrant", 2306, bare)
        self.row("minimum, contacts", 2306, self.create("model.thin").replace(registrant, ""))
        self.row("minimum, neither", 1000, bare.replace(registrant, ""))

    def test_name_servers(self):
        hosts = [self.host() for _ in range(14)]
        attributes = "<domain:hostAttr><domain:hostName>ns1.example.net</domain:hostName></domain:hostAttr>"
        one = self.create("ns1.org", hosts=["ns1.example.net"])
        host = "<domain:hostObj>ns1.example.net</domain:hostObj>"
        self.row("attributes", 2306, one.replace(host, attributes))
        self.row("both forms", 2001, one.replace(host, host + attributes))
        self.row("14", 2306, self.create("ns2.org", hosts=hosts))
        self.row("the same twice", 2306, self.create("ns3.org", hosts=["ns1.example.net"] * 2))
        self.row("13", 1000, self.create(hosts=hosts[:13]))
        name = self.domain()
        bare = self.host()
        renamed = fresh("bare", "." + name)
        self.do(update("host", bare, chg=f"<host:name>{renamed}</host:name>"))
        self.row("in-zone without address", 2306, self.create("ns4.org", hosts=[renamed]))

    def test_sec_dns(self):
        def row(what, codes, inner):
            self.row(what, codes, self.create(fresh("sec", ".org")), extension=sec_dns("create", inner))

        row("unassigned algorithm", 2004, ds_data(1, algorithm=0))
        row("reserved algorithm", 2004, ds_data(1, algorithm=255))
        row("unassigned digest type", 2004, ds_data(1, digest_type=99))
        row("digest of another type's length", 2005, ds_data(1, digest=rows.DIGEST[:40]))
        row("digest of odd length", 2005, ds_data(1, digest=rows.DIGEST[1:]))
        row("key tag beyond 65535", 2004, ds_data(65536))
        row("dsData and keyData", 2001, ds_data(1) + rows.KEY_DATA)
        row("keyData instead of dsData", 2306, rows.KEY_DATA)
        row("keyData in dsData", 2306, ds_data(1).replace("</secDNS:dsData>", rows.KEY_DATA + "</secDNS:dsData>"))
        row("maxSigLife", 2102, "<secDNS:maxSigLife>604800</secDNS:maxSigLife>" + ds_data(1))
        row("the same twice", 2306, ds_data(1, 1))
        row("nine", 2306, ds_data(*range(9)))
        row("neither", 2001, "")
        row("eight", 1000, ds_data(*range(8)))

    def test_fees(self):
        fee = ('<fee:create xmlns:fee="urn:ietf:params:xml:ns:epp:fee-1.0"><fee:currency>{}</fee:currency>'
               '<fee:fee>{}</fee:fee></fee:create>')
        self.row("too low", 2004, self.create("fee.org"), extension=fee.format("USD", "1.00"))
        self.row("wrong currency", 2004, self.create("fee.org"), extension=fee.format("EUR", "9.00"))
        self.row("enough", 1000, self.create("fee.org"), extension=fee.format("USD", "9.00"))

    def test_credit(self):
        poor = self.open(rows.POOR)
        self.row("not enough", 2104, self.create("credit.org", 2), client=poor)
        self.row("just enough", 1000, self.create("credit.org"), client=poor)
        self.row("none left", 2104, self.create("credit2.org"), client=poor)
        renewal = epp.domain_renew("credit.org", self.expiry("credit.org")[:10])
        self.row("none left for a renewal", 2104, renewal, client=poor)

    def test_access_to_the_tld(self):
        barred = self.open(rows.BARRED)
        self.row("not allowed", 2201, self.create("access.org"), client=barred)

    def test_authorization_information(self):
        self.row("empty", 1000, self.create(password=""))
        self.row("missing", 2001, re.sub("<domain:authInfo>.*</domain:authInfo>", "", self.create("auth.org")))
        self.row("too long", 2005, self.create("auth.org", password="x" * 129))

    def test_two_at_once(self):
        sessions = [self.gold, self.silver, self.log_in(), self.log_in(postel.SILVER)]
        for number in range(10):
            with self.subTest(number):
                name = fresh("race", ".org")
                for client in sessions:
                    client.send(epp.command(self.create(name)))
                codes = sorted(client.receive().code for client in sessions)
                self.assertEqual([1000, 2302, 2302, 2302], codes)


class DomainUpdateTest(RowsTest):
    def setUp(self):
        self.name = self.domain("ns1.example.net", extension=sec_dns("create", ds_data(1, 2)))

    def update(self, what, codes, add="", rem="", chg="", **options):
        return self.row(what, codes, epp.domain_update(self.name, add, rem, chg), **options)

    def shown_ds(self):
        return [d.text for d in self.info("domain", self.name).all("secDNS:dsData/secDNS:keyTag")]

    def test_nothing_to_do(self):
        self.update("nothing", 2003)
        for part in ("add", "rem", "chg"):
            nothing = update("domain", self.name).replace("</domain:update>", f"<domain:{part}/></domain:update>")
            self.row(f"empty {part}", 2003, nothing)
        self.update("empty ns", 2001, add="<domain:ns/>")
        self.update("empty secDNS", 2003, extension=sec_dns("update", ""))

    def test_who_may(self):
        self.row("unknown", 2303, epp.domain_update("absent.org", add=status("domain", "clientHold")))
        self.update("another", 2201, add=status("domain", "clientHold"), client=self.silver)
        self.update("another, to what is there", 2201, add=name_servers("ns1.example.net"), client=self.silver)
        self.do(epp.domain_update(self.name, add=status("domain", "clientUpdateProhibited")))
        self.update("another, prohibited", 2201, add=status("domain", "clientHold"), client=self.silver)

    def test_prohibited(self):
        lock = status("domain", "clientUpdateProhibited")
        self.do(epp.domain_update(self.name, add=lock))
        self.update("by the client", 2304, add=status("domain", "clientHold"))
        self.update("by the client, with secDNS alone", 2304,
                    extension=sec_dns("update", "<secDNS:rem><secDNS:all>true</secDNS:all></secDNS:rem>"))
        self.update("taken away, with other changes", 1000, rem=lock, add=status("domain", "clientHold"))
        self.operator_sets("domain", self.name, "serverUpdateProhibited")
        self.update("by the server", 2304, add=status("domain", "clientDeleteProhibited"))
        self.update("by the server, taking the client's away", 2304, rem=lock)

    def test_statuses(self):
        for name in ("serverHold", "serverUpdateProhibited", "serverDeleteProhibited", "serverRenewProhibited",
                     "serverTransferProhibited", "pendingCreate", "pendingDelete", "pendingRenew", "pendingTransfer",
                     "pendingUpdate", "ok", "inactive", "linked"):
            codes = 2004 if name != "linked" else (2004, 2005)  # no status of domains
            self.update(f"add {name}", codes, add=status("domain", name))
            self.update(f"rem {name}", codes, rem=status("domain", name))
        self.update("no status", 2005, add=status("domain", "clientFoo"))
        for name in ("clientHold", "clientUpdateProhibited", "clientDeleteProhibited", "clientRenewProhibited",
                     "clientTransferProhibited"):
            self.update(f"add {name}", 1000, add=status("domain", name))
            self.assertIn(name, rows.statuses(self.info("domain", self.name)))
            self.update(f"rem {name}", 1000, rem=status("domain", name))

    def test_lists(self):
        other = self.host()
        hold = status("domain", "clientHold")
        tech = '<domain:contact type="tech">common</domain:contact>'
        billing = '<domain:contact type="billing">common</domain:contact>'
        ds = {part: sec_dns("update", f"<secDNS:{part}>{ds_data(1)}</secDNS:{part}>") for part in ("add", "rem")}
        self.update("add a name server that is there", 2306, add=name_servers("ns1.example.net"))
        self.update("rem a name server that is not there", 2306, rem=name_servers(other))
        self.update("the same name server in both", 2306, add=name_servers(other), rem=name_servers(other))
        self.update("the same name server twice", 2306, add=name_servers(other, other))
        self.update("add a contact that is there", 2306, add=tech)
        self.update("rem a contact that is not there", 2306, rem=billing)
        self.update("the same contact in both", 2306, add=tech, rem=tech)
        self.update("rem a status that is not there", 2306, rem=hold)
        self.update("the same status in both", 2306, add=hold, rem=hold)
        self.update("the same status twice", 2306, add=hold + hold)
        self.update("add a DS record that is there", 2306, extension=ds["add"])
        self.update("rem a DS record that is not there", 2306, extension=ds["rem"].replace(">1<", ">7<"))
        self.do(epp.domain_update(self.name, add=hold))
        self.update("add a status that is there", 2306, add=hold)

    def test_references(self):
        self.update("unknown host", 2303, add=name_servers("ns.absent.example"))
        self.update("unknown contact", 2303, add='<domain:contact type="billing">absent</domain:contact>')
        self.update("unknown registrant", 2303, chg="<domain:registrant>absent</domain:registrant>")
        self.update("no registrant any more", 2306, chg="<domain:registrant/>")
        bare, renamed = self.host(), fresh("bare", "." + self.name)
        self.do(update("host", bare, chg=f"<host:name>{renamed}</host:name>"))
        self.update("in-zone host without address", 2306, add=name_servers(renamed))
        self.update("host attributes", 2306, add="<domain:ns><domain:hostAttr><domain:hostName>ns2.example.net"
                    "</domain:hostName></domain:hostAttr></domain:ns>")

    def test_numbers(self):
        hosts = [self.host() for _ in range(13)]
        self.update("14 name servers", 2306, add=name_servers(*hosts))
        self.update("13 name servers", 1000, add=name_servers(*hosts[:12]))
        self.update("one for another", 1000, add=name_servers(hosts[12]), rem=name_servers(hosts[0]))
        self.update("nine DS records", 2306, extension=sec_dns(
            "update", f"<secDNS:add>{ds_data(*range(3, 10))}</secDNS:add>"))

    def test_sec_dns(self):
        every = "<secDNS:rem><secDNS:all>true</secDNS:all></secDNS:rem>"
        add = f"<secDNS:add>{ds_data(1, 3)}</secDNS:add>"
        self.update("add before rem", 2001, extension=sec_dns("update", add + every))
        self.update("all and dsData", 2001, extension=sec_dns("update", every.replace(
            "</secDNS:rem>", ds_data(1) + "</secDNS:rem>")))
        self.update("urgent", 2102, extension=sec_dns("update", every, ' urgent="true"'))
        self.update("maxSigLife", 2102, extension=sec_dns(
            "update", "<secDNS:chg><secDNS:maxSigLife>1000</secDNS:maxSigLife></secDNS:chg>"))
        self.update("keyData", 2306, extension=sec_dns("update", f"<secDNS:add>{rows.KEY_DATA}</secDNS:add>"))
        self.assertEqual(["1", "2"], self.shown_ds())
        self.update("all, then add", 1000, extension=sec_dns("update", every + add))
        self.assertEqual(["1", "3"], self.shown_ds())
        self.update("not urgent, all of none", 1000, extension=sec_dns("update", every, ' urgent="false"'))
        self.assertEqual([], self.shown_ds())

    def test_authorization_information(self):
        self.update("too long", 2005, chg=rows.set_password("domain", "x" * 129))
        self.update("null", 1000, chg="<domain:authInfo><domain:null/></domain:authInfo>")
        self.row("none is left", 2202, rows.info_with("domain", self.name, rows.PASSWORD), client=self.silver)


class DomainRenewTest(RowsTest):
    def renew(self, what, codes, name, date=None, years=1, **options):
        return self.row(what, codes, epp.domain_renew(name, date or self.expiry(name)[:10], years), **options)

    def test_renewals(self):
        name = self.domain()
        before = self.expiry(name)
        day = f"{before[:8]}{int(before[8:10]) % 28 + 1:02}"
        self.renew("another day", 2004, name, day)
        self.renew("another year", 2004, name, f"{int(before[:4]) + 1}{before[4:10]}")
        self.renew("another zone", 2004, name, before[:10] + "+05:00")
        self.renew("no date", 2005, name, "soon")
        self.renew("not in the calendar", 2005, name, "2027-02-30")
        for years in (0, 11, 99):
            self.renew(f"{years} years", 2004, name, years=years)
        self.renew("beyond 10 years", 2004, name, years=10)
        self.row("months", 2102, epp.domain_renew(name, before[:10], 12).replace('unit="y"', 'unit="m"'))
        self.renew("unknown", 2303, "absent.org", before[:10])
        self.renew("another", 2201, name, client=self.silver)
        self.renew("another, wrong date", 2201, name, day, client=self.silver)
        renewed = self.renew("right", 1000, name, before[:10], 2)
        self.assertEqual(name, renewed.text("domain:renData/domain:name"))
        expires = renewed.text("domain:renData/domain:exDate")
        self.assertEqual((int(before[:4]) + 2, expires), (int(expires[:4]), self.expiry(name)))
        self.assertIn("renewPeriod", rows.rgp_statuses(self.info("domain", name)))
        self.renew("the same again", 2004, name, before[:10], 2)
        self.row("without a period: one year", 1000, rows.without_period(epp.domain_renew(name, expires[:10])))
        self.assertEqual(int(before[:4]) + 3, int(self.expiry(name)[:4]))

    def test_prohibited(self):
        name = self.domain()
        self.do(epp.domain_update(name, add=status("domain", "clientRenewProhibited")))
        self.renew("by the client", 2304, name)
        self.renew("by the client, wrong date", 2304, name, "2020-01-01")
        self.do(epp.domain_update(name, rem=status("domain", "clientRenewProhibited")))
        self.operator_sets("domain", name, "serverRenewProhibited")
        self.renew("by the server", 2304, name)


class DomainDeleteTest(RowsTest):
    def test_in_the_add_grace_period(self):
        name = self.domain()
        self.row("unknown", 2303, epp.delete("domain", "absent.org"))
        self.row("another", 2201, epp.delete("domain", name), client=self.silver)
        self.row("gone at once", 1000, epp.delete("domain", name))
        self.row("gone", 2303, epp.info("domain", name))
        self.row("free again", 1000, epp.domain_create(name, "common"), client=self.silver)

    def test_subordinate_hosts(self):
        name = self.domain()
        host = self.host(below=name)
        self.row("exist", 2305, epp.delete("domain", name), also=[("host", host)])
        self.do(epp.domain_update(name, add=name_servers(host)))
        self.row("in use", 2305, epp.delete("domain", name), also=[("host", host)])

    def test_prohibited(self):
        name = self.domain()
        self.do(epp.domain_update(name, add=status("domain", "clientDeleteProhibited")))
        self.row("by the client", 2304, epp.delete("domain", name))
        self.row("another", 2201, epp.delete("domain", name), client=self.silver)
        self.do(epp.domain_update(name, rem=status("domain", "clientDeleteProhibited")))
        self.operator_sets("domain", name, "serverDeleteProhibited")
        self.row("by the server", 2304, epp.delete("domain", name))


class LaterDomainTest(rows.LaterTest):
    """What needs days to pass: redemption, pending delete, auto-renewal."""

    def test_redemption_and_what_is_prohibited_in_it(self):
        name = self.domain("ns1.example.net", years=2)
        expiry = self.expiry(name)[:10]
        self.later("+6d")
        self.assertEqual([], rows.rgp_statuses(self.info("domain", name)))
        self.row("delete", 1001, epp.delete("domain", name))
        info = self.info("domain", name)
        self.assertEqual((["pendingDelete"], ["redemptionPeriod"]), (rows.statuses(info), rows.rgp_statuses(info)))
        for phase in ("redemptionPeriod", "pendingDelete"):
            info = self.info("domain", name)
            self.assertEqual((["pendingDelete"], [phase]), (rows.statuses(info), rows.rgp_statuses(info)))
            self.row(f"{phase}: create", 2302, epp.domain_create(name, "common"))
            self.row(f"{phase}: create by another", 2302, epp.domain_create(name, "common"), client=self.silver)
            self.row(f"{phase}: delete", 2304, epp.delete("domain", name))
            self.row(f"{phase}: renew", 2304, epp.domain_renew(name, expiry))
            self.row(f"{phase}: update", 2304, epp.domain_update(name, add=status("domain", "clientHold")))
            self.row(f"{phase}: update by another", 2201, client=self.silver,
                     xml=epp.domain_update(name, add=status("domain", "clientHold")))
            self.row(f"{phase}: host below", 2304, epp.host_create("ns." + name, "192.0.2.1"))
            self.assert_availability("domain", [(name, False)])
            self.later("+31d")
        self.row("purged", 2303, epp.info("domain", name))
        self.row("free again", 1000, epp.domain_create(name, "common"))

    def test_auto_renewal(self):
        name = self.domain()
        expires = self.expiry(name)
        self.later("+366d")
        self.assertEqual(int(expires[:4]) + 1, int(self.expiry(name)[:4]))
        self.assertIn("autoRenewPeriod", rows.rgp_statuses(self.info("domain", name)))
        self.row("the old date", 2004, epp.domain_renew(name, expires[:10]))


class HostTest(RowsTest):
    def test_create(self):
        name, theirs = self.domain(), self.domain(client=self.silver)
        for what, host in (("empty label", "ns..example.net"), ("hyphen", "-ns.example.net"), ("one label", "ns"),
                           ("underscore", "n_s.example.net"), ("not ASCII", "n\u00fc.example.net"),
                           ("label of 64", LABEL_63 + "l.example.net")):
            self.row(what, 2005, epp.host_create(host))
        self.row("exists", 2302, epp.host_create(self.host()))
        self.row("exists, another's", 2302, epp.host_create(self.host(client=self.silver)))
        self.row("no superordinate domain", 2303, epp.host_create("ns.absent.org", "192.0.2.1"))
        self.row("another's superordinate domain", 2201, epp.host_create("ns." + theirs, "192.0.2.1"))
        self.row("in-zone, no address", 2003, epp.host_create("ns." + name))
        self.row("external with address", 2306, epp.host_create("ns9.example.net", "192.0.2.1"))
        self.row("the same address twice", 2306, epp.host_create("ns." + name, "192.0.2.1", "192.0.2.1"))
        self.row("external", 1000, epp.host_create("ns9.example.net"))
        self.row("in-zone", 1000, epp.host_create("ns." + name, "192.0.2.1", "2001:db8::1"))

    def test_another_s_superordinate_domain_without_addresses(self):
        theirs = self.domain(client=self.silver)
        self.row("no address", (2201, 2003), epp.host_create("ns." + theirs))

    def test_addresses(self):
        name = self.domain()
        for address in ("1.2.3", "1.2.3.256", "1.2.3.4.5", "01.2.3.4", "a.b.c.d", "", "1.2.3.4 ,", "2001:db8::1::2",
                        "2001:db8::g", "1:2:3:4:5:6:7:8:9", "fe80::1%eth0"):
            self.row(f"malformed {address}", 2005, epp.host_create("bad." + name, address))
        for address in ("0.0.0.0", "127.0.0.1", "169.254.1.1", "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1",
                        "ff02::1", "::ffff:192.0.2.1"):
            self.row(f"unusable {address}", 2004, epp.host_create("bad." + name, address))
        for family, address in (("v4", "2001:db8::1"), ("v6", "192.0.2.1")):
            wrong = re.sub('ip="v."', f'ip="{family}"', epp.host_create("bad." + name, address))
            self.row(f"{address} as {family}", 2005, wrong)
        host = self.host(below=name)
        self.row("malformed in an update", 2005, update("host", host, add='<host:addr ip="v4">1.2.3</host:addr>'))
        self.row("unusable in an update", 2004, update("host", host, add='<host:addr ip="v6">::1</host:addr>'))

    def test_update(self):
        host = self.host(below=self.domain())
        address, other = '<host:addr ip="v4">192.0.2.1</host:addr>', '<host:addr ip="v4">192.0.2.2</host:addr>'
        lock = status("host", "clientUpdateProhibited")
        self.row("unknown", 2303, update("host", "ns.absent.example", add=lock))
        self.row("another", 2201, update("host", host, add=lock), client=self.silver)
        self.row("nothing", 2003, update("host", host))
        self.row("the last address", 2306, update("host", host, rem=address))
        self.row("an address that is there", 2306, update("host", host, add=address))
        self.row("an address that is not there", 2306, update("host", host, rem=other))
        self.row("an address in both", 2306, update("host", host, add=other, rem=other))
        self.row("address of an external host", 2306, update("host", self.host(), add=address))
        for name in ("serverUpdateProhibited", "serverDeleteProhibited", "ok", "linked", "pendingDelete"):
            self.row(name, 2004, update("host", host, add=status("host", name)))
        self.row("no status", 2005, update("host", host, add=status("host", "clientFoo")))
        self.row("a status that is not there", 2306, update("host", host, rem=lock))
        self.row("one address for another", 1000, update("host", host, add=other, rem=address))
        self.row("prohibit", 1000, update("host", host, add=lock))
        self.row("prohibited by the client", 2304, update("host", host, add=address))
        self.row("no longer", 1000, update("host", host, rem=lock))
        self.operator_sets("host", host, "serverUpdateProhibited")
        self.row("prohibited by the server", 2304, update("host", host, add=address))

    def rename(self, what, codes, old, new, **options):
        return self.row(what, codes, update("host", old, chg=f"<host:name>{new}</host:name>"),
                        also=[("host", new)], **options)

    def test_rename(self):
        domain, theirs = self.domain(), self.domain(client=self.silver)
        external, inside = self.host(), self.host(below=domain)
        self.rename("to an existing one", 2302, external, self.host())
        self.rename("to itself", 2302, external, external)
        self.rename("below another's domain", 2201, external, "ns." + theirs)
        self.rename("below a missing domain", 2303, external, "ns.absent.org")
        self.rename("malformed", 2005, external, "ns..example.net")
        self.rename("out of the zone with its addresses", 2306, inside, fresh("ns", ".example.net"))
        self.do(epp.domain_create(fresh("dom", ".org"), "common", hosts=[external]), client=self.silver)
        self.rename("external, used by others", 2305, external, fresh("ns", ".example.net"))
        self.do(epp.domain_update(domain, add=name_servers(inside)))
        new = fresh("ns", "." + domain)
        self.rename("in-zone, in use", 1000, inside, new)
        shown = [h.text for h in self.info("domain", domain).all("domain:hostObj")]
        self.assertEqual([new], shown)
        self.rename("unknown by its old name", 2303, inside, fresh("ns", ".example.net"))

    def test_delete(self):
        host = self.host()
        lock = status("host", "clientDeleteProhibited")
        self.row("unknown", 2303, epp.delete("host", "ns.absent.example"))
        self.row("another", 2201, epp.delete("host", host), client=self.silver)
        self.do(update("host", host, add=lock))
        self.row("prohibited by the client", 2304, epp.delete("host", host))
        self.do(update("host", host, rem=lock))
        name = self.domain(host)
        self.row("linked", 2305, epp.delete("host", host))
        self.do(epp.domain_update(name, rem=name_servers(host)))
        self.operator_sets("host", host, "serverDeleteProhibited")
        self.row("prohibited by the server", 2304, epp.delete("host", host))
        self.row("right", 1000, epp.delete("host", self.host()))

    def test_commands_that_hosts_do_not_have(self):
        host = self.host()
        for operation in ("request", "query", "approve", "reject", "cancel"):
            self.row(f"transfer {operation}", 2101, rows.transfer(operation, "host", host))
        self.row("renew", 2101, epp.on_object("renew", "host", f"<host:name>{host}</host:name>"))


class ContactTest(RowsTest):
    def create(self, old="", new="", name=None):
        xml = epp.contact_create(name or fresh("con"))
        if old and old not in xml:
            raise AssertionError(old)
        return xml.replace(old, new, 1) if old else xml

    def test_create(self):
        self.row("exists", 2302, self.create(name=self.contact()))
        self.row("exists, another's", 2302, self.create(name=self.contact(client=self.silver)))
        for name in ("ab", "c" * 17):
            self.row(f"id {name}", 2005, self.create(name=name))
        for country in ("XX", "U", "USA", "us", ""):
            self.row(f"cc {country}", 2005, self.create("<contact:cc>US", f"<contact:cc>{country}"))
        for email in ("example", "example.example", "@example.com", "@", "a@b@example.com", "a b@example.com", "a@",
                      "x" * 65 + "@example.com", ""):
            self.row(f"email {email}", 2005, self.create("jdoe@example.com", email))
        for phone in ("+12345", "+1111.1", "55", "+1.", "+1.123456789012345", "+1.a", "+a.1", ""):
            self.row(f"voice {phone}", 2005, self.create("+1.7035555555", phone))
        self.row("extension of a phone", 2005, self.create("<contact:voice>", '<contact:voice x="a">'))
        for element, text in (("name", "Jon Doe"), ("city", "Dulles")):
            for what, bad in (("empty", ""), ("blank", " "), ("too long", "x" * 256), ("control", "a\u0085b")):
                self.row(f"{what} {element}", 2005, self.create(f"<contact:{element}>{text}",
                                                                f"<contact:{element}>{bad}"))
        self.row("too long street", 2005, self.create("123 Example Dr.", "x" * 256))
        self.row("too long pc", 2005, self.create("20166", "1" * 17))
        self.row("int, not ASCII", 2005, self.create("Dulles", "M\u00fcnchen"))
        self.row("loc, not ASCII", 1000, self.create("Dulles", "M\u00fcnchen").replace('"int"', '"loc"'))
        for kind in ("tni", ""):
            self.row(f"postalInfo {kind}", 2001, self.create('"int"', f'"{kind}"'))

    def test_two_of_one_type(self):
        xml = self.create()
        postal = re.search("<contact:postalInfo.*</contact:postalInfo>", xml, re.S).group()
        self.row("int twice", 2001, xml.replace(postal, postal + postal))
        self.row("int and loc", 1000, xml.replace(postal, postal + postal.replace('"int"', '"loc"')))

    def test_disclose(self):
        disclose = '<contact:disclose flag="0"><contact:voice/></contact:disclose>'
        self.row("is kept", 1000, self.create("</contact:create>", disclose + "</contact:create>"))
        self.row("nothing named", (2001, 2003), update("contact", "common", chg='<contact:disclose flag="1"/>'))

    def test_access(self):
        name = self.contact()
        change = "<contact:email>new@example.com</contact:email>"
        self.row("info by another", 2201, epp.info("contact", name), client=self.silver)
        self.row("update by another", 2201, update("contact", name, chg=change), client=self.silver)
        self.row("delete by another", 2201, epp.delete("contact", name), client=self.silver)
        self.row("update of an unknown one", 2303, update("contact", "absent", chg=change))
        self.row("delete of an unknown one", 2303, epp.delete("contact", "absent"))

    def test_update(self):
        name = self.contact()
        locks = ("clientUpdateProhibited", "clientDeleteProhibited", "clientTransferProhibited")
        self.row("nothing", 2003, update("contact", name))
        self.row("empty chg", 2003, update("contact", name).replace("</contact:update>",
                                                                    "<contact:chg/></contact:update>"))
        self.row("empty add", 2001, update("contact", name).replace("</contact:update>",
                                                                    "<contact:add/></contact:update>"))
        self.row("empty postalInfo", 2003, update("contact", name, chg='<contact:postalInfo type="int"/>'))
        self.row("incomplete postalInfo of a new type", 2003, update(
            "contact", name, chg='<contact:postalInfo type="loc"><contact:org>x</contact:org></contact:postalInfo>'))
        for element in ("email", "voice", "fax"):
            self.row(f"bad {element}", 2005, update("contact", name, chg=f"<contact:{element}>x</contact:{element}>"))
        for other in ("serverUpdateProhibited", "serverDeleteProhibited", "serverTransferProhibited", "ok", "linked",
                      "pendingDelete", "pendingTransfer"):
            self.row(other, 2004, update("contact", name, add=status("contact", other)))
        self.row("no status", 2005, update("contact", name, add=status("contact", "clientFoo")))
        for lock in locks:
            self.row(f"rem {lock}, which is not there", 2306, update("contact", name, rem=status("contact", lock)))
            self.row(f"{lock} twice", 2306, update("contact", name, add=status("contact", lock, lock)))
            self.row(f"{lock} in both", 2306, update("contact", name, *[status("contact", lock)] * 2))
            self.row(f"add {lock}", 1000, update("contact", name, add=status("contact", lock)))
            self.row(f"rem {lock}", 1000, update("contact", name, rem=status("contact", lock)))

    def test_prohibited(self):
        name = self.contact()
        change = update("contact", name, chg="<contact:email>new@example.com</contact:email>")
        self.do(update("contact", name, add=status("contact", "clientUpdateProhibited", "clientDeleteProhibited")))
        self.row("update, by the client", 2304, change)
        self.row("delete, by the client", 2304, epp.delete("contact", name))
        self.do(update("contact", name, rem=status("contact", "clientUpdateProhibited", "clientDeleteProhibited")))
        self.operator_sets("contact", name, "serverUpdateProhibited", "serverDeleteProhibited")
        self.row("update, by the server", 2304, change)
        self.row("delete, by the server", 2304, epp.delete("contact", name))

    def test_delete(self):
        name = self.contact()
        domain = fresh("dom", ".org")
        self.do(epp.domain_create(domain, name))
        self.row("linked", 2305, epp.delete("contact", name))
        self.do(epp.delete("domain", domain))
        self.row("no longer", 1000, epp.delete("contact", name))

    def test_renew(self):
        self.row("renew", 2101, epp.on_object("renew", "contact", "<contact:id>common</contact:id>"))


class PollTest(RowsTest):
    def acknowledge(self, what, codes, number, **options):
        return self.row(what, codes, f'<poll op="ack" msgID="{number}"/>', **options)

    def leave(self, account, text, rest="'t', NULL"):
        self.registry.cluster.sql(
            "INSERT INTO poll_messages (registrar, queued, text, object_name, notice, expires) "
            f"SELECT id, now(), '{text}', 'a.org', {rest} FROM registrars WHERE handle = '{account[0]}'")

    def test_the_queue(self):
        # What the operator did for other rows.
        self.registry.cluster.sql("UPDATE poll_messages SET acked_at = now() WHERE acked_at IS NULL")
        self.row("empty", 1300, epp.POLL)
        self.row("ack without msgID", 2003, '<poll op="ack"/>')
        self.row("ack with an empty msgID", 2003, '<poll op="ack" msgID=""/>')
        self.row("another operation", 2001, '<poll op="get"/>')
        for number in ("999999", "0", "-1", "abc", "1.0", "9" * 30, "\u0663"):
            self.acknowledge(f"ack {number}", 2303, number)
        self.leave(postel.GOLD, "first", "'r', now()")
        self.leave(postel.GOLD, "second")
        self.leave(postel.SILVER, "third")
        first = self.row("the oldest", 1301, epp.POLL)
        queue = first.tree.find("epp:response/epp:msgQ", epp.NS)
        self.assertEqual(("2", "first"), (queue.get("count"), first.text("epp:response/epp:msgQ/epp:msg")))
        self.assertIsNotNone(first.text("epp:response/epp:msgQ/epp:qDate"))
        self.assertEqual("a.org", first.text("domain:renData/domain:name"))
        again = self.row("the same until it is acknowledged", 1301, epp.POLL)
        self.assertEqual(queue.attrib, again.tree.find("epp:response/epp:msgQ", epp.NS).attrib)
        number = queue.get("id")
        self.acknowledge("another's", 2303, number, client=self.silver)
        for written in ("0" + number, "+" + number):
            self.acknowledge(f"written as {written}", 2303, written)
        self.assertEqual(number, self.row("still there", 1301, epp.POLL).all("epp:msgQ")[0].get("id"))
        done = self.acknowledge("right", 1000, number)
        self.assertEqual("1", done.all("epp:msgQ")[0].get("count"))
        self.acknowledge("again", 2303, number)
        second = self.row("the next", 1301, epp.POLL)
        self.assertEqual("second", second.text("epp:response/epp:msgQ/epp:msg"))
        self.acknowledge("the last", 1000, second.all("epp:msgQ")[0].get("id"))
        self.row("empty again", 1300, epp.POLL)


class MessagesTest(RowsTest):
    """Every code that can be had from outside today, with its text. 2105 and 2308 are not used; 2106, 2300 and 2301
    come with transfers; nobody may get a 2400."""

    def test_every_message(self):
        mine = self.domain()
        host = self.host()
        self.do(epp.domain_create(fresh("dom", ".org"), "common", hosts=[host]))
        locked = self.domain()
        self.do(epp.domain_update(locked, add=status("domain", "clientUpdateProhibited")))
        hold = status("domain", "clientHold")
        poor = self.open(rows.POOR)
        login = epp.login(*postel.GOLD)
        anonymous = [self.connect() for _ in range(4)]
        self.row("1000", 1000, epp.check("domain", "free.org"))
        self.row("1300", 1300, epp.POLL, client=poor)
        self.registry.cluster.sql("INSERT INTO poll_messages (registrar, queued, text, object_name) SELECT id, now(), "
                                  "'x', '' FROM registrars WHERE handle = 'silver'")
        self.row("1301", 1301, epp.POLL, client=self.silver)
        self.row("1500", 1500, epp.LOGOUT, client=self.log_in())
        self.row("2000", 2000, "<invent/>")
        self.row("2001", 2001, "<check/>")
        self.row("2002", 2002, login)
        self.row("2003", 2003, '<poll op="ack"/>')
        self.row("2004", 2004, epp.domain_create("free.org", "common", 11))
        self.row("2005", 2005, epp.domain_create("a..org", "common"))
        self.row("2100", 2100, login.replace("1.0</version>", "1.1</version>"), client=anonymous[0])
        self.row("2101", 2101, rows.transfer("query", "host", host))
        self.row("2102", 2102, login.replace("<lang>en", "<lang>de"), client=anonymous[0])
        self.row("2103", 2103, epp.check("domain", "free.org"), extension='<x:y xmlns:x="urn:example:x"/>')
        self.row("2104", 2104, epp.domain_create("free.org", "common", 5), client=poor)
        self.row("2200", 2200, epp.login("gold", "Wrong-pw-1"), client=anonymous[0])
        self.row("2201", 2201, epp.delete("domain", mine), client=self.silver)
        self.row("2202", 2202, rows.info_with("domain", mine, "wrong"), client=self.silver)
        self.row("2302", 2302, epp.domain_create(mine, "common"))
        self.row("2303", 2303, epp.delete("domain", "absent.org"))
        self.row("2304", 2304, epp.domain_update(locked, add=hold))
        self.row("2305", 2305, epp.delete("host", host))
        self.row("2306", 2306, epp.domain_create("a.b.org", "common"))
        self.row("2307", 2307, epp.check("domain", "a.org").replace(epp.NS["domain"], "urn:x"))
        for _ in range(2):
            anonymous[1].login("gold", "Wrong-pw-1")
        self.row("2501", 2501, epp.login("gold", "Wrong-pw-1"), client=anonymous[1])

    def test_messages_at_the_end_of_a_server(self):
        server = postel.EppServer(self.registry, idle_timeout="1s")
        self.addCleanup(server.kill)
        with self.registry.log_in(server) as idle:
            self.assertEqual((2502, rows.MESSAGES[2502]), rows.result(idle.receive()))
        with self.registry.log_in(server) as stopped:
            server.terminate()
            self.assertEqual((2500, rows.MESSAGES[2500]), rows.result(stopped.receive()))


class LaterMessagesTest(rows.LaterTest):
    def test_pending(self):
        name = self.domain()
        self.later("+6d")
        self.row("1001", 1001, epp.delete("domain", name))


class RestoreTest(rows.LaterTest):
    """RFC 3915."""

    REPORT = """<rgp:report><rgp:preData>before</rgp:preData><rgp:postData>after</rgp:postData>
<rgp:delTime>2026-01-01T00:00:00.0Z</rgp:delTime><rgp:resTime>2026-01-02T00:00:00.0Z</rgp:resTime>
<rgp:resReason>Registrant error.</rgp:resReason><rgp:statement>Rights were not assumed.</rgp:statement>
<rgp:statement>True to the best of our knowledge.</rgp:statement></rgp:report>"""

    def restore(self, what, codes, name, report=False, chg="", **options):
        extension = rows.restore(self.REPORT, "report") if report else rows.restore()
        return self.row(what, codes, epp.domain_update(name, chg=chg), extension=extension, **options)

    def test_restore(self):
        name, fresh_one = self.domain(), self.domain()
        self.restore("not deleted", 2304, fresh_one)
        self.restore("report, nothing pending", 2304, fresh_one, report=True)
        self.restore("unknown", 2303, "absent.org")
        self.restore("another's", 2201, fresh_one, client=self.silver)
        self.later("+6d")
        self.do(epp.delete("domain", name), 1001)
        password = rows.set_password("domain", "Another-2fooBAR-and-more")
        self.restore("with other changes", (2002, 2306), name, chg=password)
        self.restore("report before the request", 2304, name, report=True)
        self.restore("another's, deleted", 2201, name, client=self.silver)
        self.row("request with a report in it", 2001, epp.domain_update(name),
                 extension=rows.restore(self.REPORT, "request"))
        self.row("another operation", 2001, epp.domain_update(name), extension=rows.restore("", "redo"))
        self.restore("in redemption", (1000, 1001), name)
        info = self.info("domain", name)
        if "pendingRestore" in rows.rgp_statuses(info):
            self.restore("request again", 2304, name)
            self.restore("report", 1000, name, report=True)
            info = self.info("domain", name)
        self.assertNotIn("pendingDelete", rows.statuses(info))
        self.assertEqual(set(), {"redemptionPeriod", "pendingRestore"} & set(rows.rgp_statuses(info)))
        self.restore("restored already", 2304, name)

    def test_a_restore_comes_too_late_in_pending_delete(self):
        name = self.domain()
        self.later("+6d")
        self.do(epp.delete("domain", name), 1001)
        self.later("+31d")
        self.restore("pending delete", 2304, name)


class SecureAuthInfoTest(RowsTest):
    """RFC 9154: authorization information below 128 bits is refused."""

    def test_in_an_update(self):
        for kind, name in (("domain", self.domain()), ("contact", self.contact())):
            for what, password in (("short", "abc"), ("19 printable", "aB3$efgh!jkl-nop+rs"),
                                   ("24 alphanumeric", "abcdefghijklmnopqrstuvwx")):
                self.row(f"{kind}: {what}", 2306, update(kind, name, chg=rows.set_password(kind, password)))
            for what, password in (("20 printable", "aB3$efgh!jkl-nop+rst"),
                                   ("25 alphanumeric", "abcdefghijklmnopqrstuvwxy"), ("empty", "")):
                self.row(f"{kind}: {what}", 1000, update(kind, name, chg=rows.set_password(kind, password)))

    def test_in_an_info(self):
        name = self.domain()
        self.row("none is given back", 1000, epp.info("domain", name))
        self.row("wrong, however weak", 2202, rows.info_with("domain", name, "abc"), client=self.silver)


class TransferTest:
    """Rows that domains and contacts share. `self.kind` and `self.make` say which object."""

    def ask(self, what, codes, operation, name, password=None, years=None, **options):
        xml = rows.transfer(operation, self.kind, name, password, years)
        return self.row(what, codes, xml, **options)

    def lock(self, name, part, *names):
        self.do(update(self.kind, name, **{part: status(self.kind, *names)}))

    def test_requests_that_are_refused(self):
        name = self.make()
        self.ask("no authInfo", 2003, "request", name, client=self.silver)
        self.ask("wrong authInfo", 2202, "request", name, "wrong-2fooBAR-and-more", client=self.silver)
        self.ask("empty authInfo", (2202, 2003), "request", name, "", client=self.silver)
        self.ask("by the sponsor", (2106, 2002), "request", name, self.password)
        self.ask("unknown", 2303, "request", self.absent, self.password, client=self.silver)
        self.ask("another operation", 2001, "demand", name, self.password, client=self.silver)
        self.lock(name, "add", "clientTransferProhibited")
        self.ask("prohibited by the client", 2304, "request", name, self.password, client=self.silver)
        self.ask("prohibited, wrong authInfo", 2202, "request", name, "wrong-2fooBAR-and-more", client=self.silver)
        self.lock(name, "rem", "clientTransferProhibited")
        self.operator_sets(self.kind, name, "serverTransferProhibited")
        self.ask("prohibited by the server", 2304, "request", name, self.password, client=self.silver)

    def test_none_is_set(self):
        name = self.make()
        self.do(update(self.kind, name, chg=rows.set_password(self.kind, "")))
        self.ask("none is set", 2202, "request", name, self.password, client=self.silver)

    def test_nothing_is_pending(self):
        name = self.make()
        for operation in ("approve", "reject", "cancel", "query"):
            self.ask(operation, 2301, operation, name)
        for operation in ("approve", "reject", "cancel"):
            self.ask(f"{operation} by another", 2301, operation, name, client=self.silver)
        self.ask("query by another", (2201, 2301), "query", name, client=self.silver)

    def test_pending(self):
        name = self.make()
        answer = self.ask("accepted", 1001, "request", name, self.password, client=self.silver)
        self.assertEqual("pending", answer.text(f"{self.kind}:trnData/{self.kind}:trStatus"))
        for element, value in (("reID", "silver"), ("acID", "gold")):
            self.assertEqual(value, answer.text(f"{self.kind}:trnData/{self.kind}:{element}"))
        for element in ("reDate", "acDate"):
            self.assertIsNotNone(answer.text(f"{self.kind}:trnData/{self.kind}:{element}"))
        self.assertIn("pendingTransfer", rows.statuses(self.info(self.kind, name)))
        self.ask("again", 2300, "request", name, self.password, client=self.silver)
        self.ask("query by the sponsor", 1000, "query", name)
        self.ask("query by the other party", 1000, "query", name, client=self.silver)
        poor = self.open(rows.POOR)
        self.ask("query by a third", 2201, "query", name, client=poor)
        self.ask("query by a third with authInfo", 1000, "query", name, self.password, client=poor)
        self.ask("request by a third", 2300, "request", name, self.password, client=poor)
        self.ask("approve by the other party", 2201, "approve", name, client=self.silver)
        self.ask("reject by the other party", 2201, "reject", name, client=self.silver)
        self.ask("cancel by the sponsor", 2201, "cancel", name)
        for operation in ("approve", "reject", "cancel"):
            self.ask(f"{operation} by a third", 2201, operation, name, client=poor)
        self.row("a status that prohibits transfers while one is pending", 2304,
                 update(self.kind, name, add=status(self.kind, "clientTransferProhibited")))
        self.row("delete while pending", 2304, epp.delete(self.kind, name))
        self.row("update while pending", 1000,
                 update(self.kind, name, add=status(self.kind, "clientDeleteProhibited")))
        self.ask("still pending", (1000, 2303), "query", name)

    def test_ends(self):
        # What the operator did for other rows.
        self.registry.cluster.sql("UPDATE poll_messages SET acked_at = now() WHERE acked_at IS NULL")
        for operation, client, state, sponsor in (("approve", self.gold, "clientApproved", "silver"),
                                                  ("reject", self.gold, "clientRejected", "gold"),
                                                  ("cancel", self.silver, "clientCancelled", "gold")):
            name = self.make()
            self.do(rows.transfer("request", self.kind, name, self.password), 1001, client=self.silver)
            told = self.row(f"{operation}: the losing side is told", 1301, epp.POLL)
            self.assertEqual(name, told.text(f"{self.kind}:trnData/{self.kind}:{self.element}"))
            self.do(f'<poll op="ack" msgID="{told.all("epp:msgQ")[0].get("id")}"/>')
            answer = self.ask(operation, 1000, operation, name, client=client)
            self.assertEqual(state, answer.text(f"{self.kind}:trnData/{self.kind}:trStatus"))
            owner = self.silver if sponsor == "silver" else self.gold
            info = self.info(self.kind, name, owner)
            self.assertEqual(sponsor, info.text(f"{self.kind}:infData/{self.kind}:clID"))
            self.assertNotIn("pendingTransfer", rows.statuses(info))
            self.ask(f"{operation} again", 2301, operation, name, client=client)
            query = self.ask(f"query after {operation}", 1000, "query", name, client=owner)
            self.assertEqual(state, query.text(f"{self.kind}:trnData/{self.kind}:trStatus"))
            if operation == "approve":
                self.ask("the authInfo is no longer valid", 2202, "request", name, self.password)
            self.empty_queues()

    def empty_queues(self):
        for client in (self.gold, self.silver):
            while (message := client.command(epp.POLL)).code == 1301:
                client.command(f'<poll op="ack" msgID="{message.all("epp:msgQ")[0].get("id")}"/>')


class DomainTransferTest(TransferTest, RowsTest):
    kind, element, absent, password = "domain", "name", "absent.org", rows.PASSWORD

    def make(self):
        return self.domain("ns1.example.net")

    def test_periods(self):
        name = self.domain(years=9)
        for years, codes in ((0, 2004), (11, 2004), (99, 2004), (2, (2004, 2306, 2105, 2106))):
            self.ask(f"{years} years", codes, "request", name, self.password, years, client=self.silver)
        months = rows.transfer("request", "domain", name, self.password, 12).replace('unit="y"', 'unit="m"')
        self.row("months", 2102, months, client=self.silver)
        self.ask("1 year", 1001, "request", name, self.password, 1, client=self.silver)

    def test_what_an_approval_does(self):
        name = self.domain()
        host = self.host(below=name)
        before = self.expiry(name)
        answer = self.ask("request", 1001, "request", name, self.password, 1, client=self.silver)
        after = f"{int(before[:4]) + 1}{before[4:]}"
        self.assertEqual(after[:10], answer.text("domain:trnData/domain:exDate")[:10])
        self.ask("approve", 1000, "approve", name)
        info = self.info("domain", name, self.silver)
        self.assertEqual(after[:10], info.text("domain:infData/domain:exDate")[:10])
        self.assertIsNotNone(info.text("domain:infData/domain:trDate"))
        self.assertIn("transferPeriod", rows.rgp_statuses(info))
        self.assertEqual("silver", self.info("host", host).text("host:infData/host:clID"))
        self.row("renew by the old sponsor", 2201, epp.domain_renew(name, after[:10]))
        self.row("update of the host by the old sponsor", 2201,
                 update("host", host, add=status("host", "clientDeleteProhibited")))
        self.empty_queues()

    def test_renew_while_pending(self):
        name = self.make()
        self.do(rows.transfer("request", "domain", name, self.password), 1001, client=self.silver)
        self.row("renew", 2304, epp.domain_renew(name, self.expiry(name)[:10]))

    def test_credit(self):
        name = self.make()
        poor = self.open(rows.POOR)
        while poor.command(epp.domain_create(fresh("spend", ".org"), "common")).code == 1000:
            pass  # until nothing is left
        self.ask("no credit", 2104, "request", name, self.password, client=poor)

    def test_access_to_the_tld(self):
        self.ask("no access", 2201, "request", self.make(), self.password, client=self.open(rows.BARRED))


class LaterTransferTest(rows.LaterTest):
    def test_the_server_approves_after_five_days(self):
        name = self.domain(years=3)
        self.do(rows.transfer("request", "domain", name, rows.PASSWORD), 1001, client=self.silver)
        self.later("+6d")
        info = self.info("domain", name, self.silver)
        self.assertEqual("silver", info.text("domain:infData/domain:clID"))
        query = self.row("query", 1000, rows.transfer("query", "domain", name), client=self.silver)
        self.assertEqual("serverApproved", query.text("domain:trnData/domain:trStatus"))

    def test_what_is_deleted_is_not_transferred(self):
        name = self.domain(years=3)
        self.later("+6d")
        self.do(epp.delete("domain", name), 1001)
        self.row("pendingDelete", 2304, rows.transfer("request", "domain", name, rows.PASSWORD), client=self.silver)


class ContactTransferTest(TransferTest, RowsTest):
    kind, element, absent, password = "contact", "id", "absent", "Contact-2fooBAR-and-more"

    def make(self):
        return self.contact()


def load_tests(loader, _tests, _pattern):
    classes = [c for c in globals().values() if isinstance(c, type) and issubclass(c, RowsTest)]
    return unittest.TestSuite(loader.loadTestsFromTestCase(c) for c in classes
                              if c is not RowsTest)
