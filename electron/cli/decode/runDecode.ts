import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { decodeAs } from '#shared/decoding/decodeAs'
import { nodeJson } from '#shared/encoding/nodeJson'
import { decompress } from '../../core/decoding/decompress'
import { readArguments, usage } from './decodeArguments'
import { reasonText } from './reasonText'
import { readSchema } from './schemaSettings'

const done = 0
const notDecoded = 1
const wrongUse = 2

/** `topicscope decode`: answers the exit code. */
export const runDecode = async (args: readonly string[]): Promise<number> => {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(usage)
    return done
  }
  const read = readArguments(args)
  if (!read.ok) return complain(wrongUse, `${read.problem}\n${usage.split('\n', 1).join('')}`)
  const { wanted } = read
  const schema = await readSchema(wanted)
  if (!schema.ok) return complain(wrongUse, schema.problem)
  const bytes = await (wanted.file === '-' ? buffer(process.stdin) : readFile(wanted.file)).catch(() => null)
  if (!bytes) return complain(wrongUse, `${wanted.file} cannot be read`)
  const decoded = decodeAs(bytes, wanted.chain, {
    ...schema.settings,
    ...(wanted.charset ? { charset: wanted.charset } : {}),
    decompress,
  })
  if (!decoded.ok) {
    const { at, offset, reason, detail } = decoded
    return complain(
      notDecoded,
      `${at}: byte ${offset}: ${reasonText[reason]}${detail === undefined ? '' : ` (${detail})`}`,
    )
  }
  const lines = decoded.nodes.map(nodeJson)
  const tooLong = lines.indexOf(null)
  if (tooLong >= 0) {
    const offset = decoded.nodes[tooLong]?.offset ?? 0
    return complain(notDecoded, `${wanted.chain.decoder.name}: byte ${offset}: ${reasonText.tooLarge}`)
  }
  for (const line of lines) process.stdout.write(`${line}\n`)
  return done
}

const complain = (exitCode: number, text: string): number => {
  process.stderr.write(`topicscope decode: ${text}\n`)
  return exitCode
}
