"""Name servers for a run, each in a folder of its own: BIND that signs, and its secondaries; Knot that signs."""

import contextlib
import os
import re
import socket
import subprocess
import time

import children
import cpu

ALGORITHM = "ecdsap256sha256"


def free_port():
    """Of TCP and UDP."""
    while True:
        with socket.socket() as stream, socket.socket(type=socket.SOCK_DGRAM) as datagram:
            stream.bind(("127.0.0.1", 0))
            with contextlib.suppress(OSError):
                datagram.bind(stream.getsockname())
                return stream.getsockname()[1]


class NameServer:
    """`start` waits until it serves the zone; `load_seconds` is what that took, `sign_seconds` what it took to sign it before."""

    def __init__(self, folder, tld, key):
        os.makedirs(folder, exist_ok=True)
        self.folder, self.tld, self.key = folder, tld, key
        self.port = free_port()
        self.child = None
        self.load_seconds = self.sign_seconds = None

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="ascii") as file:
            file.write(text)

    def _start(self, words, patience):
        began = time.monotonic()
        with open(self.path("log"), "wb") as log:
            self.child = children.start(words, stdout=log, stderr=log)
        self._await("serves nothing", patience, lambda: self.dig(self.tld, "SOA"))
        self.load_seconds = time.monotonic() - began

    def _await(self, what, seconds, look):
        deadline = time.monotonic() + seconds
        while not look():
            if time.monotonic() > deadline or self.child.poll() is not None:
                raise children.Failed(f"{type(self).__name__} {what}: {self.last_words()}")
            time.sleep(0.05)

    def last_words(self):
        with open(self.path("log"), encoding="utf-8", errors="replace") as log:
            return " / ".join(log.read().splitlines()[-3:])[-500:]

    def stop(self):
        if self.child is not None:
            children.end(self.child, 120)
            self.child = None

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    def memory_mib(self):
        sizes = cpu.memory_kib(self.child.pid)
        # NSD shares its zones among several processes.
        family = [cpu.memory_kib(pid) for pid in _family(self.child.pid)]
        return max(sum(one.get("pss", one["rss"]) for one in family if one), sizes["rss"]) / 1024

    def cpu_seconds(self):
        return sum(cpu.process_ns(pid) for pid in _family(self.child.pid)) / 1e9

    def dig(self, name, kind, *options):
        done = subprocess.run(["dig", "@127.0.0.1", "-p", str(self.port), "+short", "+norec", "+time=2", "+tries=1",
                               *options, name, kind], capture_output=True, text=True, check=False)
        return [line for line in done.stdout.splitlines() if not line.startswith(";")]

    def serial(self):
        found = self.dig(self.tld, "SOA")
        return int(found[0].split()[2]) if found else None


def _family(pid):
    found = [pid]
    for child in cpu.children(pid):
        found += _family(child)
    return found


def make_key(path):
    """A file as tsig-keygen writes it; the secret of it."""
    text = subprocess.run(["tsig-keygen", "-a", "hmac-sha256", "follow"], check=True, capture_output=True, text=True).stdout
    with open(path, "w", encoding="ascii") as file:
        file.write(text)
    return re.search(r'secret "([^"]+)"', text).group(1)


_POLICY = f"""dnssec-policy "tld" {{
  keys {{ ksk key-directory lifetime unlimited algorithm {ALGORITHM}; zsk key-directory lifetime P90D algorithm {ALGORITHM}; }};
  nsec3param iterations 0 optout yes salt-length 0;
}};
"""

_NAMED = """include "{key}";
options {{
  directory "{folder}"; pid-file none; session-keyfile none; listen-on port {port} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }};
  recursion no; allow-transfer {{ key "follow"; }}; dnssec-validation no; empty-zones-enable no; notify explicit;
  notify-rate 1000; startup-notify-rate 1000; serial-query-rate 1000;
}};
controls {{ }};
{policy}
logging {{ channel all {{ stderr; severity info; print-time yes; }}; category default {{ all; }}; category update {{ null; }}; }};
"""


class SigningBind(NameServer):
    """BIND as a hidden primary, with a zone that dnssec-signzone has signed: named takes hours for the first signatures of
    ten million names, since it makes a hundred names at a time."""

    def start(self, zone_file, secondaries=(), patience=7200):
        self.sign_seconds = self._sign(zone_file)
        notify = "".join(f"127.0.0.1 port {one.port} key follow; " for one in secondaries)
        self.write("named.conf", _NAMED.format(key=self.key, folder=self.folder, port=self.port, policy=_POLICY) + f"""
zone "{self.tld}" {{
  type primary; file "zone"; masterfile-format raw; dnssec-policy "tld"; update-policy {{ grant follow zonesub ANY; }};
  notify-delay 0; also-notify {{ {notify} }};
}};
""")
        self._start(["named", "-f", "-c", self.path("named.conf")], patience)
        self._await("does not sign", patience, self._signed)
        return self

    def _sign(self, zone_file):
        """With keys as named would make them; seconds."""
        began = time.monotonic()
        self.write("policy.conf", _POLICY)
        log = self.path("sign.log")
        children.run(["dnssec-keygen", "-q", "-k", "tld", "-l", self.path("policy.conf"), "-K", self.folder, self.tld], log)
        children.run(["dnssec-signzone", "-q", "-P", "-S", "-K", self.folder, "-3", "-", "-H", "0", "-A", "-o", self.tld, "-O", "raw",
                      "-f", self.path("zone"), zone_file], log, cwd=self.folder)
        return time.monotonic() - began

    def _signed(self):
        """It keeps note of what it is doing in records of a private type, which end with 1 when it is done."""
        if not self.dig(self.tld, "NSEC3PARAM"):
            return False
        doing = self.dig(self.tld, "TYPE65534")
        return all(line.endswith("01") for line in doing if line.startswith("\\# 5 "))


class SecondaryBind(NameServer):
    def start(self, primary, patience=7200):
        self.write("named.conf", _NAMED.format(key=self.key, folder=self.folder, port=self.port, policy="") + f"""
zone "{self.tld}" {{
  type secondary; file "zone"; primaries {{ 127.0.0.1 port {primary.port} key "follow"; }};
}};
""")
        self._start(["named", "-f", "-c", self.path("named.conf")], patience)
        return self


class SecondaryNsd(NameServer):
    def start(self, primary, secret, patience=7200):
        self.write("nsd.conf", f"""server:
  ip-address: 127.0.0.1@{self.port}
  username: ""
  zonesdir: "{self.folder}"
  database: ""
  pidfile: ""
  xfrdfile: "{self.path('xfrd.state')}"
  xfrdir: "{self.folder}"
  zonelistfile: "{self.path('zone.list')}"
  server-count: 1
remote-control:
  control-enable: no
key:
  name: "follow"
  algorithm: hmac-sha256
  secret: "{secret}"
zone:
  name: "{self.tld}"
  allow-notify: 127.0.0.1 follow
  request-xfr: 127.0.0.1@{primary.port} follow
""")
        self._start(["nsd", "-d", "-c", self.path("nsd.conf")], patience)
        return self


class SigningKnot(NameServer):
    def start(self, zone_file, secret, patience=7200):
        file = self.path("zone")
        os.link(zone_file, file)
        self.write("knot.conf", f"""server:
  listen: 127.0.0.1@{self.port}
  rundir: {self.folder}
database:
  storage: {self.folder}
  journal-db-max-size: 20G
log:
  - target: stderr
    any: info
key:
  - id: follow
    algorithm: hmac-sha256
    secret: {secret}
acl:
  - id: follow
    key: follow
    action: [update, transfer]
policy:
  - id: tld
    algorithm: {ALGORITHM}
    nsec3: on
    nsec3-iterations: 0
    nsec3-opt-out: on
    nsec3-salt-length: 0
    zsk-lifetime: 90d
zone:
  - domain: {self.tld}
    storage: {self.folder}
    file: zone
    dnssec-signing: on
    dnssec-policy: tld
    acl: follow
    zonefile-sync: -1
    zonefile-load: whole
    journal-content: changes
    journal-max-usage: 8G
""")
        self._start(["knotd", "-c", self.path("knot.conf")], patience)
        return self
