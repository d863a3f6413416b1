"""A whole registry for tests: cluster, certificates, schema, TLD, two registrars, postel-epp."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
import urllib.request

import epp_client
from authority import Authority
from cluster import Cluster, dies_with_us

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCHEMA = os.path.join(os.environ.get("POSTEL_XSD_DIR") or os.path.join(ROOT, "..", "shared", "xsd"),
                      "all.xsd")

POLICY = """tld = org
soa_mname = ns1.nic.org
soa_rname = hostmaster.nic.org
name_server = ns1.nic.org
static_record = ns1.nic 86400 IN A 127.0.0.1
reserved = nic whois rdap www
idn_table = de
"""

GOLD = ("gold", "Gold-pw-1")
SILVER = ("silver", "Silver-pw-2")


def program(name):
    return os.path.join(os.environ["POSTEL_BUILD"], "bin", name)


class Server:
    """A process of one of the servers, with what it logs."""

    def __init__(self, registry, name, *arguments, log_in=None):
        self.name = name
        self._log_path = os.path.join(log_in or registry.folder, f"{name}-{time.monotonic_ns()}.log")
        with open(self._log_path, "wb") as log:
            self.process = subprocess.Popen([program(name), *arguments], stdout=log, stderr=log,
                                            preexec_fn=dies_with_us(signal.SIGKILL))

    def log(self):
        with open(self._log_path, encoding="utf-8", errors="replace") as log:
            return log.read()

    def await_log(self, pattern, seconds=60, after=0):
        """The first line that matches behind so many characters."""
        deadline = time.monotonic() + seconds
        while True:
            found = re.compile(pattern).search(self.log(), after)
            if found:
                return found
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"no line with {pattern}:\n{self.log()}")
            time.sleep(0.02)

    def terminate(self):
        self.process.send_signal(signal.SIGTERM)

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.expect_no_findings()

    def expect_no_findings(self):
        """What a sanitizer says is in the log; one that is killed has no exit code to tell it."""
        log = self.log() if os.path.exists(self._log_path) else ""
        for sanitizer in ("WARNING: ThreadSanitizer", "ERROR: AddressSanitizer", "ERROR: LeakSanitizer", ": runtime error: "):
            if sanitizer in log:
                raise AssertionError(f"{self.name}: " + log[log.index(sanitizer):][:6000])

    def stop(self, seconds=60):
        if self.process.poll() is None:
            self.terminate()
        try:
            code = self.process.wait(seconds)
            self.expect_no_findings()
            return code
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"{self.name} did not stop:\n{self.log()[-4000:]}") from None


class EppServer(Server):
    """One postel-epp process on a free port."""

    def __init__(self, registry, log_in=None, **settings):
        arguments = ["--config", registry.settings_file]
        for key, value in {**registry.settings, **settings}.items():
            arguments += ["--set", f"{key}={value}"]
        super().__init__(registry, "postel-epp", *arguments, log_in=log_in)
        started = self.await_log(r"epp\.started listen=\S+:(\d+) metrics_port=(\d+)")
        self.port, self.metrics_port = int(started.group(1)), int(started.group(2))

    def metrics(self):
        url = f"http://127.0.0.1:{self.metrics_port}/metrics"
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.read().decode()

    def metric(self, name):
        """The sum over all labels."""
        pattern = rf"^postel_{name}(?:\{{[^}}]*\}})? (\S+)$"
        return sum(float(value) for value in re.findall(pattern, self.metrics(), re.M))


class Registry:
    ACCOUNTS = (GOLD, SILVER)
    MIGRATION = ("--sandbox",)
    _shared = None

    @classmethod
    def shared(cls):
        """The one of the running module: it takes longer to make than most cases take to run."""
        if cls._shared is None:
            cls._shared = cls()
            unittest.addModuleCleanup(cls._shared.close)
        return cls._shared

    def __init__(self, cluster=None):
        self.cluster = cluster or Cluster()
        self.folder = tempfile.mkdtemp(prefix="postel-e2e-")
        self.cluster.start()
        self.cluster.create_database("postel")
        authority = Authority(self.folder)
        self.ca = authority.certificate
        self.server_certificate = self._make_server_certificate(authority)
        names = [name for name, _ in self.ACCOUNTS] + ["nobody"]
        self.certificates = {name: authority.issue(name) for name in names}
        self.foreign_certificate = Authority(self.folder, "foreign-ca").issue("foreign")
        self._write_settings()
        self._provision()

    def _make_server_certificate(self, authority):
        return authority.issue("server")

    def _write_settings(self):
        self.settings_file = self.write("epp.conf", f"""# of a test
listen = 127.0.0.1:0
metrics_listen = 127.0.0.1:0
server_id = Postel Test
certificate = {self.server_certificate[0]}
certificate_key = {self.server_certificate[1]}
client_ca = {self.ca}
database = {self.cluster.conninfo()}
max_connections_per_address = 1000
close_timeout = 2s
""")
        self.settings = {}

    def _provision(self):
        self.ctl("migrate", *self.MIGRATION)
        self.ctl("idn", "apply", os.path.join(ROOT, "deploy", "idn", "de.txt"))
        self.ctl("tld", "apply", self.write("org.conf", POLICY))
        for name, password in self.ACCOUNTS:
            self.ctl("registrar", "create", name, "--name", f"{name.title()} Inc.",
                     "--password-file", self.write(name + ".password", password + "\n"),
                     "--max-sessions", "300")
            self.ctl("registrar", "certificate", name, "add", self.certificates[name][0])
            self.ctl("registrar", "deposit", name, "1000000.00", "--reference", "test")

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def ctl(self, *arguments, check=True):
        done = subprocess.run([program("postelctl"), "--database", self.cluster.conninfo(), *arguments],
                              capture_output=True, text=True, timeout=120)
        if check and done.returncode != 0:
            raise AssertionError(f"postelctl {arguments}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def connect(self, server, certificate="gold", **options):
        """A client that has read the greeting."""
        if isinstance(certificate, str):
            certificate = self.certificates[certificate]
        client = epp_client.EppClient(server.port, self.ca, certificate, **options)
        greeting = client.receive()
        if not greeting.is_greeting:
            raise AssertionError(greeting.xml)
        client.greeting = greeting
        return client

    def log_in(self, server, account=GOLD, **options):
        """A client that is logged in."""
        client = self.connect(server, account[0], **options)
        response = client.login(*account)
        if response.code != 1000:
            raise AssertionError(response.xml)
        return client

    def close(self):
        if Registry._shared is self:
            Registry._shared = None
        self.cluster.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def validation_errors(frames):
    """What xmllint says of the frames; nothing where the schemas are not at hand."""
    if not frames or not os.path.exists(SCHEMA) or shutil.which("xmllint") is None:
        return ""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, xml in enumerate(sorted(set(frames))):
            paths.append(os.path.join(folder, f"{number}.xml"))
            with open(paths[-1], "wb") as file:
                file.write(xml)
        for start in range(0, len(paths), 500):
            done = subprocess.run(
                ["xmllint", "--noout", "--nonet", "--schema", SCHEMA, *paths[start:start + 500]],
                capture_output=True, text=True)
            if done.returncode != 0:
                bad = re.search(r"^(\S+?\.xml):", done.stderr, re.M)
                shown = open(bad.group(1), encoding="utf-8").read() if bad else ""
                wrong = [line for line in done.stderr.splitlines() if not line.endswith(" validates")]
                return "\n".join(wrong[:20]) + "\n" + shown
    return ""


class RegistryTest(unittest.TestCase):
    """One server for all cases of a class; every answer is valid by the schemas."""

    SETTINGS = {}

    @classmethod
    def make_registry(cls):
        return Registry.shared()

    @classmethod
    def setUpClass(cls):
        epp_client.received.clear()
        cls.registry = cls.make_registry()
        cls.server = EppServer(cls.registry, **cls.SETTINGS)
        cls.addClassCleanup(lambda: cls.server.process.poll() is not None or cls.server.kill())

    def log_in(self, account=GOLD, **options):
        client = self.registry.log_in(self.server, account, **options)
        self.addCleanup(client.close)
        return client

    def connect(self, certificate="gold", **options):
        client = self.registry.connect(self.server, certificate, **options)
        self.addCleanup(client.close)
        return client

    def expect(self, code, response):
        self.assertEqual(code, response.code, response.xml.decode())
        return response

    def audit(self):
        self.registry.ctl("audit")

    def test_zz_every_answer_is_valid_by_the_schemas(self):
        self.assertTrue(epp_client.received)
        self.assertEqual("", validation_errors(epp_client.received))

    def test_zzz_the_server_stops_cleanly(self):
        self.assertEqual(0, self.server.stop(), self.server.log()[-2000:])
