"""SIGTERM under load: what was read is answered, the others hear 2500, and nothing is half done."""

import threading
import time

import epp_client as epp
import postel


class Creator(threading.Thread):
    """Creates contacts as fast as answers come, and keeps what it was told."""

    def __init__(self, client, prefix):
        super().__init__()
        self.client, self.prefix = client, prefix
        self.created = []
        self.last_code = None
        self.error = None

    def run(self):
        try:
            for number in range(1000000):
                name = f"{self.prefix}-{number}"
                response = self.client.ask(epp.command(epp.contact_create(name), client_id=name))
                self.last_code = response.code
                if response.code == 2500:
                    if response.client_id is not None:
                        self.error = "2500 must not pretend to answer a command"
                    return
                if response.code != 1000:
                    self.error = response.xml
                    return
                self.created.append(name)
        except Exception as error:  # pylint: disable=broad-except
            self.error = repr(error)


class StopTest(postel.RegistryTest):
    def contacts(self, like):
        rows = self.registry.cluster.sql(f"SELECT handle FROM contacts WHERE handle LIKE '{like}'")
        return {row[0] for row in rows}

    def expect_clean_stop(self, server):
        self.assertEqual(0, server.stop(), server.log()[-20000:])

    def test_a_stop_under_load_answers_everything_it_has_taken(self):
        server = postel.EppServer(self.registry)
        self.addCleanup(server.kill)
        threads = [Creator(self.registry.log_in(server), f"s{i}") for i in range(16)]
        for thread in threads:
            thread.start()
        time.sleep(1.5)
        server.terminate()
        for thread in threads:
            thread.join()
        for thread in threads:
            self.assertIsNone(thread.error)
            self.assertEqual(2500, thread.last_code)
            self.assertTrue(thread.client.at_end())
            thread.client.close()
        self.expect_clean_stop(server)
        told = {name for thread in threads for name in thread.created}
        self.assertGreater(len(told), 100)
        self.assertEqual(told, self.contacts("s%-%"), "told and stored must be the same")
        self.assertRegex(server.log(), r"epp\.stopped")
        self.audit()

    def test_idle_sessions_hear_2500(self):
        server = postel.EppServer(self.registry)
        self.addCleanup(server.kill)
        logged_in = self.registry.log_in(server)
        before_login = self.registry.connect(server)
        server.terminate()
        for client in (logged_in, before_login):
            self.expect(2500, client.receive())
            self.assertTrue(client.at_end())
            client.close()
        self.expect_clean_stop(server)

    def test_clients_that_do_not_close_do_not_hold_the_stop_up(self):
        server = postel.EppServer(self.registry, close_timeout="1s")
        self.addCleanup(server.kill)
        client = self.registry.log_in(server)
        self.addCleanup(client.close)
        start = time.monotonic()
        server.terminate()
        self.expect_clean_stop(server)
        self.assertLess(time.monotonic() - start, 15)

    def test_a_reader_that_has_stopped_is_not_waited_for_beyond_the_grace(self):
        server = postel.EppServer(self.registry, shutdown_grace="1s", write_timeout="5m")
        self.addCleanup(server.kill)
        client = self.registry.log_in(server)
        self.addCleanup(client.close)
        client.socket.settimeout(2)
        try:
            for _ in range(100):
                client.send_bytes(epp.frame(epp.HELLO) * 1000)
        except OSError:
            pass  # all buffers are full
        start = time.monotonic()
        server.terminate()
        self.expect_clean_stop(server)
        self.assertLess(time.monotonic() - start, 15)
        self.assertRegex(server.log(), r"epp\.stop_forced")

    def test_a_database_that_hangs_does_not_keep_the_process_alive(self):
        server = postel.EppServer(self.registry, shutdown_grace="1s", command_timeout="5s")
        self.addCleanup(server.kill)
        client = self.registry.log_in(server)
        self.addCleanup(client.close)
        self.registry.cluster.freeze()
        try:
            client.send(epp.command(epp.contact_create("hang-1")))
            client.send(epp.HELLO)  # waits behind it
            time.sleep(0.5)
            server.terminate()
            self.expect_clean_stop(server)
        finally:
            self.registry.cluster.thaw()
        self.assertRegex(server.log(), r"epp\.stop_forced connections=1")
        self.audit()

    def test_a_second_server_takes_over_where_the_first_stopped(self):
        first = postel.EppServer(self.registry)
        self.addCleanup(first.kill)
        client = self.registry.log_in(first)
        self.expect(1000, client.command(epp.contact_create("over-1")))
        client.close()
        self.expect_clean_stop(first)
        second = postel.EppServer(self.registry)
        self.addCleanup(second.kill)
        with self.registry.log_in(second) as client:
            self.expect(2302, client.command(epp.contact_create("over-1")))
        self.expect_clean_stop(second)
