import fc from "fast-check";
import { type Bindings, evaluate, readExpression } from "./evaluate.js";
import { valueOfJson } from "./json-values.js";
import { authorizerValue } from "./library-authorizer.js";
import { CelError, CelUint, type CelValue, NOT_KNOWN } from "./values.js";

const OBJECT = {
  metadata: { name: "web", labels: { app: "shop", "a.b/c": "d" } },
  spec: {
    replicas: 3,
    ratio: 0.5,
    paused: false,
    strategy: null,
    image: "registry/app:1.0",
    ports: [80, 443],
    containers: [
      { name: "a", image: "x:1" },
      { name: "b", image: "x:latest" },
    ],
    unknown: NOT_KNOWN,
  },
};
const VARIABLES: Readonly<Record<string, CelValue>> = {
  object: valueOfJson(OBJECT),
  oldObject: null,
  unknown: NOT_KNOWN,
  authorizer: authorizerValue(undefined),
  "authorizer.requestResource": authorizerValue(({ verb }) => ({ allowed: verb === "get", reason: "role" }), {
    resource: "pods",
  }),
};
const bindings: Bindings = (name) => (Object.hasOwn(VARIABLES, name) ? VARIABLES[name] : undefined);

function resultOf(text: string): unknown {
  const program = readExpression(text);
  if (program === undefined) return "no expression";
  const value = evaluate(program, bindings);
  if (value instanceof CelError) return "error";
  return value === NOT_KNOWN ? "unknown" : value instanceof CelUint ? `${value.value}u` : value;
}

/** What holds, by what it is about; see https://github.com/google/cel-spec and https://kubernetes.io/docs/reference/using-api/cel/ */
const TRUE: Readonly<Record<string, readonly string[]>> = {
  arithmetic: [
    "1 + 2 * 3 == 7",
    "7 / 2 == 3 && -7 / 2 == -3 && -7 % 2 == -1",
    "--5 == 5 && -(-5) == 5 && -9223372036854775808 < 0",
    "7u % 4u == 3u && 2u * 3u == 6u",
    "1.5 + 1.5 == 3.0 && 1.0 / 0.0 > 1e300",
    "0x1f == 31 && 0xFFu == 255u",
    "'a' + 'b' == 'ab' && [1] + [2] == [1, 2] && b'a' + b'b' == b'ab'",
  ],
  comparison: [
    "dyn(1) == 1.0 && dyn(1u) == 1 && dyn(2.5) > 2 && dyn(3) >= 3u",
    "dyn('1') != 1 && dyn([]) != {}",
    "'a' < 'b' && 'Z' < 'a' && 'é' > 'z' && false < true && b'a' < b'b'",
    "[1, 2] == [1, 2] && [1, 2] != [2, 1] && {'a': 1, 'b': 2} == {'b': 2, 'a': 1}",
    "null == null && type(1) == int && type('a') == string && type(type(1)) == type",
    "type(timestamp('2024-01-01T00:00:00Z')) == google.protobuf.Timestamp",
    "2 in [1, 2] && !('x' in {'y': 1}) && 'y' in {'y': 1} && 1.0 in dyn([1])",
  ],
  logic: [
    "true || 1 / 0 == 1",
    "1 / 0 == 1 || true",
    "!(false && 1 / 0 == 1) && !(1 / 0 == 1 && false)",
    "true || unknown && !(unknown && false)",
    "true ? true : 1 / 0 == 1",
  ],
  macros: [
    "has(object.spec.replicas) && !has(object.spec.missing) && has(object.spec.strategy)",
    "object.spec.ports.all(p, p > 0) && object.spec.ports.exists(p, p == 443) && object.spec.ports.exists_one(p, p > 80)",
    "[].all(x, false) && ![].exists(x, true)",
    "[1, 0].exists(x, 1 / x == 1) && ![0, 1].all(x, 1 / x != 1)",
    "object.spec.containers.map(c, c.name) == ['a', 'b']",
    "object.spec.containers.filter(c, c.image.endsWith(':latest')).map(c, c.name) == ['b']",
    "[1, 2, 3].map(x, x > 1, x * 2) == [4, 6]",
    "{'a': 1, 'b': 2}.all(k, k < 'c') && {'a': 1}.map(k, k) == ['a']",
    "[1, 2].map(x, [3, 4].map(y, x * y)) == [[3, 4], [6, 8]]",
    "{'a': 1}.all(k, v, k == 'a' && v == 1) && [5].exists(i, v, i == 0 && v == 5)",
    "[5, 6].transformList(i, v, i + v) == [5, 7] && [5, 6].transformMap(i, v, v) == {0: 5, 1: 6}",
    "{'a': 1}.transformMapEntry(k, v, {v: k}) == {1: 'a'} && [1, 2].existsOne(i, v, v == 2)",
    "[1].all(x, [2].all(x, x == 2) && x == 1)",
  ],
  fields: [
    "object.metadata.labels['a.b/c'] == 'd' && object.metadata.labels.app == 'shop'",
    "object.spec.ports[1] == 443 && object['spec']['replicas'] == 3",
    "object.spec.ratio == 0.5 && type(object.spec.ratio) == double && type(object.spec.replicas) == int",
    "oldObject == null && object.spec.strategy == null",
    "dyn(null) == null && optional.of(null).value() == null && optional.none().orValue(null) == null",
    "object.metadata.labels.size() == 2 && size(object.spec.ports) == 2",
  ],
  optionals: [
    "object.?spec.?missing.orValue(7) == 7 && object.?spec.?replicas.orValue(7) == 3",
    "object.?spec.replicas.value() == 3 && !object.?nothing.spec.hasValue()",
    "object.spec.ports[?5].orValue(1) == 1 && object.metadata.labels[?'app'].orValue('') == 'shop'",
    "optional.none().or(optional.of(1)).value() == 1 && !optional.ofNonZeroValue('').hasValue()",
    "optional.of(2).optMap(x, x * 2).value() == 4 && !optional.none().optMap(x, x).hasValue()",
    "optional.of({'a': 1}).optFlatMap(m, m.?b) == optional.none()",
    "[?object.?missing, 1] == [1] && {?'a': optional.none()} == {} && {?'a': optional.of(1)}.a == 1",
  ],
  conversions: [
    "int('42') == 42 && int(3.9) == 3 && int(-3.9) == -3 && uint(7) == 7u && int(7u) == 7",
    "string(1) == '1' && string(true) == 'true' && string(1.5) == '1.5' && string(b'abc') == 'abc'",
    "string(1e6) == '1e+06' && string(100000.0) == '100000' && string(1e-7) == '1e-07' && string(0.25) == '0.25'",
    "double('2.5') == 2.5 && double(2) == 2.0 && bool('true') && !bool('f') && bytes('é') == b'\\xc3\\xa9'",
    "dyn(5) == 5 && size('héllo') == 5 && size('😀') == 1 && size(b'é') == 2",
  ],
  texts: [
    "'abc'.contains('b') && 'abc'.startsWith('ab') && 'abc'.endsWith('bc') && 'abc'.matches('^a.c$') && 'xabcx'.matches('b')",
    "'tacocat'.indexOf('ac') == 1 && 'tacocat'.lastIndexOf('a') == 5 && 'abc'.indexOf('z') == -1 && 'tacocat'.indexOf('a', 3) == 5",
    "'abc'.charAt(1) == 'b' && 'abc'.charAt(3) == '' && 'tacocat'.substring(4) == 'cat' && 'tacocat'.substring(0, 4) == 'taco'",
    "'hello hello'.replace('he', 'we') == 'wello wello' && 'hello hello'.replace('he', 'we', 1) == 'wello hello'",
    "'ab'.replace('', '-') == '-a-b-' && 'ab'.replace('', '-', 2) == '-a-b' && 'aaa'.replace('a', '$&') == '$&$&$&'",
    "'a,b,c'.split(',') == ['a', 'b', 'c'] && 'a,b,c'.split(',', 2) == ['a', 'b,c'] && 'a'.split(',', 0) == [] && 'ab'.split('') == ['a', 'b']",
    "['a', 'b'].join() == 'ab' && ['a', 'b'].join('-') == 'a-b' && [].join('-') == ''",
    "'TacoCÉ'.lowerAscii() == 'tacocÉ' && 'aé'.upperAscii() == 'Aé' && '  a b\\n'.trim() == 'a b'",
    "'%s is %d, %.2f, %x, %b, %%'.format(['a', 10, 1.005, 255, 5]) == 'a is 10, 1.00, ff, 101, %'",
    "'%s'.format([['a', 1, true]]) == '[\"a\", 1, true]' && '%e'.format([1234.5]) == '1.234500e+03' && '%X'.format([255]) == 'FF'",
    "'abc 123 def 456'.find('[0-9]+') == '123' && 'a1b2'.findAll('[0-9]') == ['1', '2'] && 'a1b2'.findAll('[0-9]', 1) == ['1'] && 'a'.find('z') == ''",
    "'a\\tb' == \"a\\x09b\" && r'\\d' == '\\\\d' && '\\u00e9' == 'é' && '''a\n''' == 'a\\n' && '\\101' == 'A'",
  ],
  times: [
    "duration('1h30m') == duration('90m') && string(duration('1.5s')) == '1.5s' && duration('-1h') < duration('0')",
    "duration('90m').getHours() == 1 && duration('90m').getMinutes() == 90 && duration('1s').getMilliseconds() == 1000",
    "timestamp('2024-02-29T12:00:00Z') + duration('24h') == timestamp('2024-03-01T12:00:00Z')",
    "timestamp('2024-01-01T00:00:00+02:00') == timestamp('2023-12-31T22:00:00Z')",
    "string(timestamp('2024-01-01T00:00:00.120+00:00')) == '2024-01-01T00:00:00.12Z'",
    "int(timestamp('1970-01-01T00:01:00Z')) == 60 && timestamp(60) == timestamp('1970-01-01T00:01:00Z')",
    "timestamp('2024-03-05T06:07:08.009Z').getMonth() == 2 && timestamp('2024-03-05T06:07:08.009Z').getMilliseconds() == 9",
    "timestamp('2024-03-05T06:07:08Z').getDayOfMonth() == 4 && timestamp('2024-03-05T06:07:08Z').getDate() == 5",
    "timestamp('2024-03-05T06:07:08Z').getDayOfWeek() == 2 && timestamp('2024-03-05T06:07:08Z').getDayOfYear() == 64",
    "timestamp('2024-07-01T00:00:00Z').getHours('Europe/Berlin') == 2 && timestamp('2024-07-01T00:00:00Z').getHours('-02:30') == 21",
    "timestamp('2024-01-02T00:00:00Z') - timestamp('2024-01-01T00:00:00Z') == duration('24h')",
  ],
  lists: [
    "[1, 2, 2].isSorted() && !['b', 'a'].isSorted() && [1, 2].sum() == 3 && [1.5].sum() == 1.5 && [].sum() == 0",
    "[3, 1, 2].min() == 1 && ['a', 'c', 'b'].max() == 'c' && [1, 2, 2].indexOf(2) == 1 && [1, 2, 2].lastIndexOf(2) == 2 && [1].indexOf(5) == -1",
    "[duration('1s'), duration('2s')].sum() == duration('3s')",
    "sets.contains([1, 2], [2, 2]) && sets.equivalent([1, 2, 2], [2, 1]) && sets.intersects([1], [1, 2]) && !sets.intersects([1], [])",
  ],
  urls: [
    "isURL('https://example.com:80/path?a=1') && !isURL('https://a:b/') && isURL('/absolute') && !isURL('relative')",
    "url('https://example.com:80/a%20b?x=1&x=2#f').getPort() == '80' && url('https://example.com:80/').getHost() == 'example.com:80'",
    "url('https://example.com:80/a%20b?x=1&x=2').getEscapedPath() == '/a%20b' && url('https://e.com/?x=1&x=2').getQuery() == {'x': ['1', '2']}",
    "url('https://[::1]:80/').getHostname() == '::1' && url('/path').getScheme() == '' && url('/path').getHost() == ''",
  ],
  addresses: [
    "isIP('10.0.0.1') && isIP('::1') && !isIP('010.0.0.1') && !isIP('::ffff:1.2.3.4') && !isIP('fe80::1%eth0') && !isIP('10.0.0.0/8')",
    "ip('10.0.0.1').family() == 4 && ip('2001:DB8::1').family() == 6 && ip('2001:db8::1') == ip('2001:DB8:0::1') && string(ip('2001:DB8::1')) == '2001:db8::1'",
    "ip.isCanonical('2001:db8::abcd') && !ip.isCanonical('2001:DB8::ABCD')",
    "ip('127.0.0.1').isLoopback() && ip('0.0.0.0').isUnspecified() && ip('224.0.0.1').isLinkLocalMulticast() && ip('fe80::1').isLinkLocalUnicast()",
    "ip('192.168.0.1').isGlobalUnicast() && !ip('255.255.255.255').isGlobalUnicast()",
    "isCIDR('10.0.0.0/8') && !isCIDR('10.0.0.0') && !isCIDR('10.0.0.0/33') && isCIDR('10.1.2.3/8')",
    "cidr('192.168.0.0/24').containsIP('192.168.0.7') && !cidr('192.168.0.0/24').containsIP(ip('192.168.1.7'))",
    "cidr('192.168.0.0/16').containsCIDR('192.168.0.0/24') && !cidr('192.168.0.0/24').containsCIDR(cidr('192.168.0.0/16'))",
    "cidr('192.168.1.7/24').masked() == cidr('192.168.1.0/24') && cidr('10.0.0.0/8').prefixLength() == 8 && cidr('10.0.0.0/8').ip() == ip('10.0.0.0')",
  ],
  quantities: [
    "quantity('1Gi').isGreaterThan(quantity('1G')) && quantity('500m').add(quantity('0.5')) == quantity('1') && isQuantity('1.5Gi') && !isQuantity('1Gib')",
    "quantity('50k').asInteger() == 50000 && !quantity('50.5').isInteger() && quantity('100m').asApproximateFloat() == 0.1",
    "quantity('50M').compareTo(quantity('50Mi')) == -1 && quantity('-1').sign() == -1 && quantity('20k').sub(20000).sign() == 0",
  ],
  versions: [
    "semver('1.2.3').isLessThan(semver('1.10.0')) && semver('1.0.0-alpha.1').isLessThan(semver('1.0.0')) && !isSemver('v1.0') && isSemver('v1.0', true)",
    "semver('1.2.3').minor() == 2 && semver('1.2.3').compareTo(semver('1.2.3+build')) == 0 && semver('v01.1', true) == semver('1.1.0')",
  ],
  formats: [
    "!format.dns1123Label().validate('my-label').hasValue() && format.dns1123Label().validate('Bad').hasValue() && format.named('uuid').hasValue() && !format.named('x').hasValue()",
    "!format.dns1123LabelPrefix().validate('web-').hasValue() && format.date().validate('2024-02-30').hasValue()",
  ],
  authorizer: [
    "authorizer.requestResource.check('get').allowed() && !authorizer.requestResource.check('delete').allowed() && authorizer.requestResource.check('get').reason() == 'role'",
  ],
};

describe.each(Object.entries(TRUE))("%s", (_, texts) => {
  test.each(texts)("%s", (text) => {
    expect(resultOf(text)).toBe(true);
  });
});

test.each([
  "9223372036854775807 + 1",
  "-9223372036854775808 - 1",
  "-(-9223372036854775808)",
  "-9223372036854775808 / -1",
  "0u - 1u",
  "1 / 0",
  "1 % 0",
  "object.spec.missing",
  "object.spec.ports[2]",
  "object.spec.ports[-1]",
  "object.metadata.labels['x']",
  "oldObject.spec",
  "object.spec.image.name",
  "has(object.missing.field)",
  "dyn(1) + dyn('a')",
  "dyn('a') < dyn(1)",
  "!dyn(1)",
  "dyn(1) && true",
  "1 / 0 == 1 || false",
  "[1, 2, 0].exists_one(x, 1 / x == 1)",
  "[0].map(x, 1 / x)",
  "{'a': 1, 'a': 2}",
  "{1.5: 1}",
  "int('x')",
  "int('9223372036854775808')",
  "int(1e30)",
  "uint(-1)",
  "timestamp('2024-13-01T00:00:00Z')",
  "timestamp('2024-02-30T00:00:00Z')",
  "duration('1d')",
  "timestamp('9999-12-31T23:59:59Z') + duration('1s')",
  "'a'.matches('(')",
  "'abc'.charAt(4)",
  "'abc'.substring(2, 1)",
  "optional.none().value()",
  "[].min()",
  "url('relative')",
  "ip('x')",
  "quantity('x')",
  "quantity('0.5').asInteger()",
  "'%d'.format(['a'])",
  "'%d'.format([])",
  "timestamp('2024-01-01T00:00:00Z').getHours('Nowhere')",
])("%s is an error", (text) => {
  expect(resultOf(text)).toBe("error");
});

test.each([
  "unknown",
  "unknown.a.b",
  "unknown && true",
  "1 / 0 == 1 || unknown",
  "unknown == 1",
  "[1, unknown] == [1, 2]",
  "[unknown].exists(x, x == 1)",
  "object.spec.unknown + 'x'",
  "has(unknown.a)",
  "1 in [unknown]",
  "unknown ? 1 : 2",
  "size(unknown)",
  "authorizer.group('').resource('pods').namespace('x').check('create').allowed()",
])("%s is not known", (text) => {
  expect(resultOf(text)).toBe("unknown");
});

test("nothing goes on for long", () => {
  const list = `[${"1,".repeat(200)}]`;
  for (const text of [
    `${list}.all(a, ${list}.all(b, ${list}.all(c, ${list}.all(d, a + b + c + d > 0))))`,
    `'${"a".repeat(30_000)}'.matches('(a*)*(a*)*(a*)*b')`,
    `${"(".repeat(100)}1${")".repeat(100)} ${"+ 1 ".repeat(700)} > 0`,
    `[${"'aaaaaaaaaa',".repeat(1000)}].map(x, x.replace('', '${"b".repeat(10_000)}')).join() == ''`,
  ]) {
    const start = performance.now();
    resultOf(text);
    expect(performance.now() - start).toBeLessThan(5000);
  }
});

test("any expression has a value", () => {
  const leaf = fc.constantFrom(
    ..."object oldObject unknown object.spec object.spec.ports object.metadata.labels 1 -1 0 1u 1.5 '' 'a' '(' b'x' true false null [] {} [1,2] ['a'] {'a':1} optional.none() duration('1s') timestamp(0) authorizer ip('::1') quantity('1')".split(
      " ",
    ),
  );
  const { text } = fc.letrec<{ text: string }>((tie) => ({
    text: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc
        .tuple(tie("text"), fc.constantFrom(..."+ - * / % == != < <= > >= && || in".split(" ")), tie("text"))
        .map(([a, operator, b]) => `(${a} ${operator} ${b})`),
      fc
        .tuple(
          tie("text"),
          fc.constantFrom(
            ..."size contains matches find findAll split replace join format charAt substring indexOf lastIndexOf getHours orValue or min sum isSorted add containsIP validate check lowerAscii trim".split(
              " ",
            ),
          ),
          fc.array(tie("text"), { maxLength: 2 }),
        )
        .map(([a, name, args]) => `${a}.${name}(${args.join(", ")})`),
      fc
        .tuple(tie("text"), fc.constantFrom(..."all exists exists_one map filter optMap".split(" ")), tie("text"))
        .map(([a, name, b]) => `${a}.${name}(x, ${b})`),
      fc
        .tuple(
          fc.constantFrom(
            ..."int uint double string bool bytes duration timestamp size type dyn url cidr semver".split(" "),
          ),
          tie("text"),
        )
        .map(([name, a]) => `${name}(${a})`),
      fc.tuple(tie("text"), tie("text")).map(([a, b]) => `${a}[${b}]`),
      fc.tuple(tie("text"), tie("text"), tie("text")).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
      tie("text").map((a) => `has(${a}.name)`),
    ),
  }));
  fc.assert(
    fc.property(text, (expression) => {
      expect(resultOf(expression)).toBeDefined();
    }),
    { numRuns: 2000 },
  );
});
