"""The whole pipeline's throughput, beside the fastest and the plainest way to do it."""
