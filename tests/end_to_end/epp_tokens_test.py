"""Long lists of labels that are edited under running servers, and allocation tokens (RFC 8495)."""

import concurrent.futures
import json
import time

import epp_client as epp
import postel
import result_rows as rows

POLICY = postel.POLICY + """premium_class = rare 100.00 50.00 60.00 80.00
"""
LABELS = 200_000


def fee_check(*commands):
    inner = "".join(f'<fee:command name="{command}"/>' for command in commands)
    return f'<fee:check xmlns:fee="{epp.NS["fee"]}">{inner}</fee:check>'


def agreed(verb, amount):
    return f'<fee:{verb} xmlns:fee="{epp.NS["fee"]}"><fee:fee>{amount}</fee:fee></fee:{verb}>'


class TokensTest(postel.RegistryTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry.ctl("tld", "apply", cls.registry.write("premium.conf", POLICY))
        cls.other_server = postel.EppServer(cls.registry)
        cls.addClassCleanup(lambda: cls.other_server.kill())
        with cls.registry.log_in(cls.server) as client:
            client.command(epp.contact_create("tok001"))

    def setUp(self):
        self._gold = None

    def tearDown(self):
        self.audit()

    @property
    def gold(self):
        if self._gold is None:
            self._gold = self.log_in()
        return self._gold

    def do(self, inner, extension="", code=1000, client=None):
        return self.expect(code, (client or self.gold).command(inner, extension))

    def ctl(self, *arguments, code=0):
        done = self.registry.ctl("--json", *arguments, check=False)
        self.assertEqual(code, done.returncode, done.stdout + done.stderr)
        return json.loads(done.stdout if code == 0 else done.stderr)

    def token(self, *options):
        """The text of a new one."""
        return self.ctl("token", "create", *options)[0]["token"]

    def create(self, name, *arguments, **options):
        return self.do(epp.domain_create(name, "tok001"), *arguments, **options)

    def checked(self, name, token=None, client=None):
        extension = epp.allocation_token(token) if token else ""
        answer = self.do(epp.check("domain", name), extension, client=client)
        return answer.all("domain:cd/domain:name")[0].get("avail"), answer.text("domain:cd/domain:reason")

    def fees(self, name, *commands, token=None):
        extension = fee_check(*commands) + (epp.allocation_token(token) if token else "")
        answer = self.do(epp.check("domain", name), extension)
        return answer.text("fee:cd/fee:class"), [fee.text for fee in answer.all("fee:command/fee:fee")]

    def test_a_long_list_holds_for_running_servers(self):
        self.assertEqual(("1", None), self.checked("l7.org"))
        lines = "".join(f"l{n} {('reserved', 'blocked', 'premium rare')[n % 3]}\n" for n in range(LABELS))
        file = self.registry.write("names.txt", "# many\n" + lines)
        started = time.monotonic()
        self.assertEqual({"tld": "org", "put": LABELS, "removed": 0},
                         self.ctl("names", "import", "org", file, "--reason", "a test"))
        self.assertLess(time.monotonic() - started, 60)
        other = self.registry.log_in(self.other_server)
        for client in (self.gold, other):
            self.assertEqual(("0", "Allocation Token required"), self.checked("l6.org", client=client))
            self.assertEqual(("0", "blocked"), self.checked("l7.org", client=client))
            self.assertEqual(("1", None), self.checked("l8.org", client=client))
        self.assertEqual(("rare", ["100.00", "50.00"]), self.fees("l8.org", "create", "renew"))
        self.create("l6.org", code=2306)
        self.create("l7.org", code=2306)
        self.create("l8.org", code=2003)
        self.create("l8.org", agreed("create", "100.00"))

        # What a domain costs stays, whatever becomes of its label.
        self.ctl("names", "remove", "org", "l8")
        self.ctl("names", "add", "org", "l6", "l11", "--kind", "blocked")
        self.assertEqual(("0", "blocked"), self.checked("l6.org"))
        self.assertEqual(("rare", ["50.00", "60.00", "80.00"]), self.fees("l8.org", "renew", "transfer", "restore"))
        expiry = self.do(epp.info("domain", "l8.org")).text("domain:exDate")[:10]
        self.do(epp.domain_renew("l8.org", expiry), code=2003)
        self.do(epp.domain_renew("l8.org", expiry), agreed("renew", "50.00"))

        # Nothing of a file with mistakes.
        wrong = self.registry.write("wrong.txt", "good reserved\nb_d reserved\ngem premium gold\n")
        error = self.ctl("names", "import", "org", wrong, "--replace", code=2)["text"]
        self.assertEqual([f"{wrong}:2: not a label: b_d", f"{wrong}:3: the policy of org has no premium_class gold",
                          "Nothing was changed."], error.splitlines())
        self.assertEqual([], self.ctl("names", "list", "org", "good"))
        listed = self.ctl("names", "list", "org", "l6")
        self.assertEqual({"label": "l6", "kind": "blocked", "class": ""}, listed[0])
        history = self.ctl("names", "history", "org", "l6")
        self.assertEqual(["blocked", "reserved"], [change["kind"] for change in history])
        self.assertEqual("a test", history[1]["reason"])

        self.assertEqual({"tld": "org", "put": 0, "removed": LABELS - 1},
                         self.ctl("names", "import", "org", self.registry.write("empty.txt", ""), "--replace"))
        self.assertEqual(("1", None), self.checked("l7.org"))

    def test_a_reserved_name_goes_to_who_has_its_token(self):
        token = self.token("--kind", "reserved", "--name", "nic.org", "--registrar", "gold")
        silver = self.log_in(postel.SILVER)
        self.assertEqual(("0", "Allocation Token required"), self.checked("nic.org"))
        self.assertEqual(("0", "Allocation Token mismatch"), self.checked("nic.org", "wrong"))
        self.assertEqual(("0", "Allocation Token mismatch"), self.checked("nic.org", token, silver))
        self.assertEqual(("0", "Allocation Token mismatch"), self.checked("free.org", token))
        self.assertEqual(("1", None), self.checked("nic.org", token))
        given = epp.allocation_token(token)
        self.create("nic.org", code=2306)
        self.create("nic.org", given, 2201, client=silver)
        self.create("whois.org", given, 2201)
        self.create("nic.org", given)
        asked = epp.allocation_token_info()
        self.assertEqual(token, self.do(epp.info("domain", "nic.org"), asked).text("allocationToken:allocationToken"))
        self.assertIsNone(self.do(epp.info("domain", "nic.org")).text("allocationToken:allocationToken"))
        self.do(epp.info("domain", "nic.org"), asked, 2201, silver)
        self.create("untoken.org")
        self.do(epp.info("domain", "untoken.org"), asked, 2303)

        # A deletion in the add grace period gives the money back, not the token.
        self.do(epp.delete("domain", "nic.org"))
        self.create("nic.org", given, 2201)
        self.assertNotIn(token, str(self.registry.cluster.sql("SELECT change FROM history")))
        self.assertNotIn(token, self.server.log())

    def test_of_two_servers_one_gets_to_use_a_token(self):
        for n in range(12):
            token = epp.allocation_token(self.token("--kind", "promotion", "--price", "1.00"))
            clients = [self.registry.log_in(server) for server in (self.server, self.other_server) for _ in range(3)]
            with concurrent.futures.ThreadPoolExecutor(len(clients)) as pool:
                codes = list(pool.map(
                    lambda pair: pair[1].command(epp.domain_create(f"race{n}-{pair[0]}.org", "tok001"), token).code,
                    enumerate(clients)))
            self.assertEqual([1000] + [2201] * 5, sorted(codes))
            for client in clients:
                client.close()

    def test_a_promotion_lowers_the_price_as_often_as_it_may(self):
        token = self.token("--kind", "promotion", "--discount", "50", "--uses", "2", "--tld", "org", "--text", "HALF")
        self.assertEqual("HALF", token)
        standard = self.fees("promo.org", "create")[1][0]
        half = f"{float(standard) / 2:.2f}"
        self.assertEqual(("standard", [half]), self.fees("promo.org", "create", token=token))
        self.create("promo1.org", epp.allocation_token(token) + agreed("create", half))
        self.create("promo2.org", epp.allocation_token(token))
        self.create("promo3.org", epp.allocation_token(token), 2201)
        listed = [t for t in self.ctl("token", "list", "--all") if t["uses"] == 2]
        self.assertEqual(["org"], [t["tld"] for t in listed])
        self.assertNotIn("HALF", json.dumps(listed))

        move = self.ctl("token", "create", "--kind", "promotion", "--for", "transfer", "--price", "2.00")[0]
        silver = self.log_in(postel.SILVER)
        request = rows.transfer("request", "domain", "promo1.org", "Domain-2fooBAR-and-more")
        self.do(request, epp.allocation_token(token), 2201, silver)
        answer = self.do(request, epp.allocation_token(move["token"]) + agreed("transfer", "2.00"), 1001, silver)
        self.assertEqual("2.00", answer.text("fee:trnData/fee:fee"))
        self.do(rows.transfer("query", "domain", "promo1.org"), epp.allocation_token(move["token"]), 2103)
        self.do(rows.transfer("approve", "domain", "promo1.org"))
        self.do(epp.info("domain", "promo1.org"), epp.allocation_token_info(), 2303, silver)

    def test_a_token_that_is_revoked_or_over_is_none(self):
        made = self.ctl("token", "create", "--kind", "promotion", "--price", "1.00", "--uses", "0")[0]
        self.create("revoked1.org", epp.allocation_token(made["token"]))
        self.assertEqual({"revoked": made["id"]}, self.ctl("token", "revoke", str(made["id"])))
        self.create("revoked2.org", epp.allocation_token(made["token"]), 2201)
        over = self.token("--kind", "promotion", "--price", "1.00", "--until", "2020-01-01T00:00:00Z")
        early = self.token("--kind", "promotion", "--price", "1.00", "--from", "2100-01-01T00:00:00Z")
        for token in (over, early):
            self.create("revoked2.org", epp.allocation_token(token), 2201)

    def test_tokens_that_make_no_sense_are_refused(self):
        for options, sentence in (
            (("--kind", "golden"), "--kind: reserved or promotion"),
            (("--kind", "promotion"), "a promotion needs --price or --discount"),
            (("--kind", "promotion", "--price", "1", "--discount", "2"), "either --price or --discount"),
            (("--kind", "promotion", "--price", "-1"), "not a price"),
            (("--kind", "reserved", "--for", "transfer"), "reserved names are allocated by a create"),
            (("--kind", "reserved", "--registrar", "nobody"), "no such registrar"),
            (("--kind", "reserved", "--tld", "net"), "no such TLD"),
            (("--kind", "reserved", "--name", "a.b.org"), "not a name"),
            (("--kind", "reserved", "--name", "a.org", "--tld", "ngo"), "the name is not in the TLD"),
            (("--kind", "reserved", "--until", "tomorrow"), "not a time"),
            (("--kind", "reserved", "--from", "2030-01-01T00:00:00Z", "--until", "2029-01-01T00:00:00Z"), "later than"),
        ):
            with self.subTest(options):
                self.assertIn(sentence, self.ctl("token", "create", *options, code=2)["text"])
        self.token("--kind", "reserved", "--text", "twice")
        self.assertEqual("token-exists",
                         self.ctl("token", "create", "--kind", "reserved", "--text", "twice", code=1)["error"])
        self.ctl("token", "revoke", "999999", code=1)
        self.ctl("names", "list", "net", code=1)
        self.assertIn("--kind", self.ctl("names", "add", "org", "x", "--kind", "gold", code=2)["text"])
