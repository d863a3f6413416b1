"""The lives of tests/lives that are "also in: the sandbox", lived in one over EPP, with the clock moved by postelctl as
`deploy/sandbox clock` moves it.

All at once, on one calendar, since the clock of a registry goes forward: each life has its own registrars (gold-3) and
names (alpha-3.org). The clock runs on meanwhile, so every instant of the calendar comes later than the table says, and
the later it is the more: what has ended in the table has ended. Balances are compared when all rows of an instant are
done.
"""

import concurrent.futures
import datetime
import itertools
import json
import os
import re
import time
import unittest
from xml.sax.saxutils import quoteattr

import epp_client as epp
import life_table
import postel
import result_rows

LIVES = life_table.of_the_sandbox(os.path.join(postel.ROOT, "tests", "lives"))

OBSERVER = ("observer", "Observer-pw-3")  # looks at everything, owns what all use
HOSTS = ("ns1.example.net", "ns2.example.net")
HOLDER = "holder"
PASSWORD = "Life-pw-4"
AUTHINFO = "2fooBAR-2fooBAR-2fooBAR"
REPORT = """<rgp:report><rgp:preData>as it was</rgp:preData><rgp:postData>as it is</rgp:postData>
<rgp:delTime>2030-01-11T12:00:00Z</rgp:delTime><rgp:resTime>2030-01-21T12:00:00Z</rgp:resTime>
<rgp:resReason>Registrant error.</rgp:resReason><rgp:statement>Not in order to use or sell it.</rgp:statement>
<rgp:statement>The report is true.</rgp:statement></rgp:report>"""

LATER = datetime.timedelta(seconds=20)  # each instant than the one before, beyond the table
PATIENCE = 15  # seconds, for the worker and the processes that follow the clock


def own(text, number):
    """The same with the names of this life."""
    return re.sub(r"\b(\w+)\.org\b", rf"\1-{number}.org", text)


def utc(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


class LivesRegistry(postel.Registry):
    ACCOUNTS = (OBSERVER,)

    def _provision(self):
        super()._provision()
        password = self.write("lives.password", PASSWORD + "\n")

        def admit(account):
            name, deposit = account
            self.ctl("registrar", "create", name, "--name", name.title(), "--password-file", password)
            self.ctl("registrar", "certificate", name, "add", self.certificates[OBSERVER[0]][0])
            self.ctl("registrar", "deposit", name, deposit)

        accounts = [(f"{name}-{number}", "1000.00") for number, life in enumerate(LIVES) for name in life.registrars]
        with concurrent.futures.ThreadPoolExecutor(4) as threads:
            list(threads.map(admit, accounts))

    def balances(self):
        shown = json.loads(self.ctl("--json", "registrar", "list").stdout)
        return {row["id"]: row["balance"] for row in shown}


def transfer(op, name, years=None, password=None):
    inner = f"<domain:name>{name}</domain:name>"
    if years is not None:
        inner += f'<domain:period unit="y">{years}</domain:period>'
    if password is not None:
        inner += f"<domain:authInfo><domain:pw>{password}</domain:pw></domain:authInfo>"
    return (f'<transfer op="{op}"><domain:transfer xmlns:domain="{epp.NS["domain"]}">{inner}</domain:transfer>'
            "</transfer>")


def acknowledge(message):
    return f'<poll op="ack" msgID={quoteattr(message)}/>'


def auth_info(password):
    return f"<domain:authInfo><domain:pw>{password}</domain:pw></domain:authInfo>"


class Living:
    """One life: its registrars' sessions, and what came out otherwise than the table says."""

    def __init__(self, registry, server, observer, number, life):
        self.registry, self.observer, self.number, self.life = registry, observer, number, life
        self.domain = f"alpha-{number}.org"
        self.sessions = {}
        for name in life.registrars:
            self.sessions[name] = registry.connect(server, OBSERVER[0])
            response = self.sessions[name].login(self.account(name), PASSWORD)
            if response.code != 1000:
                raise AssertionError(response.xml)
        self.complaints = []

    def account(self, name):
        return f"{name}-{self.number}"

    def complain(self, row, what, expected, seen):
        self.complaints.append(
            f"tests/lives/{self.life.name}.life:{row.line}: {row.command}: {what}: {expected!r} expected, not {seen!r}")

    # What a row does

    def live(self, row):
        if row.who != "clock":
            answer = self.operate(row) if row.who == "operator" else self.send(row)
            expected = own(row.answer, self.number)
            # Of a refusal the code is to be seen.
            if not (answer == expected or answer.startswith("2") and answer == expected.split(" ")[0]):
                self.complain(row, "answer", expected, answer)
        self.look(row)

    def operate(self, row):
        found = re.fullmatch(r"update (add|remove) status (\w+)", row.command)
        if not found:
            raise AssertionError(f"{self.life.name}:{row.line}: not understood: {row.command}")
        change, status = found.groups()
        done = self.registry.ctl("--json", "domain", "status", self.domain, f"--{change}", status, check=False)
        return "1000" if done.returncode == 0 else str(json.loads(done.stderr)["code"])

    def send(self, row):
        session = self.sessions[row.who]
        if row.command == "poll":
            return self.poll(session, own(row.answer, self.number))
        response = session.command(self.xml(own(row.command, self.number), session))
        if row.command == "transfer query" and response.code == 1000:
            return f"1000 {response.text('domain:trStatus')}"
        return str(response.code)

    @staticmethod
    def poll(session, expected):
        """Waits for the worker."""
        deadline = time.monotonic() + PATIENCE
        while True:
            response = session.command(epp.POLL)
            message = response.tree.find("epp:response/epp:msgQ/epp:msg", epp.NS)
            answer = str(response.code) if message is None else f"{response.code} {message.text}"
            if answer == expected or time.monotonic() > deadline:
                return answer
            time.sleep(0.1)

    def xml(self, command, session):
        for pattern, make in COMMANDS:
            found = re.fullmatch(pattern, command)
            if found:
                return make(self, session, **found.groupdict())
        raise AssertionError(f"{self.life.name}: not understood: {command}")

    # What there is afterwards

    def look(self, row):
        info = self.observer.command(epp.info("domain", self.domain))
        if info.code == 2303:
            if row.sponsor != "(free)":
                self.complain(row, "sponsor", row.sponsor, "(free)")
            return
        statuses = {status.get("s") for status in info.all("domain:status")}
        rgp = {status.get("s") for status in info.all("rgp:rgpStatus")}
        sponsor = info.text("domain:clID").removesuffix(f"-{self.number}")
        for what, expected, seen in (("sponsor", row.sponsor, sponsor), ("statuses", row.statuses, statuses),
                                     ("rgp", row.rgp, rgp)):
            if expected != seen:
                self.complain(row, what, expected, seen)
        self.compare_expiry(row, utc(info.text("domain:exDate")))

    def compare_expiry(self, row, seen):
        if not row.expires:
            return
        expected = life_table.STARTS.combine(datetime.date.fromisoformat(row.expires), life_table.STARTS.timetz())
        if not datetime.timedelta() <= seen - expected < datetime.timedelta(hours=1):
            self.complain(row, "expires", row.expires, seen.isoformat())

    def expected_balances(self, row):
        return {self.account(name): balance for name, balance in row.balances.items()}


# The words of a row as XML: each gets the life, the session that speaks, and what its pattern has found.


def create(living, _, name, years="1", bare=None):
    return epp.domain_create(name, HOLDER, int(years or 1), () if bare else HOSTS, password="")


def renew(living, _, years):
    info = living.observer.command(epp.info("domain", living.domain))
    return epp.domain_renew(living.domain, (info.text("domain:exDate") or "2030-01-01")[:10], int(years or 1))


def update(living, _, change, what, value):
    inner = f'<domain:status s="{value}"/>' if what == "status" else (
        f"<domain:ns><domain:hostObj>{value}</domain:hostObj></domain:ns>")
    return epp.domain_update(living.domain, **{{"add": "add", "remove": "rem"}[change]: inner})


def request(living, _, years, name=None, credential=None):
    passwords = {None: AUTHINFO, "with a wrong authInfo": "guessed-guessed-guessed", "without authInfo": None}
    return transfer("request", name or living.domain, years or 1, passwords[credential])


def restore(living, _, op, name=None):
    report = REPORT if op == "report" else ""
    return (epp.domain_update(name or living.domain) +
            f"<extension>{result_rows.restore(report, op)}</extension>")


YEARS = r"(?: (?P<years>\d+)y)?"
COMMANDS = (
    (rf"create (?P<name>\S+){YEARS}(?P<bare> without name servers)?", create),
    (rf"renew{YEARS}", renew),
    (r"delete", lambda living, _: epp.delete("domain", living.domain)),
    (r"info", lambda living, _: epp.info("domain", living.domain)),
    (r"update (?P<change>add|remove) (?P<what>status|ns) (?P<value>\S+)", update),
    (r"update set authInfo", lambda living, _: epp.domain_update(living.domain, chg=auth_info(AUTHINFO))),
    (rf"transfer request(?: (?P<name>\S+\.org))?{YEARS}(?: (?P<credential>with.*))?", request),
    (r"transfer query", lambda living, _: transfer("query", living.domain)),
    (r"(?P<op>approve|reject|cancel)", lambda living, _, op: transfer(op, living.domain)),
    (r"restore (?P<op>request|report)(?: (?P<name>\S+\.org))?", restore),
    (r"host create (?P<name>\S+)", lambda living, _, name: epp.host_create(name, "192.0.2.1")),
    (r"host delete (?P<name>\S+)", lambda living, _, name: epp.delete("host", name)),
    (r"ack", lambda living, session: acknowledge(
        session.command(epp.POLL).tree.find("epp:response/epp:msgQ", epp.NS).get("id"))),
)


class LivesTest(postel.RegistryTest):
    SETTINGS = {"max_connections_per_address": 1000}

    @classmethod
    def make_registry(cls):
        return LivesRegistry.shared()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker = postel.Server(cls.registry, "postel-worker", "--config", cls.registry.write("worker.conf", f"""
database = {cls.registry.cluster.conninfo()}
interval = 100ms
metrics_listen = 127.0.0.1:0
"""))
        cls.addClassCleanup(lambda: cls.worker.process.poll() is not None or cls.worker.kill())
        cls.observer = cls.registry.log_in(cls.server, OBSERVER)
        cls.addClassCleanup(cls.observer.close)
        cls.prepare()
        cls.lives = [Living(cls.registry, cls.server, cls.observer, number, life) for number, life in enumerate(LIVES)]
        for living in cls.lives:
            for session in living.sessions.values():
                cls.addClassCleanup(session.close)
        cls.live_all()

    @classmethod
    def prepare(cls):
        cls.move_clock_to(life_table.STARTS)  # which may be in the past by now
        for command in (epp.contact_create(HOLDER), *map(epp.host_create, HOSTS)):
            response = cls.observer.command(command)
            if response.code != 1000:
                raise AssertionError(response.xml)

    @classmethod
    def live_all(cls):
        rows = sorted(((row.at, number, row) for number, life in enumerate(LIVES) for row in life.rows),
                      key=lambda entry: entry[:2])
        for count, (at, entries) in enumerate(itertools.groupby(rows, lambda entry: entry[0])):
            cls.await_moment(at + count * LATER)
            last = {}
            for _, number, row in entries:
                cls.lives[number].live(row)
                last[number] = row
            cls.compare_balances(last)

    @classmethod
    def server_time(cls):
        return utc(cls.observer.ask(epp.HELLO).text("epp:greeting/epp:svDate"))

    @classmethod
    def move_clock_to(cls, moment):
        step = moment - cls.server_time()
        cls.registry.ctl("clock", "move", "--", f"{round(step.total_seconds() * 1000)}ms")

    @classmethod
    def await_moment(cls, moment):
        """Moves the clock there and waits for the server to follow, which it does with the next command."""
        if cls.server_time() < moment:
            cls.move_clock_to(moment)
        deadline = time.monotonic() + PATIENCE
        while cls.server_time() < moment:
            if time.monotonic() > deadline:
                raise AssertionError("the server does not follow the clock")
            cls.observer.command(epp.check("host", *HOSTS))
            time.sleep(0.02)

    @classmethod
    def compare_balances(cls, last):
        """Of the lives that had a row; waits for the worker."""
        deadline = time.monotonic() + PATIENCE
        while True:
            balances = cls.registry.balances()
            wrong = [(number, row, account, expected) for number, row in last.items()
                     for account, expected in cls.lives[number].expected_balances(row).items()
                     if balances[account] != expected]
            if not wrong or time.monotonic() > deadline:
                break
            time.sleep(0.1)
        for number, row, account, expected in wrong:
            cls.lives[number].complain(row, f"balance of {account}", expected, balances[account])

    def test_z_the_books_are_right(self):
        self.audit()

    def test_z_the_worker_stops_cleanly(self):
        self.assertEqual(0, self.worker.stop(), self.worker.log()[-2000:])


def add_case(number, life):
    def test(self):
        if self.lives[number].complaints:
            self.fail("\n".join(self.lives[number].complaints))

    test.__doc__ = life.title
    setattr(LivesTest, f"test_{life.name}", test)


for count, each in enumerate(LIVES):
    add_case(count, each)

if __name__ == "__main__":
    unittest.main()
