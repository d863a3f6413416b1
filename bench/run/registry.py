"""The registry that is measured: a sandbox of its own in a temporary directory, durable, with a production's settings."""

import contextlib
import os
import shlex
import shutil
import signal
import socket
import subprocess
import tempfile
import time

import children
import cpu
import metrics

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SANDBOX = os.path.join(ROOT, "deploy", "sandbox")
STOPPED = ("zonegen", "named", "whois")  # they would sign a zone after every change, and are not what is measured
SHOWN_SETTINGS = ("server_version", "fsync", "synchronous_commit", "shared_buffers", "max_wal_size",
                  "checkpoint_timeout", "wal_compression", "max_connections", "full_page_writes", "autovacuum")
READABLE_NAMES = 100_000  # epp-1.org to epp-100000.org are read only; numbers after them are handed out
FIRST_EPP_ID = 3_100_000_000_000
BENCH_REGISTRARS = [f"bench{number:02}" for number in range(1, 21)]


def production_settings():
    """Lines for postgresql.conf."""
    memory_mb = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // (1 << 20)
    return f"""
# deploy/bench: what a production would set; durable.
fsync = on
synchronous_commit = on
shared_buffers = {min(2048, memory_mb // 4)}MB
max_wal_size = 16GB
checkpoint_timeout = 15min
wal_compression = lz4
max_connections = 100
"""


def free_port_base():
    """The first of ten ports in a row that nobody has, below those that the kernel gives to clients."""
    start = os.getpid() % 1000
    for step in range(1000):
        base = 21000 + (start + step) % 1000 * 10
        if all(_is_free(base + offset) for offset in range(10)):
            return base
    raise children.Failed("no ten ports in a row are free from 21000 to 30999")


def _is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class Registry:
    """with Registry(build) as registry: it runs within, and nothing of it is left behind."""

    def __init__(self, build):
        self.build = build
        self.work = None
        self._made, self._next_name = 1, READABLE_NAMES + 1  # names epp-N.org: the next to make, to hand out
        self._next_run = int(time.time()) % 10_000_000 + 10_000_000

    def __enter__(self):
        self.work = tempfile.mkdtemp(prefix="postel-bench-", dir=os.environ.get("TMPDIR", "/var/tmp"))
        os.chmod(self.work, 0o755)  # PostgreSQL may run as a user of its own
        self.directory = os.path.join(self.work, "registry")
        try:
            self._start()
        except BaseException:
            with children.deaf():
                children.end_all()
                self._remove()
            raise
        return self

    def __exit__(self, *_):
        with children.deaf():
            self._remove()

    def _remove(self):
        subprocess.run([SANDBOX, "down", "--purge", "--dir", self.directory], env=self._environment(), check=False,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       start_new_session=True)
        shutil.rmtree(self.work, ignore_errors=True)

    def _environment(self):
        return {**os.environ, "POSTEL_BUILD": self.build, "POSTEL_SANDBOX_POSTGRES": self.path("postgres.conf")}

    def path(self, name):
        return os.path.join(self.work, name)

    def sandbox(self, *words):
        return children.run([SANDBOX, *words, "--dir", self.directory], self.path("sandbox.log"), env=self._environment())

    def _start(self):
        with open(self.path("postgres.conf"), "w", encoding="ascii") as file:
            file.write(production_settings())
        self.sandbox("up", "--port-base", free_port_base())
        self.env = dict(line.split("=", 1) for line in shlex.split(self.sandbox("env")))
        self.database, self.metrics_url = self.env["DATABASE_URL"], self.env["METRICS_URL"]
        for name in STOPPED:
            self._stop_process(name)
        self.postgres_pid = self._find_postmaster()
        self.ctl("registrar", "deposit", "gold", "10000000000.00", "--reference", "bench")

    @property
    def epp_pid(self):
        return self._pid_of("epp")

    def _pid_of(self, name):
        with open(os.path.join(self.directory, "run", f"{name}.pid"), encoding="ascii") as file:
            return int(file.read())

    def _stop_process(self, name):
        pid = self._pid_of(name)
        os.kill(pid, signal.SIGTERM)
        for _ in range(300):
            if cpu.parent(pid) == 0 or _is_zombie(pid):
                break
            time.sleep(0.1)
        os.remove(os.path.join(self.directory, "run", f"{name}.pid"))

    def restart_epp(self):
        """A fresh postel-epp; registered where deploy/sandbox looks for it."""
        self._stop_process("epp")
        with open(os.path.join(self.directory, "log", "epp.log"), "a", encoding="utf-8") as log:
            child = children.start([os.path.join(self.build, "bin", "postel-epp"), "--config",
                                    os.path.join(self.directory, "etc", "epp.conf")], stdout=log, stderr=log)
        with open(os.path.join(self.directory, "run", "epp.pid"), "w", encoding="ascii") as file:
            file.write(str(child.pid))
        for _ in range(300):
            if metrics.total(metrics.fetch(self.metrics_url), "epp_sessions") is not None and self._answers():
                return
            time.sleep(0.1)
        raise children.Failed("postel-epp was started again and does not answer")

    def _answers(self):
        with contextlib.suppress(OSError), socket.create_connection((self.env["EPP_HOST"], int(self.env["EPP_PORT"])), 2):
            return True
        return False

    def sql(self, *commands):
        """What psql prints, without decoration."""
        words = ["psql", self.database, "-XAtqv", "ON_ERROR_STOP=1"]
        for command in commands:
            words += ["-c", command]
        return children.run(words, self.path("psql.log")).strip()

    def _find_postmaster(self):
        """The parent of a backend, which must live while we look."""
        child = children.start(["psql", self.database, "-XAtqc", "SELECT pg_backend_pid()", "-c", "SELECT pg_sleep(1)"],
                               stdout=subprocess.PIPE, text=True)
        pid = cpu.parent(int(child.stdout.readline()))
        children.finish(child)
        return pid

    def psql_file(self, path, **variables):
        words = ["psql", self.database, "-XAtqv", "ON_ERROR_STOP=1"]
        for name, value in variables.items():
            words += ["-v", f"{name}={value}"]
        return children.run([*words, "-f", path], self.path("psql.log"), cwd=self.work)

    def ctl(self, *words, text=None):
        done = subprocess.run([self.env["POSTELCTL"], *words], input=text, text=True, capture_output=True, check=False)
        if done.returncode != 0:
            raise children.Failed(f"postelctl {' '.join(words[:2])}: {done.stderr.strip()}")
        return done.stdout

    def add_registrars(self):
        """Twenty more, with gold's password and certificate, and credit."""
        for number, handle in enumerate(BENCH_REGISTRARS):
            self.ctl("registrar", "create", handle, "--password-file", "-", "--name", f"Bench Registrar {handle}",
                     "--iana-id", str(9000 + number), "--street", "1 Sample Street", "--city", "Sampletown", "--state", "QC",
                     "--postal-code", "H0H0H0", "--country", "CA", "--phone", "+1.5555550100",
                     "--email", f"contact@{handle}.example", "--url", f"https://www.{handle}.example/",
                     "--whois-server", f"whois.{handle}.example", "--rdap-base", f"https://rdap.{handle}.example/",
                     "--abuse-email", f"abuse@{handle}.example", "--abuse-phone", "+1.5555550101",
                     "--max-sessions", "1000", text=self.env["EPP_PASS"] + "\n")
            self.ctl("registrar", "deposit", handle, "100000000.00", "--reference", "bench")
            self.ctl("registrar", "certificate", handle, "add", self.env["EPP_CERT"])
        time.sleep(2)  # the servers know them within a second

    def fill(self, domains):
        self.sandbox("fill", "--domains", domains)

    def make_names(self, last):
        """epp-N.org up to that number, unless they are there."""
        if last >= self._made:
            self.sql(f"CALL classical_names('epp', {self._made}, {last}, {FIRST_EPP_ID})", "VACUUM ANALYZE domains")
            self._made = last + 1

    def take_names(self, count):
        """So many names that nobody else gets; the first one's number. Some are there from the begin."""
        first = self._next_name
        self._next_name += count
        self.make_names(first + count - 1)
        return first

    def settle(self):
        self.sql("VACUUM ANALYZE", "CHECKPOINT")

    def expiry(self, number):
        """The day on which epp-N.org expires, and all that nobody has renewed yet."""
        return self.sql(f"SELECT (expires AT TIME ZONE 'UTC')::date FROM domains WHERE name = 'epp-{number}.org'")

    def next_run(self):
        """A number of eight digits that makes the names of one step unlike all others'."""
        self._next_run += 1
        return self._next_run

    def settings(self):
        rows = self.sql("SELECT name, current_setting(name) FROM unnest('{%s}'::text[]) name" % ",".join(SHOWN_SETTINGS))
        return dict(line.split("|", 1) for line in rows.splitlines())


def _is_zombie(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
