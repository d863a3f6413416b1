"""NSD 4: nsd.conf of a secondary. It cannot be a primary that takes updates."""

from setup import File, header

NAME = "nsd.conf"
USER = "nsd"
STATE = "/var/lib/nsd"
RUN = "/run/nsd"


def _at(address):
    return f"{address.ip}@{address.port}"


def secondary(setup):
    key = setup.transfer_key
    listen = "".join(f"  ip-address: {_at(address)}\n" for address in setup.listen)
    user = setup.user or ""
    control = "remote-control:\n  control-enable: no\n" if setup.no_control else f"""remote-control:
  control-enable: yes
  control-interface: "{setup.run}/nsd.ctl"
"""
    primaries = ""
    for address in setup.peers:
        primaries += f"  allow-notify: {address.ip} {key.name}\n  request-xfr: {_at(address)} {key.name}\n"
    for is_v6 in sorted({address.is_v6 for address in setup.peers}):
        if source := setup.source(is_v6):
            primaries += f"  outgoing-interface: {source}\n"
    # The newest zone of all, instead of that of the first who answers.
    several = "  multi-master-check: yes\n" if len(setup.peers) > 1 else ""
    text = f"""{header(setup, "#")}server:
{listen}  username: "{user}"
  zonesdir: "{setup.state}"
  database: ""
  zonelistfile: "{setup.state}/zone.list"
  xfrdfile: "{setup.state}/xfrd.state"
  xfrdir: "{setup.state}"
  pidfile: "{setup.run}/nsd.pid"
  hide-version: yes
  hide-identity: yes
  minimal-responses: yes
  xfrd-reload-timeout: 0
  zonefiles-write: 3600
{control}include: "{setup.out}/keys.conf"
pattern:
  name: "secondary"
{primaries}{several}  min-retry-time: 10
"""
    for tld in setup.tlds:
        text += f'zone:\n  name: "{tld}"\n  zonefile: "{tld}.zone"\n  include-pattern: "secondary"\n'
    keys = (f'{header(setup, "#")}key:\n  name: "{key.name}"\n  algorithm: {key.algorithm}\n  secret: "{key.secret}"\n')
    return [File(NAME, text), File("keys.conf", keys, secret=True)]


def next_steps(setup, _):
    return [f"nsd-checkconf {setup.out}/{NAME}", f"nsd -c {setup.out}/{NAME}"]
