"""One RDAP answer as a client sees it, and ways to walk through its body."""

import dataclasses
import json
import re
import urllib.parse

# What a client may know of the world outside: registrars and their RDAP base URLs as IANA lists them, repository
# identifiers as IANA lists them.
@dataclasses.dataclass(frozen=True)
class Known:
    registrars: dict = dataclasses.field(default_factory=lambda: {3878: "https://rdap.registrar-one.example/"})
    repository_ids: frozenset = frozenset({"LROR"})


class Duplicate(dict):
    """A JSON object in which a key stood twice: `keys_twice`."""

    keys_twice = ()


def parse(raw):
    def make(pairs):
        keys = [key for key, _ in pairs]
        made = Duplicate(pairs)
        made.keys_twice = sorted({key for key in keys if keys.count(key) > 1})
        return made

    return json.loads(raw.decode("utf-8"), object_pairs_hook=make)


@dataclasses.dataclass
class Answer:
    kind: str  # domain, nameserver, entity, help, nameservers, domains, entities or error: what was asked for
    url: str  # that was asked, as the public writes it
    status: int
    headers: list  # of pairs
    raw: bytes
    known: Known = dataclasses.field(default_factory=Known)

    def __post_init__(self):
        try:
            self.body = parse(self.raw)
        except ValueError:
            self.body = None

    @property
    def query(self):
        """The name or handle that was asked for."""
        path = urllib.parse.urlsplit(self.url).path
        return urllib.parse.unquote(path.rsplit("/", 1)[-1])

    def header(self, name):
        """All values of it, joined."""
        return ", ".join(value for key, value in self.headers if key.lower() == name.lower())

    @property
    def names_unicode(self):
        return any(ord(c) > 127 for c in self.query)


def walk(value, path=()):
    """Every object in it, with the keys that lead there."""
    if isinstance(value, dict):
        yield value, path
        for key, inner in value.items():
            yield from walk(inner, path + (key,))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from walk(inner, path + (number,))


def last_key(path):
    """The last that is no number."""
    return next((key for key in reversed(path) if isinstance(key, str)), "")


def listed(value, key):
    """The elements of its member, if that is an array."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def of_member(body, *keys):
    """Every object that is an element or the value of one of these members, wherever they stand."""
    for value, path in walk(body):
        if last_key(path) in keys and path and (path[-1] in keys or path[-2] in keys):
            yield value


def objects(body, kind):
    """Every domain, nameserver or entity, the topmost one too."""
    members = {"domain": ("domainSearchResults",), "nameserver": ("nameservers", "nameserverSearchResults"),
               "entity": ("entities", "entitySearchResults")}[kind]
    for value, path in walk(body):
        if not path:
            if value.get("objectClassName") == kind:
                yield value
        elif len(path) >= 2 and path[-2] in members:
            yield value


def cards(body):
    """Every list of jCard properties."""
    for value, _ in walk(body):
        card = value.get("vcardArray")
        if isinstance(card, list) and len(card) == 2 and isinstance(card[1], list):
            yield card[1]


def properties(card, name):
    return [each for each in card if isinstance(each, list) and len(each) >= 4 and each[0] == name]


def card_of(entity):
    return next(cards({"vcardArray": entity.get("vcardArray")}), []) if isinstance(entity, dict) else []


def value_of(card, name):
    found = properties(card, name)
    return found[0][3] if found else None


def entity_of(body, role):
    """The first of the topmost object's entities whose first role it is."""
    for entity in listed(body, "entities"):
        if isinstance(entity, dict) and listed(entity, "roles")[:1] == [role]:
            return entity
    return None


# -- the paths of RFC 9537, in the forms that the profile uses --

_STEP = re.compile(r"""
    \.(?P<name>\w+) | \[(?P<index>\d+)\] | \[\?\(@(?P<inner>(?:\.\w+|\[\d+\])+)=='(?P<text>[^']*)'\)\]""", re.X)


def _steps(path):
    at = 0
    while at < len(path):
        step = _STEP.match(path, at)
        if step is None:
            raise ValueError(f"not a path of the known forms: {path}")
        yield step
        at = step.end()


def find(body, path):
    """Everything that the path finds. ValueError: it has another form."""
    if not isinstance(path, str) or not path.startswith("$"):
        raise ValueError(f"not a path: {path!r}")
    found = [body]
    for step in _steps(path[1:]):
        found = [inner for value in found for inner in _take(value, step)]
    return found


def _take(value, step):
    if step["name"] is not None:
        return [value[step["name"]]] if isinstance(value, dict) and step["name"] in value else []
    if step["index"] is not None:
        index = int(step["index"])
        return [value[index]] if isinstance(value, list) and index < len(value) else []
    elements = value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []
    return [element for element in elements if find(element, "$" + step["inner"]) == [step["text"]]]
