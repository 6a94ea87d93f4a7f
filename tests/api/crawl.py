"""Every question of the OpenAPI document, about every thing there is, by everybody.

crawl.py BASE TOKENS.json IDS.json: prints a line for each answer, in a fixed order: who, path, status, ETag and a digest of
the body.  Pages are followed to their end.  TOKENS: login to bearer token; IDS: name of a path's {..} to a list of ids.
Left out is what tells of the server itself: its health, metrics and clock.
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
unknown = set()
for pattern in sorted(document['paths']):
    if 'get' not in document['paths'][pattern] or pattern in OWN:
        continue
    unknown |= {n for n in re.findall(r'{(\w+)}', pattern) if n not in ids}
    for path in paths(pattern):
        for who in [None, *sorted(tokens)]:
            for at, answer, body in pages(path, who):
                print(who or 'nobody', at, answer.status, answer.getheader('ETag') or '-', hashlib.sha256(body).hexdigest()[:16])
if unknown:
    sys.exit('no ids are given for ' + ' '.join(sorted(unknown)))
