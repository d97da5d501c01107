"""XML of strangers, parsed so that nothing in it reaches outside: no entities, network or DTD."""

from __future__ import annotations

from lxml import etree

from ..errors import MalformedDigestError
from .document import Document


def parse_xml(document: Document) -> etree._Element:
    """Give the root of a document's XML; what is cut off or unclosed is read as far as it goes.

    Raises:
        MalformedDigestError: where it declares entities of its own, or nothing can be read.
    """
    if "<!ENTITY" in document.start:
        raise MalformedDigestError(
            document.path,
            "expected a list of papers, found XML that declares entities of its own.",
            hint="Remove its document type.",
        )
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, encoding="utf-8"
    )
    data = document.text.encode("utf-8", "replace").lstrip()
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        root = None
        reason = str(error)
    else:
        reason = "no element"
    if root is None:
        raise MalformedDigestError(
            document.path, f"the XML cannot be read: {reason}.", hint="Save it again."
        )
    return root


def local_name(element: etree._Element) -> str:
    """Give an element's name without its namespace; comments and the like have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
