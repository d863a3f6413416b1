"""Stands between a follower and its primary, knows their key (RFC 8945), and can answer as no primary should."""

import base64
import hashlib
import hmac
import re
import socket
import struct
import threading
import time

from name_server import lasting_port

SOA, TSIG, AXFR = 6, 250, 252
UPDATE = 5
BAD_TIME = 18
FUDGE = 300


def skip_name(message, at):
    while True:
        length = message[at]
        if length >= 0xC0:
            return at + 2
        at += 1 + length
        if length == 0:
            return at


def wire_name(text):
    return b"".join(bytes([len(label)]) + label.encode() for label in text.rstrip(".").split(".") if label) + b"\0"


def records(message):
    """(section, where it starts, type, where its rdata start and end) of each record."""
    counts = struct.unpack(">4H", message[4:12])
    at = 12
    for _ in range(counts[0]):
        at = skip_name(message, at) + 4
    for section, count in enumerate(counts[1:]):
        for _ in range(count):
            start, at = at, skip_name(message, at)
            kind, _, _, length = struct.unpack(">HHIH", message[at:at + 10])
            yield section, start, kind, at + 10, at + 10 + length
            at += 10 + length


class Key:
    def __init__(self, file):
        with open(file, encoding="ascii") as text:
            name, secret = re.search(r'key "([^"]+)".*secret "([^"]+)"', text.read(), re.S).groups()
        self._name, self._secret = wire_name(name), base64.b64decode(secret)
        self._algorithm = wire_name("hmac-sha256")

    def sign(self, message, request_mac=None, moment=None, error=0):
        moment = int(time.time() if moment is None else moment)
        other = struct.pack(">HI", 0, int(time.time())) if error == BAD_TIME else b""
        before = b"" if request_mac is None else struct.pack(">H", len(request_mac)) + request_mac
        signed = struct.pack(">HIH", 0, moment, FUDGE)
        tail = struct.pack(">HH", error, len(other)) + other
        variables = self._name + struct.pack(">HI", 255, 0) + self._algorithm + signed + tail
        mac = hmac.new(self._secret, before + message + variables, hashlib.sha256).digest()
        rdata = self._algorithm + signed + struct.pack(">H", len(mac)) + mac + message[:2] + tail
        count = struct.pack(">H", struct.unpack(">H", message[10:12])[0] + 1)
        return message[:10] + count + message[12:] + self._name + struct.pack(">HHIH", TSIG, 255, 0, len(rdata)) + rdata


def split(message):
    """The message without its signature, the MAC and the error in it."""
    last = list(records(message))[-1:]
    if not last or last[0][2] != TSIG:
        return message, b"", 0
    _, start, _, at, _ = last[0]
    at = skip_name(message, at) + 8
    size = struct.unpack(">H", message[at:at + 2])[0]
    mac = message[at + 2:at + 2 + size]
    error = struct.unpack(">H", message[at + 4 + size:at + 6 + size])[0]
    count = struct.pack(">H", struct.unpack(">H", message[10:12])[0] - 1)
    return message[:10] + count + message[12:start], mac, error


def framed(*messages):
    return b"".join(struct.pack(">H", len(message)) + message for message in messages)


class Exchange:
    """A request that has come, and what may be made of it."""

    def __init__(self, proxy, wire):
        self._proxy, self.wire = proxy, wire
        self.bare, self.mac, _ = split(wire)
        self.is_update = self.wire[2] >> 3 & 15 == UPDATE
        at = skip_name(wire, 12)
        self.kind = None if self.is_update else struct.unpack(">H", wire[at:at + 2])[0]

    def pass_on(self):
        """The primary's answer, as it comes."""
        return self._proxy.ask_primary(self.wire)

    def pass_on_as_of(self, moment):
        """The primary's answer to a request that was signed then, for whom has asked."""
        reply, _, error = split(self._proxy.ask_primary(self._proxy.key.sign(self.bare, moment=moment)))
        return self.signed(reply, error)

    def signed(self, bare, error=0):
        """As the primary would sign it."""
        return self._proxy.key.sign(bare, self.mac, error=error)

    def refusal(self, code):
        header = self.bare[:2] + bytes([self.bare[2] | 0x84, self.bare[3] & 0xF0 | code]) + self.bare[4:6] + bytes(6)
        return self.signed(header + self.bare[12:skip_name(self.bare, 12) + 4])


def serials(bare):
    return [struct.unpack(">I", bare[end - 20:end - 16])[0] for _, _, kind, start, end in records(bare)
            if kind == SOA and end - start >= 22]


def with_serial(bare, change):
    """The message with other serials in its SOA records."""
    changed = bytearray(bare)
    for _, _, kind, start, end in records(bare):
        if kind == SOA and end - start >= 22:
            old = struct.unpack(">I", bare[end - 20:end - 16])[0]
            changed[end - 20:end - 16] = struct.pack(">I", change(old) % 2**32)
    return bytes(changed)


class Proxy:
    """Like a Named to whom follows it. `answer`: a function of an Exchange, which gives the octets to be sent, framed, or
    nothing, and the connection is closed; None: it is honest. Counts what it was asked."""

    def __init__(self, named):
        self._named, self.key_file = named, named.key_file
        self.key = Key(named.key_file)
        self.answer = None
        self.asked = 0
        self.sent_serials = []  # of all updates
        self.port = lasting_port()
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self._ended = False
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self._ended = True
        self._listener.close()

    def _accept(self):
        while not self._ended:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        try:
            with connection:
                while (wire := self._read(connection)) is not None:
                    exchange = Exchange(self, wire)
                    self.asked += 1
                    if exchange.is_update:
                        self.sent_serials += serials(exchange.bare)
                    if exchange.kind == AXFR:
                        self._pump(wire, connection)
                        return
                    octets = framed(exchange.pass_on()) if self.answer is None else self.answer(exchange)
                    if not octets:
                        return
                    connection.sendall(octets)
        except OSError:
            pass  # either side has gone

    @staticmethod
    def _read(connection):
        def take(count):
            data = b""
            while len(data) < count:
                more = connection.recv(count - len(data))
                if not more:
                    return None
                data += more
            return data
        length = take(2)
        return None if length is None else take(struct.unpack(">H", length)[0])

    def _connect(self):
        return socket.create_connection(("127.0.0.1", self._named.port), timeout=10)

    def ask_primary(self, wire):
        with self._connect() as primary:
            primary.sendall(framed(wire))
            reply = self._read(primary)
        if reply is None:
            raise ConnectionError
        return reply

    def _pump(self, wire, connection):
        with self._connect() as primary:
            primary.sendall(framed(wire))
            primary.settimeout(2)
            while data := primary.recv(65536):
                connection.sendall(data)
