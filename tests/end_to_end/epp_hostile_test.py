"""Input that nobody sends by accident. It gets the right code, and the session goes on."""

import os
import random
import socket
import struct
import time

import epp_client as epp
import postel


class HostileTest(postel.RegistryTest):
    SETTINGS = {"write_timeout": "2s"}

    def setUp(self):
        self.client = self.log_in()

    def expect_alive(self):
        self.expect(1000, self.client.command(epp.check("domain", "free.org")))

    def refuse(self, xml, *codes):
        response = self.client.ask(xml)
        self.assertIn(response.code, codes or (2001,), response.xml.decode())
        self.expect_alive()

    def test_frames_may_come_byte_by_byte(self):
        for byte in epp.frame(epp.command(epp.check("domain", "free.org"))):
            self.client.send_bytes(bytes([byte]))
        self.expect(1000, self.client.receive())
        self.expect_alive()

    def test_frames_may_be_split_anywhere(self):
        data = epp.frame(epp.command(epp.check("domain", "free.org")))
        for cut in (1, 3, 4, 5, len(data) - 1):
            self.client.send_bytes(data[:cut])
            time.sleep(0.02)
            self.client.send_bytes(data[cut:])
            self.expect(1000, self.client.receive())

    def test_pipelined_frames_are_answered_in_order(self):
        ids = [f"PIPE-{number}" for number in range(200)]
        stream = b"".join(
            epp.frame(epp.command(epp.check("domain", f"pipe-{i}.org"), client_id=i)) for i in ids)
        # All of it fits into the sockets' buffers, so nobody has to read meanwhile.
        self.client.send_bytes(stream)
        answers = [self.client.receive() for _ in ids]
        self.assertEqual(ids, [answer.client_id for answer in answers])
        self.assertEqual({1000}, {answer.code for answer in answers})

    def test_an_announced_gigabyte_is_neither_awaited_nor_kept(self):
        for length in (65537, 1 << 30, 0xFFFFFFFF):
            client = self.log_in()
            client.send_bytes(struct.pack(">I", length) + b"<epp")
            self.expect(2001, client.receive())
            self.assertTrue(client.at_end())

    def test_a_length_without_content_ends_the_session(self):
        for length in range(5):
            client = self.log_in()
            client.send_bytes(struct.pack(">I", length))
            self.expect(2001, client.receive())
            self.assertTrue(client.at_end())

    def test_the_answer_to_an_oversized_frame_survives_the_rest_of_it(self):
        client = self.log_in()
        try:
            client.send_bytes(struct.pack(">I", 10 << 20) + b"x" * (4 << 20))
        except OSError:
            pass  # the server may have closed already
        self.expect(2001, client.receive())

    def test_the_largest_frame_is_accepted(self):
        text = epp.HELLO.replace("<hello/>", "<hello/>" + " " * (65532 - len(epp.HELLO)))
        self.assertEqual(65536, len(epp.frame(text)))
        self.assertTrue(self.client.ask(text).is_greeting)

    def test_garbage(self):
        random.seed(1)
        for text in (b"x", b"\0", b"<", b"<epp", b"</epp>", b"<a/>", b"<epp/>", b"<?xml?>", b"&amp;",
                     b"\xff\xfe", b"\xef\xbb\xbf", b"<epp xmlns='" + epp.EPP.encode() + b"'>",
                     bytes(random.randrange(256) for _ in range(3000))):
            with self.subTest(text=text[:20]):
                self.refuse(text)

    def test_http_is_answered_and_closed(self):
        client = self.log_in()
        client.send_bytes(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        self.expect(2001, client.receive())
        self.assertTrue(client.at_end())

    def test_invalid_utf8(self):
        good = epp.command(epp.check("domain", "free.org")).encode()
        for bad in (b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc3"):
            self.refuse(good.replace(b"free", b"fr" + bad + b"ee"))

    def test_document_types_and_entities(self):
        bomb = '<!DOCTYPE epp [<!ENTITY a "aaaaaaaaaa">'
        for letter, before in zip("bcdefghi", "abcdefgh"):
            bomb += f'<!ENTITY {letter} "' + f"&{before};" * 10 + '">'
        body = epp.command(epp.check("domain", "free.org")).split("?>", 1)[1]
        for prologue, name in ((bomb + "]>", "&i;"),
                               ('<!DOCTYPE epp SYSTEM "file:///etc/passwd">', "free.org"),
                               ('<!DOCTYPE epp [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
                               ("<!DOCTYPE epp>", "free.org"), ("", "&nbsp;"), ("", "&#0;"),
                               ("", "&#xD800;")):
            with self.subTest(prologue=prologue[:40], name=name):
                self.refuse('<?xml version="1.0"?>' + prologue + body.replace("free.org", name))

    def test_depth_and_width_are_bounded(self):
        self.refuse(f'<epp xmlns="{epp.EPP}">' + "<a>" * 9000 + "</a>" * 9000 + "</epp>")
        self.refuse(f'<epp xmlns="{epp.EPP}"><hello ' + " ".join(f'a{i}="1"' for i in range(5000))
                    + "/></epp>")

    def test_wrong_namespaces(self):
        good = epp.command(epp.check("domain", "free.org"))
        self.refuse(good.replace(epp.EPP, "urn:ietf:params:xml:ns:epp-2.0"))
        self.refuse(good.replace(f' xmlns="{epp.EPP}"', ""))
        self.refuse(good.replace("ns:domain-1.0", "ns:domain-9.0"), 2307)
        self.refuse(good.replace("<domain:check", "<domain:chekc").replace("</domain:check",
                                                                          "</domain:chekc"))
        extension = '<x:create xmlns:x="urn:example:unknown-1.0"/>'
        self.refuse(epp.command(epp.check("domain", "free.org"), extension), 2103)

    def test_unknown_and_doubled_commands(self):
        self.refuse(epp.command("<invent/>"), 2000)
        self.refuse(epp.command(epp.check("domain", "a.org") + epp.check("domain", "b.org")))
        self.refuse(epp.command(epp.check("domain", "free.org"), client_id="x" * 200), 2005)
        self.refuse(epp.command(epp.check("domain", "free.org"), client_id="x"), 2005)

    def test_a_client_that_vanishes_in_the_middle_of_a_frame(self):
        for _ in range(20):
            client = self.log_in()
            client.send_bytes(epp.frame(epp.HELLO)[:15])
            client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.close()
        self.expect_alive()

    def test_plain_text_instead_of_tls(self):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=30) as plain:
            plain.sendall(epp.frame(epp.HELLO))
            self.assertNotIn(b"greeting", plain.recv(4096))
        self.expect_alive()

    def test_a_slow_reader_does_not_hold_its_session(self):
        client = self.log_in()
        slow = self.server.metric("epp_slow_readers_total")
        client.socket.settimeout(1)
        stream = epp.frame(epp.HELLO) * 1000
        gave_up = time.monotonic() + 60
        # It sends and never reads: first our answers, then its commands fill the buffers of TCP.
        while self.server.metric("epp_slow_readers_total") == slow:
            self.assertLess(time.monotonic(), gave_up)
            try:
                client.send_bytes(stream)
            except OSError:
                time.sleep(0.1)
        self.expect_alive()

    def test_random_damage_never_ends_the_server_or_the_session(self):
        random.seed(int(os.environ.get("POSTEL_SEED", "7")))
        good = epp.command(epp.contact_create("damage")).encode()
        for _ in range(300):
            damaged = bytearray(good)
            for _ in range(random.randrange(1, 4)):
                place = random.randrange(len(damaged))
                action = random.randrange(3)
                if action == 0:
                    damaged[place] = random.randrange(256)
                elif action == 1:
                    del damaged[place:place + random.randrange(1, 30)]
                else:
                    damaged[place:place] = damaged[max(0, place - 20):place]
            response = self.client.ask(bytes(damaged))
            self.assertNotEqual(2400, response.code, bytes(damaged))
        self.expect_alive()
