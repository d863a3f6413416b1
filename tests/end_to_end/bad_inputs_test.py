"""Every element and attribute of every command, spoiled in each way that its type and place allow (spoiled_frames.py)."""

import json
import unittest

import bad_values as values
import epp_client as epp
import postel
import result_rows as rows
from frame_tree import Value
from spoiled_frames import (CONTACT_PASSWORD, OPTIONAL, PASSWORD, REPEATED, SpoiledFrames, another, contact, domain,
                            frame, host, listed, on_object, plain, rgp, sec_dns, token, unknown)


def ds_data(key_tag, form=None, **more):
    return sec_dns("dsData", [
        sec_dns("keyTag", values.number(str(key_tag), 0, 65535)),
        sec_dns("alg", values.ds_number("13", 255, "0", "11", "255")),
        sec_dns("digestType", values.ds_number("2", 255, "0", "99", "255")),
        sec_dns("digest", values.HEX),
    ], form, **more)


def auth_info(mapping, password, form=None, roid=None, null=False):
    outer = f"{mapping.prefix}:authInfo"
    pw = mapping("pw", password, roid=roid) if roid else mapping("pw", password)
    instead = [("ext", f"<{outer}><{mapping.prefix}:ext/></{outer}>", 2102), ("empty", f"<{outer}/>", 2001),
               ("null", f"<{outer}><{mapping.prefix}:null>x</{mapping.prefix}:null></{outer}>", 2001)]
    if not null:
        instead.append(("null", f"<{outer}><{mapping.prefix}:null/></{outer}>", 2001))
    return mapping("authInfo", [pw], form, instead)


def period(form=OPTIONAL):
    return domain("period", values.number("1", 1, 10), form, unit=values.UNIT)


def hosts(*names):
    """A <domain:ns>."""
    objects = [domain("hostObj", values.name(name, *more), {"twice": 2306}) for name, *more in names]
    if len(names) > 1:
        objects[0].form = objects[1].form = REPEATED
    attribute = "<domain:hostAttr><domain:hostName>{}</domain:hostName>{}</domain:hostAttr>"
    ns = "<domain:ns>{}</domain:ns>"
    address = '<domain:hostAddr ip="v4">{}</domain:hostAddr>'
    return domain("ns", objects, OPTIONAL, [
        ("empty", "<domain:ns/>", 2001),
        ("host attributes", ns.format(attribute.format("ns9.example.net", "")), 2306),
        ("host attributes, name malformed", ns.format(attribute.format("-.example.net", "")), 2005),
        ("host attributes, address malformed", ns.format(attribute.format("n.example.net", address.format("x"))), 2005),
        ("host attributes, address unusable",
         ns.format(attribute.format("n.example.net", address.format("127.0.0.1"))), 2004),
        ("host attributes, order", ns.format(attribute.format("", address.format("192.0.2.1"))
                                             .replace("<domain:hostName></domain:hostName>", "")), 2001),
        ("101 hosts", ns.format("".join(f"<domain:hostObj>ns{n}.example.net</domain:hostObj>" for n in range(101))),
         2306),
    ])


def domain_contact(role, handle, *more):
    types = values.choice(role, 2003)
    return domain("contact", values.contact_id(handle, *more), REPEATED, type=types)


def a_status(mapping, name, form, *more):
    remark = Value("")
    return mapping("status", remark, form, s=values.status(name, *more), lang=values.LANGUAGE)


def postal_info(kind, form=None, changes=False):
    good = values.postal
    international = kind == "int"
    options = {"international": international}
    part = OPTIONAL if changes else None
    return contact("postalInfo", [
        contact("name", good("Jon Doe", **options), part),
        contact("org", good("Example Inc.", required=False, **options), OPTIONAL),
        contact("addr", [
            *(contact("street", good(line, required=False, **options), OPTIONAL)
              for line in ("1 Main St", "Suite 2", "Room 3")),
            contact("city", good("Dulles", **options)),
            contact("sp", good("VA", required=False, **options), OPTIONAL),
            contact("pc", good("20166", 16, required=False, **options), OPTIONAL),
            contact("cc", Value("US", values.COUNTRY)),
        ], part),
    ], form, type=values.choice(kind))


def contact_details(changes):
    """What create and update have in common."""
    infos = [postal_info(kind, OPTIONAL, changes) for kind in ("int", "loc")]
    for info, other in zip(infos, ("loc", "int")):
        info.instead = [("of the other's type", info.render().replace('type="int"', f'type="{other}"')
                         .replace('type="loc"', f'type="{other}"'), 2001)]
    disclosed = [contact(name, None, OPTIONAL, type=values.choice(kind))
                 for name in ("name", "org", "addr") for kind in ("int", "loc")]
    disclosed += [contact(name, None, OPTIONAL) for name in ("voice", "fax", "email")]
    return infos + [
        contact("voice", values.phone(), OPTIONAL, x=values.extension()),
        contact("fax", values.phone(), OPTIONAL, x=values.extension()),
        contact("email", values.EMAIL, OPTIONAL if changes else None),
        auth_info(contact, values.password(CONTACT_PASSWORD), OPTIONAL if changes else None, values.roid("C1-PTL")),
        contact("disclose", disclosed, OPTIONAL, flag=Value("0", values.BOOLEAN_ATTRIBUTE, 2001)),
    ]


class BadInputsTest(SpoiledFrames):
    # Sessions

    def login(self, new_password):
        account, password = postel.GOLD
        services = plain("svcs", [
            *(plain("objURI", Value(uri, [("unknown", "urn:example:object", 2307), ("empty", "", 2307),
                                          ("not ASCII", "urn:\u00fc", 2307)]), {"missing": None, "twice": None})
              for uri in epp.OBJECTS[:2]),
            plain("svcExtension", [
                plain("extURI", Value(uri, [("unknown", "urn:example:extension", 2103), ("empty", "", 2103)]),
                      {"missing": None, "twice": None}) for uri in epp.EXTENSIONS], OPTIONAL),
        ])
        return frame(plain("login", [
            plain("clID", values.contact_id(account)),
            plain("pw", values.login_password(password)),
            plain("newPW", values.login_password(new_password), OPTIONAL),
            plain("options", [
                plain("version", Value("1.0", listed(2100, "", "1", "1.1", "2.0", "1.0.0", "x"))),
                plain("lang", Value("en", listed(2102, "", "fr", "e", "en-XX-bogus", "\u00fc"))),
            ]),
            services,
        ]))

    def test_login(self):
        self.refuse_all(self.login(postel.GOLD[1]), 140, self.connect())

    def test_login_when_logged_in(self):
        for new_password in (postel.GOLD[1], "x"):
            self.expect(2002, self.gold.ask(self.login(new_password).render()))

    def test_logout(self):
        self.refuse_all(frame(plain("logout")), 20, self.log_in(), 1500)

    def test_poll(self):
        numbers = listed(2303, "999999", "0", "-1", "x", "1.0", "9" * 40, "\u0661", "01", "+1", "1 1")
        self.registry.cluster.sql("INSERT INTO poll_messages (registrar, queued, text, object_name) "
                                  "SELECT id, now(), 'x', '' FROM registrars WHERE handle IN ('gold', 'silver')")
        another_s, = self.registry.cluster.sql("SELECT max(p.id) FROM poll_messages p JOIN registrars r "
                                               "ON r.id = p.registrar WHERE r.handle = 'silver'")[0]
        self.refuse_all(frame(plain("poll", op=values.choice("req"))), 20, code=1301)
        number = self.gold.command(epp.POLL).all("epp:msgQ")[0].get("id")
        numbers += [("empty", "", 2003), another(another_s, 2303)]
        self.refuse_all(frame(plain("poll", op=values.choice("ack"), msgID=Value(number, numbers, 2003))), 30)

    # Domains

    def test_domain_check(self):
        tree = on_object(domain, "check", [domain("name", values.asked_name(n), {"missing": None, "twice": None})
                                           for n in ("free.org", "mine.org")])
        tree.children[0].children[0].children[0].instead = [
            ("no names", f'<domain:check xmlns:domain="{epp.NS["domain"]}"/>', 2001)]
        self.refuse_all(tree, 100)

    def test_domain_info(self):
        roids = {name: self.do(epp.info("domain", name)).text("domain:roid") for name in ("mine.org", "free-mine.org")}
        name = domain("name", values.name("mine.org", unknown("absent.org"), another("theirs.org", 2202),
                                          ("other TLD", "a.example", 2303), ("deeper", "a.mine.org", 2303)),
                      hosts=values.choice("all", None))
        wrong = listed(2202, "", "wrong-2fooBAR-and-more", PASSWORD[:-1], PASSWORD.lower())
        auth = auth_info(domain, values.password(PASSWORD, *wrong), OPTIONAL,
                         values.roid(roids["mine.org"], another(roids["free-mine.org"], 2202)))
        self.refuse_all(on_object(domain, "info", [name, auth]), 90)

    def test_domain_create(self):
        self.refuse_all(on_object(domain, "create", [
            domain("name", values.name("new.org", ("exists", "mine.org", 2302), another("theirs.org", 2302),
                                       ("other TLD", "new.example", 2306), ("deeper", "a.new.org", 2306),
                                       ("reserved", "nic.org", 2306))),
            period(),
            hosts(("ns1.mine.example", unknown("ns.absent.example")), ("ns2.mine.example", unknown("ns.absent.org"))),
            domain("registrant", values.contact_id("mine-1", unknown("absent")), {"missing": 2003}),
            domain_contact("admin", "mine-1", unknown("absent")),
            domain_contact("tech", "mine-2", unknown("absent")),
            auth_info(domain, values.password(PASSWORD), None, values.roid("D1-PTL")),
        ], sec_dns("create", [ds_data(1, REPEATED), ds_data(2, REPEATED)], instead=[
            *((f"maxSigLife {seconds}", rows.sec_dns(
                "create", f"<secDNS:maxSigLife>{seconds}</secDNS:maxSigLife>{rows.ds_data(1)}"), 2102)
              for seconds in (1, 0)),
            ("keyData", rows.sec_dns("create", rows.KEY_DATA), 2306),
            ("both", rows.sec_dns("create", rows.ds_data(1) + rows.KEY_DATA), 2001),
            ("of an update", rows.sec_dns("update", f"<secDNS:add>{rows.ds_data(1)}</secDNS:add>"), 2001),
            ("empty", rows.sec_dns("create", ""), 2001),
            ("rgp", rows.restore(), 2103),
            ("101 records", rows.sec_dns("create", rows.ds_data(*range(101))), 2306),
        ])), 350)

    def test_allocation_tokens(self):
        made = self.registry.ctl("--json", "token", "create", "--kind", "promotion", "--discount", "10", "--uses", "0")
        text = json.loads(made.stdout)[0]["token"]
        wrong = [("wrong", "wrong", 2201), ("in capitals", text.upper(), 2201), ("longer", text + "x", 2201),
                 ("10000 characters", "t" * 10000, 2201), *listed(2005, "", " \t ")]
        of_check = [(what, bad, 1000 if code == 2201 else code) for what, bad, code in wrong]
        instead = [("info", f'<allocationToken:info xmlns:allocationToken="{epp.NS["allocationToken"]}"/>', 2001)]

        def given(bad):
            return token("allocationToken", Value(text, bad), None, instead)

        self.refuse_all(on_object(domain, "check", [domain("name", Value("free.org"), {"twice": None})], given(of_check)), 40)
        self.refuse_all(on_object(domain, "create", [
            domain("name", Value("token.org")), domain("registrant", Value("mine-1"), {"missing": 2003}),
            domain("authInfo", [domain("pw", Value(PASSWORD))])], given(wrong)), 60)
        given_away = [("a token", epp.allocation_token(text), 2001)]
        info = token("info", [], None, given_away)
        self.do(epp.info("domain", "token.org"), epp.allocation_token_info())
        self.refuse_all(on_object(domain, "info", [domain("name", Value(
            "token.org", [("without a token", "mine.org", 2303), another("theirs.org")]))], info), 40)
        for verb, inner in (("renew", epp.domain_renew("mine.org", "2030-01-01")),
                            ("delete", epp.delete("domain", "absent.org")),
                            ("update", epp.domain_update("mine.org")),
                            ("host check", epp.check("host", "ns.free.example"))):
            with self.subTest(verb):
                self.do(inner, epp.allocation_token(text), 2103)

    def test_domain_update(self):
        self.do(epp.domain_update("mine.org", add=rows.status("domain", "clientDeleteProhibited")),
                rows.sec_dns("update", f"<secDNS:add>{rows.ds_data(1)}</secDNS:add>"))
        absent = ("not there", "spare.mine.example", 2306)
        update = on_object(domain, "update", [
            domain("name", values.name("mine.org", unknown("absent.org"), another("theirs.org"),
                                       ("other TLD", "mine.example", 2303), ("deeper", "a.mine.org", 2303))),
            domain("add", [
                hosts(("ns2.mine.example", unknown("ns.absent.example"), ("there", "ns1.mine.example", 2306))),
                domain_contact("billing", "mine-2", unknown("absent")),
                a_status(domain, "clientHold", REPEATED, ("there", "clientDeleteProhibited", 2306)),
            ], OPTIONAL),
            domain("rem", [
                hosts(("ns1.mine.example", unknown("ns.absent.example"), absent)),
                domain_contact("tech", "mine-1", unknown("absent"), ("not there", "mine-2", 2306)),
                a_status(domain, "clientDeleteProhibited", REPEATED, ("not there", "clientRenewProhibited", 2306)),
            ], OPTIONAL),
            domain("chg", [
                domain("registrant", values.contact_id("mine-2", unknown("absent")), OPTIONAL),
                auth_info(domain, values.password("Another-2fooBAR-and-more"), OPTIONAL, values.roid("D1-PTL"), True),
            ], OPTIONAL),
        ], sec_dns("update", [
            sec_dns("rem", [ds_data(1, {"twice": 2306})], OPTIONAL),
            sec_dns("add", [ds_data(2, {"twice": 2306})], OPTIONAL, [
                ("keyData", f"<secDNS:add>{rows.KEY_DATA}</secDNS:add>", 2306),
                ("maxSigLife", f"<secDNS:add><secDNS:maxSigLife>1</secDNS:maxSigLife>{rows.ds_data(2)}</secDNS:add>",
                 2102),
                ("what is there", f"<secDNS:add>{rows.ds_data(1)}</secDNS:add>", 2306)]),
        ], urgent=Value("false", listed(2102, "true", "1") + listed(2005, "", "maybe", "TRUE")), instead=[
            (f"all {text}", rows.sec_dns("update", f"<secDNS:rem><secDNS:all>{text}</secDNS:all></secDNS:rem>"), code)
            for text, code in (("maybe", 2005), ("", 2005), ("<x/>", 2001))
        ]))
        registrant = update.children[0].children[0].children[0].children[3].children[0]
        # An empty registrant asks for none, which the TLD does not allow.
        registrant.content.bad = [(what, text, 2306 if what in ("empty", "blank") else codes)
                                  for what, text, codes in registrant.content.bad]
        self.refuse_all(update, 450)

    def test_domain_renew(self):
        expires = self.do(epp.info("domain", "free-mine.org")).text("domain:exDate")[:10]
        self.refuse_all(on_object(domain, "renew", [
            domain("name", values.name("free-mine.org", unknown("absent.org"), another("theirs.org"),
                                       ("other TLD", "mine.example", 2303), ("deeper", "a.mine.org", 2303))),
            domain("curExpDate", values.date(expires)),
            period(),
        ]), 120)

    def test_domain_delete(self):
        self.do(epp.domain_create("gone.org", "mine-1"))
        self.refuse_all(on_object(domain, "delete", [
            domain("name", values.name("gone.org", unknown("absent.org"), another("theirs.org"),
                                       ("with hosts below", "mine.org", (2304, 2305)),
                                       ("deeper", "a.gone.org", 2303)))]), 60)

    # Hosts

    def test_host_check(self):
        self.refuse_all(on_object(host, "check", [
            host("name", values.asked_name(n), {"missing": None, "twice": None})
            for n in ("ns.free.example", "ns1.mine.example")]), 100)

    def test_host_info(self):
        self.refuse_all(on_object(host, "info", [
            host("name", values.name("ns1.mine.example", unknown("ns.absent.example"), unknown("ns.absent.org")))]), 55)

    def test_host_create(self):
        self.refuse_all(on_object(host, "create", [
            host("name", values.name("ns8.mine.org", ("exists", "ns.mine.org", 2302), another("ns8.theirs.org"),
                                     another("ns1.theirs.example", 2302), unknown("ns8.absent.org"),
                                     ("external", "ns8.mine.example", 2306))),
            host("addr", values.address("192.0.2.8"), REPEATED, ip=values.family("v4")),
            host("addr", values.address("2001:db8::8"), REPEATED, ip=values.family("v6")),
        ]), 120)

    def test_host_update(self):
        self.do(epp.host_create("ns5.mine.org", "192.0.2.1", "2001:db8::1"))
        self.do(rows.update("host", "ns5.mine.org", rows.status("host", "clientDeleteProhibited")))
        self.refuse_all(on_object(host, "update", [
            host("name", values.name("ns5.mine.org", unknown("ns.absent.org"), another("ns.theirs.org"))),
            host("add", [
                host("addr", values.address("192.0.2.9", ("there", "192.0.2.1", 2306)), REPEATED,
                     ip=values.family("v4")),
                a_status(host, "clientUpdateProhibited", REPEATED, ("there", "clientDeleteProhibited", 2306)),
            ], OPTIONAL),
            host("rem", [
                host("addr", values.address("2001:db8::1", ("not there", "2001:db8::9", 2306)), REPEATED,
                     ip=values.family("v6")),
                a_status(host, "clientDeleteProhibited", REPEATED, ("not there", "clientUpdateProhibited", 2306)),
            ], OPTIONAL),
            host("chg", [
                host("name", values.name("ns6.mine.org", ("exists", "ns1.mine.example", 2302),
                                         ("itself", "ns5.mine.org", 2302), unknown("ns6.absent.org"),
                                         another("ns6.theirs.org"), ("external", "ns6.mine.example", 2306))),
            ], OPTIONAL),
        ]), 250)

    def test_host_delete(self):
        self.do(epp.host_create("gone.mine.example"))
        self.refuse_all(on_object(host, "delete", [
            host("name", values.name("gone.mine.example", unknown("ns.absent.example"), another("ns1.theirs.example"),
                                     another("ns.theirs.org")))]), 55)

    # Contacts

    def test_contact_check(self):
        self.refuse_all(on_object(contact, "check", [
            contact("id", values.contact_id(n), {"missing": None, "twice": None}) for n in ("free-1", "mine-1")]), 45)

    def test_contact_info(self):
        roid = self.do(epp.info("contact", "mine-1")).text("contact:roid")
        other = self.do(epp.info("contact", "mine-2")).text("contact:roid")
        auth = auth_info(contact, values.password(CONTACT_PASSWORD, ("wrong", "wrong-2fooBAR-and-more", 2202),
                                                  ("empty", "", 2202)),
                         OPTIONAL, values.roid(roid, ("another's", other, 2202)))
        self.refuse_all(on_object(contact, "info", [
            contact("id", values.contact_id("mine-1", unknown("absent"), another("theirs-1", 2202))), auth]), 60)
        self.refuse_all(on_object(contact, "info", [
            contact("id", values.contact_id("mine-1", unknown("absent"), another("theirs-1")))]), 30)

    def test_contact_create(self):
        self.refuse_all(on_object(contact, "create", [
            contact("id", values.contact_id("new-1", ("exists", "mine-1", 2302), another("theirs-1", 2302))),
            *contact_details(changes=False)]), 450)

    def test_contact_update(self):
        self.do(rows.update("contact", "mine-2", rows.status("contact", "clientTransferProhibited")))
        self.refuse_all(on_object(contact, "update", [
            contact("id", values.contact_id("mine-2", unknown("absent"), another("theirs-1"))),
            contact("add", [a_status(contact, "clientDeleteProhibited", {"twice": 2306},
                                     ("there", "clientTransferProhibited", 2306))], OPTIONAL),
            contact("rem", [a_status(contact, "clientTransferProhibited", {"twice": 2306},
                                     ("not there", "clientUpdateProhibited", 2306))], OPTIONAL),
            contact("chg", contact_details(changes=True), OPTIONAL)]), 450)

    def test_contact_delete(self):
        self.do(epp.contact_create("gone-1"))
        self.refuse_all(on_object(contact, "delete", [
            contact("id", values.contact_id("gone-1", unknown("absent"), another("theirs-2"),
                                            ("linked", "mine-1", 2305)))]), 35)

    # Around the commands

    def test_frames(self):
        good = epp.command(epp.check("domain", "free.org"))
        body = good.split("?>", 1)[1]
        for what, text, codes in (
            ("nothing", " ", 2001),
            ("no XML", "EPP", 2001),
            ("another root", "<html/>", 2001),
            ("no namespace", "<epp><hello/></epp>", 2001),
            ("an empty epp", f'<epp xmlns="{epp.EPP}"/>', 2001),
            ("a greeting", f'<epp xmlns="{epp.EPP}"><greeting/></epp>', 2001),
            ("a response", f'<epp xmlns="{epp.EPP}"><response/></epp>', 2001),
            ("an extension without content", f'<epp xmlns="{epp.EPP}"><extension/></epp>', 2001),
            ("an unknown extension", f'<epp xmlns="{epp.EPP}"><extension><x xmlns="urn:x"/></extension></epp>', 2103),
            ("a hello with content", epp.HELLO.replace("<hello/>", "<hello>x</hello>"), 2001),
            ("a hello with a child", epp.HELLO.replace("<hello/>", "<hello><x/></hello>"), 2001),
            ("a hello with an attribute", epp.HELLO.replace("<hello/>", '<hello x="1"/>'), 2001),
            ("two hellos", epp.HELLO.replace("<hello/>", "<hello/><hello/>"), 2001),
            ("a hello and a command", epp.HELLO.replace("<hello/>", "<hello/><command/>"), 2001),
            ("two documents", good + body, 2001),
            ("something behind the end", good + "x", 2001),
            ("something before the start", "x" + good, 2001),
            ("a prefix that is not declared", good.replace(' xmlns:domain="', ' xmlns:d="'), 2001),
            ("an attribute twice", good.replace("<epp ", '<epp xmlns:a="urn:a" xmlns:a="urn:a" '), 2001),
            ("a tag that is not closed", good.replace("</domain:name>", ""), 2001),
            ("an unknown entity", good.replace("free", "&free;"), 2001),
            ("a character that XML forbids", good.replace("free", "fr\x01ee"), 2001),
            ("a reference to it", good.replace("free", "fr&#1;ee"), 2001),
            ("a document type", good.replace("?>", "?><!DOCTYPE epp>"), 2001),
            ("XML 1.1", good.replace('version="1.0"', 'version="1.1"'), 2001),
            ("an unknown encoding", good.replace("UTF-8", "EBCDIC"), 2001),
            ("too deep", body.replace("free.org", "<a>" * 100 + "</a>" * 100), 2001),
            ("two hyphens in a comment", good.replace("free", "<!-- -- -->free"), 2001),
        ):
            with self.subTest(what):
                response = self.gold.ask(text)
                self.assertIn(response.code, (codes,), response.xml)
                self.do(epp.check("domain", "free.org"))

    def test_zy_the_books_are_right(self):
        self.audit()



class TransferInputsTest(SpoiledFrames):
    def ask(self, mapping, element, good, password, absent, own, least):
        value = values.name if mapping is domain else values.contact_id
        periods = [period()] if mapping is domain else []
        wrong = [("wrong", "wrong-2fooBAR-and-more", 2202), ("empty", "", (2202, 2003))]
        auth = auth_info(mapping, values.password(password, *wrong), {"missing": 2003})
        request = on_object(mapping, "transfer", [
            mapping(element, value(good, unknown(absent), ("sponsored already", own, (2106, 2002)))), *periods, auth,
        ], op=values.choice("request"))
        self.refuse_all(request, least, self.silver, 1001)
        for operation in ("query", "cancel"):
            tree = on_object(mapping, "transfer", [
                mapping(element, value(good, unknown(absent), ("nothing is pending", own, 2301)))],
                op=values.choice(operation))
            self.refuse_all(tree, least // 2, self.silver)

    def test_domain_transfer(self):
        self.ask(domain, "name", "free-mine.org", PASSWORD, "absent.org", "theirs.org", 100)

    def test_contact_transfer(self):
        self.ask(contact, "id", "mine-2", CONTACT_PASSWORD, "absent", "theirs-1", 40)


class RestoreInputsTest(SpoiledFrames):
    """On a domain that is not deleted: the frame without fault gets a 2304."""

    NAME = ("mine.org", unknown("absent.org"), another("theirs.org"))

    def test_request(self):
        restore = rgp("restore", None, op=values.choice("request"))
        self.refuse_all(on_object(domain, "update", [domain("name", values.name(*self.NAME))],
                                  rgp("update", [restore])), 60, code=2304)

    def test_report(self):
        moment = Value("2026-01-01T00:00:00.0Z", listed(
            2005, "", "today", "2026-01-01", "2026-02-30T00:00:00Z", "2026-01-01T25:00:00Z",
            "\u0662026-01-01T00:00:00Z"))
        mixed = {"with an unknown child": None}
        statement = {"missing": None, **mixed}
        report = rgp("report", [
            rgp("preData", Value("before"), mixed), rgp("postData", Value("after"), mixed), rgp("delTime", moment),
            rgp("resTime", moment), rgp("resReason", Value("Error."), mixed, lang=values.LANGUAGE),
            rgp("statement", Value("One."), statement, lang=values.LANGUAGE),
            rgp("statement", Value("Two."), statement, lang=values.LANGUAGE),
            rgp("other", Value("Other."), {"missing": None, **mixed})])
        restore = rgp("restore", [report], op=values.choice("report"))
        self.refuse_all(on_object(domain, "update", [domain("name", values.name(*self.NAME))],
                                  rgp("update", [restore])), 140, code=2304)


def load_tests(loader, _tests, _pattern):
    classes = (BadInputsTest, RestoreInputsTest, TransferInputsTest)
    return unittest.TestSuite(loader.loadTestsFromTestCase(c) for c in classes)
