"""XML with line numbers, no DTD."""
from xml.parsers import expat

from .values import RefError


class Element:
    def __init__(self, tag, attrs, line, path):
        self.tag, self.attrs, self.line, self.path = tag, attrs, line, path
        self.children, self.text = [], ''

    def get(self, name, default=None):
        return self.attrs.get(name, default)

    def all(self, *tags):
        return [c for c in self.children if c.tag in tags]

    @property
    def where(self):
        return f'{self.path}:{self.line}'

    def need(self, name):
        if name not in self.attrs:
            raise RefError(f'{self.where}: <{self.tag}> lacks {name}')
        return self.attrs[name]


def read(path, namespace):
    parser = expat.ParserCreate(namespace_separator='}')
    stack, root = [], []

    def start(name, attrs):
        uri, _, tag = name.rpartition('}')
        if uri != namespace:
            raise RefError(f'{path}:{parser.CurrentLineNumber}: <{tag}> is in namespace {uri!r}')
        e = Element(tag, dict(attrs), parser.CurrentLineNumber, path)
        (stack[-1].children if stack else root).append(e)
        stack.append(e)

    def text(data):
        stack[-1].text += data

    def doctype(*_):
        raise RefError(f'{path}: no document type allowed')

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: stack.pop()
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    try:
        with open(path, 'rb') as f:
            parser.ParseFile(f)
    except expat.ExpatError as e:
        raise RefError(f'{path}: {e}') from None
    return root[0]
