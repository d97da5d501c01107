"""KEEP: identity and merging, dates, topics, permalinks; one Markdown page a paper."""
