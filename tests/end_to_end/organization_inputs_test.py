"""Every element and attribute of the commands about organizations, and of orgext, spoiled (spoiled_frames.py)."""

import unittest

import bad_values as values
import epp_client as epp
from bad_inputs_test import postal_info
from frame_tree import Value
from spoiled_frames import OPTIONAL, PASSWORD, REPEATED, Mapping, SpoiledFrames, another, domain, listed, on_object, unknown

org, orgext = Mapping("org"), Mapping("orgext")


def organization_role(name, form=None, role_status=True):
    bad = [("unknown", "owner", 2306), ("registrar", "registrar", 2306), ("in capitals", name.upper(), 2306),
           *listed(2306, ""), ("10000 characters", "r" * 10000, 2306)]
    state = Value("clientLinkProhibited", listed(2005, "", "hold", "bogus", "clientDeleteProhibited", "\u00fc") +
                  listed(2004, "ok", "linked", "serverLinkProhibited"))
    number = Value("1523", [("65 characters", "1" * 65, 2005), ("control", "a\u0085b", 2005)])
    return org("role", [org("type", Value(name, bad)),
                        *([org("status", state, REPEATED)] if role_status else []),
                        org("roleID", number, OPTIONAL)], form)


def organization_status(name, *more):
    bad = listed(2005, "", "bogus", "clientHold", "inactive", name.upper(), "s" * 10000)
    bad += listed(2004, "ok", "linked", "pendingDelete", "serverUpdateProhibited", "serverLinkProhibited")
    return org("status", Value(name, bad + list(more)), REPEATED)


def organization_contact(kind, handle, *more):
    named = Value("legal", [("65 characters", "x" * 65, 2005), ("control", "a\u0085b", 2005)])
    return org("contact", values.contact_id(handle, *more), REPEATED, type=values.choice(kind), typeName=named)


def organization_details(changes):
    """What create and update have in common."""
    infos = []
    for kind, other in (("int", "loc"), ("loc", "int")):
        info = postal_info(kind, OPTIONAL, changes)
        name, _, address = info.content  # of a contact, but for its org
        name.name, address.name = "org:name", "org:addr"
        for child in address.children:
            child.name = child.name.replace("contact:", "org:")
        address.form = OPTIONAL
        info = org("postalInfo", [name, address], OPTIONAL, type=values.choice(kind))
        info.instead = [("of the other's type", info.render().replace(f'type="{kind}"', f'type="{other}"'), 2001)]
        infos.append(info)
    url = Value("https://example.com", listed(2005, "example.com", "ftp://example.com", "https://", "javascript:alert(1)",
                                              "https://\u00fc.example", "https://example.com/" + "x" * 300))
    return infos + [org("voice", values.phone(), OPTIONAL, x=values.extension()),
                    org("fax", values.phone(), OPTIONAL, x=values.extension()),
                    org("email", values.EMAIL, OPTIONAL), org("url", url, OPTIONAL)]


class OrganizationInputsTest(SpoiledFrames):
    PARENT = (unknown("absent"), ("another's", "their-top", 2306), ("with a parent", "our-child", 2306))

    def organizations(self):
        """Of gold our-top, our-child below it, and our-agent; silver's their-top."""
        for client, xml in (
                (self.gold, epp.organization_create("our-top")), (self.silver, epp.organization_create("their-top")),
                (self.gold, epp.organization_create("our-child", more="<org:parentId>our-top</org:parentId>")),
                (self.gold, epp.organization_create("our-agent", "reseller", "privacyproxy",
                                                    more="<org:status>clientDeleteProhibited</org:status>"
                                                         '<org:contact type="tech" typeName="legal">mine-1</org:contact>'))):
            self.assertIn(client.command(xml).code, (1000, 2302))

    def test_organization_check_info_and_delete(self):
        self.organizations()
        self.refuse_all(on_object(org, "check", [org("id", values.contact_id(name), {"missing": None, "twice": None})
                                                 for name in ("our-top", "absent")]), 40)
        name = ("our-top", unknown("absent"), another("their-top"))
        self.refuse_all(on_object(org, "info", [org("id", values.contact_id(*name))]), 40)
        self.do(epp.organization_create("our-last"))
        name = ("our-last", unknown("absent"), another("their-top"), ("a parent", "our-top", 2305),
                ("prohibited", "our-agent", 2304))
        self.refuse_all(on_object(org, "delete", [org("id", values.contact_id(*name))]), 40)

    def test_organization_create(self):
        self.organizations()
        self.refuse_all(on_object(org, "create", [
            org("id", values.contact_id("our-new", ("exists", "our-top", 2302), another("their-top", 2302))),
            organization_role("reseller", REPEATED), organization_role("dns-operator", REPEATED),
            organization_status("clientUpdateProhibited"), organization_status("hold"),
            org("parentId", values.contact_id("our-top", *self.PARENT), {"missing": 2306}),
            *organization_details(False),
            organization_contact("admin", "mine-1", unknown("absent")),
            organization_contact("custom", "mine-2", unknown("absent")),
        ]), 350)

    def test_organization_update(self):
        self.organizations()
        self.refuse_all(on_object(org, "update", [
            org("id", values.contact_id("our-agent", unknown("absent"), another("their-top"))),
            org("add", [
                organization_contact("abuse", "mine-2", unknown("absent")),
                organization_role("dns-operator", REPEATED),
                organization_status("clientUpdateProhibited", ("there", "clientDeleteProhibited", 2306)),
            ], OPTIONAL),
            org("rem", [
                organization_contact("tech", "mine-1", unknown("absent"), ("not there", "mine-2", 2306)),
                organization_role("privacyproxy", REPEATED, False),
                organization_status("clientDeleteProhibited", ("not there", "clientLinkProhibited", 2306)),
            ], OPTIONAL),
            org("chg", [org("parentId", values.contact_id("our-top", *self.PARENT), OPTIONAL),
                        *organization_details(True)], OPTIONAL),
        ]), 350)

    def test_organizations_of_domains(self):
        self.organizations()
        self.do(epp.organization_create("our-dealer", "reseller", "privacyproxy"))
        role = [("unknown", "owner", 2306), ("registrar", "registrar", 2306), ("empty", "", 2306),
                ("that it does not have", "dns-operator", 2306)]

        def named(role_name, name, form, *more):
            bad = values.contact_id(name, unknown("absent"), another("their-top"), *more)
            return orgext("id", bad, form, role=Value(role_name, role, 2001))

        twice = {"missing": None, "twice": 2306}
        self.refuse_all(on_object(domain, "create", [
            domain("name", Value("with-agent.org")), domain("registrant", Value("mine-1"), {"missing": 2003}),
            domain("authInfo", [domain("pw", Value(PASSWORD))])],
            orgext("create", [named("reseller", "our-dealer", twice), named("privacyproxy", "our-dealer", twice)])), 90)
        changes = orgext("update", [
            orgext("add", [named("reseller", "our-top", {"twice": 2306})], OPTIONAL),
            orgext("rem", [named("reseller", "our-dealer", {"twice": 2306}, ("not there", "our-top", 2305))],
                   {"missing": 2305}),
        ])
        # Those that are removed may be unknown, and nobody's; without an identifier it is whoever is there.
        removed = changes.children[1].children[0]
        removed.content.bad = [(what, text, 2305 if what in ("unknown", "another's") else codes)
                               for what, text, codes in removed.content.bad if what not in ("empty", "blank")]
        # A role that nobody has is policy, and the other one is still taken.
        removed.attributes["role"].bad = [(what, text, 2305) for what, text, _ in role]
        self.refuse_all(on_object(domain, "update", [domain("name", Value("with-agent.org"))], changes), 60)

    def test_zy_the_books_are_right(self):
        self.audit()


def load_tests(loader, _tests, _pattern):
    return unittest.TestSuite([loader.loadTestsFromTestCase(OrganizationInputsTest)])
