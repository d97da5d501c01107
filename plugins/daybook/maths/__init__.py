"""TeX in other people's text, for every floor that shows some: set as MathML, or as plain text."""

from .spans import may_have_maths, parts, plain_start, plain_text, title_to_html

__all__ = ["may_have_maths", "parts", "plain_start", "plain_text", "title_to_html"]
