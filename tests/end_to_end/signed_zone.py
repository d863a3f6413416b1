"""What those who validate see of a signed zone: delv from a zone's KSK down, and the verifiers of BIND and ldns."""

import os
import subprocess


def delv(port, anchor, name, kind):
    """delv's verdict on a name: its first line, such as "fully validated", and all that it says."""
    done = subprocess.run(["delv", "@127.0.0.1", "-p", str(port), "-a", anchor.file, f"+root={anchor.zone}", name, kind],
                          capture_output=True, text=True, timeout=60)
    text = done.stdout + done.stderr
    return text.splitlines()[0].lstrip("; ") if text else "", text


class Anchor:
    """The keys that a zone is entered by, for delv, as the primary has them now."""

    def __init__(self, named, zone="org"):
        self.zone = zone
        self.file = os.path.join(named.folder, f"{zone}.anchor")
        lines = ""
        for flags, protocol, algorithm, key in (record.split(None, 3) for record in named.dig(zone, "DNSKEY")):
            if flags == "257":
                lines += f'  {zone}. static-key {flags} {protocol} {algorithm} "{"".join(key.split())}";\n'
        if not lines:
            raise AssertionError(f"{zone} has no KSK")
        named.write(f"{zone}.anchor", "trust-anchors {\n" + lines + "};\n")


def transfer_signed(named, zone="org"):
    """The file of the zone with its signatures, as a secondary has it."""
    path = os.path.join(named.folder, f"{zone}.transferred")
    with open(path, "wb") as out:
        subprocess.run(["dig", "@127.0.0.1", "-p", str(named.port), "-k", named.key_file, "+noall", "+answer", "+onesoa",
                        zone, "AXFR"], check=True, stdout=out)
    return path


def complaints(path, zone="org"):
    """What the verifiers say against such a file, by verifier."""
    found = {}
    for command in (["dnssec-verify", "-q", "-o", zone, path], ["ldns-verify-zone", path]):
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
        if done.returncode != 0:
            found[command[0]] = f"{done.returncode}: {done.stdout[-3000:]}{done.stderr[-3000:]}"
    return found
