"""Requests made from the OpenAPI document of the server itself, most of them wrong in one way that is known.

fuzz.py BASE TOKENS.json IDS.json DIGEST-COMMAND SEED ROUNDS: prints TAP.  A wrong request must be answered 4xx, as
problem+json that names the member at fault, and nothing in the database may be another afterwards.  A request that
may be right must not be answered 5xx, nor otherwise than as JSON or a problem.  The same seed asks the same.
"""
import http.client, json, random, re, subprocess, sys, urllib.parse

BASE, TOKENS, IDS, DIGEST, SEED, ROUNDS = sys.argv[1:7]
SEED, ROUNDS = int(SEED), int(ROUNDS)
rnd = random.Random(SEED)
tokens, ids = json.load(open(TOKENS)), json.load(open(IDS))
host = urllib.parse.urlparse(BASE).netloc
connection = http.client.HTTPConnection(host, timeout=30)
number = failures = asked = 0
WHO = {'organisation': 'member', 'office_clerk': 'clerk', 'office_approver': 'approver', 'evaluator': 'evaluator1',
       'administrator': 'root', 'security': 'root', 'person': 'clerk'}


def ok(good, name, *why):
    global number, failures
    number += 1
    failures += not good
    print(f"{'ok' if good else 'not ok'} {number} - {name}")
    if not good:
        for line in why:
            print('#  ', str(line)[:600])


def ask(method, path, body=None, who='clerk', headers=None):
    """One request; a connection the server closed is opened again."""
    global connection, asked
    asked += 1
    h = {'Content-Type': 'application/json', 'Idempotency-Key': f'fuzz-{SEED}-{asked:012d}', 'If-Match': '*'}
    if who:
        h['Authorization'] = 'Bearer ' + tokens[who]
    h.update(headers or {})
    if body is None or method == 'GET':
        h.pop('Content-Type')
        body = None
    for attempt in range(3):
        try:
            try:
                connection.request(method, path, body=body, headers=h)
            except (BrokenPipeError, ConnectionResetError):
                pass  # a body too long is refused before its end has been sent
            answer = connection.getresponse()
            data = answer.read()
            return answer.status, answer.getheader('Content-Type') or '', data
        except (http.client.HTTPException, OSError):
            connection.close()
            connection = http.client.HTTPConnection(host, timeout=30)
    return 0, '', b'no answer'


document = json.loads(ask('GET', '/api/v1/openapi.json', who=None)[2])
schemas = document['components']['schemas']


def follow(schema):
    return schemas[schema['$ref'].rsplit('/', 1)[1]] if '$ref' in schema else schema


# ---- values ----

def text_for(s):
    pattern = s.get('pattern')
    if s.get('format') == 'uuid':
        return rnd.choice(ids['any'])
    if s.get('format') == 'date-time':
        return rnd.choice(['2027-03-01T00:00:00Z', '2026-12-31T23:59:59.999999+08:00'])
    if s.get('format') == 'date':
        return rnd.choice(['2027-03-01', '2028-02-29'])
    if pattern:
        for candidate in ('30d', '5wd', '48h', '12.50', '100000.00', '50%', '12.5%', '1', 'code_a', 'a' * 64, '310105011',
                          '2026-11-21', '13800000000', '88.5', 'zh', 'abc'):
            if re.search(pattern, candidate):
                return candidate
        return 'x'
    least, most = s.get('minLength', 0), min(s.get('maxLength', 12), 40)
    return ''.join(rnd.choice('社区养老abc 12') for _ in range(rnd.randint(least, max(least, most)))).strip().ljust(least, '服') or '服'


def kind_of(s):
    """What may be cleared by null is ["string", "null"]."""
    kind = s.get('type')
    return kind[0] if isinstance(kind, list) else kind


def value_for(s, depth=0):
    s = follow(s)
    if 'enum' in s:
        return rnd.choice(s['enum'])
    kind = kind_of(s)
    if kind == 'object' or 'properties' in s:
        need = s.get('required', [])
        return {k: value_for(v, depth + 1) for k, v in s.get('properties', {}).items() if k in need or rnd.random() < 0.5}
    if kind == 'array':
        n = rnd.randint(s.get('minItems', 0), max(s.get('minItems', 0), min(s.get('maxItems', 3), 3)))
        return [value_for(s.get('items', {}), depth + 1) for _ in range(n)]
    if kind == 'integer':
        low, high = s.get('minimum', 0), s.get('maximum', 1000)
        return rnd.choice([low, high, rnd.randint(low, high)])
    if kind == 'boolean':
        return rnd.random() < 0.5
    if kind == 'string':
        return text_for(s)
    return {}


def wrong_type(s):
    return rnd.choice({'string': [7, True, [], {}], 'integer': ['7', True, [1], 1.5], 'boolean': ['true', 1, 0], 'array': ['a', {}, 1],
                       'object': ['a', [], 1]}.get(kind_of(follow(s)), []) or [None])


def may_be_null(s):
    kind = follow(s).get('type')
    return isinstance(kind, list) and 'null' in kind


def out_of_range(s):
    """A value of the right type that the form does not allow; None: it allows all."""
    s = follow(s)
    if 'enum' in s:
        return 'no_such_choice'
    kind = kind_of(s)
    if kind == 'integer':
        return rnd.choice([v for v in (s.get('minimum', -2 ** 63) - 1, s.get('maximum', 2 ** 63 - 1) + 1)])
    if kind == 'string' and ('pattern' in s or 'format' in s):
        return rnd.choice(['!', '￿￾', '1' * 300, '\u202e', ' '])
    if kind == 'string' and 'maxLength' in s:
        return rnd.choice(['长' * (s['maxLength'] + 1), 'a\u0000b', 'a\u0007b', '\u202e'])
    if kind == 'array' and 'maxItems' in s and s['maxItems'] < 2000:
        return [value_for(s.get('items', {}))] * (s['maxItems'] + 1)
    return None


# ---- what may be wrong with a body: name, text, member at fault ----

def faults(schema):
    good = value_for(schema)
    properties = schema.get('properties', {})
    yield 'no JSON', rnd.choice(['{', '', '{"a":}', 'null', '[]', '"x"', '{"a":1}}', '\ufeff{}', '{"a":NaN}', '{"a":1,}', "{'a':1}", '{"a":01}']), None
    yield 'bytes that are no text', b'{"a":"\xff\xfe"}', None
    yield 'half a surrogate', '{"a":"\\ud800"}', None
    yield 'too deep', '{"a":' * 2000 + '1' + '}' * 2000, None
    yield 'an unknown member', json.dumps({**good, 'no_such_member': 1}), 'no_such_member'
    if properties:
        k = rnd.choice(sorted(properties))
        twice = json.dumps(value_for(properties[k]))
        yield 'a member twice', '{' + f'{json.dumps(k)}:{twice},{json.dumps(k)}:{twice}' + '}', None
        k = rnd.choice(sorted(properties))
        yield 'a wrong type', json.dumps({**good, k: wrong_type(properties[k])}), k
        k = rnd.choice(sorted(properties))
        bad = out_of_range(properties[k])
        if bad is not None:
            yield 'out of range', json.dumps({**good, k: bad}, ensure_ascii=rnd.random() < 0.5), k
        k = rnd.choice(sorted(properties))
        if not may_be_null(properties[k]):
            yield 'null', json.dumps({**good, k: None}), k
    for k in schema.get('required', [])[:1] or []:
        yield 'a member missing', json.dumps({x: v for x, v in good.items() if x != k}), k


def concrete(path, right):
    def fill(m):
        known = ids.get(m.group(1), [])
        if right and known:
            return str(rnd.choice(known))
        return rnd.choice(['00000003-0000-8000-8000-0000000000ff', str(rnd.choice(ids['any'])), '3'])
    return re.sub(r'{(\w+)}', fill, path)


def who_may(operation):
    roles = [r for r in operation.get('x-roles', []) if r in WHO or r in tokens]
    return (WHO.get(roles[0]) or roles[0]) if roles else 'root'


def problem_of(status, kind, data):
    """What is wrong with the form of a refusal; '' where it is right."""
    if not kind.startswith('application/problem+json'):
        return f'Content-Type {kind!r}'
    try:
        p = json.loads(data)
    except ValueError:
        return 'no JSON'
    if p.get('status') != status or not p.get('type') or not p.get('title'):
        return 'type, title or status'
    return ''


def named(data, member):
    return any(e.get('pointer', '').startswith('/' + member) for e in json.loads(data).get('errors', []))


def digest():
    return subprocess.run(['bash', '-c', DIGEST], capture_output=True, text=True, check=True).stdout


operations = [(m.upper(), p, o) for p, v in sorted(document['paths'].items()) for m, o in sorted(v.items())
              if m in ('get', 'post', 'put', 'patch', 'delete')]
bodies = [(m, p, o, follow(o['requestBody']['content']['application/json']['schema'])) for m, p, o in operations
          if 'application/json' in o.get('requestBody', {}).get('content', {})]
skipped = {'/api/v1/clock'}     # moves the time of all that follows

# ---- wrong in a known way ----
before, wrong, reached = digest(), [], 0
for round_ in range(ROUNDS):
    for method, path, operation, schema in bodies:
        for what, text, member in faults(schema):
            where = concrete(path, True)
            data = text if isinstance(text, bytes) else text.encode('utf-8', 'surrogatepass')
            status, kind, said = ask(method, where, data, who_may(operation))
            fault = problem_of(status, kind, said) if 400 <= status < 500 else f'status {status}'
            if not fault and status == 422 and b'body/invalid' in said:
                reached += 1
                if member and not named(said, member):
                    fault = f'/{member} is not named'
            if fault:
                wrong.append((fault, what, method, where, data[:200], said[:300]))
after = digest()
ok(not wrong, f'{asked} requests wrong in a known way, over {len(bodies)} forms: each is refused as a problem', f'{len(wrong)} are not', *wrong[:12])
ok(reached > asked // 4, f'{reached} of them were refused for the member at fault, which is named')
changed = [a for a, b in zip(after.split('\n'), before.split('\n')) if a != b]
ok(before == after, 'nothing in the database is another', *changed)

# ---- paths and query parameters ----
before, wrong, count = digest(), [], asked
for method, path, operation in operations:
    if method != 'GET' or path in skipped or 'healthz' in path or 'metrics' in path:
        continue
    for _ in range(2 * ROUNDS):
        query = {}
        for p in operation.get('parameters', []):
            if p.get('in') == 'query' or p.get('$ref', '').endswith(('limit', 'cursor')):
                name = p.get('name') or p['$ref'].rsplit('/', 1)[1]
                if rnd.random() < 0.6:
                    query[name] = rnd.choice(['', '0', '-1', '99999999999999999999', 'x', '%', "'; --", '\u0000', '服务', '2026-13-45', 'a' * 1500,
                                              str(value_for(p.get('schema', {'type': 'string'})))])
        if rnd.random() < 0.3:
            query['no_such'] = '1'
        where = concrete(path, rnd.random() < 0.7) + ('?' + urllib.parse.urlencode(query) if query else '')
        status, kind, said = ask('GET', where, None, rnd.choice([who_may(operation), None]))
        fault = f'status {status}' if not 200 <= status < 500 else problem_of(status, kind, said) if status >= 400 else ''
        if 'no_such' in query and status < 400:
            fault = 'an unknown query parameter is let through'
        if fault:
            wrong.append((fault, where, said[:300]))
ok(not wrong, f'{asked - count} questions with any parameters: an answer or a problem', f'{len(wrong)} are not', *wrong[:12])
ok(before == digest(), 'and questions change nothing')

# ---- what may be right: it may change things, but never break them ----
wrong, count, done = [], asked, 0
for round_ in range(ROUNDS):
    for method, path, operation, schema in bodies:
        if path in skipped:
            continue
        where, body = concrete(path, True), json.dumps(value_for(schema), ensure_ascii=False).encode()
        status, kind, said = ask(method, where, body, who_may(operation))
        done += 200 <= status < 300
        fault = f'status {status}' if not 200 <= status < 500 else problem_of(status, kind, said) if status >= 400 else ''
        if fault:
            wrong.append((fault, method, where, body[:300], said[:300]))
ok(not wrong, f'{asked - count} requests that may be right: none breaks ({done} were done)', f'{len(wrong)} break', *wrong[:12])
print(f'1..{number}')
sys.exit(failures != 0)
