"""Checks of what the kinds of answers are made of: addresses, names, variants, secureDNS, members, jCard."""

import ipaddress
import re

from rdap import registered
from rdap.answer import cards, listed, objects, of_member, properties
from rdap.checking import (
    SEARCHES, a_label, check, dicts, each_of, everywhere, is_bool, is_language, is_ldh, is_number, is_objects, is_text,
    is_texts, is_unicode, lacking, twice, unknown_keys, unless, values)
from rdap.check_common import add_structure

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
        return len(a_label(label))
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
            not label.startswith("xn--") or a_label(label[4:].encode().decode("punycode")) == label
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
                    ascii_name = ".".join(map(a_label, each["unicodeName"].split(".")))
                    yield from unless(ascii_name == each.get("ldhName"), f"{each['unicodeName']} is another name")


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
        found = {id(each) for member in RESULTS.values() for each in listed(a.body, member)}
        for each in objects(a.body, kind):
            # In answers to searches each object has its own list of redactions (RFC 9537 section 4).
            more = TOPMOST if each is a.body else {"redacted"} if id(each) in found else set()
            yield from unknown_keys([each], MEMBERS[kind] | more)

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
