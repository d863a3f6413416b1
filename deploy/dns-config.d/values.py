"""What stands on the command line, read into values that need no escapes in any name server's configuration."""

import base64
import binascii
import dataclasses
import ipaddress
import os
import re
import stat

ALGORITHMS = ("hmac-sha256", "hmac-sha384", "hmac-sha512")
SHORTEST_SECRET_BYTES = 16


class Wrong(Exception):
    """What the operator has to put right."""


@dataclasses.dataclass(frozen=True)
class Address:
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address
    port: int

    @property
    def is_v6(self):
        return self.ip.version == 6


@dataclasses.dataclass(frozen=True)
class Key:
    name: str
    algorithm: str
    secret: str = dataclasses.field(repr=False)


def tld(text):
    """A zone's name, in lower case, without the last dot; internationalised ones as A-labels."""
    labels = text.split(".")
    good = len(text) <= 253 and all(re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", label) for label in labels)
    if not good or labels[-1].isdigit():
        raise Wrong(f"--tld: not a zone's name such as org or xn--p1ai (lower case, no dot at the end): {text!r}")
    return text


def _port(option, text, where):
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 1 <= int(text) <= 65535:
        raise Wrong(f"{option}: not a port from 1 to 65535: {where!r}")
    return int(text)


def port(option, text):
    return _port(option, text, text)


def address(option, text, of_peer=False):
    """192.0.2.53, 192.0.2.53:5353, 2001:db8::53 or [2001:db8::53]:5353; port 53 unless it is given."""
    number = 53
    match = re.fullmatch(r"\[([^\]]*)\](?::(.*))?|([^:\[\]]*):([^:]*)", text)
    host = text
    if match:
        host = match[1] if match[1] is not None else match[3]
        given = match[2] if match[1] is not None else match[4]
        number = 53 if given is None else _port(option, given, text)
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        raise Wrong(f"{option}: not ADDRESS or ADDRESS:PORT ([ADDRESS]:PORT for IPv6); names are not looked up: "
                    f"{text!r}") from None
    if ip.version == 6 and (ip.scope_id or ip.ipv4_mapped):
        raise Wrong(f"{option}: no address with a scope, and none that is really IPv4: {text!r}")
    if ip.is_multicast or (of_peer and ip.is_unspecified):
        raise Wrong(f"{option}: nobody can be reached at {text!r}")
    return Address(ip, number)


def path(option, text):
    """An absolute one."""
    if not text.startswith("/"):
        raise Wrong(f"{option}: not an absolute path: {text!r}")
    if not text.isprintable() or re.search(r"[\"'\\{}$%]", text):
        raise Wrong(f"{option}: the path has one of \" ' \\ $ % {{ }} or a control character in it: {text!r}")
    return os.path.normpath(text)


def user(text):
    if not re.fullmatch(r"[a-z_][a-z0-9_-]{0,31}", text):
        raise Wrong(f"--user: not a user's name: {text!r}")
    return text


def number(option, text, least, most):
    if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
        raise Wrong(f"{option}: not a number from {least} to {most}: {text!r}")
    return int(text)


def key_name(text):
    if len(text) > 253 or not all(re.fullmatch(r"[a-z0-9_]([a-z0-9_-]{0,62})", label) for label in text.split(".")):
        raise Wrong(f"not a key's name such as follow or transfer.example (lower case): {text!r}")
    return text


def unique(option, values):
    for i, value in enumerate(values):
        if value in values[:i]:
            raise Wrong(f"{option}: given twice: {value if isinstance(value, str) else value.ip}")
    return values


_KEY_FORM = re.compile(
    r'\s*key\s+"?([^\s"{};]+)"?\s*\{\s*algorithm\s+"?([^\s"{};]+)"?\s*;\s*secret\s+"?([^\s"{};]+)"?\s*;\s*\}\s*;\s*')


def key(option, file):
    """A key as tsig-keygen writes it, in a file that not everybody can read."""
    try:
        with open(file, encoding="ascii") as opened:
            if stat.S_IMODE(os.fstat(opened.fileno()).st_mode) & 0o007:
                raise Wrong(f"{option}: {file} is open to everybody: chmod o= {file}")
            text = opened.read(4097)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not text"
        raise Wrong(f"{option}: cannot read {file}: {reason}") from None
    match = _KEY_FORM.fullmatch(text)
    if not match or len(text) > 4096:
        raise Wrong(f"{option}: {file} is no key as tsig-keygen writes it: "
                    'key "NAME" { algorithm hmac-sha256; secret "BASE64"; };')
    name, algorithm, secret = match.groups()
    if algorithm not in ALGORITHMS:
        raise Wrong(f"{option}: {file}: the algorithm {algorithm} is none of {', '.join(ALGORITHMS)}")
    try:
        octets = base64.b64decode(secret, validate=True)
    except binascii.Error:
        raise Wrong(f"{option}: {file}: the secret is not base64") from None
    if len(octets) < SHORTEST_SECRET_BYTES:
        raise Wrong(f"{option}: {file}: the secret has less than {SHORTEST_SECRET_BYTES} octets")
    try:
        return Key(key_name(name), algorithm, secret)
    except Wrong as error:
        raise Wrong(f"{option}: {file}: {error}") from None
