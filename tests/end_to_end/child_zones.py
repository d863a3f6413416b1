"""Child zones, signed by ldns-signzone and served by NSD at two loopback addresses, and a root zone of our
own that vouches for name servers."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time

from cluster import dies_with_us, free_port

ADDRESSES = {"root": "127.0.0.1", "one": "127.0.0.11", "two": "127.0.0.12"}
NAMED_SERVERS = {"ns1.dns.example": "127.0.0.11", "ns2.dns.example": "127.0.0.12",
                 "ns1.plain.example": "127.0.0.11", "dead.dns.example": "127.0.0.13"}


def run(*command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f"{command}: {done.stdout}{done.stderr}")
    return done.stdout


class Key:
    def __init__(self, folder, zone):
        self.base = run("ldns-keygen", "-a", "ECDSAP256SHA256", "-k", zone, folder=folder).strip()
        self.folder, self.zone = folder, zone

    def record(self, record_type):
        with open(os.path.join(self.folder, self.base + ".key"), encoding="ascii") as file:
            return file.read().split(";")[0].strip().replace("DNSKEY", record_type)

    def cdnskey(self):
        return self.record("CDNSKEY")

    def ds(self):
        """TAG ALGORITHM TYPE DIGEST."""
        text = run("dnssec-dsfromkey", "-2", self.base + ".key", folder=self.folder)
        return " ".join(text.split()[3:6]) + " " + "".join(text.split()[6:])

    def cds(self):
        return f"{self.zone} IN CDS {self.ds()}"


class ChildZones:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="postel-zones-")
        self.port = free_port()
        self.zones = {}  # view and zone: file
        self.vouched = []
        self.root_key = Key(self.folder, ".")
        self.servers = []
        self.serial = int(time.time())

    def key(self, zone):
        return Key(self.folder, zone + ".")

    def serve(self, zone, records, keys, views=("one", "two"), expired=False):
        """Signed by the keys, all of which stand in it; without keys unsigned."""
        name = f"{zone}.{views[0]}"
        self.serial += 1
        lines = [f"$TTL 60\n$ORIGIN {zone}.", "@ IN SOA ns1.dns.example. host.dns.example. "
                 f"{self.serial} 3600 900 1209600 60", "@ IN NS ns1.dns.example.",
                 "@ IN NS ns2.dns.example.", *records, *[key.record("DNSKEY") for key in keys]]
        path = os.path.join(self.folder, name)
        self._write(path, lines)
        if keys:
            self._sign(zone + ".", path, keys, expired)
        for view in views:
            self.zones[view, zone] = path

    def vouch(self, child, server, records):
        """The child's records at the signalling name."""
        for record in records:
            rest = re.split(r"\sIN\s", record, maxsplit=1)[1]
            self.vouched.append((server, f"_dsboot.{child}._signal.{server}. IN {rest}"))

    def _write(self, path, lines):
        with open(path, "w", encoding="ascii") as file:
            file.write("\n".join(lines) + "\n")

    def _sign(self, zone, path, keys, expired=False):
        now = int(time.time())
        begins, ends = (now - 864000, now - 432000) if expired else (now - 3600, now + 864000)
        run("ldns-signzone", "-o", zone, "-i", str(begins), "-e", str(ends), "-f", path + ".signed",
            path, *[key.base for key in keys], folder=self.folder)
        os.replace(path + ".signed", path)

    def _write_root(self):
        soa = f"IN SOA root.example. host.root.example. {self.serial} 3600 900 1209600 60"
        root = ["$TTL 60", f". {soa}", ". IN NS root.example.", f"root.example. IN A {ADDRESSES['root']}",
                "plain.example. IN NS root.example.", self.root_key.record("DNSKEY")]
        plain = ["$TTL 60", f"plain.example. {soa}", "plain.example. IN NS root.example."]
        for name, address in NAMED_SERVERS.items():
            (plain if name.endswith("plain.example") else root).append(f"{name}. IN A {address}")
        for server, record in self.vouched:
            (plain if server.endswith("plain.example") else root).append(record)
        paths = [os.path.join(self.folder, name) for name in ("root.zone", "plain.zone")]
        self._write(paths[0], root)
        self._sign(".", paths[0], [self.root_key])
        self._write(paths[1], plain)
        self.zones["root", "."], self.zones["root", "plain.example"] = paths
        self.trust_anchor = os.path.join(self.folder, "root.key")
        self._write(self.trust_anchor, [self.root_key.record("DNSKEY")])

    def _write_configuration(self, view, address):
        text = f"""server:
  ip-address: {address}@{self.port}
  username: ""
  database: ""
  pidfile: "{self.folder}/{view}.pid"
  xfrdir: "{self.folder}"
  xfrdfile: "{self.folder}/{view}.xfrd"
  zonelistfile: "{self.folder}/{view}.list"
  logfile: "{self.folder}/{view}.log"
  verbosity: 1
  server-count: 1
  rrl-ratelimit: 0
remote-control:
  control-enable: no
"""
        for (of, zone), path in sorted(self.zones.items()):
            if of == view:
                text += f'zone:\n  name: "{zone}"\n  zonefile: "{path}"\n'
        path = os.path.join(self.folder, view + ".conf")
        self._write(path, [text])
        return path

    def start(self):
        self._write_root()
        for view, address in ADDRESSES.items():
            configuration = self._write_configuration(view, address)
            self.servers.append(subprocess.Popen(["nsd", "-d", "-c", configuration],
                                                 preexec_fn=dies_with_us(signal.SIGTERM)))
        for (view, zone) in self.zones:
            self._await(view, zone)

    def _await(self, view, zone, serial=None):
        deadline = time.monotonic() + 30
        while True:
            done = subprocess.run(["dig", f"@{ADDRESSES[view]}", "-p", str(self.port), "+short", "+norec",
                                   "+time=1", "+tries=1", zone, "SOA"], capture_output=True, text=True)
            words = done.stdout.split()
            if done.returncode == 0 and len(words) == 7 and serial in (None, words[2]):
                return
            if time.monotonic() > deadline:
                with open(os.path.join(self.folder, view + ".log"), encoding="utf-8") as log:
                    raise AssertionError(f"{zone} is not served: {done.stdout}\n{log.read()}")
            time.sleep(0.1)

    def reload(self, zone):
        """After the zone was written again."""
        for server in self.servers:
            server.send_signal(signal.SIGHUP)
        for view, path in [(view, path) for (view, of), path in self.zones.items() if of == zone]:
            with open(path, encoding="ascii") as file:
                self._await(view, zone, re.search(r"\sSOA\s+\S+ \S+ (\d+)", file.read()).group(1))

    def stop(self):
        for server in self.servers:
            server.terminate()
            server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
