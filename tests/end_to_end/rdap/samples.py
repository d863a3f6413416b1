"""Answers that are right, written by hand: what the checks are tried on."""

import copy
import json

from rdap.answer import Answer

BASE = "https://rdap.registry.example"
CONFORMANCE = ["rdap_level_0", "icann_rdap_response_profile_1", "icann_rdap_technical_implementation_guide_1"]
R = "$.entities[?(@.roles[0]=='registrant')]"
T = "$.entities[?(@.roles[0]=='technical')]"
V = ".vcardArray[1]"


def link(url, rel, href, media_type):
    return {"value": url, "rel": rel, "type": media_type, "href": href}


def notice(url, title, description, rel, href):
    return {"title": title, "description": [description], "links": [link(url, rel, href, "text/html")]}


def notices(url, domain=False):
    result = [notice(url, "RDAP Terms of Service", "By querying this service you accept its terms of service.",
                     "terms-of-service", "https://registry.example/rdap-terms")]
    if domain:
        result += [
            notice(url, "Status Codes",
                   "For more information on domain status codes, please visit https://icann.org/epp",
                   "glossary", "https://icann.org/epp"),
            notice(url, "RDDS Inaccuracy Complaint Form",
                   "URL of the ICANN RDDS Inaccuracy Complaint Form: https://icann.org/wicf",
                   "help", "https://icann.org/wicf")]
    return result


def event(action, date):
    return {"eventAction": action, "eventDate": date}


UPDATE = event("last update of RDAP database", "2026-01-02T03:04:05Z")


def vcard(*properties):
    return ["vcard", [["version", {}, "text", "4.0"], *properties]]


def text(name, value):
    return [name, {}, "text", value]


def voice(number):
    return ["tel", {"type": "voice"}, "uri", "tel:" + number]


def redacted(name, method, path):
    return {"name": {"type": name}, "prePath" if method == "removal" else "postPath": path, "pathLang": "jsonpath",
            "method": method, "reason": {"description": "Server policy"}}


def registrar(url, card, abuse=True):
    entity = {
        "objectClassName": "entity", "handle": "3878", "roles": ["registrar"],
        "publicIds": [{"type": "IANA Registrar ID", "identifier": "3878"}], "vcardArray": card,
        "links": [link(url, "self", BASE + "/entity/3878", "application/rdap+json"),
                  {**link(url, "about", "https://www.registrar-one.example/", "text/html"),
                   "value": "https://rdap.registrar-one.example/"}]}
    if abuse:
        entity["entities"] = [{
            "objectClassName": "entity", "roles": ["abuse"],
            "vcardArray": vcard(text("fn", "Abuse Desk"), voice("+1.5555550101"),
                                text("email", "abuse@registrar-one.example"))}]
    return entity


# The name, how it disappears, the part of its path behind the entity, the role.
REGISTRANT_ROWS = (
    ("Registry Registrant ID", "removal", R + ".handle"),
    ("Registrant Name", "emptyValue", R + V + "[?(@[0]=='fn')][3]"),
    ("Registrant Organization", "removal", R + V + "[?(@[0]=='org')]"),
    ("Registrant Street", "emptyValue", R + V + "[?(@[0]=='adr')][3][2]"),
    ("Registrant City", "emptyValue", R + V + "[?(@[0]=='adr')][3][3]"),
    ("Registrant Postal Code", "emptyValue", R + V + "[?(@[0]=='adr')][3][5]"),
    ("Registrant Phone", "removal", R + V + "[?(@[1].type=='voice')]"),
    ("Registrant Phone Ext", "removal", R + V + "[?(@[1].type=='voice')]"),
    ("Registrant Fax", "removal", R + V + "[?(@[1].type=='fax')]"),
    ("Registrant Fax Ext", "removal", R + V + "[?(@[1].type=='fax')]"),
    ("Registrant Email", "removal", R + V + "[?(@[0]=='email')]"),
)
TECH_ROWS = (
    ("Registry Tech ID", "removal", T + ".handle"),
    ("Tech Name", "emptyValue", T + V + "[?(@[0]=='fn')][3]"),
    ("Tech Phone", "removal", T + V + "[?(@[1].type=='voice')]"),
    ("Tech Phone Ext", "removal", T + V + "[?(@[1].type=='voice')]"),
    ("Tech Email", "removal", T + V + "[?(@[0]=='email')]"),
)
DOMAIN_ROW = ("Registry Domain ID", "removal", "$.handle")
REDACTION_ROWS = {row[0]: row for row in (DOMAIN_ROW, *REGISTRANT_ROWS, *TECH_ROWS)}


def domain(redact=True):
    """With everything of registrant and technical contact that can be withheld withheld, or all of it shown."""
    url = BASE + "/domain/samplewell.org"
    if redact:
        holder = {"objectClassName": "entity", "roles": ["registrant"], "vcardArray": vcard(
            text("fn", ""), ["adr", {"cc": "CA"}, "text", ["", "", "", "", "QC", "", ""]])}
        tech = {"objectClassName": "entity", "roles": ["technical"], "vcardArray": vcard(text("fn", ""))}
    else:
        holder = {"objectClassName": "entity", "handle": "C9000-LROR", "roles": ["registrant"], "vcardArray": vcard(
            text("fn", "Ada Well"), text("org", "Sample Well Society"),
            ["adr", {"cc": "CA"}, "text", ["", "", "1 Well Street", "Montreal", "QC", "H2X 1Y4", ""]],
            voice("+1.5555550111"), ["tel", {"type": "fax"}, "uri", "tel:+1.5555550112"],
            text("email", "ada@samplewell.org"))}
        tech = {"objectClassName": "entity", "handle": "C9001-LROR", "roles": ["technical"], "vcardArray": vcard(
            text("fn", "Network Team"), voice("+1.5555550123"), text("email", "noc@samplewell.org"))}
    body = {
        "rdapConformance": CONFORMANCE + (["redacted"] if redact else []),
        "objectClassName": "domain", "handle": "D101-LROR", "ldhName": "samplewell.org",
        "links": [link(url, "self", url, "application/rdap+json"),
                  link(url, "related", "https://rdap.registrar-one.example/domain/samplewell.org",
                       "application/rdap+json")],
        "status": ["client transfer prohibited", "server delete prohibited"],
        "events": [event("registration", "2001-03-04T05:06:07Z"), event("last changed", "2024-05-06T07:08:09Z"),
                   event("expiration", "2031-03-04T05:06:07Z"), UPDATE],
        "secureDNS": {"delegationSigned": True, "dsData": [
            {"keyTag": 12345, "algorithm": 13, "digestType": 2, "digest": "49FD46E6C4B45C55" * 4}]},
        "nameservers": [
            {"objectClassName": "nameserver", "handle": f"H1{n}-LROR", "ldhName": f"ns{n}.samplewell.org",
             "links": [link(url, "self", f"{BASE}/nameserver/ns{n}.samplewell.org", "application/rdap+json")]}
            for n in (1, 2)],
        "entities": [registrar(url, vcard(text("fn", "Registrar One, Inc."))), holder, tech],
        "port43": "whois.registry.example",
        "notices": notices(url, domain=True)}
    if redact:
        body["redacted"] = [redacted(*row) for row in (*REGISTRANT_ROWS, *TECH_ROWS)]
    return make("domain", url, body)


def domain_with_keys():
    answer = domain(redact=False)
    answer.body["secureDNS"] = {"zoneSigned": True, "delegationSigned": True, "maxSigLife": 604800, "keyData": [
        {"flags": 257, "protocol": 3, "algorithm": 13, "publicKey": "l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4="}]}
    return again(answer)


def domain_with_variants():
    url = BASE + "/domain/b%C3%BCcher.org"
    body = json.loads(json.dumps(domain(redact=False).body).replace(BASE + "/domain/samplewell.org", url))
    body.update(ldhName="xn--bcher-kva.org", unicodeName="b\u00fccher.org")
    body["links"][0]["href"] = BASE + "/domain/xn--bcher-kva.org"
    body["links"][1]["href"] = "https://rdap.registrar-one.example/domain/xn--bcher-kva.org"
    body["variants"] = [{"relation": ["registration restricted"], "idnTable": "de", "variantNames": [
        {"ldhName": "xn--bcher2-kva.org", "unicodeName": "b\u00fccher2.org"}]}]
    return make("domain", url, body)


def nameserver():
    url = BASE + "/nameserver/ns1.samplewell.org"
    return make("nameserver", url, {
        "rdapConformance": CONFORMANCE, "objectClassName": "nameserver", "handle": "H11-LROR",
        "ldhName": "ns1.samplewell.org", "links": [link(url, "self", url, "application/rdap+json")],
        "status": ["active"], "events": [event("registration", "2001-03-04T05:06:07Z"), UPDATE],
        "ipAddresses": {"v4": ["208.77.190.193"], "v6": ["2602:800:900e:1257::1"]},
        "entities": [registrar(url, vcard(text("fn", "Registrar One, Inc.")), abuse=False)],
        "port43": "whois.registry.example", "notices": notices(url)})


def entity():
    url = BASE + "/entity/3878"
    body = {"rdapConformance": CONFORMANCE, **registrar(url, vcard(
        text("fn", "Registrar One, Inc."),
        ["adr", {"cc": "US"}, "text", ["", "", "2 Registrar Road", "Reston", "VA", "20190", ""]],
        voice("+1.5555550100"), ["tel", {"type": "fax"}, "uri", "tel:+1.5555550109"],
        text("email", "office@registrar-one.example")))}
    body["events"] = [UPDATE]
    body["remarks"] = [{"title": "Hours", "description": ["Open on weekdays."]}]
    body["asEventActor"] = [event("registration", "2001-03-04T05:06:07Z")]
    body["port43"] = "whois.registry.example"
    body["lang"] = "en"
    body["notices"] = notices(url)
    return make("entity", url, body)


def help_answer():
    url = BASE + "/help"
    return make("help", url, {"rdapConformance": CONFORMANCE + ["redacted"], "notices": notices(url)})


def search():
    url = BASE + "/nameservers?ip=208.77.190.193"
    found = nameserver().body
    found["links"][0]["value"] = url
    for each in found["entities"][0]["links"][:1]:
        each["value"] = url
    for member in ("rdapConformance", "notices", "port43"):
        del found[member]
    return make("nameservers", url, {"rdapConformance": CONFORMANCE, "nameserverSearchResults": [found],
                                     "notices": notices(url)})


def error():
    url = BASE + "/domain/nobody.org"
    return make("error", url, {
        "rdapConformance": CONFORMANCE, "errorCode": 404, "title": "Not Found",
        "description": ["The registry has no such object."], "notices": notices(url)}, status=404)


def make(kind, url, body, status=200):
    raw = json.dumps(body, ensure_ascii=False).encode()
    headers = [("Content-Type", "application/rdap+json"), ("Access-Control-Allow-Origin", "*"),
               ("Content-Length", str(len(raw)))]
    return Answer(kind, url, status, headers, raw)


def again(answer):
    """The same with the bytes of its body as that is now."""
    made = make(answer.kind, answer.url, copy.deepcopy(answer.body), answer.status)
    made.headers, made.known = answer.headers, answer.known
    return made


SAMPLES = {"domain": domain, "shown": lambda: domain(redact=False), "keys": domain_with_keys,
           "variants": domain_with_variants, "nameserver": nameserver, "entity": entity, "help": help_answer,
           "search": search, "error": error}
