"""Knot DNS 3.2: knot.conf of a hidden primary that signs, and of a secondary."""

from setup import File, header

NAME = "knot.conf"
USER = "knot"
STATE = "/var/lib/knot"
RUN = "/run/knot"
MOST_CHANGES = 1_000_000  # that the journal remembers; by default 20, and IXFR becomes AXFR


def _at(address):
    return f"{address.ip}@{address.port}"


def _keys(setup):
    text = header(setup, "#") + "key:\n"
    for key in (setup.follow_key, setup.transfer_key):
        if key:
            text += f"  - id: {key.name}\n    algorithm: {key.algorithm}\n    secret: {key.secret}\n"
    return File("keys.conf", text, secret=True)


def _server(setup):
    listen = "".join(f"    listen: {_at(address)}\n" for address in setup.listen)
    user = f"    user: {setup.user}:{setup.user}\n" if setup.user else ""
    return f"""include: "{setup.out}/keys.conf"
server:
    rundir: "{setup.run}"
{user}{listen}    version: ""
    identity: ""
log:
  - target: stderr
    any: info
database:
    storage: "{setup.state}"
    journal-db-max-size: {max(1024, 2 * setup.journal_mb * len(setup.tlds))}M
"""


def _remotes(setup, key_name):
    text = "".join(f"  - id: peer{i}\n    address: {_at(address)}\n    key: {key_name}\n" + _via(setup, address)
                   for i, address in enumerate(setup.peers, 1))
    return f"remote:\n{text}" if text else ""


def _via(setup, address):
    source = setup.source(address.is_v6)
    return f"    via: {source}\n" if source else ""


def _peers(setup):
    return ", ".join(f"peer{i}" for i in range(1, len(setup.peers) + 1))


def _template(setup, own):
    return f"""template:
  - id: default
    storage: "{setup.state}"
    file: "%s.zone"
    zonefile-sync: 1h
    zonefile-load: whole
    journal-content: changes
    journal-max-usage: {setup.journal_mb}M
    journal-max-depth: {MOST_CHANGES}
{own}"""


def _zones(setup):
    return "zone:\n" + "".join(f"  - domain: {tld}\n" for tld in setup.tlds)


def primary(setup):
    follow, transfer = setup.follow_key.name, setup.transfer_key.name
    notify = f"    notify: [{_peers(setup)}]\n" if setup.peers else ""
    own = f"""{notify}    acl: [follow, secondaries]
    dnssec-signing: on
    dnssec-policy: tld
    serial-policy: increment
"""
    text = f"""{header(setup, "#")}{_server(setup)}{_remotes(setup, transfer)}acl:
  - id: follow
    key: {follow}
    action: [query, update, transfer]
  - id: secondaries
    key: {transfer}
    action: [query, transfer]
policy:
  - id: tld
    algorithm: ecdsap256sha256
    ksk-lifetime: 0
    zsk-lifetime: {setup.zsk_days}d
    dnskey-ttl: 1h
    zone-max-ttl: {setup.max_ttl}s
    rrsig-lifetime: {setup.signature_days}d
    rrsig-refresh: {max(1, setup.signature_days // 3)}d
    nsec3: on
    nsec3-opt-out: on
    nsec3-iterations: 0
    nsec3-salt-length: 0
    cds-cdnskey-publish: always
{_template(setup, own)}{_zones(setup)}"""
    return [File(NAME, text), _keys(setup)]


def secondary(setup):
    own = f"    master: [{_peers(setup)}]\n    acl: primaries\n    retry-min-interval: 10\n"
    text = f"""{header(setup, "#")}{_server(setup)}{_remotes(setup, setup.transfer_key.name)}acl:
  - id: primaries
    remote: [{_peers(setup)}]
    action: notify
{_template(setup, own)}{_zones(setup)}"""
    return [File(NAME, text), _keys(setup)]


def next_steps(setup, role):
    lines = [f"knotc -c {setup.out}/{NAME} conf-check"]
    if role == "primary":
        lines += [f"postel-zonegen full --tld {tld} --out {setup.state}/{tld}.zone" for tld in setup.tlds]
    return lines + [f"knotd -c {setup.out}/{NAME}"]
