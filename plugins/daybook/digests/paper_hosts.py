"""Where papers are: what the addresses of publishers, archives and laboratories have in common.

Each is the path below a host, as its own pages have it; `publishers` asks after them.
"""

from __future__ import annotations

import re

_ARTICLES = (
    r"jmlr\.org/(?:papers|mloss|proceedings/papers)/v",
    r"nature\.com/(?:articles/s\d|\w+/journal/v\d+/n\w+/(?:full|abs|pdf)/\w)",
    r"(?:[\w-]+\.)?sciencedirect\.com/science/article/",
    r"cell\.com/[\w-]+/(?:fulltext|abstract)/",
    r"academic\.oup\.com/[\w-]+/(?:article|advance-article)",
    r"cambridge\.org/core/(?:journals|books)/[\w-]+/article/",
    r"direct\.mit\.edu/[\w-]+/article",
    r"mdpi\.com/\d{4}-\d{3}[\dX]/",
    r"elifesciences\.org/articles/\d",
    r"(?:science\.sciencemag|pnas|bmj)\.(?:org|com)/content/(?:early/)?\d",
    r"jamanetwork\.com/journals/\w+/(?:full)?article",
    r"nowpublishers\.com/article/Details/\w",
    r"ebooks\.iospress\.nl/(?:volumearticle|publication|doi)/\d",
    r"jstor\.org/stable/\d",
    r"eprint\.iacr\.org/\d{4}/\d+",
    r"isca-archive\.org/\w+/\w",
    r"isca-speech\.org/archive/(?:pdfs/)?\w+/\w",
    r"roboticsproceedings\.org/\w+/p\d",
    r"roboticsconference\.org/(?:\d{4}/)?program/papers/\d",
    r"drops\.dagstuhl\.de/(?:entities/document/|opus/volltexte/\d)",
    r"papers\.ssrn\.com/\S*abstract_id=",
    r"osf\.io/preprints/",
    r"ijcai\.org/(?:proceedings|Proceedings)/\d{2,4}/\w",
    r"usenix\.org/(?:legacy/)?conference/\w+/(?:technical-sessions/)?presentation/",
    r"ndss-symposium\.org/ndss-paper/",
    r"kdd\.org/kdd\d{4}/(?:accepted-papers|papers|subtopic)/view/",
    r"ecva\.net/papers/eccv_\d{4}/papers_ECCV/(?:html|papers)/",
    r"cv-foundation\.org/{1,2}openaccess/content\S*/(?:html|papers)/",
    r"bmva\.org/bmvc/\d{4}/papers/paper\d",
    r"(?:aclweb\.org/anthology|anthology\.aclweb\.org)(?:/papers)?/(?:\w/\w\d\d/)?(?:[A-Z]\d\d-|2\d{3}\.)",
    r"aclanthology\.(?:info|coli\.uni-saarland\.de)/papers/[A-Z]\d\d-",
    r"proceedings\.(?:mlsys\.org|iclr\.cc)/paper",
    r"computer\.org/csdl/(?:journal|magazine|proceedings(?:-article)?)/\w",
    r"ieeexplore\.ieee\.org/(?:stamp/stamp\.jsp|xpls?/\w+\.jsp)\?\S*\barnumber=\d",
    r"(?:dl|portal)\.acm\.org/(?:citation|ft_gateway)\.cfm\?\S*\bid=\d",
    r"(?:www\.|wvvw\.)?aaai\.org/(?:ocs/index\.php/[\w-]+/[\w-]+/paper/(?:\w+/)\d|papers/\d)",
    r"[\w.-]{4,100}/(?:[\w-]+/){0,3}index\.php/[\w-]+/article/(?:view|download|viewFile)/\d",
    r"pubmed\.ncbi\.nlm\.nih\.gov/\d",
    r"(?:pmc\.)?ncbi\.nlm\.nih\.gov/(?:pmc/)?articles/PMC\d",
    r"europepmc\.org/(?:article|abstract)/\w+/\w",
    r"dblp\.org/rec/\w+/\w",
    r"citeseerx\.ist\.psu\.edu/(?:viewdoc/\w+|document)\?\S*\bdoi=\w",
    r"(?:api|pdfs)\.semanticscholar\.org/(?:CorpusID:\d|[0-9a-f]{4}/[0-9a-f]{36})",
    r"(?:ui\.)?adsabs\.harvard\.edu/abs/\w",
    r"inspirehep\.net/(?:literature|record)/\d",
    r"researchgate\.net/(?:profile/\w+/)?publication/\d",
    r"tmlr\.infinite-conf\.org/paper_pages/",
    r"(?:distill|transformer-circuits)\.pub/\d{4}/\w",
)
_VENUES = r"(?:iclr|icml|neurips|nips|mlsys|aistats|(?:\w+\.)?thecvf|(?:\w+\.)?ecva|colmweb)"
_KEPT = (
    r"ssrn\.com/abstract=\d",
    r"(?:pmc\.)?ncbi\.nlm\.nih\.gov/(?:pmc/|pubmed/)?(?:articles/)?(?:PMC)?\d",
    r"europepmc\.org/\w+/\w+/\w",
    r"nature\.com/articles/\w",
    r"zenodo\.org/records?/\d",
    r"(?:[\w-]+\.)?(?:hal\.science|archives-ouvertes\.fr|hal\.inria\.fr)/(?:[\w-]+/)?\w+-\d{6,9}",
    rf"{_VENUES}\.\w{{2,3}}/virtual/\d{{4}}/(?:loc/[\w-]+/)?(?:\w+/)?(?:poster|oral|spotlight)/\d",
    r"(?:paperswithcode|catalyzex)\.com/paper/\w",
    r"microsoft\.com/(?:[a-z-]{2,6}/)?research/publication/\w",
    r"research\.(?:google|ibm\.com|facebook\.com|fb\.com|nvidia\.com)/(?:pubs|publications?)/\w",
    r"(?:ai\.meta\.com/research|amazon\.science|deepmind\.com)/publications/\w",
    r"machinelearning\.apple\.com/research/\w",
)


def _any_of(paths: tuple[str, ...], besides: str = "") -> re.Pattern[str]:
    return re.compile(rf"https?://(?:www\.)?(?:{'|'.join(paths)}){besides}", re.IGNORECASE)


ARTICLE = _any_of(_ARTICLES)
"""Pages of articles: nothing else has such an address."""
KEPT = _any_of(_KEPT, r"|https?://[^/\s]{3,253}/[^\s?#]{1,1000}\.pdf(?:[?#]|\Z)")
"""Archives that keep other things, too, and files to be read: papers where they are listed so."""
