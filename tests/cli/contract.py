"""contract.py OLD NEW: may plug-ins built against the folder OLD (linli/plugin.h) be loaded by a core built with NEW?
Every leaf is as it was, every root begins as it was, every number of an enum is what it was.  Prints what is not."""
import os, re, subprocess, sys, tempfile

COUNTS = {'LINLI_ACTS'}  # says how many there are: may grow


def structs(text):
    """(name, root?, fields) of each struct of the header."""
    for m in re.finditer(r'typedef struct (linli_\w+)\s*\{(.*?)\}\s*\1;', text, re.S):
        before = text[:m.start()].rstrip()
        comment = before[before.rindex('/*'):] if before.endswith('*/') else ''
        body = re.sub(r'/\*.*?\*/', '', m.group(2), flags=re.S)
        fields = []
        for part in body.split(';'):
            function = re.search(r'\(\*\s*(\w+)\)\s*\(', part)
            if function:
                fields.append(function.group(1))
            elif part.strip():
                fields += [re.search(r'(\w+)\s*(?:\[[^\]]*\])?\s*$', one).group(1) for one in part.split(',')]
        yield m.group(1), '[root]' in comment, fields


def enums(text):
    bare = re.sub(r'/\*.*?\*/', '', text, flags=re.S)
    for m in re.finditer(r'enum \{(.*?)\}', bare, re.S):
        yield from re.findall(r'(?:^|,)\s*(LINLI_\w+)', m.group(1))


def layout(folder):
    with open(f'{folder}/linli/plugin.h', encoding='utf-8') as f:
        text = f.read()
    lines = [f'    printf("{n} %d\\n", (int){n});' for n in enums(text)]
    kinds = {}
    for name, root, fields in structs(text):
        kinds[name] = root
        lines.append(f'    printf("{name} %zu\\n", sizeof({name}));')
        lines += [f'    printf("{name}.{f} %zu %zu\\n", offsetof({name}, {f}), sizeof((({name} *)0)->{f}));' for f in fields]
    with tempfile.TemporaryDirectory() as work:
        with open(f'{work}/layout.c', 'w', encoding='utf-8') as f:
            f.write('#include <stdio.h>\n#include "linli/plugin.h"\nint main(void)\n{\n' + '\n'.join(lines) + '\n    return 0;\n}\n')
        subprocess.run(['gcc', '-w', '-std=gnu17', f'-I{folder}', '-o', f'{work}/layout', f'{work}/layout.c'], check=True)
        said = subprocess.run([f'{work}/layout'], check=True, capture_output=True, text=True).stdout
    return kinds, {line.split()[0]: tuple(int(n) for n in line.split()[1:]) for line in said.splitlines()}


# Written by the host alone: what an older plug-in never looks at may lie where there was nothing.
HOST_WRITES = {'linli_bidder'}


def fills_gap(name, value, was):
    struct = name.split('.')[0]
    held = [(at, at + size) for other, (at, *rest) in was.items() if other.startswith(struct + '.') for size in rest]
    at, size = value
    return struct in HOST_WRITES and at + size <= was[struct][0] and all(at + size <= a or at >= b for a, b in held)


def faults(old, new):
    roots, was = layout(old)
    _, now = layout(new)
    for name, value in was.items():
        struct = name.split('.')[0]
        if name not in now:
            yield f'{name} is gone'
        elif name in COUNTS or (name in roots and roots[name]):
            if now[name] < value:
                yield f'{name} is {now[name]} and was {value}'
        elif now[name] != value:
            yield f'{name} is {now[name]} and was {value}'
    for name, value in now.items():
        struct, _, field = name.partition('.')
        if not field or name in was or struct not in roots:
            continue
        end = max(at + size for other, (at, *rest) in was.items() if other.startswith(struct + '.') for size in rest)
        if fills_gap(name, value, was):
            continue
        if not roots[struct] or value[0] < end:
            yield f'{name} is new and not at the end of a root'


if __name__ == '__main__':
    found = list(faults(sys.argv[1], sys.argv[2]))
    print(*found, sep='\n', end='\n' if found else '')
    sys.exit(bool(found))
