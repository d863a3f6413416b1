"""A throw-away certificate authority, made with openssl."""

import os
import subprocess


def _openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.PIPE)


AUTHORITY = "basicConstraints=critical,CA:TRUE"
LOOPBACK = "subjectAltName=DNS:localhost,IP:127.0.0.1"


class Authority:
    def __init__(self, folder, name="ca", issuer=None):
        """With an issuer: an intermediate one, which the issuer vouches for."""
        self.folder = folder
        if issuer is not None:
            self.certificate, self._key = issuer.issue(name, AUTHORITY)
            return
        self.certificate = os.path.join(folder, name + ".pem")
        self._key = os.path.join(folder, name + ".key")
        _openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                 "-keyout", self._key, "-out", self.certificate, "-days", "2", "-subj",
                 f"/CN=Test {name}", "-addext", AUTHORITY)

    def issue(self, name, extension=LOOPBACK):
        """(certificate file, key file) for `name`, good for servers on loopback and for clients."""
        base = os.path.join(self.folder, name)
        _openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                 base + ".key", "-out", base + ".csr", "-subj", f"/CN={name}", "-addext",
                 extension)
        _openssl("x509", "-req", "-in", base + ".csr", "-CA", self.certificate, "-CAkey", self._key,
                 "-CAcreateserial", "-days", "2", "-copy_extensions", "copyall", "-out",
                 base + ".pem")
        return base + ".pem", base + ".key"
