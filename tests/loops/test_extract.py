"""Files over the local Telegram: fetched, read by a process of its own, kept and let go."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.app import demo
from bot.app.vault import Vault, new_key
from bot.core.content.knowledge import Knowledge
from bot.core.model.extract import Extract
from bot.core.text.render import fill, plain
from bot.local_telegram import Attachment, LocalTelegram
from bot.loops import extract
from tests.invoices import Invoice, documents, invoice, layouts, pictures

WANG, CHEN, LI, GROUP = 1001, 1002, 2001, demo.FIRST_GROUP
PAPER: Invoice = invoice(3)


@pytest.fixture(scope="session")
def photo() -> Attachment:
    return Attachment("发票.jpg", pictures.picture(PAPER, pictures.clean(0)), "image/jpeg")


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "files", [new_key()])


async def test_a_photo_fills_the_ticket_and_reaches_the_agent(
    telegram: LocalTelegram, knowledge: Knowledge, path: Path, photo: Attachment
) -> None:
    wang, li, talk = telegram.person(WANG), telegram.person(LI), knowledge.texts.talk
    async with demo.desk_on(telegram, knowledge, path):
        await wang.sends(photo, caption="查不到这张", kind="photo")
        read = await wang.sees(PAPER.number)
        assert talk.button_cancel in read.buttons
        await wang.says("金额不对，是1300元")
        await wang.sees("1,300.00")
        await wang.says("我要转人工")
        await wang.says("转人工")
        await wang.sees("工单号")
        card = await li.sees("🎫", chat=GROUP)
        assert PAPER.number in card.text
        assert "1,300.00" in card.text
        assert "金额不一致" in card.text
        sent = await li.sees(lambda seen: "photo" in seen.raw, chat=GROUP, thread=card.thread)
        assert sent.thread == card.thread


@pytest.mark.parametrize("kind", ["pdf", "ofd", "xml"])
async def test_a_file_of_each_format_is_read(
    telegram: LocalTelegram, knowledge: Knowledge, path: Path, kind: str
) -> None:
    data = {
        "pdf": lambda: documents.pdf(layouts.framed(PAPER)),
        "ofd": lambda: documents.ofd(PAPER),
        "xml": lambda: documents.xml(PAPER),
    }[kind]()
    wang = telegram.person(WANG)
    async with demo.desk_on(telegram, knowledge, path):
        await wang.sends(Attachment(f"发票.{kind}", data), kind="document")
        told = await wang.sees(PAPER.number)
        assert PAPER.seller in told.text


async def test_a_broken_file_costs_itself_alone(
    telegram: LocalTelegram, knowledge: Knowledge, path: Path
) -> None:
    wang = telegram.person(WANG)
    async with demo.desk_on(telegram, knowledge, path):
        await wang.says("/diagnose")
        await wang.sends(Attachment("发票.pdf", b"%PDF-1.7 broken"), kind="document")
        await wang.sees(knowledge.texts.hints.person["unreadable"])
        await wang.says("完全查不到")
        await wang.sees(knowledge.diagnosis.facts["kind"].ask)


async def test_a_file_that_the_channel_will_not_hand_out_is_told(
    telegram: LocalTelegram, knowledge: Knowledge, path: Path, photo: Attachment
) -> None:
    telegram.faults.on("getFile", "too big")
    wang = telegram.person(WANG)
    async with demo.desk_on(telegram, knowledge, path):
        await wang.sends(photo, kind="photo")
        await wang.sees(knowledge.texts.hints.person["too_big"])


async def test_an_outage_while_a_file_is_fetched_is_waited_for(
    telegram: LocalTelegram, knowledge: Knowledge, path: Path, photo: Attachment, hasty: None
) -> None:
    telegram.faults.on("getFile", "error 500", times=2)
    wang = telegram.person(WANG)
    async with demo.desk_on(telegram, knowledge, path):
        await wang.sends(photo, kind="photo")
        await wang.sees(PAPER.number)


async def test_what_was_being_read_when_the_desk_ended_is_read_by_the_next(
    telegram: LocalTelegram, knowledge: Knowledge, path: Path, photo: Attachment, hasty: None
) -> None:
    telegram.faults.on("getFile", "timeout", times=1)
    wang = telegram.person(WANG)
    async with demo.desk_on(telegram, knowledge, path):
        await wang.sends(photo, kind="photo")
    async with demo.desk_on(telegram, knowledge, path):
        await wang.sees(PAPER.number)


async def test_files_are_kept_sealed_and_go_with_the_person(
    telegram: LocalTelegram, knowledge: Knowledge, path: Path, photo: Attachment, vault: Vault,
    eventually: Callable[[Callable[[], Awaitable[bool]]], Awaitable[None]],
) -> None:  # fmt: skip
    wang = telegram.person(WANG)
    async with demo.desk_on(telegram, knowledge, path, vault=vault):
        await wang.sends(photo, kind="photo")
        await wang.sees(PAPER.number)
        (name,) = vault.names()
        assert vault.get(name) == photo.data
        assert photo.data not in (vault.root / name).read_bytes()
        await wang.says("/delete")
        await wang.sees("无法恢复")
        await wang.presses(knowledge.texts.talk.button_delete)

        async def gone() -> bool:
            return not list(vault.names())

        await eventually(gone)


async def test_an_agent_has_a_kept_file_sent_into_the_topic_again(
    telegram: LocalTelegram, knowledge: Knowledge, path: Path, photo: Attachment, vault: Vault
) -> None:
    wang, li, staff = telegram.person(WANG), telegram.person(LI), knowledge.texts.staff
    async with demo.desk_on(telegram, knowledge, path, vault=vault):
        await wang.sends(photo, kind="photo")
        await wang.sees(PAPER.number)
        await wang.says("转人工")
        await wang.says("转人工")
        card = await li.sees("用户：王芳", chat=GROUP)
        await li.says("/files", chat=GROUP, thread=card.thread)
        asked = await li.sees(staff.files_which, chat=GROUP, thread=card.thread)
        (label,) = asked.buttons
        assert "photo-" in label
        await li.presses(label, asked)
        again = await li.sees(lambda seen: "document" in seen.raw, chat=GROUP, thread=card.thread)
        assert again.raw["document"]["file_name"].startswith("photo-")
        assert again.raw["document"]["file_size"] == len(photo.data)
        (name,) = vault.names()
        vault.delete(name)
        await li.presses(label, asked)
        await li.sees("已经没有保存了", chat=GROUP, thread=card.thread)


async def test_what_a_crash_left_in_the_vault_goes_at_the_next_start(
    telegram: LocalTelegram, knowledge: Knowledge, path: Path, vault: Vault, eventually: Any
) -> None:
    vault.put(b"nobody's")
    async with demo.desk_on(telegram, knowledge, path, vault=vault):
        await telegram.person(WANG).says("/help")

        async def gone() -> bool:
            return not list(vault.names())

        await eventually(gone)


async def test_two_people_with_one_invoice_are_shown_to_the_agents_alone(
    telegram: LocalTelegram, knowledge: Knowledge, path: Path
) -> None:
    wang, chen, li = telegram.person(WANG), telegram.person(CHEN), telegram.person(LI)
    async with demo.desk_on(telegram, knowledge, path):
        cards = []
        for person, name in ((wang, "王芳"), (chen, "老陈")):
            await person.says(f"号码{PAPER.number}查不到，11月20号开的")
            await person.sees(PAPER.number)
            await person.says("转人工")
            await person.says("转人工")
            await person.sees("工单号")
            cards.append(await li.sees(f"用户：{name}", chat=GROUP))
        first, second = (card.text.split()[1] for card in cards)
        for card, other in zip(cards, (second, first), strict=True):
            told = plain(fill(knowledge.texts.hints.staff["other_ticket"], tickets=other))
            await li.sees(told, chat=GROUP, thread=card.thread)
        for person, other in ((wang, second), (chen, first)):
            assert not [s for s in await person.history() if other in s.text]


async def test_a_machine_on_which_no_reader_starts_is_tried_again(
    telegram: LocalTelegram, knowledge: Knowledge, path: Path, photo: Attachment,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(extract, "AGAIN", 0.01)
    wang = telegram.person(WANG)
    async with demo.desk_on(telegram, knowledge, path) as desk:
        read, failures = desk.reader.read, [OSError("no process"), OSError("no process")]

        async def fails_twice(data: bytes, name: str = "") -> Extract:
            if failures:
                raise failures.pop()
            return await read(data, name)

        desk.reader.read = fails_twice  # type: ignore[method-assign]
        await wang.sends(photo, kind="photo")
        await wang.sees(PAPER.number)
        assert not failures
