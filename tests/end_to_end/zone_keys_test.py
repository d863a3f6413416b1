"""postelctl zone keys: what a real BIND writes of its keys, from the first DS record to the end of a roll of the KSK and the
beginning of one of the ZSK, with delays of seconds instead of days."""

import json
import os
import shutil
import subprocess
import tempfile
import time
import unittest

from cluster import free_port
from generated_servers import GeneratedServer, Keys
from name_server import EMPTY_ZONE
from postel import program

# In place of the line of the generated policy that they follow.
QUICK = """max-zone-ttl PT2S;
  dnskey-ttl PT1S;
  publish-safety PT0S;
  retire-safety PT0S;
  zone-propagation-delay PT1S;
  parent-ds-ttl PT1S;
  parent-propagation-delay PT1S;
"""


class ZoneKeysTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="postel-keys-")
        self.addCleanup(shutil.rmtree, self.folder)
        control = ("--control", str(free_port()))
        self.named = GeneratedServer("bind", "primary", Keys(self.folder), ["org"], *control).configure()
        self.addCleanup(self.named.remove)
        path = os.path.join(self.named.folder, "named.conf")
        with open(path, encoding="ascii") as file:
            text = file.read()
        line = "max-zone-ttl PT86400S;\n"
        self.assertIn(line, text)
        self.named.write("named.conf", text.replace(line, QUICK))
        self.assertEqual(0, self.named.check().returncode)
        self.named.write("org.text", EMPTY_ZONE.format(tld="org").replace("3600", "2").replace(" 900 IN", " 1 IN")
                         .replace("86400", "2"))
        subprocess.run(["named-compilezone", "-q", "-F", "raw", "-i", "local", "-o",
                        os.path.join(self.named.state, "org.zone"), "org", os.path.join(self.named.folder, "org.text")],
                       check=True)

    @staticmethod
    def postelctl(*arguments):
        environment = {key: value for key, value in os.environ.items() if key != "POSTEL_DATABASE"}
        return subprocess.run([program("postelctl"), *arguments], capture_output=True, text=True, timeout=60, env=environment)

    def keys(self):
        done = self.postelctl("--json", "zone", "keys", "--tld", "org", "--key-directory", self.named.key_directory)
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        return json.loads(done.stdout)

    def await_keys(self, what, holds, seconds=60):
        deadline = time.monotonic() + seconds
        while not holds(shown := self.keys()):
            if time.monotonic() > deadline:
                self.fail(f"{what}: {json.dumps(shown, indent=1)}\n{self.named.log()[-3000:]}")
            time.sleep(0.2)
        return shown

    def rndc(self, *arguments):
        done = subprocess.run(["rndc", "-c", os.path.join(self.named.folder, "rndc.conf"), "dnssec", *arguments, "org"],
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        return done.stdout

    @staticmethod
    def states(shown, role):
        return [key["ds"] if role == "KSK" else key["zone_signatures"] for key in shown["keys"] if key["role"] == role]

    def cds(self):
        return [line.split()[:3] + ["".join(line.split()[3:])] for line in self.named.dig("org", "CDS")]

    def test_from_the_first_ds_record_through_a_roll_of_each_key(self):
        self.named.start()
        shown = self.await_keys("the first DS", lambda shown: self.states(shown, "KSK") == ["rumoured"])
        first = shown["keys"][0]["tag"]
        self.assertEqual("to be published", shown["keys"][0]["parent"])
        self.assertIn(f"rndc dnssec -checkds -key {first} published org", shown["to_do"][0])
        # The DS record is that which BIND computes, and asks the parent for.
        self.await_cds(shown)
        self.rndc("-checkds", "-key", str(first), "published")
        shown = self.await_keys("the DS in caches", lambda shown: self.states(shown, "KSK") == ["omnipresent"])
        self.assertEqual(([], "confirmed"), (shown["to_do"], shown["keys"][0]["parent"]))
        self.check_against_rndc(shown)

        self.rndc("-rollover", "-key", str(first))
        shown = self.await_keys("the successor's DS", lambda shown: self.states(shown, "KSK") == ["unretentive", "rumoured"])
        second = shown["keys"][1]["tag"]
        self.await_cds(shown)
        self.assertEqual(1, len(shown["to_do"]), shown["to_do"])
        self.assertIn(f"-key {second} published org", shown["to_do"][0])
        self.rndc("-checkds", "-key", str(second), "published")
        shown = self.await_keys("the old DS", lambda shown: "withdrawn" in "".join(shown["to_do"]))
        self.assertIn(f"-key {first} withdrawn org", shown["to_do"][0])
        self.rndc("-checkds", "-key", str(first), "withdrawn")
        shown = self.await_keys("the end", lambda shown: self.states(shown, "KSK") == ["hidden", "omnipresent"])
        self.assertEqual(["no more", "confirmed"], [key["parent"] for key in shown["keys"] if key["role"] == "KSK"])
        self.assertEqual([], shown["to_do"])

        zsk = next(key for key in shown["keys"] if key["role"] == "ZSK")
        self.assertEqual("retires", zsk["next"])
        self.rndc("-rollover", "-key", str(zsk["tag"]))
        # The old one's signatures stay until they are renewed one by one, in ten days.
        shown = self.await_keys("the next ZSK", lambda shown: self.states(shown, "ZSK") == ["unretentive", "rumoured"])
        self.check_against_rndc(shown)

    def await_cds(self, shown):
        wanted = [line.split(" IN DS ")[1].split() for line in shown["ds"]]
        self.assertEqual(1, len(wanted))
        deadline = time.monotonic() + 20
        while self.cds() != wanted:
            self.assertLess(time.monotonic(), deadline, (self.cds(), wanted))
            time.sleep(0.1)

    def check_against_rndc(self, shown):
        """What we read is what BIND says of itself."""
        status = self.rndc("-status")
        for key in shown["keys"]:
            if key["dnskey"] == "hidden":
                continue
            part = status.split(f"key: {key['tag']} ")[1].split("\nkey: ")[0]
            self.assertIn(f"goal:           {key['goal']}", part)
            self.assertIn(f"dnskey:         {key['dnskey']}", part)
            if key["role"] == "KSK":
                self.assertIn(f"ds:             {key['ds']}", part)

    def test_it_needs_no_database_and_says_what_is_missing(self):
        done = self.postelctl("zone", "keys", "--tld", "org", "--key-directory", self.named.key_directory)
        self.assertEqual(1, done.returncode)
        self.assertIn(f"no keys of org in {self.named.key_directory}", done.stderr)
        done = self.postelctl("zone", "keys", "--tld", "org", "--key-directory", "/nonexistent")
        self.assertEqual(2, done.returncode)
        self.assertIn("cannot read /nonexistent", done.stderr)
        done = self.postelctl("zone", "keys", "--tld", "../org", "--key-directory", self.named.key_directory)
        self.assertEqual(2, done.returncode)
        self.assertIn("--tld: not a zone: ../org", done.stderr)
        done = self.postelctl("registry", "show")
        self.assertEqual(2, done.returncode)
        self.assertIn("--database", done.stderr)
        path = os.path.join(self.named.key_directory, "Korg.+013+00001.state")
        with open(path, "w", encoding="ascii") as file:
            file.write("Algorithm: 13\nKSK: yes\nDSState: lost\n")
        done = self.postelctl("zone", "keys", "--tld", "org", "--key-directory", self.named.key_directory)
        self.assertEqual(2, done.returncode)
        self.assertIn(f"{path}:3: DSState: not hidden", done.stderr)


if __name__ == "__main__":
    unittest.main()
