"""A registry with domains in many states, and a running postel-whois that answers for it."""

import copy
import datetime
import json
import re
import unittest
import urllib.parse

import epp_client as epp
import postel
import result_rows
from rdap import client, conformance, schemas
from rdap.answer import Answer, Known

BASE = "https://rdap.registry.example"
TERMS = "https://registry.example/rdap-terms"
WHOIS_HOST = "whois.registry.example"
DISCLAIMER = "Terms of use: these data are for lawful purposes only."
AUTH = "Domain-2fooBAR-and-more"

GOLD_BASE, SILVER_BASE = "https://rdap.registrar-one.example/", "https://rdap.registrar-two.example/rdap/"
KNOWN = Known({3878: GOLD_BASE, 1234: SILVER_BASE}, frozenset({"LROR"}))
OWN = ("registry", "Registry-pw-3")  # the registry's own account, IANA ID 9999
RECORDS = {
    "gold": dict(name="Registrar One, Inc.", iana_id=3878, street="2 Registrar Road", city="Reston", state="VA",
                 postal_code="20190", country="US", phone="+1.5555550100", fax="+1.5555550109",
                 email="office@registrar-one.example", url="https://www.registrar-one.example/",
                 whois_server="whois.registrar-one.example", rdap_base=GOLD_BASE,
                 abuse_email="abuse@registrar-one.example", abuse_phone="+1.5555550101"),
    "silver": dict(name="B\u00fccher & S\u00f6hne Registrar", iana_id=1234, street="Hauptstra\u00dfe 1", city="Berlin",
                   postal_code="10115", country="DE", phone="+49.305555501", email="office@registrar-two.example",
                   url="https://registrar-two.example/", rdap_base=SILVER_BASE,
                   abuse_email="abuse@registrar-two.example", abuse_phone="+49.305555502"),
    "registry": dict(name="The Registry", iana_id=9999, street="1 Registry Street", city="Reston", country="US",
                     phone="+1.5555550130", email="office@registry.example", url="https://registry.example/",
                     rdap_base="https://rdap.registry.example/", abuse_email="abuse@registry.example",
                     abuse_phone="+1.5555550131"),
}

NAME, ORG, ADDR = '<contact:name type="{0}"/>', '<contact:org type="{0}"/>', '<contact:addr type="{0}"/>'
REST = "<contact:voice/><contact:fax/><contact:email/>"
EVERYTHING = NAME.format("int") + ORG.format("int") + ADDR.format("int") + REST
EVERYTHING_LOC = NAME.format("loc") + ORG.format("loc") + ADDR.format("loc") + REST


def postal(form, name, org="Sample Well Society", street=("1 Well Street", "Suite 2"), city="Montreal", state="QC",
           code="H2X 1Y4", country="CA"):
    lines = "".join(f"<contact:street>{line}</contact:street>" for line in street)
    org = f"<contact:org>{org}</contact:org>" if org else ""
    state = f"<contact:sp>{state}</contact:sp>" if state else ""
    return (f'<contact:postalInfo type="{form}"><contact:name>{name}</contact:name>{org}<contact:addr>{lines}'
            f"<contact:city>{city}</contact:city>{state}<contact:pc>{code}</contact:pc>"
            f"<contact:cc>{country}</contact:cc></contact:addr></contact:postalInfo>")


def contact(name, postals, voice="+1.5555550111", extension="", fax="", email=None, disclose=None):
    """`disclose`: a flag and the elements."""
    x = f' x="{extension}"' if extension else ""
    fax = f'<contact:fax x="13">{fax}</contact:fax>' if fax else ""
    wish = f'<contact:disclose flag="{disclose[0]}">{disclose[1]}</contact:disclose>' if disclose else ""
    return epp.on_object("create", "contact", f"""<contact:id>{name}</contact:id>{postals}
<contact:voice{x}>{voice}</contact:voice>{fax}<contact:email>{email or name + "@samplewell.org"}</contact:email>
<contact:authInfo><contact:pw>Contact-2fooBAR-and-more</contact:pw></contact:authInfo>{wish}""")


CONTACTS = (
    contact("holder", postal("int", "Ada Well"), extension="77", fax="+1.5555550112"),
    contact("open", postal("int", "Network Team"), extension="12", fax="+1.5555550113", disclose=(1, EVERYTHING)),
    contact("shy", postal("int", "Sue Secret", "Secrets"), disclose=(0, ORG.format("int"))),
    contact("loc", postal("loc", "B\u00e4rbel B\u00fccher", "B\u00fccher &lt;GmbH&gt; &amp; Co", ("Hauptstra\u00dfe 1",), "K\u00f6ln",
                          "", "50667", "DE"), fax="+49.5555550125", disclose=(1, EVERYTHING_LOC)),
    contact("both", postal("int", "Jurgen Muller", "Muller") +
            postal("loc", "J\u00fcrgen M\u00fcller", "M\u00fcller"), disclose=(1, NAME.format("loc"))),
    contact("noorg", postal("int", "Norma Private", ""), disclose=(1, NAME.format("int") + "<contact:email/>")),
    contact("quiet", postal("int", "Quentin Quiet", "Quiet Ltd")),
)


def domain(name, registrant="holder", hosts=(), years=5, roles=()):
    ns = "".join(f"<domain:hostObj>{host}</domain:hostObj>" for host in hosts)
    ns = f"<domain:ns>{ns}</domain:ns>" if ns else ""
    people = f"<domain:registrant>{registrant}</domain:registrant>" if registrant else ""
    people += "".join(f'<domain:contact type="{role}">{person}</domain:contact>' for role, person in roles)
    return epp.on_object("create", "domain", f"""<domain:name>{name}</domain:name>
<domain:period unit="y">{years}</domain:period>{ns}{people}<domain:authInfo><domain:pw>{AUTH}</domain:pw></domain:authInfo>""")


def statuses(*words):
    return "".join(f'<domain:status s="{word}"/>' for word in words)


def sec_dns(verb, inner):
    return f'<secDNS:{verb} xmlns:secDNS="{epp.NS["secDNS"]}">{inner}</secDNS:{verb}>'


def ds(tag, digest_type=2, size=32):
    return (f"<secDNS:dsData><secDNS:keyTag>{tag}</secDNS:keyTag><secDNS:alg>13</secDNS:alg><secDNS:digestType>"
            f"{digest_type}</secDNS:digestType><secDNS:digest>{'4A' * size}</secDNS:digest></secDNS:dsData>")


KEY = ("<secDNS:keyData><secDNS:flags>257</secDNS:flags><secDNS:protocol>3</secDNS:protocol><secDNS:alg>15</secDNS:alg>"
       "<secDNS:pubKey>l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=</secDNS:pubKey></secDNS:keyData>")

OUTSIDE = ("ns1.provider.net", "ns2.provider.net")
MANY = tuple(f"ns{number}.many-servers.net" for number in range(1, 14))
CLIENT = ("clientDeleteProhibited", "clientHold", "clientRenewProhibited", "clientTransferProhibited",
          "clientUpdateProhibited")
SERVER = tuple(word.replace("client", "server") for word in CLIENT)
V4, V6 = "208.77.190.193", "2602:800:900e:1257::1"
SHARED_V4 = "208.77.190.200"  # of two hosts
# Domains with the plain set of contacts: the holder, a technical contact that says nothing.
ROLES = (("admin", "quiet"), ("billing", "quiet"), ("tech", "quiet"))

# What is there when the world stands: name, what is to be seen of it as EPP's words.
DOMAINS = {
    "samplewell.org": {"clientTransferProhibited", "serverDeleteProhibited"},
    "plain.org": {"ok"},
    "noservers.org": {"inactive"},
    **{f"{word.lower()}.org": {word} for word in CLIENT + SERVER},
    "locked.org": {"serverDeleteProhibited", "serverTransferProhibited", "serverUpdateProhibited"},
    "added.org": {"ok", "addPeriod"},
    "renewed.org": {"ok", "renewPeriod"},
    "autorenewed.org": {"ok", "autoRenewPeriod"},
    "transferred.org": {"ok", "transferPeriod"},
    "moving.org": {"pendingTransfer"},
    "redeemable.org": {"pendingDelete", "redemptionPeriod"},
    "restoring.org": {"pendingDelete", "pendingRestore"},
    "leaving.org": {"pendingDelete"},
    "open.org": {"ok"}, "shy.org": {"ok"}, "loc.org": {"ok"}, "both.org": {"ok"}, "noorg.org": {"ok"},
    "admins.org": {"ok"},
    "xn--bcher-kva.org": {"ok"},
    "many.org": {"ok"},
    "manyds.org": {"ok"},
    "signedhold.org": {"serverHold"},
    "signed.keys": {"ok"},
    "bare.ngo": {"ok"},
    "bare.ong": {"ok"},
    "own.org": {"ok"},
    "renamedhost.org": {"ok"},
}
HOSTS = ("ns1.samplewell.org", "ns2.samplewell.org", *OUTSIDE, "ns1.xn--bcher-kva.example", "ns9.renamedhost.org")


class RdapRegistry(postel.Registry):
    MIGRATION = ("--sandbox", "--repository-id", "LROR")
    ACCOUNTS = (postel.GOLD, postel.SILVER, OWN)

    def _provision(self):
        super()._provision()
        for name, record in RECORDS.items():
            options = [text for key, value in record.items() for text in ("--" + key.replace("_", "-"), str(value))]
            self.ctl("registrar", "update", name, *options)
        for tld, more in (("keys", "data_model = minimum\nds_interface = key\n"),
                          ("ngo", "data_model = minimum\n"), ("ong", "data_model = minimum\nbundle_of = ngo\n")):
            policy = postel.POLICY.replace("= org", f"= {tld}").replace("nic.org", f"nic.{tld}")
            self.ctl("tld", "apply", self.write(tld + ".conf", policy + more))


class WhoisServer(postel.Server):
    """A postel-whois on free ports."""

    SETTINGS = {"rdap_base_url": BASE, "terms_url": TERMS, "whois_host": WHOIS_HOST, "disclaimer": DISCLAIMER,
                "max_connections_per_address": 5000, "max_connections": 5000}

    def __init__(self, registry, more=(), **settings):
        lines = [f"{key} = {value}" for key, value in {**self.SETTINGS, **settings}.items()]
        lines += [f"database = {registry.cluster.conninfo()}", "metrics_listen = 127.0.0.1:0"]
        if not any(line.startswith("whois_listen") for line in more):
            lines += ["whois_listen = 127.0.0.1:0", "whois_listen = [::1]:0"]
        if not any(line.startswith("rdap_listen") for line in more):
            lines += ["rdap_listen = 127.0.0.1:0", "rdap_listen = [::1]:0"]
        path = registry.write("whois.conf", "\n".join([*lines, *more]) + "\n")
        super().__init__(registry, "postel-whois", "--config", path)
        self.await_log(r"protocol=rdap_tls listen=\[" if any("rdap_tls" in line for line in more) else
                       r"protocol=rdap listen=\[")
        started = re.findall(r"whois\.started protocol=(\w+) listen=(\S+):(\d+) metrics_port=(\d+)", self.log())
        self.ports = {(protocol, "[" in host): int(port) for protocol, host, port, _ in started}
        self.rdap_port, self.whois_port = self.ports["rdap", False], self.ports["whois", False]
        self.metrics_port = int(started[0][3])


class World:
    """All of it; one for each module."""

    _shared = None

    @classmethod
    def shared(cls):
        if cls._shared is None:
            cls._shared = cls()

            def close():
                cls._shared.close()
                cls._shared = None
            unittest.addModuleCleanup(close)
        return cls._shared

    def __init__(self):
        self.registry = RdapRegistry()
        self.right = {}  # bodies that were found right, by path
        try:
            self.epp = postel.EppServer(self.registry)
            self.days = 0
            self._first_day()
            for day, make in ((340, self._day_340), (362, self._day_362), (371, self._day_371), (372, self._day_372)):
                self._move_to(day)
                make()
            self.whois = WhoisServer(self.registry)
        except BaseException:
            self.close()
            raise

    def close(self):
        for server in (getattr(self, "epp", None), getattr(self, "whois", None)):
            if server is not None and server.process.poll() is None:
                server.kill()
        self.registry.close()

    # How it comes about

    def command(self, account, inner, extension="", codes=(1000, 1001)):
        with self.registry.log_in(self.epp, account) as session:
            response = session.command(inner, extension)
        if response.code not in codes:
            raise AssertionError(f"{inner}: {response.xml.decode()}")
        return response

    def gold(self, *commands):
        with self.registry.log_in(self.epp) as session:
            for each in commands:
                inner, extension = each if isinstance(each, tuple) else (each, "")
                response = session.command(inner, extension)
                if response.code not in (1000, 1001):
                    raise AssertionError(f"{inner}: {response.xml.decode()}")

    def now(self):
        return json.loads(self.registry.ctl("--json", "clock", "show").stdout)["now"]

    def _move_to(self, day):
        self.registry.ctl("clock", "move", f"+{day - self.days}d")
        self.days = day
        # The server follows with the next command.
        wanted = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=day, minutes=-5)
        for _ in range(500):
            with self.registry.log_in(self.epp) as session:
                session.command(epp.check("domain", "x.org"))
                said = session.ask(epp.HELLO).text("epp:greeting/epp:svDate")
            if datetime.datetime.fromisoformat(said.replace("Z", "+00:00")) >= wanted:
                return
        raise AssertionError("the server does not follow the clock")

    def _first_day(self):
        self.gold(*CONTACTS, *(epp.host_create(host) for host in (*OUTSIDE, *MANY, "ns1.xn--bcher-kva.example")))
        plain = [name for name in DOMAINS if name.endswith(".org") and name not in (
            "samplewell.org", "noservers.org", "added.org", "autorenewed.org", "open.org", "shy.org", "loc.org",
            "both.org", "noorg.org", "admins.org", "xn--bcher-kva.org", "many.org", "manyds.org", "signedhold.org",
            "own.org", "renamedhost.org")]
        idn = '<idn:data xmlns:idn="{}"><idn:table>de</idn:table></idn:data>'.format(epp.NS["idn"])
        self.gold(
            *(domain(name, hosts=OUTSIDE, roles=ROLES) for name in plain),
            domain("samplewell.org", roles=[("tech", "open")]),
            epp.host_create("ns1.samplewell.org", V4, V6, SHARED_V4), epp.host_create("ns2.samplewell.org", SHARED_V4),
            (epp.domain_update("samplewell.org", add=result_rows.name_servers("ns1.samplewell.org", "ns2.samplewell.org")
                               + statuses("clientTransferProhibited")),
             sec_dns("update", "<secDNS:add>" + ds(12345) + "</secDNS:add>")),
            domain("noservers.org", roles=ROLES),
            domain("autorenewed.org", hosts=OUTSIDE, roles=ROLES, years=1),
            domain("open.org", "open", OUTSIDE, roles=[("tech", "open")]),
            domain("shy.org", "shy", OUTSIDE, roles=[("tech", "shy")]),
            domain("loc.org", "loc", OUTSIDE, roles=[("tech", "loc")]),
            domain("both.org", "both", OUTSIDE, roles=[("tech", "both")]),
            domain("noorg.org", "noorg", OUTSIDE, roles=[("tech", "noorg")]),
            domain("admins.org", "holder", OUTSIDE, roles=[("admin", "open"), ("billing", "open"), ("tech", "quiet")]),
            (domain("xn--bcher-kva.org", "loc", ("ns1.xn--bcher-kva.example",), roles=ROLES), idn),
            domain("many.org", "holder", MANY, roles=ROLES),
            (domain("manyds.org", "holder", OUTSIDE, roles=ROLES),
             sec_dns("create", ds(1) + ds(2, 1, 20) + ds(65535, 4, 48))),
            (domain("signedhold.org", "holder", OUTSIDE, roles=ROLES), sec_dns("create", ds(7))),
            (domain("signed.keys", None, OUTSIDE), sec_dns("create", KEY)),
            domain("bare.ngo", None, OUTSIDE),
            domain("renamedhost.org", "holder", OUTSIDE, roles=ROLES), epp.host_create("ns8.renamedhost.org", V4),
            epp.domain_update("renamedhost.org", add=result_rows.name_servers("ns8.renamedhost.org")),
            epp.on_object("update", "host", "<host:name>ns8.renamedhost.org</host:name><host:chg>"
                          "<host:name>ns9.renamedhost.org</host:name></host:chg>"),
            *(epp.domain_update(f"{word.lower()}.org", add=statuses(word)) for word in CLIENT))
        self.command(OWN, domain("own.org", "holder", OUTSIDE))
        for name, words in (("samplewell.org", ["serverDeleteProhibited"]), ("signedhold.org", ["serverHold"]),
                            *((f"{word.lower()}.org", [word]) for word in SERVER)):
            self.registry.ctl("domain", "status", name, *(text for word in words for text in ("--add", word)))
        self.registry.ctl("domain", "lock", "locked.org")

    def _day_340(self):
        self.gold(epp.delete("domain", "leaving.org"))

    def _day_362(self):
        self.gold(epp.delete("domain", "redeemable.org"), epp.delete("domain", "restoring.org"))

    def _day_371(self):
        again = f"<domain:authInfo><domain:pw>{AUTH}</domain:pw></domain:authInfo>"
        self.gold(*(epp.domain_update(name, chg=again) for name in ("transferred.org", "moving.org")),
                  (epp.domain_update("restoring.org"), result_rows.restore()))
        for name in ("transferred.org", "moving.org"):
            self.command(postel.SILVER, result_rows.transfer("request", "domain", name, AUTH))
        self.gold(result_rows.transfer("approve", "domain", "transferred.org"))

    def _day_372(self):
        expires = self.command(postel.GOLD, epp.info("domain", "renewed.org")).text("domain:exDate")
        self.gold(domain("added.org", hosts=OUTSIDE, roles=ROLES), epp.domain_renew("renewed.org", expires[:10]))

    def info(self, name, kind="domain", account=postel.GOLD):
        return self.command(account, epp.info(kind, name))

    # What it says

    def rdap(self, path, method="GET", headers=(), address="127.0.0.1"):
        port = self.whois.ports["rdap", ":" in address]
        return client.ask(port, path, method, headers, address)

    def answer(self, path, kind=None, **options):
        """As a thing to check: `path` as the public writes it."""
        response = self.rdap(path, **options)
        kind = kind or kind_of(path)
        if response.status >= 400:
            kind = "error"
        return Answer(kind, BASE + path, response.status, response.headers, response.body, copy.deepcopy(KNOWN))

    def whois_text(self, query):
        return client.whois(self.whois.whois_port, query).decode()


def kind_of(path):
    return urllib.parse.urlsplit(path).path.strip("/").split("/")[0]


class RdapTest(unittest.TestCase):
    """With a world, and ways to complain."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.world = World.shared()

    def right(self, path, status=200, **options):
        """The body of an answer that is as the profile and our schemas want it."""
        if path in self.world.right:  # nothing in the world changes
            return copy.deepcopy(self.world.right[path])
        answer = self.world.answer(path, **options)
        self.assertEqual(status, answer.status, answer.raw)
        self.assertEqual([], conformance.violations(answer), path)
        self.assertEqual([], list(conformance.rules_without_a_code(answer)), path)
        self.assertEqual([], schemas.errors(answer.kind, answer.body), path)
        if not options:
            self.world.right[path] = copy.deepcopy(answer.body)
        return answer.body
