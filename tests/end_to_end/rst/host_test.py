"""RST's cases about host objects: epp-05, epp-11 to epp-13, epp-23 to epp-27."""

import epp_client as epp
from rst import suite
from rst.suite import (A, BAD_IPV4, BAD_IPV6, FAILURE, IPV4, IPV6, OTHER_IPV4, OTHER_IPV6, SUCCESS, TLD, TLDS,
                       element, host_address, host_create, host_objects, host_update, rand)

BAD_NAME = "EPP_HOST_CREATE_SERVER_ACCEPTS_INVALID_HOSTNAME"
MISSING_PROPERTIES = "INFO_RESPONSE_MISSING_OBJECT_PROPERTIES"
NOT_THERE = "INFO_RESPONSE_OBJECT_DOES_NOT_EXIST"

ERRORS = {"v4": "_SERVER_ACCEPTS_INVALID_IPV4_ADDRESS", "v6": "_SERVER_ACCEPTS_INVALID_IPv6_ADDRESS", "v5": None}


def address_error(command, ip):
    return SUCCESS if ip == "v5" else f"EPP_HOST_{command}{ERRORS[ip]}"


# The label in front, `ip` and text of the address (None: no address), whether it is accepted. Table 2.3 from
# where the superordinate domain exists.
CREATES = (
    ("ns1", ("v4", IPV4), True),
    *(("ns2", address, False) for address in (*BAD_IPV4, ("v4", "127.0.0.1"), ("v5", IPV4))),
    ("ns3", ("v6", IPV6), True),
    *(("ns4", address, False) for address in (("v6", ""), *BAD_IPV6)),
)

# Part, `ip` and text, whether it is accepted. Table 2.4; the host has an address of each kind when it begins.
ADDRESS_UPDATES = (
    ("add", ("v4", OTHER_IPV4), True),
    *(("add", address, False) for address in (*BAD_IPV4, ("v5", "208.77.190.195"))),
    ("add", ("v6", OTHER_IPV6), True),
    *(("add", address, False) for address in BAD_IPV6),
    ("rem", ("v4", "208.77.190.200"), False),
    ("rem", ("v6", "2602:800:900e:1257::200"), False),
)

BY_SERVER = ("clientHold", "linked", "ok", "pendingCreate", "pendingDelete", "pendingTransfer", "pendingUpdate",
             "serverDeleteProhibited", "serverUpdateProhibited", "invalidStatusCode")

STATUSES = (
    ("add", "clientUpdateProhibited", True),
    ("rem", "clientUpdateProhibited", True),
    ("add", "clientDeleteProhibited", True),
    *(("add", status, False) for status in BY_SERVER),
    ("rem", "clientDeleteProhibited", True),
    *(("rem", status, False) for status in BY_SERVER),
)


class HostTest(suite.RstTest):
    def expect_addresses(self, client, name, expected, command):
        prefix = f"EPP_HOST_{command}_"
        found = self.info(client, "host", name, prefix + NOT_THERE)
        self.assertEqual(name, found.text("host:infData/host:name"), prefix + MISSING_PROPERTIES)
        self.assertEqual(set(expected), {(each.get("ip", "v4"), each.text) for each in found.all("host:addr")},
                         prefix + MISSING_PROPERTIES)

    def test_epp_05_host_check(self):
        free = "EPP_HOST_CHECK_VALID_HOST_INCORRECT_AVAIL"
        malformed = "EPP_HOST_CHECK_INVALID_HOST_INCORRECT_AVAIL"
        for tld in TLDS:
            self.run_check_rows("host", (
                ("registered", self.existing_hosts[tld], "EPP_HOST_CHECK_REGISTERED_HOST_INCORRECT_AVAIL"),
                ("free", f"ns1.{rand(18)}.{tld}", free),  # has no superordinate domain
                ("free", f"ns2.{self.existing_domains[tld]}", free),
                ("free", f"ns1.{rand(18)}.icann", free),
                *(("malformed", f"{label}.{rand(18)}.{tld}", malformed)
                  for label in ("!", "-ns1", "ns1-", "n s", "", rand(64))),
                ("malformed", ".".join([rand(60)] * 5) + "." + tld, malformed),
            ))

    def test_epp_11_external_host_create(self):
        name = f"ns1.epp-11.rst.{rand(18)}.icann"
        self.accept(FAILURE, self.a, host_create(name))
        self.expect_addresses(self.a, name, [], "CREATE")
        self.refuse(BAD_NAME, self.a, host_create("!" + name[3:]))

    def test_epp_11_host_create(self):
        for tld in TLDS:
            domain = f"{rand(18)}.{tld}"
            with self.subTest("no superordinate domain", tld=tld, error=BAD_NAME):
                name = f"ns1.epp-11.rst.{domain}"
                self.refuse(BAD_NAME, self.a, host_create(name), unchanged=[(self.a, "host", name)])
            self.make_domain(self.a, domain)
            for label, address, accepted in CREATES:
                error = FAILURE if accepted else address_error("CREATE", address[0])
                with self.subTest(label, address=address, tld=tld, error=error):
                    name = f"{label}.epp-11.rst.{domain}"
                    if accepted:
                        self.accept(error, self.a, host_create(name, address))
                        self.expect_addresses(self.a, name, [address], "CREATE")
                    else:
                        self.refuse(error, self.a, host_create(name, address),
                                    unchanged=[(self.a, "host", name), (self.a, "domain", domain)])

    def test_epp_12_host_access(self):
        domain = self.make_domain(self.a)
        updates = (dict(add=host_address("v4", OTHER_IPV4)), dict(rem=host_address("v4", IPV4)),
                   dict(add=element("host:status", s="clientUpdateProhibited")),
                   dict(new_name=f"ns1.{rand(18)}.icann"))
        for name in (self.make_host(self.a), self.make_host(self.a, "ns1." + domain, ("v4", IPV4))):
            for update in updates:
                with self.subTest(name, **update, error="EPP_HOST_UPDATE_AUTHZ_ERROR"):
                    self.refuse("EPP_HOST_UPDATE_AUTHZ_ERROR", self.b, host_update(name, **update),
                                unchanged=[(self.a, "host", name)], codes=(2201,))

    def test_epp_13_host_update(self):
        for tld in TLDS:
            name = "ns1.epp-13.rst." + self.make_domain(self.a, tld=tld)
            addresses = {("v4", IPV4), ("v6", IPV6)}
            self.make_host(self.a, name, *addresses)
            for part, address, accepted in ADDRESS_UPDATES:
                error = FAILURE if accepted else SUCCESS if part == "rem" else address_error("UPDATE", address[0])
                with self.subTest(part, address=address, tld=tld, error=error):
                    command = host_update(name, **{part: host_address(*address)})
                    if accepted:
                        self.accept(error, self.a, command)
                        addresses.add(address)
                    else:
                        self.refuse(error, self.a, command, unchanged=[(self.a, "host", name)])
                    self.expect_addresses(self.a, name, addresses, "UPDATE")
            self.run_status_rows(self.a, "host", name, STATUSES,
                                 "EPP_HOST_UPDATE_SERVER_ACCEPTS_INVALID_STATUS_CODE",
                                 "EPP_HOST_UPDATE_" + MISSING_PROPERTIES)

    def test_epp_23_host_rename(self):
        domain = f"{rand(18)}.{TLD}"
        others = self.existing_domains[TLD]
        host = self.make_host(self.a)
        # New name, whether it is accepted, the error; table 2.7. The host never has addresses.
        rows = (
            ("!.invalid", False, "SERVER_ACCEPTS_INVALID_HOSTNAME"),
            (f"ns1.{rand(18)}.icann", True, "SERVER_REJECTS_EXTERNAL_NAME"),
            ("ns1.epp-23." + others, False, "SERVER_ACCEPTS_RENAME_TO_ANOTHER_REGISTRARS_DOMAIN"),
            ("ns1.epp-23." + domain, False, "SERVER_ACCEPTS_RENAME_TO_NONEXISTENT_DOMAIN"),
            ("ns1.epp-23." + domain, True, "SERVER_UNEXPECTEDLY_REJECTS_RENAME"),
        )
        for new_name, accepted, error in rows:
            error = "EPP_HOST_RENAME_" + error
            with self.subTest(new_name, error=error):
                command = host_update(host, new_name=new_name)
                if not accepted:
                    self.refuse(error, self.a, command,
                                unchanged=[(self.a, "host", host), (self.a, "host", new_name)])
                    continue
                if new_name.endswith(domain):
                    self.make_domain(self.a, domain)
                roid = self.info(self.a, "host", host).text("host:roid")
                self.accept(error, self.a, command)
                renamed = self.info(self.a, "host", new_name, "EPP_HOST_RENAME_OBJECT_NOT_RENAMED")
                self.assertEqual((new_name, roid), (renamed.text("host:name"), renamed.text("host:roid")),
                                 "EPP_HOST_RENAME_OBJECT_NOT_RENAMED")
                self.expect_gone("EPP_HOST_RENAME_OBJECT_NOT_RENAMED", self.a, "host", host)
                host = new_name

    def test_epp_23_rename_of_a_host_that_others_use(self):
        error = "EPP_HOST_RENAME_SERVER_INCORRECTLY_ACCEPTS_RENAME"
        for tld in TLDS:
            host, new_name = self.make_host(self.a), f"ns1.{rand(18)}.icann"
            domain = self.make_domain(self.b, tld=tld, ns=host_objects(host))
            self.refuse(error, self.a, host_update(host, new_name=new_name), codes=(2305,),
                        unchanged=[(self.a, "host", host), (self.a, "host", new_name),
                                   (self.b, "domain", domain)])

    def test_epp_24_host_delete(self):
        domain = self.make_domain(self.a)
        for name in (self.make_host(self.a), self.make_host(self.a, "ns1." + domain, ("v4", IPV4), ("v6", IPV6))):
            with self.subTest(name):
                response = self.accept("EPP_HOST_DELETE_RESPONSE_NOT_1000_OR_1001", self.a,
                                       epp.delete("host", name), codes=(1000, 1001))
                if response.code == 1000:
                    self.expect_gone("EPP_HOST_DELETE_INFO_RESPONSE_OBJECT_STILL_EXISTS", self.a, "host", name)

    def test_epp_25_subordinate_host_under_the_domain_of_another(self):
        error = "EPP_UNEXPECTED_HOST_CREATE_SUCCESS"
        for tld in TLDS:
            domain = self.make_domain(self.a, tld=tld)
            for addresses in ([("v4", IPV4)], [("v6", IPV6)], [("v4", IPV4), ("v6", IPV6)]):
                with self.subTest(addresses=addresses, tld=tld, error=error):
                    self.refuse(error, self.b, host_create("ns1." + domain, *addresses),
                                unchanged=[(self.b, "host", "ns1." + domain), (self.a, "domain", domain)])
            with self.subTest("without an address", tld=tld, error="EPP_HOST_CREATE_INCORRECT_CLID"):
                if self.create_without_address(self.b, "ns2." + domain):
                    self.assertEqual(A[0], self.info(self.a, "host", "ns2." + domain).text("host:clID"))

    def create_without_address(self, client, name):
        """Whether it was accepted; both answers are right."""
        code = client.command(host_create(name)).code
        self.assertNotEqual(2400, code, "EPP_GENERIC_COMMAND_ERROR")
        if code >= 2000:
            self.expect_gone(SUCCESS, client, "host", name)
        return code < 2000

    def test_epp_26_wide_glue(self):
        error = "EPP_SERVER_ACCEPTS_INTERNAL_HOST_WITH_GLUE"
        for tld in TLDS:
            domain = self.make_domain(self.a, tld=tld, ns=host_objects(self.make_host(self.a), self.make_host(self.a)))
            with self.subTest(tld=tld, error=error):
                self.refuse(error, self.b, host_create("ns1." + domain, ("v4", IPV4)),
                            unchanged=[(self.b, "host", "ns1." + domain), (self.a, "domain", domain)])

    def test_epp_27_glueless_internal_host(self):
        error = "EPP_SERVER_ALLOWS_DELEGATION_TO_GLUELESS_HOST"
        for tld in TLDS:
            domain = self.make_domain(self.a, tld=tld)
            with self.subTest("a new host", tld=tld, error=error):
                name = "ns1." + domain
                self.create_without_address(self.b, name)
                self.refuse(error, self.a, epp.domain_update(domain, add=host_objects(name)),
                            unchanged=[(self.a, "domain", domain), (self.a, "host", name)])
            with self.subTest("a host that came by its name later", tld=tld, error=error):
                name = "ns2." + domain
                self.accept(FAILURE, self.a, host_update(self.make_host(self.a), new_name=name))
                self.refuse(error, self.a, epp.domain_update(domain, add=host_objects(name)),
                            unchanged=[(self.a, "domain", domain), (self.a, "host", name)])
