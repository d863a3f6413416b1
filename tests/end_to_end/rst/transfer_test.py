"""RST's cases about transfers, epp-19 and epp-20; RFC 5731 section 3.2.4 and RFC 9154."""

import epp_client as epp
from rst import suite
from rst.suite import (A, B, FAILURE, SECURE_AUTHINFO, SUCCESS, TLDS, domain_renew, element, rand, rgp_statuses,
                       statuses, years_later)

ERROR = "EPP_TRANSFER_"
INFO = "EPP_TRANSFER_INFO_RESPONSE_"

WEAK = "abc123"


def transfer(op, name, password=None, period=None):
    inner = element("domain:name", name)
    if period is not None:
        inner += element("domain:period", period, unit="y")
    if password is not None:
        inner += element("domain:authInfo", element("domain:pw", password))
    content = element("domain:transfer", inner, **{"xmlns:domain": epp.NS["domain"]})
    return element("transfer", content, op=op)


def set_authinfo(name, password):
    return epp.domain_update(name, chg=element("domain:authInfo", element("domain:pw", password)))


def info_with(name, password):
    inner = element("domain:name", name) + element("domain:authInfo", element("domain:pw", password))
    return epp.on_object("info", "domain", inner)


class TransferTest(suite.RstTest):
    def prepare(self, tld):
        """A domain of A's that can be transferred, and its authInfo."""
        domain, strong = self.make_domain(self.a, tld=tld), rand(25)
        self.refuse(ERROR + "SERVER_ACCEPTS_INCORRECT_AUTHINFO", self.b, transfer("request", domain, "", "1"),
                    unchanged=[(self.a, "domain", domain)])  # none is set yet, and nothing equals it
        if self.announces(SECURE_AUTHINFO):
            self.refuse(ERROR + "SERVER_ACCEPTS_INSECURE_AUTHINFO", self.a, set_authinfo(domain, WEAK),
                        unchanged=[(self.a, "domain", domain)])
            self.accept(FAILURE, self.b, info_with(domain, WEAK), codes=(2202,))
        self.accept(ERROR + "SERVER_REJECTS_SECURE_AUTHINFO", self.a, set_authinfo(domain, strong))
        return domain, strong

    def expect_transfer_data(self, response, status, domain):
        found = [response.text("domain:trnData/domain:" + name) for name in ("name", "trStatus", "reID", "acID")]
        self.assertEqual([domain, status, B[0], A[0]], found, response.xml.decode())
        for name in ("reDate", "acDate"):
            self.assertTrue(response.text("domain:trnData/domain:" + name), response.xml.decode())

    def request(self, domain, strong, period):
        """B's requests; only the last is right."""
        # What is wrong, the request, codes that fit, the error.
        rows = (
            ("authInfo", transfer("request", domain, rand(25), "1"), (2202,), "SERVER_ACCEPTS_INCORRECT_AUTHINFO"),
            ("authInfo", transfer("request", domain, "", "1"), range(2000, 3000),
             "SERVER_ACCEPTS_INCORRECT_AUTHINFO"),
            ("period", transfer("request", domain, strong, "10"), range(2000, 3000),
             "SERVER_ACCEPTS_INVALID_PERIOD"),
            ("period", transfer("request", domain, strong, "11"), range(2000, 3000),
             "SERVER_ACCEPTS_INVALID_PERIOD"),
        )
        for what, command, codes, error in rows:
            self.refuse(ERROR + error, self.b, command, codes=codes,
                        unchanged=[(self.a, "domain", domain), (self.b, "domain", domain)])
        requested = self.accept("EPP_DOMAIN_TRANSFER_REQUEST_FAILED", self.b,
                                transfer("request", domain, strong, period), codes=(1000, 1001))
        self.expect_transfer_data(requested, "pending", domain)
        for client in (self.a, self.b):
            info = self.info(client, "domain", domain)
            self.assertIn("pendingTransfer", statuses(info, "domain"), INFO + "MISSING_OR_INVALID_STATUS_CODE")
            self.assertEqual(A[0], info.text("domain:clID"))
            self.expect_transfer_data(
                self.accept(FAILURE, client, transfer("query", domain), codes=(1000,)), "pending", domain)

    def expect_nobody_else_decides(self, domain):
        """The sponsor alone approves or rejects; who does not have the domain cannot cancel for who asked."""
        rows = ((self.b, "approve"), (self.b, "reject"), (self.a, "cancel"), (self.third, "approve"),
                (self.third, "reject"), (self.third, "cancel"))
        for client, op in rows:
            self.refuse(SUCCESS, client, transfer(op, domain), codes=(2201,),
                        unchanged=[(self.a, "domain", domain)])

    def expect_end(self, domain, sponsor):
        """What an info by its sponsor says when the transfer is over."""
        info = self.info(sponsor, "domain", domain)
        self.assertNotIn("pendingTransfer", statuses(info, "domain"), INFO + "MISSING_OR_INVALID_STATUS_CODE")
        return info

    def test_epp_19_transfer(self):
        for tld in TLDS:
            for years in (1, 3):
                with self.subTest(tld, years=years):
                    domain, strong = self.prepare(tld)
                    expiry = self.info(self.a, "domain", domain).text("domain:exDate")
                    self.request(domain, strong, str(years))
                    self.expect_nobody_else_decides(domain)
                    approved = self.accept(ERROR + "NOT_PROCESSED", self.a, transfer("approve", domain))
                    self.expect_transfer_data(approved, "clientApproved", domain)

                    info = self.expect_end(domain, self.b)
                    self.assertEqual(B[0], info.text("domain:clID"), ERROR + "NOT_PROCESSED")
                    self.assertEqual(A[0], info.text("domain:crID"))
                    self.assertEqual(years_later(expiry, years), info.text("domain:exDate"),
                                     INFO + "UNEXPECTED_EXPIRY_DATE")
                    self.assertIn("transferPeriod", rgp_statuses(info), INFO + "MISSING_OR_INVALID_RGP_STATUS")
                    self.accept(INFO + "AUTHINFO_NOT_RESET", self.a, info_with(domain, strong), codes=(2202,))
                    self.refuse(INFO + "AUTHINFO_NOT_RESET", self.a, transfer("request", domain, strong, "1"),
                                unchanged=[(self.b, "domain", domain)])
                    self.refuse(SUCCESS, self.a, domain_renew(domain, info.text("domain:exDate")[:10]),
                                unchanged=[(self.b, "domain", domain)], codes=(2201,))

    def test_epp_20_transfer_rejected(self):
        processed = ERROR + "SERVER_PROCESSED_REJECTED_TRANSFER"
        for tld in TLDS:
            with self.subTest(tld):
                domain, strong = self.prepare(tld)
                before = self.info(self.a, "domain", domain)
                self.request(domain, strong, "1")
                rejected = self.accept(FAILURE, self.a, transfer("reject", domain))
                self.expect_transfer_data(rejected, "clientRejected", domain)
                after = self.expect_end(domain, self.a)
                for name in ("clID", "exDate", "crID", "crDate"):
                    self.assertEqual(before.text("domain:" + name), after.text("domain:" + name), processed)
                self.assertNotIn("transferPeriod", rgp_statuses(after), processed)
                self.refuse(processed, self.a, transfer("approve", domain), codes=(2301,),
                            unchanged=[(self.a, "domain", domain)])
