"""What `postel-zonegen follow` does not take: from a primary that lies, talks rubbish or refuses, from a key that is not
right, from a change feed with a gap. It neither dies nor forgets a change, and the zone is right in the end."""

import os
import random
import struct
import time
import unittest

import epp_client
from dns_proxy import BAD_TIME, SOA, Proxy, framed, split, with_serial
from follow_case import FollowCase

READER = "zonegen-one-org"


class FollowRejectedTest(FollowCase):
    @classmethod
    def setUpClass(cls):
        cls.client = cls.serve("ns1.example.net")
        cls.numbers = iter(range(1, 1_000_000))

    def setUp(self):
        self.registry.cluster.sql("DELETE FROM feed_readers")
        self.primary = self.named()
        self.proxy = Proxy(self.primary)
        self.addCleanup(self.proxy.close)

    def start(self, **settings):
        self.follower = self.follow(self.proxy, follow_timeout="500ms", **settings)
        self.eventually(1, lambda: self.follower.metric("follow_leader"))
        self.await_compared(0)
        self.await_whole(self.primary, follower=self.follower)

    def await_compared(self, after):
        return self.follower.await_log(r"follow\.compared .*", after=after).group(0)

    def change(self):
        """Something that has to come into the zone."""
        self.name = f"r{next(self.numbers)}.org"
        response = self.client.command(epp_client.domain_create(self.name, "holder", hosts=("ns1.example.net",)))
        self.assertEqual(1000, response.code, response.xml.decode())

    def misfortunes(self):
        return self.follower.metric("follow_failures_total") + self.follower.metric("follow_overtaken_total")

    def behave_badly(self, answer, times=1, takes_updates=False):
        """Lets a change meet such a primary: nothing is consumed, and it comes when the primary is itself again. One that
        takes updates all the same may have it before a question is asked."""
        self.eventually(True, self.all_is_consumed)
        before = self.misfortunes()
        self.proxy.answer = answer
        self.change()
        deadline = time.monotonic() + 30
        while self.misfortunes() < before + times:
            self.assertIsNone(self.follower.process.poll(), self.follower.log()[-3000:])
            self.assertLess(time.monotonic(), deadline, self.follower.log()[-3000:])
            if takes_updates and self.all_is_consumed():
                self.assertEqual(["ns1.example.net."], self.primary.delegation(self.name))
                self.change()
            time.sleep(0.05)
        self.assertTrue(takes_updates or not self.all_is_consumed())
        self.proxy.answer = None
        deadline = time.monotonic() + 30
        while self.primary.delegation(self.name) != ["ns1.example.net."]:
            self.assertLess(time.monotonic(), deadline, self.follower.log()[-3000:])
            time.sleep(0.05)

    def all_is_consumed(self):
        return self.registry.cluster.sql(f"SELECT count(*) FROM feed, feed_readers r WHERE r.name = '{READER}' AND "
                                         "(feed.xid, feed.ordinal) > (r.xid, r.ordinal)") == [("0",)]

    def test_rubbish_is_no_answer(self):
        self.start()
        dice = random.Random(20261126)
        def flipped(exchange):
            reply = bytearray(exchange.pass_on())
            reply[dice.randrange(len(reply))] ^= 1 << dice.randrange(8)
            return framed(bytes(reply))

        rubbish = {
            "closes": lambda exchange: b"",
            "half a length": lambda exchange: b"\0",
            "less than it says": lambda exchange: framed(exchange.pass_on())[:-1],
            "stalls": lambda exchange: time.sleep(0.7),
            "stalls within": lambda exchange: framed(exchange.pass_on())[:9] if not time.sleep(0.7) else b"",
            "an empty message": lambda exchange: framed(b""),
            "a header": lambda exchange: framed(exchange.bare[:12]),
            "less than a header": lambda exchange: framed(exchange.bare[:11]),
            "zeros": lambda exchange: framed(bytes(600)),
            "noise": lambda exchange: framed(dice.randbytes(dice.randrange(1, 300))),
            "as long as can be": lambda exchange: framed(exchange.bare[:12] + dice.randbytes(65523)),
            "pointers that go round": lambda exchange: framed(exchange.bare[:2] + b"\x84\0\0\1\0\1\0\0\0\0" + b"\xc0\x0c" * 40),
            "counts that are not there": lambda exchange: framed(exchange.bare[:4] + b"\xff" * 8 + exchange.bare[12:]),
            "its own question": lambda exchange: framed(exchange.wire),
            "unsigned": lambda exchange: framed(split(exchange.pass_on())[0]),
            "unsigned and refused": lambda exchange: framed(split(exchange.refusal(5))[0]),
            "signed for another question": lambda exchange: framed(self.proxy.key.sign(split(exchange.pass_on())[0], bytes(32))),
            "another number": lambda exchange: framed(other_number(exchange)),
            "one bit is wrong": flipped,
            "cut off behind the header": lambda exchange: framed(exchange.pass_on()[:40]),
        }
        for what, answer in rubbish.items():
            with self.subTest(what):
                self.behave_badly(answer, times=2)
        self.await_whole(self.primary, follower=self.follower)
        self.assertEqual(0, self.follower.stop())

    def test_mutants_with_a_good_signature_do_no_lasting_harm(self):
        """As behind a primary with broken memory: the signature vouches for rubbish."""
        self.start(compare_interval="10s")
        seed = int(os.environ.get("FOLLOW_SEED", random.SystemRandom().randrange(1 << 30)))
        print(f"FOLLOW_SEED={seed}", end=" ", flush=True)
        dice = random.Random(seed)

        def mutant(exchange):
            bare = bytearray(split(exchange.pass_on())[0])
            for _ in range(dice.randrange(1, 4)):
                action, at = dice.randrange(4), dice.randrange(len(bare))
                if action == 0:
                    bare[at] = dice.randrange(256)
                elif action == 1:
                    bare[at:] = bare[at:at + dice.randrange(20)]
                elif action == 2:
                    bare[at:at] = dice.randbytes(dice.randrange(1, 9))
                elif len(bare) >= 12:
                    bare[4 + dice.randrange(8)] ^= 1 << dice.randrange(3)
            return framed(exchange.signed(bytes(bare.ljust(12, b"\0"))))

        self.proxy.answer = mutant
        deadline = time.monotonic() + 12
        while time.monotonic() < deadline:
            self.change()
            time.sleep(0.2)
            self.assertIsNone(self.follower.process.poll(), self.follower.log()[-3000:])
        self.assertGreater(self.proxy.asked, 50)
        self.proxy.answer = None
        # What the signed lies have cost is found by comparing.
        self.await_whole(self.primary, follower=self.follower, seconds=90)
        self.assertIsNone(self.follower.process.poll())

    def test_refusals_of_all_kinds_consume_nothing(self):
        self.start()
        for name, code in (("FORMERR", 1), ("SERVFAIL", 2), ("NXDOMAIN", 3), ("NOTIMPL", 4), ("REFUSED", 5), ("NOTAUTH", 9),
                           ("NOTZONE", 10)):
            for whom in ("updates", "questions"):
                with self.subTest(name, whom=whom):
                    begin = len(self.follower.log())
                    self.behave_badly(lambda exchange: framed(
                        exchange.refusal(code) if exchange.is_update == (whom == "updates") else exchange.pass_on()),
                        takes_updates=whom == "questions")
                    self.follower.await_log(rf"follow\.failed .*{name}", after=begin)
        self.await_whole(self.primary, follower=self.follower)
        self.assertEqual(0, self.follower.metric("follow_poison_names"))

    def test_a_serial_that_is_a_lie_never_makes_ours_go_back(self):
        self.start()
        sent = self.proxy.sent_serials

        lies = []

        def lie(distance):
            def answer(exchange):
                if exchange.kind != SOA:
                    return framed(exchange.pass_on())
                lies.append(distance)
                return framed(exchange.signed(with_serial(split(exchange.pass_on())[0], lambda serial: serial + distance)))
            return answer

        for what, distance, said in (("it goes back", -1000, r"follow\.serial_back "),
                                     ("it forgets the last", -1, r"follow\.serial_back "), ("it runs ahead", 5000, None)):
            with self.subTest(what):
                self.change()
                self.await_whole(self.primary, follower=self.follower)
                begin, last = len(self.follower.log()), max(sent)
                self.proxy.answer = lie(distance)
                while distance not in lies:  # the serial is not asked for with each update
                    self.change()
                    self.await_whole(self.primary, follower=self.follower)
                if said:
                    self.follower.await_log(said, after=begin)
                    self.assertIn("reason=serial", self.follower.await_log(r"follow\.compares .*", after=begin).group(0))
                    self.await_compared(begin)
                self.proxy.answer = None
                self.change()
                self.await_whole(self.primary, follower=self.follower)
                self.assertGreater(max(sent), last + max(distance, 0))
        self.assertEqual(sorted(set(sent)), sent, "each serial that was sent is greater than the one before")
        self.assertEqual(max(sent), self.primary.serial())

    def test_an_update_that_was_only_said_to_be_done_is_done_later(self):
        self.start()
        begin = len(self.follower.log())
        self.proxy.answer = lambda exchange: framed(exchange.refusal(0) if exchange.is_update else exchange.pass_on())
        self.change()
        lost = self.name
        self.eventually(True, self.all_is_consumed)  # it was believed
        self.assertEqual([], self.primary.delegation(lost))
        self.proxy.answer = None
        self.change()  # the first that meets the truth
        self.follower.await_log(r"follow\.overtaken ", after=begin)
        self.follower.await_log(r"follow\.compares .*reason=(serial|version)", after=begin)
        self.await_whole(self.primary, follower=self.follower)
        self.assertEqual(["ns1.example.net."], self.primary.delegation(lost))

    def test_an_update_whose_answer_is_lost_is_no_harm(self):
        self.start()
        begin = len(self.follower.log())

        def lose(exchange):
            octets = framed(exchange.pass_on())
            return b"" if exchange.is_update else octets

        self.behave_badly(lose)
        self.assertNotIn("follow.compares", self.follower.log()[begin:])  # the version says that it was taken

    def test_the_clock_of_the_primary_is_another(self):
        self.start()
        begin = len(self.follower.log())
        self.behave_badly(lambda exchange: framed(exchange.pass_on_as_of(time.time() - 3600)))
        self.follower.await_log(r"follow\.failed .*TSIG.*BADTIME", after=begin)
        self.behave_badly(lambda exchange: framed(exchange.signed(exchange.bare, BAD_TIME)))

    def test_a_key_that_the_primary_does_not_know(self):
        text = open(self.primary.key_file, encoding="ascii").read()
        good = self.primary.key_file
        self.primary.key_file = self.registry.write("other.key", text.replace('"follow"', '"other"'))
        self.change()
        follower = self.follow(self.primary)
        follower.await_log(r"follow\.failed .*TSIG.*BADKEY")
        self.assertEqual(0, follower.metric("follow_leader"))
        follower.kill()
        self.primary.key_file = good
        self.await_whole(self.primary, follower=self.follow(self.primary))

    def test_a_zone_that_the_primary_does_not_have(self):
        other = self.named(zones=("ngo",))
        follower = self.follow(other)
        follower.await_log(r"follow\.failed .*does not serve org: REFUSED")
        self.assertIsNone(follower.process.poll())

    def test_a_feed_with_a_gap_is_made_good_by_comparing(self):
        self.start()
        self.change()
        self.await_whole(self.primary, follower=self.follower)

        # Away for so long that the worker has given its position up, and what it had not read.
        self.follower.kill()
        self.change()
        self.registry.cluster.sql("DELETE FROM feed_readers; DELETE FROM feed")
        self.assertEqual([], self.primary.delegation(self.name))
        self.start()
        self.assertRegex(self.follower.log(), r"follow\.compares .*reason=(feed|version)")
        self.assertRegex(self.await_compared(0), r"differences=1 ")
        self.await_whole(self.primary, follower=self.follower)

        # The same while it runs, without reaching its primary.
        begin = len(self.follower.log())
        self.proxy.answer = lambda exchange: b""
        self.change()
        self.follower.await_log(r"follow\.failed ", after=begin)
        self.registry.cluster.sql("DELETE FROM feed_readers; DELETE FROM feed")
        self.proxy.answer = None
        self.follower.await_log(r"follow\.compares .*reason=(feed|version)", after=begin)
        self.await_compared(begin)
        self.await_whole(self.primary, follower=self.follower)

        # And at rest.
        begin = len(self.follower.log())
        self.registry.cluster.sql("DELETE FROM feed_readers")
        self.follower.await_log(r"follow\.feed_forgotten ", after=begin)
        self.assertRegex(self.await_compared(begin), r"differences=0 ")

    def test_an_entry_that_is_missing_is_found_by_the_next_comparison(self):
        self.start(compare_interval="10s")
        begin = len(self.follower.log())
        self.proxy.answer = lambda exchange: b""
        self.change()
        self.follower.await_log(r"follow\.failed ", after=begin)
        lost = self.name
        self.registry.cluster.sql(f"DELETE FROM feed WHERE name = '{lost}'")
        self.proxy.answer = None
        found = self.follower.await_log(r"follow\.compared .*differences=1 .*", after=begin).group(0)
        self.assertIn(lost, found)
        self.await_whole(self.primary, follower=self.follower)


def other_number(exchange):
    bare = split(exchange.pass_on())[0]
    return exchange.signed(struct.pack(">H", struct.unpack(">H", bare[:2])[0] ^ 0x5555) + bare[2:])


if __name__ == "__main__":
    unittest.main()
