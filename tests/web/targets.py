#!/usr/bin/env python3
"""Holds the styles and scripts of the pages to browsers of 2020: Chromium 83 and Firefox ESR 78.  A feature that would be
dropped or would break there is named with its line.  Prints TAP."""
import re
import sys
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[2] / 'web' / 'assets'

# What came later than both, or than one of them: (name, pattern).  caniuse.com and the release notes of both.
CSS = [
    (':has()', r':has\('), (':is() and :where()', r':(is|where)\('), (':focus-visible', r':focus-visible'), ('container queries', r'@container|container-type'),
    ('cascade layers', r'@layer'), ('nesting', r'^\s*&'), ('subgrid', r'subgrid'), ('color-mix()', r'color-mix\('), ('oklch() and others', r'\b(oklch|oklab|lch|lab|hwb)\('),
    ('aspect-ratio', r'\baspect-ratio\s*:'), ('inset', r'(^|[;{\s])inset\s*:'), ('accent-color', r'accent-color'), ('dynamic viewport units', r'\d(dvh|svh|lvh|dvw|svw|lvw)\b'),
    ('range media queries', r'@media[^{]*[<>]'), ('content-visibility', r'content-visibility'), ('text-wrap', r'text-wrap\s*:'), ('@property', r'@property'),
    ('scrollbar-gutter', r'scrollbar-gutter'), ('prefers-contrast', r'prefers-contrast'), ('individual transforms', r'(^|[;{\s])(rotate|scale|translate)\s*:'),
    ('light-dark()', r'light-dark\('),
]
JS = [
    ('logical assignment', r'(\?\?|\|\||&&)='), ('optional chaining (Firefox ESR 78 has it, kept out all the same)', r'\?\.(?=[A-Za-z_\[(])'), ('private members', r'[.\s]#[A-Za-z_]'),
    ('.at()', r'\.at\('), ('replaceAll', r'\.replaceAll\('), ('Object.hasOwn', r'Object\.hasOwn\('), ('structuredClone', r'structuredClone\('), ('top-level await', r'^await\b'),
    ('Promise.any', r'Promise\.any'), ('numeric separators', r'\b\d+_\d+\b'), ('class fields', r'^\s+static\s*\{'), ('crypto.randomUUID', r'randomUUID'),
    ('findLast', r'\.findLast'), ('toSorted and others', r'\.to(Sorted|Reversed|Spliced)\('), ('requestSubmit', r'requestSubmit'), ('import maps', r'importmap'),
    ('dialog', r'showModal\('), ('Array.fromAsync', r'fromAsync'), ('replaceChildren', r'replaceChildren'), ('AggregateError', r'AggregateError'),
]
# `gap` is understood for grids alone: Chromium 84 and Firefox 63 know it for flex.
FLEX_GAP = r'\{[^}]*display\s*:\s*(inline-)?flex[^}]*[;\s](row-|column-)?gap\s*:[^}]*\}|\{[^}]*[;\s{](row-|column-)?gap\s*:[^}]*display\s*:\s*(inline-)?flex[^}]*\}'
PLANTED = {'css': '.a:has(b) { inset: 0 }\n.b { display: flex; gap: 1rem }\n@media (width >= 40rem) { a { color: red } }\n',
           'js': 'a ??= 1;\nb = c?.d;\nl.at(-1);\ns.replaceAll("a", "b");\n'}


def plain(text, script):
    """Without comments, and in scripts without what stands in quotes; lines stay where they are."""
    blank = lambda m: re.sub(r'[^\n]', ' ', m.group())
    text = re.sub(r'/\*.*?\*/', blank, text, flags=re.S)
    if script:
        text = re.sub(r"'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"", blank, text)
        text = re.sub(r'//[^\n]*', blank, text)
    return text


def faults(text, kind):
    text = plain(text, kind == 'js')
    found = []
    for name, pattern in CSS if kind == 'css' else JS:
        found += [(text[:m.start()].count('\n') + 1, name) for m in re.finditer(pattern, text, flags=re.M)]
    if kind == 'css':
        found += [(text[:m.start()].count('\n') + 1, 'gap of a flex box') for m in re.finditer(FLEX_GAP, text)]
    return sorted(found)


def main():
    failed = number = 0
    for kind, most in (('css', 4), ('js', 4)):
        number += 1
        named = faults(PLANTED[kind], kind)
        good = len(named) >= most
        failed += not good
        print('%sok %d - what is planted in a .%s is found' % ('' if good else 'not ', number, kind))
    files = sorted(p for p in ASSETS.iterdir() if p.suffix in ('.css', '.js', '.mjs'))
    for path in files:
        number += 1
        named = faults(path.read_text(encoding='utf-8'), path.suffix[1:].replace('mjs', 'js'))
        failed += bool(named)
        print('%sok %d - %s is for browsers of 2020' % ('not ' if named else '', number, path.name))
        for line, name in named:
            print('#   line %d: %s' % (line, name))
    print('1..%d' % number)
    sys.exit(1 if failed else 0)


main()
