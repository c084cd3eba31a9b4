from bot.matching.topics import Topics

TOPICS = Topics.over(
    [
        ("print", {"发票": 0.6, "打印": 0.8}),
        ("print", {"打印": 1.0}),
        ("check", {"发票": 0.6, "查验": 0.8}),
    ]
)


def test_a_question_points_where_an_entry_points() -> None:
    asked = {"打印": 1.0}
    assert TOPICS.compare(asked, "print")[0] > 0.9
    assert TOPICS.compare(asked, "check") == (0.0, 0.0)


def test_what_several_entries_say_belongs_to_none_of_them() -> None:
    _, shared = TOPICS.compare({"发票": 1.0}, "check")
    _, own = TOPICS.compare({"查验": 1.0}, "check")
    assert shared < own
