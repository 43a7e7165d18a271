"""How a training is doing, in words, each with its evidence and one thing to try (lecture rows 28, 46, 48, 49).

Every rule looks for one ailment and is silent unless its evidence is clear; causes come before what they cause
(a rate far too high kills units, dead units stop the gradient). The thresholds stand between planted faults and
healthy runs, with room on both sides: `bench verdict` plants and counts them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite, sqrt

import numpy as np

from engine.text import Text, same
from engine.train.figures import metric_name
from engine.train.story import Story

ENOUGH = 4  # checks before a curve says anything

EXPLODED = 2.2  # times the first loss or that of guessing, as the mean of three steps
WILD = 0.1  # change of a layer in one step, as a share of its weights
TIMID = 5e-4
DEAD, ALL_DEAD = 0.8, 0.95  # share of a layer's units; the first counts only where something is left to learn
FADED = 1e-3  # gradient of the first layer as a share of the largest
GOOD = 0.97  # accuracy on the training pictures above which nothing stands in the way of learning
LOW = 0.85  # and below which it does not even know what it was shown
TO_JUDGE_LABELS = 0.08  # share of held-out pictures read wrong
FITTED = 0.92  # accuracy on the training pictures where the held-out loss is best
SECOND, SURER, BOTH = 0.5, 0.72, 1.1  # bounds where labels are wrong: label is second choice; surer where right; sum
GAP = 0.1  # between the accuracy on training and on held-out pictures
RISE = 0.05  # of the held-out loss above its best, besides a quarter of it


NOTHING = same("")


@dataclass(frozen=True, slots=True)
class Verdict:
    """kind: "early", "healthy", "stalled", "overfitting", "underfitting", "dead-relu", "rate-too-high",
    "rate-too-low", "vanishing" or "label-noise".

    words: its name. evidence: the numbers it rests on. remedy: one thing to try; empty where there is none.
    """

    kind: str
    words: Text
    evidence: Text
    remedy: Text = NOTHING

    @property
    def silent(self) -> bool:
        """True when nothing is wrong, or nothing can be said yet."""
        return self.kind in ("early", "healthy")


def verdict(story: Story) -> Verdict:
    """The first thing to know about this training."""
    return verdicts(story)[0]


def verdicts(story: Story) -> tuple[Verdict, ...]:
    """All that is wrong, causes first; where nothing is, one that says so."""
    found = tuple(one for rule in RULES if (one := rule(story)) is not None)
    return found or (_well(story),)


def _too_high(story: Story) -> Verdict | None:
    """The loss rose far above where it began, or fell and was thrown back, by steps that are too wide."""
    losses = story.losses
    if len(losses) < 6:
        return None
    broken, means = not isfinite(losses[-1]), np.convolve(losses, np.ones(3) / 3, "valid")
    first = max(float(losses[0]), story.chance if isfinite(story.chance) else 0.0)
    at = len(losses) - 1 if broken else int(np.argmax(means)) + int(np.argmax(losses[np.argmax(means) :][:3]))
    if broken or means.max() > EXPLODED * first:
        words = Text(
            "The loss went from {first:.2f} to {peak:,.2f} by step {step:,}, at rate {rate:.2g}.",
            "손실이 {first:.2f}에서 {step:,}스텝에 {peak:,.2f}까지 올랐어요. 학습률 {rate:.2g}.",
        )
        evidence = words(first=float(losses[0]), peak=float(losses[at]), step=int(story.steps[at]), rate=story.rate)
    elif _thrown_back(story) and story.newest:
        words = Text(
            "A step changed a layer by up to {share:.0f}\u2009% of its weights; the training loss is {loss:.2f}, guessing has {chance:.2f}.",
            "한 스텝에 한 층 가중치의 {share:.0f}\u2009%까지 바뀌었어요. 학습 손실은 {loss:.2f}, 찍으면 {chance:.2f}예요.",
        )
        share = max(max(one.updates.values(), default=0.0) for one in story.examined)
        evidence = words(share=100 * share, loss=story.newest.train_loss, chance=story.chance)
    else:
        return None
    return Verdict(
        "rate-too-high",
        Text("Learning rate too high", "학습률이 너무 높음"),
        evidence,
        Text("Try a tenth of it: {rate:.2g}.", "10분의 1인 {rate:.2g}로 해 보세요.")(rate=story.rate / 10),
    )


def _thrown_back(story: Story) -> bool:
    """Guessing would be as good, after the loss had come down or for some checks, while steps are wide."""
    newest = story.newest
    if newest is None or not isfinite(newest.train_loss):
        return False
    low = float(np.convolve(story.losses, np.ones(5) / 5, "valid").min())
    peak = max(max(one.updates.values(), default=0.0) for one in story.examined)
    guessing = newest.train_loss > 0.9 * story.chance
    return guessing and peak > WILD and (low < 0.5 * story.chance or len(story.examined) >= ENOUGH)


def _dead(story: Story) -> Verdict | None:
    """Nearly all units of a ReLU layer answer no picture at all, twice in a row."""
    if len(story.examined) < 2:
        return None
    newest, before = story.examined[-1], story.examined[-2]
    shares = {name: share for name, share in newest.dead.items() if min(share, before.dead.get(name, 0.0)) >= DEAD}
    if not shares:
        return None
    layer = max(shares, key=lambda name: shares[name])
    if shares[layer] < ALL_DEAD and newest.train_accuracy > GOOD:
        return None  # there were more units than it needs
    words = Text(
        "{layer}: {share:.0f}\u2009% of its units answered none of {n:,} held-out pictures (step {step:,}).",
        "{layer}: 유닛의 {share:.0f}\u2009%가 따로 둔 그림 {n:,}장에 한 번도 반응하지 않았어요({step:,}스텝).",
    )
    return Verdict(
        "dead-relu",
        Text("Dead ReLU", "죽은 ReLU"),
        words(layer=layer, share=100 * shares[layer], n=newest.held_out_count, step=newest.step),
        Text(
            "Start anew with a lower learning rate and batch norm on; dead units do not come back.",
            "학습률을 낮추고 batch norm을 켜서 새로 시작해 보세요. 죽은 유닛은 돌아오지 않아요.",
        ),
    )


def _vanishing(story: Story) -> Verdict | None:
    """The error fades on its way back: at most checks the first layer's gradient was next to nothing beside the
    largest. Towards the end Adam may have made up for it; what was lost by then was not learnt."""
    looked = [one for one in story.examined if len(one.gradients) > 2 and max(one.gradients.values()) > 0]
    faded = [one for one in looked if next(iter(one.gradients.values())) < FADED * max(one.gradients.values())]
    if len(looked) < 3 or 2 * len(faded) < len(looked) or looked[-1].train_accuracy > LOW:
        return None
    newest = faded[-1]
    first = next(iter(newest.gradients))
    largest = max(newest.gradients, key=lambda name: newest.gradients[name])
    words = Text(
        "Gradient of {first} {low:.1e}, of {largest} {high:.1e}: {times:,.0f} times as much (step {step:,}).",
        "기울기: {first} {low:.1e}, {largest} {high:.1e}. {times:,.0f}배 차이예요({step:,}스텝).",
    )
    low, high = newest.gradients[first], newest.gradients[largest]
    return Verdict(
        "vanishing",
        Text("Vanishing gradient", "기울기 소실"),
        words(first=first, largest=largest, low=low, high=high, times=high / max(low, 1e-12), step=newest.step),
        Text(
            "Switch batch norm on, take ReLU, or fewer layers: then the error reaches the first ones.",
            "batch norm을 켜거나 ReLU를 쓰거나 층을 줄여 보세요. 그러면 오차가 앞쪽 층까지 닿아요.",
        ),
    )


def _too_low(story: Story) -> Verdict | None:
    """Steps so small that the weights stay what they were, while there is still all to learn."""
    newest = story.newest
    if newest is None or len(story.examined) < ENOUGH or story.warming_up or not isfinite(newest.train_loss):
        return None
    peak = max(max(one.updates.values(), default=0.0) for one in story.examined)
    if not 0 < peak < TIMID or newest.train_loss < 0.5 * story.chance:
        return None
    words = Text(
        "A step moves no layer by more than {share:.1e} of its weights. After {step:,} steps the training loss is "
        "{loss:.2f}; guessing has {chance:.2f}.",
        "한 스텝에 어느 층도 가중치의 {share:.1e}보다 많이 움직이지 않아요. {step:,}스텝 뒤 학습 손실은 {loss:.2f}, "
        "찍으면 {chance:.2f}예요.",
    )
    times = 10 ** max(1, round(np.log10(5e-3 / peak)))
    return Verdict(
        "rate-too-low",
        Text("Learning rate too low", "학습률이 너무 낮음"),
        words(share=peak, step=newest.step, loss=newest.train_loss, chance=story.chance),
        Text("Try about {times:,} times as much: {rate:.2g}.", "{times:,}배쯤인 {rate:.2g}로 해 보세요.")(
            times=times, rate=min(1.0, times * story.rate)
        ),
    )


def _noise(story: Story) -> Verdict | None:
    """Read wrong with as much certainty as right, and the label not even the second choice: labels at random.

    Looked at where the held-out loss was best: before, the network errs by itself; after, it may have learnt the
    wrong labels by heart.
    """
    if len(story.examined) < ENOUGH + 2 or story.classes < 3:
        return None
    best = min(int(story.held_out_losses[-len(story.examined) :].argmin()), len(story.examined) - 1)
    near = story.examined[max(0, best - 1) : best + 2]
    wrong, second = sum(one.wrong for one in near), sum(one.second for one in near)
    read = sum(one.held_out_count for one in near)
    if not max(TO_JUDGE_LABELS * read, 12 * len(near)) < wrong < 0.5 * read:
        return None
    if np.mean([one.train_accuracy for one in near]) > FITTED:
        return None  # labels at random cannot be fitted and read elsewhere
    share, sure = second / wrong, float(np.mean([one.surer for one in near]))
    at_most = share + 2 * sqrt(share * (1 - share) * len(near) / wrong)  # the same pictures at each check
    if at_most > SECOND or sure > SURER or at_most + sure > BOTH:
        return None
    words = Text(
        "{wrong:,} of {n:,} held-out pictures are read otherwise than labelled, and only for {share:.0f}\u2009% of them the "
        "label is the second choice. It is as sure of these as of the others.",
        "따로 둔 그림 {n:,}장 중 {wrong:,}장을 정답과 다르게 읽었고, 그중 정답이 두 번째 후보인 것은 {share:.0f}\u2009%뿐이에요. "
        "확신은 다른 그림과 비슷해요.",
    )
    found = story.examined[best]
    return Verdict(
        "label-noise",
        Text("Labels look wrong", "라벨이 틀린 듯함"),
        words(wrong=found.wrong, n=found.held_out_count, share=100 * share),
        Text(
            "Let the dataset doctor show the likely mislabels, and correct them.",
            "데이터셋 진단에서 라벨이 틀렸을 그림을 찾아 고쳐 보세요.",
        ),
    )


def _overfitting(story: Story) -> Verdict | None:
    """It knows its own pictures much better than others, or gets worse on others while it learns its own."""
    losses, newest = story.held_out_losses, story.newest
    if len(losses) < ENOUGH or not story.held_out_accuracies.size:
        return None
    right, known = float(story.held_out_accuracies[-1]), newest is not None and isfinite(newest.train_accuracy)
    gap = story.gap()
    error = sqrt(max(right * (1 - right), 1e-4) / max(1, story.held_out))
    now, best, since = float(losses[-3:].mean()), float(losses.min()), len(losses) - int(losses.argmin())
    rose = now > 1.25 * best and now > best + RISE and since > 4 and now > 1.5 * story.train_loss()
    if known and newest:
        if not (gap > max(GAP, 3 * error) or (rose and gap > 0.03)):
            return None
        words = Text(
            "{train:.1f}\u2009% right on pictures it learns from, {held:.1f}\u2009% on others; validation loss {now:.2f}, best {best:.2f}.",
            "배우는 그림은 {train:.1f}\u2009%, 다른 그림은 {held:.1f}\u2009% 맞혀요. 검증 손실 {now:.2f}, 최저 {best:.2f}.",
        )
        evidence = words(train=100 * newest.train_accuracy, held=100 * right, now=now, best=best)
    elif rose:
        words = Text(
            "validation loss {now:.2f} after a best of {best:.2f}, training loss {train:.2f}",
            "검증 손실이 최저 {best:.2f}에서 {now:.2f}로 올랐고 학습 손실은 {train:.2f}예요",
        )
        evidence = words(now=now, best=best, train=story.train_loss())
    else:
        return None
    return Verdict(
        "overfitting",
        Text("Overfitting", "과적합"),
        evidence,
        Text(
            "Show it more, or more varied pictures: augmentation, dropout, early stopping.",
            "그림을 더 많이, 더 다양하게 보여 주세요. 증강, dropout, 조기 종료가 도움이 돼요.",
        ),
    )


def _underfitting(story: Story) -> Verdict | None:
    """At the end of its learning it does not even know the pictures it was shown."""
    newest = story.newest
    if newest is None or len(story.examined) < ENOUGH or not story.settled or not newest.train_accuracy < LOW:
        return None
    words = Text(
        "Only {train:.1f}\u2009% right on the pictures it learns from, {held:.1f}\u2009% on others, and the loss hardly falls any more.",
        "배우는 그림도 {train:.1f}\u2009%밖에 못 맞히고 다른 그림은 {held:.1f}\u2009%예요. 손실은 거의 더 내려가지 않아요.",
    )
    return Verdict(
        "underfitting",
        Text("Underfitting", "과소적합"),
        words(train=100 * newest.train_accuracy, held=100 * float(story.held_out_accuracies[-1])),
        Text(
            "Take a larger network or more epochs, or less dropout and augmentation.",
            "더 큰 신경망이나 더 많은 에폭을 쓰거나, dropout과 증강을 줄여 보세요.",
        ),
    )


def _stalled(story: Story) -> Verdict | None:
    """The held-out loss has left its best, and the training loss is no better."""
    losses = story.held_out_losses
    if len(losses) < ENOUGH or len(losses) - int(losses.argmin()) <= 4:
        return None
    now, best = float(losses[-3:].mean()), float(losses.min())
    if not now > 1.25 * best or now <= best + RISE or now > 1.5 * story.train_loss():
        return None
    words = Text(
        "validation loss {now:.2f} after a best of {best:.2f}; training loss {train:.2f}",
        "검증 손실이 최저 {best:.2f}에서 {now:.2f}로 올랐어요. 학습 손실은 {train:.2f}예요",
    )
    return Verdict(
        "stalled",
        Text("Stalled", "정체"),
        words(now=now, best=best, train=story.train_loss()),
        Text("Try half the learning rate.", "학습률을 절반으로 줄여 보세요."),
    )


def _well(story: Story) -> Verdict:
    """Nothing is wrong, or it is too early to say."""
    fell, of = story.fell()
    if of < ENOUGH - 1:
        words = Text("Not enough evidence yet: {n} checks so far.", "아직 근거가 부족해요. 지금까지 검증 {n}번.")
        return Verdict("early", Text("Too early to say", "아직 알 수 없음"), words(n=len(story.held_out_losses)))
    newest = story.newest
    if newest and isfinite(newest.train_loss) and newest.train_loss > 0.7 * story.chance and 2 * fell < of:
        words = Text(
            "It has learnt little so far: training loss {loss:.2f}, guessing has {chance:.2f}.",
            "아직 거의 배우지 못했어요. 학습 손실 {loss:.2f}, 찍으면 {chance:.2f}예요.",
        )
        return Verdict(
            "early", Text("Too early to say", "아직 알 수 없음"), words(loss=newest.train_loss, chance=story.chance)
        )
    return Verdict("healthy", Text("Healthy", "정상"), _progress(story))


def _progress(story: Story) -> Text:
    """How the last checks went: the loss; of a training that is marked otherwise, its own figure."""
    if story.metric == "accuracy":
        fell, of = story.fell()
        words = Text(
            "validation loss fell in {fell} of the last {of} checks", "최근 검증 {of}번 중 {fell}번 손실이 줄었어요"
        )
        return words(fell=fell, of=of)
    rose, of = story.rose()
    words = Text(
        "{name} rose in {rose} of the last {of} checks, to {now:.1f}\u2009% (best {best:.1f}\u2009%)",
        "최근 검증 {of}번 중 {rose}번 {name} 값이 올라 {now:.1f}\u2009%예요(최고 {best:.1f}\u2009%)",
    )
    now, best = float(story.held_out_accuracies[-1]), float(np.nanmax(story.held_out_accuracies))
    return words(name=metric_name(story.metric), rose=rose, of=of, now=100 * now, best=100 * best)


RULES: tuple[Callable[[Story], Verdict | None], ...] = (
    _too_high,
    _dead,
    _vanishing,
    _too_low,
    _noise,
    _overfitting,
    _underfitting,
    _stalled,
)
