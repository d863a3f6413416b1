"""A check for each code, which yields what is wrong with an answer, and the words that checks are written with."""

import dataclasses
import datetime
import ipaddress
import re
import unicodedata
import urllib.parse

from rdap.answer import walk

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


def a_label(label):
    """Of a U-label; UnicodeError if it cannot be one. Python's own codec is IDNA 2003, which knows no sharp s."""
    if label.isascii():
        return label
    if unicodedata.normalize("NFC", label.lower()) != label:
        raise UnicodeError(label)
    return "xn--" + label.encode("punycode").decode()


def is_unicode(name):
    if not is_text(name) or name.count(".") < 1 or name.endswith("."):
        return False
    try:
        return is_ldh(".".join(a_label(label) for label in name.split(".")))
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
