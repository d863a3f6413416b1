"""TTLs that registrars choose (RFC 9803), from the command to the zone."""

import os
import re
import subprocess

import epp_client as epp
import postel

TTL = epp.NS["ttl"]
LIMITS = "max_ns_ttl = 86400\nmin_ds_ttl = 60\nmax_ds_ttl = 7200\nmax_glue_ttl = 86400\n"
DS = "<secDNS:dsData><secDNS:keyTag>1</secDNS:keyTag><secDNS:alg>13</secDNS:alg>" \
     "<secDNS:digestType>2</secDNS:digestType><secDNS:digest>" + "AB" * 32 + "</secDNS:digest></secDNS:dsData>"
SEC_DNS = f'<secDNS:create xmlns:secDNS="{epp.NS["secDNS"]}">{DS}</secDNS:create>'


def ttls(verb, *pairs):
    inner = "".join(f'<ttl:ttl for="{kind}">{"" if value is None else value}</ttl:ttl>' for kind, value in pairs)
    return f'<ttl:{verb} xmlns:ttl="{TTL}">{inner}</ttl:{verb}>'


def info(policy=False):
    return f'<ttl:info xmlns:ttl="{TTL}" policy="{"true" if policy else "false"}"/>'


def host_update(name):
    return epp.on_object("update", "host", f"<host:name>{name}</host:name>")


class TtlTest(postel.RegistryTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.apply(LIMITS)
        gold = cls.registry.log_in(cls.server)
        gold.command(epp.contact_create("holder"))
        gold.close()

    @classmethod
    def apply(cls, limits, check=True):
        return cls.registry.ctl("tld", "apply", cls.registry.write("org.conf", postel.POLICY + limits), check=check)

    def setUp(self):
        self.gold = self.log_in()

    def shown(self, kind, name, policy=False, client=None):
        response = self.expect(1000, (client or self.gold).command(epp.info(kind, name), info(policy)))
        return [tuple(e.get(a) for a in ("for", "min", "default", "max")[:4 if policy else 1]) + (e.text,)
                for e in response.all("ttl:infData/ttl:ttl")]

    def zone(self):
        path = os.path.join(self.registry.folder, "org.zone")
        subprocess.run([postel.program("postel-zonegen"), "full", "--database", self.registry.cluster.conninfo(),
                        "--tld", "org", "--out", path], check=True, capture_output=True, timeout=60)
        with open(path, encoding="utf-8") as file:
            return file.read()

    def in_zone(self, owner):
        """(TTL, type) of the records at a name."""
        return [(int(ttl), kind) for ttl, kind in re.findall(rf"(?m)^{re.escape(owner)}\t(\d+)\tIN\t(\w+)\t", self.zone())]

    def delegate(self, name, domain_ttls="", host_ttls=""):
        self.expect(1000, self.gold.command(epp.domain_create(name + ".org", "holder"), SEC_DNS + domain_ttls))
        self.expect(1000, self.gold.command(epp.host_create(f"ns.{name}.org", "192.0.2.1", "2001:db8::1"), host_ttls))
        self.expect(1000, self.gold.command(epp.domain_update(
            name + ".org", add=f"<domain:ns><domain:hostObj>ns.{name}.org</domain:hostObj></domain:ns>")))

    def test_choices_reach_the_zone_and_are_taken_back(self):
        self.delegate("one", ttls("create", ("NS", 300), ("DS", 60)), ttls("create", ("A", 86400)))
        self.assertEqual([(300, "NS"), (60, "DS")], self.in_zone("one"))
        self.assertEqual([(86400, "A"), (3600, "AAAA")], self.in_zone("ns.one"))
        self.assertEqual([("NS", "300"), ("DS", "60")], self.shown("domain", "one.org"))
        self.assertEqual([("A", "86400")], self.shown("host", "ns.one.org"))
        self.expect(1000, self.gold.command(epp.domain_update("one.org"), ttls("update", ("NS", None), ("DS", 7200))))
        self.expect(1000, self.gold.command(host_update("ns.one.org"), ttls("update", ("AAAA", 600), ("A", None))))
        self.assertEqual([(3600, "NS"), (7200, "DS")], self.in_zone("one"))
        self.assertEqual([(3600, "A"), (600, "AAAA")], self.in_zone("ns.one"))
        self.audit()

    def test_everybody_hears_the_policy_and_who_does_not_ask_nothing(self):
        self.delegate("two", ttls("create", ("DS", 61)))
        silver = self.log_in(postel.SILVER)
        self.assertEqual([("NS", "300", "3600", "86400", None), ("DS", "60", "3600", "7200", "61")],
                         self.shown("domain", "two.org", True, silver))
        self.assertEqual([("A", "300", "3600", "86400", None), ("AAAA", "300", "3600", "86400", None)],
                         self.shown("host", "ns.two.org", True, silver))
        self.assertEqual([], self.shown("host", "ns.two.org"))
        self.assertNotIn(TTL.encode(), self.expect(1000, silver.command(epp.info("domain", "two.org"))).xml)

    def test_refusals_change_nothing(self):
        self.delegate("three", ttls("create", ("NS", 600)))
        silver = self.log_in(postel.SILVER)
        update = epp.domain_update("three.org")
        rows = ((2004, ("NS", 299)), (2004, ("NS", 86401)), (2004, ("NS", 2147483648)), (2004, ("NS", -1)),
                (2005, ("NS", "1h")), (2005, ("NS", "0x10")), (2306, ("A", 3600)), (2306, ("DNAME", 3600)),
                (2003, ("custom", 3600)), (2001, ("MX", 3600)), (2001, ("ns", 3600)))
        for code, choice in rows:
            with self.subTest(choice):
                self.expect(code, self.gold.command(update, ttls("update", ("DS", 120), choice)))
        self.expect(2001, self.gold.command(update, ttls("update", ("NS", 700), ("NS", 700))))
        self.expect(2001, self.gold.command(update, ttls("update")))
        self.expect(2001, self.gold.command(update, ttls("create", ("NS", 700))))
        self.expect(2201, silver.command(update, ttls("update", ("NS", 1))))
        self.expect(2306, self.gold.command(host_update("ns.three.org"), ttls("update", ("NS", 3600))))
        self.expect(2004, self.gold.command(host_update("ns.three.org"), ttls("update", ("A", 299))))
        self.expect(2306, self.gold.command(epp.host_create("ns.three.example"), ttls("create", ("A", 3600))))
        self.expect(2303, self.gold.command(epp.info("host", "ns.three.example")))
        self.expect(2306, self.gold.command(epp.domain_create("no.org", "holder"), ttls("create", ("AAAA", 3600))))
        self.expect(2103, self.gold.command(epp.delete("domain", "three.org"), info()))
        self.expect(2103, self.gold.command(epp.info("contact", "holder"), info()))
        self.assertEqual([("NS", "600")], self.shown("domain", "three.org"))
        self.assertEqual([], self.shown("host", "ns.three.org"))

    def test_the_operator_narrows_the_limits(self):
        self.delegate("four", ttls("create", ("NS", 300)))
        self.addCleanup(self.apply, LIMITS)
        self.apply("min_ns_ttl = 1800\nmax_ns_ttl = 7200\n")
        self.assertEqual([("NS", "1800")], self.shown("domain", "four.org"))
        self.assertEqual(1800, self.in_zone("four")[0][0])
        self.apply("")
        self.assertEqual([], self.shown("domain", "four.org", True))
        self.assertEqual(3600, self.in_zone("four")[0][0])
        self.expect(2306, self.gold.command(epp.domain_update("four.org"), ttls("update", ("NS", 3600))))
        refused = self.apply("max_ns_ttl = 300\n", check=False)
        self.assertNotEqual(0, refused.returncode)
        self.assertIn("max_ns_ttl: with it min_ns_ttl has to be below it", refused.stderr)
