"""Random EPP commands of several sessions on a few names, so that they meet each other: everything that a domain or
host can do that concerns the zone."""

import collections
import threading

import epp_client as epp
from follow_case import HOLD, ds, name_servers, sec_dns
from result_rows import restore

REPORT = """<rgp:report><rgp:preData>as it was</rgp:preData><rgp:postData>as it is</rgp:postData>
<rgp:delTime>2030-01-11T12:00:00Z</rgp:delTime><rgp:resTime>2030-01-21T12:00:00Z</rgp:resTime>
<rgp:resReason>Registrant error.</rgp:resReason><rgp:statement>Not in order to use or sell it.</rgp:statement>
<rgp:statement>The report is true.</rgp:statement></rgp:report>"""

OUTSIDE = [f"ns{number}.example.net" for number in range(1, 7)]


def ttls(verb, kinds):
    inner = "".join(f'<ttl:ttl for="{kind}">{"" if value is None else value}</ttl:ttl>' for kind, value in kinds.items())
    return f'<ttl:{verb} xmlns:ttl="{epp.NS["ttl"]}">{inner}</ttl:{verb}>' if kinds else ""


class Turns:
    """How many commands may be sent, and have been."""

    def __init__(self):
        self._changed = threading.Condition()
        self._limit = self.taken = self.done = 0
        self._over = False

    def take(self):
        """False: no more."""
        with self._changed:
            self._changed.wait_for(lambda: self.taken < self._limit or self._over)
            self.taken += not self._over
            return not self._over

    def finish(self):
        with self._changed:
            self.done += 1
            self._changed.notify_all()

    def allow(self, limit):
        with self._changed:
            self._limit = limit
            self._changed.notify_all()

    def end(self):
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def await_done(self, count, seconds):
        with self._changed:
            return self._changed.wait_for(lambda: self.done >= count or self._over, seconds) and not self._over


class Hosts:
    """Those that there are, as far as the sessions know; each may use any."""

    def __init__(self):
        self._lock = threading.Lock()
        self._names = list(OUTSIDE)

    def add(self, name):
        with self._lock:
            self._names.append(name)

    def remove(self, name):
        with self._lock:
            if name in self._names:
                self._names.remove(name)

    def some(self, random, most):
        with self._lock:
            return random.sample(self._names, min(len(self._names), random.randrange(most + 1)))


class Session:
    """One registrar's, in a thread of its own. What it does depends on `random` and on the answers."""

    NAMES = {"org": 300, "ngo": 80, "ong": 80}

    def __init__(self, client, label, holder, hosts, random):
        self.client, self.label, self.holder, self.hosts, self.random = client, label, holder, hosts, random
        self.domains = []  # their names
        self.gone = []  # and of those that may be restored
        self.own_hosts = []
        self.sent = collections.deque(maxlen=4000)  # (what, about whom, code)
        self.codes = collections.Counter()
        self.failure = None

    STEPS = {"create": 15, "delete": 12, "hold": 7, "release": 7, "serve": 18, "secure": 9, "host_create": 10, "host_rename": 8,
             "host_change": 9, "host_delete": 4, "restore": 5, "ttl": 4, "host_ttl": 3, "much": 4}

    def step(self):
        kind = self.random.choices(list(self.STEPS), list(self.STEPS.values()))[0]
        while not getattr(self, kind)():  # there was nothing to do it to
            kind = "create"

    def run(self, turns):
        try:
            while turns.take():
                self.step()
                turns.finish()
        except Exception as failure:  # the main thread tells
            self.failure = failure
            turns.end()

    def command(self, what, name, inner, extension=""):
        code = self.client.command(inner, extension).code
        self.codes[what, code] += 1
        self.sent.append((what, name, inner + extension, code))
        return code in (1000, 1001)

    def any_domain(self):
        return self.random.choice(self.domains) if self.domains else None

    def any_host(self):
        return self.random.choice(self.own_hosts) if self.own_hosts else None

    def address(self):
        return self.random.choice(["192.0.2.%d", "2001:db8::%d"]) % self.random.randrange(1, 200)

    def maybe(self, text):
        return text if self.random.random() < 0.3 else ""

    def some_ttls(self, *kinds, values=(None, 60, 300, 7200)):
        return {kind: self.random.choice(values) for kind in kinds if self.random.random() < 0.6}

    def some_name(self):
        """Mostly of a domain that is not there."""
        for _ in range(8):
            if (name := self.any_name()) not in self.domains:
                break
        return name

    def any_name(self):
        tld = self.random.choices(list(self.NAMES), list(self.NAMES.values()))[0]
        number = self.random.randrange(self.NAMES[tld])
        # The order of names with a hyphen is a trap of its own; '\u00fc' stands in the German table.
        form = ("{}{}", "{}-{}", "{}{}-x", "{}\u00fc{}")[number % 4]
        return form.format(self.label, number).encode("idna").decode() + "." + tld

    def create(self):
        name = self.some_name()
        hosts = self.hosts.some(self.random, 3)
        extension = self.maybe(sec_dns("create", ds(self.random.randrange(3))))
        extension += ttls("create", self.some_ttls("NS", "DS", values=(60, 300, 7200))) if self.maybe("yes") else ""
        holder = self.holder if name.endswith(".org") else None
        if self.command("create", name, epp.domain_create(name, holder, hosts=hosts), extension):
            self.domains.append(name)
        return True

    def delete(self):
        for _ in range(8):  # mostly one that may go, without hosts below it
            name = self.any_domain()
            if name and not any(host.endswith("." + name) for host in self.own_hosts):
                break
        if not name:
            return False
        if self.command("delete", name, epp.delete("domain", name)):
            self.domains.remove(name)
            self.gone.append(name)
        return True

    def restore(self):
        if not self.gone:
            return False
        name = self.gone.pop(self.random.randrange(len(self.gone)))
        if self.command("restore", name, epp.domain_update(name), restore()):
            self.domains.append(name)
            if self.random.random() < 0.8:  # else it goes again
                self.client.command(epp.domain_update(name), restore(REPORT, "report"))
        return True

    def update(self, what, name, extension="", **parts):
        return self.command(what, name, epp.domain_update(name, **parts), extension)

    def on_domain(self, what, **parts):
        name = self.any_domain()
        if name:
            self.update(what, name, **parts)
        return name is not None

    def hold(self):
        return self.on_domain("hold", add=HOLD)

    def release(self):
        return self.on_domain("release", rem=HOLD)

    def serve(self):
        name = self.any_domain()
        if not name:
            return False
        add, rem = self.hosts.some(self.random, 2), []
        if self.random.random() < 0.5:  # to take what is there, and add what is not, we have to ask
            info = self.client.command(epp.info("domain", name))
            has = [host.text for host in info.all("domain:ns/domain:hostObj")]
            rem = self.random.sample(has, self.random.randrange(len(has) + 1))
            add = [host for host in add if host not in has]
        parts = {verb: name_servers(*hosts) for verb, hosts in (("add", add), ("rem", rem)) if hosts}
        if parts:
            self.update("serve", name, **parts)
        return bool(parts)

    def secure(self):
        verb = self.random.choice(["add", "rem", "rem"])
        inner = "<secDNS:all>true</secDNS:all>" if verb == "rem" and self.maybe("all") else ds(self.random.randrange(3))
        return self.on_domain("secure", extension=sec_dns("update", f"<secDNS:{verb}>{inner}</secDNS:{verb}>"))

    def ttl(self):
        kinds = self.some_ttls("NS", "DS")
        return bool(kinds) and self.on_domain("ttl", extension=ttls("update", kinds))

    def much(self):
        """Several things at once."""
        return self.on_domain(
            "much", add=name_servers(*self.hosts.some(self.random, 1) or OUTSIDE[:1]) + self.maybe(HOLD),
            extension=sec_dns("update", f"<secDNS:add>{ds(self.random.randrange(3, 9))}</secDNS:add>") +
            ttls("update", self.some_ttls("NS")))

    def host_create(self):
        if not (name := self.any_domain()):
            return False
        host = f"ns{self.random.randrange(3)}.{name}"
        addresses = {self.address() for _ in range(self.random.randrange(3))}
        if self.command("host_create", host, epp.host_create(host, *addresses)):
            self.own_hosts.append(host)
            self.hosts.add(host)
        return True

    def on_host(self, what, inner, extension=""):
        host = self.any_host()
        if not host:
            return None
        inner = epp.on_object("update", "host", f"<host:name>{host}</host:name>{inner}")
        return host if self.command(what, host, inner, extension) else ""

    def host_change(self):
        if self.random.random() < 0.6:
            return self.on_host("host_change", f"<host:add>{epp_address(self.address())}</host:add>") is not None
        if not (host := self.any_host()):
            return False
        there = [address.text for address in self.client.command(epp.info("host", host)).all("host:addr")]
        if there:
            inner = f"<host:name>{host}</host:name><host:rem>{epp_address(self.random.choice(there))}</host:rem>"
            self.command("host_change", host, epp.on_object("update", "host", inner))
        return bool(there)

    def host_ttl(self):
        kinds = self.some_ttls("A", "AAAA")
        return bool(kinds) and self.on_host("host_ttl", "", ttls("update", kinds)) is not None

    def host_rename(self):
        # Under another domain of ours, or out of the registry and into it again.
        above = self.any_domain() if self.random.random() < 0.9 else "out.example.net"
        name = f"ns{self.random.randrange(9)}.{above}"
        more = f"<host:add>{epp_address(self.address())}</host:add>" if self.maybe("more") else ""
        host = self.on_host("host_rename", f"{more}<host:chg><host:name>{name}</host:name></host:chg>")
        if host:
            self.own_hosts[self.own_hosts.index(host)] = name
            self.hosts.remove(host)
            self.hosts.add(name)
        return host is not None

    def host_delete(self):
        if not (host := self.any_host()):
            return False
        if self.command("host_delete", host, epp.delete("host", host)):
            self.own_hosts.remove(host)
            self.hosts.remove(host)
        return True


def epp_address(address):
    return f'<host:addr ip="{"v6" if ":" in address else "v4"}">{address}</host:addr>'
