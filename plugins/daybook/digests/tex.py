"""TeX's accents and text commands become Unicode; mathematics stays as it is.

Only what has one meaning is read: accents and letters of
https://info.arxiv.org/help/prep.html#accents, the signs and fonts of LaTeX's text commands
(https://mirrors.ctan.org/info/symbols/comprehensive/symbols-a4.pdf), escaped signs, dashes, ties.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_MARKS = {
    '"': "\u0308",
    "''": "\u0308",
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "d": "\u0323",
    "b": "\u0331",
    "r": "\u030a",
    "k": "\u0328",
}
_SIGNS = {
    "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "ss": "ß",
    "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ",
    "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“", "textquotedblright": "”",
    "textquotedbl": '"', "textquotesingle": "'", "textasciigrave": "`",
    "textendash": "–", "textemdash": "—", "textless": "<", "textgreater": ">", "textbar": "|",
    "textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\\", "textunderscore": "_",
    "textbraceleft": "{", "textbraceright": "}", "textdollar": "$", "slash": "/",
    "lbrace": "{", "rbrace": "}",
    "copyright": "©", "textcopyright": "©", "textregistered": "®", "texttrademark": "™",
    "textdegree": "°", "texteuro": "€", "pounds": "£", "textsterling": "£", "textmu": "µ",
    "textbullet": "•", "textperiodcentered": "·", "texttimes": "×", "textpm": "±",
    "guillemotleft": "«", "guillemotright": "»", "guillemetleft": "«", "guillemetright": "»",
    "guilsinglleft": "‹", "guilsinglright": "›", "quotedblbase": "„", "quotesinglbase": "‚",
    "textexclamdown": "¡", "textquestiondown": "¿", "textordfeminine": "ª",
    "textordmasculine": "º", "textonehalf": "½", "textnumero": "№", "textyen": "¥", "textcent": "¢",
    "textsection": "§", "textparagraph": "¶", "S": "§", "P": "¶",
}  # fmt: skip
_WORDS = {
    "ldots": "…", "dots": "…", "textellipsis": "…",
    "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX",
    "rightarrow": "→", "leftarrow": "←", "leftrightarrow": "↔", "to": "→", "leq": "≤", "geq": "≥",
    "pm": "±", "times": "×", "approx": "≈", "infty": "∞", "ell": "ℓ", "hbar": "ħ", "propto": "∝",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ",
    "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ",
    "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ",
    "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
"""What people leave a blank after that they want to see. Greek letters belong in formulas."""
_FONTS = frozenset({
    "emph", "text", "textit", "textbf", "textsc", "texttt", "textrm", "textsf", "textsl", "textup",
    "textmd", "textnormal", "mbox", "underline", "url", "textsuperscript", "textsubscript",
})  # fmt: skip
"""Commands of which what stands in their braces is the text."""
_SWITCHES = frozenset({
    "em", "it", "bf", "sc", "tt", "rm", "sf", "sl", "itshape", "bfseries", "scshape", "ttfamily",
})  # fmt: skip
_RAISED = {
    "textsuperscript": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    "textsubscript": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}
_SPACES = {",": " ", ";": " "}
_MORE_SPACES = {":": " ", " ": " ", "\n": " ", "\\": " ", "!": "", "/": "", "-": "", "@": ""}
"""What elsewhere than in BibTeX may be something else: a path, a pattern."""
_MATH = (
    r"(?<!\\)\$\$[^$]+\$\$|(?<!\\)\$(?:\\\$|[^$])+\$"
    r"|\\\((?:(?!\\[()])[^$]){0,2000}\\\)|\\\[(?:(?!\\[\[\]])[^$]){0,2000}\\\]"
)
_FORMULA = re.compile(_MATH)
_TOKEN = re.compile(
    rf"(?P<math>{_MATH})|\\(?P<name>[A-Za-z]+)|\\(?P<sign>\\(?![(\[])|[^\\A-Za-z])|[{{}}]"
)
_ACCENT = re.compile(
    r"""\\(?:(?<=\{\\)\\)?(?:(?P<sign>''|["'`^~=.])(?!\s)|(?P<letter>[uvHcdbrk])(?=[\s{\\]))\s*
    (?:\{\\(?P<braced_dotless>[ij])\s*\}|\{(?P<braced>[A-Za-z])\}
      |\\(?P<dotless>[ij])(?![A-Za-z])\s?|(?P<bare>[A-Za-z]))""",
    re.VERBOSE,
)
_BARE_MARK = re.compile(r"""\\["'`^~=.]\s*\{\s*\}""")
_AFTER_SIGN = re.compile(r"\{\}|\s?")
_BLANKS = re.compile(r"\s*")
_PARAGRAPH = re.compile(r"\s?[\d~{]|\}")
"""What follows a sign of a section; '\\S+' is a pattern."""
HREF = re.compile(r"\\href\s*+\{\s*+([^{}\s]*+)\s*+\}\s*+\{((?:[^{}]|\{[^{}]*+\})*+)\}")
"""An address and its words."""
_ESCAPES = frozenset("%&_#${}")
_KEPT = "~`'"
_SHIELDS = str.maketrans({sign: chr(0xFDD0 + place) for place, sign in enumerate(_KEPT)})
_UNSHIELD = str.maketrans({chr(0xFDD0 + place): sign for place, sign in enumerate(_KEPT)})
"""A sign that TeX says is text must not be read as TeX once more."""
_HELD = "\ufdd8"
"""Stands for a formula while the words around it are read."""
_ENSURED = re.compile(r"\\ensuremath\s*\{((?:[^{}$]|\{[^{}$]*\}){0,2000})\}")
"""A formula, or a sign of text that TeX has in formulas alone."""
_NOTHING = "\ufdd9"
"""Stands for empty braces, which part what is beside them: '-{}-' is no dash."""
_FOREIGN = re.compile("[\ufdd0-\ufdef]")
_ACCENTED = re.compile(r"[^\W\d_A-Za-z][\u0300-\u036f]*")
_TIE = re.compile(r"(?<=[\w.,;)\]§\ufdd8])(?:(?<!\d)~|~(?!\d))(?=[\w(\[\ufdd8])")
"""'5~10' may be a range."""
_QUOTED = re.compile(r"``((?:(?!``|'')[^\n]|\n(?!\n)){1,300}?)''(?!')")
_DASHES = re.compile(r"(?<!-)---?(?!-)")


def read_tex(text: str, *, braces: bool = False, dashes: bool = False) -> str:
    r"""Give the Unicode text of a text with TeX in it; ``$...$`` and what is unknown stay.

    With `braces` grouping braces go, as BibTeX has them to protect capitals. With `dashes` it is
    TeX all through, as BibTeX is: two and three hyphens are dashes, ``\\`` and ``\-`` no letters;
    elsewhere they are what somebody typed.
    """
    commands = "\\" in text or (braces and "{" in text)
    if not commands and "~" not in text and "``" not in text and not (dashes and "--" in text):
        return text
    text = _FOREIGN.sub("", text)
    if "\\href" in text:
        text = HREF.sub(_linked, text)
    if "\\ensuremath" in text:
        text = _ENSURED.sub(_ensured, text)
    formulas: list[str] = []
    if commands:
        text = _Words(text, formulas, braces=braces, whole=dashes).read()
    elif "$" in text:
        formulas = _FORMULA.findall(text)
        text = _FORMULA.sub(_HELD, text)
    text = _TIE.sub(" ", text)
    if "``" in text:
        text = _QUOTED.sub(r"“\1”", text)
    if dashes:
        text = _DASHES.sub(_dash, text).replace(_NOTHING, "")
    text = text.translate(_UNSHIELD)
    if formulas:
        said = text.split(_HELD)
        text = "".join(part for pair in zip(said, [*formulas, ""], strict=True) for part in pair)
    return unicodedata.normalize("NFC", text)


@dataclass(slots=True)
class _Group:
    """Braces that are open."""

    place: int
    """Where their beginning stands among the parts."""
    command: str | None = None
    """What they belong to: a font, or '' for a command that nobody knows."""
    keeps: bool = False
    """Whether a command is in them that must not touch what follows."""


class _Words:
    """A text with TeX, read from its beginning to its end."""

    def __init__(self, text: str, formulas: list[str], *, braces: bool, whole: bool) -> None:
        self._text = text
        self._formulas = formulas
        self._braces = braces
        self._whole = whole
        self._spaces = {**_SPACES, **_MORE_SPACES} if whole else _SPACES
        self._parts: list[str] = []
        self._open: list[_Group] = []
        self._read: set[int] = set()
        """The places of parts that a command stood for."""
        self._argument = (-1, "")
        """Where the braces of the command before would begin, and that command."""

    def read(self) -> str:
        """Give the text; put its formulas, for which a sign stands, into the list."""
        text, parts, at = self._text, self._parts, 0
        while token := _TOKEN.search(text, at):
            if token.start() > at:
                parts.append(text[at : token.start()])
            at = token.end()
            if token["math"]:
                self._formulas.append(token["math"])
                parts.append(_HELD)
            elif token["name"]:
                at = self._name(token["name"], token.start(), at)
            elif token["sign"]:
                at = self._sign(token["sign"], token.start(), at)
            elif token[0] == "{":
                place, command = self._argument
                own = place == token.start()
                self._open.append(_Group(len(parts), command if own else None))
                parts.append("{")
            else:
                self._close(at)
        parts.append(text[at:])
        return "".join(parts)

    def _name(self, name: str, begin: int, end: int) -> int:
        """Read a command of letters; give where the text goes on."""
        text = self._text
        if accent := _ACCENT.match(text, begin):
            return self._say(_accent(accent), accent.end())
        if name in _SIGNS and (name not in {"S", "P"} or _PARAGRAPH.match(text, end)):
            following = _AFTER_SIGN.match(text, end)
            return self._say(_SIGNS[name], following.end() if following else end)
        if name in _WORDS:
            return self._say(_WORDS[name], end + 2 * text.startswith("{}", end))
        blanks = _BLANKS.match(text, end)
        after = blanks.end() if blanks else end
        if name in _FONTS and text.startswith("{", after):
            self._argument = (after, name)
            self._parts.append(text[begin:after])
            return after
        first = bool(self._open) and self._open[-1].place == len(self._parts) - 1
        if (name in _SWITCHES and self._open) or (name in _FONTS and first):
            self._open[-1].command = self._open[-1].command or "em"
            return after
        self._argument = (end, "")
        return self._leave(begin, end)

    def _sign(self, sign: str, begin: int, end: int) -> int:
        """Read a command of one sign."""
        if sign in _ESCAPES:
            return self._say(sign, end)
        if known := _ACCENT.match(self._text, begin):
            return self._say(_accent(known), known.end())
        if bare := _BARE_MARK.match(self._text, begin):
            return self._say(sign, bare.end())
        if sign in self._spaces:
            return self._say(self._spaces[sign], end)
        return self._leave(begin, end)

    def _say(self, words: str, end: int) -> int:
        self._read.add(len(self._parts))
        self._parts.append(words.translate(_SHIELDS))
        return end

    def _leave(self, begin: int, end: int) -> int:
        self._parts.append(self._text[begin:end])
        if self._open:
            self._open[-1].keeps = True
        return end

    def _close(self, end: int) -> None:
        """End the braces that were opened last: those that say nothing themselves go."""
        parts = self._parts
        group = self._open.pop() if self._open else None
        if group is None or group.command == "":
            self._argument = (end, "") if group else self._argument
            parts.append("}")
            return
        first, count = group.place + 1, len(parts) - group.place - 1
        alone = count == 1 and (first in self._read or _ACCENTED.fullmatch(parts[first]))
        if group.command in _FONTS:
            parts[group.place - 1] = ""
            if count == 1 and (table := _RAISED.get(group.command)):
                raised = parts[first].translate(table)
                parts[first] = raised if not {*raised} & {*parts[first]} else parts[first]
        elif not (group.command or alone or (self._braces and not group.keeps)):
            parts.append("}")
            return
        parts[group.place] = "" if count or not self._whole else _NOTHING


def _linked(href: re.Match[str]) -> str:
    address, words = href[1], href[2].strip()
    said = address == words or not address.lower().startswith(("http:", "https:"))
    return words if said else f"{words} ({address})".lstrip()


def _ensured(formula: re.Match[str]) -> str:
    sign = _SIGNS.get(formula[1].strip().removeprefix("\\"))
    return f"${formula[1]}$" if sign is None else formula[1].strip() + "{}"


def _dash(match: re.Match[str]) -> str:
    return "–" if len(match[0]) == 2 else "—"


def _accent(match: re.Match[str]) -> str:
    letter = next(
        match[name] for name in ("braced_dotless", "braced", "dotless", "bare") if match[name]
    )
    return unicodedata.normalize("NFC", letter + _MARKS[match["sign"] or match["letter"]])
