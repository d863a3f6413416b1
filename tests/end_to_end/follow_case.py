"""What tests of `postel-zonegen follow` share: the process, signing primaries, and the zone that they have to have."""

import os
import re
import subprocess
import time
import unittest
import urllib.request

import epp_client
from name_server import Named, file_records
from postel import EppServer, Registry, Server, program

DIGEST = "49FD46E6C4B45C55D4AC" * 3 + "49FD"
HOLD = '<domain:status s="clientHold"/>'


class Follower(Server):
    def __init__(self, registry, servers, tlds=("org",), **settings):
        config = [f"database = {registry.cluster.conninfo()}", f"directory = {registry.folder}",
                  "metrics_listen = 127.0.0.1:0"] + [f"tld = {tld}" for tld in tlds]
        for name, server in servers.items():
            config.append(f"primary = {name} 127.0.0.1:{server.port} {server.key_file}")
        config += [f"{key} = {value}" for key, value in settings.items()]
        path = registry.write(f"follow-{time.monotonic_ns()}.conf", "\n".join(config) + "\n")
        super().__init__(registry, "postel-zonegen", "follow", "--config", path)
        self.metrics_port = int(self.await_log(r"zonegen\.started .*metrics_port=(\d+)").group(1))

    def metric(self, name):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics_port}/metrics", timeout=20) as answer:
            text = answer.read().decode()
        return sum(float(value) for value in re.findall(rf"^postel_{name}(?:\{{[^}}]*\}})? (\S+)$", text, re.M))


def name_servers(*hosts):
    return "<domain:ns>" + "".join(f"<domain:hostObj>{host}</domain:hostObj>" for host in hosts) + "</domain:ns>"


def ds(number):
    return (f"<secDNS:dsData><secDNS:keyTag>{number}</secDNS:keyTag><secDNS:alg>13</secDNS:alg>"
            f"<secDNS:digestType>2</secDNS:digestType><secDNS:digest>{DIGEST}</secDNS:digest></secDNS:dsData>")


def sec_dns(verb, inner):
    return f'<secDNS:{verb} xmlns:secDNS="{epp_client.NS["secDNS"]}">{inner}</secDNS:{verb}>'


def whole_zone(registry, tld="org"):
    """The records of the file that `full` writes now."""
    path = os.path.join(registry.folder, f"whole.{tld}.zone")
    done = subprocess.run([program("postel-zonegen"), "full", "--database", registry.cluster.conninfo(), "--tld", tld,
                           "--out", path, "--force", "to be compared with"], capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(done.stdout + done.stderr)
    return file_records(path, tld)


class FollowCase(unittest.TestCase):
    """A class of it has a `registry`."""

    @classmethod
    def serve(cls, *hosts):
        """The module's registry, served by EPP, with a contact "holder" and these hosts. A session."""
        cls.registry = Registry.shared()
        cls.server = EppServer(cls.registry)
        cls.addClassCleanup(cls.server.kill)
        client = cls.registry.log_in(cls.server)
        cls.addClassCleanup(client.close)
        client.command(epp_client.contact_create("holder"))
        for host in hosts:
            client.command(epp_client.host_create(host))
        return client

    def named(self, **options):
        named = Named(**options)
        self.addCleanup(named.remove)
        return named.start()

    def follow(self, named, **settings):
        """One server, or a dictionary of their names."""
        servers = named if isinstance(named, dict) else {"one": named}
        follower = Follower(self.registry, servers, **settings)
        self.addCleanup(lambda: follower.process.poll() is not None or follower.kill())
        return follower

    def whole(self, tld="org"):
        return whole_zone(self.registry, tld)

    def await_whole(self, named, seconds=60, follower=None, tld="org"):
        wanted = self.whole(tld)
        deadline = time.monotonic() + seconds
        while True:
            served = named.transfer(tld)
            if served == wanted:
                return
            if time.monotonic() > deadline:
                missing = sorted(set(wanted) - set(served))[:20]
                surplus = sorted(set(served) - set(wanted))[:20]
                self.fail(f"missing {missing}\nsurplus {surplus}\n{follower.log()[-3000:] if follower else ''}")
            time.sleep(0.1)

    def eventually(self, expected, look, seconds=20, more=lambda: ""):
        deadline = time.monotonic() + seconds
        while True:
            found = look()
            if found == expected:
                return
            if time.monotonic() > deadline:
                self.assertEqual(expected, found, more())
            time.sleep(0.02)
