"""Greeting, login, limits, TLS, many sessions at once."""

import datetime
import os
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time
import warnings

import epp_client as epp
import postel


class LoginTest(postel.RegistryTest):
    def test_the_greeting_says_who_and_what(self):
        client = epp.EppClient(self.server.port, self.registry.ca, self.registry.certificates["gold"])
        self.addCleanup(client.close)
        greeting = client.receive()
        self.assertEqual("Postel Test", greeting.text("epp:greeting/epp:svID"))
        self.assertEqual(epp.OBJECTS, [u.text for u in greeting.all("epp:objURI")])
        self.assertEqual(set(epp.EXTENSIONS), {u.text for u in greeting.all("epp:extURI")})
        said = datetime.datetime.fromisoformat(
            greeting.text("epp:greeting/epp:svDate").replace("Z", "+00:00"))
        now = datetime.datetime.now(datetime.timezone.utc)
        self.assertLess(abs((now - said).total_seconds()), 60)

    def test_login_and_logout(self):
        client = self.connect()
        self.expect(1000, client.login(*postel.GOLD))
        self.assertTrue(client.ask(epp.HELLO).is_greeting)
        self.expect(2002, client.login(*postel.GOLD))
        self.expect(1500, client.command(epp.LOGOUT))
        self.assertTrue(client.at_end())

    def test_commands_need_a_login(self):
        client = self.connect()
        self.expect(2002, client.command(epp.check("domain", "free.org")))
        self.expect(2002, client.command(epp.LOGOUT))
        self.expect(2002, client.command(epp.POLL))
        self.expect(1000, client.login(*postel.GOLD))

    def test_whatever_is_wrong_with_a_login_the_answer_is_the_same(self):
        answers = set()
        for certificate, name, password in (
            ("gold", "gold", "Wrong-pw-1"),
            ("gold", "nobody", "Gold-pw-1"),
            ("silver", *postel.GOLD),
            ("nobody", *postel.GOLD),
            (None, *postel.GOLD),
            (self.registry.foreign_certificate, *postel.GOLD),
        ):
            with self.subTest(certificate=certificate, name=name):
                client = self.connect(certificate)
                answer = self.expect(2200, client.login(name, password))
                answers.add((answer.text("epp:msg"), answer.text("epp:reason")))
        self.assertEqual(1, len(answers), answers)

    def test_the_third_failure_ends_the_session(self):
        client = self.connect()
        self.expect(2200, client.login("gold", "Wrong-pw-1"))
        self.expect(2200, client.login("gold", "Wrong-pw-2"))
        self.expect(2501, client.login("gold", "Wrong-pw-3"))
        self.assertTrue(client.at_end())

    def test_a_weak_new_password_does_not_hide_a_wrong_password(self):
        client = self.connect()
        self.expect(2200, client.login("gold", "Wrong-pw-1", new_password="aaaaaaaa"))
        self.expect(2200, client.login("gold", "Wrong-pw-2", new_password="aaaaaaaa"))
        refused = self.expect(2306, client.login(*postel.GOLD, new_password="aaaaaaaa"))
        self.assertNotIn(b"aaaaaaaa", refused.xml)
        self.expect(2501, client.login("gold", "Wrong-pw-3", new_password="aaaaaaaa"))
        self.assertTrue(client.at_end())

    def test_services_that_are_not_offered_are_refused(self):
        client = self.connect()
        self.expect(2307, client.login(*postel.GOLD, objects=["urn:ietf:params:xml:ns:obj1"]))
        self.expect(2103, client.login(*postel.GOLD, extensions=["urn:ietf:params:xml:ns:epp:other-1.0"]))
        wrong = epp.login(*postel.GOLD)
        self.expect(2100, client.command(wrong.replace("<version>1.0", "<version>2.0")))
        self.expect(2102, client.command(wrong.replace("<lang>en", "<lang>fr")))
        self.expect(1000, client.login(*postel.GOLD))

    def test_a_new_password_holds_from_the_next_login_on(self):
        client = self.connect("silver")
        self.expect(2306, client.login(*postel.SILVER, new_password="silver"))
        self.expect(1000, client.login(*postel.SILVER, new_password="Other-pw-3"))
        other = self.connect("silver")
        self.expect(2200, other.login(*postel.SILVER))
        self.expect(1000, other.login("silver", "Other-pw-3", new_password=postel.SILVER[1]))
        self.expect(1000, self.connect("silver").login(*postel.SILVER))

    def test_a_suspended_registrar_is_told(self):
        self.registry.ctl("registrar", "suspend", "silver")
        try:
            deadline = time.monotonic() + 20
            while True:
                response = self.connect("silver").login(*postel.SILVER)
                if response.code != 1000 or time.monotonic() > deadline:
                    break
            self.expect(2201, response)
        finally:
            self.registry.ctl("registrar", "resume", "silver")

    def test_old_tls_is_refused(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)

            def only(version):
                def configure(context):
                    context.set_ciphers("ALL:@SECLEVEL=0")
                    context.minimum_version = version
                    context.maximum_version = version

                return configure

            for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
                with self.subTest(version=version), self.assertRaises(OSError):
                    self.connect(configure=only(version)).close()
            for version, name in ((ssl.TLSVersion.TLSv1_2, "TLSv1.2"), (ssl.TLSVersion.TLSv1_3, "TLSv1.3")):
                client = self.connect(configure=only(version))
                self.assertEqual(name, client.socket.version())

    def test_weak_ciphers_are_refused(self):
        def configure(context):
            context.maximum_version = ssl.TLSVersion.TLSv1_2
            context.set_ciphers("AES128-SHA:AES256-SHA:ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0")

        with self.assertRaises(OSError):
            self.connect(configure=configure).close()

    def test_two_hundred_sessions_work_at_once(self):
        count = 200
        failures = []
        everybody_in = threading.Barrier(count)

        def run(number):
            try:
                account = postel.GOLD if number % 2 else postel.SILVER
                with self.registry.log_in(self.server, account, timeout=240) as client:
                    everybody_in.wait(timeout=240)
                    for step in range(5):
                        response = client.command(epp.check("domain", f"many-{number}-{step}.org"))
                        if response.code != 1000:
                            failures.append(response.xml)
                    if client.command(epp.LOGOUT).code != 1500:
                        failures.append(f"logout of {number}")
            except Exception as error:  # pylint: disable=broad-except
                failures.append(repr(error))
                everybody_in.abort()

        threads = [threading.Thread(target=run, args=(i,)) for i in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([], failures[:5])

    def test_metrics_count_commands(self):
        client = self.log_in()
        before = self.server.metric("epp_commands_total")
        self.expect(1000, client.command(epp.check("domain", "free.org")))
        self.assertGreaterEqual(self.server.metric("epp_commands_total"), before + 1)
        self.assertGreaterEqual(self.server.metric("epp_sessions"), 1)
        self.assertEqual(1, self.server.metric("epp_database_reachable"))

    def test_every_command_leaves_one_line_in_the_log(self):
        client = self.log_in()
        response = client.command(epp.check("domain", "free.org"), client_id="LOG-LINE-1")
        self.server.await_log(
            rf"epp\.command svtrid={response.server_id} clid=gold cltrid=LOG-LINE-1 "
            r"command=domain-check code=1000")

    def test_passwords_are_never_logged(self):
        self.expect(2200, self.connect().login("gold", "Secret-pw-9"))
        self.log_in()
        self.assertNotIn("Secret-pw-9", self.server.log())
        self.assertNotIn(postel.GOLD[1], self.server.log())


class LimitsTest(postel.RegistryTest):
    """Each case has a server of its own with the one limit that it is about."""

    def serve(self, **settings):
        server = postel.EppServer(self.registry, **settings)
        self.addCleanup(server.kill)
        return server

    def enter(self, server, account=postel.GOLD):
        client = self.registry.log_in(server, account)
        self.addCleanup(client.close)
        return client

    def knock(self, server, certificate="gold"):
        client = self.registry.connect(server, certificate)
        self.addCleanup(client.close)
        return client

    def test_a_login_must_come_in_time(self):
        client = self.knock(self.serve(login_timeout="1s"))
        self.expect(2502, client.receive())
        self.assertTrue(client.at_end())

    def test_an_idle_session_ends(self):
        client = self.enter(self.serve(idle_timeout="2s"))
        start = time.monotonic()
        self.expect(2502, client.receive())
        self.assertGreater(time.monotonic() - start, 1)
        self.assertTrue(client.at_end())

    def test_half_a_frame_is_no_sign_of_life(self):
        client = self.enter(self.serve(idle_timeout="2s"))
        client.send_bytes(epp.frame(epp.HELLO)[:20])
        self.expect(2502, client.receive())

    def test_a_handshake_that_does_not_come_is_not_awaited(self):
        server = self.serve(handshake_timeout="1s")
        with socket.create_connection(("127.0.0.1", server.port), timeout=60) as silent:
            self.assertEqual(b"", silent.recv(1))

    def test_too_many_sessions_of_one_registrar(self):
        self.registry.ctl("registrar", "update", "silver", "--max-sessions", "2")
        self.addCleanup(self.registry.ctl, "registrar", "update", "silver", "--max-sessions", "300")
        server = self.serve()
        first, second = self.enter(server, postel.SILVER), self.enter(server, postel.SILVER)
        self.enter(server)  # others are not concerned
        third = self.knock(server, "silver")
        self.expect(2502, third.login(*postel.SILVER))
        self.assertTrue(third.at_end())
        self.expect(1500, first.command(epp.LOGOUT))
        self.enter(server, postel.SILVER)  # the place is free as soon as the logout is answered
        self.expect(1500, second.command(epp.LOGOUT))

    def test_too_many_sessions_in_all(self):
        server = self.serve(max_sessions=2)
        self.enter(server), self.enter(server, postel.SILVER)
        third = self.knock(server)
        self.expect(2502, third.login(*postel.GOLD))

    def test_too_many_connections_from_one_address_are_told(self):
        server = self.serve(max_connections_per_address=3, max_connections=100)
        clients = [self.enter(server) for _ in range(3)]
        fourth = epp.EppClient(server.port, self.registry.ca, self.registry.certificates["gold"])
        self.addCleanup(fourth.close)
        self.expect(2502, fourth.receive())
        self.assertTrue(fourth.at_end())
        self.expect(1000, clients[0].command(epp.check("domain", "free.org")))

    def test_too_many_connections_in_all_are_closed(self):
        server = self.serve(max_connections=2)
        clients = [self.enter(server) for _ in range(2)]
        with self.assertRaises((OSError, epp.Closed)):
            self.knock(server)
        self.expect(1000, clients[0].command(epp.check("domain", "free.org")))

    def test_certificates_are_read_again_on_sighup(self):
        def server_certificate():
            with self.connect() as client:
                return client.socket.getpeercert(binary_form=True)

        old = server_certificate()
        kept = [path + ".kept" for path in self.registry.server_certificate]
        fresh = self.registry.certificates["nobody"]
        for path, keep, new in zip(self.registry.server_certificate, kept, fresh):
            shutil.copy(path, keep)
            shutil.copy(new, path)
        try:
            os.kill(self.server.process.pid, signal.SIGHUP)
            self.server.await_log(r"epp\.reloaded")
            self.assertNotEqual(old, server_certificate())
            self.registry.write("broken", "")
            shutil.copy(os.path.join(self.registry.folder, "broken"), self.registry.server_certificate[0])
            os.kill(self.server.process.pid, signal.SIGHUP)
            self.server.await_log(r"epp\.reload_failed")
            self.assertNotEqual(old, server_certificate())
        finally:
            for path, keep in zip(self.registry.server_certificate, kept):
                shutil.copy(keep, path)


class SettingsTest(postel.RegistryTest):
    def run_server(self, *arguments):
        return subprocess.run([postel.program("postel-epp"), *arguments], capture_output=True, text=True,
                              timeout=60)

    def test_check_accepts_right_settings(self):
        done = self.run_server("--config", self.registry.settings_file, "--check")
        self.assertEqual(0, done.returncode, done.stderr)

    def test_a_wrong_setting_stops_the_start_with_its_line(self):
        path = self.registry.write("wrong.conf", "server_id = x\n")
        done = self.run_server("--config", path)
        self.assertEqual(2, done.returncode)
        self.assertIn("wrong.conf:1", done.stderr)

    def test_a_missing_certificate_stops_the_start(self):
        done = self.run_server("--config", self.registry.settings_file, "--set",
                               "certificate=/nonexistent.pem")
        self.assertEqual(1, done.returncode)
        self.assertIn("/nonexistent.pem", done.stderr)

    def test_a_missing_database_stops_the_start(self):
        done = self.run_server("--config", self.registry.settings_file, "--set",
                               "database=host=/nonexistent dbname=none")
        self.assertEqual(1, done.returncode)
        self.assertIn("nonexistent", done.stderr)

    def test_two_servers_work_on_one_database(self):
        other = postel.EppServer(self.registry)
        self.addCleanup(other.kill)
        with self.registry.log_in(other) as client, self.log_in() as here:
            self.expect(1000, client.command(epp.contact_create("two001")))
            self.expect(2302, here.command(epp.contact_create("two001")))
        self.assertEqual(0, other.stop())

    def test_metrics_have_a_finite_vocabulary(self):
        client = self.log_in()
        for number in range(5):
            self.expect(2000, client.command(f"<invented{number}/>"))
        self.assertNotIn("invented", self.server.metrics())
