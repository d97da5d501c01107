"""Lists of papers as publishers' sites and conferences show them, saved as pages."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest
from daybook.digests.marks import paper_key
from daybook.records import Digest

TITLES = ["Where Storks Rest", "Where Cranes Rest"]


def read(name: str, text: str) -> Digest:
    (digest,) = read_digest(name, text.encode())
    return digest


@pytest.mark.parametrize(
    "address",
    [
        "https://www.usenix.org/conference/usenixsecurity24/presentation/one{}",
        "https://www.ijcai.org/proceedings/2024/{}",
        "https://www.isca-archive.org/interspeech_2024/one24{}_interspeech.html",
        "https://www.nature.com/articles/s41586-024-0700{}-1",
        "https://www.ndss-symposium.org/ndss-paper/where-they-rest-{}/",
        "https://eprint.iacr.org/2024/12{}",
        "https://www.aclweb.org/anthology/D18-149{}",
        "http://aclweb.org/anthology/2020.acl-main.12{}",
        "http://www.cv-foundation.org/openaccess/content_cvpr_2016/html/One{}_CVPR_2016_paper.html",
        "https://www.ecva.net/papers/eccv_2022/papers_ECCV/html/22{}_ECCV_2022_paper.php",
        "https://ieeexplore.ieee.org/stamp/stamp.jsp?tp=&arnumber=909791{}",
        "https://dl.acm.org/citation.cfm?id=311025{}",
        "https://www.computer.org/csdl/proceedings-article/sp/2019/666000a59{}/19skfLYO",
        "https://www.usenix.org/conference/nsdi17/technical-sessions/presentation/gu{}",
        "https://aaai.org/ojs/index.php/AAAI/article/view/484{}",
        "https://www.aaai.org/ocs/index.php/AAAI/AAAI18/paper/view/1632{}",
        "https://www.jair.org/index.php/jair/article/view/1953{}",
        "http://citeseerx.ist.psu.edu/viewdoc/summary?doi=10.1.1.41.12{}",
        "https://api.semanticscholar.org/CorpusID:12345{}",
        "https://www.researchgate.net/publication/22067660{}_Big_nests",
        "https://proceedings.mlsys.org/paper_files/paper/2025/hash/e27ea{}-Abstract-Conference.html",
        "https://transformer-circuits.pub/2022/toy_model_{}/",
    ],
)
def test_pages_that_are_all_papers_make_a_list_of_their_links(address: str) -> None:
    items = "".join(
        f"<li><a href={address.format(n)}>{title}</a></li>" for n, title in enumerate(TITLES)
    )
    digest = read("list.html", f"<html><body><ul>{items}</ul></body></html>")
    assert [entry.title for entry in digest.entries] == TITLES
    assert [entry.links[0].url for entry in digest.entries] == [address.format(n) for n in (0, 1)]
    assert digest.refusals == ()


@pytest.mark.parametrize(
    ("old", "page"),
    [
        ("https://www.aclweb.org/anthology/D18-1493.pdf", "https://aclanthology.org/D18-1493/"),
        ("http://anthology.aclweb.org/D/D14/D14-1162.pdf", "https://aclanthology.org/D14-1162/"),
        (
            "http://www.cv-foundation.org/openaccess/content_cvpr_2016/papers/One_paper.pdf",
            "https://openaccess.thecvf.com/content_cvpr_2016/html/One_paper.html",
        ),
        (
            "http://jmlr.org/proceedings/papers/v9/ross10a/ross10a.pdf",
            "https://proceedings.mlr.press/v9/ross10a.html",
        ),
        (
            "https://ieeexplore.ieee.org/stamp/stamp.jsp?tp=&arnumber=9097918",
            "https://ieeexplore.ieee.org/document/9097918",
        ),
    ],
)
def test_an_old_address_is_that_of_the_page_today(old: str, page: str) -> None:
    assert paper_key(old) == paper_key(page) == page


@pytest.mark.parametrize(
    "address",
    [
        "https://www.aclweb.org/anthology/",
        "https://www.aclweb.org/anthology/people/a/ada/",
        "https://www.microsoft.com/en-us/research/blog/where-they-rest/",
        "https://research.google/blog/",
        "https://www.computer.org/csdl/home",
        "https://kdd.org/kdd2018/accepted-papers/",
    ],
)
def test_other_pages_of_such_hosts_are_no_papers(address: str) -> None:
    assert paper_key(address) is None


@pytest.mark.parametrize(
    ("line", "authors", "organization"),
    [
        ("Ada One and Bo Two, *University of Birds*", ("Ada One", "Bo Two"), "University of Birds"),
        ("Ada One, *Crane Lab*; Bo Two, *Egret College*", ("Ada One", "Bo Two"), None),
        ("Ada One (*MIT*), Bo Two (*MIT*)", ("Ada One", "Bo Two"), "MIT"),
        ("Ada One, *Bo Two*", ("Ada One", "Bo Two"), None),
    ],
)
def test_where_people_work_is_no_person(
    line: str, authors: tuple[str, ...], organization: str | None
) -> None:
    text = "".join(
        f"## [{title}](https://arxiv.org/abs/2403.0000{n})\n\n{line}\n\nThey rest.\n\n"
        for n, title in enumerate(TITLES, 1)
    )
    for entry in read("list.md", text).entries:
        assert (entry.authors, entry.organization) == (authors, organization)
        assert entry.blurb == "They rest."
