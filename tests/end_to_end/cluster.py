"""A PostgreSQL cluster of our own, in a fresh folder, gone when it is stopped."""

import ctypes
import glob
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def newest_bin():
    def version(path):
        return int(re.search(r"postgresql/(\d+)/", path).group(1))

    return os.path.dirname(max(glob.glob("/usr/lib/postgresql/*/bin/postgres"), key=version))


def server_user():
    """PostgreSQL refuses root; then it runs as the system user postgres."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def dies_with_us(signal_number):
    """For preexec_fn: a killed test leaves no process behind."""
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(1, signal_number)  # PR_SET_PDEATHSIG


class Cluster:
    SETTINGS = {
        "listen_addresses": "",
        "max_connections": "40",
        "shared_buffers": "32MB",
        "logging_collector": "off",
        "log_min_messages": "warning",
    }

    def __init__(self, data_in=None, wal_in=None):
        """The folders that hold the tables and the write-ahead log; both in a fresh one if not given."""
        self.folder = tempfile.mkdtemp(prefix="postel-e2e-")
        os.chmod(self.folder, 0o755)
        self.data = self._make_folder(data_in or self.folder, "pg")
        self.wal = self._make_folder(wal_in or self.folder, "wal")
        self.port = free_port()  # names the socket
        self._bin = newest_bin()
        self._run("initdb", "-D", self.data, "-X", self.wal, "--wal-segsize=1", "-U", "postel", "-A",
                  "trust", "--no-sync", "-E", "UTF8", "--locale=C")
        self._server = None

    @staticmethod
    def _make_folder(parent, name):
        folder = os.path.join(parent, name)
        os.mkdir(folder, 0o700)
        user = server_user()
        if user:
            os.chown(folder, user["user"], user["group"])
        return folder

    def _run(self, program, *arguments):
        subprocess.run([os.path.join(self._bin, program), *arguments], check=True, cwd="/",
                       stdout=subprocess.DEVNULL, **server_user())

    def start(self):
        options = []
        for key, value in {**self.SETTINGS, "port": str(self.port),
                           "unix_socket_directories": self.data}.items():
            options += ["-c", f"{key}={value}"]
        self._log = open(os.path.join(self.folder, "postgres.log"), "ab")
        self._server = subprocess.Popen(
            [os.path.join(self._bin, "postgres"), "-D", self.data, *options],
            cwd="/", stdout=self._log, stderr=self._log, start_new_session=True,
            preexec_fn=dies_with_us(signal.SIGQUIT), **server_user())
        deadline = time.monotonic() + 60
        while True:
            try:
                self.sql("SELECT 1", database="postgres")
                return
            except subprocess.CalledProcessError:
                if time.monotonic() > deadline or self._server.poll() is not None:
                    raise
                time.sleep(0.05)

    def make_standby(self):
        """A cluster that follows this one by streaming, started; it is stopped before this one."""
        standby = Cluster.__new__(type(self))
        standby.folder = tempfile.mkdtemp(prefix="postel-e2e-")
        os.chmod(standby.folder, 0o755)
        standby.data = self._make_folder(standby.folder, "pg")
        standby.wal = None
        standby.port, standby._bin, standby._server = free_port(), self._bin, None
        standby.database = self.database
        self._run("pg_basebackup", "-D", standby.data, "-R", "-X", "stream", "-c", "fast", "--no-sync",
                  "-d", self.conninfo("postgres"))
        standby.start()
        return standby

    def has_ended(self):
        """By itself, since something was wrong."""
        return self._server.poll() is not None

    def create_database(self, name):
        self.sql(f'CREATE DATABASE "{name}"', database="postgres")
        self.database = name

    def conninfo(self, database=None):
        return f"host={self.data} port={self.port} user=postel dbname={database or self.database}"

    def sql(self, statement, database=None):
        """The rows as tuples of texts."""
        done = subprocess.run(
            [os.path.join(self._bin, "psql"), "-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d",
             self.conninfo(database), "-c", statement],
            check=True, capture_output=True, text=True)
        return [tuple(line.split("\t")) for line in done.stdout.splitlines()]

    def freeze(self):
        """Stops every process of the cluster in its tracks, so that it no longer answers."""
        self._signal_all(signal.SIGSTOP)

    def thaw(self):
        self._signal_all(signal.SIGCONT)

    def _signal_all(self, number):
        main = str(self._server.pid)
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", main], capture_output=True, text=True)
        for pid in [main, *children.stdout.split()]:
            os.kill(int(pid), number)

    def stop_server(self, at_once):
        """Ends the server; its data stay. At once: as by a crash, without a last checkpoint."""
        self._server.send_signal(signal.SIGQUIT if at_once else signal.SIGINT)
        self._server.wait()
        self._log.close()

    def stop(self):
        if self._server is not None and self._server.poll() is None:
            self.stop_server(at_once=True)
        shutil.rmtree(self.folder, ignore_errors=True)
