"""RST's cases about contacts, epp-06 to epp-10."""

import dataclasses

import epp_client as epp
from rst import suite
from rst.suite import A, B, FAILURE, Contact, rand

CREATE = "EPP_CONTACT_CREATE_"
UPDATE = "EPP_CONTACT_UPDATE_"
MISSING = "INFO_RESPONSE_MISSING_OR_INCORRECT_"

BAD_NUMBERS = ("+12345", "+1111.1", "55", "+1.", "+1.123456789012345", "+1.a", "+a.1")
BAD_EMAILS = ("example", "example.example", "@example.com", "@", rand(65) + "@example.com")

# Element, value, how RST's error ends. Table 2.1, without its first row.
BAD_CREATES = (
    ("id", "", "ACCEPTS_INVALID_ID"),
    ("id", rand(17), "ACCEPTS_INVALID_ID"),
    ("postalinfo_type", "tni", "ACCEPTS_INVALID_POSTALINFO_TYPE"),
    ("postalinfo_type", "", "ACCEPTS_INVALID_POSTALINFO_TYPE"),
    ("name", "", "ACCEPTS_EMPTY_NAME"),
    ("org", rand(256), "ACCEPTS_INVALID_ORG"),
    ("org", rand(256), "ACCEPTS_INVALID_ORG"),
    ("city", "", "ACCEPTS_EMPTY_CITY"),
    ("city", rand(256), "ACCEPTS_INVALID_CITY"),
    ("cc", "", "ACCEPTS_EMPTY_CC"),
    ("cc", "XX", "ACCEPTS_INVALID_CC"),
    ("cc", "U", "ACCEPTS_INVALID_CC"),
    ("cc", "USA", "ACCEPTS_INVALID_CC"),
    ("voice", "", "ACCEPTS_EMPTY_VOICE"),
    ("email", "", "ACCEPTS_EMPTY_EMAIL"),
    ("street", (rand(256),), "ACCEPTS_INVALID_STREET"),
    *(("voice", value, "ACCEPTS_INVALID_VOICE") for value in BAD_NUMBERS),
    *(("fax", value, "ACCEPTS_INVALID_FAX") for value in BAD_NUMBERS),
    *(("email", value, "ACCEPTS_INVALID_EMAIL") for value in BAD_EMAILS),
)

# Table 2.2, without its first row and the statuses.
BAD_UPDATES = (
    ("postalinfo_type", "tni", "ACCEPTS_INVALID_POSTALINFO_TYPE"),
    ("postalinfo_type", "", "ACCEPTS_INVALID_POSTALINFO_TYPE"),
    ("name", "", "ACCEPTS_EMPTY_NAME"),
    ("org", rand(256), "ACCEPTS_INVALID_ORG"),
    ("city", "", "ACCEPTS_EMPTY_CITY"),
    ("cc", "", "ACCEPTS_EMPTY_CC"),
    ("name", rand(256), "ACCEPTS_INVALID_ORG"),
    ("street", (rand(256),), "ACCEPTS_INVALID_STREET"),
    ("city", rand(256), "ACCEPTS_INVALID_CITY"),
    ("cc", "XX", "ACCEPTS_INVALID_CC"),
    ("cc", "U", "ACCEPTS_INVALID_CC"),
    ("cc", "USA", "ACCEPTS_INVALID_CC"),
    ("voice", "", "ACCEPTS_INVALID_VOICE"),
    ("email", "", "ACCEPTS_INVALID_EMAIL"),
    *(("voice", value, "ACCEPTS_INVALID_VOICE") for value in BAD_NUMBERS),
    *(("fax", value, "ACCEPTS_INVALID_FAX") for value in BAD_NUMBERS),
    *(("email", value, "ACCEPTS_INVALID_EMAIL") for value in BAD_EMAILS),
)

BY_SERVER = ("ok", "pendingCreate", "pendingDelete", "pendingTransfer", "pendingUpdate",
             "serverDeleteProhibited", "serverUpdateProhibited", "invalidStatusCode")

# Part, status, whether it is accepted.
STATUSES = (
    ("add", "clientUpdateProhibited", True),
    ("add", "clientUpdateProhibited", False),
    ("rem", "clientUpdateProhibited", True),
    ("add", "clientDeleteProhibited", True),
    ("add", "clientDeleteProhibited", False),
    *(("add", status, False) for status in ("clientHold", "linked", *BY_SERVER)),
    ("rem", "clientUpdateProhibited", False),
    ("rem", "clientDeleteProhibited", True),
    ("rem", "clientDeleteProhibited", False),
    *(("rem", status, False) for status in BY_SERVER),
)


class ContactTest(suite.RstTest):
    def expect_stored(self, contact, error):
        found = Contact.of(self.info(self.a, "contact", contact.id, error + "INFO_RESPONSE_NOT_1000"))
        for field in dataclasses.fields(Contact):
            self.assertEqual(getattr(contact, field.name), getattr(found, field.name),
                             error + MISSING + field.name.upper())

    def test_epp_06_contact_check(self):
        invalid = "EPP_CONTACT_CHECK_INVALID_CONTACT_ID_INCORRECT_AVAIL"
        self.run_check_rows("contact", (
            *(("registered", name, "EPP_CONTACT_CHECK_REGISTERED_CONTACT_ID_INCORRECT_AVAIL")
              for name in self.existing_contacts),
            *(("free", rand(length), "EPP_CONTACT_CHECK_VALID_CONTACT_ID_INCORRECT_AVAIL")
              for length in (3, 8, 16)),
            *(("malformed", name, invalid) for name in ("", rand(2), rand(17), rand(300))),
        ))

    def test_epp_07_contact_create(self):
        for values in ({}, {"postalinfo_type": "loc", "cc": "DE", "name": "Jürgen Groß"}):
            with self.subTest("good", **values, error=CREATE + "INFO_RESPONSE_NOT_1000"):
                contact = Contact(**values)
                self.accept(CREATE + "INFO_RESPONSE_NOT_1000", self.a, contact.create(), codes=(1000, 1001))
                self.expect_stored(contact, CREATE)
        for name, value, error in BAD_CREATES:
            error = CREATE + "SERVER_" + error
            with self.subTest(name, value=value, error=error):
                contact = Contact(**{name: value})
                self.refuse(error, self.a, contact.create(), unchanged=[(self.a, "contact", contact.id)])

    def test_epp_08_contact_access(self):
        rows = (("info", epp.info("contact", "{}"), "EPP_CONTACT_INFO_RESPONSE_NOT_REJECTED"),
                ("update", Contact(id="{}").update(), "EPP_CONTACT_UPDATE_RESPONSE_NOT_REJECTED"))
        for owner, other in ((A, B), (B, A)):
            owner, other = self.enter(owner), self.enter(other)
            name = self.make_contact(owner)
            for what, command, error in rows:
                with self.subTest(what, error=error):
                    self.refuse(error, other, command.format(name), unchanged=[(owner, "contact", name)],
                                codes=(2201,))

    def test_epp_09_contact_update(self):
        contact = Contact()
        self.accept(FAILURE, self.a, contact.create(), codes=(1000,))
        with self.subTest("good", error=FAILURE):
            contact = contact.with_values(
                name="Jane Roe", org="Other Ltd", street=("1 High St",), city="Ottawa", sp="ON", pc="K1A 0B1",
                cc="CA", voice="+1.6135550100", voice_ext="9", fax="+1.6135550101", fax_ext="8",
                email="jane@example.net")
            self.accept(FAILURE, self.a, contact.update())
            self.expect_stored(contact, UPDATE)
        for name, value, error in BAD_UPDATES:
            error = UPDATE + "SERVER_" + error
            with self.subTest(name, value=value, error=error):
                self.refuse(error, self.a, contact.with_values(**{name: value}).update(),
                            unchanged=[(self.a, "contact", contact.id)])
                self.expect_stored(contact, UPDATE)
        self.run_status_rows(self.a, "contact", contact.id, STATUSES,
                             UPDATE + "SERVER_ACCEPTS_INVALID_STATUS_CODE", UPDATE + MISSING + "STATUS")

    def test_epp_10_contact_delete(self):
        for client in (self.a, self.b):
            name = self.make_contact(client)
            response = self.accept("EPP_CONTACT_DELETE_RESPONSE_NOT_1000_OR_1001", client,
                                   epp.delete("contact", name), codes=(1000, 1001))
            if response.code == 1000:
                self.expect_gone("EPP_CONTACT_DELETE_OBJECT_STILL_EXISTS", client, "contact", name)
