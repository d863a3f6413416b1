"""What ICANN's RDAP conformance tool asks of an answer, in our own words: a check for every code, which yields what is
wrong. `violations` runs those that concern an answer. What a code means stands in docs/WHOIS_RDAP.md's sources: RFC 9083,
the RDAP response profile and the technical implementation guide of February 2024."""

import dataclasses
import datetime
import ipaddress
import re
import urllib.parse

from rdap import registered
from rdap.answer import (card_of, domains, entity_of, find, last_key, listed, objects, of_member, cards, properties,
                         value_of, walk)

LOOKUPS = ("domain", "nameserver", "entity")
SEARCHES = ("domains", "nameservers", "entities")
ALL = (*LOOKUPS, *SEARCHES, "help", "error")
UNREADABLE = "unreadable"

CHECKS = {}


@dataclasses.dataclass(frozen=True)
class Check:
    code: int
    kinds: tuple
    look: object
    needs_body: bool = True


def check(code, *kinds, needs_body=True):
    def add(look):
        if code in CHECKS:
            raise ValueError(f"{code} twice")
        CHECKS[code] = Check(code, kinds or ALL, look, needs_body)
        return look
    return add


def violations(answer, codes=None):
    """Pairs of code and text."""
    found = []
    for code, each in CHECKS.items():
        if answer.kind not in each.kinds or (codes is not None and code not in codes):
            continue
        if each.needs_body and not isinstance(answer.body, dict):
            continue
        try:
            found += [(code, text) for text in each.look(answer)]
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            found.append((code, f"{UNREADABLE}: {error!r}"))
    return found


# -- small words --


def unless(right, text):
    if not right:
        yield str(text)


def each_of(values, right):
    """What is not right among them."""
    for value in values:
        if not right(value):
            yield f"{value!r}"[:200]


def is_text(value):
    return isinstance(value, str)


def is_number(value):
    return isinstance(value, int) and not isinstance(value, bool)


def is_bool(value):
    return isinstance(value, bool)


def is_texts(value):
    return isinstance(value, list) and all(map(is_text, value))


def is_objects(value):
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def dicts(values):
    return [value for value in values if isinstance(value, dict)]


def values(found, key):
    """Of the member in those objects that have it."""
    return [each[key] for each in dicts(found) if key in each]


def lacking(found, key):
    return [each for each in dicts(found) if key not in each]


def everywhere(answer, key):
    """The values of all members of this name."""
    return [value[key] for value, _ in walk(answer.body) if key in value]


def twice(found):
    for each in dicts(found):
        yield from getattr(each, "keys_twice", ())


def repeats(items):
    items = list(items)
    return [item for number, item in enumerate(items) if item in items[:number]]


def unknown_keys(found, known):
    for each in dicts(found):
        yield from (key for key in each if key not in known)


def is_positive_integer(text):
    return is_text(text) and re.fullmatch(r"[1-9][0-9]*", text) is not None


DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?Z")


def is_date(text):
    found = is_text(text) and DATE.fullmatch(text)
    if not found:
        return False
    try:
        datetime.datetime(*map(int, found.groups()))
    except ValueError:
        return False
    return True


def is_language(text):
    return is_text(text) and re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", text) is not None


LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")


def is_ldh(name):
    return (is_text(name) and len(name) <= 253 and name.count(".") >= 1
            and all(LABEL.fullmatch(label) for label in name.split(".")))


def is_unicode(name):
    if not is_text(name) or name.count(".") < 1 or name.endswith("."):
        return False
    try:
        return is_ldh(".".join(label.encode("idna").decode() for label in name.split(".")))
    except UnicodeError:
        return False


def uri(text):
    return urllib.parse.urlsplit(text) if is_text(text) else None


def has_good_syntax(text):
    if not is_text(text) or re.search(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})", text):
        return False
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text) is not None


def has_good_host(text):
    host = uri(text).hostname if has_good_syntax(text) else None
    if host is None:
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return is_ldh(host)


def is_web(text):
    return has_good_syntax(text) and uri(text).scheme in ("http", "https") and bool(uri(text).hostname)


ROID = re.compile(r"[\w]{1,80}-(\w{1,8})", re.ASCII)


def is_roid(text):
    return is_text(text) and ROID.fullmatch(text) is not None


def repository_of(text):
    return ROID.fullmatch(text)[1] if is_roid(text) else None


def has_known_repository(answer):
    return lambda handle: not is_roid(handle) or repository_of(handle) in answer.known.repository_ids


def not_for_tests(handle):
    return repository_of(handle) != "ICANNRST"


# -- the answer as HTTP brings it --


@check(-13000, needs_body=False)
def media_type(a):
    return unless(a.header("Content-Type").split(";")[0].strip() == "application/rdap+json", a.header("Content-Type"))


@check(-13001, needs_body=False)
def json_object(a):
    return unless(isinstance(a.body, dict), a.raw[:100])


@check(-13002, needs_body=False)
def status_code(a):
    return unless(a.status >= 400 if a.kind == "error" else a.status == 200, a.status)


@check(-20500, needs_body=False)
def cors(a):
    yield from unless(a.header("Access-Control-Allow-Origin") == "*", a.headers)
    yield from unless(not a.header("Access-Control-Allow-Credentials"), a.headers)


@check(-40100, needs_body=False)
def no_script(a):
    return unless(b"<script" not in a.raw.lower(), "has <script")


@check(-13003)
def class_names(a):
    topmost = [(a.body, a.kind)] if a.kind in LOOKUPS else []
    inner = [(each, kind) for kind in LOOKUPS for each in objects(a.body, kind)]
    for each, kind in topmost + inner:
        yield from unless("objectClassName" in each, f"{kind} without objectClassName")


# -- rdapConformance --


@check(-10500)
def conformance_is_an_array(a):
    return each_of(everywhere(a, "rdapConformance"), lambda value: isinstance(value, list))


@check(-10501)
def conformance_is_texts(a):
    return each_of(listed(a.body, "rdapConformance"), is_text)


@check(-10502)
def conformance_is_registered(a):
    yield from each_of(listed(a.body, "rdapConformance"), lambda value: value in registered.EXTENSIONS)
    yield from repeats(listed(a.body, "rdapConformance"))


def conforms(code, value, *kinds, absent=False):
    @check(code, *kinds)
    def _(a):
        return unless((value in listed(a.body, "rdapConformance")) != absent, value)


conforms(-10503, "rdap_level_0")
conforms(-62000, "icann_rdap_response_profile_1")
conforms(-61000, "icann_rdap_technical_implementation_guide_1")
conforms(-61001, "icann_rdap_technical_implementation_guide_0", absent=True)
conforms(-62006, "icann_rdap_response_profile_0", absent=True)


@check(-10504)
def conformance_in_every_answer(a):
    return unless("rdapConformance" in a.body, "absent")


@check(-10505)
def conformance_topmost_only(a):
    return [str(path) for value, path in walk(a.body) if path and "rdapConformance" in value]


@check(-62001)
def conformance_names_redaction(a):
    return unless(not a.body.get("redacted") or "redacted" in listed(a.body, "rdapConformance"), "not named")


# -- links --


def links(a):
    return [each for each in of_member(a.body, "links") if isinstance(each, dict)]


def urls(a):
    return [url for each in links(a) for url in values([each], "href") + values([each], "value")]


def add_structure(container, unknown, double, member, known, kinds=ALL):
    """An array of objects, with these keys, each once. `unknown` and `double` may be None."""
    @check(container, *kinds)
    def _(a):
        return each_of(everywhere(a, member), is_objects)
    if unknown is not None:
        check(unknown, *kinds)(lambda a: unknown_keys(of_member(a.body, member), known))
    if double is not None:
        check(double, *kinds)(lambda a: twice(of_member(a.body, member)))


add_structure(-10600, -10601, -10602, "links", {"value", "rel", "href", "hreflang", "title", "media", "type"})
check(-10603)(lambda a: each_of(values(links(a), "media"), lambda value: value in registered.MEDIA))
check(-10604)(lambda a: each_of(values(links(a), "rel"), lambda value: value in registered.LINK_RELATIONS))
check(-10605)(lambda a: each_of(values(links(a), "type"), lambda value: value in registered.MEDIA_TYPES))
check(-10606)(lambda a: each_of(values(links(a), "title"), is_text))


def languages(a):
    for value in values(links(a), "hreflang"):
        yield from value if isinstance(value, list) else [value]


check(-10607)(lambda a: each_of(languages(a), is_text))
check(-10608)(lambda a: each_of(filter(is_text, languages(a)), is_language))
check(-10609)(lambda a: each_of(values(links(a), "value"), is_web))
check(-10610)(lambda a: map(str, lacking(links(a), "href")))
check(-10611)(lambda a: each_of(values(links(a), "href"), is_web))
check(-10612)(lambda a: map(str, lacking(links(a), "value")))
check(-10613)(lambda a: map(str, lacking(links(a), "rel")))
check(-10400)(lambda a: each_of(urls(a), has_good_syntax))
check(-10401)(lambda a: each_of(filter(has_good_syntax, urls(a)), lambda url: uri(url).scheme in ("http", "https")))
check(-10402)(lambda a: each_of(filter(has_good_syntax, urls(a)), has_good_host))

# -- notices and remarks --


def remarks(a):
    return dicts(of_member(a.body, "notices", "remarks"))


@check(-10700)
def notices_are_arrays(a):
    return each_of(everywhere(a, "notices") + everywhere(a, "remarks"), is_objects)


check(-10701)(lambda a: unknown_keys(remarks(a), {"title", "type", "description", "links"}))
check(-10702)(lambda a: twice(remarks(a)))
check(-10703)(lambda a: each_of(values(remarks(a), "title"), is_text))
check(-10704)(lambda a: each_of(values(remarks(a), "links"), is_objects))
check(-10705)(lambda a: each_of(values(remarks(a), "type"), is_text))
check(-10706)(lambda a: each_of(filter(is_text, values(remarks(a), "type")),
                                lambda value: value in registered.NOTICE_TYPES))
check(-10707)(lambda a: map(str, lacking(remarks(a), "description")))
check(-10708)(lambda a: each_of(values(remarks(a), "description"), lambda value: isinstance(value, list)))
check(-10709)(lambda a: each_of((line for each in remarks(a) for line in listed(each, "description")), is_text))
check(-10800)(lambda a: each_of(everywhere(a, "lang"), is_language))


def only_topmost(code, kind):
    @check(code)
    def _(a):
        return [kind for each in objects(a.body, kind) if each is not a.body and "notices" in each]


only_topmost(-12218, "domain")
only_topmost(-12316, "entity")
only_topmost(-12415, "nameserver")

# -- events --


def events(a):
    return dicts(of_member(a.body, "events"))


add_structure(-10900, -10901, None, "events", {"eventAction", "eventDate", "eventActor", "links"})
check(-10903)(lambda a: map(str, lacking(events(a), "eventAction")))
check(-10904)(lambda a: each_of(values(events(a), "eventAction"), is_text))
check(-10905)(lambda a: each_of(filter(is_text, values(events(a), "eventAction")),
                                lambda value: value in registered.EVENT_ACTIONS))
check(-10906)(lambda a: map(str, lacking(events(a), "eventDate")))
check(-10907)(lambda a: each_of(values(events(a), "eventDate"), is_text))
check(-10908)(lambda a: each_of(filter(is_text, values(events(a), "eventDate")), is_date))
check(-10909)(lambda a: each_of(values(events(a), "eventActor"), is_text))
check(-10910)(lambda a: [str(each) for each in events(a) if "links" in each and "eventActor" not in each])
check(-10911)(lambda a: each_of(values(events(a), "links"), is_objects))


@check(-10912)
def events_once(a):
    for list_of_events in everywhere(a, "events"):
        yield from repeats(values(list_of_events, "eventAction"))


def as_actor(a):
    return dicts(of_member(a.body, "asEventActor"))


add_structure(-11300, -11302, None, "asEventActor", {"eventAction", "eventDate", "links"})
check(-11304)(lambda a: map(str, lacking(as_actor(a), "eventAction")))
check(-11305)(lambda a: each_of(values(as_actor(a), "eventAction"), is_text))
check(-11306)(lambda a: each_of(filter(is_text, values(as_actor(a), "eventAction")),
                                lambda value: value in registered.EVENT_ACTIONS))
check(-11307)(lambda a: map(str, lacking(as_actor(a), "eventDate")))
check(-11308)(lambda a: each_of(values(as_actor(a), "eventDate"), is_text))
check(-11309)(lambda a: each_of(filter(is_text, values(as_actor(a), "eventDate")), is_date))


@check(-11310)
def actor_events_once(a):
    for list_of_events in everywhere(a, "asEventActor"):
        yield from repeats(values(list_of_events, "eventAction"))


# -- status, port43, publicIds, roles --

check(-11000)(lambda a: each_of(everywhere(a, "status"), lambda value: isinstance(value, list)))


def statuses(a):
    return [word for value in everywhere(a, "status") if isinstance(value, list) for word in value]


check(-11001)(lambda a: each_of(statuses(a), is_text))
check(-11002)(lambda a: each_of(filter(is_text, statuses(a)), lambda word: word in registered.STATUSES))


@check(-11003)
def statuses_once(a):
    for value in everywhere(a, "status"):
        yield from map(str, repeats(value))


check(-11100)(lambda a: each_of(everywhere(a, "port43"), is_ldh))


def public_ids(a):
    return dicts(of_member(a.body, "publicIds"))


add_structure(-11200, -11201, None, "publicIds", {"type", "identifier"})
check(-11203)(lambda a: map(str, lacking(public_ids(a), "type") + lacking(public_ids(a), "identifier")))
check(-11204)(lambda a: each_of(values(public_ids(a), "type"), is_text))
check(-11205)(lambda a: each_of(values(public_ids(a), "identifier"), is_text))

check(-11800)(lambda a: each_of(everywhere(a, "roles"), lambda value: isinstance(value, list)))


def roles(a):
    return [role for value in everywhere(a, "roles") if isinstance(value, list) for role in value]


check(-11801)(lambda a: each_of(roles(a), is_text))
check(-11802)(lambda a: each_of(filter(is_text, roles(a)), lambda role: role in registered.ROLES))


@check(-11803)
def roles_once(a):
    for value in everywhere(a, "roles"):
        yield from map(str, repeats(value))


# -- addresses --


def addresses(a, family):
    return [text for each in everywhere(a, "ipAddresses") if isinstance(each, dict) for text in listed(each, family)]


def parsed(texts, kind):
    for text in texts:
        try:
            yield kind(text)
        except (ValueError, TypeError):
            continue


def is_address(kind):
    def right(text):
        return is_text(text) and any(parsed([text], kind))
    return right


V4, V6 = ipaddress.IPv4Address, ipaddress.IPv6Address
GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")


def is_allocated_v4(address):
    return not (address.is_reserved or address.is_multicast or address.packed[0] == 0)


def is_public(address):
    return address.is_global and not address.is_multicast


check(-11400)(lambda a: each_of(everywhere(a, "ipAddresses"), lambda value: isinstance(value, dict)))
check(-11401)(lambda a: unknown_keys(everywhere(a, "ipAddresses"), {"v4", "v6"}))
check(-11402)(lambda a: twice(everywhere(a, "ipAddresses")))
check(-11403)(lambda a: [str(each) for each in dicts(everywhere(a, "ipAddresses")) if not {"v4", "v6"} & set(each)])
check(-11404)(lambda a: each_of(filter(is_text, addresses(a, "v4")), is_address(V4)))
check(-11405)(lambda a: each_of(addresses(a, "v4"), is_text))
check(-11406)(lambda a: each_of(parsed(addresses(a, "v4"), V4), is_public))
check(-11407)(lambda a: each_of(filter(is_text, addresses(a, "v6")), is_address(V6)))
check(-11408)(lambda a: each_of(addresses(a, "v6"), is_text))
check(-11409)(lambda a: each_of(parsed(addresses(a, "v6"), V6), is_public))
check(-10100)(lambda a: each_of(addresses(a, "v4"), is_address(V4)))
check(-10101)(lambda a: each_of(parsed(addresses(a, "v4"), V4), is_allocated_v4))
check(-10102)(lambda a: each_of(parsed(addresses(a, "v4"), V4), is_public))
check(-10200)(lambda a: each_of(addresses(a, "v6"), is_address(V6)))
check(-10201)(lambda a: each_of(parsed(addresses(a, "v6"), V6), lambda address: address in GLOBAL_V6))
check(-10202)(lambda a: each_of(parsed(addresses(a, "v6"), V6), is_public))

# -- names --


def a_labels(a):
    return everywhere(a, "ldhName")


def u_labels(a):
    return everywhere(a, "unicodeName")


def octets(label):
    try:
        return len(label.encode("idna"))
    except UnicodeError:
        return 64


def short_labels(name):
    return not is_text(name) or all(1 <= octets(label) <= 63 for label in name.split(".") if label)


def short_name(name):
    return not is_text(name) or sum(octets(label) + 1 for label in name.split(".")) <= 254


def two_labels(name):
    return not is_text(name) or name.strip(".").count(".") >= 1


check(-11600)(lambda a: each_of(u_labels(a), short_labels))
check(-11601)(lambda a: each_of(u_labels(a), short_name))
check(-11602)(lambda a: each_of(u_labels(a), two_labels))
check(-11603)(lambda a: each_of(u_labels(a), is_unicode))
check(-11700)(lambda a: each_of(a_labels(a), short_labels))
check(-11701)(lambda a: each_of(a_labels(a), short_name))
check(-11702)(lambda a: each_of(a_labels(a), two_labels))
check(-11703)(lambda a: each_of(a_labels(a), is_ldh))
check(-10300)(lambda a: each_of(a_labels(a) + u_labels(a), short_labels))
check(-10301)(lambda a: each_of(a_labels(a) + u_labels(a), short_name))
check(-10302)(lambda a: each_of(a_labels(a) + u_labels(a), two_labels))


def is_idna(name):
    """Its A-labels are those of U-labels."""
    try:
        return is_text(name) and all(
            not label.startswith("xn--") or label.encode().decode("idna").encode("idna").decode() == label
            for label in name.split("."))
    except UnicodeError:
        return False


check(-10303)(lambda a: each_of(a_labels(a), is_idna))


def add_names(ldh, unicode_name, kind):
    check(ldh)(lambda a: each_of(values(objects(a.body, kind), "ldhName"), is_ldh))

    @check(unicode_name)
    def _(a):
        for each in objects(a.body, kind):
            if "unicodeName" in each:
                yield from unless(is_unicode(each["unicodeName"]), each["unicodeName"])
                yield from unless(each["unicodeName"] != each.get("ldhName"), "not needed")
                if is_unicode(each["unicodeName"]):
                    a_label = ".".join(label.encode("idna").decode() for label in each["unicodeName"].split("."))
                    yield from unless(a_label == each.get("ldhName"), f"{each['unicodeName']} is another name")


add_names(-12205, -12206, "domain")
add_names(-12405, -12406, "nameserver")

# -- variants --


def variants(a):
    return dicts(of_member(a.body, "variants"))


def variant_names(a):
    return dicts(of_member(a.body, "variantNames"))


add_structure(-11500, -11501, -11502, "variants", {"relation", "idnTable", "variantNames"})
check(-11503)(lambda a: each_of(values(variants(a), "relation"), lambda value: isinstance(value, list)))


def relations(a):
    return [word for each in variants(a) for word in listed(each, "relation")]


check(-11504)(lambda a: each_of(relations(a), is_text))
check(-11505)(lambda a: each_of(filter(is_text, relations(a)), lambda word: word in registered.VARIANT_RELATIONS))
check(-11506)(lambda a: each_of(values(variants(a), "idnTable"), is_text))
check(-11507)(lambda a: each_of(values(variants(a), "variantNames"), is_objects))
check(-11508)(lambda a: unknown_keys(variant_names(a), {"ldhName", "unicodeName"}))
check(-11509)(lambda a: twice(variant_names(a)))
check(-11510)(lambda a: each_of(values(variant_names(a), "ldhName"), is_ldh))
check(-11511)(lambda a: each_of(values(variant_names(a), "unicodeName"), is_unicode))

# -- secureDNS --


def secure(a):
    return dicts(everywhere(a, "secureDNS"))


def is_in(low, high):
    return lambda value: is_number(value) and low <= value <= high


def is_key(text):
    return is_text(text) and re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", text) is not None


check(-12000)(lambda a: each_of(everywhere(a, "secureDNS"), lambda value: isinstance(value, dict)))
check(-12001)(lambda a: unknown_keys(secure(a), {"zoneSigned", "delegationSigned", "maxSigLife", "dsData", "keyData"}))
check(-12002)(lambda a: twice(secure(a)))
check(-12003)(lambda a: each_of(values(secure(a), "zoneSigned"), is_bool))
check(-12004)(lambda a: map(str, lacking(secure(a), "delegationSigned")))
check(-12005)(lambda a: each_of(values(secure(a), "delegationSigned"), is_bool))
check(-12006)(lambda a: each_of(values(secure(a), "maxSigLife"), lambda value: is_number(value) and value >= 1))


@check(-12007)
def signed_by_something(a):
    return [str(each) for each in secure(a)
            if each.get("delegationSigned") is True and not each.get("dsData") and not each.get("keyData")]


DS_KEYS = ("keyTag", "algorithm", "digestType", "digest")
KEY_KEYS = ("flags", "protocol", "publicKey", "algorithm")
check(-12008)(lambda a: each_of(values(secure(a), "dsData"), is_objects))
check(-12009)(lambda a: unknown_keys(of_member(a.body, "dsData"), {*DS_KEYS, "events", "links"}))
check(-12011)(lambda a: [str(each) for each in dicts(of_member(a.body, "dsData")) if not set(DS_KEYS) <= set(each)])
check(-12018)(lambda a: each_of(values(secure(a), "keyData"), is_objects))
check(-12019)(lambda a: unknown_keys(of_member(a.body, "keyData"), {*KEY_KEYS, "events", "links"}))
check(-12021)(lambda a: [str(each) for each in dicts(of_member(a.body, "keyData")) if not set(KEY_KEYS) <= set(each)])


def add_key_values(member, rows):
    for code, key, right in rows:
        check(code)(lambda a, key=key, right=right: each_of(values(of_member(a.body, member), key), right))


add_key_values("dsData", (
    (-12012, "keyTag", is_in(1, 65535)), (-12013, "algorithm", is_in(1, 255)),
    (-12014, "digest", lambda text: is_text(text) and re.fullmatch(r"([0-9A-Fa-f]{2})+", text) is not None),
    (-12015, "digestType", is_in(1, 255)), (-12016, "events", is_objects), (-12017, "links", is_objects)))
add_key_values("keyData", (
    (-12022, "flags", lambda value: is_number(value) and value in (256, 257)),
    (-12023, "protocol", lambda value: is_number(value) and value == 3), (-12024, "publicKey", is_key),
    (-12025, "algorithm", is_in(1, 255)), (-12026, "events", is_objects), (-12027, "links", is_objects)))

# -- what belongs to each kind of object --

COMMON = {"objectClassName", "handle", "links", "events", "status", "remarks", "entities", "port43", "lang"}
TOPMOST = {"rdapConformance", "notices", "lang", "redacted", "paging_metadata", "sorting_metadata", "subsetting_metadata",
           "reverse_search_properties", "reverse_search_properties_mapping"}
MEMBERS = {
    "domain": COMMON | {"ldhName", "unicodeName", "variants", "nameservers", "secureDNS", "publicIds", "network"},
    "nameserver": COMMON | {"ldhName", "unicodeName", "ipAddresses"},
    "entity": COMMON | {"vcardArray", "roles", "publicIds", "asEventActor"},
}


def add_object(kind, container, unknown, double, wrong_class, handle):
    member = {"domain": "domainSearchResults", "nameserver": "nameservers", "entity": "entities"}[kind]

    @check(container)
    def _(a):
        return each_of(everywhere(a, member), is_objects)

    @check(unknown)
    def _(a):
        for each in objects(a.body, kind):
            known = MEMBERS[kind] | (TOPMOST if each is a.body else set())
            yield from unknown_keys([each], known)

    check(double)(lambda a: twice(objects(a.body, kind)))
    check(handle)(lambda a: each_of(values(objects(a.body, kind), "handle"), is_text))

    @check(wrong_class)
    def _(a):
        found = dicts(objects(a.body, kind)) + ([a.body] if a.kind == kind else [])
        return each_of(values(found, "objectClassName"), lambda value: value == kind)


add_object("domain", -12200, -12201, -12202, -12203, -12204)
add_object("entity", -12300, -12301, -12302, -12303, -12304)
add_object("nameserver", -12400, -12401, -12402, -12403, -12404)
check(-12219, "domain")(lambda a: unless(is_texts(a.body.get("rdapConformance")), "no list of texts"))
check(-12416, "nameserver")(lambda a: unless(is_texts(a.body.get("rdapConformance")), "no list of texts"))

# -- errors, help, searches --

ERROR_MEMBERS = {"errorCode", "title", "description", "rdapConformance", "notices", "links", "lang"}
check(-12100, "error")(lambda a: unless(set(a.body) <= ERROR_MEMBERS, set(a.body) - ERROR_MEMBERS))
check(-12101, "error")(lambda a: unless("errorCode" in a.body, "absent"))
check(-12102, "error")(lambda a: twice([a.body]))
check(-12103, "error")(lambda a: each_of(values([a.body], "errorCode"), is_number))
check(-12104, "error")(lambda a: unless(is_text(a.body.get("title")), a.body.get("title")))
check(-12105, "error")(lambda a: unless(isinstance(a.body.get("description"), list), a.body.get("description")))
check(-12106, "error")(lambda a: each_of(listed(a.body, "description"), is_text))
check(-12107, "error")(lambda a: unless(is_texts(a.body.get("rdapConformance")), a.body.get("rdapConformance")))
check(-12108, "error")(lambda a: unless(a.body.get("errorCode") == a.status, a.body.get("errorCode")))

HELP_MEMBERS = {"rdapConformance", "notices", "lang", "reverse_search_properties"}
check(-12501, "help")(lambda a: unknown_keys([a.body], HELP_MEMBERS))
check(-12502, "help")(lambda a: twice([a.body]))
check(-12504, "help")(lambda a: each_of(values([a.body], "lang"), is_language))
check(-12500, "help")(lambda a: unless("objectClassName" not in a.body and "errorCode" not in a.body, "no help"))


@check(-20701, "help")
def help_says_something(a):
    yield from unless(is_objects(a.body.get("notices")) and a.body["notices"], "no notices")
    yield from unless(is_texts(a.body.get("rdapConformance")), "no rdapConformance")


RESULTS = {"domains": "domainSearchResults", "nameservers": "nameserverSearchResults",
           "entities": "entitySearchResults"}
check(-12600, *SEARCHES)(lambda a: each_of(values([a.body], RESULTS[a.kind]), is_objects))
check(-12601, *SEARCHES)(lambda a: unknown_keys([a.body], TOPMOST | {RESULTS[a.kind], "remarks"}))
check(-12602, *SEARCHES)(lambda a: twice([a.body]))
check(-12604, *SEARCHES)(lambda a: unless(a.body.get(RESULTS[a.kind], [1]) != [], "nothing in it"))
check(-12610, *SEARCHES)(lambda a: unless(RESULTS[a.kind] in a.body, f"no {RESULTS[a.kind]}"))

# -- jCard --


def all_properties(a):
    return [each for card in cards(a.body) for each in card]


def is_property(each):
    if not isinstance(each, list) or len(each) < 4 or not all(map(is_text, (each[0], each[2]))):
        return False
    if not isinstance(each[1], dict) or each[0] != each[0].lower() or any(key != key.lower() for key in each[1]):
        return False
    return each[0] != "tel" or "type" in each[1]


@check(-12305)
def jcard(a):
    for value in everywhere(a, "vcardArray"):
        right = isinstance(value, list) and len(value) == 2 and value[0] == "vcard" and isinstance(value[1], list)
        yield from unless(right, value)
        if right:
            yield from each_of(value[1], is_property)
            yield from unless(value[1][:1] == [["version", {}, "text", "4.0"]], "the version is not first")
            yield from unless(properties(value[1], "fn"), "no fn")


ADDR_SPEC = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
check(-12320)(lambda a: each_of((each[3] for card in cards(a.body) for each in properties(card, "email")),
                                lambda text: is_text(text) and ADDR_SPEC.fullmatch(text)))


def addresses_of_cards(a):
    return [each for card in cards(a.body) for each in properties(card, "adr")]


def is_structured(each):
    parts = each[3]
    return (isinstance(parts, list) and len(parts) == 7
            and all(is_text(part) or (number == 2 and is_texts(part)) for number, part in enumerate(parts)))


check(-20800)(lambda a: each_of(addresses_of_cards(a), is_structured))
check(-62100)(lambda a: each_of(filter(is_structured, addresses_of_cards(a)), lambda each: each[3][6] == ""))
check(-62101)(lambda a: each_of(addresses_of_cards(a), lambda each: each[1].get("cc") in registered.COUNTRIES))
check(-20900)(lambda a: each_of((each for card in cards(a.body) for each in properties(card, "tel")),
                                lambda each: each[1].get("type") in ("voice", "fax")))

# -- notices of the profile --


def notice(a, title):
    return next((each for each in dicts(listed(a.body, "notices")) if each.get("title") == title), None)


def first_link(each, rel=None):
    for link in dicts(listed(each or {}, "links")):
        if rel is None or link.get("rel") == rel:
            return link
    return {}


def terms(a):
    return next((link for each in dicts(listed(a.body, "notices")) for link in dicts(listed(each, "links"))
                 if link.get("rel") == "terms-of-service"), None)


check(-61200)(lambda a: unless(terms(a) is not None, "no notice with terms of service"))
check(-61201)(lambda a: unless(terms(a) is None or is_web(terms(a).get("href")), terms(a)))
check(-61202)(lambda a: unless(terms(a) is None or terms(a).get("value") == a.url, terms(a)))


def add_notice(codes, title, description, href, rel):
    present, text, has_links, address, relation, value = codes
    check(present, "domain")(lambda a: unless(notice(a, title) is not None, f"no notice {title}"))

    def of(a):
        return notice(a, title) or {}
    check(text, "domain")(lambda a: unless(not of(a) or of(a).get("description") == [description], of(a)))
    check(has_links, "domain")(lambda a: unless(not of(a) or first_link(of(a)), "no links"))

    def about(key, right):
        def look(a):
            link = first_link(of(a))
            return unless(not link or link.get(key) == (right or a.url), link)
        return look
    check(address, "domain")(about("href", href))
    check(relation, "domain")(about("rel", rel))
    check(value, "domain")(about("value", None))


add_notice(range(-46601, -46607, -1), "Status Codes",
           "For more information on domain status codes, please visit https://icann.org/epp", "https://icann.org/epp",
           "glossary")
add_notice(range(-46701, -46707, -1), "RDDS Inaccuracy Complaint Form",
           "URL of the ICANN RDDS Inaccuracy Complaint Form: https://icann.org/wicf", "https://icann.org/wicf", "help")

# -- registrar and referral --


def registrar(a):
    if a.kind == "entity":
        return a.body if listed(a.body, "roles")[:1] == ["registrar"] else None
    return entity_of(a.body, "registrar")


def registrars(a):
    return [each for each in dicts(listed(a.body, "entities")) if "registrar" in listed(each, "roles")]


def registrar_id(a):
    """Of publicIds."""
    found = registrar(a)
    return next((each.get("identifier") for each in dicts(listed(found or {}, "publicIds"))
                 if each.get("type") == "IANA Registrar ID"), None)


def number_of(text):
    return int(text) if is_positive_integer(text) else None


def for_the_registry_itself(text):
    return number_of(text) is not None and 9994 <= number_of(text) <= 9999


def iana_base(a):
    return a.known.registrars.get(number_of(registrar_id(a)))


def related(a):
    return next((each for each in dicts(listed(a.body, "links")) if each.get("rel") == "related"), None)


@check(-23200, "domain")
def referral(a):
    found = related(a)
    if for_the_registry_itself(registrar_id(a)):
        yield from unless(found is None, "referral for an ID without RDAP")
    else:
        yield from unless(found and found.get("type") == "application/rdap+json", found)


check(-23201, *LOOKUPS)(lambda a: unless(any(each.get("value") == a.url for each in dicts(listed(a.body, "links"))),
                                         "no link of this answer"))
check(-23202, "domain")(lambda a: unless(
    related(a) is None or (is_text(related(a).get("href")) and
                           re.fullmatch(r"https?://[^/]+/(.*/)?domain/" + re.escape(a.body.get("ldhName", "")),
                                        related(a)["href"])), related(a)))


@check(-26103, "domain")
def referral_below_the_base(a):
    """The tool itself looks for .../domain/ in IANA's list and so reports what is right."""
    base = iana_base(a)
    return unless(related(a) is None or base is None or related(a).get("href", "").startswith(base), related(a))


check(-26100, "domain", "entity")(lambda a: unless(registrar(a) is None or registrar_id(a) is not None, "no identifier"))
check(-26101, "domain", "entity")(lambda a: unless(
    number_of(registrar_id(a)) is None or for_the_registry_itself(registrar_id(a)) or iana_base(a) is not None,
    registrar_id(a)))
check(-26102, "domain", "entity")(lambda a: unless(iana_base(a) is None or iana_base(a).startswith("https://"),
                                                   iana_base(a)))
check(-23300, "domain", "entity")(lambda a: unless(registrar(a) is None or registrar(a).get("publicIds"),
                                                   "no publicIds"))
check(-23301, "domain", "entity")(lambda a: unless(registrar_id(a) is None or is_positive_integer(registrar_id(a)),
                                                   registrar_id(a)))
check(-47300, "domain")(lambda a: unless(registrars(a), "no registrar"))
check(-47301, "domain")(lambda a: unless(len(registrars(a)) <= 1, "several registrars"))
check(-47302, "domain")(lambda a: unless(registrar(a) is None or value_of(card_of(registrar(a)), "fn"), "no fn"))
check(-47400, "domain")(lambda a: unless(registrar(a) is None or registrar_id(a) is not None, "no publicIds"))
check(-47401, "domain")(lambda a: unless(registrar_id(a) is None or is_positive_integer(registrar_id(a)),
                                         registrar_id(a)))
check(-47402, "domain")(lambda a: unless(registrar(a) is None or is_positive_integer(registrar(a).get("handle")),
                                         registrar(a) and registrar(a).get("handle")))
check(-47403, "domain")(lambda a: unless(registrar_id(a) is None or registrar(a).get("handle") == registrar_id(a),
                                         registrar_id(a)))
check(-47404, "domain")(lambda a: unless(
    registrar(a) is None or number_of(registrar(a).get("handle")) is None
    or for_the_registry_itself(registrar(a).get("handle"))
    or number_of(registrar(a)["handle"]) in a.known.registrars, registrar(a) and registrar(a).get("handle")))


@check(-47500, "domain")
def abuse_contact(a):
    found = registrar(a)
    if found is None:
        return
    abuse = next((each for each in dicts(listed(found, "entities")) if "abuse" in listed(each, "roles")), None)
    yield from unless(abuse is not None, "none")
    yield from unless(abuse is None or properties(card_of(abuse), "tel"), "no tel")
    yield from unless(abuse is None or properties(card_of(abuse), "email"), "no email")


def about(a):
    return first_link(registrar(a), "about")


check(-47700, "domain")(lambda a: unless(registrar(a) is None or about(a), "no link to the registrar's site"))
check(-47701, "domain")(lambda a: unless(not about(a) or iana_base(a) is None or about(a).get("value") == iana_base(a),
                                         about(a)))
check(-47702, "domain")(lambda a: unless(
    not about(a) or (is_web(about(a).get("value")) and about(a)["value"].startswith("https://")), about(a)))
check(-47703, "domain")(lambda a: unless(not about(a) or is_web(about(a).get("href")), about(a)))

# -- domains --

check(-43100, *LOOKUPS)(lambda a: unless(
    "last update of RDAP database" in values(listed(a.body, "events"), "eventAction"), "no such event"))
check(-46100, "domain")(lambda a: unless("ldhName" in a.body, "no ldhName"))
check(-46101, "domain")(lambda a: unless(not a.names_unicode or "unicodeName" in a.body, "asked by U-label"))
check(-46200, "domain")(lambda a: each_of(values([a.body], "handle"), is_roid))
check(-46201, "domain")(lambda a: each_of(values([a.body], "handle"), has_known_repository(a)))
check(-46205, "domain")(lambda a: each_of(values([a.body], "handle"), not_for_tests))
check(-46300, "domain")(lambda a: unless("registration" in values(listed(a.body, "events"), "eventAction"), "none"))
check(-46400, "domain")(lambda a: unless("expiration" in values(listed(a.body, "events"), "eventAction"), "none"))
check(-46800, "domain")(lambda a: unless(isinstance(a.body.get("secureDNS"), dict), "no secureDNS"))
check(-46801, "domain")(lambda a: unless(is_bool(dict(a.body.get("secureDNS") or {}).get("delegationSigned")), "no bool"))
check(-46802, "domain")(lambda a: signed_by_something(a))
check(-47100, "domain")(lambda a: unless(listed(a.body, "status"), "no status"))

PENDING = ("pending create", "pending delete", "pending renew", "pending transfer", "pending update")


def clashes(words):
    """RFC 5731 section 2.3 and RFC 3915, of RDAP's words."""
    words = set(words)
    if "active" in words:
        yield from (f"active with {word}" for word in sorted(words)
                    if word == "inactive" or word.startswith("pending") or word.endswith(("prohibited", "hold")))
    for verb in ("delete", "renew", "transfer", "update"):
        for who in ("client", "server"):
            if f"pending {verb}" in words and f"{who} {verb} prohibited" in words:
                yield f"pending {verb} with {who} {verb} prohibited"
    if len(words & set(PENDING)) > 1:
        yield "several pending values"
    if {"redemption period", "pending restore"} <= words:
        yield "redemption period with pending restore"


check(-46900, "domain")(lambda a: clashes(listed(a.body, "status")))


def only_beside_pending_delete(code, word):
    @check(code, "domain")
    def _(a):
        words = listed(a.body, "status")
        return unless(word not in words or "pending delete" in words, words)


only_beside_pending_delete(-47001, "redemption period")
only_beside_pending_delete(-47002, "pending restore")


def name_servers(a):
    return dicts(listed(a.body, "nameservers"))


check(-47200, "domain")(lambda a: map(str, lacking(name_servers(a), "ldhName")))
check(-47201, "domain")(lambda a: each_of(values(name_servers(a), "handle"), is_roid))
check(-47202, "domain")(lambda a: each_of(values(name_servers(a), "handle"), has_known_repository(a)))
check(-47205, "domain")(lambda a: each_of(values(name_servers(a), "handle"), not_for_tests))


def add_handles(syntax, repository, *role_words):
    def handles(a):
        return [handle for role in role_words for handle in values([entity_of(a.body, role)], "handle")]
    check(syntax, "domain")(lambda a: each_of(handles(a), is_roid))
    check(repository, "domain")(lambda a: each_of(handles(a), has_known_repository(a)))


add_handles(-47600, -47601, "administrative", "billing")
add_handles(-63100, -63101, "registrant")
add_handles(-65700, -65701, "technical")

# -- name servers --

check(-49100, "nameserver")(lambda a: unless("ldhName" in a.body, "no ldhName"))
check(-49101, "nameserver")(lambda a: unless(not a.names_unicode or "unicodeName" in a.body, "asked by U-label"))
check(-49102, "nameserver")(lambda a: each_of(values([a.body], "handle"), is_roid))
check(-49103, "nameserver")(lambda a: each_of(values([a.body], "handle"), has_known_repository(a)))
check(-49104, "nameserver")(lambda a: each_of(values([a.body], "handle"), not_for_tests))


def has_no_registrar(a):
    return registrar(a) is None or registrar(a).get("handle") == "not applicable"


check(-49200, "nameserver")(lambda a: unless(has_no_registrar(a) or registrar_id(a) is not None, "no publicIds"))
check(-49201, "nameserver")(lambda a: unless(has_no_registrar(a) or is_positive_integer(registrar_id(a)),
                                             registrar_id(a)))
check(-49202, "nameserver")(lambda a: unless(has_no_registrar(a) or is_positive_integer(registrar(a).get("handle")),
                                             "handle"))
check(-49203, "nameserver")(lambda a: unless(has_no_registrar(a) or registrar(a).get("handle") == registrar_id(a),
                                             "handle and identifier differ"))
check(-49204, "nameserver")(lambda a: unless(
    has_no_registrar(a) or for_the_registry_itself(registrar_id(a)) or number_of(registrar_id(a)) is None
    or number_of(registrar_id(a)) in a.known.registrars, registrar_id(a)))
check(-49205, "nameserver")(lambda a: unless(
    registrar(a) is None or registrar(a).get("handle") != "not applicable" or "publicIds" not in registrar(a),
    "not applicable, but publicIds"))


@check(-49300, "nameserver", "nameservers")
def host_statuses(a):
    for host in objects(a.body, "nameserver"):
        words = listed(host, "status")
        if "active" in words and len(words) > 1:
            yield f"active with others: {words}"
        yield from (text for text in clashes(words) if not text.startswith("active"))


# -- redaction --


def redactions(a):
    return dicts(listed(a.body, "redacted"))


@check(-62002)
def redacted_is_objects(a):
    return unless("redacted" not in a.body or is_objects(a.body["redacted"]), a.body.get("redacted"))


check(-62003)(lambda a: each_of(redactions(a), lambda each: isinstance(each.get("name"), dict)
                                and len({"type", "description"} & set(each["name"])) == 1))
REDACTED_TEXTS = ("prePath", "postPath", "replacementPath", "pathLang", "method")
check(-62004)(lambda a: [f"{key}: {each[key]!r}" for each in redactions(a) for key in REDACTED_TEXTS
                         if key in each and not is_text(each[key])])
check(-62005)(lambda a: each_of(values(redactions(a), "reason"), lambda reason: isinstance(reason, dict)
                                and set(reason) <= {"lang", "type", "description"}))


def descriptions(a):
    return [each["name"].get("description") for each in redactions(a) if isinstance(each.get("name"), dict)]


NAMES_IN_ORDER = ("Registry Domain ID", "Registry Registrant ID", "Registrant Name", "Registrant Organization",
                  "Registrant Street", "Registrant City", "Registrant Postal Code", "Registrant Phone",
                  "Registrant Phone Ext", "Registrant Fax", "Registrant Fax Ext", "Registrant Email",
                  "Registry Tech ID", "Tech Name", "Tech Phone", "Tech Phone Ext", "Tech Email")
for _number, _name in enumerate(NAMES_IN_ORDER):
    check(-65800 - _number)(lambda a, name=_name: unless(name not in descriptions(a), name))


def redaction(a, name):
    return next((each for each in redactions(a)
                 if isinstance(each.get("name"), dict) and each["name"].get("type") == name), None)


def finds(a, path):
    try:
        return find(a.body, path)
    except ValueError:
        return None


R, T = "registrant", "technical"


def part_of(a, role, part):
    """What is shown of it: None, or a true value."""
    if role is None:
        return a.body.get("handle")
    entity = entity_of(a.body, role)
    if entity is None:
        return None
    card = card_of(entity)
    if part == "handle":
        return entity.get("handle")
    if isinstance(part, int):
        adr = value_of(card, "adr")
        return adr[part] if isinstance(adr, list) and len(adr) == 7 else None
    if part in ("voice", "fax"):
        return next((each for each in properties(card, "tel") if each[1].get("type") == part), None)
    return value_of(card, part) or None


def extension_of(a, role, part):
    found = part_of(a, role, part)
    return found if found is not None and ";ext=" in str(found[3]) else None


# name, method, role, part, codes: missing, bad path, path's result, method, listed though shown.
REDACTION_CODES = (
    ("Registry Domain ID", "removal", None, "handle", (-46202, -46203, None, -46204, -46206)),
    ("Registry Registrant ID", "removal", R, "handle", (-63102, -63103, -63104, -63105, -63106)),
    ("Registrant Name", "emptyValue", R, "fn", (-63201, -63202, -63203, -63204, -63205)),
    ("Registrant Organization", "removal", R, "org", (None, -63301, -63302, -63303, -63304)),
    ("Registrant Street", "emptyValue", R, 2, (-63401, -63402, -63403, -63404, -63405)),
    ("Registrant City", "emptyValue", R, 3, (-63501, -63502, -63503, -63504, -63505)),
    ("Registrant Postal Code", "emptyValue", R, 5, (-63601, -63602, -63603, -63604, -63605)),
    ("Registrant Phone", "removal", R, "voice", (-63700, -63701, -63702, -63703, -63704)),
    ("Registrant Phone Ext", "removal", R, "voice", (None, -63800, -63801, -63802, None)),
    ("Registrant Fax", "removal", R, "fax", (None, -63900, -63901, -63902, None)),
    ("Registrant Fax Ext", "removal", R, "fax", (None, -64000, -64001, -64002, None)),
    ("Registrant Email", "removal", R, "email", (-65400, -65401, -65402, -65403, -65404)),
    ("Registry Tech ID", "removal", T, "handle", (-65703, -65704, -65705, -65706, -65702)),
    ("Tech Name", "emptyValue", T, "fn", (-65001, -65002, -65003, -65004, -65005)),
    ("Tech Phone", "removal", T, "voice", (-65100, -65101, -65102, -65103, -65104)),
    ("Tech Email", "removal", T, "email", (None, -65500, -65501, -65502, -65503)),
)


def add_redaction(name, method, role, part, codes):
    missing, bad_path, result, wrong_method, though_shown = codes
    member = "prePath" if method == "removal" else "postPath"

    def is_there(a):
        return role is None or entity_of(a.body, role) is not None

    def path_of(a):
        entry = redaction(a, name)
        return None if entry is None else entry.get(member)

    def looks(code, look):
        if code is not None:
            check(code, "domain")(look)

    looks(missing, lambda a: unless(not is_there(a) or part_of(a, role, part) or redaction(a, name), name))
    if role is None:  # exactly this path
        looks(bad_path, lambda a: unless(redaction(a, name) is None or path_of(a) == "$.handle", path_of(a)))
    else:
        looks(bad_path, lambda a: unless(redaction(a, name) is None or finds(a, path_of(a)) is not None, path_of(a)))

    def look_at_result(a):
        found = finds(a, path_of(a))
        if redaction(a, name) is None or found is None:
            return ()
        return unless(found == [] if method == "removal" else found != [], f"{path_of(a)} finds {found}")
    looks(result, look_at_result)
    looks(wrong_method, lambda a: unless(redaction(a, name) is None or redaction(a, name).get("method") == method,
                                         redaction(a, name)))
    looks(though_shown, lambda a: unless(redaction(a, name) is None or not part_of(a, role, part), name))


for _row in REDACTION_CODES:
    add_redaction(*_row)


def add_text(code, part):
    @check(code, "domain")
    def _(a):
        found = part_of(a, R, part)
        return unless(found is None or is_text(found) or (part == 2 and is_texts(found)), found)


add_text(-63400, 2)
add_text(-63500, 3)
add_text(-63600, 5)


def add_full_name(code, role):
    @check(code, "domain")
    def _(a):
        entity = entity_of(a.body, role)
        return unless(entity is None or properties(card_of(entity), "fn"), "no fn")


add_full_name(-63200, R)
add_full_name(-65000, T)


def unregistered_redactions(a):
    """No code has it: a name that is not registered, and a part listed twice."""
    names = [each["name"].get("type") for each in redactions(a) if isinstance(each.get("name"), dict)]
    return [name for name in names if name not in registered.REDACTED_NAMES] + repeats(names)


def last_members(path):
    return last_key(path)
