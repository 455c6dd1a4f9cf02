"""Speed of the search page."""
