"""Checks of the list of redactions, and rules that have no code."""

from rdap import registered
from rdap.answer import card_of, entity_of, find, listed, properties, value_of, walk
from rdap.checking import check, dicts, each_of, is_objects, is_text, is_texts, repeats, twice, unless, values

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


# -- rules that have no code --

EXTENSION_OF = {"redacted": "redacted", "paging_metadata": "paging", "sorting_metadata": "sorting",
                "subsetting_metadata": "subsetting", "reverse_search_properties": "reverse_search",
                "reverse_search_properties_mapping": "reverse_search"}


def nulls(value, path=()):
    if value is None:
        yield path
    for key, inner in (value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()):
        yield from nulls(inner, (*path, key))


def rules_without_a_code(a):
    """What is wrong, as texts: names of redactions that are not registered, or listed twice; members of extensions that
    rdapConformance does not name; null instead of nothing; a key twice."""
    named = [each["name"] for each in redactions(a) if isinstance(each.get("name"), dict)]
    names = [name.get("type") or name.get("description") for name in named]
    yield from (f"redacted name {name['type']}" for name in named
                if "type" in name and name["type"] not in registered.REDACTED_NAMES)
    yield from (f"redacted twice: {name}" for name in repeats(names))
    yield from (f"{member} without {extension} in rdapConformance" for member, extension in EXTENSION_OF.items()
                if member in a.body and extension not in listed(a.body, "rdapConformance"))
    yield from (f"null at {path}" for path in nulls(a.body))
    yield from (f"twice: {key}" for key in twice(value for value, _ in walk(a.body)))
