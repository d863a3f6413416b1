"""Checks of the response profile and the technical guide: notices, registrar and referral, domains, name servers."""

import re

from rdap.answer import card_of, entity_of, listed, objects, properties, value_of
from rdap.checking import (
    LOOKUPS, check, dicts, each_of, has_known_repository, is_bool, is_positive_integer, is_roid, is_text, is_web,
    lacking, not_for_tests, unless, values)
from rdap.check_objects import signed_by_something

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
