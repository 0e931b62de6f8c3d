"""The interactive page: one HTML file that works without a network.

PyVis makes the network (its vis-network bundle and its node and edge data); the page around it is template.html,
style.css and the JavaScript modules of this folder, joined when the page is made.  All text of letters reaches the
page as data and is shown as text.
"""

from __future__ import annotations

from pyoxigraph import Store

from kg import ontology as ontologies
from kg import vocabulary
from kg.ontology import Ontology
from kg.view.assemble import assemble
from kg.view.data import page_data
from kg.view.gather import gather
from kg.view.part import WHOLE, Part, part_of

__all__ = ["TITLE", "Part", "page"]

TITLE = "政策答复知识图谱"  # the page shows this one in its own language (words.js)


def page(
    store: Store,
    title: str = TITLE,
    base: str = vocabulary.BASE,
    ontology: Ontology | None = None,
    part: Part = WHOLE,
) -> str:
    """The page of all that a store holds, or of a part of it, as the text of one HTML file (to be written as UTF-8).

    `base` is what the store's entity IRIs begin with (shown shortened); `ontology` is the project's own by
    default.  The same store gives the same text on the same platform.
    """
    known = ontology or ontologies.load()
    content = part_of(gather(store, known, base), part)
    return assemble(title, page_data(content, known, base, part))
