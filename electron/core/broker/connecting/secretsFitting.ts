import { usesTls, type Profile, type Secrets } from '#shared/model/profile'

/**
 * What of the secrets given for a profile may be sent where another is tried instead: nothing to another server, and
 * nothing in the clear that was given for an encrypted connection.
 */
export const secretsFitting = (secrets: Secrets, given: Profile, tried: Profile): Secrets =>
  given.host === tried.host && given.port === tried.port && (usesTls(tried.scheme) || !usesTls(given.scheme))
    ? secrets
    : {}
