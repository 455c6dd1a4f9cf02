"""Drift: is tonight unlike the nights before? A source dries up, a layout has changed, the languages shift.

Each test asks two things: is the change more than chance (a robust z-score over the earlier nights), and is it large
enough to matter. What was told on some nights is the new normal and is told no more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import asin, exp, log, pi, sqrt
from statistics import median
from typing import Final

from pipeline.flow.nights import Night, Trait


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a change is told. Measured in tests/unit/flow/test_drift.py: false alarms, and what is found how soon."""

    least_nights: int = 7
    """With fewer nights to compare with, nothing is said."""
    recent_nights: int = 14
    """Nights that shares and lengths are compared with."""
    weeks: int = 8
    """The volume is compared with the same weekday of so many weeks: Fridays are quiet."""
    least_articles: int = 20
    """Articles (files, for quarantine) that a night must have for its shares and lengths to count."""
    told: int = 3
    """A change told in so many of the last seven nights is told no more; that a source gives nothing always is."""

    volume_usual: float = 10
    """A weekday that usually gives fewer articles may give any number."""
    volume_ratio: float = 0.65
    """Told below this part of the usual number …"""
    volume_z: float = 2.6
    """… and so many standard deviations below it."""

    share_z: float = 4.0
    quarantine: float = 0.10
    """Rise of the share of files that are quarantined."""
    title: float = 0.20
    """Rise of the share of articles whose file states no title."""
    date: float = 0.20
    language: float = 0.20
    """Rise or fall of the share of a language."""
    boilerplate_rise: float = 0.40
    """Rise of the share of articles with a kind of boilerplate."""
    boilerplate_usual: float = 0.30
    """A kind that usually fewer articles have may vanish."""
    boilerplate_left: float = 0.25
    """Vanished: what is left of the usual share, at most."""

    words_low: float = 0.6
    """Told below this part of the usual length of the median article …"""
    words_high: float = 1.8
    """… or above this, …"""
    words_z: float = 4.0
    words_spread: float = 0.10
    """… where the length's spread from night to night (of its logarithm) is taken to be at least this."""


THRESHOLDS: Final = Thresholds()
_MAD: Final = 1.4826
"""Median absolute deviation → standard deviation, for a normal distribution."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is not as usual."""

    what: str
    """``volume``, ``origin``, ``quarantine``, ``title``, ``date``, ``language``, ``boilerplate`` or ``words``."""
    name: str
    """The origin (a folder of the source), the language, or the kind of boilerplate; empty for the others."""
    usual: float
    """Articles, words, or a share from 0 to 1."""
    now: float


def changes(tonight: Night, earlier: Sequence[Night], thresholds: Thresholds = THRESHOLDS) -> list[Change]:
    """Return what is not as usual tonight.

    Args:
        tonight: the night to judge.
        earlier: the nights of the same source before it, the newest first.
        thresholds: when a change is told.
    """
    found = [*_volumes(tonight, earlier, thresholds), *_words(tonight, earlier, thresholds)]
    for what in ("quarantine", "title", "date", "language", "boilerplate"):
        found += _shares(what, tonight, earlier, thresholds)
    return [change for change in found if not _is_old_news(change, earlier, thresholds)]


def _is_old_news(change: Change, earlier: Sequence[Night], thresholds: Thresholds) -> bool:
    told = sum((change.what, change.name) in night.warned for night in earlier[:7])
    return told >= thresholds.told and not (change.what in ("volume", "origin") and change.now == 0)


def _volumes(tonight: Night, earlier: Sequence[Night], t: Thresholds) -> Iterable[Change]:
    """Compare the number of articles, and that of each origin; where files failed, nobody knows of which origin."""
    whole = list(_volume(("volume", ""), tonight, earlier, t))
    yield from whole
    origins = sorted({trait for night in earlier for trait in night.counts if trait[0] == "origin"})
    if tonight.articles and not tonight.failed and not (whole and len(origins) == 1):
        for origin in origins:
            yield from _volume(origin, tonight, earlier, t)


def _volume(trait: Trait, tonight: Night, earlier: Sequence[Night], t: Thresholds) -> Iterable[Change]:
    """Compare a number of articles with the same weekday's, on the scale of doubled square roots.

    There a Poisson number has a standard deviation of 1 whatever its size (Bartlett 1936); if the source's numbers
    vary more than that from week to week, the larger deviation counts. The median of few nights is itself uncertain,
    which widens the limit.
    """
    now = _number(trait, tonight)
    weekdays: dict[int, list[float]] = {}
    for night in earlier:
        days = round((tonight.at - night.at).total_seconds() / 86_400)
        if days <= 7 * t.weeks:
            weekdays.setdefault(days % 7, []).append(2 * sqrt(_number(trait, night)))
    same = weekdays.get(0, [])
    if not same or sum(map(len, weekdays.values())) < t.least_nights:
        return
    root = median(same)
    usual = (root / 2) ** 2
    residuals = [
        (value - median(values)) * sqrt(len(values) / (len(values) - 1))
        for values in weekdays.values()
        if len(values) > 1
        for value in values
    ]
    spread = max(1.0, _spread(residuals)) * sqrt(1 + pi / 2 / len(same))
    far_below = now < t.volume_ratio * usual and 2 * sqrt(now) < root - t.volume_z * spread
    if usual >= t.volume_usual and far_below:
        yield Change(*trait, round(usual), now)


def _number(trait: Trait, night: Night) -> int:
    return night.articles if trait == ("volume", "") else night.counts[trait]


def _words(tonight: Night, earlier: Sequence[Night], t: Thresholds) -> Iterable[Change]:
    """Compare the length of the median article, on the scale of logarithms."""
    logs = [log(night.median_words) for night in _comparable("words", earlier, t) if night.median_words]
    if len(logs) < t.least_nights or tonight.totals["words"] < t.least_articles:
        return
    usual = median(logs)
    ratio = tonight.median_words / exp(usual)
    limit = t.words_z * max(t.words_spread, _spread([value - usual for value in logs]))
    if not t.words_low < ratio < t.words_high and abs(log(max(ratio, 1e-9))) > limit:
        yield Change("words", "", round(exp(usual)), tonight.median_words)


def _shares(what: str, tonight: Night, earlier: Sequence[Night], t: Thresholds) -> Iterable[Change]:
    """Compare shares, on the scale 2√n · arcsin √share, where chance varies them by 1 whatever the share is."""
    nights = _comparable(what, earlier, t)
    if len(nights) < t.least_nights or tonight.totals[what] < t.least_articles:
        return
    traits = {trait for night in (tonight, *nights) for trait in night.counts if trait[0] == what}
    for trait in sorted(traits):
        usual, now = median(night.share(trait) for night in nights), tonight.share(trait)
        spread = max(1.0, _spread([_arc(night, trait, usual) for night in nights])) * sqrt(1 + pi / 2 / len(nights))
        if _matters(trait, usual, now, t) and abs(_arc(tonight, trait, usual)) > t.share_z * spread:
            yield Change(*trait, round(usual, 3), round(now, 3))


def _matters(trait: Trait, usual: float, now: float, t: Thresholds) -> bool:
    what, _ = trait
    if what == "boilerplate":
        vanished = usual >= t.boilerplate_usual and now <= t.boilerplate_left * usual
        return vanished or now - usual >= t.boilerplate_rise
    if what == "language":
        return abs(now - usual) >= t.language
    least = {"quarantine": t.quarantine, "title": t.title, "date": t.date}[what]
    return now - usual >= least


def _comparable(what: str, earlier: Sequence[Night], t: Thresholds) -> list[Night]:
    return [night for night in earlier if night.totals[what] >= t.least_articles][: t.recent_nights]


def _arc(night: Night, trait: Trait, usual: float) -> float:
    return 2 * sqrt(night.totals[trait[0]]) * (asin(sqrt(min(1.0, night.share(trait)))) - asin(sqrt(min(1.0, usual))))


def _spread(deviations: Sequence[float]) -> float:
    return _MAD * median(abs(deviation) for deviation in deviations) if deviations else 0.0
