"""Rows of "this command, this result code": what result_codes_test.py and result_order_test.py are made of."""

import itertools
import re
import time
import unittest
import xml.etree.ElementTree as ElementTree

import epp_client as epp
import postel

# RFC 5730 section 3, word for word.
MESSAGES = {
    1000: "Command completed successfully",
    1001: "Command completed successfully; action pending",
    1300: "Command completed successfully; no messages",
    1301: "Command completed successfully; ack to dequeue",
    1500: "Command completed successfully; ending session",
    2000: "Unknown command",
    2001: "Command syntax error",
    2002: "Command use error",
    2003: "Required parameter missing",
    2004: "Parameter value range error",
    2005: "Parameter value syntax error",
    2100: "Unimplemented protocol version",
    2101: "Unimplemented command",
    2102: "Unimplemented option",
    2103: "Unimplemented extension",
    2104: "Billing failure",
    2105: "Object is not eligible for renewal",
    2106: "Object is not eligible for transfer",
    2200: "Authentication error",
    2201: "Authorization error",
    2202: "Invalid authorization information",
    2300: "Object pending transfer",
    2301: "Object not pending transfer",
    2302: "Object exists",
    2303: "Object does not exist",
    2304: "Object status prohibits operation",
    2305: "Object association prohibits operation",
    2306: "Parameter value policy error",
    2307: "Unimplemented object service",
    2308: "Data management policy violation",
    2400: "Command failed",
    2500: "Command failed; server closing connection",
    2501: "Authentication error; server closing connection",
    2502: "Session limit exceeded; server closing connection",
}

THIN_POLICY = postel.POLICY.replace("tld = org", "tld = thin\ndata_model = minimum").replace("nic.org", "nic.thin")

# Beside gold and silver, each with what its name here says. They share a certificate.
POOR = ("bronze", "Bronze-pw-3")    # has money for one year of one domain
BARRED = ("copper", "Copper-pw-4")  # may sell .thin only
SUSPENDED = ("iron", "Iron-pw-5")
SINGLE = ("zinc", "Zinc-pw-6")      # may have one session

PASSWORD = "Domain-2fooBAR-and-more"  # of the domains made here
DIGEST = "49FD46E6C4B45C55D4AC69CBD3CD34AC1AFE51DE49FD46E6C4B45C55D4AC69CB"

_numbers = itertools.count(1)


def fresh(prefix, tail=""):
    return f"{prefix}{next(_numbers)}{tail}"


def populate(registry):
    """The thin TLD and the registrars above."""
    registry.ctl("tld", "apply", registry.write("thin.conf", THIN_POLICY))
    for (name, password), *options in ((POOR,), (BARRED, "--tld", "thin"), (SUSPENDED,),
                                       (SINGLE, "--max-sessions", "1")):
        registry.ctl("registrar", "create", name, "--name", name.title(), "--password-file",
                     registry.write(name + ".password", password + "\n"), *options)
        registry.ctl("registrar", "certificate", name, "add", registry.certificates["nobody"][0])
    registry.ctl("registrar", "deposit", POOR[0], "9.00", "--reference", "test")
    registry.ctl("registrar", "suspend", SUSPENDED[0])


def objects_named(xml):
    """(kind, name) of every object that the frame speaks of, in the order of the frame."""
    found = []
    for kind, name in re.findall(r"<(domain|host|contact):(?:name|id)\b[^>]*>([^<]+)<", xml):
        found.append((kind, name))
    found += [("host", name) for name in re.findall(r"<domain:hostObj>([^<]+)<", xml)]
    found += [("contact", name) for name in re.findall(r"<domain:(?:registrant|contact)\b[^>]*>([^<]+)<", xml)]
    return list(dict.fromkeys(found))


def result(response):
    return response.code, response.text("epp:response/epp:result/epp:msg")


def statuses(response):
    kinds = ("domain", "host", "contact")
    return [s.get("s") for kind in kinds for s in response.all(f"{kind}:infData/{kind}:status")]


def rgp_statuses(response):
    return [s.get("s") for s in response.all("rgp:infData/rgp:rgpStatus")]


def ds_data(*key_tags, algorithm=13, digest_type=2, digest=DIGEST):
    return "".join(f"<secDNS:dsData><secDNS:keyTag>{tag}</secDNS:keyTag><secDNS:alg>{algorithm}</secDNS:alg>"
                   f"<secDNS:digestType>{digest_type}</secDNS:digestType><secDNS:digest>{digest}</secDNS:digest>"
                   "</secDNS:dsData>" for tag in key_tags)


KEY_DATA = ("<secDNS:keyData><secDNS:flags>257</secDNS:flags><secDNS:protocol>3</secDNS:protocol>"
            "<secDNS:alg>13</secDNS:alg><secDNS:pubKey>GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7w"
            "NcP+e+MAnLr+Wi9xMWyQLc8NAA==</secDNS:pubKey></secDNS:keyData>")


def sec_dns(verb, inner, attributes=""):
    return f'<secDNS:{verb} xmlns:secDNS="{epp.NS["secDNS"]}"{attributes}>{inner}</secDNS:{verb}>'


def restore(report="", operation="request"):
    return (f'<rgp:update xmlns:rgp="{epp.NS["rgp"]}"><rgp:restore op="{operation}">{report}</rgp:restore>'
            "</rgp:update>")


def status(kind, *names):
    return "".join(f'<{kind}:status s="{name}"/>' for name in names)


def name_servers(*hosts):
    return "<domain:ns>" + "".join(f"<domain:hostObj>{h}</domain:hostObj>" for h in hosts) + "</domain:ns>"


def set_password(kind, password):
    return f"<{kind}:authInfo><{kind}:pw>{password}</{kind}:pw></{kind}:authInfo>"


def info_with(kind, name, password):
    return epp.info(kind, name).replace(f"</{kind}:info>", set_password(kind, password) + f"</{kind}:info>")


def update(kind, name, add="", rem="", chg=""):
    element = "id" if kind == "contact" else "name"
    inner = f"<{kind}:{element}>{name}</{kind}:{element}>"
    for part, content in (("add", add), ("rem", rem), ("chg", chg)):
        if content:
            inner += f"<{kind}:{part}>{content}</{kind}:{part}>"
    return epp.on_object("update", kind, inner)


def transfer(operation, kind, name, password=None, years=None):
    element = "id" if kind == "contact" else "name"
    inner = f"<{kind}:{element}>{name}</{kind}:{element}>"
    if years is not None:
        inner += f'<{kind}:period unit="y">{years}</{kind}:period>'
    if password is not None:
        inner += set_password(kind, password)
    return epp.on_object("transfer", kind, inner).replace("<transfer>", f'<transfer op="{operation}">', 1)


def without_period(xml):
    return re.sub(r"<domain:period.*?</domain:period>", "", xml)


def stop(server):
    if server.stop() != 0:
        raise AssertionError(server.log()[-2000:])


class RowsTest(postel.RegistryTest):
    """Sessions of gold and silver for the class, and what to say and hear in them."""

    test_zzz_the_server_stops_cleanly = None  # for all classes of a registry at the end: see stop()

    @classmethod
    def setUpClass(cls):
        epp.received.clear()
        cls.registry = cls.make_registry()
        if not hasattr(cls.registry, "server"):
            populate(cls.registry)
            cls.registry.server = postel.EppServer(cls.registry)
            unittest.addModuleCleanup(stop, cls.registry.server)
        cls.server = cls.registry.server
        cls.gold, cls.silver = (cls.open(account) for account in (postel.GOLD, postel.SILVER))
        cls.gold.command(epp.contact_create("common"))  # refused from the second class on
        cls.gold.command(epp.host_create("ns1.example.net"))

    @classmethod
    def open(cls, account):
        """A session that lasts as long as the class."""
        certificate = account[0] if account in (postel.GOLD, postel.SILVER) else "nobody"
        client = cls.registry.connect(cls.server, certificate)
        cls.addClassCleanup(client.close)
        response = client.login(*account)
        if response.code != 1000:
            raise AssertionError(response.xml)
        return client

    def seen(self, objects):
        """What gold and silver see of the objects, apart from the numbers of the answers."""
        views = []
        for client in (self.gold, self.silver):
            for kind, name in objects:
                client.send(epp.command(epp.info(kind, name)))
            for _ in objects:
                response = client.receive()
                parts = (response.tree.find(f"epp:response/epp:{part}", epp.NS) for part in ("resData", "extension"))
                views.append([response.code] + [ElementTree.tostring(p) for p in parts if p is not None])
        return views

    def row(self, name, codes, xml, *, client=None, extension="", also=()):
        """One row: the command gets the code, with its message; refused, it changes nothing that it names."""
        codes = (codes,) if isinstance(codes, int) else codes
        with self.subTest(name):
            objects = [*objects_named(xml), *also]
            refused = min(codes) >= 2000
            before = self.seen(objects) if refused else None
            response = (client or self.gold).command(xml, extension)
            self.assertIn(response.code, codes, f"{xml}{extension}\n{response.xml.decode()}")
            self.assertEqual((response.code, MESSAGES[response.code]), result(response))
            if refused:
                self.assertEqual(before, self.seen(objects), f"{xml}{extension} has changed something")
            return response
        return None

    def do(self, xml, code=1000, client=None, extension=""):
        """A step on the way to a row."""
        return self.expect(code, (client or self.gold).command(xml, extension))

    def info(self, kind, name, client=None):
        return self.do(epp.info(kind, name), client=client)

    def contact(self, client=None):
        name = fresh("con")
        self.do(epp.contact_create(name), client=client)
        return name

    def host(self, client=None, below=None):
        """An external one, or one below a domain."""
        name = fresh("ns", "." + (below or "example.net"))
        self.do(epp.host_create(name, *(["192.0.2.1"] if below else [])), client=client)
        return name

    def domain(self, *hosts, client=None, years=1, password=PASSWORD, extension=""):
        name = fresh("dom", ".org")
        self.do(epp.domain_create(name, "common", years, hosts, password), client=client, extension=extension)
        return name

    def expiry(self, name):
        return self.info("domain", name).text("domain:infData/domain:exDate")

    def operator_sets(self, kind, name, *names):
        for name_of_status in names:
            self.registry.ctl(kind, "status", name, "--add", name_of_status)

    def assert_availability(self, kind, wanted):
        """A check's answers, one for each name, in the order asked; a reason exactly where it is not available."""
        element = "id" if kind == "contact" else "name"
        response = self.do(epp.check(kind, *(name for name, _ in wanted)))
        answers = response.all(f"{kind}:chkData/{kind}:cd")
        said = []
        for answer in answers:
            name = answer.find(f"{kind}:{element}", epp.NS)
            available = name.get("avail") in ("1", "true")
            reason = answer.findtext(f"{kind}:reason", None, epp.NS)
            if not available:
                self.assertTrue(reason, name.text)
                self.assertLessEqual(len(reason), 32)
            said.append((name.text, available))
        self.assertEqual(list(wanted), said)


class LaterTest(RowsTest):
    """On a registry whose clock moves."""

    _moving = None

    @classmethod
    def make_registry(cls):
        if LaterTest._moving is None:
            LaterTest._moving = postel.Registry()
            unittest.addModuleCleanup(LaterTest._moving.close)
        return LaterTest._moving

    def later(self, step):
        """Moves the clock, and waits until the server has noticed."""
        before = self.said_date()
        self.registry.ctl("clock", "move", step)
        deadline = time.monotonic() + 30
        while self.said_date() == before:
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)

    def said_date(self):
        return self.gold.ask(epp.HELLO).text("epp:greeting/epp:svDate")[:10]
