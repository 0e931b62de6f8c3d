"""Questions to a built graph: prepared or free, with parameters, in several forms of answer."""
