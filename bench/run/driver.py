"""Runs epp-load (bench/load), and tls-echo for it to talk to."""

import contextlib
import json
import os
import socket
import subprocess
import time

import children
from watch import Watch

FIELDS = ("answers", "per_second", "p50_ms", "p90_ms", "p99_ms", "p999_ms", "max_ms", "longest_gap_ms", "codes",
          "broken", "reconnects", "wins", "elapsed_ms", "late", "rate", "driver_cpu_us", "watched")
NAME_SERVERS = ("ns1.demo.org", "ns2.demo.org")
EXPECTED = {"create": {"1000"}, "renew": {"1000"}, "check": {"1000"}, "info": {"1000"}, "mix": {"1000"}, "delegations": {"1000"},
            "storm": {"1000", "2302"}}


class Driver:
    def __init__(self, registry, bin_folder, warm_up):
        self.registry, self.warm_up = registry, warm_up
        self.program = os.path.join(bin_folder, "epp-load")
        self.echo_program = os.path.join(bin_folder, "tls-echo")

    def words(self, command, sessions, seconds, user=None, port=None, warm_up=None, name_servers=NAME_SERVERS, **options):
        """The command line; options as epp-load has them, with underscores."""
        env = self.registry.env
        words = [self.program, "--host", env["EPP_HOST"], "--port", port or env["EPP_PORT"], "--ca", env["EPP_CA"],
                 "--cert", env["EPP_CERT"], "--key", env["EPP_KEY"], "--user", user or env["EPP_USER"],
                 "--password", env["EPP_PASS"], "--tld", env["EPP_TLD"], "--registrant", "demo-contact",
                 "--name-servers", ",".join(name_servers), "--command", command, "--sessions", sessions,
                 "--seconds", seconds, "--warm-up", self.warm_up if warm_up is None else warm_up, "--prefix", self.registry.next_run()]
        for name, value in options.items():
            words += ["--" + name.replace("_", "-")] + ([] if value is True else [value])
        return words

    def measure(self, command, sessions, seconds, echo=None, **options):
        """One step: what epp-load has printed, with what it cost."""
        words = self.words(command, sessions, seconds, **options)
        interval = min(0.5, max(0.1, seconds / 20))
        with open(self.registry.path("epp-load.log"), "w+", encoding="utf-8") as errors, \
                Watch(self.registry, command, interval, url=echo is None) as watch:
            child = children.start(words, stdout=subprocess.PIPE, stderr=errors, text=True)
            watch.driver, watch.echo = child.pid, echo.pid if echo else 0
            code, output = children.finish(child)
            ended = time.monotonic()
            if code != 0:
                raise children.Failed(f"epp-load {command} with {sessions} sessions ended with {code}: "
                                      f"{children.last_words(errors, output)}")
        line = last_line(output)
        record = {name: line[name] for name in FIELDS if name in line}
        record.update(watch.cost(ended, seconds, line["per_second"]))
        unexpected = {code: n for code, n in line.get("codes", {}).items() if code not in EXPECTED.get(command, {code})}
        if unexpected:
            record["unexpected"] = unexpected
        return record

    def begin(self, command, sessions, seconds, **options):
        """In the background; children.end or children.finish it."""
        with open(self.registry.path("epp-load-2.log"), "w", encoding="utf-8") as errors:
            return children.start(self.words(command, sessions, seconds, **options), stdout=subprocess.PIPE,
                                  stderr=errors, text=True)

    @contextlib.contextmanager
    def echo(self):
        """(child, port) of a running tls-echo."""
        if not os.path.exists(self.echo_program):
            raise children.Failed(f"there is no {os.path.basename(self.echo_program)} in this build")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        tls = os.path.join(self.registry.directory, "tls")
        child = children.start([self.echo_program, "--listen-port", port, "--cert", os.path.join(tls, "server.pem"),
                                "--key", os.path.join(tls, "server.key")], stdout=subprocess.DEVNULL)
        try:
            for _ in range(100):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                time.sleep(0.05)
            else:
                raise children.Failed("tls-echo does not listen")
            yield child, port
        finally:
            children.end(child)


def last_line(output):
    """The JSON that epp-load prints last."""
    lines = output.strip().splitlines()
    try:
        return json.loads(lines[-1])
    except (IndexError, ValueError):
        raise children.Failed(f"epp-load printed no result but: {output[-200:]!r}") from None
