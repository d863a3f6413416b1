"""RDAP's HTTP, as the profile and RFC 7480, 9110 and 9112 want it: methods, media type, CORS, statuses, framing, limits."""

import gzip
import json
import time

from rdap import client, conformance, world
from rdap.answer import walk

GOOD = "/domain/plain.org"
PATHS = (GOOD, "/nameserver/ns1.samplewell.org", "/entity/3878", "/help", f"/nameservers?ip={world.V4}")
# Path and status.
REFUSED = (("/domain/nobody.org", 404), ("/nameserver/ns.nobody.org", 404), ("/entity/77", 404),
           ("/domain/x", 400), ("/domain/%00.org", 400), ("/domain/", 400), ("/nothing", 400), ("/nameservers", 400),
           ("/nameservers?ip=1.2.3", 400), ("/nameservers?ip=", 400), ("/nameservers?ip=1.2.3.4&ip=1.2.3.4", 400),
           ("/ip/192.0.2.1", 501), ("/ip/192.0.2.0/24", 501), ("/autnum/65536", 501))
ACCEPTS = ("application/rdap+json", "application/json", "*/*", "", "rubbish",
           "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/rdap+json;q=0",
           "image/png", "application/*", ";;;,,,")


class HttpTest(world.RdapTest):
    def ask(self, path, **options):
        return self.world.rdap(path, **options)

    def send(self, data):
        """One request as it is written; its answer, and whether the connection stays."""
        with client.Connection(self.world.whois.rdap_port) as connection:
            connection.send(data)
            response = connection.receive()
            return response, response.header("Connection") == "close" and connection.at_end()

    # Methods

    def test_20300_head_is_get_without_a_body(self):
        for path in (*PATHS, *(path for path, _ in REFUSED)):
            with self.subTest(path):
                get, head = self.ask(path), self.ask(path, method="HEAD")
                self.assertEqual(get.status, head.status)
                self.assertEqual(b"", head.body)

                def comparable(response):
                    return [(key, value) for key, value in response.headers if key not in ("Date", "ETag")]
                self.assertEqual(comparable(get), comparable(head))

    def test_other_methods_are_refused_with_allow(self):
        for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT"):
            with self.subTest(method):
                response = self.ask("rdap.registry.example:80" if method == "CONNECT" else GOOD, method=method)
                self.assertEqual(405, response.status)
                self.assertLessEqual({"GET", "HEAD"}, set(response.header("Allow").split(", ")))
                self.assertEqual(405, json.loads(response.body)["errorCode"])

    def test_methods_that_nobody_knows_are_not_implemented(self):
        for method in ("FETCH", "get", "Get", "XYZZY"):
            with self.subTest(method):
                self.assertEqual(501, self.ask(GOOD, method=method).status)

    def test_options(self):
        response = self.ask(GOOD, method="OPTIONS", headers=[("Origin", "https://page.example"),
                                                             ("Access-Control-Request-Method", "GET")])
        self.assertEqual((204, b""), (response.status, response.body))
        self.assertEqual("*", response.header("Access-Control-Allow-Origin"))
        self.assertIn("GET", response.header("Allow"))
        self.assertEqual(204, self.ask("*", method="OPTIONS").status)

    # Media type, CORS

    def test_13000_media_type_whatever_is_accepted(self):
        for accept in (None, *ACCEPTS):
            headers = [] if accept is None else [("Accept", accept)]
            for path in (GOOD, "/domain/nobody.org", "/domain/x", "/help", "/ip/192.0.2.1"):
                for method in ("GET", "HEAD"):
                    with self.subTest(path, accept=accept, method=method):
                        response = self.ask(path, method=method, headers=headers)
                        self.assertEqual("application/rdap+json", response.header("Content-Type").split(";")[0])

    def test_20500_cors_on_every_answer(self):
        for origin in ((), (("Origin", "https://page.example"),)):
            for method in ("GET", "HEAD", "OPTIONS", "POST", "FETCH"):
                for path in (*PATHS, *(path for path, _ in REFUSED)):
                    with self.subTest(path, method=method, origin=origin):
                        response = self.ask(path, method=method, headers=origin)
                        self.assertEqual("*", response.header("Access-Control-Allow-Origin"))
                        self.assertEqual("", response.header("Access-Control-Allow-Credentials"))
        response, _ = self.send(b"GET /help HTTP/1.1\r\n\r\n")
        self.assertEqual((400, "*"), (response.status, response.header("Access-Control-Allow-Origin")))

    # Statuses

    def test_13002_statuses(self):
        for path in PATHS:
            self.assertEqual(200, self.ask(path).status, path)
        for path, status in REFUSED:
            with self.subTest(path):
                response = self.ask(path)
                self.assertEqual(status, response.status, response.body)
                self.assertEqual(status, json.loads(response.body)["errorCode"])

    def test_errors_do_not_repeat_what_was_asked(self):
        for path in ("/domain/very-special-words.org", "/entity/very-special-words", "/very-special-words",
                     "/nameservers?ip=very-special-words"):
            body = json.loads(self.ask(path).body)
            for value, where in walk(body):
                for key, text in value.items():
                    if key != "value":  # of links: the URL
                        self.assertNotIn("very-special-words", str(text) if isinstance(text, str) else "", where)

    def test_13004_13005_13013_unknown_parameters_are_ignored(self):
        plain = json.loads(self.ask(GOOD).body)
        for query in ("?", "?utf8=1", "?a=b&a=b", "?%zz=%00", "?ip=1.2.3.4", "?name=x", "?jsonp=alert(1)"):
            with self.subTest(query):
                response = self.ask(GOOD + query)
                self.assertEqual(200, response.status)
                self.assertEqual("", response.header("Location"))
                body = json.loads(response.body)
                for member in ("handle", "status", "nameservers"):
                    if member != "nameservers":
                        self.assertEqual(plain[member], body[member])

    def test_13006_65300_other_tlds_are_not_found(self):
        for name in ("test.invalid", "not-a-domain.invalid", "example.com", "example.invalid", "org.example"):
            with self.subTest(name):
                answer = self.world.answer("/domain/" + name)
                self.assertEqual(404, answer.status)
                self.assertEqual([], conformance.violations(answer))

    def test_40100_nothing_is_executable(self):
        for path in (*PATHS, "/domain/loc.org", "/domain/<script>alert(1)<.org", "/entity/<script>"):
            self.assertNotIn(b"<", self.ask(path).body, path)

    # Connections

    def test_keep_alive(self):
        with client.Connection(self.world.whois.rdap_port) as connection:
            for path in (*PATHS, *PATHS, "/domain/nobody.org"):
                connection.send(client.request(path))
                response = connection.receive()
                self.assertEqual("keep-alive", response.header("Connection"))
            connection.send(client.request(GOOD, headers=[("Connection", "close")]))
            self.assertEqual("close", connection.receive().header("Connection"))
            self.assertTrue(connection.at_end())

    def test_pipelining_in_order(self):
        names = [name for name in world.DOMAINS] * 3
        with client.Connection(self.world.whois.rdap_port) as connection:
            connection.send(b"".join(client.request("/domain/" + name) for name in names))
            self.assertEqual(names, [json.loads(connection.receive().body)["ldhName"] for _ in names])

    def test_pipelining_of_methods(self):
        with client.Connection(self.world.whois.rdap_port) as connection:
            connection.send(client.request(GOOD, "HEAD") + client.request(GOOD, "OPTIONS") + client.request("/nothing") +
                            client.request(GOOD))
            self.assertEqual([200, 204, 400, 200], [connection.receive("HEAD").status, connection.receive().status,
                                                    connection.receive().status, connection.receive().status])

    def test_a_request_octet_by_octet(self):
        with client.Connection(self.world.whois.rdap_port) as connection:
            for octet in client.request(GOOD):
                connection.send(bytes([octet]))
            self.assertEqual(200, connection.receive().status)

    def test_http_1_0(self):
        response, closed = self.send(b"GET /help HTTP/1.0\r\n\r\n")
        self.assertEqual((200, True), (response.status, closed))
        with client.Connection(self.world.whois.rdap_port) as connection:
            connection.send(b"GET /help HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" * 2)
            self.assertEqual([200, 200], [connection.receive().status, connection.receive().status])

    def test_other_versions(self):
        for version, status in (("HTTP/2.0", 505), ("HTTP/0.9", 505), ("HTTP/1.2", 505), ("HTTP/1", 400), ("HTTQ/1.1", 400),
                                ("", 400), ("http/1.1", 400)):
            with self.subTest(version):
                response, closed = self.send(f"GET /help {version}\r\nHost: x\r\n\r\n".encode())
                self.assertEqual((status, True), (response.status, closed))

    def test_host_is_required_once(self):
        for hosts in ("", "Host: a\r\nHost: a\r\n", "Host: a\r\nhost: b\r\n", "Host: a b\r\n", "Host: a, b\r\n",
                      "Host: user@a\r\n", "Host: a/b\r\n"):
            with self.subTest(hosts):
                response, closed = self.send(f"GET /help HTTP/1.1\r\n{hosts}\r\n".encode())
                self.assertEqual((400, True), (response.status, closed))
        for hosts in ("Host:\r\n", "Host: a:8080\r\n", "Host: [::1]:80\r\n", "hOST: a\r\n"):
            with self.subTest(hosts):
                self.assertEqual(200, self.send(f"GET /help HTTP/1.1\r\n{hosts}\r\n".encode())[0].status)

    def test_bad_framing_is_refused_and_closes(self):
        for head in ("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n",
                     "Content-Length: x\r\n", "Content-Length: -1\r\n", "Content-Length: +1\r\n", "Content-Length: 1, 1\r\n",
                     "Content-Length: 0\r\nContent-Length: 0\r\n", "Content-Length: 1\r\nContent-Length: 2\r\n",
                     "Content-Length: 0x5\r\n", "Content-Length: 99999999999999999999999\r\n", "Content-Length: \r\n",
                     "Transfer-Encoding: gzip\r\n", "Transfer-Encoding: chunked, gzip\r\n", "Transfer-Encoding: xchunked\r\n",
                     "no colon\r\n", "Accept : */*\r\n", "Accept\t: */*\r\n", " Accept: */*\r\n", ": no name\r\n",
                     "X: a\r\n b\r\n", "X: a\r\n\tb\r\n", "X: \x00\r\n", "X: a\rb\r\n", "(X): a\r\n", "X Y: a\r\n"):
            with self.subTest(head):
                response, closed = self.send(f"GET /help HTTP/1.1\r\nHost: x\r\n{head}\r\n".encode("latin-1"))
                self.assertEqual((400, True), (response.status, closed))

    def test_bad_request_lines(self):
        for line in ("GET  /help HTTP/1.1", "GET /help  HTTP/1.1", " GET /help HTTP/1.1", "GET /he lp HTTP/1.1", "GET",
                     "GET /help HTTP/1.1 x", "G\x01T /help HTTP/1.1", "GET\t/help\tHTTP/1.1", "/help"):
            with self.subTest(line):
                response, closed = self.send(f"{line}\r\nHost: x\r\n\r\n".encode())
                self.assertEqual((400, True), (response.status, closed))

    def test_lines_end_in_crlf(self):
        for data in (b"GET /help HTTP/1.1\nHost: x\n\n", b"GET /help HTTP/1.1\r\nHost: x\n\r\n",
                     b"GET /help HTTP/1.1\r\nHost: x\r\nX: a\n\r\n"):
            with self.subTest(data):
                response, closed = self.send(data)
                self.assertEqual((400, True), (response.status, closed))
        self.assertEqual(200, self.send(b"\r\n\r\nGET /help HTTP/1.1\r\nHost: x\r\n\r\n")[0].status)

    def test_a_request_with_a_body_is_answered_and_ends_the_connection(self):
        body = client.request("/domain/nobody.org")  # must not be taken for a request
        for head in (f"Content-Length: {len(body)}", "Transfer-Encoding: chunked"):
            with client.Connection(self.world.whois.rdap_port) as connection:
                connection.send(f"GET /help HTTP/1.1\r\nHost: x\r\n{head}\r\n\r\n".encode() + body)
                self.assertEqual(200, connection.receive().status)
                self.assertEqual(b"", connection.everything())

    def test_large_headers_and_targets(self):
        for data, status in ((client.request("/domain/" + "a" * 5000), 414),
                             (client.request("/help?" + "a" * 100_000), 414),
                             (client.request("/help", headers=[("X", "a" * 20_000)]), 431),
                             (client.request("/help", headers=[(f"X-{n}", "a" * 100) for n in range(500)]), 431)):
            with self.subTest(data[:60]):
                response, closed = self.send(data)
                self.assertEqual((status, True), (response.status, closed))
                self.assertEqual(status, json.loads(response.body)["errorCode"])
        self.assertEqual(200, self.send(client.request("/help", headers=[("X", "a" * 10_000)]))[0].status)

    def test_base_url_is_the_public_one_whatever_host_says(self):
        for host in ("rdap.registry.example", "evil.example", "localhost:8080", "192.0.2.1"):
            with client.Connection(self.world.whois.rdap_port) as connection:
                connection.send(client.request(GOOD, host=host) + client.request(f"http://{host}{GOOD}", host=host))
                for _ in range(2):
                    text = connection.receive().body.decode()
                    self.assertNotIn("evil", text)
                    self.assertNotIn("localhost", text)
                    self.assertEqual(world.BASE + GOOD, json.loads(text)["links"][0]["href"])

    # What saves octets

    def test_gzip_when_asked(self):
        plain = self.ask(GOOD)
        self.assertEqual("", plain.header("Content-Encoding"))
        for accepted in ("gzip", "deflate, gzip;q=0.5", "*"):
            with self.subTest(accepted):
                response = self.ask(GOOD, headers=[("Accept-Encoding", accepted)])
                self.assertEqual("gzip", response.header("Content-Encoding"))
                self.assertIn("Accept-Encoding", response.header("Vary"))
                self.assertLess(len(response.body), len(plain.body) / 2)
                self.assertEqual(json.loads(plain.body)["handle"], json.loads(gzip.decompress(response.body))["handle"])
        for path in PATHS:  # also where nothing is compressed now: what is depends on the field
            self.assertIn("Accept-Encoding", self.ask(path).header("Vary"), path)
        for refused in ("identity", "gzip;q=0", "br", "", "*;q=0"):
            self.assertEqual("", self.ask(GOOD, headers=[("Accept-Encoding", refused)]).header("Content-Encoding"), refused)

    def test_conditional_requests(self):
        for _ in range(20):  # the last update is a part of the answer
            tag = self.ask(GOOD).header("ETag")
            self.assertRegex(tag, r'^(W/)?"[^"]+"$')
            response = self.ask(GOOD, headers=[("If-None-Match", f'"x", {tag}')])
            if response.status == 304:
                break
        self.assertEqual((304, b"", "*"), (response.status, response.body, response.header("Access-Control-Allow-Origin")))
        self.assertEqual(200, self.ask(GOOD, headers=[("If-None-Match", '"x"')]).status)

    def test_13018_20401_both_families_say_the_same(self):
        for path in (*PATHS, "/domain/nobody.org"):
            four, six = (json.loads(self.ask(path, address=address).body) for address in ("127.0.0.1", "::1"))
            for body in (four, six):
                for value, _ in walk(body):
                    if "events" in value:
                        value["events"] = [event for event in value["events"]
                                           if event["eventAction"] != "last update of RDAP database"]
            self.assertEqual(four, six, path)


class PatienceTest(world.RdapTest):
    """With a short idle_timeout, which is 30 seconds otherwise."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = world.WhoisServer(cls.world.registry, idle_timeout="1s", max_requests=3)
        cls.addClassCleanup(cls.server.kill)

    def test_stalled_clients_are_dropped(self):
        for begin in (b"", b"GET /he", b"GET /help HTTP/1.1\r\nHost: x\r\n"):
            with self.subTest(begin), client.Connection(self.server.rdap_port) as connection:
                connection.send(begin)
                start = time.monotonic()
                self.assertEqual(b"", connection.everything())
                self.assertLess(time.monotonic() - start, 20)

    def test_octets_now_and_then_do_not_prolong_it(self):
        with client.Connection(self.server.rdap_port) as connection:
            start = time.monotonic()
            with self.assertRaises((BrokenPipeError, ConnectionResetError)):
                for octet in client.request("/help", headers=[("X", "a" * 200)]):
                    connection.send(bytes([octet]))
                    time.sleep(0.1)
            self.assertLess(time.monotonic() - start, 15)

    def test_a_connection_has_so_many_requests(self):
        with client.Connection(self.server.rdap_port) as connection:
            connection.send(client.request("/help") * 5)
            self.assertEqual(["keep-alive", "keep-alive", "close"],
                             [connection.receive().header("Connection") for _ in range(3)])
            self.assertEqual(b"", connection.everything())
