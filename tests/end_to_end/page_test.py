"""The look-up page in a browser: tests/page/, against a registry with names in several states.

Screenshots are left in BUILD/page-screenshots. Playwright and axe come from the npm registry, into BUILD/page-tests; where
that cannot be reached, or there is no Chromium, the tests are skipped.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import unittest
import urllib.request

import epp_client as epp
import postel
import result_rows

TESTS = os.path.join(postel.ROOT, "tests", "page")
NAME = "Registry of .org: domain look-up"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
HOSTILE = ('"&gt;&lt;script&gt;alert(1)&lt;/script&gt;', "' onload=alert(2) &lt;img src=x onerror=alert(3)&gt;")
DIGEST = "49FD46E6C4B45C55D4AC69CBD3CD34AC1AFE51DE49FD46E6C4B45C55D4AC69CB"
DISCLOSED = ('<contact:disclose flag="1"><contact:name type="int"/><contact:org type="int"/><contact:addr type="int"/>'
             "<contact:voice/><contact:email/></contact:disclose>")


def contact(name, person, organization, disclose=""):
    return epp.on_object("create", "contact", f"""<contact:id>{name}</contact:id>
<contact:postalInfo type="int"><contact:name>{person}</contact:name><contact:org>{organization}</contact:org><contact:addr>
<contact:street>1 Quay Street</contact:street><contact:city>Halifax</contact:city><contact:sp>NS</contact:sp>
<contact:pc>B3J 1M3</contact:pc><contact:cc>CA</contact:cc></contact:addr></contact:postalInfo>
<contact:voice x="12">+1.9025550111</contact:voice><contact:email>{name}@harborlight.org</contact:email>
<contact:authInfo><contact:pw>Contact-2fooBAR-and-more</contact:pw></contact:authInfo>{disclose}""")


def domain(name, registrant, years=5, hosts=(), tech=None):
    ns = "".join(f"<domain:hostObj>{host}</domain:hostObj>" for host in hosts)
    ns = f"<domain:ns>{ns}</domain:ns>" if ns else ""
    tech = f'<domain:contact type="tech">{tech}</domain:contact>' if tech else ""
    return epp.on_object("create", "domain", f"""<domain:name>{name}</domain:name>
<domain:period unit="y">{years}</domain:period>{ns}<domain:registrant>{registrant}</domain:registrant>{tech}
<domain:authInfo><domain:pw>Domain-2fooBAR-and-more</domain:pw></domain:authInfo>""")


def name_servers(*hosts):
    return result_rows.name_servers(*hosts)


class WhoisServer(postel.Server):
    """postel-whois on free ports; the page believes to be at `base`."""

    def __init__(self, registry, base="https://rdap.registry.example"):
        settings = registry.write("whois.conf", f"""# of a test
rdap_base_url = {base}
terms_url = https://registry.example/terms
service_name = {NAME}
whois_listen = 127.0.0.1:0
rdap_listen = 127.0.0.1:0
metrics_listen = 127.0.0.1:0
database = {registry.cluster.conninfo()}
max_connections_per_address = 1000
""")
        super().__init__(registry, "postel-whois", "--config", settings)
        started = self.await_log(r"whois\.started protocol=rdap listen=\S+:(\d+) metrics_port=(\d+)")
        self.port, self.metrics_port = int(started.group(1)), int(started.group(2))


def node_modules(build):
    """The folder with what package-lock.json names, installed if that has not been done yet."""
    folder = os.path.join(build, "page-tests")
    with open(os.path.join(TESTS, "package-lock.json"), "rb") as lock:
        wanted = hashlib.sha256(lock.read()).hexdigest()
    mark = os.path.join(folder, "installed")
    if os.path.exists(mark) and open(mark, encoding="ascii").read() == wanted:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(os.path.join(TESTS, name), folder)
    done = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, timeout=300,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        raise unittest.SkipTest("npm cannot install the tests' packages: " + done.stderr[-400:])
    with open(mark, "w", encoding="ascii") as file:
        file.write(wanted)
    return folder


class PageTest(postel.RegistryTest):
    @classmethod
    def setUpClass(cls):
        if CHROMIUM is None or shutil.which("node") is None or shutil.which("npm") is None:
            raise unittest.SkipTest("chromium, node and npm are needed")
        cls.build = os.environ["POSTEL_BUILD"]
        cls.modules = node_modules(cls.build)
        super().setUpClass()
        cls.provision()
        cls.whois = WhoisServer(cls.registry)
        cls.addClassCleanup(lambda: cls.whois.process.poll() is not None or cls.whois.kill())

    @classmethod
    def send(cls, *commands, extension="", code=1000):
        with cls.registry.log_in(cls.server) as client:
            for command in commands:
                response = client.command(command, extension)
                if response.code != code:
                    raise AssertionError(response.xml)

    @classmethod
    def provision(cls):
        cls.registry.ctl("registrar", "update", "gold", "--name", "Blue Harbor Domains, Inc.", "--iana-id", "3878",
                         "--url", "https://www.blueharbor.example/", "--email", "office@blueharbor.example",
                         "--phone", "+1.9025550100", "--street", "2 Registrar Road", "--city", "Halifax",
                         "--state", "NS", "--postal-code", "B3J 2K9", "--country", "CA",
                         "--whois-server", "whois.blueharbor.example", "--rdap-base", "https://rdap.blueharbor.example/",
                         "--abuse-email", "abuse@blueharbor.example", "--abuse-phone", "+1.9025550101")
        cls.registry.ctl("registrar", "update", "silver", "--name", '"><script>alert(4)</script>', "--iana-id", "1234")
        cls.send(contact("holder", "Ada Light", "Harbor Light Society"),
                 contact("noc", "Network Team", "Harbor Light Society", DISCLOSED),
                 contact("hostile", *HOSTILE, DISCLOSED),
                 epp.host_create("ns1.dns.example.net"), epp.host_create("ns2.dns.example.net"))
        hosts = ("ns1.dns.example.net", "ns2.dns.example.net")
        cls.send(domain("harborlight.org", "holder", 10, hosts, "noc"), extension=f"""
<secDNS:create xmlns:secDNS="{epp.NS['secDNS']}"><secDNS:dsData><secDNS:keyTag>12345</secDNS:keyTag><secDNS:alg>13</secDNS:alg>
<secDNS:digestType>2</secDNS:digestType><secDNS:digest>{DIGEST}</secDNS:digest></secDNS:dsData></secDNS:create>""")
        cls.send(domain("xn--bcher-kva.org", "holder", 2, hosts),
                 extension=f'<idn:data xmlns:idn="{epp.NS["idn"]}"><idn:table>de</idn:table></idn:data>')
        cls.send(*[domain(f"{name}.org", "holder", 5, hosts, "noc") for name in ("lapsed", "gone", "back", "held")],
                 domain("hostile.org", "hostile", 5, hosts, "hostile"))
        cls.send(epp.host_create("ns1.harborlight.org", "192.0.2.10", "2001:db8::10"),
                 epp.host_create("ns2.harborlight.org", "192.0.2.10"),
                 epp.domain_update("harborlight.org", add=name_servers("ns1.harborlight.org", "ns2.harborlight.org"),
                                   rem=name_servers(*hosts)),
                 epp.domain_update("harborlight.org", add='<domain:status s="clientTransferProhibited"/>'
                                   '<domain:status s="clientUpdateProhibited"/>'),
                 epp.domain_update("held.org", add='<domain:status s="clientHold"/>'))
        cls.registry.ctl("domain", "status", "harborlight.org", "--add", "serverDeleteProhibited")
        cls.registry.ctl("clock", "move", "+100d")
        cls.send(epp.delete("domain", "gone.org"), code=1001)
        cls.registry.ctl("clock", "move", "+32d")
        cls.send(epp.delete("domain", "lapsed.org"), epp.delete("domain", "back.org"), code=1001)
        cls.send(epp.domain_update("back.org"), extension=result_rows.restore())
        cls.send(domain("bare.org", "holder"))

    def test_the_page_in_a_browser(self):
        screenshots = os.path.join(self.build, "page-screenshots")
        shutil.rmtree(screenshots, ignore_errors=True)
        os.makedirs(screenshots)
        # Beside their modules, which is where node looks for them.
        script = os.path.join(self.modules, "look_up.test.mjs")
        shutil.copy(os.path.join(TESTS, "look_up.test.mjs"), script)
        world = {"base": f"http://127.0.0.1:{self.whois.port}", "name": NAME, "chromium": CHROMIUM,
                 "screenshots": screenshots, "root": os.geteuid() == 0, "digest": DIGEST,
                 "registrar": "Blue Harbor Domains, Inc."}
        done = subprocess.run(["node", "--test-reporter=tap", script], capture_output=True, text=True, timeout=800,
                              env={**os.environ, "POSTEL_PAGE_WORLD": json.dumps(world)})
        cases = re.findall(r"^(not ok|ok) \d+ - (.*)$", done.stdout, re.M)
        self.assertTrue(cases, done.stdout + done.stderr)
        for outcome, name in cases:
            with self.subTest(name=name):
                self.assertEqual("ok", outcome, self.excerpt(done.stdout, name))
        self.assertEqual(0, done.returncode, done.stdout[-4000:] + done.stderr[-4000:])
        self.assertTrue(os.listdir(screenshots))

    @staticmethod
    def excerpt(output, name):
        start = output.find(f"- {name}")
        return output[start:start + 4000]

    def test_look_ups_of_the_page_are_counted(self):
        request = urllib.request.Request(f"http://127.0.0.1:{self.whois.port}/?q=harborlight.org",
                                         headers={"Accept": "text/html"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            self.assertEqual("text/html; charset=utf-8", answer.headers["Content-Type"])
        with urllib.request.urlopen(f"http://127.0.0.1:{self.whois.metrics_port}/metrics", timeout=20) as answer:
            self.assertRegex(answer.read().decode(), r'postel_queries_total\{[^}]*kind="domain"[^}]*protocol="page"[^}]*\} [1-9]')

    def test_zy_the_look_up_server_stops_cleanly(self):
        self.assertEqual(0, self.whois.stop(), self.whois.log()[-2000:])
