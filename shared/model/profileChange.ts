import type { ProfileChange } from './failure'
import type { Profile } from './profile'

/** The profile with the change made. */
export const changedBy = (profile: Profile, change: ProfileChange): Profile => ({
  ...profile,
  ...change,
  tls: { ...profile.tls, ...change.tls },
  network: { ...profile.network, ...change.network },
})

/** Whether the profile says already what the change would make of it. */
export const holdsAlready = (profile: Profile, change: ProfileChange): boolean =>
  JSON.stringify(changedBy(profile, change)) === JSON.stringify(profile)
