"""The operator's command line: what it changes, refuses and says."""

import concurrent.futures
import json
import os
import shutil
import subprocess
import tempfile
import unittest

import epp_client as epp
import postel
from authority import Authority

PASSWORD = "Secret-pw-1\n"


def run(database, *arguments, text=None):
    return subprocess.run([postel.program("postelctl"), "--database", database, *arguments],
                          capture_output=True, text=True, timeout=120, input=text)


class OperatorTest(unittest.TestCase):
    """No server runs here: the clock may be tried."""

    @classmethod
    def setUpClass(cls):
        cls.registry = postel.Registry.shared()
        cls.database = cls.registry.cluster.conninfo()

    def ctl(self, *arguments, text=None, database=None):
        return run(database or self.database, *arguments, text=text)

    def ok(self, *arguments, **options):
        done = self.ctl(*arguments, **options)
        self.assertEqual((0, ""), (done.returncode, done.stderr), arguments)
        return done.stdout

    def json(self, *arguments):
        return json.loads(self.ok("--json", *arguments))

    def refused(self, code, sentence, *arguments, **options):
        """The same in both forms; in JSON nothing else stands on standard error."""
        done = self.ctl(*arguments, **options)
        self.assertEqual(code, done.returncode, (arguments, done.stdout, done.stderr))
        self.assertIn(sentence, done.stderr)
        self.assertNotIn("event=", done.stderr)
        done = self.ctl("--json", *arguments, **options)
        self.assertEqual((code, ""), (done.returncode, done.stdout), arguments)
        error = json.loads(done.stderr)
        self.assertIn(sentence, error["text"])
        return error

    def new_database(self, name, *options):
        cluster = self.registry.cluster
        cluster.sql(f'CREATE DATABASE "{name}"', database="postgres")
        if options:
            self.ok("migrate", *options, database=cluster.conninfo(name))
        return cluster.conninfo(name)

    def create(self, name, *options):
        return self.ok("registrar", "create", name, "--password-file", "-", *options, text=PASSWORD)


class RegistrarTest(OperatorTest):
    def test_the_registry_says_how_long_contacts_wait(self):
        database = self.new_database("contacts", "--sandbox")
        shown = lambda: json.loads(self.ok("--json", "registry", "show", database=database))
        self.assertEqual(("5d", "14d"), (shown()["contact_transfer_wait"], shown()["contact_auth_info_ttl"]))
        self.ok("registry", "set", "--contact-transfer-wait", "36h", database=database)
        self.assertEqual(("36h", "14d"), (shown()["contact_transfer_wait"], shown()["contact_auth_info_ttl"]))
        self.ok("registry", "set", "--contact-auth-info-ttl", "0s", database=database)
        self.assertEqual("36h", shown()["contact_transfer_wait"])
        for arguments, sentence in ((("--contact-transfer-wait", "soon"), "soon: not a duration such as 5d"),
                                    (("--contact-transfer-wait", "-1d"), "expected a time from 0s to 3650d"),
                                    (("--contact-auth-info-ttl", "3651d"), "expected a time from 0s to 3650d"),
                                    ((), "nothing to set")):
            self.refused(2, sentence, "registry", "set", *arguments, database=database)
        self.assertEqual("36h", shown()["contact_transfer_wait"])

    def test_the_registry_says_how_early_it_reminds_of_maintenances(self):
        database = self.new_database("courtesy", "--sandbox")
        shown = lambda: json.loads(self.ok("--json", "registry", "show", database=database))
        self.assertEqual("1d", shown()["maintenance_courtesy"])
        self.ok("registry", "set", "--maintenance-courtesy", "36h", database=database)
        for arguments, sentence in ((("--maintenance-courtesy", "soon"), "soon: not a duration such as 24h"),
                                    (("--maintenance-courtesy", "-1d"), "expected a time from 0s to 90d"),
                                    (("--maintenance-courtesy", "91d", "--contact-transfer-wait", "1d"),
                                     "expected a time from 0s to 90d")):
            self.refused(2, sentence, "registry", "set", *arguments, database=database)
        self.assertEqual(("36h", "5d"), (shown()["maintenance_courtesy"], shown()["contact_transfer_wait"]))
        self.ok("registry", "set", "--maintenance-courtesy", "0s", database=database)
        self.assertEqual("0", shown()["maintenance_courtesy"])

    def test_changes_at_once_do_not_lose_one_another(self):
        self.create("parallel")
        authority = Authority(self.registry.folder, "parallel-ca")
        changes = [("certificate", "parallel", "add", authority.issue(f"parallel{n}")[0])
                   for n in range(6)]
        changes += [("update", "parallel", "--city", "Reston"),
                    ("update", "parallel", "--phone", "+1.5555550199"),
                    ("update", "parallel", "--max-sessions", "7")]
        with concurrent.futures.ThreadPoolExecutor(len(changes)) as pool:
            done = list(pool.map(lambda change: self.ctl("registrar", *change), changes))
        self.assertEqual([(0, "")] * len(changes), [(d.returncode, d.stderr) for d in done])
        shown = self.json("registrar", "show", "parallel")
        self.assertEqual(6, len(shown["certificates"]))
        self.assertEqual(("Reston", "+1.5555550199", 7),
                         (shown["city"], shown["phone"], shown["max_sessions"]))

        removals = [("certificate", "parallel", "remove", sha) for sha in shown["certificates"][:4]]
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            done = list(pool.map(lambda change: self.ctl("registrar", *change), removals))
        self.assertEqual([0] * 4, [d.returncode for d in done])
        self.assertEqual([{"sha256": sha} for sha in shown["certificates"][4:]],
                         self.json("registrar", "certificate", "parallel", "list"))

    def test_values_that_would_be_published_wrongly_are_refused(self):
        self.create("values", "--name", "Values Inc.")
        before = self.json("registrar", "show", "values")
        for code, sentence, *options in (
            (1, "the name is empty", "--name", ""),
            (1, "not plain text in one line", "--name", "Values\nRegistrar: Gold"),
            (1, "not plain text in one line", "--name", b"\xff\xfe"),
            (1, "not plain text in one line", "--city", b"\xe9"),
            (1, "longer than 255 characters", "--name", "x" * 256),
            (1, "not an http or https URL", "--url", "ftp://values.example/"),
            (1, "not an http or https URL", "--rdap-base", "values"),
            (1, "not a valid host name", "--whois-server", "whois values"),
            (1, "at most three lines", *["--street", "x"] * 4),
            (1, "does not serve the top-level domain: com", "--tld", "com"),
            (1, "does not serve the top-level domain", "--tld", ""),
            (1, "a credit limit is not negative", "--credit-limit", "-1.00"),
            (2, "nothing to change",),
        ):
            with self.subTest(options=options):
                self.refused(code, sentence, "registrar", "update", "values", *options)
        self.assertEqual(before, self.json("registrar", "show", "values"))
        self.ok("registrar", "update", "values", "--tld", "org", "--street", "1 Main St",
                "--street", "Suite 2")
        shown = self.json("registrar", "show", "values")
        self.assertEqual((["org"], False, ["1 Main St", "Suite 2"]),
                         (shown["tlds"], shown["all_tlds"], shown["street"]))
        self.ok("registrar", "update", "values", "--all-tlds")
        self.assertIn("May sell:      all", self.ok("registrar", "show", "values"))

    def test_passwords_expire_if_the_operator_says_so(self):
        self.create("ageing")
        shown = self.json("registrar", "show", "ageing")
        self.assertEqual((0, 0), (shown["password_days"], shown["failed_logins"]))
        self.assertNotIn("password_expires", shown)
        self.assertRegex(self.ok("registrar", "show", "ageing"), r"Password ends: +never\n")
        self.ok("registrar", "update", "ageing", "--password-days", "90")
        after = self.json("registrar", "show", "ageing")
        self.assertEqual((90, shown["password_set"]), (after["password_days"], after["password_set"]))
        self.assertGreater(after["password_expires"], after["password_set"])
        self.ok("registrar", "password", "ageing", "--password-file", "-",
                text="a password of 38 characters, long one\n")
        self.assertGreater(self.json("registrar", "show", "ageing")["password_set"],
                           shown["password_set"])
        for weak in ("a" * 200 + "1", "[LOGIN-SECURITY]", " padded-1 ", "two  blanks-1"):
            self.refused(1, "passwords have at least 6 characters", "registrar", "password", "ageing",
                         "--password-file", "-", text=weak + "\n")

    def test_identifiers_are_letters_digits_and_hyphens_in_one_case(self):
        for name, sentence in (("b ronze", "letters, digits and hyphens"),
                               ("GOLD", "the registrar exists: gold"), ("ab", "3 to 16")):
            self.refused(1, sentence, "registrar", "create", name, "--password-file", "-",
                         text=PASSWORD)

    def test_a_list_option_takes_one_word(self):
        self.ok("registrar", "update", "--street", "1 Main St", "gold")
        self.assertEqual(["1 Main St"], self.json("registrar", "show", "gold")["street"])

    def test_certificates_that_are_not_there_are_no_wrong_usage(self):
        self.refused(1, "the registrar has no such certificate: 00",
                     "registrar", "certificate", "gold", "remove", "00")
        self.refused(2, "cannot be read", "registrar", "certificate", "gold", "add", "/nonexistent")

    def test_deposits_answer_with_the_balance_and_stand_in_the_ledger(self):
        self.create("payer")
        self.assertEqual("Deposited: 12.50 USD\nBalance:   12.50 USD\n",
                         self.ok("registrar", "deposit", "payer", "12.50", "--reference", "one")
                         .split("\n", 1)[1])
        answer = self.json("registrar", "deposit", "payer", "--", "-2.50")
        self.assertEqual({"registrar": "payer", "done": "withdrawn", "amount": "2.50",
                          "balance": "10.00", "currency": "USD"}, answer)
        self.assertEqual([("deposit", "12.50", "deposit: one"), ("deposit", "-2.50", "deposit")],
                         [(row["kind"], row["amount"], row["what"])
                          for row in self.json("registrar", "ledger", "payer")])
        self.assertEqual(1, len(self.json("registrar", "ledger", "payer", "--limit", "1")))
        for sentence, *arguments in (
            ("the amount is zero", "0"),
            ("at most 12 digits before the point: 1000000000000", "1000000000000"),
            ("not an amount such as 9.75", "ten"),
            ("the reference is longer", "1", "--reference", "x" * 256),
            ("not plain text in one line", "1", "--reference", b"\xff"),
        ):
            self.refused(1, sentence, "registrar", "deposit", "payer", *arguments)

    def test_tables_name_the_currency(self):
        head, rule, *rows = self.ok("registrar", "list").splitlines()
        self.assertIn("Balance, USD", head)
        gold = next(row for row in rows if row.startswith("gold "))
        end = head.index("Balance, USD") + len("Balance, USD")
        self.assertRegex(gold[:end], r" \d+\.\d\d$")


class TldTest(OperatorTest):
    REFUSED = ("foo", "foo IN A 999.1.1.1", "foo IN BOGUS x", "@ IN CNAME",
               "@ IN SOA a. b. 1 2 3 4 5", "foo CH TXT x", "foo 99999999999999 IN A 192.0.2.1",
               "foo.net. IN A 192.0.2.1", "free IN CNAME nic", "@ MX 10 absent")
    TAKEN = ("_dmarc IN TXT \"v=DMARC1; p=reject\"", "@ 60 IN TXT unquoted \"two \\\" \\009\"",
             "nic CAA 0 issue \"ca.example\"", "nic 300 MX 10 mail.nic", "mail.nic AAAA ::1",
             "whois CNAME www.example.net.", "sub.nic NS ns.example.net.", "ORG. A 192.0.2.1",
             "sub.nic DS 12345 13 2 " + "AB" * 32, "_x._tcp.nic SRV 0 0 43 mail.nic", "@ MX 0 .")

    def policy(self, *records):
        lines = "".join(f"static_record = {record}\n" for record in records)
        return self.registry.write("tried.conf", postel.POLICY + lines)

    def test_records_that_name_servers_refuse_are_refused_with_their_line(self):
        first = postel.POLICY.count("\n") + 1
        for record in self.REFUSED:
            with self.subTest(record=record):
                path = self.policy("nic 60 TXT x", record)
                self.refused(2, f"{path}:{first + 1}: static_record: ", "tld", "apply", path)

    def test_records_that_are_taken_load(self):
        if shutil.which("named-checkzone") is None:
            self.skipTest("named-checkzone is not installed")
        path = self.policy(*self.TAKEN)
        self.ok("tld", "apply", path)
        self.addCleanup(self.ok, "tld", "apply", self.registry.write("org.conf", postel.POLICY))
        with tempfile.TemporaryDirectory() as folder:
            zone = os.path.join(folder, "org")
            made = subprocess.run([postel.program("postel-zonegen"), "full", "--database",
                                   self.database, "--tld", "org", "--out", zone],
                                  capture_output=True, text=True, timeout=120)
            self.assertEqual(0, made.returncode, made.stderr)
            checked = subprocess.run(
                ["named-checkzone", "-i", "local", "-k", "fail", "-m", "fail", "-M", "fail", "-n",
                 "fail", "-S", "fail", "-r", "fail", "org", zone], capture_output=True, text=True)
            self.assertEqual(0, checked.returncode, checked.stdout)


class MaintenanceTest(OperatorTest):
    PLANNED = ("--start", "2101-01-01T02:00:00Z", "--end", "2101-01-01T06:00:00+02:00", "--system", "EPP=full@epp.nic.org")

    def shown(self, name):
        return self.json("maintenance", "show", name)

    def test_what_is_given_is_shown(self):
        self.assertEqual("first", self.json("maintenance", "create", "--id", "first", *self.PLANNED)["created"])
        shown = self.shown("first")
        created = shown.pop("created")
        self.assertEqual({"id": "first", "state": "planned", "start": "2101-01-01T02:00:00.000Z",
                          "end": "2101-01-01T04:00:00.000Z", "systems": ["EPP=full@epp.nic.org"],
                          "environment": "production", "reason": "planned",
                          "courtesy": "2100-12-31T02:00:00.000Z"}, shown)
        self.ok("maintenance", "update", "first", "--name", "A move", "--system", "A=b c=none", "--system", "WHOIS=partial",
                "--type", "Routine", "--environment", "custom", "--environment-name", "lab", "--reason", "emergency",
                "--detail", "https://nic.org/1", "--description", "We move", "--description-in", "de", "Wir ziehen um",
                "--tld", "org", "--intervention", "both")
        shown = self.shown("first")
        self.assertEqual(created, shown.pop("created"))
        self.assertTrue(shown.pop("updated"))
        self.assertEqual({"id": "first", "name": "A move", "state": "planned", "start": "2101-01-01T02:00:00.000Z",
                          "end": "2101-01-01T04:00:00.000Z", "systems": ["A=b c=none", "WHOIS=partial"],
                          "environment": "custom", "environment_name": "lab", "reason": "emergency",
                          "types": ["Routine"], "detail": "https://nic.org/1",
                          "descriptions": ["en We move", "de Wir ziehen um"], "tlds": ["org"], "intervention": "both",
                          "courtesy": "2100-12-31T02:00:00.000Z"}, shown)
        self.ok("maintenance", "update", "first", "--name", "", "--type", "", "--description", "", "--detail", "",
                "--all-tlds", "--environment", "ote", "--intervention", "none")
        self.assertEqual({"id", "state", "start", "end", "systems", "environment", "reason", "intervention", "created",
                          "updated", "courtesy"}, set(self.shown("first")))
        self.assertRegex(self.ok("maintenance", "show", "first"), r"(?m)^System: +WHOIS=partial$")
        self.assertEqual(["first"], [line["id"] for line in self.json("maintenance", "list")])
        self.assertEqual(["update", "update", "create"], [line["told"] for line in self.json("maintenance", "history", "first")])
        self.ok("maintenance", "delete", "first")
        self.assertEqual([], self.json("maintenance", "list", "--all"))
        self.assertEqual("delete", self.json("maintenance", "history", "first", "--limit", "1")[0]["told"])

    def test_mistakes_are_named_and_change_nothing(self):
        self.ok("maintenance", "create", "--id", "kept", *self.PLANNED)
        before = self.shown("kept"), self.json("maintenance", "history")
        for code, sentence, *options in (
            (2, "the end has to be later than the start", "--end", "2101-01-01T02:00:00Z"),
            (2, "at most 366 days", "--end", "2102-01-03T02:00:00Z"),
            (2, "--start: not a time such as 2027-01-31T12:00:00Z: soon", "--start", "soon"),
            (2, "--end: not a time", "--end", ""),
            (2, "such as EPP=full or EPP=full@epp.nic.example: EPP", "--system", "EPP"),
            (2, "such as EPP=full", "--system", "EPP=much"),
            (2, "such as EPP=full", "--system", "EPP=full@"),
            (2, "a system's name", "--system", "=full"),
            (2, "not a host name or an address: e_pp", "--system", "EPP=full@e_pp"),
            (2, "the environment is production, ote", "--environment", "live"),
            (2, "a custom environment needs a name", "--environment", "custom"),
            (2, "--reason: planned or emergency", "--reason", "fun"),
            (2, "an http or https URL", "--detail", "nic.org"),
            (2, "not a language such as en", "--description-in", "e_n", "x"),
            (2, "one description for each language: en", "--description", "a", "--description", "b"),
            (2, "a description is plain text in one line", "--description", "a\nb"),
            (2, "the name is plain text", "--name", b"\xff"),
            (2, "does not serve the top-level domain: com", "--tld", "com"),
            (2, "either --tld or --all-tlds", "--tld", "org", "--all-tlds"),
            (2, "--intervention: none, connection", "--intervention", "yes"),
            (2, "nothing to change",),
        ):
            with self.subTest(options=options):
                self.refused(code, sentence, "maintenance", "update", "kept", *options)
        for code, sentence, *arguments in (
            (1, "there is, or was, a maintenance with this id", "create", "--id", "kept", *self.PLANNED),
            (2, "an id is 1 to 64 letters", "create", "--id", "a b", *self.PLANNED),
            (2, "the end has to be in the future", "create", "--start", "2001-01-01T00:00:00Z", "--end",
             "2001-01-02T00:00:00Z", "--system", "EPP=full"),
            (2, "--system is required", "create", *self.PLANNED[:4]),
            (1, "there is no such maintenance", "update", "other", "--name", "x"),
            (1, "there is no such maintenance", "delete", "other"),
            (1, "there is no such maintenance", "show", "other"),
        ):
            with self.subTest(arguments=arguments):
                self.refused(code, sentence, "maintenance", *arguments)
        self.assertEqual(before, (self.shown("kept"), self.json("maintenance", "history")))
        self.ok("maintenance", "delete", "kept")
        self.refused(1, "there is, or was, a maintenance with this id", "maintenance", "create", "--id", "kept", *self.PLANNED)


class ClockTest(OperatorTest):
    def test_a_sandbox_stays_within_a_hundred_years(self):
        database = self.new_database("clock", "--sandbox")
        sentence = "the clock of a sandbox stays within 100 years of the true time"
        for step in ("+99999999y", "+101y", "-101y", "+9223372036854775807d"):
            with self.subTest(step=step):
                done = run(database, "clock", "move", "--", step)
                self.assertEqual(2, done.returncode, done.stderr)
        self.refused(2, sentence, "clock", "move", "+101y", database=database)
        self.assertEqual("0", json.loads(run(database, "--json", "clock", "show").stdout)["offset"])
        self.ok("clock", "move", "+60y", database=database)
        self.refused(2, sentence, "clock", "move", "+41y", database=database)
        shown = json.loads(run(database, "--json", "clock", "move", "--", "-100y").stdout)
        self.assertEqual(-40 * 365 * 86400, shown["offset_seconds"])
        self.ok("clock", "reset", database=database)

    def test_another_clock_does_not_move(self):
        database = self.new_database("true_time", "--currency", "EUR")
        for command in (("move", "+1d"), ("move", "+101y"), ("reset",)):
            self.refused(1, "the clock moves in a sandbox only", "clock", *command,
                         database=database)


class SchemaTest(OperatorTest):
    def test_without_a_schema_everything_says_what_to_do(self):
        database = self.new_database("empty")
        for command in (("audit",), ("status",), ("registrar", "list"), ("tld", "show"),
                        ("domain", "show", "a.org"), ("clock", "show"),
                        ("registrar", "deposit", "gold", "1")):
            with self.subTest(command=command):
                self.refused(1, "run postelctl migrate first", *command, database=database)
        self.refused(3, "", "status", database="host=/nonexistent")

    def test_what_is_fixed_when_the_schema_is_made(self):
        database = self.new_database("fixed")
        for sentence, *options in (
            ("one to eight letters and digits", "--repository-id", ""),
            ("one to eight letters and digits", "--repository-id", "TOO_LONG_ID"),
            ("ISO 4217, such as USD", "--currency", "usd"),
            ("ISO 4217, such as USD", "--currency", b"\xff"),
        ):
            self.refused(2, sentence, "migrate", *options, database=database)
        self.ok("migrate", "--repository-id", "MADE", database=database)
        self.ok("migrate", database=database)
        self.ok("migrate", "--repository-id", "MADE", "--currency", "USD", database=database)
        for sentence, *options in (
            ("the repository ID stays MADE", "--repository-id", "OTHER"),
            ("the currency stays USD", "--currency", "EUR"),
            ("stays no sandbox", "--sandbox"),
        ):
            self.refused(1, sentence, "migrate", *options, database=database)


class UsageTest(OperatorTest):
    def test_wrong_command_lines_are_told_in_the_asked_form(self):
        for sentence, *arguments in (
            ("no such subcommand: bogus", "bogus"),
            ("no such subcommand: bogus", "registrar", "bogus"),
            ("subcommand is required", "domain"),
            ("--wrong", "status", "--wrong"),
            ("AMOUNT is required", "registrar", "deposit", "gold"),
        ):
            with self.subTest(arguments=arguments):
                self.assertEqual("usage", self.refused(2, sentence, *arguments)["error"])
        zonegen = subprocess.run([postel.program("postel-zonegen"), "bogus"], capture_output=True,
                                 text=True)
        self.assertEqual((2, "postel-zonegen: no such subcommand: bogus\n"),
                         (zonegen.returncode, zonegen.stderr))

    def test_servers_end_with_2_when_their_settings_are_wrong(self):
        for server in ("postel-epp", "postel-whois", "postel-worker"):
            for arguments in (["--wrong"], ["--config", "/nonexistent"], ["--set", "wrong=1"]):
                done = subprocess.run([postel.program(server), *arguments], capture_output=True)
                self.assertEqual(2, done.returncode, (server, arguments, done.stderr))

    def test_help_has_an_example_and_the_exit_codes_once(self):
        top = self.ok("--help")
        self.assertIn("\n\nUsage: ", top)
        self.assertIn("Exit codes: ", top)
        for command in (("migrate",), ("audit",), ("registrar", "deposit"), ("domain", "status"),
                        ("tld", "apply"), ("clock", "move")):
            shown = self.ok(*command, "--help")
            self.assertIn("\n\nUsage: ", shown)
            self.assertIn(f"Example: postelctl {' '.join(command)}", shown)
            self.assertNotIn("Exit codes: ", shown)


class ObjectTest(OperatorTest, postel.RegistryTest):
    """Objects that came by EPP."""

    @classmethod
    def setUpClass(cls):
        postel.RegistryTest.setUpClass.__func__(cls)
        cls.database = cls.registry.cluster.conninfo()
        client = cls.registry.log_in(cls.server)
        for command in (epp.contact_create("holder-1"), epp.host_create("ns1.example.net"),
                        epp.domain_create("kept.org", "holder-1", 2, ["ns1.example.net"]),
                        epp.domain_create("gone.org", "holder-1"), epp.delete("domain", "gone.org"),
                        epp.domain_update("kept.org", add='<domain:contact type="billing">holder-1'
                                          "</domain:contact>")):
            response = client.command(command)
            assert response.code == 1000, response.xml
        client.close()

    def test_a_domain_shows_its_contacts_by_role_and_what_a_deletion_gives_back(self):
        text = self.ok("domain", "show", "kept.org")
        self.assertRegex(text, r"Contact: +admin holder-1\n")
        self.assertRegex(text, r"Grace period: add until \S+Z \(18\.00 USD of gold\)\n")
        shown = self.json("domain", "show", "kept.org")
        self.assertEqual({"admin": ["holder-1"], "billing": ["holder-1"], "tech": ["holder-1"]}, shown["contacts"])
        (grace,) = shown["grace_periods"]
        self.assertEqual(("add", "18.00", "gold"), (grace["kind"], grace["fee"], grace["payer"]))

    def test_an_object_can_be_named_by_its_roid(self):
        for kind, name in (("domain", "kept.org"), ("host", "ns1.example.net"),
                           ("contact", "holder-1")):
            shown = self.json(kind, "show", name)
            self.assertEqual(shown, self.json(kind, "show", shown["roid"]))
        self.refused(1, "the domain does not exist: D9-POSTEL", "domain", "show", "D9-POSTEL")

    def test_the_history_speaks_in_names_and_money(self):
        created, changed = self.json("domain", "show", "kept.org", "--history")[:2]
        self.assertEqual(("gold", "gold"), (created["who"], created["change"]["sponsor"]))
        self.assertEqual("18.00", created["change"]["grace"][0]["fee"])
        host = self.json("host", "show", "ns1.example.net")["roid"]
        self.assertEqual([host], created["change"]["name_servers"])
        self.assertEqual(["admin", "billing", "tech"],
                         [link["role"] for link in changed["change"]["contacts"]])
        self.assertIn(f"\n    name servers: {host}\n",
                      self.ok("domain", "show", "kept.org", "--history"))

    def test_the_history_outlives_the_object(self):
        done = self.ctl("--json", "domain", "show", "gone.org", "--history")
        self.assertEqual(1, done.returncode)
        self.assertEqual("domain-not-found", json.loads(done.stderr)["error"])
        rows = json.loads(done.stdout)
        self.assertEqual({"deleted": True}, rows[-1]["change"])
        done = self.ctl("domain", "show", "gone.org", "--history")
        self.assertEqual(1, done.returncode)
        self.assertTrue(done.stdout.endswith("\n    deleted\n"), done.stdout)
        again = self.ctl("--json", "domain", "show", rows[0]["roid"], "--history")
        self.assertEqual(rows, json.loads(again.stdout))
        self.refused(1, "the domain does not exist", "domain", "show", "absent.org", "--history")
        self.assertEqual("", self.ctl("domain", "show", "absent.org", "--history").stdout)

    def test_statuses_of_every_kind_of_object(self):
        for kind, name, key in (("domain", "kept.org", "name"), ("host", "ns1.example.net", "name"),
                                ("contact", "holder-1", "id")):
            with self.subTest(kind=kind):
                changed = self.json(kind, "status", "--add", "serverDeleteProhibited", name)
                self.assertEqual({key: name, "server_statuses": ["serverDeleteProhibited"]}, changed)
                self.assertIn("serverDeleteProhibited", self.json(kind, "show", name)["status"])
                locked = self.json(kind, "lock", name)["server_statuses"]
                self.assertIn("serverUpdateProhibited", locked)
                self.assertEqual([], self.json(kind, "unlock", name)["server_statuses"])
        self.refused(2, "clientHold is not a server status of domains: serverDeleteProhibited, "
                     "serverHold,", "domain", "status", "kept.org", "--add", "clientHold")
        self.refused(2, "serverHold is not a server status of hosts: serverDeleteProhibited, "
                     "serverUpdateProhibited", "host", "status", "ns1.example.net", "--add",
                     "serverHold")

    def test_locks_at_once_all_succeed(self):
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            done = list(pool.map(lambda _: self.ctl("domain", "lock", "kept.org"), range(4)))
        self.assertEqual([(0, "")] * 4, [(d.returncode, d.stderr) for d in done])
        self.ok("domain", "unlock", "kept.org")

    def test_status_is_complete_for_programs(self):
        status = self.json("status")
        self.assertIs(True, status["sandbox"])
        self.assertIsInstance(status["calendar_behind_seconds"], int)
        self.assertEqual([{"tld": "org", "active": 1, "redemption": 0, "pending_delete": 0}],
                         status["tlds"])
        self.assertEqual([], status["feed_readers"])

    def test_audit_speaks_in_roids_and_money(self):
        cluster = self.registry.cluster
        before = cluster.sql("SELECT balance FROM balances ORDER BY registrar LIMIT 1")[0][0]
        cluster.sql("UPDATE balances SET balance = balance + 1 WHERE registrar = "
                    "(SELECT min(registrar) FROM balances)")
        done = self.ctl("audit")
        cluster.sql(f"UPDATE balances SET balance = {before} WHERE registrar = "
                    "(SELECT min(registrar) FROM balances)")
        self.assertEqual(4, done.returncode)
        self.assertRegex(done.stdout, r"gold +balance \d+\.\d\d, ledger \d+\.\d\d\n")
        self.assertEqual([], self.json("audit"))

