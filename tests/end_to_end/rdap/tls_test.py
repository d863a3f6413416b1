"""RDAP over TLS that postel-whois ends itself: versions, ciphers and certificates (technical guide 1.4 and 1.5, RFC 9325,
RST's rdap-91), and HTTP inside it."""

import json
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time
import warnings

import authority
from rdap import client, conformance, schemas, world
from rdap.answer import Answer
from rdap.rst_rdap_test import ordered

GOOD = "/domain/plain.org"
# Of TLS 1.2, by the kind of the certificate's key: these, and no others.
SUITES = {"ec": ("ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384"),
          "rsa": ("ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384")}
WEAK = ("AES128-SHA", "AES128-GCM-SHA256", "AES256-GCM-SHA384", "ECDHE-RSA-AES128-SHA", "ECDHE-ECDSA-AES128-SHA",
        "ECDHE-ECDSA-AES256-SHA384", "ECDHE-RSA-AES256-SHA384", "NULL", "aNULL", "3DES", "RC4", "CAMELLIA", "ARIA", "PSK")


class TlsTest(world.RdapTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.world.registry.folder
        root = authority.Authority(folder, "web-root")
        cls.root = root.certificate
        intermediate = authority.Authority(folder, "web-intermediate", root)
        cls.issue = staticmethod(lambda name: cls.chained(intermediate, name))
        cls.certificate, cls.key = cls.issue("web")
        cls.server = cls.start(cls.certificate, cls.key)
        cls.addClassCleanup(cls.server.kill)

    @staticmethod
    def chained(intermediate, name):
        """As a public authority's: the server sends the intermediate certificate."""
        certificate, key = intermediate.issue(name)
        with open(certificate, "a", encoding="utf-8") as chain, open(intermediate.certificate, encoding="utf-8") as more:
            chain.write(more.read())
        return certificate, key

    @classmethod
    def start(cls, certificate, key, **settings):
        return world.WhoisServer(cls.world.registry, more=[
            "rdap_tls_listen = 127.0.0.1:0", "rdap_tls_listen = [::1]:0", f"tls_certificate = {certificate}", f"tls_key = {key}"],
            **settings)

    def context(self, configure=None, root=None):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(root or self.root)
        if configure is not None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # old versions
                configure(context)
        return context

    def wrap(self, configure=None, root=None):
        context = self.context(configure, root)
        return lambda raw: context.wrap_socket(raw, server_hostname="localhost")

    def connect(self, configure=None, root=None, server=None, address="127.0.0.1"):
        port = (server or self.server).ports["rdap_tls", ":" in address]
        connection = client.Connection(port, address, wrap=self.wrap(configure, root))
        self.addCleanup(connection.close)
        return connection

    def ask(self, path, method="GET", address="127.0.0.1"):
        return client.ask(self.server.ports["rdap_tls", ":" in address], path, method, address=address, wrap=self.wrap())

    # Versions and ciphers

    def agree(self, version, ciphers=None, server=None, root=None):
        def configure(context):
            if ciphers is not None:
                context.set_ciphers(ciphers)
            context.minimum_version = context.maximum_version = version
        connection = self.connect(configure, root, server)
        return connection.socket.version(), connection.socket.cipher()[0]

    def test_20100_20101_61100_versions(self):
        self.assertEqual("TLSv1.2", self.agree(ssl.TLSVersion.TLSv1_2)[0])
        self.assertEqual("TLSv1.3", self.agree(ssl.TLSVersion.TLSv1_3)[0])
        for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
            with self.subTest(version), self.assertRaises((ssl.SSLError, ConnectionResetError)):
                self.agree(version, "ALL:@SECLEVEL=0")

    def test_61101_suites_of_tls_1_2(self):
        for suite in SUITES["ec"]:
            self.assertEqual(("TLSv1.2", suite), self.agree(ssl.TLSVersion.TLSv1_2, suite))
        certificate, key = self.rsa()
        server = self.start(certificate, key)
        self.addCleanup(server.kill)
        for suite in SUITES["rsa"]:
            self.assertEqual(("TLSv1.2", suite), self.agree(ssl.TLSVersion.TLSv1_2, suite, server, certificate))
        for weak in WEAK:
            with self.subTest(weak), self.assertRaises((ssl.SSLError, ConnectionResetError)):
                self.agree(ssl.TLSVersion.TLSv1_2, weak + ":@SECLEVEL=0", server, certificate)

    def rsa(self):
        """A certificate with an RSA key, which vouches for itself."""
        base = self.world.registry.folder + "/rsa"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", base + ".key", "-out", base + ".pem",
                        "-days", "2", "-subj", "/CN=rsa", "-addext", authority.LOOPBACK], check=True, capture_output=True)
        return base + ".pem", base + ".key"

    def test_a_browser_that_speaks_http_2_gets_http_1_1(self):
        connection = self.connect(lambda context: context.set_alpn_protocols(["h2", "http/1.1"]))
        self.assertIn(connection.socket.selected_alpn_protocol(), (None, "http/1.1"))
        connection.send(client.request(GOOD))
        self.assertEqual(200, connection.receive().status)

    # Certificates

    def test_13008_13009_13010_13011_13012_the_chain_is_complete(self):
        """A client that knows the root alone verifies chain, dates and name."""
        connection = self.connect()
        names = {name for _, name in connection.socket.getpeercert()["subjectAltName"]}
        self.assertIn("localhost", names)
        with self.assertRaises(ssl.SSLCertVerificationError):
            self.connect(root=self.world.registry.ca)

    def test_signatures_are_of_sha_2(self):
        for path in (self.certificate, self.root):
            text = subprocess.run(["openssl", "x509", "-in", path, "-noout", "-text"], check=True, capture_output=True, text=True).stdout
            self.assertRegex(text, r"Signature Algorithm: ecdsa-with-SHA(256|384|512)")

    def test_no_certificate_is_asked_of_clients(self):
        done = subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{self.server.ports['rdap_tls', False]}", "-CAfile", self.root],
                              input="", capture_output=True, text=True, timeout=30)
        self.assertIn("No client certificate CA names sent", done.stdout)
        self.assertIn("Verify return code: 0 (ok)", done.stdout)

    def test_renewed_certificates_are_taken_up(self):
        certificate, key = (self.world.registry.folder + "/renewed" + end for end in (".pem", ".key"))
        for source, target in ((self.certificate, certificate), (self.key, key)):
            shutil.copy(source, target)
        server = self.start(certificate, key)
        self.addCleanup(server.kill)

        def serial():
            return self.connect(server=server).socket.getpeercert()["serialNumber"]
        first, staying = serial(), self.connect(server=server)
        for source, target in zip(self.issue("web-next"), (certificate, key)):
            shutil.copy(source, target)
        server.process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + 20
        while serial() == first and time.monotonic() < deadline:
            time.sleep(0.1)
        self.assertNotEqual(first, serial())
        staying.send(client.request(GOOD))
        self.assertEqual(200, staying.receive().status)

    # HTTP inside

    def test_answers_pass_every_check(self):
        for path in (GOOD, "/domain/nobody.org", "/nameserver/ns1.samplewell.org", "/entity/3878", "/help"):
            response = self.ask(path)
            kind = world.kind_of(path) if response.status == 200 else "error"
            answer = Answer(kind, world.BASE + path, response.status, response.headers, response.body, world.KNOWN)
            self.assertEqual([], conformance.violations(answer))
            self.assertEqual([], schemas.errors(kind, answer.body))

    def test_every_port_says_the_same(self):
        for path in (GOOD, "/nameserver/ns1.samplewell.org", "/entity/3878", "/help", "/domain/nobody.org"):
            plain = self.world.rdap(path)
            for address in ("127.0.0.1", "::1"):
                secure = self.ask(path, address=address)
                self.assertEqual(plain.status, secure.status)
                self.assertEqual(ordered(json.loads(plain.body)), ordered(json.loads(secure.body)))

    def test_head(self):
        self.assertEqual((200, b""), (self.ask(GOOD, "HEAD").status, self.ask(GOOD, "HEAD").body))

    def test_keep_alive_and_pipelining(self):
        connection = self.connect()
        for _ in range(3):
            connection.send(client.request(GOOD))
            self.assertEqual(200, connection.receive().status)
        names = list(world.DOMAINS) * 5
        connection.send(b"".join(client.request("/domain/" + name) for name in names))
        self.assertEqual(names, [json.loads(connection.receive().body)["ldhName"] for _ in names])

    def test_it_says_that_it_closes(self):
        connection = self.connect()
        connection.send(client.request(GOOD, headers=[("Connection", "close")]))
        self.assertEqual(200, connection.receive().status)
        self.assertEqual(b"", connection.everything())  # SSLEOFError: the connection was cut

    def test_bad_requests(self):
        for data, status in ((b"GET /help HTTP/1.1\r\n\r\n", 400), (client.request("/help", headers=[("X", "a" * 20_000)]), 431)):
            connection = self.connect()
            connection.send(data)
            self.assertEqual(status, connection.receive().status)

    # Not TLS

    def raw(self, data, server=None):
        with client.Connection((server or self.server).ports["rdap_tls", False]) as connection:
            connection.send(data)
            return connection.everything()

    def test_plain_http_is_not_served_there(self):
        self.assertNotIn(b"rdapConformance", self.raw(client.request(GOOD)))

    def test_rubbish_harms_nobody(self):
        for data in (b"\x00" * 1000, b"\x16\x03\x01\xff\xff" + b"\xff" * 1000, b"\x15\x03\x01\x00\x02\x02\x28", b"SSH-2.0-x\r\n"):
            self.raw(data)
            self.assertEqual(200, self.ask(GOOD).status)

    def test_stalled_handshakes_are_dropped(self):
        server = self.start(self.certificate, self.key, idle_timeout="1s")
        self.addCleanup(server.kill)
        for data in (b"", b"\x16\x03\x01\x02\x00"):
            start = time.monotonic()
            self.assertEqual(b"", self.raw(data, server))
            self.assertLess(time.monotonic() - start, 20)

    def test_clients_that_leave_during_the_handshake(self):
        for _ in range(50):
            with socket.create_connection(("127.0.0.1", self.server.ports["rdap_tls", False])) as left:
                left.sendall(b"\x16\x03\x01\x02\x00\x01")
        self.assertEqual(200, self.ask(GOOD).status)

    def test_wrong_certificates_stop_the_start(self):
        for certificate, key in (("/nowhere.pem", self.key), (self.certificate, "/nowhere.key"), (self.certificate, self.rsa()[1])):
            with self.assertRaisesRegex(AssertionError, re.escape("no line with")):
                self.start(certificate, key)
