import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { readProtoFiles } from './protoFiles'

const files = (texts: Record<string, string>) => (path: string) => {
  const text = texts[path]
  return Promise.resolve(text === undefined ? null : { name: path, text })
}
const schemaOf = async (texts: Record<string, string>) => {
  const read = await readProtoFiles(['main.proto'], files(texts))
  if (!read.ok) throw new Error(JSON.stringify(read.problem))
  return read.schema
}
const fieldsOf = async (name: string, text: string) =>
  (await schemaOf({ 'main.proto': text })).messages.find((message) => message.name === name)?.fields

describe('readProtoFiles', () => {
  it('says of each field what it is written by', async () => {
    const fields = await fieldsOf(
      'a.M',
      `syntax = "proto3"; package a;
      message M {
        string last_name = 9; uint32 n = 1; optional float f = 2; repeated int32 packed = 3; repeated string texts = 4;
        repeated int32 loose = 5 [packed = false]; map<bool, Kind> kinds = 6; M next = 7; oneof choice { bytes raw = 8; }
      }
      enum Kind { A = 0; B = 1; }`,
    )
    expect(fields?.map(({ number, name }) => `${number} ${name}`)).toEqual([
      '1 n',
      '2 f',
      '3 packed',
      '4 texts',
      '5 loose',
      '6 kinds',
      '7 next',
      '8 raw',
      '9 last_name',
    ])
    const plain = { isPacked: false, isGroup: false, isRequired: false, isImplicit: false, mapKey: null, oneof: null }
    expect(fields).toMatchObject([
      { ...plain, isImplicit: true, type: { kind: 'scalar', name: 'uint32' }, label: 'single' },
      { ...plain, oneof: '_f' },
      { ...plain, label: 'repeated', isPacked: true },
      { ...plain, label: 'repeated' },
      { ...plain, label: 'repeated' },
      { ...plain, label: 'map', mapKey: 'bool', type: { kind: 'enum', name: 'a.Kind' } },
      { ...plain, type: { kind: 'message', name: 'a.M' } },
      { ...plain, oneof: 'choice' },
      { ...plain, isImplicit: true, jsonName: 'lastName' },
    ])
  })

  it('reads proto2: required fields, groups, extensions, loose numbers', async () => {
    const fields = await fieldsOf(
      'M',
      `message M { required int32 id = 1; repeated int32 n = 2; optional group MyGroup = 3 { optional int32 x = 1; }
        extensions 100 to max; }
      extend M { optional string note = 100; }`,
    )
    expect(fields).toMatchObject([
      { name: 'id', isRequired: true, isImplicit: false },
      { name: 'n', isPacked: false },
      { name: 'mygroup', isGroup: true, type: { kind: 'message', name: 'M.MyGroup' } },
      { name: '[note]', jsonName: '[note]', number: 100 },
    ])
  })

  it('reads editions by their features', async () => {
    const fields = await fieldsOf(
      'M',
      `edition = "2023";
      message M {
        int32 present = 1; int32 implicit = 2 [features.field_presence = IMPLICIT];
        M group = 3 [features.message_encoding = DELIMITED]; repeated int32 packed = 4;
      }`,
    )
    expect(fields).toMatchObject([{ isImplicit: false }, { isImplicit: true }, { isGroup: true }, { isPacked: true }])
  })

  it('follows imports, each file once, and brings the well-known types along', async () => {
    const asked: string[] = []
    const find = files({
      'main.proto': `syntax = "proto3"; import "a.proto"; import "b.proto"; import "google/protobuf/timestamp.proto";
        import "google/protobuf/descriptor.proto"; extend google.protobuf.FieldOptions { string unit = 50000; }
        message M { A a = 1; B b = 2 [(unit) = "°C"]; google.protobuf.Timestamp at = 3; }`,
      'a.proto': 'syntax = "proto3"; import "b.proto"; message A { B b = 1; }',
      'b.proto': 'syntax = "proto3"; import "a.proto"; message B { A a = 1; }',
    })
    const read = await readProtoFiles(['main.proto', 'a.proto'], (path, importedBy) => {
      asked.push(`${path} for ${importedBy ?? 'a person'}`)
      return find(path)
    })
    expect(read).toMatchObject({ ok: true })
    expect(asked).toContain('b.proto for a.proto')
    const names = read.ok ? read.schema.messages.map(({ name }) => name) : []
    expect(names).toEqual(expect.arrayContaining(['M', 'A', 'B', 'google.protobuf.Timestamp']))
    expect(new Set(names).size).toBe(names.length)
  })

  it('gives what can be stored', async () => {
    const schema = await schemaOf({
      'main.proto': 'syntax = "proto3"; message M { M m = 1; enum E { A = 0; } E e = 2; }',
    })
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema)
    expect(schema.enums).toEqual([{ name: 'M.E', values: [['A', 0]] }])
  })

  it.each([
    ['syntax = "proto3";\nmessage M { string a = ; }', { code: 'notProto', line: 2, detail: "illegal id ';'" }],
    ['message M {', { code: 'notProto', line: 1 }],
    ['syntax = "proto3"; message M { Missing a = 1; }', { code: 'unresolved', line: null }],
    ['import "gone.proto";', { code: 'fileMissing', detail: 'gone.proto' }],
    ['syntax = "proto3"; message M { int32 a = 1; int32 b = 1; }', { code: 'notProto' }],
  ])('says what is wrong in %j', async (text, problem) => {
    expect(await readProtoFiles(['main.proto'], files({ 'main.proto': text }))).toMatchObject({
      ok: false,
      problem: { file: 'main.proto', ...problem },
    })
  })

  it('names a file that is not there', async () => {
    expect(await readProtoFiles(['gone.proto'], files({}))).toMatchObject({
      ok: false,
      problem: { code: 'fileMissing', file: 'gone.proto' },
    })
  })

  it('needs no code made at run time', () => {
    const script = `const { parse, Root } = require('protobufjs'); const root = new Root()
      parse('syntax = "proto3"; message M { M m = 1; }', root, { keepCase: true }); root.resolveAll()
      console.log(root.lookupType('M').fieldsArray[0].resolvedType.fullName)`
    const said = execFileSync(process.execPath, ['--disallow-code-generation-from-strings', '-e', script])
    expect(String(said)).toBe('.M\n')
  })
})
