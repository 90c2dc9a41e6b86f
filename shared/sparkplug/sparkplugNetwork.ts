import { gunzip, unzlib } from '#shared/decoding/deflated'
import { mostDecompressed } from '#shared/decoding/limits'
import { DecodingFault } from '#shared/encoding/decodingFault'
import { compressedBody, decodeSparkplug, type FindMetric } from '#shared/encoding/sparkplug/decodedSparkplug'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import { createNode, type EdgeNode, type HeldNode } from './edgeNode'
import { takeEdgeMessage, type EdgeMessage } from './edgeMessages'
import { readHostState, type HostState } from './hostState'
import { createSparkplugProblems, type SparkplugProblem } from './sparkplugProblem'
import { readSparkplugTopic, type SparkplugTopic } from './sparkplugTopic'

export interface SparkplugMessage {
  readonly topic: string
  readonly payload: Uint8Array
  /** Milliseconds since 1970. */
  readonly at: number
  /** Its number in the log. */
  readonly sequence: number
  /** Sent from here: only commands count, what others would hear of it comes back. */
  readonly isOutgoing?: boolean
  readonly isRetained?: boolean
  /** Only the head of the payload is here. */
  readonly isHead?: boolean
}

export interface SparkplugHost extends HostState {
  readonly name: string
  readonly at: number
  readonly sequence: number
}

/**
 * What the messages of Sparkplug B say, taken in the order they arrive in: groups, edge nodes and devices with their births, deaths
 * and latest metrics, hosts with their state, and what is wrong.
 */
export interface SparkplugNetwork {
  /** Any message; those of other topics are nothing to it. Never throws. */
  take(message: SparkplugMessage): void
  /** Messages may have been missed from here on, for which no edge node is to blame. */
  interrupt(): void
  /** Goes up with each message of Sparkplug. */
  revision(): number
  /** In the order they were first heard of. */
  nodes(): readonly EdgeNode[]
  nodeOf(group: string, node: string): EdgeNode | null
  hosts(): readonly SparkplugHost[]
  /** The latest, oldest first. */
  problems(): readonly SparkplugProblem[]
  problemCount(): number
  /** Finds what the birth of the topic's own edge node or device says of an alias. */
  namesOf(topic: string): FindMetric
}

/** More edge nodes than these, and more devices of one, are not looked at. */
const mostNodes = 20_000

const noName: FindMetric = () => null

export const createSparkplugNetwork = (): SparkplugNetwork => {
  const nodes = new Map<string, HeldNode>()
  const hosts = new Map<string, SparkplugHost>()
  const problems = createSparkplugProblems()
  let revision = 0
  const keyOf = (group: string, node: string) => `${group}/${node}`
  const namesAt = (topic: SparkplugTopic | null): FindMetric => {
    if (!topic || topic.kind === 'STATE') return noName
    const node = nodes.get(keyOf(topic.group, topic.node))
    const source = topic.device === null ? node : node?.devices.get(topic.device)
    return source ? (alias) => source.aliases.get(alias) ?? null : noName
  }
  const takeState = (host: string, { payload, at, sequence }: SparkplugMessage) => {
    const state = readHostState(payload)
    if (state) {
      if (hosts.size < mostNodes || hosts.has(host)) hosts.set(host, { ...state, name: host, at, sequence })
    } else problems.tell({ kind: 'badState', group: '', node: host, device: null, detail: '', at, sequence })
  }
  const heldNode = (group: string, name: string): HeldNode | null => {
    const key = keyOf(group, name)
    const known = nodes.get(key)
    if (known || nodes.size >= mostNodes) return known ?? null
    const made = createNode(group, name)
    nodes.set(key, made)
    return made
  }
  const takeEdge = (topic: Exclude<SparkplugTopic, { kind: 'STATE' }>, message: SparkplugMessage) => {
    const node = heldNode(topic.group, topic.node)
    if (!node) return
    const read = readPayload(message, topic.kind.endsWith('BIRTH') ? noName : namesAt(topic))
    const edge: EdgeMessage = { ...topic, at: message.at, sequence: message.sequence, payload: read.payload }
    const tell = (kind: SparkplugProblem['kind'], detail = '') => problems.tell({ ...topic, ...edge, kind, detail })
    if (topic.kind === 'NBIRTH') problems.beginAnew(topic.group, topic.node)
    if (read.problem) tell(read.problem, read.detail)
    if (message.isRetained) tell('retained')
    takeEdgeMessage(node, edge, tell)
  }
  return {
    take: (message) => {
      const topic = readSparkplugTopic(message.topic)
      if (!topic) return
      if (message.isOutgoing && topic.kind !== 'NCMD' && topic.kind !== 'DCMD') return
      revision += 1
      if (topic.kind === 'STATE') takeState(topic.host, message)
      else takeEdge(topic, message)
    },
    interrupt: () => {
      for (const node of nodes.values()) node.isInterrupted = true
    },
    revision: () => revision,
    nodes: () => [...nodes.values()],
    nodeOf: (group, node) => nodes.get(keyOf(group, node)) ?? null,
    hosts: () => [...hosts.values()],
    problems: problems.all,
    problemCount: problems.total,
    namesOf: (topic) => namesAt(readSparkplugTopic(topic)),
  }
}

interface ReadPayload {
  /** Null = nothing of it can be said. */
  readonly payload: PayloadNode | null
  readonly problem?: 'notRead' | 'unreadable'
  readonly detail?: string
}

/** What a payload says; of one that holds another, compressed, what that one says, with the number of the outer one. */
const readPayload = ({ payload: bytes, isHead }: SparkplugMessage, find: FindMetric): ReadPayload => {
  if (isHead) return { payload: null, problem: 'notRead' }
  const decoded = decodeSparkplug(bytes, find)
  if (!decoded.ok)
    return { payload: null, problem: 'unreadable', detail: `${decoded.reason} (${String(decoded.offset)})` }
  const [outer = null] = decoded.nodes
  const body = outer && compressedBody(outer)
  if (!outer || !body) return { payload: outer }
  const inner = decompressed(body, find)
  return inner ? { payload: withMetrics(outer, inner) } : { payload: withMetrics(outer, null), problem: 'unreadable' }
}

const decompressed = (
  { algorithm, bytes }: NonNullable<ReturnType<typeof compressedBody>>,
  find: FindMetric,
): PayloadNode | null => {
  try {
    const mostBytes = mostDecompressed(bytes.length)
    const plain = algorithm === 'gzip' ? gunzip(bytes, mostBytes) : unzlib(bytes, mostBytes)
    const decoded = decodeSparkplug(plain, find)
    return decoded.ok ? (decoded.nodes[0] ?? null) : null
  } catch (error) {
    if (error instanceof DecodingFault) return null
    throw error
  }
}

/** The metrics of a compressed payload stand in the inner one, its own only say how to read that. */
const withMetrics = (outer: PayloadNode, inner: PayloadNode | null): PayloadNode => {
  if (outer.kind !== 'map') return outer
  const metrics = inner?.kind === 'map' ? inner.members.filter(({ name }) => name === 'metrics') : []
  return { ...outer, members: [...outer.members.filter(({ name }) => name !== 'metrics'), ...metrics] }
}
