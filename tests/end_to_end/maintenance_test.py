"""Maintenances that the operator announces (RFC 9167): what registrars find in their queues, and what info shows."""

import calendar
import concurrent.futures
import json
import re
import subprocess
import time

import epp_client as epp
import postel

MAINT = epp.NS["maint"]


def info(name=None):
    return epp.on_object("info", "maint", f"<maint:id>{name}</maint:id>" if name else "<maint:list/>")


class MaintenanceTest(postel.RegistryTest):
    @classmethod
    def make_registry(cls):
        registry = postel.Registry()
        cls.addClassCleanup(registry.close)
        return registry

    def setUp(self):
        self.addCleanup(self.registry.ctl, "clock", "reset")
        self.gold, self.silver = self.log_in(), self.log_in(postel.SILVER)

    def ctl(self, *arguments):
        done = self.registry.ctl("--json", "maintenance", *arguments)
        return json.loads(done.stdout)

    def at(self, days):
        """So many days after now, as the registry's clock has it, in whole seconds."""
        now = json.loads(self.registry.ctl("--json", "clock", "show").stdout)["now"]
        moment = calendar.timegm(time.strptime(now[:19], "%Y-%m-%dT%H:%M:%S")) + days * 86400
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))

    def message(self, client):
        """The next one of a maintenance, acknowledged; None if there is none."""
        response = client.command(epp.POLL)
        if response.code == 1300:
            return None
        self.expect(1301, response)
        number = response.all("epp:msgQ")[0].get("id")
        self.expect(1000, client.command(f'<poll op="ack" msgID="{number}"/>'))
        return response

    def told(self, client):
        """The kinds of all messages that wait, with their ids."""
        kinds = []
        while (message := self.message(client)) is not None:
            item = "maint:infData/maint:item/maint:"
            kinds.append((message.text(item + "pollType"), message.text(item + "id")))
        return kinds

    def listed(self, client):
        response = self.expect(1000, client.command(info()))
        return [e.text for e in response.all("maint:infData/maint:list/maint:listItem/maint:id")]

    def work(self, count=1):
        """Workers that make one round at the same time."""
        def once(_):
            return subprocess.run([postel.program("postel-worker"), "--once", "--set",
                                   f"database={self.registry.cluster.conninfo()}"], capture_output=True, text=True)
        with concurrent.futures.ThreadPoolExecutor(count) as pool:
            for done in pool.map(once, range(count)):
                self.assertEqual(0, done.returncode, done.stderr)

    def move_clock(self, step):
        """The server follows within a second, or with the next command that writes."""
        before = self.gold.ask(epp.HELLO).text("epp:greeting/epp:svDate")
        self.registry.ctl("clock", "move", "--", step)
        deadline = time.monotonic() + 30
        while self.gold.ask(epp.HELLO).text("epp:greeting/epp:svDate")[:13] == before[:13]:
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.1)

    def test_from_the_announcement_to_the_end(self):
        start, end = self.at(10), self.at(10.25)
        self.expect(2303, self.gold.command(info("move-1")))
        self.assertEqual({"created": "move-1", "told": 2}, self.ctl(
            "create", "--id", "move-1", "--name", "Move & <more>", "--start", start, "--end", end, "--system",
            "EPP=full@epp.nic.example", "--system", "WHOIS and RDAP=partial", "--type", "Routine", "--detail",
            "https://www.nic.example/move?a=1&b=2", "--description", "We move", "--description-in", "de", "Wir ziehen um",
            "--tld", "ORG", "--intervention", "connection"))
        created = self.message(self.gold)
        item = "maint:infData/maint:item/maint:"
        self.assertEqual("create", created.text(item + "pollType"))
        self.assertTrue(created.all("epp:msgQ/epp:msg")[0].text.startswith("Maintenance move-1 was announced"))
        shown = self.expect(1000, self.silver.command(info("move-1")))
        self.assertIsNone(shown.text(item + "pollType"))
        without = re.compile(rb"<maint:pollType>[a-z]+</maint:pollType>")
        data = lambda response: without.sub(b"", re.search(rb"<maint:infData.*</maint:infData>", response.xml).group())
        self.assertEqual(data(created), data(shown))
        self.assertEqual([start[:-1] + ".000Z", end[:-1] + ".000Z", "planned", "https://www.nic.example/move?a=1&b=2"],
                         [shown.text(item + name) for name in ("start", "end", "reason", "detail")])
        self.assertEqual([("EPP", "epp.nic.example", "full"), ("WHOIS and RDAP", None, "partial")],
                         [tuple(system.findtext("maint:" + name, None, epp.NS) for name in ("name", "host", "impact"))
                          for system in shown.all(item + "systems/maint:system")])
        self.assertEqual([("en", "We move"), ("de", "Wir ziehen um")],
                         [(e.get("lang"), e.text) for e in shown.all(item + "description")])
        self.assertEqual(["org"], [e.text for e in shown.all(item + "tlds/maint:tld")])
        self.assertEqual(["true", "false"],
                         [shown.text(item + "intervention/maint:" + n) for n in ("connection", "implementation")])
        self.assertIsNone(shown.text(item + "upDate"))
        self.assertEqual(["move-1"], self.listed(self.silver))

        # A change, seen at once.
        later = self.at(10.5)
        self.ctl("update", "move-1", "--end", later, "--reason", "emergency")
        updated = self.message(self.gold)
        self.assertEqual(("update", later[:-1] + ".000Z", "emergency"),
                         tuple(updated.text(item + name) for name in ("pollType", "end", "reason")))
        self.assertIsNotNone(updated.text(item + "upDate"))
        self.assertEqual(data(updated), data(self.expect(1000, self.gold.command(info("move-1")))))
        self.assertIsNone(self.message(self.gold))

        # What the clock says, once.
        self.assertEqual([("create", "move-1"), ("update", "move-1")], self.told(self.silver))
        self.work()
        self.assertEqual([], self.told(self.gold))
        self.move_clock("+9d")
        self.work(3)
        self.move_clock("+1h")
        self.work(3)
        self.assertEqual([("courtesy", "move-1")], self.told(self.gold))
        self.move_clock("+2d")
        self.work(3)
        self.assertEqual([("end", "move-1")], self.told(self.gold))
        self.assertEqual([("courtesy", "move-1"), ("end", "move-1")], self.told(self.silver))
        self.assertEqual([], self.listed(self.gold))
        self.assertEqual("ended", self.ctl("show", "move-1")["state"])
        self.expect(1000, self.gold.command(info("move-1")))
        self.move_clock("+31d")
        self.expect(2303, self.gold.command(info("move-1")))
        self.assertEqual(["end", "courtesy", "update", "create"], [line["told"] for line in self.ctl("history", "move-1")])
        self.audit()

    def test_one_that_is_cancelled(self):
        name = self.ctl("create", "--start", self.at(5), "--end", self.at(6), "--system", "EPP=full")["created"]
        self.assertRegex(name, r"^\d{8}-[a-z2-9]{6}$")
        self.assertEqual([name], self.listed(self.gold))
        self.assertEqual({"deleted": name, "told": 2}, self.ctl("delete", name))
        self.expect(2303, self.gold.command(info(name)))
        self.assertEqual([], self.listed(self.gold))
        # The announcement says what was true when it was made.
        self.assertEqual([("create", name), ("delete", name)], self.told(self.gold))
        self.told(self.silver)
        self.work()
        self.assertEqual([], self.told(self.gold))

    def test_a_login_that_did_not_name_the_service(self):
        name = self.ctl("create", "--start", self.at(5), "--end", self.at(6), "--system", "EPP=full")["created"]
        plain = self.connect()
        self.expect(1000, plain.login(*postel.GOLD, objects=epp.OBJECTS[:3], extensions=[]))
        poll = self.expect(1301, plain.command(epp.POLL))
        self.assertNotIn(MAINT.encode(), poll.xml)
        self.assertIn(name, poll.all("epp:msgQ/epp:msg")[0].text)
        self.expect(2002, plain.command(info()))
        plain = self.connect()
        self.expect(1000, plain.login(*postel.GOLD, objects=epp.OBJECTS[:3], extensions=[epp.NS["unhandled"]]))
        poll = self.expect(1301, plain.command(epp.POLL))
        self.assertEqual([], poll.all("epp:resData"))
        self.assertEqual(MAINT + " not in login services", poll.text("epp:response/epp:result/epp:extValue/epp:reason"))
        self.expect(2101, self.gold.command(epp.on_object("delete", "maint", f"<maint:id>{name}</maint:id>")))
        self.ctl("delete", name)
        self.told(self.gold)
        self.told(self.silver)

    def test_a_worker_that_is_killed_has_told_all_or_nothing(self):
        names = [self.ctl("create", "--start", self.at(2), "--end", self.at(3), "--system", "EPP=full")["created"]
                 for _ in range(8)]
        self.told(self.gold), self.told(self.silver)
        self.move_clock("+4d")
        arguments = ["--set", f"database={self.registry.cluster.conninfo()}", "--set", "metrics_listen=127.0.0.1:0",
                     "--set", "interval=100ms"]
        for delay in (0.0, 0.02, 0.04, 0.06, 0.08, 0.12, 0.2):
            worker = postel.Server(self.registry, "postel-worker", *arguments)
            time.sleep(delay)
            worker.kill()
        self.work(2)
        expected = sorted(("end", name) for name in names)
        self.assertEqual(expected, sorted(self.told(self.gold)))
        self.assertEqual(expected, sorted(self.told(self.silver)))

    def test_zx_only_those_whom_it_concerns(self):
        policy = postel.POLICY.replace("tld = org", "tld = ngo").replace("nic.org", "nic.ngo")
        self.registry.ctl("tld", "apply", self.registry.write("ngo.conf", policy))
        self.registry.ctl("registrar", "update", "silver", "--tld", "org")
        name = self.ctl("create", "--start", "now", "--end", self.at(1), "--system", "EPP=none", "--tld", "ngo")
        self.assertEqual(1, name["told"])
        self.assertEqual([("create", name["created"])], self.told(self.gold))
        self.assertEqual([], self.told(self.silver))
        self.assertEqual("running", self.ctl("show", name["created"])["state"])
