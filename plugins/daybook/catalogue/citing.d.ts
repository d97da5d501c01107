/** What theme/static/citing.js gives. */
declare namespace daybook {
  /** What is cited of a paper; texts are plain. */
  interface Work {
    id: string;
    title: string;
    authors?: string[];
    /** Authors whose names are not known. */
    more?: number;
    /** `2024`, `2024-06` or `2024-06-28`. */
    date?: string;
    venue?: string;
    arxiv?: string;
    doi?: string;
    url?: string;
    abstract?: string | undefined;
    /** The reader's own, if it is of a reading list. */
    keywords?: string[] | undefined;
    /** The reader's own, on any number of lines. */
    note?: string;
  }

  interface Citing {
    bibtex(work: Work): string;
    /** BibTeX in ASCII, as far as TeX has commands for letters. */
    ascii(bibtex: string): string;
    ris(work: Work): string;
    csl(work: Work): Record<string, unknown>;
    apa(work: Work): string;
    mla(work: Work): string;
    chicago(work: Work): string;
    /** A text on one line. */
    line(text: string): string;
    /** A text that TeX's escapes and accents stand for. */
    unlatex(text: string): string;
  }

  var citing: Citing;
}
