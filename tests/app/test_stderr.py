"""Nothing that identifies somebody is on standard error, whatever a process ends with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VALUES = {
    "13800001234": "138****1234",
    "91110108MA01A2B3C4": "9111****C4",
    "wangfang@example.cn": "w***@example.cn",
    "110101199003070011": "",
    "6222021234567890128": "",
}
"""Private values, and what is left of them where that tells that they were written."""
SAID = "，".join(VALUES)

WAYS = {
    "a warning": "warnings.warn(said)",
    "a last traceback": "raise LookupError(said)",
    "a note of one": """
error = LookupError("no")
error.add_note(said)
raise error
""",
    "what led to one": """
try:
    raise LookupError(said)
except LookupError as error:
    raise RuntimeError("later") from error
""",
    "one of several": "raise ExceptionGroup('two', [LookupError(said), ValueError(said)])",
    "what is shown of a key": "{}[said]",
    "one that is no Exception": "raise BaseException(said)",
    "a last word": "sys.exit(said)",
    "a task that nobody asked": """
async def fails():
    raise LookupError(said)
async def main():
    asyncio.create_task(fails())
    await asyncio.sleep(0)
asyncio.run(main())
""",
    "a callback": """
def fails():
    raise LookupError(said)
async def main():
    asyncio.get_running_loop().call_soon(fails)
    await asyncio.sleep(0.01)
asyncio.run(main())
""",
    "a loop that ends": """
async def main():
    raise LookupError(said)
asyncio.run(main())
""",
    "a thread": """
def fails():
    raise LookupError(said)
thread = threading.Thread(target=fails, name=said)
thread.start()
thread.join()
""",
    "a finalizer": """
class Fails:
    def __del__(self):
        raise LookupError(said)
Fails()
""",
    "a finalizer at the end": """
class Fails:
    def __init__(self, said):
        self.said = said
    def __del__(self):
        raise LookupError(self.said)
kept = Fails(said)
""",
    "what is done at the end": """
def fails():
    raise LookupError(said)
atexit.register(fails)
""",
    "a record that cannot be formatted": "logging.getLogger('x').error('%d', said)",
    "a log without a handler": """
logging.getLogger().handlers.clear()
logging.getLogger('x').error(said)
""",
    "an exception that is logged": """
try:
    raise LookupError(said)
except LookupError:
    logging.getLogger('x').exception('no')
""",
    "pieces": """
for letter in said:
    sys.stderr.write(letter)
sys.stderr.write("\\n")
""",
    "bytes": "sys.stderr.buffer.write(said.encode())",
    "no line": "sys.stderr.write(said)",
    "more than any buffer": "print('x ' * 4090 + '，'.join([said] * 900), file=sys.stderr)",
    "the stream that Python keeps": "print(said, file=sys.__stderr__)",
    "colours": "print(said.replace('，', '\\x1b[0m，\\x1b[35m'), file=sys.stderr)",
}


def shown(code: str, begin: str = "from bot.app.stderr import mask; mask()") -> str:
    """What a process writes to standard error that begins so and runs this."""
    given = [
        "import asyncio, atexit, logging, sys, threading, warnings",
        begin,
        f"said = {SAID!a}",
        f"code = {code!r}",
        "exec(code, globals())" if begin is not COMMAND else "app(['fail'], prog_name='x')",
    ]
    command = [sys.executable, "-c", "\n".join(given)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=30)
    assert done.stdout == b""
    return done.stderr.decode()


COMMAND = """
import pydantic
from bot.__main__ import app
from bot.cli.output import start_log
@app.command()
def fail():
    exec(code, globals())
"""
"""One more command of the desk, which runs it."""


@pytest.mark.parametrize("way", WAYS)
def test_what_identifies_somebody_is_masked_on_every_way_to_standard_error(way: str) -> None:
    text = shown(WAYS[way])
    assert [value for value in VALUES if value in text] == []
    assert [left for left in VALUES.values() if left not in text] == []


@pytest.mark.parametrize(
    ("cut", "left"),
    [
        ("['911101...2B3C4']", "['...']"),
        ("'电话 1380000...'", "'电话 ...'"),
        ("...fang@example.cn is no", "... is no"),
        ("waiting for Telegram...", "waiting for Telegram..."),
        ("tried 5 times ... and gave up", "tried 5 times ... and gave up"),
    ],
)
def test_half_a_value_is_none_that_is_left(cut: str, left: str) -> None:
    assert shown(f"print({cut!r}, file=sys.stderr)") == left + "\n"


def test_a_command_masks_its_last_traceback_and_shows_no_values_of_its_frames() -> None:
    code = """
kept = said
raise LookupError("with " + said)
"""
    text = shown(code, COMMAND)
    assert [value for value in VALUES if value in text] == []
    first, *_, last = text.splitlines()
    assert first == "Traceback (most recent call last):"
    assert last.startswith("LookupError: with 138****1234")
    assert text.count("138****1234") == 1


def test_a_command_masks_what_is_said_beside_its_log() -> None:
    code = """
class Draft(pydantic.BaseModel):
    number: int
async def fails():
    raise LookupError(said)
async def main():
    asyncio.create_task(fails())
    await asyncio.sleep(0)
start_log("INFO", "1:s3cret", "")
start_log("INFO", "another")
Draft.model_construct(number=said).model_dump_json()
warnings.warn("1:s3cret and another")
asyncio.run(main())
logging.getLogger("bot").info(said)
Draft(number=said)
"""
    text = shown(code, COMMAND)
    assert [value for value in VALUES if value[:7] in text] == []
    assert text.count("input_value=***\n") == 2  # of its warning and of its error
    assert "UserWarning: *** and ***" in text
    assert text.count("138****1234") == 3  # of the task, of its error, of the log
    assert "Task exception was never retrieved" in text
    assert " INFO bot: 138****1234" in text


def test_what_is_not_private_is_shown_as_it_was_written() -> None:
    text = "第一行\n\ud800 second\r\nthird\ttab"
    assert shown(f"sys.stderr.write({text!a})") == text.replace("\ud800", "\\ud800")


def test_a_process_without_standard_error_works() -> None:
    assert (
        shown("sys.stdin.close()", "sys.stderr = None; from bot.app.stderr import mask; mask()")
        == ""
    )
