"""The formats by name, with what reports and the README call them.

How each is read says `registry`; who only names one need not load that.
"""

TITLES = {
    "mail": "e-mail (a message or a mailbox)",
    "hf-json": "Hugging Face API answers (JSON)",
    "hf-html": "Hugging Face pages (HTML)",
    "scholar-alert": "Google Scholar's alerts (HTML)",
    "arxiv-html": "arXiv listings and searches (HTML)",
    "citation-html": "pages of one paper with citation tags (HTML)",
    "xml": "records in XML: OAI-PMH, PubMed, DBLP and EndNote",
    "feed": "feeds of papers, arXiv's first (Atom, RSS)",
    "html": "newsletters and trackers in HTML",
    "arxiv-mail": "arXiv mailings and text listings",
    "csl-json": "bibliographies in CSL-JSON",
    "jsonl": "JSON Lines of papers",
    "json": "lists of papers and answers of services (JSON)",
    "bibtex": "bibliographies in BibTeX",
    "ris": "bibliographies in RIS",
    "tagged": "exports of PubMed, Web of Science and EndNote",
    "csv": "tables of papers (CSV, TSV)",
    "hf-rendered-paper": "a paper's page at Hugging Face rendered as text or Markdown",
    "hf-rendering": "Hugging Face pages rendered as text or Markdown",
    "markdown": "newsletters and trackers in Markdown",
    "hf-text": "Hugging Face Daily Papers copied as text",
}
"""In the order of `registry.FORMATS`."""
