"""Views for every template of the theme, filled with whatever text a test wants to see in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from daybook.catalogue import views
from daybook.catalogue.charts import Chart, Subject, columns
from daybook.catalogue.data_pages import DataFile
from daybook.catalogue.digest_changes import DigestChange
from daybook.catalogue.rendering import frame_of, meta_tags
from daybook.catalogue.templating import environment
from daybook.catalogue.topic_pages import SeenPaper
from daybook.catalogue.trending import Trend
from markupsafe import Markup

THEME = Path(__file__).parents[2] / "theme"
FOLDER = THEME / "templates" / "daybook"
TEMPLATES = sorted(
    path.stem
    for path in FOLDER.glob("*.html")
    if path.stem != "base" and not path.stem.startswith("_")
)
KINDS = {"home": "home", "404": "not-found", "list": "year", "reading_list": "reading-list"}

Say = Callable[[str], str]


def plain(text: str) -> str:
    """Give the text itself."""
    return text


def site(say: Say = plain) -> views.Site:
    """Give a site of a few papers."""
    menu = tuple(
        views.Named(say(name), url)
        for name, url in (("Digests", "digests/index.html"), ("Search", "search.html"))
    )
    return views.Site(
        name=say("Toy archive"),
        tagline=say("Three papers"),
        language="en",
        url="https://papers.example.org/repo",
        paper_count=1204,
        digest_count=1,
        author_count=2,
        topic_count=3,
        menu=menu,
        keeper=say("A. Keeper"),
    )


def page(template: str, say: Say = plain) -> views.Page:
    """Give the page that a template is asked for, one folder deep."""
    return views.Page(
        kind=KINDS.get(template, template),
        title=say("A page"),
        url="folder/page.html",
        root="../",
        description=say("What it is"),
        canonical="https://papers.example.org/repo/folder/page.html",
        feed=views.Named(say("Feed of this"), "feeds/topics/safety.atom.xml"),
        robots="noindex",
    )


def card(say: Say, position: int | None = None) -> views.Card:
    """Give a card with everything on it."""
    return views.Card(
        title=say("Alignment faking"),
        url="papers/alignment-faking.html",
        by=lambda: (
            views.Named(say("Ada Lovelace"), "authors/ada-lovelace.html"),
            views.Named(say("Nobody"), None),
        ),
        more_authors=3,
        byline=say("Ada Lovelace, Nobody and 3 more"),
        about=lambda: (views.Named(say("Safety"), "topics/safety.html"),),
        published=views.DateView(say("June 2024"), "2024-06", inferred=True),
        told=lambda: say("A model that feigns."),
        upvotes=24,
        comments=1,
        digests=2,
        position=position,
        group=None,
        withdrawn=True,
    )


def set_cards(*cards: views.Card, level: int = 2, way: str = "full") -> Markup:
    """Set cards as the catalogue does, `way` being 'full' or 'lean'."""
    macro = getattr(environment(()).get_template("daybook/_cards.html").module, way)
    return Markup("".join(macro(card, "../", level) for card in cards))


def digest(say: Say = plain, *, dated: bool = True) -> views.DigestView:
    """Give a digest, dated by inference or not at all."""
    june = views.DateView(say("June 2025"), "2025-06")
    return views.DigestView(
        name=say("14 March 2025") if dated else say("Undated digest, 241 papers"),
        url="digests/2025-03-14.html",
        date=views.DateView(say("14 March 2025"), "2025-03-14", inferred=True) if dated else None,
        not_before=None if dated else june,
        dated_by="inferred" if dated else None,
        count=241,
        format=say("A text copy"),
        new=20,
    )


def paper(**fields: Any) -> views.PaperView:
    """Give a paper of which everything is known, but for the fields a test sets itself."""
    say: Say = fields.pop("say", plain)
    named = views.Named(say("Another"), "papers/another.html", 2)
    known: dict[str, Any] = {
        "heading": say("Alignment faking"),
        "authors": (views.Named(say("Ada Lovelace"), "authors/ada-lovelace.html"),),
        "author_count": None,
        "published": views.DateView(say("December 2024"), "2024-12"),
        "first_seen": views.DateView(say("14 March 2025"), "2025-03-14", inferred=True),
        "topics": (views.Named(say("Safety"), "topics/safety.html"),),
        "abstract": Markup("<p>A model that feigns.</p>"),
        "blurb": Markup("<p>Feigned.</p>"),
        "ai_summary": Markup("<p>It feigns.</p>"),
        "withdrawn": say("Its data were wrong."),
        "uncarried": True,
        "notes": Markup("<h2>Notes</h2><p>Mine.</p>"),
        "venue": say("NeurIPS 2024"),
        "venue_url": "venues/neurips--2024.html",
        "organization": say("An institute"),
        "submitter": say("akhaliq"),
        "remark": say("12 pages, 3 figures"),
        "categories": (say("cs.CL"),),
        "keywords": (say("faking"),),
        "upvotes": 24,
        "comments": 1,
        "links": (views.Named(say("arXiv"), "https://arxiv.org/abs/2412.14093"),),
        "arxiv": say("2412.14093"),
        "arxiv_version": 3,
        "doi": say("10.1000/xyz"),
        "digests": (
            views.PaperDigest(
                name=say("14 March 2025"),
                url="digests/2025-03-14.html#entry-71",
                position=71,
                of=87,
                date=views.DateView(say("14 March 2025"), "2025-03-14", inferred=True),
                group=say("Safety"),
            ),
        ),
        "bibtex": say("@misc{faking}"),
        "head": meta_tags([('property="og:title"', say("Alignment faking"))]),
        "json_ld": Markup('{"@type":"ScholarlyArticle"}'),
        "previous": named,
        "next": named,
    }
    return views.PaperView(**{**known, **fields})


def chart(say: Say) -> Chart:
    """Give a chart of two points."""
    return columns(Subject("key", say("By year"), say("Year")), ((say("2024"), 3), ("2025", 1)))


def variables(template: str, say: Say = plain) -> dict[str, Any]:
    """Give what the contract promises this template besides `site` and `page`."""
    named = views.Named(say("Grace Hopper"), "authors/grace-hopper.html", 2)
    cards = set_cards(card(say), card(say))
    placed = set_cards(card(say, 1), card(say, 2))
    below = set_cards(card(say), level=3) + set_cards(card(say), level=3, way="lean")
    topic = views.TopicView("safety", say("Safety"), "topics/safety.html", say("Harm."), 24)
    pager = views.Pager(
        number=2,
        pages=3,
        first=51,
        last=100,
        total=120,
        links=(
            *(views.Named(str(n), f"topics/safety-page-{n}.html") for n in (1, 2)),
            views.Named("…", None),
        ),
        previous=views.Named("1", "topics/safety.html"),
        next=views.Named("3", "topics/safety-page-3.html"),
    )
    months = (views.Named(say("January"), "dates/2024-01.html", 3),)
    years = (views.YearView(say("2024"), "dates/2024.html", 3, months),)
    topics = (views.TopicGroup(say("Values"), (topic, topic)),)
    groups = (
        views.CardGroup(say("January"), "january", below, "dates/2024-01.html"),
        views.CardGroup(None, None, placed, numbered=True),
    )
    neighbours = {"previous": named, "next": named}
    given: dict[str, dict[str, Any]] = {
        "home": {
            "digest": digest(say),
            "cards": set_cards(card(say, 1), card(say, 2), level=3),
            "shown": 2,
            "trends": (Trend(say("Alignment"), "papers/faking.html", say("2 upvotes: 2.0")),),
            "formula": say("upvotes"),
            "most_seen": below,
            "groups": topics,
            "years": years,
        },
        "paper": {"paper": paper(say=say)},
        "digests": {"digests": (digest(say), digest(say, dated=False)), "pager": pager},
        "digest": {
            "change": DigestChange(
                2, 1, (views.Named(say("1"), "digests/a.html#entry-1"),), 3, named, 1
            ),
            "digest": digest(say),
            "groups": groups,
            "pager": pager,
            "newsletter": "digests/2025-03-11.eml",
            **neighbours,
        },
        "topics": {"groups": topics},
        "topic": {
            "topic": topic,
            "cards": cards,
            "pager": pager,
            "authors": (named,),
            "neighbours": (named,),
            "beside": ((say("By year"), (named,)),),
            "trend": chart(say),
            "seen": (SeenPaper(say("Seen"), "papers/seen.html", say("in 2 digests")),),
        },
        "overview": {"sections": ((say("Growth"), (chart(say),)),)},
        "venues": {"venues": (named,), "pager": pager},
        "shelf": {
            "above": ((say("Topics"), "topics/index.html"),),
            "heading": say("Safety in 2025"),
            "intro": say("The newest"),
            "total": 2,
            "beside": ((say("Authors"), (named,)),),
            "groups": groups,
            "pager": pager,
            **neighbours,
        },
        "authors": {
            "groups": (views.AuthorGroup(say("H"), "letter-h", (named,)),),
            "letters": (views.Named(say("H"), "authors/index.html#letter-h", 1),),
            "total": 1,
            "pager": pager,
        },
        "author": {
            "author": named,
            "years": say("2023 to 2025"),
            "groups": groups,
            "pager": pager,
            "coauthors": (named,),
            "more_coauthors": 3,
            "beside": (named,),
            "topics": (named,),
        },
        "data": {
            "kinds": (
                DataFile(say("Tables"), say("Rows."), (named,), ((say("id"), say("A name")),)),
            )
        },
        "dates": {
            "years": years,
            "unknown": named,
            "days": (named,),
            "weeks": (named,),
            "months": chart(say),
        },
        "list": {
            "above": ((say("2024"), "dates/2024.html"),),
            "calendar": chart(say),
            "heading": say("2024"),
            "intro": say("All of 2024"),
            "groups": groups,
            "pager": pager,
            **neighbours,
        },
        "search": {},
        "reading_list": {},
        "about": {"body": None},
        "404": {},
        "redirect": {"target": named},
        "removed": {
            "reason": say("Its author asked for it."),
            "what": "A paper",
            "list_of": views.Named("All digests", "digests/index.html"),
        },
    }
    return given[template]


def render(template: str, say: Say = plain, **fields: Any) -> str:
    """Render a template as the catalogue does, with the fields a test sets itself."""
    found = environment(()).get_template(f"daybook/{template}.html")
    return found.render(**{**given(template, say), **fields})


def given(template: str, say: Say = plain) -> dict[str, Any]:
    """Give everything that a template is given."""
    shown = page(template, say)
    frame = frame_of(environment(()), site(say), shown.root, shown.url, shown.kind)
    return {"site": site(say), "page": shown, "frame": frame, **variables(template, say)}
