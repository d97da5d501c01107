"""Lists and records as Python prints them, written as JSON: {'title': 'A Title', 'doi': None}.

https://docs.python.org/3/reference/lexical_analysis.html#literals. A text is taken apart by its
texts and words, so that none of it is run or parsed as a program; lines stay in place.
"""

from __future__ import annotations

import ast
import json
import re

_TOKEN = re.compile(
    r"[uU]?(?P<text>'(?:[^'\\\n]++|\\.)*+'|\"(?:[^\"\\\n]++|\\.)*+\")"
    r"|(?P<word>\b(?:None|True|False|nan)\b)|(?P<bracket>[()])|(?P<comma>,(?=\s*[\]})]))"
)
_WORDS = {"None": "null", "True": "true", "False": "false", "nan": "null"}
_BRACKETS = {"(": "[", ")": "]"}


def as_json(text: str) -> str:
    """Write a text as JSON has it; what is neither stays as it is."""
    return _TOKEN.sub(_written, text)


def _written(match: re.Match[str]) -> str:
    if match["comma"]:
        return ""
    if match["text"] is None:
        return _WORDS.get(match[0]) or _BRACKETS[match[0]]
    try:
        return json.dumps(ast.literal_eval(match["text"]), ensure_ascii=False)
    except (ValueError, SyntaxError):
        return match[0]
