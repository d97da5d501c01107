/** What the scripts of theme/static/search/ share, as the type checker sees it. */
declare namespace daybook {
  interface FieldFigures {
    name: string;
    boost: number;
    /** The lengths of this field of all papers, added up. */
    length: number;
  }

  interface Manifest {
    version: number;
    documents: number;
    /** One more than the highest number of a paper. */
    size: number;
    /** Runs of numbers below that which no paper has: how many are passed over, how many follow. */
    absent: string;
    k1: number;
    b: number;
    fields: FieldFigures[];
    segments: {
      /** Its first paper. */
      from: number;
      /** The directory of the shards. */
      terms: Table;
      /** The directory of the lists of words. */
      words: Table;
    }[];
    acronyms: Table;
    cards: {
      /** How many numbers a file. */
      block: number;
      /** How many numbers a folder. */
      group: number;
      /** The ends of the folders' names, one after the other. */
      names: string;
    };
  }

  /** Which file has which terms. */
  interface Table {
    /**
     * For every file, in order, divided by spaces: something after the last term of the file before
     * it and not after its own first.
     */
    firsts: string;
    /** The files' names, in the same order, one after the other. */
    names: string;
  }

  /** A file about some terms. */
  interface RangeFile {
    /** In order, divided by spaces. */
    terms: string;
    /** What belongs to each, one after the other. */
    codes: string;
  }

  interface Word {
    term: string;
    /** How many postings it has, in all fields. */
    papers: number;
  }

  interface Card {
    title: string;
    /** Relative to the base folder. */
    url: string;
    authors?: string[];
    /** How many authors are not named. */
    more?: number;
    /** `2024-06-28`, `2024-06` or `2024`. */
    date?: string;
    venue?: string;
    topics?: { name: string; url: string }[];
    text?: string;
    /** Of these texts, those that have formulas, as plain text. */
    shown?: { title?: string; text?: string };
  }

  interface Postings {
    papers: Int32Array;
    times: Int32Array;
    lengths: Int32Array;
  }

  interface Term {
    rank: number;
    /** The first paper that has it. */
    first: number;
    fields: (Postings | null)[];
  }

  interface Clause {
    presence: number;
    boost: number;
    fields: number[];
    terms: string[];
    missing: boolean;
  }

  interface Hit {
    paper: number;
    score: number;
  }

  /** What stands for one word: terms, or several terms that a paper must have all of. */
  type Group = { terms: string[]; weight: number }[];

  /** What a misspelt word may have been meant to be. */
  interface Correction {
    term: string;
    /** A word that the term is the stem of. */
    written: string;
  }

  /** A query of plain words being made out: see meaning.js. */
  interface Meaning {
    store: Store;
    typed: boolean;
    groups: Group[];
    acronyms: Map<string, string[]>;
    corrected: [string, string[]][];
    unknown: string[];
    note(kind: Addition["kind"], word: string, others: string[][]): void;
    known(terms: string[]): Promise<string[]>;
  }

  /** What is between quotes: what cards must say, its terms, the papers that may have it, what the index has for it. */
  interface Exactly {
    phrases: string[];
    exact: string[];
    allowed: Set<number> | null;
    known: Map<string, Term>;
  }

  interface Outcome {
    /** Best first, all of them. */
    hits: Hit[];
    /** For each field, the terms that count in it. */
    terms: Record<string, Set<string>>;
    /** What was understood otherwise than it was typed, in words. */
    notes: string[];
  }

  interface Answer extends Omit<Outcome, "hits"> {
    total: number;
    /** The cards of the hits from one place up to another. */
    cards(from: number, to: number): Promise<Card[]>;
  }

  /** An answer on the thread that asked. */
  interface OwnAnswer extends Answer {
    hits: Hit[];
    store: Store;
    phrases: string[];
    /** Before filters. */
    found: Hit[];
    /** After filters, not all of them checked. */
    candidates: Hit[];
    checked: number;
    /** The papers of the author wished for. */
    authors: ReadonlySet<number> | null;
  }

  /** The work for one question. */
  interface Turn {
    begun: number;
    /** Whether something else was asked meanwhile. */
    over: boolean;
    stop(): void;
  }

  interface CodeReader {
    next(): number;
    end(): void;
  }

  interface Files {
    failed: boolean;
    run(name: string): Promise<void>;
    load(name: string): Promise<any>;
    load<Value>(name: string, read: (value: any) => Value): Promise<Value>;
    part(name: string): Promise<void>;
    clear(): void;
  }

  /** Files in the order of their terms. */
  interface Ranges<Value> {
    load: (at: number) => Promise<Value>;
    firsts: string[];
    holding(term: string): Promise<Value> | undefined;
  }

  interface Store {
    manifest: Manifest;
    fields: string[];
    term(term: string): Promise<Term | undefined>;
    /** What the index has for several terms, by name. */
    terms(names: readonly string[]): Promise<Map<string, Term>>;
    /** The acronyms that terms are or stand for, with their meanings: runs of terms. */
    acronyms(terms: string[]): Promise<Map<string, string[]>>;
    card(paper: number): Promise<Card>;
    files: Files;
    /** What parts of the program made of the index. */
    made: Map<string, Promise<any>>;
    during(turn: Turn): Store;
    pause(): Promise<void>;
  }

  /** Files whose names are in several. */
  interface Directory<Value> {
    pages: Ranges<Ranges<Value>>;
  }

  interface SearchError extends Error {
    code: string;
  }

  interface Client {
    store(): Promise<Store>;
    search(text: string, mode?: "meant" | "lunr", wish?: Wish): Promise<OwnAnswer>;
    suggest(text: string, only?: "author"): Promise<Suggestion[]>;
    feeds(text: string, wish: Wish): Promise<{ name: string; page: string; url?: string }[]>;
    card(paper: number): Promise<Card>;
    /** The papers whose arXiv ids or DOIs a text names, in its order. */
    identified(text: string): Promise<Card[]>;
    interrupt(): void;
  }

  /** A client on this thread or another. */
  interface AnyClient extends Omit<Client, "store" | "search"> {
    search(text: string, mode?: "meant" | "lunr", wish?: Wish): Promise<Answer>;
  }

  /** A piece of text, marked where it matches. */
  interface Piece {
    text: string;
    marked: boolean;
  }

  /** What the scripts of the page's features add is declared in features.d.ts. */
  interface Search {
    CodeReader: new (text: string) => CodeReader;
    pause(): Promise<void>;
    sorted<Value>(list: readonly Value[], compare: (a: Value, b: Value) => number, pause: () => Promise<void>): Promise<Value[]>;
    SearchError: new (code: string, message: string, cause?: unknown) => SearchError;
    INDEX_PIPELINE: string[];
    SEARCH_PIPELINE: string[];
    indexTerms(token: string): string[];
    queryTerms(word: string): string[];
    expand(vocabulary: readonly string[], term: string, distance: number | undefined, most?: number, pause?: () => Promise<void>): Promise<string[]>;
    resembles(term: string, distance: number): (word: string) => boolean;
    receive(name: string, value: unknown, version: number): void;
    VERSION: number;
    fetchRunner(folder: string): (name: string) => Promise<void>;
    must(sound: unknown): void;
    reading<Value>(read: () => Value | Promise<Value>): Promise<Value>;
    once<Key, Value>(made: Map<Key, Promise<Value>>, key: Key, make: () => Promise<Value>): Promise<Value>;
    Directory: new <Value>(files: Files, folder: string, table: Table, read: (value: any) => Value) => Directory<Value>;
    lastUpTo(sorted: readonly string[], value: string): number;
    places(ranges: Ranges<any>, prefix: string): number[];
    Ranges: new <Value>(files: Files, folder: string, table: Table, read: (value: any) => Value) => Ranges<Value>;
    Files: new (run: (name: string) => Promise<void>) => Files;
    scriptRunner(folder: string): (name: string) => Promise<void>;
    Store: { open(files: Files): Promise<Store> };
    score(store: Store, clauses: Clause[], terms: Map<string, Term>): Promise<Hit[]>;
    termWeights(postings: Postings, idf: number, manifest: Manifest, field: number): Float64Array;
    idf(term: Term, documents: number): number;
    quotable(text: string, length: number): string;
    runLunr(store: Store, text: string): Promise<Outcome>;
    wordsOf(text: string): string[];
    isStopWord(word: string): boolean;
    checkLength(text: string): void;
    searchLunr(store: Store, text: string): Promise<Outcome>;
    rank(store: Store, groups: Group[], terms: Map<string, Term>): Promise<Hit[]>;
    preferTitles(store: Store, hits: Hit[], words: string[], groups: Group[], terms: Map<string, Term>): Promise<Hit[]>;
    variants(word: string): string[];
    joinedWords(text: string): Map<string, string[]>;
    replacements(meaning: Meaning, term: string, word: string, last: boolean): Promise<string[][]>;
    parted(store: Store, term: string, word: string): Promise<{ words: string[]; terms: string[] } | null>;
    papersWith(store: Store, terms: string[], known: Map<string, Term>): Promise<Set<number> | null>;
    vocabulary(store: Store, prefix: string): Promise<Word[]>;
    addAcronyms(meaning: Meaning, asked: string[]): Promise<void>;
    completions(store: Store, term: string): Promise<string[]>;
    corrections(store: Store, term: string, word: string): Promise<Correction[]>;
    understood(meaning: Meaning, words: string[]): { notes: string[]; instead: string };
    hasOperators(text: string, fields: readonly string[]): boolean;
    searchMeant(store: Store, text: string, wish?: Wish): Promise<Outcome>;
    searchWords(store: Store, text: string, wish: Wish): Promise<Outcome>;
    /** identifiers.js */
    identified(store: Store, text: string): Promise<Card[]>;
    searchIdentified(store: Store, text: string, wish: Wish): Promise<Outcome>;
    FIRST: number;
    PATIENCE: number;
    isStale(error: unknown): boolean;
    openClient(folder: string): AnyClient;
    Client: new (run: (name: string) => Promise<void>) => Client;
    marked(text: string, terms: ReadonlySet<string>): Piece[];
    says(text: string, terms: ReadonlySet<string>): boolean;
    passage(text: string, terms: ReadonlySet<string>, length: number): Piece[];
  }

  /** Where what is loaded when it is first needed lies below search/; nothing where all is there. */
  var code: string | undefined;
  var search: Search;
}
