"""The file of topics: what is wrong with one is said with its line, and what ours holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from daybook.archive.topics import Taxonomy, load_taxonomy
from daybook.errors import TopicsError

from .conftest import SMALL, Write


class TestBrokenFiles:
    """Every mistake is named with its line, and with what to do."""

    @pytest.mark.parametrize(
        ("old", "new", "line", "message"),
        [
            ("title = 2", "title = ", 2, "not TOML"),
            ("title = 2", "titel = 2", 2, "'titel' in [weighing] is not known"),
            ("title = 2", "title = -1", 2, "'title' in [weighing] is -1"),
            ("title = 2", "title = true", 2, "'title' in [weighing] is True"),
            ("needed = 10", "needed = nan", 4, "'needed' in [weighing] is nan"),
            ('name = "Birds"\n', "", 8, "topic 1 has no 'name'"),
            ('name = "Birds"', "name = 3", 8, "topic 1 has no 'name'"),
            ('name = "Birds"', 'name = " \\u202e\\u0000 "', 8, "topic 1 has no 'name'"),
            ('slug = "birds"', 'slug = "Birds!"', 8, "'Birds!' cannot be a slug"),
            ('slug = "birds"', 'slug = "../etc"', 8, "cannot be a slug"),
            ('slug = "birds"', 'slug = "unsorted"', 8, "'unsorted' cannot be a slug"),
            ('slug = "birds"', 'slug = "nul"', 8, "'nul' cannot be a slug"),
            ('slug = "fish"', 'slug = "birds"', 21, "two topics have the slug 'birds'"),
            ('slug = "fish"', 'slug = "fish"\nneeded = 0', 23, "'needed' of topic 'fish' is 0"),
            ('slug = "fish"', 'slug = "fish"\nlead = "x"', 23, "'lead' of topic 'fish' is 'x'"),
            ('slug = "fish"', 'slug = "fish"\nlearning = 1', 23, "'learning' of topic 'fish' is 1"),
            ('slug = "fish"', 'slug = "fish"\ncolour = 1', 23, "'colour' in topic 'fish'"),
            ('"fin"', '"f*n"', 29, "'f*n' in the evidence of 'fish' is not a phrase"),
            ('"fin"', '"fish"', 28, "'fish' stands twice in the evidence of 'fish'"),
            ('"fin"', "7", 29, "'4' in the evidence of 'fish' should be a list of texts"),
            ('4 = ["fin"]', 'four = ["fin"]', 29, "'four' in the evidence of 'fish'"),
            ('4 = ["fin"]', '9999 = ["fin"]', 29, "'9999' in the evidence of 'fish'"),
            ('12 = ["q-bio.AV"]', '12 = "q-bio.AV"', 19, "should be a list of texts"),
            ("[weighing]", "[weight]", 1, "'weight' at the top of the file is not known"),
        ],
    )
    def test_a_mistake_is_named_with_its_line(
        self, write: Write, old: str, new: str, line: int, message: str
    ) -> None:
        assert old in SMALL
        path = write(SMALL.replace(old, new, 1))
        with pytest.raises(TopicsError) as caught:
            load_taxonomy(path)
        refusal = caught.value.refusal
        assert message in refusal.message
        assert refusal.line == line
        assert refusal.path == path.as_posix()
        assert refusal.hint

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("[weighing]", "{} = 1\n[weighing]"),
            ('slug = "birds"', 'slug = "{} "'),
            ('name = "Birds"', 'name = "Birds"\n{} = 1'),
            ('name = "Birds"', 'name = "Birds"\nlearning = "{}"'),
            ('name = "Birds"', 'name = "Birds"\nformerly = ["{}"]'),
            ("[weighing]", "[weighing]\nneeded = 1{}"),
            ('"fin"', '"{0}", "{0}"'),
            ('"fin"', '"*{}"'),
            ('"fin"', '"fin*{}"'),
            ('"fin"', '"{}+"'),
            ('4 = ["fin"]', '{} = ["fin"]'),
        ],
    )
    def test_a_message_is_short_whatever_it_quotes(self, write: Write, old: str, new: str) -> None:
        said = []
        for sign in ("k", "1", "_"):
            path = write(SMALL.replace(old, new.format(sign * 4000), 1))
            try:
                load_taxonomy(path)
            except TopicsError as error:
                said.append(len(error.refusal.message))
        assert said
        assert max(said) < 400

    @pytest.mark.parametrize("text", ["", "topics = 3", "topics = []", "topics = [1]", "home = 1"])
    def test_a_file_without_topics_is_refused(self, write: Write, text: str) -> None:
        with pytest.raises(TopicsError):
            load_taxonomy(write(text))

    def test_a_missing_file_is_refused_and_not_a_traceback(self, tmp_path: Path) -> None:
        with pytest.raises(TopicsError, match="cannot be read"):
            load_taxonomy(tmp_path / "topics.toml")
        with pytest.raises(TopicsError, match="cannot be read"):
            load_taxonomy(tmp_path)

    def test_a_file_that_is_not_utf_8_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "topics.toml"
        path.write_bytes(SMALL.encode("utf-16"))
        with pytest.raises(TopicsError, match="UTF-8"):
            load_taxonomy(path)

    def test_a_byte_order_mark_and_windows_line_ends_are_read(self, tmp_path: Path) -> None:
        path = tmp_path / "topics.toml"
        path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
        assert [topic.slug for topic in load_taxonomy(path).topics] == ["birds", "fish"]


class TestShippedTaxonomy:
    def test_it_holds_the_41_topics_in_six_groups(self, taxonomy: Taxonomy) -> None:
        assert len(taxonomy.topics) == 41
        groups = [topic.group for topic in taxonomy.topics]
        assert len(set(groups)) == 6
        assert groups == sorted(groups, key=groups.index), "the topics of a group stand together"
        assert all(topic.definition.endswith(".") for topic in taxonomy.topics)

    def test_every_topic_has_evidence_of_its_own(self, taxonomy: Taxonomy) -> None:
        with_evidence = {place for worth in taxonomy.phrases for place, points in worth if points}
        assert with_evidence == set(range(41))

    def test_its_slugs_are_those_of_the_given_taxonomy(
        self, taxonomy: Taxonomy, shared: Path
    ) -> None:
        rows = (shared / "topics" / "topics.md").read_text("utf-8").splitlines()
        slugs = [row.split("|")[1].strip() for row in rows if row.startswith("| ")]
        given = [slug for slug in slugs if slug != "slug" and not slug.startswith(("*", "-"))]
        assert [topic.slug for topic in taxonomy.topics] == given
