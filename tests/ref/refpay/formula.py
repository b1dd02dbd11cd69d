"""Formulas as text: lexer and parser.  The tree is made of tuples, tag first.

('num', Decimal, 'bare'|'money'|'number')  ('text', s)  ('yesno', b)  ('none',)
('path', [names])  ('call', name, args)    an argument may be ('where', expression, condition)
('not', x) ('and', a, b) ('or', a, b) ('cmp', op, a, b) ('in', x, [items], negated)
('neg', x) ('+', a, b) ('-', a, b) ('*', a, b) ('/', a, b)
"""
from decimal import Decimal

from .values import RefError

FULL = {ord(a): b for a, b in zip('＋－×÷／＝＜＞（），．％＊−', '+-*//=<>(),.%*-')}
FULL.update({0xff10 + d: chr(48 + d) for d in range(10)})
FULL.update({ord('≤'): '<=', ord('≥'): '>=', ord('≠'): '<>', ord('￥'): '¥'})

KEYWORDS = {
    'or': 'or', '或': 'or', 'and': 'and', '且': 'and', 'not': 'not', '非': 'not',
    'in': 'in', '属于': 'in', '不属于': 'notin', 'where': 'where', '其中': 'where',
    'yes': 'yes', '是': 'yes', 'no': 'no', '否': 'no', 'none': 'none', '空': 'none',
}


def is_word(c):
    return c == '_' or c.isalnum()


def normal(text):
    """Full-width signs to ASCII, but never inside a quoted text."""
    out, closing = [], None
    for c in text:
        if closing:
            out.append(c)
            if c == closing:
                closing = None
        elif c in '"“':
            closing = '"' if c == '"' else '”'
            out.append(c)
        else:
            out.append(c.translate(FULL))
    return ''.join(out)


def tokens(text):
    s, i, out = normal(text), 0, []
    while i < len(s):
        c = s[i]
        if c.isspace():
            i += 1
        elif c in '"“':
            end = s.find('"' if c == '"' else '”', i + 1)
            if end < 0:
                raise RefError(f'unclosed text in formula: {text}')
            out.append(('text', s[i + 1:end]))
            i = end + 1
        elif c in '0123456789' or c == '¥':
            i = number(s, i, out, text)
        elif is_word(c):
            j = i
            while j < len(s) and is_word(s[j]):
                j += 1
            out.append(word(s[i:j]))
            i = j
        elif s[i:i + 2] in ('<=', '>=', '<>'):
            out.append(('op', s[i:i + 2]))
            i += 2
        elif c in '+-*/=<>(),.':
            out.append(('op', c))
            i += 1
        else:
            raise RefError(f"'{c}' does not belong into a formula: {text}")
    out.append(('end', ''))
    return out


def word(run):
    return ('key', KEYWORDS[run], run) if run in KEYWORDS else ('name', run)


def number(s, i, out, text):
    yuan = s[i] == '¥'
    start = i = i + 1 if yuan else i
    while i < len(s) and s[i] == ' ' and yuan:
        start = i = i + 1
    while i < len(s) and s[i] in '0123456789':
        i += 1
    point = i < len(s) - 1 and s[i] == '.' and s[i + 1] in '0123456789'
    if point:
        i += 1
        while i < len(s) and s[i] in '0123456789':
            i += 1
    value = s[start:i]
    j = i
    while j < len(s) and is_word(s[j]):
        j += 1
    rest = s[i:j]
    if not value:
        raise RefError(f'a number must follow ¥: {text}')
    if rest == '元':
        out.append(('num', Decimal(value), 'money'))
    elif rest and not point and not yuan:
        out.append(word(s[start:j]))               # a name may begin with a digit
    elif rest:
        raise RefError(f"'{value}{rest}' is neither number nor name: {text}")
    elif yuan:
        out.append(('num', Decimal(value), 'money'))
    elif s[i:i + 1] == '%':
        out.append(('num', Decimal(value) / 100, 'number'))
        return i + 1
    else:
        out.append(('num', Decimal(value), 'bare'))
    return j


class Parser:
    def __init__(self, text):
        self.text = text
        self.toks = tokens(text)
        self.at = 0

    def fail(self, what):
        raise RefError(f'{what} near item {self.at + 1} ({self.toks[self.at][-1]}) of formula: {self.text}')

    def is_op(self, *ops):
        t = self.toks[self.at]
        return t[0] == 'op' and t[1] in ops

    def is_key(self, key, ahead=0):
        t = self.toks[min(self.at + ahead, len(self.toks) - 1)]
        return t[0] == 'key' and t[1] == key

    def take(self, op=None):
        t = self.toks[self.at]
        if op is not None and not self.is_op(op):
            self.fail(f"'{op}' expected")
        self.at += 1
        return t

    def whole(self):
        if self.toks[0][0] == 'end':
            self.fail('a formula is empty')
        node = self.disjunction()
        if self.toks[self.at][0] != 'end':
            self.fail('something too much')
        return node

    def disjunction(self):
        node = self.conjunction()
        while self.is_key('or'):
            self.take()
            node = ('or', node, self.conjunction())
        return node

    def conjunction(self):
        node = self.negation()
        while self.is_key('and'):
            self.take()
            node = ('and', node, self.negation())
        return node

    def negation(self):
        if self.is_key('not'):
            self.take()
            return ('not', self.negation())
        return self.comparison()

    def comparison(self):
        node = self.addition()
        if self.is_op('=', '<>', '<', '<=', '>', '>='):
            node = ('cmp', self.take()[1], node, self.addition())
        elif self.is_key('in') or self.is_key('notin') or (self.is_key('not') and self.is_key('in', 1)):
            negated = not self.is_key('in')
            self.at += 2 if self.is_key('not') else 1
            self.take('(')
            node = ('in', node, self.arguments(), negated)
        if self.is_op('=', '<>', '<', '<=', '>', '>='):
            self.fail('comparisons do not chain')
        return node

    def addition(self):
        node = self.product()
        while self.is_op('+', '-'):
            node = (self.take()[1], node, self.product())
        return node

    def product(self):
        node = self.unary()
        while self.is_op('*', '/'):
            node = (self.take()[1], node, self.unary())
        return node

    def unary(self):
        if self.is_op('-'):
            self.take()
            return ('neg', self.unary())
        return self.primary()

    def arguments(self):
        """After '(': the list up to and with ')'."""
        args = []
        if self.is_op(')'):
            self.take()
            return args
        while True:
            node = self.disjunction()
            if self.is_key('where'):
                self.take()
                node = ('where', node, self.disjunction())
            args.append(node)
            if self.is_op(','):
                self.take()
                continue
            self.take(')')
            return args

    def primary(self):
        t = self.take()
        if t[0] == 'num':
            return ('num', t[1], t[2])
        if t[0] == 'text':
            return ('text', t[1].strip())
        if t[0] == 'key' and t[1] in ('yes', 'no'):
            return ('yesno', t[1] == 'yes')
        if t[0] == 'key' and t[1] == 'none':
            return ('none',)
        if t == ('op', '('):
            node = self.disjunction()
            self.take(')')
            return node
        if t[0] == 'name':
            if self.is_op('('):
                self.take()
                return ('call', t[1], self.arguments())
            path = [t[1]]
            while self.is_op('.'):
                self.take()
                n = self.take()
                if n[0] not in ('name', 'key'):
                    self.at -= 1
                    self.fail('a name must follow the point')
                path.append(n[-1])
            return ('path', path)
        self.at -= 1
        self.fail('a value expected')


def parse(text):
    return Parser(text).whole()
