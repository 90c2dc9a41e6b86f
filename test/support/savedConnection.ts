import { expect, type Page } from '@playwright/test'
import { keepSecrets, newProfile, type Profile } from '../../shared/model/profile'
import type { Qos } from '../../shared/model/qos'
import { personAt } from './person'

export interface SavedConnection extends Partial<Profile> {
  readonly port: number
  readonly filter: string
  readonly qos: Qos
}

/** Saves a connection to a broker on this computer with one subscription, opens and connects it. */
export const openSavedConnection = async (page: Page, { filter, qos, ...given }: SavedConnection) => {
  const subscription = { id: filter, filter, qos, colour: 'blue', alias: '', enabled: true, muted: false } as const
  const profile = newProfile({ id: 'saved', name: 'Saved', host: '127.0.0.1', subscriptions: [subscription], ...given })
  await page.evaluate((input) => window.bridge.invoke('profile.save', input), { profile, secrets: keepSecrets })
  const person = personAt(page)
  await person.chooseProfile(profile.name)
  await person.connect()
  await expect(person.subscriptions.locator('[data-state="granted"]')).toHaveCount(1)
  return person
}
