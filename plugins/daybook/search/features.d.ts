/** What the search page's features share beyond client.d.ts. */
declare namespace daybook {
  /** What a reader asks for besides words, as the address says it. */
  interface Wish {
    /** Nothing is added to the words. */
    typed?: boolean;
    /** A slug. */
    topic?: string | undefined;
    /** A name. */
    author?: string | undefined;
    /** `2024`, `2024-06` or `2024-06-28`; what is no date is no wish. */
    from?: string | undefined;
    to?: string | undefined;
    /** An id. */
    digest?: string | undefined;
    code?: boolean | undefined;
    sort?: "date" | undefined;
  }

  /** What was searched for besides a word that was typed. */
  interface Addition {
    kind: "acronym" | "spelling" | "completion";
    word: string;
    /** Each one or several terms. */
    others: string[][];
  }

  interface Outcome {
    added?: Addition[];
    /** The query with its unknown words put right, or nothing. */
    instead?: string;
    /** What the card of a hit must have for it to be a result, each between two spaces. */
    phrases?: string[];
  }

  interface Answer {
    /** Whether `total` is exact; else it is the least. */
    complete: boolean;
    added: Addition[];
    instead: string;
    wish: Wish;
    counts(): Promise<Counts>;
  }

  interface Count {
    value: string;
    name: string;
    count: number;
  }

  interface Counts {
    topic: Count[];
    digest: Count[];
    year: Count[];
    code: number;
  }

  interface Facts {
    names: Map<string, string>;
    test(wish: Wish, authors: ReadonlySet<number> | null, but?: string): (hit: Hit) => boolean;
    count(hits: Hit[], wish: Wish, authors: ReadonlySet<number> | null): Counts;
    newestFirst(hits: Hit[]): Promise<Hit[]>;
    everything(): Hit[];
  }

  /** The file `side`. */
  interface SideTable {
    facts: { size: number; names: string };
    people: { all: Table; likeliest: Table };
    titles: { all: Table; likeliest: Table };
    /** Name, papers, slug. */
    topics: [string, number, string][];
  }

  interface Suggestion {
    kind: string;
    name: string;
    /** Papers. */
    count?: number;
    /** Relative to the base folder; nothing where there is no page. */
    url?: string | null;
    /** The number of a paper. */
    paper?: number;
  }

  interface Store {
    files: Files;
  }

  interface CodeReader {
    /** How far it has read. */
    at: number;
  }

  interface Card {
    arxiv?: string;
    doi?: string;
  }

  /** What the scripts of the search page alone share. */
  interface PageParts {
    /** The base folder's address. */
    root: string;
    element(tag: string, attributes?: Record<string, string>, children?: (Node | string)[]): HTMLElement;
    button(label: string, act: () => void): HTMLButtonElement;
    dateText(date: string): string;
    counted(number: number, noun: string): string;
    result(card: Card, terms: Record<string, Set<string>>): HTMLElement;
    writer(cards: Card[]): (term: string) => string;
    Combobox: new (
      input: HTMLInputElement,
      label: string,
      suggest: (text: string) => Promise<Suggestion[]>,
      choose: (chosen: Suggestion) => void,
    ) => unknown;
    readWish(get: (name: string) => string): Wish;
    writtenWish(wish: Wish): [string, string][];
    Panel: new (details: HTMLDetailsElement, changed: () => void, suggest: (text: string) => Promise<Suggestion[]>) => Panel;
    cited(card: Card): Work;
  }

  interface Panel {
    details: HTMLDetailsElement;
    wish(): Wish;
    show(wish: Wish): void;
    tell(counts: Counts, complete: boolean): void;
  }

  var page: PageParts;

  interface Search {
    plainWords(text: string): string[];
    quotes(text: string): { phrases: string[]; rest: string };
    hasPhrases(card: Card, phrases: string[]): boolean;
    factsOf(store: Store): Promise<Facts>;
    dateNumber(text: string, last?: boolean): number | undefined;
    sideTable(store: Store): Promise<SideTable>;
    suggestions(store: Store, text: string, only?: "author"): Promise<Suggestion[]>;
    author(store: Store, name: string): Promise<{ name: string; weight: number; slug: string | null; papers: number[] | null } | undefined>;
    feeds(store: Store, text: string, wish: Wish): Promise<{ name: string; url: string }[]>;
    filters(wish: Wish): boolean;
    everything(store: Store, wish: Wish): Promise<Outcome>;
    Results: { of(store: Store, outcome: Outcome, wish: Wish): Promise<OwnAnswer> };
  }
}
