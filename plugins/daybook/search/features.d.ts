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
    newestFirst(hits: Hit[]): Hit[];
    everything(): Hit[];
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
    part(name: string): Promise<void>;
    /** panel.js */
    Combobox: new (
      input: HTMLInputElement,
      label: string,
      suggest: (text: string) => Promise<Suggestion[]>,
      choose: (chosen: Suggestion) => void,
    ) => { open(): void; input: HTMLInputElement };
    TEXTS: readonly ["topic", "author", "from", "to", "digest"];
    readWish(get: (name: string) => string): Wish;
    writtenWish(wish: Wish): [string, string][];
    Panel: new (details: HTMLDetailsElement, changed: () => void, suggest: (text: string) => Promise<Suggestion[]>) => Panel;
    follow(page: SearchPage, chosen: Suggestion): void;
    /** telling.js */
    tellAdded(page: SearchPage, answer: Answer, cards: Card[]): void;
    showMore(page: SearchPage): void;
    cite(page: SearchPage, answer: Answer, most: number): void;
    offerFeeds(page: SearchPage, answer: Answer, text: string): Promise<void>;
  }

  interface Panel {
    begin(wish: Wish): boolean;
    wish(): Wish;
    show(wish: Wish): void;
    tell(counts: Counts, complete: boolean): void;
  }

  /** What the page's parts see of it. */
  interface SearchPage {
    client: AnyClient;
    input: HTMLInputElement;
    details: HTMLDetailsElement;
    added: HTMLElement;
    results: HTMLElement;
    after: HTMLElement;
    answer: Answer | null;
    shown: string;
    typed: boolean;
    wish(): Wish;
    ask(): Promise<void>;
    filter(): Promise<Panel | undefined>;
    tell(): void;
    explain(error: unknown): Promise<void>;
  }

  var page: PageParts;

  interface Search {
    plainWords(text: string): string[];
    exactly(store: Store, quoted: string[]): Promise<Exactly>;
    checkSome(results: OwnAnswer): Promise<void>;
    factsOf(store: Store): Promise<Facts>;
    arrange(results: OwnAnswer): Promise<void>;
    counts(results: OwnAnswer): Promise<Counts>;
    suggest(store: Store, text: string, only?: "author"): Promise<Suggestion[]>;
    author(store: Store, name: string): Promise<{ name: string; weight: number; slug: string | null; papers: number[] | null } | undefined>;
    feeds(store: Store, text: string, wish: Wish): Promise<{ name: string; page: string; url?: string }[]>;
    filters(wish: Wish): boolean;
    Results: new (store: Store, outcome: Outcome, wish: Wish) => OwnAnswer;
  }
}
