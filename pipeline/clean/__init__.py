"""Take the furniture out and mend the text: ``RawFile`` → :class:`~pipeline.clean.article.CleanArticle`."""
