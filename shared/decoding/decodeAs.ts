import { decodedPayload, type DecodedPayload } from '#shared/encoding/decodingFault'
import type { JsonPath } from '#shared/json/jsonPath'
import type { Decoder, DecoderSettings, NodeFinder } from './decoder'
import { decoders } from './decoders'
import { fronts, type Front } from './fronts'
import { createDecodingFinder } from './nodeFinder'
import { bytesDecoder } from './textDecoder'

/** A decoder with what stands in front of it, read from a name such as `base64+gzip+json` or `struct:>u16 temp /10`. */
export interface DecoderChain {
  readonly fronts: readonly Front[]
  readonly decoder: Decoder
  /** Behind the colon. */
  readonly argument: string | null
}

export type ReadDecoderName =
  | { readonly ok: true; readonly chain: DecoderChain }
  /** What of the name is unknown; or why what stands behind the colon is wrong. */
  | { readonly ok: false; readonly part: string; readonly problem: string | null }

/** Each may hold the next, so that a few bytes would take long. */
export const mostFronts = 8

export const readDecoderName = (name: string): ReadDecoderName => {
  const passed: Front[] = []
  let rest = name
  for (;;) {
    const [, first = '', more] = /^([^+:]*)(?:\+(.*))?$/s.exec(rest) ?? []
    const front = passed.length < mostFronts ? named(fronts, first) : undefined
    if (!front) return readLast(passed, rest)
    passed.push(front)
    if (more === undefined) return { ok: true, chain: { fronts: passed, decoder: bytesDecoder, argument: null } }
    rest = more
  }
}

/** A payload that cannot be read; `at` = the format that its bytes are counted in, which may be one in front. */
export type DecodedAs =
  | (Extract<DecodedPayload, { readonly ok: true }> & {
      /** What the places of the nodes count in: the payload, or what was unpacked from it. */
      readonly inside: Uint8Array
    })
  | (Extract<DecodedPayload, { readonly ok: false }> & { readonly at: string })

/** Never throws, whatever the bytes are. */
export const decodeAs = (bytes: Uint8Array, chain: DecoderChain, settings: DecoderSettings): DecodedAs => {
  const opened = openFronts(bytes, chain, settings)
  if (!opened.ok) return opened
  const { decoder } = chain
  const { inside } = opened
  const decoded = decoder.decode(inside, withArgument(chain, settings))
  return decoded.ok ? { ...decoded, inside } : { ...decoded, at: decoder.name }
}

/** Finds what stands at the paths in the nodes that `decodeAs` would answer. */
export const finderAs = (paths: readonly JsonPath[], chain: DecoderChain, settings: DecoderSettings): NodeFinder => {
  const { decoder, fronts: passed } = chain
  const inner = withArgument(chain, settings)
  const finder =
    decoder.finder?.(paths, inner) ?? createDecodingFinder(paths, (bytes) => decoder.decode(unshared(bytes), inner))
  if (passed.length === 0) return finder
  return {
    found: finder.found,
    read: (bytes) => {
      const opened = openFronts(unshared(bytes), chain, settings)
      return finder.read(opened.ok ? opened.inside : bytes) && opened.ok
    },
  }
}

const withArgument = ({ argument }: DecoderChain, settings: DecoderSettings): DecoderSettings =>
  argument === null ? settings : { ...settings, argument }

type OpenedFronts = { readonly ok: true; readonly inside: Uint8Array } | Extract<DecodedAs, { readonly ok: false }>

const openFronts = (
  bytes: Uint8Array,
  { fronts: passed }: DecoderChain,
  { decompress }: DecoderSettings,
): OpenedFronts => {
  let inside = bytes
  for (const front of passed) {
    const opened = decodedPayload(() => {
      inside = front.open(inside, decompress)
      return []
    })
    if (!opened.ok) return { ...opened, at: front.name }
  }
  return { ok: true, inside }
}

/** What reads texts takes no memory that threads share. */
const unshared = (bytes: Uint8Array): Uint8Array => (bytes.buffer instanceof ArrayBuffer ? bytes : bytes.slice())

const readLast = (passed: readonly Front[], rest: string): ReadDecoderName => {
  const colon = rest.indexOf(':')
  const name = colon < 0 ? rest : rest.slice(0, colon)
  const argument = colon < 0 ? null : rest.slice(colon + 1)
  const decoder = named(decoders, name)
  if (!decoder || (argument !== null && !decoder.argumentProblem)) return { ok: false, part: rest, problem: null }
  const problem = decoder.argumentProblem?.(argument ?? '') ?? null
  if (problem !== null) return { ok: false, part: rest, problem }
  return { ok: true, chain: { fronts: passed, decoder, argument } }
}

const named = <T extends Pick<Decoder, 'name' | 'otherNames'>>(list: readonly T[], name: string): T | undefined =>
  list.find((one) => one.name === name || one.otherNames?.includes(name))
