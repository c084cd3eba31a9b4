"""Whatever a file does to its worker costs that file alone, and the desk goes on."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path

import pytest
import pytest_asyncio

from bot.confined.framing import frame
from bot.confined.process import NoProcess
from bot.core.model.extract import Extract, Problem
from bot.intake import BYTES
from bot.intake.workers import Workers

UNRULY = "tests.intake.unruly"


@pytest_asyncio.fixture
async def workers() -> AsyncIterator[Workers]:
    async with Workers(seconds=5, reader=UNRULY) as workers:
        yield workers


async def test_a_file_and_its_name_arrive_whole(workers: Workers) -> None:
    data = b"tell " + b"x" * (BYTES - 5)
    told = (await workers.read(data, "../发票.PDF")).host
    assert told.startswith(f"{BYTES - 5} of ../发票.PDF,")


@pytest.mark.parametrize(
    ("order", "problem"),
    [
        (b"spin", "slow"),
        (b"sleep", "slow"),
        (b"segfault", "crashed"),
        (b"outlast", "slow"),
        (b"abort", "crashed"),
        (b"raise", "crashed"),
        (b"eat 300000000", "crashed"),
        (b"many 70000", "crashed"),
    ],
)
async def test_what_happens_to_a_file_costs_that_file_alone(order: bytes, problem: Problem) -> None:
    async with Workers(seconds=0.3, reader=UNRULY) as workers:
        lost, fine = await asyncio.gather(workers.read(b"%PDF- "), workers.read(b"tell"))
        lost = await workers.read(order)
        assert lost == Extract("other", problem=problem)
        assert fine.problem is None
        assert (await workers.read(b"tell")).host.startswith("0 of")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0",
        frame(b""),
        frame(b"{}"),
        frame(b"[1]"),
        frame(b"\xff\xfe{"),
        frame(b'{"format": "pdf"')[:-4],
        b"\xff\xff\xff\xff" + b"{}",
        frame(json.dumps({**asdict(Extract("pdf")), "format": "exe"}).encode()),
        frame(json.dumps({**asdict(Extract("pdf")), "problem": "none"}).encode()),
        frame(json.dumps({**asdict(Extract("pdf")), "invoices": "1"}).encode()),
        frame(json.dumps({**asdict(Extract("pdf")), "told": [["number", "1", "qr"]]}).encode()),
        frame(
            json.dumps(
                {
                    **asdict(Extract("pdf")),
                    "told": [{"key": "owner", "value": "1", "source": "qr"}],
                }
            ).encode()
        ),
    ],
)
async def test_a_forged_answer_is_not_believed(workers: Workers, answer: bytes) -> None:
    extract = await workers.read(b"forge " + answer.hex().encode())
    assert extract == Extract("other", problem="crashed")


async def test_an_answer_may_be_of_any_kind_that_readers_give(workers: Workers) -> None:
    answer = asdict(Extract("pdf", problem="too_long", invoices=3))
    answer["told"] = [{"key": "number", "value": "26112000000000000001", "source": "text"}]
    extract = await workers.read(b"forge " + frame(json.dumps(answer).encode()).hex().encode())
    assert extract.told[0].value == "26112000000000000001"
    assert (extract.format, extract.problem, extract.invoices) == ("pdf", "too_long", 3)


async def test_a_worker_inherits_no_file_of_the_desk(tmp_path: Path) -> None:
    with (tmp_path / "open").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        async with Workers(reader=UNRULY) as workers:
            seen = (await workers.read(b"descriptors")).host
    # Its input, where libraries print to, twice and by another number, and where it answers.
    assert seen == "0,1,2,3,4"


async def test_a_worker_knows_nothing_of_the_desks_environment(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAPIAO_TOKEN", "1:secret")
    await workers.read(b"tell")  # the spare may be older
    seen = (await workers.read(b"environment")).host
    assert "FAPIAO_TOKEN" not in seen
    assert "HOME" not in seen


async def test_nothing_a_library_prints_spoils_an_answer(
    workers: Workers, capfd: pytest.CaptureFixture[str]
) -> None:
    assert (await workers.read(b"print")).host == "printed"
    assert capfd.readouterr() == ("", "")


async def test_a_signal_that_reaches_the_whole_group_does_not_cost_a_file(workers: Workers) -> None:
    reading = asyncio.create_task(workers.read(b"pause 0.2"))
    await asyncio.sleep(0.1)
    for process in workers._running:
        for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            process.send_signal(signum)
    assert (await reading).problem is None


async def test_what_a_machine_lacks_is_told_once(
    workers: Workers, caplog: pytest.LogCaptureFixture
) -> None:
    layers = {"limits": "", "seccomp": "[Errno 38] Function not implemented"}
    for _ in range(3):
        workers._confined(layers)
    assert caplog.messages == [
        "files are read without seccomp: [Errno 38] Function not implemented"
    ]


async def test_no_process_sees_two_files(workers: Workers) -> None:
    told = [(await workers.read(b"pause 0")).host for _ in range(4)]
    assert len(set(told)) == 4


async def test_a_few_files_are_read_together_and_the_others_wait_their_turn() -> None:
    done: list[int] = []

    async with Workers(most=1, reader=UNRULY) as few:

        async def read(number: int) -> None:
            assert (await few.read(b"pause 0.05")).problem is None
            done.append(number)

        reading = asyncio.gather(*map(read, range(5)))
        most = 0
        while not reading.done():
            most = max(most, len(few._running))
            await asyncio.sleep(0.005)
        await reading
    assert done == [0, 1, 2, 3, 4]
    assert most <= 2  # one reads, one is the spare


async def test_a_reading_that_is_called_off_ends_its_process(workers: Workers) -> None:
    reading = asyncio.create_task(workers.read(b"spin"))
    await asyncio.sleep(0.2)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert (await workers.read(b"tell")).problem is None
    assert len(workers._running) <= 1


async def test_closing_ends_what_is_being_read() -> None:
    workers = Workers(most=1, reader=UNRULY)
    await workers.read(b"tell")
    assert workers._spare is not None
    await workers._spare  # so that the next is read at once
    reading = asyncio.create_task(workers.read(b"spin"))
    waiting = asyncio.create_task(workers.read(b"tell"))
    await asyncio.sleep(0.3)
    await workers.close()
    assert (await reading).problem == "crashed"
    with pytest.raises(NoProcess):
        await waiting
    assert not workers._running
    assert workers._spare is None


async def test_nothing_is_left_open_after_many_files() -> None:
    before = len(os.listdir("/dev/fd"))
    started: set[int] = set()
    async with Workers(reader=UNRULY) as workers:
        for order in (b"tell", b"abort", b"raise", b"print", b"eat 300000000"):
            await workers.read(order)
            started |= {process.pid for process in workers._running}
    assert started
    assert not any(map(is_there, started))
    assert len(os.listdir("/dev/fd")) <= before + 1  # the loop's own watch over children


def is_there(number: int) -> bool:
    """Whether a process lives, or has ended and was not collected."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_spare_that_dies_meanwhile_costs_no_file(workers: Workers) -> None:
    assert workers._spare is not None
    process = await workers._spare
    process.kill()
    await process.wait()
    assert (await workers.read(b"tell")).problem is None


async def test_a_machine_that_starts_no_worker_is_told_of_with_the_reason() -> None:
    async with Workers(reader="tests.intake.nowhere") as workers:
        with pytest.raises(NoProcess, match=r"No module named 'tests\.intake\.nowhere'"):
            await workers.read(b"tell")


async def test_a_machine_that_starts_workers_again_reads_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    async with Workers(reader=UNRULY) as workers:
        with pytest.raises(NoProcess, match="/nowhere"):
            await workers.read(b"tell")
        monkeypatch.undo()
        assert (await workers.read(b"tell")).problem is None


async def test_a_file_over_the_limit_never_reaches_a_worker(workers: Workers) -> None:
    extract = await workers.read(b"%PDF-1.7" + bytes(BYTES))
    assert extract == Extract("pdf", problem="too_big")
