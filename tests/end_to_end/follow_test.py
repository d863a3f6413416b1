"""postel-zonegen follow: what EPP changes comes into the zone of a signing BIND, and stays right whoever dies."""

import os
import random
import re
import time
import unittest
import urllib.request

import epp_client
from name_server import Named, file_records
from postel import EppServer, Registry, Server, program

import subprocess

DIGEST = "49FD46E6C4B45C55D4AC" * 3 + "49FD"


class Follower(Server):
    def __init__(self, registry, servers, **settings):
        arguments = ["follow"]
        config = [f"database = {registry.cluster.conninfo()}", f"directory = {registry.folder}",
                  "metrics_listen = 127.0.0.1:0", "tld = org"]
        for name, server in servers.items():
            config.append(f"primary = {name} 127.0.0.1:{server.port} {server.key_file}")
        config += [f"{key} = {value}" for key, value in settings.items()]
        path = registry.write(f"follow-{time.monotonic_ns()}.conf", "\n".join(config) + "\n")
        super().__init__(registry, "postel-zonegen", *arguments, "--config", path)
        self.metrics_port = int(self.await_log(r"zonegen\.started .*metrics_port=(\d+)").group(1))

    def metric(self, name):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics_port}/metrics", timeout=20) as answer:
            text = answer.read().decode()
        return sum(float(value) for value in re.findall(rf"^postel_{name}(?:\{{[^}}]*\}})? (\S+)$", text, re.M))


def hold(verb):
    return {verb: '<domain:status s="clientHold"/>'}


def name_servers(*hosts):
    return "<domain:ns>" + "".join(f"<domain:hostObj>{host}</domain:hostObj>" for host in hosts) + "</domain:ns>"


def ds(number):
    return (f"<secDNS:dsData><secDNS:keyTag>{number}</secDNS:keyTag><secDNS:alg>13</secDNS:alg>"
            f"<secDNS:digestType>2</secDNS:digestType><secDNS:digest>{DIGEST}</secDNS:digest></secDNS:dsData>")


def sec_dns(verb, inner):
    return f'<secDNS:{verb} xmlns:secDNS="{epp_client.NS["secDNS"]}">{inner}</secDNS:{verb}>'


class FollowTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.registry = Registry.shared()
        cls.server = EppServer(cls.registry)
        cls.addClassCleanup(cls.server.kill)
        client = cls.registry.log_in(cls.server)
        client.command(epp_client.contact_create("holder"))
        for host in ("ns1.example.net", "ns2.example.net"):
            client.command(epp_client.host_create(host))
        client.close()
        cls.numbers = iter(range(1, 1_000_000))

    def setUp(self):
        self.client = self.registry.log_in(self.server)
        self.addCleanup(self.client.close)
        self.label = f"t{next(self.numbers)}"

    def named(self, **options):
        named = Named(**options)
        self.addCleanup(named.remove)
        return named.start()

    def follow(self, named, **settings):
        servers = named if isinstance(named, dict) else {"one": named}
        follower = Follower(self.registry, servers, **settings)
        self.addCleanup(lambda: follower.process.poll() is not None or follower.kill())
        return follower

    def run_command(self, inner, extension="", code=1000):
        response = self.client.command(inner, extension)
        self.assertEqual(code, response.code, response.xml.decode())
        return response

    def create(self, name, *hosts, extension=""):
        self.run_command(epp_client.domain_create(name, "holder", hosts=hosts), extension)

    def update(self, name, extension="", **parts):
        self.run_command(epp_client.domain_update(name, **parts), extension)

    def whole(self):
        """The records of the file that `full` writes now."""
        path = os.path.join(self.registry.folder, "whole.zone")
        done = subprocess.run([program("postel-zonegen"), "full", "--database", self.registry.cluster.conninfo(), "--tld", "org",
                               "--out", path, "--force"], capture_output=True, text=True)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        return file_records(path)

    def await_whole(self, named, seconds=60, follower=None):
        wanted = self.whole()
        deadline = time.monotonic() + seconds
        while True:
            served = named.transfer()
            if served == wanted:
                return
            if time.monotonic() > deadline:
                missing = sorted(set(wanted) - set(served))[:20]
                surplus = sorted(set(served) - set(wanted))[:20]
                self.fail(f"missing {missing}\nsurplus {surplus}\n{follower.log()[-3000:] if follower else ''}")
            time.sleep(0.1)

    def eventually(self, expected, look, seconds=20):
        deadline = time.monotonic() + seconds
        while True:
            found = look()
            if found == expected:
                return
            if time.monotonic() > deadline:
                self.assertEqual(expected, found)
            time.sleep(0.02)

    def test_a_domain_comes_changes_and_goes(self):
        named = self.named()
        follower = self.follow(named)
        name = f"{self.label}.org"
        self.create(name, "ns1.example.net", "ns2.example.net")
        self.eventually(["ns1.example.net.", "ns2.example.net."], lambda: named.delegation(name))
        self.update(name, sec_dns("update", f"<secDNS:add>{ds(7)}</secDNS:add>"))
        self.eventually([f"7 13 2 {DIGEST[:56]} {DIGEST[56:]}"], lambda: named.dig(name, "DS"))
        self.assertTrue(named.dig(name, "DS", "+dnssec"))
        self.update(name, rem=name_servers("ns2.example.net"))
        self.eventually(["ns1.example.net."], lambda: named.delegation(name))
        self.update(name, add='<domain:status s="clientHold"/>')
        self.eventually([], lambda: named.delegation(name))
        self.update(name, rem='<domain:status s="clientHold"/>')
        self.eventually(["ns1.example.net."], lambda: named.delegation(name))
        self.run_command(epp_client.delete("domain", name))
        self.eventually([], lambda: named.delegation(name))
        self.await_whole(named, follower=follower)

    def test_glue_follows_its_use(self):
        named = self.named()
        follower = self.follow(named)
        above, user = f"{self.label}.org", f"{self.label}u.org"
        self.create(above, "ns1.example.net")
        host = f"ns.{above}"
        self.run_command(epp_client.host_create(host, "192.0.2.1", "2001:db8::1"))
        time.sleep(0.2)
        self.await_whole(named, follower=follower)  # not used, not there
        self.create(user, host)
        self.await_whole(named, follower=follower)
        self.assertIn(f"{host}. 3600 A 192.0.2.1", named.transfer())
        self.run_command(epp_client.on_object("update", "host", f"""<host:name>{host}</host:name>
            <host:add><host:addr ip="v4">192.0.2.2</host:addr></host:add>
            <host:rem><host:addr ip="v4">192.0.2.1</host:addr></host:rem>"""))
        self.await_whole(named, follower=follower)
        self.assertIn(f"{host}. 3600 A 192.0.2.2", named.transfer())
        renamed = f"new.{above}"
        self.run_command(epp_client.on_object("update", "host", f"""<host:name>{host}</host:name>
            <host:chg><host:name>{renamed}</host:name></host:chg>"""))
        self.await_whole(named, follower=follower)
        self.assertIn(f"{user}. 3600 NS {renamed}.", named.transfer())
        self.update(above, add='<domain:status s="clientHold"/>')  # orphan glue stays
        self.await_whole(named, follower=follower)
        self.assertIn(f"{renamed}. 3600 A 192.0.2.2", named.transfer())
        self.update(user, add=name_servers("ns1.example.net"), rem=name_servers(renamed))
        self.await_whole(named, follower=follower)
        self.assertNotIn(f"{renamed}. 3600 A 192.0.2.2", named.transfer())
        self.assertEqual(0, follower.stop())


if __name__ == "__main__":
    unittest.main()
