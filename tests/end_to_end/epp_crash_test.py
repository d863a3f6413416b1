"""kill -9 of the server under load: no acknowledged create is missing, and the books are right."""

import threading
import time

import epp_client as epp
import postel


class DomainCreator(threading.Thread):
    """Creates domains until the server is gone; `created` are those that were acknowledged."""

    def __init__(self, client, prefix, contact):
        super().__init__()
        self.client, self.prefix, self.contact = client, prefix, contact
        self.created = []
        self.unexpected = None

    def run(self):
        try:
            for number in range(1000000):
                name = f"{self.prefix}-{number}.org"
                response = self.client.command(epp.domain_create(name, self.contact))
                if response.code != 1000:
                    self.unexpected = response.xml
                    return
                self.created.append(name)
        except (OSError, epp.Closed):
            pass


class CrashTest(postel.RegistryTest):
    ROUNDS = 3

    def load(self, server, round_number):
        """Sessions that create domains, started."""
        threads = []
        for number in range(12):
            account = postel.GOLD if number % 2 else postel.SILVER
            client = self.registry.log_in(server, account)
            self.addCleanup(client.close)
            contact = f"crash-{account[0]}"
            threads.append(DomainCreator(client, f"crash-{round_number}-{number}", contact))
        for thread in threads:
            thread.start()
        return threads

    def stored(self):
        """What the registry says exists, as a client learns it."""
        return {row[0] for row in self.registry.cluster.sql(
            "SELECT name FROM domains WHERE name LIKE 'crash-%'")}

    def test_no_acknowledged_create_is_lost(self):
        for account in (postel.GOLD, postel.SILVER):
            client = self.log_in(account)
            self.expect(1000, client.command(epp.contact_create(f"crash-{account[0]}")))
        acknowledged = set()
        for round_number in range(self.ROUNDS):
            server = postel.EppServer(self.registry)
            self.addCleanup(server.kill)
            threads = self.load(server, round_number)
            time.sleep(0.7 + 0.3 * round_number)
            server.kill()
            for thread in threads:
                thread.join()
                self.assertIsNone(thread.unexpected)
                acknowledged.update(thread.created)
            self.assertEqual(set(), acknowledged - self.stored())
            self.audit()
        self.assertGreater(len(acknowledged), 100)

        # At most one command of each session was in doubt, and the survivor agrees with the database.
        in_doubt = self.stored() - acknowledged
        self.assertLessEqual(len(in_doubt), 12 * self.ROUNDS)
        client = self.log_in()
        for name in sorted(acknowledged)[:20] + sorted(in_doubt):
            self.expect(1000, client.command(epp.info("domain", name)))
