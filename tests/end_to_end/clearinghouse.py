"""A throw-away trademark clearinghouse: lists, certificates and signed marks, made with openssl and sign_mark."""

import base64
import os
import subprocess
import zlib
from datetime import datetime, timedelta, timezone
from xml.sax.saxutils import escape

DSIG = "http://www.w3.org/2000/09/xmldsig#"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"


def at(**ago):
    """A time so long ago; negative: to come."""
    return datetime.now(timezone.utc).replace(microsecond=0) - timedelta(**ago)


def text_of(time):
    return time.strftime("%Y-%m-%dT%H:%M:%S.0Z")


def notice_id(label, not_after, number):
    """RFC 9361: a checksum of label, expiry and number, then the number."""
    return f"{zlib.crc32(f'{label}{int(not_after.timestamp())}{number}'.encode()):08x}{number}"


class Clearinghouse:
    def __init__(self, folder):
        """Its files are in `folder`, which is new; what nobody publishes beside it."""
        self.folder, self._secret = folder, folder + "-secret"
        os.mkdir(folder)
        os.mkdir(self._secret)
        self._openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days",
                      "30", "-subj", "/CN=Test clearinghouse", "-addext", "keyUsage=keyCertSign,cRLSign")
        self._write("index.txt", "")
        self._write("ca.conf", "[ca]\ndefault_ca = it\n[it]\ndatabase = index.txt\ndefault_md = sha256\n"
                               "default_crl_days = 30\ncertificate = ca.pem\nprivate_key = ca.key\n")
        self.validator("good")
        self.validator("revoked")
        self._openssl("ca", "-config", "ca.conf", "-revoke", "revoked.pem")
        self._openssl("ca", "-config", "ca.conf", "-gencrl", "-out", "ca.crl")
        for source, name in (("ca.pem", "tmch.pem"), ("ca.crl", "tmch.crl")):
            with open(os.path.join(self._secret, source), encoding="ascii") as file:
                self.replace(name, file.read())
        self.publish_claims({})
        self.publish_revoked(())

    def _openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self._secret, check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.PIPE)

    def _write(self, name, text):
        with open(os.path.join(self._secret, name), "w", encoding="utf-8") as file:
            file.write(text)

    def replace(self, name, text):
        """At once, as a careful operator does."""
        self._write(name + ".new", text)
        os.rename(os.path.join(self._secret, name + ".new"), os.path.join(self.folder, name))

    def validator(self, name):
        self._openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", name + ".key", "-out", name + ".csr", "-subj",
                      f"/CN={name}", "-addext", "basicConstraints=CA:FALSE", "-addext", "keyUsage=digitalSignature")
        self._openssl("x509", "-req", "-in", name + ".csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                      "-days", "20", "-copy_extensions", "copyall", "-out", name + ".pem")

    def publish_claims(self, keys):
        lines = "".join(f"{label},{key},{text_of(at(days=1))}\n" for label, key in keys.items())
        self.replace("dnl.csv", f"1,{text_of(at())}\nDNL,lookup-key,insertion-datetime\n{lines}")

    def publish_revoked(self, marks):
        lines = "".join(f"{mark},{text_of(at(days=1))}\n" for mark in marks)
        self.replace("smdrl.csv", f"1,{text_of(at())}\nsmd-id,insertion-datetime\n{lines}")

    def signed_mark(self, labels, number="0000001751376056503931-65535", validator="good", until=None):
        with open(os.path.join(self._secret, validator + ".pem"), encoding="ascii") as file:
            certificate = "".join(line for line in file if not line.startswith("-"))
        labels = "".join(f"<mark:label>{escape(label)}</mark:label>" for label in labels)
        unsigned = f"""<?xml version="1.0" encoding="UTF-8"?>
<smd:signedMark xmlns:smd="urn:ietf:params:xml:ns:signedMark-1.0" id="_mark">
  <smd:id>{number}</smd:id>
  <smd:issuerInfo issuerID="65535"><smd:org>Validator</smd:org><smd:email>v@example.net</smd:email></smd:issuerInfo>
  <smd:notBefore>{text_of(at(days=9))}</smd:notBefore>
  <smd:notAfter>{text_of(until or at(days=-9))}</smd:notAfter>
  <mark:mark xmlns:mark="urn:ietf:params:xml:ns:mark-1.0"><mark:trademark>
    <mark:id>00052013734689731373468973-65535</mark:id><mark:markName>Example &amp; One</mark:markName>
    <mark:holder entitlement="owner"><mark:org>Ag corporation</mark:org><mark:addr>
      <mark:street>1305 Bright Avenue</mark:street><mark:city>Arcadia</mark:city><mark:cc>US</mark:cc>
    </mark:addr></mark:holder>
    <mark:jurisdiction>US</mark:jurisdiction><mark:class>15</mark:class>{labels}
    <mark:goodsAndServices>guitar</mark:goodsAndServices><mark:regNum>1234</mark:regNum>
    <mark:regDate>2012-12-31T23:00:00.000Z</mark:regDate>
  </mark:trademark></mark:mark>
<ds:Signature xmlns:ds="{DSIG}"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{EXCLUSIVE}"/>
<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><ds:Reference URI="#_mark">
<ds:Transforms><ds:Transform Algorithm="{DSIG}enveloped-signature"/><ds:Transform Algorithm="{EXCLUSIVE}"/>
</ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue/>
</ds:Reference></ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo><ds:X509Data><ds:X509Certificate>
{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature></smd:signedMark>
"""
        program = os.path.join(os.environ["POSTEL_BUILD"], "tests", "sign_mark")
        done = subprocess.run([program, os.path.join(self._secret, validator + ".key")], input=unsigned.encode(),
                              stdout=subprocess.PIPE, check=True)
        return done.stdout


def encoded(xml):
    """In lines, as the files of the clearinghouse have it."""
    return base64.encodebytes(xml).decode()
