"""What a worker has loaded before it starts: forked from a process that imported this, it starts in milliseconds."""

from pipeline.flow import steps
from tests.bad_input.invariants import load_knowledge

load_knowledge()
LOADED_IN = __import__("os").getpid()
STEPS = steps
