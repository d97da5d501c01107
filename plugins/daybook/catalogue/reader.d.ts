/** What theme/static/daybook.js gives the scripts that it loads when they are asked for. */
declare namespace daybook {
  /** A starred paper, as the reader's browser keeps it. */
  interface Entry extends Work {
    /** When it was starred, in milliseconds. */
    starred?: number;
    read?: boolean;
    tags?: string[];
    /** What was kept cannot be read: the paper's address is all there is. */
    damaged?: boolean;
  }

  /** What the reader wants to see marked; an asterisk ends a word in any way. */
  interface Marks {
    on: boolean;
    words: string[];
    authors: string[];
  }

  /** What a reading list of another program says of a paper. */
  interface Told extends Partial<Entry> {
    /** All of it, where identifiers may stand. */
    raw: string;
  }

  interface Button extends HTMLButtonElement {
    /** Show whether it is starred now. */
    tell?: () => void;
  }

  /** A file that the dialog of citations offers: its ending, its media type, and what makes it. */
  type Form = [ending: string, type: string, make: (works: Work[]) => string];

  /** The base folder's address. */
  var base: string;
  /** Run a script of the assets folder, once. */
  function load(name: string): Promise<void>;
  /** Tell the reader something in passing, with something to do about it in a time, in milliseconds. */
  function say(text: string, label?: string, act?: () => void, time?: number): void;
  /** Copy a text; gives whether the browser let us. */
  function copy(text: string): Promise<boolean>;
  function button(label: string, act: () => void): HTMLButtonElement;
  /** What is kept under a name; paper's names are their slugs, others begin with a colon. */
  function kept(name: string): string | null;
  function keep(name: string, value: string | null): void;
  function star(entry: Entry): void;
  /** How the names of all that is kept begin, and what the browser refused to keep. */
  var prefix: string;
  var memory: Map<string, string | null>;
  function slug(url: string): string;
  /** Where others reach a page that is read here, maybe from a disk; '' where nobody knows. */
  function lasting(url: string): string;
  /** The address of the page that its keeper publishes, or ''. */
  var canonical: string;
  /** A text without what only lays it out. */
  function textOf(element: Element | null | undefined): string;
  function starOf(work: () => Work): Button;
  /** What a list says of one of its papers. */
  function listed(item: Element): Work;
  /** What the page shows: a paper or a list of them. */
  function works(): Work[];
  /** Give buttons for stars, and facts for Zotero, to the papers that are listed in an element. */
  function dress(list: Element): void;
  function cite(works?: Work[], forms?: Record<string, Form>): Promise<void>;
  /** Have marks shown, or taken away, as the reader wants now. */
  function mark(): Promise<void>;

  /** copying.js */
  function copied(text: string): Promise<boolean>;
  /** paper.js: what the page of a paper, this or one that was fetched from an address, says of it. */
  function paper(page: Document, address: string): Work;
  /** citing_page.js */
  function showCitations(works: Work[], forms: Record<string, Form>): void;
  function save(name: string, type: string, text: string): void;
  /** keys.js */
  function press(key: string): void;
  function help(): void;
  /** marking.js */
  function marks(): Marks;
  function showMarks(): void;
  /** notes.js: what a reader adds to a starred paper, and what is kept of it. */
  function notes(slug: string): HTMLElement;
  /** What a list becomes that two windows changed at once, both from `before` on. */
  function merged(before: string[], theirs: string[], ours: string[]): string[];
  function joined(before: string, theirs: string, ours: string): string;
  function entry(slug: string): Entry | null;
  /** The slugs of all starred papers. */
  function starred(): string[];
  /** importing.js */
  var importing: {
    /** What a file lists; citing.js is there. */
    read(text: string): Told[];
    find(told: Told): Promise<Entry | null>;
    arxivOf(raw: string): string;
    doiOf(raw: string): string;
    plain(title: string): string;
  };
  /** data/ids.js: arXiv ids or DOIs in the order of papers' numbers, divided by spaces. */
  var ids: string | undefined;
  /** dates/on-*.js: for days of a month, years, addresses and names. */
  var days: Record<string, [year: number, url: string, name: string][]> | undefined;
}
