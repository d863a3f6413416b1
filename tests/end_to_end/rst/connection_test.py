"""RST's cases about connections: epp-01 to epp-03 and epp-17.

What depends on the operator's names and certificates (A and AAAA records, a public authority) is not tested here.
"""

import datetime
import re
import ssl
import warnings

import epp_client as epp
import postel
from rst import suite
from rst.suite import A, ADDRESSES, B, FAILURE, TLDS, host_objects, login, rand

# RFC 9325 section 4.2 recommends these of TLS 1.2; those of TLS 1.3 are all fine.
RECOMMENDED_CIPHERS = {f"ECDHE-{key}-{cipher}" for key in ("ECDSA", "RSA")
                       for cipher in ("AES128-GCM-SHA256", "AES256-GCM-SHA384")}

URN = "urn:ietf:params:xml:ns:"

# Those of the IANA registry of EPP extensions that a server could announce.
OBJECT_URIS = {URN + name for name in ("domain-1.0", "host-1.0", "contact-1.0", "epp:org-1.0",
                                       "epp:maintenance-1.0",
                                       "keyrelay-1.0")}
EXTENSION_URIS = {URN + name for name in (
    "secDNS-1.1", "rgp-1.0", "launch-1.0", "changePoll-1.0", "allocationToken-1.0", "epp:fee-1.0",
    "epp:loginSec-1.0", "epp:orgext-1.0", "epp:secure-authinfo-transfer-1.0", "epp:ttl-1.0",
    "epp:unhandled-namespaces-1.0", "verificationCode-1.0", "idn-1.0", "epp:addlEmail-1.0", "epp:b-dn")}


class ConnectionTest(suite.RstTest):
    def handshake(self, address, version=None, ciphers=None):
        """What was agreed on: version, cipher, the server's certificate."""
        def configure(context):
            if ciphers is not None:
                context.set_ciphers(ciphers)
            if version is not None:
                context.minimum_version = version
                context.maximum_version = version

        client = self.knock(A[0], address, configure=configure)
        return client.socket.version(), client.socket.cipher()[0], client.socket.getpeercert()

    def test_epp_01_required_tls(self):
        for address in ADDRESSES:
            version, cipher, _ = self.handshake(address, ssl.TLSVersion.TLSv1_2)
            self.assertEqual("TLSv1.2", version, "EPP_TLS_REQUIRED_PROTOCOL_NOT_SUPPORTED")
            self.assertIn(cipher, RECOMMENDED_CIPHERS, "EPP_TLS_BAD_CIPHER")
            self.assertEqual("TLSv1.3", self.handshake(address)[0])

    def test_epp_01_forbidden_tls(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            for address in ADDRESSES:
                for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
                    with self.subTest(version=version, address=address, error="EPP_TLS_FORBIDDEN_PROTOCOL_SUPPORTED"):
                        with self.assertRaises(OSError):
                            self.handshake(address, version, "ALL:@SECLEVEL=0")
                with self.subTest(address=address, error="EPP_TLS_BAD_CIPHER"), self.assertRaises(OSError):
                    self.handshake(address, ssl.TLSVersion.TLSv1_2, "AES128-SHA:AES256-SHA:@SECLEVEL=0")

    def test_epp_01_certificate(self):
        """A client that knows the root alone has verified chain and host name: EPP_TLS_UNTRUSTED_CERTIFICATE,
        EPP_TLS_CERTIFICATE_CHAIN_MISSING, EPP_TLS_CERTIFICATE_HOSTNAME_MISMATCH."""
        for address in ADDRESSES:
            certificate = self.handshake(address)[2]
            self.assertNotEqual(certificate["issuer"], certificate["subject"])
            expires = ssl.cert_time_to_seconds(certificate["notAfter"])
            self.assertGreater(expires, datetime.datetime.now().timestamp(), "EPP_TLS_EXPIRED_CERTIFICATE")
            self.assertIn(("DNS", "localhost"), certificate["subjectAltName"])

    def test_epp_02_greeting(self):
        for address in ADDRESSES:
            greeting = self.knock(A[0], address).greeting
            self.assertTrue(greeting.is_greeting, "EPP_NO_GREETING_RECEIVED")
            self.assertTrue((greeting.text("epp:greeting/epp:svID") or "").strip(), "EPP_GREETING_SVID_INVALID")
            said = datetime.datetime.fromisoformat(greeting.text("epp:greeting/epp:svDate").replace("Z", "+00:00"))
            now = datetime.datetime.now(datetime.timezone.utc)
            self.assertLess(abs((now - said).total_seconds()), 30, "EPP_GREETING_SVDATE_INVALID")
            self.assertEqual(["1.0"], suite.texts(greeting, "epp:version"), "EPP_GREETING_VERSION_INVALID")
            langs = suite.texts(greeting, "epp:lang")
            for lang in langs:
                self.assertTrue(re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", lang),
                                f"EPP_GREETING_INVALID_LANG: {lang}")
            self.assertIn("en", langs, "EPP_GREETING_MISSING_EN_LANG")

    def test_epp_02_services(self):
        # Element, those that are needed, those that IANA knows, the end of both errors.
        rows = (("objURI", ("domain-1.0", "host-1.0", "contact-1.0"), OBJECT_URIS),
                ("extURI", ("secDNS-1.1", "rgp-1.0", "launch-1.0"), EXTENSION_URIS))
        for address in ADDRESSES:
            greeting = self.knock(A[0], address).greeting
            for name, needed, known in rows:
                announced = [uri.text for uri in greeting.all("epp:" + name)]
                error = name.upper()
                for uri in needed:
                    with self.subTest(uri, address=address, error="EPP_GREETING_MISSING_" + error):
                        self.assertIn(URN + uri, announced)
                for uri in announced:
                    with self.subTest(uri, address=address, error="EPP_GREETING_UNEXPECTED_" + error):
                        self.assertIn(uri, known)
                        self.assertEqual(1, announced.count(uri))

    def logs_in(self, certificate, name, password, address):
        """Whether it does; a refusal by TLS counts as none."""
        try:
            client = self.knock(certificate, address)
            response = login(client, name, password)
        except (OSError, epp.Closed):
            return False
        self.assertNotEqual(2400, response.code, "EPP_GENERIC_COMMAND_ERROR")
        if response.code >= 2000:
            self.expect(2002, client.command(epp.check("domain", f"{rand(18)}.org")))
        return response.code < 2000

    def test_epp_03_login(self):
        for address in ADDRESSES:
            for account, other in ((A, B), (B, A)):
                name, password = account
                # What is sent, the certificate, clID and password, whether it logs in.
                rows = (
                    ("an unknown clID", name, (rand(16), password), False),
                    ("a wrong password", name, (name, rand(16)), False),
                    ("a certificate of another authority", self.registry.foreign_certificate, account, False),
                    ("a certificate of nobody's", "nobody", account, False),
                    ("the other registrar's certificate", other[0], account, False),
                    ("no certificate", None, account, False),
                    ("all correct", name, account, True),
                )
                for what, certificate, credentials, accepted in rows:
                    error = "EPP_LOGIN_UNEXPECTEDLY_" + ("FAILED" if accepted else "SUCCEEDED")
                    with self.subTest(what, name=name, address=address, error=error):
                        self.assertEqual(accepted, self.logs_in(certificate, *credentials, address), error)

    def test_epp_17_consistency(self):
        """Through the two addresses of one server, and a second server on the same database."""
        other = postel.EppServer(self.registry)
        self.addCleanup(other.kill)
        doors = [dict(address=address) for address in ADDRESSES] + [dict(port=other.port)]
        clients = [self.enter(A, **door) for door in doors]
        for number, client in enumerate(clients):
            contact, host = self.make_contact(client), self.make_host(client)
            domains = [self.make_domain(client, tld=tld, ns=host_objects(host)) for tld in TLDS]
            for kind, name in (("contact", contact), ("host", host), *(("domain", name) for name in domains)):
                with self.subTest(kind, made_through=doors[number], error="EPP_SERVICE_PORT_NOT_CONSISTENT"):
                    expected = suite.shown(client, kind, name)
                    self.assertTrue(expected.startswith("1000"), FAILURE)
                    for each in clients:
                        self.assertEqual(expected, suite.shown(each, kind, name))
