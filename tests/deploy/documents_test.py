"""What documents and examples say is so: the README shows the example that is built, links lead somewhere, every
log event has an entry, and every setting file names only what exists."""

import os
import re
import subprocess
import sys
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def read(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return file.read()


def sources():
    for top in ("registry", "epp", "whois", "zonegen"):
        for folder, _, files in os.walk(os.path.join(ROOT, top)):
            yield from (os.path.join(folder, name) for name in files if name.endswith((".cc", ".h")))


class DocumentsTest(unittest.TestCase):
    def test_the_readme_shows_the_example_as_it_is_built(self):
        self.assertIn(read("examples", "in_memory", "main.cc").strip(), read("README.md"))

    def test_links_lead_somewhere(self):
        documents = ["README.md", "CONTRIBUTING.md"]
        documents += [os.path.join("docs", name) for name in os.listdir(os.path.join(ROOT, "docs")) if name.endswith(".md")]
        for document in documents:
            for target in re.findall(r"\]\(([^)#:]+)\)", read(document)):
                path = os.path.join(ROOT, os.path.dirname(document), target)
                self.assertTrue(os.path.exists(path), f"{document}: {target}")

    def test_every_log_event_is_explained(self):
        explained = read("docs", "LOG_EVENTS.md")
        for source in sources():
            with open(source, encoding="utf-8") as file:
                for event in re.findall(r'Log\(\s*(?:registry::)?LogLevel::k\w+,\s*"([^"]+)"', file.read()):
                    self.assertIn(f"`{event}`", explained, source)

    def test_setting_files_are_right(self):
        for program, arguments in (
            ("postel-whois", ["--config", "deploy/whois.conf"]),
            ("postel-worker", ["--config", "deploy/worker.conf"]),
            ("postel-zonegen", ["watch", "--config", "deploy/zonegen.conf"]),
        ):
            result = subprocess.run(
                [os.path.join(BUILD, "bin", program), *arguments, "--check"], cwd=ROOT, capture_output=True, text=True, timeout=60
            )
            self.assertEqual(result.returncode, 0, f"{program}: {result.stderr}")
        # The EPP server also opens its certificate, which an example cannot have: that it gets so far says the rest is right.
        result = subprocess.run(
            [os.path.join(BUILD, "bin", "postel-epp"), "--config", "deploy/epp.conf", "--check"],
            cwd=ROOT, capture_output=True, text=True, timeout=60,
        )
        self.assertIn("/etc/postel/tls/server.pem", result.stderr)


if __name__ == "__main__":
    BUILD = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1] + sys.argv[2:], verbosity=2)
