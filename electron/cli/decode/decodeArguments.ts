import { charsetOf, charsets, type Charset } from '#shared/decoding/charsets'
import { readDecoderName, type DecoderChain } from '#shared/decoding/decodeAs'
import { decoders } from '#shared/decoding/decoders'
import { fronts } from '#shared/decoding/fronts'
import { readOptions } from '../readOptions'

/** What is asked for. */
export interface DecodeArguments {
  readonly chain: DecoderChain
  /** `-` = standard input. */
  readonly file: string
  readonly schema: string | null
  readonly type: string | null
  readonly charset: Charset | null
}

export type ReadArguments =
  | { readonly ok: true; readonly wanted: DecodeArguments }
  | { readonly ok: false; readonly problem: string }

const options = ['--as', '--schema', '--type', '--charset'] as const
type Option = (typeof options)[number]

export const usage = `usage: topicscope decode --as NAME [--schema FILE] [--type NAME] [--charset NAME] FILE

Prints what the bytes of FILE (- = standard input) say, one line of JSON a value.

  --as NAME       ${decoders.map(({ name }) => name).join(' ')}
                  in front of it, with + between: ${fronts.map(({ name }) => name).join(' ')} (gzip+json, base64+cbor)
  --schema FILE   protobuf: a .proto file, a folder of them, or a descriptor set; avro: an .avsc file
  --type NAME     the message type of the schema, or a declared type
  --charset NAME  of text, json, json-lines, csv, influx: ${charsets.join(' ')}
`

export const readArguments = (args: readonly string[]): ReadArguments => {
  const read = readOptions(args, options)
  return read.ok ? wantedOf(read.given, read.files) : read
}

const wantedOf = (given: ReadonlyMap<Option, string>, files: readonly string[]): ReadArguments => {
  const [file, another] = files
  const as = given.get('--as')
  if (as === undefined) return wrong('--as is missing')
  const name = readDecoderName(as)
  if (!name.ok) return wrong(name.problem === null ? `${name.part} is no format` : `${name.part}: ${name.problem}`)
  if (file === undefined) return wrong('the file is missing')
  if (another !== undefined) return wrong('only one file can be read')
  const charsetName = given.get('--charset')
  const charset = charsetName === undefined ? null : charsetOf(charsetName)
  if (charsetName !== undefined && !charset) return wrong(`${charsetName} is no charset`)
  return {
    ok: true,
    wanted: {
      chain: name.chain,
      file,
      schema: given.get('--schema') ?? null,
      type: given.get('--type') ?? null,
      charset,
    },
  }
}

const wrong = (problem: string): ReadArguments => ({ ok: false, problem })
