"""Bundles (RFC 9095): the names of .ong are the second names of the domains of .ngo."""

import concurrent.futures
import os
import subprocess

import epp_client as epp
import postel

BUNDLE = epp.NS["b-dn"]
DS = "<secDNS:dsData><secDNS:keyTag>{}</secDNS:keyTag><secDNS:alg>13</secDNS:alg>" \
     "<secDNS:digestType>2</secDNS:digestType><secDNS:digest>" + "AB" * 32 + "</secDNS:digest></secDNS:dsData>"


def policy(tld, more=""):
    return postel.POLICY.replace("org", tld).replace("tld = ", "data_model = minimum\ntld = ") + more


def create(name):
    return epp.domain_create(name, None)


def bundle_create(name):
    return f'<b-dn:create xmlns:b-dn="{BUNDLE}"><b-dn:rdn>{name}</b-dn:rdn></b-dn:create>'


def sec_dns(inner, verb="update"):
    return f'<secDNS:{verb} xmlns:secDNS="{epp.NS["secDNS"]}">{inner}</secDNS:{verb}>'


class BundleTest(postel.RegistryTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.apply("ngo", policy("ngo"))
        cls.apply("ong", policy("ong", "bundle_of = ngo\n"))

    @classmethod
    def apply(cls, tld, text, check=True):
        return cls.registry.ctl("tld", "apply", cls.registry.write(tld + ".conf", text), check=check)

    def setUp(self):
        self.gold = self.log_in()

    def names(self, response, tag):
        return [(e.tag.split("}")[1], e.text) for e in response.all(f"b-dn:{tag}/b-dn:bundle/*")]

    def info(self, name, client=None):
        return self.expect(1000, (client or self.gold).command(epp.info("domain", name)))

    def test_one_command_acts_on_both_names(self):
        both = [("rdn", "one.ngo"), ("bdn", "one.ong")]
        created = self.expect(1000, self.gold.command(create("one.ong"), bundle_create("one.ong")))
        self.assertEqual("one.ong", created.text("domain:creData/domain:name"))
        self.assertEqual(both, self.names(created, "creData"))
        expiry = created.text("domain:creData/domain:exDate")[:10]
        self.expect(2302, self.log_in(postel.SILVER).command(create("one.ngo")))
        renewed = self.expect(1000, self.gold.command(epp.domain_renew("one.ngo", expiry)))
        self.assertEqual(both, self.names(renewed, "renData"))
        updated = self.expect(1000, self.gold.command(
            epp.domain_update("one.ong", add='<domain:status s="clientHold"/>')))
        self.assertEqual(both, self.names(updated, "upData"))
        one, other = self.info("one.ngo"), self.info("one.ong")
        self.assertEqual(both, self.names(one, "infData"))
        self.assertEqual(both, self.names(other, "infData"))
        self.assertEqual("one.ong", other.text("domain:infData/domain:name"))
        for path in ("roid", "exDate", "clID", "crDate", "upDate"):
            self.assertEqual(one.text("domain:infData/domain:" + path), other.text("domain:infData/domain:" + path))
        self.assertEqual([e.get("s") for e in one.all("domain:infData/domain:status")],
                         [e.get("s") for e in other.all("domain:infData/domain:status")])
        for host in ("ns1.one.ong", "ns1.one.ngo"):
            self.expect(1000, self.gold.command(epp.host_create(host, "192.0.2.1")))
        self.audit()
        for host in ("ns1.one.ong", "ns1.one.ngo"):
            self.expect(2305, self.gold.command(epp.delete("domain", "one.ong")))
            self.expect(1000, self.gold.command(epp.delete("host", host)))
        deleted = self.expect(1000, self.gold.command(epp.delete("domain", "one.ong")))
        self.assertEqual(both, self.names(deleted, "delData"))
        for name in ("one.ngo", "one.ong"):
            self.expect(2303, self.gold.command(epp.info("domain", name)))
        self.audit()

    def test_a_client_that_does_not_know_the_extension_hears_nothing_of_it(self):
        client = self.connect("silver")
        self.expect(1000, client.login(*postel.SILVER, extensions=[]))
        created = self.expect(1000, client.command(create("plain.ngo")))
        self.assertNotIn(BUNDLE.encode(), created.xml)
        self.assertNotIn(BUNDLE.encode(), self.info("plain.ong", client).xml)
        self.expect(2002, client.command(create("other.ngo"), bundle_create("other.ngo")))

    def test_ds_records_are_a_names_own_and_come_into_its_zone(self):
        self.expect(1000, self.gold.command(epp.host_create("ns1.elsewhere.example")))
        self.expect(1000, self.gold.command(epp.domain_create("signed.ngo", None, hosts=["ns1.elsewhere.example"]),
                                            sec_dns(DS.format(1), "create")))
        self.expect(1000, self.gold.command(epp.domain_update("signed.ong"),
                                            sec_dns("<secDNS:add>" + DS.format(2) + "</secDNS:add>")))
        for name, tag in (("signed.ngo", "1"), ("signed.ong", "2")):
            self.assertEqual([tag], [e.text for e in self.info(name).all("secDNS:infData/secDNS:dsData/secDNS:keyTag")])
            zone = self.zone(name.split(".")[1])
            self.assertRegex(zone, rf"(?m)^signed\s.*\bNS\s+ns1\.elsewhere\.example\.")
            self.assertRegex(zone, rf"(?m)\bDS\s+{tag} 13 2 ")
            self.assertNotRegex(zone, rf"(?m)\bDS\s+{3 - int(tag)} 13 2 ")

    def zone(self, tld):
        path = os.path.join(self.registry.folder, tld + ".zone")
        subprocess.run([postel.program("postel-zonegen"), "full", "--database", self.registry.cluster.conninfo(),
                        "--tld", tld, "--out", path], check=True, capture_output=True, timeout=60)
        with open(path, encoding="utf-8") as file:
            return file.read()

    def test_two_servers_sell_a_pair_once(self):
        second = postel.EppServer(self.registry)
        self.addCleanup(second.kill)
        clients = [self.gold, self.registry.log_in(second, postel.SILVER)]
        self.addCleanup(clients[1].close)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for number in range(30):
                names = [f"race{number}.ngo", f"race{number}.ong"]
                codes = list(pool.map(lambda pair: pair[0].command(create(pair[1])).code, zip(clients, names)))
                self.assertEqual([1000, 2302], sorted(codes))
        self.audit()

    def test_what_the_client_takes_for_the_bundle_must_be_it(self):
        self.expect(2306, self.gold.command(create("right.ngo"), bundle_create("wrong.ngo")))
        self.expect(2306, self.gold.command(create("right.ngo"), bundle_create("right.org")))
        self.expect(2005, self.gold.command(create("right.ngo"), bundle_create("-.ngo")))
        self.expect(2303, self.gold.command(epp.info("domain", "right.ngo")))
        self.expect(1000, self.gold.command(create("right.ngo"), f'<b-dn:create xmlns:b-dn="{BUNDLE}"/>'))

    def test_bundling_is_not_switched_off_under_those_who_use_it(self):
        self.expect(1000, self.gold.command(create("used.ngo")))
        done = self.apply("ong", policy("ong"), check=False)
        self.assertNotEqual(0, done.returncode)
        self.assertIn("bundling cannot change while there are domains in the TLD", done.stderr)
        self.info("used.ong")
