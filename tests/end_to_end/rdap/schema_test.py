"""The schemas of tests/schemas/rdap: golden answers and samples are valid, and what is spoiled is not."""

import copy
import glob
import json
import os
import unittest

from rdap import samples, schemas
from rdap.answer import walk

GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "golden", "rdap")


def golden():
    for path in sorted(glob.glob(os.path.join(GOLDEN, "**", "*.json"), recursive=True)):
        with open(path, encoding="utf-8") as file:
            yield os.path.relpath(path, GOLDEN), json.load(file)


class SchemaTest(unittest.TestCase):
    def test_golden_answers_are_valid(self):
        seen = set()
        for name, body in golden():
            with self.subTest(name):
                seen.add(schemas.kind_of(body))
                self.assertEqual([], schemas.errors(schemas.kind_of(body), body))
        self.assertLessEqual({"domain", "nameserver", "entity", "help", "error", "nameservers"}, seen)

    def test_samples_are_valid(self):
        for name, make in samples.SAMPLES.items():
            with self.subTest(name):
                body = make().body
                body.pop("asEventActor", None)  # ours has none
                self.assertEqual([], schemas.errors(schemas.kind_of(body), body))

    def test_every_answer_is_strict(self):
        for name, make in samples.SAMPLES.items():
            body = make().body
            body.pop("asEventActor", None)
            kind = schemas.kind_of(body)
            with self.subTest(name, what="unknown member"):
                self.assertTrue(schemas.errors(kind, {**body, "postel_colour": "red"}))
            for member in ("rdapConformance", "notices"):
                with self.subTest(name, without=member):
                    self.assertTrue(schemas.errors(kind, {key: body[key] for key in body if key != member}))

    def test_no_object_may_have_an_unknown_member(self):
        for name, make in samples.SAMPLES.items():
            body = make().body
            body.pop("asEventActor", None)
            kind = schemas.kind_of(body)
            for value, path in list(walk(body)):
                value["postel_colour"] = "red"
                self.assertTrue(schemas.errors(kind, body), (name, path))
                del value["postel_colour"]
            self.assertEqual([], schemas.errors(kind, body))

    def test_what_is_spoiled_is_found(self):
        for sample, path, value in (
                ("domain", ("events", 0, "eventDate"), "2001-03-04 05:06:07"),
                ("domain", ("status", 0), "clientHold"), ("domain", ("links", 0, "rel"), "myself"),
                ("domain", ("secureDNS", "dsData", 0, "keyTag"), "12345"), ("domain", ("secureDNS", "dsData"), []),
                ("domain", ("redacted", 0, "method"), "emptyValue"), ("domain", ("handle",), None),
                ("domain", ("entities", 1, "vcardArray", 1, 0), ["fn", {}, "text", ""]),
                ("domain", ("entities", 1, "vcardArray", 1, 2, 3, 6), "Canada"),
                ("domain", ("nameservers", 0, "ldhName"), "NS1.SAMPLEWELL.ORG"),
                ("entity", ("vcardArray", 1, 3, 1), {}), ("entity", ("publicIds", 0, "identifier"), 3878),
                ("nameserver", ("ipAddresses", "v4", 0), "1.2.3"), ("error", ("errorCode",), 200),
                ("search", ("nameserverSearchResults", 0, "rdapConformance"), ["rdap_level_0"])):
            with self.subTest(sample, path=path):
                body = copy.deepcopy(samples.SAMPLES[sample]().body)
                body.pop("asEventActor", None)
                place = body
                for key in path[:-1]:
                    place = place[key]
                place[path[-1]] = value
                self.assertTrue(schemas.errors(schemas.kind_of(body), body))
