"""Every element and attribute of the extensions of commands, of keyrelay and of maintenances, spoiled (spoiled_frames.py).

secDNS, rgp and allocationToken are in bad_inputs_test.py.
"""

import os
import unittest

import bad_values as values
import epp_client as epp
import postel
from clearinghouse import Clearinghouse, at, notice_id, text_of
from frame_tree import Value
from spoiled_frames import (CONTACT_PASSWORD, OPTIONAL, PASSWORD, Mapping, SpoiledFrames, another, contact, domain,
                            host, listed, on_object, sec_dns, unknown)

fee, idn, ttl, more_mail, bundle, relay, launch, maint = (
    Mapping(p) for p in ("fee", "idn", "ttl", "addlEmail", "b-dn", "keyrelay", "launch", "maint"))

CURRENCY = listed(2005, "", "usd", "US", "USDX", "\u00fcSD", "U" * 10000)
AMOUNT = [*listed(2005, "", "nine", "9,00", "0x9", "1e1", "9.00 USD", "\u0669", "9.001"),
          ("negative", "-1", 2004), ("beyond 64 bits", "1" * 100, 2004)]
SECONDS = [(what, text, code) for what, text, code in values.number("600", 300, 86400).bad if what not in ("empty", "blank")]
INTERNATIONAL_EMAIL = Value("j\u00f6rg@m\u00fcller.example", [
    (what, text, code) for what, text, code in values.EMAIL.bad if what not in ("empty", "blank", "not ASCII")])


def currency():
    return fee("currency", Value("USD", [*CURRENCY, ("not ours", "EUR", 2004)]), OPTIONAL)


class ExtensionInputsTest(SpoiledFrames):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry.ctl("tld", "apply", cls.registry.write(
            "org.conf", postel.POLICY + "max_ns_ttl = 86400\nmax_ds_ttl = 86400\nmax_glue_ttl = 86400\n"))

    def create(self, name, extension, least, **more):
        self.refuse_all(on_object(domain, "create", [
            domain("name", Value(name)), domain("registrant", Value("mine-1"), {"missing": 2003}),
            domain("authInfo", [domain("pw", Value(PASSWORD))])], extension, **more), least)

    def agreement(self, verb):
        return fee(verb, [
            currency(),
            fee("fee", Value("9.00", [*AMOUNT, ("too low", "8.99", 2004)]), {"twice": None}, description=Value("Fee"),
                lang=values.LANGUAGE, refundable=Value("1", listed(2001, "", "maybe", "TRUE")), applied=values.choice("immediate", None),
                **{"grace-period": Value("P5D", listed(2001, "", "5", "P", "5 days"))}),
            fee("credit", Value("0", listed(2005, "", "none") + [("positive", "0.01", 2004)]),
                {"missing": None, "twice": None}, lang=values.LANGUAGE),
        ])

    def test_fee_agreements(self):
        self.create("fee-agreed.org", self.agreement("create"), 60)
        expires = self.do(epp.info("domain", "mine.org")).text("domain:exDate")[:10]
        self.refuse_all(on_object(domain, "renew", [
            domain("name", Value("mine.org")), domain("curExpDate", Value(expires))], self.agreement("renew")), 60)

    def test_fee_check(self):
        command = fee("command", [fee("period", values.number("1", 1, 10), OPTIONAL, unit=values.UNIT)], {"twice": None})
        command.attributes["name"] = values.choice("create")
        self.refuse_all(on_object(domain, "check", [domain("name", Value("free.org"), {"twice": None})],
                                  fee("check", [currency(), command])), 60)

    def test_idn(self):
        self.create("idn-inputs.org", idn("data", [
            idn("table", Value("de", [*listed(2005, "", "d e", "\u00fc", "t" * 10000), ("not offered", "fr", 2306)])),
            idn("uname", Value("idn-inputs.org", [
                *listed(2005, "", "-.org", "a..org", "a b.org"), ("another name", "other.org", 2306)]), OPTIONAL)]), 45)

    def ttls(self, verb, kinds, foreign):
        types = Value(kinds[0], [*listed(2001, "", "ns", "MX", "\u00fc"), *((f"{k} here", k, 2306) for k in foreign),
                                 ("custom", "custom", 2003), ("the other's", kinds[1], 2001)])
        others = Value(kinds[1], [("the other's", kinds[0], 2001)], 2001)
        types.missing = 2001
        return ttl(verb, [
            ttl("ttl", Value("600", SECONDS), OPTIONAL, **{"for": types}),
            ttl("ttl", Value("900", SECONDS), OPTIONAL, **{"for": others}),
        ])

    def test_ttls(self):
        for verb in ("create", "update"):
            extension = self.ttls(verb, ("NS", "DS"), ("A", "AAAA", "DNAME"))
            if verb == "create":
                self.create("ttl-inputs.org", extension, 60)
            else:
                self.refuse_all(on_object(domain, verb, [domain("name", Value("mine.org"))], extension), 60)
        addresses = [host("addr", Value("192.0.2.1"), {"missing": 2003, "twice": 2306}, ip=values.family("v4"))]
        for verb in ("create", "update"):
            extension = self.ttls(verb, ("A", "AAAA"), ("NS", "DS", "DNAME"))
            self.refuse_all(on_object(host, verb, [
                host("name", Value("ns-ttl.mine.org")), *(addresses if verb == "create" else ())], extension), 60)
        self.refuse_all(on_object(domain, "info", [domain("name", Value("mine.org"))],
                                  ttl("info", [], policy=Value("true", listed(2005, "", "maybe", "TRUE")))), 25)

    def test_additional_email(self):
        self.refuse_all(on_object(contact, "create", [
            contact("id", Value("mailed")),
            contact("postalInfo", [contact("name", Value("Jon")), contact("addr", [
                contact("city", Value("Dulles")), contact("cc", Value("US"))])], type=values.choice("int")),
            contact("email", values.EMAIL),
            contact("authInfo", [contact("pw", Value(CONTACT_PASSWORD))]),
        ], more_mail("addlEmail", [more_mail(
            "email", INTERNATIONAL_EMAIL, primary=Value("true", listed(2001, "", "maybe", "TRUE")))])), 100)
        self.refuse_all(on_object(contact, "update", [contact("id", Value("mailed"))], more_mail("addlEmail", [
            more_mail("email", INTERNATIONAL_EMAIL)])), 45)

    def test_bundle(self):
        for tld, more in (("ngo", ""), ("ong", "bundle_of = ngo\n")):
            self.registry.ctl("tld", "apply", self.registry.write(tld + ".conf", postel.POLICY.replace("org", tld) + more))
        self.create("inputs.ngo", bundle("create", [bundle(
            "rdn", values.name("inputs.ong", ("another name", "other.ong", 2306), ("another TLD", "inputs.org", 2306)),
            OPTIONAL)]), 60)

    def test_keyrelay(self):
        key = sec_dns("keyData", [
            sec_dns("flags", values.number("257", 0, 65535)), sec_dns("protocol", values.number("3", 3, 3)),
            sec_dns("alg", values.number("13", 0, 255)),
            sec_dns("pubKey", Value("AQIDBA==", listed(2005, "", "A", "????", "AQIDBA== x")))])
        key.name = "keyrelay:keyData"
        duration = Value("P1M13D", listed(2005, "", "P", "1M", "P1S", "a month", "PT", "P-1D", "P1M13D."))
        tree = on_object(relay, "create", [
            relay("name", values.name("theirs.org", unknown("absent.org"), ("own", "mine.org", 2306))),
            relay("authInfo", [domain("pw", values.password(PASSWORD, *listed(2202, "", "wrong-2fooBAR-and-more")))]),
            relay("keyRelayData", [key, relay("expiry", [relay("relative", duration)], OPTIONAL)], {"twice": None}),
        ])
        tree.attributes["xmlns:secDNS"] = Value(epp.NS["secDNS"])
        tree.attributes["xmlns:domain"] = Value(epp.NS["domain"])
        self.refuse_all(tree, 120)

    def test_maintenance(self):
        self.registry.ctl("maintenance", "create", "--id", "inputs", "--start", "2101-01-01T00:00:00Z", "--end",
                          "2101-01-02T00:00:00Z", "--system", "EPP=full")
        unknown_ids = listed(2303, "", " ", "absent", "in puts", "INPUTS", "\u00fc", "i" * 10000)
        name = maint("id", Value("inputs", unknown_ids), lang=values.LANGUAGE)
        name.attributes["name"] = Value("Any text")
        self.refuse_all(on_object(maint, "info", [name]), 40)
        self.refuse_all(on_object(maint, "info", [maint("list")]), 30)

    def test_zy_the_books_are_right(self):
        self.audit()


class LaunchInputsTest(SpoiledFrames):
    """Of a TLD in its claims phase."""

    PHASE = Value("claims", [*listed(2005, "", "bogus", "CLAIMS", "\u00fc"), ("another", "sunrise", 2306)])

    @classmethod
    def setUpClass(cls):
        registry = cls.make_registry()
        cls.house = Clearinghouse(os.path.join(registry.folder, "tmch"))
        cls.house.publish_claims({"noticed": "key/of/it"})
        cls.SETTINGS = {"tmch_folder": cls.house.folder}
        registry.ctl("tld", "apply", registry.write(
            "claims.conf", postel.POLICY.replace("org", "claims") + "launch_phase = claims\n"))
        super().setUpClass()

    @classmethod
    def session(cls, account):
        client = cls.registry.connect(cls.server, account[0])
        cls.addClassCleanup(client.close)
        response = client.login(*account, extensions=[*epp.EXTENSIONS, epp.NS["launch"]])
        if response.code != 1000:
            raise AssertionError(response.xml)
        return client

    def test_create(self):
        later, just_now = at(days=-2), at(minutes=1)
        moments = listed(2005, "", "today", "2026-01-01", "2026-02-30T00:00:00Z")
        number = Value(notice_id("noticed", later, 1), [
            *listed(2005, "", "1", "g" * 9), ("of another label", notice_id("other", later, 1), 2306)])
        self.refuse_all(on_object(domain, "create", [
            domain("name", Value("noticed.claims")), domain("registrant", Value("mine-1"), {"missing": 2003}),
            domain("authInfo", [domain("pw", Value(PASSWORD))]),
        ], launch("create", [launch("phase", self.PHASE), launch("notice", [
            launch("noticeID", number, validatorID=Value("tmch", [("another", "other", 2306)])),
            launch("notAfter", Value(text_of(later), [*moments, ("past", text_of(at(days=1)), 2306)])),
            launch("acceptedDate", Value(text_of(just_now), [*moments, ("to come", text_of(at(days=-1)), 2306)])),
        ], {"missing": 2306, "twice": 2306})], type=Value("registration", [
            *listed(2001, "", "bogus"), ("application", "application", 2306)]))), 70)

    def test_check_and_info(self):
        self.refuse_all(on_object(domain, "check", [domain("name", Value("free.claims"), {"twice": None})], launch(
            "check", [launch("phase", Value("claims", listed(2005, "", "bogus")), OPTIONAL)],
            type=Value("claims", [*listed(2001, "", "bogus"), ("trademark", "trademark", 2102)]))), 25)
        self.do(epp.domain_create("known.claims", "mine-1"))
        self.refuse_all(on_object(domain, "info", [domain("name", Value("known.claims"))], launch(
            "info", [launch("phase", Value("claims", listed(2005, "", "bogus")))],
            includeMark=Value("false", listed(2005, "", "maybe")))), 25, code=2306)


def load_tests(loader, _tests, _pattern):
    return unittest.TestSuite(loader.loadTestsFromTestCase(c) for c in (ExtensionInputsTest, LaunchInputsTest))
