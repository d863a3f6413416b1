"""BIND 9.18: named.conf of a hidden primary that signs, and of a secondary."""

import base64
import os

from setup import File, header

NAME = "named.conf"
USER = "bind"
STATE = "/var/lib/bind"
RUN = "/run/named"


def tsig_key(key):
    """In the form of tsig-keygen."""
    return f'key "{key.name}" {{\n\talgorithm {key.algorithm};\n\tsecret "{key.secret}";\n}};\n'


def _keys(setup):
    keys = [key for key in (setup.follow_key, setup.transfer_key) if key]
    return File("keys.conf", header(setup, "//") + "".join(map(tsig_key, keys)), secret=True)


def _listen(setup):
    lines = []
    for word, is_v6 in (("listen-on", False), ("listen-on-v6", True)):
        own = [address for address in setup.listen if address.is_v6 == is_v6]
        for port in sorted({address.port for address in own}):
            hosts = " ".join("any;" if a.ip.is_unspecified else f"{a.ip};" for a in own if a.port == port)
            lines.append(f"  {word} port {port} {{ {hosts} }};\n")
        if not own:
            lines.append(f"  {word} {{ none; }};\n")
    return "".join(lines)


def _sources(setup, *words):
    lines = []
    for word in words:
        for is_v6, name in ((False, word), (True, word + "-v6")):
            if source := setup.source(is_v6):
                lines.append(f"  {name} {source};\n")
    return "".join(lines)


def _control(setup):
    """The text and the files of rndc."""
    if setup.no_control:
        return "controls { };\n", []
    if setup.control is None:  # named's own default: 127.0.0.1 port 953, with the rndc.key of the package
        return "", []
    secret = _secret_that_is_there(os.path.join(setup.out, "rndc.conf"))
    key = f'key "rndc" {{ algorithm hmac-sha256; secret "{secret}"; }};\n'
    client = File("rndc.conf", header(setup, "//") + key + "options { default-key \"rndc\"; default-server 127.0.0.1; "
                  f"default-port {setup.control}; }};\n", secret=True)
    server = File("rndc.key", header(setup, "//") + key, secret=True)
    return (f'include "{setup.out}/rndc.key";\ncontrols {{ inet 127.0.0.1 port {setup.control} allow {{ 127.0.0.1; }} '
            'keys { "rndc"; }; };\n'), [server, client]


def _secret_that_is_there(file):
    try:
        with open(file, encoding="ascii") as opened:
            return opened.read().split('secret "')[1].split('"')[0]
    except (OSError, IndexError):
        return base64.b64encode(os.urandom(32)).decode()


def _options(setup, own):
    return f"""options {{
  directory "{setup.state}";
  pid-file "{setup.run}/named.pid";
  session-keyfile none;
{_listen(setup)}{own}  recursion no;
  dnssec-validation no;
  empty-zones-enable no;
  minimal-responses yes;
  version none;
  hostname none;
  server-id none;
  masterfile-format raw;
  max-journal-size {setup.journal_mb}m;
}};
"""


# Each record of each update would be a line of the log.
_LOGGING = "logging { category update { null; }; };\n"


def primary(setup):
    follow, transfer = setup.follow_key.name, setup.transfer_key.name
    notified = "".join(f' {a.ip} port {a.port} key "{transfer}";' for a in setup.peers)
    # Our own address is not among `localhost` if it is one of the loopback's others.
    asked_by = "".join(f" {a.ip};" for a in [*setup.listen, *setup.peers] if not a.ip.is_unspecified)
    own = f"""  allow-query {{ localhost; key "{follow}"; key "{transfer}";{asked_by} }};
  allow-transfer {{ key "{follow}"; key "{transfer}"; }};
  notify explicit;
  also-notify {{{notified} }};
  notify-delay 0;
  notify-rate 1000;
{_sources(setup, "notify-source")}  transfers-out 100;
  // A large zone is first signed by so many names at a time, each with a flush of the journal.
  sig-signing-nodes 10000;
  sig-signing-signatures 1000;
"""
    control, files = _control(setup)
    text = f"""{header(setup, "//")}include "{setup.out}/keys.conf";
{control}{_options(setup, own)}{_LOGGING}dnssec-policy "tld" {{
  keys {{
    ksk key-directory lifetime unlimited algorithm ecdsap256sha256;
    zsk key-directory lifetime P{setup.zsk_days}D algorithm ecdsap256sha256;
  }};
  nsec3param iterations 0 optout yes salt-length 0;
  signatures-validity P{setup.signature_days}D;
  signatures-validity-dnskey P{setup.signature_days}D;
  signatures-refresh P{max(1, setup.signature_days // 3)}D;
  max-zone-ttl PT{setup.max_ttl}S;
}};
"""
    for tld in setup.tlds:
        text += f"""zone "{tld}" {{
  type primary;
  file "{tld}.zone";
  key-directory "{setup.state}/keys";
  dnssec-policy "tld";
  inline-signing no;
  update-policy {{ grant {follow} zonesub ANY; }};
}};
"""
    return [File(NAME, text), _keys(setup), *files]


def secondary(setup):
    transfer = setup.transfer_key.name
    own = f"""  allow-transfer {{ none; }};
  notify no;
  transfers-in 20;
  transfers-per-ns 20;
  serial-query-rate 1000;
  min-retry-time 10;
{_sources(setup, "transfer-source")}"""
    control, files = _control(setup)
    primaries = "".join(f' {a.ip} port {a.port} key "{transfer}";' for a in setup.peers)
    text = f"""{header(setup, "//")}include "{setup.out}/keys.conf";
{control}{_options(setup, own)}"""
    for tld in setup.tlds:
        text += f"""zone "{tld}" {{
  type secondary;
  file "{tld}.zone";
  primaries {{{primaries} }};
}};
"""
    return [File(NAME, text), _keys(setup), *files]


def next_steps(setup, role):
    as_user = f" -u {setup.user}" if setup.user else ""
    lines = [f"named-checkconf {setup.out}/{NAME}"]
    if role == "primary":
        lines += [f"postel-zonegen full --tld {tld} --out {tld}.zone && named-compilezone -F raw -i local -o "
                  f"{setup.state}/{tld}.zone {tld} {tld}.zone" for tld in setup.tlds]
    return lines + [f"named{as_user} -c {setup.out}/{NAME}"]
