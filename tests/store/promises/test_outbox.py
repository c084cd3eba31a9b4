"""The outbox: in order within a place, places side by side, and where everything went."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.model.chart import Bars, Part
from bot.core.model.effects import (
    Amend,
    Button,
    Chat,
    Edit,
    Group,
    Outgoing,
    Picture,
    Place,
    Read,
    Relay,
    Respond,
    Role,
    Room,
    Send,
    TakeBack,
    Topic,
)
from bot.core.model.message import Item, Person, Ref
from bot.store import Order
from bot.store.protocol import Store

CASE = "conversation:telegram:1001"
HERE, GROUP, ELSEWHERE = "telegram:1001", "telegram:-100", "telegram:-200"
WANG, CHEN, ROOM = Chat(HERE), Chat("telegram:1002"), Room("F2222", "frontline")
PHOTOS = tuple(Item(Ref(HERE, n), "photo", f"file{n}", html="<b>截图</b>") for n in (11, 12))
LI = Person("telegram:2001", "小李")
TAKE_BACK = TakeBack(to=WANG, refs=(Ref(GROUP, 5),), ticket="F2222", by=LI, asked=Ref(GROUP, 9))
CHART = Bars(title="现有工单", unit="单", categories=("一线",), parts=(Part("待接单", (3, None)),))


def send(text: str, to: Place = WANG, key: str = "") -> Send:
    return Send(to=to, text=text, key=key)


def put(store: Store, *effects: Outgoing, now: float = 0) -> None:
    with store.writing():
        store.outbox.put(CASE, effects, now)


def ready(store: Store, now: float = 0) -> list[Order]:
    return store.outbox.ready(now, 10)


def texts(orders: list[Order]) -> list[str]:
    return [order.effect.text for order in orders if isinstance(order.effect, Send)]


@pytest.mark.parametrize(
    "effect",
    [
        Send(to=WANG, text="<b>好</b>", buttons=((Button("是", "yes"), Button("否", "no")),)),
        Send(to=ROOM, text="卡片", key="card", reply_to=Ref(GROUP, 5)),
        Send(to=Group("frontline"), text="注意"),
        Send(to=WANG, text="公告", news=True),
        Picture(to=Role("operators"), chart=CHART, text="<b>日报</b>", key="digest"),
        Edit(to=ROOM, key="card", text="新卡片", buttons=((Button("接单", "claim:F2222"),),)),
        Respond(to=WANG, query="q1", text="已接单", alert=True),
        Relay(to=ROOM, items=PHOTOS, reply_to=Ref(HERE, 4)),
        Amend(to=ROOM, item=Item(Ref(HERE, 11), "text", html="改过了")),
        TAKE_BACK,
        Topic(to=ROOM, title="F2222", closed=True),
        Read(to=WANG, items=PHOTOS, text="查不到这张"),
    ],
    ids=lambda effect: effect.kind,
)
def test_every_effect_comes_out_as_it_was_put_in(store: Store, effect: Outgoing) -> None:
    put(store, effect, now=3)
    (order,) = ready(store, now=3)
    assert order.effect == effect
    assert (order.subject, order.attempts, order.due_at) == (CASE, 0, 3)


def test_a_place_gets_one_thing_after_the_other(store: Store) -> None:
    put(store, send("一"), send("二"), send("三"))
    heard = []
    while orders := ready(store):
        (order,) = orders
        heard += texts([order])
        store.outbox.sent(order, HERE, [len(heard)], 0)
    assert heard == ["一", "二", "三"]
    assert store.outbox.backlog() == 0


def test_places_do_not_wait_for_one_another(store: Store) -> None:
    put(store, send("一"), send("二"), send("三", CHEN), send("四", ROOM), send("五", Group("t")))
    assert texts(ready(store)) == ["三", "一", "四", "五"]
    busy = store.outbox.ready(0, 10, busy=["chat:telegram:1001", "group:t"])
    assert texts(busy) == ["三", "四"]
    assert texts(store.outbox.ready(0, 2)) == ["三", "一"]


def test_the_answer_to_a_press_waits_for_nothing(store: Store) -> None:
    put(store, send("一"), Respond(to=WANG, query="q1"), Respond(to=WANG, query="q2"))
    assert [order.effect.kind for order in ready(store)] == ["respond", "respond", "send"]


def test_what_is_to_be_tried_later_holds_its_place_until_then(store: Store) -> None:
    put(store, send("一"), send("二"), send("三", CHEN))
    _, first = ready(store)
    store.outbox.later(first, 60, "too many requests")
    assert texts(ready(store, now=59)) == ["三"]
    assert store.outbox.next_due(59) == 60
    _, again = ready(store, now=60)
    assert (texts([again]), again.attempts) == (["一"], 1)


def test_what_cannot_be_done_lets_the_next_go_on(store: Store) -> None:
    put(store, send("一"), send("二"))
    store.outbox.fail(ready(store)[0], "blocked", 0)
    assert texts(ready(store)) == ["二"]
    assert store.outbox.backlog() == 1


def test_an_order_knows_what_those_behind_it_take_back(store: Store) -> None:
    first, second = (TAKE_BACK, replace(TAKE_BACK, refs=(Ref(GROUP, 6), Ref(GROUP, 7))))
    relays = [Relay(to=WANG, items=(Item(Ref(GROUP, n), "text"),)) for n in (5, 6)]
    put(store, TAKE_BACK, relays[0], first, relays[1], second)
    put(store, replace(TAKE_BACK, to=CHEN, refs=(Ref(GROUP, 8),)))
    taken: list[frozenset[Ref]] = []
    while (order := next((o for o in ready(store) if o.effect.to == WANG), None)) is not None:
        taken.append(store.outbox.taken_back(order))
        with store.writing():
            store.outbox.sent(order, HERE, [], now=1)
    later = {Ref(GROUP, 6), Ref(GROUP, 7)}
    assert taken == [{Ref(GROUP, 5)} | later, {Ref(GROUP, 5)} | later, later, later, set()]


def test_without_anything_to_wait_for_there_is_no_next_time(store: Store) -> None:
    assert store.outbox.next_due(0) is None
    put(store, send("一"))
    assert store.outbox.next_due(0) is None


def test_a_key_names_the_latest_message_that_was_sent_with_it_there(store: Store) -> None:
    put(store, send("旧卡片", ROOM, "card"), send("新卡片", ROOM, "card"))
    assert store.outbox.named(ROOM, "card") is None
    for message in (21, 22):
        store.outbox.sent(ready(store)[0], GROUP, [message], 0)
    assert store.outbox.named(ROOM, "card") == 22
    assert store.outbox.named(WANG, "card") is None
    put(store, send("别的", CHEN, "card"))
    store.outbox.fail(ready(store)[0], "blocked", 0)
    assert store.outbox.named(CHEN, "card") is None


@pytest.mark.parametrize("news", [True, False])
def test_a_key_names_a_picture_and_what_is_news_as_well(store: Store, news: bool) -> None:
    put(store, Picture(to=ROOM, chart=CHART, text="日报", key="digest", news=news))
    store.outbox.sent(ready(store)[0], GROUP, [21, 22], 0)
    assert store.outbox.named(ROOM, "digest") == 22
    put(store, Send(to=ROOM, text="没有图", key="digest", news=not news))
    store.outbox.sent(ready(store)[0], GROUP, [23], 0)
    assert store.outbox.named(ROOM, "digest") == 23


def test_a_picture_that_is_news_is_passed_by_what_people_wait_for(store: Store) -> None:
    picture = Picture(to=ROOM, chart=CHART, text="日报")
    put(store, picture, send("卡片", ROOM))
    assert texts(ready(store)) == ["卡片"]
    assert [order.effect for order in store.outbox.ready(0, 10, news=1)][1:] == [picture]


def test_each_piece_of_an_album_and_its_copy_find_one_another(store: Store) -> None:
    put(store, Relay(to=ROOM, items=PHOTOS))
    store.outbox.sent(ready(store)[0], GROUP, [31, 32], 0)
    pairs = [(Ref(HERE, 11), Ref(GROUP, 31)), (Ref(HERE, 12), Ref(GROUP, 32))]
    for source, copy in pairs:
        assert store.outbox.counterpart(source, copy.chat) == copy.message
        assert store.outbox.counterpart(copy, source.chat) == source.message
    assert store.outbox.counterpart(Ref(HERE, 11), ELSEWHERE) is None
    assert store.outbox.counterpart(Ref(HERE, 13), GROUP) is None


def test_a_message_knows_what_it_came_from(store: Store) -> None:
    put(store, send("卡片", ROOM, "card"))
    store.outbox.sent(ready(store)[0], GROUP, [21], 0)
    assert store.outbox.origin(Ref(GROUP, 21)) == (
        "conversation:telegram:1001",
        "room:F2222:frontline",
    )
    assert store.outbox.origin(Ref(ELSEWHERE, 21)) is None


def test_every_piece_of_an_album_knows_what_it_came_from_and_what_it_was_copied_to(
    store: Store,
) -> None:
    album = tuple(Item(Ref(HERE, number), "photo") for number in (11, 12, 13))
    put(store, Relay(to=ROOM, items=album))
    store.outbox.sent(ready(store)[0], GROUP, [21, 22, 23], 0)
    for ref in (Ref(GROUP, 21), Ref(GROUP, 22), Ref(HERE, 11), Ref(HERE, 13)):
        assert store.outbox.origin(ref) == ("conversation:telegram:1001", "room:F2222:frontline")


def test_what_was_said_in_a_room_is_of_the_room_also_when_it_was_copied_to_the_person(
    store: Store,
) -> None:
    said, note = Item(Ref(GROUP, 41), "text"), Ref(GROUP, 42)
    put(store, Relay(to=WANG, items=(said,)))
    store.outbox.sent(ready(store)[0], HERE, [51], 0)
    assert store.outbox.origin(said.ref) == ("conversation:telegram:1001", "chat:telegram:1001")
    for ref in (said.ref, note, note):
        store.outbox.heard(ref, "conversation:telegram:1001", "room:F2222:frontline")
        assert store.outbox.origin(ref) == ("conversation:telegram:1001", "room:F2222:frontline")
    assert store.outbox.counterpart(said.ref, HERE) == 51
    assert store.outbox.counterpart(Ref(HERE, 51), GROUP) == 41
    assert store.outbox.counterpart(note, HERE) is None
    store.retention.forget("conversation:telegram:1001")
    assert store.outbox.origin(note) is None


def test_people_come_before_groups_and_news_comes_last(store: Store) -> None:
    news = Send(to=WANG, text="公告", news=True)
    put(store, news, send("卡片", ROOM), send("答复"), send("您好", CHEN))
    assert texts(ready(store)) == ["您好", "答复", "卡片", "公告"]
    assert texts(store.outbox.ready(0, 10, (), 1)) == ["您好", "答复", "卡片"]
    assert texts(store.outbox.ready(0, 10, ["chat:telegram:1001"], 0)) == ["您好"]


def test_of_what_was_carried_out_after_its_person_was_erased_nothing_is_kept(store: Store) -> None:
    item = Item(Ref(HERE, 5), "photo")
    put(store, Relay(to=WANG, items=(item,)), Read(to=WANG, items=(item,), text="写过的话"))
    orders = ready(store)
    assert len(orders) == 2
    store.retention.forget(orders[0].subject)
    assert [store.outbox.sent(order, ELSEWHERE, [77], 1.0) for order in orders] == [False, False]
    assert store.outbox.counterpart(item.ref, ELSEWHERE) is None


def test_whoever_was_last_to_get_something_to_wait_for_is_first(store: Store) -> None:
    put(store, send("一"), send("三", CHEN), send("二"))
    assert texts(ready(store)) == ["一", "三"]
    assert [order.newest - order.id for order in ready(store)] == [2, 0]


def test_of_what_nobody_waits_for_no_more_is_taken_than_asked_for(store: Store) -> None:
    news = [Send(to=Chat(f"telegram:{n}"), text=f"公告{n}", news=True) for n in range(1, 5)]
    put(store, *news, send("卡片", ROOM), Edit(to=ROOM, key="card", text="空", news=True))
    assert texts(store.outbox.ready(0, 10, news=2)) == ["卡片", "公告1", "公告2"]
    assert texts(store.outbox.ready(0, 10, others=2)) == ["卡片", "公告1"]
