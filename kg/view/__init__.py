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

__all__ = ["page"]

TITLE = "政策答复知识图谱"


def page(store: Store, title: str = TITLE, base: str = vocabulary.BASE, ontology: Ontology | None = None) -> str:
    """The page of all that a store holds, as the text of one HTML file; the caller writes it as UTF-8.

    `base` is what the store's entity IRIs begin with (shown shortened); `ontology` is the project's own by
    default.  The same store gives the same text on the same platform.
    """
    known = ontology or ontologies.load()
    return assemble(title, page_data(gather(store, known, base), known))
