/**
 * Every failure the application tells a person about, by name. The renderer's catalogues hold a sentence for each
 * (`errors.<code>`); `values` fill its placeholders.
 */
export type ErrorCode =
  // input
  | 'invalidInput'
  | 'unknownCommand'
  | 'internal'
  | 'notFound'
  | 'storageFailed'
  | 'fileNotWritten'
  | 'keptForThisRun'
  | 'storedFileDamaged'
  | 'storedEntriesDamaged'
  | 'storedFileNewer'
  | 'secretsForgotten'
  | 'tooManyConnections'
  | 'tooManySubscriptions'
  | 'fileUnreadable'
  | 'fileMissing'
  | 'fileNotRegular'
  | 'fileNotPermitted'
  | 'fileTooLarge'
  | 'fileNotConfirmed'
  | 'passwordNotInFormat'
  | 'historyDiskFull'
  | 'historyPaused'
  | 'historyUnreadable'
  | 'historyStretchEmpty'
  | 'nameTaken'
  | 'notACollection'
  | 'passwordWrong'
  | 'cancelled'
  // reaching the broker
  | 'dnsFailed'
  | 'connectionRefused'
  | 'networkUnreachable'
  | 'connectionForbidden'
  | 'connectTimeout'
  | 'connectionReset'
  | 'connectionClosed'
  | 'addressFamilyMissing'
  | 'localAddressUnusable'
  | 'proxyUnusable'
  | 'proxyNotReached'
  | 'proxySilent'
  | 'proxyClosed'
  | 'proxyNotProxy'
  | 'proxyCredentials'
  | 'proxyRefused'
  | 'proxyTargetFailed'
  | 'notMqtt'
  | 'answeredAsOtherVersion'
  | 'webSocketRejected'
  | 'webSocketClosed'
  | 'webSocketTextFrame'
  | 'tlsPlainTextAnswer'
  // the server's certificate, refused here
  | 'tlsCertificateExpired'
  | 'tlsCertificateNotYetValid'
  | 'tlsHostMismatch'
  | 'tlsUnknownAuthority'
  | 'tlsIntermediateMissing'
  | 'tlsSelfSigned'
  | 'tlsCaFileNotRoot'
  | 'tlsCertificatePurpose'
  | 'tlsCertificateWeak'
  | 'tlsCertificateInvalid'
  // our certificate, or what we offer, refused by the server
  | 'tlsClientCertificateRefused'
  | 'tlsClientCertificateRequired'
  | 'tlsHandshakeRefused'
  | 'tlsNotAgreed'
  | 'tlsNameUnknown'
  | 'tlsNoCommonProtocol'
  | 'tlsServerBroke'
  | 'tlsServerAlert'
  | 'tlsFailed'
  // files of TLS
  | 'tlsFileUnreadable'
  | 'tlsFileEmpty'
  | 'tlsFileWrongKind'
  | 'tlsFileDamaged'
  | 'tlsFilesSwapped'
  | 'tlsKeyMismatch'
  | 'tlsChainOrder'
  | 'tlsSeveralKeys'
  | 'tlsKeyUnsupported'
  | 'tlsPassphraseMissing'
  | 'tlsPassphraseWrong'
  | 'tlsEncryptionUnsupported'
  | 'tlsPkcs12Incomplete'
  | 'tlsCertificateUnusable'
  | 'tlsCiphersUnknown'
  | 'tlsKeyLog'
  | 'tlsPinMismatch'
  | 'tlsSystemStore'
  // the broker's word
  | 'connectRefused'
  | 'enhancedAuthenticationWanted'
  | 'authenticationRefused'
  | 'authenticationMethodRefused'
  | 'authenticationFailed'
  | 'authenticationCancelled'
  | 'authenticationRunning'
  | 'notAuthenticating'
  | 'serverDisconnected'
  | 'sessionTakenOver'
  | 'sessionNotClean'
  | 'keepaliveTimeout'
  | 'droppedOnPurpose'
  | 'signingFailed'
  | 'tokenRenewed'
  | 'malformedPacket'
  | 'packetTooLarge'
  | 'closedAfterPublish'
  | 'closedAfterSubscribe'
  // using a session
  | 'payloadNotKept'
  | 'notConnected'
  | 'passwordNeeded'
  | 'topicInvalid'
  | 'responseTopicIsTopic'
  | 'subscribeRefused'
  | 'unsubscribeRefused'
  | 'unsubscribeTooLarge'
  | 'unsubscribedNothing'
  | 'publishRefused'
  | 'qosNotSupported'
  | 'retainNotSupported'
  | 'packetExceedsServerLimit'
  | 'propertiesNeedMqtt5'
  | 'publishInterrupted'
  | 'templateFailed'
  | 'templateUnsendable'
  | 'rowUnreadable'
  | 'recordedLinesLeftOut'
  | 'recordingEmpty'
  | 'recordingUnknown'
  | 'recordingReadOnly'
  | 'replayRuns'
  | 'exportRuns'
  | 'topicFilterInvalid'
  | 'scriptFailed'
  | 'tooManyScripts'
  | 'sameClientIds'
  | 'tooManyClients'
  | 'tooManyMeters'
  | 'stampNeedsObject'
  | 'deliveryViolated'
  | 'answerUnasked'
  | 'localBrokerFailed'

/**
 * An expected failure as a value. `message` is plain English for log files and tests; people read the catalogue's
 * sentence for `code`. `reasonCode` is the MQTT reason code (or 3.1.1 return code) as it came; `field` is a dotted path
 * into the input when one field is to blame.
 */
export interface AppError {
  readonly code: ErrorCode
  readonly message: string
  readonly reasonCode?: number
  readonly field?: string
  readonly values?: Readonly<Record<string, string | number>>
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })

export const fail = (
  code: ErrorCode,
  message: string,
  details: Omit<AppError, 'code' | 'message'> = {},
): { readonly ok: false; readonly error: AppError } => ({ ok: false, error: { code, message, ...details } })
