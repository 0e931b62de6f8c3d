# What a type checker sees of `import kg`; at run time it is loaded when it is asked for (__init__.py).
from kg.api import Graph as Graph
from kg.api import open as open
from kg.api import read as read

__version__: str
