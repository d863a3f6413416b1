"""For every check an answer that it must object to: a good sample with one thing spoiled."""

import json

from rdap import samples
from rdap.conformance import NAMES_IN_ORDER, REDACTION_CODES

MUTATIONS = []  # code, sample, change


def spoil(code, sample, change):
    MUTATIONS.append((code, sample, change))


def apply(sample, change):
    """The spoiled answer. `change` gets the answer; what it returns, if anything, is the new body's bytes."""
    answer = samples.SAMPLES[sample]()
    raw = change(answer)
    if raw is None:
        return samples.again(answer)
    made = samples.again(answer)
    made.raw = raw
    made.__post_init__()
    return made


def at(body, path):
    for key in path:
        body = body[key]
    return body


def put(code, sample, path, value):
    """Another value there."""
    def change(answer):
        at(answer.body, path[:-1])[path[-1]] = value
    spoil(code, sample, change)


def drop(code, sample, path):
    def change(answer):
        del at(answer.body, path[:-1])[path[-1]]
    spoil(code, sample, change)


def add(code, sample, path, value):
    """One more element."""
    spoil(code, sample, lambda answer: at(answer.body, path).append(value))


def add_again(code, sample, path, number=0):
    """An element once more."""
    spoil(code, sample, lambda answer: at(answer.body, path).append(at(answer.body, path)[number]))


def double(code, sample, path, key):
    """The key twice in the object there."""
    def change(answer):
        place = at(answer.body, path)
        kept = place[key]
        del place[key]
        place["\0first"] = kept
        place["\0second"] = kept
        text = json.dumps(answer.body, ensure_ascii=False)
        return text.replace('"\\u0000first"', json.dumps(key)).replace('"\\u0000second"', json.dumps(key)).encode()
    spoil(code, sample, change)


def header(code, name, value):
    def change(answer):
        answer.headers = [(key, value if key == name else old) for key, old in answer.headers]
    spoil(code, "domain", change)


# -- HTTP and body --
header(-13000, "Content-Type", "application/json")
spoil(-13001, "domain", lambda answer: b'["no object"]')


def another_status(answer):
    answer.status = 500


spoil(-13002, "domain", another_status)
header(-20500, "Access-Control-Allow-Origin", "https://somebody.example")
put(-40100, "domain", ("entities", 1, "vcardArray", 1, 1, 3), "<ScRiPt>alert(1)</script>")
drop(-13003, "domain", ("nameservers", 0, "objectClassName"))

# -- conformance --
put(-10500, "help", ("rdapConformance",), "rdap_level_0")
add(-10501, "help", ("rdapConformance",), 1)
add(-10502, "help", ("rdapConformance",), "postel_own")
drop(-10503, "help", ("rdapConformance", 0))
drop(-62000, "help", ("rdapConformance", 1))
drop(-61000, "help", ("rdapConformance", 2))
add(-61001, "help", ("rdapConformance",), "icann_rdap_technical_implementation_guide_0")
add(-62006, "help", ("rdapConformance",), "icann_rdap_response_profile_0")
drop(-10504, "error", ("rdapConformance",))
put(-10505, "domain", ("nameservers", 0, "rdapConformance"), ["rdap_level_0"])
drop(-62001, "domain", ("rdapConformance", 3))

# -- links --
LINK = ("links", 0)
put(-10600, "domain", ("links",), {})
put(-10601, "domain", (*LINK, "colour"), "red")
double(-10602, "domain", LINK, "rel")
put(-10603, "domain", (*LINK, "media"), "paper")
put(-10604, "domain", (*LINK, "rel"), "myself")
put(-10605, "domain", (*LINK, "type"), "rdap")
put(-10606, "domain", (*LINK, "title"), 1)
put(-10607, "domain", (*LINK, "hreflang"), ["en", 1])
put(-10608, "domain", (*LINK, "hreflang"), ["not_a_language"])
put(-10609, "domain", (*LINK, "value"), "mailto:somebody@registry.example")
drop(-10610, "domain", (*LINK, "href"))
put(-10611, "domain", (*LINK, "href"), "/domain/samplewell.org")
drop(-10612, "domain", (*LINK, "value"))
drop(-10613, "domain", (*LINK, "rel"))
put(-10400, "domain", (*LINK, "href"), "https://rdap.registry.example/a b")
put(-10401, "domain", (*LINK, "href"), "ftp://rdap.registry.example/")
put(-10402, "domain", (*LINK, "href"), "https://127.0.0.1/domain/samplewell.org")

# -- notices and remarks --
put(-10700, "entity", ("remarks",), {"description": ["x"]})
put(-10701, "entity", ("remarks", 0, "colour"), "red")
double(-10702, "entity", ("remarks", 0), "title")
put(-10703, "entity", ("remarks", 0, "title"), 1)
put(-10704, "entity", ("remarks", 0, "links"), {})
put(-10705, "entity", ("remarks", 0, "type"), 1)
put(-10706, "entity", ("remarks", 0, "type"), "object shortened")
drop(-10707, "entity", ("remarks", 0, "description"))
put(-10708, "entity", ("remarks", 0, "description"), "a text")
add(-10709, "entity", ("remarks", 0, "description"), 1)
put(-10800, "entity", ("lang",), "English (UK)")
NOTICE = [{"description": ["x"]}]
put(-12218, "search", ("domainSearchResults",), [{"objectClassName": "domain", "notices": NOTICE}])
put(-12316, "domain", ("entities", 0, "notices"), NOTICE)
put(-12415, "domain", ("nameservers", 0, "notices"), NOTICE)

# -- events --
put(-10900, "domain", ("events",), {})
put(-10901, "domain", ("events", 0, "colour"), "red")
drop(-10903, "domain", ("events", 0, "eventAction"))
put(-10904, "domain", ("events", 0, "eventAction"), 1)
put(-10905, "domain", ("events", 0, "eventAction"), "birth")
drop(-10906, "domain", ("events", 0, "eventDate"))
put(-10907, "domain", ("events", 0, "eventDate"), 983682367)
put(-10908, "domain", ("events", 0, "eventDate"), "2001-03-04T05:06:07+00:00")
put(-10909, "domain", ("events", 0, "eventActor"), 3878)
put(-10910, "domain", ("events", 0, "links"), [])
put(-10911, "domain", ("events", 0, "links"), {})
add_again(-10912, "domain", ("events",))
ACTOR = ("asEventActor", 0)
put(-11300, "entity", ("asEventActor",), {})
put(-11302, "entity", (*ACTOR, "eventActor"), "3878")
drop(-11304, "entity", (*ACTOR, "eventAction"))
put(-11305, "entity", (*ACTOR, "eventAction"), 1)
put(-11306, "entity", (*ACTOR, "eventAction"), "birth")
drop(-11307, "entity", (*ACTOR, "eventDate"))
put(-11308, "entity", (*ACTOR, "eventDate"), 1)
put(-11309, "entity", (*ACTOR, "eventDate"), "2001-13-04T05:06:07Z")
add_again(-11310, "entity", ("asEventActor",))

# -- status, port43, publicIds, roles --
put(-11000, "domain", ("status",), "active")
put(-11001, "domain", ("status",), [1])
put(-11002, "domain", ("status",), ["clientTransferProhibited"])
add_again(-11003, "domain", ("status",))
put(-11100, "domain", ("port43",), "whois://registry.example")
put(-11200, "domain", ("entities", 0, "publicIds"), {})
PUBLIC_ID = ("entities", 0, "publicIds", 0)
put(-11201, "domain", (*PUBLIC_ID, "colour"), "red")
drop(-11203, "domain", (*PUBLIC_ID, "identifier"))
put(-11204, "domain", (*PUBLIC_ID, "type"), 1)
put(-11205, "domain", (*PUBLIC_ID, "identifier"), 3878)
put(-11800, "domain", ("entities", 0, "roles"), "registrar")
add(-11801, "domain", ("entities", 0, "roles"), 1)
add(-11802, "domain", ("entities", 0, "roles"), "owner")
add_again(-11803, "domain", ("entities", 0, "roles"))

# -- addresses --
for code, family, texts in (
        (-11404, "v4", ["208.77.190"]), (-11405, "v4", [1]), (-11406, "v4", ["192.0.2.1"]),
        (-11407, "v6", ["2602::x"]), (-11408, "v6", [1]), (-11409, "v6", ["2001:db8::1"]),
        (-10100, "v4", ["208.77.190.193/32"]), (-10101, "v4", ["240.0.0.1"]), (-10102, "v4", ["10.0.0.1"]),
        (-10200, "v6", ["2602:::1"]), (-10201, "v6", ["4000::1"]), (-10202, "v6", ["fe80::1"])):
    put(code, "nameserver", ("ipAddresses", family), texts)
put(-11400, "nameserver", ("ipAddresses",), ["208.77.190.193"])
put(-11401, "nameserver", ("ipAddresses", "v5"), [])
double(-11402, "nameserver", ("ipAddresses",), "v4")
put(-11403, "nameserver", ("ipAddresses",), {})

# -- names --
LONG = ".".join(["a" * 60] * 5)
for codes, key, tail in (((-11600, -11601, -11602, -11603), "unicodeName", "\u00fc"),
                         ((-11700, -11701, -11702, -11703), "ldhName", ""),
                         ((-10300, -10301, -10302, None), "ldhName", "")):
    put(codes[0], "variants", (key,), "a" * 64 + tail + ".org")
    put(codes[1], "variants", (key,), LONG + tail)
    put(codes[2], "variants", (key,), "org" + tail)
    if codes[3] is not None:
        put(codes[3], "variants", (key,), "not a name.org")
put(-10303, "variants", ("ldhName",), "xn--0.org")
put(-12205, "domain", ("ldhName",), "SAMPLEWELL.ORG")
put(-12206, "domain", ("unicodeName",), "samplewell.org")
put(-12405, "nameserver", ("ldhName",), "ns1.samplewell.org.")
put(-12406, "nameserver", ("unicodeName",), "ns1.b\u00fccher.org")

# -- variants --
VARIANT = ("variants", 0)
put(-11500, "variants", ("variants",), {})
put(-11501, "variants", (*VARIANT, "colour"), "red")
double(-11502, "variants", VARIANT, "idnTable")
put(-11503, "variants", (*VARIANT, "relation"), "registered")
put(-11504, "variants", (*VARIANT, "relation"), [1])
put(-11505, "variants", (*VARIANT, "relation"), ["similar"])
put(-11506, "variants", (*VARIANT, "idnTable"), 1)
put(-11507, "variants", (*VARIANT, "variantNames"), ["xn--bcher2-kva.org"])
put(-11508, "variants", (*VARIANT, "variantNames", 0, "name"), "x")
double(-11509, "variants", (*VARIANT, "variantNames", 0), "ldhName")
put(-11510, "variants", (*VARIANT, "variantNames", 0, "ldhName"), "not a name")
put(-11511, "variants", (*VARIANT, "variantNames", 0, "unicodeName"), "org")

# -- secureDNS --
put(-12000, "domain", ("secureDNS",), [])
put(-12001, "domain", ("secureDNS", "colour"), "red")
double(-12002, "keys", ("secureDNS",), "zoneSigned")
put(-12003, "keys", ("secureDNS", "zoneSigned"), "true")
drop(-12004, "domain", ("secureDNS", "delegationSigned"))
put(-12005, "domain", ("secureDNS", "delegationSigned"), "true")
put(-12006, "keys", ("secureDNS", "maxSigLife"), 0)
drop(-12007, "domain", ("secureDNS", "dsData"))
put(-12008, "domain", ("secureDNS", "dsData"), {})
DS = ("secureDNS", "dsData", 0)
put(-12009, "domain", (*DS, "colour"), "red")
drop(-12011, "domain", (*DS, "digestType"))
put(-12012, "domain", (*DS, "keyTag"), "12345")
put(-12013, "domain", (*DS, "algorithm"), 0)
put(-12014, "domain", (*DS, "digest"), "49FD4")
put(-12015, "domain", (*DS, "digestType"), True)
put(-12016, "domain", (*DS, "events"), {})
put(-12017, "domain", (*DS, "links"), {})
put(-12018, "keys", ("secureDNS", "keyData"), {})
KEY = ("secureDNS", "keyData", 0)
put(-12019, "keys", (*KEY, "colour"), "red")
drop(-12021, "keys", (*KEY, "protocol"))
put(-12022, "keys", (*KEY, "flags"), 255)
put(-12023, "keys", (*KEY, "protocol"), 4)
put(-12024, "keys", (*KEY, "publicKey"), "not base64!")
put(-12025, "keys", (*KEY, "algorithm"), 256)
put(-12026, "keys", (*KEY, "events"), {})
put(-12027, "keys", (*KEY, "links"), {})

# -- objects --
put(-12200, "search", ("domainSearchResults",), {})
put(-12201, "domain", ("colour",), "red")
double(-12202, "domain", (), "handle")
put(-12203, "domain", ("objectClassName",), "Domain")
put(-12204, "domain", ("handle",), 101)
put(-12219, "domain", ("rdapConformance",), [1])
put(-12300, "domain", ("entities",), {})
put(-12301, "domain", ("entities", 0, "colour"), "red")
double(-12302, "domain", ("entities", 0), "handle")
put(-12303, "domain", ("entities", 0, "objectClassName"), "registrar")
put(-12304, "domain", ("entities", 0, "handle"), 3878)
put(-12400, "domain", ("nameservers",), ["ns1.samplewell.org"])
put(-12401, "nameserver", ("colour",), "red")
double(-12402, "nameserver", (), "handle")
put(-12403, "nameserver", ("objectClassName",), "host")
put(-12404, "nameserver", ("handle",), 11)
put(-12416, "nameserver", ("rdapConformance",), None)

# -- errors, help, searches --
put(-12100, "error", ("code",), 404)
drop(-12101, "error", ("errorCode",))
double(-12102, "error", (), "title")
put(-12103, "error", ("errorCode",), "404")
put(-12104, "error", ("title",), None)
put(-12105, "error", ("description",), "text")
put(-12106, "error", ("description",), [1])
drop(-12107, "error", ("rdapConformance",))
put(-12108, "error", ("errorCode",), 400)
put(-12500, "help", ("errorCode",), 200)
put(-12501, "help", ("colour",), "red")
double(-12502, "help", (), "notices")
put(-12504, "help", ("lang",), "")
drop(-20701, "help", ("notices",))
put(-12600, "search", ("nameserverSearchResults",), {})
put(-12601, "search", ("objectClassName",), "nameserver")
double(-12602, "search", (), "nameserverSearchResults")
put(-12604, "search", ("nameserverSearchResults",), [])
drop(-12610, "search", ("nameserverSearchResults",))

# -- jCard --
REGISTRAR_CARD = ("vcardArray", 1)
put(-12305, "entity", (*REGISTRAR_CARD, 1, 0), "FN")
put(-12320, "entity", (*REGISTRAR_CARD, 5, 3), "office at registrar-one.example")
put(-20800, "entity", (*REGISTRAR_CARD, 2, 3), ["", "", "2 Registrar Road", "Reston"])
put(-62100, "entity", (*REGISTRAR_CARD, 2, 3, 6), "United States")
put(-62101, "entity", (*REGISTRAR_CARD, 2, 1, "cc"), "us")
put(-20900, "entity", (*REGISTRAR_CARD, 3, 1, "type"), ["voice", "work"])

# -- notices of the profile --
put(-61200, "help", ("notices", 0, "links", 0, "rel"), "license")
put(-61201, "help", ("notices", 0, "links", 0, "href"), "rdap-terms")
put(-61202, "help", ("notices", 0, "links", 0, "value"), "https://rdap.registry.example/")
for first, number in ((-46601, 1), (-46701, 2)):
    put(first, "domain", ("notices", number, "title"), "A notice")
    put(first - 1, "domain", ("notices", number, "description"), ["See there."])
    drop(first - 2, "domain", ("notices", number, "links"))
    put(first - 3, "domain", ("notices", number, "links", 0, "href"), "https://www.icann.org/epp")
    put(first - 4, "domain", ("notices", number, "links", 0, "rel"), "related")
    put(first - 5, "domain", ("notices", number, "links", 0, "value"), "https://rdap.registry.example/help")

# -- registrar and referral --
RELATED = ("links", 1)
drop(-23200, "domain", RELATED)


def from_elsewhere(answer):
    for link in answer.body["links"]:
        link["value"] = "https://rdap.registry.example/"


spoil(-23201, "domain", from_elsewhere)
put(-23202, "domain", (*RELATED, "href"), "https://rdap.registrar-one.example/samplewell.org")
put(-26103, "domain", (*RELATED, "href"), "https://rdap.other.example/domain/samplewell.org")
REGISTRAR = ("entities", 0)
for code in (-26100, -47400):
    drop(code, "domain", (*PUBLIC_ID, "identifier"))
put(-26101, "domain", (*PUBLIC_ID, "identifier"), "77")


def plain_registrar(answer):
    answer.known.registrars[3878] = "http://rdap.registrar-one.example/"


spoil(-26102, "domain", plain_registrar)
drop(-23300, "entity", ("publicIds",))
put(-23301, "entity", ("publicIds", 0, "identifier"), "gold")
put(-47300, "domain", (*REGISTRAR, "roles"), ["reseller"])
add_again(-47301, "domain", ("entities",))
put(-47302, "domain", (*REGISTRAR, *REGISTRAR_CARD, 1, 3), "")
put(-47401, "domain", (*PUBLIC_ID, "identifier"), "0")
put(-47402, "domain", (*REGISTRAR, "handle"), "gold")
put(-47403, "domain", (*REGISTRAR, "handle"), "3879")
put(-47404, "domain", (*REGISTRAR, "handle"), "77")
drop(-47500, "domain", (*REGISTRAR, "entities", 0, "vcardArray", 1, 2))
drop(-47700, "domain", (*REGISTRAR, "links", 1))
put(-47701, "domain", (*REGISTRAR, "links", 1, "value"), "https://rdap.registrar-one.example")
put(-47702, "domain", (*REGISTRAR, "links", 1, "value"), "http://rdap.registrar-one.example/")
put(-47703, "domain", (*REGISTRAR, "links", 1, "href"), "www.registrar-one.example")

# -- domains --
drop(-43100, "domain", ("events", 3))
drop(-46100, "domain", ("ldhName",))
drop(-46101, "variants", ("unicodeName",))
put(-46200, "domain", ("handle",), "D101")
put(-46201, "domain", ("handle",), "D101-NOBODY")
put(-46205, "domain", ("handle",), "D101-ICANNRST")
drop(-46300, "domain", ("events", 0))
drop(-46400, "domain", ("events", 2))
drop(-46800, "domain", ("secureDNS",))
put(-46801, "domain", ("secureDNS", "delegationSigned"), None)
put(-46802, "domain", ("secureDNS", "dsData"), [])
put(-47100, "domain", ("status",), [])
for words in (["active", "client hold"], ["active", "inactive"], ["active", "pending transfer"],
              ["pending delete", "server delete prohibited"], ["pending renew", "client renew prohibited"],
              ["pending transfer", "client transfer prohibited"], ["pending update", "server update prohibited"],
              ["pending transfer", "pending delete"], ["pending delete", "redemption period", "pending restore"]):
    put(-46900, "domain", ("status",), words)
put(-47001, "domain", ("status",), ["redemption period"])
put(-47002, "domain", ("status",), ["pending restore"])
drop(-47200, "domain", ("nameservers", 0, "ldhName"))
put(-47201, "domain", ("nameservers", 0, "handle"), "H11")
put(-47202, "domain", ("nameservers", 0, "handle"), "H11-NOBODY")
put(-47205, "domain", ("nameservers", 0, "handle"), "H11-ICANNRST")
for codes, number, role in (((-63100, -63101), 1, "registrant"), ((-65700, -65701), 2, "technical"),
                            ((-47600, -47601), 2, "administrative")):
    for code, handle in zip(codes, ("C9000", "C9000-NOBODY")):
        def change(answer, number=number, role=role, handle=handle):
            answer.body["entities"][number].update(roles=[role], handle=handle)
        spoil(code, "shown", change)

# -- name servers --
drop(-49100, "nameserver", ("ldhName",))


def asked_by_u_label(answer):
    answer.url = answer.url.replace("samplewell", "b%C3%BCcher")
    answer.body["ldhName"] = "ns1.xn--bcher-kva.org"


spoil(-49101, "nameserver", asked_by_u_label)
put(-49102, "nameserver", ("handle",), "H11")
put(-49103, "nameserver", ("handle",), "H11-NOBODY")
put(-49104, "nameserver", ("handle",), "H11-ICANNRST")
drop(-49200, "nameserver", (*REGISTRAR, "publicIds"))
put(-49201, "nameserver", (*PUBLIC_ID, "identifier"), "gold")
put(-49202, "nameserver", (*REGISTRAR, "handle"), "gold")
put(-49203, "nameserver", (*REGISTRAR, "handle"), "3879")
put(-49204, "nameserver", (*PUBLIC_ID, "identifier"), "77")
put(-49205, "nameserver", (*REGISTRAR, "handle"), "not applicable")
for words in (["active", "associated"], ["pending delete", "client delete prohibited"],
              ["pending update", "server update prohibited"], ["pending update", "pending delete"]):
    put(-49300, "nameserver", ("status",), words)

# -- redaction --
put(-62002, "domain", ("redacted",), {})
put(-62003, "domain", ("redacted", 0, "name", "description"), "Registrant Name")
put(-62004, "domain", ("redacted", 0, "method"), 1)
put(-62005, "domain", ("redacted", 0, "reason", "who"), "Server")
for number, name in enumerate(NAMES_IN_ORDER):
    put(-65800 - number, "domain", ("redacted", 0, "name"), {"description": name})
put(-63400, "shown", ("entities", 1, "vcardArray", 1, 3, 3, 2), 1)
put(-63500, "shown", ("entities", 1, "vcardArray", 1, 3, 3, 3), ["Montreal"])
put(-63600, "shown", ("entities", 1, "vcardArray", 1, 3, 3, 5), ["H2X", "1Y4"])
drop(-63200, "domain", ("entities", 1, "vcardArray", 1, 1))
drop(-65000, "domain", ("entities", 2, "vcardArray", 1, 1))


def entry(answer, name):
    """The entry of the sample with this name, made if it is not there."""
    for each in answer.body["redacted"]:
        if each["name"].get("type") == name:
            return each
    answer.body["redacted"].append(samples.redacted(*samples.REDACTION_ROWS[name]))
    if name == "Registry Domain ID":
        del answer.body["handle"]
    return answer.body["redacted"][-1]


def add_redaction_mutations(name, method, role, part, codes):
    missing, bad_path, result, wrong_method, though_shown = codes
    member = "prePath" if method == "removal" else "postPath"

    def not_listed(answer):
        answer.body["redacted"].remove(entry(answer, name))

    def path_is(path):
        def change(answer):
            entry(answer, name)[member] = path
        return change

    def other_method(answer):
        entry(answer, name)["method"] = "emptyValue" if method == "removal" else "removal"

    def shown_and_listed(answer):
        del answer.body["redacted"][:]
        entry(answer, name)
        answer.body["entities"] = samples.domain(redact=False).body["entities"]
        answer.body["handle"] = "D101-LROR"

    finds_nothing = "$.entities[?(@.roles[0]=='noc')].handle"
    for code, change in ((missing, not_listed), (bad_path, path_is("$..handle[*")),
                         (result, path_is("$.objectClassName" if method == "removal" else finds_nothing)),
                         (wrong_method, other_method), (though_shown, shown_and_listed)):
        if code is not None:
            spoil(code, "domain", change)


for _row in REDACTION_CODES:
    add_redaction_mutations(*_row)
