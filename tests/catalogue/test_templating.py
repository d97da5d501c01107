"""A theme's own templates in the place of Daybook's: what is said when they are too old for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from daybook.catalogue.templating import TemplateError, environment, own_theme
from jinja2 import UndefinedError

from .small_archive import ARCHIVE, OPTIONS, render

OWN = own_theme() / "templates" / "daybook"
OLD = {
    "a name": ("paper.html", "</article>", "{{ nosuch }}\n</article>", "'nosuch' is undefined"),
    "a field": ("paper.html", "</article>", "{{ paper.nosuch }}\n</article>", "'nosuch'"),
    "an item": ("paper.html", "</article>", "{{ paper['nosuch'] }}\n</article>", "'nosuch'"),
    "a filter": ("paper.html", "</article>", "{{ 1|nosuch }}\n</article>", "'nosuch'"),
    "a tag": ("topic.html", "{% endblock %}", "{% nosuch %}", "'nosuch'"),
    "a template": (
        "about.html", "</article>", "{% include 'daybook/_no.html' %}\n</article>", "'daybook/_no.",
    ),
    "a macro": (
        "about.html",
        "</article>",
        "{% from 'daybook/_macros.html' import nosuch %}{{ nosuch() }}\n</article>",
        "'nosuch'",
    ),
}  # fmt: skip
"""What an old copy asks for in vain: the file, what is changed in it, and what is said."""


def copied(theme: Path, name: str, old: str, new: str) -> Path:
    """Put a changed copy of one of Daybook's templates into a theme; the last `old` is `new`."""
    (theme / "daybook").mkdir()
    copy = theme / "daybook" / name
    before, found, after = (OWN / name).read_text("utf-8").rpartition(old)
    assert found
    copy.write_text(before + new + after, "utf-8")
    return copy


@pytest.mark.parametrize("kind", OLD)
def test_an_old_template_is_named_with_its_line_and_what_to_do(tmp_path: Path, kind: str) -> None:
    name, old, new, said = OLD[kind]
    copy = copied(tmp_path, name, old, new)
    text = copy.read_text("utf-8")
    line = text[: text.index(new)].count("\n") + 1
    with pytest.raises(TemplateError) as caught:
        render(ARCHIVE, replace(OPTIONS, templates=(tmp_path,)))
    assert str(caught.value).startswith(f"{copy}, line {line}: ")
    assert said in str(caught.value)
    assert f"Your theme's {copy} takes the place of Daybook's own in {OWN.parent}" in str(
        caught.value
    )


@pytest.mark.parametrize(
    ("old", "new"), [("macro date(", "macro day("), ("macro date(d)", "macro date()")]
)
def test_an_old_template_that_lacks_what_another_asks_of_it_is_named(
    tmp_path: Path, old: str, new: str
) -> None:
    copy = copied(tmp_path, "_macros.html", old, new)
    with pytest.raises(TemplateError, match=rf"{OWN}/\w+\.html, line \d+: .*'date'") as caught:
        render(ARCHIVE, replace(OPTIONS, templates=(tmp_path,)))
    assert f"Your theme's {copy} takes the place" in str(caught.value)


def test_where_all_templates_are_daybooks_own_no_theme_is_named(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(OWN.parent, target_is_directory=True)
    template = environment((tmp_path / "link",)).from_string("{{ nosuch }}")
    with pytest.raises(UndefinedError, match="'nosuch' is undefined"):
        template.render()
