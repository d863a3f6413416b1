"""An EPP client for tests: frames over TLS, and nothing that a server could rely on."""

import itertools
import socket
import ssl
import struct
import xml.etree.ElementTree as ElementTree
from xml.sax.saxutils import escape

EPP = "urn:ietf:params:xml:ns:epp-1.0"
NS = {
    "epp": EPP,
    "domain": "urn:ietf:params:xml:ns:domain-1.0",
    "host": "urn:ietf:params:xml:ns:host-1.0",
    "contact": "urn:ietf:params:xml:ns:contact-1.0",
    "secDNS": "urn:ietf:params:xml:ns:secDNS-1.1",
    "keyrelay": "urn:ietf:params:xml:ns:keyrelay-1.0",
    "maint": "urn:ietf:params:xml:ns:epp:maintenance-1.0",
    "changePoll": "urn:ietf:params:xml:ns:changePoll-1.0",
    "addlEmail": "urn:ietf:params:xml:ns:epp:addlEmail-1.0",
    "ttl": "urn:ietf:params:xml:ns:epp:ttl-1.0",
    "b-dn": "urn:ietf:params:xml:ns:epp:b-dn",
    "org": "urn:ietf:params:xml:ns:epp:org-1.0",
    "orgext": "urn:ietf:params:xml:ns:epp:orgext-1.0",
    "rgp": "urn:ietf:params:xml:ns:rgp-1.0",
    "fee": "urn:ietf:params:xml:ns:epp:fee-1.0",
    "loginSec": "urn:ietf:params:xml:ns:epp:loginSec-1.0",
    "idn": "urn:ietf:params:xml:ns:idn-1.0",
    "launch": "urn:ietf:params:xml:ns:launch-1.0",
    "secureAuthInfo": "urn:ietf:params:xml:ns:epp:secure-authinfo-transfer-1.0",
    "unhandled": "urn:ietf:params:xml:ns:epp:unhandled-namespaces-1.0",
    "allocationToken": "urn:ietf:params:xml:ns:allocationToken-1.0",
}
OBJECTS = [NS["domain"], NS["host"], NS["contact"], NS["keyrelay"], NS["maint"], NS["org"]]
EXTENSIONS = [NS[name] for name in
              ("secDNS", "rgp", "fee", "loginSec", "secureAuthInfo", "changePoll", "b-dn", "unhandled", "idn",
               "allocationToken", "ttl", "addlEmail", "orgext")]

received = []  # every frame that any client of this process read, for validation


class Closed(Exception):
    """The server has closed the connection."""


class Response:
    def __init__(self, xml):
        self.xml = xml
        self.tree = ElementTree.fromstring(xml)

    @property
    def code(self):
        results = self.tree.findall("epp:response/epp:result", NS)
        return int(results[0].get("code")) if results else None

    @property
    def is_greeting(self):
        return self.tree.find("epp:greeting", NS) is not None

    @property
    def client_id(self):
        return self.text("epp:response/epp:trID/epp:clTRID")

    @property
    def server_id(self):
        return self.text("epp:response/epp:trID/epp:svTRID")

    def text(self, path):
        """Of the first element found; paths without a start search everywhere."""
        found = self.tree.find(path if path.startswith("epp:") else ".//" + path, NS)
        return None if found is None else found.text

    def all(self, path):
        return self.tree.findall(".//" + path, NS)


def frame(data):
    if isinstance(data, str):
        data = data.encode()
    return struct.pack(">I", len(data) + 4) + data


class EppClient:
    _numbers = itertools.count(1)

    def __init__(self, port, ca, certificate=None, timeout=60, configure=None,
                 address="127.0.0.1"):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(ca)
        if certificate is not None:
            context.load_cert_chain(*certificate)
        if configure is not None:
            configure(context)
        self.raw = socket.create_connection((address, port), timeout=timeout)
        try:
            self.socket = context.wrap_socket(self.raw, server_hostname="localhost")
        except BaseException:
            self.raw.close()
            raise
        self._buffer = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def send_bytes(self, data):
        self.socket.sendall(data)

    def send(self, xml):
        self.send_bytes(frame(xml))

    def _take(self, count):
        while len(self._buffer) < count:
            try:
                data = self.socket.recv(65536)
            except ssl.SSLEOFError:
                data = b""
            if not data:
                raise Closed
            self._buffer += data
        taken, self._buffer = self._buffer[:count], self._buffer[count:]
        return taken

    def receive(self):
        (length,) = struct.unpack(">I", self._take(4))
        xml = self._take(length - 4)
        received.append(xml)
        return Response(xml)

    def at_end(self):
        """Waits for the server to close; False if it says something instead."""
        try:
            self._take(1)
            return False
        except Closed:
            return True

    def ask(self, xml):
        self.send(xml)
        return self.receive()

    def command(self, inner, extension="", client_id=None):
        """Sends one command and gives its response, whose clTRID must be ours."""
        client_id = client_id or f"TEST-{next(self._numbers)}"
        response = self.ask(command(inner, extension, client_id))
        if response.client_id != client_id:
            raise AssertionError(f"asked {client_id}, answered {response.xml!r}")
        return response

    def login(self, name, password, new_password=None, objects=OBJECTS, extensions=EXTENSIONS):
        return self.command(login(name, password, new_password, objects, extensions))


def command(inner, extension="", client_id="TEST-0"):
    if extension:
        extension = f"<extension>{extension}</extension>"
    return (f'<?xml version="1.0" encoding="UTF-8"?><epp xmlns="{EPP}"><command>{inner}{extension}'
            f"<clTRID>{client_id}</clTRID></command></epp>")


HELLO = f'<?xml version="1.0" encoding="UTF-8"?><epp xmlns="{EPP}"><hello/></epp>'
LOGOUT = "<logout/>"
POLL = '<poll op="req"/>'


def login(name, password, new_password=None, objects=OBJECTS, extensions=EXTENSIONS):
    new = f"<newPW>{escape(new_password)}</newPW>" if new_password else ""
    uris = "".join(f"<objURI>{uri}</objURI>" for uri in objects)
    if extensions:
        more = "".join(f"<extURI>{uri}</extURI>" for uri in extensions)
        uris += f"<svcExtension>{more}</svcExtension>"
    return (f"<login><clID>{escape(name)}</clID><pw>{escape(password)}</pw>{new}<options>"
            f"<version>1.0</version><lang>en</lang></options><svcs>{uris}</svcs></login>")


def on_object(verb, kind, inner):
    """<verb><kind:verb> ... </kind:verb></verb>"""
    return f'<{verb}><{kind}:{verb} xmlns:{kind}="{NS[kind]}">{inner}</{kind}:{verb}></{verb}>'


def check(kind, *names):
    element = "id" if kind in ("contact", "org") else "name"
    return on_object("check", kind, "".join(f"<{kind}:{element}>{n}</{kind}:{element}>" for n in names))


def info(kind, name):
    element = "id" if kind in ("contact", "org") else "name"
    return on_object("info", kind, f"<{kind}:{element}>{name}</{kind}:{element}>")


def delete(kind, name):
    element = "id" if kind in ("contact", "org") else "name"
    return on_object("delete", kind, f"<{kind}:{element}>{name}</{kind}:{element}>")


def allocation_token(text):
    """For the <extension> of a check, create or transfer request."""
    ns = NS["allocationToken"]
    return f'<allocationToken:allocationToken xmlns:allocationToken="{ns}">{text}</allocationToken:allocationToken>'


def allocation_token_info():
    return f'<allocationToken:info xmlns:allocationToken="{NS["allocationToken"]}"/>'


def contact_create(name):
    return on_object("create", "contact", f"""<contact:id>{name}</contact:id>
<contact:postalInfo type="int"><contact:name>Jon Doe</contact:name><contact:addr>
<contact:street>123 Example Dr.</contact:street><contact:city>Dulles</contact:city>
<contact:sp>VA</contact:sp><contact:pc>20166</contact:pc><contact:cc>US</contact:cc>
</contact:addr></contact:postalInfo><contact:voice>+1.7035555555</contact:voice>
<contact:email>jdoe@example.com</contact:email>
<contact:authInfo><contact:pw>Contact-2fooBAR-and-more</contact:pw></contact:authInfo>""")


def organization_create(name, *roles, more=""):
    """A reseller, if no roles are given; `more`: what stands behind them."""
    inner = "".join(f"<org:role><org:type>{role}</org:type></org:role>" for role in roles or ("reseller",))
    return on_object("create", "org", f"<org:id>{name}</org:id>{inner}{more}")


def organization_update(name, add="", rem="", chg=""):
    inner = f"<org:id>{name}</org:id>"
    for element, content in (("add", add), ("rem", rem), ("chg", chg)):
        if content:
            inner += f"<org:{element}>{content}</org:{element}>"
    return on_object("update", "org", inner)


def organizations(verb, **lists):
    """For the <extension> of a domain's create (organizations("create", id=[...])) or update (add, rem, chg): pairs of
    role and identifier."""
    def ids(pairs):
        return "".join(f'<orgext:id role="{role}">{name}</orgext:id>' for role, name in pairs)
    inner = "".join(ids(pairs) if name == "id" else f"<orgext:{name}>{ids(pairs)}</orgext:{name}>"
                    for name, pairs in lists.items())
    return f'<orgext:{verb} xmlns:orgext="{NS["orgext"]}">{inner}</orgext:{verb}>'


def host_create(name, *addresses):
    inner = f"<host:name>{name}</host:name>"
    for address in addresses:
        family = "v6" if ":" in address else "v4"
        inner += f'<host:addr ip="{family}">{address}</host:addr>'
    return on_object("create", "host", inner)


def domain_create(name, registrant, years=1, hosts=(), password="Domain-2fooBAR-and-more"):
    ns = "".join(f"<domain:hostObj>{host}</domain:hostObj>" for host in hosts)
    ns = f"<domain:ns>{ns}</domain:ns>" if ns else ""
    # None: the minimum data model.
    contacts = f"""<domain:registrant>{registrant}</domain:registrant>
<domain:contact type="admin">{registrant}</domain:contact>
<domain:contact type="tech">{registrant}</domain:contact>
""" if registrant else ""
    return on_object("create", "domain", f"""<domain:name>{name}</domain:name>
<domain:period unit="y">{years}</domain:period>{ns}{contacts}<domain:authInfo><domain:pw>{password}</domain:pw></domain:authInfo>""")


def domain_renew(name, expiry_date, years=1):
    return on_object("renew", "domain", f"""<domain:name>{name}</domain:name>
<domain:curExpDate>{expiry_date}</domain:curExpDate><domain:period unit="y">{years}</domain:period>""")


def domain_update(name, add="", rem="", chg=""):
    inner = f"<domain:name>{name}</domain:name>"
    for element, content in (("add", add), ("rem", rem), ("chg", chg)):
        if content:
            inner += f"<domain:{element}>{content}</domain:{element}>"
    return on_object("update", "domain", inner)
