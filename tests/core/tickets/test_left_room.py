"""The room that a ticket has left tells where it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.model.effects import Edit, Room, Topic
from bot.core.model.events import Informed
from bot.core.model.facts import Housed, Left

if TYPE_CHECKING:
    from tests.core.conftest import Talk


def test_the_old_room_has_another_sign_and_later_the_way_to_the_new_one(talk: Talk) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    talk.agent_says("/escalate")
    above = talk.knowledge.tiers.tiers[1]
    talk.agent_presses(talk.told(talk.staff.button_escalate_yes, tier=above.name))
    old, new = (effect for effect in talk.effects if isinstance(effect, Topic))
    assert (old.to, old.closed, old.left) == (Room(number, "frontline"), True, None)
    assert old.title.startswith("⬆️ ")
    told = talk.told_html(talk.staff.escalated, owner="小李", tier=above.name)
    assert (new.to, new.left) == (Room(number, above.id), Left("frontline", told))
    assert new.title.startswith("🆕 ")
    (shown,) = (e for e in talk.effects if isinstance(e, Edit) and e.key == "card")
    assert "⬆️" in shown.text
    assert talk.staff.statuses["new"] not in shown.text
    assert "到期" not in shown.text
    fact = Housed(Left("frontline", told), "https://t.me/c/1/2")
    talk.happens(Informed, to=f"ticket:{number}", fact=fact)
    (edit,) = (effect for effect in talk.effects if isinstance(effect, Edit))
    assert (edit.to, edit.key) == (Room(number, "frontline"), "left")
    assert edit.text.startswith(told)
    assert edit.text.endswith("https://t.me/c/1/2")
