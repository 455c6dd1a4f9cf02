"""The statistical tagger: names that no list and no rule knows, and which of their findings to believe.

``features`` says what it sees, ``model`` adds up weights, ``viterbi`` finds the best labels, ``merge`` joins its names
with the known ones; ``train`` and ``clusters`` make the files in ``data``.
"""
