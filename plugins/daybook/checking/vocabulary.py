"""What the archive's own pages are written with: elements of HTML, of drawings and of formulas.

Attributes are those of https://html.spec.whatwg.org/multipage/indices.html#attributes-3 that an
archive may need, and not those that load, run, send or take the focus by themselves. So whatever a
text managed to write into a tag is seen, also where it is harmless.
"""

from __future__ import annotations

ELEMENTS = frozenset(
    ("a", "abbr", "address", "area", "article", "aside", "audio", "b", "base", "bdi", "bdo",
     "blockquote", "body", "br", "button", "canvas", "caption", "cite", "code", "col",
     "colgroup", "data", "datalist", "dd", "del", "details", "dfn", "dialog", "div", "dl", "dt",
     "em", "embed", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
     "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "i", "iframe", "img", "input",
     "ins", "kbd", "label", "legend", "li", "link", "main", "map", "mark", "math", "menu",
     "meta", "meter", "nav", "noscript", "object", "ol", "optgroup", "option", "output", "p",
     "picture", "pre", "progress", "q", "rp", "rt", "ruby", "s", "samp", "script", "search",
     "section", "select", "slot", "small", "source", "span", "strong", "style", "sub",
     "summary", "sup", "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th",
     "thead", "time", "title", "tr", "track", "u", "ul", "var", "video", "wbr")
)  # fmt: skip
"""See https://html.spec.whatwg.org/multipage/indices.html#elements-3"""
DRAWN = frozenset(
    ("circle", "clippath", "defs", "desc", "ellipse", "g", "line", "lineargradient", "marker",
     "path", "polygon", "polyline", "radialgradient", "rect", "stop", "symbol", "text", "tspan",
     "use",
     "menclose", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom",
     "mprescripts", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup",
     "mtable", "mtd", "mtext", "mtr", "munder", "munderover")
)  # fmt: skip
"""Elements of drawings and formulas alone: none that runs, animates or holds HTML."""
_HTML = frozenset(
    ("abbr", "about", "accept", "accept-charset", "action", "alt", "as", "async",
     "autocapitalize", "autocomplete", "charset", "checked", "cite", "class", "cols", "colspan",
     "content", "controls", "coords", "crossorigin", "data", "datatype", "datetime", "decoding",
     "default", "defer", "dir", "disabled", "download", "enctype", "enterkeyhint",
     "fetchpriority", "for", "form", "formaction", "headers", "height", "hidden", "high", "href",
     "hreflang", "http-equiv", "id", "inert", "inputmode", "integrity", "itemid", "itemprop",
     "itemscope", "itemtype", "kind", "label", "lang", "list", "loading", "loop", "low", "max",
     "maxlength", "media", "method", "min", "minlength", "multiple", "muted", "name", "nomodule",
     "novalidate", "open", "optimum", "pattern", "placeholder", "playsinline", "popover",
     "popovertarget", "poster", "prefix", "preload", "property", "readonly", "referrerpolicy",
     "rel", "required", "resource", "reversed", "role", "rows", "rowspan", "scope", "selected",
     "shape", "size", "sizes", "span", "spellcheck", "src", "srclang", "srcset", "start", "step",
     "tabindex", "target", "title", "translate", "type", "typeof", "usemap", "value", "vocab",
     "width", "wrap")
)  # fmt: skip
_DRAWING = frozenset(
    ("accent", "accentunder", "alttext", "clip-path", "clip-rule", "columnspan", "cx", "cy", "d",
     "depth", "display", "displaystyle", "dominant-baseline", "dx", "dy", "encoding", "fence",
     "fill", "fill-opacity", "fill-rule", "focusable", "font-family", "font-size", "font-weight",
     "form", "fx", "fy", "gradientunits", "largeop", "linethickness", "lspace", "mathvariant",
     "maxsize", "minsize", "movablelimits", "notation", "offset", "opacity", "points",
     "preserveaspectratio", "r", "rspace", "rx", "ry", "scriptlevel", "separator", "stop-color",
     "stretchy", "stroke", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
     "stroke-miterlimit", "stroke-opacity", "stroke-width", "symmetric", "text-anchor",
     "transform", "version", "viewbox", "voffset", "x", "x1", "x2", "xmlns", "y", "y1", "y2")
)  # fmt: skip
_ARIA = frozenset(
    f"aria-{name}" for name in
    ("activedescendant", "atomic", "autocomplete", "busy", "checked", "colcount", "colindex",
     "colspan", "controls", "current", "describedby", "description", "details", "disabled",
     "expanded", "haspopup", "hidden", "invalid", "keyshortcuts", "label", "labelledby",
     "level", "live", "modal", "multiline", "multiselectable", "orientation", "owns",
     "placeholder", "posinset", "pressed", "readonly", "relevant", "required",
     "roledescription", "rowcount", "rowindex", "rowspan", "selected", "setsize", "sort",
     "valuemax", "valuemin", "valuenow", "valuetext")
)  # fmt: skip
"""See https://www.w3.org/TR/wai-aria-1.2/#state_prop_def"""
_ATTRIBUTES = _HTML | _DRAWING | _ARIA


def is_attribute(name: str) -> bool:
    """Tell whether an attribute, in small letters, may stand on an element of our own pages."""
    return name in _ATTRIBUTES or name.startswith("data-")
