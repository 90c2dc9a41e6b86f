import { metricsByAlias } from '#shared/encoding/sparkplug/decodedSparkplug'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import { createSource, metricKey, putMetrics, type HeldNode, type HeldSource } from './edgeNode'
import { asksForRebirth, bdSeqOf, metricsOf, sequenceOf } from './metricRows'
import type { SparkplugProblemKind } from './sparkplugProblem'
import type { EdgeMessageKind } from './sparkplugTopic'

/** A message of an edge node, or to it. */
export interface EdgeMessage {
  readonly kind: EdgeMessageKind
  readonly device: string | null
  readonly at: number
  readonly sequence: number
  /** Null = it could not be read. */
  readonly payload: PayloadNode | null
}

type Tell = (kind: SparkplugProblemKind, detail?: string) => void

/** Brings an edge node to where the message leaves it, and tells what is wrong with that. */
export const takeEdgeMessage = (node: HeldNode, message: EdgeMessage, tell: Tell): void => {
  if (message.kind === 'NCMD' || message.kind === 'DCMD') {
    node.commands += 1
    if (message.kind === 'NCMD' && message.payload && asksForRebirth(message.payload)) node.rebirthAskedAt = message.at
    return
  }
  node.lastAt = message.at
  if (message.kind === 'NDEATH') return takeDeath(node, message, tell)
  if (message.kind === 'NBIRTH') return takeBirth(node, message, tell)
  const isKnown = node.status === 'online'
  takeSequence(node, message.payload, tell)
  if (message.kind === 'NDATA') {
    if (!isKnown) tellUnborn(node, node, tell)
    takeData(node, { source: node, message, tell })
    return
  }
  const device = deviceOf(node, message.device ?? '')
  if (!device) return
  device.lastAt = message.at
  if (message.kind === 'DBIRTH') {
    if (!isKnown) tellUnborn(node, node, tell)
    takeDeviceBirth(node, { source: device, message, tell })
  } else if (message.kind === 'DDEATH') {
    // tck-id-operational-behavior-edge-node-termination-host-action-ddeath-devices-offline, -devices-tags-stale
    device.status = 'offline'
    device.deaths += 1
    device.diedAt = message.at
  } else {
    if (device.status !== 'online') tellUnborn(node, device, tell)
    takeData(node, { source: device, message, tell })
  }
}

const mostDevices = 20_000

const deviceOf = (node: HeldNode, name: string): HeldSource | null => {
  const known = node.devices.get(name)
  if (known || node.devices.size >= mostDevices) return known ?? null
  const made = createSource(name)
  node.devices.set(name, made)
  return made
}

const tellUnborn = (node: HeldNode, source: HeldSource, tell: Tell) => {
  node.needsBirth = true
  if (source.status === 'offline') tell('dataAfterDeath')
  else tell(source === node ? 'dataBeforeBirth' : 'deviceBeforeBirth')
}

/** A birth begins everything anew: sequence, aliases, and devices, which are born again behind it. */
const takeBirth = (node: HeldNode, { payload, at, sequence }: EdgeMessage, tell: Tell) => {
  const bdSeq = payload && bdSeqOf(payload)
  const number = payload && sequenceOf(payload)
  if (payload && bdSeq === null) tell('birthWithoutBdSeq')
  if (payload && number !== 0) tell('birthNotZero', number === null ? '' : String(number))
  if (node.status === 'offline' && bdSeq !== null && bdSeq === node.endedBdSeq) tell('bdSeqAgain', bdSeq)
  beBorn(node, payload, { at, sequence })
  node.bdSeq = bdSeq
  node.numbers.begin(number !== null && number < 256 ? number : 0)
  node.isInterrupted = false
  // Of a birth that could not be read, nothing is known but that there was one.
  node.needsBirth = payload === null
  if (node.rebirthAskedAt !== null && (node.rebirthAnsweredAt ?? 0) < node.rebirthAskedAt) node.rebirthAnsweredAt = at
  for (const device of node.devices.values()) {
    if (device.status === 'online') device.status = 'stale'
    device.aliases = new Map()
    device.born = new Set()
  }
  if (payload) tellAliasesTwice(node, node, tell)
}

interface SourceMessage {
  readonly source: HeldSource
  readonly message: EdgeMessage
  readonly tell: Tell
}

const takeDeviceBirth = (node: HeldNode, { source, message, tell }: SourceMessage) => {
  beBorn(source, message.payload, message)
  if (message.payload) tellAliasesTwice(node, source, tell)
  else node.needsBirth = true
}

const beBorn = (
  source: HeldSource,
  payload: PayloadNode | null,
  { at, sequence }: Pick<EdgeMessage, 'at' | 'sequence'>,
) => {
  const metrics = payload ? metricsOf(payload) : []
  source.status = 'online'
  source.births += 1
  source.bornAt = at
  source.aliases = payload ? metricsByAlias(payload) : new Map()
  source.born = new Set(metrics.map(metricKey))
  source.metrics = new Map()
  putMetrics(source, metrics, { at, sequence })
}

/** An alias stands for one metric of the whole edge node, devices included. */
const tellAliasesTwice = (node: HeldNode, source: HeldSource, tell: Tell) => {
  const seen = new Set<string>()
  for (const { alias } of source.metrics.values()) {
    if (alias === null) continue
    const isElsewhere = source !== node && node.aliases.has(alias)
    if (seen.has(alias) || isElsewhere) tell('aliasTwice', alias)
    seen.add(alias)
  }
}

/** A death ends the session that its number names; one of an earlier session came late, and ends nothing. */
const takeDeath = (node: HeldNode, { payload, at }: EdgeMessage, tell: Tell) => {
  const bdSeq = payload && bdSeqOf(payload)
  if (payload && bdSeq === null) tell('deathWithoutBdSeq')
  if (node.status === 'online' && bdSeq !== null && node.bdSeq !== null && bdSeq !== node.bdSeq) {
    tell('oldDeath', bdSeq)
    return
  }
  // tck-id-operational-behavior-edge-node-termination-host-action-ndeath-node-offline and the three behind it: its metrics,
  // its devices and their metrics end with it.
  node.status = 'offline'
  node.deaths += 1
  node.diedAt = at
  node.endedBdSeq = bdSeq ?? node.bdSeq
  node.numbers.forget()
  for (const device of node.devices.values()) device.status = 'offline'
}

const takeSequence = (node: HeldNode, payload: PayloadNode | null, tell: Tell) => {
  // What could not be read has a number as well: the next one shows whether others are missing.
  if (!payload) {
    node.isInterrupted = true
    return
  }
  const number = sequenceOf(payload)
  if (number === null) {
    tell('noSequence')
    return
  }
  if (number > 255) {
    tell('badSequence', String(number))
    return
  }
  const step = node.numbers.take(number)
  if (step.kind === 'gap') {
    tell(node.isInterrupted ? 'gapWhileAway' : 'gap', step.missed)
    // A birth of a device may have been among them.
    node.needsBirth = true
  } else if (step.kind === 'outOfOrder') tell('outOfOrder', String(number))
  else if (step.kind === 'again') {
    // After a gap of half of the numbers, behind and ahead cannot be told apart.
    if (node.isInterrupted) node.numbers.begin(number)
    else tell('sequenceAgain', String(number))
  }
  node.isInterrupted = false
}

const takeData = (node: HeldNode, { source, message, tell }: SourceMessage) => {
  if (!message.payload) return
  const metrics = metricsOf(message.payload)
  const isBorn = source.status === 'online' && source.births > 0
  for (const metric of metrics) {
    if (metric.name === null) {
      node.needsBirth = true
      tell('unknownAlias', metric.alias ?? '')
    } else if (isBorn && source.born.size > 0 && !source.born.has(metricKey(metric))) {
      node.needsBirth = true
      tell('unknownMetric', metric.name.slice(0, 200))
    }
  }
  putMetrics(source, metrics, message)
}
