"""What documents and examples say is so: the README shows the example that is built, links lead somewhere, every
log event has an entry, and every setting file names only what exists."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
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

    def test_every_file_of_the_table_of_standards_is_there(self):
        table = read("docs", "EPP.md").split("## Standards")[1].split("\n## ")[0]
        rows = [row for row in table.splitlines() if re.match(r"\| (RFC|draft)", row)]
        self.assertGreater(len(rows), 15)
        for row in rows:
            _, _, _, files, tests, _ = row.split("|")
            self.assertTrue(re.findall(r"`([^`]+)`", files) and re.findall(r"`([^`]+)`", tests), row)
            for path in re.findall(r"`([^`]+)`", files + tests):
                path = re.sub("^golden/", "tests/golden/epp/", re.sub("^rst/", "tests/end_to_end/rst/", path))
                self.assertTrue(os.path.exists(os.path.join(ROOT, path)), row)

    def test_every_extension_that_is_offered_stands_in_the_table(self):
        namespaces = read("epp", "namespaces.h")
        offered = re.findall(r"ExtensionService\{(k\w+),", read("epp", "services.h"))
        self.assertGreater(len(offered), 8)
        told = read("docs", "EPP.md").split("## Extensions")[1].split("\n## ")[0]
        for name in offered:
            uri = re.search(rf'{name} =\s*"urn:ietf:params:xml:ns:([^"]+)"', namespaces).group(1)
            self.assertIn(f"| {uri} ", told)

    def test_every_metric_that_documents_name_exists(self):
        named = set()
        for source in sources():
            with open(source, encoding="utf-8") as file:
                named.update(re.findall(r'"([a-z]+_[a-z_]+)"', file.read()))
        for document in ("OPERATIONS.md", "EPP.md", "WHOIS_RDAP.md", "LOG_EVENTS.md"):
            for metric in re.findall(r"`postel_([a-z_]+)[`{]", read("docs", document)):
                self.assertIn(metric, named, document)

    def test_the_operator_is_told_options_that_postelctl_has(self):
        text = read("docs", "OPERATIONS.md").replace("\\\n", "")
        commands = re.findall(r"^    as-postel postelctl ([a-z ]*[a-z])(.*)", text, re.MULTILINE)
        self.assertIn("registrar create gold", [words for words, _ in commands])
        for words, rest in commands:
            options = set(re.findall(r" (--[a-z-]+)", rest))
            if not options:
                continue
            known = subprocess.run(
                [os.path.join(BUILD, "bin", "postelctl"), *words.split()[:2], "--help"], capture_output=True, text=True, timeout=60
            ).stdout
            for option in options:
                self.assertIn(option + " ", known, words)

    def units(self):
        folder = os.path.join(ROOT, "deploy", "systemd")
        for name in sorted(os.listdir(folder)):
            yield name, read("deploy", "systemd", name)

    def test_units_go_on_trying_and_point_to_what_is_there(self):
        for name, text in self.units():
            with self.subTest(name):
                unit, service = re.search(r"\[Unit\](.*)\[Service\](.*)\[Install\]", text, re.DOTALL).groups()
                self.assertIn("\nStartLimitIntervalSec=0\n", unit)
                documentation = re.search(r"Documentation=file:/usr/share/doc/postel/(\S+)", unit).group(1)
                self.assertTrue(os.path.exists(os.path.join(ROOT, "docs", documentation)), documentation)
                words = re.search(r"ExecStart=/usr/bin/(\S+)( cds)?", service).groups("")
                self.assertEqual(name, "".join(words).replace(" ", "-") + ".service")
                # SIGHUP re-reads something in postel-epp only.
                self.assertEqual("ExecReload=" in service, name in ("postel-epp.service", "postel-whois.service"))

    @unittest.skipUnless(shutil.which("systemd-analyze"), "no systemd here")
    def test_units_are_what_systemd_understands(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in self.units():
                path = os.path.join(folder, name)
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text.replace("/usr/bin/", os.path.join(BUILD, "bin", "")))
                result = subprocess.run(["systemd-analyze", "verify", path], capture_output=True, text=True, timeout=60)
                complaints = [line for line in result.stderr.splitlines() if name in line]
                self.assertEqual(complaints, [])

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
