"""Measure cleaning on labelled cases: what of the article is kept, what furniture is left, which fields are right."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pipeline.arabic import WORD, fold
from pipeline.clean.article import CleanArticle
from tests.quality.clean.cases import Case

FIELDS = ("title", "date", "authors", "outlet", "section", "captions")


@dataclass
class Scores:
    """Sums over cases."""

    f1: list[tuple[str, float]] = field(default_factory=list)
    furniture: Counter[str] = field(default_factory=Counter)
    left: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    """By kind: case and text of furniture that stayed in the body."""
    paragraphs: int = 0
    lost: list[tuple[str, str]] = field(default_factory=list)
    stated: Counter[str] = field(default_factory=Counter)
    not_stated: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, list[tuple[str, object, object]]] = field(default_factory=lambda: defaultdict(list))
    invented: dict[str, list[tuple[str, object]]] = field(default_factory=lambda: defaultdict(list))

    @property
    def mean_f1(self) -> float:
        return sum(value for _, value in self.f1) / len(self.f1)

    @property
    def left_share(self) -> float:
        return sum(map(len, self.left.values())) / sum(self.furniture.values())

    @property
    def lost_share(self) -> float:
        return len(self.lost) / self.paragraphs

    def right_share(self, name: str) -> float:
        return 1 - len(self.wrong[name]) / self.stated[name] if self.stated[name] else 1.0

    def invented_share(self, name: str) -> float:
        return len(self.invented[name]) / self.not_stated[name] if self.not_stated[name] else 0.0


def tokens(text: str) -> list[str]:
    """Return the words by which two texts are compared."""
    return WORD.findall(fold(text))


def common(left: list[str], right: list[str]) -> int:
    """Return the length of the longest common subsequence (bit-parallel, Hyyrö 2004)."""
    places: dict[str, int] = {}
    for index, word in enumerate(left):
        places[word] = places.get(word, 0) | (1 << index)
    full = (1 << len(left)) - 1
    row = full
    for word in right:
        matched = row & places.get(word, 0)
        row = ((row + matched) | (row - matched)) & full
    return len(left) - row.bit_count()


def f1(gold: str, found: str) -> float:
    """Return F1 of the words that both texts have in the same order."""
    left, right = tokens(gold), tokens(found)
    if not left or not right:
        return float(left == right)
    return 2 * common(left, right) / (len(left) + len(right))


def measure(cases: Iterable[Case], clean: Callable[[str], CleanArticle]) -> Scores:
    """Clean every case and compare with its gold."""
    scores = Scores()
    for case in cases:
        article = clean(case.raw)
        scores.f1.append((case.id, f1("\n".join(case.body), article.body)))
        kept = article.body.split("\n")
        _furniture(scores, case, kept)
        whole = tokens(article.body)
        for paragraph in case.body:
            scores.paragraphs += 1
            words = tokens(paragraph)
            if common(words, whole) < 0.9 * len(words):
                scores.lost.append((case.id, paragraph))
        _fields(scores, case, article)
    return scores


def _furniture(scores: Scores, case: Case, kept: list[str]) -> None:
    bodies = Counter(" ".join(tokens(paragraph)) for paragraph in kept)
    for paragraph in case.body:
        bodies[" ".join(tokens(paragraph))] -= 1
    for kind, text in case.removed:
        scores.furniture[kind] += 1
        words = " ".join(tokens(text))
        inside = len(words.split()) >= 4 and any(words in paragraph for paragraph, count in bodies.items() if count > 0)
        if words and (bodies[words] > 0 or inside):
            bodies[words] -= 1
            scores.left[kind].append((case.id, text))


def _fields(scores: Scores, case: Case, article: CleanArticle) -> None:
    date = article.published_at[:10] if article.published_at else None
    for name, gold, found in (
        ("title", case.title, article.title),
        ("date", case.date, date),
        ("authors", case.authors, list(article.authors)),
        ("outlet", case.outlet, article.outlet),
        ("section", case.section, article.section),
        (
            "captions",
            case.captions,
            [caption for caption in article.captions if caption in case.captions or case.captions],
        ),
    ):
        if name in case.doubtful:
            continue
        if gold:
            scores.stated[name] += 1
            if tokens(str(gold)) != tokens(str(found)):
                scores.wrong[name].append((case.id, gold, found))
        else:
            scores.not_stated[name] += 1
            if found:
                scores.invented[name].append((case.id, found))
