"""From Telegram's numbers to addresses with their channel."""

from __future__ import annotations

from sqlite_utils import Database

from bot.store.migrations.statements import run

# A column that is a part of a key cannot be replaced, so those tables are made anew. A lane says
# itself whether it is a group's: nothing is read off an address but its channel. What failed may be
# worked on again, in its lane.
ADDRESSES = """
update inbox set lane = case when lane like '-%'
    then 'group:telegram:' || substr(lane, 1, instr(lane || '/', '/') - 1)
    else 'telegram:' || lane end
    where status in ('waiting', 'failed') and channel = 'telegram' and lane != '';
update inbox set payload = addressed(payload) where channel in ('outbox', 'intake');
update conversations set data = addressed(data);
update tickets set data = addressed(data);
alter table tickets add column owner_address text;
update tickets set owner_address = address(owner_id) where owner_id is not null;
alter table tickets drop column owner_id;
update messages set item = addressed(item) where item is not null;
drop index messages_said;
alter table messages rename column chat to number;
alter table messages add column chat text;
update messages set chat = address(number) where number is not null;
alter table messages drop column number;
create index messages_said on messages (chat, message, id) where chat is not null;
update outbox set effect = addressed(effect) where effect != '';
update outbox set lane = replace(lane, 'chat:', 'chat:telegram:') where lane glob '*chat:*';
drop index outbox_message;
alter table outbox rename column chat to number;
alter table outbox add column chat text;
update outbox set chat = address(number) where number is not null and number != 0;
alter table outbox drop column number;
create index outbox_message on outbox (chat, message) where message is not null;
alter table copies rename to numbered;
create table copies (
    source_chat text not null,
    source integer not null,
    chat text not null,
    message integer not null,
    conversation text not null,
    lane text not null,
    primary key (source_chat, source, chat)
) without rowid;
insert into copies select address(source_chat), source, address(chat), message, conversation,
    case when lane glob 'chat:*' then replace(lane, 'chat:', 'chat:telegram:') else lane end
    from numbered;
drop table numbered;
create index copies_back on copies (chat, message);
create index copies_case on copies (conversation);
alter table rooms rename to numbered;
create table rooms (
    ticket text not null,
    tier text not null,
    chat text not null,
    thread integer,
    title text not null,
    closed integer not null default 0,
    primary key (ticket, tier)
) without rowid;
insert into rooms select ticket, tier, address(chat), thread, title, closed from numbered;
drop table numbered;
create index rooms_thread on rooms (chat, thread);
drop table members;
create table members (
    chat text not null,
    person text not null,
    member integer not null,
    checked_at real not null,
    primary key (chat, person)
) without rowid;
alter table moves rename to numbered;
create table moves (old text primary key, new text not null) without rowid;
insert into moves select address(old), address(new) from numbered;
drop table numbered
"""


def addresses(db: Database) -> None:
    """Addresses with their channel, where an older desk kept Telegram's numbers."""
    run(db, ADDRESSES)
