"""RST's suite StandardIDN: which internationalised labels are registered, and what their variants are open to. And, since
that is decided by the database, two servers at once."""

import glob
import os
import threading

import epp_client as epp
import postel
from rst import suite
from rst.suite import A, domain_create, element, rand

BLOCKED_TLD = "zz--idn-1234"  # maximum data model, variants blocked
SHARED_TLD = "zz--shared-1234"  # maximum data model, variants for the same registrant
THIN_SHARED_TLD = "zz--thinidn-1234"  # minimum data model, variants for the same registrar
ONLY_TLD = "zz--only-1234"  # no names in ASCII, the table has to be named

POLICIES = ((BLOCKED_TLD, "idn_table = de es pl ca cyrillic greek arabic han"),
            (SHARED_TLD, "idn_table = de han\nidn_variants = same_registrant"),
            (THIN_SHARED_TLD, "data_model = minimum\nidn_table = de han\nidn_variants = same_registrant"),
            (ONLY_TLD, "data_model = minimum\nidn_table = de\nidn_only = yes\nidn_required = yes"))

SHARP_S = "\u00df"

# Of each table: labels that it has, and labels that it has not though they are A-labels.
LABELS = (
    ("de", ("b\u00fccher", "stra\u00dfe", "\u00f6l-{}"), ("\u00e9t\u00e9", "\u0142\u00f3d\u017a")),
    ("es", ("se\u00f1or", "ping\u00fcino", "ma\u00f1ana-{}"), ("b\u00fccher", "gar\u00e7on", "stra\u00dfe")),
    ("pl", ("\u0142\u00f3d\u017a", "\u017c\u00f3\u0142w"), ("\u00f6l", "se\u00f1or")),
    ("ca", ("col\u00b7legi", "pla\u00e7a"), ("stra\u00dfe",)),
    ("cyrillic", ("\u043f\u0440\u0438\u043c\u0435\u0440", "\u0457\u0436\u0430\u043a"), ("\u0561\u0562",)),
    ("greek", ("\u03c0\u03b1\u03c1\u03ac\u03b4\u03b5\u03b9\u03b3\u03bc\u03b1",), ("\u043f\u0440",)),
    ("arabic", ("\u0645\u062b\u0627\u0644",), ("\u0645\u067a",)),
    ("han", ("\u4e2d\u570b",), ("\u9f98\u9f98",)),
)

# What is no A-label at all, by IDNA 2008: (why, label).
NO_LABELS = (
    ("not decodable", "xn--zzzz"),
    ("ASCII in disguise", "xn--abc-"),
    ("a capital letter", "xn--bcher-2pa"),
    ("begins with a combining mark", "xn--a-ubb"),
    ("a symbol", "xn--i-7iq"),
    ("hyphens in 3 and 4", "ab--cd"),
    ("middle dot not between two l", "xn--ab-0ea"),
    ("a joiner without context", "xn--ab-m1t"),
)


def a_label(label):
    return "xn--" + label.encode("punycode").decode("ascii") if not label.isascii() else label


def idn_data(table, uname=None):
    more = "" if uname is None else element("idn:uname", uname)
    return element("idn:data", element("idn:table", table) + more, **{"xmlns:idn": epp.NS["idn"]})


class IdnRegistry(suite.RstRegistry):
    def _provision(self):
        super()._provision()
        for path in glob.glob(os.path.join(postel.ROOT, "deploy", "idn", "*.txt")):
            self.ctl("idn", "apply", path)
        for tld, settings in POLICIES:
            policy = postel.POLICY.replace("idn_table = de\n", "").replace("= org", f"= {tld}")
            policy = policy.replace("nic.org", f"nic.{tld}")
            self.ctl("tld", "apply", self.write(tld + ".conf", policy + settings + "\n"))


class IdnTest(suite.RstTest):
    @classmethod
    def make_registry(cls):
        return IdnRegistry.shared()

    def registrant_of(self, client, tld):
        return None if tld in (THIN_SHARED_TLD, ONLY_TLD) else self.make_contact(client)

    def create(self, client, label, tld, registrant=None):
        registrant = registrant or self.registrant_of(client, tld)
        return domain_create(f"{a_label(label)}.{tld}", registrant)

    def test_idn_01_labels(self):
        for table, good, bad in LABELS:
            for label in good:
                label = label.format(rand(8))
                name, unicode = f"{a_label(label)}.{BLOCKED_TLD}", f"{label}.{BLOCKED_TLD}"
                with self.subTest(table, label=label):
                    self.accept("IDN_SERVER_REJECTS_VALID_LABEL", self.a, self.create(self.a, label, BLOCKED_TLD),
                                idn_data(table, unicode), codes=(1000,))
                    shown = self.info(self.a, "domain", name)
                    self.assertEqual((table, unicode), (shown.text("idn:data/idn:table"),
                                                        shown.text("idn:data/idn:uname")))
                    self.accept("deletion", self.a, epp.delete("domain", name), codes=(1000,))
            for label in bad:
                with self.subTest(table, label=label):
                    self.refuse("IDN_SERVER_ACCEPTS_INVALID_LABEL", self.a,
                                self.create(self.a, label, BLOCKED_TLD), idn_data(table), codes=(2306,))
                    self.expect_gone("IDN_SERVER_ACCEPTS_INVALID_LABEL", self.a, "domain",
                                     f"{a_label(label)}.{BLOCKED_TLD}")

    def test_idn_01_labels_without_the_element(self):
        for table, good, _ in LABELS[3:]:
            with self.subTest(table):
                name = f"{a_label(good[0])}.{BLOCKED_TLD}"
                self.accept("IDN_SERVER_REJECTS_VALID_LABEL", self.a, self.create(self.a, good[0], BLOCKED_TLD),
                            codes=(1000,))
                self.assertEqual(table, self.info(self.a, "domain", name).text("idn:data/idn:table"))
                self.accept("deletion", self.a, epp.delete("domain", name), codes=(1000,))
        self.refuse("in two tables", self.a, self.create(self.a, "ping\u00fcino", BLOCKED_TLD), codes=(2003,))
        self.refuse("in none", self.a, self.create(self.a, "\u0561\u0562", BLOCKED_TLD), codes=(2306,))
        self.refuse("of two scripts", self.a, self.create(self.a, "caf\u0435\u00e9", BLOCKED_TLD), codes=(2306,))

    def test_idn_01_what_is_no_label(self):
        for why, label in NO_LABELS:
            with self.subTest(why, label=label):
                self.refuse("IDN_SERVER_ACCEPTS_INVALID_LABEL", self.a,
                            self.create(self.a, label, BLOCKED_TLD), codes=(2005,))

    def test_idn_01_element(self):
        label = "\u00f6l" + rand(8)
        for why, code, extension in (
                ("unknown table", 2306, idn_data("xx")), ("not the TLD's", 2306, idn_data("latin")),
                ("no id", 2005, idn_data("")), ("of another name", 2306, idn_data("de", "\u00f6le")),
                ("malformed name", 2005, idn_data("de", "a..b")), ("empty name", 2005, idn_data("de", "")),
                ("no table", 2001, idn_data("de").replace("idn:table>", "idn:uname>"))):
            with self.subTest(why):
                self.refuse(why, self.a, self.create(self.a, label, BLOCKED_TLD), extension, codes=(code,))
        self.refuse("in a check", self.a, epp.check("domain", f"{a_label(label)}.{BLOCKED_TLD}"), idn_data("de"),
                    codes=(2103,))
        self.accept("the label alone", self.a, self.create(self.a, label, BLOCKED_TLD), idn_data("de", label),
                    codes=(1000,))

    def check(self, client, name):
        response = self.accept("check", client, epp.check("domain", name), codes=(1000,))
        return response.all("domain:chkData/domain:cd/domain:name")[0].get("avail") in ("1", "true")

    def test_idn_01_variants_blocked(self):
        base = rand(8)
        first, variant = f"stra\u00dfe{base}", f"strasse{base}"
        registrant = self.make_contact(self.a)
        error = "IDN_VARIANT_LABEL_NOT_BLOCKED"
        self.accept(error, self.a, self.create(self.a, first, BLOCKED_TLD, registrant), idn_data("de"), codes=(1000,))
        self.refuse(error, self.a, self.create(self.a, variant, BLOCKED_TLD, registrant), codes=(2306,))
        self.refuse(error, self.b, self.create(self.b, variant, BLOCKED_TLD), codes=(2306,))
        self.assertFalse(self.check(self.b, f"{variant}.{BLOCKED_TLD}"), error)
        # Once the name is purged, its variants are free.
        self.accept("deletion", self.a, epp.delete("domain", f"{a_label(first)}.{BLOCKED_TLD}"), codes=(1000,))
        self.assertTrue(self.check(self.b, f"{variant}.{BLOCKED_TLD}"))
        self.accept("purged", self.b, self.create(self.b, variant, BLOCKED_TLD), codes=(1000,))
        self.refuse(error, self.a, self.create(self.a, first, BLOCKED_TLD, registrant), idn_data("de"), codes=(2306,))
        # The same letters of another script.
        self.accept("Latin", self.a, self.create(self.a, "cop2718", BLOCKED_TLD, registrant), codes=(1000,))
        response = self.refuse(error, self.a, self.create(self.a, "\u0441\u043e\u04402718", BLOCKED_TLD, registrant),
                               codes=(2306,))
        self.assertIn(b"variant", response.xml)
        self.audit()

    def test_idn_01_variants_for_the_same_registrant(self):
        base = rand(8)
        first, variant = f"stra\u00dfe{base}", f"strasse{base}"
        registrant, other = self.make_contact(self.a), self.make_contact(self.a)
        self.accept("first", self.a, self.create(self.a, first, SHARED_TLD, registrant), codes=(1000,))
        self.refuse("IDN_VARIANT_SERVER_ACCEPTS_VARIANT_CREATE_FROM_INCORRECT_REGISTRAR", self.b,
                    self.create(self.b, variant, SHARED_TLD, registrant), codes=(2306,))
        self.refuse("IDN_VARIANT_SERVER_ACCEPTS_VARIANT_CREATE_WITH_INCORRECT_REGISTRANT", self.a,
                    self.create(self.a, variant, SHARED_TLD, other), codes=(2306,))
        self.assertFalse(self.check(self.b, f"{variant}.{SHARED_TLD}"))
        self.assertTrue(self.check(self.a, f"{variant}.{SHARED_TLD}"))
        self.accept("IDN_VARIANT_SERVER_REJECTS_VARIANT_CREATE_WITH_SAME_REGISTRANT", self.a,
                    self.create(self.a, variant, SHARED_TLD, registrant), codes=(1000,))
        self.audit()

    def test_idn_01_variants_for_the_same_registrar(self):
        base = rand(8)
        first, variant = f"\u4e2d\u570b{base}", f"\u4e2d\u56fd{base}"
        self.accept("first", self.a, self.create(self.a, first, THIN_SHARED_TLD), codes=(1000,))
        self.refuse("IDN_VARIANT_SERVER_ACCEPTS_VARIANT_CREATE_FROM_INCORRECT_REGISTRAR", self.b,
                    self.create(self.b, variant, THIN_SHARED_TLD), codes=(2306,))
        self.accept("IDN_VARIANT_SERVER_REJECTS_VARIANT_CREATE_FROM_SAME_REGISTRAR", self.a,
                    self.create(self.a, variant, THIN_SHARED_TLD), codes=(1000,))

    def test_idn_01_two_servers_race_for_variants(self):
        second = postel.EppServer(self.registry)
        self.addCleanup(second.kill)
        clients = [self.registry.log_in(self.server, A), self.registry.log_in(second, suite.B)]
        for client in clients:
            self.addCleanup(client.close)
        sets, codes = 60, [[], []]
        start = threading.Barrier(2)
        bases = [rand(8) for _ in range(sets)]

        def run(which):
            for base in bases:
                label = (f"stra\u00dfe{base}", f"strasse{base}")[which]
                start.wait()
                answer = clients[which].command(domain_create(f"{a_label(label)}.{THIN_SHARED_TLD}"))
                codes[which].append(answer.code)

        threads = [threading.Thread(target=run, args=(which,)) for which in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for pair in zip(*codes):
            self.assertEqual([1000, 2306], sorted(pair), codes)
        self.assertGreater(codes[0].count(1000), 0)
        self.audit()

    def test_idn_02_ascii_in_an_idn_only_tld(self):
        error = "IDN_IDNONLY_TLD_ACCEPTS_ASCII_DOMAIN"
        name = f"{rand(18)}.{ONLY_TLD}"
        self.refuse(error, self.a, domain_create(name), codes=(2306,))
        self.refuse(error, self.a, domain_create(name), idn_data("de"), codes=(2306,))
        self.assertFalse(self.check(self.a, name), error)
        label = "\u00f6l" + rand(8)
        self.refuse("the element is required", self.a, self.create(self.a, label, ONLY_TLD), codes=(2003,))
        self.accept("an IDN", self.a, self.create(self.a, label, ONLY_TLD), idn_data("de"), codes=(1000,))

    def test_names_that_become_variants_by_a_new_table(self):
        tld = "zz--later-1234"
        policy = postel.POLICY.replace("idn_table = de\n", "data_model = minimum\n").replace("= org", f"= {tld}")
        policy = policy.replace("nic.org", f"nic.{tld}")
        self.registry.ctl("tld", "apply", self.registry.write("later.conf", policy))
        sharp, other = f"{a_label('stra' + SHARP_S + 'e')}.{tld}", f"{a_label('stra' + SHARP_S + 'er')}.{tld}"
        self.accept("before", self.a, domain_create(f"strasse.{tld}"), codes=(1000,))
        self.refuse("no table yet", self.a, domain_create(sharp), codes=(2306,))
        self.registry.ctl("tld", "apply", self.registry.write("later.conf", policy + "idn_table = de\n"))
        response = self.refuse("a variant now", self.a, domain_create(sharp), codes=(2306,))
        self.assertIn(b"variant", response.xml)
        self.accept("not a variant", self.a, domain_create(other), codes=(1000,))
        self.assertIn("0", self.registry.ctl("idn", "variants", tld).stdout)
        self.assertIn(tld, self.registry.ctl("idn", "show").stdout)
        self.assertIn("table = de", self.registry.ctl("idn", "show", "de").stdout)
