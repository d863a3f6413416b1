"""HTTP/1.1 and WHOIS by hand: what is sent and what comes back, octet for octet."""

import dataclasses
import socket


@dataclasses.dataclass
class Response:
    status: int
    headers: list  # pairs
    body: bytes

    def header(self, name):
        return ", ".join(value for key, value in self.headers if key.lower() == name.lower())


class Closed(Exception):
    """The server has closed the connection, with so much received."""


class Connection:
    def __init__(self, port, address="127.0.0.1", timeout=30, wrap=None):
        self.socket = socket.create_connection((address, port), timeout=timeout)
        if wrap is not None:
            self.socket = wrap(self.socket)
        self._buffer = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def _more(self):
        try:
            data = self.socket.recv(65536)
        except (ConnectionResetError, BrokenPipeError):
            data = b""
        if not data:
            raise Closed(self._buffer)
        self._buffer += data

    def receive(self, method="GET"):
        """The next response."""
        while b"\r\n\r\n" not in self._buffer:
            self._more()
        head, self._buffer = self._buffer.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        version, status, _ = lines[0].split(" ", 2)
        if version != "HTTP/1.1":
            raise AssertionError(lines[0])
        headers = [tuple(part.strip() for part in line.split(":", 1)) for line in lines[1:]]
        response = Response(int(status), headers, b"")
        has_body = method != "HEAD" and response.status not in (204, 304)
        size = int(response.header("Content-Length") or 0) if has_body else 0
        while len(self._buffer) < size:
            self._more()
        response.body, self._buffer = self._buffer[:size], self._buffer[size:]
        return response

    def at_end(self):
        """Waits for the server to close; False if it says something instead."""
        if self._buffer:
            return False
        try:
            self._more()
            return False
        except Closed:
            return True

    def everything(self):
        """Until the server closes."""
        try:
            while True:
                self._more()
        except Closed:
            return self._buffer


def request(target, method="GET", headers=(), host="rdap.registry.example", version="HTTP/1.1"):
    lines = [f"{method} {target} {version}"]
    if host is not None:
        lines.append(f"Host: {host}")
    lines += [f"{key}: {value}" for key, value in headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def ask(port, target, method="GET", headers=(), address="127.0.0.1", wrap=None):
    with Connection(port, address, wrap=wrap) as connection:
        connection.send(request(target, method, [*headers, ("Connection", "close")]))
        response = connection.receive(method)
        rest = connection.everything()
        if rest:
            raise AssertionError(f"behind the answer: {rest[:200]!r}")
        return response


def whois(port, query, address="127.0.0.1"):
    """What the server says to it until it closes."""
    with Connection(port, address) as connection:
        connection.send(query if isinstance(query, bytes) else query.encode() + b"\r\n")
        return connection.everything()
