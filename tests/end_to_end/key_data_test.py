"""DNSSEC with key data (RFC 5910 section 4.2): registrars give keys, the zone gets DS records."""

import os
import subprocess

import epp_client as epp
import postel

# RFC 8080 section 6.1, and another of the same form.
KEYS = ("l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=", "zPnZ/QwEe7S8C5SPz2OfS5RR40ATk2/rYnE9xHIEijs=")
SEC_DNS = epp.NS["secDNS"]


def key_data(key):
    return "<secDNS:keyData><secDNS:flags>257</secDNS:flags><secDNS:protocol>3</secDNS:protocol>" \
           f"<secDNS:alg>15</secDNS:alg><secDNS:pubKey>{key}</secDNS:pubKey></secDNS:keyData>"


def extension(verb, inner):
    return f'<secDNS:{verb} xmlns:secDNS="{SEC_DNS}">{inner}</secDNS:{verb}>'


class KeyDataTest(postel.RegistryTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        policy = postel.POLICY.replace("org", "keys") + "data_model = minimum\nds_interface = key\n"
        cls.registry.ctl("tld", "apply", cls.registry.write("keys.conf", policy))

    def keys(self, client, name):
        info = self.expect(1000, client.command(epp.info("domain", name)))
        self.assertEqual([], info.all("secDNS:dsData"))
        return [e.text for e in info.all("secDNS:infData/secDNS:keyData/secDNS:pubKey")]

    def zone(self):
        path = os.path.join(self.registry.folder, "keys.zone")
        subprocess.run([postel.program("postel-zonegen"), "full", "--database", self.registry.cluster.conninfo(),
                        "--tld", "keys", "--out", path], check=True, capture_output=True, timeout=60)
        with open(path, encoding="utf-8") as file:
            return file.read()

    def test_keys_are_kept_and_published_as_ds(self):
        gold = self.log_in()
        self.expect(1000, gold.command(epp.host_create("ns1.elsewhere.example")))
        self.expect(1000, gold.command(epp.domain_create("signed.keys", None, hosts=["ns1.elsewhere.example"]),
                                       extension("create", key_data(KEYS[0]))))
        self.assertEqual([KEYS[0]], self.keys(gold, "signed.keys"))
        self.assertRegex(self.zone(), r"(?m)\bDS\s+3613 15 2 [0-9A-F]{64}$")
        rolled = f"<secDNS:rem>{key_data(KEYS[0])}</secDNS:rem><secDNS:add>{key_data(KEYS[1])}</secDNS:add>"
        self.expect(1000, gold.command(epp.domain_update("signed.keys"), extension("update", rolled)))
        self.assertEqual([KEYS[1]], self.keys(gold, "signed.keys"))
        self.assertNotRegex(self.zone(), r"\bDS\s+3613 15 2 ")
        self.assertEqual(1, len([line for line in self.zone().splitlines() if " DS " in f" {' '.join(line.split())} "]))
        self.expect(2306, gold.command(epp.domain_update("signed.keys"), extension("update", rolled)))
        self.assertEqual([KEYS[1]], self.keys(gold, "signed.keys"))
        self.audit()
