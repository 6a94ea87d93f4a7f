"""planted.py [--write] [--only WORD] [--all]: plants the faults of tests/explore/planted, one at a time, builds the plug-in and
has it explored.  The explorer must name the law that is broken and the shortest sequence of acts that breaks it.  Every law
of core/host/explore_laws.c must be broken by one of them.  Prints TAP; --write notes the sequences anew.
Without --all, --write or --only every third of them is tried: building and exploring takes a second of CPU time each."""
import argparse, concurrent.futures, glob, os, re, shutil, subprocess, sys, tempfile

TREE = os.path.realpath(os.path.join(os.path.dirname(__file__), '..', '..'))
LIST = os.path.join(TREE, 'tests/explore/planted')
LINLI = os.environ.get('LINLI', f'{TREE}/bin/linli')


class Planted:
    """A block: what, plugin, bids, says, road, then path, - and + as often as there are lines to change."""

    def __init__(self, block):
        self.changes, self.road, path, last = [], '', None, None
        for line in block.split('\n'):
            word, _, rest = line.partition(' ')
            if not line or line[0] == '#':
                continue
            if word == 'path':
                path = rest
            elif word == '-' and last == '-':
                self.changes[-1][1] += '\n' + rest
            elif word == '-':
                self.changes.append([path, rest, ''])
            elif word == '+':
                self.changes[-1][2] += ('\n' if last == '+' else '') + rest
            else:
                setattr(self, word, rest)
            last = word

    def plant(self, folder):
        for path, before, after in self.changes:
            with open(f'{folder}/{path}', encoding='utf-8') as f:
                text = f.read()
            if text.count(before) != 1:
                return f'{path} has no single {before!r}: the list is out of date'
            with open(f'{folder}/{path}', 'w', encoding='utf-8') as f:
                f.write(text.replace(before, after))
        return None

    def found(self):
        """What the explorer says of it: (trouble, road)."""
        with tempfile.TemporaryDirectory(prefix='linli-planted-') as work:
            shutil.copytree(f'{TREE}/plugins', f'{work}/plugins')
            trouble = self.plant(work)
            if trouble:
                return trouble, ''
            out = f'{work}/{self.plugin}.so'
            built = subprocess.run(
                ['gcc', '-w', '-std=gnu17', '-O1', '-shared', '-fPIC', '-fvisibility=hidden', '-fno-stack-protector', '-mgeneral-regs-only',
                 '-nostartfiles', '-Wl,-z,relro,-z,now,-z,noexecstack', f'-I{work}/plugins/include', '-o', out,
                 *glob.glob(f'{work}/plugins/*/{self.plugin}/*.c')], capture_output=True, text=True)
            if built.returncode:
                return f'it does not build: {built.stderr[:300]}', ''
            said = subprocess.run([LINLI, 'plugin', 'explore', '--bids', self.bids, out], capture_output=True, text=True,
                                  env=dict(os.environ, LINLI_SHARE=TREE)).stdout
        for line in said.split('\n'):
            if line.startswith('FAIL') and self.says in line:
                return None, line[line.rindex('(published') + 1:line.rindex(')')] if '(published' in line else '-'
        return 'it is not found: ' + ' | '.join(l for l in said.split('\n') if l.startswith('FAIL'))[:600], ''


def laws():
    """The sentences of the laws, cut at their first placeholder."""
    with open(f'{TREE}/core/host/explore_laws.c', encoding='utf-8') as f:
        text = f.read()
    for sentence in re.findall(r'FAULT\(x, "((?:[^"\\]|\\.)*)"', text):
        words = max(re.split(r'%\w+|\\"', sentence), key=len).strip()
        if words:
            yield sentence, words


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--write', action='store_true')
    p.add_argument('--only', default='')
    p.add_argument('--all', action='store_true')
    a = p.parse_args()
    with open(LIST, encoding='utf-8') as f:
        blocks = f.read().split('\n\n')
    planted = {i: Planted(b) for i, b in enumerate(blocks) if '\nplugin ' in b and a.only in b}
    tried = planted if a.all or a.write or a.only else dict(list(planted.items())[::3])
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        found = dict(zip(tried, pool.map(Planted.found, tried.values())))
    failed = number = 0
    for i, one in tried.items():
        trouble, road = found[i]
        if not trouble and a.write:
            blocks[i] = re.sub(r'\nroad .*', '', blocks[i]).replace(f'\nsays {one.says}', f'\nsays {one.says}\nroad {road}')
        elif not trouble and road != one.road:
            trouble = f'the shortest sequence of acts is now {road}, not {one.road}'
        number += 1
        failed += bool(trouble)
        print(f"{'not ok' if trouble else 'ok'} {number} - {one.plugin}: {one.what}")
        print(f'#   {trouble or one.says + ": " + road}')
    for sentence, words in laws() if not a.only else ():
        covered = any(words in one.says or one.says in words for one in planted.values())
        number += 1
        failed += not covered
        print(f"{'ok' if covered else 'not ok'} {number} - a fault is planted against: {sentence}")
    if a.write:
        with open(LIST, 'w', encoding='utf-8') as f:
            f.write('\n\n'.join(blocks))
    print(f'1..{number}')
    return failed != 0


if __name__ == '__main__':
    sys.exit(main())
