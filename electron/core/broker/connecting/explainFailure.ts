import type { ConnectionFailure, Stage, Tried } from '#shared/model/failure'
import { usesTls, type Profile, type Secrets } from '#shared/model/profile'
import type { AppError } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'
import { failureCauses, unknownCause } from './failureCauses'

/** The settings that a failure may have to do with. */
export const triedWith = (profile: Profile, secrets: Secrets): Tried => {
  const { scheme, host, port, path, protocolVersion, clientId, cleanStart, username, usePassword, tls, will } = profile
  const isSecure = usesTls(scheme)
  return {
    scheme,
    host,
    port,
    path,
    protocolVersion,
    clientId,
    cleanStart,
    hasUsername: username !== '',
    hasPassword: usePassword && secrets.password !== undefined,
    hasClientCertificate: isSecure && (tls.certificateFile !== '' || tls.pkcs12File !== ''),
    certificateFile: tls.certificateFile,
    keyFile: tls.keyFile,
    hasWill: will.enabled,
  }
}

/** An error that ended a connection, with everything a person is told about it. */
export const explainFailure = (error: AppError, stage: Stage, tried: Tried): ConnectionFailure => {
  const facts = { error, stage, tried }
  const { retries, remedies } = failureCauses[error.code] ?? unknownCause
  return {
    ...error,
    values: {
      host: tried.host,
      port: tried.port,
      scheme: tried.scheme,
      version: tried.protocolVersion,
      clientId: tried.clientId,
      ...error.values,
      stage,
    },
    stage,
    tried,
    remedies: remedies(facts),
    retries: typeof retries === 'function' ? retries(facts) : retries,
    technical: error.message,
  }
}

/**
 * The same. If the explanation itself throws, the failure is told without remedies, so that the connection still ends.
 */
export const explainSafely = (error: AppError, stage: Stage, tried: Tried): ConnectionFailure => {
  try {
    return explainFailure(error, stage, tried)
  } catch (fault) {
    const message = `${error.message}; its explanation failed: ${messageOf(fault)}`
    return { ...error, stage, tried, remedies: [], retries: 'none', technical: message }
  }
}
