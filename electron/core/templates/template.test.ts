import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCharacter } from '#shared/text/anyTextTesting'
import { compileTemplate } from './template'
import { noEnvironment, type TemplateEnvironment } from './templateEnvironment'
import type { Rendered, TemplateValues } from './templateValues'

const at = Date.UTC(2026, 10, 30, 15, 4, 5, 678)

const values = (changes: Partial<TemplateValues> = {}): TemplateValues => ({
  now: at,
  startedAt: at,
  message: 1,
  device: 1,
  row: {},
  environment: noEnvironment,
  latest: () => undefined,
  random: Math.random,
  ...changes,
})

/** An environment in use; what stands under `secrets` is secret. */
const environmentOf = (plain: Record<string, string>, secrets: Record<string, string> = {}): TemplateEnvironment => ({
  isInUse: true,
  hasSecrets: Object.keys(secrets).length > 0,
  names: [...Object.keys(plain), ...Object.keys(secrets)],
  values: { ...plain, ...secrets },
  shown: { ...plain, ...Object.fromEntries(Object.keys(secrets).map((name) => [name, '••••••'])) },
})

/** What each of several messages of one device is made of. */
const renderings = async (text: string, count: number, changes: (message: number) => Partial<TemplateValues>) => {
  const compiled = await compileTemplate(text, 'payload')
  if (!compiled.ok) return [compiled]
  const memory = new Map<string, number>()
  return Array.from({ length: count }, (_, index): Rendered =>
    compiled.template.render(values({ message: index + 1, ...changes(index + 1) }), memory),
  )
}

const texts = async (text: string, count: number, changes: Partial<TemplateValues> = {}): Promise<string[]> =>
  (await renderings(text, count, () => changes)).map((rendered) => {
    if ('problem' in rendered) throw new Error(JSON.stringify(rendered.problem))
    return 'text' in rendered ? rendered.text : ''
  })

const one = async (text: string, changes: Partial<TemplateValues> = {}) => (await texts(text, 1, changes))[0]

const problem = async (text: string, changes: Partial<TemplateValues> = {}) => {
  const [rendered] = await renderings(text, 1, () => changes)
  return rendered && 'problem' in rendered ? rendered.problem : undefined
}

describe('a template', () => {
  it('without places is the text itself', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: anyCharacter }).filter((text) => !/\{[{%]/.test(text)),
        async (text) => {
          expect(await one(text)).toBe(text)
        },
      ),
    )
  })

  it('keeps every character around its places', async () => {
    const around = fc.string({ unit: anyCharacter }).filter((text) => !/[{}%]/.test(text))
    await fc.assert(
      fc.asyncProperty(around, around, async (before, after) => {
        expect(await one(`${before}{{ n }}${after}`, { device: 7 })).toBe(`${before}7${after}`)
      }),
    )
  })

  it('says the time in the usual forms', async () => {
    expect(await one('{{ now }}')).toBe('2026-11-30T15:04:05.678Z')
    expect(await one('{{ now.unix }} {{ now.ms }} {{ now.iso }}')).toBe(
      '1796051045 1796051045678 2026-11-30T15:04:05.678Z',
    )
    expect(Date.parse((await one('{{ now.local }}')) ?? '')).toBe(at)
    expect(await one('{{ now | date: "%Y-%m-%d %H:%M", "UTC" }}')).toBe('2026-11-30 15:04')
  })

  it('counts messages and devices, and has the columns of a row and the variables of an environment', async () => {
    const counted = await renderings('{{ n }}/{{ i }}', 3, () => ({ device: 9 }))
    expect(counted.map((rendered) => 'text' in rendered && rendered.text)).toEqual(['9/1', '9/2', '9/3'])
    expect(
      await one('{{ row.temp }} {{ row["a b"] }} {{ env.site }}', {
        row: { temp: 21, 'a b': 'x' },
        environment: environmentOf({ site: 'plant' }),
      }),
    ).toBe('21 x plant')
  })

  it('makes another uuid each time', async () => {
    const [first = '', second = ''] = ((await one('{{ uuid }} {{ uuid }}')) ?? '').split(' ')
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(second).not.toBe(first)
  })

  it('draws numbers between two, both of which come', async () => {
    expect(new Set(await texts('{{ 1 | random: 3 }}', 200))).toEqual(new Set(['1', '2', '3']))
    expect(new Set(await texts('{{ 0 | random: 0.3, 1 }}', 200))).toEqual(new Set(['0', '0.1', '0.2', '0.3']))
    expect(new Set(await texts('{{ -0.2 | random: 0 }}', 200))).toEqual(new Set(['-0.2', '-0.1', '0']))
    expect(await problem('{{ 3 | random: 1 }}')).toMatchObject({ code: 'notANumber' })
  })

  it('chooses among a list or what stands behind it', async () => {
    expect(new Set(await texts('{{ "a" | choice: "b", "c" }}', 200))).toEqual(new Set(['a', 'b', 'c']))
    expect(new Set(await texts('{{ "x,y" | split: "," | choice }}', 200))).toEqual(new Set(['x', 'y']))
    expect(await problem('{{ "" | split: "," | choice }}')).toMatchObject({ code: 'nothingToChoose' })
  })

  it('walks in small steps and stays within its bounds', async () => {
    const walked = (await texts('{{ 20 | walk: 0.5, 19, 21 }}', 2_000)).map(Number)
    expect(walked[0]).toBe(20)
    expect(Math.min(...walked)).toBeGreaterThanOrEqual(19)
    expect(Math.max(...walked)).toBeLessThanOrEqual(21)
    const steps = walked.slice(1).map((value, index) => Math.abs(value - (walked[index] ?? 0)))
    // Each is written with one decimal.
    expect(Math.max(...steps)).toBeLessThanOrEqual(0.6 + 1e-9)
    expect(new Set(walked).size).toBeGreaterThan(10)
  })

  it('counts on from message to message, each place by itself', async () => {
    expect(await texts('{{ 1 | counter }} {{ 10 | counter: -2 }} {{ 0 | counter: 0.1 }}', 4)).toEqual([
      '1 10 0',
      '2 8 0.1',
      '3 6 0.2',
      '4 4 0.3',
    ])
  })

  it('swings by the time since its start', async () => {
    const swung = async (seconds: number) => Number(await one('{{ 20 | sine: 5, 60 }}', { now: at + seconds * 1000 }))
    expect(await swung(0)).toBe(20)
    expect(await swung(15)).toBeCloseTo(25)
    expect(await swung(45)).toBeCloseTo(15)
    expect(await problem('{{ 20 | sine: 5, 0 }}')).toMatchObject({ code: 'notANumber' })
  })

  it('makes up values by the names of faker, and names one that there is not', async () => {
    expect(await one('{{ "person.fullName" | faker }}')).toMatch(/\S+ \S+/)
    for (const name of [
      'person.nothing',
      'person',
      'person.constructor',
      '__proto__.x',
      'helpers.fake',
      'person.fullName.length',
    ])
      expect(await problem(`{{ "${name}" | faker }}`)).toMatchObject({ code: 'unknownFakerField', detail: name })
  })

  it('has the last message of a topic, and a field of it as it was written', async () => {
    const latest = (topic: string) => (topic === 'plant/t' ? '{"celsius": 21.50, "id": 9007199254740993}' : undefined)
    expect(await one('{{ "plant/t" | latest: "$.celsius" }} {{ "plant/t" | latest: "$.id" }}', { latest })).toBe(
      '21.50 9007199254740993',
    )
    expect(await problem('{{ "plant/x" | latest }}', { latest })).toMatchObject({
      code: 'noMessageYet',
      detail: 'plant/x',
    })
    expect(await problem('{{ "plant/t" | latest: "$.none" }}', { latest })).toMatchObject({
      code: 'noSuchField',
      detail: '$.none',
    })
  })
})

describe('a problem of a template', () => {
  it.each([
    ['a\n b {{ foo }}', { code: 'unknownVariable', detail: 'foo', line: 2, column: 7 }],
    ['{{ now.week }}', { code: 'unknownVariable', detail: 'now.week', line: 1, column: 4 }],
    ['{{ constructor }}', { code: 'unknownVariable', detail: 'constructor', line: 1, column: 4 }],
    ['{{ row.constructor }}', { code: 'unknownVariable', detail: 'row.constructor', line: 1, column: 4 }],
    ['x {{ 1 | nope }}', { code: 'unknownFilter', detail: 'nope', line: 1, column: 10 }],
    ['\n\n{{ n | round | nope: 1 }}', { code: 'unknownFilter', detail: 'nope', line: 3, column: 16 }],
    ['{% include "x" %}', { code: 'unknownTag', detail: 'include', line: 1, column: 1 }],
    ['{% render "/etc/passwd" %}', { code: 'unknownTag', detail: 'render', line: 1, column: 1 }],
    ['{% layout "x" %}', { code: 'unknownTag', detail: 'layout', line: 1, column: 1 }],
    ['{{ "a" | walk: 1 }}', { code: 'notANumber', detail: 'a', line: 1, column: 10 }],
  ])('%j has its line and column', async (text, expected) => {
    expect(await problem(text)).toEqual(expected)
  })

  it.each(['{{ a', '{% if %}', '{% for x in %}', '{{ "a }}', '{% endif %}', '{% capture a %}'])(
    '%j is named as syntax',
    async (text) => {
      expect(['syntax', 'unknownTag']).toContain((await problem(text))?.code)
    },
  )

  it.each([
    '{% for i in (1..100000000) %}x{% endfor %}',
    '{% for i in (1..100000) %}{% for j in (1..100000) %}x{% endfor %}{% endfor %}',
    '{% assign a = "x" %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}{{ a }}',
    '{% capture b %}xxxxxxxx{% endcapture %}{% for i in (1..60) %}{% capture b %}{{ b }}{{ b }}{% endcapture %}{% endfor %}{{ b | upcase }}',
    '{% assign a = "1,2,3" | split: "," %}{% for i in (1..60) %}{% assign a = a | concat: a %}{% endfor %}',
    `{% for i in (1..50000) %}${'x'.repeat(1000)}{% endfor %}`,
  ])('%j ends with a reason', async (text) => {
    expect(['tooLong', 'tooMuchWork']).toContain((await problem(text))?.code)
  })

  it('never is an exception, whatever is written', async () => {
    const token = fc.constantFrom(
      '{{',
      '}}',
      '{%',
      '%}',
      '|',
      ':',
      ',',
      '"',
      ' ',
      '\n',
      'if',
      'for',
      'in',
      'endfor',
      'endif',
      'assign',
      'a',
      '=',
      '1',
      '..',
      '(',
      ')',
      'walk',
      'random',
      'latest',
      'now',
      'row',
      '.',
      '[',
      ']',
      '-',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(token, { maxLength: 30 }), async (tokens) => {
        const text = tokens.join('')
        for (const rendered of await renderings(text, 2, () => ({}))) {
          if (!('problem' in rendered)) continue
          const { line, column } = rendered.problem
          expect(line).toBeLessThanOrEqual(text.split('\n').length)
          expect(column).toBeLessThanOrEqual((text.split('\n')[line - 1]?.length ?? 0) + 1)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('the variables of an environment', () => {
  it('are texts, whatever they look like', async () => {
    const environment = environmentOf({ host: 'a', port: '08', __proto__: 'x', toString: 'y', size: 's' })
    expect(await one('{{ env.host }}:{{ env.port }} {{ env["size"] }} {{ env.toString }}', { environment })).toBe(
      'a:08 s y',
    )
  })

  it('that are not there are named with those that are, where they stand', async () => {
    const environment = environmentOf({ host: 'a', user: 'b' }, { password: 'hunter2' })
    expect(await problem('{\n "u": {{ env.usr }}}', { environment })).toEqual({
      code: 'unknownEnvironmentVariable',
      detail: 'usr',
      known: 'host, user, password',
      line: 2,
      column: 10,
    })
    expect(await problem('{{ env.usr }}', { environment: environmentOf({}) })).toEqual({
      code: 'unknownEnvironmentVariable',
      detail: 'usr',
      line: 1,
      column: 4,
    })
    expect(await problem('{{ env.toString }}', { environment })).toMatchObject({ detail: 'toString' })
  })

  it('are missing where no environment is in use, and a secret where nothing is kept of it', async () => {
    expect(await problem('{{ env.host }}')).toEqual({ code: 'noEnvironment', detail: 'env.host', line: 1, column: 4 })
    const environment = { ...environmentOf({ host: 'a' }), names: ['host', 'password'] }
    expect(await problem('{{ env.password }}', { environment })).toMatchObject({
      code: 'secretNotKnown',
      detail: 'password',
    })
  })

  it.each([
    ['{{ env.password | random: 3 }}', 'notANumber'],
    ['{{ env.password | latest }}', 'noMessageYet'],
    ['{{ env.password | faker }}', 'unknownFakerField'],
    ['{{ env.password | base64_encode | faker }}', 'unknownFakerField'],
    ['{% if env.password == "hunter2" %}{{ "x" | append: env.password | random: 3 }}{% endif %}', 'notANumber'],
    ['{{ row[env.password] }}', 'unknownVariable'],
  ])('that are secret do not come out of a problem: %s', async (text, code) => {
    const environment = environmentOf({}, { password: 'hunter2' })
    const found = await problem(text, { environment })
    expect(found).toMatchObject({ code, line: 1 })
    expect(JSON.stringify(found)).not.toMatch(/hunter2|aHVudGVyMg/)
  })
})
