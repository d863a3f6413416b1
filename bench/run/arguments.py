"""The command line of deploy/bench."""

import argparse

ROUNDS = ("create", "renew", "check", "info", "mix", "latency", "echo")
SINGLE = ("open-loop", "storm", "flood", "look-up", "zone", "memory", "micro")
FOLLOW = ("follow", "sustained", "catch-up", "comparison", "primaries")
LONG = (*FOLLOW, "size", "history", "endurance")
SCENARIOS = ROUNDS + SINGLE + LONG

TEXT = """
Starts a registry of its own on loopback, fills it with made-up domains, and measures Postel and its
peers on the same cluster, one after the other, in rounds. Prints medians and ratios with their
spread and the goals, and writes bench/results/DATE.json and DATE.html. Everything that it starts is
stopped and removed at the end, also after Ctrl-C.

scenarios (--only takes one or several, with commas; those of EPP, look-ups and whole zones by default):
  create, renew, check, info   EPP over TLS from many sessions, and the peers; throughput
  mix, latency, echo           a day's mix; one session's create; the front end without a registry
  open-loop                    creates at a fixed rate, half of the best: queueing shows here
  storm                        256 sessions of 20 registrars create the same 1,000 names at once
  flood                        4 sessions' creates while another registrar runs 1,000 sessions
  look-up                      RDAP and WHOIS beside nginx with static files of the same sizes
  zone                         the whole zone as a file beside psql with a sorted COPY; four in five
                               of the names are in it
  follow                       100 changes a second by EPP until they are seen, signed, at a BIND that is
                               the primary and at its secondary
  sustained                    the same at growing rates, while the p99 is at most 250 ms, by EPP and by
                               a stand-in for it; beside BIND alone with updates of 100 names
  catch-up                     the time until the zone is current after an hour's changes; after a
                               million with --full, after --outage of them
  comparison                   one of registry and served zone by follow, beside whole transfers of it
  primaries                    one update of one name by BIND and Knot, and until NSD serves what BIND
                               tells it; what each takes to load the zone
  memory                       5,000 idle TLS sessions
  micro                        micro-benchmarks of parsing, deciding and rendering
  size                         creates at 100,000 names beside creates at 10,000,000 (or --domains)
  history                      database size per domain, what a month, a create and a renewal add
  endurance                    creates and renewals at a fixed rate for --minutes; with a plot

peers, on the same cluster and tables, with pgbench -M prepared; the best client count is taken:
  classical                    lean SQL, one transaction for each command
  one call                     the same as one stored function, or pipelined: the better one
  COPY                         the same rows by COPY in one transaction, the tables' own limit
  psql                         for zones: one COPY of the same names, sorted and not, parallel as it likes
  BIND, Knot, NSD              for changes: what they do with updates by themselves; dig for transfers
  nginx                        for look-ups: static files, as many threads; a connection each for WHOIS
  echo                         tls-echo, a TLS server that answers every frame at once

The cluster is durable (fsync and synchronous_commit on) and sized as a production's would be.
postel-epp and postel-worker run; postel-whois, postel-zonegen and named are stopped, since they
would sign a zone after every change and take a core from the EPP path, which is what is measured.
The scenarios from follow to primaries start others, and share one zone.
Each round begins with a checkpoint, and every second round goes through its steps backwards.

environment:
  POSTEL_BUILD        folder of a finished build to measure; otherwise build/release is built
  POSTEL_BENCH_BIN    folder of epp-load, dns-load and others, if they are not in POSTEL_BUILD/bin
  TMPDIR              where the registry lives meanwhile, default /var/tmp; on a real disk
"""


def _numbers(text):
    try:
        numbers = sorted({int(part) for part in text.split(",")})
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a list of numbers such as 64,128") from None
    if not numbers or numbers[0] < 1:
        raise argparse.ArgumentTypeError(f"'{text}': numbers from 1")
    return numbers


def _names(text):
    names = text.split(",")
    for name in names:
        if name not in SCENARIOS:
            raise argparse.ArgumentTypeError(f"there is no scenario '{name}'; there are {', '.join(SCENARIOS)}")
    return names


def _positive(text):
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number from 1")
    return int(text)


def parse(words=None):
    parser = argparse.ArgumentParser(
        prog="deploy/bench", description="Measures Postel against its peers, on this machine.", epilog=TEXT,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="what is essential, in under 3 minutes on a quiet machine")
    parser.add_argument("--full", action="store_true", help="size and history as well; takes hours and 60 GB")
    parser.add_argument("--only", type=_names, metavar="NAME", default=[], help="these scenarios alone")
    parser.add_argument("--domains", type=_positive, metavar="N", help="made-up names, default 200,000; quick 20,000")
    parser.add_argument("--sessions", type=_numbers, metavar="LIST", help="EPP sessions, as in 1,64,256")
    parser.add_argument("--rounds", type=_positive, metavar="N", help="default 3; quick 2")
    parser.add_argument("--seconds", type=_positive, metavar="N", help="measured in each step, default 10; quick 2")
    parser.add_argument("--minutes", type=_positive, metavar="N", default=60, help="of endurance, default 60")
    parser.add_argument("--rate", type=_positive, metavar="R",
                        help="of endurance, commands a second; default a third of the best create")
    parser.add_argument("--outage", type=_positive, metavar="N", help="changes that catch-up catches up with")
    arguments = parser.parse_args(words)
    if arguments.quick and arguments.full:
        parser.error("--quick and --full exclude each other")
    return arguments


if __name__ == "__main__":
    parse()
