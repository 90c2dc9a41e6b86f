import type { ConnectionReading } from '#shared/address/connectionReading'
import type { CloudPreset, CloudValues } from '#shared/cloud/cloudPresets'
import { colourNames } from '#shared/model/colour'
import type { ProfileChange } from '#shared/model/failure'
import { usesTls, type Profile } from '#shared/model/profile'
import { changedBy } from '#shared/model/profileChange'
import type { Subscription } from '#shared/model/subscription'
import { isNumberPath, withSecret, withText, withTypedPassword, type ProfileDraft } from './profileDraft'
import { withValueAt } from './profilePaths'

/** The draft with other values at these dotted paths. */
const withSettings = (draft: ProfileDraft, settings: Readonly<Record<string, unknown>>): ProfileDraft =>
  Object.entries(settings).reduce(
    (before, [path, value]) =>
      isNumberPath(path)
        ? withText(before, path, String(value))
        : { ...before, profile: withValueAt(before.profile, path, value) },
    draft,
  )

/** The draft as a cloud service wants it; what was typed for another server is not sent there. */
export const withCloudService = (draft: ProfileDraft, preset: CloudPreset, values: CloudValues): ProfileDraft => {
  const filled = withSettings(draft, preset.settings(values))
  const filters = preset.filters(values).map((filter) => ({ filter, qos: 0 as const }))
  return withFittingPassword(draft, { ...filled, profile: withFilters(withName(filled.profile), filters) })
}

/** The draft with what was read of a pasted text; filters that it has already stay as they are. */
export const withReading = (
  draft: ProfileDraft,
  { settings, password, proxyPassword, filters }: ConnectionReading,
): ProfileDraft => {
  const said = withSettings(draft, settings)
  const filled = proxyPassword === undefined ? said : withSecret(said, 'proxyPassword', { typed: proxyPassword })
  const subscribing = { ...filled, profile: withFilters(withName(filled.profile), filters) }
  return password === null ? withFittingPassword(draft, subscribing) : withTypedPassword(subscribing, password, false)
}

/** The settings that a remedy tries, in place of those in the draft. */
export const withChange = (draft: ProfileDraft, change: ProfileChange): ProfileDraft => {
  const changed = { ...draft, profile: changedBy(draft.profile, change) }
  const moved = change.port === undefined ? changed : withText(changed, 'port', String(change.port))
  return withFittingPassword(draft, moved)
}

/** What was typed for one server is not sent to another, nor in the clear where it was typed for TLS. */
const withFittingPassword = (before: ProfileDraft, after: ProfileDraft): ProfileDraft => {
  const isSameServer = before.profile.host === after.profile.host && before.numbers.port === after.numbers.port
  const fits = isSameServer && (usesTls(after.profile.scheme) || !usesTls(before.profile.scheme))
  return fits ? after : withSecret(after, 'password', { typed: '' })
}

/** One that has no filter yet, the `place`th of its list. */
export const newSubscription = (place: number): Subscription => ({
  id: crypto.randomUUID(),
  filter: '',
  qos: 0,
  colour: colourNames[place % colourNames.length] ?? 'blue',
  alias: '',
  enabled: true,
  muted: false,
})

const withName = (profile: Profile): Profile =>
  profile.name.trim() === '' ? { ...profile, name: profile.host } : profile

const withFilters = (profile: Profile, filters: ConnectionReading['filters']): Profile => ({
  ...profile,
  subscriptions: filters.reduce(
    (list, wanted) =>
      list.some(({ filter }) => filter === wanted.filter)
        ? list
        : [...list, { ...newSubscription(list.length), ...wanted }],
    profile.subscriptions,
  ),
})
