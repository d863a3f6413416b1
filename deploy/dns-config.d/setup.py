"""All that a name server's configuration is made from."""

import dataclasses

from values import Address, Key


@dataclasses.dataclass(frozen=True)
class Setup:
    tlds: list[str]
    listen: list[Address]
    peers: list[Address]  # the secondaries of a primary, the primaries of a secondary
    transfer_key: Key
    follow_key: Key | None  # of a primary
    out: str  # the folder of the configuration
    state: str  # of zones, journals and signing keys
    run: str  # of sockets and pid files
    user: str | None
    control: int | None  # port of rndc's own channel; None: the server's usual one
    no_control: bool
    journal_mb: int
    zsk_days: int
    signature_days: int
    max_ttl: int  # seconds
    command: str  # to be written into the files

    def source(self, is_v6):
        """Where messages to peers come from: the one address that we listen on, or None to leave it open."""
        own = [address.ip for address in self.listen if address.is_v6 == is_v6]
        return own[0] if len(own) == 1 and not own[0].is_unspecified else None


@dataclasses.dataclass(frozen=True)
class File:
    name: str
    text: str
    secret: bool = False


def header(setup, mark):
    return f"{mark} Made by dns-config; run it again rather than change this.\n{mark}   {setup.command}\n"
