"""WHOIS: queries, the form of answers, labels and their order, and that it says what RDAP says."""

import re
import socket
import subprocess
import time

from rdap import client, registered, world
from rdap.answer import card_of, entity_of, listed, properties, value_of

REDACTED = "REDACTED FOR PRIVACY"
ASK_REGISTRAR = "Please query the RDDS service of the Registrar of Record identified in this output"
COMPLAINT = "URL of the ICANN Whois Inaccuracy Complaint Form"

THIRTEEN = ("Name", "Organization", "Street*", "City", "State/Province", "Postal Code", "Country", "Phone", "Phone Ext",
            "Fax", "Fax Ext", "Email")


def contact_labels(role):
    return [f"Registry {role} ID", *(f"{role} {label}" for label in THIRTEEN)]


# In this order; those with a star may repeat.
DOMAIN_LABELS = [
    "Domain Name", "Registry Domain ID", "Registrar WHOIS Server", "Registrar URL", "Updated Date", "Creation Date",
    "Registry Expiry Date", "Registrar Registration Expiration Date", "Registrar", "Registrar IANA ID",
    "Registrar Abuse Contact Email", "Registrar Abuse Contact Phone", "Reseller", "Domain Status*",
    *contact_labels("Registrant"), *contact_labels("Admin"), *contact_labels("Tech"), *contact_labels("Billing"),
    "Name Server*", "DNSSEC", "DNSSEC DS Data*", COMPLAINT]
NAME_SERVER_LABELS = ["Server Name", "IP Address*", "Registrar", "Registrar WHOIS Server", "Registrar URL"]
REGISTRAR_LABELS = ["Registrar", "Street*", "City", "State/Province", "Postal Code", "Country", "Phone Number", "Fax Number",
                    "Email", "Registrar WHOIS Server", "Registrar URL"]
MUST = {"Domain Name", "Registry Domain ID", "Creation Date", "Registry Expiry Date", "Registrar", "Registrar IANA ID",
        "Registrar Abuse Contact Email", "Registrar Abuse Contact Phone", "Domain Status", "DNSSEC", COMPLAINT}


class Text:
    """An answer: its records, each a list of pairs, and what follows them."""

    def __init__(self, raw):
        text = raw.decode("utf-8")
        if not text.endswith("\r\n") or re.search(r"[^\r]\n|\r[^\n]", text):
            raise AssertionError(f"line ends: {text!r}")
        lines = text.split("\r\n")[:-1]
        footer = next(n for n, line in enumerate(lines) if line.startswith(">>> "))
        self.last_update = re.fullmatch(
            r">>> Last update of WHOIS database: (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) <<<", lines[footer])[1]
        self.above, self.below = lines[:footer], lines[footer + 1:]

    @property
    def records(self):
        records = [[]]
        for line in self.above:
            if line == "":
                records.append([])
            else:
                key, value = re.fullmatch(r"([^:]+): (.+)", line).groups()
                records[-1].append((key, value))
        return records


class WhoisTest(world.RdapTest):
    def ask(self, query, **options):
        return Text(client.whois(self.world.whois.whois_port, query, **options))

    def record(self, query):
        (record,) = self.ask(query).records
        return record

    def values(self, record, key):
        return [value for label, value in record if label == key]

    # Queries

    def test_forms_of_domain_queries(self):
        plain = self.record("samplewell.org")
        for query in ("SAMPLEWELL.ORG", "SampleWell.Org.", "domain samplewell.org", "DOMAIN samplewell.org",
                      "Domain\tsamplewell.org", "  samplewell.org  ", "\tdomain   samplewell.org\t"):
            with self.subTest(query):
                self.assertEqual(plain, self.record(query))

    def test_names_of_both_forms(self):
        plain = self.record("xn--bcher-kva.org")
        for query in ("b\u00fccher.org", "B\u00dcCHER.ORG", "domain B\u00fccher.org.", "XN--BCHER-KVA.ORG"):
            self.assertEqual(plain, self.record(query))
        self.assertEqual("XN--BCHER-KVA.ORG", plain[0][1])
        self.assertEqual("NS1.XN--BCHER-KVA.EXAMPLE", self.record("nameserver ns1.b\u00fccher.example")[0][1])

    def test_ends_of_lines(self):
        for end in (b"\r\n", b"\n", b"\r\nsecond.org\r\n", b"\n\n"):
            with self.subTest(end):
                self.assertEqual("PLAIN.ORG", self.record(b"plain.org" + end)[0][1])
        with client.Connection(self.world.whois.whois_port) as connection:
            connection.send(b"plain.org")
            connection.socket.shutdown(socket.SHUT_WR)  # the end of the data ends a line too
            self.assertTrue(connection.everything().startswith(b"Domain Name: PLAIN.ORG\r\n"))

    def test_name_servers_by_name_and_address(self):
        self.assertEqual("NS1.SAMPLEWELL.ORG", self.record("nameserver ns1.samplewell.org")[0][1])
        for query, names in ((f"nameserver {world.SHARED_V4}", ["NS1.SAMPLEWELL.ORG", "NS2.SAMPLEWELL.ORG"]),
                             (f"nameserver {world.V6}", ["NS1.SAMPLEWELL.ORG"]),
                             (f"NameServer {world.V6.upper()}", ["NS1.SAMPLEWELL.ORG"]),
                             ("nameserver 2602:800:900e:1257:0:0:0:1", ["NS1.SAMPLEWELL.ORG"])):
            with self.subTest(query):
                self.assertEqual(names, [record[0][1] for record in self.ask(query).records])

    def test_registrars_by_name_and_id(self):
        for query in ("registrar Registrar One, Inc.", "REGISTRAR registrar one, inc.", "registrar 3878",
                      "registrar  Registrar   One,  Inc. "):
            self.assertEqual("Registrar One, Inc.", self.record(query)[0][1])
        self.assertEqual("B\u00fccher & S\u00f6hne Registrar", self.record("registrar b\u00fccher & s\u00f6hne registrar".replace(
            "b\u00fccher & s\u00f6hne", "B\u00fccher & S\u00f6hne"))[0][1])

    def test_invalid_queries(self):
        for query in ("", " ", "org", "-a.org", "a..org", "plain.org other.org", "contact C1-LROR", "nameserver", "registrar",
                      "domain", "domain a.org b.org", "nameserver a b", "help", "a_b.org", "a" * 64 + ".org", "=plain.org",
                      "-T dn plain.org", b"\x00\r\n", b"plain\x00.org\r\n", b"\xff\xfe.org\r\n", b"\xc0\xae.org\r\n",
                      b"a\x07.org\r\n", b"registrar \xff\r\n", b"registrar a\x00\r\n"):
            with self.subTest(query):
                answer = self.ask(query)
                self.assertEqual(["Invalid query."], answer.above)
                self.assertEqual(["", world.DISCLAIMER], answer.below)

    def test_no_match(self):
        for query, subject in (("nobody.org", "NOBODY.ORG"), ("Nobody.Invalid", "NOBODY.INVALID"),
                               ("nameserver ns1.nobody.org", "NS1.NOBODY.ORG"), ("nameserver 208.77.190.1", "208.77.190.1"),
                               ("registrar nobody", "nobody"), ("b\u00fccherei.org", "XN--BCHEREI-N2A.ORG")):
            with self.subTest(query):
                answer = self.ask(query)
                self.assertEqual([f'No match for "{subject}".'], answer.above)
                self.assertEqual(["", world.DISCLAIMER], answer.below)

    def test_lines_that_are_too_long(self):
        for size in (1025, 5000, 200_000):
            answer = self.ask(b"a" * size + b"\r\n")
            self.assertEqual(["The query is too long."], answer.above)
        self.assertEqual(["Invalid query."], self.ask(b"a" * 1024 + b"\r\n").above)

    def test_no_second_query_on_a_connection(self):
        with client.Connection(self.world.whois.whois_port) as connection:
            connection.send(b"plain.org\r\nopen.org\r\n")
            text = connection.everything()
        self.assertEqual(1, text.count(b"Domain Name:"))

    def test_silent_clients_are_let_go(self):
        server = world.WhoisServer(self.world.registry, idle_timeout="1s")
        self.addCleanup(server.kill)
        for begin in (b"", b"plain.o"):
            with client.Connection(server.whois_port) as connection:
                connection.send(begin)
                start = time.monotonic()
                self.assertEqual(b"", connection.everything())
                self.assertLess(time.monotonic() - start, 20)

    def test_both_families(self):
        six = client.whois(self.world.whois.ports["whois", True], "samplewell.org", "::1")
        self.assertEqual(self.ask("samplewell.org").above, Text(six).above)

    def test_with_the_client_of_debian(self):
        try:
            done = subprocess.run(["whois", "-h", "127.0.0.1", "-p", str(self.world.whois.whois_port), "b\u00fccher.org"],
                                  capture_output=True, timeout=60, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"})
        except FileNotFoundError:
            self.skipTest("no whois client")
        self.assertIn(b"Domain Name: XN--BCHER-KVA.ORG", done.stdout)

    # The form of answers

    def expect_order(self, labels, record):
        """Each label where it belongs, once, unless it repeats."""
        order = [label.rstrip("*") for label in labels]
        repeats = {label.rstrip("*") for label in labels if label.endswith("*")}
        seen = [label for label, _ in record]
        self.assertEqual(seen, sorted(seen, key=order.index))
        self.assertEqual([], [label for label in set(seen) if seen.count(label) > 1 and label not in repeats])

    def test_labels_of_domains(self):
        for name in world.DOMAINS:
            with self.subTest(name):
                record = self.record(name)
                self.expect_order(DOMAIN_LABELS, record)
                self.assertLessEqual(MUST, {label for label, _ in record})
                self.assertEqual((COMPLAINT, "https://www.icann.org/wicf/"), record[-1])

    def test_labels_of_name_servers_and_registrars(self):
        for name in world.HOSTS:
            self.expect_order(NAME_SERVER_LABELS, self.record("nameserver " + name))
        for identifier in ("3878", "1234", "9999"):
            record = self.record("registrar " + identifier)
            labels = [label for label, _ in record]
            end = labels.index("Admin Contact") if "Admin Contact" in labels else len(labels)
            self.expect_order(REGISTRAR_LABELS, record[:end])

    def test_records_are_parted_by_blank_lines(self):
        records = self.ask(f"nameserver {world.SHARED_V4}").records
        self.assertEqual([NAME_SERVER_LABELS[0]] * 2, [record[0][0] for record in records])
        for record in records:
            self.expect_order(NAME_SERVER_LABELS, record)

    def test_absent_values_have_no_line(self):
        for query in (*world.DOMAINS, "registrar 9999", "nameserver ns1.provider.net"):
            for line in self.ask(query).above:
                self.assertFalse(line.endswith(":") or line.endswith(": "), line)
        self.assertEqual([], self.values(self.record("registrar 9999"), "Fax Number"))

    def test_footer_and_disclaimer(self):
        answer = self.ask("plain.org")
        self.assertEqual(["", "For more information on domain status codes, please visit https://icann.org/epp", "",
                          world.DISCLAIMER], answer.below)

    def test_dates(self):
        for label in ("Creation Date", "Registry Expiry Date", "Updated Date"):
            self.assertRegex(self.values(self.record("samplewell.org"), label)[0], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertEqual([], self.values(self.record("added.org"), "Updated Date"))

    def test_statuses_are_words_of_epp_with_their_address(self):
        for name, words in world.DOMAINS.items():
            shown = self.values(self.record(name), "Domain Status")
            self.assertEqual(sorted(f"{word} https://icann.org/epp#{word}" for word in words), sorted(shown), name)

    def test_dnssec(self):
        for name, state, tags in (("samplewell.org", "signedDelegation", ["12345"]), ("plain.org", "unsigned", []),
                                  ("manyds.org", "signedDelegation", ["1", "2", "65535"]),
                                  ("signed.keys", "signedDelegation", None)):
            record = self.record(name)
            self.assertEqual([state], self.values(record, "DNSSEC"))
            data = self.values(record, "DNSSEC DS Data")
            for each in data:
                self.assertRegex(each, r"^\d+ \d+ \d+ [0-9A-F]+$")
            if tags is not None:
                self.assertEqual(tags, [each.split()[0] for each in data])

    def test_withheld_values(self):
        record = dict(self.record("plain.org"))
        for label in ("Registry Registrant ID", "Registrant Name", "Registrant Street", "Registrant City",
                      "Registrant Postal Code", "Registrant Phone", "Registrant Phone Ext", "Registrant Fax",
                      "Registrant Fax Ext", "Registry Tech ID", "Tech Name", "Tech Phone"):
            self.assertEqual(REDACTED, record[label], label)
        for label in ("Registrant Email", "Tech Email"):
            self.assertTrue(record[label].startswith(ASK_REGISTRAR), record[label])
        self.assertEqual("CA", record["Registrant Country"])
        self.assertNotIn("Registry Admin ID", record)

    def test_shown_values(self):
        record = self.record("admins.org")
        self.assertEqual(["+1.5555550111"], self.values(record, "Admin Phone"))
        self.assertEqual(["12"], self.values(record, "Admin Phone Ext"))
        self.assertEqual(["1 Well Street", "Suite 2"], self.values(record, "Admin Street"))
        self.assertEqual(["Network Team"], self.values(record, "Billing Name"))

    # The same data as RDAP

    def test_domains_are_those_of_rdap(self):
        for name in world.DOMAINS:
            with self.subTest(name):
                body, record = self.right("/domain/" + name), self.record(name)
                events = {event["eventAction"]: event["eventDate"] for event in body["events"]}
                registrar = entity_of(body, "registrar")
                self.assertEqual([body["ldhName"].upper()], self.values(record, "Domain Name"))
                self.assertEqual([body["handle"]], self.values(record, "Registry Domain ID"))
                for label, action in (("Creation Date", "registration"), ("Registry Expiry Date", "expiration"),
                                      ("Updated Date", "last changed")):
                    self.assertEqual([events[action]] if action in events else [], self.values(record, label))
                self.assertEqual(sorted(body["status"]), sorted(
                    registered.EPP_TO_RDAP[value.split()[0]] for value in self.values(record, "Domain Status")))
                self.assertEqual([host["ldhName"].upper() for host in listed(body, "nameservers")],
                                 self.values(record, "Name Server"))
                self.assertEqual([registrar["handle"]], self.values(record, "Registrar IANA ID"))
                self.assertEqual([value_of(card_of(registrar), "fn")], self.values(record, "Registrar"))
                self.assertEqual(["signedDelegation" if body["secureDNS"]["delegationSigned"] else "unsigned"],
                                 self.values(record, "DNSSEC"))
                self.assertEqual([f"{ds['keyTag']} {ds['algorithm']} {ds['digestType']} {ds['digest']}"
                                  for ds in listed(body["secureDNS"], "dsData")], self.values(record, "DNSSEC DS Data"))

    def test_contacts_are_those_of_rdap(self):
        redacted_labels = {"Registry Registrant ID": "Registry Registrant ID", "Registry Tech ID": "Registry Tech ID"}
        for name in world.DOMAINS:
            body, record = self.right("/domain/" + name), self.record(name)
            with self.subTest(name):
                withheld = {label for label, value in record if value == REDACTED or value.startswith(ASK_REGISTRAR)}
                listed_names = {each["name"].get("type") or each["name"]["description"] for each in body.get("redacted", ())}
                self.assertEqual(listed_names, {redacted_labels.get(label, label) for label in withheld})
                for role, prefix in (("registrant", "Registrant"), ("technical", "Tech"), ("administrative", "Admin"),
                                     ("billing", "Billing")):
                    entity = entity_of(body, role)
                    labels = [label for label, _ in record if re.match(rf"(Registry )?{prefix} ", label)]
                    if entity is None:
                        self.assertEqual([], labels)
                        continue
                    card = card_of(entity)
                    for part, label in (("fn", "Name"), ("org", "Organization"), ("email", "Email")):
                        shown = [value for value in self.values(record, f"{prefix} {label}")
                                 if value != REDACTED and not value.startswith(ASK_REGISTRAR)]
                        self.assertEqual([value_of(card, part)] if value_of(card, part) else [], shown)
                    numbers = [each[3].removeprefix("tel:").split(";")[0] for each in properties(card, "tel")]
                    self.assertEqual(numbers, [value for part in ("Phone", "Fax")
                                               for value in self.values(record, f"{prefix} {part}") if value != REDACTED])
                    for adr in properties(card, "adr"):
                        self.assertEqual([adr[1]["cc"]], self.values(record, f"{prefix} Country"))

    def test_name_servers_are_those_of_rdap(self):
        for name in world.HOSTS:
            body, record = self.right("/nameserver/" + name), self.record("nameserver " + name)
            addresses = body.get("ipAddresses", {})
            self.assertEqual(addresses.get("v4", []) + addresses.get("v6", []), self.values(record, "IP Address"))
            self.assertEqual([value_of(card_of(entity_of(body, "registrar")), "fn")], self.values(record, "Registrar"))

    def test_registrars_are_those_of_rdap(self):
        for handle in ("3878", "1234", "9999"):
            card, record = card_of(self.right("/entity/" + handle)), self.record("registrar " + handle)
            adr = value_of(card, "adr")
            self.assertEqual([value_of(card, "fn"), adr[3], value_of(card, "email")],
                             [self.values(record, label)[0] for label in ("Registrar", "City", "Email")])
