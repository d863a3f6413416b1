"""Look-ups over RDAP and WHOIS beside nginx with static files of the same sizes, on the same machine in turns."""

import bisect
import contextlib
import itertools
import json
import os
import random
import socket
import subprocess
import time
import urllib.request

import children
import cpu
from registry import ROOT

QUERIES = 200_000  # drawn beforehand: the names asked for, in their order
MISSES = 0.1
CONNECTIONS = 128
DATABASE_CONNECTIONS = 256  # where groups have to form


def lookups(bench):
    """Domains by Zipf's law (s = 1), a tenth of them not there."""
    # As after any night; else autovacuum begins with the measurement, on its processors.
    bench.registry.sql("VACUUM (ANALYZE) domains, hosts, contacts, links")
    names = _draw(bench)
    with _Servers(bench, names) as servers:
        servers.warm_up()
        for number in range(1, bench.plan.rounds + 1):
            steps = [("nginx", "static", servers.rdap_peer), ("postel", "cached", servers.cached),
                     ("postel", "database", servers.database), ("nginx", "connections", servers.whois_peer),
                     ("postel", "whois", servers.whois)]
            for side, variant, step in steps if number % 2 else reversed(steps):
                figures = step()
                bench.keep(number, side, "look-up", figures.pop("load"), figures, variant=variant)
                print(f"  {side + ' ' + variant:28}{figures['per_second']:>12,.0f}/s", flush=True)
        for variant, step in (("cached", servers.cached_at), ("database", servers.database_at),
                              ("whois", servers.whois_at)):
            most = max(record["per_second"] for record in bench.records
                       if record["command"] == "look-up" and record["variant"] == variant)
            for number in range(1, bench.plan.rounds + 1):
                figures = step(most / 2)
                bench.keep(number, "postel", "look-up", figures.pop("load"), figures, variant=f"{variant}, half load")
        bench.findings["look-ups"] = servers.findings()


def _draw(bench):
    """A file of names in the order in which they are asked for; the same in every run of these domains."""
    names = bench.registry.sql("SELECT name FROM domains ORDER BY id").splitlines()
    chance = random.Random(7)
    chance.shuffle(names)
    weights = list(itertools.accumulate(1 / rank for rank in range(1, len(names) + 1)))
    path = bench.registry.path("look-ups.txt")
    with open(path, "w", encoding="ascii") as file:
        for number in range(QUERIES):
            if chance.random() < MISSES:
                file.write(f"not-there-{number}.org\n")
            else:
                file.write(names[bisect.bisect_left(weights, chance.random() * weights[-1])] + "\n")
    return path


def _port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class _Servers:
    """Two postel-whois, of which one keeps answers, and nginx, all with as many threads as there are processors."""

    def __init__(self, bench, names):
        self.bench, self.names, self.threads = bench, names, min(8, os.cpu_count())
        self.children = []
        self.folder = bench.registry.path("look-ups")
        os.makedirs(self.folder, exist_ok=True)

    def __enter__(self):
        try:
            self.kept = self._start_postel("cached", cache_size="4G")
            self.live = self._start_postel("database", cache_size="0")
            self._start_nginx()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for child in self.children:
            children.end(child, 40)

    def _start_postel(self, name, **more):
        ports = {"rdap": _port(), "whois": _port(), "metrics": _port()}
        settings = {"database": self.bench.registry.database, "rdap_base_url": "https://rdap.example",
                    "whois_host": "whois.example", "rdap_listen": f"127.0.0.1:{ports['rdap']}",
                    "whois_listen": f"127.0.0.1:{ports['whois']}", "metrics_listen": f"127.0.0.1:{ports['metrics']}",
                    "io_threads": self.threads, "read_lanes": 2, "max_connections_per_address": 100000,
                    "max_connections": 100000, "unlimited": "127.0.0.0/8", "shutdown_grace": "1s", **more}
        path = os.path.join(self.folder, f"{name}.conf")
        with open(path, "w", encoding="ascii") as file:
            file.writelines(f"{key} = {value}\n" for key, value in settings.items())
        began = time.monotonic()
        with open(os.path.join(self.folder, f"{name}.log"), "w", encoding="ascii") as log:
            child = children.start([os.path.join(self.bench.build, "bin", "postel-whois"), "--config", path],
                                   stdout=log, stderr=log)
        self.children.append(child)
        _await(ports["rdap"])
        with contextlib.suppress(urllib.error.HTTPError):
            urllib.request.urlopen(f"http://127.0.0.1:{ports['rdap']}/domain/epp-1.org", timeout=10).read()
        return {**ports, "pid": child.pid, "first_answer_ms": 1000 * (time.monotonic() - began)}

    def _start_nginx(self):
        """Files of the size of the answers for the name that is asked for most."""
        with open(self.names, encoding="ascii") as file:
            drawn = [line.strip() for line in itertools.islice(file, 1000)]
        name = max((n for n in drawn if not n.startswith("not-there")), key=drawn.count)
        rdap = urllib.request.urlopen(f"http://127.0.0.1:{self.kept['rdap']}/domain/{name}", timeout=10).read()
        whois = _whois(self.kept["whois"], name)
        for file_name, content in (("rdap.json", rdap), ("whois.txt", whois)):
            with open(os.path.join(self.folder, file_name), "wb") as file:
                file.write(content)
        self.sizes = {"rdap_bytes": len(rdap), "whois_bytes": len(whois)}
        self.static, self.closing = _port(), _port()
        path = os.path.join(self.folder, "nginx.conf")
        with open(path, "w", encoding="ascii") as file:
            file.write(f"""worker_processes {self.threads}; daemon off; pid {self.folder}/nginx.pid;
error_log {self.folder}/nginx.log; events {{ worker_connections 8192; }}
http {{ access_log off; sendfile on; tcp_nopush on; open_file_cache max=100;
  types {{ application/rdap+json json; }}
  client_body_temp_path {self.folder}/t1; proxy_temp_path {self.folder}/t2; fastcgi_temp_path {self.folder}/t3;
  uwsgi_temp_path {self.folder}/t4; scgi_temp_path {self.folder}/t5;
  server {{ listen 127.0.0.1:{self.static}; root {self.folder}; location / {{ rewrite ^ /rdap.json break; }} }}
  server {{ listen 127.0.0.1:{self.closing}; root {self.folder}; keepalive_timeout 0;
            location / {{ rewrite ^ /whois.txt break; }} }} }}
""")
        os.chmod(self.folder, 0o755)
        child = children.start(["nginx", "-c", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.children.append(child)
        _await(self.static)
        self.nginx_pid = child.pid

    def warm_up(self):
        """Every name that will be asked for is asked for once, over each protocol."""
        for protocol, port in (("rdap", self.kept["rdap"]), ("whois", self.kept["whois"])):
            done = self._driver(protocol, port, seconds=1, warm_up=0)
            while done["answers"] < 2.2 * QUERIES:
                done["answers"] += self._driver(protocol, port, seconds=5, warm_up=0)["answers"]
        self._driver("rdap", self.live["rdap"], seconds=2, warm_up=0)

    # Steps, each with its figures.
    def rdap_peer(self):
        return self._wrk(self.static, CONNECTIONS)

    def cached(self):
        return self._wrk(self.kept["rdap"], CONNECTIONS)

    def database(self):
        return self._wrk(self.live["rdap"], DATABASE_CONNECTIONS)

    def whois_peer(self):
        return self._driver("http", self.closing)

    def whois(self):
        return self._driver("whois", self.kept["whois"])

    def cached_at(self, rate):
        return self._driver("rdap", self.kept["rdap"], rate=rate)

    def database_at(self, rate):
        return self._driver("rdap", self.live["rdap"], rate=rate)

    def whois_at(self, rate):
        return self._driver("whois", self.kept["whois"], rate=rate)

    def _wrk(self, port, connections):
        output = children.run(["wrk", "-t", self.threads, "-c", connections, "-d", self.bench.plan.seconds, "-s",
                               os.path.join(ROOT, "bench", "lookup", "ask.lua"), f"http://127.0.0.1:{port}", "--",
                               self.names], self.bench.registry.path("wrk.log"))
        figures = json.loads(next(line for line in output.splitlines() if line.startswith("{")))
        if figures.pop("failures"):
            self.bench.note(f"wrk: connections to port {port} have failed")
        # Names that are not there are 404; what is more than those was refused, which costs nothing.
        if figures.pop("errors") > (MISSES + 0.02) * figures["answers"]:
            raise children.Failed(f"port {port} does not answer what it is asked: see {self.folder}")
        return {"load": connections, **figures, "per_second": figures["answers"] / figures["seconds"]}

    def _driver(self, protocol, port, rate=0, seconds=None, warm_up=1):
        output = children.run([os.path.join(self.bench.bin_folder, "lookup-load"), "--protocol", protocol, "--port", port,
                               "--names", self.names, "--threads", self.threads, "--connections", CONNECTIONS,
                               "--rate", rate, "--seconds", seconds or self.bench.plan.seconds, "--warm-up", warm_up],
                              self.bench.registry.path("lookup-load.log"))
        figures = json.loads(output)
        if figures.pop("failures"):
            self.bench.note(f"lookup-load {protocol}: some answers were wrong")
        if rate:
            figures["rate"] = rate
        return {"load": CONNECTIONS, **figures}

    def findings(self):
        memory = {name: cpu.memory_kib(server["pid"]) for name, server in (("cached", self.kept), ("database", self.live))}
        return {**self.sizes, "threads": self.threads, "domains": self.bench.plan.domains, "memory_kib": memory,
                "first_answer_ms": {"cached": self.kept["first_answer_ms"], "database": self.live["first_answer_ms"]}}


def _await(port):
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    raise children.Failed(f"nobody listens on port {port}")


def _whois(port, query):
    with socket.create_connection(("127.0.0.1", port), 10) as client:
        client.sendall(query.encode() + b"\r\n")
        text = b""
        while chunk := client.recv(65536):
            text += chunk
    return text
