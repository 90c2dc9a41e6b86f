import type { Profile, Scheme, Secrets } from '#shared/model/profile'

const isSecure = (scheme: Scheme) => scheme === 'mqtts' || scheme === 'wss'

/**
 * What of the secrets given for a profile may be sent where another is tried instead: nothing to another server, and
 * nothing in the clear that was given for an encrypted connection.
 */
export const secretsFitting = (secrets: Secrets, given: Profile, tried: Profile): Secrets =>
  given.host === tried.host && given.port === tried.port && (isSecure(tried.scheme) || !isSecure(given.scheme))
    ? secrets
    : {}
