"""People, places and organisations: what we know of them, and how they are found in a text."""
