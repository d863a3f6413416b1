"""Checks of HTTP and of what all answers have in common: rdapConformance, links, notices, events, status and the like."""

from rdap import registered
from rdap.answer import listed, objects, of_member, walk
from rdap.checking import (
    ALL, LOOKUPS, check, dicts, each_of, everywhere, has_good_host, has_good_syntax, is_date, is_language, is_ldh,
    is_objects, is_text, is_web, lacking, repeats, twice, unknown_keys, unless, uri, values)

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
