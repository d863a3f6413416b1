"""Look-ups: names in every form, handles, help."""

import json
import re

from rdap import client, conformance, schemas, world
from rdap.answer import entity_of

U_LABEL = "b\u00fccher"
PERCENT = "b%C3%BCcher"
A_LABEL = "xn--bcher-kva"


def alternating(text):
    return "".join(c.upper() if number % 2 else c.lower() for number, c in enumerate(text))


def comparable(value):
    """Without times and without the URL that was asked."""
    if isinstance(value, list):
        return [comparable(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {key: comparable(each) for key, each in value.items() if key not in ("value", "eventDate")}


class LookupsTest(world.RdapTest):
    def body(self, path, status=200, **options):
        response = self.world.rdap(path, **options)
        self.assertEqual(status, response.status, (path, response.body))
        return json.loads(response.body)

    def refused(self, path, status=400):
        """Links show such paths as RFC 3986 wants them written, so only plain ones are shown as they came."""
        answer = self.world.answer(path)
        self.assertEqual(status, answer.status, answer.raw)
        plain = re.fullmatch(r"[a-z0-9./?=&-]*", path)
        wrong = [each for each in conformance.violations(answer) if plain or each[0] != -61202]
        self.assertEqual([], wrong, path)
        self.assertEqual([], schemas.errors("error", answer.body), path)

    # Names

    def test_10403_any_letter_case_is_the_same(self):
        for kind, name in (("domain", "samplewell.org"), ("domain", A_LABEL + ".org"), ("nameserver", "ns1.samplewell.org"),
                           ("domain", "SAMPLEWELL.ORG")):
            plain = self.body(f"/{kind}/{name.lower()}")
            for form in (name.upper(), alternating(name), name.title()):
                other = self.body(f"/{kind}/{form}")
                with self.subTest(form):
                    self.assertEqual(comparable(plain), comparable(other))

    def test_46101_a_labels_and_u_labels_are_both_found(self):
        for form in (A_LABEL + ".org", PERCENT + ".org", "b%c3%bccher.org", "B%C3%9CCHER.org", PERCENT + ".ORG."):
            with self.subTest(form):
                body = self.right("/domain/" + form) if form == PERCENT + ".org" else self.body("/domain/" + form)
                self.assertEqual((A_LABEL + ".org", U_LABEL + ".org"), (body["ldhName"], body["unicodeName"]))

    def test_u_labels_as_they_are(self):
        """Octets beyond ASCII that nobody percent-encoded."""
        with client.Connection(self.world.whois.rdap_port) as connection:
            connection.send(f"GET /domain/{U_LABEL}.org HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            self.assertIn(connection.receive().status, (200, 400))

    def test_49101_name_servers_by_u_label(self):
        body = self.right(f"/nameserver/ns1.{PERCENT}.example")
        self.assertEqual(("ns1.xn--bcher-kva.example", f"ns1.{U_LABEL}.example"), (body["ldhName"], body["unicodeName"]))

    def test_mixed_forms(self):
        """One label of each form in one name."""
        self.refused(f"/nameserver/{A_LABEL}.{PERCENT}.org", 404)
        self.assertEqual(200, self.world.rdap(f"/nameserver/NS1.{PERCENT}.EXAMPLE").status)

    def test_unicode_names_only_where_they_differ(self):
        self.assertNotIn("unicodeName", self.body("/domain/plain.org"))

    def test_a_final_dot_is_the_same_name(self):
        for path in ("/domain/samplewell.org", "/nameserver/ns1.samplewell.org"):
            self.assertEqual(comparable(self.body(path)), comparable(self.body(path + ".")))

    def test_percent_encoding_is_decoded_once(self):
        self.assertEqual("plain.org", self.body("/domain/%70lain%2Eorg")["ldhName"])
        self.refused("/domain/%2570lain.org")
        self.refused("/domain/plain%252eorg")

    def test_bad_encodings(self):
        for name in ("%00.org", "a%00.org", "%0a.org", "%0D%0A.org", "%1f.org", "%7f.org", "%zz.org", "%.org", "%4.org", "%",
                     "%c3.org", "%c3%28.org", "%ff.org", "%c0%ae.org", "%c1%81.org", "%e0%80%ae.org", "%f0%80%80%ae.org",
                     "%ed%a0%80.org", "%f5%80%80%80.org", "%f4%90%80%80.org", "%bf.org", "%c3%bc%c3.org"):
            for kind in ("domain", "nameserver", "entity"):
                with self.subTest(kind, name=name):
                    self.refused(f"/{kind}/{name}")

    def test_names_that_are_none(self):
        long_label, long_name = "a" * 64 + ".org", ".".join(["a" * 60] * 5)
        for name in ("org", "x", ".", "..", ".org", "a..org", "a.org..", "-a.org", "a-.org", "a_b.org", "a%20b.org",
                     "a!.org", "a*.org", long_label, long_name, "%2a.org", "a%2fb.org", "xn--0.org", "xn--.org", "a%40b.org",
                     "%F0%9F%92%A9.org"):
            for kind in ("domain", "nameserver"):
                if kind == "nameserver" and name == "a_b.org":
                    continue
                with self.subTest(kind, name=name):
                    self.refused(f"/{kind}/{name}")

    def test_names_at_their_limits(self):
        self.refused(f"/domain/{'a' * 63}.org", 404)
        name = ".".join(["a" * 61] * 4) + ".org"  # 251
        self.refused(f"/domain/{name}", 404)
        self.refused(f"/domain/{name}.a", 404)  # 253
        self.refused(f"/domain/{name}.ab", 400)

    def test_unknown_names(self):
        for path in ("/domain/nobody.org", "/domain/sub.samplewell.org", "/domain/org.org", "/nameserver/ns3.samplewell.org",
                     "/nameserver/ns1.nowhere.example", "/nameserver/samplewell.org"):
            self.refused(path, 404)

    # Paths

    def test_paths_that_are_none(self):
        for path in ("/domain", "/domain/", "/domain/a.org/b", "/domain/plain.org/", "/domains/plain.org", "/Domain/plain.org",
                     "/DOMAIN/plain.org", "/entity", "/entity/", "/nameserver", "/help/x", "/helper", "/rdap/domain/plain.org"):
            with self.subTest(path):
                self.assertIn(self.world.rdap(path).status, (400, 404, 501))

    def test_query_types_that_are_not_offered(self):
        for path in ("/ip/192.0.2.1", "/ip/2001:db8::", "/ip/192.0.2.0/24", "/autnum/64496", "/ip/rubbish"):
            self.refused(path, 501)

    # Entities

    def test_registrars_by_iana_id_and_by_name(self):
        by_id = self.right("/entity/3878")
        self.assertEqual(("3878", ["registrar"]), (by_id["handle"], by_id["roles"]))
        for form in ("Registrar%20One,%20Inc.", "registrar%20one,%20inc.", "REGISTRAR%20ONE,%20INC."):
            self.assertEqual(comparable(by_id), comparable(self.body("/entity/" + form)))
        self.assertEqual("1234", self.body("/entity/B%C3%BCcher%20&%20S%C3%B6hne%20Registrar")["handle"])

    def test_registrars_that_are_none(self):
        for handle in ("0", "03878", "38780", "gold", "silver", "Registrar", "Registrar%20One", "%20", "3878%20"):
            with self.subTest(handle):
                self.assertIn(self.world.rdap("/entity/" + handle).status, (400, 404))

    def contact(self, name):
        return self.world.info(name, "contact").text("contact:roid")

    def test_contacts_only_as_far_as_they_are_published(self):
        for name in ("open", "loc", "both", "noorg"):
            self.assertEqual(self.contact(name), self.right("/entity/" + self.contact(name))["handle"])
        hidden = self.world.rdap("/entity/" + self.contact("holder"))
        absent = self.world.rdap("/entity/C999999999-LROR")

        def said(response):
            body = json.loads(response.body)
            return response.status, body["errorCode"], body["title"], body["description"]
        self.assertEqual(said(absent), said(hidden))
        self.assertEqual(404, hidden.status)
        for name in ("shy", "quiet"):
            self.refused("/entity/" + self.contact(name), 404)

    def test_roids_of_other_objects_are_no_entities(self):
        for handle in (self.world.info("plain.org").text("domain:roid"),
                       self.world.info("ns1.provider.net", "host").text("host:roid"), "C1-OTHER", "C-LROR", "1-LROR"):
            self.refused("/entity/" + handle, 404)

    def test_handles_with_blanks_and_signs(self):
        for handle in ("a%2Fb", "a%3Fb", "%22", "%27%20OR%201=1", "a" * 300, "%E4%B9%A6"):
            self.refused("/entity/" + handle, 404)

    # Help

    def test_20701_help_lists_every_extension(self):
        body = self.right("/help")
        self.assertIn("redacted", body["rdapConformance"])
        used = set()
        for name in world.DOMAINS:
            used |= set(self.body("/domain/" + name)["rdapConformance"])
        used |= set(self.body(f"/nameservers?ip={world.V4}")["rdapConformance"])
        self.assertLessEqual(used, set(body["rdapConformance"]))
        self.assertTrue(body["notices"])

    # The search that is a MUST (TIG 2.2.3)

    def test_name_servers_by_address(self):
        for address, names in ((world.V4, {"ns1.samplewell.org", "ns9.renamedhost.org"}), (world.V6, {"ns1.samplewell.org"}),
                               (world.SHARED_V4, {"ns1.samplewell.org", "ns2.samplewell.org"}),
                               (world.V6.upper(), {"ns1.samplewell.org"}),
                               ("2602:0800:900e:1257:0:0:0:1", {"ns1.samplewell.org"}),
                               (world.V6.replace(":", "%3A"), {"ns1.samplewell.org"})):
            body = self.body(f"/nameservers?ip={address}")
            self.assertEqual(names, {host["ldhName"] for host in body["nameserverSearchResults"]}, address)
        for address in ("208.77.190.1", "2602::1"):
            self.refused(f"/nameservers?ip={address}", 404)

    def test_addresses_that_are_none(self):
        for address in ("1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4%2032", "::g", ":::", "1::2::3", "fe80::1%25eth0",
                        "localhost", "1.2.3.*", "%00", "0x7f000001"):
            with self.subTest(address):
                self.assertIn(self.world.rdap(f"/nameservers?ip={address}").status, (400, 422))

    def test_only_one_search_parameter_that_is_not_empty(self):
        for query in ("", "?", "?ip", "?ip=", "?name=", f"?ip={world.V4}&ip={world.V4}",
                      f"?ip={world.V4}&name=ns1.samplewell.org", "?x=y"):
            self.refused("/nameservers" + query)

    # What belongs to a look-up beside the object

    def test_the_same_registrar_everywhere(self):
        inside = entity_of(self.body("/domain/plain.org"), "registrar")
        alone = self.body("/entity/3878")
        for member in ("handle", "publicIds", "roles"):
            self.assertEqual(alone[member], inside[member])
