import { describe, expect, it } from 'vitest'
import { readRuleFile, writeRuleFile, type FiledRule } from './ruleFile'

const rules: readonly FiledRule[] = [
  { isForAll: false, rule: { filter: 'plant/+/t', decoder: 'gzip+json', charset: 'gb18030' } },
  {
    isForAll: true,
    rule: { filter: '家/#', schema: { messageType: 'plant.Reading', path: 'proto/reading.proto', kind: 'protobuf' } },
  },
]

describe('a file of rules', () => {
  it('is readable JSON with a line a fact, in one order of keys', () => {
    expect(writeRuleFile(rules)).toBe(`{
  "topicscopeRules": 1,
  "rules": [
    {
      "filter": "plant/+/t",
      "for": "connection",
      "decoder": "gzip+json",
      "charset": "gb18030"
    },
    {
      "filter": "家/#",
      "for": "all",
      "schema": {
        "kind": "protobuf",
        "path": "proto/reading.proto",
        "messageType": "plant.Reading"
      }
    }
  ]
}
`)
  })

  it('says the same when it is read, and keeps what a later version wrote beside it', () => {
    const later: FiledRule = { isForAll: true, rule: { filter: 'a', decoder: 'cbor', unit: { kind: 'K' } } }
    expect(readRuleFile(writeRuleFile([...rules, later]))).toEqual({ ok: true, rules: [...rules, later], refused: [] })
  })

  it('names each rule that it cannot take', () => {
    const text = JSON.stringify({
      topicscopeRules: 1,
      rules: [
        { filter: 'a/#/b', decoder: 'json' },
        { filter: 'a', charset: 'ebcdic', decoder: 'text' },
        { filter: 'only a filter' },
        { filter: 'b', schema: { kind: 'thrift', path: 'x' } },
        'text',
        { filter: 'good', decoder: 'json' },
      ],
    })
    expect(readRuleFile(text)).toEqual({
      ok: true,
      rules: [{ isForAll: false, rule: { filter: 'good', decoder: 'json' } }],
      refused: [
        { filter: 'a/#/b', problem: 'badFilter' },
        { filter: 'a', problem: 'notARule' },
        { filter: 'only a filter', problem: 'notARule' },
        { filter: 'b', problem: 'notARule' },
        { filter: '', problem: 'notARule' },
      ],
    })
  })

  it.each([
    ['{', 'notJson'],
    ['[]', 'notRules'],
    ['{"rules": []}', 'notRules'],
    ['{"topicscopeRules": 1}', 'notRules'],
    ['{"topicscopeRules": 2, "rules": []}', 'newerVersion'],
    [JSON.stringify({ topicscopeRules: 1, rules: Array.from({ length: 1_001 }, () => ({})) }), 'tooMany'],
  ])('is refused as a whole where it is none: %.40s', (text, problem) => {
    expect(readRuleFile(text)).toEqual({ ok: false, problem })
  })

  it('may begin with a byte order mark', () => {
    expect(readRuleFile(`\uFEFF${writeRuleFile(rules)}`)).toMatchObject({ ok: true, refused: [] })
  })
})
