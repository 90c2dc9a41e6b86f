import { SlidersHorizontal } from 'lucide-react'
import type { PaletteSource } from '../../actions/paletteSource'
import { settingsState } from '../../state/settings'
import { isOffered } from './settingField'
import { settingFields } from './settingFields'
import { settingsDialogState } from './settingsDialogState'

/** Every setting; choosing one opens the settings at it. */
export const settingSource: PaletteSource = {
  id: 'settings',
  label: 'palette.groups.settings',
  itemsOf: (app) =>
    settingFields
      .filter((field) => isOffered(field, app.get(settingsState)))
      .map(({ key, label }) => ({
        id: `setting ${key}`,
        icon: SlidersHorizontal,
        text: { key: `settings.${label}` },
        run: () => app.get(settingsDialogState).show(key),
      })),
}
