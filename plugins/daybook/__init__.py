"""Daybook: a browsable, searchable archive of research papers, as a Pelican plugin."""


def register() -> None:
    """Plug all of Daybook into Pelican (``PLUGINS = ["daybook"]``)."""
    from .publishing.plugin import connect  # noqa: PLC0415 - the upper floors know no Pelican

    connect()
