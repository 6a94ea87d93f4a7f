"""Every question of the OpenAPI document, about every thing there is, by everybody.

crawl.py BASE TOKENS.json IDS.json: prints a line for each answer, in a fixed order: who, path, status, ETag and a digest of
the body.  Pages are followed to their end.  TOKENS: login to bearer token; IDS: name of a path's {..} to a list of ids.
Left out is what tells of the server itself: its health, metrics and clock.

Each answer is held against the document as well: its status and media type are declared, an answer of JSON has the members
that are declared, all of them and no others, and of the types they are said to be.  What does not fit is said at the end.
"""
import hashlib, http.client, itertools, json, re, sys, urllib.parse

base, tokens, ids = sys.argv[1], json.load(open(sys.argv[2])), json.load(open(sys.argv[3]))
host = urllib.parse.urlparse(base).netloc
connection = http.client.HTTPConnection(host, timeout=60)
OWN = ('/healthz', '/readyz', '/metrics', '/api/v1/clock', '/api/v1/openapi.json')


def ask(path, who):
    headers = {'Authorization': 'Bearer ' + tokens[who]} if who else {}
    connection.request('GET', path, headers=headers)
    answer = connection.getresponse()
    return answer, answer.read()


def paths(pattern):
    """The path with each {..} filled by each id of that name."""
    names = re.findall(r'{(\w+)}', pattern)
    for values in itertools.product(*(ids.get(n, []) for n in names)):
        filled = pattern
        for name, value in zip(names, values):
            filled = filled.replace('{' + name + '}', urllib.parse.quote(str(value)), 1)
        yield filled


def pages(path, who):
    while path:
        answer, body = ask(path, who)
        yield path, answer, body
        link = re.match(r'<([^>]+)>; rel="next"', answer.getheader('Link') or '')
        path = link.group(1) if link else None


document = json.loads(ask('/api/v1/openapi.json', None)[1])
FORMATS = {
    'date-time': r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z',
    'date': r'\d{4}-\d\d-\d\d',
    'uuid': r'[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
}
TYPES = {'string': str, 'integer': int, 'boolean': bool, 'array': list, 'object': dict, 'null': type(None)}


def is_of(value, name):
    return isinstance(value, TYPES[name]) and (name != 'integer' or not isinstance(value, bool))


def faults(schema, value, at=''):
    """Where a value does not fit; an object says all members it has."""
    if '$ref' in schema:
        schema = document['components']['schemas'][schema['$ref'].rsplit('/', 1)[1]]
    types = schema.get('type', [])
    types = [types] if isinstance(types, str) else types
    if types and not any(is_of(value, t) for t in types):
        yield f'{at}: {value!r} is no {types}'
    elif isinstance(value, str):
        pattern = schema.get('pattern') or FORMATS.get(schema.get('format'))
        if pattern and not re.search(pattern if 'pattern' in schema else f'^({pattern})$', value):
            yield f'{at}: {value!r} is not {pattern}'
    elif isinstance(value, list) and 'items' in schema:
        for item in value:
            yield from faults(schema['items'], item, at + '/-')
    elif isinstance(value, dict) and 'properties' in schema:
        known = schema['properties']
        yield from (f'{at}/{k} is not declared' for k in value.keys() - known.keys())
        yield from (f'{at}/{k} is missing' for k in known.keys() - value.keys() - {'truncated'})
        for k in known.keys() & value.keys():
            yield from faults(known[k], value[k], f'{at}/{k}')


def held(operation, answer, body):
    """What an answer has that its operation does not say."""
    responses, status = operation['responses'], answer.status
    declared = responses.get(str(status)) or responses.get(f'{status // 100}XX')
    if not declared:
        return [f'status {status} is not declared']
    if '$ref' in declared:
        declared = document['components']['responses'][declared['$ref'].rsplit('/', 1)[1]]
    media = (answer.getheader('Content-Type') or '').split(';')[0]
    if status != 200:
        return [] if media == 'application/problem+json' else [f'a problem as {media}']
    if media not in declared['content']:
        return [] if '*/*' in declared['content'] else [f'{media} is not declared']
    return [] if media != 'application/json' else faults(declared['content'][media]['schema'], json.loads(body))


unknown, unfit = set(), set()
for pattern in sorted(document['paths']):
    if 'get' not in document['paths'][pattern] or pattern in OWN:
        continue
    unknown |= {n for n in re.findall(r'{(\w+)}', pattern) if n not in ids}
    for path in paths(pattern):
        for who in [None, *sorted(tokens)]:
            for at, answer, body in pages(path, who):
                unfit |= {f'{pattern}: {fault}' for fault in held(document['paths'][pattern]['get'], answer, body)}
                print(who or 'nobody', at, answer.status, answer.getheader('ETag') or '-', hashlib.sha256(body).hexdigest()[:16])
for fault in sorted(unfit):
    print('does not fit the document:', fault[:400], file=sys.stderr)
if unknown:
    sys.exit('no ids are given for ' + ' '.join(sorted(unknown)))
sys.exit(1 if unfit else 0)
