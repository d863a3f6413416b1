"""Hostile input to RDAP and WHOIS: nothing of it is answered with more than a refusal, breaks the server, or gets in the
way of others."""

import contextlib
import json
import os
import random
import re
import resource
import socket
import statistics
import threading
import time

from rdap import client, schemas, world
from rdap.whois_test import Text

GOOD = "/domain/plain.org"
BATCH = 300  # look-ups whose latency is measured
FLOOR = 0.100  # seconds that p99 may take in any case, on a machine that does other things


def statuses_in(answers):
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) [A-Z]", answers)]


def smuggled():
    """What must not be answered."""
    return client.request("/entity/3878")


class HostileTest(world.RdapTest):
    def tearDown(self):
        self.assertEqual(200, self.world.rdap(GOOD).status)
        self.assertIsNone(self.world.whois.process.poll())

    def exchange(self, data):
        """All that comes back until the server closes; a reset is an end too."""
        with client.Connection(self.world.whois.rdap_port, timeout=60) as connection:
            with contextlib.suppress(OSError):
                connection.send(data)
                connection.socket.shutdown(socket.SHUT_WR)
            return connection.everything()

    def statuses(self, data):
        return statuses_in(self.exchange(data))

    # Names and paths

    def test_names_of_10_kb(self):
        for name in ("a" * 10_000, "a." * 5_000 + "org", "%C3%BC" * 1_700 + ".org", "." * 10_000, "%" * 10_000):
            for kind in ("domain", "nameserver", "entity"):
                self.assertIn(self.world.rdap(f"/{kind}/{name}").status, (400, 404, 414))

    def test_names_just_below_the_limit_of_targets(self):
        for name in ("a" * 4_000, "%C3%BC" * 600 + ".org", ".".join(["a" * 63] * 60)):
            for kind in ("domain", "nameserver", "entity"):
                self.assertIn(self.world.rdap(f"/{kind}/{name}").status, (400, 404))

    def test_bad_utf_8_and_overlong_forms(self):
        for octets in ("%00", "plain%00", "%c0%80", "%c0%af", "%e0%80%af", "%f0%80%80%af", "%f8%88%80%80%80", "%fc%84%80%80%80%80",
                       "%ed%a0%80%ed%b0%80", "%ff%fe", "%ef%bf", "%80", "%c3", "%f4%90%80%80"):
            for kind in ("domain", "nameserver", "entity"):
                with self.subTest(kind, octets=octets):
                    self.assertEqual(400, self.world.rdap(f"/{kind}/{octets}.org").status)

    def test_raw_octets_in_targets(self):
        for octets in (b"\x00", b"\x01", b"\x7f", b"\xff", b"\xc3\xbc", b"\xc0\xaf", b"\x0b", b"\x1b[2J"):
            for status in self.statuses(b"GET /domain/a" + octets + b".org HTTP/1.1\r\nHost: x\r\n\r\n"):
                self.assertIn(status, (400, 404))

    def test_tricks_with_paths(self):
        for path in ("//domain/plain.org", "/domain//plain.org", "/domain/../domain/plain.org", "/./domain/plain.org",
                     "/domain/%2e%2e/plain.org", "/domain/..%2fdomain%2fplain.org", "/domain%2fplain.org", "/%64omain%2Fplain.org",
                     "/domain/plain.org/..", "/domain/plain.org%2f..", "/..;/domain/plain.org", "\\domain\\plain.org",
                     "/domain/plain.org%00.html", "/domain/plain.org;x=1", "/../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
                     "/domain/%252e%252e", "domain/plain.org", "*", "/domain/plain.org%23", "/domain/%3f"):
            with self.subTest(path):
                self.assertIn(self.world.rdap(path).status, (400, 404))

    def test_absolute_forms(self):
        for target, statuses in (("http://evil.example" + GOOD, (200,)), ("HTTP://evil.example:99" + GOOD, (200,)),
                                 ("http://", (400, 404)), ("http://evil.example", (404,)), ("https://x?y", (404,)),
                                 ("ftp://evil.example" + GOOD, (400, 404)), ("//evil.example" + GOOD, (400, 404)),
                                 ("javascript:alert(1)", (400, 404))):
            response = self.world.rdap(target)
            self.assertIn(response.status, statuses, target)
            self.assertNotRegex(response.body, rb'"(https?:)?//evil')

    def test_texts_that_are_sql_json_or_markup(self):
        for text in ("'%20OR%20'1'='1", "%22;DROP%20TABLE%20domain;--", "%22,%22x%22:%22", "%3Cscript%3E", "%7B%7D", "$%7Bjndi:x%7D",
                     "%5C%5C", "%E2%80%AE", "%F3%A0%80%81"):
            for kind in ("domain", "nameserver", "entity"):
                response = self.world.rdap(f"/{kind}/{text}")
                self.assertIn(response.status, (400, 404), text)
                json.loads(response.body)
                self.assertNotIn(b"<", response.body)

    def test_whatever_the_path_is_the_answer_is_one_of_rdap(self):
        """Paths made of pieces that mean something, in any order."""
        choose = random.Random(11)
        pieces = ("domain", "nameserver", "entity", "help", "nameservers", "domains", "entities", "/", "/", "/", "//", "..", ".", "%2e",
                  "%2F", "%00", "%C3%BC", "%ff", "plain", "org", "?", "ip=", "name=", "&", "=", "*", "%", "%zz", "a" * 70, "xn--", "-",
                  "_", "~", "+", ";", ":", "@", "[", "]", "\\", "|", "^", "`", "{", "}", "\"", "<", ">", "#", "1.2.3.4", "::1", "3878")
        connection = client.Connection(self.world.whois.rdap_port)
        for _ in range(1500):
            path = "/" + "".join(choose.choices(pieces, k=choose.randint(1, 7)))
            if path.startswith(("/domains", "/entities")) or not path.split("?")[0].strip("/"):
                continue  # searches, the page
            connection.send(client.request(path))
            response = connection.receive()
            self.assertIn(response.status, (200, 400, 404, 422, 501), path)
            self.assertEqual("application/rdap+json", response.header("Content-Type"), path)
            body = json.loads(response.body)
            self.assertEqual([], schemas.errors("error" if response.status != 200 else schemas.kind_of(body), body), path)
            if response.header("Connection") == "close":
                connection.close()
                connection = client.Connection(self.world.whois.rdap_port)
        connection.close()

    # Requests in requests

    def test_two_lengths_and_codings(self):
        for head in (b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
                     b"Content-Length: 0\r\nContent-Length: 60\r\n", b"Content-Length: 0, 60\r\n", b"Content-Length: 6 0\r\n",
                     b"Content-Length: 0\r\nContent-length:60\r\n", b"Content-Length: 0x3c\r\n", b"Content-Length: 60 \x0b\r\n",
                     b"Content-Length : 60\r\n", b"Content-Length\x00: 60\r\n", b"Content-Length:\r\n 60\r\n",
                     b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", b"Transfer-Encoding: identity\r\n",
                     b"Transfer-Encoding: chunked, identity\r\n", b"Transfer-Encoding: \x0bchunked\r\n",
                     b"Transfer-Encoding:\r\n chunked\r\n", b"Transfer-Encoding : chunked\r\n", b"Transfer-Encoding: chun\tked\r\n",
                     b"Transfer-Encoding: 'chunked'\r\n", b"Transfer-Encoding: gzip, chunked\r\nContent-Length: 0\r\n",
                     b"X: y\nTransfer-Encoding: chunked\r\n", b"X: y\rTransfer-Encoding: chunked\r\n", b" Transfer-Encoding: chunked\r\n",
                     b"Host: y\r\n", b"X\r\n", b"X: y\r\n z: Transfer-Encoding\r\n"):
            for body in (b"", b"0\r\n\r\n"):
                with self.subTest(head, body=body):
                    data = b"POST /help HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n" + body + smuggled()
                    self.assertEqual([400], self.statuses(data))

    def test_bodies_are_never_requests(self):
        for method in (b"GET", b"HEAD", b"POST", b"OPTIONS"):
            for head in (f"Content-Length: {len(smuggled())}".encode(), b"Transfer-Encoding: chunked",
                         b"Transfer-Encoding: gzip, chunked", b"Content-Length: 1"):
                data = method + b" /help HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n\r\n" + smuggled()
                answers = self.exchange(data)
                self.assertEqual(1, len(statuses_in(answers)), data)
                self.assertNotIn(b"Registrar One", answers)

    def test_ends_of_lines(self):
        for data in (b"GET /help HTTP/1.1\nHost: x\n\n", b"GET /help HTTP/1.1\r\nHost: x\n\r\n", b"GET /help HTTP/1.1\rHost: x\r\r",
                     b"GET /help HTTP/1.1\r\nHost: x\r\n\n", b"GET /help HTTP/1.1\n\r\nHost: x\r\n\r\n",
                     b"GET /help HTTP/1.1\r\r\nHost: x\r\n\r\n"):
            with self.subTest(data):
                self.assertIn(self.statuses(data + smuggled())[:1], ([400], []))
                self.assertNotIn(b"Registrar One", self.exchange(data + smuggled()))

    def test_upgrades_and_expectations(self):
        for head in ("Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n",
                     "Upgrade: websocket\r\nConnection: Upgrade\r\n", "Expect: 100-continue\r\n", "Range: bytes=0-1\r\n",
                     "If-Match: *\r\n", "X-HTTP-Method-Override: DELETE\r\n", "TE: trailers\r\n", "Via: 1.1 x\r\n"):
            data = f"GET {GOOD} HTTP/1.1\r\nHost: x\r\n{head}Connection: close\r\n\r\n".encode()
            self.assertEqual([200], self.statuses(data), head)
        self.assertIn(self.statuses(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")[:1], ([400], [505], [501]))

    def test_rubbish(self):
        rubbish = random.Random(5)
        for size in (1, 10, 100, 1000, 20_000, 200_000):
            for _ in range(5):
                answers = self.exchange(rubbish.randbytes(size))
                self.assertNotIn(b"HTTP/1.1 2", answers)
        # The beginning of TLS, of SSH, of SMB.
        for data in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500), b"SSH-2.0-x\r\n", b"\x00\x00\x00\x85\xffSMBr" + bytes(100)):
            self.assertNotIn(b"HTTP/1.1 2", self.exchange(data))

    def test_mutated_requests(self):
        """Good requests with octets changed: answered or refused, never more answers than requests."""
        mutate = random.Random(7)
        base = client.request(GOOD, headers=[("Accept", "*/*"), ("Content-Length", "0")])
        for _ in range(300):
            data = bytearray(base)
            for _ in range(mutate.randint(1, 3)):
                data[mutate.randrange(len(data))] = mutate.randrange(256)
            self.assertLessEqual(len(self.statuses(bytes(data) + b"\r\n\r\n")), 2)

    def test_endless_headers(self):
        answers = self.exchange(b"GET /help HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 200_000)
        self.assertIn(answers[:12], (b"HTTP/1.1 431", b""))
        answers = self.exchange(b"GET /" + b"a" * 2_000_000)
        self.assertIn(answers[:12], (b"HTTP/1.1 414", b""))

    def test_many_requests_at_once_on_one_connection(self):
        with client.Connection(self.world.whois.rdap_port) as connection:
            sender = threading.Thread(target=lambda: connection.send(client.request(GOOD) * 900))
            sender.start()
            for _ in range(900):
                self.assertEqual(200, connection.receive().status)
            sender.join()

    def test_clients_that_do_not_read(self):
        """They are let go after idle_timeout; meanwhile nobody waits for them."""
        with contextlib.ExitStack() as stack:
            for _ in range(20):
                connection = stack.enter_context(client.Connection(self.world.whois.rdap_port))
                connection.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                connection.socket.setblocking(False)
                with contextlib.suppress(BlockingIOError):
                    connection.socket.send(client.request(GOOD) * 2000)
            self.assertEqual(200, self.world.rdap(GOOD).status)

    # WHOIS

    def whois(self, data):
        with client.Connection(self.world.whois.whois_port, timeout=60) as connection:
            with contextlib.suppress(OSError):
                connection.send(data)
                connection.socket.shutdown(socket.SHUT_WR)
            return connection.everything()

    def test_whois_endless_lines(self):
        for data in (b"a" * 2_000, b"a" * 1_000_000, b" " * 100_000, b"a " * 100_000, b"\xff" * 5_000, b"domain " + b"a." * 5_000):
            answer = self.whois(data)
            if answer:  # else reset, with octets still to be read
                self.assertEqual(["The query is too long."], Text(answer).above)

    def test_whois_binary(self):
        rubbish = random.Random(9)
        for size in (1, 10, 100, 1000):
            for _ in range(20):
                answer = self.whois(rubbish.randbytes(size).replace(b"\n", b"x") + b"\r\n")
                self.assertIn(Text(answer).above[0].split(".")[0], ("Invalid query", "The query is too long", 'No match for "'))
        for data in (b"\x16\x03\x01\x02\x00", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"\r\n", b"\x00" * 50 + b"\r\n",
                     b"plain.org\x1b[2J\r\n", "\u202eplain.org\r\n".encode(), b"registrar \x1b[31m\r\n"):
            self.assertEqual(["Invalid query."], Text(self.whois(data)).above, data)

    def test_whatever_the_line_is_the_answer_is_one_of_whois(self):
        choose = random.Random(13)
        pieces = ("domain", "nameserver", "registrar", " ", " ", "\t", "plain.org", "samplewell.org", ".", "..", "-", "_", "*", "3878",
                  world.V4, world.V6, "\u00fc", "\u200b", "\u202e", "\ufeff", "\u3002", "\x00", "\x1b", "%", "\"", "<b>", "a" * 64)
        for _ in range(300):
            line = "".join(choose.choices(pieces, k=choose.randint(1, 6)))
            answer = Text(self.whois(line.encode() + b"\r\n"))
            self.assertNotIn("\x1b", "".join(answer.above))
            if len(answer.above) > 1:
                self.assertTrue(answer.records, line)

    def test_whois_octets_now_and_then_do_not_prolong_it(self):
        server = world.WhoisServer(self.world.registry, idle_timeout="1s")
        self.addCleanup(server.kill)
        with client.Connection(server.whois_port) as connection:
            start = time.monotonic()
            with self.assertRaises((BrokenPipeError, ConnectionResetError)):
                for _ in range(200):
                    connection.send(b"a")
                    time.sleep(0.1)
            self.assertLess(time.monotonic() - start, 15)

    def test_whois_octet_by_octet(self):
        with client.Connection(self.world.whois.whois_port) as connection:
            for octet in b"domain plain.org\r\n":
                connection.send(bytes([octet]))
                time.sleep(0.01)
            self.assertTrue(connection.everything().startswith(b"Domain Name: PLAIN.ORG"))

    def test_whois_answers_no_text_of_others(self):
        """A name in a refusal is a name."""
        for query in (b"registrar <b>x</b>\r\n", b"registrar \"x\"\r\n"):
            self.assertEqual(1, len(Text(self.whois(query)).above))


class CrowdTest(world.RdapTest):
    """1,000 idle connections and 100 slow ones do not slow others down."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = 8192 if hard == resource.RLIM_INFINITY else min(8192, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
        cls.server = world.WhoisServer(cls.world.registry, idle_timeout="120s")
        cls.addClassCleanup(cls.server.kill)

    def latencies(self, ask):
        taken = []
        for _ in range(BATCH):
            start = time.perf_counter()
            ask()
            taken.append(time.perf_counter() - start)
        return statistics.quantiles(taken, n=100)[98]

    def look_up(self):
        with client.Connection(self.server.rdap_port) as connection:
            connection.send(client.request(GOOD))
            self.assertEqual(200, connection.receive().status)

    def look_up_whois(self):
        self.assertTrue(client.whois(self.server.whois_port, "plain.org").startswith(b"Domain Name"))

    def expect_no_harm(self, port, ask, begin):
        ask()
        before = self.latencies(ask)
        with contextlib.ExitStack() as stack:
            for _ in range(1000):
                stack.enter_context(client.Connection(port))
            slow = [stack.enter_context(client.Connection(port)) for _ in range(100)]
            stop = threading.Event()
            stack.callback(stop.set)

            def dribble():
                for octet in begin * 1000:
                    for connection in slow:
                        with contextlib.suppress(OSError):
                            connection.send(bytes([octet]))
                    if stop.wait(0.05):
                        return
            dribbler = threading.Thread(target=dribble)
            dribbler.start()
            stack.callback(dribbler.join)
            stack.callback(stop.set)
            meanwhile = self.latencies(ask)
        # The machine may have been slower by then: once more without the crowd.
        after = self.latencies(ask)
        print(f"p99 {before * 1000:.1f} ms, in the crowd {meanwhile * 1000:.1f} ms, after it {after * 1000:.1f} ms")
        self.assertLess(meanwhile, max(2 * max(before, after), FLOOR))

    def test_rdap(self):
        self.expect_no_harm(self.server.rdap_port, self.look_up, b"GET /domain/")

    def test_whois(self):
        self.expect_no_harm(self.server.whois_port, self.look_up_whois, b"abc")

    def test_too_many_connections_from_one_address(self):
        server = world.WhoisServer(self.world.registry, max_connections_per_address=5)
        self.addCleanup(server.kill)
        for port in (server.rdap_port, server.whois_port):
            with contextlib.ExitStack() as stack:
                for _ in range(5):
                    stack.enter_context(client.Connection(port))
                time.sleep(0.2)
                more = stack.enter_context(client.Connection(port))
                if port == server.rdap_port:
                    response = more.receive()
                    self.assertEqual(429, response.status)
                    self.assertEqual(429, json.loads(response.body)["errorCode"])
                    self.assertTrue(response.header("Retry-After"))
                    self.assertEqual("*", response.header("Access-Control-Allow-Origin"))
                else:
                    (line,) = Text(more.everything()).above
                    self.assertIn("Too many connections", line)
        # Those who left make room.
        for _ in range(50):
            with contextlib.suppress(client.Closed, ConnectionResetError):
                if client.ask(server.rdap_port, GOOD).status == 200:
                    break
            time.sleep(0.1)
        else:
            self.fail("no room for others")

    def test_too_many_connections_at_all(self):
        server = world.WhoisServer(self.world.registry, max_connections=20, max_connections_per_address=20)
        self.addCleanup(server.kill)
        with contextlib.ExitStack() as stack:
            for _ in range(20):
                stack.enter_context(client.Connection(server.rdap_port))
            time.sleep(0.2)
            answer = stack.enter_context(client.Connection(server.rdap_port)).everything()
            self.assertIn(answer[:12], (b"", b"HTTP/1.1 429", b"HTTP/1.1 503"))
            self.assertTrue(client.whois(server.whois_port, "plain.org").startswith(b"Domain Name"))

    def test_memory_does_not_grow_with_rubbish(self):
        def resident():
            with open(f"/proc/{self.server.process.pid}/statm", encoding="ascii") as file:
                return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

        def rubbish():
            for _ in range(150):
                with client.Connection(self.server.rdap_port) as connection:
                    with contextlib.suppress(OSError):
                        connection.send(b"GET /" + b"a" * 200_000)
                with client.Connection(self.server.whois_port) as connection:
                    with contextlib.suppress(OSError):
                        connection.send(b"a" * 200_000)
        rubbish()
        before = resident()
        rubbish()
        self.assertLess(resident() - before, 32 << 20)
