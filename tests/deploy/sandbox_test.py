"""The sandbox's contract, driven as scripts drive it: up, env, stock clients, clock, up again, kill, down; and what it
refuses.

Run by ctest with the build folder as the only argument; the programs there are used as they are.
"""

import contextlib
import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SANDBOX = os.path.join(ROOT, "deploy", "sandbox")
sys.path.insert(0, os.path.join(ROOT, "tests", "end_to_end"))

import epp_client  # noqa: E402
from name_server import file_records, records  # noqa: E402

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


def run_sandbox(*arguments, timeout=120, **options):
    return subprocess.run(
        [SANDBOX, *arguments], capture_output=True, text=True, timeout=timeout, stdin=subprocess.DEVNULL, **options
    )


class RefusalTest(unittest.TestCase):
    """What is refused before anything is made or started."""

    def setUp(self):
        self.parent = tempfile.mkdtemp(prefix="postel-sandbox-")
        os.chmod(self.parent, 0o755)
        self.dir = os.path.join(self.parent, "here")
        self.addCleanup(shutil.rmtree, self.parent, ignore_errors=True)

    def assert_refused(self, result, code, text):
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        self.assertIn(text, result.stderr)

    def test_unknown_words_and_options_are_refused(self):
        for arguments, text in (
            ("up bogus", "up does not know 'bogus'"),
            ("up --frob", "up does not know '--frob'"),
            ("up --port_base 7400", "up does not know '--port_base'"),
            ("up --purge", "up does not know '--purge'"),
            ("up --dir", "--dir needs a directory"),
            ("up --dir=", "--dir needs a directory"),
            ("up --dir --port-base 7400", "--dir needs a directory"),
            ("up --port-base", "--port-base needs a number"),
            ("up --port-base abc", "--port-base needs a number from 1 to 65526"),
            ("up --port-base 65527", "--port-base needs a number from 1 to 65526"),
            ("up --port-base 0", "--port-base needs a number from 1 to 65526"),
            ("clock reset now", "one word is enough"),
            ("clock now", "neither a step"),
            ("fill", "fill needs --domains N"),
            ("fill --domains 0", "fill needs --domains N"),
            ("logs nobody", "'nobody' is not one of postgres epp"),
            ("bogus", "there is no command 'bogus'"),
        ):
            with self.subTest(arguments):
                self.assert_refused(run_sandbox(*arguments.split(), cwd=self.parent), 2, text)
        self.assertEqual(os.listdir(self.parent), [])

    def test_directories_that_need_escapes_are_refused(self):
        for name in ('quo"te', "quo'te", "new\nline", "back\\slash", "$HOME", "{tld}"):
            with self.subTest(name):
                self.assert_refused(run_sandbox("up", "--dir", name, cwd=self.parent), 2, "--dir: the path")
        self.assertEqual(os.listdir(self.parent), [])

    def test_somebodys_files_are_left_alone(self):
        os.mkdir(self.dir)
        precious = os.path.join(self.dir, "precious")
        with open(precious, "w", encoding="ascii"):
            pass
        self.assert_refused(run_sandbox("up", "--dir", self.dir), 1, "has files in it and is no sandbox")
        self.assert_refused(run_sandbox("down", "--purge", "--dir", self.dir), 1, "there is no sandbox")
        self.assertTrue(os.path.exists(precious))

    def test_purge_deletes_only_what_up_has_made(self):
        # Without programs `up` fails after it has made settings, cluster and certificates.
        base = str(free_port_base())
        environment = dict(os.environ, POSTEL_BUILD=os.path.join(self.parent, "no-programs"))
        result = run_sandbox("up", "--dir", self.dir, "--port-base", base, env=environment)
        self.assertNotEqual(result.returncode, 0)
        mine = os.path.join(self.dir, "mine")
        with open(mine, "w", encoding="ascii"):
            pass
        self.assertEqual(run_sandbox("down", "--purge", "--dir", self.dir).returncode, 0)
        self.assertEqual(os.listdir(self.dir), ["mine"])

    def test_a_port_of_another_program_is_noticed_before_anything_is_made(self):
        base = free_port_base()
        for offset, kind, address in (
            (0, socket.SOCK_STREAM, "127.0.0.1"), (6, socket.SOCK_STREAM, "0.0.0.0"), (7, socket.SOCK_DGRAM, "127.0.0.1"),
            (9, socket.SOCK_DGRAM, "127.0.0.1")
        ):
            with self.subTest(offset=offset), socket.socket(socket.AF_INET, kind) as other:
                other.bind((address, base + offset))
                if kind == socket.SOCK_STREAM:
                    other.listen()
                result = run_sandbox("up", "--dir", self.dir, "--port-base", str(base))
                self.assert_refused(result, 1, f"port {base + offset} is in use by another program; use --port-base")
                self.assertFalse(os.path.exists(self.dir))

    def test_an_answer_is_not_believed_when_the_process_has_ended(self):
        script = f"""root={shlex.quote(ROOT)} here=$root/deploy dir={shlex.quote(self.parent)} build=/
        . "$here/sandbox.d/lib.sh"
        mkdir "$dir/run" "$dir/log"
        echo "no such port" >"$dir/log/epp.log"
        echo $$ >"$dir/run/epp.pid"  # lives, but is another program
        await epp "EPP" true"""
        result = subprocess.run(["bash", "-ec", script], capture_output=True, text=True, timeout=60)
        self.assertEqual(result.returncode, 1)
        self.assertEqual(result.stdout, "")
        self.assertIn("no such port\nsandbox: epp has ended", result.stderr)

    def test_what_to_do_without_a_sandbox_is_said_with_the_directory(self):
        self.assert_refused(run_sandbox("status", "--dir", self.dir), 1, f"deploy/sandbox up --dir {self.dir}")

    @unittest.skipUnless(os.geteuid() == 0, "only root can become somebody else")
    def test_who_may_not_write_to_the_checkout_is_told_of_another_directory(self):
        checkout = os.path.join(self.parent, "checkout")
        shutil.copytree(os.path.join(ROOT, "deploy"), os.path.join(checkout, "deploy"))
        result = subprocess.run(
            [os.path.join(checkout, "deploy", "sandbox"), "up"], user="nobody", capture_output=True, text=True, timeout=60
        )
        self.assert_refused(result, 1, f"nobody cannot write to {checkout}/var/sandbox; use --dir")


class SandboxTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.dir = tempfile.mkdtemp(prefix="postel-sandbox-")
        os.chmod(cls.dir, 0o755)
        cls.dir = os.path.join(cls.dir, "here and # there")
        cls.base = free_port_base()
        cls.first = cls.sandbox("up", "--port-base", str(cls.base), timeout=300)
        cls.env = dict(
            line.split("=", 1)
            for line in cls.run_shell(
                f'eval "$({SANDBOX} env --dir {shlex.quote(cls.dir)})"; for n in {" ".join(NAMES)}; do echo "$n=${{!n}}"; done'
            ).stdout.splitlines()
        )

    @classmethod
    def tearDownClass(cls):
        cls.sandbox("down", "--purge", check=False)
        shutil.rmtree(os.path.dirname(cls.dir), ignore_errors=True)

    @classmethod
    def sandbox(cls, command, *arguments, check=True, timeout=120):
        result = run_sandbox(command, *arguments, "--dir", cls.dir, timeout=timeout)
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

    @contextlib.contextmanager
    def registrar(self):
        """A session of the registrar that sponsors demo.org."""
        certificate = (self.env["EPP_CERT"], self.env["EPP_KEY"])
        with epp_client.EppClient(int(self.env["EPP_PORT"]), self.env["EPP_CA"], certificate) as session:
            self.assertTrue(session.receive().is_greeting)
            self.assertEqual(session.login(self.env["EPP_USER"], self.env["EPP_PASS"]).code, 1000)
            yield session

    def strip_demo_domain(self, session):
        """Leaves what a run leaves that was interrupted after domain:create."""
        servers = ("ns1.demo.org", "ns2.demo.org")
        delegation = "<domain:ns>" + "".join(f"<domain:hostObj>{name}</domain:hostObj>" for name in servers) + "</domain:ns>"
        no_ds = f'<secDNS:update xmlns:secDNS="{epp_client.NS["secDNS"]}"><secDNS:rem><secDNS:all>true</secDNS:all></secDNS:rem></secDNS:update>'
        self.assertEqual(session.command(epp_client.domain_update("demo.org", rem=delegation), no_ds).code, 1000)
        for name in servers:
            self.assertEqual(session.command(epp_client.delete("host", name)).code, 1000)

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

    def test_every_spelling_of_the_directory_is_one_sandbox(self):
        parent, name = os.path.split(self.dir)
        link = os.path.join(parent, "link")
        os.symlink(name, link)
        self.addCleanup(os.unlink, link)
        expected = self.sandbox("env").stdout
        self.assertIn(f"POSTELCTL={parent}/", expected)
        for cwd, spelled in ((parent, name), (parent, f"./{name}/"), (self.dir, "."), (self.dir, f"../{name}"), ("/", link)):
            with self.subTest(spelled):
                self.assertEqual(run_sandbox("env", "--dir", spelled, cwd=cwd).stdout, expected)
                self.assertEqual(run_sandbox("status", "--dir", spelled, cwd=cwd).returncode, 0)

    def test_hints_name_the_directory(self):
        hint = next(line for line in self.first.stdout.splitlines() if "deploy/sandbox down" in line)
        self.assertEqual(shlex.split(hint)[-2:], ["--dir", self.dir])

    def test_up_completes_what_an_interrupted_run_has_left(self):
        with self.registrar() as session:
            self.strip_demo_domain(session)
        self.assertIn("demo.org is in EPP, WHOIS, RDAP and signed DNS.", self.sandbox("up").stdout)

    def test_up_warns_of_a_deleted_domain_and_provisions_a_purged_one_again(self):
        self.sandbox("clock", "+10d")  # past the add grace period, so that deletion is not final at once
        try:
            with self.registrar() as session:
                self.strip_demo_domain(session)
                self.assertEqual(session.command(epp_client.delete("domain", "demo.org")).code, 1001)
            again = self.sandbox("up")
            self.assertIn("demo.org was deleted and waits", again.stdout)
            self.assertIn(f"whois -h 127.0.0.1 -p {self.base + 1} demo.org", again.stdout)
            self.sandbox("clock", "+36d")
            self.eventually("purge", lambda: self.rdap("/domain/demo.org")[0] == 404)
            self.assertIn("demo.org is in EPP, WHOIS, RDAP and signed DNS.", self.sandbox("up").stdout)
        finally:
            self.sandbox("clock", "reset")

    def test_up_leaves_a_hold_alone_and_still_tells_the_endpoints(self):
        self.postelctl("domain", "status", "demo.org", "--add", "serverHold")
        try:
            again = self.sandbox("up")
        finally:
            self.postelctl("domain", "status", "demo.org", "--remove", "serverHold")
        self.assertIn("serverHold, which keeps it out of DNS", again.stdout)
        self.assertIn("warning: demo.org is not shown", again.stdout)
        self.assertIn(f"whois -h 127.0.0.1 -p {self.base + 1} demo.org", again.stdout)

    def test_a_stopped_sandbox_says_so_and_does_not_take_another_program_for_its_own(self):
        self.sandbox("down")
        try:
            status = self.sandbox("status", check=False)
            self.assertEqual((status.returncode, status.stderr), (1, ""))
            for command in (["fill", "--domains", "5"], ["clock", "+1d"]):
                self.assertIn("the sandbox is stopped: deploy/sandbox up --dir", self.sandbox(*command, check=False).stderr)
            with socket.create_server(("127.0.0.1", self.base)):
                again = self.sandbox("up", check=False)
            self.assertEqual(again.returncode, 1)
            self.assertIn(f"port {self.base} is in use by another program", again.stderr)
        finally:
            self.sandbox("up")

    def test_the_demonstration_says_why_it_failed_when_the_server_hangs_up(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            hang_up = threading.Thread(target=lambda: server.accept()[0].close())
            hang_up.start()
            result = subprocess.run(
                ["perl", os.path.join(ROOT, "deploy", "sandbox.d", "demo.pl"), "demo.org"],
                env={**os.environ, **self.env, "EPP_PORT": str(server.getsockname()[1])},
                capture_output=True, text=True, timeout=60,
            )
            hang_up.join()
        self.assertEqual(result.returncode, 1)
        self.assertIn("demo: EPP login at 127.0.0.1:", result.stderr)

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
        status = self.sandbox("status", check=False)
        self.assertEqual((status.returncode, status.stderr), (1, ""))
        self.sandbox("up")
        self.assertEqual(self.sandbox("status").returncode, 0)

    def test_filled_names_are_served_everywhere(self):
        self.assertIn("3,000 made-up domains are there, 3,000 of them new", self.sandbox("fill", "--domains", "3000").stdout)
        self.assertIn("3,000 made-up domains are there, 0 of them new", self.sandbox("fill", "--domains", "3000").stdout)
        self.assertEqual(self.postelctl("audit"), [])
        name = self.run_shell(
            f"psql {self.env['DATABASE_URL']} -XAtc \"SELECT name FROM domains WHERE name LIKE '%.org' AND phase = 0 AND "
            "statuses = 0 AND cardinality(name_servers) > 1 AND sponsor > 2 ORDER BY name LIMIT 1\""
        ).stdout.strip()
        context = (int(self.env["EPP_PORT"]), self.env["EPP_CA"], (self.env["EPP_CERT"], self.env["EPP_KEY"]))
        with epp_client.EppClient(*context) as client:
            client.receive()
            self.assertEqual(client.login(self.env["EPP_USER"], self.env["EPP_PASS"]).code, 1000)
            answer = client.command(epp_client.info("domain", name))
            self.assertEqual((answer.code, answer.text("domain:name")), (1000, name))
            client.command(epp_client.LOGOUT)
        self.assertEqual(self.rdap("/domain/" + name)[0], 200)
        dig = f"dig @{self.env['DNS_HOST']} -p {self.env['DNS_PORT']} {name} NS +norecurse +noall +authority"
        self.eventually("the name in DNS", lambda: name in self.run_shell(dig + " | grep NS || true").stdout)
        for tld in ("org", "ngo", "ong"):
            wanted = self.whole_zone(tld)
            self.assertGreater(len(wanted), 100)
            self.eventually(f"all of {tld} at the primary", lambda: self.served_zone(tld) == wanted)

    def whole_zone(self, tld):
        """The records of the zone that `full` makes of the registry."""
        path = os.path.join(self.dir, "zones", f"{tld}.zone")
        made = subprocess.run(
            [os.path.join(os.environ["POSTEL_BUILD"], "bin", "postel-zonegen"), "full", "--config",
             os.path.join(self.dir, "etc", "zonegen.conf"), "--tld", tld, "--out", path, "--force", "to be compared with"],
            capture_output=True, text=True, timeout=60)
        self.assertEqual(made.returncode, 0, made.stderr)
        return file_records(path, tld)

    def served_zone(self, tld):
        done = subprocess.run(
            ["dig", "@127.0.0.1", "-p", str(self.base + 7), "-k", os.path.join(self.dir, "primary", "follow.key"),
             "+noall", "+answer", "+onesoa", tld, "AXFR"], capture_output=True, text=True, timeout=60)
        return records(done.stdout)

    def test_postelctl_shows_the_keys_that_sign(self):
        shown = json.loads(subprocess.run(
            [os.path.join(os.environ["POSTEL_BUILD"], "bin", "postelctl"), "--json", "zone", "keys", "--tld", "org",
             "--key-directory", os.path.join(self.dir, "primary", "keys")],
            capture_output=True, text=True, timeout=60, check=True).stdout)
        self.assertEqual([key["role"] for key in shown["keys"]], ["KSK", "ZSK"])

    def test_audit_is_clean(self):
        self.assertEqual(self.postelctl("audit"), [])


if __name__ == "__main__":
    os.environ["POSTEL_BUILD"] = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1] + sys.argv[2:], verbosity=2)
