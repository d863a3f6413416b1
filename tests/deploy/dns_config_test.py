"""deploy/dns-config: what it makes is what the servers' own checkers accept, and what is wrong is said."""

import grp
import os
import re
import shutil
import stat
import subprocess
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DNS_CONFIG = os.path.join(ROOT, "deploy", "dns-config")
CHECKERS = {
    "bind": lambda folder: ["named-checkconf", folder + "/named.conf"],
    "nsd": lambda folder: ["nsd-checkconf", folder + "/nsd.conf"],
    "knot": lambda folder: ["knotc", "-c", folder + "/knot.conf", "conf-check"],
}


class DnsConfigTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="postel-dns-config-")
        self.addCleanup(shutil.rmtree, self.folder)
        os.makedirs(self.path("a b/keys"))
        self.follow, self.transfer = self.path("follow.key"), self.path("transfer.key")
        for name in ("follow", "transfer"):
            self.made("key", name, self.path(name + ".key"))

    def path(self, name):
        return os.path.join(self.folder, name)

    def read(self, name):
        with open(self.path(name), encoding="ascii") as file:
            return file.read()

    def write(self, name, text, mode=0o600):
        with open(self.path(name), "w", encoding="ascii") as file:
            file.write(text)
        os.chmod(self.path(name), mode)
        return self.path(name)

    def run_it(self, *arguments):
        return subprocess.run([DNS_CONFIG, *arguments], capture_output=True, text=True, timeout=60)

    def made(self, *arguments):
        done = self.run_it(*arguments)
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        return done.stdout

    def refused(self, text, *arguments):
        done = self.run_it(*arguments)
        self.assertEqual(2, done.returncode, done.stdout + done.stderr)
        self.assertEqual("", done.stdout)
        self.assertIn(text, done.stderr)

    def words(self, role="primary", server="bind", **changes):
        """Of a command that is right; a change to None takes an option away, a list repeats it."""
        options = {"server": server, "tld": ["org", "xn--p1ai"], "listen": ["192.0.2.1", "[2001:db8::1]:53"],
                   "secondary" if role == "primary" else "primary": ["192.0.2.53", "[2001:db8::53]:5353"],
                   "transfer-key": self.transfer, "out": self.folder, "state": self.path("a b"), "run": self.folder,
                   "user": "none"}
        if role == "primary":
            options["follow-key"] = self.follow
        options.update({name.replace("_", "-"): value for name, value in changes.items()})
        words = [role]
        for name, value in options.items():
            for each in value if isinstance(value, list) else [value]:
                if each is not None:
                    words += ["--" + name, each]
        return words

    def test_the_servers_own_checkers_accept_it(self):
        for role, server in (("primary", "bind"), ("primary", "knot"), ("secondary", "bind"), ("secondary", "nsd"),
                             ("secondary", "knot")):
            with self.subTest(role=role, server=server):
                said = self.made(*self.words(role, server))
                self.assertIn(f"made {self.folder}/keys.conf\n", said)
                checked = subprocess.run(CHECKERS[server](self.folder), capture_output=True, text=True, timeout=60)
                self.assertEqual(0, checked.returncode, checked.stdout + checked.stderr)
                self.assertNotRegex(checked.stdout + checked.stderr, "(?i)warning|default changed|deprecated|error")

    def test_addresses_of_one_family_and_any_address_are_accepted_too(self):
        for server in CHECKERS:
            for listen, primary in ((["0.0.0.0"], ["192.0.2.1"]), (["::", "0.0.0.0:5300"], ["2001:db8::1"]),
                                    (["192.0.2.1", "192.0.2.2"], ["192.0.2.3"])):
                with self.subTest(server=server, listen=listen):
                    self.made(*self.words("secondary", server, listen=listen, primary=primary))
                    checked = subprocess.run(CHECKERS[server](self.folder), capture_output=True, text=True, timeout=60)
                    self.assertEqual(0, checked.returncode, checked.stdout + checked.stderr)

    def test_secrets_stand_in_files_of_their_own_that_others_cannot_read(self):
        secrets = [re.search('secret "(.*)"', self.read(name))[1] for name in ("follow.key", "transfer.key")]
        self.assertNotEqual(*secrets)
        self.made(*self.words(control="1953"))
        for name in os.listdir(self.folder):
            path = self.path(name)
            if os.path.isfile(path) and re.search("secret", self.read(name)):
                self.assertEqual(0, stat.S_IMODE(os.stat(path).st_mode) & 0o007, name)
        self.assertFalse([secret for secret in secrets if secret in self.read("named.conf")])
        self.assertIn(secrets[0], self.read("keys.conf"))

    def test_a_secondary_is_not_told_the_followers_key(self):
        self.made(*self.words("secondary", "knot"))
        self.assertNotIn("follow", self.read("knot.conf") + self.read("keys.conf"))

    def test_keys_are_as_tsig_keygen_makes_them_and_never_overwritten(self):
        other = subprocess.run(["tsig-keygen", "-a", "hmac-sha256", "follow"], capture_output=True, text=True, check=True).stdout
        form = re.compile(r'"[^"]{44}"')
        self.assertEqual(form.sub("", other), form.sub("", self.read("follow.key")))
        before = self.read("follow.key")
        self.refused("is there already", "key", "follow", self.follow)
        self.assertEqual(before, self.read("follow.key"))
        self.refused("not a key's name", "key", "Fol low", self.path("new.key"))
        self.refused("no group", "key", "new", self.path("new.key"), "--group", "no-such-group")
        self.assertFalse(os.path.exists(self.path("new.key")))

    @unittest.skipUnless(os.geteuid() == 0, "only root can give files away")
    def test_the_servers_group_may_read_secrets(self):
        self.made(*self.words(user="daemon"))
        self.made("key", "new", self.path("new.key"), "--group", "daemon")
        for name in ("keys.conf", "new.key"):
            status = os.stat(self.path(name))
            self.assertEqual(0o640, stat.S_IMODE(status.st_mode))
            self.assertEqual(grp.getgrnam("daemon").gr_gid, status.st_gid)

    def test_what_somebody_wrote_is_left_alone_and_our_own_is_made_anew(self):
        self.write("named.conf", "// mine\n")
        self.refused("named.conf is there and was not made by dns-config", *self.words())
        self.assertEqual("// mine\n", self.read("named.conf"))
        self.assertFalse(os.path.exists(self.path("keys.conf")))
        os.unlink(self.path("named.conf"))
        self.made(*self.words(control="1953"))
        rndc = self.read("rndc.conf")
        self.made(*self.words(control="1953", tld="info"))
        self.assertIn('zone "info"', self.read("named.conf"))
        self.assertNotIn('zone "org"', self.read("named.conf"))
        self.assertEqual(re.search("secret.*", rndc)[0], re.search("secret.*", self.read("rndc.conf"))[0])

    def test_wrong_values_are_named(self):
        cases = [
            (dict(tld="Org"), "--tld: not a zone's name"), (dict(tld="org."), "--tld"), (dict(tld=""), "--tld"),
            (dict(tld='o";'), "--tld"), (dict(tld="-org"), "--tld"), (dict(tld="a" * 64), "--tld"),
            (dict(tld=["org", "org"]), "--tld: given twice: org"), (dict(tld=None), "--tld"),
            (dict(listen="ns1.nic.org"), "--listen: not ADDRESS"), (dict(listen="192.0.2.256"), "--listen"),
            (dict(listen="192.0.2.1:0"), "--listen: not a port"), (dict(listen="192.0.2.1:65536"), "--listen: not a port"),
            (dict(listen="192.0.2.1:"), "--listen: not a port"), (dict(listen="[::1"), "--listen"),
            (dict(listen="fe80::1%eth0"), "--listen: no address with a scope"), (dict(listen="224.0.0.1"), "nobody can be reached"),
            (dict(listen="::ffff:192.0.2.1"), "really IPv4"),
            (dict(secondary="0.0.0.0"), "--secondary: nobody can be reached"),
            (dict(secondary=["192.0.2.5", "192.0.2.5:53"]), "--secondary: given twice"),
            (dict(out="relative"), "--out: not an absolute path"), (dict(out=self.path("nowhere")), "no folder"),
            (dict(state='/va"r'), "--state: the path has"), (dict(run="/run/${x}"), "--run: the path has"),
            (dict(user="a b"), "--user"), (dict(control="0"), "--control: not a port"), (dict(journal="0"), "--journal"),
            (dict(zsk_days="13"), "--zsk-days: not a number from 14"), (dict(signature_days="x"), "--signature-days"),
            (dict(max_ttl="604800"), "--max-ttl: signatures are renewed"), (dict(server="nsd"), "--server"),
            (dict(server="knot", control="none"), "--control: knot has a socket"),
            (dict(follow_key=None), "--follow-key"), (dict(follow_key=self.transfer), "another name and secret"),
            (dict(follow_key=self.path("no.key")), "No such file"), (dict(out="/tmp\n}"), "not printable ASCII"),
        ]
        for changes, text in cases:
            with self.subTest(changes):
                self.refused(text, *self.words(**changes))
        self.refused("--primary", *self.words("secondary", primary=None))
        self.refused("unrecognized", *self.words(), "--frob")
        self.assertEqual({"a b", "follow.key", "transfer.key"}, set(os.listdir(self.folder)))

    def test_wrong_key_files_are_named(self):
        good = self.read("follow.key")
        for name, text, mode, said in (
            ("open.key", good, 0o644, "is open to everybody"),
            ("md5.key", good.replace("sha256", "md5"), 0o600, "the algorithm hmac-md5 is none of"),
            ("short.key", re.sub('secret ".*"', 'secret "c2hvcnQ="', good), 0o600, "less than 16 octets"),
            ("base.key", re.sub('secret ".*"', 'secret "!!!!"', good), 0o600, "not base64"),
            ("name.key", good.replace('"follow"', '"Fo.o"'), 0o600, "not a key's name"),
            ("two.key", good + good, 0o600, "is no key as tsig-keygen writes it"),
            ("empty.key", "", 0o600, "is no key as tsig-keygen writes it"),
        ):
            with self.subTest(name):
                self.refused(said, *self.words(follow_key=self.write(name, text, mode)))


if __name__ == "__main__":
    unittest.main(verbosity=2)
