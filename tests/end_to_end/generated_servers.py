"""Name servers by the configuration that deploy/dns-config makes."""

import os
import subprocess
import tempfile

from cluster import free_port
from name_server import NameServer
from postel import ROOT, program

DNS_CONFIG = os.path.join(ROOT, "deploy", "dns-config")


def dns_config(*arguments):
    return subprocess.run([DNS_CONFIG, *arguments], capture_output=True, text=True, timeout=60)


def make(*arguments):
    done = dns_config(*arguments)
    if done.returncode != 0:
        raise AssertionError(f"{arguments}: {done.stdout}{done.stderr}")


class Keys:
    """Those of the follower and of transfers."""

    def __init__(self, folder):
        self.follow, self.transfer = os.path.join(folder, "follow.key"), os.path.join(folder, "transfer.key")
        make("key", "follow", self.follow)
        make("key", "transfer", self.transfer)


class GeneratedServer(NameServer):
    COMMANDS = {
        "bind": (["named", "-f", "-c"], "named.conf", ["named-checkconf"]),
        "nsd": (["nsd", "-d", "-c"], "nsd.conf", ["nsd-checkconf"]),
        "knot": (["knotd", "-c"], "knot.conf", ["knotc", "conf-check", "-c"]),
    }

    def __init__(self, server, role, keys, zones, *options):
        self.folder = tempfile.mkdtemp(prefix=f"postel-{server}-")
        self.server, self.zones, self.port = server, list(zones), free_port()
        self.key_file = keys.follow if role == "primary" else keys.transfer
        self.state = os.path.join(self.folder, "state")
        self.key_directory = os.path.join(self.state, "keys")
        os.makedirs(self.key_directory)
        os.mkdir(os.path.join(self.folder, "run"))
        self._words = [role, "--server", server, "--transfer-key", keys.transfer, *options]
        if role == "primary":
            self._words += ["--follow-key", keys.follow]

    def configure(self, *peers):
        """Once the ports of the others are known."""
        words = list(self._words)
        for tld in self.zones:
            words += ["--tld", tld]
        for peer in peers:
            words += ["--primary" if words[0] == "secondary" else "--secondary", f"127.0.0.1:{peer.port}"]
        make(*words, "--listen", f"127.0.0.1:{self.port}", "--out", self.folder, "--state", self.state,
             "--run", os.path.join(self.folder, "run"), "--user", "none")
        return self

    def check(self):
        _, name, command = self.COMMANDS[self.server]
        path = os.path.join(self.folder, name)
        words = [command[0], "-c", path, "conf-check"] if self.server == "knot" else [*command, path]
        return subprocess.run(words, capture_output=True, text=True, timeout=60)

    def command(self):
        words, name, _ = self.COMMANDS[self.server]
        log = ["-L", os.path.join(self.folder, "log")] if self.server == "bind" else []
        return [*words, os.path.join(self.folder, name), *log]

    def load_whole(self, database, tld):
        """The zone that a primary begins with."""
        text = os.path.join(self.folder, f"{tld}.text")
        subprocess.run([program("postel-zonegen"), "full", "--database", database, "--tld", tld, "--out", text,
                        "--force", "test"], check=True, capture_output=True)
        to = os.path.join(self.state, f"{tld}.zone")
        if self.server == "bind":
            subprocess.run(["named-compilezone", "-q", "-F", "raw", "-i", "local", "-o", to, tld, text], check=True,
                           capture_output=True)
        else:
            os.rename(text, to)

    def remove(self):
        self.stop()  # NSD's children end with it only if it ends itself
        super().remove()
