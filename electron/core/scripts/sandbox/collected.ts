import type { ScriptProblem } from '#shared/model/script'
import { SandboxFault, type Place } from './sandboxFault'

/** A message as a script made it, before anybody looked whether it is one. */
export type Collected = Readonly<Record<string, unknown>>

interface Told {
  readonly made?: readonly Record<string, unknown>[]
  readonly problem?: ScriptProblem
  readonly detail?: string
}

/** Puts together what crossed in parts. Throws a `SandboxFault` where it was too much. */
export const createCollected = (
  told: string,
  buffer: (place: number) => Uint8Array,
  place: Place,
): readonly Collected[] => {
  const { made = [], problem, detail = '' } = JSON.parse(told) as Told
  if (problem) throw new SandboxFault({ problem, detail, ...place })
  return made.map((head) => {
    const properties = head['properties']
    return {
      ...head,
      payload: payloadOf(head['payload'], buffer),
      ...(isRecord(properties)
        ? { properties: { ...properties, ...correlationOf(properties['correlationData'], buffer) } }
        : {}),
    }
  })
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const payloadOf = (value: unknown, buffer: (place: number) => Uint8Array): unknown => {
  if (value === undefined) return new Uint8Array()
  if (!isRecord(value)) return value
  if (typeof value['text'] === 'string') return new TextEncoder().encode(value['text'])
  return typeof value['buffer'] === 'number' ? buffer(value['buffer']) : value
}

const correlationOf = (value: unknown, buffer: (place: number) => Uint8Array) => {
  if (value === undefined) return {}
  return { correlationData: typeof value === 'string' || isRecord(value) ? payloadOf(crossed(value), buffer) : value }
}

const crossed = (value: unknown): unknown => (typeof value === 'string' ? { text: value } : value)
