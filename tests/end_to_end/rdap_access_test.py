"""Who may see what, and how often, over RDAP and WHOIS: tokens, the audit log, limits, policies."""

import http.client
import json
import os
import signal
import socket
import time
import unittest

import epp_client as epp
import postel


class WhoisServer(postel.Server):
    """One postel-whois process on free ports."""

    def __init__(self, registry, **settings):
        arguments = ["--config", registry.write("whois.conf", f"""# of a test
whois_listen = 127.0.0.1:0
rdap_listen = 127.0.0.1:0
metrics_listen = 127.0.0.1:0
rdap_base_url = https://rdap.example
database = {registry.cluster.conninfo()}
max_connections_per_address = 1000
""")]
        for key, value in settings.items():
            arguments += ["--set", f"{key}={value}"]
        super().__init__(registry, "postel-whois", *arguments)
        self.whois_port = int(self.await_log(r"whois\.started protocol=whois listen=\S+:(\d+)").group(1))
        started = self.await_log(r"whois\.started protocol=rdap listen=\S+:(\d+) metrics_port=(\d+)")
        self.port, self.metrics_port = int(started.group(1)), int(started.group(2))

    def get(self, path, method="GET", **fields):
        """Status, fields and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            headers = {key.replace("_", "-"): value for key, value in fields.items()}
            connection.request(method, path, headers=headers)
            response = connection.getresponse()
            return response.status, response.headers, response.read().decode()
        finally:
            connection.close()

    def with_token(self, path, secret, **fields):
        return self.get(path, Authorization="Bearer " + secret, **fields)

    def whois(self, line):
        with socket.create_connection(("127.0.0.1", self.whois_port), timeout=20) as client:
            client.sendall(line.encode() + b"\r\n")
            text = b""
            while chunk := client.recv(65536):
                text += chunk
            return text.decode()

    def metric(self, line):
        connection = http.client.HTTPConnection("127.0.0.1", self.metrics_port, timeout=20)
        try:
            connection.request("GET", "/metrics")
            text = connection.getresponse().read().decode()
        finally:
            connection.close()
        found = [each.split()[-1] for each in text.splitlines() if each.startswith(line)]
        return sum(float(value) for value in found)


def eventually(look, seconds=20):
    deadline = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > deadline:
            raise AssertionError("it never came about")
        time.sleep(0.05)
    return found


class RdapAccessTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.registry = postel.Registry.shared()
        epp_server = postel.EppServer(cls.registry)
        gold = cls.registry.log_in(epp_server)
        cls.made(gold.command(epp.contact_create("holder")))
        cls.made(gold.command(epp.organization_create(
            "res", "reseller", more='<org:postalInfo type="int"><org:name>Resold &amp; Sons</org:name></org:postalInfo>')))
        cls.made(gold.command(epp.domain_create("access.org", "holder"),
                              epp.organizations("create", id=[("reseller", "res")])))
        gold.close()
        epp_server.stop()

    @classmethod
    def made(cls, response):
        if response.code != 1000:
            raise AssertionError(response.xml.decode())

    def server(self, **settings):
        server = WhoisServer(self.registry, **settings)
        self.addCleanup(lambda: server.process.poll() is not None or server.kill())
        return server

    def audited_server(self, **settings):
        """And what stands in its log."""
        path = os.path.join(self.registry.folder, f"audit-{time.monotonic_ns()}.log")

        def lines():
            with open(path, encoding="utf-8") as file:
                return [json.loads(line) for line in file]
        return self.server(audit_log=path, **settings), lines, path

    def token(self, name, *options):
        done = self.registry.ctl("--json", "rdds-token", "create", name, "--purpose", "case 42", *options)
        return json.loads(done.stdout)["secret"]

    def test_a_token_shows_what_the_public_does_not_see(self):
        server, lines, _ = self.audited_server()
        public = server.get("/domain/access.org")
        self.assertEqual(200, public[0])
        self.assertIn("redacted", json.loads(public[2]))
        self.assertNotIn("no-store", public[1].get("Cache-Control", ""))
        secret = self.token("all", "--scope", "unredacted")
        self.assertRegex(secret, r"\A[A-Za-z0-9_-]{43}\Z")
        status, fields, body = eventually(
            lambda: (found := server.with_token("/domain/access.org", secret))[0] == 200 and found)
        body = json.loads(body)
        self.assertNotIn("redacted", body)
        self.assertEqual(["registrar", "reseller", "registrant", "administrative", "technical"],
                         [entity["roles"][0] for entity in body["entities"]])
        for entity in body["entities"][2:]:
            self.assertRegex(entity["handle"], r"\AC\d+-")
            self.assertIn("email", [item[0] for item in entity["vcardArray"][1]])
        self.assertEqual("private, no-store", fields["Cache-Control"])
        self.assertEqual(404, server.with_token("/domain/nobody.org", secret)[0])
        self.assertEqual(200, server.get("/domain/access.org", method="HEAD", Authorization="Bearer " + secret)[0])
        # The public's answers stand in no log; nor do those of a token that is not known yet.
        self.assertEqual(
            [("all", "case 42", "127.0.0.1", "GET", "/domain/access.org", 200, True),
             ("all", "case 42", "127.0.0.1", "GET", "/domain/nobody.org", 404, False),
             ("all", "case 42", "127.0.0.1", "HEAD", "/domain/access.org", 200, True)],
            [tuple(line[key] for key in ("token", "purpose", "source", "method", "target", "status", "found"))
             for line in lines()])
        # It is nowhere: not in the log, not in the database.
        self.assertNotIn(secret, server.log() + json.dumps(lines()))
        self.assertNotIn(secret, str(self.registry.cluster.sql("SELECT t::text FROM rdds_tokens t")))

    def refused(self, answer, error):
        status, fields, body = answer
        self.assertEqual(401, status, body)
        self.assertTrue(fields["WWW-Authenticate"].startswith("Bearer realm="), fields)
        self.assertEqual(error, 'error="invalid_token"' in fields["WWW-Authenticate"])
        self.assertEqual("application/rdap+json", fields["Content-Type"])
        self.assertEqual("*", fields["Access-Control-Allow-Origin"])
        self.assertEqual(401, json.loads(body)["errorCode"])

    def test_tokens_that_are_unknown_expired_or_revoked_are_refused(self):
        server, lines, _ = self.audited_server()
        self.refused(server.with_token("/domain/access.org", "0" * 43), True)
        self.refused(server.get("/help", Authorization="Basic YTpi"), False)
        soon = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 4))
        expiring = self.token("short-lived", "--scope", "unredacted", "--expires", soon)
        eventually(lambda: server.with_token("/help", expiring)[0] == 200, seconds=3)
        eventually(lambda: server.with_token("/help", expiring)[0] == 401)
        self.refused(server.with_token("/help", expiring), True)
        withdrawn = self.token("withdrawn", "--scope", "unredacted")
        eventually(lambda: server.with_token("/help", withdrawn)[0] == 200)
        self.registry.ctl("rdds-token", "revoke", "withdrawn")
        eventually(lambda: server.with_token("/help", withdrawn)[0] == 401, seconds=2)
        self.assertEqual({200}, {line["status"] for line in lines()})
        listed = json.loads(self.registry.ctl("--json", "rdds-token", "list").stdout)
        row = next(each for each in listed if each["token"] == "withdrawn")
        self.assertTrue(row["revoked"] and row["made_by"])
        for name, what in (("withdrawn", "rdds-token-exists"), ("a b", "wrong")):
            done = self.registry.ctl("--json", "rdds-token", "create", name, "--purpose", "x", check=False)
            self.assertNotEqual(0, done.returncode, what)
        self.assertEqual(1, self.registry.ctl("rdds-token", "revoke", "nobody", check=False).returncode)

    def test_what_cannot_be_recorded_is_not_disclosed(self):
        secret = self.token("unrecorded", "--scope", "unredacted")
        full = self.server(audit_log="/dev/full")
        self.assertEqual(503, full.with_token("/domain/access.org", secret)[0])
        self.assertEqual(200, full.get("/domain/access.org")[0])
        self.assertEqual(1, full.metric("postel_audit_failures_total"))
        self.assertEqual(503, self.server().with_token("/domain/access.org", secret)[0])

    def test_the_audit_log_is_opened_anew_on_request(self):
        secret = self.token("rotated")
        server, lines, path = self.audited_server()
        self.assertEqual(200, server.with_token("/help", secret)[0])
        os.rename(path, path + ".1")
        server.process.send_signal(signal.SIGHUP)
        eventually(lambda: os.path.exists(path))
        self.assertEqual(200, server.with_token("/domain/access.org", secret)[0])
        self.assertEqual(["/domain/access.org"], [line["target"] for line in lines()])

    def test_a_source_that_asks_too_often_is_told_how_long_to_wait(self):
        server, _, _ = self.audited_server(rate_limit=30, rate_burst=3, search_cost=2, unlimited="192.0.2.1")
        for _ in range(3):
            self.assertEqual(200, server.get("/domain/access.org")[0])
        status, fields, body = server.get("/domain/access.org")
        self.assertEqual((429, 429), (status, json.loads(body)["errorCode"]))
        self.assertEqual("*", fields["Access-Control-Allow-Origin"])
        self.assertIn(int(fields["Retry-After"]), (1, 2))
        self.assertIn(int(server.get("/nameservers?ip=192.0.2.1")[1]["Retry-After"]), (3, 4))
        answer = server.whois("access.org")
        self.assertTrue(answer.startswith("There are too many queries from your address"), answer)
        self.assertNotIn("Domain Name", answer)
        self.assertEqual(2, server.metric('postel_limited_queries_total{protocol="rdap"}'))
        self.assertEqual(1, server.metric('postel_limited_queries_total{protocol="whois"}'))
        # Not what clients write themselves, since there is no proxy.
        self.assertEqual(429, server.get("/help", X_Forwarded_For="192.0.2.1")[0])
        secret = self.token("own-limit", "--per-minute", "600")
        eventually(lambda: server.with_token("/help", secret)[0] == 200)
        time.sleep(int(fields["Retry-After"]))
        eventually(lambda: server.get("/domain/access.org")[0] == 200, seconds=5)

    def test_this_host_is_not_limited_unless_told_otherwise(self):
        server = self.server(rate_limit=1, rate_burst=1)
        for _ in range(5):
            self.assertEqual(200, server.get("/help")[0])
            self.assertIn("Domain Name: ACCESS.ORG", server.whois("access.org"))

    def test_behind_a_proxy_the_client_is_whom_it_names(self):
        server, lines, _ = self.audited_server(rate_limit=1, rate_burst=2, trusted_proxy="127.0.0.1",
                                               unlimited="203.0.113.0/24")
        for client, statuses in (("192.0.2.1", [200, 200, 429]), ("192.0.2.2", [200]),
                                 ("203.0.113.9", [200] * 5), ("192.0.2.3, 192.0.2.1", [429]),
                                 ("2001:db8::1", [200, 200]), ("2001:db8::2", [429]),
                                 ("203.0.113.9, 2001:db8:0:1::1", [200, 200, 429])):
            self.assertEqual(statuses, [server.get("/help", X_Forwarded_For=client)[0] for _ in statuses], client)
        secret = self.token("proxied")
        eventually(lambda: server.with_token("/help", secret, X_Forwarded_For="198.51.100.7")[0] == 200)
        self.assertEqual("198.51.100.7", lines()[-1]["source"])

    def test_the_policy_of_the_tld_is_followed_at_once(self):
        server = self.server()

        def registrant():
            entities = json.loads(server.get("/domain/access.org")[2])["entities"]
            entity = next(each for each in entities if each["roles"] == ["registrant"])
            return [item[0] for item in entity["vcardArray"][1]]
        self.assertNotIn("email", registrant())
        policy = postel.POLICY + "rdds_registrant = name email\n"
        self.registry.ctl("tld", "apply", self.registry.write("more.conf", policy))
        self.addCleanup(self.registry.ctl, "tld", "apply", self.registry.write("org.conf", postel.POLICY))
        eventually(lambda: "email" in registrant(), seconds=2)
        answer = server.whois("access.org")
        self.assertIn("Registrant Email: jdoe@example.com\r\n", answer)
        self.assertIn("Registrant Phone: REDACTED FOR PRIVACY\r\n", answer)

    def test_registrars_show_their_contacts_and_domains_their_reseller(self):
        server = self.server()
        self.registry.ctl("registrar", "update", "gold", "--iana-id", "9995", "--admin-name", "Anne Admin",
                          "--admin-phone", "+1.5555550102", "--tech-name", "Tim Tech", "--tech-email", "tim@gold.example")
        eventually(lambda: server.get("/entity/9995")[0] == 200, seconds=2)
        inner = json.loads(server.get("/entity/9995")[2])["entities"]
        self.assertEqual([["administrative"], ["technical"]], [entity["roles"] for entity in inner])
        text = server.whois("registrar 9995")
        self.assertIn("Admin Contact: Anne Admin\r\nPhone Number: +1.5555550102\r\nTechnical Contact: Tim Tech\r\n"
                      "Email: tim@gold.example\r\n", text)
        shown = self.registry.ctl("registrar", "show", "gold").stdout
        self.assertIn("Anne Admin", shown)
        self.assertIn("tim@gold.example", shown)
        self.assertIn("Reseller: Resold & Sons\r\n", server.whois("access.org"))
        reseller = next(entity for entity in json.loads(server.get("/domain/access.org")[2])["entities"]
                        if entity["roles"] == ["reseller"])
        self.assertIn(["fn", {}, "text", "Resold & Sons"], reseller["vcardArray"][1])
        self.assertNotIn("handle", reseller)

    def test_the_bootstrap_file_names_our_tlds(self):
        server = self.server()
        status, fields, body = server.get("/bootstrap/dns.json")
        self.assertEqual((200, "application/json"), (status, fields["Content-Type"]))
        served = json.loads(body)
        self.assertEqual(("1.0", [[["org"], ["https://rdap.example/"]]]), (served["version"], served["services"]))
        self.assertRegex(served["publication"], r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")
        self.assertEqual(304, server.get("/bootstrap/dns.json", If_None_Match=fields["ETag"])[0])
        printed = json.loads(self.registry.ctl("rdap-bootstrap", "--base-url", "https://rdap.example").stdout)
        self.assertEqual(served["services"], printed["services"])
        self.assertEqual(2, self.registry.ctl("rdap-bootstrap", "--base-url", "rdap.example", check=False).returncode)
