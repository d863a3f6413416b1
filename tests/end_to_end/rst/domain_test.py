"""RST's cases about domains except their transfers: epp-04, epp-14 to epp-16, epp-18, epp-21, epp-22."""

import datetime

import epp_client as epp
from rst import suite
from rst.suite import (A, B, BAD_DNSSEC_DATA, BAD_IPV4, BAD_IPV6, DELETED_LATE_TLD, FAILURE, IPV4, IPV6,
                       REPOSITORY_ID, SUCCESS, THIN_TLD, TLD, TLDS, domain_create, domain_renew, ds_data, ds_record,
                       ds_records, element, host_attribute, host_create, host_objects, key_data, rand, rgp_statuses,
                       sec_dns, statuses, texts, years_later)

CREATE = "EPP_DOMAIN_CREATE_SERVER_"
UPDATE = "EPP_DOMAIN_UPDATE_SERVER_"
UPDATE_INFO = "EPP_DOMAIN_UPDATE_INFO_RESPONSE_"
MISSING_PROPERTIES = "EPP_DOMAIN_CREATE_INFO_RESPONSE_MISSING_OBJECT_PROPERTIES"

NAME_SERVERS = ("ns1.epp-14.rst.icann", "ns2.epp-14.rst.icann")

# What is changed in the good values, whether it is accepted, the error. Table 2.5 for every TLD, secDNS apart.
CREATES = (
    ({}, True, FAILURE),
    ({"label": rand(64)}, False, CREATE + "ACCEPTS_INVALID_DOMAIN_NAME"),
    ({"label": "xn--" + rand(59)}, False, CREATE + "ACCEPTS_INVALID_DOMAIN_NAME"),
    ({"label": "xx--" + rand(18)}, False, CREATE + "ACCEPTS_INVALID_DOMAIN_NAME"),
    ({"period": "10"}, True, FAILURE),
    ({"period": "11"}, False, CREATE + "ACCEPTS_INVALID_PERIOD"),
    ({"period": "-1"}, False, CREATE + "ACCEPTS_INVALID_PERIOD"),
    ({"period": "1.5"}, False, CREATE + "ACCEPTS_INVALID_PERIOD"),
    ({"unit": "x"}, False, CREATE + "ACCEPTS_INVALID_PERIOD"),
    ({"ns": host_objects(NAME_SERVERS[0], f"ns1.{rand(18)}.icann")}, False,
     CREATE + "ACCEPTS_NON_EXISTENT_HOST_OBJECT"),
    ({"ns": host_objects(NAME_SERVERS[0], "!.icann")}, False, CREATE + "ACCEPTS_INVALID_HOST_OBJECT"),
)

# The rows of the attributes model; here the form as such is refused.
HOST_ATTRIBUTES = (
    [("ns1.epp-14.rst.icann",)]
    + [("ns1.{name}", *addresses) for addresses in ((), (("v4", IPV4),), (("v6", IPV6),))]
    + [("ns1.{name}", address) for address in (*BAD_IPV4, *BAD_IPV6, ("v4", "127.0.0.1"), ("v5", IPV4))])

# The registrant, the error.
THICK_REGISTRANTS = (
    (rand(16), CREATE + "ACCEPTS_NON_EXISTENT_REGISTRANT"),
    ("", CREATE + "ACCEPTS_MISSING_REGISTRANT"),
    (None, CREATE + "ACCEPTS_NO_REGISTRANT_FOR_THICK_REGISTRY"),
)

BY_CLIENT = ("clientDeleteProhibited", "clientHold", "clientRenewProhibited", "clientTransferProhibited")
BY_SERVER = ("linked", "ok", "pendingCreate", "pendingDelete", "pendingTransfer", "pendingUpdate",
             "serverDeleteProhibited", "serverRenewProhibited", "serverTransferProhibited",
             "serverUpdateProhibited", "invalidStatusCode")

# Part, status, whether it is accepted. Table 2.6.
STATUSES = (
    *(("add", status, True) for status in BY_CLIENT),
    ("add", "clientUpdateProhibited", True),
    ("add", "clientHold", False),
    ("rem", "clientUpdateProhibited", True),
    ("add", "clientHold", False),  # again, where nothing else is in its way
    *(("add", status, False) for status in BY_SERVER),
    *(("rem", status, True) for status in BY_CLIENT),
    ("rem", "invalidStatusCode", False),
)

RESTORE = element("rgp:update", "{}", **{"xmlns:rgp": epp.NS["rgp"]})
RESTORE_REQUEST = RESTORE.format(element("rgp:restore", op="request"))


def restore_report(deleted, restored):
    parts = (("preData", "As it was."), ("postData", "As it is."), ("delTime", deleted), ("resTime", restored),
             ("resReason", "Registrant error."), ("statement", "In nobody's other interest."),
             ("statement", "To the best of our knowledge."))
    report = element("rgp:report", "".join(element("rgp:" + name, text) for name, text in parts))
    return RESTORE.format(element("rgp:restore", report, op="report"))


class DomainTest(suite.RstTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.registry.connect(cls.server, A[0]) as client:
            suite.login(client, *A)
            for name in NAME_SERVERS:
                client.command(host_create(name))

    def test_epp_04_domain_check(self):
        malformed = "EPP_DOMAIN_CHECK_INVALID_DOMAIN_INCORRECT_AVAIL"
        for tld in TLDS:
            self.run_check_rows("domain", (
                ("registered", self.existing_domains[tld], "EPP_DOMAIN_CHECK_REGISTERED_DOMAIN_INCORRECT_AVAIL"),
                *(("free", f"{rand(length)}.{tld}", "EPP_DOMAIN_CHECK_VALID_DOMAIN_INCORRECT_AVAIL")
                  for length in (18, 18, 63)),
                *(("malformed", f"{label}.{tld}", malformed)
                  for label in ("!", "-" + rand(9), rand(9) + "-", "a b", "a_b", "", rand(64))),
            ))

    def test_epp_14_domain_create(self):
        for account in (A, B):
            client = self.enter(account)
            for tld in TLDS:
                registrant = self.registrant_for(client, tld)
                for changed, accepted, error in CREATES:
                    with self.subTest(tld, registrar=account[0], error=error, **changed):
                        self.create(client, account[0], tld, accepted, error, registrant, **changed)

    def create(self, client, registrar, tld, accepted, error, registrant, label=None, ds=None, **values):
        """One row, and the info after it."""
        name = f"{label or rand(18)}.{tld}"
        ds = ds or ds_data()
        values = {"registrant": registrant, "period": "1", "ns": host_objects(*NAME_SERVERS), **values}
        values["ns"] = values["ns"].replace("{name}", name)
        command, extension = domain_create(name, **values), sec_dns("create", ds)
        if not accepted:
            self.refuse(error, client, command, extension, unchanged=[(client, "domain", name)])
            return
        self.accept(error, client, command, extension, codes=(1000, 1001))
        info = self.info(client, "domain", name)
        self.assertRegex(info.text("domain:infData/domain:roid"), rf"^\w+-{REPOSITORY_ID}$",
                         "EPP_DOMAIN_CREATE_INFO_RESPONSE_INVALID_ROID")
        created = info.text("domain:crDate")
        moment = datetime.datetime.fromisoformat(created.replace("Z", "+00:00"))
        age = datetime.datetime.now(datetime.timezone.utc) - moment
        self.assertLess(abs(age.total_seconds()), 30, MISSING_PROPERTIES)
        shown = {
            "name": info.text("domain:infData/domain:name"),
            "exDate": info.text("domain:exDate"),
            "clID": info.text("domain:clID"),
            "crID": info.text("domain:crID"),
            "registrant": info.text("domain:registrant"),
            "ns": texts(info, "domain:hostObj"),
            "status": statuses(info, "domain"),
            "dsData": ds_records(info),
        }
        self.assertEqual({
            "name": name,
            "exDate": years_later(created, int(values["period"])),
            "clID": registrar,
            "crID": registrar,
            "registrant": registrant,
            "ns": list(NAME_SERVERS),
            "status": {"ok"},
            "dsData": [ds_record(ds)],
        }, shown, MISSING_PROPERTIES)

    def test_epp_14_registrant(self):
        for registrant, error in THICK_REGISTRANTS:
            with self.subTest(TLD, registrant=registrant, error=error):
                self.create(self.a, A[0], TLD, False, error, registrant)
        for registrant in (self.make_contact(self.a), rand(16)):
            error = CREATE + "ACCEPTS_REGISTRANT_FOR_THIN_REGISTRY"
            with self.subTest(THIN_TLD, registrant=registrant, error=error):
                self.create(self.a, A[0], THIN_TLD, False, error, registrant)

    def test_epp_14_host_attributes(self):
        error = CREATE + "INCORRECTLY_ACCEPTS_HOST_ATTRIBUTES"
        for tld in TLDS:
            registrant = self.registrant_for(self.a, tld)
            for attribute in HOST_ATTRIBUTES:
                with self.subTest(tld, hostAttr=attribute, error=error):
                    self.create(self.a, A[0], tld, False, error, registrant, ns=host_attribute(*attribute))

    def test_epp_14_dnssec_data(self):
        error = CREATE + "ACCEPTS_INVALID_DNSSEC_DATA"
        for tld in TLDS:
            registrant = self.registrant_for(self.a, tld)
            for what, value, data in (*BAD_DNSSEC_DATA, ("keyData", "good", key_data())):
                with self.subTest(what, value=value, tld=tld, error=error):
                    self.create(self.a, A[0], tld, False, error, registrant, ds=data)

    def test_epp_15_integrity(self):
        for tld in TLDS:
            host, registrant = self.make_host(self.a), self.registrant_for(self.a, tld)
            domain = self.make_domain(self.a, tld=tld, registrant=registrant, ns=host_objects(host))
            linked = [("host", host)] + ([("contact", registrant)] if registrant else [])
            for kind, name in linked:
                error = f"EPP_INTEGRITY_SERVER_ACCEPTS_DELETE_FOR_LINKED_{kind.upper()}_OBJECT"
                with self.subTest(kind, tld=tld, error=error):
                    self.refuse(error, self.a, epp.delete(kind, name), codes=(2305,),
                                unchanged=[(self.a, kind, name), (self.a, "domain", domain)])

    def test_epp_16_statuses(self):
        for tld in TLDS:
            domain = self.make_domain(self.a, tld=tld)
            self.run_status_rows(self.a, "domain", domain, STATUSES, UPDATE + "ACCEPTS_INVALID_STATUS_CODE",
                                 UPDATE_INFO + "UNEXPECTED_STATUS_CODE or MISSING_STATUS_CODE")

    def update(self, domain, accepted, error, extension="", **parts):
        command = epp.domain_update(domain, **parts)
        if accepted:
            self.accept(error, self.a, command, extension)
        else:
            self.refuse(error, self.a, command, extension, unchanged=[(self.a, "domain", domain)])
        return self.info(self.a, "domain", domain)

    def test_epp_16_name_servers(self):
        # What is done with the host's name, whether it is accepted, the error.
        rows = (
            ("add", False, UPDATE + "ACCEPTS_NON_EXISTENT_HOST_OBJECT"),
            ("create", True, FAILURE),
            ("add", True, FAILURE),
            ("add", False, SUCCESS),
            ("rem", True, FAILURE),
            ("rem", False, SUCCESS),
        )
        for tld in TLDS:
            domain, host = self.make_domain(self.a, tld=tld, ns=host_objects(*NAME_SERVERS)), f"ns.{rand(18)}.icann"
            expected = set(NAME_SERVERS)
            for what, accepted, error in rows:
                with self.subTest(what, tld=tld, error=error):
                    if what == "create":
                        self.make_host(self.a, host)
                        continue
                    if accepted:
                        expected ^= {host}
                    info = self.update(domain, accepted, error, **{what: host_objects(host)})
                    self.assertEqual(sorted(expected), texts(info, "domain:hostObj"),
                                     UPDATE_INFO + "UNEXPECTED_HOST_OBJECT or MISSING_HOST_OBJECT")

    def test_epp_16_host_attributes(self):
        error = UPDATE + "INCORRECTLY_ACCEPTS_HOST_ATTRIBUTES"
        for tld in TLDS:
            domain = self.make_domain(self.a, tld=tld, ns=host_objects(*NAME_SERVERS))
            for name, *addresses in HOST_ATTRIBUTES:
                for part in ("add", "rem"):
                    with self.subTest(part, name=name, addresses=addresses, tld=tld, error=error):
                        ns = host_attribute(name.format(name=domain), *addresses)
                        info = self.update(domain, False, error, **{part: ns})
                        self.assertEqual([], info.all("domain:hostAttr"),
                                         UPDATE_INFO + "UNEXPECTED_HOST_ATTRIBUTE")

    def test_epp_16_dnssec_data(self):
        bad = UPDATE + "ACCEPTS_INVALID_DNSSEC_DATA"
        first, good = ds_data(key_tag="1"), ds_data(key_tag="2")
        # What is it about, part, data, whether it is accepted, the error.
        rows = (
            *((f"{what} {value!r}", "add", data, False, bad) for what, value, data in BAD_DNSSEC_DATA),
            ("good dsData", "add", good, True, FAILURE),
            ("the same", "rem", good, True, FAILURE),
            ("the same again", "rem", good, False, SUCCESS),
            ("keyData, algorithm 13", "add", key_data(alg="13"), False, bad),
            ("keyData", "rem", key_data(), False, SUCCESS),
        )
        for tld in TLDS:
            domain = self.make_domain(self.a, tld=tld, extension=sec_dns("create", first))
            expected = [ds_record(first)]
            for what, part, data, accepted, error in rows:
                with self.subTest(what, part=part, tld=tld, error=error):
                    if accepted:
                        expected = expected + [ds_record(data)] if part == "add" else expected[:-1]
                    info = self.update(domain, accepted, error, sec_dns("update", element("secDNS:" + part, data)))
                    self.assertEqual(expected, ds_records(info),
                                     UPDATE_INFO + "UNEXPECTED_DNSSEC_DATA or MISSING_DNSSEC_DATA")

    def test_epp_16_registrant(self):
        domain, other = self.make_domain(self.a), self.make_contact(self.a)
        missing = UPDATE + "ACCEPTS_NON_EXISTENT_CONTACT_OBJECT"
        rows = (
            ("chg", element("domain:registrant", other), True, FAILURE),
            ("chg", element("domain:registrant", rand(16)), False, missing),
            ("add", element("domain:contact", rand(16), type="tech"), False, missing),
        )
        for part, content, accepted, error in rows:
            with self.subTest(part, content=content, error=error):
                info = self.update(domain, accepted, error, **{part: content})
                self.assertEqual(other, info.text("domain:registrant"),
                                 UPDATE_INFO + "UNEXPECTED_REGISTRANT or MISSING_REGISTRANT")
        with self.subTest(THIN_TLD, error=CREATE + "ACCEPTS_REGISTRANT_FOR_THIN_REGISTRY"):
            domain = self.make_domain(self.a, tld=THIN_TLD)
            info = self.update(domain, False, SUCCESS, chg=element("domain:registrant", other))
            self.assertIsNone(info.text("domain:registrant"), UPDATE_INFO + "UNEXPECTED_REGISTRANT")

    def test_epp_16_domain_of_another_registrar(self):
        updates = (dict(add=element("domain:status", s="clientHold")), dict(rem=host_objects(NAME_SERVERS[0])),
                   dict(chg=element("domain:authInfo", element("domain:pw", "2fooBAR-2fooBAR-2fooBAR-"))),
                   dict(add=host_attribute("ns1.epp-14.rst.icann")))
        for tld in TLDS:
            domain = self.make_domain(self.a, tld=tld, ns=host_objects(*NAME_SERVERS))
            for parts in updates:
                with self.subTest(tld, **parts, error=SUCCESS):
                    self.refuse(SUCCESS, self.b, epp.domain_update(domain, **parts), codes=(2201,),
                                unchanged=[(self.a, "domain", domain)])

    def test_epp_18_renew(self):
        wrong_date = "EPP_RENEW_SERVER_ACCEPTS_INVALID_CURRENT_EXPIRY_DATE"
        wrong_period = "EPP_RENEW_SERVER_ACCEPTS_INVALID_PERIOD"
        # Years by which the date is off, what is changed in the good values, whether it is accepted, the error.
        # The expiry is 1, from the second row on 2, from the third on 4 years away.
        rows = (
            (0, {"period": "1"}, True, FAILURE),
            (0, {"period": "2"}, True, FAILURE),
            (-1, {}, False, wrong_date),
            (1, {}, False, wrong_date),
            *((0, {"expiry_date": date}, False, wrong_date) for date in ("", "2020-01-01", "2020-13-01", "soon")),
            *((0, {"period": period}, False, wrong_period) for period in ("0", "-1", "1.5", "", "11", "99", "100")),
            *((0, {"period": period}, False, wrong_period) for period in ("7", "10")),  # passes 10 years
            (0, {"unit": "x"}, False, wrong_period),
            (0, {"unit": "m", "period": "12"}, False, wrong_period),
            (0, {"period": "5"}, True, FAILURE),
        )
        for tld in TLDS:
            domain = self.make_domain(self.a, tld=tld)
            expiry = self.info(self.a, "domain", domain).text("domain:exDate")
            for years_off, changed, accepted, error in rows:
                with self.subTest(tld, years_off=years_off, error=error, **changed):
                    date = years_later(expiry, years_off)[:10]
                    command = domain_renew(domain, **{"expiry_date": date, **changed})
                    if not accepted:
                        self.refuse(error, self.a, command, unchanged=[(self.a, "domain", domain)])
                        continue
                    expiry = years_later(expiry, int(changed["period"]))
                    renewed = self.accept(error, self.a, command)
                    info = self.info(self.a, "domain", domain)
                    self.assertEqual([expiry] * 2, [each.text("domain:exDate") for each in (renewed, info)],
                                     "EPP_RENEW_INFO_RESPONSE_UNEXPECTED_EXPIRY_DATE")
                    self.assertIn("renewPeriod", rgp_statuses(info),
                                  "EPP_RENEW_INFO_RESPONSE_MISSING_OR_INVALID_RGP_STATUS")

    def test_epp_21_domain_delete(self):
        for tld in (*TLDS, DELETED_LATE_TLD):
            with self.subTest(tld):
                host, registrant = self.make_host(self.a), self.registrant_for(self.a, tld)
                domain = self.make_domain(self.a, tld=tld, registrant=registrant, ns=host_objects(host))
                deleted = self.accept(FAILURE, self.a, epp.delete("domain", domain))
                if deleted.code == 1001:
                    info = self.a.command(epp.info("domain", domain))
                    self.assertTrue(info.code == 2303 or "pendingDelete" in statuses(info, "domain"),
                                    f"EPP_DOMAIN_DELETE_INFO_RESPONSE_OBJECT_NOT_PENDING_DELETE {info.xml}")
                    continue
                gone = "EPP_DOMAIN_DELETE_INFO_RESPONSE_OBJECT_STILL_EXISTS"
                self.expect_gone(gone, self.a, "domain", domain)
                for kind, name in [("host", host)] + ([("contact", registrant)] if registrant else []):
                    self.accept(FAILURE, self.a, epp.delete(kind, name))
                    self.expect_gone(gone, self.a, kind, name)

    def test_epp_22_restore(self):
        """Withdrawn from RST at present; this is what it was meant to see."""
        domain = self.make_domain(self.a, tld=DELETED_LATE_TLD)
        expiry = self.info(self.a, "domain", domain).text("domain:exDate")
        self.accept(FAILURE, self.a, domain_renew(domain, expiry[:10]))
        # Nobody restores a domain that is not deleted, or another registrar's.
        request = epp.on_object("update", "domain", element("domain:name", domain) + element("domain:chg"))
        self.refuse(SUCCESS, self.a, request, RESTORE_REQUEST, unchanged=[(self.a, "domain", domain)],
                    codes=(2304,))
        self.accept(FAILURE, self.a, epp.delete("domain", domain), codes=(1001,))
        deleted = self.info(self.a, "domain", domain)
        self.assertIn("pendingDelete", statuses(deleted, "domain"))
        self.assertIn("redemptionPeriod", rgp_statuses(deleted))
        self.refuse(SUCCESS, self.b, request, RESTORE_REQUEST, unchanged=[(self.a, "domain", domain)],
                    codes=(2201,))

        self.accept(FAILURE, self.a, request, RESTORE_REQUEST)
        info = self.info(self.a, "domain", domain)
        if "pendingRestore" in rgp_statuses(info):
            now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.0Z")
            report = restore_report(deleted.text("domain:upDate") or now, now)
            self.accept(FAILURE, self.a, request, report)
            info = self.info(self.a, "domain", domain)
        self.assertNotIn("pendingDelete", statuses(info, "domain"))
        self.assertFalse(rgp_statuses(info) & {"redemptionPeriod", "pendingRestore", "pendingDelete"})
