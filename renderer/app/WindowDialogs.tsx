import { ProfileDialogs } from '../features/connections/ProfileDialogs'
import { ExportDialog } from '../features/exporting/ExportDialog'
import { ImportDialog } from '../features/importing/ImportDialog'
import { Palette } from '../features/palette/Palette'
import { SettingsDialog } from '../features/settings/SettingsDialog'
import { ConnectionDialogs } from './ConnectionDialogs'
import { paletteSources } from './paletteSources'

/** Everything that opens over the window. */
export function WindowDialogs() {
  return (
    <>
      <ConnectionDialogs />
      <ProfileDialogs />
      <ImportDialog />
      <ExportDialog />
      <Palette sources={paletteSources} />
      <SettingsDialog />
    </>
  )
}
