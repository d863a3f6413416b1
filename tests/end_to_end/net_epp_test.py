"""A stock client that we did not write: Net::EPP for Perl (Debian's libnet-epp-perl)."""

import os
import shutil
import subprocess
import unittest

import postel


HERE = os.path.dirname(os.path.abspath(__file__))


def net_epp_is_there():
    return shutil.which("perl") and subprocess.run(
        ["perl", "-MNet::EPP::Simple", "-e", "1"], capture_output=True).returncode == 0


@unittest.skipUnless(net_epp_is_there(), "libnet-epp-perl is not installed")
class NetEppTest(postel.RegistryTest):
    def test_it_provisions_a_domain(self):
        certificate, key = self.registry.certificates["gold"]
        done = subprocess.run(
            ["perl", os.path.join(HERE, "net_epp.pl")], capture_output=True, text=True, timeout=120,
            env={**os.environ, "EPP_HOST": "localhost", "EPP_PORT": str(self.server.port),
                 "EPP_CA": self.registry.ca, "EPP_CERT": certificate, "EPP_KEY": key,
                 "EPP_USER": postel.GOLD[0], "EPP_PASS": postel.GOLD[1]})
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertIn("all steps done", done.stdout)
        rows = self.registry.cluster.sql("SELECT name FROM domains WHERE name = 'perl-stays.org'")
        self.assertEqual([("perl-stays.org",)], rows)
        self.audit()

    def test_zz_every_answer_is_valid_by_the_schemas(self):
        with self.log_in():
            pass
        super().test_zz_every_answer_is_valid_by_the_schemas()
