"""Name servers in a fresh folder, gone when they are removed; Named is BIND as a hidden primary that signs."""

import contextlib
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from cluster import dies_with_us

SIGNERS = {"RRSIG", "NSEC", "NSEC3", "NSEC3PARAM", "DNSKEY", "CDS", "CDNSKEY", "TYPE65534"}

EMPTY_ZONE = """$TTL 3600
@ 900 IN SOA ns1.nic.{tld}. hostmaster.nic.{tld}. 1 1800 900 1209600 3600
@ 86400 IN NS ns1.nic.{tld}.
ns1.nic 86400 IN A 127.0.0.1
"""


def lasting_port():
    """A free one below those that the system gives to outgoing connections: it is free again after a restart."""
    with open("/proc/sys/net/ipv4/ip_local_port_range", encoding="ascii") as file:
        lowest = int(file.read().split()[0])
    while True:
        port = random.SystemRandom().randrange(max(1024, lowest - 15_000), lowest)
        try:
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                with socket.socket(socket.AF_INET, kind) as probe:
                    probe.bind(("127.0.0.1", port))
            return port
        except OSError:
            pass


class NameServer:
    """What all have in common. Of a subclass: folder, port, zones, key_file and command()."""

    _process = None

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    def start(self):
        self._log = open(os.path.join(self.folder, "log"), "ab")
        self._process = subprocess.Popen(
            self.command(), stdout=self._log, stderr=self._log,
            preexec_fn=dies_with_us(signal.SIGKILL))
        self.await_answer()
        return self

    def log(self):
        with open(os.path.join(self.folder, "log"), encoding="utf-8", errors="replace") as log:
            return log.read()

    def await_answer(self, seconds=30):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if all(self.dig(tld, "SOA") for tld in self.zones):
                return
            if self._process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"{self.command()[0]} does not answer, {self._process.poll()}:\n" + self.log()[-3000:])

    @contextlib.contextmanager
    def stopped(self):
        """Stands still meanwhile; it may be killed then."""
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def kill(self):
        self._process.kill()
        self._process.wait()
        self._log.close()

    def stop(self):
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait()
            self._log.close()

    def remove(self):
        if self._process is not None and self._process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def dig(self, name, kind, *options):
        done = subprocess.run(
            ["dig", "@127.0.0.1", "-p", str(self.port), "+short", "+norec", "+time=2", "+tries=1", *options, name, kind],
            capture_output=True, text=True)
        return [line for line in done.stdout.splitlines() if not line.startswith(";")]

    def delegation(self, name):
        """The NS records of a referral, sorted."""
        done = subprocess.run(
            ["dig", "@127.0.0.1", "-p", str(self.port), "+noall", "+auth", "+norec", "+time=2", "+tries=1", name, "NS"],
            capture_output=True, text=True)
        return sorted(line.split()[4] for line in done.stdout.splitlines()
                      if len(line.split()) == 5 and line.split()[3] == "NS" and line.split()[0] == name + ".")

    def serial(self, tld="org"):
        return int(self.dig(tld, "SOA")[0].split()[2])

    def transfer(self, tld="org"):
        """The zone's records but the signer's, the SOA and the follower's version: canonical lines, sorted."""
        done = subprocess.run(
            ["dig", "@127.0.0.1", "-p", str(self.port), "-k", self.key_file, "+noall", "+answer", "+onesoa", tld, "AXFR"],
            capture_output=True, text=True)
        lines = records(done.stdout)
        if not lines:
            raise AssertionError(f"no transfer: {done.stdout}{done.stderr}")
        return lines


class Named(NameServer):
    """`zones`: TLD to the text that it begins with."""

    def __init__(self, zones=("org",), key="follow", secret=None, signs=True, grant=None):
        self.folder = tempfile.mkdtemp(prefix="postel-named-")
        os.chmod(self.folder, 0o755)
        self.port = lasting_port()
        self.zones = list(zones)
        self.key_file = os.path.join(self.folder, "follow.key")
        made = subprocess.run(["tsig-keygen", "-a", "hmac-sha256", key], check=True, capture_output=True, text=True)
        self.write("follow.key", made.stdout if secret is None else secret)
        for tld in self.zones:
            self.empty(tld)
        self._key, self._signs = key, signs
        self.grant(grant or f"grant {key} zonesub ANY;")

    def empty(self, tld):
        """As a new primary has it."""
        for name in os.listdir(self.folder):
            if name.startswith(f"{tld}.zone"):
                os.unlink(os.path.join(self.folder, name))
        self.write(f"{tld}.zone", EMPTY_ZONE.format(tld=tld))

    def grant(self, policy):
        """Who may update what, from the next start on."""
        key, signing = self._key, 'dnssec-policy "tld";' if self._signs else ""
        text = f"""include "{self.folder}/follow.key";
options {{
  directory "{self.folder}";
  pid-file none;
  session-keyfile none;
  listen-on port {self.port} {{ 127.0.0.1; }};
  listen-on-v6 {{ none; }};
  recursion no;
  notify no;
  allow-transfer {{ key "{key}"; }};
  dnssec-validation no;
  empty-zones-enable no;
}};
controls {{ }};
dnssec-policy "tld" {{
  keys {{ ksk key-directory lifetime unlimited algorithm ecdsap256sha256;
         zsk key-directory lifetime P90D algorithm ecdsap256sha256; }};
  nsec3param iterations 0 optout yes salt-length 0;
}};
logging {{ channel all {{ stderr; severity info; print-time yes; }}; category default {{ all; }}; }};
"""
        for tld in self.zones:
            text += f"""zone "{tld}" {{
  type primary;
  file "{tld}.zone";
  {signing}
  update-policy {{ {policy} }};
}};
"""
        self.write("named.conf", text)

    def command(self):
        return ["named", "-f", "-c", os.path.join(self.folder, "named.conf")]

    def nsupdate(self, commands):
        done = subprocess.run(["nsupdate", "-k", self.key_file],
                              input=f"server 127.0.0.1 {self.port}\n{commands}\nsend\n", capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(done.stdout + done.stderr)


def records(text):
    lines = []
    for line in text.splitlines():
        fields = line.split(None, 4)
        if len(fields) != 5 or line.startswith(";"):
            continue
        owner, ttl, _, kind, rdata = fields
        if kind in SIGNERS or kind == "SOA" or "postel-follow=" in rdata:
            continue
        if kind == "DS":  # named-compilezone and dig break the digest differently
            numbers = rdata.split()
            rdata = " ".join(numbers[:3] + ["".join(numbers[3:]).upper()])
        lines.append(" ".join([owner.lower(), ttl, kind, re.sub(r"\s+", " ", rdata)]))
    return sorted(lines)


def file_records(path, tld="org"):
    """The same of a master file."""
    done = subprocess.run(["named-compilezone", "-q", "-i", "none", "-k", "ignore", "-o", "-", tld, path],
                          capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(done.stdout + done.stderr)
    return records(done.stdout)
