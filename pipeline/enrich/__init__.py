"""Add what the text is about: language, entities, places, near-duplicates: ``CleanArticle`` → ``Article``."""
