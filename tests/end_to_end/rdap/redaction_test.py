"""Redaction, row by row: what RFC 9537's list says of each part is what the answer shows; the same on every path."""

from rdap import samples, world
from rdap.answer import card_of, entity_of, find, properties, value_of

HOLDER_SECRETS = ("Ada Well", "1 Well Street", "Suite 2", "Montreal", "H2X 1Y4", "+1.5555550111", "+1.5555550112",
                  "holder@samplewell.org", "ext=77")
# Of the registrant "holder", with extensions and a fax, and of the technical contact "quiet", who has neither.
PLAIN = {"Registry Registrant ID", "Registrant Name", "Registrant Street", "Registrant City", "Registrant Postal Code",
         "Registrant Phone", "Registrant Phone Ext", "Registrant Fax", "Registrant Fax Ext", "Registrant Email",
         "Registry Tech ID", "Tech Name", "Tech Phone", "Tech Email"}
OF_HOLDER = {name for name in PLAIN if "Tech" not in name}
# Domain, what is listed.
LISTED = (
    ("plain.org", PLAIN),
    ("own.org", OF_HOLDER),
    ("samplewell.org", OF_HOLDER),
    ("admins.org", PLAIN),
    ("open.org", set()),
    ("loc.org", set()),
    ("shy.org", (PLAIN | {"Registrant Organization"}) - {"Registrant Phone Ext", "Registrant Fax", "Registrant Fax Ext"}),
    ("noorg.org", {"Registrant Street", "Registrant City", "Registrant Postal Code", "Registrant Phone", "Tech Phone"}),
    ("both.org", {"Registrant Street", "Registrant City", "Registrant Postal Code", "Registrant Phone",
                  "Registrant Email", "Tech Phone", "Tech Email"}),
    ("bare.ngo", set()),
)


class RedactionTest(world.RdapTest):
    def body(self, name):
        return self.right("/domain/" + name)

    def test_what_is_listed(self):
        for name, expected in LISTED:
            with self.subTest(name):
                listed = [each["name"]["type"] for each in self.body(name).get("redacted", ())]
                self.assertEqual(sorted(expected), sorted(listed))

    def test_every_row_has_its_method_and_path(self):
        seen = set()
        for name, _ in LISTED:
            for each in self.body(name).get("redacted", ()):
                what, method, path = samples.REDACTION_ROWS[each["name"]["type"]]
                member = "prePath" if method == "removal" else "postPath"
                self.assertEqual({"name": {"type": what}, member: path, "pathLang": "jsonpath", "method": method,
                                  "reason": {"description": "Server policy"}}, each)
                seen.add(what)
        # We always show a domain's ROID; no technical contact here has an extension that it hides.
        self.assertEqual(set(samples.REDACTION_ROWS) - {"Registry Domain ID", "Tech Phone Ext"}, seen)

    def test_paths_of_removals_find_nothing_and_others_something_empty(self):
        for name, _ in LISTED:
            body = self.body(name)
            for each in body.get("redacted", ()):
                if "prePath" in each:
                    self.assertEqual([], find(body, each["prePath"]), each)
                else:
                    self.assertEqual([""], find(body, each["postPath"]), each)

    def test_what_is_withheld_is_nowhere_in_the_answer(self):
        for path in ("/domain/plain.org", "/domain/own.org", "/domain/redeemable.org"):
            raw = self.world.rdap(path).body.decode()
            for secret in HOLDER_SECRETS:
                self.assertNotIn(secret, raw, path)
            self.assertNotIn("Quentin", raw)
            self.assertNotIn("quiet@", raw)
        text = self.world.whois_text("plain.org")
        for secret in (*HOLDER_SECRETS, "Quentin", "quiet@"):
            self.assertNotIn(secret, text)

    def test_state_and_country_of_the_registrant_are_never_withheld(self):
        for name in ("plain.org", "shy.org", "own.org"):
            (adr,) = properties(card_of(entity_of(self.body(name), "registrant")), "adr")
            self.assertEqual(("CA", "QC"), (adr[1]["cc"], adr[3][4]))
        for name in ("plain.org", "shy.org"):
            self.assertIn("Registrant State/Province: QC\r\nRegistrant Postal Code: REDACTED FOR PRIVACY\r\n"
                          "Registrant Country: CA\r\n", self.world.whois_text(name))

    def test_organization_is_shown_unless_it_is_withheld(self):
        self.assertEqual("Sample Well Society", value_of(card_of(entity_of(self.body("plain.org"), "registrant")), "org"))
        self.assertIsNone(value_of(card_of(entity_of(self.body("shy.org"), "registrant")), "org"))
        self.assertIsNone(value_of(card_of(entity_of(self.body("noorg.org"), "registrant")), "org"))

    def test_what_is_disclosed_is_shown(self):
        for role in ("registrant", "technical"):
            card = card_of(entity_of(self.body("open.org"), role))
            self.assertEqual(("Network Team", "Sample Well Society", "open@samplewell.org"),
                             tuple(value_of(card, part) for part in ("fn", "org", "email")), role)
            self.assertEqual(2, len(properties(card, "tel")))
        both = card_of(entity_of(self.body("both.org"), "registrant"))
        self.assertEqual("J\u00fcrgen M\u00fcller", value_of(both, "fn"))

    def test_unlisted_roles_are_left_out_altogether(self):
        for role in ("administrative", "billing"):
            self.assertIsNone(entity_of(self.body("plain.org"), role))

    def test_every_path_shows_the_same(self):
        """Look-up of the domain, of the entity, and WHOIS."""
        entity = entity_of(self.body("open.org"), "registrant")
        alone = self.right("/entity/" + entity["handle"])
        self.assertEqual(card_of(entity), card_of(alone))
        text = self.world.whois_text("open.org")
        for shown in ("Registrant Name: Network Team", "Registrant Organization: Sample Well Society",
                      "Registrant Street: 1 Well Street", "Registrant City: Montreal",
                      "Registrant Email: open@samplewell.org", "Registrant Fax: +1.5555550113"):
            self.assertIn(shown + "\r\n", text)
