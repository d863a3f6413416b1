"""The checks of conformance.py themselves: good answers pass, and each check objects to an answer that is spoiled for it.
And that every check code has a check, a test, or a reason. Needs no server."""

import ast
import collections
import json
import os
import re
import unittest

from rdap import conformance, mutations, rows, samples
from rdap.answer import Answer, Known, find
from rdap.schema_test import golden

# What golden answers lack, since the operator or a registrar has not entered it: of contacts without telephone or postal
# code nothing is withheld, and so nothing is listed.
KNOWN_GAPS = {
    "no_telephone_no_postal_code": {-63601, -63700, -65100},
    "registrar_of_whom_little_is_known": {-23200, -23300, -26100, -47400, -47402, -47500, -47700},
    "registrar_without_rdap": {-23200, -47701},
}

HERE = os.path.dirname(os.path.abspath(__file__))


def codes_in_test_names():
    """test_20300_head...: -20300."""
    found = set()
    for name in sorted(os.listdir(HERE)):
        if name.endswith("_test.py"):
            with open(os.path.join(HERE, name), encoding="utf-8") as file:
                for node in ast.walk(ast.parse(file.read())):
                    if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                        found |= {-int(code) for code in re.findall(r"(?<=_)\d{5}(?=_)", node.name + "_")}
    return found


class ConformanceTest(unittest.TestCase):
    def test_good_answers_are_good(self):
        for name, make in samples.SAMPLES.items():
            with self.subTest(name):
                self.assertEqual([], conformance.violations(make()))

    def test_every_check_objects_to_what_is_spoiled_for_it(self):
        for number, (code, sample, change) in enumerate(mutations.MUTATIONS):
            with self.subTest(code=code, sample=sample, number=number):
                answer = mutations.apply(sample, change)
                texts = [text for found, text in conformance.violations(answer, {code}) if found == code]
                self.assertTrue(texts)
                self.assertEqual([], [text for text in texts if text.startswith(conformance.UNREADABLE)])

    def test_every_check_has_something_spoiled_for_it(self):
        spoiled = collections.Counter(code for code, _, _ in mutations.MUTATIONS)
        self.assertEqual([], sorted(set(conformance.CHECKS) - set(spoiled)))
        self.assertEqual([], sorted(set(spoiled) - set(conformance.CHECKS)))

    def test_every_code_is_checked_or_tested_or_has_a_reason(self):
        done = set(conformance.CHECKS) | codes_in_test_names()
        self.assertEqual([], sorted(rows.FACTS - done - set(rows.ELSEWHERE)))
        self.assertEqual([], sorted(set(conformance.CHECKS) - rows.FACTS))
        self.assertEqual([], sorted(set(conformance.CHECKS) & set(rows.ELSEWHERE)))
        self.assertEqual([], sorted(set(rows.ELSEWHERE) - rows.FACTS))

    def test_rules_without_a_code(self):
        for change, expected in (
                (lambda body: body["redacted"][0]["name"].update(type="Registrant Shoe Size"), "redacted name"),
                (lambda body: body["redacted"].append(body["redacted"][0]), "redacted twice"),
                (lambda body: body["rdapConformance"].remove("redacted"), "redacted without"),
                (lambda body: body.update(paging_metadata={}), "paging_metadata without paging"),
                (lambda body: body["events"][0].update(eventActor=None), "null at ('events', 0, 'eventActor')")):
            answer = samples.domain()
            self.assertEqual([], list(conformance.rules_without_a_code(answer)))
            change(answer.body)
            (text,) = conformance.rules_without_a_code(samples.again(answer))
            self.assertTrue(text.startswith(expected), text)

    def test_golden_answers_pass_every_check(self):
        codes = {}
        for name, body in golden():
            if body.get("objectClassName") != "domain" or not name.startswith("states/"):
                continue
            raw = json.dumps(body).encode()
            answer = samples.again(Answer("domain", body["links"][0]["value"], 200, samples.domain().headers, raw,
                                          Known({3878: "https://rdap.registrar-one.example/",
                                                 1234: "https://rdap.registrar-two.example/rdap/"})))
            found = {code for code, _ in conformance.violations(answer)}
            if found:
                codes[name.removeprefix("states/").removesuffix(".json")] = found
        self.assertEqual(KNOWN_GAPS, codes)

    def test_paths_find_what_they_name(self):
        body = {"handle": "D1", "entities": [
            {"roles": ["technical"], "handle": "C1", "vcardArray": ["vcard", [
                ["fn", {}, "text", "Team"], ["tel", {"type": "voice"}, "uri", "tel:+1.5"],
                ["adr", {}, "text", ["", "", "Street", "City", "", "1", ""]]]]},
            {"roles": ["registrant", "technical"]}]}
        card = samples.T + samples.V
        for path, expected in (
                ("$.handle", ["D1"]), ("$.entities[0].handle", ["C1"]), ("$.entities[2]", []), ("$.none", []),
                (samples.T + ".handle", ["C1"]), (samples.R + ".handle", []), (card + "[?(@[0]=='fn')][3]", ["Team"]),
                (card + "[?(@[1].type=='voice')][3]", ["tel:+1.5"]), (card + "[?(@[1].type=='fax')]", []),
                (card + "[?(@[0]=='adr')][3][2]", ["Street"])):
            self.assertEqual(expected, find(body, path), path)
        for path in ("handle", "$..handle", "$.entities[*]", "$.entities[?(@.roles[0]==1)]", "", None):
            with self.assertRaises(ValueError):
                find(body, path)
