"""RDAP's searches (RFC 9082), pages and orders (RFC 8977), parts (RFC 8982), reverse search (RFC 9536), against a
running server."""

import http.client
import json
import threading
import time
import unittest
import urllib.parse

import epp_client as epp
import postel

BASE = "https://rdap.example"
ARRAYS = {"domains": "domainSearchResults", "nameservers": "nameserverSearchResults", "entities": "entitySearchResults"}
PAGE = 5
MOST = 100


class WhoisServer(postel.Server):
    def __init__(self, registry, **settings):
        settings = {"whois_listen": "127.0.0.1:0", "rdap_listen": "127.0.0.1:0", "metrics_listen": "127.0.0.1:0",
                    "rdap_base_url": BASE, "database": registry.cluster.conninfo(), **settings}
        path = registry.write("whois.conf", "".join(f"{key} = {value}\n" for key, value in settings.items()))
        super().__init__(registry, "postel-whois", "--config", path)
        self.port = int(self.await_log(r"whois\.started protocol=rdap listen=\S+:(\d+)").group(1))


def contact(name, shown, person, email):
    disclose = "<contact:disclose flag=\"1\"><contact:name type=\"int\"/></contact:disclose>" if shown else ""
    return epp.on_object("create", "contact", f"""<contact:id>{name}</contact:id><contact:postalInfo type="int">
<contact:name>{person}</contact:name><contact:addr><contact:city>Ulm</contact:city><contact:cc>DE</contact:cc>
</contact:addr></contact:postalInfo><contact:email>{email}</contact:email>
<contact:authInfo><contact:pw>Contact-2fooBAR-and-more</contact:pw></contact:authInfo>{disclose}""")


class RdapSearchTest(postel.RegistryTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        gold = cls.registry.log_in(cls.server)
        for request in (
                contact("holder", False, "Hidden Holder", "hidden@example.org"),
                contact("shown", True, "Shown Person", "shown@example.org"),
                contact("second", True, "Shown Person", "second@example.org"),
                epp.host_create("dns1.example.net"), epp.host_create("dns2.example.net"),
                *(epp.domain_create(f"walk{i:02}.org", "holder", hosts=("dns1.example.net", "dns2.example.net"))
                  for i in range(17)),
                epp.domain_create("other.org", "shown"),
                epp.host_create("ns.walk03.org", "192.0.2.1", "2001:db8::1"),
                epp.host_create("ns2.walk03.org", "192.0.2.1"),
                *(epp.host_create(f"farm{i:03}.walk03.org", "192.0.2.77") for i in range(MOST + 5)),
                epp.domain_update("other.org",
                                  add="<domain:ns><domain:hostObj>ns.walk03.org</domain:hostObj></domain:ns>")):
            response = gold.command(request)
            assert response.code == 1000, response.xml
        gold.close()
        cls.whois = WhoisServer(cls.registry, search_page=PAGE, search_most=MOST, search_related=20, search_lanes=1,
                                search_queue=4, search_timeout="1s")
        cls.addClassCleanup(lambda: cls.whois.process.poll() is not None or cls.whois.kill())

    def ask(self, target):
        connection = http.client.HTTPConnection("127.0.0.1", self.whois.port, timeout=30)
        try:
            connection.request("GET", target)
            response = connection.getresponse()
            body = json.loads(response.read())
        finally:
            connection.close()
        self.assertEqual("application/rdap+json", response.getheader("Content-Type"))
        if response.status != 200:
            self.assertEqual(response.status, body["errorCode"])
        self.headers = response
        return response.status, body

    def refused(self, status, target):
        self.assertEqual(status, self.ask(target)[0], target)

    def found(self, target):
        status, body = self.ask(target)
        self.assertEqual(200, status, (target, body))
        return body

    @staticmethod
    def objects(body):
        return next(body[name] for name in ARRAYS.values() if name in body)

    def keys(self, body):
        return [o["handle" if o["objectClassName"] == "entity" else "ldhName"] for o in self.objects(body)]

    def find(self, target):
        return self.keys(self.found(target))

    @staticmethod
    def link(body, rel):
        for link in body.get("paging_metadata", {}).get("links", []):
            if link["rel"] == rel:
                return link["href"].removeprefix(BASE)
        return None

    def walk(self, target, rel="next", between=None):
        """The objects' keys of all pages, and the last page's target."""
        keys, last = [], target
        while target:
            body = self.found(target)
            self.assertLessEqual(len(self.objects(body)), PAGE)
            keys = self.keys(body) + keys if rel == "prev" else keys + self.keys(body)
            last, target = target, self.link(body, rel)
            if between:
                between()
        return keys, last

    WALK = [f"walk{i:02}.org" for i in range(17)]

    def roid(self, kind, name):
        table = {"C": "contacts", "D": "domains"}[kind]
        column = {"C": "handle", "D": "name"}[kind]
        key = self.registry.cluster.sql(f"SELECT id FROM {table} WHERE {column} = '{name}'")[0][0]
        repository = self.registry.cluster.sql("SELECT repository_id FROM registry")[0][0]
        return f"{kind}{key}-{repository}"

    # -- what is found --

    def test_domains_by_name(self):
        self.assertEqual(self.WALK[:PAGE], self.find("/domains?name=walk*.org"))
        self.assertEqual(["walk03.org"], self.find("/domains?name=WALK03.org"))
        self.assertEqual(["walk10.org", "walk11.org"], self.find("/domains?name=walk1*")[:2])
        self.refused(404, "/domains?name=nobody*.org")
        self.refused(404, "/domains?name=nobody.org")
        self.refused(404, "/domains?name=walk*.ngo")

    def test_domains_by_name_servers(self):
        self.assertEqual(["other.org"], self.find("/domains?nsLdhName=ns.walk*.org"))
        self.assertEqual(["other.org"], self.find("/domains?nsIp=2001:DB8::1"))
        self.assertEqual(sorted(self.WALK), sorted(self.walk("/domains?nsLdhName=dns1.example.net")[0]))
        self.assertEqual(self.WALK, self.walk("/domains?nsLdhName=dns*.example.net&sort=name")[0])
        self.refused(404, "/domains?nsIp=192.0.2.99")
        self.refused(400, "/domains?nsIp=192.0.2")
        self.refused(422, "/domains?nsLdhName=farm*")  # too many hosts

    def test_name_servers(self):
        self.assertEqual(["ns.walk03.org", "ns2.walk03.org"], self.find("/nameservers?ip=192.0.2.1"))
        self.assertEqual(["ns.walk03.org"], self.find("/nameservers?ip=2001:db8:0::1"))
        self.assertEqual(["ns2.walk03.org"], self.find("/nameservers?name=ns2*.walk03.org"))
        self.assertEqual(["dns1.example.net"], self.find("/nameservers?name=dns1.example.net"))
        self.assertEqual(["192.0.2.1"],
                         self.objects(self.found("/nameservers?name=ns2*.walk03.org"))[0]["ipAddresses"]["v4"])
        self.refused(404, "/nameservers?ip=192.0.2.99")
        self.refused(400, "/nameservers?ip=192.0.2.256")

    def test_entities(self):
        self.assertEqual(["gold"], self.find("/entities?fn=gold+I*"))
        self.assertEqual(["gold"], self.find("/entities?handle=gold"))
        both = sorted([self.roid("C", "shown"), self.roid("C", "second")])
        self.assertEqual(both, sorted(self.find("/entities?fn=SHOWN+person")))
        self.assertEqual(both, self.find("/entities?fn=shown*&sort=handle"))
        self.assertEqual(both[::-1], self.find("/entities?fn=shown*&sort=handle:d"))
        self.assertEqual([both[0]], self.find("/entities?handle=" + both[0]))
        self.assertIn(both[0], self.walk("/entities?handle=" + both[0][:4] + "*")[0])

    def test_a_contact_that_does_not_disclose_its_name_is_not_found(self):
        hidden = self.roid("C", "holder")
        absent = "C999999999999-" + hidden.split("-")[1]
        for query in ("fn=Hidden*", "fn=hidden+holder", "handle=" + hidden):
            self.refused(404, "/entities?" + query)
        if self.ask("/entities?handle=" + hidden[:4] + "*")[0] == 200:
            self.assertNotIn(hidden, self.walk("/entities?handle=" + hidden[:4] + "*")[0])
        _, one = self.ask("/entities?handle=" + hidden)
        _, other = self.ask("/entities?handle=" + absent)
        self.assertEqual(json.dumps(other).replace(absent, hidden), json.dumps(one))

    def test_results_are_what_look_ups_say(self):
        looked_up = self.found("/domain/walk03.org")
        found = self.objects(self.found("/domains?name=walk03*.org"))[0]
        for member in ("handle", "status", "secureDNS", "redacted"):
            self.assertEqual(looked_up[member], found[member])
        self.assertNotIn("notices", found)
        self.assertNotIn("rdapConformance", found)

    # -- pages and orders --

    def test_walks_over_pages_forth_and_back(self):
        for sort in ("", "&sort=name", "&sort=registrationDate", "&sort=expirationDate,registrationDate", "&count=1"):
            with self.subTest(sort):
                keys, last = self.walk("/domains?name=walk*.org" + sort)
                self.assertEqual(self.WALK, keys)
                self.assertEqual(self.WALK, self.walk(last, "prev")[0])
        for sort in ("&sort=name:d", "&sort=registrationDate:d"):
            keys, last = self.walk("/domains?name=walk*.org" + sort)
            self.assertEqual(self.WALK[::-1], keys)
            self.assertEqual(self.WALK[::-1], self.walk(last, "prev")[0])

    def test_ties_are_broken_by_name(self):
        self.registry.cluster.sql("UPDATE domains SET updated = '2020-01-01' WHERE name LIKE 'walk%'")
        self.addCleanup(self.registry.cluster.sql, "UPDATE domains SET updated = NULL WHERE name LIKE 'walk%'")
        for sort in ("lastChangedDate", "lastChangedDate:d", "transferDate:d"):
            self.assertEqual(self.WALK, self.walk("/domains?name=walk*.org&sort=" + sort)[0])
        self.assertEqual(self.WALK[::-1], self.walk("/domains?name=walk*.org&sort=lastChangedDate,name:d")[0])

    def test_a_walk_is_stable_while_others_create(self):
        gold = self.log_in()
        prefixes = iter(range(100))

        def create():
            number = next(prefixes)
            for name in (f"wander{number:02}a.org", f"wander{99 - number:02}b.org"):
                self.expect(1000, gold.command(epp.domain_create(name, "holder")))

        def create_some():
            if rounds:
                rounds.pop()
                create()

        for _ in range(6):
            create()
        before, _ = self.walk("/domains?name=wander*.org")
        for sort in ("", "&sort=registrationDate", "&sort=registrationDate:d"):
            for rel in ("next", "prev"):
                start = self.walk("/domains?name=wander*.org" + sort)[1] if rel == "prev" else \
                    "/domains?name=wander*.org" + sort
                rounds = [None] * 4
                keys, _ = self.walk(start, rel, between=create_some)
                self.assertEqual(len(set(keys)), len(keys))
                if not sort:
                    self.assertEqual(sorted(keys), keys)
                    self.assertLessEqual(set(before), set(keys))

    def test_counts_and_pages(self):
        body = self.found("/domains?name=walk*.org&count=true")
        self.assertEqual((17, PAGE, 1), tuple(body["paging_metadata"][key]
                                              for key in ("totalCount", "pageSize", "pageNumber")))
        self.assertIn("paging", body["rdapConformance"])
        second = self.found(self.link(body, "next"))
        self.assertEqual(2, second["paging_metadata"]["pageNumber"])
        self.assertEqual("/domains?name=walk*.org&count=true", self.link(second, "first"))
        self.assertEqual(self.keys(body), self.keys(self.found(self.link(second, "prev"))))

    def test_cut_lists_and_short_objects_say_so(self):
        types = [notice.get("type") for notice in self.found("/domains?name=walk*.org")["notices"]]
        self.assertIn("result set truncated due to excessive load", types)
        self.assertFalse([notice for notice in self.found("/domains?name=walk03.org")["notices"] if "type" in notice])
        cut = self.walk("/nameservers?ip=192.0.2.77")[0]
        self.assertEqual(MOST, len(cut))  # of more
        self.refused(422, "/nameservers?ip=192.0.2.77&count=1")
        self.refused(422, "/nameservers?name=farm*&sort=registrationDate")
        self.assertEqual(MOST + 5, len(self.walk("/nameservers?name=farm*")[0]))
        for field_set in ("id", "brief"):
            remark = self.objects(self.found("/domains?name=walk03.org&fieldSet=" + field_set))[0]["remarks"][0]
            self.assertEqual("Incomplete Data", remark["title"])
            self.assertTrue(remark["type"].startswith("object truncated due to "))

    def test_field_sets_contain_each_other(self):
        for target in ("/domains?name=walk03.org", "/nameservers?ip=2001:db8::1", "/entities?fn=shown*"):
            smaller = {}
            for field_set in ("id", "brief", "full"):
                body = self.found(f"{target}&fieldSet={field_set}")
                self.assertEqual(field_set, body["subsetting_metadata"]["currentFieldSet"])
                self.assertIn("subsetting", body["rdapConformance"])
                one = {key: value for key, value in self.objects(body)[0].items() if key not in ("remarks", "links")}
                self.assertEqual(smaller, {key: one[key] for key in smaller})
                self.assertGreater(len(one), len(smaller))
                smaller = one

    # -- refusals --

    def test_refusals(self):
        next_page = self.link(self.found("/domains?name=walk*.org"), "next")
        cursor = urllib.parse.parse_qs(next_page.partition("?")[2])["cursor"][0]
        self.assertRegex(cursor, r"\A[A-Za-z0-9/=_-]+\Z")
        for status, target in (
                (400, "/domains"), (400, "/domains?name="), (400, "/domains?name=walk*&nsIp=192.0.2.1"),
                (400, "/domains?name=walk*&name=walk*"), (400, "/domains?name=wa_lk*"), (400, "/domains?name=%FF*"),
                (400, "/domains?fn=walk*"), (400, "/entities?name=x"), (400, "/domains?name=walk*&count=2"),
                (400, "/domains?name=walk*&sort=color"), (400, "/domains?name=walk*&sort=name:up"),
                (400, "/domains?name=walk*&sort=ipv4"), (400, "/domains?name=walk*&fieldSet=some"),
                (400, "/domains?name=walk*&cursor=x"), (400, "/domains?name=other*&cursor=" + cursor),
                (400, "/domains?name=walk*.org&sort=name:d&cursor=" + cursor),
                (400, "/nameservers?name=walk*.org&cursor=" + cursor), (400, next_page + "A"),
                (422, "/domains?name=w*k.org"), (422, "/domains?name=*walk"), (422, "/domains?name=wa*.org"),
                (422, "/domains?name=*"), (422, "/domains?name=w*l*.org"), (422, "/entities?fn=*x"),
                (422, "/entities?fn=ab*"),
                (501, "/nameservers/reverse_search/entity?handle=x"), (501, "/ip/192.0.2.1")):
            with self.subTest(target):
                self.refused(status, target)

    def test_reverse_search_needs_a_token(self):
        for target in ("handle=x", "fn=Hidden*", "email=hidden@example.org&role=registrant"):
            self.refused(401, "/domains/reverse_search/entity?" + target)
            self.assertTrue(self.headers.getheader("WWW-Authenticate").startswith("Bearer"))
        self.refused(400, "/domains/reverse_search/entity?city=Ulm")
        self.refused(400, "/domains/reverse_search/entity?role=registrant")

    def test_help_names_every_extension(self):
        body = self.found("/help")
        for extension in ("redacted", "paging", "sorting", "subsetting", "reverse_search"):
            self.assertIn(extension, body["rdapConformance"])
        self.assertEqual({"handle", "fn", "email", "role"},
                         {entry["property"] for entry in body["reverse_search_properties"]})
        text = " ".join(body["notices"][1]["description"])
        for query in ("/domains?name=", "nsLdhName=", "nsIp=", "/nameservers?name=", "?ip=", "/entities?fn=", "?handle=",
                      "/domains/reverse_search/entity"):
            self.assertIn(query, text)

    # -- searches are bounded, and look-ups do not wait for them --

    def test_a_search_that_takes_too_long_is_answered_in_time_and_look_ups_go_on(self):
        """All rows locked away from searches: they end by themselves, are few, and nobody else is slower."""
        blocker = threading.Thread(target=self.registry.cluster.sql, args=(
            "BEGIN; LOCK TABLE contacts IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(4); COMMIT",))
        blocker.start()
        time.sleep(0.5)
        statuses, times = [], []

        def search():
            began = time.monotonic()
            connection = http.client.HTTPConnection("127.0.0.1", self.whois.port, timeout=30)
            connection.request("GET", "/entities?fn=shown*")
            response = connection.getresponse()
            statuses.append((response.status, response.getheader("Retry-After")))
            response.read()
            times.append(time.monotonic() - began)
            connection.close()

        searches = [threading.Thread(target=search) for _ in range(12)]
        for thread in searches:
            thread.start()
        time.sleep(0.2)
        began = time.monotonic()
        self.found("/nameserver/dns1.example.net")
        self.assertLess(time.monotonic() - began, 0.5)
        for thread in searches:
            thread.join()
        self.assertEqual({503}, {status for status, _ in statuses})
        self.assertTrue(all(retry for _, retry in statuses))
        self.assertLess(max(times), 3.5)
        self.assertGreater(sum(seconds < 0.3 for seconds in times), 3)  # sent away at once
        blocker.join()
        self.assertEqual(2, len(self.find("/entities?fn=shown*")))

    def test_zzz_the_whois_server_stops_cleanly(self):
        self.assertEqual(0, self.whois.stop(), self.whois.log()[-2000:])


if __name__ == "__main__":
    unittest.main()
