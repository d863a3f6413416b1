"""The zone that `postel-zonegen follow` keeps, seen by those who validate: changes, and restarts, leave a chain of trust."""

import glob
import os
import re
import subprocess
import unittest

import epp_client
from follow_case import HOLD, FollowCase, sec_dns
from name_server import Named
from signed_zone import Anchor, complaints, delv, transfer_signed

VALIDATED = "fully validated"
UNSIGNED = "unsigned answer"
DENIED = "negative response, fully validated"


class PrimaryWithChildren(Named):
    """Serves the delegated zones as well, so that one server has the whole chain."""

    def __init__(self, children):
        self._children = children
        super().__init__()
        for name, secure in children.items():
            self.write(f"{name}.child", f"$TTL 300\n@ SOA ns.{name}. hostmaster.{name}. 1 1800 900 1209600 300\n"
                                        f"@ NS ns1.example.net.\nwww A 192.0.2.1\n")
            if secure:
                self.new_key(name)

    def grant(self, policy):
        super().grant(policy)
        with open(os.path.join(self.folder, "named.conf"), "a", encoding="utf-8") as file:
            for name, secure in self._children.items():
                file.write(f'zone "{name}" {{ type primary; file "{name}.child{".signed" if secure else ""}"; }};\n')

    def new_key(self, name):
        """Signs the child anew, by a key of its own."""
        for old in glob.glob(os.path.join(self.folder, f"K{name}.+*")):
            os.unlink(old)
        self._run("dnssec-keygen", "-q", "-a", "ECDSAP256SHA256", "-f", "KSK", name)
        self._run("dnssec-signzone", "-q", "-z", "-S", "-o", name, "-f", f"{name}.child.signed", f"{name}.child")

    def ds_data(self, name):
        """What EPP has of the child's key."""
        with open(os.path.join(self.folder, f"dsset-{name}."), encoding="utf-8") as file:
            tag, algorithm, kind, digest = re.search(r"DS\s+(\d+) (\d+) (\d+) ([0-9A-F ]+)", file.read()).groups()
        return (f"<secDNS:dsData><secDNS:keyTag>{tag}</secDNS:keyTag><secDNS:alg>{algorithm}</secDNS:alg>"
                f"<secDNS:digestType>{kind}</secDNS:digestType><secDNS:digest>{digest.replace(' ', '')}</secDNS:digest>"
                "</secDNS:dsData>")

    def _run(self, *command):
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)


class FollowSignedTest(FollowCase):
    @classmethod
    def setUpClass(cls):
        cls.client = cls.serve("ns1.example.net")

    def setUp(self):
        self.named = PrimaryWithChildren({"signed.org": True, "plain.org": False})
        self.addCleanup(self.named.remove)
        self.named.start()
        self.follower = self.follow(self.named)
        self.anchor = Anchor(self.named)

    def run_command(self, inner, extension=""):
        response = self.client.command(inner, extension)
        self.assertEqual(1000, response.code, response.xml.decode())
        self.await_whole(self.named, follower=self.follower)

    def create(self, name, extension=""):
        self.run_command(epp_client.domain_create(name, "holder", hosts=("ns1.example.net",)), extension)
        self.addCleanup(self.client.command, epp_client.delete("domain", name))

    def update_ds(self, name, inner):
        self.run_command(epp_client.domain_update(name), sec_dns("update", inner))

    def expect(self, verdict, name, kind):
        found, text = delv(self.named.port, self.anchor, name, kind)
        self.assertEqual(verdict, found, text)
        return text

    def expect_verified(self):
        self.assertEqual({}, complaints(transfer_signed(self.named)))

    def test_the_chain_of_trust_goes_through_every_change_and_restart(self):
        self.create("signed.org", sec_dns("create", self.named.ds_data("signed.org")))
        self.create("plain.org")
        self.expect(VALIDATED, "org", "SOA")
        self.expect(VALIDATED, "signed.org", "DS")
        self.expect(VALIDATED, "www.signed.org", "A")  # by the child's own key
        # Below an unsigned delegation, of which NSEC3 with opt-out proves that it is, nothing is claimed.
        self.assertIn("resolution failed: ncache nxrrset", self.expect(DENIED, "plain.org", "DS"))
        self.assertIn(" NSEC3 1 1 0 - ", self.expect(DENIED, "plain.org", "DS"))
        self.expect(UNSIGNED, "www.plain.org", "A")
        self.assertIn("resolution failed: ncache nxdomain", self.expect(DENIED, "nobody.org", "A"))
        self.expect_verified()

        # A key that nobody vouches for breaks the chain, and the follower mends it as soon as EPP says so.
        self.named.new_key("signed.org")
        self.named.stop()
        self.named.start()
        self.assertIn("broken trust chain", self.expect_failure("www.signed.org", "A"))
        self.update_ds("signed.org", "<secDNS:rem><secDNS:all>true</secDNS:all></secDNS:rem>"
                                     f"<secDNS:add>{self.named.ds_data('signed.org')}</secDNS:add>")
        self.expect(VALIDATED, "www.signed.org", "A")
        self.expect_verified()

        # From signed to unsigned, off, and on again; the primary dies meanwhile.
        self.update_ds("signed.org", "<secDNS:rem><secDNS:all>true</secDNS:all></secDNS:rem>")
        self.expect(DENIED, "signed.org", "DS")
        self.expect(UNSIGNED, "www.signed.org", "A")
        self.named.kill()
        self.named.start()
        self.expect(UNSIGNED, "www.signed.org", "A")
        self.run_command(epp_client.domain_update("signed.org", add=HOLD))
        self.assertIn("ncache nxdomain", self.expect(DENIED, "signed.org", "DS"))
        self.follower.kill()
        self.follower = self.follow(self.named)
        self.run_command(epp_client.domain_update("signed.org", rem=HOLD))
        self.update_ds("signed.org", f"<secDNS:add>{self.named.ds_data('signed.org')}</secDNS:add>")
        self.expect(VALIDATED, "www.signed.org", "A")
        self.expect_verified()

    def test_the_verifiers_find_what_is_wrong(self):
        self.create("signed.org", sec_dns("create", self.named.ds_data("signed.org")))
        path = transfer_signed(self.named)
        self.assertEqual({}, complaints(path))
        with open(path, encoding="utf-8") as file:
            lines = file.readlines()
        for what, spoiled in (
                ("a signature less", [line for line in lines if not re.search(r"^signed\.org\.\s.*\sRRSIG\s+DS ", line)]),
                ("a denial less", [line for line in lines if not re.search(r"\sNSEC3\s.* NS DS RRSIG$", line)]),
                ("another key tag", [re.sub(r"^(signed\.org\.\s+\d+\s+IN\s+DS\s+)\d+", r"\g<1>1", line) for line in lines])):
            self.assertFalse(lines == spoiled, what)
            with open(path, "w", encoding="utf-8") as file:
                file.writelines(spoiled)
            self.assertEqual({"dnssec-verify", "ldns-verify-zone"}, set(complaints(path)), what)

    def expect_failure(self, name, kind):
        found, text = delv(self.named.port, self.anchor, name, kind)
        self.assertNotIn(found, (VALIDATED, UNSIGNED, DENIED))
        return text


if __name__ == "__main__":
    unittest.main()
