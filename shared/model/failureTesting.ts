import type { AppError } from '#shared/result'
import type { ConnectionFailure } from './failure'

/** A failure of a connection as a test needs one: an error at `online`, with nothing to do about it. */
export const failureFrom = (error: AppError, given: Partial<ConnectionFailure> = {}): ConnectionFailure => ({
  ...error,
  stage: 'online',
  tried: {
    scheme: 'mqtt',
    host: 'localhost',
    port: 1883,
    path: '/mqtt',
    protocolVersion: '5',
    clientId: 'me',
    cleanStart: true,
    hasUsername: false,
    hasPassword: false,
    hasClientCertificate: false,
    hasWill: false,
    certificateFile: '',
    keyFile: '',
  },
  remedies: [],
  retries: 'none',
  technical: '',
  ...given,
})
