import { expect, it } from 'vitest'
import { keepSecrets } from '#shared/model/profile'
import { profilesState } from '../../../state/profiles'
import { entryOf, openTestWindow } from '../../../testing/testWindow'
import { foldersState } from './foldersState'

it('opens the folder of a connection that was just saved, and of no other', async () => {
  const { app } = openTestWindow({ snapshot: { profiles: [entryOf({ id: 'one', folder: 'Lab' })] } })
  const closed = () => [...app.get(foldersState).closed]
  app.get(foldersState).toggle('Lab')
  app.get(foldersState).toggle('Plant')
  app.get(profilesState).receive([entryOf({ id: 'one', folder: 'Lab' }), entryOf({ id: 'two', folder: 'Lab' })])
  expect(closed()).toEqual(['Lab', 'Plant'])
  await app.get(profilesState).save(entryOf({ id: 'three', folder: 'Lab' }).profile, keepSecrets)
  expect(closed()).toEqual(['Plant'])
  app.get(foldersState).toggle('Plant')
  expect(closed()).toEqual([])
})
