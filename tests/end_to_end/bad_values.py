"""For each type of the object mappings: a good value, and bad ones with their result codes (docs/EPP.md)."""

from frame_tree import Value

SYNTAX, RANGE = 2005, 2004
WEIRD = [
    ("markup", "<a/>&amp;"),
    ("statement", "a'; DROP TABLE domains; --"),
    ("path", "../../../etc/passwd"),
    ("replacement character", "\ufffd"),
    ("right to left", "\u202egro.a"),
    ("zero width", "a\u200bb.org"),
    ("next line", "a\u0085b.org"),
    ("supplementary plane", "\U0001f600.org"),
]
MALFORMED_NAMES = [
    ("one label", "label"),
    ("empty label", "a..org"),
    ("dot first", ".a.org"),
    ("dot last", "a.org."),
    ("hyphen first", "-a.org"),
    ("hyphen last", "a-.org"),
    ("underscore", "a_b.org"),
    ("wildcard", "*.org"),
    ("space within", "a b.org"),
    ("label of 64", "l" * 64 + ".org"),
    ("254 characters", ".".join(["l" * 62] * 4)[:250] + ".org"),
    ("hyphens in 3 and 4", "ab--cd.org"),
    ("no Punycode", "xn--zzzz.org"),
    ("Punycode of ASCII", "xn--abc-.org"),
    ("U-label", "m\u00fcller.org"),
    ("ideographic full stop", "a\u3002org"),
    ("IPv4 address", "192.0.2.1"),
    ("IPv6 address", "2001:db8::1"),
    ("URL", "http://a.org/"),
    *WEIRD,
]


def _all(pairs, code):
    return [(what, text, code) for what, text in pairs]


EMPTY = [("empty", ""), ("blank", " \t ")]


def name(good, *more):
    """A domain's or host's name; `more` depends on the command: unknown, another's, ..."""
    return Value(good, _all(EMPTY + MALFORMED_NAMES + [("10000 characters", "a" * 10000)], SYNTAX) + list(more))


def asked_name(good):
    """Of a check: a name that is malformed is not available."""
    return Value(good, _all(EMPTY + [("256 characters", "a" * 252 + ".org")], SYNTAX) + _all(MALFORMED_NAMES, 1000))


def contact_id(good, *more):
    bad = EMPTY + [("two characters", "ab"), ("17 characters", "c" * 17), ("control", "ab\u0085cd"),
                   ("10000 characters", "c" * 10000), ("two characters, not ASCII", "\u00fc\u00e4")]
    return Value(good, _all(bad, SYNTAX) + list(more))


def number(good, least, most):
    bad = EMPTY + [("word", "one"), ("fraction", "1.5"), ("exponent", "1e1"), ("hexadecimal", "0x1"), ("two", "1 1"),
                   ("comma", "1,000"), ("Arabic digit", "\u0661"), ("sign alone", "-"), ("superscript", "\u00b9")]
    beyond = [("below", str(least - 1)), ("above", str(most + 1)), ("beyond 64 bits", "9" * 40),
              ("below 64 bits", "-" + "9" * 40)]
    return Value(good, _all(bad, SYNTAX) + _all(beyond, RANGE))


UNIT = Value("y", [("months", "m", 2102), ("days", "d", 2001), ("capital", "Y", 2001), ("empty", "", 2001)], 2001)


def date(good):
    bad = EMPTY + [("word", "today"), ("30 February", "2027-02-30"), ("month 13", "2027-13-01"),
                   ("day 0", "2027-01-00"), ("one digit", "2027-1-1"), ("without hyphens", "20270101"),
                   ("with a time", "2027-01-01T00:00:00Z"),
                   ("order of days", "01-01-2027"), ("Arabic digits", "\u0662\u0660\u0662\u0667-01-01"),
                   ("zone +15:00", "2027-01-01+15:00"), ("year 0", "0000-01-01"),
                   ("too long", "2027-01-01" + "0" * 100)]
    other = [("another day", "2020-01-01"), ("another zone", good + "+05:00"), ("year 9999", "9999-12-31")]
    return Value(good, _all(bad, SYNTAX) + _all(other, RANGE))


def choice(good, missing=2001, *more):
    """An attribute with fixed values."""
    bad = [("empty", ""), ("unknown", "bogus"), ("capitals", good.upper()), ("not ASCII", good + "\u00fc")]
    return Value(good, _all(bad, 2001) + list(more), missing)


def status(good, *more):
    client_may_not = [(name, name) for name in ("serverUpdateProhibited", "ok", "pendingDelete", "pendingTransfer")]
    bad = [("empty", ""), ("unknown", "clientBogus"), ("capitals", good.upper()), ("not ASCII", good + "\u00fc"),
           ("10000 characters", "s" * 10000)]
    return Value(good, _all(bad, SYNTAX) + _all(client_may_not, RANGE) + list(more), 2001)


LANGUAGE = Value("en", _all([("empty", ""), ("underscore", "en_US"), ("nine letters", "englishes"),
                             ("not ASCII", "\u00fc")], 2001))


def address(good, *more):
    v6 = ":" in good
    bad = EMPTY + [("word", "localhost"), ("three octets", "192.0.2"), ("five octets", "192.0.2.1.1"),
                   ("octet 256", "192.0.2.256"), ("two gaps", "2001:db8::1::2"), ("nine groups", "1:2:3:4:5:6:7:8:9"),
                   ("with a zone", "fe80::1%eth0"), ("with a prefix length", "192.0.2.0/24"),
                   ("with a port", "192.0.2.1:53"),
                   ("Arabic digits", "\u0661.\u0661.\u0661.\u0661"), ("10000 characters", "1" * 10000),
                   ("other family", "192.0.2.7" if v6 else "2001:db8::7")]
    unusable = ["::", "::1", "fe80::1", "ff02::1", "::ffff:192.0.2.1"] if v6 else [
        "0.0.0.0", "127.0.0.1", "169.254.0.1", "224.0.0.1", "255.255.255.255"]
    return Value(good, _all(bad, SYNTAX) + [("unusable " + a, a, RANGE) for a in unusable] + list(more))


def family(good):
    return Value(good, _all([("empty", ""), ("unknown", "v5"), ("capitals", good.upper())], 2001))


def password(good, *more):
    """Of an authInfo. Empty is fine where it is set."""
    return Value(good, [("129 characters", "x" * 129, SYNTAX), ("control", "a\u0085" * 20, SYNTAX), *more])


def roid(good, *more):
    bad = [("empty", ""), ("no hyphen", "D1PTL"), ("nothing before", "-PTL"), ("nothing behind", "D1-"),
           ("nine characters behind", "D1-REPOSITOR"), ("81 characters before", "D" * 81 + "-PTL"),
           ("space", "D 1-PTL"),
           ("two hyphens", "D1-PTL-X")]
    return Value(good, _all(bad, SYNTAX) + list(more))


def login_password(good):
    return Value(good, _all(EMPTY + [("5 characters", "abc-1"), ("17 characters", "abcdefgh-12345678"),
                                     ("10000 characters", "a" * 10000)], SYNTAX))


CLIENT_TRANSACTION = _all(EMPTY + [("two characters", "ab"), ("65 characters", "c" * 65),
                                   ("10000 characters", "c" * 10000)], SYNTAX)

EMAIL = Value("jdoe@example.com", _all(EMPTY + [
    ("no at", "example.com"), ("no local part", "@example.com"), ("no domain", "jdoe@"), ("two ats", "a@b@example.com"),
    ("one label", "jdoe@example"), ("space", "j doe@example.com"), ("dot first", ".j@example.com"),
    ("two dots", "j..d@example.com"), ("local part of 65", "x" * 65 + "@example.com"), ("10000", "x" * 10000),
    ("not ASCII", "j\u00fc@example.com"), ("comma", "a@example.com,b@example.com"), ("name", "J <j@example.com>"),
    ("next line", "j\u0085@example.com"), ("domain malformed", "j@-example.com")], SYNTAX))


def phone():
    bad = EMPTY + [("no plus", "1.7035555555"), ("no dot", "+17035555555"), ("no country", "+.7035555555"),
                   ("no number", "+1."), ("country of 4", "+1234.1"), ("15 digits", "+1.123456789012345"),
                   ("letters", "+1.CALLME"), ("hyphens", "+1.703-555"), ("Arabic digits", "+1.\u0661\u0661"),
                   ("10000", "+1." + "1" * 10000), ("two dots", "+1.703.555")]
    return Value("+1.7035555555", _all(bad, SYNTAX))


def extension():
    bad = [("letters", "abc"), ("16 digits", "1" * 16), ("sign", "+1"), ("not ASCII", "\u0661")]
    return Value("1234", _all(bad, SYNTAX))


COUNTRY = _all(EMPTY + [("unassigned", "XX"), ("one letter", "U"), ("three letters", "USA"), ("small", "us"),
                        ("digits", "12"), ("not ASCII", "\u00dcS"), ("full width", "\uff35\uff33")], SYNTAX)


def postal(good, longest=255, *, international=True, required=True):
    bad = [(f"{longest + 1} characters", "x" * (longest + 1)), ("control", "a\u0085b")]
    bad += EMPTY if required else []
    bad += [("not ASCII", "M\u00fcnchen"), ("supplementary plane", "\U0001f600")] if international else []
    return Value(good, _all(bad, SYNTAX))


BOOLEAN_ATTRIBUTE = _all([("empty", ""), ("word", "maybe"), ("capitals", "TRUE"), ("two", "2")], 2001)

DIGEST = "49FD46E6C4B45C55D4AC69CBD3CD34AC1AFE51DE49FD46E6C4B45C55D4AC69CB"
HEX = Value(DIGEST, _all(EMPTY + [("odd length", DIGEST[1:]), ("shorter", DIGEST[2:]), ("longer", DIGEST + "00"),
                                  ("no hexadecimal", "Z" + DIGEST[1:]), ("10000", "0" * 10000),
                                  ("full width", "\uff10" * 64)], SYNTAX))


def ds_number(good, most, *unassigned):
    value = number(good, 0, most)
    value.bad += [(f"unassigned {n}", n, RANGE) for n in unassigned]
    return value
