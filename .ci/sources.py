"""Which files the checks look at, and how they read C++."""

import os
import re
import sys

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), ".."))
FOLDERS = ("registry", "epp", "whois", "zonegen", "bench", "tests", "examples")


def source_files(root=ROOT):
    """Paths of all C++ files of the checkout, relative to its root."""
    for top in FOLDERS:
        for folder, subfolders, names in os.walk(os.path.join(root, top)):
            subfolders.sort()
            for name in sorted(names):
                if name.endswith((".h", ".cc")):
                    yield os.path.relpath(os.path.join(folder, name), root)


def read(path, root=ROOT):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


_TOKENS = re.compile(
    r'//(?:\\\n|[^\n])*'                                      # comment
    r'|/\*.*?\*/'                                             # comment
    r'|(?:\b(?:u8|[uUL]))?R"(?P<mark>[^\s()\\]{0,16})\(.*?\)(?P=mark)"'  # raw string
    r'|"(?:\\.|[^"\\\n])*"'                                   # string
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'",                  # character, not a digit separator
    re.DOTALL)


def without_comments_and_strings(text):
    """The text with comments and the insides of literals blanked; line numbers stay."""
    def blank(match):
        token = match.group(0)
        inside = re.sub(r"[^\n]", " ", token)
        if token.startswith("/"):
            return inside
        return '"' + inside[1:-1] + '"'
    return _TOKENS.sub(blank, text)


def without_comments(text):
    def blank(match):
        token = match.group(0)
        return re.sub(r"[^\n]", " ", token) if token.startswith("/") else token
    return _TOKENS.sub(blank, text)


def report(name, problems, looked_at):
    """Prints the problems; the exit code of the check."""
    for problem in problems:
        print(problem)
    if problems:
        print(f"{name}: {len(problems)} problem(s)", file=sys.stderr)
        return 1
    print(f"{name}: {looked_at} files, no problem")
    return 0
