"""Rules learned from labelled texts are the same every time, and know how far to be trusted."""

from __future__ import annotations

import numpy as np
import pytest

from bot.matching.bayes import Bayes
from bot.matching.classifier import (
    PHRASING,
    RIDGE,
    SMALL,
    Calibration,
    Calibrations,
    Classifier,
    Example,
    calibrated,
    inverse,
    learned,
)
from bot.matching.pieces import Pieces

MESSAGES = {
    **{f"登录{how}": ("login",) for how in ("不了", "失败", "不上去", "总是超时", "转圈")},
    **{f"明细{how}": ("details",) for how in ("看不到", "打不开", "空的", "没有", "不全")},
    **dict.fromkeys(("今天真热", "讲个笑话", "几点下班", "谢谢你", "写一首诗"), ()),
    "登录了，明细看不到": ("login", "details"),
}
PHRASINGS = {"登不上": ("login",), "没有明细": ("details",)}


def trained(pieces: Pieces | None = None) -> tuple[Classifier, np.ndarray]:
    pieces = pieces or Pieces()
    messages, phrasings = (
        [Example(pieces(text), labels) for text, labels in texts.items()]
        for texts in (MESSAGES, PHRASINGS)
    )
    return learned(messages, phrasings, pieces)


def test_the_same_texts_teach_the_same_rules() -> None:
    (one, held_out), (other, again) = trained(), trained()
    assert one.labels == other.labels == ("login", "details")
    assert np.array_equal(one.scores("登录有问题"), other.scores("登录有问题"))
    assert np.array_equal(held_out, again)


def test_the_rules_are_those_of_least_squares() -> None:
    classifier, held_out = trained()
    texts = [*MESSAGES, *PHRASINGS]
    usual = classifier.usual.astype(float)
    every = [classifier.pieces(text) & classifier.columns.keys() for text in texts]
    rows = np.zeros((len(texts), len(classifier.columns)))
    for row, pieces in zip(rows, every, strict=True):
        columns = [classifier.columns[piece] for piece in pieces]
        row[columns] = classifier.rarity[columns]
        row /= max(float(np.sqrt(row @ row)) ** 0.5, 1e-9)
    aims = [*MESSAGES.values(), *PHRASINGS.values()]
    meant = np.array([[float(label in aim) for label in classifier.labels] for aim in aims]) - usual
    weights = np.diag([1.0] * len(MESSAGES) + [PHRASING] * len(PHRASINGS))

    def solved(some: slice | list[int]) -> np.ndarray:
        weighed = rows[some].T @ weights[some][:, some]
        ridge = RIDGE * np.eye(rows.shape[1])
        return np.linalg.solve(weighed @ rows[some] + ridge, weighed @ meant[some])

    assert np.allclose(classifier.rules, solved(slice(None)), atol=1e-5)
    for n in range(len(MESSAGES)):
        without = solved([other for other in range(len(texts)) if other != n])
        assert np.allclose(held_out[n], rows[n] @ without + usual, atol=1e-5)


def test_a_large_matrix_is_inverted_as_a_small_one() -> None:
    some = np.random.default_rng(3).normal(size=(3 * SMALL, 3 * SMALL))
    matrix = some @ some.T + np.eye(3 * SMALL)
    assert np.allclose(inverse(matrix) @ matrix, np.eye(3 * SMALL), atol=1e-6)


@pytest.mark.parametrize(("text", "best"), [("登录总是失败", "login"), ("明细看不到", "details")])
def test_a_text_is_of_what_it_has_most_in_common_with(text: str, best: str) -> None:
    classifier, _ = trained()
    assert classifier.labels[int(classifier.scores(text).argmax())] == best


def test_a_text_that_has_nothing_in_common_is_of_nothing_in_particular() -> None:
    classifier, _ = trained()
    assert np.array_equal(classifier.scores("@@@"), classifier.scores("")) is True
    assert float(classifier.scores("@@@").max()) < float(classifier.scores("登录失败").max())


def test_a_message_is_judged_by_rules_that_it_did_not_teach() -> None:
    """Those are what teaching without it gives, and they know it less well."""
    classifier, held_out = trained()
    own = np.array([classifier.scores(text) for text in MESSAGES])
    assert held_out.shape == own.shape
    label = classifier.labels.index("login")
    assert all(held_out[n, label] < own[n, label] for n in range(5))
    assert held_out[:5, label].mean() < own[:5, label].mean() - 0.05


def test_words_that_are_written_in_one_way_teach_together() -> None:
    def fold(text: str) -> str:
        return text.replace("登陆", "登录")

    (folded, _), (plainly, _) = trained(Pieces(fold)), trained()
    assert np.array_equal(folded.scores("登陆失败"), folded.scores("登录失败"))
    assert not np.array_equal(plainly.scores("登陆失败"), plainly.scores("登录失败"))


def test_what_is_denied_is_another_piece() -> None:
    pieces = Pieces()
    assert pieces("开成功") == {"开", "成", "功", "开成", "成功", "开成功"}
    assert pieces("没开成功") >= {"!开", "!开成", "!开成功", "没开"}
    assert pieces("没开成功").isdisjoint({"开成", "成功", "开成功"})


def test_the_figures_of_an_invoice_are_no_pieces() -> None:
    assert Pieces()("11月3日开了2300元") == Pieces()("开了")


def test_without_texts_there_are_no_labels() -> None:
    nothing, held_out = learned((), (), Pieces())
    assert nothing.labels == ()
    assert nothing.scores("登录").shape == (0,)
    assert held_out.shape == (0, 0)


def drawn(sharp: float) -> tuple[np.ndarray, list[int]]:
    """Scores of three labels that are right the more often the higher they are."""
    chance = np.random.default_rng(7)
    scores = chance.uniform(0, 1, (2000, 3)).astype(np.float32)
    shares = Calibration(sharp, 2.0).probabilities(scores)
    rest = 1 - shares.sum(axis=1, keepdims=True)
    pick = [int(chance.choice(4, p=row / row.sum())) for row in np.hstack([shares, rest])]
    return scores, [-1 if each == 3 else each for each in pick]


@pytest.mark.parametrize("sharp", [2.0, 5.0, 12.0])
def test_a_calibration_finds_how_far_scores_are_to_be_trusted(sharp: float) -> None:
    scores, right = drawn(sharp)
    found = calibrated(scores, right)
    assert found.slope == pytest.approx(sharp, rel=0.15, abs=0.3)
    assert found.none == pytest.approx(2.0, abs=0.4)


def test_what_is_said_to_be_likely_comes_true_as_often() -> None:
    scores, right = drawn(5.0)
    shares = calibrated(scores[:1000], right[:1000]).probabilities(scores[1000:])
    likeliest, share = shares.argmax(axis=1), shares.max(axis=1)
    hit = likeliest == np.array(right[1000:])
    for least, most in ((0.2, 0.4), (0.4, 0.6), (0.6, 1.0)):
        some = (least <= share) & (share < most)
        assert hit[some].mean() == pytest.approx(share[some].mean(), abs=0.08)


def test_probabilities_leave_room_for_none_of_them() -> None:
    shares = Calibration().probabilities(np.array([[0.9, 0.8], [-1.0, 0.0]], dtype=np.float32))
    assert (shares.sum(axis=1) < 1).all()
    assert shares[1].sum() < 0.1


def test_few_messages_draw_a_calibration_only_a_little_away() -> None:
    found = calibrated(np.array([[0.9]], dtype=np.float32), [0])
    assert abs(found.slope - Calibration().slope) < 3
    assert abs(found.none - Calibration().none) < 3


def test_of_a_few_classes_what_all_sentences_of_one_share_counts() -> None:
    classes = {"login": ("登录不了", "登录失败"), "blank": ("页面空白", "页面打不开")}
    bayes = Bayes(classes, str)
    weights, known = bayes.weights("登录")
    assert dict(zip(bayes.names, weights, strict=True))["login"] == 1.0
    assert weights.min() < 1.0
    assert known == 1.0
    strange, unknown = bayes.weights("xyz")
    assert (strange.tolist(), unknown) == ([1.0, 1.0], 0.0)


def test_groups_are_judged_together_as_each_alone() -> None:
    scores = np.array([0.9, 0.1, 0.4, -0.2, 0.7], dtype=np.float32)
    one, other = Calibration(6.0, 2.0), Calibration(9.0, 4.0)
    together = Calibrations([([0, 3], one), ([4, 1, 2], other)]).probabilities(scores)
    alone = [*one.probabilities(scores[[0, 3]]), *other.probabilities(scores[[4, 1, 2]])]
    assert together.tolist() == pytest.approx(alone, rel=1e-5)
    assert not Calibrations([]).probabilities(scores).size
