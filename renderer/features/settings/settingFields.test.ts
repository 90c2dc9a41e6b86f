import { expect, it } from 'vitest'
import { defaultSettings, settingsSchema } from '#shared/model/settings'
import { settingFields } from './settingFields'

/** What the window remembers by itself. */
const remembered = [
  'paneLayouts',
  'layout',
  'probeLevelsOpen',
  'lastConnectionId',
  'openConnectionIds',
  'connectionsBeside',
  'logColumns',
  'logEvents',
  'treeColumns',
  'treeColumnWidths',
  'subscriptionSort',
  'pinnedTopics',
  'savedQueries',
  'bookmarks',
  'requestOptions',
  'charts',
]

it('has one field for each setting that a person makes', () => {
  const settings = Object.keys(settingsSchema.shape).filter((key) => !remembered.includes(key))
  expect(settingFields.map(({ key }) => key).toSorted()).toEqual(settings.toSorted())
})

it('writes the default of each number so that it is read as the default again, within its range', () => {
  for (const field of settingFields) {
    if (field.kind !== 'number') continue
    const text = field.textOf(defaultSettings)
    expect([field.key, field.parse(text)]).toEqual([field.key, { [field.key]: defaultSettings[field.key] }])
    expect(field.parse(String(field.range.lowest))).not.toBeNull()
    expect(field.parse(String(field.range.highest))).not.toBeNull()
  }
})

it('offers for a choice what the settings allow', () => {
  for (const field of settingFields)
    if (field.kind === 'select')
      for (const option of field.options)
        expect(settingsSchema.safeParse({ ...defaultSettings, [field.key]: option.value }).success).toBe(true)
})
