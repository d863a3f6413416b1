"""Programs that a run starts. All that still run are ended with it, by their own process group."""

import contextlib
import os
import signal
import subprocess

_running = set()


class Failed(Exception):
    """A program failed, or said something that nobody expects."""


def start(words, **options):
    """In a group of its own, so that Ctrl-C reaches only us, who end them in order."""
    child = subprocess.Popen([str(word) for word in words], stdin=subprocess.DEVNULL, start_new_session=True, **options)
    _running.add(child)
    return child


def finish(child, timeout=None):
    """Waits for its end; returns (exit code, standard output)."""
    output, _ = child.communicate(timeout=timeout)
    _running.discard(child)
    return child.returncode, output


def run(words, errors_in, **options):
    """Its standard output, as text; Failed with its last words if it does not exit with 0."""
    with open(errors_in, "w+", encoding="utf-8") as errors:
        child = start(words, stdout=subprocess.PIPE, stderr=errors, text=True, **options)
        code, output = finish(child)
        if code != 0:
            raise Failed(f"{os.path.basename(str(words[0]))} ended with {code}: {last_words(errors, output)}")
    return output


def run_measured(words, errors_in, **options):
    """The same with what it used, as wait4 tells."""
    with open(errors_in, "w+", encoding="utf-8") as errors, open(errors_in + ".out", "w+", encoding="utf-8") as output:
        child = start(words, stdout=output, stderr=errors, text=True, **options)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        _running.discard(child)
        output.seek(0)
        text = output.read()
        if child.returncode != 0:
            raise Failed(f"{os.path.basename(str(words[0]))} ended with {child.returncode}: {last_words(errors, text)}")
    return text, usage


def last_words(errors, output=""):
    errors.seek(0)
    lines = (errors.read().strip() or (output or "").strip()).splitlines()
    return " / ".join(lines[-3:])[-300:]


def end(child, wait_seconds=10):
    """Asks the child and what it started to end, then makes it."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        if child.poll() is not None:
            break
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(wait_seconds)
    for stream in (child.stdout, child.stderr):
        if stream:
            stream.close()
    _running.discard(child)


@contextlib.contextmanager
def deaf():
    """Ctrl-C and its like wait for nothing here: what is begun inside, ending and removing, is done."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, signal.SIG_IGN) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before):
            signal.signal(number, handler)


def end_all():
    for child in list(_running):
        end(child)
