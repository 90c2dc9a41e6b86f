import type { DecodedAs } from '#shared/decoding/decodeAs'
import type { DecodingReason } from '#shared/encoding/decodingFault'
import { nodeJson } from '#shared/encoding/nodeJson'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import { rootOf } from '#shared/encoding/decodedRoot'
import { decoderOf, plainDecoder, type DecodingRule, type RuleDecoder } from './ruleDecoder'

/** By which rule of those that were given, by one that is only tried, or as what without one. */
export type DecodeBy = { readonly ruleId: string } | { readonly rule: DecodingRule } | { readonly decoder: string }

export interface PayloadToDecode {
  readonly by: DecodeBy
  readonly bytes: Uint8Array
  /** One line is wanted, or everything. */
  readonly wants: 'line' | 'all'
}

/** Where and why a payload cannot be decoded. `at` = the format that its bytes are counted in. */
export interface DecodingFailure {
  readonly ok: false
  readonly at: string
  readonly reason: DecodingReason | 'tookTooLong'
  readonly offset: number
}

export type DecodedItem =
  | DecodingFailure
  | {
      readonly ok: true
      /** JSON on one line; of a line that is wanted only its beginning, where it is long. */
      readonly json: string
      readonly isCut: boolean
      /** Empty where only a line was wanted. */
      readonly nodes: readonly PayloadNode[]
      /** What the places of the nodes count in, where that is not the payload itself. */
      readonly unpacked: Uint8Array | null
    }

/** Decodes by the rules it was given last. */
export interface ItemDecoder {
  take(rules: readonly DecodingRule[]): void
  decode(item: PayloadToDecode): DecodedItem
}

/** Room for the fields that columns show of usual payloads; some thousand lines are remembered. */
const lineCharacters = 2_000

export const createItemDecoder = (): ItemDecoder => {
  const rules = new Map<string, DecodingRule>()
  const known = new Map<string, RuleDecoder | null>()
  const made = (by: Exclude<DecodeBy, { readonly rule: DecodingRule }>): RuleDecoder | null => {
    if ('decoder' in by) return plainDecoder(by.decoder)
    const rule = rules.get(by.ruleId)
    return rule ? decoderOf(rule) : null
  }
  const decoderBy = (by: DecodeBy): RuleDecoder | null => {
    if ('rule' in by) return decoderOf(by.rule)
    const key = 'decoder' in by ? `as ${by.decoder}` : `by ${by.ruleId}`
    const found = known.get(key)
    if (found !== undefined) return found
    const decoder = made(by)
    known.set(key, decoder)
    return decoder
  }
  return {
    take: (given) => {
      rules.clear()
      known.clear()
      for (const rule of given) rules.set(rule.id, rule)
    },
    decode: ({ by, bytes, wants }) => {
      const decoder = decoderBy(by)
      if (!decoder) return { ok: false, at: '', reason: 'unknownType', offset: 0 }
      return itemOf(decoder.decode(bytes), { bytes, wants })
    },
  }
}

const itemOf = (decoded: DecodedAs, { bytes, wants }: Omit<PayloadToDecode, 'by'>): DecodedItem => {
  if (!decoded.ok) return { ok: false, at: decoded.at, reason: decoded.reason, offset: decoded.offset }
  const root = rootOf(decoded.nodes)
  const json = root ? nodeJson(root) : ''
  if (json === null) return { ok: false, at: '', reason: 'tooLarge', offset: 0 }
  const { nodes, inside } = decoded
  if (wants === 'all')
    return { ok: true, json, isCut: false, nodes, unpacked: inside === bytes ? null : Uint8Array.from(inside) }
  const isCut = json.length > lineCharacters
  return { ok: true, json: json.slice(0, lineCharacters), isCut, nodes: [], unpacked: null }
}
