"""The sandbox's contract, driven as scripts drive it: up, env, stock clients, clock, up again, kill, down.

Run by ctest with the build folder as the only argument; the programs there are used as they are.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SANDBOX = os.path.join(ROOT, "deploy", "sandbox")
NAMES = """EPP_HOST EPP_PORT EPP_CA EPP_CERT EPP_KEY EPP_USER EPP_PASS EPP_CERT2 EPP_KEY2 EPP_USER2 EPP_PASS2
EPP_TLD RDAP_BASE WHOIS_HOST WHOIS_PORT DNS_HOST DNS_PORT METRICS_URL DATABASE_URL POSTELCTL""".split()


def free_port_base():
    """Ten consecutive ports that nobody listens on."""
    for base in range(17000, 60000, 10):
        try:
            for port in range(base, base + 10):
                with socket.socket() as probe:
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                    probe.bind(("127.0.0.1", port))
            return base
        except OSError:
            continue
    raise RuntimeError("no free ports")


class SandboxTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.dir = tempfile.mkdtemp(prefix="postel-sandbox-")
        os.chmod(cls.dir, 0o755)
        cls.dir = os.path.join(cls.dir, "here")
        cls.base = free_port_base()
        cls.first = cls.sandbox("up", "--port-base", str(cls.base), timeout=300)
        cls.env = dict(
            line.split("=", 1)
            for line in cls.run_shell(
                f'eval "$({SANDBOX} env --dir {cls.dir})"; for n in {" ".join(NAMES)}; do echo "$n=${{!n}}"; done'
            ).stdout.splitlines()
        )

    @classmethod
    def tearDownClass(cls):
        cls.sandbox("down", "--purge", check=False)
        shutil.rmtree(os.path.dirname(cls.dir), ignore_errors=True)

    @classmethod
    def sandbox(cls, command, *arguments, check=True, timeout=120):
        result = subprocess.run(
            [SANDBOX, command, *arguments, "--dir", cls.dir],
            capture_output=True, text=True, timeout=timeout, stdin=subprocess.DEVNULL,
        )
        if check and result.returncode != 0:
            raise AssertionError(f"sandbox {command}: exit {result.returncode}\n{result.stdout}\n{result.stderr}")
        return result

    @staticmethod
    def run_shell(script):
        return subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60, check=True)

    def postelctl(self, *arguments):
        result = subprocess.run([self.env["POSTELCTL"], "--json", *arguments], capture_output=True, text=True, timeout=60)
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(result.stdout)

    def rdap(self, path):
        try:
            with urllib.request.urlopen(self.env["RDAP_BASE"] + path, timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def eventually(self, what, probe, seconds=20):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if probe():
                return
            time.sleep(0.1)
        self.fail(f"not within {seconds} s: {what}")

    def test_env_names_everything_that_scripts_rely_on(self):
        self.assertEqual(sorted(self.env), sorted(NAMES))
        for name in NAMES:
            self.assertNotEqual(self.env[name], "", name)
        for name in ("EPP_CA", "EPP_CERT", "EPP_KEY", "EPP_CERT2", "EPP_KEY2", "POSTELCTL"):
            self.assertTrue(os.path.isabs(self.env[name]) and os.path.exists(self.env[name]), name)
        self.assertFalse(self.env["RDAP_BASE"].endswith("/"))
        base = self.base
        self.assertEqual(
            [self.env["EPP_PORT"], self.env["WHOIS_PORT"], self.env["DNS_PORT"]], [str(base), str(base + 1), str(base + 9)]
        )
        self.assertIn(f":{base + 2}", self.env["RDAP_BASE"])
        self.assertIn(f":{base + 3}/", self.env["METRICS_URL"])

    def test_the_demonstration_shows_the_domain_everywhere(self):
        self.assertIn("demo.org is in EPP, WHOIS, RDAP and signed DNS.", self.first.stdout)
        whois = self.run_shell(f"whois -h {self.env['WHOIS_HOST']} -p {self.env['WHOIS_PORT']} demo.org").stdout
        self.assertIn("Domain Name: DEMO.ORG", whois.upper().replace("DOMAIN NAME", "Domain Name"))
        status, answer = self.rdap("/domain/demo.org")
        self.assertEqual((status, answer["ldhName"]), (200, "demo.org"))
        self.assertEqual(self.rdap("/domain/not-there.org")[0], 404)
        dig = self.run_shell(
            f"dig @{self.env['DNS_HOST']} -p {self.env['DNS_PORT']} demo.org NS +norecurse +noall +authority +additional"
        ).stdout
        self.assertIn("ns1.demo.org.", dig)
        self.assertIn("208.77.190.193", dig)

    def test_up_again_is_quick_and_changes_nothing(self):
        before = self.postelctl("domain", "show", "demo.org")
        started = time.monotonic()
        self.sandbox("up")
        self.assertLess(time.monotonic() - started, 60)
        self.assertEqual(self.postelctl("domain", "show", "demo.org"), before)

    def test_all_processes_follow_the_clock(self):
        expires = self.postelctl("domain", "show", "demo.org")["expires"]
        self.sandbox("clock", "+800d")
        try:
            self.eventually(
                "auto-renewal in the database",
                lambda: self.postelctl("domain", "show", "demo.org")["expires"] > expires,
            )
            self.eventually(
                "the worker's own entry in the history",
                lambda: any(row["who"] == "(lifecycle)" for row in self.postelctl("domain", "show", "demo.org", "--history")),
            )
            _, answer = self.rdap("/domain/demo.org")
            dates = {event["eventAction"]: event["eventDate"] for event in answer["events"]}
            self.assertGreater(dates["expiration"], expires)
        finally:
            self.sandbox("clock", "reset")

    def test_killed_processes_come_back_with_up(self):
        with open(os.path.join(self.dir, "run", "epp.pid"), encoding="ascii") as file:
            os.kill(int(file.read()), 9)
        self.assertEqual(self.sandbox("status", check=False).returncode, 1)
        self.sandbox("up")
        self.assertEqual(self.sandbox("status").returncode, 0)

    def test_audit_is_clean(self):
        self.assertEqual(self.postelctl("audit"), [])


if __name__ == "__main__":
    os.environ["POSTEL_BUILD"] = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1] + sys.argv[2:], verbosity=2)
