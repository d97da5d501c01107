"""Venues by the names that lists give them, and words that only say where a paper came out."""

from __future__ import annotations

import re

_SHORT = (
    "NeurIPS NIPS ICLR ICML CVPR CVPRW ICCV ICCVW ECCV ECCVW WACV BMVC ACCV 3DV ACL EMNLP NAACL"
    " EACL AACL COLING CoNLL LREC COLM AAAI IJCAI AAMAS ICAPS KDD WWW SIGIR WSDM CIKM RecSys ECIR"
    " ICDM SDM ICASSP INTERSPEECH ISMIR CoRL ICRA IROS RSS HRI L4DC RA-L RAL TMLR JMLR TACL TPAMI"
    " PAMI IJCV TIP TNNLS TKDE TOIS TVCG TASLP TOG SIGGRAPH SCA EGSR UIST CHI CSCW AISTATS UAI COLT"
    " SIGMOD VLDB PVLDB ICDE EDBT CIDR PODS MICCAI MIDL ISBI NDSS CCS OSDI SOSP NSDI EuroSys ASPLOS"
    " ISCA HPCA MLSys SIGCOMM PPoPP ICSE FSE ASE ISSTA PLDI POPL OOPSLA"
)
NAMES = _SHORT.replace(" ", "|")
"""The short names of venues, as a part of a pattern: a closed list."""
_DAY = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?|\d{1,2}(?:st|nd|rd|th)?"
    r"|(?:19|20)\d{2}(?:[./-]\d{1,2}){0,2}"
)
_KIND = (
    r"findings|main|track|industry|demo|oral|spotlight|poster|highlight|workshops?|asia|datasets?"
    r"|benchmarks?|and|long|short|best|paper|award|finalist|candidate|outstanding|honou?rable|mention|runner-?up|distinguished|accepted|published|in|at|of"
)
_ANY = r"(?-i:(?=[A-Za-z&]{0,9}[A-Z]{2})[A-Z][A-Za-z&]{1,11})[ '’-]?(?:19|20)\d{2}(?!\w)"
"""Capitals before a year, as any conference may be called."""
_LONG = rf"(?:{NAMES}|SIGGRAPH Asia|ACM MM|S&P|USENIX(?: Security)?)"
_WHERE = re.compile(
    rf"(?:{_ANY}|(?:{_LONG}|IEEE|ACM|arxiv|(?:bio|med)rxiv|preprint|openreview"
    rf"|tech(?:nical)? ?report)(?:[ ,'’:-]{{0,2}}(?:20)?\d{{2}}(?!\w))?|{_DAY}|{_KIND})"
    r"(?:[\s,.;:()&/|*_–-]+|(?=(?:19|20)\d{2})|\Z)",
    re.IGNORECASE,
)
_DATED = re.compile(
    rf"(?<!\w)(?:{_LONG}(?: Workshops?| Findings)?[ ,'’-]{{0,2}}(?:20)?\d{{2}}(?!\w)|{_ANY})",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(rf"((?:19|20)\d{{2}})[ ,'’-]{{1,2}}({_LONG})(?!\w)", re.IGNORECASE)
_PREPRINT = re.compile(r"(?<!\w)(?:arxiv|preprint)(?!\w)", re.IGNORECASE)
_LONGEST = 60


def says_where(words: str) -> bool:
    """Whether words name a venue with its year, or arXiv, and nothing but what belongs to that.

    'CVPR2023', 'COLING 2025 Industry Track', 'arXiv, 21 Jul 2025'
    """
    text = words.strip(" *_[]()`.,:;|")
    if len(text) > _LONGEST:
        return False
    if not (_DATED.search(text) or _PREPRINT.search(text) or _YEAR_FIRST.search(text)):
        return False
    place = 0
    while place < len(text):
        part = _WHERE.match(text, place)
        if part is None:
            return False
        place = part.end()
    return True


def venue_called(words: str) -> str | None:
    """Give the venue, with its year, of words that `says_where` knows."""
    if not says_where(words):
        return None
    if found := _DATED.search(words):
        return found[0]
    turned = _YEAR_FIRST.search(words)
    return f"{turned[2]} {turned[1]}" if turned else None
