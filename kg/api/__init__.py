"""The program from Python: `import kg`, then `kg.open` a built graph, or `kg.read` a letter without one.

An invented letter to try it with:

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> import kg
>>> folder = TemporaryDirectory()
>>> letter = Path(folder.name) / "letter.txt"
>>> _ = letter.write_text('''成都市农业农村局文件
... 蓉农函〔2024〕18号
... 关于市政协十六届二次会议第57号提案的答复函
... 李明委员：
... 您提出的《关于种业振兴的提案》收悉，现答复如下：
... 2023年，我局联合成都市财政局实施“百村千社”计划，新认定家庭农场120家。
... 关于您提出的建设种质资源圃的建议，目前已建成投用。
... 成都市农业农村局
... 2024年6月3日
... ''', encoding="utf-8")

What it says by itself, without any store:

>>> said = kg.read(letter)
>>> said
<蓉农函〔2024〕18号: 7 things, 11 facts, 1 figures>
>>> [row.object for row in said.facts if row.relation == "raisedBy"]
['李明']
>>> said.figures[0].value, said.figures[0].unit, said.figures[0].about
(Decimal('120'), '家', '家庭农场')

What the proposal asks for, as the letter repeats it, and what became of it:

>>> [(row.request, row.outcome, row.sentence) for row in said.requests]
[('建设种质资源圃', 'done', '关于您提出的建设种质资源圃的建议，目前已建成投用。')]

What it announces, by when, by whom (here: nothing):

>>> len(said.promises)
0

A graph that `kg build` wrote (here kg.pipeline.build, which it calls):

>>> from kg.pipeline import build
>>> built = build([letter], Path(folder.name) / "out")
>>> g = kg.open(Path(folder.name) / "out")

Questions, by name or in SPARQL, with their parameters; rows print as a table:

>>> rows = g.query("SELECT ?name ?year { ?letter a kg:Letter ; skos:prefLabel ?name ; kg:year ?year }")
>>> rows
name                year
──────────────────  ────
蓉农函〔2024〕18号  2024
>>> rows[0].year + 1, [row["name"] for row in rows]
(2025, ['蓉农函〔2024〕18号'])
>>> g.query("ASK { ?letter kg:year ?year }", year=1999)
False
>>> sorted(rows.to_networkx().edges())
[('蓉农函〔2024〕18号', 2024)]

Names and sentences with a piece of text; all that is known of a thing; how things are connected; what is central:

>>> g.find("百村千社计划").names[0].thing
Thing(kind='Programme', name='百村千社', iri='programme/百村千社_成都市')
>>> carried_out = g.show("百村千社").groups[0]
>>> carried_out.relation.en, [fact.other.name for fact in carried_out.facts]
('carried out by', ['成都市农业农村局', '成都市财政局'])
>>> g.path("成都市财政局", "李明").total
1
>>> g.top("Agency", limit=1).things[0].thing.name
'成都市农业农村局'
>>> len(g.to_rdflib()) == built.triples
True
>>> folder.cleanup()
"""

from __future__ import annotations

from kg.api.graph import Graph, open_graph
from kg.api.letter import LetterFacts, read_letter_file
from kg.api.rows import Rows, Triples

open = open_graph
read = read_letter_file

__all__ = ["Graph", "LetterFacts", "Rows", "Triples", "open", "read"]
