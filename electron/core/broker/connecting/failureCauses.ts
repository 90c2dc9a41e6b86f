// Why it is so: build/docs/decisions/20-failures-are-data.md
import { newClientId } from '#shared/model/profile'
import type { Retries } from '#shared/model/failure'
import type { ErrorCode } from '#shared/result'
import { hopeless, nothingToDo, passing, type FailureCause } from './failureCause'
import {
  aboutFilter,
  aboutMessage,
  byProxy,
  changeSettings,
  goOnLeniently,
  otherServer,
  otherTransport,
  otherVersions,
  signIn,
  webSocketRemedies,
  whoDoesNotAnswer,
  withNewClientId,
  type FailureFacts,
} from './remedies'
import { proxyCauses } from './proxy/proxyCauses'
import { tlsCauses } from './tls/tlsCauses'

/**
 * A server that accepts TCP and says nothing may be starting; after a few tries the settings are the likelier cause.
 */
const byStage = ({ stage }: FailureFacts): Retries =>
  stage === 'tls' || stage === 'webSocket' || stage === 'connect' ? 'few' : 'endless'

const whereItStood = ({ stage }: FailureFacts): Retries => (stage === 'online' ? 'few' : 'none')

// 3.1.1 §3.2.2.3: 3 is "server unavailable". MQTT 5 §3.2.2.2 and §3.14.2.1: unspecified, implementation specific,
// server unavailable, busy, shutting down, keep alive timeout, quota, rate, administrative action, maximum connect
// time.
const passingReasons: ReadonlySet<number> = new Set([
  0x00, 0x03, 0x80, 0x83, 0x88, 0x89, 0x8b, 0x8d, 0x96, 0x97, 0x98, 0x9f, 0xa0,
])
const byReason = ({ error }: FailureFacts): Retries => (passingReasons.has(error.reasonCode ?? 0) ? 'endless' : 'none')

/** HTTP: 429 "Too Many Requests" and the server's own errors pass. */
const byStatus = ({ error }: FailureFacts): Retries => {
  const status = error.values?.['status']
  return typeof status === 'number' && (status === 429 || (status >= 500 && status <= 599)) ? 'endless' : 'none'
}

/**
 * RFC 6455 §7.4.1: protocol error, unsupported or ill-formed data, policy, a message too big, an extension will stay.
 */
const lastingCloses: ReadonlySet<number> = new Set([1002, 1003, 1007, 1008, 1009, 1010])
const byCloseCode = (facts: FailureFacts): Retries =>
  lastingCloses.has(Number(facts.error.values?.['closeCode'])) ? 'few' : byStage(facts)

const toAuthentication = ({ tried }: FailureFacts) => [
  changeSettings('changeAuthentication', 'authentication.mechanism', tried),
]

const forAnotherId = () => [withNewClientId(newClientId())]

/** Reason codes of CONNACK that name what is wrong with our CONNECT: 3.1.1 §3.2.2.3, MQTT 5 §3.2.2.2. */
const refusalRemedies = new Map<number, FailureCause['remedies']>([
  [1, otherVersions],
  [0x84, otherVersions],
  [2, ({ tried }) => [withNewClientId(newClientId()), changeSettings('changeClientId', 'clientId', tried)]],
  [0x85, ({ tried }) => [withNewClientId(newClientId()), changeSettings('changeClientId', 'clientId', tried)]],
  [4, signIn],
  [5, signIn],
  [0x86, signIn],
  [0x87, signIn],
  [0x90, ({ tried }) => [changeSettings('changeWill', 'will.topic', tried)]],
  [0x99, ({ tried }) => [changeSettings('changeWill', 'will.payload', tried)]],
  [0x9a, ({ tried }) => [changeSettings('changeWill', 'will.retain', tried)]],
  [0x9b, ({ tried }) => [changeSettings('changeWill', 'will.qos', tried)]],
  [0x9c, otherServer],
  [0x9d, otherServer],
])
const forReason: FailureCause['remedies'] = (facts) => refusalRemedies.get(facts.error.reasonCode ?? 0)?.(facts) ?? []

/**
 * Everything that ends a connection, by its code: a new cause is an entry here and its words in the catalogues
 * (`errors.<code>`, and `remedies.<id>` for a new remedy); those of TLS stand in `tlsCauses`.
 */
export const failureCauses: Readonly<Partial<Record<ErrorCode, FailureCause>>> = {
  ...tlsCauses,
  ...proxyCauses,
  dnsFailed: passing((facts) => [changeSettings('changeHost', 'host', facts.tried), ...byProxy(facts)]),
  connectionRefused: passing(({ tried }) => [changeSettings('changePort', 'port', tried)]),
  addressFamilyMissing: hopeless(({ tried }) => [
    changeSettings('changeFamily', 'network.family', tried),
    changeSettings('changeHost', 'host', tried),
  ]),
  // A network that is not there now may come.
  localAddressUnusable: passing(({ tried }) => [changeSettings('changeLocalAddress', 'network.localAddress', tried)]),
  networkUnreachable: passing(byProxy),
  connectionForbidden: { retries: 'few', remedies: nothingToDo },
  connectTimeout: { retries: byStage, remedies: whoDoesNotAnswer },
  connectionReset: { retries: byStage, remedies: whoDoesNotAnswer },
  connectionClosed: { retries: byStage, remedies: whoDoesNotAnswer },
  keepaliveTimeout: passing(),
  droppedOnPurpose: passing(),
  signingFailed: hopeless(),
  tokenRenewed: passing(),
  notMqtt: hopeless(otherTransport),
  answeredAsOtherVersion: hopeless(otherVersions),
  webSocketRejected: { retries: byStatus, remedies: webSocketRemedies },
  webSocketClosed: { retries: byCloseCode, remedies: nothingToDo },
  webSocketTextFrame: hopeless(({ tried }) => [changeSettings('changePath', 'path', tried)]),
  tlsPlainTextAnswer: hopeless(otherTransport),
  connectRefused: { retries: byReason, remedies: forReason },
  enhancedAuthenticationWanted: hopeless(toAuthentication),
  authenticationMethodRefused: hopeless(toAuthentication),
  authenticationRefused: { retries: byReason, remedies: (facts) => [...forReason(facts), ...toAuthentication(facts)] },
  authenticationFailed: hopeless((facts) => [...signIn(facts), ...toAuthentication(facts)]),
  authenticationCancelled: hopeless(),
  serverDisconnected: { retries: byReason, remedies: forReason },
  // The next connection may not bring the malformed packet again.
  malformedPacket: { retries: whereItStood, remedies: goOnLeniently },
  packetTooLarge: { retries: whereItStood, remedies: nothingToDo },
  sessionNotClean: hopeless(goOnLeniently),
  // A packet on which the server closes twice is held back, and the connection lasts without it.
  closedAfterPublish: passing(aboutMessage),
  closedAfterSubscribe: passing(aboutFilter),
  sessionTakenOver: hopeless(forAnotherId),
}

/** For codes that are not in the table: no remedies, and no further try. */
export const unknownCause: FailureCause = hopeless()
