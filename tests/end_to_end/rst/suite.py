"""What the cases of ICANN's Registry System Testing (RST 2.0, suite StandardEPP) share: a registry as RST wants to
find it, objects with good values, and what may come back.

The names of the cases and of the errors are RST's. A row of a table is data: what it sends, and the error that RST
raises when the answer is not the expected one. Changes are looked for at once, where RST waits for two minutes.
"""

import dataclasses
import functools
import random
import socket
import xml.etree.ElementTree as ElementTree
from xml.sax.saxutils import escape, quoteattr

import epp_client as epp
import postel
from authority import Authority
from clearinghouse import Clearinghouse

A, B = postel.GOLD, postel.SILVER
THIRD = ("bronze", "Bronze-pw-3")  # the sponsor of what is there before the tests

TLD = "org"  # maximum data model
THIN_TLD = "zz--thin-1234"  # minimum data model, and a label as RST's own TLDs have
DELETED_LATE_TLD = "zz--late-1234"  # without an add grace period, a delete leads to redemption at once
TLDS = (TLD, THIN_TLD)
SUNRISE_TLD = "zz--sunrise-1234"  # minimum data model, for good in its sunrise
CLAIMS_TLD = "zz--claims-1234"  # likewise in its claims phase

REPOSITORY_ID = "ICANNRST"  # registered with IANA for such tests

LOGIN_SEC = "urn:ietf:params:xml:ns:epp:loginSec-1.0"
SECURE_AUTHINFO = "urn:ietf:params:xml:ns:epp:secure-authinfo-transfer-1.0"

FAILURE = "EPP_UNEXPECTED_COMMAND_FAILURE"
SUCCESS = "EPP_UNEXPECTED_COMMAND_SUCCESS"

IPV4, OTHER_IPV4 = "208.77.190.193", "208.77.190.194"
IPV6, OTHER_IPV6 = "2602:800:900e:1257::1", "2602:800:900e:1257::2"

_random = random.Random("RST")  # the same values in every run


def rand(count):
    return "".join(_random.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=count))


def rand_hex(octets):
    return _random.randbytes(octets).hex().upper()


def element(name, content="", **attributes):
    """An element whose content is XML."""
    attributes = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{attributes}>{content}</{name}>"


# The registry


def _second_loopback():
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
            return "::1"
    except OSError:
        return "127.0.0.2"


ADDRESSES = ("127.0.0.1", _second_loopback())


class RstRegistry(postel.Registry):
    ACCOUNTS = (A, B, THIRD)
    MIGRATION = ("--sandbox", "--repository-id", REPOSITORY_ID)

    def _make_server_certificate(self, authority):
        """As a public authority's: clients know the root, the server sends the intermediate one."""
        intermediate = Authority(self.folder, "intermediate", authority)
        certificate, key = intermediate.issue("server")
        with open(certificate, "a", encoding="utf-8") as chain, open(intermediate.certificate,
                                                                     encoding="utf-8") as more:
            chain.write(more.read())
        return certificate, key

    def _write_settings(self):
        super()._write_settings()
        self.clearinghouse = Clearinghouse(self.folder + "/tmch")
        with open(self.settings_file, "a", encoding="utf-8") as file:
            file.write("listen = {}:0\n".format(f"[{ADDRESSES[1]}]" if ":" in ADDRESSES[1] else ADDRESSES[1]))
            file.write(f"tmch_folder = {self.clearinghouse.folder}\n")

    def _provision(self):
        super()._provision()
        for tld, settings in ((THIN_TLD, "data_model = minimum\n"), (DELETED_LATE_TLD, "add_grace = 0d\n"),
                              (SUNRISE_TLD, "data_model = minimum\nlaunch_phase = sunrise\n"),
                              (CLAIMS_TLD, "data_model = minimum\nlaunch_phase = claims\n")):
            policy = postel.POLICY.replace("= org", f"= {tld}").replace("nic.org", f"nic.{tld}")
            self.ctl("tld", "apply", self.write(tld + ".conf", policy + settings))


# Objects. Values are sent as they are, however wrong.


@dataclasses.dataclass
class Contact:
    id: str = dataclasses.field(default_factory=lambda: rand(16))
    postalinfo_type: str = "int"
    name: str = "John Doe"
    org: str = "Example Inc."
    street: tuple = ("123 Example Dr.", "Suite 100")
    city: str = "Dulles"
    sp: str = "VA"
    pc: str = "20166-6503"
    cc: str = "US"
    voice: str = "+1.7035555555"
    voice_ext: str = "1234"
    fax: str = "+1.7035555556"
    fax_ext: str = "5678"
    email: str = "jdoe@example.com"

    def with_values(self, **values):
        return dataclasses.replace(self, **values)

    def _content(self):
        def text(name, value):
            return element("contact:" + name, escape(value))

        addr = "".join(text("street", line) for line in self.street)
        addr += text("city", self.city) + text("sp", self.sp) + text("pc", self.pc) + text("cc", self.cc)
        postal = text("name", self.name) + text("org", self.org) + element("contact:addr", addr)
        return (element("contact:postalInfo", postal, type=self.postalinfo_type)
                + element("contact:voice", self.voice, x=self.voice_ext)
                + element("contact:fax", self.fax, x=self.fax_ext) + text("email", self.email))

    def create(self):
        auth = element("contact:authInfo", element("contact:pw", "Contact-2fooBAR-and-more"))
        return epp.on_object("create", "contact", element("contact:id", self.id) + self._content() + auth)

    def update(self):
        return contact_update(self.id, chg=self._content())

    @classmethod
    def of(cls, response):
        """What an info says."""
        def text(path):
            return response.text("contact:infData/" + path) or ""

        def attribute(path, name):
            found = response.all("contact:infData/" + path)
            return found[0].get(name, "") if found else ""

        postal, addr = "contact:postalInfo/contact:", "contact:postalInfo/contact:addr/contact:"
        return cls(text("contact:id"), attribute("contact:postalInfo", "type"), text(postal + "name"),
                   text(postal + "org"), tuple(line.text for line in response.all(addr + "street")),
                   text(addr + "city"), text(addr + "sp"), text(addr + "pc"), text(addr + "cc"),
                   text("contact:voice"), attribute("contact:voice", "x"), text("contact:fax"),
                   attribute("contact:fax", "x"), text("contact:email"))


def _update(kind, key, name, parts, extra=""):
    inner = element(f"{kind}:{key}", name)
    inner += "".join(element(f"{kind}:{part}", content) for part, content in parts if content)
    return epp.on_object("update", kind, inner + extra)


def contact_update(name, add="", rem="", chg=""):
    return _update("contact", "id", name, (("add", add), ("rem", rem), ("chg", chg)))


def host_update(name, add="", rem="", new_name=None):
    chg = "" if new_name is None else element("host:name", new_name)
    return _update("host", "name", name, (("add", add), ("rem", rem), ("chg", chg)))


UPDATES = {"contact": contact_update, "host": host_update, "domain": epp.domain_update}


def host_address(ip, text):
    return element("host:addr", text, ip=ip)


def host_create(name, *addresses):
    """Addresses are pairs of the attribute `ip` and the text."""
    inner = element("host:name", name) + "".join(host_address(*address) for address in addresses)
    return epp.on_object("create", "host", inner)


def host_objects(*names):
    return element("domain:ns", "".join(element("domain:hostObj", name) for name in names))


def host_attribute(name, *addresses):
    inner = element("domain:hostName", name)
    inner += "".join(element("domain:hostAddr", text, ip=ip) for ip, text in addresses)
    return element("domain:ns", element("domain:hostAttr", inner))


def domain_create(name, registrant=None, period="1", unit="y", ns="", password=""):
    """Without a password: the domain is closed to transfers, RFC 9154."""
    registrant = "" if registrant is None else element("domain:registrant", registrant)
    return epp.on_object("create", "domain", element("domain:name", name)
                         + element("domain:period", period, unit=unit) + ns + registrant
                         + element("domain:authInfo", element("domain:pw", password)))


def domain_renew(name, expiry_date, period="1", unit="y"):
    return epp.on_object("renew", "domain", element("domain:name", name)
                         + element("domain:curExpDate", expiry_date) + element("domain:period", period, unit=unit))


def sec_dns(verb, content):
    return element("secDNS:" + verb, content, **{"xmlns:secDNS": epp.NS["secDNS"]})


def ds_data(key_tag="12345", alg="16", digest_type="2", digest=None):
    return element("secDNS:dsData", element("secDNS:keyTag", key_tag) + element("secDNS:alg", alg)
                   + element("secDNS:digestType", digest_type)
                   + element("secDNS:digest", rand_hex(32) if digest is None else digest))


def key_data(flags="257", protocol="3", alg="16", pub_key="QUJD" * 19):
    return element("secDNS:keyData", element("secDNS:flags", flags) + element("secDNS:protocol", protocol)
                   + element("secDNS:alg", alg) + element("secDNS:pubKey", pub_key))


# What is wrong in these, RST's tables 2.5 and 2.6 agree.
BAD_DNSSEC_DATA = tuple(
    [("dsData " + name, value, ds_data(**{name: value})) for name, values in (
        ("key_tag", ("",)),
        ("alg", ("", "-1", "A", "123")),
        ("digest_type", ("", "-1", "A", "255")),
        ("digest", ("",)),
    ) for value in values]
    + [("keyData " + name, value, key_data(**{name: value})) for name, values in (
        ("flags", ("", "1", "256", "-1", "A")),
        ("protocol", ("", "1", "256", "-1", "A")),
        ("alg", ("", "-1", "A", "123")),
        ("pub_key", ("", "this is not a DNSKEY.")),
    ) for value in values])

# Pairs of the attribute `ip` and the text. That of a create and that of an update differ a little.
BAD_IPV4 = tuple(("v4", text) for text in ("", IPV6, "208.77.190", "a.b.c.d", "256.1.1.1", "1.2.3.4.5"))
BAD_IPV6 = tuple(("v6", text) for text in (IPV4, "::", "::1", "::X", "NOT::HEX::"))


def years_later(date, years):
    """29 February becomes 28 February."""
    year, rest = int(date[:4]) + years, date[4:]
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return f"{year:04}{rest if leap else rest.replace('-02-29', '-02-28')}"


# What comes back


def texts(response, path):
    return sorted(found.text for found in response.all(path))


def statuses(response, kind):
    return {found.get("s") for found in response.all(f"{kind}:infData/{kind}:status")}


def rgp_statuses(response):
    return {found.get("s") for found in response.all("rgp:infData/rgp:rgpStatus")}


def ds_records(response):
    return [tuple((part.text or "").upper() for part in record)
            for record in response.all("secDNS:infData/secDNS:dsData")]


def ds_record(xml):
    tree = ElementTree.fromstring(sec_dns("x", xml))
    return tuple(part.text.upper() for part in tree[0])


def shown(client, kind, name):
    """All that an info says of the object, as a text: its code, data and extensions."""
    response = client.command(epp.info(kind, name))
    parts = response.tree.findall("epp:response/epp:resData", epp.NS)
    parts += response.tree.findall("epp:response/epp:extension", epp.NS)
    return "\n".join([str(response.code)] + [ElementTree.tostring(part, "unicode") for part in parts])


def login(client, name, password):
    """With exactly the services of the greeting, and as RFC 8807 has it if the greeting does."""
    def uris(what):
        return [uri.text for uri in client.greeting.all("epp:" + what)]

    if LOGIN_SEC not in uris("extURI"):
        return client.login(name, password, objects=uris("objURI"), extensions=uris("extURI"))
    command = epp.login(name, "[LOGIN-SECURITY]", objects=uris("objURI"), extensions=uris("extURI"))
    agent = element("loginSec:userAgent", element("loginSec:app", "Postel's tests"))
    return client.command(command, element("loginSec:loginSec", agent + element("loginSec:pw", escape(password)),
                                           **{"xmlns:loginSec": LOGIN_SEC}))


class RstTest(postel.RegistryTest):
    @classmethod
    def make_registry(cls):
        return RstRegistry.shared()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        second = cls.server.await_log(rf"epp\.started listen=\[?{ADDRESSES[1]}\]?:(\d+)")
        cls.ports = {ADDRESSES[0]: cls.server.port, ADDRESSES[1]: int(second.group(1))}
        cls._make_existing_objects()

    @classmethod
    def _make_existing_objects(cls):
        """RST's parameters name them: two contacts, and in every TLD a domain and a host below it."""
        cls.existing_contacts = [rand(16), rand(16)]
        cls.existing_domains = {tld: f"{rand(18)}.{tld}" for tld in TLDS}
        cls.existing_hosts = {tld: f"ns1.{domain}" for tld, domain in cls.existing_domains.items()}
        commands = [Contact(id=name).create() for name in cls.existing_contacts]
        commands += [domain_create(name, cls.existing_contacts[0] if tld == TLD else None)
                     for tld, name in cls.existing_domains.items()]
        commands += [host_create(name, ("v4", IPV4)) for name in cls.existing_hosts.values()]
        with cls.registry.connect(cls.server, THIRD[0]) as client:
            if login(client, *THIRD).code != 1000:
                raise AssertionError("no login")
            for command in commands:
                response = client.command(command)
                if response.code != 1000:
                    raise AssertionError(response.xml)

    def knock(self, certificate, address=ADDRESSES[0], port=None, **options):
        """A client that has read the greeting."""
        if isinstance(certificate, str):
            certificate = self.registry.certificates[certificate]
        client = epp.EppClient(port or self.ports[address], self.registry.ca, certificate, address=address,
                               **options)
        self.addCleanup(client.close)
        client.greeting = client.receive()
        return client

    def enter(self, account, **where):
        client = self.knock(account[0], **where)
        self.expect(1000, login(client, *account))
        return client

    @functools.cached_property
    def a(self):
        return self.enter(A)

    @functools.cached_property
    def b(self):
        return self.enter(B)

    @functools.cached_property
    def third(self):
        return self.enter(THIRD)

    def announces(self, uri):
        return uri in [found.text for found in self.a.greeting.all("epp:extURI")]

    def accept(self, error, client, command, extension="", codes=range(1000, 2000)):
        response = client.command(command, extension)
        self.assertIn(response.code, codes, f"{error}: {command} {extension} {response.xml.decode()}")
        return response

    def refuse(self, error, client, command, extension="", unchanged=(), codes=range(2000, 3000)):
        """The command is refused, and an info of each object (client, kind, name) says what it said before."""
        before = [shown(*each) for each in unchanged]
        response = client.command(command, extension)
        self.assertIn(response.code, codes, f"{error}: {command} {extension} {response.xml.decode()}")
        self.assertNotEqual(2400, response.code, f"EPP_GENERIC_COMMAND_ERROR: {command} {extension}")
        self.assertEqual(before, [shown(*each) for each in unchanged], f"changed by {command} {extension}")
        return response

    def info(self, client, kind, name, error=FAILURE):
        return self.accept(error, client, epp.info(kind, name), codes=(1000,))

    def expect_gone(self, error, client, kind, name):
        self.accept(error, client, epp.info(kind, name), codes=(2303,))

    def make_contact(self, client):
        contact = Contact()
        self.accept(FAILURE, client, contact.create(), codes=(1000,))
        return contact.id

    def make_host(self, client, name=None, *addresses):
        """By default an external one."""
        name = name or f"ns1.{rand(18)}.icann"
        self.accept(FAILURE, client, host_create(name, *addresses), codes=(1000,))
        return name

    def registrant_for(self, client, tld):
        return None if tld == THIN_TLD else self.make_contact(client)

    def make_domain(self, client, name=None, tld=TLD, extension="", **values):
        name = name or f"{rand(18)}.{tld}"
        registrant = self.registrant_for(client, name.rsplit(".", 1)[1])
        command = domain_create(name, **{"registrant": registrant, **values})
        self.accept(FAILURE, client, command, extension, codes=(1000,))
        return name

    def run_check_rows(self, kind, rows):
        """Of rows (state, name, error): state is free, registered or malformed, as RST says it."""
        for state, name, error in rows:
            with self.subTest(state, name=name, error=error):
                response = self.a.command(epp.check(kind, name))
                if state == "malformed" and response.code in (2001, 2004, 2005):
                    continue
                self.assertEqual(1000, response.code, f"{FAILURE}: {response.xml.decode()}")
                key = "id" if kind == "contact" else "name"
                (answer,) = response.all(f"{kind}:cd/{kind}:{key}")
                self.assertEqual(state == "free", answer.get("avail") in ("1", "true"),
                                 f"{error}: {response.xml.decode()}")

    def run_status_rows(self, client, kind, name, rows, invalid_error, info_error):
        """Of rows (add or rem, status, whether it is accepted). An info after each shows exactly the result."""
        update = UPDATES[kind]
        expected = statuses(self.info(client, kind, name), kind)
        expected -= {"ok", "inactive", "linked"}
        for part, status, accepted in rows:
            error = FAILURE if accepted else invalid_error
            with self.subTest(f"{part} {status}", error=error):
                command = update(name, **{part: element(f"{kind}:status", s=status)})
                if accepted:
                    self.accept(error, client, command)
                    expected = expected | {status} if part == "add" else expected - {status}
                else:
                    self.refuse(error, client, command, unchanged=[(client, kind, name)])
                found = statuses(self.info(client, kind, name), kind)
                self.assertEqual(expected, found - {"ok", "inactive", "linked"}, info_error)
                self.assertTrue(found, "an object without a status")

    def test_zz_no_answer_is_a_generic_failure(self):
        found = [xml for xml in epp.received if b'<result code="2400"' in xml]
        self.assertEqual([], found, "EPP_GENERIC_COMMAND_ERROR")
