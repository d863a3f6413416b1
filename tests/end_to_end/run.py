"""Runs one module of tests and leaves the list of its cases where deploy/test counts them.

    run.py MODULE BUILD_FOLDER [unittest arguments]
"""

import os
import sys
import time
import unittest
import xml.etree.ElementTree as ElementTree

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True


class RecordingResult(unittest.TextTestResult):
    """Remembers how each case ended."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.cases = {}

    def startTest(self, test):
        self.cases[test.id()] = None
        super().startTest(test)

    def _record(self, test, kind, text):
        self.cases[test.id()] = (kind, text)

    def addError(self, test, error):
        super().addError(test, error)
        self._record(test, "failure", self.errors[-1][1])

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self._record(test, "failure", self.failures[-1][1])

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error is not None:
            self._record(test, "failure", str(error[1]))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._record(test, "skipped", reason)


def write_report(path, module, result, seconds):
    suite = ElementTree.Element("testsuite", name=module, time=f"{seconds:.3f}")
    for name, outcome in result.cases.items():
        case = ElementTree.SubElement(suite, "testcase", name=name, status="run")
        if outcome is None:
            continue
        if outcome[0] == "skipped":
            case.set("result", "skipped")
        ElementTree.SubElement(case, outcome[0]).text = outcome[1]
    os.makedirs(os.path.dirname(path), exist_ok=True)
    ElementTree.ElementTree(suite).write(path, encoding="unicode")


def main():
    module, build = sys.argv[1], os.path.abspath(sys.argv[2])
    os.environ["POSTEL_BUILD"] = build
    program = unittest.main(
        module=module,
        argv=[module] + sys.argv[3:],
        testRunner=TimedRunner(module, build),
        exit=False,
    )
    sys.exit(not program.result.wasSuccessful())


class TimedRunner:
    def __init__(self, module, build):
        self.module = module
        self.path = os.path.join(build, "test_results", module + ".xml")

    def run(self, suite):
        start = time.monotonic()
        runner = unittest.TextTestRunner(stream=sys.stdout, verbosity=2, resultclass=RecordingResult)
        result = runner.run(suite)
        write_report(self.path, self.module, result, time.monotonic() - start)
        return result


if __name__ == "__main__":
    main()
