"""What a login names, and what becomes of the rest; what it hears of its own security."""

import datetime
import json
import time

import epp_client as epp
import postel

DS = (f'<secDNS:create xmlns:secDNS="{epp.NS["secDNS"]}"><secDNS:dsData><secDNS:keyTag>12345</secDNS:keyTag>'
      "<secDNS:alg>13</secDNS:alg><secDNS:digestType>2</secDNS:digestType>"
      f'<secDNS:digest>{"A1" * 32}</secDNS:digest></secDNS:dsData></secDNS:create>')


class UnhandledNamespacesTest(postel.RegistryTest):
    """RFC 9038: a client hears also what its login did not name, if it can tell that apart."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.registry.log_in(cls.server) as client:
            for command, extension in ((epp.contact_create("svc-holder"), ""),
                                       (epp.domain_create("services.org", "svc-holder"), DS)):
                response = client.command(command, extension)
                if response.code != 1000:
                    raise AssertionError(response.xml)

    def log_in_with(self, objects, *extensions):
        client = self.connect()
        self.expect(1000, client.login(*postel.GOLD, objects=[epp.NS[o] for o in objects],
                                       extensions=[epp.NS[e] for e in extensions]))
        return client

    def unhandled(self, response):
        """The elements of the extValues by the reason that stands beside each."""
        return {value.find("epp:reason", epp.NS).text: value.find("epp:value", epp.NS)[0]
                for value in response.all("epp:extValue")}

    def test_what_the_login_named_stands_in_the_extension(self):
        info = self.log_in_with(["domain"], "secDNS", "rgp", "unhandled").command(
            epp.info("domain", "services.org"))
        self.assertEqual({}, self.unhandled(self.expect(1000, info)))
        self.assertEqual("12345", info.text("epp:response/epp:extension/secDNS:infData/secDNS:dsData/secDNS:keyTag"))

    def test_extensions_that_it_did_not_name_stand_in_the_result(self):
        info = self.log_in_with(["domain"], "rgp", "unhandled").command(epp.info("domain", "services.org"))
        self.expect(1000, info)
        self.assertIsNotNone(info.text("epp:response/epp:resData/domain:infData/domain:name"))
        self.assertEqual("addPeriod",
                         info.all("epp:extension/rgp:infData/rgp:rgpStatus")[0].get("s"))
        unhandled = self.unhandled(info)
        self.assertEqual([epp.NS["secDNS"] + " not in login services"], list(unhandled))
        (data,) = unhandled.values()
        self.assertEqual(f"{{{epp.NS['secDNS']}}}infData", data.tag)
        self.assertEqual("12345", data.find("secDNS:dsData/secDNS:keyTag", epp.NS).text)

    def test_without_the_extension_they_are_left_out(self):
        info = self.log_in_with(["domain"]).command(epp.info("domain", "services.org"))
        self.expect(1000, info)
        for absent in (b"secDNS", b"rgp", b"extValue", b"<extension>"):
            self.assertNotIn(absent, info.xml)

    def test_messages_about_objects_that_it_did_not_name_stand_in_the_result(self):
        self.addCleanup(self.registry.ctl, "clock", "reset")
        self.log_in_with(["domain"])
        self.registry.ctl("clock", "move", "+370d")
        owner = self.log_in_with(["domain"])
        self.expect(1000, owner.command(epp.domain_update(
            "services.org", add='<domain:status s="clientHold"/>')))
        poll = self.log_in_with(["contact"], "unhandled").command(epp.POLL)
        self.expect(1301, poll)
        self.assertEqual([], poll.all("epp:resData"))
        unhandled = self.unhandled(poll)
        self.assertEqual([epp.NS["domain"] + " not in login services"], list(unhandled))
        (data,) = unhandled.values()
        self.assertEqual("services.org", data.find("domain:name", epp.NS).text)
        plain = self.expect(1301, self.log_in_with(["contact"]).command(epp.POLL))
        self.assertEqual({}, self.unhandled(plain))
        known = self.expect(1301, self.log_in_with(["domain"], "unhandled").command(epp.POLL))
        self.assertEqual({}, self.unhandled(known))
        self.assertEqual("services.org", known.text("epp:response/epp:resData/domain:renData/domain:name"))

    def test_it_extends_no_command(self):
        client = self.log_in_with(["domain"], "unhandled")
        self.expect(2103, client.command(epp.info("domain", "services.org"),
                                         f'<x xmlns="{epp.NS["unhandled"]}"/>'))


IN_LOGIN_SEC = "[LOGIN-SECURITY]"
LONG = "a long password of 5 words, quite-long"


def login_sec(pw=None, new_pw=None, agent=""):
    content = f"<loginSec:userAgent>{agent}</loginSec:userAgent>" if agent else ""
    content += f"<loginSec:pw>{pw}</loginSec:pw>" if pw else ""
    content += f"<loginSec:newPW>{new_pw}</loginSec:newPW>" if new_pw else ""
    return f'<loginSec:loginSec xmlns:loginSec="{epp.NS["loginSec"]}">{content}</loginSec:loginSec>'


class LoginSecurityTest(postel.RegistryTest):
    """RFC 8807, with silver; the certificates of tests expire in two days."""

    SETTINGS = {"certificate_warning": "0", "password_warning": "14d", "longest_password": "40"}

    def log_in_as_silver(self, pw=postel.SILVER[1], new_pw=None, extension="", extensions=("loginSec",),
                         server=None):
        client = self.registry.connect(server or self.server, "silver")
        self.addCleanup(client.close)
        return client.command(epp.login("silver", pw, new_pw, extensions=[epp.NS[e] for e in extensions]),
                              extension)

    def events(self, response):
        """Type and level of each; the events themselves are left in self.event."""
        found = response.all("loginSec:event")
        self.event = {event.get("type"): event for event in found}
        return [(event.get("type"), event.get("level")) for event in found]

    def await_followed(self, test):
        """The server follows the operator within a second."""
        deadline = time.monotonic() + 20
        while not test() and time.monotonic() < deadline:
            time.sleep(0.05)

    def await_failures(self, count):
        """They are counted behind the answer."""
        deadline = time.monotonic() + 20
        while True:
            shown = json.loads(self.registry.ctl("--json", "registrar", "show", "silver").stdout)
            if shown["failed_logins"] == count or time.monotonic() > deadline:
                break
            time.sleep(0.05)
        self.assertEqual(count, shown["failed_logins"])

    def test_passwords_may_be_long(self):
        long, longer = LONG, LONG[:-4] + "LONG"
        changed = self.log_in_as_silver(new_pw=IN_LOGIN_SEC, extension=login_sec(new_pw=long))
        self.assertEqual([], self.events(self.expect(1000, changed)))
        self.expect(2200, self.log_in_as_silver())
        self.expect(2200, self.log_in_as_silver(IN_LOGIN_SEC, extension=login_sec(longer)))
        self.await_failures(2)
        spaced = "\n\t" + long.replace(" ", "  \n ") + " "
        self.expect(1000, self.log_in_as_silver(IN_LOGIN_SEC, extension=login_sec(spaced)))
        self.expect(1000, self.log_in_as_silver(IN_LOGIN_SEC, IN_LOGIN_SEC, login_sec(long, longer)))
        self.expect(2200, self.log_in_as_silver(IN_LOGIN_SEC, extension=login_sec(long)))
        self.await_failures(1)
        back = self.log_in_as_silver(IN_LOGIN_SEC, postel.SILVER[1], login_sec(longer))
        self.expect(1000, back)
        self.assertEqual([], self.events(self.expect(1000, self.log_in_as_silver())))

    def test_both_places_have_to_agree(self):
        agent = login_sec(agent="<loginSec:os>x</loginSec:os>")
        missing = self.expect(2003, self.log_in_as_silver(IN_LOGIN_SEC, extension=agent))
        self.assertIn(b"[LOGIN-SECURITY]", missing.xml)
        self.expect(2003, self.log_in_as_silver(IN_LOGIN_SEC))
        self.expect(2003, self.log_in_as_silver(new_pw=IN_LOGIN_SEC))
        refused = self.expect(2306, self.log_in_as_silver(extension=login_sec(postel.SILVER[1])))
        self.assertNotIn(postel.SILVER[1].encode(), refused.xml)
        self.expect(2306, self.log_in_as_silver(extension=login_sec(new_pw=LONG)))
        self.expect(2002, self.log_in_as_silver(extension=agent, extensions=("rgp",)))
        self.expect(2005, self.log_in_as_silver(IN_LOGIN_SEC, extension=login_sec(" 1  2 3")))
        self.expect(2306, self.log_in_as_silver(IN_LOGIN_SEC, extension=login_sec("x1" * 20 + "y")))
        self.expect(2200, self.log_in_as_silver(IN_LOGIN_SEC, extension=login_sec("x1" * 20)))
        self.await_failures(1)
        self.log_in_as_silver()

    def test_a_weak_new_password_is_an_event(self):
        for weak in ("silver", "x1" * 20 + "y", IN_LOGIN_SEC):
            refused = self.log_in_as_silver(new_pw=IN_LOGIN_SEC, extension=login_sec(new_pw=weak))
            self.assertEqual([("newPW", "error")], self.events(self.expect(2306, refused)), weak)
        unknown = self.log_in_as_silver("Wrong-pw-1", IN_LOGIN_SEC, login_sec(new_pw="silver"))
        self.assertEqual([], self.events(self.expect(2200, unknown)))
        self.await_failures(1)
        self.expect(1000, self.log_in_as_silver())

    def test_failed_logins_are_told_once(self):
        self.expect(1000, self.log_in_as_silver())
        for wrong in ("Wrong-pw-1", "Wrong-pw-2"):
            self.expect(2200, self.log_in_as_silver(wrong))
        with_another_certificate = self.connect("gold")
        self.expect(2200, with_another_certificate.login(*postel.SILVER))
        without = self.connect(None)
        self.expect(2200, without.login(*postel.SILVER))
        self.await_failures(3)
        told = self.expect(1000, self.log_in_as_silver())
        self.assertEqual([("stat", "warning")], self.events(told))
        event = self.event["stat"]
        self.assertEqual(("failedLogins", "3", "P1D"),
                         (event.get("name"), event.get("value"), event.get("duration")))
        self.assertEqual([], self.events(self.expect(1000, self.log_in_as_silver())))

    def test_a_login_that_does_not_know_the_extension_hears_nothing(self):
        self.expect(2200, self.log_in_as_silver("Wrong-pw-1"))
        self.await_failures(1)
        plain = self.expect(1000, self.log_in_as_silver(extensions=("rgp",)))
        self.assertNotIn(b"extension", plain.xml)
        self.assertEqual([], self.events(self.log_in_as_silver()))

    def test_a_certificate_that_expires_soon_is_told(self):
        server = postel.EppServer(self.registry, certificate_warning="30d")
        self.addCleanup(server.kill)
        told = self.expect(1000, self.log_in_as_silver(server=server))
        self.assertEqual([("certificate", "warning")], self.events(told))
        expires = datetime.datetime.fromisoformat(
            self.event["certificate"].get("exDate").replace("Z", "+00:00"))
        left = expires - datetime.datetime.now(datetime.timezone.utc)
        self.assertLess(datetime.timedelta(days=1), left)
        self.assertLess(left, datetime.timedelta(days=2))

    def test_passwords_grow_old_if_the_operator_says_so(self):
        self.addCleanup(self.await_followed, lambda: self.log_in_as_silver().code == 1000)
        self.addCleanup(self.registry.ctl, "registrar", "password", "silver", "--password-file",
                        self.registry.write("silver.again", postel.SILVER[1] + "\n"))
        self.addCleanup(self.registry.ctl, "registrar", "update", "silver", "--password-days", "0")
        self.addCleanup(self.registry.ctl, "clock", "reset")
        self.registry.ctl("registrar", "update", "silver", "--password-days", "90")
        self.assertIn("Password ends", self.registry.ctl("registrar", "show", "silver").stdout)

        self.registry.ctl("clock", "move", "+80d")
        self.await_followed(lambda: self.events(self.log_in_as_silver()))
        warned = self.expect(1000, self.log_in_as_silver())
        self.assertEqual([("password", "warning")], self.events(warned))
        until = self.event["password"].get("exDate")

        self.registry.ctl("clock", "move", "+11d")
        self.await_followed(lambda: self.log_in_as_silver().code != 1000)
        expired = self.expect(2200, self.log_in_as_silver())
        self.assertEqual([("password", "error")], self.events(expired))
        self.assertEqual(until, self.event["password"].get("exDate"))
        plain = self.expect(2200, self.log_in_as_silver(extensions=("rgp",)))
        self.assertNotIn(b"<extension>", plain.xml)
        weak = self.expect(2200, self.log_in_as_silver(new_pw="silver"))
        self.assertEqual([("password", "error"), ("newPW", "error")], self.events(weak))
        wrong = self.expect(2200, self.log_in_as_silver("Wrong-pw-1", "Newer-pw-3"))
        self.assertEqual([], self.events(wrong))
        self.await_failures(1)
        renewed = self.expect(1000, self.log_in_as_silver(new_pw="Newer-pw-3"))
        self.assertEqual([("stat", "warning")], self.events(renewed))
        self.assertEqual("1", self.event["stat"].get("value"), "an expired password is no failure")
        self.assertEqual([], self.events(self.expect(1000, self.log_in_as_silver("Newer-pw-3"))))

    def test_the_software_of_the_client_is_logged(self):
        agent = ("<loginSec:app>EPP  SDK 1.0</loginSec:app><loginSec:tech>Java 21</loginSec:tech>"
                 "<loginSec:os>Linux</loginSec:os>")
        self.expect(1000, self.log_in_as_silver(extension=login_sec(agent=agent)))
        self.server.await_log(r'epp\.login peer=\S+ clid=silver app="EPP SDK 1.0" tech="Java 21" os=Linux')


class LoginWithoutDatabaseTest(postel.RegistryTest):
    """Counting failures must keep nobody out."""

    @classmethod
    def make_registry(cls):
        registry = postel.Registry()
        cls.addClassCleanup(registry.close)
        return registry

    def test_logins_go_on_when_the_database_is_away(self):
        self.registry.cluster.stop_server(at_once=True)
        deadline = time.monotonic() + 60
        while self.server.metric("epp_database_reachable") and time.monotonic() < deadline:
            time.sleep(0.1)
        client = self.connect()
        self.expect(2200, client.login("gold", "Wrong-pw-1"))
        self.expect(1000, client.login(*postel.GOLD))
        self.registry.cluster.start()
