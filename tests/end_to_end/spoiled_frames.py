"""Frames as trees in which every element and attribute can be spoiled, each in a frame that is otherwise good.

A frame is a tree (frame_tree.py) of elements whose types have bad values (bad_values.py). The good frame is sent last,
to prove it. No fault may get a 2400, end the session or change anything in the database.
"""

import bad_values as values
import epp_client as epp
import postel
import result_rows as rows
from frame_tree import Element, Value, faults

WINDOW = 40  # frames under way at once

# What must not change: the rows of these tables, in whatever order.
TABLES = ("allocation_tokens", "balances", "calendar", "contacts", "domains", "feed", "former_names", "history", "hosts", "ledger",
          "links", "listed_labels", "maintenances", "organizations", "poll_messages", "registrars", "registry", "tlds")
FINGERPRINTS = " UNION ALL ".join(
    f"SELECT '{table}', count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {table} t"
    for table in TABLES)

OPTIONAL = {"missing": None}
REPEATED = {"missing": None, "twice": 2306}
PASSWORD, CONTACT_PASSWORD = rows.PASSWORD, "Contact-2fooBAR-and-more"


class Mapping:
    """Elements of one namespace: domain("name", Value) or domain("ns", [children])."""

    def __init__(self, prefix):
        self.prefix = prefix

    def __call__(self, name, content=None, form=None, instead=(), **attributes):
        return Element(f"{self.prefix}:{name}", [] if content is None else content, attributes, form or {},
                       list(instead))


domain, host, contact, sec_dns, rgp, token = (
    Mapping(p) for p in ("domain", "host", "contact", "secDNS", "rgp", "allocationToken"))


def plain(name, content=None, form=None, **attributes):
    return Element(name, [] if content is None else content, attributes, form or {})


def frame(verb, extension=None):
    """The whole tree of a frame."""
    verb.form = {"in another namespace": 2000, "misspelled": 2000, "in capitals": 2000, **verb.form}
    children = [verb]
    if extension:
        mapping = extension.name.split(":")[0]
        extension.attributes = {f"xmlns:{mapping}": Value(epp.NS[mapping]), **extension.attributes}
        extension.form = {"in another namespace": 2103}
        children.append(plain("extension", [extension], {**OPTIONAL, "with an unknown child": 2103}))
    children.append(plain("clTRID", Value("BAD-0", values.CLIENT_TRANSACTION), OPTIONAL))
    only = {kind: None for kind in ("missing", "misspelled", "in capitals", "in another namespace")}
    command = plain("command", children, {**only, "with xsi:nil": 2001})
    command.instead = [("of an unknown kind", "<comand/>", 2001), ("left out", "", 2001), ("empty", "<command/>", 2001)]
    return plain("epp", [command], xmlns=Value(epp.EPP, [("unknown", "urn:example:epp", 2001), ("empty", "", 2001)]))


def on_object(mapping, verb, children, extension=None, **attributes):
    inner = mapping(verb, children, {"in another namespace": 2307})
    namespace = Value(epp.NS[mapping.prefix], [("unknown", "urn:example:object", 2307), ("empty", "", 2001)])
    inner.attributes = {f"xmlns:{mapping.prefix}": namespace}
    return frame(plain(verb, [inner], **attributes), extension)


def listed(code, *texts):
    return [(text or "empty", text, code) for text in texts]


def unknown(text, code=2303):
    return ("unknown", text, code)


def another(text, code=2201):
    return ("another's", text, code)


class SpoiledFrames(postel.RegistryTest):
    """Objects of gold ("mine") and of silver ("theirs"), and how a tree's faults are tried."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gold, cls.silver = (cls.session(account) for account in (postel.GOLD, postel.SILVER))
        if cls.gold.command(epp.info("domain", "mine.org")).code == 1000:
            return  # another class has made them
        for client, owner in ((cls.gold, "mine"), (cls.silver, "theirs")):
            steps = [epp.contact_create(f"{owner}-1"), epp.contact_create(f"{owner}-2"),
                     *(epp.host_create(f"{ns}.{owner}.example") for ns in ("ns1", "ns2", "spare")),
                     epp.domain_create(f"{owner}.org", f"{owner}-1", 1, [f"ns1.{owner}.example"]),
                     epp.domain_create(f"free-{owner}.org", f"{owner}-1"),
                     epp.host_create(f"ns.{owner}.org", "192.0.2.1", "2001:db8::1")]
            for xml in steps:
                response = client.command(xml)
                if response.code != 1000:
                    raise AssertionError(response.xml)

    @classmethod
    def session(cls, account):
        client = cls.registry.log_in(cls.server, account)
        cls.addClassCleanup(client.close)
        return client

    def do(self, xml, extension="", code=1000):
        return self.expect(code, self.gold.command(xml, extension))

    def answers(self, client, frames):
        """Pipelined, in the order sent: an answer for each says that the session has survived the one before."""
        for start in range(0, len(frames), WINDOW):
            some = frames[start:start + WINDOW]
            client.send_bytes(b"".join(epp.frame(xml) for xml in some))
            for _ in some:
                yield client.receive()

    def refuse_all(self, tree, least, client=None, code=1000):
        """Each fault of the tree gets its code; in the end the frame without fault gets `code`."""
        client = client or self.gold
        tables = self.registry.cluster.sql(FINGERPRINTS)
        spoiled = list(faults(tree))
        self.assertGreater(len(spoiled), least, "the table has become shorter")
        frames = [fault.frame.replace(">BAD-0<", f">BAD-{number}<") for number, fault in enumerate(spoiled)]
        accepted = []
        for number, (fault, response) in enumerate(zip(spoiled, self.answers(client, frames))):
            if response.code < 2000:
                accepted.append(fault.label)
            with self.subTest(fault.label):
                self.assertIn(response.code, fault.codes, f"{frames[number][:2000]}\n{response.xml.decode()}")
                self.assertEqual((response.code, rows.MESSAGES[response.code]), rows.result(response))
                if fault.element.name not in ("clTRID", "command", "epp") and 'xmlns:' not in fault.label:
                    self.assertEqual(f"BAD-{number}", response.client_id)
        after = self.registry.cluster.sql(FINGERPRINTS)
        changed = [old[0] for old, new in zip(tables, after) if old != new]
        self.assertEqual(([], len(tables)), (changed, len(after)), f"accepted: {accepted}")
        self.expect(code, client.ask(tree.render()))
