"""Character statistics of 55 languages: langdetect by its Rust port, seeded."""

from collections.abc import Mapping

from langdetect_rs import DetectorFactory, LangDetectException, detect_langs  # type: ignore[import-untyped]

_CODES = {"zh-cn": "zh", "zh-tw": "zh"}

DetectorFactory.seed = 0  # the sampling starts alike for each text, so that each has one answer in every process


def probabilities(text: str) -> Mapping[str, float]:
    """Return langdetect's probability of each language that it gives at least 0.1; empty where it finds nothing."""
    try:
        found = detect_langs(text)
    except LangDetectException:  # no known n-gram: nothing to go by, which is an answer
        return {}
    shares: dict[str, float] = {}
    for language in found:
        code = _CODES.get(language.lang, language.lang)
        shares[code] = shares.get(code, 0.0) + language.prob
    return shares
