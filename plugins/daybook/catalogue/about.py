"""What the about page says where the keeper has written none."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from .shelves import Shelves
from .views import Site
from .wording import counted

_TEXT = """\
<p>{name} keeps {papers}, gathered from {digests}. A digest is a list of papers as somebody \
published it on a day: a page of daily papers, a mailing, a listing. The archive keeps each digest \
as it was, and gives every paper one page with one address, however many digests carried it.</p>
<h2>Where the papers come from</h2>
{sources}
<p>A title, an abstract, a figure of upvotes or comments is what a digest said. Authors, \
identifiers and venues that no digest gives come from bibliographic records. What nobody knows is \
left out: a paper whose authors are not known names none.</p>
<h2>Dates</h2>
<p>Two kinds of dates are kept apart: when a paper was published, as exactly as is known (a year, \
a month or a day), and when a digest carried it. The list of <a href="dates/index.html">dates</a> \
goes by publication.</p>
<p>A digest has the date that it states itself, or that its file’s name states. Where a heading \
gives a day without its year, the year is inferred: the earliest one in which no paper of the \
digest would be younger than the digest. Such a date is marked as inferred wherever it stands. A \
digest with no date at all is called undated, and is shown as not before the publication of the \
youngest paper in it.</p>
"""
_SEARCHING = """\
<h2>Searching</h2>
<p>The <a href="search.html">search</a> looks in titles, abstracts, authors and topics, and runs \
in the reader’s own browser. Words are compared by their stem, so that <em>model</em> finds \
<em>models</em>. A search may also say:</p>
<ul>
<li><code>title:attention</code>, <code>abstract:</code>, <code>author:</code> or \
<code>topic:</code> to look in one field only;</li>
<li><code>+graph -neural</code> for a word that must be there and one that must not;</li>
<li><code>transform*</code> for any ending;</li>
<li><code>atention~1</code> for a word with one letter different;</li>
<li><code>robot^5 arm</code> to let one word count for more.</li>
</ul>
<p>The address of a search can be kept and shared.</p>
"""


def default_about(site: Site, shelves: Shelves) -> Markup:
    """Tell what the archive is, how its dates came about, what it is made from, how to search."""
    formats = Counter(view.format for view in shelves.digests.values())
    ranked = sorted(formats.items(), key=lambda item: (-item[1], item[0]))
    sources = Markup("").join(
        Markup("<li>{}: {}</li>\n").format(name, counted(number, "digest"))
        for name, number in ranked
    )
    return Markup(_TEXT + _SEARCHING * site.searched).format(
        name=site.name,
        papers=counted(site.paper_count, "paper"),
        digests=counted(site.digest_count, "digest"),
        sources=Markup("<ul>\n{}</ul>").format(sources) if sources else "",
    )
