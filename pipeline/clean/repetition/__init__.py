"""Lines that recur over many files of one source are furniture, whatever they say; learned from the files themselves.

A file's *sketch* holds a hash of each of its lines. A bounded *window* of a source's newest sketches survives the runs.
From the window, :func:`~pipeline.clean.repetition.learn.learn` works out which lines are furniture. The idea of line
hashes over many documents is that of CCNet (Wenzek et al. 2020); what is added here is that a line counts once for
each *story* that it stands with, so that copies of a story never make furniture of its lines.
"""
