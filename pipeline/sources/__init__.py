"""List, read and decode raw files: folder or bucket → :class:`~pipeline.sources.raw.RawFile`."""
