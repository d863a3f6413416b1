"""RST's cases about the rights protection mechanisms, suite MinimumRPMs: sunrise and claims, RFC 8334 and RFC 9361."""

import time

import epp_client as epp
from clearinghouse import at, encoded, notice_id, text_of
from rst import suite
from rst.suite import A, CLAIMS_TLD, SUNRISE_TLD, domain_create, element, rand

LAUNCH = {"xmlns:launch": epp.NS["launch"]}
SMD = {"xmlns:smd": "urn:ietf:params:xml:ns:signedMark-1.0"}

KEYS = {"test-and-validate": "2013041500/2/6/9/rJ1NrDO92vDsAzf7EQzgjX4R0000000001",
        "xn--bcher-kva": "2013041500/6/A/5/alJAqG2vI2BmCv5PfUvuDkf40000000002"}
REVOKED_MARK = "0000001681375789102250-65535"

CREATE = "RPMS_SUNRISE_CREATE_"
CLAIM = "RPMS_TRADEMARK_CREATE_"


def phase(name):
    return element("launch:phase", name)


def claims_check():
    return element("launch:check", phase("claims"), type="claims", **LAUNCH)


def launch_info(name, include_mark="false"):
    return element("launch:info", phase(name), includeMark=include_mark, **LAUNCH)


def sunrise_create(xml):
    return element("launch:create", phase("sunrise") + element("smd:encodedSignedMark", encoded(xml), **SMD),
                   **LAUNCH)


def claims_create(number, not_after, accepted):
    notice = element("launch:noticeID", number, validatorID="tmch")
    notice += element("launch:notAfter", text_of(not_after)) + element("launch:acceptedDate", text_of(accepted))
    return element("launch:create", phase("claims") + element("launch:notice", notice), **LAUNCH)


class RpmTest(suite.RstTest):
    SETTINGS = {"tmch_refresh": "1s"}

    def setUp(self):
        self.publish(self.registry.clearinghouse.publish_claims, KEYS)

    def publish(self, publish, content, event=r"epp\.tmch_reloaded"):
        seen = len(self.server.log())
        publish(content)
        self.server.await_log(event, after=seen)

    def claim_keys(self, *names):
        """Of each name: its claim keys, as (validator, key)."""
        response = self.accept("RPMS_MISSING_CLAIMS_KEY", self.a, epp.check("domain", *names), claims_check(),
                               codes=(1000,))
        found = {}
        for answer in response.all("launch:chkData/launch:cd"):
            name = answer.find("launch:name", epp.NS)
            keys = [(key.get("validatorID"), key.text) for key in answer.findall("launch:claimKey", epp.NS)]
            self.assertEqual(bool(keys), name.get("exists") in ("1", "true"), response.xml.decode())
            found[name.text] = keys
        return found

    def test_minimumRPMs_01(self):
        other = rand(18)
        found = self.claim_keys(*[f"{label}.{CLAIMS_TLD}" for label in (*KEYS, other)])
        for label, key in KEYS.items():
            self.assertEqual([("tmch", key)], found[f"{label}.{CLAIMS_TLD}"], "RPMS_INVALID_CLAIMS_KEY")
        self.assertEqual([], found[f"{other}.{CLAIMS_TLD}"], "RPMS_UNEXPECTED_CLAIMS_KEY")

    def test_minimumRPMs_02(self):
        house = self.registry.clearinghouse
        self.publish(house.publish_revoked, (REVOKED_MARK,))
        label = rand(18)
        name = f"{label}.{SUNRISE_TLD}"
        good = house.signed_mark((label, label + "-inc"))
        # What is wrong, the signed mark, the error.
        rows = (
            ("invalid", good.replace(b"Ag corporation", b"Bg corporation"), "INVALID_SMD"),
            ("revoked mark", house.signed_mark((label,), REVOKED_MARK), "REVOKED_SMD"),
            ("revoked certificate", house.signed_mark((label,), validator="revoked"), "SMD_WITH_REVOKED_SIGNATURE"),
            ("another label", house.signed_mark((rand(18),)), "INCORRECT_SMD"),
            ("expired", house.signed_mark((label,), until=at(seconds=2)), "INVALID_SMD"),
        )
        for what, mark, error in rows:
            with self.subTest(what):
                self.refuse(CREATE + "UNEXPECTED_SUCCESS_USING_" + error, self.a, domain_create(name),
                            sunrise_create(mark), codes=(2306,))
                self.expect_gone(error, self.a, "domain", name)
        self.refuse("no mark at all", self.a, domain_create(name), codes=(2306,))
        self.accept(CREATE + "UNEXPECTED_FAILURE_USING_VALID_SMD", self.a, domain_create(name), sunrise_create(good),
                    codes=(1000,))
        plain = self.info(self.a, "domain", name, CREATE + "INFO_OBJECT_DOES_NOT_EXIST")
        self.assertEqual((name, A[0]), (plain.text("domain:infData/domain:name"), plain.text("domain:clID")),
                         CREATE + "INFO_OBJECT_IS_HAS_MISSING_OR_INVALID_PROPERTIES")
        self.assertEqual([], plain.all("launch:infData"), "nobody asked for it")
        shown = self.accept("info", self.a, epp.info("domain", name), launch_info("sunrise", "true"), codes=(1000,))
        self.assertEqual("sunrise", shown.text("launch:infData/launch:phase"))
        self.assertIn(f"<mark:label>{label}</mark:label>".encode(), shown.xml)
        self.refuse("another phase", self.a, epp.info("domain", name), launch_info("claims"), codes=(2306,))
        history = self.registry.ctl("domain", "show", name, "--history").stdout
        self.assertIn("0000001751376056503931-65535", history)
        self.audit()

    def test_minimumRPMs_03(self):
        label, number = rand(18), 9223372036854775807
        self.publish(self.registry.clearinghouse.publish_claims, {**KEYS, label: "key/of/it"})
        name = f"{label}.{CLAIMS_TLD}"
        self.assertEqual([("tmch", "key/of/it")], self.claim_keys(name)[name], "RPMS_MISSING_CLAIMS_KEY")
        later, before, just_now = at(days=-2), at(days=1), at(minutes=1)
        # What is wrong, the notice, the error.
        rows = (
            ("checksum", ("00000000" + str(number), later, just_now), "INVALID_NOTICE_ID"),
            ("another label", (notice_id(rand(18), later, number), later, just_now), "INVALID_NOTICE_ID"),
            ("another expiry", (notice_id(label, before, number), later, just_now), "INVALID_NOTICE_ID"),
            ("expired", (notice_id(label, before, number), before, at(days=2)), "EXPIRED_NOTICE_ID"),
            ("old acceptance", (notice_id(label, later, number), later, at(days=367)), "INVALID_ACCEPTANCE_DATE"),
            ("acceptance to come", (notice_id(label, later, number), later, at(days=-1)), "INVALID_ACCEPTANCE_DATE"),
        )
        for what, notice, error in rows:
            with self.subTest(what):
                self.refuse(CLAIM + "UNEXPECTED_SUCCESS_USING_" + error, self.a, domain_create(name),
                            claims_create(*notice), codes=(2306,))
        self.refuse("no notice", self.a, domain_create(name), codes=(2306,))
        self.expect_gone("none of them", self.a, "domain", name)
        self.accept(CLAIM + "UNEXPECTED_FAILURE_USING_VALID_NOTICE_ID", self.a, domain_create(name),
                    claims_create(notice_id(label, later, number), later, just_now), codes=(1000,))
        self.info(self.a, "domain", name, CLAIM + "INFO_OBJECT_DOES_NOT_EXIST")
        shown = self.accept("info", self.a, epp.info("domain", name), launch_info("claims"), codes=(1000,))
        self.assertEqual("claims", shown.text("launch:infData/launch:phase"))
        self.accept("no claims", self.a, domain_create(f"{rand(18)}.{CLAIMS_TLD}"), codes=(1000,))
        self.audit()

    def test_a_list_that_is_not_right_leaves_the_old_one_in_use(self):
        name = f"test-and-validate.{CLAIMS_TLD}"
        house = self.registry.clearinghouse
        self.publish(lambda text: house.replace("dnl.csv", text), "1,2026-01-01T00:00:00.0Z\nDNL,lookup-",
                     r"epp\.tmch_reload_failed error=\"?\S*dnl\.csv:2")
        self.assertTrue(self.claim_keys(name)[name])
        self.assertEqual(1, self.server.metric("epp_tmch_files_stale"))
        self.publish(house.publish_claims, {})
        self.assertEqual([], self.claim_keys(name)[name])
        self.assertEqual(0, self.server.metric("epp_tmch_files_stale"))

    def test_a_million_labels_do_not_stop_the_commands(self):
        keys = {f"label-{number}": "2013041500/2/6/9/rJ1NrDO92vDsAzf7EQzgjX4R0000000001" for number in range(10 ** 6)}
        seen = len(self.server.log())
        self.registry.clearinghouse.publish_claims(keys)
        slowest = 0
        while "epp.tmch_reloaded" not in self.server.log()[seen:]:
            start = time.monotonic()
            self.accept("while the list is read", self.a, epp.check("domain", f"x.{CLAIMS_TLD}"))
            slowest = max(slowest, time.monotonic() - start)
            time.sleep(0.05)
        self.assertLess(slowest, 1)
        name = f"label-999999.{CLAIMS_TLD}"
        self.assertTrue(self.claim_keys(name)[name])
