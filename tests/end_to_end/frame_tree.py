"""Commands as trees of elements, from which every fault of form and of value is made, one at a time."""

import dataclasses
from xml.sax.saxutils import escape, quoteattr

OTHER = 'xmlns:x="urn:example:other"'
NIL = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"'

# What each fault of form gets unless the element says otherwise. None: it is no fault there.
FORM = {
    "missing": 2001,
    "twice": 2001,
    "in another namespace": 2001,
    "misspelled": 2001,
    "in capitals": 2001,
    "with an unknown attribute": 2001,
    "with xsi:nil": 2001,
    "with an unknown child": 2001,
    "with text beside its children": 2001,
    "behind the next": 2001,
}


@dataclasses.dataclass
class Value:
    """A good text, and bad ones: (what is wrong, text, code or codes)."""

    good: str
    bad: list = dataclasses.field(default_factory=list)
    missing: int = None  # of an attribute: the code when it is left out


@dataclasses.dataclass(eq=False)
class Element:
    name: str  # with its prefix
    content: object = None  # a Value, or the list of children
    attributes: dict = dataclasses.field(default_factory=dict)
    form: dict = dataclasses.field(default_factory=dict)  # differences to FORM
    instead: list = dataclasses.field(default_factory=list)  # (what is wrong, XML in its place, code)

    @property
    def children(self):
        return self.content if isinstance(self.content, list) else []

    def render(self, replaced=None, name=None, more="", inner=None, attributes=None):
        """As XML; `replaced` has other XML for elements below."""
        if replaced and self in replaced:
            return replaced[self]
        name = name or self.name
        values = {key: value.good for key, value in self.attributes.items()}
        if attributes is not None:
            values = attributes
        start = name + "".join(f" {key}={quoteattr(value)}" for key, value in values.items()) + more
        if inner is None:
            inner = "".join(child.render(replaced) for child in self.children)
            if isinstance(self.content, Value):
                inner = escape(self.content.good)
        return f"<{start}>{inner}</{name.split()[0]}>"


@dataclasses.dataclass
class Fault:
    label: str
    frame: str
    codes: tuple
    element: Element


def _forms(element):
    """(kind, XML in the element's place)."""
    itself = element.render()
    inner = "".join(child.render() for child in element.children)
    if isinstance(element.content, Value):
        inner = escape(element.content.good)
    local = element.name.split(":")[-1]
    prefix = element.name[:-len(local)]
    yield "missing", ""
    yield "twice", itself + itself
    yield "in another namespace", element.render(name="x:" + local, more=" " + OTHER)
    yield "misspelled", element.render(name=element.name + "s")
    yield "in capitals", element.render(name=prefix + local.upper())
    yield "with an unknown attribute", element.render(more=' bogus="1"')
    yield "with xsi:nil", element.render(more=NIL)
    yield "with an unknown child", element.render(inner=f"{inner}<x:bogus {OTHER}/>")
    if not isinstance(element.content, Value):
        yield "with text beside its children", element.render(inner=inner + "text")


def _values(element):
    if isinstance(element.content, Value):
        for what, text, codes in element.content.bad:
            yield what, element.render(inner=escape(text)), codes
    good = {key: value.good for key, value in element.attributes.items()}
    for key, value in element.attributes.items():
        for what, text, codes in value.bad:
            yield f"{key} {what}", element.render(attributes={**good, key: text}), codes
        if value.missing:
            rest = {other: text for other, text in good.items() if other != key}
            yield f"{key} missing", element.render(attributes=rest), value.missing


def _swaps(element):
    """Neighbours of different names in the wrong order, as XML of the parent."""
    for first, second in zip(element.children, element.children[1:]):
        if first.name != second.name:
            swapped = {first: second.render(), second: first.render()}
            yield first, element.render(swapped)


def faults(root, element=None, path=""):
    """Every fault of `element` and of those below, in a frame that is otherwise that of `root`."""
    element = element or root
    path = f"{path}/{element.name}"

    def fault(what, xml, codes, at=element, of=element, where=path):
        codes = (codes,) if isinstance(codes, int) else codes
        return Fault(f"{where}: {what}", root.render({at: xml}), codes, of)

    if element is not root:
        form = {**FORM, **element.form}
        for kind, xml in _forms(element):
            if form[kind]:
                yield fault(kind, xml, form[kind])
    for what, xml, codes in _values(element):
        yield fault(what, xml, codes)
    for what, xml, codes in element.instead:
        yield fault(what, xml, codes)
    for child, xml in _swaps(element):
        code = {**FORM, **child.form}["behind the next"]
        if code:
            yield fault("behind the next", xml, code, of=child, where=f"{path}/{child.name}")
    for child in element.children:
        yield from faults(root, child, path)
