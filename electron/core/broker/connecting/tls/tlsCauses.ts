import type { Remedy } from '#shared/model/failure'
import type { ErrorCode } from '#shared/result'
import { hopeless, type FailureCause } from '../failureCause'
import { changeSettings, tryOnce, type FailureFacts } from '../remedies'

type Remedies = (facts: FailureFacts) => readonly Remedy[]

/** Opens the settings at the field the failure blames, whose name the words of the remedy say. */
const chooseFile: Remedies = ({ error: { field = 'tls.caFile', values = {} } }) => {
  const role = values['role'] ?? field.replace('tls.', '')
  return [{ id: 'chooseFile', key: 'chooseFile', action: { kind: 'edit', field }, values: { role } }]
}

const enterPassphrase: Remedies = ({ error }) => [
  {
    id: 'enterPassphrase',
    key: 'enterPassphrase',
    action: { kind: 'passphrase' },
    values: { file: error.values?.['file'] ?? '' },
  },
]

const edit =
  (
    id:
      | 'chooseCaFile'
      | 'withoutVerification'
      | 'changeServerName'
      | 'changeAlpn'
      | 'changeVersions'
      | 'changeCiphers'
      | 'changePins'
      | 'changeKeyLog'
      | 'changeSystemStore',
    field: string,
  ): Remedies =>
  ({ tried }) => [changeSettings(id, field, tried)]

const chooseCaFile = edit('chooseCaFile', 'tls.caFile')
/** Opens the form and does not connect: a person has to decide to send anything to a server that is not verified. */
const withoutVerification = edit('withoutVerification', 'tls.verify')
const changeServerName = edit('changeServerName', 'tls.serverName')
const changeHost: Remedies = ({ tried }) => [changeSettings('changeHost', 'host', tried)]

const trustCaFile: Remedies = ({ error }) => [
  tryOnce('trustCaFile', { tls: { trustCaFileAsItIs: true } }, { file: error.values?.['file'] ?? '' }),
]

const swapFiles: Remedies = ({ tried: { certificateFile, keyFile } }) => [
  tryOnce('swapFiles', { tls: { certificateFile: keyFile, keyFile: certificateFile } }),
]

const otherProtocols: Remedies = (facts) => {
  const { error } = facts
  const change = edit('changeAlpn', 'tls.alpn')(facts)
  // RFC 7301 and IANA's list: "mqtt" is MQTT's own name. Without a list, the server wants one.
  return error.values?.['count'] === 0
    ? [tryOnce('askForMqtt', { tls: { alpn: 'mqtt' } }), ...change]
    : [tryOnce('withoutAlpn', { tls: { alpn: '' } }), ...change]
}

const otherAgreement: Remedies = (facts) =>
  facts.error.values?.['detail'] === 'version'
    ? edit('changeVersions', 'tls.minimumVersion')(facts)
    : edit('changeCiphers', 'tls.ciphers')(facts)

const clientCertificate: Remedies = ({ tried }) => [changeSettings('clientCertificate', 'tls.certificateFile', tried)]

const all =
  (...lists: readonly Remedies[]): Remedies =>
  (facts) =>
    lists.flatMap((remedies) => remedies(facts))

const byName: Remedies = (facts) =>
  all(
    facts.error.values?.['namedBy'] === 'serverName' ? changeServerName : all(changeHost, changeServerName),
    withoutVerification,
  )(facts)

/** What ends a connection at TLS, by its code. */
export const tlsCauses: Readonly<Partial<Record<ErrorCode, FailureCause>>> = {
  tlsCertificateExpired: hopeless(withoutVerification),
  tlsCertificateNotYetValid: hopeless(withoutVerification),
  tlsHostMismatch: hopeless(byName),
  tlsUnknownAuthority: hopeless(all(chooseCaFile, withoutVerification)),
  tlsIntermediateMissing: hopeless(all(chooseCaFile, withoutVerification)),
  tlsSelfSigned: hopeless(all(chooseCaFile, withoutVerification)),
  tlsCaFileNotRoot: hopeless(all(trustCaFile, chooseCaFile)),
  tlsCertificatePurpose: hopeless(withoutVerification),
  tlsCertificateWeak: hopeless(withoutVerification),
  tlsCertificateInvalid: hopeless(withoutVerification),
  tlsClientCertificateRefused: hopeless(clientCertificate),
  tlsClientCertificateRequired: hopeless(clientCertificate),
  tlsHandshakeRefused: hopeless(clientCertificate),
  tlsNotAgreed: hopeless(otherAgreement),
  tlsCiphersUnknown: hopeless(edit('changeCiphers', 'tls.ciphers')),
  tlsKeyLog: hopeless(edit('changeKeyLog', 'tls.keyLogFile')),
  // Whoever pinned a certificate decides alone whether the new one is right.
  tlsPinMismatch: hopeless(edit('changePins', 'tls.pins')),
  tlsSystemStore: hopeless(edit('changeSystemStore', 'tls.trustSystemStore')),
  tlsNameUnknown: hopeless(all(changeServerName, changeHost)),
  tlsNoCommonProtocol: hopeless(otherProtocols),
  tlsServerBroke: { retries: 'few', remedies: () => [] },
  tlsServerAlert: hopeless(),
  tlsFailed: hopeless(({ tried }) => [changeSettings('changeTls', 'tls.caFile', tried)]),
  ...Object.fromEntries(
    [
      ...(['fileMissing', 'fileNotRegular', 'fileNotPermitted', 'fileTooLarge'] as const),
      ...(['tlsFileUnreadable', 'tlsFileEmpty', 'tlsFileWrongKind', 'tlsFileDamaged', 'tlsSeveralKeys'] as const),
      ...(['tlsKeyMismatch', 'tlsChainOrder', 'tlsKeyUnsupported', 'tlsEncryptionUnsupported'] as const),
      ...(['tlsPkcs12Incomplete', 'tlsCertificateUnusable'] as const),
    ].map((code) => [code, hopeless(chooseFile)]),
  ),
  tlsFilesSwapped: hopeless(all(swapFiles, chooseFile)),
  tlsPassphraseMissing: hopeless(enterPassphrase),
  tlsPassphraseWrong: hopeless(enterPassphrase),
}
