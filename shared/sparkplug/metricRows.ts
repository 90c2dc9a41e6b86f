import { nodeJson } from '#shared/encoding/nodeJson'
import type { PayloadNode } from '#shared/encoding/payloadNode'

/** A metric as one message has it. */
export interface SentMetric {
  /** By its name, or by the birth that has its alias; null = neither is known. */
  readonly name: string | null
  readonly alias: string | null
  readonly type: string | null
  /** As it was sent, in JSON; cut where it is long. */
  readonly value: string
  /** Milliseconds since 1970, as the metric or else its payload says; null = it says none. */
  readonly sentAt: number | null
  readonly isNull: boolean
  readonly isHistorical: boolean
  readonly isTransient: boolean
  /** Of its property set; null = it has none. */
  readonly unit: string | null
}

const longestValue = 2_000

export const metricsOf = (payload: PayloadNode): readonly SentMetric[] => {
  const list = memberOf(payload, 'metrics')
  const sentAt = millisecondsIn(memberOf(payload, 'timestamp'))
  return list?.kind === 'list' ? list.items.map((metric) => sentMetric(metric, sentAt)) : []
}

const sentMetric = (metric: PayloadNode, payloadAt: number | null): SentMetric => {
  const alias = memberOf(metric, 'alias')
  const value = memberOf(metric, 'value')
  return {
    name: textOf(memberOf(metric, 'name')) ?? textOf(memberOf(metric, 'resolvedName')),
    alias: alias?.kind === 'number' ? alias.digits : null,
    type: textOf(memberOf(metric, 'datatype')) ?? value?.type ?? null,
    value: value ? shortJson(value) : '',
    sentAt: millisecondsIn(memberOf(metric, 'timestamp')) ?? payloadAt,
    isNull: value?.kind === 'constant' && value.value === null,
    isHistorical: isTrue(memberOf(metric, 'is_historical')),
    isTransient: isTrue(memberOf(metric, 'is_transient')),
    unit: unitOf(memberOf(metric, 'properties')),
  }
}

/** The number that pairs a death with its birth. */
export const bdSeqOf = (payload: PayloadNode): string | null => {
  const list = memberOf(payload, 'metrics')
  if (list?.kind !== 'list') return null
  const metric = list.items.find((one) => textOf(memberOf(one, 'name')) === 'bdSeq')
  const value = metric && memberOf(metric, 'value')
  return value?.kind === 'number' ? value.digits : null
}

export const sequenceOf = (payload: PayloadNode): number | null => {
  const seq = memberOf(payload, 'seq')
  return seq?.kind === 'number' ? Number(seq.digits) : null
}

/** The name that a command has to ask for a birth. */
export const rebirthMetric = 'Node Control/Rebirth'

export const asksForRebirth = (payload: PayloadNode): boolean =>
  metricsOf(payload).some(({ name, value }) => name === rebirthMetric && value === 'true')

const memberOf = (node: PayloadNode, name: string): PayloadNode | undefined =>
  node.kind === 'map' ? node.members.findLast((member) => member.name === name)?.value : undefined

const textOf = (node: PayloadNode | undefined): string | null =>
  node?.kind === 'text' || node?.kind === 'symbol' ? node.text : null

const isTrue = (node: PayloadNode | undefined): boolean => node?.kind === 'constant' && node.value === true

const millisecondsIn = (node: PayloadNode | undefined): number | null =>
  node?.kind === 'number' && Number.isFinite(Number(node.digits)) ? Number(node.digits) : null

/** The specification has no name for it; these are those of Ignition and of others. */
const unitNames = new Set(['engunit', 'engunits', 'engineeringunits', 'unit', 'units'])

const unitOf = (properties: PayloadNode | undefined): string | null => {
  if (properties?.kind !== 'map') return null
  const member = properties.members.find(({ name }) => unitNames.has(name.toLowerCase().replace(/[ _-]/g, '')))
  return member ? textOf(member.value) : null
}

const shortJson = (node: PayloadNode): string => {
  const json = (node.kind === 'text' ? JSON.stringify(node.text.slice(0, longestValue)) : nodeJson(node)) ?? ''
  return json.length > longestValue ? `${json.slice(0, longestValue)}…` : json
}
