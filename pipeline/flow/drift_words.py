"""What a change means, in a sentence for people: which source, from what to what, and where to look."""

from collections.abc import Sequence

from pipeline.flow.drift import Change


def sentences(source: str, changes: Sequence[Change]) -> list[str]:
    """Return a sentence for each thing that has changed; languages and kinds of boilerplate share one."""
    by_what: dict[str, list[Change]] = {}
    for change in changes:
        by_what.setdefault(change.what, []).append(change)
    return [f"{source}: {_sentence(what, found, source)}" for what, found in by_what.items()]


def _sentence(what: str, found: Sequence[Change], source: str) -> str:
    first = found[0]
    numbers = f"{first.usual:,.0f} → {first.now:,.0f}"
    shares = ", ".join(f"{change.name} {change.usual:.0%} → {change.now:.0%}".strip() for change in found)
    origins = ", ".join(f"{change.name} {change.usual:,.0f} → {change.now:,.0f}" for change in found)
    files = f"`fihrist files --source {source}"
    layout = "a new layout? `fihrist inspect FILE` of a new file shows it"
    return {
        "volume": (
            f"{'fewer articles' if first.now else 'no articles, fewer'} than usual on this weekday, {numbers}; "
            "see whether its feed still delivers, and to this folder"
        ),
        "origin": f"fewer articles than usual on this weekday from {origins}; see whether it still delivers, and here",
        "words": f"articles are {'shorter' if first.now < first.usual else 'longer'}, {numbers} words; {layout}",
        "quarantine": f"more files are quarantined, {shares}; {files} --state quarantined` says why",
        "title": f"more articles have no title of their own, {shares}; {layout}",
        "date": f"more articles have no date, {shares}; {layout}",
        "language": f"the languages have shifted, {shares}; does another feed come here? {files}` shows new files",
        "boilerplate": f"boilerplate has changed, articles with {shares}; {layout}",
    }[what]
